/*
 * encode.c - writing plaintexts. In: answers or one free text. Out: header, canonical JSON and
 * ISO/IEC 7816-4 padding, as survey-record(5) specifies. One content has one form, so that equal
 * submissions have equal digests and a record's bytes say nothing but its content.
 */
#include "lib/record/encode.h"

#include "lib/base/json.h"
#include "lib/base/utf8.h"
#include "lib/record/seal.h"
#include "lib/record/store.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { PLAIN_MAX = 1 << 20 };

void record_text_finish(struct record_text *t)
{
	char *strings[] = {t->field, t->region, t->text};

	for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
		if (strings[i] == NULL)
			continue;
		sodium_memzero(strings[i], strlen(strings[i]));
		free(strings[i]);
	}
	sodium_memzero(t, sizeof *t);
}

size_t encode_size(size_t json_max)
{
	const size_t frame = STORE_ROW_KEY + SEAL_OVERHEAD + STORE_ROW_TAG;
	size_t size;

	if (json_max > PLAIN_MAX)
		return 0;
	size = store_row_size(frame + RECORD_HEADER + json_max + 1) - frame;
	return size <= PLAIN_MAX ? size : 0;
}

/* Identifiers of questions and rows: [a-z][a-z0-9_]* */
static size_t identifier(const char *s)
{
	size_t n = 0;

	if (*s < 'a' || *s > 'z')
		return 0;
	/* every field of every record comes here: strspn() would make a table of its letters each time */
	while ((s[n] >= 'a' && s[n] <= 'z') || (s[n] >= '0' && s[n] <= '9') || s[n] == '_')
		n++;
	return n;
}

/* QUESTION or QUESTION/PART */
static bool field_valid(const char *field)
{
	size_t n = identifier(field);

	if (n > 0 && field[n] == '/') {
		field += n + 1;
		n = identifier(field);
	}
	return n > 0 && field[n] == '\0';
}

/* Codes of languages and regions. */
static bool code_valid(const char *code, size_t max)
{
	size_t n = 0;

	while ((code[n] >= 'a' && code[n] <= 'z') || (code[n] >= 'A' && code[n] <= 'Z') ||
	       (code[n] >= '0' && code[n] <= '9') || code[n] == '_' || code[n] == '-')
		n++;
	return code[n] == '\0' && n <= max;
}

/* Well-formed, and no control character; `lines` allows line feeds and tabs. */
static bool text_valid(const char *s, bool lines)
{
	const char *end = s + strlen(s);

	while (s < end) {
		int32_t c;

		if (*s >= 0x20 && *s < 0x7f) {
			s++;
			continue;
		}
		c = utf8_next(&s, end);
		if (c < 0 || (c >= 0x7f && c <= 0x9f))
			return false;
		if (c < 0x20 && !(lines && (c == '\n' || c == '\t')))
			return false;
	}
	return true;
}

/* Length of the question's part of a field, without the part behind '/'. */
static size_t stem(const char *field)
{
	size_t n = 0;

	while (field[n] != '\0' && field[n] != '/')
		n++;
	return n;
}

/* Is `field` the question of the `n` bytes at `question`, or a part of it? */
static bool belongs(const char *field, const char *question, size_t n)
{
	return *field == *question && strncmp(field, question, n) == 0 &&
	       (field[n] == '\0' || field[n] == '/');
}

/* Is field `i` a member of an object? Not where its question has an answer of its own. */
static bool is_member(const struct answers *a, size_t i)
{
	const char *field = a->list[i].field;
	size_t n = stem(field);

	if (field[n] == '\0')
		return false;
	for (size_t k = 0; k < a->n; k++)
		if (*a->list[k].field == *field && strncmp(a->list[k].field, field, n) == 0 &&
		    a->list[k].field[n] == '\0')
			return false;
	return true;
}

