#!/bin/bash
# Goal: the whole programs, too, are clean under the address and undefined-behaviour sanitizers: every
# flow script again with sanitized binaries.
. "$(dirname "$0")/../flow/lib.sh"
cd "$SOURCE" || exit 1
export BUILD=$SOURCE/build/sanitize

for script in tests/flow/[1-8]*.sh; do
	if COUNTS=$WORK/own bash "$script" >"$WORK/log" 2>&1 && ! grep -q failed "$WORK/own"; then
		passed "$(basename "$script" .sh), sanitized ($(grep -c passed "$WORK/own"))"
	else
		failed "$(basename "$script" .sh), sanitized" "$(grep -A3 FAILED "$WORK/log" | head -n 12)"
	fi
	rm -f "$WORK/own"
done
