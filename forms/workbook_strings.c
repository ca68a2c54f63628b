/*
 * workbook_strings.c - the shared strings of a .xlsx, each kept once, and the runs of a text.
 *
 * In: sst/si, or an element <is> of a cell. Out: texts (ECMA-376 part 1, 18.4.8 si, 18.4.4 r,
 * 18.4.6 rPh, 18.4.12 t).
 */
#include "forms/workbook_parts.h"

#include <stdlib.h>
#include <string.h>

int workbook_strings_append(struct buf *b, const char *s, size_t n, struct err *err)
{
	/* a character is at most 4 bytes, or 7 as an escape */
	if (b->len + n > (size_t)WORKBOOK_CELL_MAX * 7)
		return err_set(err, ERR_INPUT, "more than %d characters", WORKBOOK_CELL_MAX);
	buf_put(b, s, n);
	return b->failed ? err_nomem(err) : 0;
}

void workbook_strings_begin(struct workbook_runs *t, unsigned depth)
{
	buf_clear(&t->buf);
	t->depth = depth;
	t->in_run = t->in_text = false;
}

void workbook_strings_open(struct workbook_runs *t, unsigned depth, const char *name)
{
	bool is_text = strcmp(name, "t") == 0;

	if (depth == t->depth + 1)
		t->in_run = strcmp(name, "r") == 0;
	t->in_text = is_text && (depth == t->depth + 1 || (depth == t->depth + 2 && t->in_run));
}

int workbook_strings_text(struct workbook_runs *t, const char *s, size_t n, struct err *err)
{
	return t->in_text ? workbook_strings_append(&t->buf, s, n, err) : 0;
}

void workbook_strings_close(struct workbook_runs *t, unsigned depth)
{
	if (depth == t->depth + 1)
		t->in_run = false;
	t->in_text = false;
}

int workbook_strings_keep(struct workbook_runs *t, struct workbook *w, const char **text,
	struct err *err)
{
	*text = NULL;
	if (t->buf.len == 0)
		return 0;
	return workbook_keep(w, t->buf.data, workbook_value_unescape(t->buf.data, t->buf.len),
		text, err);
}

/* ---- the part of shared strings */

struct reading {
	struct workbook_strings *out;
	struct workbook *w;
	struct workbook_runs runs;
	bool in_string;
};

static int on_open(void *arg, unsigned depth, const char *name, const char *const *attributes,
	struct err *err)
{
	struct reading *r = arg;

	(void)attributes;
	if (depth == 1 && strcmp(name, "sst") != 0)
		return err_set(err, ERR_INPUT, "not a part of shared strings");
	if (depth == 2 && strcmp(name, "si") == 0) {
		r->in_string = true;
		workbook_strings_begin(&r->runs, depth);
	} else if (r->in_string) {
		workbook_strings_open(&r->runs, depth, name);
	}
	return 0;
}

static int on_text(void *arg, const char *s, size_t n, struct err *err)
{
	struct reading *r = arg;

	if (!r->in_string || workbook_strings_text(&r->runs, s, n, err) == 0)
		return 0;
	return err->code == ERR_NOMEM ? -1 : err_prefix(err, "string %zu", r->out->n);
}

static int push(struct workbook_strings *out, const char *text, struct err *err)
{
	if (out->n == WORKBOOK_CELLS_MAX)
		return err_set(err, ERR_INPUT, "more than %d strings", WORKBOOK_CELLS_MAX);
	if (out->n == out->cap) {
		size_t cap = out->cap == 0 ? 256 : out->cap * 2;
		const char **list = realloc(out->list, cap * sizeof *list);

		if (list == NULL)
			return err_nomem(err);
		out->list = list;
		out->cap = cap;
	}
	out->list[out->n++] = text;
	return 0;
}

static int on_close(void *arg, unsigned depth, const char *name, struct err *err)
{
	struct reading *r = arg;
	const char *text;

	(void)name;
	if (!r->in_string)
		return 0;
	if (depth > 2) {
		workbook_strings_close(&r->runs, depth);
		return 0;
	}
	r->in_string = false;
	if (workbook_strings_keep(&r->runs, r->w, &text, err) != 0)
		return err->code == ERR_NOMEM ? -1 : err_prefix(err, "string %zu", r->out->n);
	return push(r->out, text, err);
}

int workbook_strings_read(struct workbook_strings *out, struct workbook *w,
	struct workbook_zip *z, const char *part, struct err *err)
{
	static const struct workbook_xml_calls calls = {on_open, on_text, on_close};
	struct reading r = {.out = out, .w = w};
	int status = workbook_xml_part(z, part, &calls, &r, err);

	buf_finish(&r.runs.buf);
	return status;
}
