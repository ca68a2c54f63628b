/*
 * expression_advice.c - from what stands where an expression cannot be read to a sentence that says
 * what to write instead. The mistakes are those of people who know other languages, spreadsheets
 * that write signs of their own, and functions that ODK has.
 */
#include "forms/expression_advice.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum {
	LEFT = EXPRESSION_OPERAND,
	BETWEEN = EXPRESSION_OPERATOR,
	BOTH = LEFT | BETWEEN,
	SHOWN = 40, /* bytes of a name in a message */
};

static const char no_paths[] = "paths are not supported; a question is written ${name}";
static const char question[] = "a question is written ${name}";
static const char minus[] = "minus is written -";
static const char at_most[] = "at most is written <=";
static const char at_least[] = "at least is written >=";
static const char unequal[] = "not equal is written !=";

/* The first that fits counts. NULL: this is as it should be. */
static const struct {
	const char *text;
	int where;
	const char *reason;
} strange[] = {
	{"!=", BETWEEN, NULL},
	{"==", BETWEEN, "equal is written ="},
	{"<>", BETWEEN, unequal},
	{"=<", BETWEEN, at_most},
	{"=>", BETWEEN, at_least},
	{"\u2264", BETWEEN, at_most},
	{"\u2265", BETWEEN, at_least},
	{"\u2260", BETWEEN, unequal},
	{"\u00d7", BETWEEN, "times is written *"},
	{"\u00f7", BETWEEN, "divided by is written div"},
	{"\u2212", BOTH, minus},
	{"\u2013", BOTH, minus},
	{"&", BETWEEN, "and is written and"},
	{"||", BETWEEN, "or is written or"},
	{"|", BETWEEN, no_paths},
	{"^", BETWEEN, "a power is written pow(number, power)"},
	{"%", BETWEEN, "the remainder is written mod"},
	{"//", BOTH, no_paths},
	{"/", LEFT, no_paths},
	{"/", BETWEEN, "divided by is written div; paths are not supported"},
	{"..", BOTH, no_paths},
	{"[", BOTH, no_paths},
	{"@", BOTH, no_paths},
	{";", BOTH, "arguments have commas between them"},
	{"!=", LEFT, "a comparison has something on both sides"},
	{"!", BOTH, "not is written not(...)"},
	{"{", LEFT, question},
	{"$", LEFT, question},
};

static const struct {
	const char *word, *reason;
} words[] = {
	{"and", "the operator is written and, in small letters"},
	{"or", "the operator is written or, in small letters"},
	{"div", "the operator is written div, in small letters"},
	{"mod", "the operator is written mod, in small letters"},
};

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

const char *expression_advice(const char *at, enum expression_place place)
{
	for (size_t i = 0; i < sizeof strange / sizeof *strange; i++)
		if ((strange[i].where & place) != 0 &&
		    strncmp(at, strange[i].text, strlen(strange[i].text)) == 0)
			return strange[i].reason;
	for (size_t i = 0; place == EXPRESSION_OPERATOR && i < sizeof words / sizeof *words; i++) {
		size_t n = strlen(words[i].word);

		if (strncasecmp(at, words[i].word, n) == 0 && strncmp(at, words[i].word, n) != 0 &&
		    !letter(at[n]))
			return words[i].reason;
	}
	return NULL;
}

int expression_advice_function(size_t column, const char *name, size_t n, struct err *err)
{
	const char *reason = expression_function_refused(name, n);
	char small[SHOWN];

	if (n > sizeof small)
		return err_set(err, ERR_INPUT, "column %zu: unknown function", column);
	if (reason != NULL)
		return err_set(err, ERR_INPUT, "column %zu: %.*s() is not supported: %s", column,
			(int)n, name, reason);
	for (size_t i = 0; i < n; i++)
		small[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] + 'a' - 'A') : name[i];
	if (expression_function(small, n) != NULL)
		return err_set(err, ERR_INPUT, "column %zu: the function is written %.*s()", column,
			(int)n, small);
	return err_set(err, ERR_INPUT, "column %zu: unknown function %.*s()", column, (int)n, name);
}

int expression_advice_name(size_t column, const char *name, size_t n, struct err *err)
{
	if (expression_function(name, n) != NULL)
		return err_set(err, ERR_INPUT, "column %zu: the function is written %.*s()", column,
			(int)n, name);
	return err_set(err, ERR_INPUT,
		"column %zu: a question is written ${name}, a text in quotes", column);
}

int expression_advice_count(size_t column, const struct expression_function *f, struct err *err)
{
	bool open = f->most == EXPRESSION_ARGUMENTS;
	char most[32] = "";

	if (f->most != f->least && !open)
		snprintf(most, sizeof most, " to %zu", f->most);
	return err_set(err, ERR_INPUT, "column %zu: wrong number of arguments: %s() takes %s%zu%s",
		column, f->name, open ? "at least " : "", f->least, most);
}
