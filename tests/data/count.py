#!/usr/bin/env python3
"""count.py - count simulated people again, by other means: what survey-analyze --format csv says.

usage: count.py FORM.json PEOPLE.jsonl BY [WHERE]

FORM.json is a round's frozen questionnaire, PEOPLE.jsonl what survey-form simulate wrote before
anything was sealed. BY is "total", "region", "language", "region,language" or any list of
questions; WHERE is a Python expression over v(field), a field's text. Writes the lines of the CSV
without their labels, sorted. It shares no code with the analysis and follows survey-analyze(1).
"""
import itertools
import json
import re
import statistics
import sys


def text(answers, field):
    value = answers.get(field, '')
    return ' '.join(value) if isinstance(value, list) else value


def holds(expression, answers):
    """The part of the expression language that the shipped questionnaires use."""
    if not expression:
        return True
    s = re.sub(r'\$\{([a-z0-9_/]+)\}', r'v("\1")', expression)
    s = re.sub(r"(?<![<>!])=", '==', s)
    s = s.replace('count-selected', 'count_selected')

    class Number(str):
        def __gt__(self, other):
            return self != '' and self != 'declined' and float(self) > other

    names = {
        'v': lambda f: Number(text(answers, f)),
        'selected': lambda l, x: x in l.split(' '),
        'count_selected': lambda l: len(l.split()),
        # not is a word of Python with brackets behind it
    }
    return bool(eval(s, {'__builtins__': {}}, names))


