/*
 * batch.c - opened answers into columns. In: one person's answers, or one free text. Out: a code in
 * every column, which says as well whether the person declined, left blank or was not asked. The
 * answers themselves need not be kept.
 */
#include "analyzer/batch.h"

#include "forms/regions.h"
#include "forms/route.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 1024, NO_CODE = -1 };

static int lists_create(struct batch *b, struct err *err)
{
	const struct form *f = b->form;
	size_t n = f->regions == NULL ? 0 : f->regions->n;

	b->regions = calloc(n + 1, sizeof *b->regions);
	b->languages = calloc(f->n_languages + 1, sizeof *b->languages);
	if (b->regions == NULL || b->languages == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < n; i++)
		b->regions[i] = f->regions->list[i].id;
	for (size_t i = 0; i < f->n_languages; i++)
		b->languages[i] = f->languages[i];
	b->regions[n] = b->languages[f->n_languages] = BATCH_NONE;
	b->n_regions = n + 1;
	b->n_languages = f->n_languages + 1;
	return 0;
}

static int texts_create(struct batch *b, struct err *err)
{
	size_t n = form_free_texts(b->form, NULL, 0);
	struct form_free_text *list = calloc(n + 1, sizeof *list);

	b->texts = calloc(n + 1, sizeof *b->texts);
	if (list == NULL || b->texts == NULL) {
		free(list);
		return err_nomem(err);
	}
	form_free_texts(b->form, list, n);
	for (size_t i = 0; i < n; i++) {
		b->texts[i].text = list[i];
		b->texts[i].written = calloc(b->n_languages, sizeof *b->texts[i].written);
		if (b->texts[i].written == NULL) {
			free(list);
			return err_nomem(err);
		}
		b->n_texts++;
	}
	free(list);
	return 0;
}

int batch_create(struct batch **out, const struct form *form, struct err *err)
{
	struct batch *b = calloc(1, sizeof *b);

	if (b == NULL)
		return err_nomem(err);
	b->form = form;
	if (lists_create(b, err) != 0 || texts_create(b, err) != 0 ||
		batch_columns_create(b, err) != 0) {
		batch_free(b);
		return -1;
	}
	*out = b;
	return 0;
}

void batch_free(struct batch *b)
{
	if (b == NULL)
		return;
	batch_columns_free(b);
	for (size_t i = 0; i < b->n_texts; i++)
		free(b->texts[i].written);
	free(b->texts);
	free(b->regions);
	free(b->languages);
	if (b->region != NULL)
		explicit_bzero(b->region, b->cap * sizeof *b->region);
	if (b->language != NULL)
		explicit_bzero(b->language, b->cap * sizeof *b->language);
	free(b->region);
	free(b->language);
	free(b);
}

/* Room for `cap` people in one array of `width` bytes each; what is left behind is wiped. */
static int widen(void **data, size_t n, size_t cap, size_t width, struct err *err)
{
	void *wider = calloc(cap, width);

	if (wider == NULL)
		return err_nomem(err);
	if (*data != NULL) {
		memcpy(wider, *data, n * width);
		explicit_bzero(*data, n * width);
		free(*data);
	}
	*data = wider;
	return 0;
}

/*
 * Room for one person more. Arrays grow by a quarter, so that memory stays near what is used; one
 * that has grown when another cannot is only larger than it says.
 */
static int grow(struct batch *b, struct err *err)
{
	size_t cap = b->cap + b->cap / 4 + ROWS;

	if (b->n < b->cap)
		return 0;
	if (widen((void **)&b->region, b->n, cap, sizeof *b->region, err) != 0 ||
		widen((void **)&b->language, b->n, cap, sizeof *b->language, err) != 0)
		return -1;
	for (size_t i = 0; i < b->n_columns; i++) {
		struct batch_column *c = &b->columns[i];

		if (widen((void **)&c->data, b->n, cap, c->width, err) != 0)
			return -1;
		if (c->kind == BATCH_NUMBER &&
			widen((void **)&c->numbers, b->n, cap, sizeof *c->numbers, err) != 0)
			return -1;
	}
	b->cap = cap;
	return 0;
}

static long find(char *const *list, size_t n, const char *value)
{
	for (size_t i = 0; i < n; i++)
		if (*list[i] == *value && strcmp(list[i], value) == 0)
			return (long)i;
	return NO_CODE;
}

static long find_name(const char *const *list, size_t n, const char *value)
{
	for (size_t i = 0; i < n; i++)
		if (*list[i] == *value && strcmp(list[i], value) == 0)
			return (long)i;
	return NO_CODE;
}

static void put_code(struct batch_column *c, size_t at, long code)
{
	if (c->code == 1)
		c->data[at] = (uint8_t)code;
	else
		((uint16_t *)(void *)c->data)[at] = (uint16_t)code;
}

/* The band's code; the number goes beside it. */
static long number_code(struct batch_column *c, size_t at, const char *text)
{
	char *end;
	double v = strtod(text, &end);
	size_t i = c->n_answers;

	if (end == text || *end != '\0' || !isfinite(v))
		return NO_CODE;
	while (i > 0 && v < c->bands[i - 1])
		i--;
	c->numbers[at] = v;
	return i == 0 ? NO_CODE : (long)i - 1;
}

/* A scale's point, however the number is written. */
static long scale_code(const struct batch_column *c, const char *text)
{
	char *end;
	double v = strtod(text, &end) - c->question->min;

	if (end == text || *end != '\0' || !(v >= 0) || v >= (double)c->n_answers || v != floor(v))
		return NO_CODE;
	return (long)v;
}

