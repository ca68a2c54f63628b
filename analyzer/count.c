/*
 * count.c - from columns to tables. In: a batch. Out: for each question its counts in every group.
 * A column is read once (count_tally.c): each person's code adds one to the counts of the atom the
 * person is in, the pair of region and language say; every group is a sum of atoms.
 */
#include "analyzer/count_private.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What goes into all tables. */
struct count {
	struct release *release;
	const struct batch *batch;
	const struct count_plan *plan; /* NULL: crossed */
	struct count_people people;
	struct count_tally *tallies; /* by column */
};

/* The sum of one cell over the atoms of a group. */
static long cell(const struct count *c, const uint32_t *cells, size_t codes, size_t group,
	size_t code)
{
	const uint8_t *inside = c->people.inside + group * c->people.n_atoms;
	long sum = 0;

	for (size_t k = 0; k < c->people.n_atoms; k++)
		if (inside[k])
			sum += cells[k * codes + code];
	return sum;
}

/* The mean rank of each answer, of those who ranked it. */
static int mean_ranks(struct release_slot *s, const struct count *c, const struct count_tally *t,
	struct err *err)
{
	const uint8_t *inside = c->people.inside + s->group * c->people.n_atoms;
	size_t n = t->column->n_answers;

	s->ranks = calloc(n + 1, sizeof *s->ranks);
	if (s->ranks == NULL)
		return err_nomem(err);
	for (size_t a = 0; a < n; a++) {
		uint64_t sum = 0;

		for (size_t k = 0; k < c->people.n_atoms; k++)
			sum += inside[k] ? t->ranks[k * n + a] : 0;
		s->ranks[a] = s->counts[a] > 0 ? (double)sum / (double)s->counts[a] : NAN;
	}
	return 0;
}

/* One slot: the sums of its atoms. Whoever is not declined, blank or not asked is the base. */
static int slot(struct release_slot *s, const struct count *c, const struct count_tally *t,
	const uint32_t *cells, struct err *err)
{
	size_t n = t->column->n_answers;

	s->mean = s->median = s->lower = s->upper = NAN;
	s->counts = calloc(n + 1, sizeof *s->counts);
	if (s->counts == NULL)
		return err_nomem(err);
	for (size_t a = 0; a < n; a++)
		s->counts[a] = cell(c, cells, t->codes, s->group, a);
	s->declined = cell(c, cells, t->codes, s->group, n + BATCH_DECLINED);
	s->blank = cell(c, cells, t->codes, s->group, n + BATCH_BLANK);
	s->not_asked = cell(c, cells, t->codes, s->group, n + BATCH_NOT_ASKED);
	s->base = c->release->groups[s->group].people - s->declined - s->blank - s->not_asked;
	return 0;
}

/* A table named after its question and row, with its answers and without slots. */
static struct release_table *table(struct release *r, const struct form_question *q,
	const struct form_row *row, enum release_measure m, char *const *answers, size_t n,
	struct err *err)
{
	struct release_table *t = &r->tables[r->n_tables++];

	t->measure = m;
	t->question = strdup(q->id);
	t->row = row != NULL ? strdup(row->id) : NULL;
	t->answers = calloc(n + 1, sizeof *t->answers);
	t->slots = calloc(r->n_groups, sizeof *t->slots);
	if (t->question == NULL || (row != NULL && t->row == NULL) || t->answers == NULL ||
		t->slots == NULL)
		goto nomem;
	for (size_t i = 0; i < n; i++) {
		t->answers[i] = strdup(answers[i]);
		if (t->answers[i] == NULL)
			goto nomem;
		t->n_answers++;
	}
	return t;
nomem:
	err_nomem(err);
	return NULL;
}

/* Countries that nobody named are left out: there are some 250. */
static void drop_empty(struct release_table *t)
{
	size_t kept = 0;

	for (size_t a = 0; a < t->n_answers; a++) {
		if (t->slots[0].counts[a] == 0) {
			free(t->answers[a]);
			continue;
		}
		t->answers[kept] = t->answers[a];
		for (size_t i = 0; i < t->n_slots; i++)
			t->slots[i].counts[kept] = t->slots[i].counts[a];
		kept++;
	}
	t->answers[kept] = NULL;
	t->n_answers = kept;
}

static int count_column(struct count *c, const struct count_tally *y, enum release_measure m,
	struct err *err)
{
	const struct batch_column *column = y->column;
	struct release_table *t = table(c->release, column->question, column->row, m,
		column->answers, column->n_answers, err);

	if (t == NULL)
		return -1;
	for (size_t g = 0; g < c->release->n_groups; g++) {
		struct release_slot *s = &t->slots[t->n_slots++];

		s->group = g;
		if (slot(s, c, y, m == RELEASE_RANKED ? y->ranked : y->cells, err) != 0)
			return -1;
		if (m == RELEASE_SCALE)
			count_number_scale(t, s);
		if (m == RELEASE_BANDS)
			count_number_slot(s, y, &c->people);
		if (m == RELEASE_RANKED && (c->plan == NULL || c->plan->ranks) &&
			mean_ranks(s, c, y, err) != 0)
			return -1;
	}
	if (m == RELEASE_COUNTRY && c->batch->form->frozen.keep_country)
		drop_empty(t);
	return 0;
}

