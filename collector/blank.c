/*
 * blank.c - the empty form. In: a questionnaire. Out: its page for the next person, which differs
 * from everybody else's by its random number only.
 *
 * So it is made once, and compressed once (compress.c). Where the questionnaire wants choices in
 * random order the number decides the order, and every page has to be made when it is asked for.
 */
#include "collector/blank.h"

#include "collector/compress.h"
#include "collector/decode.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct one {
	struct buf page;
	size_t number; /* where in the page it stands */
	struct compress *gzip;
};

struct blank {
	const struct page_site *site;
	bool shuffled;
	struct one *list; /* by language; all zero where `shuffled` */
};

static void make_number(char out[DECODE_NUMBER + 1])
{
	uint8_t random[DECODE_NUMBER / 2];

	randombytes_buf(random, sizeof random);
	sodium_bin2hex(out, DECODE_NUMBER + 1, random, sizeof random);
}

/* Make the page with this number and compress it. */
static int make(struct one *out, const struct page_site *site, size_t language,
                const char *number, struct err *err)
{
	struct page page = {.site = site, .language = language, .number = number};
	const char *place;

	page_form(&out->page, &page);
	if (out->page.failed)
		return err_nomem(err);
	place = strstr(out->page.data, number);
	if (place == NULL)
		return err_set(err, ERR_INPUT, "the form has no place for its number");
	out->number = (size_t)(place - out->page.data);
	return compress_create(&out->gzip, out->page.data, out->page.len, out->number,
		DECODE_NUMBER, err);
}

static void finish(struct one *one)
{
	buf_finish(&one->page);
	compress_free(one->gzip);
	*one = (struct one){0};
}

int blank_create(struct blank **out, const struct page_site *site, struct err *err)
{
	const struct form *f = site->form;
	struct blank *b = calloc(1, sizeof *b);
	char number[DECODE_NUMBER + 1];

	if (b == NULL)
		return err_nomem(err);
	b->site = site;
	b->list = calloc(f->n_languages, sizeof *b->list);
	if (b->list == NULL) {
		err_nomem(err);
		goto fail;
	}
	for (size_t i = 0; i < f->n_questions; i++)
		b->shuffled |= f->questions[i].randomize;
	for (size_t i = 0; i < f->n_languages && !b->shuffled; i++) {
		/* a number that nobody gets marks the place */
		make_number(number);
		if (make(&b->list[i], site, i, number, err) != 0)
			goto fail;
	}
	*out = b;
	return 0;
fail:
	blank_free(b);
	return -1;
}

void blank_free(struct blank *b)
{
	if (b == NULL)
		return;
	for (size_t i = 0; b->list != NULL && i < b->site->form->n_languages; i++)
		finish(&b->list[i]);
	free(b->list);
	free(b);
}

static void put(struct buf *out, const struct one *one, bool gzip, const char *number)
{
	if (gzip) {
		compress_put(out, one->gzip, number);
		return;
	}
	buf_put(out, one->page.data, one->number);
	buf_puts(out, number);
	buf_put(out, one->page.data + one->number + DECODE_NUMBER,
		one->page.len - one->number - DECODE_NUMBER);
}

void blank_put(struct buf *out, const struct blank *b, size_t language, bool gzip)
{
	char number[DECODE_NUMBER + 1];
	struct one own = {0};
	struct err err;

	make_number(number);
	if (!b->shuffled)
		put(out, &b->list[language], gzip, number);
	else if (make(&own, b->site, language, number, &err) == 0)
		put(out, &own, gzip, number);
	else
		out->failed = true;
	finish(&own);
}
