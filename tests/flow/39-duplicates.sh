#!/bin/bash
# Goal: the same form sent a hundred times at once, or again after a crash, is one submission; other
# answers under the same number are a second one that changes nothing of the first. A form of 100,000
# fields, or of names chosen to collide, is refused within 50 ms.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 # it cannot look under strace

study s || { failed "a study with keys"; exit 1; }
DB=s/rounds/2020-05/responses.db
N1=0123456789abcdef0123456789abcdef N2=fedcba9876543210fedcba9876543210
FIRST="page.number=$N1&page.consent=yes&days_used=7&stay_comment=one"

# all at once: a hundred connections hold back their last byte
cat >copies.py <<'END'
import re, socket, sys
url, body, copies = sys.argv[1], sys.argv[2].encode(), int(sys.argv[3])
host, port = url[7:].split(":")
head = ("POST /en HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: %d\r\n\r\n" % len(body)).encode()
open_ones = []
for _ in range(copies):
    s = socket.create_connection((host, int(port)), timeout=30)
    s.sendall(head + body[:-1])
    open_ones.append(s)
for s in open_ones:
    s.sendall(body[-1:])
for s in open_ones:
    reply = b""
    while part := s.recv(65536):
        reply += part
    found = re.search(rb'name="page.receipt" value="([0-9a-f]{32})"', reply)
    print(reply.split(b" ", 2)[1].decode(), found.group(1).decode() if found else "none")
END

# rows FILE: each row of the store, used or free, in a line, read as survey-record(5) says.
cat >rows.py <<'END'
import hashlib, sqlite3, sys
db = sqlite3.connect("file:%s?mode=ro&immutable=1" % sys.argv[1], uri=True)
for kind, table in enumerate(("core", "short", "long")):
    for slot, row in db.execute("SELECT slot, r FROM %s" % table):
        tag = hashlib.blake2b(b"peer-survey row tag 1\n" + bytes([kind]) + row[:-16],
                              digest_size=16).digest()
        print("used" if tag == row[-16:] else "free", table, slot, hashlib.sha256(row).hexdigest())
END
rows() { cp "$DB" copy.db && python3 rows.py copy.db; }
used() { grep -c '^used' "$1"; }

serve s || exit 1
rows >empty
python3 copies.py "$URL" "$FIRST" 100 >replies
same "100 200" "$(awk '{ print $1 }' replies | sort | uniq -c | xargs)" "100 copies at once are all thanked"
same 1 "$(awk '{ print $2 }' replies | sort -u | wc -l)" "with one receipt"
lacks none "and each with it" replies
rows >first
same 1 "$(grep -c '^used core' first)" "they are one submission"
EACH=$(used first)
same "$EACH" "$(diff empty first | grep -c '^>')" "and $EACH rows of the store have changed"

python3 copies.py "$URL" "$FIRST" 1 >again
rows >second
ok "once more changes no row" cmp first second
same "$(head -n 1 replies)" "$(cat again)" "and gets the same receipt"

python3 copies.py "$URL" "${FIRST/one/two}" 20 >others
same "20 200" "$(awk '{ print $1 }' others | sort | uniq -c | xargs)" "other answers under the same number are thanked"
same 1 "$(awk '{ print $2 }' others | sort -u | wc -l)" "with a receipt of their own"
ok "which is not the first one" test "$(awk 'NR == 1 { print $2 }' others)" != "$(awk 'NR == 1 { print $2 }' replies)"
rows >third
same 2 "$(grep -c '^used core' third)" "they are a second submission"
same "" "$(grep '^used' first | grep -vxFf third)" "no row of the first has changed"
same "$EACH" "$(diff second third | grep -c '^>')" "only the rows of the second have"
stop

# --- a retry after a crash: killed in the commit, and after it, before the reply

