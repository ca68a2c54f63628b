#!/bin/bash
# Goal: the code uses every word of our catalogues, and no word that is not there.
. "$(dirname "$0")/../flow/lib.sh"
cd "$SOURCE" || exit 1

# catalogue, the names that code makes from parts, and the code
check() {
	local words=$1 made=$2
	shift 2
	jq -r 'keys[]' "$words" | sort >"$WORK/names"
	# a name is a whole string; comments name none
	cat "$@" | grep -oE "[\"'][a-z][a-z0-9_.]*[a-z0-9][\"']" | tr -d "\"'" | sort -u >"$WORK/said"
	same '' "$(comm -23 "$WORK/names" "$WORK/said" | grep -vE "^($made)$" | head)" \
		"the code uses each word of $words"
	sed 's/\..*//' "$WORK/names" | sort -u >"$WORK/groups"
	same '' "$(grep -F . "$WORK/said" | comm -13 "$WORK/names" - |
		awk -F. 'NR == FNR { group[$1]; next } $1 in group' "$WORK/groups" - | head)" \
		"$words has each word that the code uses"
	ok "there are such names" grep -qE "^($made)$" "$WORK/names"
}

check forms/words/en.json 'rank\.[0-9]+|month\.[0-9]+|condition\..*|numbered\..*|paper\..*_end' \
	forms/*.[ch] forms/script/*.js collector/*.[ch]
check report/words/en.json 'methods\.open\..*' report/*.[ch]
