#!/usr/bin/env python3
"""make.py - workbooks for the tests of survey-form import: real .xlsx files, and damaged ones.

usage: make.py FOLDER

Writes FOLDER/NAME.xlsx; what each must give stands in NAME.expect beside this file. Only the
standard library is used, so that nothing between us and the bytes is clever.
"""
import sys
import zipfile
from xml.sax.saxutils import escape

MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def column(index):
    name = ''
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


class Rich(list):
    """A cell of formatted runs."""


class Raw(str):
    """A cell as XML: <c> without its reference, which %s stands for."""


def cell(ref, value, shared):
    if value is None or value == '':
        return ''
    if isinstance(value, Raw):
        return value % ref
    if isinstance(value, Rich):
        runs = ''.join('<r><rPr><b/></rPr><t xml:space="preserve">%s</t></r>' % escape(run)
                       for run in value)
        shared.append('<si>%s</si>' % runs)
        return '<c r="%s" t="s"><v>%d</v></c>' % (ref, len(shared) - 1)
    if isinstance(value, bool):
        return '<c r="%s" t="b"><v>%d</v></c>' % (ref, value)
    if isinstance(value, (int, float)):
        return '<c r="%s"><v>%r</v></c>' % (ref, value)
    if len(value) % 2:
        return '<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (
            ref, escape(value))
    shared.append('<si><t xml:space="preserve">%s</t></si>' % escape(value))
    return '<c r="%s" t="s"><v>%d</v></c>' % (ref, len(shared) - 1)


def sheet(rows, shared, skip=0, more=''):
    out = [HEAD, '<worksheet xmlns="%s"><sheetData>' % MAIN]
    for y, row in enumerate(rows):
        cells = ''.join(cell('%s%d' % (column(x), y + 1 + skip), value, shared)
                        for x, value in enumerate(row))
        if cells:
            out.append('<row r="%d">%s</row>' % (y + 1 + skip, cells))
    out.append('</sheetData>%s</worksheet>' % more)
    return ''.join(out)


def book(path, sheets, skip=0, hidden=(), more=''):
    """sheets: (name, rows) in order."""
    shared, parts, names, rels, types = [], [], '', '', ''
    for i, (name, rows) in enumerate(sheets, 1):
        parts.append(('xl/worksheets/sheet%d.xml' % i, sheet(rows, shared, skip, more)))
        state = ' state="hidden"' if name in hidden else ''
        names += '<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>' % (escape(name), i, state, i)
        rels += '<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>' % (
            i, RELS, i)
        types += ('<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.'
                  'openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>' % i)
    last = len(sheets) + 1
    rels += '<Relationship Id="rId%d" Type="%s/sharedStrings" Target="sharedStrings.xml"/>' % (
        last, RELS)
    parts += [
        ('[Content_Types].xml', HEAD + '<Types xmlns="%s/content-types"><Default Extension="rels" '
         'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default '
         'Extension="xml" ContentType="application/xml"/>%s</Types>' % (PACKAGE, types)),
        ('_rels/.rels', HEAD + '<Relationships xmlns="%s/relationships"><Relationship Id="rId1" '
         'Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % (PACKAGE, RELS)),
        ('xl/workbook.xml', HEAD + '<workbook xmlns="%s" xmlns:r="%s"><sheets>%s</sheets>'
         '</workbook>' % (MAIN, RELS, names)),
        ('xl/_rels/workbook.xml.rels', HEAD + '<Relationships xmlns="%s/relationships">%s'
         '</Relationships>' % (PACKAGE, rels)),
        ('xl/sharedStrings.xml', HEAD + '<sst xmlns="%s">%s</sst>' % (MAIN, ''.join(shared))),
    ]
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as out:
        for name, text in parts:
            out.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED)


YN = [['list_name', 'name', 'label'], ['yn', 'yes', 'Yes'], ['yn', 'no', 'No']]


def plain(folder):
    """Numbers, booleans and formatted texts as a spreadsheet program stores them."""
    book(folder + '/plain.xlsx', [
        ('survey', [
            ['type', 'name', 'label', 'required', 'relevant'],
            ['select_one n', 'a', Rich(['How ', 'many', ' times?']), True, None],
            ['integer', 'b', 'Days', 1, '${a} = 1'],
            ['integer', 'c', 'Hours', 1.0, '${a} = 2'],
            ['integer', 'd', 'Weeks', False, None]]),
        ('choices', [['list_name', 'name', 'label'], ['n', 1.0, 'Once'], ['n', 2, 'Twice'],
                     ['n', 98, "Don't know"]]),
        ('settings', [['form_title', 'form_id', 'version'], ['Plain', 'plain', 20200401]])])


