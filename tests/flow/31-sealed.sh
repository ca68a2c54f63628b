#!/bin/bash
#
# Goal: what the page's script seals is stored beside what the collector seals, cannot be told from
# it, and counts the same; the server takes no other length and trusts it no more than that; what
# does not answer the questionnaire is set aside when it is opened, by kind, and never shown.
#
. "$(dirname "$0")/lib.sh"

if [ ! -f "$BUILD/forms/script/page.js" ]; then
	echo "built without the script"
	passed "nothing to test"
	exit 0
fi
STUDY=$WORK/study
cd "$WORK" || exit 1
study "$STUDY" || { failed "a study with keys"; exit 1; }
serve "$STUDY" || exit 1

seal() { # LANGUAGE FOLDER: lines of answers -> FOLDER/0 ...
	mkdir -p "$2" && curl -s "$URL/$1" >page.html &&
		node "$SOURCE/tests/script/seal_lines.mjs" page.html "$2"
}
rows() { # FILE: a backup of the live store
	rm -f "$1" && "$COLLECT" "$STUDY" --backup "$1"
}
send() { # FILE [CURL-OPTION...]: prints the status
	local file=$1
	shift
	curl -s -o reply -w '%{http_code}' -H 'Content-Type: application/octet-stream' \
		--data-binary "@$file" "$@" "$URL/en/sealed"
}

# --- the page says what to seal to, and its script is its own

has "script-src 'self'" "only our own scripts run" curl -sI "$URL/en"
has "connect-src 'self'" "and reach only their own server" curl -sI "$URL/en"
lacks unsafe "nothing is allowed that is unsafe" <(curl -sI "$URL/en")
curl -s "$URL/script.js" >script.js
ok "the script is the one that was built" cmp script.js "$BUILD/forms/script/page.js"
has "integrity=\"sha256-$(openssl dgst -sha256 -binary script.js | base64)\"" \
	"the page names its digest" curl -s "$URL/fr"
box=$(sed -n 's/^box: //p' "$STUDY/rounds/2020-05/public.key")
has "\"key\":\"$box\"" "the page names the round's key" curl -s "$URL/ar"

# --- the same answers, sealed and plain

people=24
"$FORM" simulate "$STUDY" -n $people --seed 7 -o people.jsonl
{ cat people.jsonl; echo '{"answers":{}}'; } >answers
seal en sent <answers || failed "the answers are sealed"
same 1 "$(stat -c %s sent/* | sort -u | wc -l)" "whatever was answered, the length is one"
jq -r '.. | strings | select(length > 6)' people.jsonl | sort -u >words
ok "no answer is in what is sent" sh -c '! grep -qaFf words sent/*'
for i in $(seq 0 $people); do
	send "sent/$i"; echo
done >statuses
same "200" "$(sort -u statuses)" "sealed submissions are taken"
has "Thank you" "thanks are said" cat reply
same 200 "$(send sent/0)" "the same bytes again are taken"
rows sealed.backup
same "$((people + 1)) people" "$(analyze "$STUDY" --store sealed.backup 2>said | grep -om1 '[0-9]* people')" \
	"they are stored once"
same "" "$(cat said)" "nothing is set aside"

