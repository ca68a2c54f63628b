#!/bin/bash
# Goal: a seized collector host says nothing about anybody. Unique markers are put into every kind of
# answer, over HTTP and by import; every byte that is left on disk is searched for them.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1

ok "a study" study s
"$FORM" simulate s -n 40 --seed 3 |
	jq -c '.answers.services_comment = "CANARY-COMMENT-\(.id)" | .answers.rights_comment = "قمرية-\(.id)"
		| .answers.helped_most = "CANARY-SHORT-\(.id)" | .answers.gender = "other"
		| .answers["gender/other"] = "CANARY-OTHER-\(.id)"' >people.jsonl
head -n 20 people.jsonl >first.jsonl
tail -n 20 people.jsonl >second.jsonl

# everything on disk but the people's own lines; the questionnaire names its own choices
search() {
	local label=$1 text
	for text in CANARY 'قمرية' have_fun non_binary cannabis '"gender"' 127.0.0.1 Mozilla \
		"$(head -n 1 people.jsonl | jq -r .id)" "$(sed -n 30p people.jsonl | jq -r .id)"; do
		if { grep -raF -- "$text" s; grep -av '^Listening on ' serve.* | grep -F -- "$text"; } |
			grep -v '/form.json:' | grep -q .; then
			failed "$label: $text" "$(grep -raF -l -- "$text" s serve.* | head -n 3)"
		else
			passed "$label: no $text"
		fi
	done
	same '' "$(find s -newer "$SOURCE/LICENSE" -name '*-journal' -o -name '*-wal' | head -n 1)" "$label: no journal"
}

serve s
ok "20 people over HTTP" python3 "$SOURCE/tools/fill.py" "$URL" first.jsonl
has '20 stored' "20 by import while it runs" "$COLLECT" s --import second.jsonl
search "running"
ok "a backup while it runs" "$COLLECT" s --backup backup
same '' "$(grep -caF CANARY backup | grep -v '^0$')" "the backup says nothing"
stop
search "stopped"

db=s/rounds/2020-05/responses.db
for table in core short long; do
	same 1 "$(sqlite3 "$db" "select count(distinct length(r)) from $table")" "$table: every row has the same length"
	same 'slot|r|' "$(sqlite3 "$db" "select name from pragma_table_info('$table')" | tr '\n' '|')" "$table: no column for an address or a time"
done
same 'core header long short ' "$(sqlite3 "$db" "select name from sqlite_schema where type = 'table' order by name" | tr '\n' ' ')" "no other table"
same '' "$(strings -n 6 "$db" | grep -iE 'woman|canary|harder|select |insert ' | head -n 1)" "strings finds no answer"

before=$(sha256sum <"$db")
ok "the custodians can read it all" analyze s --question gender --format csv -o out.csv
same "$before" "$(sha256sum <"$db")" "reading changes nothing"
lacks CANARY "the analysis prints no free text" out.csv
ok "close" "$COLLECT" s --close
search "closed"
ok "release" analyze s --release
ok "nothing else was written next to the study" test -z "$(find . -newer first.jsonl -name '*.tmp')"
lacks CANARY "the release holds no free text" s/releases/2020-05-01.json s/releases/2020-05-01.csv s/releases/2020-05-01.counts
