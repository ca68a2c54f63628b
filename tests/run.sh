#!/bin/bash
# run.sh - run test programs and scripts and count what they check.
#
# usage: run.sh BUILD LABEL PROGRAM...
#
# A program (*.sh is run by bash with BUILD in its environment, *.mjs by node, anything else by itself)
# counts its checks: scripts into $COUNTS, cmocka programs by their lines "[       OK ]". One that fails without
# having counted a failure counts as one. Runs as many at a time as there are processors; the output
# of those that pass is not shown. Adds to $COUNTS.
set -u
BUILD=$1 LABEL=$2
shift 2
export BUILD COUNTS

one() {
	local program=$1 name out status=0 own
	name=$(basename "$program" .sh)
	name=${name%.mjs}
	out=$(mktemp) own=$(mktemp)
	case $program in
	*.sh) COUNTS=$own timeout 900 bash "$program" >"$out" 2>&1 </dev/null || status=$? ;;
	*.mjs) COUNTS=$own timeout 900 node "$program" >"$out" 2>&1 </dev/null || status=$? ;;
	*)
		timeout 900 "$program" >"$out" 2>&1 </dev/null || status=$?
		grep -a '^\[       OK \]' "$out" | sed 's/.*/passed/' >>"$own"
		grep -a '^\[  FAILED  \] [a-z]' "$out" | sort -u | sed 's/.*/failed/' >>"$own"
		;;
	esac
	if [ "$status" -ne 0 ] && ! grep -q failed "$own"; then
		echo failed >>"$own"
	fi
	if grep -q failed "$own" || [ ! -s "$own" ]; then
		{ flock 9; echo "FAILED $LABEL $name (exit status $status)"; grep -av '^\[ RUN\|^\[       OK\|^  ok ' "$out" | head -n 60; } 9>>"$COUNTS.lock"
		[ -s "$own" ] || echo failed >>"$own"
	else
		echo "passed $LABEL $name ($(grep -c passed "$own"))"
	fi
	cat "$own" >>"$COUNTS"
	rm -f "$out" "$own"
}
export -f one
export LABEL

printf '%s\n' "$@" | xargs -P "$(nproc)" -I{} bash -c 'one {}'
rm -f "$COUNTS.lock"
