#!/bin/bash
# Goal: who seizes the store, what lies beside it, or backups of it, cannot tell which records came
# first, which came together, or what was withdrawn; in the middle of a round, after growth and after
# its end. tests/oracle/oracle.c is the auditor, tests/long/order.sh does the same in 100 runs.
. "$(dirname "$0")/lib.sh"
. "$SOURCE/tests/oracle/order-lib.sh"

# the seeds are fixed: the runs are the same each time, so that chance cannot fail this test
sanitized && set -- 3 1 || set -- 12 5
ok "$1 runs of 40 submissions" runs 40 "$1" flow
ok "$2 runs of 400 submissions" runs 400 "$2" flow
if "$ORACLE" judge <"$WORK/numbers" >"$WORK/verdict"; then
	passed "nothing but chance: $(tail -n 1 "$WORK/verdict")"
else
	failed "nothing but chance" "$(grep '^LEAK' "$WORK/verdict" | head -n 5)" \
		"$(tail -n 1 "$WORK/verdict")"
fi

# The auditor can find: stores that tell, each in one way.
finds_out ordered 'core: place in the file' 'short: place in reading'
finds_out appended 'core: place in the file'
finds_out batches 'mid: nearness of those that arrived together'
finds_out together 'mid: nearness of one submission' 'short: neighbours of one submission'
finds_out inpage 'short: place among those of its page'
finds_out freed 'a withdrawn record is there' 'block of freed bytes' 'bytes that are not of rows'
finds_out journal 'responses.db-journal lies beside' 'responses.db-journal holds records'
finds_out backups 'backups: what two of them differ in'
lacks 'LEAK' "together: places and arrival are not related, so tau alone would not do" \
	<(grep 'core: place in the file' "$WORK/together")

# no numbers are no verdict
same 2 "$("$ORACLE" judge </dev/null >/dev/null; echo $?)" "bad-no numbers"
same 1 "$("$ORACLE" measure 40 "$WORK/nowhere" >/dev/null; echo $?)" "bad-no run"
