#!/bin/bash
# Goal: LibreOffice opens the workbook of a release, finds no formula in it, and reads the numbers.
. "$(dirname "$0")/../flow/lib.sh"
cd "$WORK" || exit 1

ok "a study" "$FORM" new s
jq '(.sections[].questions[]? | select(.id == "gender") | .label.en) = "=1+1"' s/form.json >x && mv x s/form.json
sed -i 's/"demonstration": false/"demonstration": true/' s/study.json
ok "keys" keys s 2020-05
ok "simulate" "$FORM" simulate s -n 600 --seed 3 -o people.jsonl
ok "import" "$COLLECT" s --import people.jsonl
ok "close" "$COLLECT" s --close
ok "release" analyze s --release
for language in en ar; do
	ok "workbook: $language" "$ANALYZE" s --format xlsx --language $language -o book-$language.xlsx
	ok "LibreOffice opens it" soffice "-env:UserInstallation=file://$WORK/office" --headless \
		--convert-to fods book-$language.xlsx
	python3 - book-$language.fods s/releases/2020-05-01.json >read.txt <<'END'
import json, sys
import xml.etree.ElementTree as ET
T = '{urn:oasis:names:tc:opendocument:xmlns:table:1.0}'
O = '{urn:oasis:names:tc:opendocument:xmlns:office:1.0}'
root = ET.parse(sys.argv[1]).getroot()
formulas = sum(e.get(T + 'formula') is not None for e in root.iter())
release = json.load(open(sys.argv[2], encoding='utf-8'))['release']
numbers = sorted(float(e.get(O + 'value')) for e in root.iter(T + 'table-cell')
                 if e.get(O + 'value-type') == 'float' and e.get(O + 'value') is not None)
total = sum(v for v in numbers)
tables = root.iter(T + 'table')
print('formulas', formulas)
print('sheets', len({t['question'] for t in release['tables']}) + 1 <= len(list(tables)))
print('people', float(release['people']) in numbers)
END
	same 'formulas 0' "$(grep formulas read.txt)" "0 formulas: $language"
	same 'sheets True' "$(grep sheets read.txt)" "every sheet is there: $language"
	same 'people True' "$(grep people read.txt)" "numbers are numbers: $language"
done
