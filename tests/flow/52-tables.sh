#!/bin/bash
# Goal: every table that the analysis shows, crossed and filtered, is what an independent program
# counts from the lines that the people answered with, before anything was sealed.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1

ok "a study with 2-of-3 keys" study s
ok "simulate" "$FORM" simulate s -n 2000 --seed 23 -o people.jsonl
head -n 150 people.jsonl >posted.jsonl
tail -n +151 people.jsonl >rest.jsonl
serve s
ok "150 people answer over HTTP" python3 "$SOURCE/tools/fill.py" "$URL" posted.jsonl
has '1850 stored' "the others come by import" "$COLLECT" s --import rest.jsonl
stop

# agrees LABEL BY [WHERE PYTHON]: the analysis's CSV and the independent count are the same lines
agrees() {
	local label=$1 by=$2
	local -a options=()
	[ "$by" != total ] && options+=(--by "$by")
	[ $# -gt 2 ] && options+=(--where "$3")
	analyze s "${options[@]}" --format csv -o counted.csv 2>err || { failed "$label" "$(cat err)"; return; }
	python3 - counted.csv >counted.txt <<'END'
import csv, sys
for r in sorted([l['question'], l['row'], l['measure'], l['by'], l['group'], l['answer'], l['count'],
        l['base'], l['percent'], l['status']]
        for l in csv.DictReader(open(sys.argv[1], encoding='utf-8', newline=''))):
    print('\t'.join(r))
END
	python3 "$SOURCE/tests/data/count.py" s/rounds/2020-05/form.json people.jsonl "$by" \
		"${@:4}" >expected.txt 2>err || { failed "$label" "$(tail -n 1 err)"; return; }
	if [ "$(wc -l <counted.txt)" -gt 300 ] && cmp -s counted.txt expected.txt; then
		passed "$label ($(wc -l <counted.txt) lines)"
	else
		failed "$label" "$(diff counted.txt expected.txt | head -n 6)"
	fi
}

agrees "everybody" total
agrees "by region" region
agrees "by language" language
agrees "by region and language" region,language
agrees "by age" age_band
agrees "by region and gender" region,gender
agrees "by a question with several answers" substances
agrees "by a matrix row" services/nsp
agrees "by a scale" needs_met
agrees "by a number's bands and a ranking's first place" days_used,priorities
agrees "by three things" language,gender,oat_now
agrees "some people" total "\${gender} = 'woman'" 'v("gender") == "woman"'
agrees "some people by age" age_band "\${gender} != 'man' and selected(\${substances}, 'heroin')" \
	'v("gender") != "man" and "heroin" in v("substances").split()'
agrees "numbers, regions and languages in a condition" gender \
	"\${days_used} >= 20 and (\${region} = '150' or \${language} = 'fr')" \
	'v("days_used").isdigit() and int(v("days_used")) >= 20 and (v("region") == "150" or v("language") == "fr")'

has 'not audited, not for publication' "a crossing says what it is" analyze s --by gender --question age_band
has 'no answer' "who gave no answer is a group of its own" analyze s --by gender --question age_band
fails 1 'no question "nix"' "an unknown question to group by" analyze s --by region,nix
fails 1 'free text' "a free text to group by" analyze s --by stay_comment
fails 1 'services/nsp' "a matrix without its row" analyze s --by services
fails 1 'twice' "the same twice" analyze s --by gender,gender
fails 1 'more than 3' "four things" analyze s --by region,language,gender,age_band
fails 1 'too many' "too many groups" analyze s --by substances,reasons,needs_met
fails 1 'column 13' "a condition with a fault names the place" analyze s --where "\${gender} = "
fails 1 'free text' "a condition on a free text" analyze s --where "\${gender/other} = 'x'"
fails 1 'no question "nix"' "a condition on nothing" analyze s --where "\${nix} = 'x'"
fails 1 'region' "a condition on a country that is not kept" analyze s --where "\${country} = 'FR'"
fails 2 '--where' "no release of some people" analyze s --where "\${gender} = 'woman'" --release

ok "a wide crossing" analyze s --by region,gender -o wide.txt
same 80 "$(python3 -c 'print(max([80] + [len(l.rstrip()) for l in open("wide.txt", encoding="utf-8")]))')" "fits 80 columns"
has 'Non-' "and names its columns over several lines" cat wide.txt
lacks $'\033' "a file has no colours" wide.txt
cat >see.sh <<END
head -n 2 s-keys/passphrases >two
$ANALYZE s --key s-keys/custodian-1.key --key s-keys/custodian-2.key --passphrase-file two --question gender
END
TERM=xterm script -qec 'bash see.sh' /dev/null >seen </dev/null
ok "a terminal has colours" grep -q $'\033\[36m' seen
TERM=xterm NO_COLOR=1 script -qec 'bash see.sh' /dev/null >seen </dev/null
lacks $'\033[' "but not with NO_COLOR" seen
