#!/bin/bash
# Goal: people open the exported workbooks in LibreOffice and save them there: nothing changes.
. "$(dirname "$0")/../flow/lib.sh"
cd "$WORK" || exit 1

if ! command -v soffice >/dev/null; then
	passed "LibreOffice is not here: the exported workbooks were not opened in it"
	exit
fi
for form in "$SOURCE"/forms/library/*.json; do
	name=$(basename "$form" .json)
	mkdir -p saved
	"$FORM" export "$form" -o "$name.xlsx" >/dev/null
	"$FORM" import "$name.xlsx" -o before.json >/dev/null
	ok "$name: LibreOffice opens it and saves it" timeout 300 soffice --headless \
		"-env:UserInstallation=file://$WORK/profile" --convert-to xlsx --outdir saved "$name.xlsx"
	ok "$name: what it saved is imported" "$FORM" import "saved/$name.xlsx" -o after.json
	ok "$name: and nothing has changed" cmp before.json after.json
done
