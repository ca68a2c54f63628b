/*
 * release_copy.c - the tables of a release once more. In: a release. Out: its groups and tables
 * with the rule; what names a published release (study, round, digests) stays behind.
 */
#include "lib/release/release.h"

#include <stdlib.h>
#include <string.h>

static char **copy_list(char *const *list)
{
	size_t n = 0;
	char **copy;

	while (list[n] != NULL)
		n++;
	copy = calloc(n + 1, sizeof *copy);
	for (size_t i = 0; copy != NULL && i < n; i++) {
		copy[i] = strdup(list[i]);
		if (copy[i] == NULL) {
			while (i > 0)
				free(copy[--i]);
			free(copy);
			return NULL;
		}
	}
	return copy;
}

static int copy_groups(struct release *d, const struct release *r, struct err *err)
{
	d->groups = calloc(r->n_groups, sizeof *d->groups);
	if (d->groups == NULL)
		return err_nomem(err);
	d->n_groups = r->n_groups;
	for (size_t g = 0; g < r->n_groups; g++) {
		d->groups[g].by = r->groups[g].by;
		d->groups[g].people = r->groups[g].people;
		d->groups[g].id = strdup(r->groups[g].id);
		d->groups[g].members = copy_list(r->groups[g].members);
		if (d->groups[g].id == NULL || d->groups[g].members == NULL)
			return err_nomem(err);
	}
	return 0;
}

static int copy_routes(struct release_table *d, const struct release_table *t, struct err *err)
{
	d->routes = calloc(t->n_routes + 1, sizeof *d->routes);
	if (d->routes == NULL)
		return err_nomem(err);
	for (; d->n_routes < t->n_routes; d->n_routes++) {
		const struct release_route *from = &t->routes[d->n_routes];
		struct release_route *to = &d->routes[d->n_routes];

		to->relation = from->relation;
		to->others = from->others;
		to->question = strdup(from->question);
		to->row = from->row != NULL ? strdup(from->row) : NULL;
		to->answers = copy_list(from->answers);
		if (to->question == NULL || (from->row != NULL && to->row == NULL) ||
			to->answers == NULL) {
			d->n_routes++;
			return err_nomem(err);
		}
	}
	return 0;
}

static int copy_table(struct release_table *d, const struct release_table *t, struct err *err)
{
	d->measure = t->measure;
	d->full = t->full;
	d->question = strdup(t->question);
	d->row = t->row != NULL ? strdup(t->row) : NULL;
	d->answers = copy_list(t->answers);
	d->n_answers = t->n_answers;
	d->slots = calloc(t->n_slots + 1, sizeof *d->slots);
	if (d->question == NULL || (t->row != NULL && d->row == NULL) || d->answers == NULL ||
		d->slots == NULL || copy_routes(d, t, err) != 0)
		return err_nomem(err);
	for (size_t i = 0; i < t->n_slots; i++) {
		struct release_slot *s = &d->slots[i];

		*s = t->slots[i];
		s->counts = calloc(t->n_answers + 1, sizeof *s->counts);
		if (s->counts == NULL)
			return err_nomem(err);
		d->n_slots++;
		if (t->n_answers > 0)
			memcpy(s->counts, t->slots[i].counts, t->n_answers * sizeof *s->counts);
	}
	return 0;
}

int release_copy(struct release **out, const struct release *r, struct err *err)
{
	struct release *d = calloc(1, sizeof *d);

	if (d == NULL)
		return err_nomem(err);
	d->threshold = r->threshold;
	d->coalition = r->coalition;
	d->people = r->people;
	d->set_aside = r->set_aside;
	d->tables = calloc(r->n_tables + 1, sizeof *d->tables);
	if (d->tables == NULL || copy_groups(d, r, err) != 0)
		goto fault;
	for (; d->n_tables < r->n_tables; d->n_tables++)
		if (copy_table(&d->tables[d->n_tables], &r->tables[d->n_tables], err) != 0) {
			d->n_tables++;
			goto fault;
		}
	*out = d;
	return 0;
fault:
	release_free(d);
	return err_nomem(err);
}