static enum release_measure measure(const struct batch_column *c)
{
	switch (c->question->type) {
	case FORM_SELECT_MULTIPLE:
		return RELEASE_MULTIPLE;
	case FORM_SCALE:
		return RELEASE_SCALE;
	case FORM_RANKING:
		return RELEASE_FIRST;
	case FORM_INTEGER:
	case FORM_DECIMAL:
		return RELEASE_BANDS;
	case FORM_DATE:
		return RELEASE_DATE;
	case FORM_COUNTRY:
		return RELEASE_COUNTRY;
	default:
		return RELEASE_CHOICE;
	}
}

/* How many of the languages in group `g` wrote something. */
static long written(const struct count *c, const struct batch_text *x, size_t g)
{
	const struct release_group *group = &c->release->groups[g];
	long n = 0;

	for (size_t l = 0; l < c->batch->n_languages; l++)
		if (group->by == RELEASE_TOTAL ||
			c->plan->language[l] == g - 1 - c->plan->n_regions)
			n += (long)x->written[l];
	/* Texts of people whose other answers were set aside must not exceed the base. */
	return n < group->people ? n : group->people;
}

static int count_text(struct count *c, const struct batch_text *x, struct err *err)
{
	char answer[] = "written", *answers[] = {answer};
	struct release *r = c->release;
	struct release_table *t =
		table(r, x->text.question, NULL, RELEASE_WRITTEN, answers, 1, err);

	if (t == NULL)
		return -1;
	for (size_t g = 0; g < r->n_groups; g++) {
		struct release_slot *s = &t->slots[t->n_slots];

		if (r->groups[g].by != RELEASE_TOTAL && r->groups[g].by != RELEASE_LANGUAGE)
			continue;
		t->n_slots++;
		s->group = g;
		s->base = r->groups[g].people;
		s->mean = s->median = s->lower = s->upper = NAN;
		s->counts = calloc(1, sizeof *s->counts);
		if (s->counts == NULL)
			return err_nomem(err);
		s->counts[0] = written(c, x, g);
	}
	return 0;
}

/* All tables of one question, in the order of the columns and texts. */
static int count_question(struct count *c, const struct form_question *q, size_t *column,
	size_t *text, struct err *err)
{
	const struct batch *b = c->batch;

	for (; *column < b->n_columns && b->columns[*column].question == q; ++*column) {
		const struct count_tally *t = &c->tallies[*column];

		if (count_column(c, t, measure(t->column), err) != 0)
			return -1;
		if (t->column->kind == BATCH_RANKS && q->ranks > 1 &&
			count_column(c, t, RELEASE_RANKED, err) != 0)
			return -1;
	}
	for (; *text < b->n_texts && b->texts[*text].text.question == q; ++*text)
		if (!b->filtered && count_text(c, &b->texts[*text], err) != 0)
			return -1;
	return 0;
}

/* The groups stand: count everything in them. */
static int count_tables(struct count *c, struct err *err)
{
	const struct batch *b = c->batch;
	size_t column = 0, text = 0;

	if (count_tallies(&c->tallies, &c->people, err) != 0)
		return -1;
	c->release->tables = calloc(2 * b->n_columns + b->n_texts + 1, sizeof *c->release->tables);
	if (c->release->tables == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < b->form->n_questions; i++)
		if (count_question(c, &b->form->questions[i], &column, &text, err) != 0)
			return -1;
	assert(column == b->n_columns && text == b->n_texts);
	return 0;
}

/* By a plan, or crossed by answers where that is NULL. */
static int count_all(struct release **out, const struct batch *b, const struct count_plan *plan,
	const struct count_by *by, struct err *err)
{
	struct count c = {.batch = b, .plan = plan};
	int status;

	c.release = calloc(1, sizeof *c.release);
	if (c.release == NULL)
		return err_nomem(err);
	if (plan != NULL)
		status = count_groups(c.release, &c.people, b, plan, err);
	else
		status = count_cross_groups(c.release, &c.people, b, by, err);
	if (status == 0)
		status = count_tables(&c, err);
	count_tallies_free(c.tallies, b->n_columns);
	if (c.people.batch != NULL)
		count_people_finish(&c.people);
	if (status == 0)
		*out = c.release;
	else
		release_free(c.release);
	return status;
}

int count_release(struct release **out, const struct batch *b, const struct count_plan *plan,
	struct err *err)
{
	return count_all(out, b, plan, NULL, err);
}

int count_crossed(struct release **out, const struct batch *b, const struct count_by *by,
	struct err *err)
{
	return count_all(out, b, NULL, by, err);
}
