#!/bin/bash
# Goal: whichever allocation fails while somebody sends, in our code, SQLite or the HTTP library: the
# collector does not crash, nobody is thanked in vain, and after a failure of the store itself it ends
# and can be started again. (tests/unit/collector/test_nomem.c looks for leaks, too.) Of the many alike
# allocations for SQLite's pages one in NOMEM_EVERY is tried; tests/long/nomem.sh tries them all.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1
PEOPLE=$SOURCE/tests/faults/people.py
LIBRARY=$BUILD/tests/faults/libfailmalloc.so

if [ ! -e "$LIBRARY" ]; then
	passed "this build has an allocator of its own: left out"
	exit
fi
study s || { failed "a study with keys"; exit 1; }
DB=s/rounds/2020-05/responses.db

# field N: a number of the library's report
field() { od -An -tu8 -j $((8 * $1)) -N 8 report | tr -d ' '; }

# from FIRST PEOPLE: a collector whose allocations fail from the FIRST-th on, and people who send one
# after another. Sets MET (connections), FAILS (allocations) and STOPPED.
from() {
	local url=
	MET=0 FAILS=0 STOPPED="no start"
	head -c 16 /dev/zero >report
	: >out
	LD_PRELOAD=$LIBRARY FAIL_FIRST=$1 FAIL_REPORT=$WORK/report \
		"$COLLECT" s --listen 127.0.0.1:0 >out 2>>said &
	SERVER=$!
	SERVERS+=("$SERVER")
	until [ -n "$url" ]; do
		sleep 0.05
		url=$(sed -n 's|^Listening on \(http://[0-9.:]*\).*|\1|p' out)
		kill -0 "$SERVER" 2>/dev/null || return
	done
	python3 "$PEOPLE" "$url" receipts --first "$1" --people "$2" --give-up >>thanked
	kill -TERM "$SERVER" 2>/dev/null
	wait "$SERVER" 2>/dev/null
	STOPPED=$?
	MET=$(field 0) FAILS=$(field 1)
}

: >receipts
people=0 next=1 starts=0 failures=0 ended=0 odd=
while :; do
	from "$next" 40
	people=$((next + 39))
	starts=$((starts + 1)) failures=$((failures + FAILS))
	case $STOPPED in
	0) ;;
	1) ended=$((ended + 1)) ;;
	*) odd="$odd $STOPPED (allocation $((next + MET - 1)))" ;;
	esac
	# nothing failed any more: a submission has not so many allocations
	[ "$FAILS" -eq 0 ] || [ "$MET" -eq 0 ] || [ -n "$odd" ] && break
	next=$((next + MET))
	[ "$next" -gt 60 ] && next=$((next + ${NOMEM_EVERY:-19} - 1))
done
same "" "$odd" "no crash: $failures allocations failed, in $starts starts, $ended of them ended by it"
ok "in all parts of it" test "$failures" -gt 60
same "" "$(grep -v '^survey-collect: .*out of memory$' said | head -n 1)" "bad-out of memory, it says"
[ -n "$odd" ] && exit

# those who were not thanked try again, those who were send once more
ok "what was acknowledged is there" "$BUILD/tests/faults/acts" receipts "$DB" receipts
thanked=$(wc -l <receipts)
serve s || exit 1
ok "with memory everybody is thanked" python3 "$PEOPLE" "$URL" again --first 1 --people "$people" --patient
stop
has "$people receipts, $people submissions" "and stored once ($thanked had been thanked before)" \
	"$BUILD/tests/faults/acts" receipts "$DB" again
same "" "$(sort receipts again | uniq -c | awk '$1 > 2')" "under the same receipts"
same "$thanked" "$(sort receipts again | uniq -d | wc -l)" "as those who were thanked before"
