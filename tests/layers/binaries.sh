#!/bin/bash
# Goal: the collector cannot open a record, and the report program can read neither a record nor a
# store: their binaries neither hold nor link the code for it.
. "$(dirname "$0")/../flow/lib.sh"

symbols() {
	nm -a "$1" 2>/dev/null
	nm -D "$1" 2>/dev/null
}

# refuses NAME BINARY PATTERN LABEL
refuses() {
	local found
	if ! symbols "$1" | grep -q .; then
		failed "$3" "no symbols in $1"
		return
	fi
	found=$(symbols "$1" | grep -E "$2" | head -n 3)
	same '' "$found" "$3"
}

opening='crypto_box_seal_open|crypto_box_open|crypto_box_seed_keypair|crypto_box_keypair|open_record|open_key|custodian_|gfshare'
refuses "$COLLECT" "$opening" "survey-collect has no code that opens a record"
refuses "$FORM" "$opening|sqlite3_|crypto_box" "survey-form touches neither records nor keys"
refuses "$REPORT" 'sqlite3_|crypto_box|store_open|store_read|custodian_|open_record' \
	"survey-report reads neither a store nor a record"

links() {
	readelf -d "$1" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p'
}
same '' "$(links "$COLLECT" | grep -E 'gfshare|hpdf' | head -n 1)" \
	"survey-collect links neither key splitting nor PDF"
same '' "$(links "$REPORT" | grep -E 'sqlite3|gfshare|microhttpd' | head -n 1)" \
	"survey-report links neither SQLite nor key splitting nor HTTP"

# The test can fail: the analyzer does hold what the collector must not.
if symbols "$ANALYZE" | grep -qE 'crypto_box_(seal_)?open'; then
	passed "survey-analyze does hold opening code (so the search works)"
else
	failed "survey-analyze does hold opening code (so the search works)"
fi
