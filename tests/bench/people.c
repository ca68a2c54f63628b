/*
 * people.c - from made-up answers to posted forms. In: a round's questionnaire. Out: for each person
 * what a browser sends when they press the button: every box that is ticked, and every text field,
 * date and list of countries, filled in or not (HTML, "constructing the entry list").
 */
#include "tests/bench/people.h"

#include "forms/page.h"
#include "forms/simulate.h"
#include "lib/base/json.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEED = 4, NUMBER = 32, NUMBER_AT = sizeof PAGE_NUMBER };

/* URL standard, application/x-www-form-urlencoded percent-encode set. */
static void put_escaped(struct buf *b, const char *s)
{
	static const char digits[] = "0123456789ABCDEF";

	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		    strchr("*-._", c) != NULL) {
			buf_putc(b, (char)c);
		} else if (c == ' ') {
			buf_putc(b, '+');
		} else {
			buf_putc(b, '%');
			buf_putc(b, digits[c >> 4]);
			buf_putc(b, digits[c & 15]);
		}
	}
}

static void put_field(struct buf *b, const char *name, const char *suffix, const char *value)
{
	buf_putc(b, '&');
	put_escaped(b, name);
	put_escaped(b, suffix);
	buf_putc(b, '=');
	put_escaped(b, value);
}

static const char *string_or_empty(const struct json *v)
{
	const char *s = json_string(v);

	return s != NULL ? s : "";
}

/* Each value of a list, or the one value; nothing for no answer. */
static size_t put_values(struct buf *b, const char *field, const struct json *v)
{
	size_t n = 0;

	if (json_string(v) != NULL) {
		put_field(b, field, "", json_string(v));
		return 1;
	}
	for (const struct json *item = json_first(v); item != NULL; item = json_next(item), n++)
		put_field(b, field, "", string_or_empty(item));
	return n;
}

static void put_date(struct buf *b, const struct form_question *q, const char *value)
{
	char year[16] = "";
	const char *month = strchr(value, '-');

	strncat(year, value, strcspn(value, "-") < sizeof year ? strcspn(value, "-") : 0);
	put_field(b, q->id, PAGE_DATE_YEAR, year);
	if (q->precision == FORM_MONTH)
		put_field(b, q->id, PAGE_DATE_MONTH, month != NULL ? month + 1 : "");
}

static void put_question(struct buf *b, const struct form_question *q, const struct json *answers)
{
	const struct json *v = json_get(answers, q->id);
	const char *value = string_or_empty(v);

	switch (q->type) {
	case FORM_MATRIX:
		for (size_t i = 0; i < q->n_rows; i++)
			put_values(b, q->rows[i].field, json_get(answers, q->rows[i].field));
		break;
	case FORM_SELECT_ONE:
	case FORM_SELECT_MULTIPLE:
	case FORM_SCALE:
		put_values(b, q->id, v);
		break;
	case FORM_RANKING:
		for (size_t n = put_values(b, q->id, v); n < q->ranks; n++)
			put_field(b, q->id, "", "");
		break;
	case FORM_INTEGER:
	case FORM_DECIMAL:
		/* the box "prefer not to say" beside an empty field */
		if (strcmp(value, ANSWER_DECLINED) == 0)
			put_field(b, q->id, "", "");
		put_field(b, q->id, "", value);
		break;
	case FORM_TEXT:
	case FORM_COMMENT:
	case FORM_COUNTRY:
		put_field(b, q->id, "", value);
		break;
	case FORM_DATE:
		put_date(b, q, value);
		break;
	case FORM_NOTE:
	case FORM_CALCULATE:
		break;
	}
	if (q->other != NULL)
		put_field(b, q->other_field, "", string_or_empty(json_get(answers, q->other_field)));
}

static int make_person(struct person *p, const struct simulate *s, size_t i, struct err *err)
{
	struct json *document = NULL;
	struct buf line = {0};
	int status = -1;

	if (simulate_person(&line, s, i, err) != 0 ||
	    json_parse(&document, line.data, line.len, err) != 0)
		goto out;
	strncat(p->language, string_or_empty(json_get(document, "language")),
		sizeof p->language - 1);
	buf_puts(&p->body, PAGE_NUMBER "=00000000000000000000000000000000");
	put_field(&p->body, PAGE_DECOY, "", "");
	put_field(&p->body, PAGE_CONSENT, "", "yes");
	for (size_t k = 0; k < s->form->n_questions; k++)
		put_question(&p->body, &s->form->questions[k], json_get(document, "answers"));
	status = p->body.failed ? err_nomem(err) : 0;
out:
	json_free(document);
	buf_finish(&line);
	return status;
}

int people_create(struct person **out, size_t n, const struct round *round, struct err *err)
{
	const struct simulate s = {round->form, round->form->regions, SEED};
	struct person *people = calloc(n, sizeof *people);

	if (people == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < n; i++) {
		if (make_person(&people[i], &s, i, err) != 0) {
			people_free(people, n);
			return -1;
		}
	}
	*out = people;
	return 0;
}

void people_free(struct person *people, size_t n)
{
	for (size_t i = 0; people != NULL && i < n; i++)
		buf_finish(&people[i].body);
	free(people);
}

/* What a phone's browser says of itself, and how long the form is. */
static void put_head(struct buf *out, const char *path, size_t n)
{
	buf_printf(out,
		"POST %s HTTP/1.1\r\nHost: survey.example\r\n"
		"User-Agent: Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0\r\n"
		"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
		"Accept-Language: fr,en;q=0.5\r\nAccept-Encoding: gzip, deflate\r\n"
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n"
		"Connection: keep-alive\r\n\r\n",
		path, n);
}

void people_submit(struct buf *out, const struct person *p)
{
	unsigned char number[NUMBER / 2];
	char hex[NUMBER + 1], path[sizeof p->language + 1];
	size_t at;

	randombytes_buf(number, sizeof number);
	sodium_bin2hex(hex, sizeof hex, number, sizeof number);
	snprintf(path, sizeof path, "/%s", p->language);
	put_head(out, path, p->body.len);
	at = out->len + NUMBER_AT;
	buf_put(out, p->body.data, p->body.len);
	if (!out->failed)
		memcpy(out->data + at, hex, NUMBER);
}

void people_withdraw(struct buf *out, const char *receipt)
{
	put_head(out, "/en/withdraw", sizeof PAGE_RECEIPT + PEOPLE_RECEIPT);
	buf_printf(out, PAGE_RECEIPT "=%.*s", PEOPLE_RECEIPT, receipt);
}
