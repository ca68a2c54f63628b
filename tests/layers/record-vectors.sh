#!/bin/bash
# Goal: the file of test vectors is what the independent implementation of survey-record(5) writes.
. "$(dirname "$0")/../flow/lib.sh"
cd "$SOURCE" || exit 1

python3 tests/data/record-vectors.py >"$WORK/vectors.json"
ok "record-vectors.json is written by record-vectors.py" \
	cmp tests/data/record-vectors.json "$WORK/vectors.json"
