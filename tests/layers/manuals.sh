#!/bin/bash
# Goal: every program has a manual, every manual is well-formed, and every option that --help shows
# is in it.
. "$(dirname "$0")/../flow/lib.sh"
cd "$SOURCE" || exit 1

for page in $(git ls-files '*.[1-8]' 2>/dev/null || find lib forms collector analyzer report -name '*.[1-8]'); do
	findings=$(mandoc -Tlint -Wwarning "$page" 2>&1 | head -n 3)
	same '' "$findings" "$page is well-formed"
done

for program in "$FORM" "$KEYS" "$COLLECT" "$ANALYZE" "$REPORT"; do
	name=$(basename "$program")
	page=$(find forms collector analyzer report -name "$name.[18]")
	if [ -z "$page" ]; then
		failed "$name has a manual"
		continue
	fi
	mandoc -Tutf8 "$page" | col -bx >"$WORK/page"
	for option in $("$program" --help | grep -oE -- '--[a-z-]+' | sort -u); do
		grep -qF -- "$option" "$WORK/page" || failed "$name(1) explains $option"
	done
	for part in 'EXIT STATUS' EXAMPLES 'SECURITY CONSIDERATIONS'; do
		grep -q "^$part" "$WORK/page" || failed "$name(1) has $part"
	done
	has "$name " "$name --version" "$program" --version
	passed "$name has a whole manual"
done
