#!/bin/bash
# Goal: the web servers and the onion service of deploy/ write nothing down about people. Each is run
# with its shipped configuration, with only addresses and paths replaced, in front of a collector on a
# Unix socket. People with markers in their answers, their browser's name, their cookies and their
# former page go through it, with faults in between; then every file that it wrote is searched, and
# the list of files that it opened for writing is looked through.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1
chmod 711 "$WORK" # a web server that was started by root works as another user

SITE=survey.example.org
AGENT='Mozilla/5.0 (X11) CANARY-AGENT'
PEOPLE=30

free_port() {
	python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
# run NAME COMMAND...: start a server, its output in NAME/; strace notes which files it opens.
run() {
	local name=$1
	shift
	strace -D -f -q -o "$name.opened" \
		-e trace=open,openat,openat2,creat,mkdir,mkdirat,rename,renameat,renameat2 \
		"$@" >"$name/stdout" 2>"$name/stderr" &
	SERVERS+=($!)
	RUNNING=$!
}
# end NAME: end it, and wait until strace has written everything
end() {
	kill -TERM "$RUNNING"
	wait "$RUNNING"
	until grep -q "^$RUNNING .*+++ \(exited\|killed\)" "$1.opened"; do sleep 0.05; done
}
browse() { # CURL-ARGUMENT...: as a browser that tells all it can
	curl -sk --max-time 60 --resolve "$SITE:$PORT:127.0.0.1" -A "$AGENT" -e "https://before.example/CANARY-PAGE" \
		-b 'id=CANARY-COOKIE' -H 'X-Forwarded-For: 203.0.113.77' -H 'Forwarded: for=203.0.113.77' \
		-H 'Accept-Language: fr' "$@"
}
# answers STATUSES LABEL CURL-ARGUMENT...: the answer's status is one of these
answers() {
	local wanted=$1 label=$2 got
	shift 2
	got=$(browse -o page -w '%{http_code}' "$@")
	case " $wanted " in
	*" $got "*) passed "$label" ;;
	*) failed "$label" "wanted: $wanted" "got:    $got" ;;
	esac
}
number() {
	browse "$URL/en" | sed -n 's/.*name="page.number" value="\([0-9a-f]\{32\}\)".*/\1/p'
}
# visit N: one person, answers with markers
visit() {
	browse -o page -w '%{http_code}' "$URL/en" -d "page.number=$(number)&page.email=&page.consent=yes" \
		-d gender=other --data-urlencode "gender/other=CANARY-OTHER-$1" \
		--data-urlencode "stay_comment=CANARY-COMMENT-$1" --data-urlencode "helped_most=قمرية-$1"
}
# dawdle: send the large body, and do not read the reply that shows it again
dawdle() {
	python3 - "$URL" "$PORT" large <<'END'
import socket, ssl, sys, time
url, port, body = sys.argv[1], int(sys.argv[2]), open(sys.argv[3], 'rb').read()
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
s.connect(('127.0.0.1', port))
host = url.split('/')[2]
if url.startswith('https'):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    s = context.wrap_socket(s, server_hostname=host.split(':')[0])
s.sendall(b'POST /en HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n'
          b'Content-Type: application/x-www-form-urlencoded\r\n\r\n' % (host.encode(), len(body)) + body)
if not s.recv(12).startswith(b'HTTP/1.1 422'):
    sys.exit(1)
time.sleep(1)
END
}
# people NAME CHUNKS: let people in, then everything that could make a server write something down;
# CHUNKS is the status of a body in chunks
people() {
	local name=$1 chunks=$2 done=0 i method
	for i in $(seq "$PEOPLE"); do
		[ "$(visit "$name-$i")" = 200 ] && done=$((done + 1))
	done
	same "$PEOPLE" "$done" "$name: $PEOPLE people"
	has "<title>" "$name: the page" browse "$URL/fr"
	ok "$name: in the language that the browser asks for" sh -c "$(declare -f browse); SITE=$SITE PORT=$PORT AGENT='$AGENT'
		browse '$URL/' | grep -q 'html lang=\"fr\"'"
	printf 'page.number=%s&page.email=&page.consent=yes&stay_comment=CANARY-LARGE-%s' "$(number)" \
		"$(head -c 240000 /dev/zero | tr '\0' x)" >large
	same 422 "$(browse -o page -w '%{http_code}' "$URL/en" -d @large)" "$name: a body near the limit is read and shown again"
	ok "$name: whole" test "$(stat -c %s page)" -gt 240000
	answers '413 502' "$name: a larger one is refused" "$URL/en" -d @large -d @large -d @large
	for method in POST GET; do
		answers "$chunks" "$name: $method with a body in chunks is refused" --http1.1 -X $method \
			-H 'Transfer-Encoding: chunked' "$URL/en" -d @large -d @large
	done
	ok "$name: somebody who does not read their reply" dawdle
	# somebody goes away in the middle of sending
	timeout 1 curl -sk --limit-rate 40000 --resolve "$SITE:$PORT:127.0.0.1" -A "$AGENT" "$URL/en" -d @large >/dev/null
	browse "$URL/CANARY-PATH?CANARY-QUERY" >/dev/null
	browse -X BREW "$URL/" >/dev/null
	printf 'GET / HTTP/9.9\r\nCANARY-HEAD\r\n\r\n' | timeout 2 python3 -c '
import socket, sys
s = socket.create_connection(("127.0.0.1", int(sys.argv[1]))); s.sendall(sys.stdin.buffer.read()); s.recv(100)' "$PORT" 2>/dev/null
}
# search NAME FILE...: nothing of it is in any file that the server wrote
search() {
	local name=$1 text
	shift
	for text in CANARY 'قمرية' xxxxxxxxxxxxxxxx 127.0.0.1 203.0.113.77 Mozilla curl/; do
		if grep -raqF -- "$text" "$@"; then
			failed "$name: nothing says $text" "$(grep -raoF -m1 -- "$text" "$@" | head -n 3)"
		else
			passed "$name: nothing says $text"
		fi
	done
}
# wrote NAME PATTERN: every file that was opened for writing is one of PATTERN
wrote() {
	local name=$1 found
	ok "$name: its files were watched" grep -q openat "$name.opened"
	found=$(grep -E 'O_WRONLY|O_RDWR|O_CREAT|creat\(|mkdir|rename' "$name.opened" | grep -v ' = -1 ' |
		grep -vE "\"($2)" | head -n 3)
	same '' "$found" "$name: it wrote to no other file"
}
# stub: stands for the collector and notes what reaches it
stub() {
	rm -f page.sock
	python3 - page.sock reached <<'END' &
import os, socket, sys
s = socket.socket(socket.AF_UNIX)
s.bind(sys.argv[1])
os.chmod(sys.argv[1], 0o666)
s.listen(8)
while True:
    c, _ = s.accept()
    head = c.recv(65536)
    with open(sys.argv[2], 'ab') as f:
        f.write(head)
    c.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok')
    c.close()
END
	SERVERS+=($!)
	STUB=$!
	until [ -S page.sock ]; do sleep 0.05; done
}
collector() {
	"$COLLECT" s --listen "unix:$WORK/page.sock" >collector.out 2>collector.err &
	SERVER=$!
	SERVERS+=("$SERVER")
	until grep -q Listening collector.out; do
		kill -0 "$SERVER" || { failed "a collector starts" "$(cat collector.err)"; exit 1; }
		sleep 0.05
	done
	chmod 666 page.sock # systemd's socket is so
}
# reaches NAME ALLOWED: what the collector is told about people
reaches() {
	local name=$1 text
	rm -f reached
	kill -TERM "$SERVER" && wait "$SERVER"
	[ "$(browse -o page -w '%{http_code}' "$URL/en")" = 502 ]
	same 0 $? "$name: without a collector, 502"
	stub
	browse -o page "$URL/en" -d 'gender=man'
	kill "$STUB" && wait "$STUB" 2>/dev/null
	rm -f page.sock
	tr -d '\r' <reached >heads
	ok "$name: a request reaches the collector" grep -q '^POST /en HTTP/1' heads
	ok "$name: with its language" grep -qi '^accept-language: fr' heads
	same '' "$(sed '1d;/^$/,$d;s/:.*//' heads | tr A-Z a-z | sort | grep -vxE "$2" | head -n 3)" \
		"$name: and no header but those that are needed"
	for text in CANARY 127.0.0.1 203.0.113.77 Mozilla before.example; do
		lacks "$text" "$name: without $text" heads
	done
	collector
}

