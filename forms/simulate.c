/*
 * simulate.c - make up people for a pilot. In: a questionnaire, a seed and a number. Out: one
 * person's answers as a line of JSON, such as survey-collect --import takes.
 *
 * Nothing here is about anybody: each choice has a popularity that comes from a hash of its name,
 * tilted by a hash with the region, so that groups differ and the same seed gives the same bytes.
 * Random numbers are POSIX erand48(), which is the same everywhere.
 */
#include "forms/simulate.h"

#include "forms/accept.h"
#include "forms/route.h"
#include "forms/simulate_people.h"
#include "lib/base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct person {
	const struct simulate *s;
	struct answers *answers;
	const char *country, *region;
	unsigned short state[3];
	struct err *err;
	bool failed;
};

/* FNV-1a, 64 bits: a fixed number for a name. */
static uint64_t hash(uint64_t h, const char *s)
{
	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
	return (h ^ 0xff) * UINT64_C(0x100000001b3);
}

/* A number in [0, 1) that belongs to up to three names. */
static double trait(const char *a, const char *b, const char *c)
{
	uint64_t h = hash(hash(hash(UINT64_C(0xcbf29ce484222325), a), b), c);

	h ^= h >> 32;
	return (double)(h * UINT64_C(0x9e3779b97f4a7c15) >> 11) / 9007199254740992.0;
}

static double chance(struct person *p)
{
	return erand48(p->state);
}

static void set(struct person *p, const char *field, const char *value)
{
	if (answers_set(p->answers, field, value, p->err) != 0)
		p->failed = true;
}

static void add(struct person *p, const char *field, const char *value)
{
	if (answers_add(p->answers, field, value, p->err) != 0)
		p->failed = true;
}

/* How popular a choice is in this person's region. */
static double weight(const struct person *p, const struct form_question *q, const char *part,
                     const struct form_choice *c)
{
	double base = exp(2.2 * trait(q->id, part, c->value));
	double tilt = exp(1.0 * trait(c->value, p->region, q->id));

	return base * tilt * (c->other ? 0.15 : c->exclusive ? 0.3 : 1);
}

static bool can_pick(const struct person *p, const struct form_question *q, size_t choice,
                     const bool *taken)
{
	return (taken == NULL || !taken[choice]) &&
	       route_offered(q, &q->choices[choice], p->answers);
}

/* One of the choices, by weight; those in `taken` are left out. NULL: none is left. */
static const struct form_choice *pick(struct person *p, const struct form_question *q,
                                      const char *part, const bool *taken)
{
	double sum = 0, at;
	const struct form_choice *last = NULL;

	for (size_t i = 0; i < q->n_choices; i++)
		if (can_pick(p, q, i, taken))
			sum += weight(p, q, part, &q->choices[i]);
	at = chance(p) * sum;
	for (size_t i = 0; i < q->n_choices; i++) {
		if (!can_pick(p, q, i, taken))
			continue;
		last = &q->choices[i];
		at -= weight(p, q, part, last);
		if (at < 0)
			break;
	}
	return last;
}

static const char *sentence(struct person *p)
{
	const struct simulate_sentences *list = simulate_sentences;

	for (size_t i = 0; list[i].language != NULL; i++)
		if (strcmp(list[i].language, p->answers->language) == 0)
			return list[i].sentence[(size_t)(chance(p) * 6)];
	return list[0].sentence[(size_t)(chance(p) * 6)];
}

/* A sentence, cut to the field's length at a whole character. */
static void write_text(struct person *p, const char *field, size_t most)
{
	char text[1024];
	size_t n = 0, length = 0;

	snprintf(text, sizeof text, "%s", sentence(p));
	for (; text[n] != '\0'; n++) {
		length += (text[n] & 0xc0) != 0x80;
		if (length > most)
			break;
	}
	text[n] = '\0';
	set(p, field, text);
}

static void select_many(struct person *p, const struct form_question *q)
{
	const struct form_choice *none = NULL;
	double mean = 0;
	bool any = false;

	for (size_t i = 0; i < q->n_choices; i++)
		mean += weight(p, q, "", &q->choices[i]) / (double)q->n_choices;
	for (size_t i = 0; i < q->n_choices; i++) {
		const struct form_choice *c = &q->choices[i];

		if (!can_pick(p, q, i, NULL))
			continue;
		if (c->exclusive) {
			none = c;
		} else if (chance(p) < 0.3 * weight(p, q, "", c) / mean) {
			add(p, q->id, c->value);
			any = true;
			if (c->other && chance(p) < 0.7)
				write_text(p, q->other_field, q->max_length);
		}
	}
	if (!any && none != NULL)
		add(p, q->id, none->value);
}

