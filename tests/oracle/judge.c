/*
 * judge.c - one verdict over all statistics of all runs. In: lines. Out: a table, and whether
 * anything in it is not chance.
 *
 * Values of one name are weighed together over the runs, in two ways: do they lean to one side
 * (their sum), and do they lie further out than chance would have them, on either side (the sum of
 * their squares)? A leak far too small to be seen in one run is seen in the sum of a hundred. As
 * many numbers are looked at, each is held to a p of 1e-6 divided by how many there are
 * (Bonferroni).
 */
#include "tests/oracle/judge.h"

#include "tests/oracle/chance.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define WRONG_ONCE_IN 1e-6

enum { LINE = 512 };

struct name {
	char type[8], text[LINE], same[64];
	double runs, sum, squares, most;
	double tau, mean; /* sums */
	bool differs, is_fault;
};

struct verdict {
	struct name *list;
	size_t n, room;
	double numbers;      /* that were looked at */
	double smallest;     /* p */
	const char *smallest_of;
	bool leak;
};

static struct name *find(struct verdict *v, const char *type, const char *text)
{
	for (size_t i = 0; i < v->n; i++)
		if (strcmp(v->list[i].type, type) == 0 && strcmp(v->list[i].text, text) == 0)
			return &v->list[i];
	if (v->n == v->room) {
		v->room = 2 * v->room + 256;
		v->list = realloc(v->list, v->room * sizeof *v->list);
		if (v->list == NULL)
			abort();
	}
	v->list[v->n] = (struct name){0};
	snprintf(v->list[v->n].type, sizeof v->list->type, "%s", type);
	snprintf(v->list[v->n].text, sizeof v->list->text, "%s", text);
	return &v->list[v->n++];
}

static void add(struct name *x, double z)
{
	x->runs++;
	x->sum += z;
	x->squares += z * z;
	if (fabs(z) > fabs(x->most))
		x->most = z;
}

static bool take(struct verdict *v, const char *line)
{
	char type[8], same[64];
	double a, b;
	int text = 0;
	struct name *x;

	if (sscanf(line, "%7s %n", type, &text) != 1)
		return false;
	if (strcmp(type, "fault") == 0) {
		x = find(v, type, line + text);
		x->is_fault = true;
		x->runs++;
	} else if (sscanf(line, "tau %lf %lf %n", &a, &b, &text) == 2 ||
		   sscanf(line, "count %lf %lf %n", &a, &b, &text) == 2) {
		x = find(v, type, line + text);
		add(x, a);
		x->tau += b;
	} else if (sscanf(line, "z %lf %n", &a, &text) == 1) {
		add(find(v, type, line + text), a);
	} else if (sscanf(line, "p %lf %n", &a, &text) == 1) {
		add(find(v, type, line + text), -2 * log(a > 1e-300 ? a : 1e-300));
	} else if (sscanf(line, "same %63s %n", same, &text) == 1) {
		x = find(v, type, line + text);
		x->differs |= x->runs++ > 0 && strcmp(x->same, same) != 0;
		strcpy(x->same, same);
	} else {
		return false;
	}
	return true;
}

/* The p-values of a name: one, or two. */
static int weigh(const struct name *x, double p[2])
{
	if (strcmp(x->type, "tau") == 0 || strcmp(x->type, "z") == 0) {
		p[0] = chance_normal(x->sum / sqrt(x->runs));
		p[1] = chance_square(x->squares, x->runs);
		return 2;
	}
	p[0] = strcmp(x->type, "count") == 0 ? chance_poisson(x->sum, x->tau)
					     : chance_square(x->sum, 2 * x->runs); /* Fisher */
	return 1;
}

static bool has_numbers(const struct name *x)
{
	return !x->is_fault && strcmp(x->type, "same") != 0;
}

static void print_numbers(struct verdict *v, const struct name *x)
{
	double p[2];
	int n = weigh(x, p);
	bool leak = false;

	for (int i = 0; i < n; i++) {
		leak |= p[i] * v->numbers < WRONG_ONCE_IN;
		if (p[i] < v->smallest) {
			v->smallest = p[i];
			v->smallest_of = x->text;
		}
	}
	v->leak |= leak;
	printf("%s %4.0f  ", leak ? "LEAK" : "  ok", x->runs);
	if (strcmp(x->type, "tau") == 0)
		printf("tau %+.4f  p %-8.2g %-8.2g", x->tau / x->runs, p[0], p[1]);
	else if (strcmp(x->type, "z") == 0)
		printf("z   %+.4f  p %-8.2g %-8.2g", x->sum / x->runs, p[0], p[1]);
	else if (strcmp(x->type, "count") == 0)
		printf("%5.0f / %-5.0f p %-8.2g         ", x->sum, x->tau, p[0]);
	else
		printf("              p %-8.2g         ", p[0]);
	printf(" %s\n", x->text);
}

static void print_fact(struct verdict *v, const struct name *x)
{
	bool leak = x->is_fault || x->differs;

	v->leak |= leak;
	printf("%s %4.0f  %-34s %s\n", leak ? "LEAK" : "  ok", x->runs,
		x->is_fault ? "must not be" : x->differs ? "differ" : "the same", x->text);
}

int judge(FILE *in)
{
	struct verdict v = {.smallest = 1, .smallest_of = "none"};
	char line[LINE];
	int status = 0;

	while (fgets(line, sizeof line, in) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (!take(&v, line)) {
			printf("not a line: %s\n", line);
			status = -1;
		}
	}
	for (size_t i = 0; i < v.n; i++)
		if (has_numbers(&v.list[i]))
			v.numbers += strcmp(v.list[i].type, "tau") == 0 ||
				strcmp(v.list[i].type, "z") == 0 ? 2 : 1;
	printf("     runs  mean over runs; p of leaning to one side, p of lying too far out\n");
	for (size_t i = 0; i < v.n; i++) {
		if (has_numbers(&v.list[i]))
			print_numbers(&v, &v.list[i]);
		else
			print_fact(&v, &v.list[i]);
	}
	printf("%.0f numbers, the smallest p %.2g (%s), %.2g over all of them: %s\n", v.numbers,
		v.smallest, v.smallest_of, fmin(1, v.smallest * v.numbers),
		v.leak ? "NOT CHANCE" : "nothing but chance");
	if (v.n == 0)
		status = -1;
	free(v.list);
	return status != 0 ? status : v.leak;
}
