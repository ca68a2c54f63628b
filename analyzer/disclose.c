/*
 * disclose.c - from exact counts to what may be published. In: counts of merged groups. Out: the
 * same release with too small tables and breakdowns left out, counts suppressed, means gone where
 * they would say more than the counts. Tables are protected one by one; what several tables say
 * together (a routed question's base is another's answer, two releases differ) is for an audit.
 */
#include "analyzer/disclose.h"
#include "analyzer/disclose_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int disclose_rule_check(const struct disclose_rule *rule, struct err *err)
{
	if (rule->threshold < DISCLOSE_THRESHOLD_MIN)
		return err_set(err, ERR_REFUSED, "a threshold of %u: it cannot be below %d",
			rule->threshold, DISCLOSE_THRESHOLD_MIN);
	if (rule->coalition < 1)
		return err_set(err, ERR_REFUSED, "a coalition of nobody: it is 1 or more");
	return 0;
}

long disclose_base(const struct disclose_rule *rule)
{
	return (long)rule->threshold + (long)rule->coalition - 1;
}

static bool too_small(long base, long minimum)
{
	return base > 0 && base < minimum;
}

/* Add the name of a breakdown that is left out to the table's note. */
static int note(struct release_table *t, enum release_by by, struct err *err)
{
	const char *name = release_by_name(by);
	size_t n = t->note == NULL ? 0 : strlen(t->note);
	char *longer = realloc(t->note, n + strlen(name) + 2);

	if (longer == NULL)
		return err_nomem(err);
	t->note = longer;
	if (n > 0)
		t->note[n++] = ' ';
	strcpy(t->note + n, name);
	return 0;
}

/* Leave out the slots of one breakdown. */
static int drop(const struct release *r, struct release_table *t, enum release_by by,
	struct err *err)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->n_slots; i++) {
		if (r->groups[t->slots[i].group].by == by)
			release_slot_finish(&t->slots[i]);
		else
			t->slots[kept++] = t->slots[i];
	}
	t->n_slots = kept;
	return note(t, by, err);
}

/* Publish nothing of a table; not even which countries were named. */
static int withhold(struct release_table *t, struct err *err)
{
	for (size_t i = 0; i < t->n_slots; i++)
		release_slot_finish(&t->slots[i]);
	t->n_slots = 0;
	for (size_t a = 0; a < t->n_answers && t->measure == RELEASE_COUNTRY; a++) {
		free(t->answers[a]);
		t->answers[a] = NULL;
	}
	if (t->measure == RELEASE_COUNTRY)
		t->n_answers = 0;
	return note(t, RELEASE_TOTAL, err);
}

/* Has the table a breakdown whose bases are all large enough? */
static bool large(const struct release *r, const struct release_table *t, enum release_by by,
	long minimum)
{
	bool any = false;

	for (size_t i = 0; i < t->n_slots; i++) {
		if (r->groups[t->slots[i].group].by != by)
			continue;
		any = true;
		if (too_small(t->slots[i].base, minimum))
			return false;
	}
	return any;
}

static int leave_out(const struct release *r, struct release_table *t, long minimum,
	struct err *err)
{
	if (t->slots[0].base < minimum)
		return withhold(t, err);
	for (enum release_by by = RELEASE_REGION; by <= RELEASE_REGION_LANGUAGE; by++) {
		/* Free texts do not know the region. */
		if (t->measure == RELEASE_WRITTEN && by != RELEASE_LANGUAGE)
			continue;
		if (!large(r, t, by, minimum) && drop(r, t, by, err) != 0)
			return -1;
	}
	return 0;
}

