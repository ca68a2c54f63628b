#!/usr/bin/env python3
"""smuggling.py - requests that two programs could read in two ways, and what must become of them.

usage: smuggling.py http://127.0.0.1:PORT

Each case is one connection. It must be answered at most once, with a status of the case's own, with
the page's own security headers; then the server closes. Each case is sent twice, at once and in pieces:
where the network cuts must make no difference. Whatever hides behind the first request must
never be answered nor, which only the store can tell, be carried out: every hidden request here is a
submission that would be taken if it came alone. Prints "ok LABEL" or "FAILED LABEL: why" for each
case, and at the end how many submissions must be in the store, as "stored N".

Sources of the tricks: RFC 9112, section 11.2; RFC 9110; the published request smuggling corpora (CL.TE,
TE.CL, TE.TE, CL.0, header folding and line ends); what libmicrohttpd 0.9.75 was seen to take.
"""
import concurrent.futures
import os
import re
import socket
import sys
import time

DEADLINE = 30  # seconds; the server's own for a silent connection is shorter
OWN_HEADERS = [b"Content-Security-Policy: default-src 'none'", b"Referrer-Policy: no-referrer",
               b"Cache-Control: no-store", b"X-Content-Type-Options: nosniff",
               b"Cross-Origin-Opener-Policy: same-origin", b"Connection: close"]

FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
HOST = b"Host: survey.example\r\n"


def body():
    """A submission that the collector takes, under a number of its own."""
    return b"page.number=%s&page.consent=yes&days_used=9" % os.urandom(16).hex().encode()


def post(fields, content, line=b"POST /en HTTP/1.1\r\n", host=HOST, form=FORM):
    return line + host + form + fields + b"\r\n" + content


def hidden():
    """The request behind the request."""
    content = body()
    return post(b"Content-Length: %d\r\n" % len(content), content)


def length(text, content=None):
    """A submission whose Content-Length is `text`, with a hidden one behind it."""
    content = body() if content is None else content
    return post(b"Content-Length: %s\r\n" % text, content) + hidden()


def encoded(field, extra=b""):
    """A chunked submission by this spelling of the field."""
    content = body()
    return post(extra + field + b"\r\n", b"%x\r\n%s\r\n0\r\n\r\n" % (len(content), content)) + hidden()


def field(text):
    """A good submission but for one more line in its head."""
    content = body()
    return post(b"Content-Length: %d\r\n%s" % (len(content), text), content) + hidden()


def get(line, fields=HOST):
    return line + b"\r\n" + fields + b"\r\n"


def own(content, fields=b""):
    """A submission with the right length."""
    return post(fields + b"Content-Length: %d\r\n" % len(content), content)


LEN = b"%d" % len(body())
ZERO = b"0\r\n\r\n"

