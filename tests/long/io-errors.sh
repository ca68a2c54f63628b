#!/bin/bash
# Goal: 42-kill.sh at every point: EIO at each write, synchronisation, renaming and removal of the
# scripted round, ENOSPC at each write.
export TMPDIR=${TMPDIR:-$([ -w /dev/shm ] && echo /dev/shm || echo /tmp)}
. "$(dirname "$0")/../flow/lib.sh"
. "$SOURCE/tests/faults/sweep-lib.sh"
cd "$WORK" || exit 1

prepare
for call in fdatasync fsync pwrite64 write rename link unlink; do
	sweep error=EIO "$call" 1
done
for call in pwrite64 write; do
	sweep error=ENOSPC "$call" 1
done
