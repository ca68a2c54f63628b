#!/bin/bash
# Goal: a staff member makes a study, checks it, tries it out; every mistake is told in one line.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1

ok "new" "$FORM" new study
same 'form.json narratives study.json ' "$(ls study | tr '\n' ' ')" \
	"a new study has form.json, study.json and narratives"
ok "the library's file is copied byte for byte" \
	cmp study/form.json "$SOURCE/forms/library/covid-peer-experience.json"
ok "so are its narratives" \
	diff -r study/narratives "$SOURCE/forms/library/narratives/covid-peer-experience"
ok "a questionnaire without narratives" "$FORM" new plain --from stigma-and-services
same 'form.json study.json ' "$(ls plain | tr '\n' ' ')" "its study has none"
fails 1 'not an empty folder' "new does not touch a folder in use" "$FORM" new study
mkdir empty && ok "an empty folder is fine" "$FORM" new empty
fails 1 'there is: covid-peer-experience, stigma-and-services' "an unknown questionnaire" "$FORM" new x --from nix
fails 1 'No such file' "a folder that cannot be made" "$FORM" new no/such/place
fails 2 'a command and a study' "no arguments" "$FORM"
fails 2 'unknown command' "an unknown command" "$FORM" knit study
fails 2 'unknown option' "an unknown option" "$FORM" new x --colour red
has 'usage: survey-form' "--help" "$FORM" --help

# check: translations that nobody has reviewed are warnings, so the status is 1
"$FORM" check study >found 2>err
same 1 $? "check of the shipped survey: findings"
same '' "$(cat err)" "check of the shipped survey: no error"
same 6 "$(grep -c 'has not been reviewed by a native speaker' found)" "every language waits for a review"
same 6 "$(grep -c ': warning: ' found)" "and that is all that holds it up"
same 1 "$(grep -c ': questionnaire: advice: .* together sort people into 144 groups' found)" \
	"country, age and gender together are told to be small groups"
same 5 "$(grep -cE '^study/study.json: .*: advice: .*(is empty|empty in|not in)' found)" \
	"contact, support, the months of the field work, imprint and checklist are missed"
same 13 "$(wc -l <found)" "nothing else is said, but a line that counts it"
ok "the minutes are near what the introduction says" grep -qE 'about 1[0-8] minutes to answer' found
jq '.reviewers = {en: "A", fr: "B", es: "C", pt: "D", ru: "E", ar: "F"}' study/form.json >reviewed.json
ok "reviewed, it passes" "$FORM" check reviewed.json

# check --expect: which groups would be too small to publish
"$FORM" check reviewed.json --expect 600 >found 2>err
same 0 $? "advice alone is no failure"
same 2 "$(grep -c ': advice: with 600 responses .* fewer than 10 people' found)" \
	"600 responses are few for age and for gender by region"
"$FORM" check reviewed.json --expect 600 >again
ok "the same numbers each time" cmp found again
"$FORM" check reviewed.json --expect 1000000 >found
same 0 "$(grep -c 'fewer than 10 people' found)" "a million responses are enough"
fails 2 '--expect needs' "--expect with a bad number" "$FORM" check reviewed.json --expect many
fails 2 '--expect is for check' "--expect elsewhere" "$FORM" simulate study -n 1 --expect 5

bad() {
	local text=$1 label=$2
	shift 2
	jq "$@" study/form.json >bad.json
	fails 1 "survey-form: bad.json: $text" "$label" "$FORM" check bad.json
}
echo '{"format": ' >bad.json
fails 1 'bad.json: JSON: line 2, column 1: the text ends too early' "malformed JSON" \
	"$FORM" check bad.json
printf '{"format":"\377"}' >bad.json
fails 1 'not UTF-8' "JSON that is not UTF-8" "$FORM" check bad.json
bad 'sections[0].questions[1]: unknown type "rnak"' "an unknown type" \
	'.sections[0].questions[1].type = "rnak"'
bad 'sections[0].questions[1]: unknown member "colour"' "an unknown member" \
	'.sections[0].questions[1].colour = 1'
bad 'sections[0].questions[1]: there is no list of choices "nix"' "a list that is not there" \
	'.sections[0].questions[1].choices = "nix"'
bad 'sections[0].questions[1].relevant: ${nobody} is no question' "a wrong reference" \
	'.sections[0].questions[1].relevant = "${nobody} = 1"'
jq '.reviewers = {en: "A", fr: "B", es: "C", pt: "D", ru: "E", ar: "F"}
	| del(.sections[0].questions[1].label.fr)' study/form.json >bad.json
fails 1 'age_band: the translation into "fr" is missing' "a missing translation" \
	"$FORM" check bad.json
bad 'help_hours: can never be asked' "skip logic that contradicts itself" \
	'.reviewers = {en: "A", fr: "B", es: "C", pt: "D", ru: "E", ar: "F"}
	| (.sections[].questions[] | select(.id == "help_hours")).relevant =
		"${peer_helped} = \u0027yes\u0027 and ${peer_helped} = \u0027no\u0027"'
bad 'help_hours: compares ${peer_helped} with "ja"' "a value that is no choice" \
	'.reviewers = {en: "A", fr: "B", es: "C", pt: "D", ru: "E", ar: "F"}
	| (.sections[].questions[] | select(.id == "help_hours")).relevant =
		"${peer_helped} != \u0027ja\u0027"'
jq '.reviewers = {en: "A", fr: "B", es: "C", pt: "D", ru: "E", ar: "F"}
	| (.sections[].questions[] | select(.id == "helped_most")).label.fr = "Quel est votre nom ?"' \
	study/form.json >risky.json
"$FORM" check risky.json >found 2>err
same 1 $? "a question that identifies in one language alone"
ok "is told" grep -q '^risky.json: helped_most: warning: in "fr" asks for a name' found

fails 1 'no/form.json: No such file' "a file that is not there" "$FORM" check no/form.json

ok "simulate" "$FORM" simulate study -n 300 --seed 5 -o a.jsonl
"$FORM" simulate study -n 300 --seed 5 >b.jsonl
ok "the same seed gives the same bytes" cmp a.jsonl b.jsonl
TZ=Asia/Tokyo LC_ALL=C "$FORM" simulate study -n 300 --seed 5 >b.jsonl
ok "in any time zone and locale" cmp a.jsonl b.jsonl
"$FORM" simulate study -n 300 --seed 6 >b.jsonl
same 300 "$(sort a.jsonl b.jsonl | uniq -u | grep -c . | awk '{print $1 / 2}')" "another seed, other people"
same 300 "$(jq -r .id a.jsonl | sort -u | wc -l)" "every person has an id of their own"
same 6 "$(jq -r .language a.jsonl | sort -u | wc -l)" "all six languages"
ok "a spread of countries" test "$(jq -r .answers.country a.jsonl | sort -u | wc -l)" -ge 30
same 0 "$(jq -c 'select((.answers.covid_test // "") != "yes" and .answers.covid_result)' a.jsonl |
	wc -l)" "skip logic is respected (result only with a test)"
fails 2 '-n needs' "simulate without -n" "$FORM" simulate study
fails 2 '-n needs' "simulate with a bad number" "$FORM" simulate study -n ten
fails 1 'no such study folder' "simulate of no study" "$FORM" simulate nowhere -n 1
if [ -w /dev/full ]; then
	"$FORM" simulate study -n 5 >/dev/full 2>err
	same 1 $? "a full disk under standard output is noticed"
fi
