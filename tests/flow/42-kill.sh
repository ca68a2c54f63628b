#!/bin/bash
# Goal: killed at any write or synchronisation, or told that it failed, while it collects, grows, makes
# a backup or ends the round: everything that was acknowledged is there and the database is sound; after
# a failure nothing is acknowledged and the program ends. Some points; tests/long has all of them.
# Nothing of this needs a disk: what a kill leaves is in the system's memory.
if [ -w /dev/shm ] && [ "$(df --output=avail -B1M /dev/shm | tail -n 1)" -gt 1000 ]; then
	export TMPDIR=/dev/shm
fi
. "$(dirname "$0")/lib.sh"
. "$SOURCE/tests/faults/sweep-lib.sh"
cd "$WORK" || exit 1

prepare
sweep signal=SIGKILL pwrite64 61 5
sweep signal=SIGKILL fdatasync 9 2
sweep signal=SIGKILL fsync 4
sweep signal=SIGKILL write 29 7
sweep signal=SIGKILL rename 1
sweep signal=SIGKILL unlink 2
sweep error=EIO fdatasync 11 3
sweep error=EIO fsync 3
sweep error=EIO pwrite64 101 11
sweep error=ENOSPC pwrite64 101 23
sweep error=EIO rename 1

prepare_study
served_sweep signal=SIGKILL fdatasync 5 12 3 2
served_sweep signal=SIGKILL pwrite64 41 12 3 7
served_sweep error=EIO fdatasync 5 8 1 3
served_sweep error=ENOSPC pwrite64 41 8 1 17
served_sweep error=EIO fsync 1 2 1

# The look finds: a promise that was not kept.
"$ACTS" run base/old >acks 2>/dev/null
cp -r base/new other && printf 'made\nput 1\n' >false
same 1 "$("$ACTS" look other false >look; echo $?)" "bad-a store that is gone"
{ (traced write signal=SIGKILL 9 "$ACTS" run other) >acks 2>&1; } 2>/dev/null
echo "put 30" >>acks
same 1 "$("$ACTS" look other acks >look; echo $?)" "bad-a submission that is lost"
has "lost: submission 30" "and it says which" cat look
printf 'made\nfailed\nput 1\n' >false
same 1 "$("$ACTS" look other false >look; echo $?)" "bad-acknowledged after a failure"
echo 00112233445566778899aabbccddeeff >false
same 1 "$("$ACTS" receipts study/rounds/2020-05/responses.db false >look; echo $?)" "bad-a receipt that is not there"
