/*
 * measure.c - what somebody sees who seizes the files and knows the tagged records by their bytes.
 * In: a run's folder. Out: lines of numbers (measure.h). The records are searched for in every byte
 * of every file, so that a copy anywhere is found; their places are then looked up in the pages.
 */
#include "tests/oracle/measure.h"

#include "tests/oracle/chance.h"
#include "tests/oracle/image.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TAG = 16, SHUFFLES = 400, MOMENTS = 4, MIX = 1 << 16, STORE_KEY = 16 };

static const char *const moments[MOMENTS] = {"mid", "grown", "closed", "backup"};

struct record {
	uint32_t arrival;
	int kind;
	uint8_t tag[TAG];
	bool gone;
	uint32_t found;
	const struct image_row *row;
	double rank; /* among the records of its kind, by place in the file: 0 to 1 */
};

struct moment {
	char name[64];
	struct record *list;
	size_t n, room;
	uint32_t *hash; /* records by their tags, from 1 */
	size_t mask;
	uint8_t first[MIX]; /* pairs of bytes that a tag begins with */
	struct image image;
	uint64_t counts[256]; /* bytes of rows */
};

/* Where faults of the image in hand belong. */
static const char *place_of_fault;

static void print_fault(const char *text)
{
	printf("fault %s: %s\n", place_of_fault, text);
}

/* --- the truth --- */

static int by_arrival(const void *a, const void *b)
{
	const struct record *x = a, *y = b;

	if (x->gone != y->gone)
		return x->gone - y->gone;
	if (x->arrival != y->arrival)
		return x->arrival < y->arrival ? -1 : 1;
	return x->kind != y->kind ? x->kind - y->kind : memcmp(x->tag, y->tag, TAG);
}

static bool read_tags(struct moment *m, const char *folder, const char *name, bool gone)
{
	char path[4096], hex[2 * TAG + 1];
	struct record r = {.gone = gone};
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "r");
	if (f == NULL)
		return false;
	while (fscanf(f, "%u %d %32s", &r.arrival, &r.kind, hex) == 3) {
		for (int i = 0; i < TAG; i++) {
			unsigned v = 0;

			sscanf(hex + 2 * i, "%2x", &v);
			r.tag[i] = (uint8_t)v;
		}
		if (m->n == m->room) {
			m->room = 2 * m->room + 1024;
			m->list = realloc(m->list, m->room * sizeof *m->list);
			if (m->list == NULL)
				abort();
		}
		m->list[m->n++] = r;
	}
	fclose(f);
	return true;
}

static size_t slot_of(const struct moment *m, const uint8_t *tag)
{
	uint64_t v;
	size_t at;

	memcpy(&v, tag, sizeof v);
	for (at = v & m->mask; m->hash[at] != 0; at = (at + 1) & m->mask)
		if (memcmp(m->list[m->hash[at] - 1].tag, tag, TAG) == 0)
			break;
	return at;
}

static void index_tags(struct moment *m)
{
	qsort(m->list, m->n, sizeof *m->list, by_arrival);
	for (m->mask = 1024; m->mask < 4 * m->n; m->mask *= 2)
		;
	m->hash = calloc(m->mask--, sizeof *m->hash);
	if (m->hash == NULL)
		abort();
	for (size_t i = 0; i < m->n; i++) {
		m->hash[slot_of(m, m->list[i].tag)] = (uint32_t)i + 1;
		m->first[m->list[i].tag[0] << 8 | m->list[i].tag[1]] = 1;
	}
}

/* Call `hit` for each place where a tag begins. */
static size_t search(struct moment *m, const uint8_t *bytes, size_t n,
	void (*hit)(struct moment *m, struct record *r, size_t at))
{
	size_t hits = 0;

	for (size_t i = 0; i + TAG <= n; i++) {
		uint32_t found;

		if (!m->first[bytes[i] << 8 | bytes[i + 1]])
			continue;
		found = m->hash[slot_of(m, bytes + i)];
		if (found == 0)
			continue;
		hits++;
		if (hit != NULL)
			hit(m, &m->list[found - 1], i);
	}
	return hits;
}

/* --- places --- */

