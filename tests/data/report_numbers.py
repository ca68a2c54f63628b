#!/usr/bin/env python3
"""report_numbers.py - are the figures of a report those of its release? Counted by other means.

usage: report_numbers.py [--previous RELEASE.json] RELEASE.json FORM.json REPORT...

A REPORT is a web page (*.html) or the text of a PDF (*.txt, from "pdftotext -layout"), named
SERIES-LANGUAGE. Shares no code with the reports: percentages are computed from the release's
counts, rounded half up, and numbers are read as the report's language writes them.

Of a page, every figure of every table that says which question it is about is compared with the
release, with its row's label, and every question of the series must have its table. Of a text,
every row that the tables should have is looked for. In both, a percentage that stands anywhere
must be one that the release publishes. Prints a line a report; exit status 1 if a figure differs.
"""
import html.parser
import json
import re
import sys

# How numbers are written: between thousands, before decimals (Unicode CLDR).
WRITTEN = {
    'en': (',', '.'), 'fr': ('\u202f\u00a0', ','), 'es': ('.', ','), 'pt': ('.', ','),
    'ru': ('\u00a0', ','), 'ar': (',', '.'),
}
DIRECTION = re.compile('[\u200e\u200f\u061c\u2066-\u2069]')
DOT = '•'
MULTIPLE = ('multiple', 'ranked')


# --- numbers as a language writes them ---

def pattern(between, before):
    thousands = r'(?:[%s]\d{3})+' % re.escape(between)
    return re.compile(r'(?<![\w.,-])([+\u2212-]?)(\d{1,3}%s|\d+)(?:%s(\d+))?(\s?%%)?(?![\w])'
                      % (thousands, re.escape(before)))


def numbers(text, language, plain=False):
    """
    Every number of a text, in order: (tenths as an integer, decimals, is a percentage). A plain
    text has lost which blanks hold a number together; between its columns stand several.
    """
    between, before = WRITTEN[language]
    if plain and not between.isascii():
        between += ' '
    found = []
    for sign, whole, part, percent in pattern(between, before).findall(DIRECTION.sub('', text)):
        whole = int(re.sub('[%s]' % re.escape(between), '', whole))
        tenths = whole * 10 + (int(part[0]) if part else 0)
        found.append((-tenths if sign in ('-', '\u2212') and sign else tenths,
                      len(part or ''), bool(percent)))
    return found


def figure(cell, language):
    """A cell's only number, in tenths; None for the dot and for an empty cell."""
    cell = cell.strip(' ')
    if cell in ('', DOT):
        return None
    found = numbers(cell, language)
    if len(found) != 1:
        raise ValueError('not one number: "%s"' % cell)
    return found[0][0]


# --- what the release says ---

def share(count, base):
    """Tenths of a percent, half up; None where nothing may be printed."""
    if count is None or not base:
        return None
    return (2000 * count + base) // (2 * base)


class Release:
    def __init__(self, path):
        with open(path, encoding='utf-8') as file:
            self.data = json.load(file)['release']
        self.groups = self.data['groups']
        self.tables = [t for t in self.data['tables'] if t['slots']]

    def of(self, question):
        """Its tables with figures, and the one that counts who wrote."""
        mine = [t for t in self.tables if t['question'] == question]
        return ([t for t in mine if t['measure'] != 'written'],
                next((t for t in mine if t['measure'] == 'written'), None))

    def twin(self, table):
        """The same table of another release, or None."""
        for t in self.tables:
            if all(t.get(k) == table.get(k) for k in ('question', 'row', 'measure', 'answers')):
                return t
        return None

    @staticmethod
    def slot(table, group):
        return next((s for s in table['slots'] if s['group'] == group), None) if table else None

    def some(self, tables, by):
        """The groups of a breakdown that any of these tables has."""
        return [g for g, group in enumerate(self.groups) if group['by'] == by
                and any(self.slot(t, g) for t in tables)]

    def percentages(self):
        """Every percentage that can be printed, in tenths."""
        found = {share(g['people'], self.data['people']) for g in self.groups}
        for t in self.tables:
            for s in t['slots']:
                known = s['counts']
                found |= {share(c, s['base']) for c in known}
        return found - {None}


