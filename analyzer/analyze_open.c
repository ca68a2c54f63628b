/*
 * analyze_open.c - from a study folder to columns. In: the study, its stores, the custodians' key
 * files. Out: everybody's answers in a batch, in memory only, and what was set aside by kind.
 */
#include "analyzer/analyze.h"

#include "analyzer/custodian.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
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
	if (batch_create(&out->batch, out->form, err) != 0 ||
		(r->crossing != NULL &&
			count_by_read(&out->by, out->batch, r->crossing, err) != 0) ||
		(r->where != NULL &&
			analyze_where_read(&out->where, r->where, out->form, err) != 0))
		return -1;
	out->batch->filtered = r->where != NULL;
	out->store = study_round_path(out->study, out->round, "responses.db", err);
	return out->store == NULL ? -1 : 0;
}

void analyze_finish(struct analyze_round *round)
{
	ledger_finish(&round->ledger);
	batch_free(round->batch);
	expression_free(round->where);
	open_key_free(round->key);
	form_free(round->form);
	free(round->store);
	free(round->round);
	study_free(round->study);
	*round = (struct analyze_round){0};
}

static int add_core(void *ctx, struct answers *a, struct err *err)
{
	struct analyze_round *round = ctx;
	bool counted = true;
	int status = 0;

	if (round->where != NULL)
		status = analyze_where_holds(&counted, round->where, a, round->form, err);
	if (status == 0 && counted)
		status = batch_core(round->batch, a, err);
	round->left_out += !counted;
	answers_free(a);
	return status;
}

static int add_text(void *ctx, enum record_kind kind, struct record_text *t, struct err *err)
{
	struct analyze_round *round = ctx;

	(void)kind;
	(void)err;
	batch_text(round->batch, t);
	record_text_finish(t);
	return 0;
}

enum { PROGRESS = 60 }; /* columns of the line that tells how far it is */

/* How many there are only the reading shows: a second reading would cost more than it tells. */
static void progress(void *progress_ctx, size_t done)
{
	time_t *last = progress_ctx, now = time(NULL);
	char text[PROGRESS + 1];

	if (now == *last)
		return;
	*last = now;
	snprintf(text, sizeof text, "survey-analyze: %zu records opened", done);
	fprintf(stderr, "\r%-*s", PROGRESS, text);
}

static void report_mistakes(const size_t mistakes[ACCEPT_FAULTS], const char *kind)
{
	for (int fault = 0; fault < ACCEPT_FAULTS; fault++)
		if (mistakes[fault] > 0)
			fprintf(stderr, "survey-analyze: %zu %s records set aside: %s: %s\n",
				mistakes[fault], kind, open_fault_text(OPEN_MISTAKE),
				accept_fault_text((enum accept_fault)fault));
}

/* A page sends one text of each question with each core record; more were sent by another hand. */
static void report_surplus(const struct analyze_round *round)
{
	const size_t *aside = round->tally.aside[RECORD_CORE];
	size_t cores = round->tally.records[RECORD_CORE] - aside[OPEN_SEALED] -
		aside[OPEN_FOREIGN] - aside[OPEN_TWICE];

	for (size_t i = 0; i < round->batch->n_texts; i++) {
		const struct batch_text *t = &round->batch->texts[i];

		if (t->records > cores)
			fprintf(stderr, "survey-analyze: %s: %zu texts more than core records\n",
				t->text.field, t->records - cores);
	}
}

/* What is not counted, and why, without a word of what was in it. */
static void report_aside(const struct analyze_round *round)
{
	static const char *const kinds[RECORD_KINDS] = {"core", "short text", "comment"};
	const struct open_tally *tally = &round->tally;

	for (int kind = 0; kind < RECORD_KINDS; kind++) {
		for (int fault = 0; fault < OPEN_FAULTS; fault++)
			if (tally->aside[kind][fault] > 0 && fault != OPEN_MISTAKE)
				fprintf(stderr, "survey-analyze: %zu %s records set aside: %s\n",
					tally->aside[kind][fault], kinds[kind],
					open_fault_text((enum open_fault)fault));
		report_mistakes(tally->mistakes[kind], kinds[kind]);
	}
	if (tally->tidied > 0)
		fprintf(stderr, "survey-analyze: %zu core records counted without some answers, "
			"to questions that were not asked of these people\n", tally->tidied);
	if (round->batch->aside + round->batch->texts_aside > 0)
		fprintf(stderr, "survey-analyze: %zu records set aside: not answers to this "
			"questionnaire\n", round->batch->aside + round->batch->texts_aside);
	report_surplus(round);
}

int analyze_records(struct analyze_round *round, const struct analyze_request *r,
	struct open_sink *sink, struct err *err)
{
	struct custodian_source *source = NULL;
	char *const *stores = r->n_stores > 0 ? r->stores : &round->store;
	time_t told = 0; /* when progress was told last */
	int status = -1;

	if (custodian_source_create(&source, r->passphrases, r->n_passphrases, err) != 0)
		return -1;
	sink->progress = isatty(STDERR_FILENO) ? progress : NULL;
	sink->progress_ctx = &told;
	if (open_key_load(&round->key, round->study, round->round, r->keys, r->n_keys, source,
		    err) != 0)
		goto out;
	status = open_stores(&round->tally, round->key, round->form, round->digest, stores,
		r->n_stores > 0 ? r->n_stores : 1, 0, sink, err);
	if (sink->progress != NULL)
		fprintf(stderr, "\r%*s\r", PROGRESS, "");
	if (status == 0)
		report_aside(round);
out:
	custodian_source_free(source);
	return status;
}

int analyze_open(struct analyze_round *round, const struct analyze_request *r, struct err *err)
{
	struct open_sink sink = {.core = add_core, .text = add_text, .ctx = round};

	return analyze_records(round, r, &sink, err);
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
