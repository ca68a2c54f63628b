/*
 * micro_quasi.c - k-anonymity (Samarati 2001, Sweeney 2002). In: the quasi-identifiers of everybody.
 * Out: the same, coarser, so that every combination that is left stands for k people or more.
 *
 * First values are merged for everybody: the smallest value of a variable with its smaller
 * neighbour, or with the next smallest where values have no order; each time in the variable where
 * that takes most people out of small combinations for what it loses of the variable, until one in
 * twenty is left in them. Then single values of these
 * people are suppressed, the variable that helps most of them first. A suppressed value is like
 * other suppressed ones only, so that nobody gains from what might stand there. Who is still in a
 * small combination is left out. At the end everything is counted once more.
 */
#include "analyzer/micro_quasi.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHARE = 20 }; /* one person in so many may be suppressed rather than everybody merged */

struct anonymity {
	struct micro_quasi *list;
	size_t n_list, n, k;
	bool *keep;
	/* a table of combinations: the first person of each, and how many there are */
	size_t size; /* a power of two */
	uint32_t *first, *count, *slot; /* slot: of each person */
};

void micro_quasi_finish(struct micro_quasi *q)
{
	for (size_t i = 0; q->labels != NULL && i < q->n_values; i++)
		free(q->labels[i]);
	free(q->labels);
	free(q->value);
}

static bool alike(const struct anonymity *a, size_t x, size_t y)
{
	for (size_t i = 0; i < a->n_list; i++)
		if (a->list[i].value[x] != a->list[i].value[y])
			return false;
	return true;
}

static size_t hash(const struct anonymity *a, size_t person)
{
	uint64_t h = 14695981039346656037u; /* FNV-1a */

	for (size_t i = 0; i < a->n_list; i++)
		h = (h ^ a->list[i].value[person]) * 1099511628211u;
	return (size_t)(h ^ h >> 32) & (a->size - 1);
}

/* Count combinations; returns how many people are in small ones. */
static size_t count(struct anonymity *a)
{
	size_t small = 0;

	memset(a->count, 0, a->size * sizeof *a->count);
	for (size_t i = 0; i < a->n; i++) {
		size_t at;

		if (!a->keep[i])
			continue;
		at = hash(a, i);
		while (a->count[at] > 0 && !alike(a, a->first[at], i))
			at = (at + 1) & (a->size - 1);
		if (a->count[at]++ == 0)
			a->first[at] = (uint32_t)i;
		a->slot[i] = (uint32_t)at;
	}
	for (size_t at = 0; at < a->size; at++)
		if (a->count[at] < a->k)
			small += a->count[at];
	return small;
}

/*
 * The same, of people who answered everything: merging does little for who declined or left blank,
 * and must not go on for ever because of them.
 */
static size_t count_answered(struct anonymity *a)
{
	size_t small = 0;

	count(a);
	for (size_t i = 0; i < a->n; i++) {
		bool answered = true;

		for (size_t k = 0; k < a->n_list && answered; k++)
			answered = a->list[k].value[i] < a->list[k].n_values ||
				a->list[k].n_values == 0;
		small += answered && a->count[a->slot[i]] < a->k;
	}
	return small;
}

/* Two values to be merged: `from` goes into `to`. */
struct merger {
	struct micro_quasi *quasi;
	size_t from, to;
	double loss; /* share of the variable's information (entropy) that is lost: at most 1 */
	double gain; /* people out of small combinations, for that share */
};

static double bits(size_t people)
{
	return people == 0 ? 0 : (double)people * log2((double)people);
}

/* Of the entropy of `people` in each of `n` values, what is gone when two are one. */
static double entropy_lost(const size_t *people, size_t n, size_t x, size_t y)
{
	double apart = 0;
	size_t all = 0;

	for (size_t v = 0; v < n; v++) {
		apart += bits(people[v]);
		all += people[v];
	}
	apart = bits(all) - apart;
	return apart <= 0 ? 0 : (bits(people[x] + people[y]) - bits(people[x]) -
		bits(people[y])) / apart;
}

