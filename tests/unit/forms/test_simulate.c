/* test_simulate.c - simulated people answer as people can, the same seed gives the same bytes. */
#include "forms/accept.h"
#include "forms/simulate.h"
#include "forms/study_new.h"
#include "lib/base/json.h"
#include "tests/unit/forms/sample.h"

static struct form *library(const struct library_file *file)
{
	struct findings findings = {0};
	struct form *f;
	struct err err;

	if (form_parse(&f, file->text, file->n, &findings, &err) != 0)
		fail_msg("%s", err.msg);
	findings_finish(&findings);
	return f;
}

static struct answers *read_line(const char *line, size_t n, char *language)
{
	struct answers *a = answers_create();
	struct json *v;
	struct err err;

	assert_int_equal(json_parse(&v, line, n, &err), 0);
	assert_int_equal(strlen(json_string(json_get(v, "id"))), 32);
	strcpy(language, json_string(json_get(v, "language")));
	for (const struct json *m = json_first(json_get(v, "answers")); m; m = json_next(m)) {
		if (json_string(m) != NULL)
			answers_set(a, json_name(m), json_string(m), &err);
		for (const struct json *i = json_first(m); i != NULL; i = json_next(i))
			answers_add(a, json_name(m), json_string(i), &err);
	}
	json_free(v);
	return a;
}

enum { PEOPLE = 2000 };

static void check_people(const struct library_file *file)
{
	struct form *f = library(file);
	struct regions *regions;
	struct err err;
	size_t languages[FORM_LANGUAGES] = {0}, answered[FORM_QUESTIONS] = {0};
	size_t declined = 0, countries = 0;
	char seen[PEOPLE][3] = {""};

	assert_int_equal(regions_default(&regions, &err), 0);
	for (size_t i = 0; i < PEOPLE; i++) {
		struct simulate s = {f, regions, 7};
		struct buf line = {0}, again = {0};
		struct accept_report report = {0};
		struct answers *a;
		char language[16], *before, *after;
		size_t k = 0;

		assert_int_equal(simulate_person(&line, &s, i, &err), 0);
		assert_int_equal(simulate_person(&again, &s, i, &err), 0);
		assert_string_equal(line.data, again.data);
		a = read_line(line.data, line.len, language);
		languages[form_language(f, language)]++;
		before = shown(a);
		if (accept_answers(a, f, &report, &err) != 0)
			fail_msg("%s: %s", report.list[0].question->id,
				accept_fault_text(report.list[0].fault));
		after = shown(a);
		assert_string_equal(before, after); /* skip logic respected */
		for (size_t q = 0; q < f->n_questions; q++) {
			const struct form_question *question = &f->questions[q];
			const char *field = question->id;

			for (size_t row = 0; row < question->n_rows; row++)
				answered[q] += answers_get(a, question->rows[row].field) != NULL;
			answered[q] += answers_get(a, field) != NULL;
			declined += answers_declined(a, field);
		}
		if (answers_value(a, "country") != NULL) {
			const char *code = answers_value(a, "country");

			while (k < countries && strcmp(seen[k], code) != 0)
				k++;
			if (k == countries && strcmp(code, ANSWER_DECLINED) != 0)
				strcpy(seen[countries++], code);
		}
		free(before);
		free(after);
		answers_free(a);
		accept_report_finish(&report);
		buf_finish(&line);
		buf_finish(&again);
	}
	for (size_t i = 0; i < f->n_languages; i++)
		CHECK(languages[i] > PEOPLE / 40, f->languages[i]);
	for (size_t i = 0; i < f->n_questions; i++)
		if (f->questions[i].type != FORM_NOTE)
			CHECK(answered[i] > 0, f->questions[i].id);
	assert_true(countries > 40);
	assert_in_range(declined, 100, PEOPLE * 5);
	regions_free(regions);
	form_free(f);
}

/* Every question of every questionnaire is reached, in every language. */
static void test_people(void **state)
{
	size_t n = 0;

	(void)state;
	for (; library_files[n].name != NULL; n++)
		check_people(&library_files[n]);
	assert_int_equal(n, 2);
}

static void test_seeds_differ(void **state)
{
	struct form *f = library(&library_files[0]);
	struct regions *regions;
	struct buf one = {0}, two = {0}, next = {0};
	struct err err;

	(void)state;
	assert_int_equal(regions_default(&regions, &err), 0);
	simulate_person(&one, &(struct simulate){f, regions, 1}, 0, &err);
	simulate_person(&two, &(struct simulate){f, regions, 2}, 0, &err);
	simulate_person(&next, &(struct simulate){f, regions, 1}, 1, &err);
	assert_string_not_equal(one.data, two.data);
	assert_string_not_equal(one.data, next.data);
	buf_finish(&one);
	buf_finish(&two);
	buf_finish(&next);
	regions_free(regions);
	form_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_people),
		cmocka_unit_test(test_seeds_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
