/*
 * decode.c - bytes that anybody may have sent, into fields. In: a body. Out: answers by field, or
 * a refusal. First the body is split and decoded into pairs, with every limit checked before
 * anything is allocated for it; then each pair finds its place in the questionnaire.
 * The encoding is that of the URL standard, 5.1, of which only what browsers produce is taken.
 */
#include "collector/decode.h"

#include "forms/page.h"
#include "lib/base/utf8.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BODY_LEAST = 256 << 10, OWN_FIELDS = 8 };

struct pair {
	const char *name, *value; /* in `bytes` */
};

struct pairs {
	char *bytes; /* decoded, each string with its NUL */
	size_t size;
	struct pair *list;
	size_t n;
};

/* --- bytes -> pairs --- */

static void pairs_finish(struct pairs *p)
{
	if (p->bytes != NULL)
		sodium_memzero(p->bytes, p->size);
	free(p->bytes);
	free(p->list);
	*p = (struct pairs){0};
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Decode `n` bytes to `*out` and step behind the NUL that is put there. -1: malformed. */
static int unescape(char **out, const char *s, size_t n)
{
	char *start = *out, *to = start;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == '+') {
			*to++ = ' ';
		} else if (c == '%') {
			int high = i + 2 < n ? hex_digit(s[i + 1]) : -1;
			int low = i + 2 < n ? hex_digit(s[i + 2]) : -1;

			if (high < 0 || low < 0 || (high == 0 && low == 0))
				return -1;
			*to++ = (char)(high << 4 | low);
			i += 2;
		} else if (c > 0x20 && c < 0x7F) {
			*to++ = (char)c;
		} else {
			return -1;
		}
	}
	*to++ = '\0';
	*out = to;
	return utf8_valid(start, (size_t)(to - start) - 1) ? 0 : -1;
}

static size_t count_byte(const char *s, size_t n, char byte)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += s[i] == byte;
	return count;
}

/* One "name=value" to the end of the list. */
static int add_pair(struct pairs *p, char **to, const char *s, size_t n, struct err *err)
{
	const char *equals = memchr(s, '=', n);
	size_t name = equals != NULL ? (size_t)(equals - s) : 0;
	struct pair *pair = &p->list[p->n];

	if (equals == NULL || name == 0 || name > DECODE_NAME)
		return err_set(err, ERR_INPUT, "a field without a name, or with one too long");
	pair->name = *to;
	if (unescape(to, s, name) != 0)
		return err_set(err, ERR_INPUT, "a field's name is malformed");
	pair->value = *to;
	if (unescape(to, equals + 1, n - name - 1) != 0)
		return err_set(err, ERR_INPUT, "a field's value is malformed");
	p->n++;
	return 0;
}

static int pairs_read(struct pairs *out, const char *body, size_t n, size_t most, struct err *err)
{
	size_t fields = n > 0 ? count_byte(body, n, '&') + 1 : 0;
	const char *s = body, *end = body + n;
	char *to;

	*out = (struct pairs){0};
	if (fields > most)
		return err_set(err, ERR_INPUT, "too many fields");
	/* nothing grows by decoding but for the two NULs of each pair */
	out->size = n + 2 * fields + 1;
	out->bytes = malloc(out->size);
	out->list = calloc(fields + 1, sizeof *out->list);
	if (out->bytes == NULL || out->list == NULL) {
		err_nomem(err);
		goto fail;
	}
	to = out->bytes;
	while (fields-- > 0) {
		const char *stop = memchr(s, '&', (size_t)(end - s));
		size_t length = (size_t)((stop != NULL ? stop : end) - s);

		if (add_pair(out, &to, s, length, err) != 0)
			goto fail;
		s += length + 1;
	}
	return 0;
fail:
	pairs_finish(out);
	return -1;
}

/* --- pairs -> answers --- */

/* Where a name belongs. */
struct place {
	const struct form_question *question; /* NULL: nowhere */
	bool many;                            /* may stand several times */
	bool date;                            /* a part of a date */
};

static struct place place_in(const struct form_question *q, const char *part)
{
	struct place here = {q, false, false}, nowhere = {0};

	if (!form_is_asked(q->type))
		return nowhere;
	if (q->type == FORM_DATE) {
		here.date = true;
		return strcmp(part, PAGE_DATE_YEAR) == 0 ||
			(q->precision == FORM_MONTH && strcmp(part, PAGE_DATE_MONTH) == 0)
			? here : nowhere;
	}
	if (*part == '\0') {
		here.many = q->type == FORM_SELECT_MULTIPLE || q->type == FORM_RANKING ||
		            q->type == FORM_INTEGER || q->type == FORM_DECIMAL;
		return q->type != FORM_MATRIX ? here : nowhere;
	}
	if (*part == '/' && q->other != NULL && strcmp(part, "/other") == 0)
		return here;
	for (size_t i = 0; *part == '/' && i < q->n_rows; i++)
		if (strcmp(part + 1, q->rows[i].id) == 0)
			return here;
	return nowhere;
}

static struct place find_place(const struct form *f, const char *name)
{
	size_t n = strcspn(name, "/.");

	for (size_t i = 0; i < f->n_questions; i++)
		if (strncmp(f->questions[i].id, name, n) == 0 && f->questions[i].id[n] == '\0')
			return place_in(&f->questions[i], name + n);
	return (struct place){0};
}

static const char *find_pair(const struct pairs *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->list[i].name, name) == 0)
			return p->list[i].value;
	return NULL;
}

static bool stands_before(const struct pairs *p, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(p->list[k].name, p->list[i].name) == 0)
			return true;
	return false;
}

