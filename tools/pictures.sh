#!/bin/bash
# pictures.sh - make the pictures of the documents: those of the survey (tools/pictures.mjs), and those
# of the reports from what ./demo --once left in build/. Needs node with the packages of
# tests/browser (tools/setup.sh --tests) and chromium; for the reports poppler-utils and imagemagick.
set -eu
cd "$(dirname "$0")/.."
study=build/demo
export BUILD=${BUILD:-build/programs}
if [ ! -d $study/reports ]; then
	echo "pictures.sh: run ./demo --once first for the pictures of reports" >&2
	exit 1
fi
mkdir -p docs
PAGES=$study/reports/2020-05 node tools/pictures.mjs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# the page with nine services compared
for language in en ar; do
	pdftoppm -png -r 100 -f 12 -l 12 -singlefile $study/reports/2020-05/health-services-$language.pdf \
		"$work/page"
	convert "$work/page.png" -resize 420x -bordercolor '#cccccc' -border 1 -strip \
		-define png:exclude-chunks=date,time "docs/report-$language.png"
done
ls -l docs docs/pictures
