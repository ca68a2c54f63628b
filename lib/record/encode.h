/*
 * encode.h - answers <-> padded plaintext of a record. The bytes are specified in
 * survey-record(5), with test vectors.
 *
 *   plaintext = version (1 byte, 1) | kind (1 byte) | digest of the frozen questionnaire (32)
 *               | canonical JSON | 0x80 | 0x00 ...   up to the size of its kind
 *
 * A core record holds the language, the region and all answers that are not free text:
 *   {"language":"fr","region":"150","answers":{"gender":"woman","used":["a","b"],
 *    "access":{"naloxone":"harder"}}}
 * A text record holds one free text, with its question and language, and nothing else:
 *   {"question":"gender/other","language":"fr","text":"..."}     (+ "region" if the study opted in)
 */
#ifndef RECORD_ENCODE_H
#define RECORD_ENCODE_H

#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "lib/record/answers.h"

#include <stdint.h>

enum {
	RECORD_VERSION = 1,
	RECORD_DIGEST = 32, /* BLAKE2b-256 of the bytes of rounds/R/form.json */
	RECORD_HEADER = 2 + RECORD_DIGEST,
};

enum record_kind {
	RECORD_CORE,  /* one a submission */
	RECORD_SHORT, /* one for each short text and each "other" text of the questionnaire */
	RECORD_LONG,  /* one for each comment */
	RECORD_KINDS
};

struct record_text {
	char *field; /* "comment_services" or "gender/other" */
	char language[16];
	char *region; /* NULL unless the study opted in */
	char *text;   /* "" is an empty text */
};
void record_text_finish(struct record_text *t); /* wipes */

/*
 * The size of a kind's plaintext whose JSON takes at most `json_max` bytes: header, JSON and at
 * least one byte of padding, rounded up to the largest size that fits as many rows into a page of
 * the store (store_row_size()). 0 if it overflows or is over 1 MiB.
 */
size_t encode_size(size_t json_max);

/*
 * Append the plaintext of `size` bytes to `out`. ERR_INPUT if it does not fit (nothing is cut).
 * Fields whose name contains '/' are written as members of an object under the part before it;
 * they must stand together. Values are not empty and hold no control character; a text may hold
 * line feeds and tabs, and its CR LF becomes LF. ERR_INPUT else. On failure `out` is unchanged.
 */
int encode_core(struct buf *out, const struct answers *a, const uint8_t digest[RECORD_DIGEST],
                size_t size, struct err *err);
int encode_text(struct buf *out, const struct record_text *t, enum record_kind kind,
                const uint8_t digest[RECORD_DIGEST], size_t size, struct err *err);

/*
 * Writing's own rules, for reading: may these answers be written, and this text, whose lines end as
 * in a record? 0, or ERR_INPUT.
 */
int encode_core_rules(const struct answers *a, struct err *err);
int encode_text_rules(const struct record_text *t, struct err *err);

/*
 * Read a plaintext back. The bytes are untrusted: anything but the exact canonical form of its
 * kind is ERR_INPUT, another questionnaire's digest is ERR_INPUT ("another questionnaire").
 * The caller owns `*out` / finishes `out`.
 */
int encode_read_core(struct answers **out, const void *plain, size_t n,
                     const uint8_t digest[RECORD_DIGEST], struct err *err);
int encode_read_text(struct record_text *out, enum record_kind kind, const void *plain, size_t n,
                     const uint8_t digest[RECORD_DIGEST], struct err *err);

/*
 * The core record's JSON alone, as in a line of a JSONL file. There a question with a value of its
 * own may have parts, too ("gender" and "gender/other"): their names then stand whole. Nothing is
 * checked.
 */
void encode_json(struct buf *out, const struct answers *a);

#endif