crash() { # LABEL CALL N: a collector that is killed at its N-th CALL, somebody who sends, and a retry
	local label=$1 call=$2 n=$3 url= tracer
	: >crash.out
	strace -f -qq -o /dev/null -e "trace=$call" -e "inject=$call:signal=SIGKILL:when=$n" \
		"$COLLECT" s --listen 127.0.0.1:0 >crash.out 2>&1 &
	tracer=$!
	SERVERS+=("$tracer")
	until [ -n "$url" ]; do
		sleep 0.05
		kill -0 "$tracer" 2>/dev/null || { failed "$label: it starts" "$(cat crash.out)"; return; }
		url=$(sed -n 's|^Listening on \(http://[0-9.:]*\).*|\1|p' crash.out)
	done
	python3 copies.py "$url" "$SENT" 1 >killed 2>&1
	same "" "$(grep -E '^[0-9]+ [0-9a-f]{32}$' killed)" "$label: nobody is thanked"
	wait "$tracer" 2>/dev/null
	same 137 $? "$label: the collector was killed"
	rows >left
	serve s || exit 1
	python3 copies.py "$URL" "$SENT" 3 >replies
	same "3 200" "$(awk '{ print $1 }' replies | sort | uniq -c | xargs)" "$label: sent again, and thanked"
	rows >after
	same "$CORES" "$(grep -c '^used core' after)" "$label: one submission more"
	same $((CORES * EACH)) "$(used after)" "$label: all its records, once"
	stop
}
CORES=3 SENT="page.number=$N2&page.consent=yes&days_used=1"
crash "in the commit" fdatasync 1
CORES=4 SENT="page.number=$N2&page.consent=yes&days_used=2"
crash "some pages written" pwrite64 3
CORES=5 SENT="page.number=$N2&page.consent=yes&days_used=3"
crash "after the commit" sendto,sendmsg 1
same "$((5 * EACH))" "$(used left)" "it had been stored by then"
has ": 5 people" "the custodians count everybody once" analyze s

# --- too many fields, and names that collide, cost nothing

# refuse.py prints for each body its status and the shortest of seven times, in milliseconds, from the
# first byte of the request to the first of the reply: sending it is part of that
cat >refuse.py <<'END'
import json, socket, sys, time
url, form = sys.argv[1], json.load(open(sys.argv[2]))
host, port = url[7:].split(":")


def questions(node):
    """All questions of the questionnaire, however deep."""
    if isinstance(node, dict):
        if "id" in node and "type" in node:
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from questions(part)


own = b"page.number=0123456789abcdef0123456789abcdef&page.consent=yes&"
names = [q["id"].encode() for q in questions(form) if q["type"] == "select_one"]
many = next(q["id"].encode() for q in questions(form) if q["type"] == "select_multiple")


def ask(body):
    s = socket.create_connection((host, int(port)), timeout=30)
    begun = time.monotonic()
    s.sendall(b"POST /en HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
              b"Content-Length: %d\r\n\r\n" % len(body))
    try:
        s.sendall(body)
    except OSError:
        pass  # it was refused by its length
    try:
        reply = s.recv(64)
    except OSError:
        return "reset", (time.monotonic() - begun) * 1000
    took = (time.monotonic() - begun) * 1000
    s.close()
    return reply[9:12].decode(), took


def fields(n, name):
    return b"&".join(name(i) for i in range(n))


bodies = {
    "100,000 fields": fields(100000, lambda i: b"a%d=b" % i),
    "100,000 fields of nothing": b"&" * 99999,
    "as many fields as a body may hold": fields(65000, lambda i: b"a="),
    "100,000 times one choice": fields(100000, lambda i: many + b"=x"),
    "as many choices as a body may hold": own + fields(250000 // (len(many) + 7), lambda i: many + b"=%d" % i),
}
for n in (100, 200, 400, 800, 1600):
    bodies["%d names that are not there, long and alike" % n] = \
        own + fields(n, lambda i: b"x" * 150 + b"%d=" % i)
    bodies["%d names like a question's" % n] = own + fields(n, lambda i: names[0] + b"/%d=" % i)
    bodies["%d times one choice" % n] = own + fields(n, lambda i: many + b"=%d" % i)
    bodies["%d fields, the last of them twice" % n] = \
        own + fields(n, lambda i: names[i % len(names)] + b"=") if n > len(names) else own + b"x=y"
for label, body in bodies.items():
    status, took = min((ask(body) for _ in range(7)), key=lambda x: x[1])
    print("%s\t%.1f\t%s" % (status, took, label))
END
serve s || exit 1
rows >before
python3 refuse.py "$URL" s/rounds/2020-05/form.json >refused
same 25 "$(wc -l <refused)" "all were answered"
while IFS=$'\t' read -r status took label; do
	case $status in
	400 | 413 | 422) ok "bad-$label: $status in $took ms" awk "BEGIN { exit $took < 50 ? 0 : 1 }" ;;
	*) failed "bad-$label" "answered with $status in $took ms" ;;
	esac
done <refused
rows >after
ok "nothing of them was stored" cmp before after
stop
