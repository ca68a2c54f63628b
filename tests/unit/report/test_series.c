/*
 * test_series.c - whole reports of a made-up release: the same bytes twice, in any locale and time
 * zone, every series and both directions. What is in them is looked at by check-pdf.py.
 */
#include "report/series.h"

#include "report/contents.h"
#include "tests/unit/report/sample.h"

#include <locale.h>
#include <time.h>

static const char form_path[] = SOURCE "/forms/library/covid-peer-experience.json";

static void write_series(struct buf *out, const char *language, size_t series)
{
	struct findings findings = { 0 };
	struct sample s;
	struct err err;

	sample_start(&s, form_path, language, series);
	if (series_write(out, &s.edition, &findings, &err))
		fail_msg("%s: %s", language, err.msg);
	for (size_t i = 0; i < findings.n; i++)
		fail_msg("%s: %s", language, findings.list[i].text);
	findings_finish(&findings);
	sample_stop(&s);
}

static void test_every_language(void **state)
{
	static const char *const languages[] = { "en", "fr", "es", "pt", "ru", "ar" };

	(void)state;
	for (size_t i = 0; i < COUNT(languages); i++) {
		struct buf b = { 0 };

		write_series(&b, languages[i], i % 2);
		CHECK(b.len > 50000, languages[i]);
		buf_finish(&b);
	}
}

static void test_same_bytes(void **state)
{
	struct buf a = { 0 }, b = { 0 };

	(void)state;
	write_series(&a, "fr", 0);
	setlocale(LC_ALL, "C.UTF-8");
	setenv("TZ", "Pacific/Apia", 1);
	setenv("LANG", "ar_EG.UTF-8", 1);
	tzset();
	write_series(&b, "fr", 0);
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.data, b.data, a.len);
	buf_finish(&a);
	buf_finish(&b);
}

/* The plan holds what the chapters will reach, and nothing of another series. */
static void test_contents(void **state)
{
	struct contents c;
	struct sample s;
	struct err err;
	size_t questions = 0;

	(void)state;
	sample_start(&s, form_path, "en", 1);
	assert_int_equal(contents_create(&c, &s.edition, &err), 0);
	for (size_t i = 0; i < c.n; i++)
		questions += c.list[i].level == CONTENTS_QUESTION;
	assert_true(questions > 10 && questions < s.form->n_questions);
	assert_string_equal(c.list[0].title, "Who took part");
	assert_string_equal(c.list[c.n - 1].title, "Methods and limits");
	contents_finish(&c);
	sample_stop(&s);
}

/* A release in which a table has no figures at all, or is not there, still makes a report. */
static void test_bad_empty_tables(void **state)
{
	struct findings findings = { 0 };
	struct buf b = { 0 };
	struct sample s;
	struct err err;

	(void)state;
	sample_start(&s, form_path, "en", 0);
	for (size_t i = 0; i < s.release->n_tables; i += 2)
		s.release->tables[i].slots[0].base = 0;
	for (size_t i = 1; i < s.release->n_tables; i += 2)
		for (size_t k = 0; k < s.release->tables[i].n_slots; k++)
			for (size_t a = 0; a < s.release->tables[i].n_answers; a++)
				s.release->tables[i].slots[k].counts[a] = RELEASE_SUPPRESSED;
	assert_int_equal(series_write(&b, &s.edition, &findings, &err), 0);
	assert_true(b.len > 20000);
	buf_finish(&b);
	findings_finish(&findings);
	sample_stop(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_language),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_contents),
		cmocka_unit_test(test_bad_empty_tables),
	};

	return cmocka_run_group_tests_name("series", tests, NULL, NULL);
}