cp -a "$STUDY" plain && rm -f plain/rounds/*/responses.db && cp -a "$STUDY-keys" plain-keys
jq -c 'del(.simulated)' answers >plain.jsonl
ok "the same answers, sealed by the collector" "$COLLECT" plain --import plain.jsonl
analyze plain --by region,language --format json >plain.json
analyze "$STUDY" --store sealed.backup --by region,language --format json >sealed.json
ok "sealed and plain are counted alike" cmp plain.json sealed.json
same "$(stat -c %s plain/rounds/*/responses.db)" "$(stat -c %s "$STUDY"/rounds/*/responses.db)" \
	"the stores have one length, too"

# --- the receipt of a sealed submission withdraws it

send sent/$people >/dev/null
receipt=$(sed -n 's/.*name="page.receipt" value="\([0-9a-f]\{32\}\)".*/\1/p' reply)
same 200 "$(curl -s -o reply -w '%{http_code}' "$URL/en/withdraw" -d "page.receipt=$receipt")" \
	"its receipt withdraws it"
rows after.backup
has ": $people people" "and it is gone" analyze "$STUDY" --store after.backup

# --- what is no submission

head -c -1 sent/0 >short
{ cat sent/0; printf x; } >long
: >nothing
same 400 "$(send short)" "bad-one byte too few"
same 400 "$(send long)" "bad-one byte too many"
same 400 "$(send nothing)" "bad-nothing"
same 415 "$(curl -s -o reply -w '%{http_code}' --data-binary @sent/0 "$URL/en/sealed")" "bad-type"
same 405 "$(curl -s -o reply -w '%{http_code}' "$URL/en/sealed")" "bad-get"
same 404 "$(curl -s -o reply -w '%{http_code}' "$URL/xx/sealed" -d x)" "bad-language"
same 405 "$(curl -s -o reply -w '%{http_code}' "$URL/script.js" -d x)" "bad-post to the script"
has "Access-Control-Allow-Origin: *" "a kit from a memory stick may see the reply" \
	curl -si -H 'Content-Type: text/plain' --data-binary @short "$URL/en/sealed"
lacks "Access-Control" "no other page may be read from elsewhere" <(curl -si "$URL/en")

# --- what is sealed but no answer

cat >hostile <<'LINES'
{"raw":{"core":"{\"language\":\"en\",\"answers\":{\"days_used\":\"99\"}}"}}
{"raw":{"core":"{\"language\":\"en\",\"answers\":{\"gender\":\"nosuch\"}}"}}
{"raw":{"core":"{\"language\":\"en\",\"answers\":{\"nothing\":\"x\"}}"}}
{"raw":{"core":"{\"language\":\"xx\",\"answers\":{}}"}}
{"raw":{"core":"{\"language\":\"en\",\"region\":\"999\",\"answers\":{}}"}}
{"raw":{"core":"{\"language\":\"en\",\"answers\":{\"country\":\"FR\"}}"}}
{"raw":{"core":"{\"language\": \"en\",\"answers\":{}}"}}
{"raw":{"core":"{\"language\":\"en\",\"answers\":{}}","digest":"0000000000000000000000000000000000000000000000000000000000000000"}}
{"raw":{"core":"{\"language\":\"en\",\"answers\":{\"covid_test\":\"not_wanted\",\"covid_result\":\"positive\"}}"}}
{"raw":{"core":"{\"language\":\"en\",\"answers\":{}}","texts":["{\"question\":\"nothing\",\"language\":\"en\",\"text\":\"SECRET\"}"]}}
{"raw":{"core":"{\"language\":\"en\",\"answers\":{}}","texts":["{\"question\":\"reasons/other\",\"language\":\"en\",\"text\":\"\"}"]}}
LINES
seal en hostile.d <hostile || failed "the hostile ones are sealed"
for i in $(seq 0 10); do
	same 200 "$(send "hostile.d/$i")" "hostile $i cannot be told from others"
done
# records of others under another number, and random bytes of the right length
{ head -c 16 /dev/urandom; tail -c +17 sent/0; } >again
same 200 "$(send again)" "the same records under another number"
head -c "$(stat -c %s sent/0)" /dev/urandom >noise
same 200 "$(send noise)" "random bytes of the right length"
rows hostile.backup
analyze "$STUDY" --store hostile.backup --format json >counts 2>said
same $((people + 3)) "$(jq .release.people counts)" "who counts besides: one who said too much, two with a bad text"
for line in '1 core records set aside: not answers to this questionnaire: too large' \
	'1 core records set aside: not answers to this questionnaire: no such choice' \
	'1 core records set aside: not answers to this questionnaire: no such question' \
	'2 core records set aside: of a language or region that the survey does not have' \
	'1 core records set aside: hold more than they may' '1 core records set aside: malformed' \
	'1 core records set aside: of another questionnaire' \
	'1 core records set aside: the same sealed record again' \
	'1 core records set aside: cannot be opened' \
	'1 core records counted without some answers' \
	'1 short text records set aside: not of a question with such texts' \
	'reasons/other: 1 texts more than core records'; do
	has "survey-analyze: $line" "said: $line" cat said
done
lacks SECRET "and nothing of what was in them" said counts

stop
same 0 "$STOPPED" "the collector ends well"
