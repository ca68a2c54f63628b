#!/bin/bash
# Goal: 1,000 power losses at any moment of a round, with retries: nothing that was acknowledged is lost,
# nothing that was withdrawn comes back, and the database is always sound. tests/faults/power.c says what
# is assumed of a disk; disks that do not do what they say are found out.
. "$(dirname "$0")/lib.sh"
POWER=$BUILD/tests/faults/power

# the seed is fixed: the losses are the same each time
sanitized && losses=200 || losses=1000
ok "$losses power losses" "$POWER" "$losses" flow
passed "$(tail -n 1 "$WORK/out")"
line=$(tail -n 2 "$WORK/out" | head -n 1)
for deed in opening making storing withdrawing growing 'backing up' ending; do
	ok "some of them while $deed" grep -qE "$deed [1-9]" <<<"$line"
done

# finds_out DISK FAULT: it must not pass.
finds_out() {
	"$POWER" 150 flow "$1" >"$WORK/losses" 2>&1
	same 1 $? "bad-a disk with $1 is found out"
	ok "bad-$1: $2" grep -qE "rounds: .*[1-9][0-9]* $2" "$WORK/losses"
}
finds_out no-sync corrupt
finds_out no-folder lost
finds_out no-commit lost
has ' 0 corrupt' "without durable commits answers are lost, but every store is sound" cat "$WORK/losses"
