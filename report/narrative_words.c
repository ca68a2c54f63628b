/* narrative_words.c - questions, answers and groups enter, Markdown with directives leaves. */
#include "report/narrative_words.h"

#include "report/directive_target.h"
#include "report/narrative_percent.h"

#include <string.h>

void narrative_words_escape(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\n' || *text == '\r' || *text == '\t') {
			buf_putc(out, ' ');
			continue;
		}
		if (strchr("\\`*_[]<>&#|~", *text))
			buf_putc(out, '\\');
		buf_putc(out, *text);
	}
}

void narrative_words_label(struct buf *out, const char *path, const char *text)
{
	struct narrative_percent seen = { 0 };

	if (narrative_percent(&seen, text, strlen(text)) || narrative_percent_end(&seen) ||
	    strstr(text, "{{") || strstr(text, "}}") || !*text)
		buf_printf(out, "{{label %s}}", path);
	else
		narrative_words_escape(out, text);
}

void narrative_words_path(struct buf *out, const struct form_question *q, const char *row,
                          const char *answer)
{
	buf_puts(out, q->id);
	if (row)
		buf_printf(out, ".%s", row);
	if (answer)
		buf_printf(out, ".%s", answer);
}

static const struct form_row *row_of(const struct form_question *q, const char *id)
{
	for (size_t i = 0; id && i < q->n_rows; i++)
		if (!strcmp(q->rows[i].id, id))
			return &q->rows[i];
	return NULL;
}

void narrative_words_answer(struct buf *out, const struct edition *e, const struct form_question *q,
                            const struct release_table *t, size_t answer)
{
	const struct form_row *row = row_of(q, t->row);
	struct buf path = { 0 }, label = { 0 };

	if (row) {
		narrative_words_path(&path, q, row->id, NULL);
		narrative_words_label(out, path.failed ? "" : path.data,
		                      edition_text(e, &row->label));
		buf_puts(out, edition_word(e, "story.colon"));
		buf_clear(&path);
	}
	narrative_words_path(&path, q, t->row, t->answers[answer]);
	edition_answer(&label, e, q, t, answer);
	if (path.failed || label.failed)
		out->failed = true;
	else
		narrative_words_label(out, path.data, label.data ? label.data : "");
	buf_finish(&path);
	buf_finish(&label);
}

static void number_of(struct buf *out, const struct release_table *t)
{
	buf_printf(out, "{{number %s", t->question);
	if (t->row)
		buf_printf(out, ".%s", t->row);
}

static void number_end(struct buf *out, const struct edition *e, size_t group)
{
	if (group) {
		buf_puts(out, " in ");
		directive_group_id(out, e, group);
	}
	buf_puts(out, "}}");
}

void narrative_words_number(struct buf *out, const struct edition *e, const struct release_table *t,
                            size_t answer, size_t group)
{
	number_of(out, t);
	buf_printf(out, ".%s", t->answers[answer]);
	if (t->measure == RELEASE_FIRST)
		buf_puts(out, " first");
	number_end(out, e, group);
}

void narrative_words_base(struct buf *out, const struct edition *e, const struct release_table *t,
                          size_t group)
{
	number_of(out, t);
	buf_puts(out, " base");
	number_end(out, e, group);
}

void narrative_words_change(struct buf *out, const struct release_table *t, size_t answer)
{
	buf_printf(out, "{{change %s", t->question);
	if (t->row)
		buf_printf(out, ".%s", t->row);
	buf_printf(out, ".%s}}", t->answers[answer]);
}

void narrative_words_group(struct buf *out, const struct edition *e, size_t group)
{
	buf_puts(out, "{{group ");
	directive_group_id(out, e, group);
	buf_puts(out, "}}");
}