class Question:
    def __init__(self, form, section, q, row=None):
        self.q, self.row, self.section, self.form = q, row, section, form
        self.field = q['id'] + ('/' + row['id'] if row else '')
        self.type = q['type']
        self.answers = self.list()

    def list(self):
        q, t = self.q, self.type
        if t in ('select_one', 'select_multiple', 'matrix', 'ranking'):
            choices = q['choices']
            if isinstance(choices, str):
                choices = self.form['choices'][choices]
            return [c['value'] for c in choices]
        if t == 'scale':
            return [str(i) for i in range(q['min'], q['max'] + 1)]
        if t == 'date':
            if q['precision'] == 'year':
                return [str(y) for y in range(int(q['first']), int(q['last']) + 1)]
            a, b = (int(d[:4]) * 12 + int(d[5:]) - 1 for d in (q['first'], q['last']))
            return ['%04d-%02d' % (m // 12, m % 12 + 1)
                    for m in range(a, b + 1)]
        if t == 'country':
            return [r['id'] for r in self.form['frozen']['regions']]
        if t in ('integer', 'decimal'):
            return [self.band(b) for b in q['bands']]
        raise SystemExit('what is %s?' % t)

    def band(self, low):
        bands = self.q['bands']
        at = bands.index(low)
        if at == len(bands) - 1:
            return '%g+' % low
        if self.type == 'decimal':
            return '%g-<%g' % (low, bands[at + 1])
        high = bands[at + 1] - 1
        return '%g' % low if high == low else '%g-%g' % (low, high)

    def asked(self, person):
        a = person['answers']
        return (holds(self.section.get('relevant'), a) and holds(self.q.get('relevant'), a) and
                holds(self.row and self.row.get('relevant'), a))

    def codes(self, person):
        """What a person gave, as codes; or the one special."""
        a = person['answers']
        if a.get(self.q['id']) in ('declined', ['declined']) or a.get(self.field) == 'declined':
            return 'declined', []
        if self.type == 'country':
            value = person['region']
        else:
            value = a.get(self.field)
        if value in (None, '', []):
            return ('blank' if self.asked(person) else 'not_asked'), []
        if self.type in ('integer', 'decimal'):
            low = max(b for b in self.q['bands'] if b <= float(value))
            return None, [self.band(low)]
        return None, value if isinstance(value, list) else [value]


def members(dimension, questions, person):
    """The groups of one dimension that a person is in."""
    if dimension in ('region', 'language'):
        return [person[dimension] or 'none']
    q = next(q for q in questions if q.field == dimension)
    special, codes = q.codes(person)
    if special:
        return ['(none)']
    return codes[:1] if q.type == 'ranking' else codes


def statistic(out, place, name, value, base):
    out.append(place + [name, '%.2f' % value, str(base), '', 'statistic'])


def tenths(count, base):
    return '%d.%d' % divmod((count * 2000 + base) // (2 * base), 10) if base else ''


def table(out, q, by, group, people, measure):
    place = [q.q['id'], q.row['id'] if q.row else '', measure, by, group]
    special = {'declined': 0, 'blank': 0, 'not_asked': 0}
    given, numbers = [], []
    for p in people:
        s, codes = q.codes(p)
        if s:
            special[s] += 1
            continue
        given.append(codes)
        if q.type in ('integer', 'decimal', 'scale'):
            numbers.append(float(p['answers'][q.field]))
    for a in q.answers:
        n = sum(codes[0] == a if measure == 'first' else a in codes for codes in given)
        out.append(place + [a, str(n), str(len(given)), tenths(n, len(given)), 'exact'])
    for s, n in special.items():
        out.append(place + [s, str(n), '', '', 'non_response'])
    if numbers:
        numbers.sort()
        statistic(out, place, 'mean', sum(numbers) / len(numbers), len(numbers))
        statistic(out, place, 'median', statistics.median(numbers), len(numbers))
    if numbers and q.type != 'scale':
        low = high = numbers[0]
        if len(numbers) > 1:
            low, _, high = statistics.quantiles(numbers, n=4, method='inclusive')
        statistic(out, place, 'lower_quartile', low, len(numbers))
        statistic(out, place, 'upper_quartile', high, len(numbers))
    for a in q.answers if measure == 'ranked' else []:
        ranks = [codes.index(a) + 1 for codes in given if a in codes]
        if ranks:
            statistic(out, place, 'mean_rank/' + a, sum(ranks) / len(ranks), len(ranks))


def written(out, form, by, group, people):
    for section in form['sections']:
        for q in section['questions']:
            other = any(c.get('other') for c in
                        (form['choices'][q['choices']] if isinstance(q.get('choices'), str)
                         else q.get('choices', [])))
            fields = [q['id'] + '/other'] if other else []
            if q['type'] in ('text', 'comment'):
                fields = [q['id']]
            for field in fields:
                n = sum(bool(p['answers'].get(field)) for p in people)
                out.append([q['id'], '', 'written', by, group, 'written', str(n),
                            str(len(people)), tenths(n, len(people)), 'exact'])
                for s in ('declined', 'blank', 'not_asked'):
                    out.append([q['id'], '', 'written', by, group, s, '0', '', '',
                                'non_response'])


def main():
    form = json.load(open(sys.argv[1], encoding='utf-8'))
    regions = {c: r['id'] for r in form['frozen']['regions'] for c in r['countries']}
    people = [json.loads(line) for line in open(sys.argv[2], encoding='utf-8')]
    for p in people:
        p['region'] = regions.get(p['answers'].get('country'))
    if len(sys.argv) > 4:
        people = [p for p in people
                  if eval(sys.argv[4], {'v': lambda f: p[f] or '' if f in ('region', 'language')
                                        else text(p['answers'], f)})]
    questions = [Question(form, s, q, row) for s in form['sections'] for q in s['questions']
                 if q['type'] not in ('note', 'calculate', 'text', 'comment')
                 for row in q.get('rows', [None])]

    groups = {('total', ''): people}
    by = sys.argv[3]
    if by != 'total':
        dimensions = by.split(',')
        for p in people:
            for combination in itertools.product(*(members(d, questions, p)
                                                   for d in dimensions)):
                key = ('_'.join(dimensions), '/'.join(combination))
                groups.setdefault(key, []).append(p)
    out = []
    for (name, group), some in groups.items():
        for q in questions:
            measure = {'select_one': 'choice', 'matrix': 'choice', 'select_multiple': 'multiple',
                       'integer': 'bands', 'decimal': 'bands', 'ranking': 'first'}.get(q.type, q.type)
            table(out, q, name, group, some, measure)
            if measure == 'first':
                table(out, q, name, group, some, 'ranked')
        if name in ('total', 'language') and len(sys.argv) < 5:
            written(out, form, name, group, some)
    for line in sorted(out):
        print('\t'.join(line))


main()