def quotes(folder):
    """Typographic quotes, no-break spaces, line ends, blanks around, a formula."""
    book(folder + '/quotes.xlsx', [
        ('survey', [
            [' type ', 'name\u00a0', 'label::English (en)', 'relevant'],
            ['select_one  yn ', ' a', '  One\nline and another \n', None],
            ['integer', 'b ', 'B', '${a} = \u2018yes\u2019'],
            ['integer', 'c', 'C', 'selected(${a},\u00a0\u201cno\u201d)\n or ${b} > 1'],
            ['integer', 'd', Raw('<c r="%s" t="str"><f>CONCATENATE("D","")</f><v>D</v></c>'), '']]),
        ('choices', [['list_name', 'name', 'label::English (en)'], ['yn ', ' yes', 'Yes'],
                     ['yn', 'no', 'No']])])


def languages(folder):
    """Three scripts; the default language is the second column."""
    book(folder + '/languages.xlsx', [
        ('survey', [
            ['type', 'name', 'label::Русский (ru)', 'label::English (en)', 'label::العربية (ar)',
             'hint::English (en)', 'constraint', 'constraint_message::English (en)',
             'constraint_message::Русский (ru)'],
            ['integer', 'age', 'Сколько вам лет?', 'How old are you?', 'كم عمركم؟',
             'In years', '. >= 18', 'From 18 years', 'От 18 лет'],
            ['select_one yn', 'well', 'Всё хорошо?', 'Are you well?', 'هل أنتم بخير؟']]),
        ('choices', [['list_name', 'name', 'label::Русский (ru)', 'label::English (en)',
                      'label::العربية (ar)'],
                     ['yn', 'yes', 'Да', 'Yes', 'نعم'], ['yn', 'no', 'Нет', 'No', 'لا']]),
        ('settings', [['form_title', 'default_language'], ['Ages', 'English (en)']])])


def sheets(folder):
    """Other names, order and hidden sheets; the header is not in the first row."""
    book(folder + '/sheets.xlsx', [
        ('Read me', [['This form belongs to us']]),
        ('Settings', [['Form Title'], ['Sheets']]),
        ('CHOICES', YN),
        ('Survey ', [['Type', 'Name', None, 'Label'], ['select_one yn', 'a', None, 'A']]),
        ('empty', [])], skip=2, hidden=('CHOICES',))


def kobo(folder):
    """A form as KoboToolbox gives it: flat, metadata, generated names."""
    book(folder + '/kobo.xlsx', [
        ('survey', [
            ['type', 'name', 'label', 'required', 'relevant', 'appearance', 'kuid',
             'kobo--score-choices', 'constraint', 'constraint_message'],
            ['start', 'start', None, None, None, None, 'k1'],
            ['end', 'end', None, None, None, None, 'k2'],
            ['text', '_0_who_asks', '0. Who asks?', 'true', None, None, 'k3'],
            ['select_one sz6wu91', 'Where_do_you_sleep', '1. Where do you sleep?', 'true', None,
             'minimal', 'k4'],
            ['text', '_1_1_other_place', '1.1 Another place:', 'true',
             "${Where_do_you_sleep} = 'other_place1'", None, 'k5'],
            ['integer', 'How_many_people_sleep_in_the_same_place_as_you_in_most_nights_of_a_week',
             '2. How many people?', 'true', None, None, 'k6', None, '. > 0 and . < 100',
             'Between 1 and 99'],
            ['text', 'problem_1', '3. Problem 1', 'true', None, None, 'k7'],
            ['text', 'problem_2', 'Problem 2', 'false', "${problem_1} != ''", None, 'k8'],
            ['begin_group', 'group_ab1', '4. Sending and receiving', None, None, 'field-list',
             'k9'],
            ['select_one on6zt56', 'send_money', '4.1 Send money', 'false', None, 'compact', 'k10'],
            ['select_one on6zt56', 'send_food', '4.2 Send food', 'false', None, 'compact', 'k11'],
            ['end_group', None, None, None, None, None, 'k12'],
            ['select_multiple xi66j44', 'what_for', '5. What for?', 'false',
             "${send_money} = 'often' or ${send_food} = 'often'", None, 'k13'],
            ['text', 'what_else', '5.1 What else?', 'false',
             "selected(${what_for}, 'else5') and ${Where_do_you_sleep} != 'street'", None, 'k14'],
            ['begin_score', 'rate', '6. Please rate', 'false', None, None, 'k15', 'rate_list'],
            ['score__row', 'food', 'The food', 'false', None, None, 'k16'],
            ['score__row', 'place', 'The place', 'false', None, None, 'k17'],
            ['end_score', None, None, None, None, None, 'k18'],
            ['integer', 'why', '7. How often was the food bad?', 'false', "${food} = 'bad'", None,
             'k19'],
            ['calculate', '__version__', None, None, None, None, 'k20']]),
        ('choices', [
            ['list_name', 'name', 'label'],
            ['sz6wu91', 'home', 'At home'], ['sz6wu91', 'street', 'On the street'],
            ['sz6wu91', 'other_place1', 'Another place'],
            ['on6zt56', 'never', 'Never'], ['on6zt56', 'often', 'Often'],
            ['xi66j44', 'family', 'Family'], ['xi66j44', 'else5', 'Something else'],
            ['rate_list', 'good', 'Good'], ['rate_list', 'bad', 'Bad']]),
        ('settings', [['id_string', 'style'], ['aBcDeFgHiJkLmNoPqRsTuV', 'theme-grid']])])


