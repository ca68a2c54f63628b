/*
 * count_cross.c - people grouped by what they answered. In: a batch and up to three things to group
 * by. Out: a group for each combination that somebody is in, and atoms: people who are alike in all
 * of these things. Who chose several answers is in several groups but in one atom, so that sums
 * over atoms count nobody twice.
 */
#include "analyzer/count_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	GROUPS_MAX = 2000,
	INSIDE_MAX = 1 << 26, /* groups x atoms */
	KEY_MAX = COUNT_BY_MAX * 128,
	TABLE = 1 << 17, /* twice the atoms that there may be */
};

/* The names of one dimension's groups: answers, then COUNT_NO_ANSWER. */
static size_t names(const struct count_by_one *one, const struct batch *b)
{
	switch (one->kind) {
	case COUNT_REGION:
		return b->n_regions;
	case COUNT_LANGUAGE:
		return b->n_languages;
	default:
		return one->column->n_answers + 1;
	}
}

static const char *name(const struct count_by_one *one, const struct batch *b, size_t i)
{
	switch (one->kind) {
	case COUNT_REGION:
		return b->regions[i];
	case COUNT_LANGUAGE:
		return b->languages[i];
	default:
		return i < one->column->n_answers ? one->column->answers[i] : COUNT_NO_ANSWER;
	}
}

static const char *dimension(const struct count_by_one *one)
{
	switch (one->kind) {
	case COUNT_REGION:
		return "region";
	case COUNT_LANGUAGE:
		return "language";
	default:
		return one->column->row != NULL ? one->column->row->field
						: one->column->question->id;
	}
}

/* What tells people of different atoms apart, in one dimension: bytes to compare. */
static size_t put_key(uint8_t *key, const struct count_by_one *one, const struct batch *b,
	size_t person)
{
	const struct batch_column *c = one->column;
	uint16_t code;

	if (one->kind == COUNT_COLUMN && c->kind == BATCH_BITS) {
		memcpy(key, c->data + person * c->width, c->width);
		return c->width;
	}
	if (one->kind == COUNT_REGION)
		code = b->region[person];
	else if (one->kind == COUNT_LANGUAGE)
		code = b->language[person];
	else
		code = (uint16_t)batch_code(c, c->kind == BATCH_RANKS
			? person * c->question->ranks : person);
	memcpy(key, &code, sizeof code);
	return sizeof code;
}

/* Is somebody with this key in group `i` of the dimension? */
static bool in_group(const uint8_t *key, const struct count_by_one *one, size_t i)
{
	const struct batch_column *c = one->column;
	uint16_t code;

	if (one->kind == COUNT_COLUMN && c->kind == BATCH_BITS) {
		bool special = false;

		if (i < c->n_answers)
			return key[i / 8] >> i % 8 & 1;
		for (size_t k = c->n_answers; k < c->n_answers + BATCH_SPECIALS; k++)
			special |= key[k / 8] >> k % 8 & 1;
		return special;
	}
	memcpy(&code, key, sizeof code);
	if (one->kind == COUNT_COLUMN && i == c->n_answers)
		return code >= i;
	return code == i;
}

struct atoms {
	uint8_t *keys; /* of each atom, `width` bytes */
	size_t width, n;
	uint16_t *table; /* atom + 1, or 0 */
};

static size_t atom_of(struct atoms *a, const uint8_t *key)
{
	uint64_t hash = 14695981039346656037u; /* FNV-1a */
	size_t at;

	for (size_t i = 0; i < a->width; i++)
		hash = (hash ^ key[i]) * 1099511628211u;
	for (at = (hash ^ hash >> 32) % TABLE; a->table[at] > 0; at = (at + 1) % TABLE)
		if (memcmp(a->keys + (a->table[at] - 1u) * a->width, key, a->width) == 0)
			return a->table[at] - 1u;
	if (a->n == UINT16_MAX)
		return SIZE_MAX;
	memcpy(a->keys + a->n * a->width, key, a->width);
	a->table[at] = (uint16_t)++a->n;
	return a->n - 1;
}

/* Everybody's atom. */
static int find_atoms(struct atoms *a, struct count_people *p, const struct count_by *by,
	struct err *err)
{
	uint8_t key[KEY_MAX] = {0};

