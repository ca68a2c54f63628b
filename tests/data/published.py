#!/usr/bin/env python3
"""Re-create rows that have the margins of published surveys, for tests/flow/60-published.sh.

usage: published.py april|montreal|drugs   (JSONL on standard output)

april     a COVID-19 survey of people who use drugs, April 2020: 2,451 people in 78 countries, 57 of
          them with fewer than 10 people (174 in all), 27 with exactly one. Reasons, base 1,616: to
          have fun 1,150, to relax or a night out 1,041. Self-medicating: 700 yes, 889 no, 862 blank.
montreal  people who use drugs, N = 227, with changing bases.
drugs     a global drug survey, COVID edition: people by country, 55,811 in all.
"""
import json
import sys


def april():
    small = [1] * 27 + [4] * 3 + [5] * 27   # 57 countries, 27 + 12 + 135 = 174 people
    large = [97] * 9 + [117] * 12           # 21 countries, 873 + 1,404 = 2,277 people
    codes = ('FR DE GB ES IT PT NL SE US CA MX BR AR CO AU NZ IN ZA KE RU UA '
             'BE AT CH IE NO DK FI PL CZ HU RO BG GR HR SI SK EE LV LT MD GE AM KZ KG TJ UZ '
             'TR IL LB EG MA TN DZ SN CI GH NG TZ UG MZ ZM TH VN ID MY PH NP BD PK CL PE UY EC '
             'CR PA FJ JP').split()
    assert len(codes) == 78 and len(set(codes)) == 78
    countries = [code for code, n in zip(codes, large + small) for _ in range(n)]
    assert len(countries) == 2451
    for i, country in enumerate(countries):
        answers = {'country': country}
        # spread the answers over all countries: 733 has no divisor in common with 2,451
        j = i * 733 % 2451
        if j < 1616:
            answers['reasons'] = (['have_fun'] if j < 1150 else []) + \
                                 (['relax'] if j >= 1616 - 1041 else [])
        k = i * 1009 % 2451
        if k < 1589:
            answers['self_medicating'] = 'yes' if k < 700 else 'no'
        yield {'language': 'en', 'answers': answers}


def montreal():
    columns = {'more': [20, 6, 142], 'less': [14, 13, 65], 'shared': [11, 82], 'lost': [13, 78]}
    values = {field: [value for value, n in zip('abc', counts) for _ in range(n)]
              for field, counts in columns.items()}
    for i in range(227):
        yield {'language': 'en', 'answers': {field: list_[i] for field, list_ in values.items()
                                             if i < len(list_)}}


def drugs():
    people = {'DE': 25812, 'FR': 6193, 'IE': 4518, 'BR': 3653, 'CH': 3498, 'NL': 3277, 'NZ': 2998,
              'GB': 2136, 'AU': 1889, 'AT': 1108, 'US': 729}
    assert sum(people.values()) == 55811
    for country, n in people.items():
        for _ in range(n):
            yield {'language': 'en', 'answers': {'country': country}}


for person in {'april': april, 'montreal': montreal, 'drugs': drugs}[sys.argv[1]]():
    print(json.dumps(person))
