#!/bin/bash
# Goal: free texts can be read, all of them, in no order, with nothing of who wrote them; a
# spreadsheet runs none of them.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1

ok "a study" study s
ok "simulate" "$FORM" simulate s -n 400 --seed 9 -o people.jsonl
# texts that a spreadsheet would run, or that name somebody
jq -c 'if .answers.stay_comment and .language == "en" then .answers.stay_comment |= "=SUM(1;2) \(.)" else . end' \
	people.jsonl >x && mv x people.jsonl
sed -n 1p people.jsonl | jq -c '.id = "00000000000000000000000000000001" | .language = "en" |
	.answers.stay_comment = "  @SUM(A1) call Maria at 0123 456 789"' >>people.jsonl
ok "import" "$COLLECT" s --import people.jsonl
has 'random order' "the texts of a question" analyze s --comments stay_comment -o c.csv
ok "once more" analyze s --comments stay_comment -o d.csv
same 600 "$(stat -c %a c.csv)" "for its owner's eyes alone"
python3 - people.jsonl c.csv d.csv >read.txt <<'END'
import collections, csv, json, sys
people = [json.loads(l) for l in open(sys.argv[1], encoding='utf-8')]
wanted = collections.Counter((p['answers']['stay_comment'].strip(), p['language']) for p in people
                             if p['answers'].get('stay_comment'))
c, d = (list(csv.DictReader(open(f, encoding='utf-8', newline=''))) for f in sys.argv[2:])
got = collections.Counter((r['text'].lstrip("'").strip(), r['language']) for r in c)
named = {l for _, l in got if l}
sizes = collections.Counter(r['language'] for r in c)
print('texts', sorted(t for t, _ in wanted.elements()) == sorted(t for t, _ in got.elements()), len(c) > 60)
print('languages', all(wanted[t, l] >= n for (t, l), n in got.items() if l), all(n >= 10 for n in sizes.values()), len(named) > 1)
print('order', [r['text'] for r in c] != [r['text'] for r in d], [r['text'] for r in c] != [t for t in wanted])
print('columns', ','.join(c[0]))
print('formulas', sum(r['text'].lstrip()[:1] in ('=', '+', '-', '@') for r in c), sum(r['text'].startswith("'=SUM") for r in c) > 5)
print('flags', [r['flags'] for r in c if 'Maria' in r['text']])
END
same 'texts True True' "$(grep '^texts' read.txt)" "every text is there once, and no other"
same 'languages True True True' "$(grep '^languages' read.txt)" "with its language where ten have it"
same 'order True True' "$(grep '^order' read.txt)" "in another order each time"
same 'columns text,language,flags' "$(grep '^columns' read.txt)" "and nothing else of who wrote it"
same 'formulas 0 True' "$(grep '^formulas' read.txt)" "none starts a formula"
same "flags ['name phone handle']" "$(grep '^flags' read.txt)" "a name, a number and what could be a handle are flagged"
lacks '"age_band"' "no other answer is in it" c.csv

fails 1 'no free text' "a question without texts" analyze s --comments needs_met -o e.csv
fails 1 'nix' "no such question" analyze s --comments nix -o e.csv
fails 2 '-o FILE' "not to the terminal" analyze s --comments stay_comment
fails 2 '--where' "not of some people" analyze s --comments stay_comment --where "\${gender} = 'woman'" -o e.csv
ok "nothing was written" test ! -e e.csv

# a study that lets texts carry the region
ok "a study with regions" "$FORM" new r
sed -i 's/"demonstration": false/"demonstration": true/; s/"text_region": false/"text_region": true/' r/study.json
grep -q text_region r/study.json || sed -i '0,/{/s//{"text_region": true,/' r/study.json
ok "its keys" keys r 2020-05
ok "its people" "$COLLECT" r --import people.jsonl
ok "its texts" analyze r --comments stay_comment -o r.csv
same 'text,language,region,flags' "$(head -n 1 r.csv | tr -d '\r')" "have a region"
small=$(python3 -c '
import collections, csv
n = collections.Counter((r["language"], r["region"]) for r in csv.DictReader(open("r.csv", newline="", encoding="utf-8")))
print(sum(c < 10 for (l, r), c in n.items() if r), len([1 for l, r in n if r]) > 0)')
same '0 True' "$small" "only where ten of the same language have it"
