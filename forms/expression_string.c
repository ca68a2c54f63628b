/*
 * expression_string.c - XPath 1.0's string functions (section 4.2) and those that ODK XForms adds:
 * join(), substr(), ends-with(), regex(). In: a call. Out: its value. Texts that are made are in
 * the value's own memory, which is wiped.
 */
#include "forms/expression_string.h"

#include "forms/expression_function.h"
#include "forms/expression_regex.h"

#include <math.h>
#include <string.h>

static const char blank[] = " \t\r\n";

static void make_text(struct expression_value *out)
{
	out->type = EXPRESSION_TEXT;
	buf_put(&out->own, "", 0);
}

/* The bytes of the character here, at least 1, whatever they are. */
static size_t character(const char *s)
{
	size_t n = 1;

	while ((s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

static double count_characters(const char *s)
{
	double count = 0;

	for (; *s != '\0'; s += character(s))
		count++;
	return count;
}

void expression_string_join(struct expression_value *out, const struct expression *call,
                            struct expression_run *run)
{
	struct expression_value between = {0};

	make_text(out);
	expression_evaluate(&between, call->operand[0], run);
	for (size_t i = 1; i < call->n; i++) {
		struct expression_value one = {0};

		expression_evaluate(&one, call->operand[i], run);
		if (i > 1)
			buf_puts(&out->own, expression_value_text(&between));
		buf_puts(&out->own, expression_value_text(&one));
		expression_value_finish(&one);
	}
	expression_value_finish(&between);
}

void expression_string_concat(struct expression_value *out, const struct expression *call,
                              struct expression_run *run)
{
	make_text(out);
	for (size_t i = 0; i < call->n; i++) {
		struct expression_value one = {0};

		expression_evaluate(&one, call->operand[i], run);
		buf_puts(&out->own, expression_value_text(&one));
		expression_value_finish(&one);
	}
}

/* The texts of the first two arguments, for functions that compare them. */
struct pair {
	struct expression_value a, b;
	const char *text, *part;
};

static void pair_evaluate(struct pair *p, const struct expression *call, struct expression_run *run)
{
	expression_evaluate(&p->a, call->operand[0], run);
	expression_evaluate(&p->b, call->operand[1], run);
	p->text = expression_value_text(&p->a);
	p->part = expression_value_text(&p->b);
}

static void pair_finish(struct pair *p)
{
	expression_value_finish(&p->a);
	expression_value_finish(&p->b);
}

void expression_string_contains(struct expression_value *out, const struct expression *call,
                                struct expression_run *run)
{
	struct pair p = {0};

	pair_evaluate(&p, call, run);
	expression_value_set_boolean(out, strstr(p.text, p.part) != NULL);
	pair_finish(&p);
}

void expression_string_starts_with(struct expression_value *out, const struct expression *call,
                                   struct expression_run *run)
{
	struct pair p = {0};

	pair_evaluate(&p, call, run);
	expression_value_set_boolean(out, strncmp(p.text, p.part, strlen(p.part)) == 0);
	pair_finish(&p);
}

void expression_string_ends_with(struct expression_value *out, const struct expression *call,
                                 struct expression_run *run)
{
	struct pair p = {0};
	size_t n, end;

	pair_evaluate(&p, call, run);
	n = strlen(p.text);
	end = strlen(p.part);
	expression_value_set_boolean(out, n >= end && strcmp(p.text + n - end, p.part) == 0);
	pair_finish(&p);
}

void expression_string_substring_before(struct expression_value *out, const struct expression *call,
                                        struct expression_run *run)
{
	struct pair p = {0};
	const char *found;

	make_text(out);
	pair_evaluate(&p, call, run);
	found = strstr(p.text, p.part);
	if (found != NULL)
		buf_put(&out->own, p.text, (size_t)(found - p.text));
	pair_finish(&p);
}

void expression_string_substring_after(struct expression_value *out, const struct expression *call,
                                       struct expression_run *run)
{
	struct pair p = {0};
	const char *found;

	make_text(out);
	pair_evaluate(&p, call, run);
	found = strstr(p.text, p.part);
	if (found != NULL)
		buf_puts(&out->own, found + strlen(p.part));
	pair_finish(&p);
}

/* The characters from position `from` up to, not including, `to`; positions count from 0. */
static void put_between(struct expression_value *out, const char *text, double from, double to)
{
	double at = 0;

	make_text(out);
	for (; *text != '\0'; text += character(text), at++)
		if (at >= from && at < to)
			buf_put(&out->own, text, character(text));
}

/* XPath 1.0: from 1, both numbers rounded, so that substring('12345', 1.5, 2.6) is '234'. */
void expression_string_substring(struct expression_value *out, const struct expression *call,
                                 struct expression_run *run)
{
	struct expression_value text = {0};
	double from = floor(expression_function_number(call, 1, run) + 0.5), to = INFINITY;

	if (call->n > 2)
		to = from + floor(expression_function_number(call, 2, run) + 0.5);
	expression_evaluate(&text, call->operand[0], run);
	put_between(out, expression_value_text(&text), from - 1, to - 1);
	expression_value_finish(&text);
}

/* ODK: from 0, up to but not including the end; JavaRosa counts what is below 0 from the end. */
void expression_string_substr(struct expression_value *out, const struct expression *call,
                              struct expression_run *run)
{
	struct expression_value text = {0};
	double from = trunc(expression_function_number(call, 1, run)), to = INFINITY, n;

	if (call->n > 2)
		to = trunc(expression_function_number(call, 2, run));
	expression_evaluate(&text, call->operand[0], run);
	n = count_characters(expression_value_text(&text));
	put_between(out, expression_value_text(&text), from < 0 ? from + n : from,
		to < 0 ? to + n : to);
	expression_value_finish(&text);
}

void expression_string_translate(struct expression_value *out, const struct expression *call,
                                 struct expression_run *run)
{
	struct expression_value to = {0};
	struct pair p = {0};

	make_text(out);
	pair_evaluate(&p, call, run);
	expression_evaluate(&to, call->operand[2], run);
	for (const char *c = p.text; *c != '\0'; c += character(c)) {
		const char *from = p.part, *into = expression_value_text(&to);
		size_t n = character(c);

		while (*from != '\0' && (character(from) != n || memcmp(from, c, n) != 0)) {
			from += character(from);
			into += *into != '\0' ? character(into) : 0;
		}
		if (*from == '\0')
			buf_put(&out->own, c, n);
		else if (*into != '\0')
			buf_put(&out->own, into, character(into));
	}
	expression_value_finish(&to);
	pair_finish(&p);
}

void expression_string_length(struct expression_value *out, const struct expression *call,
                              struct expression_run *run)
{
	struct expression_value text = {0};

	expression_evaluate(&text, call->operand[0], run);
	expression_value_set_number(out, count_characters(expression_value_text(&text)));
	expression_value_finish(&text);
}

void expression_string_normalize_space(struct expression_value *out, const struct expression *call,
                                       struct expression_run *run)
{
	struct expression_value text = {0};
	const char *c;

	make_text(out);
	expression_evaluate(&text, call->operand[0], run);
	c = expression_value_text(&text);
	for (c += strspn(c, blank); *c != '\0'; c += strspn(c, blank)) {
		size_t word = strcspn(c, blank);

		if (out->own.len > 0)
			buf_putc(&out->own, ' ');
		buf_put(&out->own, c, word);
		c += word;
	}
	expression_value_finish(&text);
}

void expression_string_regex(struct expression_value *out, const struct expression *call,
                             struct expression_run *run)
{
	struct expression_value text = {0};

	expression_evaluate(&text, call->operand[0], run);
	expression_value_set_boolean(out, call->regex != NULL &&
		expression_regex_match(call->regex, expression_value_text(&text)));
	expression_value_finish(&text);
}