/* Pairs of region and language whose people are too few are not published for any table. */
static void leave_out_pairs(struct release *r, long minimum)
{
	size_t first = 0;
	bool small = false;

	while (first < r->n_groups && r->groups[first].by != RELEASE_REGION_LANGUAGE)
		first++;
	for (size_t g = first; g < r->n_groups; g++)
		small |= too_small(r->groups[g].people, minimum);
	if (!small)
		return;
	for (size_t i = 0; i < r->n_tables; i++) {
		struct release_table *t = &r->tables[i];

		while (t->n_slots > 0 && t->slots[t->n_slots - 1].group >= first)
			release_slot_finish(&t->slots[--t->n_slots]);
	}
	while (r->n_groups > first) {
		struct release_group *g = &r->groups[--r->n_groups];

		free(g->id);
		free(g->members[0]);
		free(g->members[1]);
		free(g->members);
	}
}

/*
 * Where countries became regions the groups themselves say how many people each region has: a table
 * of the same numbers, suppressed by other rules, would only be a second look at them.
 */
static void leave_out_country(struct release *r, const struct form *form)
{
	for (size_t i = r->n_tables; i-- > 0;)
		if (r->tables[i].measure == RELEASE_COUNTRY && !form->frozen.keep_country)
			release_remove_table(r, i);
}

static void hide(struct release *r, struct release_table *t, const struct disclose_grid *g,
	size_t cell)
{
	struct release_slot *s = &t->slots[cell / g->columns];
	size_t column = cell % g->columns;
	long *kinds[DISCLOSE_KINDS] = {&s->declined, &s->blank, &s->not_asked};

	if (g->mark[cell] == DISCLOSE_OPEN)
		return;
	if (g->mark[cell] == DISCLOSE_PRIMARY)
		r->suppressed_primary++;
	else
		r->suppressed_complementary++;
	if (column >= t->n_answers) {
		*kinds[column - t->n_answers] = RELEASE_SUPPRESSED;
		return;
	}
	s->counts[column] = RELEASE_SUPPRESSED;
	s->mean = s->median = NAN;
}

static bool sensitive(const struct form *form, const struct release_table *t)
{
	const struct form_question *q = form_question(form, t->question);

	return q != NULL && q->sensitive;
}

static int protect_table(struct release *r, struct release_table *t, const struct form *form,
	const struct disclose_rule *rule, struct err *err)
{
	struct disclose_grid g = {.release = r, .table = t, .threshold = (long)rule->threshold,
		.sensitive = sensitive(form, t)};
	int status = -1;

	if (leave_out(r, t, disclose_base(rule), err) != 0)
		return -1;
	g.columns = t->n_answers + DISCLOSE_KINDS;
	g.mark = calloc(t->n_slots * g.columns + 1, sizeof *g.mark);
	if (g.mark == NULL)
		return err_nomem(err);
	if (t->n_slots > 0 && disclose_suppress(&g, err) != 0)
		goto out;
	for (size_t cell = 0; cell < t->n_slots * g.columns; cell++)
		hide(r, t, &g, cell);
	status = 0;
out:
	free(g.mark);
	return status;
}

int disclose_protect(struct release *r, const struct form *form, const struct disclose_rule *rule,
	struct err *err)
{
	long minimum = disclose_base(rule);

	if (disclose_rule_check(rule, err) != 0)
		return -1;
	if (r->people < minimum)
		return err_set(err, ERR_REFUSED, "fewer than %ld people answered: nothing can be "
			"published", minimum);
	for (size_t g = 0; g < r->n_groups; g++)
		if (r->groups[g].by != RELEASE_REGION_LANGUAGE &&
			too_small(r->groups[g].people, minimum))
			return err_set(err, ERR_REFUSED, "a group of fewer than %ld people",
				minimum);
	r->threshold = rule->threshold;
	r->coalition = rule->coalition;
	r->audited = false;
	r->suppressed_primary = r->suppressed_complementary = 0;
	leave_out_country(r, form);
	leave_out_pairs(r, minimum);
	for (size_t i = 0; i < r->n_tables; i++)
		if (protect_table(r, &r->tables[i], form, rule, err) != 0)
			return -1;
	return disclose_check(r, err);
}
