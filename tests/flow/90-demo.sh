#!/bin/bash
# Goal: ./demo --once, on a copy of the sources, ends with twelve PDFs that say "demonstration".
. "$(dirname "$0")/lib.sh"
cd "$SOURCE" || exit 1
mkdir "$WORK/copy"
tar -c --exclude=./build --exclude=./.git . | tar -x -C "$WORK/copy"
cd "$WORK/copy" || exit 1

ok "./demo --once" ./demo --once
cp "$WORK/out" "$WORK/demo.out"
same 12 "$(find build/demo/reports -name '*.pdf' | wc -l)" "12 PDFs"
for language in en fr es pt ru ar; do
	ok "600 people: some in $language" grep -qE "^600 people:.* $language [0-9]+" "$WORK/demo.out"
done
pdftotext build/demo/reports/2020-05/human-rights-en.pdf "$WORK/en.txt"
ok "the report says that it is a demonstration" grep -qi demonstration "$WORK/en.txt"
fails 2 'usage' "an unknown option" ./demo --twice
