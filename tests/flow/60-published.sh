#!/bin/bash
# Goal: published figures come out again, from rows with their margins to the PDF.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1

published() {
	python3 "$SOURCE/tests/data/published.py" "$1"
}

# own FOLDER FORM: a study with a questionnaire of the tests
own() {
	"$FORM" new "$1" >/dev/null && cp "$SOURCE/tests/data/$2.json" "$1/form.json" &&
		jq --arg id "$2" '.id = $id | .report_languages = ["en"]' "$1/study.json" >x &&
		mv x "$1/study.json"
}

# says TEXT LABEL FILE: the text as pdftotext -layout reads it, blanks folded
says() {
	if tr -s ' \n' '  ' <"$3" | grep -qF -- "$1"; then
		passed "$2"
	else
		failed "$2" "\"$1\" is not in $3"
	fi
}

# --- April 2020: 2,451 people; a part comes over HTTP, the rest is imported
published april >april.jsonl
ok "a study" "$FORM" new april
jq '.report_languages = ["en"]' april/study.json >x && mv x april/study.json
ok "keys" keys april 2020-04
serve april
has '150 people: en 150' "150 people over HTTP" python3 "$SOURCE/tools/fill.py" "$URL" april.jsonl --limit 150
tail -n +151 april.jsonl >rest.jsonl
has '2301 stored' "2,301 people by import, while the collector runs" "$COLLECT" april --import rest.jsonl
stop
same 0 "$STOPPED" "the collector stops gently"
ok "close" "$COLLECT" april --close
ok "release" analyze april --release
ok "report" "$REPORT" april
pdftotext -layout april/reports/2020-04/health-services-en.pdf a.txt
says '2,451' "2,451 people" a.txt
says '1,616' "reasons: base 1,616" a.txt
says '1,150' "to have fun: 1,150" a.txt
says '71.2%' "to have fun: 71.2%" a.txt
says '1,041' "to relax: 1,041" a.txt
says '64.4%' "to relax: 64.4%" a.txt
says '1,589' "self-medicating: base 1,589" a.txt
says '44.1%' "self-medicating: 44.1% of those who answered" a.txt
says '862' "862 left it blank, apart from no" a.txt
row=$(jq -c '.release.tables[] | select(.question == "self_medicating") | .slots[0] |
	[.base, .blank, .counts[0], .counts[1]]' april/releases/2020-04-01.json)
same '[1589,862,700,889]' "$row" "blank is not no"
lacks '"FR"' "countries were reduced to regions before sealing" april/releases/2020-04-01.json
lacks '28.6%' "no share of those who were not asked or left it blank" a.txt

# --- Montreal: changing bases, a threshold of 5
published montreal >montreal.jsonl
ok "Montreal: a study" own montreal montreal
jq '.threshold = 5' montreal/study.json >x && mv x montreal/study.json
ok "Montreal: keys" keys montreal 2020-05
has '227 stored' "Montreal: import" "$COLLECT" montreal --import montreal.jsonl
ok "Montreal: close" "$COLLECT" montreal --close
ok "Montreal: release" analyze montreal --release
ok "Montreal: report" "$REPORT" montreal
pdftotext -layout montreal/reports/2020-05/results-en.pdf m.txt
for figure in 11.9% 3.6% 84.5% 15.2% 14.1% 70.7% 11.8% 14.3%; do
	says "$figure" "Montreal: $figure" m.txt
done
for base in 168 92 93 91; do
	says "$base" "Montreal: base $base" m.txt
done
# the same people with a threshold of 10: the 6 is suppressed, and something with it that would
# give it back
ok "Montreal at 10: a study" own ten montreal
ok "Montreal at 10: keys" keys ten 2020-05
ok "Montreal at 10: import" "$COLLECT" ten --import montreal.jsonl
ok "Montreal at 10: close" "$COLLECT" ten --close
ok "Montreal at 10: release" analyze ten --release
suppressed=$(jq '[.release.tables[] | select(.question == "more") | .slots[0].counts[] |
	select(. == null or . < 0)] | length' ten/releases/2020-05-01.json)
ok "Montreal at 10: the 6 stays suppressed with at least one more" test "$suppressed" -ge 2
lacks '3.6%' "Montreal at 10: 3.6% is nowhere" ten/releases/2020-05-01.csv
others=$(jq -c '.release.tables[] | select(.question == "less") | .slots[0].counts' ten/releases/2020-05-01.json)
same '[14,13,65]' "$others" "Montreal at 10: the next question is whole"

# --- people by country, a study that keeps the country
published drugs >drugs.jsonl
ok "countries: a study" own drugs drugs
jq '.country = "keep"' drugs/study.json >x && mv x drugs/study.json
ok "countries: keys" keys drugs 2020-05
has '55811 stored' "countries: 55,811 people by import" "$COLLECT" drugs --import drugs.jsonl
ok "countries: close" "$COLLECT" drugs --close
ok "countries: release" analyze drugs --release
ok "countries: report" "$REPORT" drugs
pdftotext -layout drugs/reports/2020-05/results-en.pdf d.txt
for figure in 55,811 25,812 6,193 4,518 3,653 3,498 3,277 2,998 2,136 1,889 1,108 729; do
	says "$figure" "countries: $figure" d.txt
done
