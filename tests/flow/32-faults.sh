#!/bin/bash
# Goal: faults that pass are ridden out. A disk that is full, or no descriptors, while the store grows
# or a backup is made: people get a page in their language with their answers still in it, the
# operator one line, and everything goes on by itself when the fault has gone. Too many answers from
# one place, or a pause, give the form back as well. Sockets of the service manager are served.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1

number() { curl -s "$URL/$1" | sed -n 's/.*name="page.number" value="\([0-9a-f]\{32\}\)".*/\1/p'; }
status() { curl -s -o page -w '%{http_code}' "$@"; }
shown() { grep -qF -- "$1" page; }
# rows N: as many rows to import, each with an id
rows() {
	python3 -c 'import secrets, sys
for i in range(int(sys.argv[1])): print("{\"id\":\"%s\",\"answers\":{\"days_used\":%d}}" % (secrets.token_hex(16), i % 31))' "$1"
}
word() { jq -r --arg w "$2" '.[$w]' "$SOURCE/forms/words/$1.json"; }
# kept LABEL WORD: the page in page says WORD and still has the answers of $P
kept() {
	ok "$1: it says so, in French" shown "$(word fr "$2" | sed "s/'/\&#39;/g")"
	ok "$1: the text is still there" shown 'kept &lt;text&gt; é</textarea>'
	ok "$1: the number is still there" shown 'value="17"'
	ok "$1: consent is still given" shown 'id="consent" checked'
	ok "$1: under the same number" shown "$N"
}
send() {
	status "$URL/fr" --data-urlencode 'stay_comment=kept <text> é' \
		-d "page.number=$N&page.consent=yes&page.email=&days_used=17"
}

study s || { failed "a study with keys"; exit 1; }
ROUND=s/rounds/2020-05
serve s || exit 1

# --- a full disk while growing: a limit on the size of files stands for it

rows 1024 >many.jsonl
has "1024 stored" "a store that is full" "$COLLECT" s --import many.jsonl
size=$(stat -c %s "$ROUND/responses.db")
prlimit --pid "$SERVER" --fsize=$((size + 65536)):unlimited
N=$(number fr)
same 503 "$(send)" "bad-full disk"
kept "full disk" unsent.busy
same 200 "$(status "$URL/fr")" "the form is served all the same"
rows 3 >three.jsonl
fails 1 "responses.db.new" "bad-import with a full disk" "$COLLECT" s --import three.jsonl
same "control.sock form.json public.key responses.db" "$(cd "$ROUND" && echo $(ls -A))" \
	"nothing half-made is left"
prlimit --pid "$SERVER" --fsize=$((size / 2)):unlimited
fails 1 "disk.backup: File too large" "bad-backup with a full disk" "$COLLECT" s --backup disk.backup
ok "no half of a backup is left" test ! -e disk.backup
same 200 "$(status "$URL/fr")" "the form is served all the same"
prlimit --pid "$SERVER" --fsize=unlimited
same 200 "$(send)" "with room again the same page is sent well"
same 200 "$(send)" "and once more, which stores nothing"
has "3 stored" "and the import" "$COLLECT" s --import three.jsonl
ok "and the backup" "$COLLECT" s --backup disk.backup

# --- no descriptors while growing, and for a backup's file

serve_full() { # fill the store to its last row
	local room
	room=$(($(sqlite3 "file:$ROUND/responses.db?mode=ro&immutable=1" 'select count(*) from core') - $1))
	rows "$room" >fill.jsonl
	has "$room stored" "a store that is full again" "$COLLECT" s --import fill.jsonl
}
serve_full 1028
before=$(ls "/proc/$SERVER/fd" | wc -l)
# as many as are open, and one for the connection
prlimit --pid "$SERVER" --nofile=$((before + 1)):20000
N=$(number fr)
same 503 "$(send)" "bad-no descriptors"
kept "no descriptors" unsent.busy
prlimit --pid "$SERVER" --nofile=20000:20000
same 200 "$(send)" "with descriptors again the same page is sent well"
ok "the collector still runs" kill -0 "$SERVER"

# --- no descriptors for connections: they wait, and are served later

prlimit --pid "$SERVER" --nofile="$before":20000
(sleep 1; prlimit --pid "$SERVER" --nofile=20000:20000) &
same 200 "$(status --max-time 20 "$URL/fr")" "a connection waits for a descriptor"
wait $!

# --- memory: large bodies share a bounded room, small ones never wait for it

python3 - "$URL" >large <<'END' &
import socket, sys, time
host, port = sys.argv[1][7:].split(":")
held = []
for _ in range(120):
    s = socket.create_connection((host, int(port)))
    s.sendall(b"POST /fr HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
              b"Content-Length: 250000\r\n\r\nhelped_most=" + b"x" * 200000)
    held.append(s)
