/*
 * encode_read.c - reading plaintexts. In: untrusted bytes of an opened record. Out: answers or one
 * free text. What was read is written again and must be the same bytes: so one rule book, that of
 * writing, decides what is canonical. What needs no parsing, encode_short.c takes first. Messages
 * name the fault only: a name in a bad record may itself be an answer.
 */
#include "lib/record/encode.h"
#include "lib/record/encode_short.h"

#include "lib/base/json.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* The padding's zeros are most of a record: many at a time first. */
static size_t without_zeros(const uint8_t *plain, size_t n)
{
	static const uint8_t zeros[64];

	while (n >= RECORD_HEADER + sizeof zeros &&
		memcmp(plain + n - sizeof zeros, zeros, sizeof zeros) == 0)
		n -= sizeof zeros;
	while (n > RECORD_HEADER && plain[n - 1] == 0)
		n--;
	return n;
}

/* Check the frame and find the JSON: `*json` is borrowed from `plain`. */
static int read_frame(const char **json, size_t *json_n, enum record_kind kind,
	const uint8_t *plain, size_t n, const uint8_t digest[RECORD_DIGEST], struct err *err)
{
	if (n <= RECORD_HEADER)
		return err_set(err, ERR_INPUT, "record: too short");
	if (plain[0] != RECORD_VERSION)
		return err_set(err, ERR_INPUT, "record: unknown version %u", plain[0]);
	if (plain[1] != kind)
		return err_set(err, ERR_INPUT, "record: of another kind");
	if (memcmp(plain + 2, digest, RECORD_DIGEST) != 0)
		return err_set(err, ERR_INPUT, "record: of another questionnaire");
	n = without_zeros(plain, n);
	if (n == RECORD_HEADER || plain[n - 1] != 0x80)
		return err_set(err, ERR_INPUT, "record: bad padding");
	*json = (const char *)plain + RECORD_HEADER;
	*json_n = n - 1 - RECORD_HEADER;
	return 0;
}

static int not_canonical(struct err *err)
{
	return err_set(err, ERR_INPUT, "record: not in canonical form");
}

/* The document of a record. */
static int read_json(struct json **out, enum record_kind kind, const uint8_t *plain, size_t n,
	const uint8_t digest[RECORD_DIGEST], struct err *err)
{
	const char *text = NULL;
	size_t text_n = 0;
	struct err fault;

	if (read_frame(&text, &text_n, kind, plain, n, digest, err) != 0)
		return -1;
	if (json_parse(out, text, text_n, &fault) != 0) {
		if (fault.code == ERR_NOMEM)
			return err_nomem(err);
		return err_set(err, ERR_INPUT, "record: not strict JSON");
	}
	return 0;
}

/* 0 if the bytes that were written again are those that were read. */
static int compare(int written, const struct buf *again, const uint8_t *plain, size_t n,
	struct err *err)
{
	if (written != 0 && err->code == ERR_NOMEM)
		return -1;
	if (written != 0 || again->len != n || memcmp(again->data, plain, n) != 0)
		return not_canonical(err);
	return 0;
}

/* A field and its value or values. Both are checked when they are written again. */
static int take_answer(struct answers *a, const char *field, const struct json *v, struct err *err)
{
	if (json_type(v) == JSON_STRING)
		return answers_set(a, field, json_string(v), err);
	if (json_type(v) != JSON_ARRAY || json_first(v) == NULL)
		return not_canonical(err);
	for (v = json_first(v); v != NULL; v = json_next(v)) {
		if (json_type(v) != JSON_STRING)
			return not_canonical(err);
		if (answers_add(a, field, json_string(v), err) != 0)
			return -1;
	}
	return 0;
}

static int take_parts(struct answers *a, const char *question, const struct json *object,
	struct err *err)
{
	struct buf field = {0};
	int status = 0;

	for (const struct json *m = json_first(object); m != NULL && status == 0;
		m = json_next(m)) {
		buf_clear(&field);
		buf_puts(&field, question);
		buf_putc(&field, '/');
		buf_puts(&field, json_name(m));
		status = field.failed ? err_nomem(err) : take_answer(a, field.data, m, err);
	}
	buf_wipe(&field);
	return status;
}

