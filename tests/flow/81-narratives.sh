#!/bin/bash
# Goal: the narratives that the library ships say the same in every language, name nothing that the
# questionnaire does not have, leave none of its questions out, and hold no figure that was typed.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1

NARRATIVES=$SOURCE/forms/library/narratives
LANGUAGES='en fr es pt ru ar'

# outline FILE: headings by depth and directives, one a line, without words of a language
outline() {
	grep -oE '^#+ |^- |\{\{(note|[^{}]*\}\})' "$1" | sed 's/^{{note .*/{{note/'
}

# named FILE: what directives name: question, question.row, question.answer, question.row.answer
named() {
	grep -oE '\{\{(chart|table|callout|paragraph|number|change|label) [^ {}]+' "$1" |
		sed 's/.* //' | grep -vx people | sort -u
}

# names FORM: all there is to name
names() {
	jq -r '. as $form | .sections[].questions[] |
		[(.rows // [])[].id] as $rows |
		[(if (.choices | type) == "string" then $form.choices[.choices] else .choices // [] end)[].value]
			as $answers |
		.id, .id + "." + $rows[], .id + "." + $answers[],
		.id + "." + $rows[] + "." + $answers[]' "$1" | sort -u
}

for folder in "$NARRATIVES"/*/; do
	form=$SOURCE/forms/library/$(basename "$folder").json
	names "$form" >names
	jq -r '.series[].id' "$form" >series
	same "$(while read -r s; do printf "$s-%s.md\n" $LANGUAGES; done <series | LC_ALL=C sort)" \
		"$(ls "$folder" | LC_ALL=C sort)" "a narrative for each series and language"
	while read -r series; do
		outline "$folder/$series-en.md" >first
		same '1 1 1' "$(for d in findings people changes; do grep -cx "{{$d}}" first; done | xargs)" \
			"$series: findings, people and changes once each"
		jq -r --arg s "$series" '.sections[] | select(any(.series[]; . == $s)) | .questions[] |
			select(.type != "note") | .id' "$form" | sort >asked
		for language in $LANGUAGES; do
			file=$folder/$series-$language.md
			outline "$file" >outline
			same '' "$(diff first outline)" "$series-$language: the outline is the English one"
			named "$file" >named
			same '' "$(comm -23 named names)" "$series-$language: names only what is asked"
			same '' "$(comm -13 <(sed 's/\..*//' named | sort -u) asked)" \
				"$series-$language: every question is told"
			same '' "$(grep -nE '[%٪]' "$file")" "$series-$language: no percentage was typed"
		done
		same '' "$(grep -nE ' [:;?!»]|« ' "$folder/$series-fr.md")" \
			"$series-fr: no line can break before a mark"
	done <series
done
