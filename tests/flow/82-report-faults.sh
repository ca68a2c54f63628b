#!/bin/bash
# Goal: what is wrong with a release, a narrative, a theme or a font is told in one line with its
# place, and no file is written; what is only not there leaves a report that says so.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1

ok "a study" study s
ok "simulate" "$FORM" simulate s -n 600 --seed 4 -o people.jsonl
ok "import" "$COLLECT" s --import people.jsonl
ok "close" "$COLLECT" s --close
fails 1 'no release yet' "no release" "$REPORT" s
ok "release" analyze s --release
RELEASE=s/releases/2020-05-01.json
one=(--language en --series human-rights -o made)

# releases
sed 's/"base":\([0-9]*\)1,/"base":\12,/' $RELEASE >edited.json
fails 1 'edited.json' "a release edited by hand" "$REPORT" s --release edited.json "${one[@]}"
head -c 2000 $RELEASE >cut.json
fails 1 'cut.json' "a truncated release" "$REPORT" s --release cut.json "${one[@]}"
ok "another study" study other
fails 1 '' "a release of another questionnaire" "$REPORT" other --release $RELEASE "${one[@]}"
fails 1 'de' "a language that the survey does not have" "$REPORT" s --language de
fails 1 'nix' "an unknown series" "$REPORT" s --series nix
same '' "$(ls made 2>/dev/null)" "nothing was written"

# narratives: edit EXPRESSION changes the English one, and undoes what was changed before.
NARRATIVE=s/narratives/human-rights-en.md
cp $NARRATIVE kept.md
edit() { sed "$1" kept.md >$NARRATIVE; }
# at LINE: that line becomes $2
at() { sed "$1c\\$2" kept.md >$NARRATIVE; }
line=$(grep -n '{{chart ' kept.md | head -n 1 | cut -d: -f1)
at "$line" '{{chart police_chnge}}'
fails 1 "$NARRATIVE: line $line" "an unknown question" "$REPORT" s "${one[@]}"
fails 1 'police_change' "with what was meant" "$REPORT" s "${one[@]}"
at "$line" '{{number police_change.moore}}'
fails 1 "line $line" "an unknown answer" "$REPORT" s "${one[@]}"
at "$line" '{{number police_change.more'
fails 1 "line $line" "a directive that does not end" "$REPORT" s "${one[@]}"
at "$line" '{{chart police_change as spiral}}'
fails 1 "line $line" "an unknown kind of chart" "$REPORT" s "${one[@]}"
at "$line" 'Of all people, 45% said so.'
fails 1 "line $line" "a percentage that was typed" "$REPORT" s "${one[@]}"
at "$line" 'Elsewhere it was {{cited 45%}}.'
ok "one from elsewhere" "$REPORT" s "${one[@]}"
at "$line" '<b>loud</b>'
fails 1 "line $line" "HTML in a narrative" "$REPORT" s "${one[@]}"
printf '# Key findings\n\n\xff\xfe\n' >$NARRATIVE
fails 1 "$NARRATIVE" "a narrative that is not UTF-8" "$REPORT" s "${one[@]}"
at "$line" '{chart police_change}'
fails 1 'two braces: {{chart police_change}}' "a directive in one brace" "$REPORT" s "${one[@]}"
at "$line" 'It was 45%.\
\
{{chart nothing}}'
fails 1 ' (and ' "two faults" "$REPORT" s "${one[@]}"
at "$line" 'Of all people, 45 per cent said so.'
fails 1 "line $line" "a percentage in words" "$REPORT" s "${one[@]}"
at "$line" '{{chart police_change as histogram by region}}'
fails 1 'It can be: ' "a kind of chart that cannot show it" "$REPORT" s "${one[@]}"
at "$line" '{{number people in Atlantis}}'
fails 1 'The release has: ' "an unknown group" "$REPORT" s "${one[@]}"
rm $NARRATIVE
fails 1 'human-rights-en' "a narrative that is missing in one language" "$REPORT" s "${one[@]}"
cp kept.md $NARRATIVE
at "$line" ''
"$REPORT" s "${one[@]}" >/dev/null 2>said
ok "narratives that differ in substance are told" grep -q 'human-rights-' said
cp kept.md $NARRATIVE

# Names of files, rounds without words.
told() { "$REPORT" s "${one[@]}" >/dev/null 2>said; grep -qF -- "$1" said; }
mv $NARRATIVE s/narratives/Human-Rights-EN.md
fails 1 'narratives/human-rights-en.md: this narrative is missing, but there is Human-Rights-EN.md' \
	"a narrative with a wrong name" "$REPORT" s "${one[@]}"