static void put_answer(struct buf *b, const char *name, const struct answer *answer)
{
	json_put_string(b, name);
	buf_putc(b, ':');
	if (!answer->many) {
		json_put_string(b, answer->n > 0 ? answer->values[0] : "");
		return;
	}
	buf_putc(b, '[');
	for (size_t i = 0; i < answer->n; i++) {
		if (i > 0)
			buf_putc(b, ',');
		json_put_string(b, answer->values[i]);
	}
	buf_putc(b, ']');
}

/* Consecutive fields of one question are one object. */
static size_t put_object(struct buf *b, const struct answers *a, size_t i)
{
	const char *first = a->list[i].field;
	size_t n = stem(first);

	/* identifiers need no escapes */
	buf_putc(b, '"');
	buf_put(b, first, n);
	buf_puts(b, "\":{");
	for (size_t k = i; i < a->n && belongs(a->list[i].field, first, n); i++) {
		if (i > k)
			buf_putc(b, ',');
		put_answer(b, a->list[i].field + n + 1, &a->list[i]);
	}
	buf_putc(b, '}');
	return i;
}

void encode_json(struct buf *out, const struct answers *a)
{
	size_t i = 0;

	buf_puts(out, "{\"language\":");
	json_put_string(out, a->language);
	if (a->region != NULL) {
		buf_puts(out, ",\"region\":");
		json_put_string(out, a->region);
	}
	buf_puts(out, ",\"answers\":{");
	while (i < a->n) {
		if (i > 0)
			buf_putc(out, ',');
		if (is_member(a, i)) {
			i = put_object(out, a, i);
		} else {
			put_answer(out, a->list[i].field, &a->list[i]);
			i++;
		}
	}
	buf_puts(out, "}}");
}

/*
 * Which stems were there before: of one whose bit is not set, none, so that only the fields that
 * follow it at once need to be compared with those that belong to it.
 */
struct stems {
	uint64_t seen[4];
	size_t first; /* from where on fields may belong to the present one's question */
};

static void note_stem(struct stems *s, const struct answers *a, size_t i)
{
	const char *field = a->list[i].field;
	size_t n = stem(field);
	unsigned bit;

	if (i > 0 && belongs(a->list[i - 1].field, field, n))
		return;
	bit = n == 0 ? 0 : ((uint8_t)field[0] * 131u + (uint8_t)field[n / 2] * 29u +
		(uint8_t)field[n - 1] * 7u + (unsigned)n) % 256;
	s->first = (s->seen[bit / 64] >> bit % 64 & 1) != 0 ? 0 : i;
	s->seen[bit / 64] |= (uint64_t)1 << bit % 64;
}

static int check_answer(const struct answers *a, size_t i, size_t first, struct err *err)
{
	const struct answer *answer = &a->list[i];
	const char *field = answer->field;
	size_t n = stem(field);

	if (!field_valid(field))
		return err_set(err, ERR_INPUT, "answer %zu: not a field's name", i + 1);
	if (answer->n == 0 || (!answer->many && answer->n > 1))
		return err_set(err, ERR_INPUT, "%s: not one value or a list of values", field);
	for (size_t k = 0; k < answer->n; k++)
		if (answer->values[k][0] == '\0' || !text_valid(answer->values[k], false))
			return err_set(err, ERR_INPUT,
				"%s: a value is empty, not UTF-8 or has a control character",
				field);
	for (size_t k = first; k < i; k++) {
		if (!belongs(a->list[k].field, field, n))
			continue;
		if (strcmp(a->list[k].field, field) == 0)
			return err_set(err, ERR_INPUT, "%s: answered twice", field);
		if (a->list[k].field[n] == '\0' || field[n] == '\0')
			return err_set(err, ERR_INPUT, "%s: both a value and parts", field);
		if (!belongs(a->list[i - 1].field, field, n))
			return err_set(err, ERR_INPUT, "%s: its parts stand apart", field);
	}
	return 0;
}

