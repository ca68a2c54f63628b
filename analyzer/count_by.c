/*
 * count_by.c - what people are grouped by. In: "region,services/nsp" from a command line. Out: the
 * columns that it names, or why one cannot be.
 */
#include "analyzer/count.h"

#include <string.h>

enum { NAME_MAX_BYTES = 200 };

static int find_column(const struct batch_column **out, const struct batch *b, const char *name,
	struct err *err)
{
	const struct form_question *q;

	for (size_t i = 0; i < b->n_columns; i++) {
		const struct batch_column *c = &b->columns[i];

		if (strcmp(c->row != NULL ? c->row->field : c->question->id, name) == 0) {
			*out = c;
			return 0;
		}
	}
	q = form_question(b->form, name);
	if (q == NULL)
		return err_set(err, ERR_INPUT, "no question \"%.100s\" to group by", name);
	if (q->type == FORM_MATRIX)
		return err_set(err, ERR_INPUT, "%s is a matrix: name one of its rows, \"%s/%s\"",
			q->id, q->id, q->n_rows > 0 ? q->rows[0].id : "row");
	if (q->type == FORM_TEXT || q->type == FORM_COMMENT)
		return err_set(err, ERR_INPUT, "%s is free text: it is never joined to other answers",
			q->id);
	return err_set(err, ERR_INPUT, "%s has no answers to group by", q->id);
}

static int read_one(struct count_by_one *out, const struct batch *b, const char *name,
	struct err *err)
{
	if (strcmp(name, "region") == 0)
		out->kind = COUNT_REGION;
	else if (strcmp(name, "language") == 0)
		out->kind = COUNT_LANGUAGE;
	else
		out->kind = COUNT_COLUMN;
	return out->kind == COUNT_COLUMN ? find_column(&out->column, b, name, err) : 0;
}

int count_by_read(struct count_by *out, const struct batch *b, const char *text, struct err *err)
{
	*out = (struct count_by){0};
	for (;;) {
		size_t n = strcspn(text, ",");
		char name[NAME_MAX_BYTES];
		struct count_by_one *one = &out->one[out->n];

		if (out->n == COUNT_BY_MAX)
			return err_set(err, ERR_INPUT, "groups of more than %d things at once",
				COUNT_BY_MAX);
		if (n >= sizeof name)
			return err_set(err, ERR_INPUT, "no question \"%.100s\" to group by", text);
		memcpy(name, text, n);
		name[n] = '\0';
		if (read_one(one, b, name, err) != 0)
			return -1;
		for (size_t i = 0; i < out->n; i++)
			if (out->one[i].kind == one->kind && out->one[i].column == one->column)
				return err_set(err, ERR_INPUT, "groups by \"%s\" twice", name);
		out->n++;
		if (text[n] == '\0')
			return 0;
		text += n + 1;
	}
}
