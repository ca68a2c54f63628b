/* value.c - what a directive names enters, the release's value in the edition's language leaves. */
#include "report/value.h"

#include "lib/base/suggest.h"
#include "report/figure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {
	[VALUE_PERCENT] = "percent",   [VALUE_FIRST] = "first",
	[VALUE_COUNT] = "count",       [VALUE_BASE] = "base",
	[VALUE_DECLINED] = "declined", [VALUE_BLANK] = "blank",
	[VALUE_NOT_ASKED] = "not_asked", [VALUE_MEAN] = "mean",
	[VALUE_MEDIAN] = "median",
};

int value_kind(enum value_kind *out, const char *name, struct err *err)
{
	struct suggest s = { .word = name };
	char words[128];

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (!strcmp(names[i], name)) {
			*out = (enum value_kind)i;
			return 0;
		}
		suggest_try(&s, names[i]);
	}
	return err_set(err, ERR_INPUT, "unknown value “%s”%s", name,
	               suggest_words(words, &s));
}

const char *value_name(enum value_kind kind)
{
	return names[kind];
}

const struct release_table *value_table(const struct release *r, const struct directive_target *t,
                                        bool first)
{
	static const enum release_measure measures[] = {
		[FORM_SELECT_ONE] = RELEASE_CHOICE, [FORM_SELECT_MULTIPLE] = RELEASE_MULTIPLE,
		[FORM_MATRIX] = RELEASE_CHOICE,     [FORM_SCALE] = RELEASE_SCALE,
		[FORM_RANKING] = RELEASE_RANKED,    [FORM_INTEGER] = RELEASE_BANDS,
		[FORM_DECIMAL] = RELEASE_BANDS,     [FORM_TEXT] = RELEASE_WRITTEN,
		[FORM_COMMENT] = RELEASE_WRITTEN,   [FORM_DATE] = RELEASE_DATE,
		[FORM_COUNTRY] = RELEASE_COUNTRY,
	};
	const struct form_question *q = t->question;
	enum release_measure m;

	if (q->type == FORM_NOTE || q->type == FORM_CALCULATE)
		return NULL;
	m = t->written ? RELEASE_WRITTEN : first ? RELEASE_FIRST : measures[q->type];
	return release_table(r, q->id, t->row ? t->row->id : NULL, m);
}

static const struct release_slot *slot_of(const struct release *r, const struct directive_target *t,
                                          bool first, size_t group)
{
	const struct release_table *table = value_table(r, t, first);

	return table ? release_slot(table, group) : NULL;
}

static long count_of(const struct release *r, const struct directive_target *t, bool first,
                     size_t group)
{
	const struct release_table *table = value_table(r, t, first);
	const struct release_slot *slot = table ? release_slot(table, group) : NULL;

	for (size_t i = 0; slot && i < table->n_answers; i++)
		if (!strcmp(table->answers[i], t->answer))
			return slot->counts[i];
	return RELEASE_SUPPRESSED;
}

long value_base(const struct release *r, const struct directive_target *t, size_t group)
{
	const struct release_slot *slot = slot_of(r, t, false, group);

	return slot ? slot->base : RELEASE_SUPPRESSED;
}

int value_tenths(const struct release *r, const struct directive_target *t, bool first,
                 size_t group)
{
	const struct release_slot *slot = slot_of(r, t, first, group);

	return slot ? release_tenths(count_of(r, t, first, group), slot->base) : VALUE_HIDDEN;
}

