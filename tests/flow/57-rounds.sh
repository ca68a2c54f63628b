#!/bin/bash
# Goal: two rounds are compared from what was published of each, and only in questions that are the
# same in both; the others are named.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1

ok "a study" study s 2020-05
ok "its people" "$FORM" simulate s -n 600 --seed 1 -o may.jsonl
ok "import" "$COLLECT" s --import may.jsonl
ok "close" "$COLLECT" s --close
ok "release" analyze s --release

# the next round: one more choice, one question less, one more, another range
python3 - s/form.json <<'END'
import json, sys
f = json.load(open(sys.argv[1], encoding='utf-8'))
for s in f['sections']:
    s['questions'] = [q for q in s['questions'] if q['id'] != 'covid_cases']
    for q in s['questions']:
        if q['id'] == 'gender':
            c = q['choices'] if isinstance(q['choices'], list) else f['choices'][q['choices']]
            c.append({'value': 'agender', 'label': {l: 'Agender' for l in f['languages']}})
        if q['id'] == 'needs_met':
            q['max'] = 5
f['sections'][0]['questions'].append({'id': 'tired', 'type': 'select_one',
    'label': {l: 'Tired?' for l in f['languages']},
    'choices': [{'value': v, 'label': {l: v for l in f['languages']}} for v in ('yes', 'no')]})
json.dump(f, open(sys.argv[1], 'w', encoding='utf-8'), ensure_ascii=False)
END
mkdir s2-keys && chmod 700 s2-keys && cp s-keys/passphrases s2-keys/
ok "keys of the next round" "$KEYS" create s --round 2020-07 --custodians 3 --quorum 2 -o s2-keys --passphrase-file s2-keys/passphrases
ok "its people" "$FORM" simulate s -n 700 --seed 2 -o july.jsonl
ok "import" "$COLLECT" s --round 2020-07 --import july.jsonl
ok "close" "$COLLECT" s --round 2020-07 --close
fails 3 'no release' "a round that was not released" "$ANALYZE" s --rounds 2020-05,2020-07
head -n 2 s2-keys/passphrases >two
ok "release" "$ANALYZE" s --round 2020-07 --key s2-keys/custodian-1.key --key s2-keys/custodian-2.key --passphrase-file two --release

ok "what changed" "$ANALYZE" s --rounds 2020-05,2020-07 -o changes.txt
for line in 'gender: its choices are others' 'needs_met: its bounds are others' \
	'tired: not asked before' 'covid_cases: not asked any more'; do
	has "$line" "not compared: $line" cat changes.txt
done
same 80 "$(python3 -c 'print(max(80, max(len(l.rstrip("\n")) for l in open("changes.txt", encoding="utf-8"))))')" "fits 80 columns"
ok "as CSV, by region" "$ANALYZE" s --rounds 2020-05,2020-07 --by region --format csv -o changes.csv
python3 - >read.txt <<'END'
import csv, json
r = [json.load(open('s/releases/%s-01.json' % n))['release'] for n in ('2020-05', '2020-07')]
def cells(x):
    out = {}
    for t in x['tables']:
        for s in t['slots']:
            g = x['groups'][s['group']]
            for a, n in zip(t['answers'], s['counts']):
                out[t['question'], t.get('row', ''), t['measure'], g['by'], g['id'], a] = (n, s['base'], tuple(g['members']))
    return out
a, b = map(cells, r)
lines = list(csv.DictReader(open('changes.csv', encoding='utf-8', newline='')))
bad = 0
for l in lines:
    key = tuple(l[k] for k in ('question', 'row', 'measure', 'by', 'group', 'answer'))
    x, y = a[key], b[key]
    def share(n, base):
        return None if n is None or not base else (n * 2000 + base) // (2 * base)
    bad += x[2] != y[2]
    for v, s in ((x, 'before'), (y, 'after')):
        bad += l['count_' + s] != ('' if v[0] is None else str(v[0])) or l['base_' + s] != str(v[1])
    p, q = share(*x[:2]), share(*y[:2])
    wanted = '' if p is None or q is None else '%s%d.%d' % ('-' if q < p else '+', abs(q - p) // 10, abs(q - p) % 10)
    bad += l['change'] != wanted
print(bad, len(lines) > 300, {l['by'] for l in lines} == {'total', 'region'},
      {'gender', 'needs_met', 'tired', 'covid_cases'} & {l['question'] for l in lines})
END
same '0 True True set()' "$(cat read.txt)" "both counts, both bases and the change are those of the releases"
fails 1 'two rounds' "one round" "$ANALYZE" s --rounds 2020-05
fails 1 'twice' "the same round twice" "$ANALYZE" s --rounds 2020-05,2020-05
fails 2 '--rounds' "no release of two rounds" "$ANALYZE" s --rounds 2020-05,2020-07 --release
