#!/usr/bin/env python3
"""record-vectors.py - an implementation of survey-record(5) that shares nothing with the C one.

Writes record-vectors.json to standard output, the same bytes each time. The sealed examples use
libsodium through ctypes, with an ephemeral key from a fixed seed in place of a random one.
"""
import ctypes
import hashlib
import json

CORE, SHORT, LONG = 0, 1, 2
# 384 bytes less the header, {"question":"comment","language":"en","text":""} and 0x80
TEXT_ROOM = 384 - 34 - 48 - 1


def blake(n, *parts):
    return hashlib.blake2b(b"".join(parts), digest_size=n).digest()


FORM = blake(32, b"the bytes of a questionnaire")
OTHER_FORM = blake(32, b"the bytes of another questionnaire")


def dumps(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def core_json(language, region, answers):
    core = {"language": language}
    if region is not None:
        core["region"] = region
    core["answers"] = {}
    for field, value in answers:
        question, _, part = field.partition("/")
        if part:
            core["answers"].setdefault(question, {})[part] = value
        else:
            core["answers"][question] = value
    return dumps(core)


def text_json(question, language, region, text):
    record = {"question": question, "language": language}
    if region is not None:
        record["region"] = region
    record["text"] = text.replace("\r\n", "\n")
    return dumps(record)


def plain(kind, body, size, version=1, form=FORM):
    if isinstance(body, str):
        body = body.encode()
    bytes_ = bytes([version, kind]) + form + body + b"\x80"
    assert len(bytes_) <= size
    return bytes_.ljust(size, b"\0")


def core_vectors():
    cases = [
        ("empty", "en", None, []),
        ("no language", "", None, []),
        ("every shape of an answer", "fr", "150", [
            ["gender", "woman"], ["used", ["a", "b"]], ["used_once", ["a"]],
            ["access/naloxone", "harder"], ["access/needles", "declined"], ["age", "declined"],
            ["since", "2020-04"], ["cost", "12.5"], ["country", "FR"]]),
        ("two matrices, one behind the other", "ar", "002", [
            ["a/r1", "1"], ["a/r2", "2"], ["b/r1", "3"], ["c", "4"], ["d/r1", "5"]]),
        ("escapes", "pt-BR", "019", [["q1", 'a "quoted" \\ value / with <b>&amp;</b>']]),
        ("other writing", "ru", "own-region_1", [
            ["q1", "ответ"], ["q2", ["إجابة", "回答", "😀", "e\u0301", "\u200f\u2028"]]]),
    ]
    for label, language, region, answers in cases:
        body = core_json(language, region, answers)
        yield {"label": label, "language": language, "region": region, "answers": answers,
               "json": body, "size": 512, "plain": plain(CORE, body, 512).hex()}
    body = core_json("en", None, [["q", "x"]])
    exact = 34 + len(body) + 1
    yield {"label": "one byte of padding", "language": "en", "region": None,
           "answers": [["q", "x"]], "json": body, "size": exact,
           "plain": plain(CORE, body, exact).hex()}


def text_vectors():
    cases = [
        ("empty", SHORT, "gender/other", "en", None, ""),
        ("a line", SHORT, "gender/other", "fr", None, "autre réponse"),
        ("with a region", LONG, "comment_services", "es", "419", "¿Qué más?"),
        ("lines", LONG, "comment", "en", None, "one\r\ntwo\nthree\r\n\r\n\tfour"),
        ("escapes", LONG, "comment", "en", None, '"\\/<script>alert(1)</script>\'&'),
        ("other writing", LONG, "comment", "ar", None,
         "النص \u202bمن اليمين\u202c 漢字 ไทย हिन्दी 👩🏽\u200d⚕️ \U0010ffff"),
        ("as long as fits", LONG, "comment", "en", None, "x" * TEXT_ROOM),
        ("looks like padding", LONG, "comment", "en", None, "\u0100\u4080"),
    ]
    for label, kind, question, language, region, text in cases:
        body = text_json(question, language, region, text)
        yield {"label": label, "kind": kind, "question": question, "language": language,
               "region": region, "text": text, "json": body, "size": 384,
               "plain": plain(kind, body, 384).hex()}


def refused_vectors():
    """Texts an encoder must refuse; `text` is hexadecimal because some are not UTF-8."""
    cases = [
        ("bad-nul-like control", b"a\x01b"), ("bad-escape", b"\x1b[31m"), ("bad-lone-cr", b"a\rb"),
        ("bad-delete", b"a\x7f"), ("bad-c1", b"a\xc2\x85b"), ("bad-utf8", b"\xff\xfe"),
        ("bad-overlong", b"\xc0\xaf"), ("bad-surrogate", b"\xed\xa0\x80"),
        ("bad-above", b"\xf4\x90\x80\x80"), ("bad-cut", b"abc\xe2\x82"),
        ("bad-too-long", b"x" * 400), ("bad-too-long-by-one", b"x" * (TEXT_ROOM + 1)),
    ]
    for label, text in cases:
        yield {"label": label, "kind": LONG, "question": "comment", "language": "en",
               "region": None, "text": text.hex(), "size": 384}


def invalid_vectors():
    """Plaintexts a reader must refuse, and why: a word of the reason."""
    good = '{"language":"en","answers":{"q":"x"}}'
    text = '{"question":"comment","language":"en","text":"x"}'

    def core(label, reason, body):
        return {"label": label, "reason": reason, "kind": CORE,
                "plain": plain(CORE, body, 256).hex()}

    def short(label, reason, body):
        return {"label": label, "reason": reason, "kind": SHORT,
                "plain": plain(SHORT, body, 256).hex()}

    def raw(label, reason, bytes_, kind=CORE):
        return {"label": label, "reason": reason, "kind": kind, "plain": bytes_.hex()}

    head = bytes([1, CORE]) + FORM
    return [
        raw("bad-empty", "short", b""),
        raw("bad-header only", "short", head),
        raw("bad-version", "version", plain(CORE, good, 256, version=2)),
        raw("bad-version 0", "version", plain(CORE, good, 256, version=0)),
        raw("bad-kind", "kind", plain(CORE, good, 256), SHORT),
        raw("bad-kind of text", "kind", plain(LONG, text, 256), SHORT),
        raw("bad-questionnaire", "questionnaire", plain(CORE, good, 256, form=OTHER_FORM)),
        raw("bad-no padding", "padding", head + good.encode()),
        raw("bad-only zeros", "padding", head + b"\0" * 200),
        raw("bad-padding byte", "padding", head + good.encode() + b"\x81" + b"\0" * 20),
        raw("bad-behind padding", "padding", head + good.encode() + b"\x80" + b"\0" * 20 + b"\1"),
        core("bad-nothing", "JSON", ""),
        core("bad-not json", "JSON", "gender=woman"),
        core("bad-two documents", "JSON", good + good),
        core("bad-bom", "JSON", "\ufeff" + good),
        core("bad-utf8", "JSON", b'{"language":"en","answers":{"q":"\xff"}}'),
        core("bad-surrogate", "JSON", '{"language":"en","answers":{"q":"\\ud800"}}'),
        core("bad-duplicate name", "JSON", '{"language":"en","answers":{"q":"x","q":"y"}}'),
        core("bad-nul", "JSON", '{"language":"en","answers":{"q":"\\u0000"}}'),
        core("bad-depth", "JSON", "[" * 100 + "]" * 100),
        core("bad-array", "canonical", "[]"),
        core("bad-blank", "canonical", good.replace(",", ", ")),
        core("bad-line feed at the end", "canonical", good + "\n"),
        core("bad-order", "canonical", '{"answers":{"q":"x"},"language":"en"}'),
        core("bad-needless escape", "canonical", good.replace('"x"', '"\\u0078"')),
        core("bad-escaped solidus", "canonical", good.replace('"x"', '"\\/"')),
        core("bad-number", "canonical", good.replace('"x"', "1")),
        core("bad-null", "canonical", good.replace('"x"', "null")),
        core("bad-true", "canonical", good.replace('"x"', "true")),
        core("bad-empty value", "canonical", good.replace('"x"', '""')),
        core("bad-empty list", "canonical", good.replace('"x"', "[]")),
        core("bad-empty object", "canonical", good.replace('"x"', "{}")),
        core("bad-list in list", "canonical", good.replace('"x"', '[["x"]]')),
        core("bad-object in object", "canonical", good.replace('"x"', '{"a":{"b":"x"}}')),
        core("bad-control character", "canonical", good.replace('"x"', '"\\n"')),
        core("bad-c1", "canonical", good.replace('"x"', '"\u0085"')),
        core("bad-field", "canonical", good.replace('"q"', '"Q"')),
        core("bad-empty field", "canonical", good.replace('"q"', '""')),
        core("bad-flat part", "canonical", good.replace('"q"', '"q/r"')),
        core("bad-member", "canonical", good.replace("}}", '},"ip":"x"}')),
        core("bad-no language", "canonical", '{"answers":{"q":"x"}}'),
        core("bad-language", "canonical", good.replace('"en"', '"e n"')),
        core("bad-long language", "canonical", good.replace('"en"', '"abcdefghijklmnop"')),
        core("bad-null region", "canonical", good.replace('"en"', '"en","region":null')),
        core("bad-empty region", "canonical", good.replace('"en"', '"en","region":""')),
        core("bad-no answers", "canonical", '{"language":"en"}'),
        core("bad-answers", "canonical", '{"language":"en","answers":["q"]}'),
        short("bad-text order", "canonical", '{"language":"en","question":"comment","text":"x"}'),
        short("bad-text member", "canonical", text.replace("}", ',"time":"12:00"}')),
        short("bad-text missing", "canonical", '{"question":"comment","language":"en"}'),
        short("bad-text cr", "canonical", text.replace('"x"', '"a\\r\\nb"')),
        short("bad-text control", "canonical", text.replace('"x"', '"\\u001b"')),
        short("bad-text list", "canonical", text.replace('"x"', '["x"]')),
        short("bad-text question", "canonical", text.replace('"comment"', '"a/b/c"')),
        short("bad-text escape", "canonical", text.replace('"x"', '"\\u00e9"')),
    ]


def row_vectors():
    for label, seed in (("first", b"1"), ("second", b"2")):
        number = blake(16, b"number", seed)
        content = blake(32, b"content", seed)
        receipt = blake(16, b"peer-survey receipt 1\n", number, content)
        rows = []
        for kind, index in ((CORE, 0), (SHORT, 0), (SHORT, 1), (LONG, 0), (LONG, 258)):
            key = blake(16, b"peer-survey row key 1\n", receipt, bytes([kind]),
                        index.to_bytes(4, "big"))
            sealed = blake(64, b"sealed", key)
            tag = blake(16, b"peer-survey row tag 1\n", bytes([kind]), key, sealed)
            rows.append({"kind": kind, "index": index, "key": key.hex(), "sealed": sealed.hex(),
                         "tag": tag.hex()})
        yield {"label": label, "number": number.hex(), "content": content.hex(),
               "receipt": receipt.hex(), "rows": rows}


def key_vectors():
    for label, name, custodians, quorum in (("usual", "2020-04", 3, 2), ("alone", "R1", 1, 1)):
        form, box, sign = (blake(32, part, name.encode()) for part in (b"form", b"box", b"sign"))
        lines = (f"peer-survey public key 1\nround: {name}\nform: {form.hex()}\nbox: {box.hex()}\n"
                 f"sign: {sign.hex()}\ncustodians: {custodians}\nquorum: {quorum}\n")
        digest = blake(40, b"peer-survey fingerprint 1\n", lines.encode())
        groups = [int.from_bytes(digest[i:i + 5], "big") % 100000 for i in range(0, 40, 5)]
        fingerprint = " ".join(f"{group:05d}" for group in groups)
        yield {"label": label, "file": lines + f"fingerprint: {fingerprint}\n",
               "fingerprint": fingerprint}


def sealed_vectors():
    sodium = ctypes.CDLL("libsodium.so.23")
    sodium.sodium_init()

    def pair(seed):
        public, secret = ctypes.create_string_buffer(32), ctypes.create_string_buffer(32)
        sodium.crypto_box_seed_keypair(public, secret, seed)
        return public.raw, secret.raw

    seed = blake(32, b"the seed of a round's box key")
    public, _ = pair(seed)
    bodies = (("core", CORE, core_json("en", "150", [["gender", "woman"]])),
              ("comment", LONG, text_json("comment", "fr", None, "Été")))
    for label, kind, body in bodies:
        message = plain(kind, body, 128)
        ephemeral, secret = pair(blake(32, b"an ephemeral seed", label.encode()))
        nonce = blake(24, ephemeral, public)
        box = ctypes.create_string_buffer(len(message) + 16)
        assert sodium.crypto_box_easy(box, message, ctypes.c_ulonglong(len(message)), nonce,
                                      public, secret) == 0
        yield {"label": label, "seed": seed.hex(), "public": public.hex(),
               "plain": message.hex(), "ephemeral": secret.hex(),
               "sealed": (ephemeral + box.raw).hex()}


def submission_vectors():
    """Sealed submissions as they are sent: number || records."""
    for label, seed, n in (("one record", b"1", 128), ("three records", b"2", 384)):
        number = blake(16, b"sealed number", seed)
        records = b"".join(blake(64, b"sealed record", seed, bytes([i])) for i in range(n // 64))
        content = blake(32, records)
        yield {"label": label, "number": number.hex(), "records": records.hex(),
               "content": content.hex(),
               "receipt": blake(16, b"peer-survey receipt 1\n", number, content).hex()}


def main():
    vectors = {
        "about": "test vectors of survey-record(5), written by record-vectors.py",
        "form": FORM.hex(),
        "core": list(core_vectors()),
        "text": list(text_vectors()),
        "refused": list(refused_vectors()),
        "invalid": invalid_vectors(),
        "rows": list(row_vectors()),
        "keys": list(key_vectors()),
        "sealed": list(sealed_vectors()),
        "submissions": list(submission_vectors()),
    }
    print(json.dumps(vectors, ensure_ascii=False, indent=1))


main()