class Form:
    def __init__(self, path):
        with open(path, encoding='utf-8') as file:
            self.data = json.load(file)
        self.sections = self.data['sections']
        self.questions = {q['id']: q for s in self.sections for q in s['questions']}

    def series(self, name):
        every = [s['id'] for s in self.data.get('series', [])]
        return [s for s in self.sections if name in s.get('series', every)]

    def label(self, question, table, answer, language):
        """How the questionnaire words an answer; None where the language's formats do."""
        q = self.questions[question]
        if q['type'] not in ('select_one', 'select_multiple', 'matrix', 'ranking'):
            return None
        choices = q['choices']
        if isinstance(choices, str):
            choices = self.data['choices'][choices]
        value = table['answers'][answer]
        label = next((c['label'] for c in choices if c['value'] == value), None)
        return label if isinstance(label, str) or label is None else label[language]


# --- the tables that a report should have ---

class Row:
    def __init__(self, label, figures):
        self.label, self.figures = label, figures  # tenths, or None


def column(release, table, answer, group):
    slot = release.slot(table, group)
    return share(slot['counts'][answer], slot['base']) if slot else None


def ten(count):
    return None if count is None else 10 * count


def is_compared(release, previous, question):
    """Are there figures of the round before, and of the same answers?"""
    tables, _ = release.of(question)
    return bool(previous) and any(previous.twin(t) for t in tables)


def wanted_question(form, release, previous, question, by, language):
    """The rows of a question's table; a base closes those of each of the release's tables."""
    tables, _ = release.of(question)
    country = form.questions[question]['type'] == 'country'
    groups = [0] + ([] if country and by == 'region' else release.some(tables, by))
    # the first table also says how many, and the round before
    first = by == 'region'
    compared = first and is_compared(release, previous, question)
    rows = []
    for t in tables:
        before = previous.twin(t) if previous else None
        for a in range(len(t['answers'])):
            figures = [column(release, t, a, g) for g in groups]
            if compared:
                figures.insert(1, column(previous, before, a, 0))
            if first:
                figures.insert(0, ten(release.slot(t, 0)['counts'][a]))
            rows.append(Row(form.label(question, t, a, language), figures))
        slots = [release.slot(t, g) for g in groups]
        bases = [None] * first + [ten(s['base']) if s else None for s in slots]
        if compared:
            bases.insert(2, ten(before['slots'][0]['base']) if before else None)
        rows.append(Row(None, bases))
    return rows


def wanted_people(release, by):
    """People of each group and their share, then of all."""
    people = release.data['people']
    rows = [Row(None, [ten(g['people']), share(g['people'], people)])
            for g in release.groups if g['by'] == by]
    return rows + [Row(None, [ten(people), 1000])]


def wanted_written(form, release, section, language):
    """Who wrote something, by language, a question a row."""
    rows, tables = [], []
    for q in section['questions']:
        written = release.of(q['id'])[1]
        if written:
            tables.append((q, written))
    groups = [0] + release.some([t for _, t in tables], 'language')
    for q, t in tables:
        slots = [release.slot(t, g) for g in groups]
        rows.append(Row(q['label'][language],
                        [ten(s['counts'][0]) if s else None for s in slots]))
    return rows


def wanted(form, release, previous, series, language):
    """id -> rows, of every table that the annex should have."""
    tables = {}
    for by in ('region', 'language'):
        if any(g['by'] == by for g in release.groups):
            tables['people-table-' + by] = wanted_people(release, by)
    for section in form.series(series):
        for q in section['questions']:
            counted, _ = release.of(q['id'])
            if not counted:
                continue
            for by, end in (('region', ''), ('language', '-language')):
                if by == 'region' or release.some(counted, by):
                    tables['table-' + q['id'] + end] = wanted_question(
                        form, release, previous, q['id'], by, language)
        written = wanted_written(form, release, section, language)
        if written:
            tables['table-%s-written' % section['id']] = written
    return tables


