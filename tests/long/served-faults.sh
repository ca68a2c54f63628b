#!/bin/bash
# Goal: 42-kill.sh over HTTP at many more points: the real collector, confined as it is, is killed or has
# its writes fail while people send; those who were not thanked try again, and everybody is stored once.
export TMPDIR=${TMPDIR:-$([ -w /dev/shm ] && echo /dev/shm || echo /tmp)}
. "$(dirname "$0")/../flow/lib.sh"
. "$SOURCE/tests/faults/sweep-lib.sh"
cd "$WORK" || exit 1

prepare_study
served_sweep signal=SIGKILL fdatasync 1 12 3
served_sweep signal=SIGKILL pwrite64 7 12 3
served_sweep error=EIO fdatasync 1 12 1
served_sweep error=EIO fsync 1 4 1
served_sweep error=EIO pwrite64 11 8 1
served_sweep error=ENOSPC pwrite64 11 8 1 5