ok "a study" study s
collector

# --- nginx

mkdir -p nginx/tls nginx/run
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$SITE" -keyout nginx/tls/privkey.pem \
	-out nginx/tls/fullchain.pem 2>/dev/null
# a small buffer of the socket's, so that what a slow reader does not take stays with nginx
PORT=$(free_port) PLAIN=$(free_port) URL=https://$SITE:$PORT
sed -e "s|/etc/survey-tls/|$WORK/nginx/tls/|" -e "s|/run/peer-survey/NAME.sock|$WORK/page.sock|" \
	-e "s|/run/nginx|$WORK/nginx/run/nginx|" -e '/listen \[::\]/d' \
	-e "s|listen 443.*default_server|& sndbuf=8k|" -e "s|listen 443|listen 127.0.0.1:$PORT|" -e "s|listen 80|listen 127.0.0.1:$PLAIN|" \
	"$SOURCE/deploy/nginx.conf" >nginx.conf
ok "nginx: the configuration is one" nginx -t -q -p "$WORK/nginx" -c "$WORK/nginx.conf" -e stderr
run nginx nginx -p "$WORK/nginx" -c "$WORK/nginx.conf" -e stderr -g 'daemon off;'
until curl -sko /dev/null --resolve "$SITE:$PORT:127.0.0.1" "$URL/en"; do sleep 0.1; done
people nginx 411
has "HTTP/2 200" "nginx: HTTP/2" browse -i --http2 "$URL/en"
has "strict-transport-security: max-age" "nginx: only TLS from then on" browse -i "$URL/en"
has "content-security-policy: default-src 'none'" "nginx: the collector's headers are there" browse -i "$URL/en"
same 301 "$(curl -so /dev/null -w '%{http_code}' -A "$AGENT" "http://127.0.0.1:$PLAIN/CANARY-PATH")" "nginx: from plain HTTP to TLS"
same 000 "$(curl -sko /dev/null -w '%{http_code}' -A "$AGENT" "https://127.0.0.1:$PORT/")" "nginx: another name gets nothing"
for data in "@large" "gender=man"; do
	same 411 "$(browse -o page -w '%{http_code}' --http2 -H 'Content-Length:' "$URL/en" -d "$data")" "nginx: a body without its length is refused"
