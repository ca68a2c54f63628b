/* figure_sample.h - a document of the made-up release, and what tests look for in it. */
#ifndef TESTS_REPORT_FIGURE_SAMPLE_H
#define TESTS_REPORT_FIGURE_SAMPLE_H

#include "report/figure.h"
#include "tests/unit/report/sample.h"

static const char figure_form[] = SOURCE "/forms/library/covid-peer-experience.json";

struct figure_sample {
	struct sample s;
	struct document *d;
	struct document_block *chapter;
};

static inline void figure_sample_start(struct figure_sample *f, const char *language,
                                       size_t series, bool rounds)
{
	struct err err;

	sample_start(&f->s, figure_form, language, series);
	if (rounds)
		sample_before(&f->s, figure_form);
	assert_int_equal(document_create(&f->d, &f->s.edition, &err), 0);
	f->chapter = document_add_section(f->d, NULL, 1, "Chapter");
}

static inline void figure_sample_stop(struct figure_sample *f)
{
	struct err err;

	assert_false(document_fault(f->d, &err));
	document_free(f->d);
	sample_stop(&f->s);
}

static inline const struct form_question *figure_sample_question(const struct figure_sample *f,
                                                                 const char *id)
{
	const struct form_question *q = form_question(f->s.form, id);

	if (!q)
		fail_msg("no question %s", id);
	return q;
}

static inline struct release_table *figure_sample_table(struct figure_sample *f, const char *id,
                                                        const char *row,
                                                        enum release_measure measure)
{
	struct release_table *t =
		(struct release_table *)release_table(f->s.release, id, row, measure);

	if (!t)
		fail_msg("no table of %s", id);
	return t;
}

static inline struct figure_ask figure_sample_ask(const struct figure_sample *f, const char *id,
                                                  int row, enum figure_by by)
{
	return (struct figure_ask){ .question = figure_sample_question(f, id), .row = row, .by = by };
}

/* The chart that is added; fails without one. */
static inline struct document_block *figure_sample_chart(struct figure_sample *f,
                                                         const struct figure_ask *ask)
{
	struct err err;

	if (figure_chart(f->d, f->chapter, ask, &err) != FIGURE_DONE)
		fail_msg("%s: no chart", ask->question->id);
	assert_int_equal(f->chapter->last->kind, DOCUMENT_FIGURE);
	return f->chapter->last;
}

/* All notes of a block, one after another. */
static inline const char *figure_sample_notes(struct figure_sample *f,
                                              const struct document_block *b)
{
	struct buf out = { 0 };

	for (const struct document_block *n = b->first; n; n = n->next) {
		buf_puts(&out, document_words(f->d, &n->text));
		buf_putc(&out, '\n');
	}
	return document_take(f->d, &out);
}

static inline void figure_sample_has(const char *text, const char *part)
{
	if (!text || !strstr(text, part))
		fail_msg("\"%s\" is not in \"%s\"", part, text ? text : "");
}

#endif
