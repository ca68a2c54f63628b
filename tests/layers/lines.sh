#!/bin/bash
# Goal: no line of C in report/ is longer than 100 columns, with tabs of 8.
. "$(dirname "$0")/../flow/lib.sh"
cd "$SOURCE" || exit 1

python3 - report/*.[ch] >"$WORK/long" <<'END'
import sys

for name in sys.argv[1:]:
    for i, line in enumerate(open(name, encoding="utf-8"), 1):
        columns = len(line.rstrip("\n").expandtabs(8))
        if columns > 100:
            print(f"{name}:{i}: {columns} columns")
END
same '' "$(head -n 20 "$WORK/long")" "no line of C in report/ is longer than 100 columns"
