#!/bin/bash
# collect.sh - bench_collect and bench_close, with a study of their own in TMPDIR: let that be on the
# disk that is to be measured.
#
# usage: BUILD=FOLDER collect.sh [OPTION OF bench_collect...]
#
# An hour's soak, within what the collector takes from one place: collect.sh --soak 3600 --rate 50
. "$(dirname "$0")/../flow/lib.sh"

study "$WORK/study" || exit 1
"$BUILD/tests/bench/bench_collect" "$COLLECT" "$WORK/study" "$@" || exit 1
[ $# -gt 0 ] || "$BUILD/tests/bench/bench_close"
