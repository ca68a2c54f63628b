#!/usr/bin/env python3
"""Look into reports of the made-up release, with readers that are not ours.

usage: check-pdf.py SPECIMEN FORM

- qpdf finds no fault in the file;
- every page's content is tagged or an artifact, nothing is nested wrongly, and every marked
  content leads to the structure element that names it;
- figures have alternatives, header cells a scope, links a text, and headings do not skip a level;
- pdftotext gives back the questions' texts, and the percentages of the first chart;
- bookmarks and page labels are there.
"""
import base64
import json
import os
import re
import subprocess
import sys
import tempfile

faults = []


def fault(where, what):
    faults.append(f'{where}: {what}')


class Document:
    def __init__(self, path):
        self.path = path
        text = subprocess.run(
            ['qpdf', '--json=2', '--json-stream-data=inline', '--decode-level=generalized', path],
            check=True, capture_output=True).stdout
        self.objects = json.loads(text)['qpdf'][1]

    def get(self, v):
        """The value of a reference, or the value itself."""
        while isinstance(v, str) and re.fullmatch(r'\d+ \d+ R', v):
            v = self.objects['obj:' + v]
            v = v['stream']['dict'] if 'stream' in v else v['value']
        return v

    def stream(self, reference):
        return base64.b64decode(self.objects['obj:' + reference]['stream']['data'])

    def pages(self, node=None):
        node = node or self.get(self.root()['/Pages'])
        for kid in node['/Kids']:
            page = self.get(kid)
            if page['/Type'] == '/Pages':
                yield from self.pages(page)
            else:
                yield kid, page

    def root(self):
        return self.get(self.objects['trailer']['value']['/Root'])


def marks(content):
    """Operators that open, close or paint, in order."""
    content = re.sub(rb'<[0-9A-Fa-f\s]*>', b'', content)
    token = re.compile(rb'/(\w+)\s*<<(.*?)>>\s*BDC|/(\w+) BMC|\b(EMC|TJ|Tj|f|S|B)\b', re.S)
    for m in token.finditer(content):
        if m.group(4):
            yield m.group(4).decode(), None
        else:
            number = re.search(rb'/MCID (\d+)', m.group(2) or b'')
            yield 'open', ((m.group(1) or m.group(3)).decode(),
                           int(number.group(1)) if number else None)


def check_content(d, where, reference, page, parents):
    element = d.get(parents[page['/StructParents']])
    kind, seen = [], set()
    for operator, what in marks(d.stream(page['/Contents'])):
        if operator == 'open':
            tag, number = what
            now = 'artifact' if tag == 'Artifact' else 'span' if number is None else 'content'
            if now != 'span' and any(k != 'span' for k in kind):
                fault(where, f'{tag} inside other marked content')
            kind.append(now)
            if number is not None:
                seen.add(number)
                kids = d.get(d.get(element[number])['/K'])
                if not any(kid == number if isinstance(kid, int) else
                           isinstance(d.get(kid), dict) and d.get(kid).get('/MCID') == number and
                           d.get(kid)['/Pg'] == reference for kid in kids):
                    fault(where, f'marked content {number} is not in its element')
        elif operator == 'EMC':
            if not kind:
                fault(where, 'EMC without a beginning')
                return
            kind.pop()
        elif not kind:
            fault(where, f'{operator} that is neither tagged nor an artifact')
    if kind:
        fault(where, 'marked content that does not end')
    if seen != set(range(len(element))):
        fault(where, 'numbers of marked content are not those of the parent tree')


