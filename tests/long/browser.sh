#!/bin/bash
# Goal: what tests/browser/ checks, more of it: four times the sets of answers, every language on the
# desktop, too.
cd "$(dirname "$0")/../browser" || exit 1
status=0
SETS=2000 node 10-skip.mjs || status=1
LONG=1 node 20-pages.mjs || status=1
exit $status
