#!/bin/bash
# Goal: 43-nomem.sh and the unit test of the same with every single allocation, or many
# more of a rebuild's, not a choice of them.
. "$(dirname "$0")/../flow/lib.sh"

export NOMEM_EVERY=1
if COUNTS=$WORK/own BUILD=$BUILD bash "$SOURCE/tests/flow/43-nomem.sh" >"$WORK/log" 2>&1; then
	passed "over HTTP: $(sed -n 's/^  ok      no crash: //p' "$WORK/log")"
else
	failed "over HTTP" "$(grep -A3 FAILED "$WORK/log" | head -n 12)"
fi
ok "in one process" env NOMEM_EVERY=5 "$BUILD/tests/unit/collector/test_collector_nomem"