def surveycto(folder):
    """A form as SurveyCTO users write it: other spellings, field lists, cascades."""
    book(folder + '/surveycto.xlsx', [
        ('survey', [
            ['type', 'name', 'label:english', 'label:swahili', 'hint:english', 'appearance',
             'relevance', 'choice_filter', 'required', 'read only', 'calculation', 'media:image'],
            ['caseid', 'caseid'], ['text audit', 'audit', None, None, None, 'p=100'],
            ['begin group', 'place', 'Place', 'Mahali', None, 'field-list'],
            ['select_one region', 'region', 'Region', 'Mkoa', None, 'minimal', None, None, 'yes'],
            ['select_one town', 'town', 'Town', 'Mji', None, 'quick', None, 'region = ${region}',
             'yes'],
            ['end group'],
            ['begin group', 'use', 'Use', 'Matumizi', None, None, "${region} != 'none'"],
            ['select_multiple thing', 'things', 'Which?', 'Zipi?', 'All that apply'],
            ['calculate', 'how_many', None, None, None, None, None, None, None, None,
             'count-selected(${things})'],
            ['note', 'many', 'That is a lot.', 'Hiyo ni nyingi.', None, None,
             '${how_many} > 2 and not(selected(${things}, "none"))'],
            ['end group']]),
        ('choices', [
            ['list_name', 'value', 'label:english', 'label:swahili', 'region'],
            ['region', 'coast', 'Coast', 'Pwani'], ['region', 'rift', 'Rift', 'Bonde'],
            ['town', 'mombasa', 'Mombasa', 'Mombasa', 'coast'],
            ['town', 'nakuru', 'Nakuru', 'Nakuru', 'rift'],
            ['thing', 'a', 'A', 'A'], ['thing', 'b', 'B', 'B'], ['thing', 'c', 'C', 'C'],
            ['thing', 'none', 'None', 'Hakuna']]),
        ('settings', [['form_title', 'form_id', 'default_language'],
                      ['Things', 'things_v1', 'english']])])


def merged(folder):
    """Merged cells: only the first has a text."""
    book(folder + '/merged.xlsx', [
        ('survey', [['type', 'name', 'label'], ['integer', 'a', 'A'], [None, None, 'lost'],
                    ['integer', 'b', 'B']]),
        ('choices', YN)], more='<mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>')


def big(folder):
    """100,000 rows of choices, most of them of lists that nothing uses."""
    rows = [['list_name', 'name', 'label', 'region']]
    rows += [['list%d' % (i // 100), 'c%d' % i, 'Choice %d' % i, 'r%d' % (i % 7)]
             for i in range(100000)]
    book(folder + '/big.xlsx', [
        ('survey', [['type', 'name', 'label'], ['select_one list7', 'a', 'A']]),
        ('choices', rows)])


def long(folder):
    """100,000 rows of the survey sheet: too many questions, told once."""
    rows = [['type', 'name', 'label']]
    rows += [['integer', 'q%d' % i, 'Question %d' % i] for i in range(100000)]
    book(folder + '/long.xlsx', [('survey', rows)])


def bomb(folder):
    """A sheet that inflates to 1 GB, in a file of 1 MB."""
    book(folder + '/bomb.xlsx', [('survey', [['type', 'name', 'label'], ['integer', 'a', 'A']])])
    with zipfile.ZipFile(folder + '/bomb.xlsx') as old:
        parts = [(name, old.read(name)) for name in old.namelist()]
    with zipfile.ZipFile(folder + '/bomb.xlsx', 'w', zipfile.ZIP_DEFLATED) as out:
        for name, data in parts:
            if name != 'xl/worksheets/sheet1.xml':
                out.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        info = zipfile.ZipInfo('xl/worksheets/sheet1.xml')
        info.compress_type = zipfile.ZIP_DEFLATED
        with out.open(info, 'w', force_zip64=True) as part:
            part.write(b'<worksheet><sheetData>')
            for _ in range(1024):
                part.write(b' ' * (1 << 20))


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for make in (plain, quotes, languages, sheets, kobo, surveycto, merged, big, long, bomb):
        make(sys.argv[1])
