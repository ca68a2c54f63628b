#!/bin/bash
# Goal: 100 runs of 40 and of 400 submissions, from fresh seeds: nothing but chance in any statistic of
# the order (tests/oracle/). Wrong once in a million times; the seed that is named gives the same runs
# again: ORDER_SEED=... bash tests/long/order.sh.
. "$(dirname "$0")/../flow/lib.sh"
. "$SOURCE/tests/oracle/order-lib.sh"
seed=${ORDER_SEED:-$(od -An -N8 -tx8 /dev/urandom | tr -d ' ')}

ok "100 runs of 40 submissions, seed $seed" runs 40 100 "$seed"
ok "100 runs of 400 submissions, seed $seed" runs 400 100 "$seed"
if "$ORACLE" judge <"$WORK/numbers" >"$WORK/verdict"; then
	passed "nothing but chance: $(tail -n 1 "$WORK/verdict")"
else
	failed "nothing but chance, seed $seed" "$(grep '^LEAK' "$WORK/verdict" | head -n 5)" \
		"$(tail -n 1 "$WORK/verdict")"
fi
same 800 "$(grep -c ': all bytes that are not of rows' "$WORK/numbers")" "200 runs, four moments of each"
