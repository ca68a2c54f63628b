#!/bin/bash
# Goal: two collectors' stores of one round are counted together, each person once; a backup is never
# counted together with its successor or with the store that it was made of.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1

ok "a study with 2-of-3 keys" study s
ok "another collector's copy of it" cp -r s t
ok "simulate" "$FORM" simulate s -n 100 --seed 51 -o people.jsonl
head -n 60 people.jsonl >first.jsonl
sed -n '61,90p' people.jsonl >second.jsonl
tail -n 10 people.jsonl >third.jsonl
has '60 stored' "60 people here" "$COLLECT" s --import first.jsonl
has '30 stored' "30 people there" "$COLLECT" t --import second.jsonl
here=s/rounds/2020-05/responses.db
there=t/rounds/2020-05/responses.db
ok "a backup" "$COLLECT" s --backup one.backup

# --- merged
has ': 90 people' "two collectors' stores: 90 people" analyze s --store "$here" --store "$there" --question gender
ok "their counts" analyze s --store "$here" --store "$there" --format csv -o stores.csv
ok "the other way round" analyze s --store "$there" --store "$here" --format csv -o turned.csv
ok "the same counts" cmp stores.csv turned.csv
ok "a backup of one and the store of the other" analyze s --store one.backup --store "$there" --format csv -o backup.csv
ok "the same counts, too" cmp stores.csv backup.csv
ok "a third collector's copy" cp -r t u
rm u/rounds/2020-05/responses.db
head -n 90 people.jsonl >all.jsonl
has '90 stored' "the same 90 people in one store" "$COLLECT" u --import all.jsonl
ok "counted there" analyze s --store u/rounds/2020-05/responses.db --format csv -o one.csv
ok "the same counts as from two" cmp stores.csv one.csv

# --- never merged
has '10 stored' "10 more" "$COLLECT" s --import third.jsonl
ok "a later backup" "$COLLECT" s --backup two.backup
both='the same records are in both'
# refused LABEL FILE FILE: neither counted nor written
refused() {
	fails 1 "$both" "$1" analyze s --store "$2" --store "$3" --format csv -o refused.csv
	same '' "$(ls refused.csv 2>/dev/null)" "$1: nothing is written"
}
refused "a backup and its successor" one.backup two.backup
refused "a successor and its backup" two.backup one.backup
refused "a backup and its own store" two.backup "$here"
refused "a store and its earlier backup" "$here" one.backup
refused "a store and itself" "$here" "$here"
fails 1 "$both" "not behind another store either" analyze s --store "$there" --store one.backup --store two.backup
fails 1 "$both" "nor as comments" analyze s --store one.backup --store two.backup \
	--comments services_comment -o refused.csv
has ': 70 people' "the later backup alone" analyze s --store two.backup --question gender

# --- of another round or study
ok "another study" study other
ok "its keys' store" "$COLLECT" other --import first.jsonl
fails 1 'other keys' "a store of another study beside this one's" analyze s --store "$here" \
	--store other/rounds/2020-05/responses.db
fails 1 'other keys' "and alone" analyze s --store other/rounds/2020-05/responses.db
