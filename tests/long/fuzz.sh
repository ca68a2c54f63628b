#!/bin/bash
# Goal: whatever bytes a parser is given, it neither crashes nor leaks nor contradicts itself. Every
# target of tests/fuzz runs FUZZ_SECONDS (default 60) with libFuzzer, from its corpus. An input that
# was found is left in build/fuzz/findings: mend the fault and keep the input in tests/fuzz/corpus.
. "$(dirname "$0")/../flow/lib.sh"
FUZZ=$SOURCE/build/fuzz
FOUND=$FUZZ/findings
export FUZZ FOUND SOURCE WORK FUZZ_SECONDS=${FUZZ_SECONDS:-60}
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 ASAN_OPTIONS=detect_leaks=1

build() {
	if [ ! -f "$FUZZ/build.ninja" ]; then
		CC=clang meson setup "$FUZZ" "$SOURCE" -Dfuzz=true -Dwerror=false -Dbuildtype=debug \
			-Doptimization=1 -Db_sanitize=address,undefined -Db_lundef=false \
			-Dc_args=-fsanitize=fuzzer-no-link || return
	fi
	ninja -C "$FUZZ" fuzzers
}

# One target: its log and its exit status in $WORK.
fuzz() {
	local name=$1 status=0
	mkdir "$WORK/$name"
	"$FUZZ/tests/fuzz/fuzz_$name" -max_total_time="$FUZZ_SECONDS" -max_len=4096 -timeout=10 \
		-use_value_profile=1 -artifact_prefix="$FOUND/$name-" "$WORK/$name" \
		"$SOURCE/tests/fuzz/corpus/$name" >"$WORK/$name.log" 2>&1 || status=$?
	echo "$status" >"$WORK/$name.status"
}
export -f fuzz

ok "the targets build with libFuzzer" build
[ -f "$FUZZ/build.ninja" ] || exit 1
mkdir -p "$FOUND"
mapfile -t targets < <(cd "$SOURCE/tests/fuzz" && ls fuzz_*.c | sed 's/^fuzz_\(.*\)\.c$/\1/')
jobs=$(nproc)
printf '%s\n' "${targets[@]}" | xargs -P "$((jobs > 2 ? jobs : 2))" -I{} bash -c 'fuzz {}'
for name in "${targets[@]}"; do
	if [ "$(cat "$WORK/$name.status")" = 0 ]; then
		passed "$name, $(sed -n 's/^Done \([0-9]*\) runs.*/\1/p' "$WORK/$name.log") inputs"
	else
		failed "$name" "$(grep -aE 'Assertion|runtime error|ERROR: |Test unit written' \
			"$WORK/$name.log" | head -n 5)"
	fi
done
