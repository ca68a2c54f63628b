/* narrative_outline.c - Markdown enters, its headings and directives leave. */
#include "report/narrative_outline.h"

#include "report/narrative.h"
#include "report/narrative_text.h"

#include <stdlib.h>
#include <string.h>

struct lister {
	struct pool *pool;
	const char *place;
	struct err *err;
	struct buf list; /* of entries */
};

static int add(struct lister *l, struct buf *text, size_t line)
{
	struct narrative_outline_entry entry = { .line = line };

	if (!text->failed)
		entry.text = pool_stringn(l->pool, text->data ? text->data : "", text->len);
	buf_finish(text);
	if (!entry.text)
		return err_nomem(l->err);
	buf_put(&l->list, &entry, sizeof entry);
	return l->list.failed ? err_nomem(l->err) : 0;
}

static int add_heading(struct lister *l, const struct narrative_block *b)
{
	struct buf text = { 0 };

	for (unsigned i = 0; i < b->level; i++)
		buf_putc(&text, '#');
	return add(l, &text, b->line);
}

static bool is_name(enum directive_kind kind)
{
	return kind == DIRECTIVE_LABEL || kind == DIRECTIVE_GROUP || kind == DIRECTIVE_TITLE;
}

/* The directive at `at`, which becomes the place behind it; *words is what is in it. */
static int add_directive(struct lister *l, const struct narrative_part *p, size_t *at,
                         struct narrative_part *words)
{
	struct directive v;
	struct buf text = { 0 };
	size_t start = *at;

	if (narrative_part_directive(&v, words, at, l->pool, l->place, p, start, l->err))
		return -1;
	words->start += v.words;
	words->end = words->start + v.n_words;
	if (is_name(v.kind))
		return 0;
	directive_write(&text, &v);
	return add(l, &text, narrative_part_line(p, start));
}

/* The directives of a part, those within notes, too. */
static int add_directives(struct lister *l, const struct narrative_part *p)
{
	struct narrative_part words, none;
	size_t at = p->start;

	while ((at = narrative_part_next(p, at)) < p->end) {
		if (add_directive(l, p, &at, &words))
			return -1;
		while ((words.start = narrative_part_next(&words, words.start)) < words.end)
			if (add_directive(l, &words, &words.start, &none))
				return -1;
	}
	return 0;
}

static int compare(const void *a, const void *b)
{
	const struct narrative_outline_entry *x = a, *y = b;
	int order = strcmp(x->text, y->text);

	return order ? order : (x->line > y->line) - (x->line < y->line);
}

static int add_block(struct lister *l, const struct narrative_block *b)
{
	struct narrative_part p = narrative_part(b);
	size_t before = l->list.len / sizeof(struct narrative_outline_entry), after;
	struct directive first;
	struct narrative_part inner;
	size_t end;

	if (b->kind == NARRATIVE_HEADING && add_heading(l, b))
		return -1;
	if (add_directives(l, &p))
		return -1;
	after = l->list.len / sizeof(struct narrative_outline_entry);
	p = narrative_part_trim(p);
	if (after - before < 2 || b->kind != NARRATIVE_PARAGRAPH)
		return 0;
	/* blocks stay in their order */
	if (narrative_part_next(&p, p.start) == p.start) {
		if (narrative_part_directive(&first, &inner, &end, l->pool, l->place, &p, p.start,
		                             l->err))
			return -1;
		if (directive_is_block(first.kind))
			return 0;
	}
	qsort((struct narrative_outline_entry *)(void *)l->list.data + before, after - before,
	      sizeof(struct narrative_outline_entry), compare);
	return 0;
}

int narrative_outline_list(struct narrative_outline *out, struct pool *pool, const char *markdown,
                           size_t n, const char *place, struct err *err)
{
	struct lister l = { .pool = pool, .place = place, .err = err };
	struct narrative_blocks blocks;
	int r = -1;

	*out = (struct narrative_outline){ 0 };
	*err = (struct err){ 0 };
	if (narrative_read(&blocks, pool, markdown, n, place, err))
		return -1;
	for (size_t i = 0; i < blocks.n; i++)
		if (add_block(&l, &blocks.list[i]))
			goto out;
	out->n = l.list.len / sizeof *out->list;
	out->list = pool_array(pool, out->n, sizeof *out->list);
	if (!out->list) {
		err_nomem(err);
		goto out;
	}
	if (out->n)
		memcpy(out->list, l.list.data, l.list.len);
	r = 0;
out:
	buf_finish(&l.list);
	return r;
}

int narrative_outline(struct buf *out, const char *markdown, size_t n, const char *place,
                      struct err *err)
{
	struct pool *pool = pool_create();
	struct narrative_outline outline;
	int r;

	if (!pool)
		return err_nomem(err);
	r = narrative_outline_list(&outline, pool, markdown, n, place, err);
	for (size_t i = 0; !r && i < outline.n; i++)
		buf_printf(out, "%s\n", outline.list[i].text);
	pool_free(pool);
	if (!r && out->failed)
		r = err_nomem(err);
	return r;
}
