/* narrative_part.c - a place in a narrative enters, its line, its directive or a fault leaves. */
#include "report/narrative_part.h"

#include <string.h>

enum { DEPTH = 2 };

struct narrative_part narrative_part(const struct narrative_block *b)
{
	return (struct narrative_part){ b, 0, b->n };
}

/* Bytes of the white space that ends at p->end. */
static size_t space_before_end(const struct narrative_part *p)
{
	const char *start = p->block->text + p->start, *end = p->block->text + p->end;

	for (size_t n = 1; n <= 3 && start + n <= end; n++)
		if (directive_space(end - n, end) == n)
			return n;
	return 0;
}

struct narrative_part narrative_part_trim(struct narrative_part p)
{
	const char *text = p.block->text;

	for (size_t n; (n = directive_space(text + p.start, text + p.end)) > 0;)
		p.start += n;
	for (size_t n; (n = space_before_end(&p)) > 0;)
		p.end -= n;
	return p;
}

const struct narrative_run *narrative_part_run(const struct narrative_part *p, size_t at)
{
	const struct narrative_block *b = p->block;

	for (size_t low = 0, high = b->n_runs; low < high;) {
		size_t i = low + (high - low) / 2;

		if (at < b->runs[i].start)
			high = i;
		else if (at >= b->runs[i].start + b->runs[i].n)
			low = i + 1;
		else
			return &b->runs[i];
	}
	return b->n_runs ? &b->runs[b->n_runs - 1] : NULL;
}

size_t narrative_part_line(const struct narrative_part *p, size_t at)
{
	const struct narrative_run *run = narrative_part_run(p, at);

	return run ? run->line : p->block->line;
}

int narrative_part_fault(struct narrative *n, const struct narrative_part *p, size_t at)
{
	if (n->err->code != ERR_INPUT)
		return -1;
	return err_prefix(n->err, "%s: line %zu", n->place, narrative_part_line(p, at));
}

int narrative_part_refuse(struct narrative *n, const struct narrative_part *p, size_t at,
                          const char *why)
{
	err_set(n->err, ERR_INPUT, "%s", why);
	return narrative_part_fault(n, p, at);
}

void narrative_part_warn(struct narrative *n, const struct narrative_part *p, size_t at,
                         const char *what)
{
	struct buf place = { 0 };

	buf_printf(&place, "%s: line %zu", n->place, narrative_part_line(p, at));
	findings_add(n->findings, FINDING_WARNING, place.failed ? n->place : place.data, "%s",
	             what);
	buf_finish(&place);
}

void narrative_part_elsewhere(struct narrative *n, const struct narrative_part *p, size_t at,
                              const struct form_question *q)
{
	const struct edition *e = n->d->edition;
	struct buf what = { 0 };

	if (edition_has(e, &e->form->sections[q->section]))
		return;
	buf_printf(&what, "“%s” is not in this report: its table and base are not printed", q->id);
	narrative_part_warn(n, p, at, what.failed ? q->id : what.data);
	buf_finish(&what);
}

void narrative_part_hidden(struct narrative *n, const struct narrative_part *p, size_t at,
                           const struct directive *v)
{
	struct buf place = { 0 }, what = { 0 };

	buf_printf(&place, "%s: line %zu", n->place, narrative_part_line(p, at));
	directive_write(&what, v);
	findings_add(n->findings, FINDING_WARNING, place.failed ? n->place : place.data,
	             "the release does not publish the figure of {{%s}}",
	             what.failed ? directive_name(v->kind) : what.data);
	buf_finish(&place);
	buf_finish(&what);
}

size_t narrative_part_next(const struct narrative_part *p, size_t at)
{
	while (at + 1 < p->end && memcmp(p->block->text + at, "{{", 2))
		at++;
	return at + 1 < p->end ? at : p->end;
}

/*
 * Behind the braces that close those at `at`; 0: there are none. In a note there are others; to
 * look deeper would take as long as the depth.
 */
static size_t closed(const struct narrative_part *p, size_t at)
{
	const char *text = p->block->text;
	size_t depth = 0;

	while (at + 1 < p->end) {
		if (!memcmp(text + at, "{{", 2)) {
			if (++depth > DEPTH)
				return 0;
			at += 2;
		} else if (!memcmp(text + at, "}}", 2)) {
			at += 2;
			if (--depth == 0)
				return at;
		} else {
			at++;
		}
	}
	return 0;
}

static bool same_style(const struct narrative_run *a, const struct narrative_run *b)
{
	return a->strong == b->strong && a->emphasis == b->emphasis && a->link == b->link;
}

/* Are all words of a part set in one way? */
static bool in_one_style(const struct narrative_part *p, size_t start, size_t end)
{
	const struct narrative_run *first = narrative_part_run(p, start);
	const struct narrative_run *last = narrative_part_run(p, end - 1);

	for (const struct narrative_run *r = first; r < last; r++)
		if (!same_style(r, last))
			return false;
	return true;
}

int narrative_part_directive(struct directive *out, struct narrative_part *inner, size_t *end,
                             struct pool *pool, const char *place, const struct narrative_part *p,
                             size_t at, struct err *err)
{
	struct narrative n = { .place = place, .err = err };

	*end = closed(p, at);
	if (!*end)
		return narrative_part_refuse(&n, p, at,
		                             "{{ is not closed by }} in the same paragraph");
	if (!in_one_style(p, at, *end))
		return narrative_part_refuse(&n, p, at,
		                             "between {{ and }} there can be no *, **, _ or link");
	*inner = (struct narrative_part){ p->block, at + 2, *end - 2 };
	if (directive_parse(out, pool, p->block->text + inner->start, inner->end - inner->start,
	                    err))
		return narrative_part_fault(&n, p, at);
	return 0;
}
