#!/bin/bash
# Goal: ten million people are counted by region x language in at most a quarter of DuckDB's time, in
# the same run, and every count is the same; memory stays below 100 bytes a person of 40 questions.
. "$(dirname "$0")/../flow/lib.sh"
cd "$WORK" || exit 1
PEOPLE=${PEOPLE:-10000000}

cp -r "$SOURCE/tests/bench/duckdb" duckdb
if ! (cd duckdb && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >npm.log 2>&1; then
	passed "DuckDB cannot be had here: nothing was compared ($(tail -n 1 npm.log | cut -c1-100))"
	exit
fi
ok "counted here" "$BUILD/tests/bench/bench_count" count "$PEOPLE"
cp "$WORK/out" ours
ok "counted by DuckDB" node duckdb/count.mjs "$PEOPLE"
cp "$WORK/out" theirs
field() {
	sed -n "s/.*$1 \([0-9]*\).*/\1/p" "$2"
}
echo "  $(cat ours)"
echo "  DuckDB: $(cat theirs)"
same "$(field checksum theirs)" "$(field checksum ours)" "every count is the same"
if [ $(($(field ms ours) * 4)) -le "$(field ms theirs)" ]; then
	passed "in at most a quarter of the time: $(field ms ours) of $(field ms theirs) ms"
else
	failed "in at most a quarter of the time" "$(field ms ours) of $(field ms theirs) ms"
fi
if [ "$(field bytes ours)" -le 100 ]; then
	passed "$(field bytes ours) bytes a person"
else
	failed "at most 100 bytes a person" "$(field bytes ours)"
fi
