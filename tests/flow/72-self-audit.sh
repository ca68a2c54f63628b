#!/bin/bash
# Goal: --self-audit says what a seized machine tells. As everything must be it ends with 0 and the
# count; each thing that must not be there ends it with 1 and is named; what is found in a log is
# never repeated. With a collector running, whose store nobody else can open, and without.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1

# audits STATUS TEXT LABEL OPTION...: it ends with STATUS and says TEXT, wherever lines break.
audits() {
	local wanted=$1 text=$2 label=$3 status
	shift 3
	"$COLLECT" host/s --self-audit "$@" >"$WORK/out" 2>"$WORK/err"
	status=$?
	tr -s ' \n' ' ' <"$WORK/out" >"$WORK/flat"
	cat "$WORK/out" >>"$WORK/all"
	if [ "$status" -ne "$wanted" ]; then
		failed "$label" "exit status $status instead of $wanted" "$(grep -A2 WRONG "$WORK/out" | head -n 9)" \
			"$(cat "$WORK/err")"
	elif ! grep -qF -- "$text" "$WORK/flat"; then
		failed "$label" "\"$text\" is not in: $(head -c 600 "$WORK/flat")"
	else
		passed "$label"
	fi
}

# planted TEXT LABEL FILE: the file is named as wrong with TEXT, and the audit is clean without it.
planted() {
	audits 1 "$1" "$2"
	rm -r "$3"
	audits 0 'Nothing was found that must not be there.' "$2: gone"
}

mkdir host away
ok "a study" study host/s
mv host/s-keys away/
round=host/s/rounds/2020-05
"$FORM" simulate host/s -n 30 --seed 5 >away/people.jsonl

# --- as it must be ---
audits 0 'nobody has answered yet' "before the first start"
serve host/s
ok "30 people" python3 "$SOURCE/tools/fill.py" "$URL" away/people.jsonl
before=$(sha256sum <"$round/responses.db")
audits 0 '30 submissions can be counted; nothing says when they came or in which order' "while it runs"
grep -q 'control.sock: where an operator' out && passed "the socket is explained" || failed "the socket is explained"
same "$before" "$(sha256sum <"$round/responses.db")" "the audit changes nothing"
ok "it still takes submissions" python3 "$SOURCE/tools/fill.py" "$URL" <(head -n 1 away/people.jsonl | sed 's/"id":"../"id":"ff/')
stop
audits 0 'That 31 submissions were stored.' "stopped"
audits 0 'files and passphrases of 2 of the 3 custodians together' "who can open it"
audits 0 'keeps change times that nothing can round' "what cannot be helped"
audits 0 'none was given, so none was looked at' "logs are asked for"

# --- what must not be there ---
touch "$round/responses.db-journal"
planted "responses.db-journal: a database's journal" "a journal" "$round/responses.db-journal"
cp "$round/responses.db" "$round/responses.db.bak"
planted 'responses.db.bak: a copy of a store' "a copy" "$round/responses.db.bak"
(umask 077 && head -c 16384 "$round/responses.db" >"$round/responses.db.new")
planted 'left by an interrupted rebuild' "half a rebuild" "$round/responses.db.new"
cp away/s-keys/custodian-2.key host/s/x
planted "x: a custodian's key file" "a key file, whatever its name" host/s/x
cp -r away/s-keys host/keys
planted "../keys/custodian-1.key: a custodian's key file" "key files beside the study" host/keys
cp away/people.jsonl host/s/notes.txt
planted 'notes.txt: answers in clear' "an import" host/s/notes.txt
cp away/people.jsonl host/
planted '../people.jsonl: answers in clear' "an import beside the study" host/people.jsonl
"$COLLECT" host/s --backup host/s/backup
planted 'backup: a backup: it is encrypted' "a backup" host/s/backup
ln -s /etc/passwd host/s/p
planted 'p: a symbolic link that leads out' "a link" host/s/p
chmod 644 "$round/responses.db"
audits 1 'everybody on this machine can read it' "a store that others can read"
chmod 600 "$round/responses.db"
touch "$round/responses.db"
audits 1 'its time of modification is not rounded' "a time"
touch -d "$(date -u +%F)T00:00:00Z" "$round/responses.db"
audits 0 'Nothing was found' "all of it mended"

