#!/bin/bash
#
# Goal: a person meets the questionnaire in each of six languages and sends it; mistakes come back
# beside their questions with everything else kept; hostile text is shown back harmless; what cannot
# be a form is refused and nothing of it stored; a receipt withdraws; nothing readable is on the disk;
# the operator imports, backs up, closes and stops without anybody opening the live store.
#
. "$(dirname "$0")/lib.sh"

STUDY=$WORK/study
ROUND=$STUDY/rounds/2020-05
cd "$WORK" || exit 1
study "$STUDY" || { failed "a study with keys"; exit 1; }

number() { # LANGUAGE: the number of a new page
	curl -s "$URL/$1" | sed -n 's/.*name="page.number" value="\([0-9a-f]\{32\}\)".*/\1/p'
}
# post STATUS LABEL LANGUAGE DATA...: post a fresh form; the answer is in $WORK/page.
post() {
	local wanted=$1 label=$2 language=$3 status field fields=()
	shift 3
	for field; do fields+=(--data "$field"); done
	status=$(curl -s -o page -w '%{http_code}' "$URL/$language" \
		--data "page.number=$(number "$language")&page.email=" "${fields[@]}")
	same "$wanted" "$status" "$label"
}
status() { curl -s -o page -w '%{http_code}' "$@"; }
shown() { grep -qF -- "$1" page; }

# --- before anything runs

mkdir bare && cp "$STUDY/study.json" "$STUDY/form.json" bare/
fails 1 "make its keys first" "bad-study without keys" "$COLLECT" bare
fails 1 "no such study folder" "bad-no study" "$COLLECT" nowhere
fails 1 'has no round "2099"' "bad-no such round" "$COLLECT" "$STUDY" --round 2099
fails 1 "must be ADDRESS:PORT" "bad-address" "$COLLECT" "$STUDY" --listen example.org:80
same 2 "$("$COLLECT" "$STUDY" --close --backup x 2>/dev/null; echo $?)" "bad-two things at once"
same 2 "$("$COLLECT" 2>/dev/null; echo $?)" "bad-no study is usage"
has "survey-collect" "--version" "$COLLECT" --version
has "usage:" "--help" "$COLLECT" --help

cp "$ROUND/public.key" key && sed -i '1s/./X/' "$ROUND/public.key"
same 1 "$("$COLLECT" "$STUDY" 2>said.err >/dev/null; echo $?)" "bad-damaged public.key"
cp key "$ROUND/public.key"
cp "$ROUND/form.json" form && printf ' ' >>"$ROUND/form.json"
fails 1 "was changed after" "bad-form changed after the keys" "$COLLECT" "$STUDY"
cp form "$ROUND/form.json"

# --- the form