def check_element(d, where, element, parent, levels):
    kind = element['/S'][1:]
    if d.get(element['/P']) is not parent:
        fault(where, f'{kind} has another parent')
    if kind == 'Figure' and len(element.get('/Alt', '')) < 12:
        fault(where, 'a figure without an alternative')
    if kind == 'TH' and '/Scope' not in element.get('/A', {}):
        fault(where, 'a header cell without a scope')
    if re.fullmatch(r'H\d', kind):
        if int(kind[1]) > levels[-1] + 1:
            fault(where, f'{kind} after H{levels[-1]}')
        levels.append(int(kind[1]))
    cells = {'TR': {'TH', 'TD'}, 'THead': {'TR'}, 'TBody': {'TR'}, 'TOC': {'TOCI'},
             'Table': {'Caption', 'THead', 'TBody'}}
    for kid in d.get(element['/K']):
        kid = d.get(kid)
        if not isinstance(kid, dict):
            continue
        if '/S' in kid:
            if kind in cells and kid['/S'][1:] not in cells[kind]:
                fault(where, f"{kid['/S']} inside {kind}")
            check_element(d, where, kid, element, levels)
        elif kid.get('/Type') == '/OBJR' and '/Contents' not in d.get(kid['/Obj']):
            fault(where, 'a link without a text')


def check_structure(d, where, language):
    root = d.root()
    tree = d.get(root['/StructTreeRoot'])
    numbers = d.get(tree['/ParentTree'])['/Nums']
    keys = numbers[::2]
    if keys != sorted(keys):
        fault(where, 'the parent tree is not sorted')
    parents = dict(zip(keys, numbers[1::2]))
    for i, (reference, page) in enumerate(d.pages(), 1):
        check_content(d, f'{where} page {i}', reference, page, parents)
    check_element(d, where, d.get(tree['/K']), tree, [0])
    if root['/Lang'] != f'u:{language}':
        fault(where, 'another language')
    if not d.get(root['/ViewerPreferences'])['/DisplayDocTitle']:
        fault(where, 'the title is not shown')
    if d.get(root['/Outlines'])['/Count'] == 0 or '/PageLabels' not in root:
        fault(where, 'no bookmarks, or no page labels')
    if language == 'ar' and d.get(root['/ViewerPreferences']).get('/Direction') != '/R2L':
        fault(where, 'pages do not turn from right to left')


def squeeze(text):
    return re.sub(r'[\s\u200e\u200f\u2060\u2066-\u2069\u202f\u00a0]+', ' ', text)


def check_text(where, path, form, series, language):
    text = squeeze(subprocess.run(['pdftotext', path, '-'], check=True,
                                  capture_output=True, text=True).stdout)
    found = words = 0
    for section in form['sections']:
        if form['series'][series]['id'] not in section.get('series', []):
            continue
        for question in section['questions']:
            if question['type'] == 'note':
                continue
            label = squeeze(question['label'].get(language, question['label']['en']))
            if language == 'ar':
                words += len(label.split())
                found += sum(word in text for word in label.split())
            elif label not in text:
                fault(where, f"the question {question['id']} is not in the text")
    if language == 'ar' and found < 0.9 * words:
        fault(where, f'{found} of {words} words of the questions are in the text')
    if not re.search(r'\d[.,]\d ?%', text):
        fault(where, 'no percentage is in the text')
    if '1642' not in re.sub(r'[ ,.]', '', text):
        fault(where, 'the number of people is not in the text')


def main():
    specimen, form_path = sys.argv[1:3]
    with open(form_path, encoding='utf-8') as file:
        form = json.load(file)
    with tempfile.TemporaryDirectory() as folder:
        for language, series in (('en', 0), ('ru', 1), ('ar', 0)):
            where = f'{language} {series}'
            path = os.path.join(folder, f'{language}.pdf')
            subprocess.run([specimen, form_path, language, str(series), path], check=True)
            result = subprocess.run(['qpdf', '--check', path], capture_output=True, text=True)
            if result.returncode:
                fault(where, result.stdout + result.stderr)
                continue
            check_structure(Document(path), where, language)
            check_text(where, path, form, series, language)
    for line in faults[:40]:
        print(line)
    print(f'{len(faults)} faults')
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    main()