done
reaches nginx 'host|connection|content-length|content-type|accept-language'
end nginx
search nginx nginx
wrote nginx "/dev/null\"|$WORK/nginx/run/nginx(\.pid|-[a-z]*)\""
same '' "$(find nginx/run -type f ! -name nginx.pid)" "nginx: no file is left"

# --- Caddy

mkdir -p caddy/home
PORT=$(free_port) URL=http://$SITE:$PORT
sed -e "s|^$SITE|http://$SITE:$PORT|" -e "s|/run/peer-survey/NAME.sock|$WORK/page.sock|" \
	"$SOURCE/deploy/Caddyfile" >Caddyfile
same '' "$(caddy fmt --diff "$SOURCE/deploy/Caddyfile" | grep '^[+-]')" "Caddy: the configuration is well-formed"
run caddy env HOME="$WORK/caddy/home" XDG_DATA_HOME="$WORK/caddy/home" XDG_CONFIG_HOME="$WORK/caddy/home" \
	caddy run --environ --config Caddyfile
until curl -so /dev/null --resolve "$SITE:$PORT:127.0.0.1" "$URL/en"; do sleep 0.1; done
people caddy 400
same 0 "$(browse -i "$URL/en" | grep -ci '^server:')" "caddy: it does not say what it is"
same 0 "$(curl -so /dev/null -w '%{http_code}' --max-time 2 http://127.0.0.1:2019/config/ | grep -c 200)" "caddy: no remote control"
reaches caddy 'host|connection|content-length|content-type|accept-language|accept|accept-encoding|user-agent'
end caddy
search caddy caddy
wrote caddy "/dev/null\"|$WORK/caddy/|/proc/sys/net|/sys/kernel/mm"

# --- tor: there is no network here, so nobody can come; it starts, makes its key, and says nothing

mkdir -m 700 tor
sed -e "s|/var/lib/tor/|$WORK/tor/|" -e "s|/run/peer-survey/NAME.sock|$WORK/page.sock|" \
	"$SOURCE/deploy/torrc" >torrc
: >none
own=(--defaults-torrc none -f torrc --DataDirectory "$WORK/tor" --DisableNetwork 1)
ok "tor: the configuration is one" tor "${own[@]}" --verify-config --hush
run tor tor "${own[@]}"
for _ in $(seq 100); do
	[ -s tor/peer-survey/hostname ] && break
	sleep 0.1
done
ok "tor: an onion address" grep -qE '^[a-z2-7]{56}\.onion$' tor/peer-survey/hostname
end tor
search tor tor
ok "tor: it is silent" test ! -s tor/stderr
lacks PoW "tor: the puzzles are known to it" tor/stdout

# --- and all of it has arrived

kill -TERM "$SERVER" && wait "$SERVER"
search "the study" s/rounds/2020-05/responses.db collector.out collector.err
has ": $((2 * PEOPLE)) people" "everybody is there" analyze s
