/*
 * bench_audit.c - time and memory of protection and audit as questions, regions and languages grow.
 * Figures, never pass or fail.
 *
 * People are made up from a seed: groups of falling size, answers of falling frequency that differ
 * by region, 2 to 10% without an answer; every third question takes several answers. The last line
 * is a stress: ten answers a question, and so few people that most pairs have small counts.
 */
#include "analyzer/audit.h"
#include "analyzer/disclose.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static const struct {
	size_t questions, answers, regions, languages;
	long people;
} runs[] = {
	{40, 5, 4, 3, 3000},
	{80, 5, 4, 3, 3000},
	{160, 5, 4, 3, 3000},
	{80, 5, 8, 3, 6000},
	{80, 5, 8, 6, 12000},
	{80, 5, 8, 6, 100000},
	{80, 10, 8, 6, 12000},
};

static uint64_t seed = 88172645463325252u;

static double uniform(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (double)(seed >> 11) / 9007199254740992.0;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* 0 .. n-1, each somewhat rarer than the one before; no share is below half of the mean. */
static size_t pick(size_t n, double tilt)
{
	double u = uniform();

	return (size_t)((double)n * (u * (1 - tilt) + u * u * tilt)) % n;
}

static void name_group(struct release_group *g, enum release_by by, size_t region, size_t language)
{
	char r[32], l[32], both[80];

	g->by = by;
	snprintf(r, sizeof r, "r%zu", region);
	snprintf(l, sizeof l, "l%zu", language);
	snprintf(both, sizeof both, "%s/%s", r, l);
	g->members = calloc(3, sizeof *g->members);
	if (by == RELEASE_REGION || by == RELEASE_REGION_LANGUAGE)
		g->members[0] = strdup(r);
	if (by == RELEASE_LANGUAGE)
		g->members[0] = strdup(l);
	if (by == RELEASE_REGION_LANGUAGE)
		g->members[1] = strdup(l);
	g->id = strdup(by == RELEASE_TOTAL ? "" : by == RELEASE_REGION ? r
		: by == RELEASE_LANGUAGE ? l : both);
}

static void make_groups(struct release *r, size_t regions, size_t languages)
{
	r->groups = calloc(1 + regions + languages + regions * languages, sizeof *r->groups);
	name_group(&r->groups[r->n_groups++], RELEASE_TOTAL, 0, 0);
	for (size_t i = 0; i < regions; i++)
		name_group(&r->groups[r->n_groups++], RELEASE_REGION, i, 0);
	for (size_t k = 0; k < languages; k++)
		name_group(&r->groups[r->n_groups++], RELEASE_LANGUAGE, 0, k);
	for (size_t i = 0; i < regions; i++)
		for (size_t k = 0; k < languages; k++)
			name_group(&r->groups[r->n_groups++], RELEASE_REGION_LANGUAGE, i, k);
}

static void make_table(struct release_table *t, const struct release *r, size_t q, size_t answers)
{
	char name[32];

	snprintf(name, sizeof name, "q%zu", q);
	t->question = strdup(name);
	t->measure = q % 3 == 2 ? RELEASE_MULTIPLE : RELEASE_CHOICE;
	t->answers = calloc(answers + 1, sizeof *t->answers);
	for (; t->n_answers < answers; t->n_answers++) {
		snprintf(name, sizeof name, "a%zu", t->n_answers);
		t->answers[t->n_answers] = strdup(name);
	}
	t->slots = calloc(r->n_groups, sizeof *t->slots);
	for (; t->n_slots < r->n_groups; t->n_slots++) {
		t->slots[t->n_slots].group = t->n_slots;
		t->slots[t->n_slots].counts = calloc(answers, sizeof(long));
		t->slots[t->n_slots].mean = t->slots[t->n_slots].median = NAN;
	}
}

static void add(struct release_table *t, const size_t *slots, size_t region)
{
	double u = uniform();
	size_t first = pick(t->n_answers, 0.8 + 0.02 * (double)region);

	for (size_t i = 0; i < 4; i++) {
		struct release_slot *s = &t->slots[slots[i]];

		if (u < 0.02)
			s->declined++;
		else if (u < 0.07)
			s->blank++;
		else
			s->base++;
	}
	if (u < 0.07)
		return;
	for (size_t a = 0; a < t->n_answers; a++) {
		bool given = a == first || (t->measure == RELEASE_MULTIPLE && uniform() < 0.2);

		for (size_t i = 0; i < 4 && given; i++)
			t->slots[slots[i]].counts[a]++;
	}
}

static struct release *make(size_t run)
{
	size_t regions = runs[run].regions, languages = runs[run].languages;
	struct release *r = calloc(1, sizeof *r);

	make_groups(r, regions, languages);
	r->people = runs[run].people;
	r->tables = calloc(runs[run].questions, sizeof *r->tables);
	for (; r->n_tables < runs[run].questions; r->n_tables++)
		make_table(&r->tables[r->n_tables], r, r->n_tables, runs[run].answers);
	for (long p = 0; p < r->people; p++) {
		size_t i = pick(regions, 0.6), k = pick(languages, 0.6);
		const size_t slots[] = {0, 1 + i, 1 + regions + k,
			1 + regions + languages + i * languages + k};

		for (size_t s = 0; s < 4; s++)
			r->groups[slots[s]].people++;
		for (size_t q = 0; q < r->n_tables; q++)
			add(&r->tables[q], slots, i);
	}
	return r;
}

static void measure(size_t run)
{
	static struct form nothing;
	struct disclose_rule rule = {.threshold = 10, .coalition = 1};
	struct release *r = make(run);
	struct audit_report report = {0};
	struct rusage usage;
	struct err err = {0};
	double start = now(), protect, audit;

	if (disclose_protect(r, NULL, &nothing, &rule, &err) != 0) {
		printf("%s\n", err.msg);
		release_free(r);
		return;
	}
	protect = now() - start;
	start = now();
	if (audit_release(&report, r, false, &err) != 0)
		printf("%s\n", err.msg);
	audit = now() - start;
	getrusage(RUSAGE_SELF, &usage);
	printf("%9zu %7zu %4zu x %zu %7ld %9.2f %7.2f %10ld %9ld %9ld %8lu %6lu %6ld\n",
		runs[run].questions, runs[run].answers, runs[run].regions, runs[run].languages,
		runs[run].people, protect, audit, r->suppressed_primary,
		r->suppressed_complementary, report.narrowest, report.effort.lps,
		report.effort.mips, usage.ru_maxrss / 1024);
	audit_report_finish(&report);
	release_free(r);
}

int main(void)
{
	puts("questions answers  groups  people protect s audit s    primary compl.    narrowest "
		"     LPs   MIPs     MB");
	for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
		measure(i);
	return 0;
}
