/*
 * analyze_open.c - from a study folder to columns. In: the study, its stores, the custodians' key
 * files. Out: everybody's answers in a batch, in memory only, and what was set aside by kind.
 */
#include "analyzer/analyze.h"

#include "analyzer/custodian.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int analyze_load(struct analyze_round *out, const struct analyze_request *r, struct err *err)
{
	int language = 0;

	if (study_load(&out->study, r->study, err) != 0 ||
		study_round(&out->round, out->study, r->round, err) != 0 ||
		study_frozen_form(&out->form, out->digest, out->study, out->round, err) != 0)
		return -1;
	if (r->language != NULL)
		language = form_language(out->form, r->language);
	if (language < 0)
		return err_set(err, ERR_INPUT, "%s: round %s is not in language \"%s\"",
			r->study, out->round, r->language);
	out->language = (size_t)language;
	if (r->question != NULL && form_question(out->form, r->question) == NULL)
		return err_set(err, ERR_INPUT, "%s: round %s has no question \"%s\"",
			r->study, out->round, r->question);
	out->store = study_round_path(out->study, out->round, "responses.db", err);
	return out->store == NULL ? -1 : 0;
}

void analyze_finish(struct analyze_round *round)
{
	ledger_finish(&round->ledger);
	batch_free(round->batch);
	open_key_free(round->key);
	form_free(round->form);
	free(round->store);
	free(round->round);
	study_free(round->study);
	*round = (struct analyze_round){0};
}

static int add_core(void *ctx, struct answers *a, struct err *err)
{
	int status = batch_core(ctx, a, err);

	answers_free(a);
	return status;
}

static int add_text(void *ctx, enum record_kind kind, struct record_text *t, struct err *err)
{
	(void)kind;
	(void)err;
	batch_text(ctx, t);
	record_text_finish(t);
	return 0;
}

static void progress(void *ctx, size_t done, size_t total)
{
	(void)ctx;
	fprintf(stderr, "\rsurvey-analyze: %zu of %zu records opened", done, total);
	if (done == total)
		fputc('\n', stderr);
}

/* What is not counted, and why, without a word of what was in it. */
static void report_aside(const struct analyze_round *round)
{
	static const char *const kinds[RECORD_KINDS] = {"core", "short text", "comment"};

	for (int kind = 0; kind < RECORD_KINDS; kind++)
		for (int fault = 0; fault < OPEN_FAULTS; fault++)
			if (round->tally.aside[kind][fault] > 0)
				fprintf(stderr, "survey-analyze: %zu %s records set aside: %s\n",
					round->tally.aside[kind][fault], kinds[kind],
					open_fault_text((enum open_fault)fault));
	if (round->batch->aside + round->batch->texts_aside > 0)
		fprintf(stderr, "survey-analyze: %zu records set aside: not answers to this "
			"questionnaire\n", round->batch->aside + round->batch->texts_aside);
}

int analyze_open(struct analyze_round *round, const struct analyze_request *r, struct err *err)
{
	struct custodian_source *source = NULL;
	struct open_sink sink = {.core = add_core, .text = add_text};
	char *const *stores = r->n_stores > 0 ? r->stores : &round->store;
	int status = -1;

	if (batch_create(&round->batch, round->form, err) != 0 ||
		custodian_source_create(&source, r->passphrases, r->n_passphrases, err) != 0)
		return -1;
	sink.ctx = round->batch;
	sink.progress = isatty(STDERR_FILENO) ? progress : NULL;
	if (open_key_load(&round->key, round->study, round->round, r->keys, r->n_keys, source,
		    err) != 0)
		goto out;
	if (open_stores(&round->tally, round->key, round->form, round->digest, stores,
		    r->n_stores > 0 ? r->n_stores : 1, 0, &sink, err) != 0)
		goto out;
	report_aside(round);
	status = 0;
out:
	custodian_source_free(source);
	return status;
}

long analyze_aside(const struct analyze_round *round)
{
	return (long)(open_tally_aside(&round->tally) + round->batch->aside +
		round->batch->texts_aside);
}

int analyze_head(struct release *r, const struct analyze_round *round, struct err *err)
{
	static const char digits[] = "0123456789abcdef";

	r->study = strdup(round->study->id);
	r->round = strdup(round->round);
	if (r->study == NULL || r->round == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < RECORD_DIGEST; i++) {
		r->questionnaire[2 * i] = digits[round->digest[i] >> 4];
		r->questionnaire[2 * i + 1] = digits[round->digest[i] & 15];
	}
	r->number = (unsigned)round->ledger.n + 1;
	memcpy(r->previous, round->ledger.last, sizeof r->previous);
	r->threshold = round->study->threshold;
	r->coalition = round->study->coalition;
	r->demonstration = round->form->frozen.demonstration;
	r->set_aside = analyze_aside(round);
	return 0;
}
