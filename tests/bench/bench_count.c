/*
 * bench_count.c - opening and counting. Figures, never pass or fail on time.
 *
 *   bench_count open STUDY PASSPHRASES KEY ...   records opened a second, by the analysis and by
 *                                                libsodium alone on as many threads
 *   bench_count count N                          N people, 40 questions, by region x language: ms,
 *                                                bytes a person; a checksum of all counts for others
 *                                                that count the same people (tests/long/duckdb.js)
 */
#include "analyzer/batch.h"
#include "analyzer/count.h"
#include "analyzer/open.h"
#include "forms/study.h"
#include "lib/record/store.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { QUESTIONS = 40, REGIONS = 8, LANGUAGES = 6, TURNS = 3, THREADS = 64 };

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Of all threads: what a busy machine does not change. */
static double worked(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int fault(const struct err *err)
{
	fprintf(stderr, "bench_count: %s\n", err->msg);
	return 1;
}

/* --- opening --- */

struct sealed {
	struct buf bytes;
	size_t *at, *size; /* of each record */
	size_t n, cap;
	const struct open_key *key;
	size_t threads;
};

static int keep(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n)
{
	struct sealed *s = ctx;

	(void)kind;
	if (s->n == s->cap) {
		s->cap = 2 * s->cap + 1024;
		s->at = realloc(s->at, s->cap * sizeof *s->at);
		s->size = realloc(s->size, s->cap * sizeof *s->size);
		if (s->at == NULL || s->size == NULL)
			abort();
	}
	s->at[s->n] = s->bytes.len;
	s->size[s->n++] = n;
	buf_put(&s->bytes, sealed, n);
	return 0;
}

struct share {
	struct sealed *s;
	size_t first;
};

static void *open_share(void *arg)
{
	struct share *share = arg;
	struct sealed *s = share->s;
	const struct custodian_secret *secret = open_key_secret(s->key);
	uint8_t *plain = malloc(1 << 20);

	for (size_t i = share->first; i < s->n && plain != NULL; i += s->threads)
		if (crypto_box_seal_open(plain, (uint8_t *)s->bytes.data + s->at[i], s->size[i],
			    secret->box_public, secret->box) != 0)
			abort();
	free(plain);
	return NULL;
}

/* Seconds that libsodium needs for all of them. */
static double ceiling(struct sealed *s)
{
	pthread_t thread[THREADS];
	struct share share[THREADS];
	double start = now();

	for (size_t i = 0; i < s->threads; i++) {
		share[i] = (struct share){s, i};
		if (pthread_create(&thread[i], NULL, open_share, &share[i]) != 0)
			abort();
	}
	for (size_t i = 0; i < s->threads; i++)
		pthread_join(thread[i], NULL);
	return now() - start;
}

static int add_core(void *ctx, struct answers *a, struct err *err)
{
	int status = batch_core(ctx, a, err);

	answers_free(a);
	return status;
}

static int add_text(void *ctx, enum record_kind kind, struct record_text *t, struct err *err)
{
	(void)kind;
	(void)err;
	batch_text(ctx, t);
	record_text_finish(t);
	return 0;
}

static int bench_open(int argc, char **argv)
{
	struct custodian_source *source = NULL;
	struct open_tally tally;
	struct study *study = NULL;
	struct form *form = NULL;
	struct open_key *key = NULL;
	struct sealed s = {0};
	struct store_shape shape = {0};
	uint8_t digest[RECORD_DIGEST];
	char *round = NULL, *path = NULL;
	struct err err = {0};

	if (study_load(&study, argv[2], &err) != 0 || study_round(&round, study, NULL, &err) != 0 ||
		study_frozen_form(&form, digest, study, round, &err) != 0 ||
		custodian_source_create(&source, argv + 3, 1, &err) != 0 ||
		open_key_load(&key, study, round, argv + 4, (size_t)argc - 4, source, &err) != 0 ||
		(path = study_round_path(study, round, "responses.db", &err)) == NULL ||
		store_read(path, &shape, keep, &s, &err) < 0)
		return fault(&err);
	s.key = key;
	s.threads = (size_t)sysconf(_SC_NPROCESSORS_ONLN);
	s.threads = s.threads < THREADS ? s.threads : THREADS;
	printf("%zu records, %zu threads; records a second\n", s.n, s.threads);
	for (int turn = 0; turn < TURNS; turn++) {
		struct batch *b = NULL;
		struct open_sink sink = {.core = add_core, .text = add_text};
		double cpu = worked(), sodium = ceiling(&s), start, ours, ours_cpu;

		cpu = worked() - cpu;

		if (batch_create(&b, form, &err) != 0)
			return fault(&err);
		sink.ctx = b;
		start = now();
		ours_cpu = worked();
		if (open_stores(&tally, key, form, digest, &path, 1, 0, &sink, &err) != 0)
			return fault(&err);
		ours = now() - start;
		ours_cpu = worked() - ours_cpu;
		printf("libsodium alone %8.0f   opened, checked, in columns %8.0f   %5.1f%% "
			"(%.1f%% by processor time)\n", (double)s.n / sodium, (double)s.n / ours,
			100 * sodium / ours, 100 * cpu / ours_cpu);
		batch_free(b);
	}
	free(s.at);
	free(s.size);
	buf_finish(&s.bytes);
	custodian_source_free(source);
	open_key_free(key);
	form_free(form);
	free(round);
	free(path);
	study_free(study);
	return 0;
}

/* --- counting --- */

/*
 * Person i's answer to question q is one of 3 + q % 6, or (of the special codes behind them)
 * declined, blank or not asked: the formula is the same in tests/long/duckdb.js.
 */
static unsigned mix(uint64_t i, uint64_t q)
{
	return (unsigned)((i * (2 * q + 7919) + q * 104729 + i / 1000 * (q + 31)) % 100003);
}

static unsigned answers_of(size_t q)
{
	return 3 + (unsigned)(q % 6);
}

static unsigned code_of(uint64_t i, size_t q)
{
	return mix(i, q) % (answers_of(q) + BATCH_SPECIALS);
}

static struct form *make_form(struct err *err)
{
	struct findings findings = {0};
	struct form *form = NULL;
	struct buf t = {0};

	buf_puts(&t, "{\"format\":\"peer-survey-questionnaire\",\"version\":1,\"id\":\"bench\","
		"\"languages\":[\"en\",\"fr\",\"es\",\"pt\",\"ru\",\"ar\"],\"title\":{\"en\":\"T\"},"
		"\"introduction\":{\"en\":\"I\"},\"consent\":{\"en\":\"C\"},\"thanks\":{\"en\":\"D\"},"
		"\"series\":[{\"id\":\"s\",\"title\":{\"en\":\"S\"}}],\"sections\":[{\"id\":\"a\","
		"\"title\":{\"en\":\"A\"},\"series\":[\"s\"],\"questions\":[");
	for (size_t q = 0; q < QUESTIONS; q++) {
		buf_printf(&t, "%s{\"id\":\"q%zu\",\"type\":\"select_one\",\"label\":{\"en\":\"Q\"},"
			"\"choices\":[", q > 0 ? "," : "", q);
		for (unsigned a = 0; a < answers_of(q); a++)
			buf_printf(&t, "%s{\"value\":\"a%u\",\"label\":{\"en\":\"A\"}}",
				a > 0 ? "," : "", a);
		buf_puts(&t, "]}");
	}
	buf_puts(&t, "]}],\"frozen\":{\"round\":\"r\",\"country\":\"region\",\"text_region\":false,"
		"\"demonstration\":false,\"regions\":[");
	for (unsigned r = 0; r < REGIONS; r++)
		buf_printf(&t, "%s{\"id\":\"r%u\",\"label\":{\"en\":\"R\"},\"countries\":[\"%c%c\"]}",
			r > 0 ? "," : "", r, "DFEPITGN"[r], "ERSTTRBL"[r]);
	buf_puts(&t, "]}}");
	if (!t.failed)
		form_parse(&form, t.data, t.len, &findings, err);
	findings_finish(&findings);
	buf_finish(&t);
	return form;
}

/* People straight into the columns, as if they had been opened. */
static size_t fill(struct batch *b, size_t n)
{
	size_t bytes = 2 * sizeof *b->region;

	b->region = calloc(n, sizeof *b->region);
	b->language = calloc(n, sizeof *b->language);
	if (b->region == NULL || b->language == NULL)
		abort();
	for (size_t i = 0; i < n; i++) {
		b->region[i] = (uint16_t)(mix(i, 101) % REGIONS);
		b->language[i] = (uint16_t)(mix(i, 103) % LANGUAGES);
	}
	for (size_t q = 0; q < QUESTIONS; q++) {
		struct batch_column *c = &b->columns[q];

		bytes += c->width;
		c->data = malloc(n);
		if (c->data == NULL || c->width != 1)
			abort();
		for (size_t i = 0; i < n; i++)
			c->data[i] = (uint8_t)code_of(i, q);
	}
	b->n = b->cap = n;
	return bytes;
}

/* Every count of every pair times a number of its place. */
static unsigned long long checksum(const struct release *r)
{
	unsigned long long sum = 0;

	for (size_t t = 0; t < r->n_tables; t++)
		for (size_t i = 0; i < r->tables[t].n_slots; i++) {
			const struct release_slot *s = &r->tables[t].slots[i];
			const char *id = r->groups[s->group].id;
			size_t place = (size_t)atoi(r->tables[t].question + 1) + 1;

			if (r->groups[s->group].by != RELEASE_REGION_LANGUAGE ||
				r->groups[s->group].people == 0)
				continue;
			place = place * 31 + (size_t)(id[1] - '0');
			for (size_t l = 0; l < LANGUAGES; l++)
				if (strncmp(id + 3, &"enfresptruar"[2 * l], 2) == 0)
					place = place * 7 + l;
			for (size_t a = 0; a < r->tables[t].n_answers; a++)
				sum += (unsigned long long)s->counts[a] * (place * 11 + a);
		}
	return sum;
}

static int bench_count(size_t n)
{
	struct count_plan plan;
	struct err err = {0};
	struct form *form = make_form(&err);
	struct batch *b = NULL;
	double best = 1e9;
	unsigned long long sum = 0;
	size_t bytes;

	if (form == NULL || batch_create(&b, form, &err) != 0 ||
		count_plan_all(&plan, b, &err) != 0)
		return fault(&err);
	bytes = fill(b, n);
	for (int turn = 0; turn < TURNS; turn++) {
		struct release *r = NULL;
		double start = now();

		if (count_release(&r, b, &plan, &err) != 0)
			return fault(&err);
		if (now() - start < best)
			best = now() - start;
		sum = checksum(r);
		release_free(r);
	}
	printf("people %zu questions %d ms %.0f bytes %zu checksum %llu\n", n, QUESTIONS, best * 1e3,
		bytes, sum);
	count_plan_finish(&plan);
	batch_free(b);
	form_free(form);
	return 0;
}

int main(int argc, char **argv)
{
	if (sodium_init() < 0)
		return 1;
	if (argc > 5 && strcmp(argv[1], "open") == 0)
		return bench_open(argc, argv);
	if (argc == 3 && strcmp(argv[1], "count") == 0)
		return bench_count((size_t)atol(argv[2]));
	fputs("usage: bench_count open STUDY PASSPHRASES KEY KEY ... | count N\n", stderr);
	return 2;
}