/* The next merger of a variable. False if it has only one value left. */
static bool pair(const struct anonymity *a, struct micro_quasi *q, struct merger *out,
	struct err *err)
{
	size_t *people, least = 0, next = SIZE_MAX;

	if (q->n_values < 2)
		return false;
	people = calloc(q->n_values, sizeof *people);
	if (people == NULL) {
		err_nomem(err);
		return false;
	}
	for (size_t i = 0; i < a->n; i++)
		if (q->value[i] < q->n_values)
			people[q->value[i]]++;
	for (size_t v = 1; v < q->n_values; v++)
		if (people[v] < people[least])
			least = v;
	for (size_t v = 0; v < q->n_values; v++) {
		if (v == least || (q->ordered && v + 1 != least && least + 1 != v))
			continue;
		if (next == SIZE_MAX || people[v] < people[next])
			next = v;
	}
	*out = (struct merger){.quasi = q, .from = least > next ? least : next,
		.to = least > next ? next : least, 
		.loss = entropy_lost(people, q->n_values, least, next)};
	free(people);
	return true;
}

static void move(struct micro_quasi *q, size_t n, size_t from, size_t to)
{
	for (size_t i = 0; i < n; i++)
		if (q->value[i] == from)
			q->value[i] = (uint16_t)to;
}

/* How many would be in small combinations after this merger? Nothing is changed. */
static size_t would(struct anonymity *a, const struct merger *m, uint16_t *spare)
{
	struct micro_quasi *q = m->quasi;
	size_t small;

	memcpy(spare, q->value, a->n * sizeof *spare);
	move(q, a->n, m->from, m->to);
	small = count_answered(a);
	memcpy(q->value, spare, a->n * sizeof *spare);
	return small;
}

/* Merge for good: labels join, values above close up. `from` > `to`. */
static int merge(struct micro_quasi *q, size_t n, size_t from, size_t to, struct err *err)
{
	struct buf label = {0};
	size_t last = q->n_values - 1;

	buf_printf(&label, "%s / %s", q->labels[to], q->labels[from]);
	if (label.failed) {
		buf_finish(&label);
		return err_nomem(err);
	}
	free(q->labels[to]);
	free(q->labels[from]);
	q->labels[to] = buf_take(&label);
	memmove(q->labels + from, q->labels + from + 1, (last - from) * sizeof *q->labels);
	move(q, n, from, to);
	/* what stands behind the values (declined ...) moves up with them */
	for (size_t i = 0; i < n; i++)
		if (q->value[i] > from && q->value[i] != MICRO_QUASI_BLANK)
			q->value[i]--;
	q->n_values--;
	q->merged++;
	return 0;
}

/* Merge until few are left in small combinations, or nothing can be merged. */
static int generalise(struct anonymity *a, struct err *err)
{
	uint16_t *spare = calloc(a->n + 1, sizeof *spare);
	size_t small = count_answered(a);
	int status = 0;

	if (spare == NULL)
		return err_nomem(err);
	err->code = ERR_NONE;
	while (small > a->n / SHARE && status == 0) {
		struct merger best = {.gain = -1}, m;

		for (size_t i = 0; i < a->n_list; i++) {
			if (!pair(a, &a->list[i], &m, err))
				continue;
			m.gain = (double)(small - would(a, &m, spare)) / (m.loss + 1e-9);
			if (m.gain > best.gain || (m.gain == best.gain && m.loss < best.loss))
				best = m;
		}
		if (err->code != ERR_NONE)
			status = -1;
		if (best.quasi == NULL)
			break;
		if (status == 0)
			status = merge(best.quasi, a->n, best.from, best.to, err);
		small = count_answered(a);
	}
	explicit_bzero(spare, a->n * sizeof *spare);
	free(spare);
	return status;
}

/* Suppress one variable of everybody in a small combination; the numbers are those of count(). */
static size_t blank(struct anonymity *a, struct micro_quasi *q)
{
	size_t n = 0;

	for (size_t i = 0; i < a->n; i++) {
		if (!a->keep[i] || a->count[a->slot[i]] >= a->k || q->value[i] == MICRO_QUASI_BLANK)
			continue;
		q->value[i] = MICRO_QUASI_BLANK;
		n++;
	}
	return n;
}

