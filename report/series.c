/*
 * series.c - an edition and its narrative enter, a document leaves. Who took part stands where the
 * narrative says, or else first.
 */
#include "report/series.h"

#include "report/figure.h"
#include "report/methods.h"
#include "report/narrative.h"

/* Put the last chapter first. */
static void last_to_front(struct document *d)
{
	struct document_block *last = d->last, *before = d->first;

	if (!last || before == last)
		return;
	while (before->next != last)
		before = before->next;
	before->next = NULL;
	d->last = before;
	last->next = d->first;
	d->first = last;
}

static int tell(struct document *d, const struct series_story *story, struct findings *findings,
                struct err *err)
{
	struct buf own = { 0 };
	int r;

	if (story->markdown) {
		r = narrative_build(d, story->markdown, story->n, story->place, findings, err);
	} else {
		narrative_init(&own, d->edition);
		r = own.failed ? err_nomem(err)
		               : narrative_build(d, own.data, own.len, "the release's own story",
		                                 findings, err);
	}
	buf_finish(&own);
	return r;
}

int series_compose(struct document **out, const struct edition *e, const struct series_story *story,
                   struct findings *findings, struct err *err)
{
	struct document *d;

	*out = NULL;
	if (document_create(&d, e, err))
		return -1;
	if (tell(d, story, findings, err)) {
		document_free(d);
		return -1;
	}
	if (!document_find(d, "people")) {
		figure_people(d);
		last_to_front(d);
	}
	if (!document_find(d, "changes"))
		figure_changes(d);
	methods_chapter(d);
	methods_imprint(d);
	figure_annex(d);
	methods_cherries(d);
	if (document_fault(d, err)) {
		document_free(d);
		return -1;
	}
	*out = d;
	return 0;
}