int encode_core_rules(const struct answers *a, struct err *err)
{
	struct stems stems = {0};

	if (!code_valid(a->language, sizeof a->language - 1))
		return err_set(err, ERR_INPUT, "not a language code");
	if (a->region != NULL && (a->region[0] == '\0' || !code_valid(a->region, 31)))
		return err_set(err, ERR_INPUT, "not a region code");
	for (size_t i = 0; i < a->n; i++) {
		note_stem(&stems, a, i);
		if (check_answer(a, i, stems.first, err) != 0)
			return -1;
	}
	return 0;
}

/* Header, `json` and padding, `size` bytes in all. */
static int put_plain(struct buf *out, enum record_kind kind, const uint8_t digest[RECORD_DIGEST],
	const struct buf *json, size_t size, struct err *err)
{
	uint8_t *to;

	if (json->failed || out->failed)
		return err_nomem(err);
	if (size <= RECORD_HEADER || json->len >= size - RECORD_HEADER)
		return err_set(err, ERR_INPUT, "too long for a record of %zu bytes", size);
	to = buf_room(out, size);
	if (to == NULL)
		return err_nomem(err);
	memset(to, 0, size);
	to[0] = RECORD_VERSION;
	to[1] = (uint8_t)kind;
	memcpy(to + 2, digest, RECORD_DIGEST);
	memcpy(to + RECORD_HEADER, json->data, json->len);
	to[RECORD_HEADER + json->len] = 0x80;
	out->len += size;
	return 0;
}

int encode_core(struct buf *out, const struct answers *a, const uint8_t digest[RECORD_DIGEST],
	size_t size, struct err *err)
{
	struct buf json = {0};
	int status;

	if (encode_core_rules(a, err) != 0)
		return -1;
	encode_json(&json, a);
	status = put_plain(out, RECORD_CORE, digest, &json, size, err);
	buf_wipe(&json);
	return status;
}

/* A line ends in LF, whatever the sender's machine thinks. */
static void put_lines(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++)
		if (!(text[0] == '\r' && text[1] == '\n'))
			buf_putc(out, *text);
}

static int check_names(const struct record_text *t, struct err *err)
{
	if (!field_valid(t->field))
		return err_set(err, ERR_INPUT, "not a field's name");
	if (!code_valid(t->language, sizeof t->language - 1))
		return err_set(err, ERR_INPUT, "%s: not a language code", t->field);
	if (t->region != NULL && (t->region[0] == '\0' || !code_valid(t->region, 31)))
		return err_set(err, ERR_INPUT, "%s: not a region code", t->field);
	return 0;
}

int encode_text_rules(const struct record_text *t, struct err *err)
{
	if (check_names(t, err) != 0)
		return -1;
	if (!text_valid(t->text, true))
		return err_set(err, ERR_INPUT, "%s: not UTF-8, or a control character", t->field);
	return 0;
}

int encode_text(struct buf *out, const struct record_text *t, enum record_kind kind,
	const uint8_t digest[RECORD_DIGEST], size_t size, struct err *err)
{
	struct buf text = {0}, json = {0};
	int status = -1;

	assert(kind == RECORD_SHORT || kind == RECORD_LONG);
	if (check_names(t, err) != 0)
		return -1;
	buf_puts(&text, "");
	put_lines(&text, t->text);
	if (text.failed) {
		err_nomem(err);
		goto out;
	}
	if (!text_valid(text.data, true)) {
		err_set(err, ERR_INPUT, "%s: not UTF-8, or a control character", t->field);
		goto out;
	}
	buf_puts(&json, "{\"question\":");
	json_put_string(&json, t->field);
	buf_puts(&json, ",\"language\":");
	json_put_string(&json, t->language);
	if (t->region != NULL) {
		buf_puts(&json, ",\"region\":");
		json_put_string(&json, t->region);
	}
	buf_puts(&json, ",\"text\":");
	json_put_string(&json, text.data);
	buf_puts(&json, "}");
	status = put_plain(out, kind, digest, &json, size, err);
	if (status != 0)
		err_prefix(err, "%s", t->field);
out:
	buf_wipe(&text);
	buf_wipe(&json);
	return status;
}
