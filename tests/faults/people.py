#!/usr/bin/env python3
"""Send made-up answers over HTTP and note who was thanked.

usage: people.py URL RECEIPTS --people N [--first N] [--at-once N] [--seed S] [--patient] [--give-up]

Person i always has the same page number and the same answers, so that sending again is a retry. The
receipt of each one who was thanked is added to RECEIPTS at once, a line each. A connection that
fails, or any other reply, is a person who was not thanked; with --patient the exit status is 1 if
there is one. With --give-up nobody else is sent once no connection can be made any more.
"""
import argparse
import concurrent.futures
import hashlib
import http.client
import re
import sys
import threading
import urllib.parse


def body(seed, person):
    number = hashlib.sha256(f'{seed}-{person}'.encode()).hexdigest()[:32]
    return urllib.parse.urlencode({'page.number': number, 'page.consent': 'yes', 'page.email': '',
                                   'days_used': person % 31, 'stay_comment': f'person {person}'})


def send(url, text):
    """The receipt, or None. ConnectionRefusedError: nobody listens."""
    where = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=20)
    try:
        connection.request('POST', '/en', text,
                           {'Content-Type': 'application/x-www-form-urlencoded'})
        answer = connection.getresponse()
        page = answer.read().decode()
    except ConnectionRefusedError:
        raise
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    found = re.search(r'name="page.receipt" value="([0-9a-f]{32})"', page)
    return found.group(1) if answer.status == 200 and found else None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('url')
    parser.add_argument('receipts')
    parser.add_argument('--people', type=int, required=True)
    parser.add_argument('--first', type=int, default=0)
    parser.add_argument('--at-once', type=int, default=1)
    parser.add_argument('--seed', default='people')
    parser.add_argument('--patient', action='store_true')
    parser.add_argument('--give-up', action='store_true')
    arguments = parser.parse_args()
    lock = threading.Lock()
    thanked = 0
    gone = threading.Event()

    def person(i):
        nonlocal thanked
        if arguments.give_up and gone.is_set():
            return
        try:
            receipt = send(arguments.url, body(arguments.seed, i))
        except ConnectionRefusedError:
            gone.set()
            return
        if receipt:
            with lock:
                thanked += 1
                out.write(receipt + '\n')
                out.flush()

    last = arguments.first + arguments.people
    with open(arguments.receipts, 'a', encoding='ascii') as out:
        with concurrent.futures.ThreadPoolExecutor(arguments.at_once) as pool:
            list(pool.map(person, range(arguments.first, last)))
    print(f'{thanked} of {arguments.people} thanked')
    return 1 if arguments.patient and thanked < arguments.people else 0


if __name__ == '__main__':
    sys.exit(main())
