#!/usr/bin/env python3
"""Does a report's PDF say what its HTML says? With readers that are not ours.

usage: report_text.py REPORT.html REPORT.pdf

- pdftotext gives back every sentence of the HTML's paragraphs, list items, notes, headings and
  captions (of right-to-left reports at least 97 of 100 words);
- of left-to-right reports pdfinfo -struct-text reads the same sentences, to the last one; those of
  paragraphs in the HTML's order (notes stand at the foot or in the margin of a page, and a figure
  may wait for the next one).

Letters and digits are compared, not blanks, hyphens and signs. Prints one line a fault.
"""
import html.parser
import re
import subprocess
import sys
import unicodedata

BLOCKS = {'p', 'li', 'h1', 'h2', 'h3', 'h4', 'caption', 'figcaption', 'blockquote'}
SKIP = {'style', 'script', 'svg', 'nav', 'details', 'head', 'table'}
OWN = {'up', 'heard', 'notes-title'}  # what only a page on the web has
ASIDE = {'aside', 'figure', 'footer'}
RIGHT_TO_LEFT = {'ar', 'fa', 'ur', 'he'}


def fold(text):
    text = unicodedata.normalize('NFKC', text)
    return ''.join(c for c in text if unicodedata.category(c)[0] in 'LMN').casefold()


class Reader(html.parser.HTMLParser):
    """The blocks of the page's main part, as texts in their order."""

    def __init__(self):
        super().__init__()
        self.language = ''
        self.blocks, self.text, self.skipped = [], [], []
        self.running = []  # blocks whose order is that of the text
        self.aside, self.asides = 0, []
        self.main = False

    def end(self):
        text = re.sub(r'\s+', ' ', ''.join(self.text)).strip()
        if text:
            self.blocks.append(text)
            if not self.aside and len(fold(text)) > 60:
                self.running.append(text)
        self.text = []

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == 'html':
            self.language = a.get('lang', '')
        if tag == 'main':
            self.main = True
        if tag in BLOCKS or a.get('class') == 'big':
            self.end()
        if tag in ASIDE or a.get('class') == 'notes':
            self.aside += 1
            self.asides.append(tag)
        if tag in SKIP or a.get('class') in OWN:
            self.skipped.append(tag)

    def handle_endtag(self, tag):
        if self.skipped and self.skipped[-1] == tag:
            self.skipped.pop()
            self.text = [] if tag in BLOCKS else self.text
        if tag in BLOCKS or tag in ASIDE:
            self.end()
        if self.asides and self.asides[-1] == tag:
            self.asides.pop()
            self.aside -= 1
        if tag == 'main':
            self.main = False

    def handle_data(self, data):
        if self.main and not self.skipped:
            self.text.append(data)


def sentences(blocks):
    for block in blocks:
        for sentence in re.split(r'(?<=[.!?؟…:;])\s+', block):
            if len(fold(sentence)) > 3:
                yield sentence


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def pages_of(path):
    """Each page's text in the order in which it is drawn, without what stands at head and foot."""
    text = run('pdftotext', '-raw', '-x', '0', '-y', '58', '-W', '620', '-H', '736', path, '-')
    return [fold(p) for p in text.split('\f')]


def found(sentence, pages, whole):
    """In one page, or in two that follow each other, or broken by something between (a footnote)."""
    wanted = fold(sentence)
    if wanted in whole or any(wanted in p for p in pages):
        return True
    for i, page in enumerate(pages):
        for cut in range(1, len(wanted)):
            if wanted[:cut] not in page:
                break
            # a figure that waited may take the whole next page
            if any(wanted[cut:] in p for p in pages[i + 1:i + 3]):
                return True
    return False


def words_found(blocks, whole):
    """Share of the words that the text of the PDF has."""
    have = {}
    for word in re.findall(r'\w+', whole):
        have[fold(word)] = have.get(fold(word), 0) + 1
    wanted = [fold(w) for b in blocks for w in re.findall(r'\w+', b)]
    got = 0
    for word in wanted:
        if have.get(word, 0) > 0:
            have[word] -= 1
            got += 1
    return got, len(wanted)


def check_structure(reader, path, faults):
    """The structure's text, to the end and in order."""
    quoted = re.findall(r'^\s*"(.*)"$', run('pdfinfo', '-struct-text', path), re.M)
    text, at = fold(''.join(quoted)), 0
    for sentence in sentences(reader.blocks):
        if fold(sentence) not in text:
            faults.append(f'{path}: not in the structure: {sentence[:100]}')
    for sentence in sentences(reader.running):
        where = text.find(fold(sentence))
        if where < 0 or text.find(fold(sentence), where + 1) >= 0:
            continue  # only what stands in one place has an order
        if where < at:
            faults.append(f'{path}: not in its order: {sentence[:100]}')
        at = max(at, where)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    page, path = sys.argv[1:]
    reader = Reader()
    with open(page, encoding='utf-8') as f:
        reader.feed(f.read())
    faults = []
    if len(reader.blocks) < 20:
        faults.append(f'{page}: only {len(reader.blocks)} texts')
    if reader.language.split('-')[0] in RIGHT_TO_LEFT:
        got, wanted = words_found(reader.blocks, run('pdftotext', '-raw', path, '-'))
        if got < 0.97 * wanted:
            faults.append(f'{path}: {got} of {wanted} words are found')
    else:
        pages = pages_of(path)
        whole = ''.join(pages)
        for sentence in sentences(reader.blocks):
            if not found(sentence, pages, whole):
                faults.append(f'{path}: not found: {sentence[:100]}')
        check_structure(reader, path, faults)
    for fault in faults[:20]:
        print(fault)
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    main()
