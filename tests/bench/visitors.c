/*
 * visitors.c - honest people, for tests of what becomes of them: made-up answers sent to a collector
 * that is running already, each over a connection of its own.
 *
 *   visitors STUDY http://127.0.0.1:8080/ [--rate N] [--connections N] [--seconds N] [--patience N]
 *
 * With a rate (a second) people come whether or not others are answered, and wait `patience`
 * seconds; without one each connection sends the next form when the last was answered.
 * Prints one "name value" a line. Exit status 0 whatever the collector did.
 */
#include "tests/bench/load.h"

#include <getopt.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

enum { PEOPLE = 1000 };

static const char usage[] = "usage: visitors STUDY http://ADDRESS:PORT/ [--rate N] "
			    "[--connections N] [--seconds N] [--patience N]\n";

static int read_options(struct load *load, int argc, char **argv)
{
	static const struct option names[] = {
		{"rate", required_argument, NULL, 'r'}, {"connections", required_argument, NULL, 'n'},
		{"seconds", required_argument, NULL, 's'}, {"patience", required_argument, NULL, 'p'},
		{NULL, 0, NULL, 0}};
	int c;

	while ((c = getopt_long(argc, argv, "", names, NULL)) != -1) {
		switch (c) {
		case 'r': load->rate = strtod(optarg, NULL); break;
		case 'n': load->connections = strtoul(optarg, NULL, 10); break;
		case 's': load->seconds = strtod(optarg, NULL); break;
		case 'p': load->patience = strtod(optarg, NULL); break;
		default: return -1;
		}
	}
	return optind == argc - 2 && load->connections > 0 && load->seconds > 0 ? 0 : -1;
}

static void print(const struct load_result *r)
{
	size_t total = load_total(r);

	printf("sent %zu\nacknowledged %zu\n", total, r->done);
	printf("refused %zu\nlast_status %u\ncut_off %zu\nlate %zu\n", r->refused, r->status,
		r->broken, r->late);
	printf("acknowledged_percent %.2f\n",
		total > 0 ? 100 * (double)r->done / (double)total : 0);
	printf("p50_ms %.1f\np90_ms %.1f\np99_ms %.1f\nmax_ms %.1f\n",
		1e3 * load_percentile(r, 0.5), 1e3 * load_percentile(r, 0.9),
		1e3 * load_percentile(r, 0.99), 1e3 * r->max);
}

int main(int argc, char **argv)
{
	struct load load = {.connections = 64, .seconds = 10, .patience = 10, .n_people = PEOPLE};
	struct load_result result;
	struct person *people = NULL;
	struct round round;
	struct err err;
	int status;

	if (read_options(&load, argc, argv) != 0 || sodium_init() < 0) {
		fputs(usage, stderr);
		return 2;
	}
	load_raise_limit();
	status = round_load(&round, argv[optind], NULL, &err);
	if (status == 0 && (status = people_create(&people, PEOPLE, &round, &err)) == 0 &&
	    (status = load_address(&load.to, argv[optind + 1], &err)) == 0) {
		load.people = people;
		status = load_run(&result, &load, &err);
	}
	if (status == 0)
		print(&result);
	else
		fprintf(stderr, "visitors: %s\n", err.msg);
	people_free(people, PEOPLE);
	round_finish(&round);
	return status != 0;
}