cp kept.md $NARRATIVE
mkdir s/narratives/2020-05
mv s/narratives/Human-Rights-EN.md s/narratives/2020-05/human_rights-en.md.txt
ok "a file that no report reads is told" told 's/narratives/2020-05/human_rights-en.md.txt: no report'
mv s/narratives/2020-05/human_rights-en.md.txt s/narratives/2020-05/human_rights-en.md
ok "with what was meant" told 'did you mean “human-rights-en.md”?'
rm -r s/narratives/2020-05
mkdir keep-general s/narratives/2020-04
mv s/narratives/*.md keep-general
cp keep-general/* s/narratives/2020-04
ok "another round's narratives are not used, which is told" \
	told 'round 2020-05 has no narratives: those of 2020-04 are not used. Copy them to'
rm -r s/narratives/2020-04
mv keep-general/* s/narratives
rmdir keep-general
told 'no report reads'
lacks 'no report reads' "the right names are not told" said

# A first narrative, written and then used; what is there stays.
cp -r s/narratives kept-narratives
"$REPORT" s --init >/dev/null 2>said
ok "--init beside the library's narratives says which come first" \
	grep -q 'comes before s/narratives/human-rights-en.md' said
rm -r s/narratives
ok "reports without a narrative" "$REPORT" s -o bare
ok "--init" "$REPORT" s --init
same 12 "$(ls s/narratives/2020-05/*.md | wc -l)" "twelve narratives"
ok "reports with what --init wrote" "$REPORT" s -o with
ok "say the same" diff -r bare with
echo '# Ours' >s/narratives/2020-05/human-rights-en.md
ok "--init again" "$REPORT" s --init
same '# Ours' "$(cat s/narratives/2020-05/human-rights-en.md)" "leaves what staff wrote"
rm -r s/narratives
mv kept-narratives s/narratives

# themes
png() { python3 - "$1" "$2" "$3" <<'END'
import struct, sys, zlib
path, w, h = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
rows = zlib.compress(b''.join(b'\0' + bytes([20, 90, 120] * w) for _ in range(h)), 1)
open(path, 'wb').write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', w, h, 8, 2, 0, 0, 0)) +
                       chunk(b'IDAT', rows) + chunk(b'IEND', b''))
END
}
theme() { printf '{"format":"peer-survey-theme","version":1,%s}\n' "$1" >s/theme.json; }
png s/logo.png 300 100
theme '"base":"orchard","paper":"letter","logo":"logo.png","logo_name":"Our network"'
ok "another theme, Letter, a logo" "$REPORT" s "${one[@]}"
has '612 x 792' "is Letter" pdfinfo made/human-rights-en.pdf
ok "and good" "$REPORT" s --check made/human-rights-en.pdf
python3 - s/logo.png <<'END'
import random, struct, sys, zlib
random.seed(1)
def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
rows = b''.join(b'\0' + bytes(random.randrange(256) for _ in range(2400)) for _ in range(400))
open(sys.argv[1], 'wb').write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 800, 400, 8, 2, 0, 0, 0)) +
                              chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
END
ok "a photograph as a logo" "$REPORT" s "${one[@]}"
ok "stays small" "$REPORT" s --check made/human-rights-en.pdf
png s/logo.png 12000 3000
fails 1 'logo.png' "a huge logo" "$REPORT" s "${one[@]}"
printf '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>x</text></svg>' >s/logo.svg
theme '"logo":"logo.svg"'
fails 1 'text' "a logo with what is no path" "$REPORT" s "${one[@]}"
theme '"logo":"../secret.png"'
fails 1 'logo' "a logo outside the study" "$REPORT" s "${one[@]}"
theme '"colors":{"accent":["#eeeeee"]}'
fails 1 'theme.json' "a colour that cannot be read" "$REPORT" s "${one[@]}"
theme '"colour":1'
fails 1 'theme.json' "an unknown key" "$REPORT" s "${one[@]}"
rm s/theme.json

# A font that is not installed: an empty folder in its place.
if unshare --mount true 2>/dev/null; then
	mkdir empty
	fails 1 'fonts-noto-core' "no fonts" unshare --mount bash -c \
		"mount --bind empty /usr/share/fonts/truetype/noto && '$REPORT' s --language en --series human-rights -o made"
fi

# What is not published leaves a report that says so, and a warning. Sixty people: little is.
ok "a small study" study small
ok "simulate" "$FORM" simulate small -n 60 --seed 9 -o few.jsonl
ok "import" "$COLLECT" small --import few.jsonl
ok "close" "$COLLECT" small --close
ok "release" analyze small --release
ok "its reports" "$REPORT" small -o few
ok "are good" "$REPORT" small --check few/*.pdf
ok "its web pages" "$REPORT" small --html -o few
ok "their figures are the release's" python3 "$SOURCE/tests/data/report_numbers.py" \
	small/releases/2020-05-01.json small/rounds/2020-05/form.json few/*.html

# usage
fails 2 'which study' "no study" "$REPORT"
fails 2 'one study' "two studies" "$REPORT" s small
fails 2 'which files' "nothing to check" "$REPORT" --check
fails 2 'are for writing' "--init with -o" "$REPORT" s --init -o x
fails 2 'not both' "--init and --check" "$REPORT" s --init --check x
fails 1 'not-there.pdf' "a file that is not there" "$REPORT" --check not-there.pdf
