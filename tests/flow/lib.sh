# lib.sh - what the flow scripts share. Source it first: . "$(dirname "$0")/lib.sh"
#
# BUILD    the build folder (default build/check)
# WORK     an empty folder of the script's own, removed at its end; programs' output goes there
# COUNTS   file that each check adds "passed" or "failed" to (tests/run.sh counts them)

set -u
SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
BUILD=$(cd "${BUILD:-$SOURCE/build/check}" && pwd)
WORK=$(mktemp -d "${TMPDIR:-/tmp}/peer-survey-flow.XXXXXX")
COUNTS=${COUNTS:-$WORK/counts}
FORM=$BUILD/forms/survey-form
KEYS=$BUILD/analyzer/survey-keys
COLLECT=$BUILD/collector/survey-collect
ANALYZE=$BUILD/analyzer/survey-analyze
REPORT=$BUILD/report/survey-report
SERVERS=()
export LC_ALL=C.UTF-8

finish() {
	local status=$? pid
	# what still runs: the number of a process that has ended may be somebody else's by now
	for pid in $(jobs -pr); do
		kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
	done
	if [ "$COUNTS" = "$WORK/counts" ] && grep -q failed "$COUNTS" 2>/dev/null; then
		status=1
	fi
	rm -rf "$WORK"
	exit "$status"
}
trap finish EXIT

passed() {
	echo passed >>"$COUNTS"
	echo "  ok      $1"
}

failed() {
	echo failed >>"$COUNTS"
	echo "  FAILED  $1"
	shift
	printf '          %s\n' "$@"
}

# ok LABEL COMMAND...: the command must succeed.
ok() {
	local label=$1
	shift
	if "$@" >"$WORK/out" 2>"$WORK/err"; then
		passed "$label"
	else
		failed "$label" "exit status $? of: $*" "$(tail -n 3 "$WORK/out")" \
			"$(tail -n 3 "$WORK/err")"
	fi
}

# fails STATUS TEXT LABEL COMMAND...: the command must end with STATUS, say TEXT on stderr, and
# say it in one line.
fails() {
	local wanted=$1 text=$2 label=$3 status
	shift 3
	"$@" >"$WORK/out" 2>"$WORK/err"
	status=$?
	if [ "$status" -ne "$wanted" ]; then
		failed "$label" "exit status $status instead of $wanted" "$(head -n 3 "$WORK/err")"
	elif ! grep -qF -- "$text" "$WORK/err"; then
		failed "$label" "\"$text\" is not in: $(head -n 3 "$WORK/err")"
	elif [ "$(wc -l <"$WORK/err")" -ne 1 ]; then
		failed "$label" "more than one line: $(head -n 3 "$WORK/err")"
	else
		passed "$label"
	fi
}

# has TEXT LABEL COMMAND...: the command must succeed and print TEXT on standard output.
has() {
	local text=$1 label=$2
	shift 2
	if "$@" >"$WORK/out" 2>"$WORK/err" && grep -qF -- "$text" "$WORK/out"; then
		passed "$label"
	else
		failed "$label" "\"$text\" is not in: $(head -n 5 "$WORK/out" | cut -c1-300)" \
			"$(head -n 3 "$WORK/err")"
	fi
}

# lacks TEXT LABEL FILE...: no file may contain TEXT.
lacks() {
	local text=$1 label=$2
	shift 2
	if grep -qaF -- "$text" "$@" 2>/dev/null; then
		failed "$label" "found in: $(grep -laF -- "$text" "$@" | head -n 3)"
	else
		passed "$label"
	fi
}

# same WANTED GOT LABEL
same() {
	if [ "$1" = "$2" ]; then
		passed "$3"
	else
		failed "$3" "wanted: $(printf %.300s "$1")" "got:    $(printf %.300s "$2")"
	fi
}

# serve STUDY [OPTION...]: start a collector on a free port; sets SERVER (its pid) and URL.
serve() {
	local log=$WORK/serve.$RANDOM
	"$COLLECT" "$@" --listen 127.0.0.1:0 >"$log" 2>"$log.err" &
	SERVER=$!
	SERVERS+=("$SERVER")
	URL=
	for _ in $(seq 100); do
		URL=$(sed -n 's|^Listening on \(http://[0-9.:]*\).*|\1|p' "$log" 2>/dev/null)
		[ -n "$URL" ] && return 0
		kill -0 "$SERVER" 2>/dev/null || break
		sleep 0.1
	done
	failed "a collector starts" "$(cat "$log.err")"
	return 1
}

# stop: end the collector gently; sets STOPPED to its exit status.
stop() {
	kill -TERM "$SERVER" 2>/dev/null
	wait "$SERVER"
	STOPPED=$?
}

# study FOLDER [ROUND]: a study from the library with keys for 2 of 3 custodians, whose key files
# are in FOLDER-keys and whose passphrases are in FOLDER-keys/passphrases.
study() {
	"$FORM" new "$1" >/dev/null &&
	sed -i 's/"demonstration": false/"demonstration": true/' "$1/study.json" &&
	keys "$1" "${2:-2020-05}"
}

# keys FOLDER ROUND: make a round's keys as study() does.
keys() {
	mkdir -p "$1-keys" && chmod 700 "$1-keys" &&
	printf '%s\n' 'first demo passphrase' 'second demo passphrase' 'third demo passphrase' \
		>"$1-keys/passphrases" &&
	"$KEYS" create "$1" --round "$2" --custodians 3 --quorum 2 -o "$1-keys" \
		--passphrase-file "$1-keys/passphrases" >"$1-keys/ceremony"
}

# analyze FOLDER ARGUMENT...: survey-analyze with two of the three custodians.
analyze() {
	local folder=$1
	shift
	head -n 2 "$folder-keys/passphrases" >"$WORK/two"
	"$ANALYZE" "$folder" --key "$folder-keys/custodian-1.key" \
		--key "$folder-keys/custodian-2.key" --passphrase-file "$WORK/two" "$@"
}

# sanitized: are these programs built with the sanitizers, and slow?
sanitized() { readelf -d "$COLLECT" | grep -q libasan; }
