#!/bin/bash
#
# Goal: the optional script makes the records that the C programs make: the plaintexts and sealed
# boxes of the test vectors, and the same verdict as the C rule book on thousands of answers. The
# same sources give the same script.
#
. "$(dirname "$0")/lib.sh"

if [ ! -f "$BUILD/forms/script/page.js" ]; then
	echo "built without the script"
	passed "nothing to test"
	exit 0
fi
cd "$SOURCE/tests/script" || exit 1

# count FILE ARGUMENT...: run a test that prints "ok ..." and "FAILED ..." lines
count() {
	local line status
	node "$@" >"$WORK/lines" 2>"$WORK/err"
	status=$?
	while IFS= read -r line; do
		case $line in
		ok\ *) passed "${line#ok }" ;;
		FAILED\ *) failed "${line#FAILED }" ;;
		*) echo "          $line" ;;
		esac
	done <"$WORK/lines"
	same 0 "$status" "$(basename "$1") runs to its end"
	[ "$status" -eq 0 ] || cat "$WORK/err"
}

count test_encode.mjs "$SOURCE/tests/data/record-vectors.json"
for form in rules.json "$SOURCE"/forms/library/*.json; do
	count test_accept.mjs "$BUILD/tests/script/accept_lines" "$form" 2000
done

mkdir "$WORK/again"
ok "the script is built again" node "$SOURCE/forms/script/build.mjs" "$WORK/again" \
	"$WORK/again/depfile" "$SOURCE/forms/script/page.js"
ok "and it is the same" cmp "$BUILD/forms/script/page.js" "$WORK/again/page.js"
lacks "$SOURCE" "no path of this machine is in it" "$BUILD/forms/script/page.js"
size=$(gzip -9c "$BUILD/forms/script/page.js" | wc -c)
echo "the page's script: $size bytes compressed"
ok "at most 20 KiB compressed" test "$size" -le 20480
