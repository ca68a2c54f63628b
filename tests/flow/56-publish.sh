#!/bin/bash
# Goal: beside a release stand a workbook, tidy data and their description, made from what was
# protected alone; no text becomes a formula, numbers are numbers, Arabic runs from right to left.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1

ok "a study" "$FORM" new s
# texts that a spreadsheet would run
jq '(.sections[].questions[]? | select(.id == "gender") | .label.en) = "=HYPERLINK(\"http://x\",\"Gender\")" |
	.choices |= map_values(map(if .value == "never" or .value == "yes" then .label.en = "+1+cmd" else . end))' \
	s/form.json >x && mv x s/form.json
sed -i 's/"demonstration": false/"demonstration": true/' s/study.json
ok "keys" keys s 2020-05
ok "simulate" "$FORM" simulate s -n 600 --seed 3 -o people.jsonl
ok "import" "$COLLECT" s --import people.jsonl
fails 3 'no release' "a workbook of exact counts is refused" analyze s --format xlsx -o exact.xlsx
fails 3 'no release' "nothing is published yet" "$ANALYZE" s --published
ok "close" "$COLLECT" s --close
ok "release" analyze s --release
for suffix in json csv xlsx datapackage.json counts; do
	ok "R-01.$suffix is there" test -s "s/releases/2020-05-01.$suffix"
done
same '' "$(ls s/releases | grep -v '^2020-05-01\.\(json\|csv\|xlsx\|datapackage.json\|counts\)$')" "and nothing else"

# book FILE JSON: what is in a workbook, by its XML, against the release
cat >book.py <<'END'
import json, re, sys, zipfile
import xml.etree.ElementTree as ET
M = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
z = zipfile.ZipFile(sys.argv[1])
release = json.load(open(sys.argv[2], encoding='utf-8'))['release']
strings = [''.join(t.text or '' for t in si.iter(M + 't'))
           for si in ET.fromstring(z.read('xl/sharedStrings.xml'))]
names = [s.get('name') for s in ET.fromstring(z.read('xl/workbook.xml')).iter(M + 'sheet')]
sheets = [ET.fromstring(z.read('xl/worksheets/sheet%d.xml' % (i + 1))) for i in range(len(names))]
print('formulas', sum(len(list(s.iter(M + 'f'))) for s in sheets))
questions = list(dict.fromkeys(t['question'] for t in release['tables']))
print('sheets', names == ['about'] + [q[:31] for q in questions])
print('charts', sum(n.startswith('xl/charts/chart') for n in z.namelist()) >= 40)
print('rtl', all(s.find(M + 'sheetViews')[0].get('rightToLeft') == '1' for s in sheets))
print('texts', any(s.startswith('=HYPERLINK') for s in strings), any(s.startswith('+1+cmd') for s in strings))
def cells(sheet):
    for c in sheet.iter(M + 'c'):
        v = c.find(M + 'v')
        if v is not None:
            yield c.get('r'), strings[int(v.text)] if c.get('t') == 's' else float(v.text)
# every row of counts of every table, in order: numbers as in the release, a dot where it has none
bad = rows = 0
for name, sheet in list(zip(names, sheets))[1:]:
    grid = {}
    for at, value in cells(sheet):
        column = re.match('[A-Z]+', at)[0]
        n = 0
        for c in column:
            n = n * 26 + ord(c) - 64
        grid[int(at[len(column):]), n] = value
    heads = sorted(r for (r, c), v in grid.items() if c == 1 and v == 'people')
    tables = [t for t in release['tables'] if t['question'] == name and t['slots']]
    if len(heads) != len(tables):
        bad += 1
        continue
    for head, t in zip(heads, tables):
        for a in range(len(t['answers'])):
            wanted = [s['counts'][a] for s in t['slots']]
            got = [grid.get((head + 1 + a, 2 + i)) for i in range(len(wanted))]
            rows += 1
            bad += got != ['\u00b7' if w is None else w for w in wanted]
        base = head + 1 + len(t['answers'])
        bad += [grid.get((base, 2 + i)) for i in range(len(t['slots']))] != [s['base'] for s in t['slots']]
        for a in range(len(t['answers'])):
            s = t['slots'][0]
            got = grid.get((base + 6 + a, 2))
            wanted = None if s['counts'][a] is None else (s['counts'][a] * 2000 + s['base']) // (2 * s['base']) / 1000
            bad += got != ('\u00b7' if wanted is None else wanted)
