/*
 * bench_collect.c - what a collector takes: a real survey-collect, real forms over real connections,
 * and beside it, turn and turn about in the same run, what two threads can seal at best and what
 * plain SQLite can make durable. Figures, never pass or fail on time; it fails when an acknowledged
 * submission is not in the store, when somebody was not answered, or when the collector does not end
 * well.
 *
 *   bench_collect SURVEY-COLLECT STUDY [--connections 64] [--seconds 10] [--crowd 2000]
 *   bench_collect SURVEY-COLLECT STUDY --soak SECONDS [--rate N]
 *
 * The study needs a round with keys and no store yet. A soak submits and withdraws, so that the store
 * stays as it is, and watches the memory.
 */
#include "tests/bench/ceiling.h"
#include "tests/bench/crowd.h"
#include "tests/bench/load.h"
#include "tests/bench/server.h"

#include <getopt.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
	PEOPLE = 2000,
	TURNS = 5,       /* of sealing only, then of the whole collector */
	CEILING = 1,     /* seconds of sealing only */
	GROUP = 64,      /* submissions a transaction of plain SQLite */
	A_SECOND = 4000, /* submissions that there must be room for */
};

static const char usage[] =
	"usage: bench_collect SURVEY-COLLECT STUDY [--connections N] [--seconds N] [--crowd N]\n"
	"       bench_collect SURVEY-COLLECT STUDY --soak SECONDS [--connections N] [--rate N]\n";

struct bench {
	const char *program, *study;
	size_t connections, crowd;
	double seconds, soak, rate;
	struct round round;
	size_t records; /* a submission */
	struct person *people;
	struct server server;
	size_t acknowledged, withdrawn; /* since the server was started */
	size_t third; /* of a soak: kB of memory when a third was over */
};

static double megabytes(size_t kilobytes)
{
	return (double)kilobytes / 1024;
}

static struct load load_of(const struct bench *b)
{
	return (struct load){.to = b->server.address, .people = b->people, .n_people = PEOPLE,
	                     .connections = b->connections, .seconds = b->seconds,
	                     .patience = 60};
}

static int check_answered(const struct load_result *r, struct err *err)
{
	if (r->done == load_total(r))
		return 0;
	return err_set(err, ERR_IO, "%zu refused (the last with %u), %zu cut off, %zu not in time",
		r->refused, r->status, r->broken, r->late);
}

static void print_times(const struct load_result *r)
{
	printf("  answered within: p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms\n",
		1e3 * load_percentile(r, 0.5), 1e3 * load_percentile(r, 0.9),
		1e3 * load_percentile(r, 0.99), 1e3 * r->max);
}

/* --- a server and its store --- */

static int begin(struct bench *b, size_t room, struct err *err)
{
	b->acknowledged = b->withdrawn = 0;
	if (room > 0 && store_create(b->round.store, &b->round.shape, room, err) != 0)
		return -1;
	return server_start(&b->server, b->program, b->study, err);
}

/* Is what was acknowledged, and not withdrawn, in the store? Then away with it. */
static int check_store(const struct bench *b, struct err *err)
{
	size_t wanted = b->acknowledged - b->withdrawn, found;
	struct store *store = NULL;

	if (store_open(&store, b->round.store, &b->round.shape, err) != 0)
		return -1;
	found = store_count(store);
	store_free(store);
	unlink(b->round.store);
	printf("  in the store: %zu of %zu acknowledged submissions\n", found, wanted);
	return found == wanted ? 0 : err_set(err, ERR_IO, "the store is not what was acknowledged");
}

static int end(struct bench *b, int status, struct err *err)
{
	if (server_stop(&b->server) != 0 && status == 0)
		status = err_set(err, ERR_IO, "the collector did not end well");
	return status == 0 ? check_store(b, err) : -1;
}

/* --- as much as can be --- */

/* The turns of the collector, all together, and of each the share of the sealing around it. */
struct speed {
	struct load_result all;
	struct ceiling sealing; /* the mean of all turns */
	double share[TURNS];
};

static void add_turn(struct speed *s, const struct load_result *r)
{
	s->all.done += r->done;
	s->all.seconds += r->seconds;
	s->all.processor += r->processor;
	if (r->max > s->all.max)
		s->all.max = r->max;
	for (size_t i = 0; i < LOAD_BUCKETS; i++)
		s->all.bucket[i] += r->bucket[i];
}

static struct ceiling seal_only(const struct bench *b, struct speed *s)
{
	struct ceiling c = ceiling_seal(&b->round.shape, &b->round.key, CEILING);