/* Suppress values of those who are left in small combinations, as few variables as will do. */
static int suppress(struct anonymity *a, size_t *blanked, struct err *err)
{
	uint16_t *spare = calloc(a->n + 1, sizeof *spare);
	bool done[MICRO_QUASI_MAX] = {false};

	if (spare == NULL)
		return err_nomem(err);
	for (size_t turn = 0; turn < a->n_list && count(a) > 0; turn++) {
		size_t best = SIZE_MAX, least = SIZE_MAX;

		for (size_t i = 0; i < a->n_list; i++) {
			struct micro_quasi *q = &a->list[i];
			size_t left;

			if (done[i])
				continue;
			count(a);
			memcpy(spare, q->value, a->n * sizeof *spare);
			blank(a, q);
			left = count(a);
			memcpy(q->value, spare, a->n * sizeof *spare);
			if (left < least) {
				least = left;
				best = i;
			}
		}
		count(a);
		blanked[best] += blank(a, &a->list[best]);
		done[best] = true;
	}
	explicit_bzero(spare, a->n * sizeof *spare);
	free(spare);
	return 0;
}

static size_t leave_out(struct anonymity *a)
{
	size_t n = 0;

	count(a);
	for (size_t i = 0; i < a->n; i++) {
		if (a->count[a->slot[i]] >= a->k)
			continue;
		a->keep[i] = false;
		n++;
	}
	return n;
}

static void report(struct buf *changes, const struct anonymity *a, const size_t *blanked,
	size_t left_out)
{
	for (size_t i = 0; i < a->n_list; i++) {
		const struct micro_quasi *q = &a->list[i];

		buf_printf(changes, "%s: ", q->name);
		if (q->merged == 0 && blanked[i] == 0)
			buf_puts(changes, "unchanged");
		if (q->merged > 0)
			buf_printf(changes, "%zu values became %zu", q->n_values + q->merged,
				q->n_values);
		if (blanked[i] > 0)
			buf_printf(changes, "%ssuppressed for %zu people",
				q->merged > 0 ? ", " : "", blanked[i]);
		buf_putc(changes, '\n');
	}
	if (left_out > 0)
		buf_printf(changes, "%zu people are left out: too few are like them\n", left_out);
}

/* Nothing that was done above is trusted: combinations are counted once more. */
static bool anonymous(struct anonymity *a)
{
	return count(a) == 0;
}

int micro_quasi_anonymise(struct micro_quasi *list, size_t n_list, size_t people, size_t k,
	bool *keep, struct buf *changes, struct err *err)
{
	struct anonymity a = {.list = list, .n_list = n_list, .n = people, .k = k, .keep = keep,
		.size = 1024};
	size_t blanked[MICRO_QUASI_MAX] = {0}, left_out;
	int status = -1;

	assert(n_list <= MICRO_QUASI_MAX && people < UINT32_MAX / 4);
	while (a.size < 2 * people)
		a.size *= 2;
	memset(keep, true, people);
	a.first = calloc(a.size, sizeof *a.first);
	a.count = calloc(a.size, sizeof *a.count);
	a.slot = calloc(people + 1, sizeof *a.slot);
	if (a.first == NULL || a.count == NULL || a.slot == NULL) {
		err_nomem(err);
		goto out;
	}
	if (generalise(&a, err) != 0 || suppress(&a, blanked, err) != 0)
		goto out;
	left_out = leave_out(&a);
	if (people - left_out < k)
		err_set(err, ERR_REFUSED, "fewer than %zu people: there is no microdata of them", k);
	else if (!anonymous(&a))
		err_set(err, ERR_REFUSED, "somebody is still like fewer than %zu others", k - 1);
	else
		status = 0;
	report(changes, &a, blanked, left_out);
out:
	free(a.first);
	free(a.count);
	free(a.slot);
	return status;
}