static bool number_valid(const char *s)
{
	return strlen(s) == DECODE_NUMBER && strspn(s, "0123456789abcdef") == DECODE_NUMBER;
}

static int take_own(struct decoded *out, const struct pair *pair, struct err *err)
{
	if (strcmp(pair->name, PAGE_NUMBER) == 0 && number_valid(pair->value))
		strcpy(out->number, pair->value);
	else if (strcmp(pair->name, PAGE_CONSENT) == 0 && strcmp(pair->value, "yes") == 0)
		out->consent = true;
	else if (strcmp(pair->name, PAGE_DECOY) == 0)
		out->decoy = *pair->value != '\0';
	else
		return err_set(err, ERR_INPUT, "a field that is not of this form");
	return 0;
}

/* The parts of a date, as they stand: "2020-04", "2020-" while the month is missing. */
static int take_date(struct answers *a, const struct pairs *p, const struct form_question *q,
                     struct err *err)
{
	char name[DECODE_NAME + 16], value[32];
	const char *year, *month;

	snprintf(name, sizeof name, "%s%s", q->id, PAGE_DATE_YEAR);
	year = find_pair(p, name);
	snprintf(name, sizeof name, "%s%s", q->id, PAGE_DATE_MONTH);
	month = find_pair(p, name);
	if (year == NULL)
		year = "";
	if (month == NULL)
		month = "";
	if (strcmp(year, ANSWER_DECLINED) == 0)
		return answers_set(a, q->id, ANSWER_DECLINED, err);
	if (strlen(year) > 4 || strlen(month) > 2)
		return err_set(err, ERR_INPUT, "a part of a date is too long");
	if (*year == '\0' && *month == '\0')
		return 0;
	snprintf(value, sizeof value, "%s%s%s", year, q->precision == FORM_MONTH ? "-" : "",
		month);
	return answers_set(a, q->id, value, err);
}

static int take_field(struct decoded *out, const struct pairs *p, size_t i,
                      const struct place *place, struct err *err)
{
	const struct pair *pair = &p->list[i];
	enum form_type type = place->question->type;

	if (place->date)
		return 0;
	if (type == FORM_RANKING || (type == FORM_SELECT_MULTIPLE && *pair->value != '\0' &&
	                             strchr(pair->name, '/') == NULL))
		return answers_add(out->answers, pair->name, pair->value, err);
	if (*pair->value == '\0')
		return 0;
	if (answers_get(out->answers, pair->name) != NULL)
		return answers_add(out->answers, pair->name, pair->value, err);
	return answers_set(out->answers, pair->name, pair->value, err);
}

static int take_pairs(struct decoded *out, const struct pairs *p, const struct form *f,
                      struct err *err)
{
	for (size_t i = 0; i < p->n; i++) {
		const char *name = p->list[i].name;
		bool own = strncmp(name, "page.", 5) == 0;
		struct place place = own ? (struct place){0} : find_place(f, name);

		if (!own && place.question == NULL)
			return err_set(err, ERR_INPUT, "a field that is not of this form");
		if (!place.many && stands_before(p, i))
			return err_set(err, ERR_INPUT, "a field stands twice");
		if (own ? take_own(out, &p->list[i], err) != 0
		        : take_field(out, p, i, &place, err) != 0)
			return -1;
	}
	for (size_t i = 0; i < f->n_questions; i++)
		if (f->questions[i].type == FORM_DATE &&
		    take_date(out->answers, p, &f->questions[i], err) != 0)
			return -1;
	return 0;
}

/* The most fields that a page of this questionnaire can send. */
static size_t most_fields(const struct form *f)
{
	size_t n = OWN_FIELDS;

	for (size_t i = 0; i < f->n_questions; i++) {
		const struct form_question *q = &f->questions[i];

		n += 3 + q->n_rows + q->ranks;
		if (q->type == FORM_SELECT_MULTIPLE)
			n += q->n_choices;
	}
	return n;
}

size_t decode_limit(const struct form *f)
{
	size_t n = 64 << 10;

	/* a code point is 4 bytes, each of them 3 characters; as much again is still answered */
	for (size_t i = 0; i < f->n_questions; i++)
		n += 2 * 12 * f->questions[i].max_length;
	return n > BODY_LEAST ? n : BODY_LEAST;
}

int decode_form(struct decoded *out, const char *body, size_t n, const struct form *f,
                struct err *err)
{
	struct pairs pairs = {0};
	int status = -1;

	*out = (struct decoded){.answers = answers_create()};
	if (out->answers == NULL) {
		err_nomem(err);
		goto out;
	}
	if (pairs_read(&pairs, body, n, most_fields(f), err) != 0 ||
	    take_pairs(out, &pairs, f, err) != 0)
		goto out;
	if (out->number[0] == '\0') {
		err_set(err, ERR_INPUT, "the page's number is missing");
		goto out;
	}
	status = 0;
out:
	pairs_finish(&pairs);
	if (status != 0)
		decode_finish(out);
	return status;
}

void decode_finish(struct decoded *d)
{
	answers_free(d->answers);
	sodium_memzero(d, sizeof *d);
}

int decode_field(struct buf *value, const char *body, size_t n, const char *name, struct err *err)
{
	struct pairs pairs;
	const char *found;

	if (pairs_read(&pairs, body, n, 1, err) != 0)
		return -1;
	found = find_pair(&pairs, name);
	if (found != NULL)
		buf_puts(value, found);
	pairs_finish(&pairs);
	if (value->failed)
		return err_nomem(err);
	return found != NULL ? 0 : err_set(err, ERR_INPUT, "the field is missing");
}