	s->sealing.rate += c.rate / (TURNS + 1);
	s->sealing.cost += c.cost / (TURNS + 1);
	s->sealing.processors += c.processors / (TURNS + 1);
	return c;
}

static int take_turns(struct bench *b, struct speed *s, struct err *err)
{
	struct ceiling before = seal_only(b, s), after;
	struct load load = load_of(b);
	struct load_result r;

	load.seconds = b->seconds / TURNS;
	for (int i = 0; i < TURNS; i++) {
		if (load_run(&r, &load, err) != 0)
			return -1;
		b->acknowledged += r.done;
		if (check_answered(&r, err) != 0)
			return -1;
		add_turn(s, &r);
		after = seal_only(b, s);
		s->share[i] = 2 * (double)r.done / r.seconds * (double)b->records /
		              (before.rate + after.rate);
		before = after;
	}
	return 0;
}

static int rising(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void print_speed(const struct bench *b, struct speed *s, const struct server_use *before,
                        const struct server_use *after)
{
	double rate = (double)s->all.done / s->all.seconds;
	double user = after->user - before->user, system = after->system - before->system;
	double sqlite = ceiling_sqlite(&b->round.shape, b->round.folder, GROUP, CEILING);

	qsort(s->share, TURNS, sizeof *s->share, rising);
	printf("%zu connections, %.0f s: %.0f submissions/s, %.0f sealed records/s\n",
		b->connections, s->all.seconds, rate, rate * (double)b->records);
	print_times(&s->all);
	printf("  two threads that only seal: %.0f records/s; the collector seals %.2f of that\n",
		s->sealing.rate, s->share[TURNS / 2]);
	printf("  they had %.2f processors; sealing is %.2f of all processor time\n",
		s->sealing.processors, s->sealing.cost * (double)(s->all.done * b->records) /
		(user + system + s->all.processor));
	printf("  plain SQLite, groups of %d: %.0f submissions/s; the collector stores %.2f of that\n",
		GROUP, sqlite, sqlite > 0 ? rate / sqlite : 0);
	printf("  processor time a submission: collector %.2f ms (of which the kernel %.2f), load "
	       "generator %.2f\n", 1e3 * (user + system) / (double)s->all.done,
		1e3 * system / (double)s->all.done, 1e3 * s->all.processor / (double)s->all.done);
	printf("  processors busy: collector %.2f, load generator %.2f\n",
		(user + system) / s->all.seconds, s->all.processor / s->all.seconds);
	printf("  memory: %.1f MB before, %.1f MB after, %.1f MB at most\n",
		megabytes(before->resident), megabytes(after->resident), megabytes(after->peak));
}

/* Growing is measured by itself: here the store has room. */
static int measure_speed(struct bench *b, struct err *err)
{
	struct speed speed = {0};
	struct server_use before, after;

	if (server_use(&before, &b->server, err) != 0 || take_turns(b, &speed, err) != 0 ||
	    server_use(&after, &b->server, err) != 0)
		return -1;
	print_speed(b, &speed, &before, &after);
	return 0;
}

static int measure_pages(struct bench *b, struct err *err)
{
	struct load load = load_of(b);
	struct load_result r;

	load.get = "/en";
	load.seconds = 2;
	if (load_run(&r, &load, err) != 0)
		return -1;
	printf("the empty form, a connection each: %.0f pages/s\n", (double)r.done / r.seconds);
	return check_answered(&r, err);
}

/* --- as many as can be --- */

/* Everybody is in the middle of sending; then everybody sends the rest. */
static int measure_crowd(struct bench *b, struct err *err)
{
	const struct load load = load_of(b);
	const struct timespec settle = {1, 0};
	struct crowd *crowd = NULL;
	struct server_use idle, use, after;
	size_t answered = 0;
	int status;

	if (server_use(&idle, &b->server, err) != 0 ||
	    crowd_gather(&crowd, &load, b->crowd, err) != 0)
		return -1;
	nanosleep(&settle, NULL);
	status = server_use(&use, &b->server, err);
	if (status == 0) {
		answered = crowd_finish(crowd);
		status = server_use(&after, &b->server, err);
	}
	crowd_free(crowd);
	if (status != 0)
		return -1;
	b->acknowledged += answered;
	printf("%zu connections with half a form each: %zu answered when they sent the rest\n",
		b->crowd, answered);
	printf("  memory: %.1f MB idle, %.1f MB with all of them, %.1f MB at most\n",
		megabytes(idle.resident), megabytes(use.resident), megabytes(after.peak));
	return answered == b->crowd ? 0 : err_set(err, ERR_IO, "not everybody was answered");
}

/* From a store with little room: what growing costs those who wait for it. */
static int measure_growth(struct bench *b, struct err *err)
{
	struct load load = load_of(b);
	struct load_result r;

	load.seconds = b->seconds / 2;
	if (load_run(&r, &load, err) != 0)
		return -1;
	b->acknowledged += r.done;
	printf("the same load on a store that grows: %.0f submissions/s\n",
		(double)r.done / r.seconds);
	print_times(&r);
	return check_answered(&r, err);
}

/* --- as long as can be --- */

static void watch(void *ctx, double second)
{
	struct bench *b = ctx;
	struct server_use use;
	struct err err;

	if (server_use(&use, &b->server, &err) != 0)
		return;
	if (b->third == 0 && second >= b->soak / 3)
		b->third = use.resident;
	if ((long)second % 60 == 0)
		printf("  minute %ld: %.1f MB\n", (long)second / 60, megabytes(use.resident));
}

static int soak(struct bench *b, struct err *err)
{
	struct load load = load_of(b);
	struct load_result r;
	struct server_use use;

	load.seconds = b->soak;
	load.rate = b->rate;
	load.withdraw = true;
	load.tick = watch;
	load.ctx = b;
	if (load_run(&r, &load, err) != 0 || server_use(&use, &b->server, err) != 0)
		return -1;
	b->acknowledged += r.done;
	b->withdrawn += r.withdrawn;
	printf("%.0f s: %zu submitted, %zu of them withdrawn\n", b->soak, r.done, r.withdrawn);
	printf("  memory: %zu kB after a third, %zu kB at the end, %zu kB at most\n", b->third,
		use.resident, use.peak);
	return check_answered(&r, err);
}

/* --- the run --- */

static int prepare(struct bench *b, struct err *err)
{
	const char *comma = "";

	if (round_load(&b->round, b->study, NULL, err) != 0 ||
	    people_create(&b->people, PEOPLE, &b->round, err) != 0)
		return -1;
	for (int k = 0; k < RECORD_KINDS; k++) {
		b->records += b->round.shape.each[k];
		if (b->round.shape.each[k] == 0)
			continue;
		printf("%s%zu of %zu bytes", comma, b->round.shape.each[k], b->round.shape.size[k]);
		comma = ", ";
	}
	printf(": %zu records a submission\n", b->records);
	return 0;
}

static int run(struct bench *b, struct err *err)
{
	int status;

	if (prepare(b, err) != 0)
		return -1;
	if (b->soak > 0)
		return begin(b, 0, err) == 0 ? end(b, soak(b, err), err) : -1;
	if (begin(b, (size_t)(A_SECOND * b->seconds), err) != 0)
		return -1;
	status = measure_speed(b, err);
	if (status == 0)
		status = measure_pages(b, err);
	if (end(b, status, err) != 0 || begin(b, 0, err) != 0)
		return -1;
	status = measure_crowd(b, err);
	if (status == 0)
		status = measure_growth(b, err);
	return end(b, status, err);
}

static int read_options(struct bench *b, int argc, char **argv)
{
	static const struct option names[] = {
		{"connections", required_argument, NULL, 'n'}, {"seconds", required_argument, NULL, 's'},
		{"crowd", required_argument, NULL, 'c'}, {"soak", required_argument, NULL, 'k'},
		{"rate", required_argument, NULL, 'r'}, {NULL, 0, NULL, 0}};
	int c;

	while ((c = getopt_long(argc, argv, "", names, NULL)) != -1) {
		switch (c) {
		case 'n': b->connections = strtoul(optarg, NULL, 10); break;
		case 's': b->seconds = strtod(optarg, NULL); break;
		case 'c': b->crowd = strtoul(optarg, NULL, 10); break;
		case 'k': b->soak = strtod(optarg, NULL); break;
		case 'r': b->rate = strtod(optarg, NULL); break;
		default: return -1;
		}
	}
	if (optind != argc - 2 || b->connections == 0 || b->seconds <= 0)
		return -1;
	b->program = argv[optind];
	b->study = argv[optind + 1];
	return 0;
}

int main(int argc, char **argv)
{
	struct bench b = {.connections = 64, .seconds = 10, .crowd = 2000};
	struct err err;
	int status;

	if (read_options(&b, argc, argv) != 0 || sodium_init() < 0) {
		fputs(usage, stderr);
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	load_raise_limit();
	status = run(&b, &err);
	if (status != 0)
		fprintf(stderr, "bench_collect: %s\n", err.msg);
	people_free(b.people, PEOPLE);
	round_finish(&b.round);
	return status != 0;
}
