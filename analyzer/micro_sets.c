/*
 * micro_sets.c - multiple-response sets in a .sav file. In: a file as ReadStat writes it, which has
 * none. Out: the same with a record of them at the end of its dictionary (PSPP's description of the
 * format, "Multiple Response Sets Records"). Sets name variables by their short names, which are
 * read from the file. Nothing in it stands by its place, so that a record can be put between.
 */
#include "analyzer/micro.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	HEADER = 176,
	SHORT = 8,
	RECORD_VARIABLE = 2,
	RECORD_LABELS = 3,
	RECORD_LABELLED = 4,
	RECORD_DOCUMENT = 6,
	RECORD_MORE = 7,
	RECORD_END = 999,
	MORE_SETS = 7,
};

struct dictionary {
	const char *bytes;
	size_t n, at;
	char (*names)[SHORT + 1]; /* of variables, in their order */
	size_t n_names, cap;
	bool bad;
};

static int32_t take(struct dictionary *d)
{
	int32_t value = 0;

	if (d->n - d->at < sizeof value) {
		d->bad = true;
		return 0;
	}
	memcpy(&value, d->bytes + d->at, sizeof value);
	d->at += sizeof value;
	return value;
}

static void skip(struct dictionary *d, int64_t n)
{
	if (n < 0 || (uint64_t)n > d->n - d->at)
		d->bad = true;
	else
		d->at += (size_t)n;
}

static void read_variable(struct dictionary *d)
{
	int32_t type = take(d), labelled = take(d), missing = take(d);

	skip(d, 8); /* formats */
	if (d->bad || d->n - d->at < SHORT || d->n_names == d->cap || type != 0) {
		d->bad = true;
		return;
	}
	for (size_t i = 0; i < SHORT && d->bytes[d->at + i] != ' '; i++) {
		char c = d->bytes[d->at + i];

		d->names[d->n_names][i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	d->n_names++;
	skip(d, SHORT);
	if (labelled == 1)
		skip(d, ((int64_t)take(d) + 3) / 4 * 4);
	skip(d, 8 * (int64_t)abs(missing));
}

static void read_labels(struct dictionary *d)
{
	for (int32_t n = take(d); n > 0 && !d->bad; n--) {
		skip(d, 8);
		if (d->bad || d->at == d->n)
			d->bad = true;
		else
			skip(d, (1 + (int64_t)(uint8_t)d->bytes[d->at] + 7) / 8 * 8);
	}
}

/* The place of the dictionary's last record, or -1. */
static int find_end(struct dictionary *d)
{
	d->at = HEADER;
	d->bad = d->n < HEADER || memcmp(d->bytes, "$FL2", 4) != 0;
	while (!d->bad) {
		int32_t kind = take(d), size;

		switch (kind) {
		case RECORD_VARIABLE:
			read_variable(d);
			break;
		case RECORD_LABELS:
			read_labels(d);
			break;
		case RECORD_LABELLED:
			skip(d, 4 * (int64_t)take(d));
			break;
		case RECORD_DOCUMENT:
			skip(d, 80 * (int64_t)take(d));
			break;
		case RECORD_MORE:
			take(d);
			size = take(d);
			skip(d, (int64_t)size * take(d));
			break;
		case RECORD_END:
			d->at -= sizeof kind;
			return 0;
		default:
			d->bad = true;
		}
	}
	return -1;
}

/* "$used=D1 1 4 Used used_a used_b\n" for each set, as a record. */
static void put_sets(struct buf *out, const struct micro *m, const struct dictionary *d)
{
	struct buf text = {0};
	int32_t head[] = {RECORD_MORE, MORE_SETS, 1, 0};

	for (size_t i = 0; i < m->n_sets; i++) {
		const struct micro_set *s = &m->sets[i];

		buf_printf(&text, "$%s=D1 1 %zu %s", s->name, strlen(s->label), s->label);
		for (size_t k = s->first; k < s->first + s->n; k++)
			buf_printf(&text, " %s", d->names[k]);
		buf_putc(&text, '\n');
	}
	head[3] = (int32_t)text.len;
	buf_put(out, head, sizeof head);
	if (text.data != NULL)
		buf_put(out, text.data, text.len);
	out->failed |= text.failed;
	buf_finish(&text);
}

int micro_sets(struct buf *sav, const struct micro *m, struct err *err)
{
	struct dictionary d = {.bytes = sav->data, .n = sav->len, .cap = m->n_variables};
	struct buf with = {0};
	int status = -1;

	if (m->n_sets == 0)
		return 0;
	d.names = calloc(m->n_variables + 1, sizeof *d.names);
	if (d.names == NULL)
		return err_nomem(err);
	if (find_end(&d) != 0 || d.n_names != m->n_variables) {
		err_set(err, ERR_INPUT, "the .sav file is not as it was expected");
		goto out;
	}
	buf_put(&with, sav->data, d.at);
	put_sets(&with, m, &d);
	buf_put(&with, sav->data + d.at, sav->len - d.at);
	if (with.failed) {
		err_nomem(err);
		goto out;
	}
	buf_wipe(sav);
	*sav = with;
	with = (struct buf){0};
	status = 0;
out:
	buf_wipe(&with);
	free(d.names);
	return status;
}