print("held", flush=True)
time.sleep(4)
END
until grep -q held large; do sleep 0.1; done
python3 -c 'print("stay_comment=" + "x" * 200000, end="")' >big
same 503 "$(status "$URL/fr" -d @big)" "bad-a large body when there is no room for it"
ok "its memory is bounded" test "$(awk '/^VmRSS/ { print $2 }' "/proc/$SERVER/status")" -lt 120000
N=$(number fr)
same 200 "$(send)" "a form of an ordinary size is taken"
wait $!
same 400 "$(status "$URL/fr" -d @big)" "with room again a large body is read (and found to be no form)"

# --- an operator tightens, pauses, and opens again

N=$(number fr)
ok "pause" "$COLLECT" s --flood pause
same 503 "$(send)" "bad-during a pause"
kept "pause" unsent.paused
ok "off" "$COLLECT" s --flood off
same 200 "$(send)" "afterwards the same page is sent well"
same 2 "$("$COLLECT" s --flood much 2>/dev/null; echo $?)" "bad-no such mode is usage"
stop
same 0 "$STOPPED" "it ends well"
fails 1 "no collector is running" "bad-flood without a collector" "$COLLECT" s --flood tight
# 1,024, three, the rest of the larger store, and four over HTTP
people=$(wc -l <fill.jsonl)
has ": $((1024 + 3 + people + 4)) people" "everything that was acknowledged is there, once" analyze s

# --- too many from one place: an address of our own, in a network of our own

if unshare -n true 2>/dev/null; then
	cat >place.sh <<-'END'
	ip link set lo up && ip address add 192.0.2.1/32 dev lo || exit 77
	. "$1"
	cd "$2" || exit 1
	: >place.out
	"$COLLECT" s --listen 192.0.2.1:8081 --listen 127.0.0.1:8082 >place.out 2>&1 &
	SERVERS+=($!)
	until grep -q fingerprint place.out; do sleep 0.05; done
	same 2 "$(grep -c '^Listening on' place.out)" "two addresses at once"
	"$COLLECT" s --flood tight
	for URL in http://192.0.2.1:8081 http://127.0.0.1:8082; do
		for _ in $(seq 21); do
			N=$(number fr)
			got=$(send)
			[ "$got" = 200 ] || break
		done
		echo "$got" >>got
		cp page "page.$(wc -l <got)"
	done
	cp page.1 page
	N=$(sed -n 's/.*name="page.number" value="\([0-9a-f]\{32\}\)".*/\1/p' page)
	same "429 200" "$(echo $(cat got))" "bad-a place sends too much; where an address means nothing all count together"
	kept "too much" unsent.much
	same 200 "$(status "$URL/fr")" "the form is served all the same"
	kill -TERM "${SERVERS[-1]}" && wait "${SERVERS[-1]}"
	END
	WORK2=$WORK
	export -f number status shown word kept send
	unshare -n bash place.sh "$SOURCE/tests/flow/lib.sh" "$WORK2"
	same 0 $? "a network of our own"
else
	passed "no network of our own can be made here: left out"
fi

# --- sockets of the service manager

fails 1 "handed over no socket" "bad-systemd without systemd" "$COLLECT" s --listen systemd
fails 1 "is not a listening socket" "bad-a file instead of a socket" \
	bash -c "LISTEN_FDS=1 LISTEN_PID=\$\$ exec '$COLLECT' s --listen systemd 3<'$ROUND/form.json'"
if command -v systemd-socket-activate >/dev/null; then
	systemd-socket-activate --listen="$WORK/handed.sock" "$COLLECT" s --listen systemd >handed.out 2>&1 &
	SERVERS+=($!)
	until [ -S handed.sock ]; do sleep 0.05; done
	has '<html lang="ar"' "a socket that was handed over" \
		curl -s --max-time 20 --unix-socket handed.sock http://survey/ar
	has "Listening on unix:$WORK/handed.sock" "and it says where" cat handed.out
	kill -TERM $! && wait $!
	ok "its file is systemd's: it stays" test -S handed.sock
else
	failed "systemd-socket-activate is there"
fi

# --- the onion address

fails 1 "must be http://" "bad-onion" "$COLLECT" s --listen 127.0.0.1:0 --onion http://example.onion/
ONION=http://$(printf 'a%.0s' $(seq 56)).onion/
serve s --onion "$ONION" || exit 1
curl -si "$URL/en" | tr -d '\r' >headers
ok "every page names it" grep -qx "Onion-Location: $ONION" headers
stop
