#!/usr/bin/env python3
"""Look into PDFs with readers that are not ours.

usage: check-pdf.py FILE.pdf ...
       check-pdf.py --specimen PROGRAM FORM

Each file:
- qpdf finds no fault in it;
- every page's content is tagged or an artifact, nothing is nested wrongly, and every marked
  content leads to the structure element that names it;
- figures have alternatives, header cells a scope, links a text, and headings do not skip a level;
- bookmarks and page labels are there.

PROGRAM is specimen_text. What it prints is looked for in what it wrote:
- pdftotext gives back every word of Latin, Cyrillic and Ethiopic text, of scripts that reorder
  vowels after normalisation, and 99 % of the words of Arabic and Persian text (the questionnaire's);
- pdfinfo reads the structure to its end.
"""
import base64
import collections
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

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
    content = re.sub(rb'\((?:\\.|[^()\\])*\)', b'', content, flags=re.S)
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


def check_structure(d, where):
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
    if not root.get('/Lang', '').startswith('u:'):
        fault(where, 'no language')
    if not d.get(root['/ViewerPreferences'])['/DisplayDocTitle']:
        fault(where, 'the title is not shown')
    if d.get(root['/Outlines'])['/Count'] == 0 or '/PageLabels' not in root:
        fault(where, 'no bookmarks, or no page labels')


def check_file(path):
    result = subprocess.run(['qpdf', '--check', path], capture_output=True, text=True)
    if result.returncode:
        fault(path, result.stdout + result.stderr)
    else:
        check_structure(Document(path), os.path.basename(path))


UNSEEN = re.compile('[\u200b\u200e\u200f\u2060\u2066-\u2069\u202a-\u202e]')

# The least share of words that must come back: pdftotext may take a mark of Arabic off its
# letter. Scripts without blanks are looked for as a whole, without the ends of lines.
SHARES = {'ar': 0.99, 'fa': 0.99}
UNBROKEN = {'th', 'my', 'km', 'zh'}
# On a page that is mostly from left to right, pdftotext orders right-to-left lines wrongly.
LEFT_OUT = {'ar', 'fa', 'he'}


def words(text):
    return unicodedata.normalize('NFC', UNSEEN.sub('', text)).split()


def check_words(where, path, printed, left_out):
    text = subprocess.run(['pdftotext', path, '-'], check=True, capture_output=True,
                          text=True).stdout
    left = collections.Counter(words(text))
    whole = ''.join(words(text))
    found, wanted = collections.Counter(), collections.Counter()
    for line in printed.splitlines():
        language, sentence = line.split('\t', 1)
        if language in left_out:
            continue
        if language in UNBROKEN:
            if ''.join(words(sentence)) not in whole:
                fault(where, f'a sentence of {language} is not in the text')
            continue
        for word in words(sentence):
            wanted[language] += 1
            if left[word]:
                left[word] -= 1
                found[language] += 1
    for language in wanted:
        if found[language] < SHARES.get(language, 1) * wanted[language]:
            fault(where, f'{found[language]} of {wanted[language]} words of {language}')


def texts(value, language):
    """The form's texts in a language."""
    if isinstance(value, dict):
        if isinstance(value.get(language), str):
            yield value[language].replace('\n', ' ')
        for kid in value.values():
            yield from texts(kid, language)
    elif isinstance(value, list):
        for kid in value:
            yield from texts(kid, language)


def check_specimen(program, form_path):
    with open(form_path, encoding='utf-8') as file:
        form = json.load(file)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'scripts.pdf')
        printed = subprocess.run([program, path], check=True, capture_output=True,
                                 text=True).stdout
        check_file(path)
        check_words('scripts', path, printed, LEFT_OUT)
        tree = subprocess.run(['pdfinfo', '-struct-text', path], check=True,
                              capture_output=True, text=True).stdout
        if printed.splitlines()[-1].split('\t')[1] not in tree:
            fault('scripts', 'pdfinfo does not read the structure to its end')
        for language in ('en', 'fr', 'ru', 'ar'):
            path = os.path.join(folder, f'{language}.pdf')
            printed = subprocess.run([program, path, language], check=True,
                                     input='\n'.join(texts(form, language)),
                                     capture_output=True, text=True).stdout
            check_file(path)
            check_words(language, path, printed, set())


def main():
    if sys.argv[1] == '--specimen':
        check_specimen(*sys.argv[2:4])
    for path in sys.argv[1:] if sys.argv[1] != '--specimen' else []:
        check_file(path)
    for line in faults[:40]:
        print(line)
    print(f'{len(faults)} faults')
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    main()