# label, the bytes, the statuses of which one must come (0: none, closed without a word).
# A case with a fourth member is harmless for the reason that stands there; one that begins with
# "stored" is itself a submission that is taken, once.
CASES = [
    # --- two lengths
    ("CL.TE", post(b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n" % len(ZERO + hidden()),
                   ZERO + hidden()), {400}),
    ("TE.CL", post(b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
                   b"%x\r\n%s\r\n0\r\n\r\n" % (len(hidden()), hidden())), {400}),
    ("TE.CL, both good", encoded(b"Transfer-Encoding: chunked", b"Content-Length: " + LEN + b"\r\n"),
     {400}),
    ("two lengths, different", post(b"Content-Length: %s\r\nContent-Length: 0\r\n" % LEN, body())
     + hidden(), {400}),
    ("two lengths, the larger last", post(b"Content-Length: 0\r\nContent-Length: %s\r\n" % LEN, body())
     + hidden(), {400}),
    ("two lengths, the same", post(b"Content-Length: %s\r\nContent-Length: %s\r\n" % (LEN, LEN),
                                   body()) + hidden(), {400}),
    ("two lengths, two spellings", post(b"content-length: %s\r\nCONTENT-LENGTH: 0\r\n" % LEN, body())
     + hidden(), {400}),
    ("two lengths in one field", length(LEN + b", " + LEN), {400}),
    ("two lengths in one field, different", length(b"0, " + LEN), {400}),
    ("length in a folded line", post(b"Content-Length:\r\n %s\r\n" % LEN, body()) + hidden(), {400}),
    # --- a length that is no number
    ("blank before the colon", post(b"Content-Length : %s\r\n" % LEN, body()) + hidden(), {400}),
    ("tab before the colon", post(b"Content-Length\t: %s\r\n" % LEN, body()) + hidden(), {400}),
    ("length +n", length(b"+" + LEN), {400}),
    ("length -n", length(b"-" + LEN), {400}),
    ("length -1", length(b"-1"), {400}),
    ("length 0x", length(b"0x%x" % int(LEN)), {400}),
    ("length with a leading zero", length(b"0" + LEN), {400}),
    ("length with many leading zeros", length(b"0" * 40 + LEN), {400}),
    ("length n.0", length(LEN + b".0"), {400}),
    ("length 1e2", length(b"1e2"), {400}),
    ("length in quotes", length(b'"' + LEN + b'"'), {400}),
    ("length with a blank inside", length(b"1 0"), {400}),
    ("length with a vertical tab", length(b"\v" + LEN), {400}),
    ("length with a form feed", length(LEN + b"\f"), {400}),
    ("length with a carriage return inside", length(b"\r" + LEN), {400}),
    ("length empty", length(b""), {400, 411}),
    ("length of blanks", length(b"   "), {400, 411}),
    ("length of Arabic digits", length("١٠".encode()), {400}),
    ("length 2^64 + n", length(b"%d" % (2 ** 64 + int(LEN))), {400, 413}),
    ("length 2^32 + n", length(b"%d" % (2 ** 32 + int(LEN))), {400, 413}),
    ("length of a terabyte", length(b"1099511627776"), {400, 413}),
    ("length of 4,000 digits", length(b"9" * 4000), {400, 413, 431}),
    ("no length", post(b"", body()), {411}),
    # --- chunks and other encodings
    ("chunked", encoded(b"Transfer-Encoding: chunked"), {400}),
    ("chunked, extensions", post(b"Transfer-Encoding: chunked\r\n",
                                 b"1;a=\"\r\n\r\nGET / HTTP/1.1\r\n\"\r\nx\r\n0\r\n\r\n"), {400}),
    ("chunked, upper case", encoded(b"TRANSFER-ENCODING: CHUNKED"), {400}),
    ("xchunked", encoded(b"Transfer-Encoding: xchunked"), {400, 501}),
    ("chunked, a blank before the colon", encoded(b"Transfer-Encoding : chunked"), {400}),
    ("chunked, a tab for the blank", encoded(b"Transfer-Encoding:\tchunked"), {400}),
    ("chunked, a vertical tab", encoded(b"Transfer-Encoding: \vchunked"), {400}),
    ("chunked in quotes", encoded(b'Transfer-Encoding: "chunked"'), {400, 501}),
    ("chunked, a comma behind", encoded(b"Transfer-Encoding: chunked,"), {400}),
    ("chunked, identity", encoded(b"Transfer-Encoding: chunked, identity"), {400}),
    ("identity", post(b"Transfer-Encoding: identity\r\nContent-Length: %s\r\n" % LEN, body()), {400}),
    ("gzip, chunked", encoded(b"Transfer-Encoding: gzip, chunked"), {400, 501}),
    ("two encodings", encoded(b"Transfer-Encoding: identity\r\nTransfer-Encoding: chunked"), {400}),
    ("encoding of nothing", encoded(b"Transfer-Encoding:"), {400}),
    ("encoding in a folded line", encoded(b"Transfer-Encoding:\r\n chunked"), {400}),
    ("encoding hidden by a fold", encoded(b"X: y\r\n Transfer-Encoding: chunked",
                                          b"Content-Length: %s\r\n" % LEN), {400}),
    ("encoding behind a bare line feed", encoded(b"X: y\nTransfer-Encoding: chunked",
                                                 b"Content-Length: %s\r\n" % LEN), {400}),
    ("encoding behind a bare carriage return", encoded(b"X: y\rTransfer-Encoding: chunked",
                                                       b"Content-Length: %s\r\n" % LEN), {400}),
    ("encoding behind a NUL", encoded(b"X: y\0Transfer-Encoding: chunked",
                                      b"Content-Length: %s\r\n" % LEN), {400}),
    ("chunked with a trailer", post(b"Transfer-Encoding: chunked\r\nTrailer: Content-Length\r\n",
                                    b"0\r\nContent-Length: 9\r\n\r\n"), {400}),
    ("HTTP/1.0 and chunked", encoded(b"Transfer-Encoding: chunked").replace(b"HTTP/1.1", b"HTTP/1.0"),
     {400}),
    ("chunks with a GET", get(b"GET /en HTTP/1.1", HOST + b"Transfer-Encoding: chunked\r\n") + ZERO
     + hidden(), {400}),
    # --- bodies where none belong, too long, too short
    ("a body with GET", get(b"GET /en HTTP/1.1", HOST + b"Content-Length: %d\r\n" % len(hidden()))
     + hidden(), {400}),
    ("a length of 0 with GET", get(b"GET /en HTTP/1.1", HOST + b"Content-Length: 0\r\n") + hidden(),
     {200}, "nothing follows; the connection closes"),
    ("a body with HEAD", get(b"HEAD /en HTTP/1.1", HOST + b"Content-Length: %d\r\n" % len(hidden()))
     + hidden(), {400}),
    ("more than the length", own(body()) + hidden(), {200},
     "stored: the rest is never read, the connection closes"),
    ("more than the length, a byte at a time", own(body()) + b"\r\n" * 40 + hidden(), {200},
     "stored: the rest is never read, the connection closes"),
    ("a length of 0, then a request", post(b"Content-Length: 0\r\n", b"") + hidden(), {400}),
    ("less than the length", post(b"Content-Length: 400\r\n", body()), {0, 400, 408}),
    ("pipelined pages", get(b"GET /en HTTP/1.1") * 5, {200},
     "one page is answered, the connection closes"),
    ("pipelined, then a submission", get(b"GET /style.css HTTP/1.1") + hidden(), {200},
     "one page is answered, the connection closes"),
    ("keep-alive asked for", own(body(), b"Connection: keep-alive\r\nKeep-Alive: timeout=99\r\n")
     + hidden(), {200}, "stored: the connection closes all the same"),
    ("Expect and nothing more to come", own(body(), b"Expect: 100-continue\r\n"), {200},
     "stored: what curl sends before a large form; 100 may come first"),
    ("Expect of something else", own(body(), b"Expect: 200-ok\r\n") + hidden(), {400, 417}),
    ("Upgrade to h2c", get(b"GET /en HTTP/1.1", HOST + b"Connection: Upgrade, HTTP2-Settings\r\n"
                           b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n")
     + b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + hidden(), {200, 400},
     "a server may ignore Upgrade (RFC 9110, 7.8); the connection closes"),
    ("Upgrade to websocket", get(b"GET /en HTTP/1.1", HOST + b"Connection: Upgrade\r\n"
                                 b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n")
     + hidden(), {200, 400}, "a server may ignore Upgrade (RFC 9110, 7.8); the connection closes"),
    ("submission without a type", post(b"Content-Length: %s\r\n" % LEN, body(), form=b""), {415}),
    ("submission as text", post(b"Content-Length: %s\r\n" % LEN, body(),
                                form=b"Content-Type: text/plain\r\n"), {415}),
    ("Content-Encoding", own(body(), b"Content-Encoding: gzip\r\n"), {200, 400, 415},
     "stored: the field is ignored, the form is plain"),
    # --- lines and names
    ("bare line feeds", own(body()).replace(b"\r\n", b"\n"), {400}),
    ("a bare line feed in the head", field(b"X: y\nZ: z\r\n"), {400}),
    ("a bare carriage return in the head", field(b"X: y\rZ: z\r\n"), {400}),
    ("bare carriage returns", own(body()).replace(b"\r\n", b"\r"), {400}),
    ("an empty line first", b"\r\n" + own(body()), {400}),
    ("many empty lines first", b"\r\n" * 50 + own(body()), {400}),
    ("a folded line", field(b"X: y\r\n z\r\n"), {400}),
    ("a line folded by a tab", field(b"X: y\r\n\tz\r\n"), {400}),
    ("a blank before the first name", b"POST /en HTTP/1.1\r\n " + own(body())[19:], {400}),
    ("NUL in a name", field(b"X\0y: z\r\n"), {400}),
    ("NUL in a value", field(b"X: y\0z\r\n"), {400}),
    ("a control character in a value", field(b"X: y\x01z\r\n"), {400}),
    ("a blank in a name", field(b"X Y: z\r\n"), {400}),
    ("an empty name", field(b": y\r\n"), {400}),
    ("no colon", field(b"Content-Length 0\r\n"), {400}),
    ("a name of UTF-8", field("Conteñt: 1\r\n".encode()), {400}),
    ("a name in brackets", field(b"(X): y\r\n"), {400}),
    # --- versions and methods
    ("HTTP/0.9", b"GET /en\r\n", {400, 505}),
    ("HTTP/0.9 with a head", b"GET /en\r\n" + HOST + b"\r\n" + hidden(), {400, 505}),
    ("HTTP/1.0", get(b"GET /en HTTP/1.0", b"") + hidden(), {200},
     "an old browser's page; the connection closes"),
    ("HTTP/1.0 and keep-alive", get(b"GET /en HTTP/1.0", b"Connection: keep-alive\r\n") + hidden(),
     {200}, "the connection closes all the same"),
    ("HTTP/1.2", get(b"GET /en HTTP/1.2"), {400, 505}),
    ("HTTP/2.0", get(b"GET /en HTTP/2.0"), {400, 505}),
    ("HTTP/1.10", get(b"GET /en HTTP/1.10"), {400, 505}),
    ("HTTP/11", get(b"GET /en HTTP/11"), {400, 505}),
    ("http/1.1", get(b"GET /en http/1.1"), {400, 505}),
    ("HTTP/1.1 with a blank behind", get(b"GET /en HTTP/1.1 "), {400, 505}),
    ("HTTP/2's preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0", {400, 505}),
    ("two blanks in the request", get(b"GET  /en HTTP/1.1"), {400}),
    ("tabs in the request", get(b"GET\t/en\tHTTP/1.1"), {400}),
    ("a method in small letters", get(b"get /en HTTP/1.1"), {400, 405, 501}),
    ("a method of half a kilobyte", get(b"G" * 512 + b" /en HTTP/1.1"), {400, 405, 501}),
    ("no method", get(b" /en HTTP/1.1"), {400}),
    ("PUT", post(b"Content-Length: %s\r\n" % LEN, body(), b"PUT /en HTTP/1.1\r\n") + hidden(),
     {400, 405, 501}),
    ("TRACE", get(b"TRACE /en HTTP/1.1") + hidden(), {400, 405, 501}),
    ("CONNECT", get(b"CONNECT survey.example:443 HTTP/1.1") + hidden(), {400, 405, 501}),
    ("OPTIONS *", get(b"OPTIONS * HTTP/1.1") + hidden(), {400, 405, 501}),
    ("a method overridden", get(b"GET /en HTTP/1.1", HOST + b"X-HTTP-Method-Override: POST\r\n"),
     {200}, "the field is ignored: the empty page"),
    # --- targets
    ("an absolute target", get(b"GET http://survey.example/en HTTP/1.1"), {400, 404}),
    ("an absolute target elsewhere", get(b"GET http://other.example/en HTTP/1.1"), {400, 404}),
    ("a target of an authority", get(b"GET survey.example:80 HTTP/1.1"), {400}),
    ("a target of nothing", get(b"GET  HTTP/1.1"), {400}),
    ("a fragment", get(b"GET /en#top HTTP/1.1"), {400}),
    ("%00 in the path", get(b"GET /en%00/../fr HTTP/1.1"), {400, 404}),
    ("a path upwards", get(b"GET /../../etc/passwd HTTP/1.1"), {400, 404}),
    ("a path upwards, encoded", get(b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1"), {400, 404}),
    ("a path with backslashes", get(b"GET /..\\..\\etc HTTP/1.1"), {400, 404}),
    ("a line end in the path", get(b"GET /en%0d%0aX:%20y HTTP/1.1"), {400, 404}),
    ("UTF-8 in the path", get("GET /é HTTP/1.1".encode()), {400, 404}),
    ("two slashes", get(b"GET //en HTTP/1.1"), {400, 404}),
    ("a target of 10 kB", get(b"GET /" + b"a" * 10000 + b" HTTP/1.1"), {414, 431}),
    ("a target without an end", b"GET /" + b"a" * 100000, {414, 431}),
    # --- hosts
    ("no host", get(b"GET /en HTTP/1.1", b""), {400}),
    ("two hosts", get(b"GET /en HTTP/1.1", HOST + HOST), {400}),
    ("two hosts, different", get(b"GET /en HTTP/1.1", HOST + b"Host: other.example\r\n"), {400}),
    ("a host with a path", get(b"GET /en HTTP/1.1", b"Host: survey.example/fr\r\n"), {400}),
    ("a host with a user", get(b"GET /en HTTP/1.1", b"Host: a@survey.example\r\n"), {400}),
    ("a host with a blank", get(b"GET /en HTTP/1.1", b"Host: survey.example other\r\n"), {400}),
    ("a forwarded host", get(b"GET /en HTTP/1.1", HOST + b"X-Forwarded-Host: other.example\r\n"
                             b"X-Forwarded-For: 203.0.113.9\r\nX-Original-URL: /fr\r\n"), {200},
     "the fields are ignored"),
    # --- too much
    ("10,000 fields", field(b"".join(b"X-%d: y\r\n" % i for i in range(10000))), {400, 431}),
    ("a field of 100 kB", field(b"X: " + b"y" * 100000 + b"\r\n"), {431}),
    ("a name of 100 kB", field(b"X" * 100000 + b": y\r\n"), {431}),
    ("a form of ten megabytes", post(b"Content-Length: 10000000\r\n", b"x" * 100000), {413}),
    # --- no HTTP at all
    ("noise", bytes(range(256)) * 8, {400}),
    ("NULs", b"\0" * 2000, {400}),
    ("a TLS ClientHello", bytes.fromhex("16030100c8010000c40303") + b"\x5a" * 200, {400}),
    ("a greeting in SMTP", b"EHLO survey.example\r\nMAIL FROM:<a@b>\r\n", {400, 505}),
    ("an SSH greeting", b"SSH-2.0-OpenSSH_9.2\r\n", {400}),
    ("the first line without an end", b"POST /en", {0, 400, 408}),
    ("nothing at all", b"", {0, 400, 408}),
]


def talk(address, pieces):
    """Everything that the server says until it closes; None when it does not close."""
    s = socket.create_connection(address, DEADLINE)
    said = b""
    try:
        s.settimeout(DEADLINE)
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            for piece in pieces:
                s.sendall(piece)
                time.sleep(0.03)
        except OSError:
            pass  # it closes before all is sent; what it said can still be read
        while True:
            more = s.recv(65536)
            if not more:
                return said
            said += more
    except socket.timeout:
        return None
    except ConnectionError:
        return said
    finally:
        s.close()


def split(said, head_only):
    """The responses in what was said: [(status, head)], and what is left over."""
    found = []
    while said.startswith(b"HTTP/1."):
        head, blank, rest = said.partition(b"\r\n\r\n")
        if not blank:
            return found, said
        status = int(head[9:12])
        size = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        size = int(size.group(1)) if size and not head_only and status >= 200 else 0
        if len(rest) < size:
            return found, said
        if status >= 200:
            found.append((status, head))
        said = rest[size:]
    return found, said


def judge(case, said):
    """Why the case has failed, or None."""
    wanted = case[2]
    if said is None:
        return "the connection stays open"
    replies, rest = split(said, case[1].startswith(b"HEAD"))
    if rest:
        return "bytes that are no reply: %r" % rest[:60]
    if len(replies) > 1:
        return "%d replies on one connection: %s" % (len(replies), [r[0] for r in replies])
    if not replies:
        return None if 0 in wanted else "closed without a reply"
    status, head = replies[0]
    if status not in wanted:
        return "answered with %d" % status
    for header in OWN_HEADERS:
        if header not in head:
            return "status %d without %s" % (status, header.split(b":")[0].decode())
    if re.search(rb"(?im)^(server|date|etag|set-cookie):", head):
        return "a telling header"
    return None


def cut(request, pieces):
    """A request in about as many pieces, the first of which ends within its first line."""
    if pieces == 1 or len(request) < 8:
        return [request]
    step = (len(request) - 7) // (pieces - 1) + 1
    return [request[:7]] + [request[i:i + step] for i in range(7, len(request), step)]


def main():
    host, port = sys.argv[1].replace("http://", "").strip("/").split(":")
    address = (host, int(port))
    stored = set()  # sent twice, a submission is stored once
    both = [(case, 1, "") for case in CASES] + [(case, 5, ", in pieces") for case in CASES]
    with concurrent.futures.ThreadPoolExecutor(48) as pool:
        said = list(pool.map(lambda c: talk(address, cut(c[0][1], c[1])), both))
    for (case, _, suffix), what in zip(both, said):
        why = judge(case, what)
        print("ok %s%s" % (case[0], suffix) if why is None else
              "FAILED %s%s: %s" % (case[0], suffix, why))
        if len(case) > 3 and case[3].startswith("stored") and what and b" 200 " in what:
            stored.add(case[0])
    print("stored %d" % len(stored))


main()