	for (size_t k = 0; k < by->n; k++)
		a->width += by->one[k].kind == COUNT_COLUMN && by->one[k].column->kind == BATCH_BITS
			? by->one[k].column->width : sizeof(uint16_t);
	a->keys = calloc(UINT16_MAX, a->width);
	a->table = calloc(TABLE, sizeof *a->table);
	p->atom = calloc(p->batch->n + 1, sizeof *p->atom);
	if (a->keys == NULL || a->table == NULL || p->atom == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < p->batch->n; i++) {
		size_t n = 0, atom;

		for (size_t k = 0; k < by->n; k++)
			n += put_key(key + n, &by->one[k], p->batch, i);
		atom = atom_of(a, key);
		if (atom == SIZE_MAX)
			return err_set(err, ERR_INPUT, "too many combinations of answers to group by");
		p->atom[i] = (uint16_t)atom;
	}
	p->n_atoms = a->n > 0 ? a->n : 1;
	return 0;
}

/* Which atoms are in the combination that `group` numbers; returns whether any is. */
static bool fill_inside(uint8_t *inside, const struct atoms *a, const struct batch *b,
	const struct count_by *by, size_t group)
{
	bool any = false;

	for (size_t atom = 0; atom < a->n; atom++) {
		const uint8_t *key = a->keys + atom * a->width;
		size_t rest = group, at = a->width;
		bool in = true;

		/* the last dimension turns fastest */
		for (size_t k = by->n; k-- > 0; rest /= names(&by->one[k], b)) {
			at -= by->one[k].kind == COUNT_COLUMN &&
				by->one[k].column->kind == BATCH_BITS
				? by->one[k].column->width : sizeof(uint16_t);
			in &= in_group(key + at, &by->one[k], rest % names(&by->one[k], b));
		}
		inside[atom] = in;
		any |= in;
	}
	return any;
}

/* Members are pairs: what is grouped by, and the answer. */
static int name_group(struct release_group *g, const struct batch *b, const struct count_by *by,
	size_t group, struct err *err)
{
	struct buf id = {0};

	g->by = RELEASE_CROSSED;
	g->members = calloc(2 * by->n + 1, sizeof *g->members);
	if (g->members == NULL)
		return err_nomem(err);
	for (size_t k = by->n; k-- > 0; group /= names(&by->one[k], b)) {
		g->members[2 * k + 1] =
			strdup(name(&by->one[k], b, group % names(&by->one[k], b)));
		if (g->members[2 * k + 1] == NULL)
			return err_nomem(err);
	}
	for (size_t k = 0; k < by->n; k++) {
		g->members[2 * k] = strdup(dimension(&by->one[k]));
		if (g->members[2 * k] == NULL)
			return err_nomem(err);
		buf_printf(&id, "%s%s", k > 0 ? "/" : "", g->members[2 * k + 1]);
	}
	g->id = buf_take(&id);
	return g->id == NULL ? err_nomem(err) : 0;
}

static int make_groups(struct release *r, struct count_people *p, const struct atoms *a,
	const struct count_by *by, struct err *err)
{
	size_t all = 1;

	for (size_t k = 0; k < by->n; k++) {
		all *= names(&by->one[k], p->batch);
		if (all > GROUPS_MAX || all * p->n_atoms > INSIDE_MAX)
			return err_set(err, ERR_INPUT, "too many groups: more than %d",
				GROUPS_MAX);
	}
	p->inside = calloc((all + 1) * p->n_atoms, 1);
	if (p->inside == NULL)
		return err_nomem(err);
	if (count_groups_begin(r, all + 1, err) != 0)
		return -1;
	memset(p->inside, 1, p->n_atoms);
	for (size_t group = 0; group < all; group++) {
		if (!fill_inside(p->inside + r->n_groups * p->n_atoms, a, p->batch, by, group))
			continue;
		if (name_group(&r->groups[r->n_groups++], p->batch, by, group, err) != 0)
			return -1;
	}
	p->n_groups = r->n_groups;
	return 0;
}

int count_cross_groups(struct release *r, struct count_people *p, const struct batch *b,
	const struct count_by *by, struct err *err)
{
	struct atoms a = {0};
	int status = -1;

	*p = (struct count_people){.batch = b};
	if (find_atoms(&a, p, by, err) == 0 && make_groups(r, p, &a, by, err) == 0)
		status = count_groups_people(r, p, err);
	free(a.keys);
	free(a.table);
	return status;
}
