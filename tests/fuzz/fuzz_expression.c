/* fuzz_expression.c - an expression that is written out means what it meant before. */
#include "forms/expression.h"
#include "tests/fuzz/fuzz.h"

enum { TEXT_MOST = 8192 }; /* what a questionnaire's expression may have */

static struct answers *somebody(void)
{
	struct answers *a = answers_create();
	struct err err;

	assert(a != NULL && answers_set(a, "age", "34", &err) == 0 &&
	       answers_set(a, "dose", "-2.5", &err) == 0 &&
	       answers_set(a, "tested", "yes", &err) == 0 &&
	       answers_set(a, "access/nsp", ANSWER_DECLINED, &err) == 0 &&
	       answers_add(a, "used", "a", &err) == 0 && answers_add(a, "used", "b", &err) == 0);
	return a;
}

static bool same(const struct expression *a, const struct expression *b)
{
	if (a->op != b->op || a->n != b->n || (a->text == NULL) != (b->text == NULL) ||
	    (a->text != NULL && strcmp(a->text, b->text) != 0) || a->number != b->number)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!same(a->operand[i], b->operand[i]))
			return false;
	return true;
}

static int count(void *ctx, const char *field)
{
	assert(field[0] != '\0');
	++*(size_t *)ctx;
	return 0;
}

/* The same boolean and the same text, whatever "." is. */
static void compare(const struct expression *a, const struct expression *b,
                    const struct answers *answers)
{
	static const char *const selves[] = {NULL, "age", "used", "nobody"};
	static const char *const columns[] = {"region", "africa", "size", "12", NULL};

	for (size_t i = 0; i < sizeof selves / sizeof *selves; i++) {
		struct expression_scope scope = {answers, selves[i], columns};
		struct buf first = {0}, second = {0};

		assert(expression_true(a, &scope) == expression_true(b, &scope));
		expression_text(&first, a, &scope);
		expression_text(&second, b, &scope);
		assert(!first.failed && first.len == second.len &&
		       (first.len == 0 || memcmp(first.data, second.data, first.len) == 0));
		buf_finish(&first);
		buf_finish(&second);
	}
}

static void parse(const char *source, enum expression_kind kind, const struct answers *a)
{
	struct expression *e = NULL, *again = NULL;
	size_t before = 0, after = 0;
	struct buf text = {0};
	struct err err;

	if (expression_parse(&e, source, kind, &err) != 0) {
		assert(fuzz_refused(&err));
		return;
	}
	fuzz_taken = true;
	expression_write(&text, e);
	assert(!text.failed);
	if (text.len > TEXT_MOST) { /* blanks were added */
		compare(e, e, a);
	} else {
		assert(expression_parse(&again, text.data, kind, &err) == 0 && same(e, again));
		expression_fields(e, count, &before);
		expression_fields(again, count, &after);
		assert(before == after);
		compare(e, again, a);
	}
	expression_free(e);
	expression_free(again);
	buf_finish(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *text = fuzz_string(data, n);
	struct answers *a = somebody();

	parse(text, EXPRESSION_CONDITION, a);
	parse(text, EXPRESSION_CHOICE_FILTER, a);
	answers_free(a);
	free(text);
	return 0;
}
