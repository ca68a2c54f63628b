#!/bin/bash
# Goal: 42-kill.sh at every point: SIGKILL at each write, synchronisation, renaming and removal of the
# scripted round.
export TMPDIR=${TMPDIR:-$([ -w /dev/shm ] && echo /dev/shm || echo /tmp)}
. "$(dirname "$0")/../flow/lib.sh"
. "$SOURCE/tests/faults/sweep-lib.sh"
cd "$WORK" || exit 1

prepare
for call in pwrite64 fdatasync fsync write rename link unlink; do
	sweep signal=SIGKILL "$call" 1
done