static int take_core(struct answers *a, const struct json *v, struct err *err)
{
	const char *language = json_string(json_get(v, "language"));
	const char *region = json_string(json_get(v, "region"));
	int status;

	if (language == NULL || strlen(language) >= sizeof a->language ||
	    json_type(json_get(v, "answers")) != JSON_OBJECT)
		return not_canonical(err);
	if (answers_set_language(a, language, err) != 0 || answers_set_region(a, region, err) != 0)
		return -1;
	for (v = json_first(json_get(v, "answers")); v != NULL; v = json_next(v)) {
		status = json_type(v) == JSON_OBJECT ? take_parts(a, json_name(v), v, err)
						     : take_answer(a, json_name(v), v, err);
		if (status != 0)
			return -1;
	}
	return 0;
}

/* The long way: parse, take, write again, compare. */
static int read_core(struct answers *a, const uint8_t *plain, size_t n,
	const uint8_t digest[RECORD_DIGEST], struct err *err)
{
	struct json *document = NULL;
	struct buf again = {0};
	int status = -1;

	if (read_json(&document, RECORD_CORE, plain, n, digest, err) != 0)
		return -1;
	if (take_core(a, document, err) == 0)
		status = compare(encode_core(&again, a, digest, n, err), &again, plain, n, err);
	json_free(document);
	buf_wipe(&again);
	return status;
}

int encode_read_core(struct answers **out, const void *plain, size_t n,
	const uint8_t digest[RECORD_DIGEST], struct err *err)
{
	struct answers *a = NULL;
	const char *json = NULL;
	size_t json_n = 0;
	int status;

	if (read_frame(&json, &json_n, RECORD_CORE, plain, n, digest, err) != 0)
		return -1;
	status = encode_short_core(&a, json, json_n, err);
	if (status == 0) {
		a = answers_create();
		status = a == NULL ? err_nomem(err) : read_core(a, plain, n, digest, err);
	} else if (status == 1) {
		status = 0;
	}
	if (status == 0)
		*out = a;
	else
		answers_free(a);
	return status;
}

/* The member's string as the caller's own; NULL if it is not there or memory is out. */
static char *take_string(const struct json *v, const char *name)
{
	const char *s = json_string(json_get(v, name));

	return s == NULL ? NULL : strdup(s);
}

static int take_text(struct record_text *t, const struct json *v, struct err *err)
{
	const char *language = json_string(json_get(v, "language"));

	if (language == NULL || strlen(language) >= sizeof t->language ||
	    json_string(json_get(v, "question")) == NULL ||
	    json_string(json_get(v, "text")) == NULL)
		return not_canonical(err);
	memcpy(t->language, language, strlen(language));
	t->field = take_string(v, "question");
	t->region = take_string(v, "region");
	t->text = take_string(v, "text");
	if (t->field == NULL || t->text == NULL ||
	    (t->region == NULL && json_string(json_get(v, "region")) != NULL))
		return err_nomem(err);
	return 0;
}

static int read_text(struct record_text *t, enum record_kind kind, const uint8_t *plain, size_t n,
	const uint8_t digest[RECORD_DIGEST], struct err *err)
{
	struct json *document = NULL;
	struct buf again = {0};
	int status = -1;

	if (read_json(&document, kind, plain, n, digest, err) != 0)
		return -1;
	if (take_text(t, document, err) == 0)
		status = compare(encode_text(&again, t, kind, digest, n, err), &again, plain, n,
			err);
	json_free(document);
	buf_wipe(&again);
	return status;
}

int encode_read_text(struct record_text *out, enum record_kind kind, const void *plain, size_t n,
	const uint8_t digest[RECORD_DIGEST], struct err *err)
{
	struct record_text t = {0};
	const char *json = NULL;
	size_t json_n = 0;
	int status;

	assert(kind == RECORD_SHORT || kind == RECORD_LONG);
	if (read_frame(&json, &json_n, kind, plain, n, digest, err) != 0)
		return -1;
	status = encode_short_text(&t, json, json_n, err);
	if (status == 0) {
		record_text_finish(&t);
		status = read_text(&t, kind, plain, n, digest, err);
	} else if (status == 1) {
		status = 0;
	}
	if (status == 0)
		*out = t;
	else
		record_text_finish(&t);
	return status;
}
