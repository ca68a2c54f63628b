#!/bin/bash
#
# Goal: nobody can hide a request in another one. Requests that two programs could read in two ways
# (tests/data/smuggling.py) are refused, or are harmless for a reason that the corpus gives; one
# connection gets one reply, with the page's own headers; what stands behind a request is never
# carried out, which only the store can tell.
#
. "$(dirname "$0")/lib.sh"

STUDY=$WORK/study
cd "$WORK" || exit 1
study "$STUDY" || { failed "a study with keys"; exit 1; }
serve "$STUDY" || exit 1

python3 "$SOURCE/tests/data/smuggling.py" "$URL" >said 2>errors
ok "the whole corpus was sent" test ! -s errors
while read -r verdict rest; do
	case $verdict in
	ok) passed "$rest" ;;
	FAILED) failed "$rest" ;;
	stored) stored=$rest ;;
	esac
done <said
ok "as many cases as there are" test "$(grep -c '^ok' said)" -ge 250

# a person who comes afterwards finds everything as it was
same 200 "$(curl -s -o page -w '%{http_code}' "$URL/en")" "the form is served"
number=$(sed -n 's/.*name="page.number" value="\([0-9a-f]\{32\}\)".*/\1/p' page)
same 200 "$(curl -s -o page -w '%{http_code}' "$URL/en" \
	-d "page.number=$number&page.consent=yes&page.email=")" "and a submission taken"
stop
same 0 "$STOPPED" "the collector ends well"
has ": $((stored + 1)) people" "no hidden submission is in the store" analyze "$STUDY"
