/*
 * count.c - from columns to tables. In: a batch. Out: for each question its counts in every group.
 * A column is read once: each person's code adds one to the counts of the pair of region and
 * language the person is in; regions, languages and the total are sums of pairs.
 */
#include "analyzer/count_private.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void tally_codes(struct count_tally *t, const struct batch_column *c)
{
	for (size_t i = 0; i < t->batch->n; i++)
		t->cells[count_pair(t, i) * t->codes + batch_code(c, i)]++;
}

static void tally_bits(struct count_tally *t, const struct batch_column *c)
{
	for (size_t i = 0; i < t->batch->n; i++) {
		long *cells = t->cells + count_pair(t, i) * t->codes;
		const uint8_t *bits = c->data + i * c->width;

		for (size_t k = 0; k < t->codes; k++)
			cells[k] += bits[k / 8] >> k % 8 & 1;
	}
}

/* The first `ranks` ranks: 1 for who was put first, all for who was ranked at all. */
static void tally_ranks(struct count_tally *t, const struct batch_column *c, size_t ranks)
{
	size_t all = c->question->ranks;

	for (size_t i = 0; i < t->batch->n; i++) {
		long *cells = t->cells + count_pair(t, i) * t->codes;

		for (size_t k = 0; k < ranks; k++) {
			unsigned code = batch_code(c, i * all + k);

			if (k == 0 || code < c->n_answers)
				cells[code]++;
		}
	}
}

static int tally(struct count_tally *t, const struct batch_column *c, enum release_measure m,
	struct err *err)
{
	t->codes = c->n_answers + BATCH_SPECIALS;
	t->cells = calloc(t->pairs * t->codes, sizeof *t->cells);
	if (t->cells == NULL)
		return err_nomem(err);
	if (c->kind == BATCH_BITS)
		tally_bits(t, c);
	else if (c->kind == BATCH_RANKS)
		tally_ranks(t, c, m == RELEASE_RANKED ? c->question->ranks : 1);
	else
		tally_codes(t, c);
	return 0;
}

/* One slot: the sums of its pairs. Whoever is not declined, blank or not asked is the base. */
static int slot(struct release_slot *s, const struct count_tally *t, const struct release *r,
	size_t n_answers, struct err *err)
{
	long special[BATCH_SPECIALS] = {0};

	s->mean = s->median = NAN;
	s->counts = calloc(n_answers + 1, sizeof *s->counts);
	if (s->counts == NULL)
		return err_nomem(err);
	for (size_t p = 0; p < t->pairs; p++) {
		const long *cells = t->cells + p * t->codes;

		if (!count_inside(t, r, s->group, p))
			continue;
		for (size_t a = 0; a < n_answers; a++)
			s->counts[a] += cells[a];
		for (size_t k = 0; k < BATCH_SPECIALS; k++)
			special[k] += cells[n_answers + k];
	}
	s->declined = special[BATCH_DECLINED];
	s->blank = special[BATCH_BLANK];
	s->not_asked = special[BATCH_NOT_ASKED];
	s->base = r->groups[s->group].people - s->declined - s->blank - s->not_asked;
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

static int count_column(struct release *r, struct count_tally *y, const struct batch_column *c,
	enum release_measure m, struct err *err)
{
	struct release_table *t =
		table(r, c->question, c->row, m, c->answers, c->n_answers, err);
	int status = -1;

	if (t == NULL || tally(y, c, m, err) != 0)
		goto out;
	for (size_t g = 0; g < r->n_groups; g++) {
		struct release_slot *s = &t->slots[t->n_slots++];

		s->group = g;
		if (slot(s, y, r, t->n_answers, err) != 0)
			goto out;
		if (m == RELEASE_SCALE)
			count_mean_scale(t, s);
		if (m == RELEASE_BANDS && count_mean_numbers(y, r, c, s, err) != 0)
			goto out;
	}
	if (m == RELEASE_COUNTRY && y->batch->form->frozen.keep_country)
		drop_empty(t);
	status = 0;
out:
	free(y->cells);
	y->cells = NULL;
	return status;
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
static long written(const struct batch_text *x, const struct batch *b,
	const struct count_plan *plan, const struct release *r, size_t g)
{
	long n = 0;

	for (size_t l = 0; l < b->n_languages; l++)
		if (r->groups[g].by == RELEASE_TOTAL ||
			plan->language[l] == g - 1 - plan->n_regions)
			n += (long)x->written[l];
	/* Texts of people whose other answers were set aside must not exceed the base. */
	return n < r->groups[g].people ? n : r->groups[g].people;
}

static int count_text(struct release *r, const struct batch *b, const struct count_plan *plan,
	const struct batch_text *x, struct err *err)
{
	char answer[] = "written", *answers[] = {answer};
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
		s->mean = s->median = NAN;
		s->counts = calloc(1, sizeof *s->counts);
		if (s->counts == NULL)
			return err_nomem(err);
		s->counts[0] = written(x, b, plan, r, g);
	}
	return 0;
}

/* All tables of one question, in the order of the columns and texts. */
static int count_question(struct release *r, struct count_tally *y,
	const struct form_question *q, size_t *column, size_t *text, struct err *err)
{
	const struct batch *b = y->batch;

	for (; *column < b->n_columns && b->columns[*column].question == q; ++*column) {
		const struct batch_column *c = &b->columns[*column];

		if (count_column(r, y, c, measure(c), err) != 0)
			return -1;
		if (c->kind == BATCH_RANKS && q->ranks > 1 &&
			count_column(r, y, c, RELEASE_RANKED, err) != 0)
			return -1;
	}
	for (; *text < b->n_texts && b->texts[*text].text.question == q; ++*text)
		if (count_text(r, b, y->plan, &b->texts[*text], err) != 0)
			return -1;
	return 0;
}

int count_release(struct release **out, const struct batch *b, const struct count_plan *plan,
	struct err *err)
{
	struct count_tally y = {.batch = b, .plan = plan};
	struct release *r = calloc(1, sizeof *r);
	size_t column = 0, text = 0;

	if (r == NULL)
		return err_nomem(err);
	if (count_groups(r, b, plan, err) != 0)
		goto fault;
	y.pairs = (plan->n_regions > 0 ? plan->n_regions : 1) *
		(plan->n_languages > 0 ? plan->n_languages : 1);
	r->tables = calloc(2 * b->n_columns + b->n_texts + 1, sizeof *r->tables);
	if (r->tables == NULL) {
		err_nomem(err);
		goto fault;
	}
	for (size_t i = 0; i < b->form->n_questions; i++)
		if (count_question(r, &y, &b->form->questions[i], &column, &text, err) != 0)
			goto fault;
	assert(column == b->n_columns && text == b->n_texts);
	*out = r;
	return 0;
fault:
	release_free(r);
	return -1;
}