static void see_record(struct moment *m, struct record *r, size_t at)
{
	const struct image_row *row = image_row_at(&m->image, at);

	if (r->gone)
		print_fault("a withdrawn record is there");
	else if (row == NULL || row->at + STORE_KEY != at || row->table != r->kind)
		print_fault("a record lies where no row is");
	else if (r->found++ > 0)
		print_fault("a record is there twice");
	else
		r->row = row;
}

/* What lies beside the store: nothing may. */
static bool search_neighbours(struct moment *m, const char *folder)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	char path[4096];

	if (d == NULL)
		return false;
	while ((e = readdir(d)) != NULL) {
		uint8_t *bytes;
		size_t n;

		if (e->d_name[0] == '.' || strcmp(e->d_name, "truth") == 0 ||
		    strcmp(e->d_name, "gone") == 0 || strcmp(e->d_name, "responses.db") == 0)
			continue;
		printf("fault %s: %s lies beside the store\n", m->name, e->d_name);
		snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
		bytes = image_slurp(path, &n);
		if (bytes != NULL && search(m, bytes, n, NULL) > 0)
			printf("fault %s: %s holds records\n", m->name, e->d_name);
		free(bytes);
	}
	closedir(d);
	return true;
}

static int by_place(const void *a, const void *b)
{
	const struct record *x = *(struct record *const *)a, *y = *(struct record *const *)b;

	return x->row->at < y->row->at ? -1 : x->row->at > y->row->at;
}

static bool is_missing(const struct moment *m)
{
	for (size_t i = 0; i < m->n; i++)
		if (!m->list[i].gone && m->list[i].row == NULL)
			return true;
	return false;
}

/* The records of a kind, by arrival; how many. */
static size_t of_kind(const struct moment *m, int kind, struct record **out)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++)
		if (m->list[i].kind == kind && !m->list[i].gone)
			out[n++] = &m->list[i];
	return n;
}

static void set_ranks(struct moment *m)
{
	struct record **list = malloc((m->n + 1) * sizeof *list);

	if (list == NULL)
		abort();
	for (int kind = 0; kind < IMAGE_TABLES; kind++) {
		size_t n = of_kind(m, kind, list);

		qsort(list, n, sizeof *list, by_place);
		for (size_t i = 0; i < n; i++)
			list[i]->rank = ((double)i + .5) / (double)n;
	}
	free(list);
}

static void count_bytes(struct moment *m)
{
	for (size_t i = 0; i < m->image.n; i++)
		if (m->image.is_row[i])
			m->counts[m->image.bytes[i]]++;
}

static bool moment_load(struct moment *m, const char *label, const char *run, const char *name)
{
	char folder[2048], path[4096];

	*m = (struct moment){0};
	snprintf(m->name, sizeof m->name, "%s %s", label, name);
	place_of_fault = m->name;
	snprintf(folder, sizeof folder, "%s/%s", run, name);
	snprintf(path, sizeof path, "%s/responses.db", folder);
	if (!read_tags(m, folder, "truth", false) || !read_tags(m, folder, "gone", true))
		return false;
	index_tags(m);
	if (!image_load(&m->image, path, print_fault))
		return false;
	search(m, m->image.bytes, m->image.n, see_record);
	if (is_missing(m)) {
		print_fault("a record is missing");
		return false;
	}
	set_ranks(m);
	count_bytes(m);
	return search_neighbours(m, folder);
}

static void moment_finish(struct moment *m)
{
	image_finish(&m->image);
	free(m->list);
	free(m->hash);
}

/* --- statistics of one kind --- */

static void print_tau(struct chance_tau t, const struct moment *m, int kind, const char *what)
{
	printf("tau %.6f %.6f %s %s: %s\n", t.z, t.tau, m->name, image_table[kind], what);
}