# --- what a page says ---

class Page(html.parser.HTMLParser):
    """Tables (id, rows of label and cells), the figures of charts, and all words."""
    BLOCKS = {'p', 'li', 'td', 'th', 'tr', 'h1', 'h2', 'h3', 'h4', 'caption', 'figcaption', 'text',
              'desc', 'title', 'dd', 'dt', 'div', 'summary', 'section', 'small'}

    def __init__(self, text):
        super().__init__()
        self.tables, self.charts, self.words, self.language = {}, [], [], None
        self.ids, self.table, self.row, self.cell, self.skip = [], None, None, None, 0
        self.folded = None  # the table that was read last, if it is a chart's
        self.feed(text)
        self.words = ''.join(self.words)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == 'html':
            self.language = a['lang']
        if tag == 'style':
            self.skip += 1
        if tag in ('div', 'figure'):
            self.ids.append(a.get('id'))
        if tag == 'table':
            name = next((i for i in reversed(self.ids) if i), None)
            self.table = {'id': name, 'rows': []}
        if tag == 'a' and self.folded and re.match('#table-', a.get('href', '')):
            self.charts.append((re.sub('-language$', '', a['href'][1:]), self.folded))
            self.folded = None
        if tag == 'tr':
            self.row = []
        if tag in ('td', 'th'):
            self.cell = []
        if tag in self.BLOCKS:
            self.words.append('\n')

    def handle_endtag(self, tag):
        if tag == 'style':
            self.skip -= 1
        if tag in ('div', 'figure'):
            self.ids.pop()
        if tag in ('td', 'th') and self.row is not None:
            self.row.append(re.sub('[ \t\n]+', ' ', ''.join(self.cell)).strip(' '))
            self.cell = None
        if tag == 'tr':
            self.table['rows'].append(self.row)
        if tag == 'table':
            name = self.table['id'] or ''
            if re.match('(people-)?table-', name):
                self.tables[name] = self.table['rows']
            else:
                self.folded = self.table['rows']
        if tag in self.BLOCKS:
            self.words.append('\n')

    def handle_data(self, data):
        if self.skip:
            return
        self.words.append(data)
        if self.cell is not None:
            self.cell.append(data)


class Differences:
    def __init__(self, name):
        self.name, self.tables, self.figures, self.list = name, 0, 0, []

    def add(self, text, *args):
        self.list.append(text % args)


def same_label(a, b):
    return ' '.join(DIRECTION.sub('', a).split()) == ' '.join(DIRECTION.sub('', b).split())


def compare_rows(found, name, rows, page_rows, language):
    """Rows of figures against rows of figures; heads and headings of groups have none."""
    figures = [r for r in page_rows[1:] if len(r) > 1]
    if len(figures) != len(rows):
        found.add('%s: %d rows, not %d', name, len(figures), len(rows))
        return
    found.tables += 1
    for row, got in zip(rows, figures):
        if row.label and not same_label(row.label, got[0]):
            found.add('%s: row "%s", not "%s"', name, got[0], row.label)
        if len(got) - 1 != len(row.figures):
            found.add('%s: "%s": %d figures, not %d', name, got[0], len(got) - 1,
                      len(row.figures))
            continue
        for i, want in enumerate(row.figures):
            try:
                value = figure(got[i + 1], language)
            except ValueError as error:
                found.add('%s: "%s": %s', name, got[0], error)
                continue
            found.figures += 1
            if value != want:
                found.add('%s: "%s", column %d: %s, not %s tenths', name, got[0], i + 1,
                          got[i + 1], want)


def labelled(page, table, labels):
    """The figures of the rows with one of these labels, in a question's tables."""
    found = set()
    for name in (table, table + '-language'):
        for row in page.tables.get(name, [])[1:]:
            if any(same_label(row[0], label) for label in labels):
                found |= {figure(cell, page.language) for cell in row[1:]}
    return found


