#!/bin/bash
# Goal: records of people leave only for a purpose that was written down, without free texts, and
# with nobody in them who is not like nine others.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1

ok "a study with 2-of-3 keys" study s
ok "simulate" "$FORM" simulate s -n 600 --seed 5 -o people.jsonl
ok "import" "$COLLECT" s --import people.jsonl
purpose="to compare services of the first wave with those of the second"

fails 3 'purpose' "no purpose, no microdata" analyze s --microdata m.csv
fails 3 'purpose' "a word is no purpose" analyze s --microdata m.csv --purpose "  science  "
fails 1 '.sav, .dta or .csv' "another kind of file" analyze s --microdata m.xlsx --purpose "$purpose"
fails 3 'free text' "a free text is refused" analyze s --microdata m.csv --purpose "$purpose" --question stay_comment
fails 1 'nix' "an unknown question" analyze s --microdata m.csv --purpose "$purpose" --quasi gender,nix
fails 2 '--microdata' "a purpose without microdata" analyze s --purpose "$purpose"
fails 2 '--microdata' "microdata with a release" analyze s --microdata m.csv --purpose "$purpose" --release
fails 3 'fewer than 10' "too few people" analyze s --microdata m.csv --purpose "$purpose" \
	--where "\${gender} = 'woman' and \${region} = '009' and \${age_band} = '65-plus'"
same '' "$(ls m.* 2>/dev/null)" "and nothing was written"

ok "as CSV" analyze s --microdata m.csv --purpose "$purpose"
cp "$WORK/out" said
has 'region: ' "what was changed is said" cat said
has "$purpose" "the codebook says what it is for" cat m.codebook.txt
same '600 600' "$(stat -c %a m.csv m.codebook.txt | tr '\n' ' ' | sed 's/ $//')" "for its owner's eyes alone"
python3 - m.csv m.codebook.txt people.jsonl >checked <<'END'
import collections, csv, json, re, sys
rows = list(csv.DictReader(open(sys.argv[1], newline='')))
quasi = ['region', 'language', 'age_band', 'gender']
classes = collections.Counter(tuple(r[q] for q in quasi) for r in rows)
print('smallest', min(classes.values()) >= 10, len(classes) > 5)
people = [json.loads(l)['answers'] for l in open(sys.argv[3], encoding='utf-8')]
print('left out', 600 - len(rows) < 30)
# variables that were not touched: every code as often as people said so, but for who is left out
labels, name = {}, None
for line in open(sys.argv[2], encoding='utf-8').read().split('\nVariables\n')[1].split('\n'):
    m = re.match(r'([a-z][a-z0-9_]*)  ', line)
    if m:
        name = m[1]
    m = re.match(r'  (-?[0-9.]+)  (.*)', line)
    if m:
        labels[name, m[1]] = m[2]
def near(got, wanted):
    return 0 <= wanted - got <= 600 - len(rows)
bad = 0
for name, answer, wanted in (
        ('covid_test', 'Yes', sum(p.get('covid_test') == 'yes' for p in people)),
        ('substances_heroin', 'yes', sum('heroin' in p.get('substances', []) for p in people)),
        ('substances_heroin', 'prefer not to say', sum(p.get('substances') == ['declined'] for p in people)),
        ('services_nsp', 'Easier to get', sum(p.get('services/nsp') == 'easier' for p in people)),
        ('covid_month', '2020-03', sum(p.get('covid_month') == '2020-03' for p in people)),
        ('oat_now', 'prefer not to say', sum(p.get('oat_now') == 'declined' for p in people))):
    got = sum(labels.get((name, r[name])) == answer for r in rows)
    if not near(got, wanted):
        bad += 1
        print(name, answer, got, wanted)
got = sum(r['needs_met'] == '7' for r in rows)
bad += not near(got, sum(p.get('needs_met') == '7' for p in people))
got = sum(float(r['days_used']) for r in rows if float(r['days_used']) == 20) / 20
bad += not near(got, sum(p.get('days_used') == '20' for p in people))
got = sum(labels.get(('priorities_1', r['priorities_1']), '').startswith('Appointments') for r in rows)
bad += not near(got, sum((p.get('priorities') or [''])[0] == 'remote' for p in people))
print('counts', bad)
# no number that fewer than ten people reach
days = sorted(float(r['days_used']) for r in rows if float(r['days_used']) >= 0)
print('tails', days[9] == days[0], days[-10] == days[-1])
print('order', [list(map(float, r.values())) for r in rows] == sorted(list(map(float, r.values())) for r in rows))
print('names', all(re.fullmatch('[a-z][a-z0-9_]{0,31}', n) for n in rows[0]), len(set(rows[0])) == len(rows[0]))
text = open(sys.argv[1]).read() + open(sys.argv[2], encoding='utf-8').read()
print('texts', sum(p[f] in text for p in people for f in p if 'comment' in f or f.endswith('/other') or f == 'helped_most'))
END
same 'smallest True True' "$(sed -n 1p checked)" "everybody is like nine others in what could tell who they are"
same 'left out True' "$(grep '^left' checked)" "few are left out"
same 'counts 0' "$(grep '^counts' checked)" "the other answers are as they were" "$(cat checked)"
same 'tails True True' "$(grep '^tails' checked)" "no number is reached by fewer than ten"
same 'order True' "$(grep '^order' checked)" "the order of the rows says nothing"
same 'names True True' "$(grep '^names' checked)" "names are good and all different"
same 'texts 0' "$(grep '^texts' checked)" "no free text is in it"

ok "the same again" analyze s --microdata n.csv --purpose "$purpose"
ok "is the same bytes" cmp m.csv n.csv
ok "with one more question to recognise people by" analyze s --microdata q.csv --purpose "$purpose" --quasi housing,substances
python3 - q.csv >classes <<'END'
import collections, csv, sys
rows = list(csv.DictReader(open(sys.argv[1], newline='')))
quasi = [n for n in rows[0] if n in ('region', 'language', 'age_band', 'gender', 'housing') or n.startswith('substances_')]
print(len(quasi) > 15 and min(collections.Counter(tuple(r[q] for q in quasi) for r in rows).values()) >= 10)
END
same True "$(cat classes)" "they are k-anonymous in these, too"
ok "one question only" analyze s --microdata one.csv --purpose "$purpose" --question needs_met
same 'region,language,age_band,gender,needs_met' "$(head -n 1 one.csv | tr -d '\r')" "with what identifies, coarser"
ok "in another language" analyze s --microdata fr.csv --purpose "$purpose" --language fr
has 'Non' "its labels are in it" cat fr.codebook.txt
for kind in sav dta; do
	ok "as .$kind" analyze s --microdata "m.$kind" --purpose "$purpose"
	ok "as .$kind again" analyze s --microdata "n.$kind" --purpose "$purpose"
	ok "is the same bytes" cmp "m.$kind" "n.$kind"
done
END_OF_SAV=$(python3 - m.sav <<'END'
import re, sys
b = open(sys.argv[1], 'rb').read()
print(b[:4].decode(), len(re.findall(rb'\$[a-z_]+=D1 1 ', b)))
END
)
same '$FL2 13' "$END_OF_SAV" "thirteen questions with several answers are sets"