/* Places of every sort against arrival. */
static void measure_order(const struct moment *m, int kind, struct record **list, size_t n)
{
	double *arrival = malloc(5 * (n + 1) * sizeof *arrival), *place = arrival + n;
	double *reading = place + n, *inside = reading + n, *overflow = inside + n;
	uint32_t *pages = malloc((n + 1) * sizeof *pages);
	bool any = false;

	if (arrival == NULL || pages == NULL)
		abort();
	for (size_t i = 0; i < n; i++) {
		const struct image_row *row = list[i]->row;

		arrival[i] = list[i]->arrival;
		place[i] = (double)row->at;
		reading[i] = row->page * 65536.0 + row->cell;
		inside[i] = row->cell;
		overflow[i] = row->overflow;
		pages[i] = row->page;
		any |= row->overflow != 0;
	}
	print_tau(chance_kendall(place, arrival, n), m, kind, "place in the file");
	print_tau(chance_kendall(reading, arrival, n), m, kind, "place in reading");
	print_tau(chance_kendall(inside, arrival, n), m, kind, "place in a page");
	print_tau(chance_kendall_within(pages, inside, arrival, n), m, kind,
		"place among those of its page");
	if (any)
		print_tau(chance_kendall(overflow, arrival, n), m, kind, "overflow page");
	free(arrival);
	free(pages);
}

/* Next to each other in the file: records of one submission. */
static void measure_neighbours(const struct moment *m, int kind, struct record **list, size_t n)
{
	double each = 0, together = 0;

	for (size_t i = 0; i < n; i++)
		each += list[i]->arrival == list[0]->arrival;
	if (each < 2)
		return;
	qsort(list, n, sizeof *list, by_place);
	for (size_t i = 1; i < n; i++)
		together += list[i]->arrival == list[i - 1]->arrival;
	printf("count %.0f %.1f %s %s: neighbours of one submission\n", together, each - 1, m->name,
		image_table[kind]);
}

/* --- nearness, against the same records shuffled --- */

/* A sum that is small when what belongs together lies together. */
typedef double spread(const struct record *const *list, const double *rank, size_t n);

/* Over all pairs of one submission. `list` is in the order of arrival. */
static double spread_submission(const struct record *const *list, const double *rank, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n && list[k]->arrival == list[i]->arrival; k++)
			sum += fabs(rank[i] - rank[k]);
	return sum;
}

/* From each record to the next one, over core records: submissions that arrived together. */
static double spread_arrival(const struct record *const *list, const double *rank, size_t n)
{
	double sum = 0, before = -1;

	for (size_t i = 0; i < n; i++) {
		if (list[i]->kind != 0)
			continue;
		if (before >= 0)
			sum += fabs(rank[i] - before);
		before = rank[i];
	}
	return sum;
}

static void shuffle(double *rank, const struct record *const *list, size_t n,
	struct chance_die *die, size_t *places)
{
	for (int kind = 0; kind < IMAGE_TABLES; kind++) {
		size_t m = 0;

		for (size_t i = 0; i < n; i++)
			if (list[i]->kind == kind)
				places[m++] = i;
		for (; m > 1; m--) {
			size_t k = chance_below(die, (uint32_t)m);
			double rest = rank[places[k]];

			rank[places[k]] = rank[places[m - 1]];
			rank[places[m - 1]] = rest;
		}
	}
}

static void measure_spread(const struct moment *m, const struct record *const *list, size_t n,
	spread *of, const char *what)
{
	double *rank = malloc((n + 1) * sizeof *rank), is, sum = 0, squares = 0, mean;
	size_t *places = malloc((n + 1) * sizeof *places);
	struct chance_die die = {1};

	if (rank == NULL || places == NULL)
		abort();
	for (size_t i = 0; i < n; i++)
		rank[i] = list[i]->rank;
	is = of(list, rank, n);
	for (int i = 0; i < SHUFFLES; i++) {
		double d;

		shuffle(rank, list, n, &die, places);
		d = of(list, rank, n) - is;
		sum += d;
		squares += d * d;
	}
	mean = sum / SHUFFLES;
	squares = squares / SHUFFLES - mean * mean;
	printf("z %.6f %s: %s\n", squares > 0 ? -mean / sqrt(squares) : 0, m->name, what);
	free(rank);
	free(places);
}

static void measure_moment(const struct moment *m)
{
	struct record **list = malloc((m->n + 1) * sizeof *list);
	size_t n = 0;

	if (list == NULL)
		abort();
	for (int kind = 0; kind < IMAGE_TABLES; kind++) {
		n = of_kind(m, kind, list);
		measure_order(m, kind, list, n);
		measure_neighbours(m, kind, list, n);
	}
	n = 0;
	for (size_t i = 0; i < m->n; i++)
		if (!m->list[i].gone)
			list[n++] = &m->list[i];
	measure_spread(m, (const struct record *const *)list, n, spread_submission,
		"nearness of one submission's records");
	measure_spread(m, (const struct record *const *)list, n, spread_arrival,
		"nearness of those that arrived together");
	printf("p %.9g %s: bytes of rows\n", chance_bytes(m->counts), m->name);
	printf("same %016llx-%zu %s: all bytes that are not of rows\n",
		(unsigned long long)m->image.structure, m->image.n, m->name);
	free(list);
}