static void rank(struct person *p, const struct form_question *q)
{
	bool *taken = calloc(q->n_choices, sizeof *taken);

	if (taken == NULL) {
		err_nomem(p->err);
		p->failed = true;
		return;
	}
	for (size_t i = 0; i < q->ranks; i++) {
		const struct form_choice *c = pick(p, q, "", taken);

		if (c == NULL)
			break;
		taken[c - q->choices] = true;
		add(p, q->id, c->value);
		if (i > 0 && chance(p) < 0.1)
			break;
	}
	free(taken);
}

static void number(struct person *p, const struct form_question *q)
{
	double low = isnan(q->min) ? 0 : q->min, high = isnan(q->max) ? low + 100 : q->max;
	double middle = low + (high - low) * (0.2 + 0.6 * trait(q->id, p->region, "middle"));
	double spread = (high - low) * 0.25;
	double n = middle + spread * (chance(p) + chance(p) + chance(p) - 1.5);
	double step = !isnan(q->step) ? q->step : q->type == FORM_DECIMAL ? 0.5 : 1;
	char text[40];

	n = low + nearbyint((fmin(fmax(n, low), high) - low) / step) * step;
	if (n > high)
		n -= step;
	snprintf(text, sizeof text, "%.10g", n);
	set(p, q->id, text);
}

static void date(struct person *p, const struct form_question *q)
{
	int first = atoi(q->first) * 12, last = atoi(q->last) * 12, month;
	char text[32];

	if (q->precision == FORM_MONTH) {
		first += atoi(q->first + 5) - 1;
		last += atoi(q->last + 5) - 1;
	} else {
		last += 11;
	}
	month = first + (int)(chance(p) * (last - first + 1));
	if (q->precision == FORM_MONTH)
		snprintf(text, sizeof text, "%04d-%02d", month / 12, month % 12 + 1);
	else
		snprintf(text, sizeof text, "%04d", month / 12);
	set(p, q->id, text);
}

static void matrix(struct person *p, const struct form_question *q)
{
	for (size_t k = 0; k < q->n_rows; k++) {
		const struct form_row *row = &q->rows[k];

		if (!route_row_asked(p->s->form, q, row, p->answers) || chance(p) < 0.03)
			continue;
		if (q->decline && chance(p) < 0.02)
			set(p, row->field, ANSWER_DECLINED);
		else
			set(p, row->field, pick(p, q, row->id, NULL)->value);
	}
}

static void select_one(struct person *p, const struct form_question *q)
{
	const struct form_choice *c = pick(p, q, "", NULL);

	if (c == NULL)
		return;
	set(p, q->id, c->value);
	if (c->other && chance(p) < 0.7)
		write_text(p, q->other_field, q->max_length);
}

/* What a calculation gives is there for the conditions behind it. */
static void calculate(struct person *p)
{
	if (route_prune(p->s->form, p->answers, p->err) != 0)
		p->failed = true;
}

static void answer(struct person *p, const struct form_question *q)
{
	switch (q->type) {
	case FORM_SELECT_ONE:
		select_one(p, q);
		break;
	case FORM_SELECT_MULTIPLE:
		select_many(p, q);
		break;
	case FORM_MATRIX:
		matrix(p, q);
		break;
	case FORM_RANKING:
		rank(p, q);
		break;
	case FORM_SCALE:
	case FORM_INTEGER:
	case FORM_DECIMAL:
		number(p, q);
		break;
	case FORM_TEXT:
	case FORM_COMMENT:
		if (chance(p) < 0.25)
			write_text(p, q->id, q->max_length);
		break;
	case FORM_DATE:
		date(p, q);
		break;
	case FORM_COUNTRY:
		set(p, q->id, p->country);
		break;
	case FORM_CALCULATE:
		calculate(p);
		break;
	case FORM_NOTE:
		break;
	}
}

