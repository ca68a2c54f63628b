/*
 * check_expect.c - how small the groups will be. In: a form and how many people are expected. Out:
 * advice on tables in which many cells would hold fewer people than the study may publish.
 *
 * The people are simulate.c's: their countries are spread as peer networks' online surveys see
 * them, many from some and few from most. Large numbers are scaled up from fewer people.
 */
#include "forms/check_parts.h"
#include "forms/route.h"
#include "forms/simulate.h"
#include "lib/base/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PEOPLE = 20000, THRESHOLD = 10, SEED = 1 };

static int read_answer(struct answers *a, const struct json *v, struct err *err)
{
	if (json_type(v) != JSON_ARRAY)
		return answers_set(a, json_name(v), json_string(v), err);
	for (const struct json *one = json_first(v); one != NULL; one = json_next(one))
		if (answers_add(a, json_name(v), json_string(one), err) != 0)
			return -1;
	return 0;
}

int check_person(struct answers **out, const struct form *f, const struct regions *regions,
                 unsigned long n, struct err *err)
{
	struct simulate s = {f, regions, SEED};
	struct answers *a = answers_create();
	struct json *v = NULL;
	struct buf line = {0};
	int status = -1;

	if (a == NULL || simulate_person(&line, &s, n, err) != 0 || line.failed) {
		err_nomem(err);
		goto out;
	}
	if (json_parse(&v, line.data, line.len, err) != 0 ||
	    answers_set_language(a, json_string(json_get(v, "language")), err) != 0)
		goto out;
	for (const struct json *m = json_first(json_get(v, "answers")); m != NULL; m = json_next(m))
		if (read_answer(a, m, err) != 0)
			goto out;
	if (route_prune(f, a, err) != 0)
		goto out;
	*out = a;
	a = NULL;
	status = 0;
out:
	json_free(v);
	buf_finish(&line);
	answers_free(a);
	return status;
}

/* --- counting --- */

/* People by place (rows) and answer (columns), of one question. */
struct table {
	const struct form_question *question; /* NULL: places alone */
	size_t columns;
	size_t *count; /* places x columns */
};

struct counter {
	const struct form *form;
	const struct regions *regions;
	const struct form_question *country; /* NULL: one place */
	const char **codes;                  /* countries, when they are kept; else NULL */
	size_t places;
	struct table *tables;
	size_t n;
};

static size_t band_of(const struct form_question *q, const char *text)
{
	size_t band = 0;

	while (band + 1 < q->n_bands && strtod(text, NULL) >= q->bands[band + 1])
		band++;
	return band;
}

static void count_answer(const struct table *t, size_t place, const struct answers *a)
{
	const struct answer *given = t->question != NULL ? answers_get(a, t->question->id) : NULL;
	size_t *row = &t->count[place * t->columns];

	if (t->question == NULL)
		row[0]++;
	for (size_t i = 0; given != NULL && i < given->n; i++) {
		const struct form_choice *c = form_choice(t->question, given->values[i]);

		if (c != NULL)
			row[c - t->question->choices]++;
		else if (t->question->n_bands > 0 && !answers_declined(a, t->question->id))
			row[band_of(t->question, given->values[i])]++;
	}
}

/* The person's place, or -1: not given. */
static long place_of(const struct counter *c, const struct answers *a)
{
	const char *country = c->country != NULL ? answers_value(a, c->country->id) : NULL;

	if (c->country == NULL)
		return 0;
	if (country == NULL || !country_valid(country))
		return -1;
	if (c->codes == NULL)
		return regions_of(c->regions, country);
	for (size_t i = 0; i < c->places; i++)
		if (strcmp(c->codes[i], country) == 0)
			return (long)i;
	return -1;
}

static int count_people(struct counter *c, unsigned long people, struct err *err)
{
	for (unsigned long i = 0; i < people; i++) {
		struct answers *a;
		long place;

		if (check_person(&a, c->form, c->regions, i, err) != 0)
			return -1;
		place = place_of(c, a);
		for (size_t k = 0; k < c->n && place >= 0; k++)
			count_answer(&c->tables[k], (size_t)place, a);
		answers_free(a);
	}
	return 0;
}

/* --- saying --- */

static void put_place(struct buf *out, const struct counter *c, size_t place)
{
	if (c->codes != NULL)
		country_name(out, c->codes[place], "en");
	else
		regions_name(out, c->regions, c->regions->list[place].id, "en");
}

