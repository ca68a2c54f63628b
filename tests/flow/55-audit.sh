#!/bin/bash
# Goal: a release proves that it is safe, and so does a second one beside it; too few more people, or
# records taken back, and there is none; who edits a release is found out.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1

ok "a study" study s
ok "simulate" "$FORM" simulate s -n 1500 --seed 4 -o people.jsonl
cp -r s empty
head -n 600 people.jsonl >first.jsonl
head -n 612 people.jsonl >twelve.jsonl
has '600 stored' "600 people" "$COLLECT" s --import first.jsonl
ok "a backup of them" "$COLLECT" s --backup one.backup
has '12 stored' "12 more" "$COLLECT" s --import twelve.jsonl
ok "a backup with 12 more" "$COLLECT" s --backup two.backup
has '888 stored' "the others" "$COLLECT" s --import people.jsonl
ok "a backup with 900 more" "$COLLECT" s --backup three.backup

# --- the first
has 'audited:' "the first release" analyze s --release --store one.backup
one=s/releases/2020-05-01.json
same true "$(jq .release.audited $one)" "it says that it was audited"
ok "a certificate: some counts, none narrower than k" jq -e '.release.certificate |
	.protected > 100 and .narrowest >= 10 and .releases == 1 and (.not_modelled | length > 3)' $one
has 'suppressed counts may be small' "anybody can audit it" "$ANALYZE" --audit $one
cp $one alone.json
has 'signature not checked' "without its study the signature is not checked" "$ANALYZE" --audit alone.json
ok "with the public key it is" "$ANALYZE" --audit alone.json --public-key s/rounds/2020-05/public.key
lacks 'not checked' "and nothing is left out" out
ok "the same bytes again" bash -c "cp -r empty again && $(printf %q "$ANALYZE") again --key s-keys/custodian-1.key \
	--key s-keys/custodian-2.key --passphrase-file s-keys/passphrases --release --store one.backup"
ok "the same release" cmp $one again/releases/2020-05-01.json

# --- edited by hand, without a key beside it: by the tables alone
ok "exact counts, by region" analyze s --store one.backup --by region --format csv -o exact.csv
mkdir edited
python3 - <<'END'
# one suppressed count at a time published again, as it is: small ones, others, noughts
import csv, json
exact = {(l['question'], l['row'], l['measure'], l['group'], l['answer']): int(l['count'])
    for l in csv.DictReader(open('exact.csv', encoding='utf-8'))
    if l['by'] == 'region' and l['count'].isdigit()}
whole = json.load(open('alone.json'))
groups = whole['release']['groups']
certificate = whole['release'].pop('certificate')
whole['release']['audited'] = False
kinds, n = {'small': [], 'nought': [], 'large': []}, 0
for t in whole['release']['tables']:
    for s in t['slots']:
        if groups[s['group']]['by'] != 'region' or groups[s['group']]['id'] == 'other':
            continue
        for i, count in enumerate(s['counts']):
            if count is None:
                truth = exact[(t['question'], t.get('row', ''), t['measure'],
                    groups[s['group']]['id'], t['answers'][i])]
                kinds['small' if 0 < truth < 10 else 'nought' if truth == 0 else 'large'].append(
                    (s['counts'], i, truth))
for kind, cells in kinds.items():
    for counts, i, truth in cells[::max(1, len(cells) // 6)]:
        counts[i] = truth
        n += 1
        json.dump(whole, open('edited/%s-%d.json' % (kind, n), 'w'), separators=(',', ':'))
        counts[i] = None
END
ok "releases were edited" test "$(ls edited | wc -l)" -ge 12
found=0
for file in edited/small-*.json; do
	"$ANALYZE" --audit "$file" >>found.txt 2>>found.txt
	[ $? -eq 3 ] && found=$((found + 1))
done
same "$(ls edited/small-*.json | wc -l)" "$found" "each small count that is published again is found"
ok "its place is said" grep -qE 'by region: [0-9]+, [a-z0-9_<+-]+: a count below the threshold' found.txt
found=0
for file in edited/large-*.json; do
	"$ANALYZE" --audit "$file" >/dev/null 2>&1
	[ $? -eq 3 ] && found=$((found + 1))
done
ok "so is what large ones give back ($found of $(ls edited/large-*.json | wc -l))" test "$found" -ge 1
sed 's/"threshold":10/"threshold":9/' $one >s/releases/edited.json
fails 1 'signature' "a changed rule, by the signature" "$ANALYZE" --audit s/releases/edited.json
rm s/releases/edited.json
jq -c '(.release.certificate.digest) = ("0" * 64)' alone.json >digest.json
fails 1 'certificate' "a certificate of other tables" "$ANALYZE" --audit digest.json

# --- later ones
fails 3 'held: fewer than 10 people more' "12 more people: held" analyze s --release --store two.backup
same 1 "$(ls s/releases/*-[0-9][0-9].json | wc -l)" "and nothing is written"
has 'audited:' "900 more people: released" analyze s --release --store three.backup
two=s/releases/2020-05-02.json
same 2 "$(jq .release.certificate.releases $two)" "audited together with the first"
same "$(b2sum -l 256 $one | cut -d' ' -f1)" "$(jq -r .release.previous $two)" "it names the first"
same '[]' "$(jq -c -s '[.[0].release.groups, .[1].release.groups] | map(map([.by, .id])) | .[1] - .[0]' $one $two)" \
	"it has no group that the first has not"
has 'keeps 10 values or more' "both together" "$ANALYZE" --audit $one $two
fails 1 'is not the release before it' "in the wrong order" "$ANALYZE" --audit $two $one
fails 3 'held: nobody answered' "the same again: held" analyze s --release --store three.backup

same 0 "$(python3 - <<'END'
import json
one = json.load(open('s/releases/2020-05-01.json'))['release']
two = json.load(open('s/releases/2020-05-02.json'))['release']
def cells(r, want):
    return {(t['question'], t.get('row'), t['measure'], r['groups'][s['group']]['by'],
            r['groups'][s['group']]['id'], a)
        for t in r['tables'] for s in t['slots']
        for a, c in zip(t['answers'], s['counts']) if want(c)}
print(len(cells(one, lambda c: c is None) & cells(two, lambda c: c is not None)))
END
)" "what the first suppressed the second does not publish"

# --- records taken back: another store of the same round without some of the first people
cp -r empty less
sed -n '50,1500p' people.jsonl >fewer.jsonl
ok "a store without 49 of the first people" "$COLLECT" less --import fewer.jsonl
ok "its backup" "$COLLECT" less --backup less.backup
rm -r s/releases/2020-05-02.*
fails 3 'withdrawn' "records withdrawn: refused" analyze s --release --store less.backup

fails 2 '' "--audit beside a study" analyze s --audit $one
fails 1 'nix.json' "a release that is not there" "$ANALYZE" --audit nix.json
cp s/releases/2020-05-01.counts s/releases/kept
head -c 100 s/releases/kept >s/releases/2020-05-01.counts
fails 1 '.counts' "exact counts that were changed" analyze s --release --store three.backup
cp s/releases/kept s/releases/2020-05-01.counts
sed -i 's/"people":600/"people":601/' $one
fails 1 "$one" "an edited ledger: nothing more is released" analyze s --release --store three.backup
