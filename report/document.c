/* document.c - blocks and words enter, in reading order; a tree leaves. */
#include "report/document.h"

#include "forms/pool.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void document_fail(struct document *d, const struct err *err)
{
	if (!d->failed)
		d->err = *err;
	d->failed = true;
}

static void fail(struct document *d)
{
	struct err err;

	err_nomem(&err);
	document_fail(d, &err);
}

bool document_fault(const struct document *d, struct err *err)
{
	if (d->failed)
		*err = d->err;
	return d->failed;
}

const char *document_take(struct document *d, struct buf *b)
{
	const char *text = b->failed ? NULL : pool_stringn(d->pool, b->data ? b->data : "", b->len);

	buf_finish(b);
	*b = (struct buf){ 0 };
	if (!text)
		fail(d);
	return text ? text : "";
}

void *document_array(struct document *d, size_t n, size_t size)
{
	void *memory = pool_array(d->pool, n, size);

	if (!memory)
		fail(d);
	return memory;
}

const char *document_word(const struct document *d, const char *name)
{
	return edition_word(d->edition, name);
}

const char *document_fill(struct document *d, const char *name, ...)
{
	struct buf b = { 0 };
	va_list places;

	va_start(places, name);
	words_fill(&b, document_word(d, name), places);
	va_end(places);
	return document_take(d, &b);
}

const char *document_count(struct document *d, long count)
{
	struct buf b = { 0 };

	edition_count(&b, d->edition, count);
	return document_take(d, &b);
}

const char *document_percent(struct document *d, int tenths)
{
	struct buf b = { 0 };

	if (tenths < 0)
		return edition_dot;
	number_percent(&b, d->edition->number, tenths);
	return document_take(d, &b);
}

const char *document_tenths(struct document *d, int tenths)
{
	struct buf b = { 0 };

	if (tenths < 0)
		return edition_dot;
	number_tenths(&b, d->edition->number, tenths);
	return document_take(d, &b);
}

const char *document_code(struct document *d, const char *code)
{
	struct buf b = { 0 };

	if (!d->edition->right_to_left)
		return code;
	buf_puts(&b, "\u2066"); /* left-to-right isolate */
	buf_puts(&b, code);
	buf_puts(&b, "\u2069"); /* pop directional isolate */
	return document_take(d, &b);
}

const char *document_month(struct document *d, const char *month)
{
	struct buf b = { 0 };

	number_month(&b, d->edition->number, month);
	return document_take(d, &b);
}

bool document_field(struct document *d, const char **start, const char **end)
{
	const struct edition *e = d->edition;
	struct study_months m = study_months_of(e->study, e->release->round);

	if (!m.start || !m.end)
		return false;
	*start = document_month(d, m.start);
	*end = strcmp(m.start, m.end) ? document_month(d, m.end) : NULL;
	return true;
}

const char *document_staff(struct document *d, const struct study_text *list,
                           const char **language)
{
	const struct edition *e = d->edition;
	const char *text = study_texts_in(list, e->language);
	const char *found = study_texts_language(list, e->language);
	bool foreign = *text && strcmp(found, e->language) != 0;
	struct buf b = { 0 };

	if (language)
		*language = foreign ? found : NULL;
	if (!foreign || form_right_to_left(found) == e->right_to_left)
		return text;
	buf_puts(&b, "\u2068"); /* first strong isolate */
	buf_puts(&b, text);
	buf_puts(&b, "\u2069"); /* pop directional isolate */
	return document_take(d, &b);
}

const char *document_group(struct document *d, const struct release_group *g)
{
	struct buf b = { 0 };

	edition_group(&b, d->edition, g);
	return document_take(d, &b);
}

struct document_block *document_add(struct document *d, struct document_block *parent,
                                    enum document_kind kind)
{
	struct document_block *b = document_array(d, 1, sizeof *b);
	struct document_block **first = parent ? &parent->first : &d->first;
	struct document_block **last = parent ? &parent->last : &d->last;

	if (!b) {
		d->nobody = (struct document_block){ .kind = kind };
		return &d->nobody;
	}
	b->kind = kind;
	b->parent = parent;
	if (*last)
		(*last)->next = b;
	else
		*first = b;
	*last = b;
	return b;
}

struct document_block *document_add_text(struct document *d, struct document_block *parent,
                                         enum document_kind kind, const char *text)
{
	struct document_block *b = document_add(d, parent, kind);

	b->text = document_plain(d, text);
	return b;
}