serve "$STUDY" || exit 1
for language in en fr es pt ru ar; do
	title=$(python3 -c 'import json,sys,html
print(html.escape(json.load(open(sys.argv[1]))["title"][sys.argv[2]]))' "$ROUND/form.json" $language)
	has "<h1>$title</h1>" "the form in $language" curl -s "$URL/$language"
	has "hreflang=\"$language\"" "a link to $language" curl -s "$URL/"
done
has '<html lang="ar" dir="rtl">' "Arabic from right to left" curl -s "$URL/ar"
has '<html lang="pt" dir="ltr">' "the browser's language" \
	curl -s -H 'Accept-Language: xx, pt-BR;q=0.9, en;q=0.5' "$URL/"
has '<html lang="en" dir="ltr">' "the first language otherwise" curl -s "$URL/"
has "prefers-color-scheme" "the style" curl -s "$URL/style.css"
[ "$(number en)" != "$(number en)" ] && [ -n "$(number en)" ]
same 0 $? "each page has a number of its own"

# --- headers, on every reply

for path in / /en /style.css /en/withdraw /nowhere; do
	curl -si "$URL$path" | tr -d '\r' >headers
	for header in "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; connect-src" \
		"Referrer-Policy: no-referrer" "Cache-Control: no-store" \
		"X-Content-Type-Options: nosniff" "Cross-Origin-Opener-Policy: same-origin" \
		"Cross-Origin-Resource-Policy: same-origin" "Permissions-Policy: " \
		"Connection: close"; do
		ok "$path: ${header%%:*}" grep -q "^$header" headers
	done
	same 0 "$(grep -ciE '^(Server|Date|ETag|Last-Modified|Set-Cookie):' headers)" "$path: no telling header"
done
same 404 "$(status "$URL/nowhere")" "bad-path"
same 405 "$(status -X PUT "$URL/en")" "bad-method"
same 405 "$(status -d x=1 "$URL/style.css")" "bad-post to the style"
same 405 "$(status "$URL/en/receipt")" "bad-get of a receipt"
same 415 "$(status -H 'Content-Type: text/plain' -d x=1 "$URL/en")" "bad-type of the body"
same 200 "$(status -I "$URL/en")" "HEAD"

# --- a submission

MARK=kestrel-marker-5173
TEXT=sphinx-of-black-quartz-9921
post 200 "a submission" en page.consent=yes country=FR days_used=12 gender=other \
	"gender/other=$MARK" "stay_comment=$TEXT"
ok "thanks" shown "Thank you"
ok "the receipt is offered, not shown" shown "Show my receipt"
RECEIPT=$(sed -n 's/.*name="page.receipt" value="\([0-9a-f]\{32\}\)".*/\1/p' page)
same 32 ${#RECEIPT} "a receipt of 32 digits"

for language in fr es pt ru ar; do
	post 200 "a submission in $language" $language page.consent=yes country=BR days_used=3
done

# --- mistakes

post 422 "bad-number, long text, no consent" en days_used=99 country=DE "gender=woman" \
	"stay_comment=$(printf 'x%.0s' $(seq 601))" substances=cannabis
ok "a summary with links" shown '<a href="#i-days_used">'
ok "the message beside its question" shown 'id="e-days_used"'
ok "the number as it was typed" shown 'value="99"'
ok "the long text, whole" shown "$(printf 'x%.0s' $(seq 601))</textarea>"
ok "too long, and how long it may be" shown "at most 600 characters"
ok "the choice is kept" shown 'id="q-gender-woman" checked'
ok "the box is kept" shown 'id="q-substances-cannabis" checked'
ok "the country is kept" shown '<option value="DE" selected>'
ok "consent is asked for" shown 'href="#consent"'
post 422 "bad-choice that does not exist" en page.consent=yes gender=nonsense
ok "it says so" shown "This choice does not exist"
same 422 "$(status "$URL/en" -d "page.number=$(number en)&page.consent=yes&page.email=a")" \
	"bad-hidden field filled in"
ok "a person can send it again" shown 'name="page.number"'
post 422 "mistakes in Arabic" ar page.consent=yes days_used=99
ok "still from right to left" shown 'dir="rtl"'

# --- hostile text comes back as text, or is refused

# hostile LABEL TEXT HTML: type TEXT into every kind of text field; HTML is how it comes back.
hostile() {
	local got
	got=$(curl -s -o page -w '%{http_code}' "$URL/en" -d "page.number=$(number en)" \
		-d gender=other --data-urlencode "gender/other=$2" --data-urlencode "days_used=$2" \
		--data-urlencode "helped_most=$2" --data-urlencode "stay_comment=$2")
	same 422 "$got" "$1: shown back"
	same 4 "$(grep -oF -- "$3" page | wc -l)" "$1: as text"
}
hostile markup '<script>alert(1)</script>' '&lt;script&gt;alert(1)&lt;/script&gt;'
hostile quotes '"><b onclick="x' '&quot;&gt;&lt;b onclick=&quot;x'
hostile apostrophes "' or ''='" '&#39; or &#39;&#39;=&#39;'
hostile textarea '</textarea><i>' '&lt;/textarea&gt;&lt;i&gt;'
hostile ampersands '&lt;&#60;' '&amp;lt;&amp;#60;'
hostile direction $'\u202e\u2067abc\u200f' $'\u202e\u2067abc\u200f'
hostile emoji $'\U1F600\U1F3F4' $'\U1F600\U1F3F4'
hostile control $'a\x01b' $'a\ufffdb'
ok "no script came back" sh -c '! sed "s/<script type=.application.json. id=.about.>[^<]*<.script>//; s/<script src=.\/script.js. integrity=[^<]*<.script>//" page | grep -qi "<script\|onclick=\""'

before=$(sha256sum <"$ROUND/responses.db")
P="page.number=$(number en)&page.consent=yes"
for bad in 'helped_most=a%00b' 'helped_most=%FF' 'helped_most=%C0%AF' 'helped_most=%ED%A0%80' \
	'helped_most=%' 'helped_most=%zz' 'nope=1' 'nope=' 'gender=woman&gender=man' 'services=same' \
	'services/nope=same' 'country/other=x' '' 'x' 'page.number=0' 'page.consent=no'; do
	same 400 "$(status "$URL/en" -d "$P&$bad")" "bad-$bad"
done
same 400 "$(status "$URL/en" -d 'gender=woman')" "bad-no number"
python3 -c 'print("&".join(["substances=cannabis"] * 100000), end="")' >many
same 413 "$(status "$URL/en" -d @many)" "bad-100,000 fields"
same 411 "$(status "$URL/en" -H 'Content-Length:' -d "$P")" "bad-no length"
same 400 "$(status "$URL/en" -H 'Transfer-Encoding: chunked' -d "$P")" "bad-chunks"
same "$before" "$(sha256sum <"$ROUND/responses.db")" "nothing of it was stored"

# --- typed text is stored exactly

TYPED=$(printf 'a<b>&"\047 \342\200\217\360\237\230\200\nsecond line')
post 200 "a text with everything in it" en page.consent=yes
same 200 "$(status "$URL/en" -d "page.number=$(number en)&page.consent=yes" \
	--data-urlencode "rights_comment=$TYPED")" "such a text is taken"

# --- the same once more; other content

N=$(number fr)
for i in 1 2; do
	same 200 "$(status "$URL/fr" -d "page.number=$N&page.consent=yes&days_used=7")" "sent ($i)"
done
same 200 "$(status "$URL/fr" -d "page.number=$N&page.consent=yes&days_used=8")" \
	"other answers under the same number"

# --- a receipt

same 200 "$(status "$URL/en/receipt" -d "page.receipt=$RECEIPT")" "the receipt on request"
ok "in groups of four" shown "$(echo "$RECEIPT" | sed 's/..../& /g; s/ $//')"
ok "with what it means" shown "evidence that you took part"
same 400 "$(status "$URL/en/receipt" -d 'page.receipt=zz')" "bad-receipt"
same 200 "$(status "$URL/withdraw")" "the page to withdraw"
same 422 "$(status "$URL/en/withdraw" -d 'page.receipt=1234')" "bad-short code"
same 422 "$(status "$URL/en/withdraw" -d "page.receipt=$(printf '0%.0s' $(seq 32))")" "bad-unknown code"
same 200 "$(status "$URL/en/withdraw" --data-urlencode \
	"page.receipt=$(echo "$RECEIPT" | tr a-f A-F | sed 's/..../& /g')")" "withdrawn, as people type it"
ok "it says so" shown "overwritten"
same 422 "$(status "$URL/en/withdraw" -d "page.receipt=$RECEIPT")" "bad-withdrawn before"

# --- made-up people are never published as real ones

"$FORM" new real >/dev/null && keys real 2020-05
"$FORM" simulate real -n 3 -o pilot.jsonl
"$COLLECT" real --import pilot.jsonl >said 2>refused
same 1 $? "a study that is no demonstration takes no simulated people"
has "pilot.jsonl: lines 1 to 3 (3 rows): made up by survey-form simulate" "and says so" cat refused
has "0 stored, 0 already there, 3 refused" "nothing is stored" cat said
same 1 "$(wc -l <refused)" "in one line"
has 'set "demonstration": true in study.json before the keys' "with what to do" cat refused
"$COLLECT" real --close >said 2>warned
same 0 $? "a round without answers can be closed"
has "holds no answers" "with a warning" cat warned

# --- an operator, while it runs

fails 1 "in use" "bad-a second collector" "$COLLECT" "$STUDY" --listen 127.0.0.1:0
same 600 "$(stat -c %a "$ROUND/control.sock")" "the control socket is its owner's alone"
cat >rows.jsonl <<'END'
{"id":"e7c1a94b52d0386f8b6d2f1703a5c94e","language":"ru","answers":{"country":"KE","days_used":"4"}}
{"language":"es","answers":{"gender":"nonsense"}}
{"id":"9b2f6e0d41c87a35f0e2d4c6b8a19730","language":"es","answers":{"days_used":5,"services":{"nsp":"harder"}}}
not json
END
"$COLLECT" "$STUDY" --import rows.jsonl >said 2>refused
same 1 $? "an import with bad rows fails"
has "2 stored, 0 already there, 2 refused" "and stores the good ones" cat said
has "rows.jsonl: line 2: gender: no such choice" "bad-row by line and reason" cat refused
has "rows.jsonl: line 4: not JSON" "bad-row that is no JSON" cat refused
lacks nonsense "no answer in the message" refused
"$COLLECT" "$STUDY" --import rows.jsonl >said 2>/dev/null
has "0 stored, 2 already there, 2 refused" "a second import stores nothing" cat said
# whoever seizes the store must not be able to try guesses: a row without an id has no known place
echo '{"language":"es","answers":{"days_used":6}}' >guess.jsonl
"$COLLECT" "$STUDY" --import guess.jsonl >said
"$COLLECT" "$STUDY" --import guess.jsonl >said
has "1 stored, 0 already there" "a guess of somebody's answers is never confirmed" cat said
ok "a backup" "$COLLECT" "$STUDY" --backup backup-1
fails 1 "already exists" "bad-backup over a file" "$COLLECT" "$STUDY" --backup backup-1
ok "a second backup" "$COLLECT" "$STUDY" --backup backup-2
same "$(stat -c %s backup-1)" "$(stat -c %s backup-2)" "backups have one length"

# --- nothing readable, anywhere

same 0 "$(cat "$ROUND/responses.db" backup-1 | strings -n 6 | grep -cE "$MARK|$TEXT|days_used|second line")" \
	"strings of the store show no answer"
lacks "$MARK" "no marker in the study folder" -r "$STUDY"
lacks "$TEXT" "no text in the study folder" -r "$STUDY"
lacks 127.0.0.1 "no address in the study folder" -r "$STUDY"
same "2" "$(cat serve.*[0-9] | wc -l)" "the address and the fingerprint of the key were printed, no more"
has "$(sed -n "s|^fingerprint: ||p" "$ROUND/public.key")" "the fingerprint is that of the key" cat serve.*[0-9]
same "0" "$(cat serve.*.err | wc -l)" "and nothing on standard error"

# --- the end

PORT=${URL##*:}
study other 2020-05 || failed "another study"
fails 1 "is in use by another program" "bad-port in use" "$COLLECT" other --listen "127.0.0.1:$PORT"
stop
same 0 "$STOPPED" "SIGTERM ends it well"
ok "the control socket is gone" test ! -e "$ROUND/control.sock"
same "form.json public.key responses.db" "$(cd "$ROUND" && echo $(ls -A))" \
	"no journal and no leftover in the round"

# en 1 (withdrawn), five languages 5, everything 2, under one number 2, imported 2
has ": 13 people" "what was acknowledged is there" analyze "$STUDY"

# --- SIGTERM finishes what was accepted

serve "$STUDY" || exit 1
python3 - "$URL" >late <<'END' &
import re, socket, sys, time, urllib.request
url = sys.argv[1]
page = urllib.request.urlopen(url + "/en").read().decode()
number = re.search(r'page.number" value="([0-9a-f]{32})', page).group(1)
body = ("page.number=%s&page.consent=yes&days_used=1" % number).encode()
host, port = url[7:].split(":")
s = socket.create_connection((host, int(port)))
s.sendall(b"POST /en HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
          b"Content-Length: %d\r\n\r\n" % len(body) + body[:20])
print("begun", flush=True)
time.sleep(1)
s.sendall(body[20:])
print(s.makefile("rb").readline().decode().strip())
END
late=$!
until grep -q begun late; do sleep 0.05; done
stop
wait $late
has "200" "a request that had begun is answered" cat late
same 0 "$STOPPED" "and the collector ends well"
has ": 14 people" "and stored" analyze "$STUDY"

# --- a Unix socket

"$COLLECT" "$STUDY" --listen "unix:$WORK/page.sock" >unix.out 2>&1 &
SERVERS+=($!)
until grep -q Listening unix.out; do sleep 0.05; done
has "<html" "the form over a Unix socket" curl -s --unix-socket page.sock http://survey/en
fails 1 "in use" "bad-a live socket is not taken over" "$COLLECT" other --listen "unix:$WORK/page.sock"
ok "nor removed" test -S page.sock
echo other >other.txt
fails 1 "in use" "bad-a file where the socket would be" "$COLLECT" other --listen "unix:$WORK/other.txt"
ok "is left alone" test -s other.txt
kill -TERM $! && wait $!
ok "the socket's file is gone" test ! -e page.sock

# --- a damaged store is refused and left as it is

cp "$ROUND/responses.db" whole
truncate -s -16384 "$ROUND/responses.db"
before=$(sha256sum <"$ROUND/responses.db")
same 1 "$("$COLLECT" "$STUDY" --listen 127.0.0.1:0 2>said.err >/dev/null; echo $?)" "bad-truncated store"
same 1 "$(wc -l <said.err)" "one line says so"
has responses.db "it names the file" cat said.err
same "$before" "$(sha256sum <"$ROUND/responses.db")" "nothing was written over it"
cp whole "$ROUND/responses.db"

# --- a full disk: a limit on the size of files stands for it

study full 2020-05 || failed "a study for a full disk"
fails 1 "responses.db" "bad-no room for a store" bash -c "ulimit -f 4000; exec '$COLLECT' full"
same "form.json public.key" "$(cd full/rounds/2020-05 && echo $(ls -A))" "nothing half-made is left"
python3 -c 'import secrets
for i in range(1100): print("{\"id\":\"%s\",\"answers\":{\"days_used\":%d}}" % (secrets.token_hex(16), i % 31))' >many.jsonl
bash -c "ulimit -f 30000; exec '$COLLECT' full --listen 127.0.0.1:0" >full.out 2>full.said &
SERVERS+=($!)
until grep -q Listening full.out; do sleep 0.05; done
URL=$(sed -n 's|^Listening on \(http://[0-9.:]*\).*|\1|p' full.out)
same 1 "$("$COLLECT" full --import many.jsonl 2>said.err >said; echo $?)" "bad-no room to grow"
P="page.number=$(number en)&page.consent=yes&days_used=2"
same 503 "$(status "$URL/en" -d "$P")" "bad-no room for one more"
ok "it says so" shown "Not stored yet"
ok "the answers are still in the form" shown 'value="2"'
ok "under the same number" shown "$(expr "$P" : 'page.number=\([0-9a-f]*\)')"
same 200 "$(status "$URL/en")" "the form is still there"
kill -TERM $! && wait $!
same 0 $? "and nothing has failed for good"
same "" "$(cat full.said)" "nothing to complain about"
has ": 1024 people" "what was acknowledged is there" analyze full
"$COLLECT" full --import many.jsonl >said 2>&1
has "76 stored, 1024 already there, 0 refused" "with room again, the rest is stored" cat said

# --- the end of the round, while people are there

serve "$STUDY" || exit 1
P="page.number=$(number en)&page.consent=yes"
ok "close through the control socket" "$COLLECT" "$STUDY" --close
fails 1 "closed" "bad-closed twice" "$COLLECT" "$STUDY" --close
same 410 "$(status "$URL/en" -d "$P&days_used=2")" "bad-answers after the end"
ok "it says that nothing was stored" shown "nothing new was stored"
same 410 "$(status "$URL/fr")" "no form after the end"
same 410 "$(status "$URL/en/withdraw")" "no withdrawal after the end"
stop
fails 1 "the round is closed" "bad-collecting for a closed round" "$COLLECT" "$STUDY"
has ": 14 people" "the closed round holds the same" analyze "$STUDY"
