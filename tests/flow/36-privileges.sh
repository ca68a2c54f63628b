#!/bin/bash
# Goal: what a fault in the running collector could be used for, seen from outside. Every thread is
# confined, nothing of its memory reaches a disk, nobody but root looks into it, it holds no file but
# its store, and the shipped unit takes away what is left. (What is refused inside, call by call, is
# in tests/unit/collector/test_sandbox*.c, which this runs again without the sanitizers.)
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1

for part in sandbox sandbox_calls sandbox_files; do
	ok "tests of $part, in this build" "$BUILD/tests/unit/collector/test_collector_$part"
done

# --- the unit

for kind in service socket; do
	sed "s|/usr/local/bin/survey-collect|$COLLECT|" "$SOURCE/deploy/survey-collect@.$kind" >"survey-collect@.$kind"
done
ok "the unit is 1.5 or better" systemd-analyze security --offline=yes --threshold=15 "$WORK/survey-collect@.service"
cp out exposure
has "OK" "and its figure is read" sh -c 'grep "Overall exposure level" exposure && echo OK'
systemd-analyze verify --man=no "$WORK/survey-collect@.service" "$WORK/survey-collect@.socket" >verified 2>&1
same '' "$(cat verified)" "systemd understands all of it"
for setting in LimitCORE=0 LimitMEMLOCK=infinity MemorySwapMax=0 Restart=on-failure PrivateNetwork=yes; do
	ok "the unit has $setting" grep -qx "$setting" "survey-collect@.service"
done

# --- who runs it: not root, so that nothing is refused or allowed because of that

chmod 711 "$WORK"
if [ "$(id -u)" -eq 0 ]; then
	as=(setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all)
else
	as=()
fi
study s || { failed "a study with keys"; exit 1; }
[ "$(id -u)" -eq 0 ] && chown -R 65534:65534 s

# start OPTION...: a collector of that user's; sets SERVER and URL
start() {
	: >said
	"${as[@]}" "$COLLECT" s --listen 127.0.0.1:0 "$@" >said 2>said.err &
	SERVER=$!
	SERVERS+=("$SERVER")
	until grep -q ^Key said; do
		kill -0 "$SERVER" 2>/dev/null || { failed "a collector starts" "$(cat said.err)"; exit 1; }
		sleep 0.05
	done
	URL=$(sed -n 's|^Listening on \(http://[0-9.:]*\).*|\1|p' said)
}
# field NAME: what all threads have in /proc/PID/status
field() {
	cat /proc/"$SERVER"/task/*/status | sed -n "s/^$1:[[:space:]]*//p" | sort -u | tr '\n' ' '
}

ulimit -c unlimited 2>/dev/null
start
if [ -s said.err ]; then
	echo "  skipped some: $(cat said.err)"
fi
ok "there are several threads" test "$(ls /proc/"$SERVER"/task | wc -l)" -gt 3
same '2 ' "$(field Seccomp)" "a filter of system calls for every thread"
same '1 ' "$(field NoNewPrivs)" "no new privileges for any thread"
same '0000000000000000 ' "$(field CapEff)" "no capabilities"
same '0 0' "$(sed -n 's/^Max core file size *\([0-9a-z]*\) *\([0-9a-z]*\).*/\1 \2/p' /proc/"$SERVER"/limits)" "no core files"
# /proc/PID belongs to root where a process may not be dumped (proc(5))
same 0 "$(stat -c %u /proc/"$SERVER"/maps)" "nothing of it may be dumped"
fails 1 "Permission denied" "bad-its memory for another process of its user" "${as[@]}" head -c1 /proc/"$SERVER"/maps
"${as[@]}" sleep 60 &
SERVERS+=($!)
ok "which can look into others" "${as[@]}" head -c1 "/proc/$!/maps"
"${as[@]}" timeout 5 strace -o /dev/null -p "$SERVER" >attached 2>&1
has "Operation not permitted" "bad-a debugger of its user" cat attached

has "<html" "it serves" curl -s "$URL/en"
if [ "$(id -u)" -eq 0 ]; then
	for fd in /proc/"$SERVER"/fd/*; do readlink "$fd"; done |
		grep -vE '^(socket|anon_inode|pipe):|^/dev/null$' >held
	ok "its store is open" grep -qxF "$WORK/s/rounds/2020-05/responses.db" held
	same '' "$(grep -vxE "$WORK/(said|said\.err|s/rounds/2020-05/responses\.db)" held)" "and no other file"
else
	echo "  skipped: only root can see which files it has open"
fi

bash -c "kill -SEGV $SERVER"
wait "$SERVER" 2>/dev/null
same 139 $? "it crashes when it is told to"
same '' "$(find . -name 'core*' -size +0)" "and leaves no core"

# --- what it opens while it works, from its confinement on: a form, a store that grows, a backup

as=(strace -D -f -q -o calls -e trace=landlock_restrict_self,seccomp,openat,clone,clone3,execve)
start
as=()
"$FORM" simulate s -n 1100 --seed 4 >people.jsonl
has "<html" "it serves while it is watched" curl -s "$URL/en"
has "1100 stored" "and its store grows" "$COLLECT" s --import people.jsonl
ok "and is backed up" "$COLLECT" s --backup backup
kill -TERM "$SERVER" && wait "$SERVER"
until grep -q "^$SERVER .*+++ exited" calls; do sleep 0.05; done
sed -n '1,/seccomp(SECCOMP_SET_MODE_FILTER.* = 0/p' calls >before
sed '1,/seccomp(SECCOMP_SET_MODE_FILTER.* = 0/d' calls >after
same 0 "$(grep -c 'clone' before)" "no thread is started before"
ok "threads are, after" grep -q 'clone(.*CLONE_THREAD' after
if grep -q 'landlock_restrict_self(.* = 0' before; then
	passed "Landlock is on"
	ok "the new store was made" grep -q 'openat(.*O_CREAT.* = [0-9]' after
	same '' "$(grep 'openat(.* = [0-9]' after | grep -vE '"([^"]*/)?s/rounds/2020-05[/"]' | head -n 3)" \
		"it opens nothing outside the round's folder"
else
	echo "  skipped: this kernel has no Landlock"
fi

# --- locked memory

if [ "$(id -u)" -eq 0 ]; then
	as=()
	start
	ok "its memory is locked" test "$(field VmLck | tr -dc 0-9)" -gt 1000
	has "<html" "and it serves" curl -s "$URL/en"
	stop
	same 0 "$STOPPED" "and ends"
else
	echo "  skipped: only root, or LimitMEMLOCK=infinity, can lock memory"
fi

# --- the service manager's socket

systemd-socket-activate -l "$WORK/handed.sock" "$COLLECT" s --listen systemd >activated 2>&1 &
SERVER=$!
SERVERS+=("$SERVER")
until [ -S handed.sock ]; do sleep 0.05; done
has "<html" "a page through the manager's socket" curl -s --unix-socket handed.sock http://survey/en
same '2 ' "$(field Seccomp)" "which is confined, too"
stop
same 0 "$STOPPED" "and ends well"
