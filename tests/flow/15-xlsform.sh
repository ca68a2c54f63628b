#!/bin/bash
# Goal: an author brings an XLSForm: what it says comes through, what cannot is said with its cell;
# a translator gets one and gives it back, and nothing else has changed; no file does harm.
. "$(dirname "$0")/lib.sh"
corpus=$SOURCE/tests/data/xlsforms
cd "$WORK" || exit 1

# expect LABEL FILE WORKBOOK: import it and look whether all that FILE says is so: "status N",
# "says TEXT" (in the findings, behind the file's name) and "json EXPRESSION" (jq, of the result).
expect() {
	local label=$1 file=$2 workbook=$3 status line rest faults=()
	rm -f form.json
	"$FORM" import "$workbook" -o form.json >findings 2>&1
	status=$?
	while IFS= read -r line; do
		rest=${line#* }
		case $line in
		'#'*) ;;
		'status '*) [ "$status" = "$rest" ] || faults+=("status $status, not $rest") ;;
		'says '*) grep -qF -- "$workbook: $rest" findings || faults+=("not said: $rest") ;;
		'json '*) jq -e "$rest" form.json >/dev/null 2>&1 || faults+=("not so: $rest") ;;
		*) faults+=("no such line: $line") ;;
		esac
	done <"$file"
	if [ "$status" -ne 0 ] && [ -e form.json ]; then
		faults+=("it failed and still wrote a file")
	fi
	if [ ${#faults[@]} -eq 0 ]; then
		passed "$label"
	else
		failed "$label" "${faults[@]}" "$(head -n 4 findings)"
	fi
}

for folder in "$corpus"/*/; do
	folder=${folder%/}
	cp -r "$folder" .
	expect "import: ${folder##*/}" "$folder/expect" "${folder##*/}"
done
same 1 "$(("$(ls -d "$corpus"/*/ | wc -l)" >= 60))" "at least 60 sheets"

ok "the workbooks are made" python3 "$corpus/make.py" .
for file in "$corpus"/*.expect; do
	name=$(basename "$file" .expect)
	expect "import: $name.xlsx" "$file" "$name.xlsx"
done

# what an author imports can be used
"$FORM" import kobo.xlsx -o kobo.json >/dev/null
"$FORM" check kobo.json >out 2>err
same '' "$(cat err)" "what was imported has no error"
"$FORM" import 08-languages -o one.json >/dev/null
"$FORM" import 08-languages/survey.csv -o two.json >/dev/null 2>&1
same 1 $? "one sheet alone lacks its choices"
"$FORM" import 04-groups/survey.csv -o two.json >/dev/null
same 4 "$(jq '.sections | length' two.json)" "a single .csv sheet is enough where there are no choices"

# the round trip
for form in "$SOURCE"/forms/library/*.json; do
	name=$(basename "$form" .json)
	ok "$name: export" "$FORM" export "$form" -o "$name.xlsx"
	has ' 0 warnings' "$name: import" "$FORM" import "$name.xlsx" -o "$name.json"
	same "$(jq -S . "$form")" "$(jq -S . "$name.json")" "$name: nothing has changed"
	"$FORM" export "$name.json" -o again.xlsx >/dev/null
	ok "$name: the same form gives the same bytes" cmp "$name.xlsx" again.xlsx
	"$FORM" import again.xlsx -o again.json >/dev/null
	ok "$name: and back, byte for byte" cmp "$name.json" again.json
done
"$FORM" new study >/dev/null
ok "a study's questionnaire" "$FORM" export study -o study.xlsx
ok "is the same workbook" cmp study.xlsx covid-peer-experience.xlsx
for name in one kobo; do
	"$FORM" export "$name.json" -o x.xlsx >/dev/null
	"$FORM" import x.xlsx -o x.json >/dev/null
	ok "round trip of what was imported: $name" cmp "$name.json" x.json
done
python3 - covid-peer-experience.xlsx >parts <<'END'
import sys, zipfile, xml.dom.minidom
book = zipfile.ZipFile(sys.argv[1])
for name in book.namelist():
    xml.dom.minidom.parseString(book.read(name))
text = b''.join(book.read(name) for name in book.namelist())
about = book.read('docProps/core.xml')
print('formulas', text.count(b'<f>'), 'fixed dates', about.count(b'>2000-01-01T00:00:00Z<'))
print('frozen', text.count(b'state="frozen"'), 'right to left', text.count(b'readingOrder="2"'))
END
same "$(printf 'formulas 0 fixed dates 2\nfrozen 4 right to left 1')" "$(cat parts)" \
	"the workbook is well-formed, without formulas or today's date; headers stay, Arabic is right"

# harm
head -c 2000 kobo.xlsx >cut.xlsx
fails 1 'cut.xlsx: ' "half a workbook" "$FORM" import cut.xlsx -o x.json
head -c 3000 /dev/zero >zero.xlsx
fails 1 'zero.xlsx: ' "no workbook at all" "$FORM" import zero.xlsx -o x.json
for at in 60 400 900 1500 2200 3000 3900; do
	cp kobo.xlsx bad.xlsx
	printf '\377\000\252' | dd of=bad.xlsx bs=1 seek="$at" conv=notrunc status=none
	timeout 10 "$FORM" import bad.xlsx -o x.json >/dev/null 2>&1
	same 1 $(($? <= 1)) "three wrong bytes at $at"
done
# a sanitized program needs terabytes of address space
if ! grep -qa __asan_init "$FORM"; then
	for name in bomb long big; do
		(ulimit -v 262144 && timeout 10 "$FORM" import "$name.xlsx" -o x.json >out 2>err)
		status=$?
		same "$(sed -n 's/^status //p' "$corpus/$name.expect")" "$status" "$name.xlsx in 256 MB and 10 seconds"
	done
fi
fails 1 'No such file' "no file" "$FORM" import nothing.xlsx -o x.json
fails 2 'import needs -o' "import without -o" "$FORM" import kobo.xlsx
fails 2 'export needs -o' "export without -o" "$FORM" export kobo.json
fails 1 'no/where.xlsx: No such file' "export to nowhere" "$FORM" export kobo.json -o no/where.xlsx
fails 1 'no/where.json: No such file' "import to nowhere" "$FORM" import kobo.xlsx -o no/where.json