static int put_bits(struct batch_column *c, size_t at, const struct answer *answer, long special)
{
	uint8_t *bits = c->data + at * c->width;

	memset(bits, 0, c->width);
	if (special != NO_CODE) {
		bits[special / 8] = (uint8_t)(1 << special % 8);
		return 0;
	}
	for (size_t i = 0; i < answer->n; i++) {
		long code = find(c->answers, c->n_answers, answer->values[i]);

		if (code == NO_CODE)
			return -1;
		bits[code / 8] = (uint8_t)(bits[code / 8] | 1 << code % 8);
	}
	return 0;
}

static int put_ranks(struct batch_column *c, size_t at, const struct answer *answer, long special)
{
	size_t ranks = c->question->ranks;

	for (size_t i = 0; i < ranks; i++)
		put_code(c, at * ranks + i, (long)c->n_answers + BATCH_BLANK);
	if (special != NO_CODE) {
		put_code(c, at * ranks, special);
		return 0;
	}
	if (answer->n > ranks)
		return -1;
	for (size_t i = 0; i < answer->n; i++) {
		long code = find(c->answers, c->n_answers, answer->values[i]);

		if (code == NO_CODE)
			return -1;
		put_code(c, at * ranks + i, code);
	}
	return 0;
}

/* Where the country was reduced, the region stands for it. */
static bool by_region(const struct batch *b, const struct batch_column *c)
{
	return c->question->type == FORM_COUNTRY && !b->form->frozen.keep_country;
}

static bool declined(const struct answer *answer)
{
	return answer != NULL && answer->n == 1 &&
	       strcmp(answer->values[0], ANSWER_DECLINED) == 0;
}

static bool asked(const struct batch *b, const struct batch_column *c, const struct answers *a)
{
	return c->row != NULL ? route_row_asked(b->form, c->question, c->row, a)
			      : route_asked(b->form, c->question, a);
}

/* Why there is no answer, as a code of this column; NO_CODE if there is one. */
static long special_code(const struct batch *b, const struct batch_column *c,
	const struct answers *a, const struct answer *answer)
{
	enum batch_special special;

	if (declined(answer) || (c->row != NULL && answers_declined(a, c->question->id)))
		special = BATCH_DECLINED;
	else if (by_region(b, c) ? a->region != NULL : answer != NULL)
		return NO_CODE;
	else
		special = asked(b, c, a) ? BATCH_BLANK : BATCH_NOT_ASKED;
	return (long)c->n_answers + special;
}

static int put_answer(struct batch *b, struct batch_column *c, const struct answers *a)
{
	const char *field = c->row != NULL ? c->row->field : c->question->id;
	const struct answer *answer = answers_find(a, field, c->hash);
	long code = special_code(b, c, a, answer);

	if (code == NO_CODE && answer != NULL && answer->n == 0)
		code = (long)c->n_answers + BATCH_BLANK;
	if (c->kind == BATCH_BITS)
		return put_bits(c, b->n, answer, code);
	if (c->kind == BATCH_RANKS)
		return put_ranks(c, b->n, answer, code);
	if (code == NO_CODE && c->kind == BATCH_NUMBER)
		code = number_code(c, b->n, answer->values[0]);
	else if (code == NO_CODE && c->question->type == FORM_SCALE)
		code = scale_code(c, answer->values[0]);
	else if (code == NO_CODE)
		code = find(c->answers, c->n_answers,
			by_region(b, c) ? a->region : answer->values[0]);
	if (code == NO_CODE)
		return -1;
	put_code(c, b->n, code);
	return 0;
}

/* The person's region; from the country where it was kept. */
static long region_of(const struct batch *b, const struct answers *a)
{
	const struct form *f = b->form;
	int region = -1;

	if (a->region != NULL)
		return find_name(b->regions, b->n_regions - 1, a->region);
	for (size_t i = 0; i < f->n_questions && f->frozen.keep_country; i++) {
		const char *country = f->questions[i].type == FORM_COUNTRY
			? answers_value(a, f->questions[i].id) : NULL;

		if (country != NULL && f->regions != NULL)
			region = regions_of(f->regions, country);
	}
	return region >= 0 ? region : (long)b->n_regions - 1;
}

static long language_of(const struct batch *b, const char *language)
{
	if (*language == '\0')
		return (long)b->n_languages - 1;
	return find_name(b->languages, b->n_languages - 1, language);
}

int batch_core(struct batch *b, const struct answers *a, struct err *err)
{
	long region = region_of(b, a), language = language_of(b, a->language);

	if (grow(b, err) != 0)
		return -1;
	if (region == NO_CODE || language == NO_CODE)
		goto aside;
	for (size_t i = 0; i < b->n_columns; i++)
		if (put_answer(b, &b->columns[i], a) != 0)
			goto aside;
	b->region[b->n] = (uint16_t)region;
	b->language[b->n] = (uint16_t)language;
	b->n++;
	return 0;
aside:
	b->aside++;
	return 0;
}

void batch_text(struct batch *b, const struct record_text *t)
{
	long language = language_of(b, t->language);

	for (size_t i = 0; i < b->n_texts && language != NO_CODE; i++) {
		if (*b->texts[i].text.field != *t->field ||
			strcmp(b->texts[i].text.field, t->field) != 0)
			continue;
		b->texts[i].records++;
		if (t->text[0] != '\0')
			b->texts[i].written[language]++;
		return;
	}
	b->texts_aside++;
}
