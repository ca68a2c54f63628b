# sweep-lib.sh - a fault at the N-th system call of a scripted round (acts.c) or of a collector that
# people send to (people.py), by strace. Source it after lib.sh, in $WORK.
#
# strace counts the calls of each thread by itself. So that each thread's first calls are met, too, a
# round is begun with nothing (the main thread makes the store) and with a store that is there (the
# thread that commits is the first to write).

ACTS=$BUILD/tests/faults/acts
PEOPLE=$SOURCE/tests/faults/people.py
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 # it cannot look under strace

traced() { # CALL FAULT N COMMAND...: under strace, in the shell's place; its log is in trace
	local call=$1 fault=$2 n=$3
	shift 3
	exec strace -f -qq -y -o trace -s 16 -e "trace=$call,sendto,sendmsg" \
		-e "inject=$call:$fault:when=$n" "$@"
}

# prepare: folders to begin with: base/new is empty, base/old has a store.
prepare() {
	mkdir -p base/new base/old
	"$ACTS" run base/old >acks 2>said
	same 0 $? "the script, without a fault"
	ok "and what it leaves" "$ACTS" look base/old acks
	rm -rf base/old && mkdir base/old
	# killed as it begins to act: the store is made, and empty
	{ (traced write signal=SIGKILL 2 "$ACTS" run base/old) >acks 2>said; } 2>/dev/null
	rm -f base/old/backup-*
	ok "a store to begin with" test -s base/old/responses.db
}

# point BASE CALL FAULT N: one run with a fault, and what is left of it. Sets MET: was there an N-th?
# Adds to POINTS, and to BAD with a line in bad.
point() {
	local base=$1 call=$2 fault=$3 n=$4 status
	rm -rf run && cp -r "base/$base" run
	{ (traced "$call" "$fault" "$n" "$ACTS" run run) >acks 2>said; } 2>/dev/null
	status=$?
	MET=true
	case $fault in
	signal=*) [ "$status" -eq 137 ] || MET=false ;;
	*) grep -q INJECTED trace || MET=false ;;
	esac
	$MET || [ "$status" -eq 0 ] || MET=odd
	[ "$MET" = false ] && return
	POINTS=$((POINTS + 1))
	if grep INJECTED trace | grep -q 'write(1<'; then
		return # not a word of it was told
	elif [ "$MET" = odd ]; then
		bad "$base $call $fault $n: exit status $status" said
	elif [ "$status" -ne 137 ] && [ "$status" -gt 1 ]; then
		bad "$base $call $fault $n: exit status $status" said
	elif grep INJECTED trace | grep -q '/responses\.db>[,)]' && [ "$status" -eq 0 ]; then
		bad "$base $call $fault $n: it went on after a failed write" said
	elif ! timeout 60 "$ACTS" look run acks >look 2>&1; then
		bad "$base $call $fault $n: $(tail -n 1 acks)" look
	fi
}

bad() {
	BAD=$((BAD + 1))
	{ echo "$1"; head -n 3 "$2"; } >>bad
}

# sweep FAULT CALL STEP [FIRST]: every STEP-th point, with both bases.
sweep() {
	local fault=$1 call=$2 step=$3 base n
	sanitized && step=$((3 * step))
	POINTS=0 BAD=0
	rm -f bad
	for base in new old; do
		n=${4:-1}
		while :; do
			point "$base" "$call" "$fault" "$n"
			[ "$MET" = true ] || break
			n=$((n + step))
		done
	done
	if [ "$BAD" -eq 0 ] && [ "$POINTS" -gt 0 ]; then
		passed "$fault at $call: $POINTS points"
	else
		failed "$fault at $call: $BAD of $POINTS points" "$(head -n 8 bad 2>/dev/null)"
	fi
}

# --- over HTTP

# prepare_study: a study with an empty store, in study and in study.db
prepare_study() {
	study study 2020-05 && serve study && stop && cp study/rounds/2020-05/responses.db study.db
}

