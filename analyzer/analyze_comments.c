/*
 * analyze_comments.c - the texts of one question, to be read. In: a round's text records. Out: a CSV,
 * its owner's alone. Core records are not even kept: nothing here could join them.
 */
#include "analyzer/analyze.h"

#include "analyzer/comment.h"

#include <stdio.h>

static int add(void *ctx, enum record_kind kind, struct record_text *t, struct err *err)
{
	int status = comments_add(ctx, t, err);

	(void)kind;
	record_text_finish(t);
	return status;
}

static void say(const struct comments *c, const char *path)
{
	size_t flagged = 0;

	for (size_t i = 0; i < c->n; i++)
		flagged += c->list[i].flags != 0;
	printf("wrote %s\n%zu texts in random order; %zu look as if they held a name, a phone number, "
		"an address or a handle\n", path, c->n, flagged);
}

int analyze_comments(struct analyze_round *round, const struct analyze_request *r,
	struct err *err)
{
	struct comments c;
	struct open_sink sink = {.text = add, .ctx = &c};
	struct buf out = {0};
	int status = comments_start(&c, round->form, r->comments, err);

	if (status == 0)
		status = analyze_records(round, r, &sink, err);
	if (status == 0)
		status = comments_protect(&c, round->study->threshold, err);
	if (status == 0) {
		comments_csv(&out, &c);
		status = analyze_put_out(&out, r->output, 0600, err);
	}
	if (status == 0)
		say(&c, r->output);
	buf_wipe(&out);
	comments_finish(&c);
	return status;
}
