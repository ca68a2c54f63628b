/*
 * count_tally.c - each column is read once. In: a batch and the atom of each person. Out: for each
 * column how many people of each atom have each code. Threads take whole columns, so that nothing
 * is shared; neighbouring people count into different copies of the table, because adding twice in
 * a row to one place makes a processor wait.
 */
#include "analyzer/count_private.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	COPIES = 4,
	SMALL = 1 << 14, /* cells of a table that is worth copying */
	THREADS = 64,
	BYTE = 256,
	BLOCK = 1024, /* people whose places are worked out together */
};

_Static_assert(SMALL <= UINT16_MAX, "a place in a common table is two bytes");

/* Codes of one byte, `step` bytes apart. */
static void tally_bytes(uint32_t *const cells[COPIES], const uint16_t *atom, const uint8_t *code,
	size_t n, size_t step, size_t codes)
{
	size_t i = 0;

	for (; i + COPIES <= n; i += COPIES)
		for (size_t k = 0; k < COPIES; k++)
			cells[k][atom[i + k] * codes + code[(i + k) * step]]++;
	for (; i < n; i++)
		cells[0][atom[i] * codes + code[i * step]]++;
}

/* The same into `out`, through copies where those are small. */
static int tally_table(uint32_t *out, const struct count_people *p, const uint8_t *code,
	size_t step, size_t codes, struct err *err)
{
	size_t size = p->n_atoms * codes;
	uint32_t *more = NULL, *cells[COPIES] = {out, out, out, out};

	if (size <= SMALL) {
		more = calloc((COPIES - 1) * size + 1, sizeof *more);
		if (more == NULL)
			return err_nomem(err);
		for (size_t k = 1; k < COPIES; k++)
			cells[k] = more + (k - 1) * size;
	}
	tally_bytes(cells, p->atom, code, p->batch->n, step, codes);
	for (size_t i = 0; more != NULL && i < size; i++)
		out[i] += cells[1][i] + cells[2][i] + cells[3][i];
	free(more);
	return 0;
}

static int tally_codes(struct count_tally *t, const struct count_people *p, struct err *err)
{
	const struct batch_column *c = t->column;

	if (c->code == 1)
		return tally_table(t->cells, p, c->data, 1, t->codes, err);
	for (size_t i = 0; i < p->batch->n; i++)
		t->cells[p->atom[i] * t->codes + batch_code(c, i)]++;
	return 0;
}

/* Eight answers at a time: who has which byte, then what the byte says. */
static int tally_bits(struct count_tally *t, const struct count_people *p, struct err *err)
{
	const struct batch_column *c = t->column;
	size_t size = p->n_atoms * BYTE;
	uint32_t *bytes = calloc(size, sizeof *bytes);
	int status = bytes == NULL ? err_nomem(err) : 0;

	for (size_t at = 0; at < c->width && status == 0; at++) {
		memset(bytes, 0, size * sizeof *bytes);
		status = tally_table(bytes, p, c->data + at, c->width, BYTE, err);
		for (size_t i = 0; i < size; i++)
			for (size_t k = 0; k < 8 && bytes[i] > 0; k++)
				if (i % BYTE >> k & 1)
					t->cells[i / BYTE * t->codes + at * 8 + k] += bytes[i];
	}
	free(bytes);
	return status;
}

static int tally_ranks(struct count_tally *t, const struct count_people *p, struct err *err)
{
	const struct batch_column *c = t->column;
	size_t ranks = c->question->ranks;

	t->ranked = calloc(p->n_atoms * t->codes, sizeof *t->ranked);
	t->ranks = calloc(p->n_atoms * c->n_answers + 1, sizeof *t->ranks);
	if (t->ranked == NULL || t->ranks == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < p->batch->n; i++) {
		size_t atom = p->atom[i];
		unsigned first = batch_code(c, i * ranks);

		t->cells[atom * t->codes + first]++;
		if (first >= c->n_answers)
			t->ranked[atom * t->codes + first]++;
		for (size_t k = 0; k < ranks; k++) {
			unsigned code = batch_code(c, i * ranks + k);

			if (code >= c->n_answers)
				break;
			t->ranked[atom * t->codes + code]++;
			t->ranks[atom * c->n_answers + code] += k + 1;
		}
	}
	return 0;
}

static int tally(struct count_tally *t, const struct count_people *p, struct err *err)
{
	t->cells = calloc(p->n_atoms * t->codes, sizeof *t->cells);
	if (t->cells == NULL)
		return err_nomem(err);
	if (t->column->kind == BATCH_BITS)
		return tally_bits(t, p, err);
	if (t->column->kind == BATCH_RANKS)
		return tally_ranks(t, p, err);
	if (t->column->kind == BATCH_NUMBER && count_number_gather(t, p, err) != 0)
		return -1;
	return tally_codes(t, p, err);
}

/*
 * Two columns of one byte at once: places in a common table are worked out for a block of people,
 * which a processor does for many at a time, and then counted: half as many additions. Neighbours
 * count into different copies.
 */
