/*
 * expression_function.c - the table of functions: XPath 1.0's that need no document, and those of
 * ODK XForms (https://getodk.github.io/xforms-spec/#xpath-functions) that questionnaires in the
 * field use. In: a call in the tree. Out: its value. Those that are refused say why.
 */
#include "forms/expression_function.h"

#include "forms/expression_date.h"
#include "forms/expression_string.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES_MOST = 15 };

double expression_function_number(const struct expression *call, size_t i,
                                  struct expression_run *run)
{
	struct expression_value v = {0};
	double n;

	expression_evaluate(&v, call->operand[i], run);
	n = expression_value_number(&v);
	expression_value_finish(&v);
	return n;
}

static bool boolean_argument(const struct expression *call, size_t i, struct expression_run *run)
{
	struct expression_value v = {0};
	bool b;

	expression_evaluate(&v, call->operand[i], run);
	b = expression_value_boolean(&v);
	expression_value_finish(&v);
	return b;
}

static void call_true(struct expression_value *out, const struct expression *call,
                      struct expression_run *run)
{
	(void)call;
	(void)run;
	expression_value_set_boolean(out, true);
}

static void call_false(struct expression_value *out, const struct expression *call,
                       struct expression_run *run)
{
	(void)call;
	(void)run;
	expression_value_set_boolean(out, false);
}

static void call_boolean(struct expression_value *out, const struct expression *call,
                         struct expression_run *run)
{
	expression_value_set_boolean(out, boolean_argument(call, 0, run));
}

static void call_not(struct expression_value *out, const struct expression *call,
                     struct expression_run *run)
{
	expression_value_set_boolean(out, !boolean_argument(call, 0, run));
}

static void call_boolean_from_string(struct expression_value *out, const struct expression *call,
                                     struct expression_run *run)
{
	struct expression_value v = {0};
	const char *text;

	expression_evaluate(&v, call->operand[0], run);
	text = expression_value_text(&v);
	expression_value_set_boolean(out, strcmp(text, "true") == 0 || strcmp(text, "1") == 0);
	expression_value_finish(&v);
}

static void call_if(struct expression_value *out, const struct expression *call,
                    struct expression_run *run)
{
	expression_evaluate(out, call->operand[boolean_argument(call, 0, run) ? 1 : 2], run);
}

/* The first that is not empty. */
static void call_coalesce(struct expression_value *out, const struct expression *call,
                          struct expression_run *run)
{
	for (size_t i = 0; i < call->n; i++) {
		expression_value_finish(out);
		expression_evaluate(out, call->operand[i], run);
		if (expression_value_text(out)[0] != '\0')
			return;
	}
}

/* A page is answered once, so there is no earlier value to be kept. */
static void call_once(struct expression_value *out, const struct expression *call,
                      struct expression_run *run)
{
	expression_evaluate(out, call->operand[0], run);
}

/* A list stays one: string(${several}) can still be asked for what is selected. */
static void call_string(struct expression_value *out, const struct expression *call,
                        struct expression_run *run)
{
	expression_evaluate(out, call->operand[0], run);
	if (out->type == EXPRESSION_NUMBER || out->type == EXPRESSION_BOOLEAN) {
		const char *text = expression_value_text(out);

		expression_value_set_text(out, text == out->own.data ? NULL : text);
	}
}

static double same_number(double n)
{
	return n;
}

/* XPath 1.0: the closest whole number, the higher of two; -0.5 to -0 are -0. */
static double round_half_up(double n)
{
	double whole = floor(n);

	if (n - whole >= 0.5)
		whole += 1;
	return copysign(whole, n);
}

static void call_round(struct expression_value *out, const struct expression *call,
                       struct expression_run *run)
{
	double n = expression_function_number(call, 0, run), places = 0, scale, rounded;

	if (call->n > 1)
		places = trunc(expression_function_number(call, 1, run));
	if (isnan(places)) {
		expression_value_set_number(out, NAN);
		return;
	}
	places = fmax(-PLACES_MOST, fmin(PLACES_MOST, places));
	scale = pow(10, fabs(places));
	rounded = places < 0 ? round_half_up(n / scale) * scale : round_half_up(n * scale) / scale;
	expression_value_set_number(out, isfinite(n) && !isfinite(rounded) ? n : rounded);
}

static void call_pow(struct expression_value *out, const struct expression *call,
                     struct expression_run *run)
{
	double base = expression_function_number(call, 0, run);

	expression_value_set_number(out, pow(base, expression_function_number(call, 1, run)));
}

static void call_sum(struct expression_value *out, const struct expression *call,
                     struct expression_run *run)
{
	double sum = 0;

	for (size_t i = 0; i < call->n; i++)
		sum += expression_function_number(call, i, run);
	expression_value_set_number(out, sum);
}

