#!/bin/bash
# Goal: what simulated people answered, computed here from their lines with jq, is what the analysis
# counts after sealing, storing and opening; releases are made only from what is closed.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1

ok "a study with 2-of-3 keys" study s
ok "simulate" "$FORM" simulate s -n 500 --seed 11 -o people.jsonl
has '500 stored' "import" "$COLLECT" s --import people.jsonl
has '500 already there' "importing again stores nothing new" "$COLLECT" s --import people.jsonl

fails 3 'closed' "a release of a live round is refused" analyze s --release
fails 1 '2' "one custodian opens nothing" "$ANALYZE" s --key s-keys/custodian-1.key \
	--passphrase-file s-keys/passphrases
cp s-keys/custodian-2.key s/stolen.key
fails 3 'study folder' "a key file inside the study is refused" "$ANALYZE" s \
	--key s-keys/custodian-1.key --key s/stolen.key --passphrase-file s-keys/passphrases
rm s/stolen.key
ok "any two custodians open" analyze s --format csv -o total.csv
sed -n '1p;3p' s-keys/passphrases >two
ok "any other two, too" "$ANALYZE" s --key s-keys/custodian-1.key --key s-keys/custodian-3.key \
	--passphrase-file two --format csv -o other.csv
ok "and they see the same" cmp total.csv other.csv
ok "by region" analyze s --by region --format csv -o region.csv
ok "by language" analyze s --by language --format csv -o language.csv
ok "by region and language" analyze s --by region,language --format csv -o both.csv

# column NAME of a CSV whose fields hold no line ends, as the counts do
counted() {
	python3 - "$@" <<'END'
import csv, sys
name, question, row, measure, by, group, answer = sys.argv[1:8]
for line in csv.DictReader(open(name, encoding='utf-8')):
    if (line['question'], line['row'], line['measure'], line['by'], line['group'],
            line['answer']) == (question, row, measure, by, group, answer):
        print(line['count'], line['base'])
END
}
people() {
	jq -c "select($1)" people.jsonl | wc -l
}

woman=$(people '.answers.gender == "woman"')
answered=$(people '.answers.gender and .answers.gender != "declined"')
same "$woman $answered" "$(counted total.csv gender '' choice total '' woman)" "women, of those who answered"
fr=$(people '.language == "fr" and .answers.gender == "woman"')
base=$(people '.language == "fr" and .answers.gender and .answers.gender != "declined"')
same "$fr $base" "$(counted language.csv gender '' choice language fr woman)" "women who answered in French"
fun=$(people '.answers.reasons and (.answers.reasons | index("have_fun"))')
base=$(people '.answers.reasons and .answers.reasons != ["declined"]')
same "$fun $base" "$(counted total.csv reasons '' multiple total '' have_fun)" "select many: of respondents"
harder=$(people '.answers["services/nsp"] == "harder"')
base=$(people '.answers["services/nsp"] and .answers["services/nsp"] != "declined"')
same "$harder $base" "$(counted total.csv services nsp choice total '' harder)" "a matrix row"
first=$(people '.answers.priorities and .answers.priorities[0] == "delivery"')
base=$(people '.answers.priorities and .answers.priorities != ["declined"]')
same "$first $base" "$(counted total.csv priorities '' first total '' delivery)" "ranked first"
first=$(people '.answers.priorities and (.answers.priorities | index("delivery"))')
same "$first $base" "$(counted total.csv priorities '' ranked total '' delivery)" "ranked at all"
seven=$(people '.answers.needs_met == "7"')
base=$(people '.answers.needs_met and .answers.needs_met != "declined"')
same "$seven $base" "$(counted total.csv needs_met '' scale total '' 7)" "a point of a scale"
wrote=$(people '.answers.services_comment')
same "$wrote" "$(counted total.csv services_comment '' written total '' written | cut -d' ' -f1)" "wrote a comment"
europe=$(people '.answers.country and (.answers.country | IN("FR","ES","PT","GB","IE","DE","NL","SE","NO","IT","GR","PL","CH","BE","AT","RU","UA","MD"))
	and .answers.self_medicating == "yes"')
both=$(people '.language == "en" and (.answers.country | IN("KE","TZ","NG","ZA","EG")) and .answers.self_medicating == "yes"')
same "$both" "$(counted both.csv self_medicating '' choice region_language 002/en yes | cut -d' ' -f1)" "yes, in Africa and in English"
same "$europe" "$(counted region.csv self_medicating '' choice region 150 yes | cut -d' ' -f1)" "yes, in Europe"

has 'not audited, not for publication' "the view at the terminal says what it is" analyze s --question gender
has 'genre' "in another language" analyze s --question gender --language fr
fails 1 'nix' "an unknown question" analyze s --question nix
fails 2 '' "an unknown format" analyze s --format pdf

ok "close" "$COLLECT" s --close
has 2020-05-01 "a release of the closed round" analyze s --release
same '2020-05-01.counts 2020-05-01.csv 2020-05-01.datapackage.json 2020-05-01.json 2020-05-01.xlsx ' "$(ls s/releases | tr '\n' ' ')" "its five files"
fails 3 'release' "a second release of a round is refused" analyze s --release
lacks '"gender"' "the exact counts are sealed" s/releases/2020-05-01.counts
small=$(jq '[.release | .. | .counts? // empty | .[]? | select(type == "number" and . > 0 and . < 10)] | length' s/releases/2020-05-01.json)
same 0 "$small" "no count from 1 to 9 is in the release"
bases=$(jq '[.release | .. | .base? // empty | select(. > 0 and . < 10)] | length' s/releases/2020-05-01.json)
same 0 "$bases" "no base below the threshold is in the release"
fails 1 'damaged' "a truncated store" bash -c "cp -r s t && head -c 100000 s/rounds/2020-05/responses.db >t/rounds/2020-05/responses.db &&
	exec '$ANALYZE' t --key s-keys/custodian-1.key --key s-keys/custodian-2.key --passphrase-file s-keys/passphrases"
ok "keys of another study" study other
fails 1 "a share of another study" "do not open this one" "$ANALYZE" s --key other-keys/custodian-1.key \
	--key other-keys/custodian-2.key --passphrase-file s-keys/passphrases