def compare_chart(found, table, rows, page):
    """A chart's figures: its rows or its columns are the answers of its question's table."""
    heads = [re.sub(' (n|ن) = .*', '', h) for h in rows[0]]
    for row in rows[1:]:
        for head, cell in zip(heads[1:], row[1:]):
            value = numbers(cell, page.language)
            if len(value) != 1 or not value[0][2]:
                continue  # a base, or what is not published
            found.figures += 1
            if value[0][0] not in labelled(page, table, (row[0], head)):
                found.add('chart of %s: "%s", "%s": %s is not in the table', table, row[0], head,
                          cell)


def compare_words(found, text, language, known, plain=False):
    """Percentages anywhere: each is one that is published."""
    for tenths, decimals, percent in numbers(text, language, plain):
        if not percent or (not decimals and tenths in (0, 1000)):
            continue
        found.figures += 1
        # a percentage without its decimal is a rounded one
        near = {tenths} if decimals else set(range(tenths - 5, tenths + 5))
        if not near & known:
            found.add('in the text: %s.%s%% is no percentage of the release', tenths // 10,
                      tenths % 10)


def page_differences(path, name, form, release, previous, series):
    with open(path, encoding='utf-8') as file:
        page = Page(file.read())
    found = Differences(name)
    tables = wanted(form, release, previous, series, page.language)
    for table, rows in tables.items():
        if table not in page.tables:
            found.add('%s: is not there', table)
        else:
            compare_rows(found, table, rows, page.tables[table], page.language)
    for table in sorted(page.tables.keys() - tables.keys()):
        found.add('%s: is of nothing in the release', table)
    for table, rows in page.charts:
        compare_chart(found, table, rows, page)
    known = release.percentages() | (previous.percentages() if previous else set())
    compare_words(found, page.words, page.language, known)
    return found


# --- what a text says ---

def in_line(line, figures):
    """Do these figures stand one after another in a line, in either direction?"""
    n = len(figures)
    for wanted_ in (figures, figures[::-1]):
        if any(line[i:i + n] == wanted_ for i in range(len(line) - n + 1)):
            return True
    return False


def row_in_lines(row, lines):
    """All figures of a row, on one line or, where the table was cut, on a few."""
    figures = [f for f in row.figures if f is not None]
    if not figures or any(in_line(line, figures) for line in lines):
        return True
    for cut in range(len(figures) - 1, 0, -1):
        if any(in_line(line, figures[:cut]) for line in lines):
            return row_in_lines(Row(row.label, figures[cut:]), lines)
    return False


def text_differences(path, name, form, release, previous, series, language):
    with open(path, encoding='utf-8') as file:
        text = file.read()
    found = Differences(name)
    lines = [[n[0] for n in numbers(line, language, True)] for line in text.splitlines()]
    lines = [line for line in lines if line]
    for table, rows in wanted(form, release, previous, series, language).items():
        found.tables += 1
        for row in rows:
            found.figures += len([f for f in row.figures if f is not None])
            if not row_in_lines(row, lines):
                found.add('%s: "%s": these figures are nowhere: %s', table, row.label or '',
                          row.figures)
    known = release.percentages() | (previous.percentages() if previous else set())
    compare_words(found, text, language, known, True)
    return found


def main(arguments):
    previous = None
    if arguments[:1] == ['--previous']:
        previous, arguments = Release(arguments[1]), arguments[2:]
    if len(arguments) < 3:
        print(__doc__.split('\n')[2], file=sys.stderr)
        return 2
    release, form = Release(arguments[0]), Form(arguments[1])
    status = 0
    for path in arguments[2:]:
        name = path.rsplit('/', 1)[-1]
        series, language = name.rsplit('.', 1)[0].rsplit('-', 1)
        if name.endswith('.html'):
            found = page_differences(path, name, form, release, previous, series)
        else:
            found = text_differences(path, name, form, release, previous, series, language)
        print('%s: %d tables, %d figures, %d differ' % (name, found.tables, found.figures,
                                                       len(found.list)))
        for line in found.list[:20]:
            print('  ' + line)
        status |= bool(found.list) or not found.figures
    return status


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
