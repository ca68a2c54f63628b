#!/bin/bash
# pictures.sh - make the pictures of the README (docs/*.png) from what ./demo --once left in build/.
# Needs chromium, poppler-utils and imagemagick.
set -eu
cd "$(dirname "$0")/.."
programs=build/programs
study=build/demo
[ -d $study/reports ] || { echo "pictures.sh: run ./demo --once first" >&2; exit 1; }
work=$(mktemp -d)
collector=
trap 'kill $collector 2>/dev/null; rm -rf "$work"' EXIT

# an empty round of its own, so that the form is open
cp -r $study "$work/study"
printf '%s\n' 'first picture passphrase' 'second picture passphrase' 'third picture passphrase' \
	>"$work/passphrases"
$programs/analyzer/survey-keys create "$work/study" --round 2020-11 --custodians 3 --quorum 2 \
	-o "$work/keys" --passphrase-file "$work/passphrases" >/dev/null
$programs/collector/survey-collect "$work/study" --round 2020-11 --listen 127.0.0.1:0 >"$work/log" &
collector=$!
for _ in $(seq 50); do
	url=$(sed -n 's|^Listening on \(http://[0-9.:]*\).*|\1|p' "$work/log")
	[ -n "$url" ] && break
	sleep 0.1
done

shot() { # FILE LANGUAGE: a phone, 360 by 740 points, below the first words
	chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-sync \
		--disable-background-networking --disable-component-update --hide-scrollbars \
		--user-data-dir="$work/chromium" --force-device-scale-factor=2 --window-size=500,1480 \
		--screenshot="$work/shot.png" "$url/$2" >/dev/null 2>&1
	convert "$work/shot.png" -crop 1000x1500+0+0 +repage -resize 40% -strip \
		-define png:exclude-chunks=date,time "docs/$1"
}

mkdir -p docs
shot form-en.png en
shot form-ar.png ar
for language in en ar; do
	pdftoppm -png -r 100 -f 3 -l 3 -singlefile $study/reports/2020-05/health-services-$language.pdf \
		"$work/page"
	convert "$work/page.png" -resize 420x -bordercolor '#cccccc' -border 1 -strip \
		-define png:exclude-chunks=date,time "docs/report-$language.png"
done
ls -l docs