struct document_block *document_add_section(struct document *d, struct document_block *parent,
                                            unsigned level, const char *title)
{
	struct document_block *b = document_add(d, parent, DOCUMENT_SECTION);

	b->title = document_plain(d, title);
	b->level = level;
	b->in_contents = level <= 2;
	return b;
}

struct document_block *document_next(const struct document_block *b)
{
	if (b->first)
		return b->first;
	while (b && !b->next)
		b = b->parent;
	return b ? b->next : NULL;
}

struct document_block *document_find(const struct document *d, const char *id)
{
	for (struct document_block *b = d->first; b; b = document_next(b))
		if (b->id && !strcmp(b->id, id))
			return b;
	return NULL;
}

/* The character of a text's words at *at of its span *span, which step on; 0 at the end. */
static char next_byte(const struct document_text *t, size_t *span, size_t *at)
{
	while (*span < t->n && !t->spans[*span].text[*at]) {
		++*span;
		*at = 0;
	}
	return *span < t->n ? t->spans[*span].text[(*at)++] : 0;
}

bool document_repeats(const struct document_block *figure)
{
	const struct document_block *section = figure->parent;
	size_t a = 0, b = 0, at_a = 0, at_b = 0;
	char c;

	if (!section || section->kind != DOCUMENT_SECTION || section->first != figure)
		return false;
	do {
		c = next_byte(&section->title, &a, &at_a);
		if (c != next_byte(&figure->title, &b, &at_b))
			return false;
	} while (c);
	return true;
}

struct document_text document_plain(struct document *d, const char *text)
{
	struct document_span *span = document_array(d, 1, sizeof *span);

	if (!span || !*text)
		return (struct document_text){ NULL, 0 };
	span->text = text;
	return (struct document_text){ span, 1 };
}

bool document_notes_meet(const struct document_text *t, size_t span)
{
	return span > 0 && t->spans[span - 1].note && t->spans[span].note &&
	       !*t->spans[span].text;
}

const char *document_words(struct document *d, const struct document_text *t)
{
	struct buf b = { 0 };

	if (t->n == 1)
		return t->spans[0].text;
	for (size_t i = 0; i < t->n; i++)
		buf_puts(&b, t->spans[i].text);
	return document_take(d, &b);
}

static struct document_fact *add_fact(struct document *d, const char *word, const char *value)
{
	struct document_fact *f = &d->facts[d->n_facts++];

	*f = (struct document_fact){ .label = document_word(d, word), .value = value };
	return f;
}

/* What the cover says of the round. */
static void put_facts(struct document *d)
{
	const struct edition *e = d->edition;
	const struct study_report *r = &e->study->report;
	const char *published = study_months_of(e->study, e->release->round).published;
	const char *start, *end, *language;
	const char *publisher = document_staff(d, r->imprint[STUDY_PUBLISHER], &language);

	d->facts = document_array(d, 5, sizeof *d->facts);
	if (!d->facts)
		return;
	add_fact(d, "cover.round", document_code(d, e->release->round));
	if (document_field(d, &start, &end))
		add_fact(d, "cover.field",
		         end ? document_fill(d, "cover.months", "start", start, "end", end, NULL)
		             : start);
	add_fact(d, "cover.people", document_count(d, e->release->people));
	if (*publisher)
		add_fact(d, "cover.publisher", publisher)->language = language;
	if (published)
		add_fact(d, "cover.published", document_month(d, published));
}

int document_create(struct document **out, const struct edition *e, struct err *err)
{
	const struct form_series *series = &e->form->series[e->series];
	struct document *d = calloc(1, sizeof *d);

	*out = NULL;
	if (!d)
		return err_nomem(err);
	d->edition = e;
	d->pool = pool_create();
	if (!d->pool) {
		free(d);
		return err_nomem(err);
	}
	d->over = document_staff(d, e->study->title, &d->over_language);
	d->title = edition_text(e, &series->title);
	d->subtitle = edition_text(e, &series->subtitle);
	d->number = document_fill(d, "cover.report_number", "number",
	                          document_count(d, (long)e->number_in_series), NULL);
	put_facts(d);
	if (e->release->demonstration) {
		d->notice = document_word(d, "cover.demonstration");
		d->notice_text = document_word(d, "cover.demonstration_text");
	}
	*out = d;
	return 0;
}

void document_free(struct document *d)
{
	if (!d)
		return;
	pool_free(d->pool);
	free(d);
}