/* NaN where one of them is, as in XPath 3.0: a missing answer is neither small nor large. */
static void extreme(struct expression_value *out, const struct expression *call,
                    struct expression_run *run, double sign)
{
	double most = -INFINITY;

	for (size_t i = 0; i < call->n; i++) {
		double n = sign * expression_function_number(call, i, run);

		if (isnan(n) || isnan(most))
			most = NAN;
		else if (n > most)
			most = n;
	}
	expression_value_set_number(out, sign * most);
}

static void call_max(struct expression_value *out, const struct expression *call,
                     struct expression_run *run)
{
	extreme(out, call, run, 1);
}

static void call_min(struct expression_value *out, const struct expression *call,
                     struct expression_run *run)
{
	extreme(out, call, run, -1);
}

static void call_count_non_empty(struct expression_value *out, const struct expression *call,
                                 struct expression_run *run)
{
	double count = 0;

	for (size_t i = 0; i < call->n; i++) {
		struct expression_value v = {0};

		expression_evaluate(&v, call->operand[i], run);
		count += expression_value_text(&v)[0] != '\0';
		expression_value_finish(&v);
	}
	expression_value_set_number(out, count);
}

static void call_selected(struct expression_value *out, const struct expression *call,
                          struct expression_run *run)
{
	struct expression_value list = {0}, one = {0};
	const char *wanted, *item = NULL;
	size_t at = 0, n = 0, length;
	bool found = false;

	expression_evaluate(&list, call->operand[0], run);
	expression_evaluate(&one, call->operand[1], run);
	wanted = expression_value_text(&one);
	wanted += strspn(wanted, " \t\r\n");
	length = strlen(wanted);
	while (length > 0 && strchr(" \t\r\n", wanted[length - 1]) != NULL)
		length--;
	while (length > 0 && !found && expression_value_item(&list, &at, &item, &n))
		found = n == length && memcmp(item, wanted, n) == 0;
	expression_value_set_boolean(out, found);
	expression_value_finish(&list);
	expression_value_finish(&one);
}

static void call_selected_at(struct expression_value *out, const struct expression *call,
                             struct expression_run *run)
{
	double wanted = trunc(expression_function_number(call, 1, run)), i = 0;
	struct expression_value list = {0};
	const char *item = NULL;
	size_t at = 0, n = 0;

	out->type = EXPRESSION_TEXT;
	expression_evaluate(&list, call->operand[0], run);
	for (; expression_value_item(&list, &at, &item, &n); i++)
		if (i == wanted)
			buf_put(&out->own, item, n);
	expression_value_finish(&list);
}

static void call_count_selected(struct expression_value *out, const struct expression *call,
                                struct expression_run *run)
{
	struct expression_value list = {0};
	const char *item = NULL;
	size_t at = 0, n = 0;
	double count = 0;

	expression_evaluate(&list, call->operand[0], run);
	while (expression_value_item(&list, &at, &item, &n))
		count++;
	expression_value_set_number(out, count);
	expression_value_finish(&list);
}

static void call_today(struct expression_value *out, const struct expression *call,
                       struct expression_run *run)
{
	(void)call;
	if (run->scope->today != NULL) {
		expression_value_set_text(out, run->scope->today);
		return;
	}
	if (run->today[0] == '\0')
		expression_date_today(run->today);
	expression_value_set_text(out, run->today);
}

/* An argument as a day: a date, a coarse one, or the number of days. */
static bool day_argument(long *days, const struct expression *call, struct expression_run *run)
{
	enum expression_date precision = EXPRESSION_DATE_NONE;
	struct expression_value v = {0};
	double n = NAN;

	expression_evaluate(&v, call->operand[0], run);
	if (v.type >= EXPRESSION_TEXT)
		precision = expression_date_read(days, expression_value_text(&v));
	if (precision == EXPRESSION_DATE_NONE)
		n = floor(expression_value_number(&v));
	expression_value_finish(&v);
	if (expression_date_fits(n))
		*days = (long)n;
	return precision != EXPRESSION_DATE_NONE || expression_date_fits(n);
}

static void call_date(struct expression_value *out, const struct expression *call,
                      struct expression_run *run)
{
	long days;

	out->type = EXPRESSION_TEXT;
	if (day_argument(&days, call, run))
		expression_date_write(&out->own, days);
}

static void call_format_date(struct expression_value *out, const struct expression *call,
                             struct expression_run *run)
{
	struct expression_value format = {0};
	long days;

	out->type = EXPRESSION_TEXT;
	expression_evaluate(&format, call->operand[1], run);
	if (day_argument(&days, call, run))
		expression_date_format(&out->own, days, expression_value_text(&format));
	expression_value_finish(&format);
}

static void call_decimal_date_time(struct expression_value *out, const struct expression *call,
                                   struct expression_run *run)
{
	long days;