/* --- two states compared --- */

static const struct record *same_record(const struct moment *m, const struct record *r)
{
	uint32_t found = m->hash[slot_of(m, r->tag)];

	return found != 0 && !m->list[found - 1].gone ? &m->list[found - 1] : NULL;
}

/* A rebuild must not keep the order of the file before it. */
static void compare_states(const struct moment *a, const struct moment *b)
{
	double *x = malloc(2 * (a->n + 1) * sizeof *x), *y = x + a->n + 1;

	if (x == NULL)
		abort();
	for (int kind = 0; kind < IMAGE_TABLES; kind++) {
		size_t n = 0;

		for (size_t i = 0; i < a->n; i++) {
			const struct record *r = &a->list[i], *other = same_record(b, r);

			if (r->kind != kind || r->gone || other == NULL)
				continue;
			x[n] = r->rank;
			y[n++] = other->rank;
		}
		print_tau(chance_kendall(x, y, n), b, kind,
			strstr(a->name, "mid") ? "place before and after, from mid"
					       : "place before and after");
	}
	free(x);
}

/* --- backups --- */

/* What a backup may show: its first bytes, which are the same in all backups of a round. */
enum { BACKUPS = 3, PREFIX = 61, RUN_MOST = 8 };

static void compare_backups(const char *label, const uint8_t *a, const uint8_t *b, size_t n)
{
	uint64_t counts[256] = {0};
	size_t run = 0, longest = 0;

	if (memcmp(a, b, PREFIX) != 0)
		printf("fault %s backups: their first bytes differ\n", label);
	for (size_t i = PREFIX; i < n; i++) {
		counts[a[i] ^ b[i]]++;
		run = a[i] == b[i] ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	if (longest >= RUN_MOST)
		printf("fault %s backups: %zu bytes at one place are the same\n", label, longest);
	printf("p %.9g %s backups: what two of them differ in\n", chance_bytes(counts), label);
}

static int measure_backups(const char *label, const char *run, struct moment *m)
{
	uint8_t *bytes[BACKUPS] = {NULL};
	size_t n[BACKUPS] = {0};
	char path[4096];
	int status = 0;

	for (int i = 0; i < BACKUPS; i++) {
		uint64_t counts[256] = {0};

		snprintf(path, sizeof path, "%s/backups/%d", run, i + 1);
		bytes[i] = image_slurp(path, &n[i]);
		if (bytes[i] == NULL || n[i] < PREFIX) {
			status = -1;
			continue;
		}
		if (n[i] != n[0])
			printf("fault %s backups: of different lengths\n", label);
		if (search(m, bytes[i], n[i], NULL) > 0)
			printf("fault %s backups: records can be read\n", label);
		for (size_t k = PREFIX; k < n[i]; k++)
			counts[bytes[i][k]]++;
		printf("p %.9g %s backups: bytes of one\n", chance_bytes(counts), label);
	}
	for (int i = 0; status == 0 && i < BACKUPS; i++)
		if (n[i] == n[(i + 1) % BACKUPS])
			compare_backups(label, bytes[i], bytes[(i + 1) % BACKUPS], n[i]);
	for (int i = 0; i < BACKUPS; i++)
		free(bytes[i]);
	return status;
}

int measure_run(const char *label, const char *run)
{
	struct moment *m = calloc(MOMENTS, sizeof *m);
	int status = -1;

	if (m == NULL)
		abort();
	for (int i = 0; i < MOMENTS; i++)
		if (!moment_load(&m[i], label, run, moments[i]))
			goto out;
	for (int i = 0; i < MOMENTS; i++)
		measure_moment(&m[i]);
	compare_states(&m[0], &m[1]);
	compare_states(&m[1], &m[2]);
	compare_states(&m[0], &m[2]);
	status = measure_backups(label, run, &m[0]);
out:
	for (int i = 0; i < MOMENTS; i++)
		moment_finish(&m[i]);
	free(m);
	return status;
}
