/* test_micro.c - nobody is alike fewer than k others, whatever the answers were; files are whole. */
#include "analyzer/micro.h"
#include "analyzer/micro_quasi.h"
#include "tests/unit/analyzer/sample.h"

#include <stdio.h>

enum { LISTS = 4 };

/* A small generator of its own: the same numbers on every machine. */
static unsigned next(uint64_t *state, unsigned n)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*state >> 33) % n;
}

static void make(struct micro_quasi *list, size_t n, size_t people, uint64_t *state)
{
	static const char *const names[LISTS] = {"a", "b", "c", "d"};

	for (size_t i = 0; i < n; i++) {
		struct micro_quasi *q = &list[i];
		unsigned values = 1 + next(state, 9);

		*q = (struct micro_quasi){.name = names[i], .ordered = next(state, 2)};
		q->labels = calloc(values + 1, sizeof *q->labels);
		q->value = calloc(people + 1, sizeof *q->value);
		for (unsigned v = 0; v < values; v++) {
			char label[16];

			snprintf(label, sizeof label, "v%u", v);
			q->labels[q->n_values++] = strdup(label);
		}
		/* small values are frequent; the last three are declined, blank, not asked */
		for (size_t p = 0; p < people; p++) {
			unsigned x = next(state, values + 3), y = next(state, values + 3);

			q->value[p] = (uint16_t)(x < y ? x : y);
		}
	}
}

/* The smallest number of people who are alike, found by comparing each with each. */
static size_t smallest(const struct micro_quasi *list, size_t n, const bool *keep, size_t people)
{
	size_t least = SIZE_MAX;

	for (size_t x = 0; x < people; x++) {
		size_t same = 0;

		for (size_t y = 0; keep[x] && y < people; y++) {
			size_t i = 0;

			while (i < n && list[i].value[x] == list[i].value[y])
				i++;
			same += keep[y] && i == n;
		}
		if (keep[x] && same < least)
			least = same;
	}
	return least;
}

static void test_anonymous(void **state)
{
	uint64_t seed = 20200401;

	(void)state;
	for (int turn = 0; turn < 200; turn++) {
		struct micro_quasi list[LISTS];
		size_t n = 1 + next(&seed, LISTS), people = 20 + next(&seed, 400), left = 0;
		size_t k = 5 + next(&seed, 10);
		bool *keep = calloc(people, sizeof *keep);
		struct buf changes = {0};
		struct err err = {0};
		char label[60];

		snprintf(label, sizeof label, "turn %d", turn);
		make(list, n, people, &seed);
		if (micro_quasi_anonymise(list, n, people, k, keep, &changes, &err) == 0) {
			CHECK(smallest(list, n, keep, people) >= k, label);
			for (size_t p = 0; p < people; p++)
				left += !keep[p];
			CHECK(left < people, label);
			/* fewer than k at the end: they fit in no group */
			CHECK(left < k, label);
		} else {
			CHECK(err.code == ERR_REFUSED, label);
		}
		for (size_t i = 0; i < n; i++)
			micro_quasi_finish(&list[i]);
		buf_finish(&changes);
		free(keep);
	}
}

static struct batch *people(const struct form *form, int n)
{
	struct batch *b = NULL;
	struct err err = {0};

	assert_int_equal(batch_create(&b, form, &err), 0);
	for (int i = 0; i < n; i++) {
		char age[16];

		snprintf(age, sizeof age, "%d", 16 + i % 80);
		sample_add(b, i % 3 ? "en" : "fr", i % 2 ? "north" : "south",
			SAMPLE_PAIRS("tested", i % 4 ? "yes" : "declined", "used", "a c", "rank",
				"b a", "age", age, "access/x", "worse", "trust", "4", "dose",
				"2.5"));
	}
	return b;
}

static const struct micro_variable *variable(const struct micro *m, const char *name)
{
	for (size_t i = 0; i < m->n_variables; i++)
		if (strcmp(m->variables[i].name, name) == 0)
			return &m->variables[i];
	fail_msg("no variable %s", name);
	return NULL;
}

static void test_variables(void **state)
{
	struct form *form = sample_form(SAMPLE_FORM("region"));
	struct batch *b = people(form, 400);
	struct micro_request r = {.form = form, .k = MICRO_K};
	struct micro *m = NULL;
	struct buf sav = {0}, dta = {0}, csv = {0};
	struct err err = {0};
	long declined = 0;

	(void)state;
	if (micro_create(&m, b, &r, &err) != 0)
		fail_msg("%s", err.msg);
	assert_int_equal(m->n, 400);
	/* age is recognised by its id: it stands in bands, merged where need be */
	assert_true(variable(m, "age")->level == FORM_ORDINAL);
	assert_string_equal(variable(m, "used_a")->label, "Question used: Choice, A");
	assert_true(variable(m, "used_a")->data[0] == 1 && variable(m, "used_b")->data[0] == 0);
	assert_true(variable(m, "rank_1")->data[0] == 2 && variable(m, "rank_2")->data[0] == 1);
	assert_true(variable(m, "access_x")->data[0] == 2);
	assert_true(variable(m, "trust")->data[0] == 4);
	assert_true(variable(m, "dose")->data[0] == 2.5);
	assert_true(variable(m, "since")->data[0] == -MICRO_BLANK);
	/* a row that depends on an answer that was declined or is another */
	assert_true(variable(m, "access_y")->data[0] == -MICRO_NOT_ASKED);
	for (size_t i = 0; i < m->n; i++)
		declined += variable(m, "tested")->data[i] == -MICRO_DECLINED;
	assert_int_equal(declined, 100);
	assert_int_equal(m->n_sets, 1);
	assert_string_equal(m->sets[0].name, "used");
	assert_int_equal(micro_sav(&sav, m, "t", "purpose", &err), 0);
	assert_int_equal(micro_dta(&dta, m, "t", "purpose", &err), 0);
	assert_non_null(memmem(sav.data, sav.len, "$used=D1 1 13 Question used used_a", 33));
	micro_csv(&csv, m);
	assert_int_equal(strncmp(csv.data, "region,language,tested,used_a,used_b,used_c,", 44), 0);
	/* a file that is cut is not written into */
	for (size_t n = 0; n < 2000; n += 37) {
		struct buf part = {0};

		buf_put(&part, sav.data, n);
		CHECK(micro_sets(&part, m, &err) != 0, "bad-cut");
		buf_finish(&part);
	}
	buf_finish(&sav);
	buf_finish(&dta);
	buf_finish(&csv);
	micro_free(m);
	batch_free(b);
	form_free(form);
}

static void test_refused(void **state)
{
	struct form *form = sample_form(SAMPLE_FORM("region"));
	struct batch *b = people(form, 9);
	struct micro_request r = {.form = form, .k = MICRO_K};
	struct micro *m = NULL;
	struct err err = {0};

	(void)state;
	assert_int_equal(micro_create(&m, b, &r, &err), -1);
	assert_int_equal(err.code, ERR_REFUSED);
	batch_free(b);
	b = people(form, 100);
	r.question = "say";
	assert_int_equal(micro_create(&m, b, &r, &err), -1);
	assert_int_equal(err.code, ERR_REFUSED);
	r.question = NULL;
	r.quasi = "trust,nix";
	assert_int_equal(micro_create(&m, b, &r, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	batch_free(b);
	form_free(form);
	micro_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_anonymous),
		cmocka_unit_test(test_variables),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