	expression_value_set_number(out, day_argument(&days, call, run) ? (double)days : NAN);
}

enum { ANY = EXPRESSION_ARGUMENTS };

/* Sorted by name. */
static const struct expression_function functions[] = {
	{"abs", 1, 1, .number = fabs},
	{"boolean", 1, 1, call_boolean},
	{"boolean-from-string", 1, 1, call_boolean_from_string},
	{"ceiling", 1, 1, .number = ceil},
	{"coalesce", 1, ANY, call_coalesce},
	{"concat", 1, ANY, expression_string_concat},
	{"contains", 2, 2, expression_string_contains},
	{"count-non-empty", 1, ANY, call_count_non_empty},
	{"count-selected", 1, 1, call_count_selected},
	{"date", 1, 1, call_date},
	{"decimal-date-time", 1, 1, call_decimal_date_time},
	{"ends-with", 2, 2, expression_string_ends_with},
	{"exp", 1, 1, .number = exp},
	{"false", 0, 0, call_false},
	{"floor", 1, 1, .number = floor},
	{"format-date", 2, 2, call_format_date},
	{"format-date-time", 2, 2, call_format_date},
	{"if", 3, 3, call_if},
	{"int", 1, 1, .number = trunc},
	{"join", 2, ANY, expression_string_join},
	{"log", 1, 1, .number = log},
	{"log10", 1, 1, .number = log10},
	{"max", 1, ANY, call_max},
	{"min", 1, ANY, call_min},
	{"normalize-space", 0, 1, expression_string_normalize_space, .self = true},
	{"not", 1, 1, call_not},
	{"number", 0, 1, .number = same_number, .self = true},
	{"once", 1, 1, call_once},
	{"pow", 2, 2, call_pow},
	{"regex", 2, 2, expression_string_regex},
	{"round", 1, 2, call_round},
	{"selected", 2, 2, call_selected},
	{"selected-at", 2, 2, call_selected_at},
	{"sqrt", 1, 1, .number = sqrt},
	{"starts-with", 2, 2, expression_string_starts_with},
	{"string", 0, 1, call_string, .self = true},
	{"string-length", 0, 1, expression_string_length, .self = true},
	{"substr", 2, 3, expression_string_substr},
	{"substring", 2, 3, expression_string_substring},
	{"substring-after", 2, 2, expression_string_substring_after},
	{"substring-before", 2, 2, expression_string_substring_before},
	{"sum", 1, ANY, call_sum},
	{"today", 0, 0, call_today},
	{"translate", 3, 3, expression_string_translate},
	{"true", 0, 0, call_true},
};

static const char repeats[] = "it belongs to repeats, which are not supported";
static const char elsewhere[] = "it looks into another list or file, which a page does not have";
static const char chance[] = "it would come out differently each time";
static const char places[] = "places are not asked here";
static const char clock_time[] = "the time of day would be kept with the answers; use today()";
static const char label[] = "it depends on the language; compare the choice's name itself";

static const struct {
	const char *name, *reason;
} refused[] = {
	{"area", places},
	{"checklist", "add up if(..., 1, 0) instead"},
	{"count", "it counts repeats, which are not supported; use count-selected()"},
	{"current", "paths are not supported; a question is written ${name}"},
	{"date-time", clock_time},
	{"decimal-time", clock_time},
	{"digest", "it would make an identifier of an answer"},
	{"distance", places},
	{"geofence", places},
	{"indexed-repeat", repeats},
	{"instance", elsewhere},
	{"jr:choice-name", label},
	{"jr:itext", label},
	{"last", repeats},
	{"lookup", elsewhere},
	{"now", clock_time},
	{"position", repeats},
	{"pulldata", elsewhere},
	{"random", chance},
	{"randomize", "choices in random order are a parameter of the question"},
	{"rank-value", elsewhere},
	{"search", elsewhere},
	{"uuid", "it would make an identifier of a person"},
	{"weighted-checklist", "add up if(..., WEIGHT, 0) instead"},
};

struct key {
	const char *name;
	size_t n;
};

static int by_name(const void *key, const void *member)
{
	const struct key *k = key;
	const struct expression_function *f = member;
	int order = strncmp(k->name, f->name, k->n);

	return order != 0 ? order : f->name[k->n] == '\0' ? 0 : -1;
}

const struct expression_function *expression_function(const char *name, size_t n)
{
	struct key key = {name, n};

	return bsearch(&key, functions, sizeof functions / sizeof *functions, sizeof *functions,
		by_name);
}

const char *expression_function_refused(const char *name, size_t n)
{
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		if (strncmp(refused[i].name, name, n) == 0 && refused[i].name[n] == '\0')
			return refused[i].reason;
	return NULL;
}