static void put_column(struct buf *out, const struct table *t, size_t column)
{
	if (t->question->n_choices > 0)
		buf_printf(out, "\"%s\"", t->question->choices[column].value);
	else
		buf_printf(out, "%g and over", t->question->bands[column]);
}

/* Which cell is the smallest, in words: "Oceania and "65-plus"". */
static void put_cell(struct buf *out, const struct counter *c, const struct table *t, size_t cell)
{
	if (c->country != NULL)
		put_place(out, c, cell / t->columns);
	if (t->question != NULL && c->country != NULL)
		buf_puts(out, " with ");
	if (t->question != NULL)
		put_column(out, t, cell % t->columns);
}

static void say(const struct counter *c, const struct table *t, unsigned long expect,
                double scale, double threshold, struct findings *findings)
{
	const char *by = c->country == NULL ? "" : c->codes != NULL ? "country" : "region";
	size_t some = 0, small = 0, worst = 0;
	struct buf cell = {0}, groups = {0};

	for (size_t i = 0; i < c->places * t->columns; i++) {
		if (t->count[i] == 0)
			continue;
		if (some++ == 0 || t->count[i] < t->count[worst])
			worst = i;
		small += (double)t->count[i] * scale < threshold;
	}
	put_cell(&cell, c, t, worst);
	if (t->question != NULL)
		buf_printf(&groups, "%s%s\"%s\"", by, *by ? " by " : "", t->question->id);
	else
		buf_puts(&groups, by);
	if (small > 0 && !cell.failed && !groups.failed)
		findings_add(findings, FINDING_ADVICE,
			t->question != NULL ? t->question->id : c->country->id,
			"with %lu responses %zu of %zu groups of %s (%.0f%%) would have fewer than "
			"%.0f "
			"people, the smallest %s about %.0f: use broader choices or fewer "
			"breakdowns",
			expect, small, some, groups.data, 100.0 * (double)small / (double)some,
			threshold, cell.data, (double)t->count[worst] * scale);
	findings->failed |= cell.failed || groups.failed;
	buf_finish(&cell);
	buf_finish(&groups);
}

/* --- the whole --- */

static int add_table(struct counter *c, const struct form_question *q, size_t columns,
                     struct err *err)
{
	struct table *t = &c->tables[c->n];

	*t = (struct table){q, columns, calloc(c->places * columns + 1, sizeof *t->count)};
	if (t->count == NULL)
		return err_nomem(err);
	c->n++;
	return 0;
}

static int prepare(struct counter *c, const struct check_group *groups, size_t n, bool keep,
                   struct err *err)
{
	c->places = 1;
	c->tables = calloc(n + 1, sizeof *c->tables);
	if (c->tables == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < n; i++)
		if (groups[i].question->type == FORM_COUNTRY)
			c->country = groups[i].question;
	if (c->country != NULL)
		c->places = c->regions->n;
	if (c->country != NULL && keep && country_sorted(&c->codes, &c->places, "en", err) != 0)
		return -1;
	if (c->country != NULL && add_table(c, NULL, 1, err) != 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		const struct form_question *q = groups[i].question;
		size_t columns = q->n_choices > 0 ? q->n_choices : q->n_bands;

		if (q->type != FORM_COUNTRY && columns > 0 && add_table(c, q, columns, err) != 0)
			return -1;
	}
	return 0;
}

int check_expect(const struct form *f, const struct study *study, const struct regions *regions,
                 unsigned long expect, const struct check_group *groups, size_t n,
                 struct findings *findings, struct err *err)
{
	struct counter c = {.form = f, .regions = regions};
	unsigned long people = expect < PEOPLE ? expect : PEOPLE;
	bool keep = f->frozen.keep_country || (study != NULL && study->keep_country);
	double threshold = study != NULL ? study->threshold : THRESHOLD;
	int status = prepare(&c, groups, n, keep, err);

	if (status == 0 && c.n > 0)
		status = count_people(&c, people, err);
	for (size_t i = 0; i < c.n && status == 0; i++)
		say(&c, &c.tables[i], expect, (double)expect / (double)people, threshold, findings);
	for (size_t i = 0; i < c.n; i++)
		free(c.tables[i].count);
	free(c.tables);
	free(c.codes);
	return status;
}