/* Does the answer keep the question's own rule? No answer does. */
static bool keeps_rule(const struct person *p, const struct form_question *q)
{
	struct expression_scope scope = {.answers = p->answers, .self = q->id};

	return q->constraint == NULL || answers_get(p->answers, q->id) == NULL ||
	       expression_true(q->constraint, &scope);
}

/* People read the rule: they try until their answer keeps it, or leave the question. */
static void answer_by_rule(struct person *p, const struct form_question *q)
{
	for (int i = 0; i < 50; i++) {
		answer(p, q);
		if (p->failed || keeps_rule(p, q))
			return;
		answers_remove(p->answers, q->id);
	}
}

/* Leave blank, decline, or answer. */
static void meet(struct person *p, const struct form_question *q)
{
	double luck = chance(p);
	bool hard = q->sensitive;

	if (!route_asked(p->s->form, q, p->answers))
		return;
	if (q->type == FORM_MATRIX || !form_is_asked(q->type)) {
		answer(p, q);
	} else if (luck < (hard ? 0.05 : 0.03) && !q->required) {
		return;
	} else if (q->decline && luck > (hard ? 0.94 : 0.985)) {
		if (q->type == FORM_SELECT_MULTIPLE || q->type == FORM_RANKING)
			add(p, q->id, ANSWER_DECLINED);
		else
			set(p, q->id, ANSWER_DECLINED);
	} else {
		answer_by_rule(p, q);
	}
}

static void settle(struct person *p)
{
	const struct form *f = p->s->form;
	const struct simulate_country *home = simulate_countries;
	unsigned total = 0;
	double at;
	int region;

	for (size_t i = 0; simulate_countries[i].code != NULL; i++)
		total += simulate_countries[i].weight;
	at = chance(p) * total;
	while (home[1].code != NULL && at >= home->weight)
		at -= (home++)->weight;
	p->country = home->code;
	region = regions_of(p->s->regions, home->code);
	p->region = region < 0 ? "" : p->s->regions->list[region].id;
	if (answers_set_language(p->answers,
		    form_language(f, home->language) >= 0 ? home->language : f->languages[0],
		    p->err) != 0)
		p->failed = true;
}

static void put_line(struct buf *out, struct person *p)
{
	buf_puts(out, "{\"id\":\"");
	for (int i = 0; i < 4; i++)
		buf_printf(out, "%08x", (unsigned)jrand48(p->state));
	buf_puts(out, "\",\"simulated\":true,\"language\":");
	json_put_string(out, p->answers->language);
	buf_puts(out, ",\"answers\":{");
	for (size_t i = 0, n = 0; i < p->answers->n; i++) {
		const struct answer *a = &p->answers->list[i];
		const struct form_question *q = form_question(p->s->form, a->field);

		if (q != NULL && !form_is_asked(q->type))
			continue;
		if (n++ > 0)
			buf_putc(out, ',');
		json_put_string(out, a->field);
		buf_puts(out, a->many ? ":[" : ":");
		for (size_t k = 0; k < a->n; k++) {
			if (k > 0)
				buf_putc(out, ',');
			json_put_string(out, a->values[k]);
		}
		if (a->many)
			buf_putc(out, ']');
	}
	buf_puts(out, "}}\n");
}

int simulate_person(struct buf *out, const struct simulate *s, uint64_t n, struct err *err)
{
	struct person p = {.s = s, .err = err, .answers = answers_create()};
	struct accept_report report = {0};
	char name[64];
	uint64_t seed;

	if (p.answers == NULL)
		return err_nomem(err);
	snprintf(name, sizeof name, "%llu/%llu", (unsigned long long)s->seed, (unsigned long long)n);
	seed = hash(UINT64_C(0xcbf29ce484222325), name);
	for (int i = 0; i < 3; i++)
		p.state[i] = (unsigned short)(seed >> (16 * i));
	for (int i = 0; i < 4; i++)
		chance(&p);
	settle(&p);
	for (size_t i = 0; i < s->form->n_questions && !p.failed; i++)
		meet(&p, &s->form->questions[i]);
	if (!p.failed && accept_answers(p.answers, s->form, &report, err) < 0)
		p.failed = true;
	accept_report_finish(&report);
	if (!p.failed)
		put_line(out, &p);
	answers_free(p.answers);
	return p.failed ? -1 : 0;
}
