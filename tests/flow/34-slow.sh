#!/bin/bash
#
# Goal: people can answer while somebody holds two thousand connections open and sends, or reads, as
# slowly as can be: at least 99% of honest submissions are acknowledged, 99% of them within 2 s. And
# when file descriptors run out, the service goes on, and is as before when the need is over.
#
# SLOW_SECONDS   how long each attack lasts (default 20)
#
. "$(dirname "$0")/lib.sh"

SECONDS_EACH=${SLOW_SECONDS:-20}
SOCKETS=2000
VISITORS=$BUILD/tests/bench/visitors
# people a second: fewer over a long time, so that the store need not grow (37-load.sh has that)
RATE=$(awk "BEGIN { r = 800 / $SECONDS_EACH; print (r > 20 ? 20 : r) }")
cd "$WORK" || exit 1
ulimit -n 4096 || { failed "4,096 open files"; exit 1; }
# the sanitizers take time of their own
sanitized=false
ldd "$COLLECT" | grep -q libasan && sanitized=true

# finish_study: the collector ends, and at least what was acknowledged is in the store; the answers
# of those who gave up waiting may be there, too.
finish_study() {
	local n
	stop
	same 0 "$STOPPED" "the collector ends well"
	n=$(analyze "$STUDY" | sed -n '1s/.*: \([0-9]*\) people.*/\1/p')
	ok "everything acknowledged is in the store ($acknowledged, $n)" \
		test "${n:-0}" -ge "$acknowledged"
}

value() { sed -n "s/^$1 //p" "$2"; } # NAME FILE: one of the figures that visitors prints

# fresh NAME: a study of its own, served
fresh() {
	STUDY=$WORK/$1
	acknowledged=0
	study "$STUDY" && serve "$STUDY" || { failed "a study with keys"; exit 1; }
}

# people LABEL FILE: what became of honest people
people() {
	local label=$1 file=$2 good late
	acknowledged=$((acknowledged + $(value acknowledged "$file")))
	good=$(value acknowledged_percent "$file")
	late=$(value p99_ms "$file")
	ok "$label: 99% of honest submissions are acknowledged ($good)" \
		awk "BEGIN { exit !(${good:-0} >= 99) }"
	$sanitized ||
		ok "$label: 99% of them within 2 s ($late ms)" awk "BEGIN { exit !(${late:-9999} < 2000) }"
}

# under_attack LABEL OPTION...: slowhttptest with OPTION, and honest people at the same time.
under_attack() {
	local label=$1 attacker reached
	shift
	fresh "${label// /-}"
	slowhttptest "$@" -c $SOCKETS -r 400 -l "$SECONDS_EACH" -p 5 -u "$URL/en" >attack 2>&1 </dev/null &
	attacker=$!
	SERVERS+=("$attacker")
	sleep 2
	"$VISITORS" "$STUDY" "$URL" --rate "$RATE" --seconds "$((SECONDS_EACH - 3))" \
		--connections 400 >honest
	wait "$attacker"
	people "$label" honest
	# connections that it had at one time, and those that were closed on it
	reached=$(sed 's/\x1b\[[0-9;]*m//g' attack | awk -F'[: ]+' \
		'/^(connected|closed)/ { n[$1] = $2 } /^closed/ { if (n["connected"] + $2 > most)
		most = n["connected"] + $2 } END { print most + 0 }')
	ok "$label: there was an attack ($reached connections)" test "$reached" -ge $((SOCKETS * 9 / 10))
	finish_study
}

under_attack "slow headers" -H -i 5
under_attack "slow bodies" -B -i 5 -s 8192 -t POST
under_attack "slow readers" -X -w 16 -y 64 -n 5 -z 16 -k 2

# --- descriptors run out

# hold N SECONDS: connections that say nothing; prints "held" when all are there
cat >hold.py <<'END'
import socket, sys, time
host, port = sys.argv[1].replace("http://", "").split(":")
held = []
for _ in range(int(sys.argv[2])):
    s = socket.socket()
    s.setblocking(False)
    try:
        s.connect((host, int(port)))
    except BlockingIOError:
        pass
    held.append(s)
print("held", flush=True)
time.sleep(float(sys.argv[3]))
END
hold() {
	rm -f held
	python3 hold.py "$URL" "$1" "$2" >held &
	HOLDER=$!
	SERVERS+=("$HOLDER")
	until grep -qs held held; do sleep 0.1; done
}
processor() { awk '{ print $14 + $15 }' "/proc/$SERVER/stat"; } # ticks

printf '#!/bin/sh\nexec prlimit --nofile=128:128 "%s" "$@"\n' "$COLLECT" >limited
chmod +x limited
COLLECT=$WORK/limited
fresh few
hold 300 4
sleep 1
ok "300 connections and 128 descriptors: the service goes on" kill -0 "$SERVER"
wait "$HOLDER"
"$VISITORS" "$STUDY" "$URL" --rate 20 --seconds 2 >honest
people "after that" honest

# fewer than it reckoned with: taking a connection fails
prlimit --pid "$SERVER" --nofile=24:128
hold 100 6
sleep 1
start=$(processor)
sleep 3
used=$(($(processor) - ${start:--100000}))
ok "no descriptor is left: it waits, and does not spin ($used ticks)" \
	test "$used" -lt "$(($(getconf CLK_TCK) / 5))"
ok "the service goes on" kill -0 "$SERVER"
wait "$HOLDER"
prlimit --pid "$SERVER" --nofile=128:128
"$VISITORS" "$STUDY" "$URL" --rate 20 --seconds 2 >honest
people "when there are descriptors again" honest
finish_study
