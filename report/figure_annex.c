/*
 * figure_annex.c - the questions of a series enter; the chapter of all their figures leaves: for
 * each a table of everyone, of the round before and by region, one by language, and for each
 * section one of the questions that were answered in people's own words. Tables are numbered as
 * they stand.
 */
#include "report/figure_part.h"

#include <string.h>

static const enum figure_by breakdowns[] = { FIGURE_REGION, FIGURE_LANGUAGE };
enum { BREAKDOWNS = sizeof breakdowns / sizeof *breakdowns };

static bool in_series(const struct edition *e, const struct form_question *q)
{
	return form_is_asked(q->type) && edition_has(e, &e->form->sections[q->section]);
}

static bool is_broken_down(const struct edition *e, const struct figure_block *b,
                           enum figure_by by)
{
	const struct release *r = e->release;

	for (size_t i = 0; i < b->n; i++)
		for (size_t k = 0; k < b->list[i]->n_slots; k++)
			if (r->groups[b->list[i]->slots[k].group].by == figure_part_by(by))
				return true;
	return false;
}

/* Does the annex have this table of a question? */
static bool has_table(const struct edition *e, const struct form_question *q, enum figure_by by)
{
	struct figure_block b = figure_part_block(e, q, FIGURE_ALL_ROWS);

	if (!b.n || !in_series(e, q))
		return false;
	return by != FIGURE_LANGUAGE || is_broken_down(e, &b, by);
}

static const char *suffix(enum figure_by by)
{
	return by == FIGURE_LANGUAGE ? "-language" : "";
}

static const char *make_id(struct document *d, const char *name, const char *end)
{
	struct buf b = { 0 };

	buf_printf(&b, "table-%s%s", name, end);
	return document_take(d, &b);
}

static bool is_id(const char *id, const char *name, const char *end)
{
	size_t n = strlen(name);

	return !strncmp(id, "table-", 6) && !strncmp(id + 6, name, n) && !strcmp(id + 6 + n, end);
}

static const char *question_id(struct document *d, const struct form_question *q,
                               enum figure_by by)
{
	return make_id(d, q->id, suffix(by));
}

const char *figure_annex_id(struct document *d, const struct form_question *q, enum figure_by by)
{
	return has_table(d->edition, q, by) ? question_id(d, q, by) : NULL;
}

/* Questions of a section of which the release says how many wrote. */
static size_t written_of(const struct form_question **out, const struct edition *e,
                         const struct form_section *s)
{
	size_t n = 0;

	for (size_t i = s->first; i < s->first + s->n; i++) {
		const struct form_question *q = &e->form->questions[i];

		if (!figure_part_block(e, q, FIGURE_ALL_ROWS).written)
			continue;
		if (out)
			out[n] = q;
		n++;
	}
	return n;
}

static const char *number_name(struct document *d, size_t number)
{
	return document_fill(d, "figure.table", "number", document_count(d, (long)number), NULL);
}

const char *figure_table_number(struct document *d, const char *id)
{
	const struct edition *e = d->edition;
	size_t number = figure_people_number(e, id);

	if (number)
		return number_name(d, number);
	number = figure_people_number(e, NULL);
	for (size_t i = 0; i < e->form->n_sections; i++) {
		const struct form_section *s = &e->form->sections[i];

		if (!edition_has(e, s))
			continue;
		for (size_t k = s->first * BREAKDOWNS; k < (s->first + s->n) * BREAKDOWNS; k++) {
			const struct form_question *q = &e->form->questions[k / BREAKDOWNS];

			if (!has_table(e, q, breakdowns[k % BREAKDOWNS]))
				continue;
			number++;
			if (is_id(id, q->id, suffix(breakdowns[k % BREAKDOWNS])))
				return number_name(d, number);
		}
		if (!written_of(NULL, e, s))
			continue;
		number++;
		if (is_id(id, s->id, "-written"))
			return number_name(d, number);
	}
	return NULL;
}

static struct document_block *add_table(struct document *d, struct document_block *parent,
                                        const char *id, const char *title, size_t *number)
{
	struct document_block *t = document_add(d, parent, DOCUMENT_TABLE);

	t->id = id;
	t->data_name = number_name(d, ++*number);
	t->title = document_plain(d, document_fill(d, "figure.table_title", "table", t->data_name,
	                                           "title", title, NULL));
	return t;
}

static void note(struct document *d, struct document_block *t, const char *text)
{
	if (text && *text)
		document_add_text(d, t, DOCUMENT_NOTE, text);
}

static bool release_breaks_down(const struct release *r, enum figure_by by)
{
	for (size_t i = 0; i < r->n_groups; i++)
		if (r->groups[i].by == figure_part_by(by))
			return true;
	return false;
}