/* Has the question a value of this kind at all? */
static int check(const struct directive_target *t, enum value_kind kind, struct err *err)
{
	const struct form_question *q = t->question;
	bool of_answer = kind <= VALUE_COUNT;
	bool numbers = q->type == FORM_SCALE || q->type == FORM_INTEGER || q->type == FORM_DECIMAL;

	if (q->type == FORM_NOTE || q->type == FORM_CALCULATE)
		return err_set(err, ERR_INPUT, "“%s” asks nothing: it has no figures", q->id);
	if (q->type == FORM_MATRIX && !t->row)
		return err_set(err, ERR_INPUT,
		               "“%s” has several lines: write %s.LINE%s, for example %s.%s%s",
		               q->id, q->id, of_answer ? ".ANSWER" : "", q->id,
		               q->n_rows ? q->rows[0].id : "", of_answer ? ".ANSWER" : "");
	if (of_answer && !t->answer)
		return err_set(err, ERR_INPUT, "an answer is missing: write %s%s%s.ANSWER", q->id,
		               t->row ? "." : "", t->row ? t->row->id : "");
	if (!of_answer && t->answer)
		return err_set(err, ERR_INPUT, "“%s” is of the question: leave out “.%s”",
		               names[kind], t->answer);
	if (kind == VALUE_FIRST && q->type != FORM_RANKING)
		return err_set(err, ERR_INPUT, "“first” is of rankings, and “%s” is none", q->id);
	if ((kind == VALUE_MEAN || kind == VALUE_MEDIAN) && !numbers)
		return err_set(err, ERR_INPUT, "“%s” has no %s: its answers are no numbers", q->id,
		               names[kind]);
	return 0;
}

static long people_of(const struct release_slot *slot, enum value_kind kind)
{
	switch (kind) {
	case VALUE_BASE:
		return slot->base;
	case VALUE_DECLINED:
		return slot->declined;
	case VALUE_BLANK:
		return slot->blank;
	default:
		return slot->not_asked;
	}
}

static const char *number(struct document *d, double value)
{
	struct buf b = { 0 };

	if (!isfinite(value))
		return NULL;
	number_decimal(&b, d->edition->number, value);
	return document_take(d, &b);
}

int value_text(const char **out, struct document *d, const struct directive_target *t,
               enum value_kind kind, size_t group, struct err *err)
{
	const struct release *r = d->edition->release;
	const struct release_slot *slot;
	int tenths;
	long n;

	*out = NULL;
	if (check(t, kind, err))
		return -1;
	slot = slot_of(r, t, kind == VALUE_FIRST, group);
	if (!slot)
		return 0;
	switch (kind) {
	case VALUE_PERCENT:
	case VALUE_FIRST:
		tenths = value_tenths(r, t, kind == VALUE_FIRST, group);
		if (tenths != VALUE_HIDDEN)
			*out = document_percent(d, tenths);
		return 0;
	case VALUE_MEAN:
	case VALUE_MEDIAN:
		*out = number(d, kind == VALUE_MEAN ? slot->mean : slot->median);
		return 0;
	default:
		n = kind == VALUE_COUNT ? count_of(r, t, false, group) : people_of(slot, kind);
		if (n != RELEASE_SUPPRESSED)
			*out = document_count(d, n);
		return 0;
	}
}

static bool same_members(char *const *a, char *const *b)
{
	while (*a && *b && !strcmp(*a, *b)) {
		a++;
		b++;
	}
	return !*a && !*b;
}

/* The same people's group in the release before, or its number of groups. */
static size_t same_group(const struct release *before, const struct release_group *g)
{
	size_t i = 0;

	while (i < before->n_groups && (before->groups[i].by != g->by ||
	                                strcmp(before->groups[i].id, g->id) ||
	                                !same_members(before->groups[i].members, g->members)))
		i++;
	return i;
}

/* "+3.2", "−0.4", "0.0". */
static const char *points(struct document *d, int tenths)
{
	struct buf b = { 0 };

	buf_puts(&b, tenths > 0 ? "+" : tenths < 0 ? "−" : "");
	number_tenths(&b, d->edition->number, abs(tenths));
	return document_code(d, document_take(d, &b));
}

int value_change(const char **out, struct document *d, const struct directive_target *t,
                 size_t group, struct err *err)
{
	const struct edition *e = d->edition;
	int now, then;
	size_t g;

	*out = NULL;
	if (check(t, VALUE_PERCENT, err))
		return -1;
	if (!e->previous)
		return err_set(err, ERR_INPUT, "there is no round before this one");
	if (!figure_comparable(e, t->question))
		return err_set(err, ERR_INPUT,
		               "“%s” was not asked in the same way, or is not published, in the "
		               "round before",
		               t->question->id);
	g = same_group(e->previous, &e->release->groups[group]);
	now = value_tenths(e->release, t, false, group);
	then = g < e->previous->n_groups ? value_tenths(e->previous, t, false, g) : VALUE_HIDDEN;
	if (now != VALUE_HIDDEN && then != VALUE_HIDDEN)
		*out = points(d, now - then);
	return 0;
}