print('counts', rows > 200, bad)
END
python3 book.py s/releases/2020-05-01.xlsx s/releases/2020-05-01.json >book.txt 2>&1
same 'formulas 0' "$(grep formulas book.txt)" "the workbook has no formula" "$(tail -n 3 book.txt)"
same 'sheets True' "$(grep sheets book.txt)" "a sheet a question"
same 'charts True' "$(grep charts book.txt)" "charts"
same 'texts True True' "$(grep texts book.txt)" "texts that look like formulas are texts"
same 'counts True 0' "$(grep counts book.txt)" "its numbers are those of the release, dots where it has none"
same 'rtl False' "$(grep rtl book.txt)" "English runs from left to right"

ok "later, in Arabic, without a key" "$ANALYZE" s --format xlsx --language ar -o ar.xlsx
python3 book.py ar.xlsx s/releases/2020-05-01.json >ar.txt 2>&1
same 'rtl True' "$(grep rtl ar.txt)" "Arabic runs from right to left"
same 'counts True 0' "$(grep counts ar.txt)" "the same numbers in it"
ok "again" "$ANALYZE" s --format xlsx --language ar -o again.xlsx
ok "is the same bytes" cmp ar.xlsx again.xlsx
ok "tidy data in French" "$ANALYZE" s --published --format csv --language fr -o fr.csv
has 'Femme' "has French labels" cat fr.csv
same "$(wc -l <s/releases/2020-05-01.csv)" "$(wc -l <fr.csv)" "and the same lines"
has 'not published, to protect people' "the release at the terminal" "$ANALYZE" s --published --question gender
lacks 'not for publication' "is for publication" "$WORK/out"

# the data package describes the tidy data: each field of each line is of its type
cat >package.py <<'END'
import csv, json, os, re, sys
folder, name = os.path.split(sys.argv[1])
p = json.load(open(sys.argv[1], encoding='utf-8'))
r = p['resources'][0]
path = os.path.join(folder, r['path'])
raw = open(path, 'rb').read()
lines = list(csv.reader(raw.decode('utf-8').splitlines(True)))
fields = [f['name'] for f in r['schema']['fields']]
types = {'string': '.*', 'integer': '[0-9]+', 'number': r'-?[0-9]+(\.[0-9]+)?'}
bad = sum(not re.fullmatch(types[f['type']], v, re.S) for l in lines[1:]
          for f, v in zip(r['schema']['fields'], l) if v not in r['schema']['missingValues'])
print(re.fullmatch(r'[a-z0-9._-]+', p['name']) is not None, p['profile'], lines[0] == fields,
      r['bytes'] == len(raw), all(len(l) == len(fields) for l in lines), bad)
END
same 'True tabular-data-package True True True 0' "$(python3 package.py s/releases/2020-05-01.datapackage.json)" \
	"the data package describes the tidy data"

cp -r s t
python3 - t/releases/2020-05-01.json <<'END'
import re, sys
s = open(sys.argv[1]).read()
open(sys.argv[1], 'w').write(re.sub(r'"set_aside":0', '"set_aside":1', s))
END
fails 1 'signature' "a release edited by hand is not shown" "$ANALYZE" t --published
fails 1 'signature' "nor made into a workbook" "$ANALYZE" t --format xlsx -o t.xlsx
ok "nothing was written" test ! -e t.xlsx
fails 2 '-o FILE' "a workbook needs a file" "$ANALYZE" s --format xlsx