# served_point CALL FAULT N PEOPLE AT_ONCE: people send to a collector that meets a fault; those who
# were not thanked send once more to the next one. MET, POINTS and BAD as above.
served_point() {
	local call=$1 fault=$2 n=$3 people=$4 at_once=$5 status url=
	cp study.db study/rounds/2020-05/responses.db
	rm -f receipts again
	: >served
	(traced "$call" "$fault" "$n" "$COLLECT" study --listen 127.0.0.1:0) >served 2>said &
	local tracer=$!
	SERVERS+=("$tracer")
	for _ in $(seq 200); do
		url=$(sed -n 's|^Listening on \(http://[0-9.:]*\).*|\1|p' served)
		[ -n "$url" ] && break
		kill -0 "$tracer" 2>/dev/null || break
		sleep 0.05
	done
	: >receipts
	[ -n "$url" ] && python3 "$PEOPLE" "$url" receipts --people "$people" --at-once "$at_once" >thanked
	MET=true
	if [ "$fault" = signal=SIGKILL ]; then
		# alive: there was no N-th
		kill -0 "$tracer" 2>/dev/null && [ "$(wc -l <receipts)" -eq "$people" ] && MET=false
	else
		grep -q INJECTED trace || MET=false
	fi
	if [ "$MET" = false ]; then
		kill -TERM "$(pgrep -P "$tracer")"
		{ wait "$tracer"; } 2>/dev/null
		return
	fi
	# it must end by itself
	for _ in $(seq 100); do
		kill -0 "$tracer" 2>/dev/null || break
		sleep 0.1
	done
	POINTS=$((POINTS + 1))
	if kill -0 "$tracer" 2>/dev/null; then
		kill -KILL "$(pgrep -P "$tracer")"
		bad "$call $fault $n: it did not end" said
	fi
	{ wait "$tracer"; } 2>/dev/null
	status=$?
	if [ "$fault" != signal=SIGKILL ] && [ "$status" -ne 1 ]; then
		bad "$call $fault $n: exit status $status" said
	fi
	if [ "$at_once" -eq 1 ] && sed '1,/INJECTED/d' trace | grep -q 'HTTP/1.1 200'; then
		bad "$call $fault $n: somebody was thanked after the failure" trace
	fi
	if ! "$ACTS" receipts study/rounds/2020-05/responses.db receipts >look; then
		bad "$call $fault $n: what was acknowledged" look
	fi
	serve study >/dev/null || { bad "$call $fault $n: no next start" said; return; }
	python3 "$PEOPLE" "$URL" again --people "$people" --at-once "$at_once" --patient >thanked ||
		bad "$call $fault $n: not all who try again are thanked" thanked
	stop
	[ "$STOPPED" -eq 0 ] || bad "$call $fault $n: the next one ends with $STOPPED" said
	"$ACTS" receipts study/rounds/2020-05/responses.db again >look
	grep -qx "$people receipts, $people submissions" look || bad "$call $fault $n: in the end" look
	[ "$(sort -u receipts again | wc -l)" -eq "$people" ] ||
		bad "$call $fault $n: a retry has another receipt" again
}

# served_sweep FAULT CALL STEP PEOPLE AT_ONCE [FIRST]
served_sweep() {
	local fault=$1 call=$2 step=$3 people=$4 at_once=$5 n=${6:-1}
	sanitized && step=$((3 * step))
	POINTS=0 BAD=0
	rm -f bad
	while :; do
		served_point "$call" "$fault" "$n" "$people" "$at_once"
		[ "$MET" = false ] && break
		n=$((n + step))
	done
	if [ "$BAD" -eq 0 ] && [ "$POINTS" -gt 0 ]; then
		passed "over HTTP, $fault at $call: $POINTS points"
	else
		failed "over HTTP, $fault at $call: $BAD of $POINTS points" "$(head -n 8 bad 2>/dev/null)"
	fi
}
