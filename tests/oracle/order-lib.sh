# order-lib.sh - what 40-order.sh and long/order.sh share. Source it after lib.sh.

DRIVE=$BUILD/tests/oracle/drive
ORACLE=$BUILD/tests/oracle/oracle

# runs N COUNT SEED [LEAK]: drive and measure runs of N submissions; their numbers go to $WORK/numbers.
runs() {
	local n=$1 count=$2 seed=$3 i
	for i in $(seq "$count"); do
		rm -rf "$WORK/run"
		"$DRIVE" "$WORK/run" "$n" "$seed-$i" "${@:4}" &&
			"$ORACLE" measure "$n" "$WORK/run" >>"$WORK/numbers" || return
	done
	rm -rf "$WORK/run"
}

# A store that does tell must be found out, by the statistics that are there for it.
# finds_out LEAK STATISTIC...
finds_out() {
	local leak=$1 status
	rm -f "$WORK/numbers"
	runs 40 2 leak "$leak"
	runs 400 2 leak "$leak"
	"$ORACLE" judge <"$WORK/numbers" >"$WORK/$leak"
	status=$?
	same 1 "$status" "bad-$leak is found out"
	shift
	local statistic
	for statistic; do
		ok "bad-$leak: $statistic" grep -q "^LEAK.*$statistic" "$WORK/$leak"
	done
}