static void tally_blocks(uint32_t *cells, size_t size, const struct count_people *p,
	const struct count_tally *x, const struct count_tally *y)
{
	const uint8_t *a = x->column->data, *b = y->column->data;
	uint16_t atom_step = (uint16_t)(x->codes * y->codes), step = (uint16_t)y->codes;
	uint32_t *second = cells + size;
	uint16_t place[BLOCK];
	size_t i = 0;

	for (; i + BLOCK <= p->batch->n; i += BLOCK) {
		for (size_t k = 0; k < BLOCK; k++)
			place[k] = (uint16_t)(p->atom[i + k] * atom_step + a[i + k] * step + b[i + k]);
		for (size_t k = 0; k < BLOCK; k += 2) {
			cells[place[k]]++;
			second[place[k + 1]]++;
		}
	}
	for (; i < p->batch->n; i++)
		cells[p->atom[i] * atom_step + a[i] * step + b[i]]++;
}

static int tally_two(struct count_tally *x, struct count_tally *y, const struct count_people *p,
	struct err *err)
{
	size_t size = p->n_atoms * x->codes * y->codes;
	uint32_t *cells = calloc(2 * size, sizeof *cells);

	if (cells == NULL)
		return err_nomem(err);
	tally_blocks(cells, size, p, x, y);
	for (size_t i = 0; i < size; i++) {
		size_t atom = i / (x->codes * y->codes), rest = i % (x->codes * y->codes);
		uint32_t n = cells[i] + cells[size + i];

		x->cells[atom * x->codes + rest / y->codes] += n;
		y->cells[atom * y->codes + rest % y->codes] += n;
	}
	free(cells);
	return 0;
}

/* What one thread does at a time: a column, or two that go together. */
struct job {
	struct count_tally *one, *two; /* two: NULL if alone */
};

/* Is a column nothing but one byte a person? */
static bool plain(const struct count_tally *t)
{
	return t->column->kind == BATCH_CODE && t->column->code == 1;
}

static int do_job(const struct job *job, const struct count_people *p, struct err *err)
{
	if (job->two == NULL)
		return tally(job->one, p, err);
	job->one->cells = calloc(p->n_atoms * job->one->codes, sizeof *job->one->cells);
	job->two->cells = calloc(p->n_atoms * job->two->codes, sizeof *job->two->cells);
	if (job->one->cells == NULL || job->two->cells == NULL)
		return err_nomem(err);
	return tally_two(job->one, job->two, p, err);
}

struct work {
	const struct count_people *people;
	struct job *jobs;
	size_t n_jobs;
	atomic_size_t next;
	pthread_mutex_t lock; /* of fault */
	struct err fault;
};

static void *work(void *arg)
{
	struct work *w = arg;
	size_t i;

	while ((i = atomic_fetch_add(&w->next, 1)) < w->n_jobs) {
		struct err err = {0};

		if (do_job(&w->jobs[i], w->people, &err) == 0)
			continue;
		pthread_mutex_lock(&w->lock);
		w->fault = err;
		pthread_mutex_unlock(&w->lock);
		break;
	}
	return NULL;
}

/* This thread works, too: no other one has to start. */
static void run(struct work *w)
{
	pthread_t thread[THREADS];
	long wanted = sysconf(_SC_NPROCESSORS_ONLN) - 1, n = 0;

	while (n < wanted && n < THREADS && pthread_create(&thread[n], NULL, work, w) == 0)
		n++;
	work(w);
	while (n > 0)
		pthread_join(thread[--n], NULL);
}

/* Columns whose common table is small go in twos. */
static void make_jobs(struct work *w, struct count_tally *list)
{
	struct count_tally *waiting = NULL;

	for (size_t i = 0; i < w->people->batch->n_columns; i++) {
		struct count_tally *t = &list[i];

		if (!plain(t)) {
			w->jobs[w->n_jobs++] = (struct job){t, NULL};
		} else if (waiting == NULL) {
			waiting = t;
		} else if (w->people->n_atoms * waiting->codes * t->codes <= SMALL) {
			w->jobs[w->n_jobs++] = (struct job){waiting, t};
			waiting = NULL;
		} else {
			w->jobs[w->n_jobs++] = (struct job){t, NULL};
		}
	}
	if (waiting != NULL)
		w->jobs[w->n_jobs++] = (struct job){waiting, NULL};
}

int count_tallies(struct count_tally **out, const struct count_people *p, struct err *err)
{
	struct work w = {.people = p, .lock = PTHREAD_MUTEX_INITIALIZER};
	size_t n = p->batch->n_columns;
	struct count_tally *list = calloc(n + 1, sizeof *list);

	assert(p->batch->n < UINT32_MAX);
	w.jobs = calloc(n + 1, sizeof *w.jobs);
	if (list == NULL || w.jobs == NULL) {
		free(list);
		free(w.jobs);
		return err_nomem(err);
	}
	for (size_t i = 0; i < n; i++) {
		list[i].column = &p->batch->columns[i];
		list[i].codes = list[i].column->n_answers + BATCH_SPECIALS;
	}
	make_jobs(&w, list);
	run(&w);
	pthread_mutex_destroy(&w.lock);
	free(w.jobs);
	if (w.fault.code != ERR_NONE) {
		count_tallies_free(list, n);
		*err = w.fault;
		return -1;
	}
	*out = list;
	return 0;
}

void count_tallies_free(struct count_tally *list, size_t n)
{
	for (size_t i = 0; list != NULL && i < n; i++) {
		free(list[i].cells);
		free(list[i].ranked);
		free(list[i].ranks);
		if (list[i].numbers != NULL)
			explicit_bzero(list[i].numbers,
				list[i].n_numbers * sizeof *list[i].numbers);
		free(list[i].numbers);
	}
	free(list);
}