/* What is not there, below the first table: everything else the others say themselves. */
static void add_notes(struct document *d, struct document_block *t, const struct figure_block *b)
{
	const struct edition *e = d->edition;

	note(d, t, figure_note_short(d, b));
	note(d, t, figure_note_withheld(d, b, true));
	for (size_t i = 0; i < BREAKDOWNS; i++)
		if (release_breaks_down(e->release, breakdowns[i]) &&
		    !is_broken_down(e, b, breakdowns[i]) && b->q->type != FORM_COUNTRY)
			note(d, t, figure_note_absent(d, b->q, breakdowns[i]));
	if (e->previous && !figure_comparable(e, b->q))
		note(d, t, figure_note_absent(d, b->q, FIGURE_ROUND));
	else if (e->previous && figure_round_reworded(e, b->q))
		note(d, t, document_word(d, "figure.round_worded"));
}

/* Those are in a table of their own. */
static bool is_text(const struct form_question *q)
{
	return q->type == FORM_TEXT || q->type == FORM_COMMENT;
}

static void put_question(struct document *d, struct document_block *section,
                         const struct form_question *q, size_t *number)
{
	struct figure_block b = figure_part_block(d->edition, q, FIGURE_ALL_ROWS);
	const char *label = edition_text(d->edition, &q->label);
	const unsigned both = FIGURE_NUMBERS | FIGURE_BEFORE;

	if (!b.n && !is_text(q))
		figure_note_missing(d, section, &b);
	for (size_t i = 0; i < BREAKDOWNS; i++) {
		enum figure_by by = breakdowns[i];
		struct document_block *t;

		if (!has_table(d->edition, q, by))
			continue;
		t = add_table(d, section, question_id(d, q, by),
		              figure_table_title(d, label, by == FIGURE_REGION ? FIGURE_TOTAL : by),
		              number);
		t->table = figure_table_of(d, &b, by, by == FIGURE_REGION ? both : 0);
		if (by == FIGURE_REGION)
			add_notes(d, t, &b);
	}
}

static void written_row(struct document *d, struct table_row *row, const struct form_question *q,
                        const struct figure_side *columns)
{
	const struct release_table *t =
		figure_part_block(d->edition, q, FIGURE_ALL_ROWS).written;
	const char **c = document_array(d, columns->n, sizeof *c);

	for (size_t i = 0; c && i < columns->n; i++) {
		const struct release_slot *slot = release_slot(t, columns->list[i].group);

		c[i] = slot ? document_count(d, slot->counts[0]) : edition_dot;
	}
	*row = (struct table_row){ TABLE_FIGURES, edition_text(d->edition, &q->label), c };
}

/* How many wrote something, everyone and by language. */
static void put_written(struct document *d, struct document_block *section,
                        const struct form_section *s, size_t *number)
{
	const struct form_question **list = document_array(d, s->n, sizeof *list);
	size_t n = list ? written_of(list, d->edition, s) : 0;
	struct table_row *rows = document_array(d, n, sizeof *rows);
	struct table *t = document_array(d, 1, sizeof *t);
	struct figure_block all = { 0 };
	struct figure_side columns;
	const char **heads;

	if (!n || !rows || !t)
		return;
	for (size_t i = 0; i < n && all.n < FIGURE_TABLES; i++)
		all.list[all.n++] =
			figure_part_block(d->edition, list[i], FIGURE_ALL_ROWS).written;
	all.q = list[0];
	all.whole = true; /* no bases */
	columns = figure_part_groups(d, &all, FIGURE_LANGUAGE);
	heads = document_array(d, columns.n, sizeof *heads);
	for (size_t i = 0; heads && i < columns.n; i++)
		heads[i] = columns.list[i].label;
	for (size_t i = 0; i < n; i++)
		written_row(d, &rows[i], list[i], &columns);
	*t = (struct table){ .corner = document_word(d, "annex.question"),
		             .heads = heads,
		             .n_columns = columns.n,
		             .fixed = columns.n > 1,
		             .rows = rows,
		             .n_rows = n };
	add_table(d, section, make_id(d, s->id, "-written"), document_word(d, "annex.written"),
	          number)
		->table = t;
}

static void put_section(struct document *d, struct document_block *chapter,
                        const struct form_section *s, size_t *number)
{
	const struct form *f = d->edition->form;
	struct document_block *section =
		document_add_section(d, chapter, 2, edition_text(d->edition, &s->title));

	for (size_t i = s->first; i < s->first + s->n; i++)
		if (form_is_asked(f->questions[i].type))
			put_question(d, section, &f->questions[i], number);
	put_written(d, section, s, number);
}

void figure_annex(struct document *d)
{
	const struct form *f = d->edition->form;
	struct document_block *chapter =
		document_add_section(d, NULL, 1, document_word(d, "annex.title"));
	size_t number = figure_people_number(d->edition, NULL);

	chapter->id = "tables";
	chapter->annex = true;
	document_add_text(d, chapter, DOCUMENT_PARAGRAPH,
	                  document_fill(d, "annex.intro", "dot", edition_dot, "methods",
	                                document_word(d, "methods.title"), NULL));
	figure_people_tables(d, chapter);
	for (size_t i = 0; i < f->n_sections; i++)
		if (edition_has(d->edition, &f->sections[i]))
			put_section(d, chapter, &f->sections[i], &number);
}
