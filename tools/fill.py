#!/usr/bin/env python3
"""Fill in the form over HTTP, as people do: one GET and one POST a person.

usage: fill.py URL FILE.jsonl [--limit N] [--skip N]

FILE is what `survey-form simulate` writes. Each person's page is fetched in their language and read
as HTML; an answer can only be given through a control that is really there, with a value that it
really offers. Ends with exit status 1 if an answer has no control or a submission is not thanked
for. Prints how many people of each language have answered.
"""
import argparse
import collections
import concurrent.futures
import html.parser
import http.client
import json
import sys
import urllib.parse


class Form(html.parser.HTMLParser):
    """The controls of a page: fields[name] = set of values, or None where anything can be typed."""

    def __init__(self):
        super().__init__()
        self.fields = {}
        self.hidden = []
        self.action = None
        self.select = None

    def offer(self, name, value):
        if self.fields.setdefault(name, set()) is not None:
            self.fields[name].add(value)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == 'form' and self.action is None:
            self.action = a.get('action', '')
        elif tag == 'input' and a.get('type') in ('radio', 'checkbox'):
            self.offer(a['name'], a.get('value', 'on'))
        elif tag == 'input' and a.get('type') == 'hidden':
            self.hidden.append((a['name'], a.get('value', '')))
        elif tag in ('input', 'textarea') and 'name' in a:
            self.fields[a['name']] = None
        elif tag == 'select':
            self.select = a['name']
            self.fields.setdefault(self.select, set())
        elif tag == 'option' and self.select:
            self.offer(self.select, a.get('value', ''))

    def handle_endtag(self, tag):
        if tag == 'select':
            self.select = None


def request(url, method, path, body=None):
    where = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=60)
    headers = {'Content-Type': 'application/x-www-form-urlencoded'} if body is not None else {}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def give(form, pairs, field, value):
    """Give one value through the page's controls."""
    if field not in form.fields and field + '.year' in form.fields:
        parts = value.split('-')
        if value == 'declined':
            give(form, pairs, field + '.year', value)
            return
        give(form, pairs, field + '.year', parts[0])
        if len(parts) > 1:
            month = parts[1]
            offered = form.fields[field + '.month']
            give(form, pairs, field + '.month', month if month in offered else month.lstrip('0'))
        return
    if field not in form.fields:
        raise LookupError(f'the page has no control for {field}')
    if form.fields[field] is not None and value not in form.fields[field]:
        raise LookupError(f'{field} does not offer the value that was chosen')
    pairs.append((field, value))


def fill(url, person):
    status, page = request(url, 'GET', '/' + person['language'])
    if status != 200:
        raise LookupError(f'the page answers {status}')
    form = Form()
    form.feed(page)
    pairs = list(form.hidden)
    for field, answer in person['answers'].items():
        for value in answer if isinstance(answer, list) else [answer]:
            give(form, pairs, field, value)
    give(form, pairs, 'page.consent', 'yes')
    status, page = request(url, 'POST', form.action or '/' + person['language'],
                           urllib.parse.urlencode(pairs).encode())
    if status != 200 or 'page.receipt' not in page:
        raise LookupError(f'a submission in {person["language"]} is answered with {status}')
    return person['language']


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('url')
    parser.add_argument('file')
    parser.add_argument('--limit', type=int)
    parser.add_argument('--skip', type=int, default=0)
    arguments = parser.parse_args()
    with open(arguments.file, encoding='utf-8') as lines:
        people = [json.loads(line) for line in lines]
    people = people[arguments.skip:]
    if arguments.limit is not None:
        people = people[:arguments.limit]
    done = collections.Counter()
    faults = 0
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(fill, arguments.url, person) for person in people]:
            try:
                done[future.result()] += 1
            except (LookupError, OSError, http.client.HTTPException) as fault:
                faults += 1
                if faults <= 5:
                    print(f'fill.py: {fault}', file=sys.stderr)
    print(f'{sum(done.values())} people: ' +
          ', '.join(f'{language} {n}' for language, n in sorted(done.items())))
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
