/*
 * test_expression_corpus.c - expressions as the field writes them, one by one: what is read, and
 * what is said of what is not. The cases are tests/data/expressions.txt.
 */
#include "forms/expression.h"
#include "lib/base/file.h"
#include "tests/unit/test.h"

enum { CASES_LEAST = 180 };

static bool same(const struct expression *a, const struct expression *b)
{
	if (a->op != b->op || a->n != b->n || a->number != b->number ||
	    (a->text == NULL) != (b->text == NULL) ||
	    (a->text != NULL && strcmp(a->text, b->text) != 0))
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!same(a->operand[i], b->operand[i]))
			return false;
	return true;
}

static void check_read(const char *text, enum expression_kind kind)
{
	struct expression_scope scope = {.self = "x"};
	struct expression *e = NULL, *again = NULL;
	struct buf written = {0}, value = {0};
	struct err err;

	if (expression_parse(&e, text, kind, &err) != 0)
		fail_msg("%s: %s", text, err.msg);
	expression_write(&written, e);
	if (expression_parse(&again, written.data, kind, &err) != 0)
		fail_msg("%s -> %s: %s", text, written.data, err.msg);
	CHECK(same(e, again), written.data);
	expression_text(&value, e, &scope); /* of somebody who answered nothing */
	expression_free(e);
	expression_free(again);
	buf_finish(&written);
	buf_finish(&value);
}

static void check_case(const char *text, const char *outcome)
{
	enum expression_kind kind = EXPRESSION_CONDITION;
	struct expression *e = NULL;
	struct err err;

	if (strncmp(outcome, "filter ", 7) == 0) {
		kind = EXPRESSION_CHOICE_FILTER;
		outcome += 7;
	}
	if (strcmp(outcome, "ok") == 0) {
		check_read(text, kind);
		return;
	}
	if (expression_parse(&e, text, kind, &err) == 0)
		fail_msg("bad-%s: was read", text);
	if (strcmp(err.msg, outcome) != 0)
		fail_msg("bad-%s: %s", text, err.msg);
}

static void test_corpus(void **state)
{
	struct buf file = {0}, text = {0};
	size_t cases = 0;
	bool open = false;
	char *rest = NULL, *line, *from;
	struct err err;

	(void)state;
	if (file_read(&file, SOURCE "/tests/data/expressions.txt", 1 << 20, &err) != 0)
		fail_msg("%s", err.msg);
	for (from = file.data; (line = strtok_r(from, "\n", &rest)) != NULL; from = NULL) {
		if (line[0] == '|') {
			if (open)
				buf_putc(&text, '\n');
			buf_puts(&text, line + 1 + (line[1] == ' '));
			open = true;
		} else if (line[0] != '#') {
			CHECK(open, line);
			buf_putc(&text, '\0');
			check_case(text.data, line);
			buf_clear(&text);
			open = false;
			cases++;
		}
	}
	assert_false(open);
	assert_true(cases >= CASES_LEAST);
	buf_finish(&text);
	buf_finish(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_corpus),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
