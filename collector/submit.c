/*
 * submit.c - the last place where answers are readable. In: checked answers. Out: sealed records,
 * always the same number and lengths (survey-record(5)), and the submission's receipt.
 */
#include "collector/submit.h"

#include "forms/regions.h"
#include "lib/record/encode.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* The plaintexts of one submission in record order, digested as they are sealed. */
struct sealing {
	const struct round *round;
	struct buf sealed[RECORD_KINDS];
	struct buf plain; /* of the record in hand */
	crypto_generichash_state content;
};

void submit_finish(struct submit *s)
{
	free(s->bytes);
	*s = (struct submit){0};
}

/* The first country that was given is the person's; its region, or NULL. */
static const char *region_of(const struct answers *a, const struct form *f)
{
	for (size_t i = 0; i < f->n_questions; i++) {
		const struct form_question *q = &f->questions[i];
		const char *country = q->type == FORM_COUNTRY ? answers_value(a, q->id) : NULL;
		int region = country != NULL ? regions_of(f->regions, country) : -1;

		if (region >= 0)
			return f->regions->list[region].id;
	}
	return NULL;
}

static int reduce_country(struct answers *a, const struct form *f, struct err *err)
{
	const char *region = region_of(a, f);

	if (f->frozen.keep_country)
		return 0;
	if (region != NULL && answers_set_region(a, region, err) != 0)
		return -1;
	for (size_t i = 0; i < f->n_questions; i++)
		if (f->questions[i].type == FORM_COUNTRY &&
		    !answers_declined(a, f->questions[i].id))
			answers_remove(a, f->questions[i].id);
	return 0;
}

/* Digest, seal and forget the plaintext in hand. */
static int seal_plain(struct sealing *s, enum record_kind kind, struct err *err)
{
	int status;

	if (s->plain.failed)
		return err_nomem(err);
	crypto_generichash_update(&s->content, (const unsigned char *)s->plain.data, s->plain.len);
	status = seal_record(&s->sealed[kind], &s->round->key, s->plain.data, s->plain.len, err);
	if (s->plain.data != NULL)
		sodium_memzero(s->plain.data, s->plain.len);
	buf_clear(&s->plain);
	return status;
}

static size_t plain_size(const struct round *r, enum record_kind kind)
{
	return r->shape.size[kind] - SEAL_OVERHEAD;
}

/* One free text's record, written whether there is a text or not. */
static int seal_text(struct sealing *s, const struct form_free_text *text, struct answers *a,
                     const char *region, struct err *err)
{
	const char *value = answers_value(a, text->field);
	struct record_text record = {.field = strdup(text->field),
	                             .text = strdup(value != NULL ? value : "")};
	int status = -1;

	strcpy(record.language, a->language);
	if (region != NULL)
		record.region = strdup(region);
	if (record.field == NULL || record.text == NULL || (region != NULL && !record.region))
		err_nomem(err);
	else if (encode_text(&s->plain, &record, text->kind, s->round->digest,
	                     plain_size(s->round, text->kind), err) == 0)
		status = seal_plain(s, text->kind, err);
	record_text_finish(&record);
	answers_remove(a, text->field);
	return status;
}

static int seal_all(struct sealing *s, struct answers *a, struct err *err)
{
	const struct round *r = s->round;
	const struct form *f = r->form;
	const char *region = f->frozen.text_region ? region_of(a, f) : NULL;

	for (size_t i = 0; i < r->n_texts; i++)
		if (seal_text(s, &r->texts[i], a, region, err) != 0)
			return -1;
	if (reduce_country(a, f, err) != 0 ||
	    encode_core(&s->plain, a, r->digest, plain_size(r, RECORD_CORE), err) != 0)
		return -1;
	return seal_plain(s, RECORD_CORE, err);
}

/* The sealed records in one piece of memory. */
static int gather(struct submit *out, const struct sealing *s, struct err *err)
{
	size_t n = round_submission_size(s->round), at = 0;

	out->bytes = malloc(n);
	if (out->bytes == NULL)
		return err_nomem(err);
	for (size_t kind = 0; kind < RECORD_KINDS; kind++) {
		const struct buf *sealed = &s->sealed[kind];
		const struct store_shape *shape = &s->round->shape;

		if (sealed->failed)
			return err_nomem(err);
		assert(sealed->len == shape->size[kind] * shape->each[kind]);
		out->sealed.records[kind] = out->bytes + at;
		if (sealed->len > 0)
			memcpy(out->bytes + at, sealed->data, sealed->len);
		at += sealed->len;
	}
	return 0;
}

int submit_seal(struct submit *out, struct answers *a, const uint8_t number[STORE_NUMBER],
                const struct round *r, struct err *err)
{
	struct sealing s = {.round = r};
	uint8_t content[RECORD_DIGEST];
	int status;

	*out = (struct submit){0};
	crypto_generichash_init(&s.content, NULL, 0, sizeof content);
	status = seal_all(&s, a, err);
	crypto_generichash_final(&s.content, content, sizeof content);
	if (status == 0) {
		store_receipt(out->sealed.receipt, number, content);
		status = gather(out, &s, err);
	}
	if (status != 0)
		submit_finish(out);
	for (size_t kind = 0; kind < RECORD_KINDS; kind++)
		buf_finish(&s.sealed[kind]);
	buf_wipe(&s.plain);
	sodium_memzero(&s, sizeof s);
	sodium_memzero(content, sizeof content);
	return status;
}