cp -p "$round/responses.db" away/good.db
size=$(stat -c %s "$round/responses.db")
head -c 600 /dev/zero | dd of="$round/responses.db" bs=1 seek=$((size - 9000)) conv=notrunc 2>/dev/null
audits 1 'do not look random' "zeros in a row"
cp -p away/good.db "$round/responses.db"
printf 'CANARY said in clear what nobody must ever find in such a place' |
	dd of="$round/responses.db" bs=1 seek=$((size - 9000)) conv=notrunc 2>/dev/null
audits 1 'hold text that can be read' "text in a row"
truncate -s -16384 "$round/responses.db"
audits 1 'responses.db: not looked at' "a damaged store"
cp -p away/good.db "$round/responses.db"
touch -d "$(date -u +%F)T00:00:00Z" "$round/responses.db"

# --- logs ---
time='[28/Nov/2025:10:53:17 +0000]'
cat >away/access.log <<EOF
203.0.113.77 - - $time "GET / HTTP/1.1" 200 99 "https://canary.example/" "Mozilla/5.0 (Canary)"
2001:db8::ca:9a - - $time "POST /fr HTTP/1.1" 200 99 "-" "-"
EOF
cat >away/error.log <<EOF
2025/11/28 10:53:17 [warn] 7#7: *3 a client request body is buffered to a temporary file /var/lib/nginx/body/1, client: 203.0.113.77, server: s, request: "POST / HTTP/1.1"
EOF
cat >away/quiet.log <<EOF
Nov 28 10:53:17 host systemd[1]: Started survey-collect@s.service - Peer Survey collector.
Nov 28 10:53:17 host survey-collect[9]: Listening on http://127.0.0.1:8080
Nov 28 10:53:18 host Tor[10]: Tor 0.4.9.3-alpha opening new log file.
EOF
printf '\n{"request":{"remote_ip":"203.0.113.77","method":"GET","uri":"/","headers":{"Accept-Language":["fa"]}}}\n' >away/caddy.log
audits 1 'access.log: line 1: an IPv4 address' "IPv4" --log away/access.log
audits 1 'access.log: line 2: an IPv6 address' "IPv6" --log away/access.log
audits 1 'line 1: and 1 more: a request with its time' "times" --log away/access.log
audits 1 'FROM WHERE PEOPLE CAME' "the summary says so" --log away/access.log
audits 1 'set "access_log off;"' "what to change" --log away/access.log
audits 1 'was written to a temporary file' "a body on the disk" --log away/error.log
audits 1 "caddy.log: line 2: a browser's languages" "the second log" --log away/quiet.log --log away/caddy.log
audits 0 'quiet.log: 3 lines say nothing about anybody' "a log as it must be" --log away/quiet.log
audits 1 'standard input: line 1: an IPv4 address' "standard input" --log - <away/access.log
audits 0 'standard input: 3 lines' "a quiet journal" --log - <away/quiet.log
gzip -k away/access.log
audits 1 'zcat FILE' "a compressed log is not skipped" --log away/access.log.gz
audits 1 'not looked at' "nor a missing one" --log away/nothing.log
cp away/quiet.log away/quiet.log.1
audits 0 '1 more files beside it begin with its name' "older parts are asked for" --log away/quiet.log

# --- the whole ---
for text in CANARY canary Canary 203.0.113 2001:db8 ca:9a 10:53 '"uri"'; do
	lacks "$text" "nothing printed has $text" all
done
serve host/s
kill -9 "$SERVER"
wait "$SERVER" 2>/dev/null
audits 0 'left by a collector that did not end gently' "after a kill"
serve host/s
"$COLLECT" host/s --close >/dev/null
audits 0 'the round is closed' "closed, while it runs"
stop
audits 0 'the round is closed' "closed"
same 0 "$(find host/s -name '*-journal' -o -name '*-wal' -o -name '*.new' | wc -l)" "the audit leaves nothing behind"
"$COLLECT" host/s --log x >out 2>&1
same 2 $? "--log is of --self-audit only"
"$COLLECT" host/s --self-audit --close >out 2>&1
same 2 $? "one thing at a time"
fails 1 'study.json' "no study" "$COLLECT" away --self-audit
