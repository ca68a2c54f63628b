#!/bin/bash
# Goal: a study of two rounds: each adds a report to both series in six languages. Every PDF is
# well-formed, tagged, small and without a trace of who made it, says what its web page says and the
# figures of its release, and is the same bytes wherever it is made.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1
DATA=$SOURCE/tests/data

# round NAME PEOPLE SEED: keys, people who answer, the round's end and its release.
round() {
	"$FORM" simulate s -n "$2" --seed "$3" -o people.jsonl &&
		"$COLLECT" s --round "$1" --import people.jsonl &&
		"$COLLECT" s --round "$1" --close && analyze s --round "$1" --release
}

ok "a study" study s
ok "a first round" round 2020-05 600 4
ok "its reports" "$REPORT" s
same 12 "$(ls s/reports/2020-05/*.pdf | wc -l)" "two series in six languages"
rm -rf s-keys
ok "keys of a second round" keys s 2020-07
ok "a second round" round 2020-07 900 5
ok "its reports" "$REPORT" s
same 12 "$(ls s/reports/2020-07/*.pdf | wc -l)" "report 2 of each series"
ok "web pages" "$REPORT" s --html -o pages
same 12 "$(ls pages/*.html | wc -l)" "as many web pages"

has 'Report 1' "the first is report 1" pdftotext s/reports/2020-05/human-rights-en.pdf -
pdftotext s/reports/2020-07/human-rights-en.pdf second.txt
has 'Report 2' "the second is report 2" cat second.txt
has 'What changed since' "and says what changed" cat second.txt

# Each file by other readers, and by ours: alone, and against release and narrative.
ok "structure, by another checker" python3 "$SOURCE/tests/unit/report/check-pdf.py" \
	s/reports/2020-07/*.pdf
ok "survey-report --check" "$REPORT" s --check s/reports/2020-07/*.pdf
ok "the same without the study" "$REPORT" --check s/reports/2020-0[57]/*.pdf
for file in s/reports/2020-07/*.pdf; do
	name=$(basename "$file" .pdf)
	ok "$name: says what its web page says" python3 "$DATA/report_text.py" \
		"pages/$name.html" "$file"
	ok "$name: under 400 KB" test "$(stat -c %s "$file")" -lt 400000
	pdftotext -layout "$file" "$name.txt"
done
numbers=("$DATA/report_numbers.py" --previous s/releases/2020-05-01.json s/releases/2020-07-01.json
	s/rounds/2020-07/form.json)
ok "every figure of every web page is the release's" python3 "${numbers[@]}" pages/*.html
ok "and of every PDF" python3 "${numbers[@]}" ./*-??.txt
mkdir edited
sed 's|<td>\([0-9]*\)\.[0-8]</td>|<td>\1.9</td>|' pages/human-rights-en.html \
	>edited/human-rights-en.html
fails_quietly() { ! "$@" >/dev/null 2>&1; }
ok "a figure that was changed is noticed" fails_quietly python3 "${numbers[@]}" \
	edited/human-rights-en.html
cp s/reports/2020-07/human-rights-fr.pdf edited/human-rights-en.pdf
ok "so is a PDF that says something else" fails_quietly "$REPORT" s --check \
	edited/human-rights-en.pdf
head -c 100000 s/reports/2020-07/human-rights-fr.pdf >edited/human-rights-fr.pdf
ok "and half a file" fails_quietly "$REPORT" --check edited/human-rights-fr.pdf

# No trace: only what is the report's own.
exiftool -a -G s/reports/2020-07/*.pdf >traces
same '' "$(grep -iE 'date|time|author|user|host|path|history|uuid|instance' traces |
	grep -viE 'File (Modification|Access|Inode Change) Date' | head -n 3)" \
	"exiftool finds no time, user or machine"
same 'Peer Survey' "$(sed -n 's/^\[PDF\] *Producer *: //p' traces | sort -u)" "the producer names no machine"
lacks "$WORK" "no path" s/reports/2020-07/*.pdf pages/*.html

# The same bytes as another user, in another zone, language and year, on another machine.
ok "again, elsewhere" env TZ=Asia/Tokyo LC_ALL=fr_FR.UTF-8 USER=somebody HOME=/nowhere \
	"$REPORT" s -o again
ok "the same bytes" diff -r s/reports/2020-07 again
ok "in another year" faketime '2031-02-03 04:05:06' "$REPORT" s -o later
ok "the same bytes" diff -r again later
ok "web pages in another year" faketime '2031-02-03 04:05:06' "$REPORT" s --html -o pages2
ok "the same bytes" diff -r pages pages2
if unshare --uts true 2>/dev/null; then
	ok "on another machine" unshare --uts bash -c "hostname canary-of-a-machine && '$REPORT' s -o there"
	ok "the same bytes" diff -r again there
fi
ok "on one processor" taskset -c 0 "$REPORT" s -o alone
ok "the same bytes" diff -r again alone

ok "one language, one series" "$REPORT" s --language fr --series human-rights -o one
same 'human-rights-fr.pdf' "$(ls one)" "only that"
ok "an earlier release" "$REPORT" s --release s/releases/2020-05-01.json -o earlier
ok "is what it was" diff -r s/reports/2020-05 earlier

# Fewer report languages than survey languages.
sed -i 's/"report_languages": \[.*\]/"report_languages": ["ar", "pt"]/' s/study.json
ok "fewer report languages" "$REPORT" s -o fewer
same 'health-services-ar.pdf health-services-pt.pdf human-rights-ar.pdf human-rights-pt.pdf' \
	"$(ls fewer | tr '\n' ' ' | sed 's/ $//')" "only those"

ok "a contact sheet" bash "$SOURCE/tools/contact-sheet.sh" -w 120 -o sheets \
	again/health-services-en.pdf again/human-rights-ru.pdf again/health-services-ar.pdf
same 3 "$(ls sheets/*.png | wc -l)" "of three reports"
