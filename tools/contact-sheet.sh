#!/bin/bash
# contact-sheet.sh - every page of some reports as small pictures on one sheet each, to look at a
# whole report at once. Needs poppler-utils and imagemagick (tools/setup.sh --tests).
#
# usage: tools/contact-sheet.sh [-w WIDTH] [-c COLUMNS] -o FOLDER FILE.pdf ...
#
#   -w WIDTH     of a page on the sheet, in pixels (260)
#   -c COLUMNS   pages beside each other (8)
#
# Writes FOLDER/NAME.png for each FILE, whose path is printed.
set -eu

width=260 columns=8 folder=
while getopts w:c:o: option; do
	case $option in
	w) width=$OPTARG ;;
	c) columns=$OPTARG ;;
	o) folder=$OPTARG ;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))
if [ -z "$folder" ] || [ $# -eq 0 ]; then
	echo "usage: contact-sheet.sh [-w WIDTH] [-c COLUMNS] -o FOLDER FILE.pdf ..." >&2
	exit 2
fi
mkdir -p "$folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for file; do
	name=$(basename "$file" .pdf)
	rm -f "$work"/*
	pdftoppm -png -scale-to-x "$width" -scale-to-y -1 "$file" "$work/page"
	montage "$work"/page*.png -tile "${columns}x" -geometry +6+6 -background '#8a8f94' \
		-define png:exclude-chunks=date,time -strip "$folder/$name.png"
	echo "$folder/$name.png"
done
