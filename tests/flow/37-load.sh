#!/bin/bash
#
# Goal: a collector on a small machine bears what a campaign brings: 64 people at a time, then 2,000
# half-sent forms, then a soak. What it acknowledged is stored, it seals at least 40% of what two
# threads of this machine can only seal (turn and turn about in one run, the load generator included),
# its memory stays under 64 MB with 2,000 connections and does not grow.
#
# SOAK_SECONDS   how long it soaks (default 30)
#
. "$(dirname "$0")/lib.sh"

SOAK=${SOAK_SECONDS:-30}
BENCH=$BUILD/tests/bench/bench_collect
cd "$WORK" || exit 1
study study || { failed "a study with keys"; exit 1; }
# the sanitizers take memory and time of their own
sanitized=false
ldd "$COLLECT" | grep -q libasan && sanitized=true

figure() { sed -n "s/.*$1.*/\\1/p" figures | head -n 1; } # PATTERN: with the figure in \( \)
# at_most LABEL LIMIT FIGURE, at_least
at_most() { ok "$1 ($3)" awk "BEGIN { exit !(\"$3\" != \"\" && $3 + 0 <= $2) }"; }
at_least() { ok "$1 ($3)" awk "BEGIN { exit !(\"$3\" != \"\" && $3 + 0 >= $2) }"; }

ok "everybody is answered, and stored" "$BENCH" "$COLLECT" study --seconds 10
cp out figures
cat figures
if ! $sanitized; then
	# other tests use the machine, too, and a rate then says little: by the clock only in a long
	# soak, and if this had the processors; always by the time that was had
	had=$(figure 'they had \([0-9.]*\) processors')
	if [ "$SOAK" -gt 60 ] && awk "BEGIN { exit !(${had:-0} > 1.9) }"; then
		at_least "40% of what two threads can only seal" 0.40 \
			"$(figure 'the collector seals \([0-9.]*\) of that')"
	fi
	at_least "40% of all processor time is sealing" 0.40 \
		"$(figure 'sealing is \([0-9.]*\) of all')"
	at_most "MB with 2,000 connections" 64 "$(figure 'idle, \([0-9.]*\) MB with all of them')"
fi

# what one place may send in half an hour is limited: a long soak goes slower
pace=()
[ "$SOAK" -gt 60 ] && pace=(--rate 50)
ok "a soak of $SOAK s" "$BENCH" "$COLLECT" study --soak "$SOAK" "${pace[@]+"${pace[@]}"}"
cp out figures
cat figures
if ! $sanitized; then
	third=$(figure 'memory: \([0-9]*\) kB after a third')
	last=$(figure ', \([0-9]*\) kB at the end')
	at_most "kB more memory at the end than after a third" 1024 "$((${last:-1000000} - ${third:-0}))"
	at_most "kB at most" 65536 "$(figure ', \([0-9]*\) kB at most')"
fi
