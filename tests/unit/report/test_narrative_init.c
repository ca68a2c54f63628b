/* test_narrative_init.c - the narrative that a release writes itself is whole and can be built. */
#include "report/narrative.h"
#include "report/narrative_file.h"
#include "report/narrative_findings.h"
#include "report/narrative_words.h"

#include "tests/unit/report/narrative.h"
#include "tests/unit/report/sample.h"

#include <sys/stat.h>
#include <unistd.h>

#define FORM SOURCE "/forms/library/covid-peer-experience.json"

static const char *const languages[] = { "en", "fr", "es", "pt", "ru", "ar" };

/* Build what is written; its outline is appended to `outline`. */
static void check(const struct edition *e, struct buf *outline)
{
	struct findings findings = { 0 };
	struct buf text = { 0 }, dump = { 0 };
	struct document *d;
	struct err err;

	narrative_init(&text, e);
	assert_false(text.failed);
	assert_int_equal(document_create(&d, e, &err), 0);
	if (narrative_build(d, text.data, text.len, "init", &findings, &err))
		fail_msg("%s: %s\n%s", e->language, err.msg, text.data);
	for (size_t i = 0; i < findings.n; i++)
		fail_msg("%s: %s: %s", e->language, findings.list[i].place, findings.list[i].text);
	narrative_dump(&dump, d->first, 0);
	assert_null(strstr(dump.data, "{"));
	assert_non_null(document_find(d, "people"));
	if (narrative_outline(outline, text.data, text.len, "init", &err))
		fail_msg("%s", err.msg);
	document_free(d);
	findings_finish(&findings);
	buf_finish(&text);
	buf_finish(&dump);
}

/* In every series, language, with and without groups and a round before, the same is said. */
static void test_every_edition(void **state)
{
	(void)state;
	for (int kind = 0; kind < 3; kind++) {
		for (size_t series = 0; series < 2; series++) {
			struct buf first = { 0 };

			for (size_t i = 0; i < COUNT(languages); i++) {
				struct buf outline = { 0 };
				struct release *other;
				struct sample s;

				sample_start(&s, FORM, languages[i], series);
				other = sample_release(s.form, true);
				if (kind == 1)
					s.edition.release = other;
				if (kind == 2) {
					s.edition.previous = other;
					s.edition.previous_form = s.form;
				}
				check(&s.edition, &outline);
				if (i && strcmp(first.data, outline.data))
					fail_msg("%s says something else than en", languages[i]);
				if (!i)
					buf_puts(&first, outline.data);
				buf_finish(&outline);
				release_free(other);
				sample_stop(&s);
			}
			buf_finish(&first);
		}
	}
}

/* A chapter for each section of the series, a heading for each question. */
static void test_whole(void **state)
{
	struct buf text = { 0 };
	struct sample s;

	(void)state;
	sample_start(&s, FORM, "en", 0);
	narrative_init(&text, &s.edition);
	for (size_t i = 0; i < s.form->n_questions; i++) {
		const struct form_question *q = &s.form->questions[i];
		bool in = edition_has(&s.edition, &s.form->sections[q->section]);
		struct buf chart = { 0 };

		buf_printf(&chart, "{{chart %s}}", q->id);
		if (form_is_asked(q->type) && q->type != FORM_COUNTRY && q->type != FORM_TEXT &&
		    q->type != FORM_COMMENT)
			CHECK(in == !!strstr(text.data, chart.data), q->id);
		buf_finish(&chart);
	}
	for (size_t i = 0; i < s.form->n_sections; i++) {
		struct buf title = { 0 };

		buf_printf(&title, "\n# %s\n",
		           edition_text(&s.edition, &s.form->sections[i].title));
		CHECK(edition_has(&s.edition, &s.form->sections[i]) ==
		              !!strstr(text.data, title.data),
		      title.data);
		buf_finish(&title);
	}
	assert_non_null(strstr(text.data, "{{callout "));
	assert_non_null(strstr(text.data, "\n- "));
	assert_non_null(strstr(text.data, "{{number services_comment.written count}}"));
	buf_finish(&text);
	sample_stop(&s);
}

/* Every share that a finding tells has the number of people it is a share of. */
static void test_bases(void **state)
{
	struct figure_finding list[8];
	struct sample s;
	size_t n;

	(void)state;
	for (size_t i = 0; i < COUNT(languages); i++) {
		sample_start(&s, FORM, languages[i], 0);
		n = figure_findings(list, COUNT(list), &s.edition);
		assert_true(n > 0);
		for (size_t k = 0; k < n; k++) {
			struct buf text = { 0 };
			size_t numbers = 0, bases = 0;

			narrative_findings_sentence(&text, &s.edition, &list[k]);
			for (const char *p = text.data; (p = strstr(p, "{{number ")); p++) {
				const char *base = strstr(p, " base"), *end = strstr(p, "}}");

				*(base && base < end ? &bases : &numbers) += 1;
			}
			CHECK(bases == numbers && bases == (list[k].kind == FIGURE_UNEVEN ? 2 : 1),
			      text.data);
			buf_finish(&text);
		}
		sample_stop(&s);
	}
}

/* Words of a questionnaire are never Markdown, nor a typed percentage. */
static void test_escaping(void **state)
{
	static const struct {
		const char *text, *markdown;
	} cases[] = {
		{ "a*b_c [d](e) <f> &g; #h `i` \\",
		  "a\\*b\\_c \\[d\\](e) \\<f\\> \\&g; \\#h \\`i\\` \\\\" },
		{ "two\nlines", "two lines" },
		{ "More than 50%", "{{label q.a}}" },
		{ "{{people}}", "{{label q.a}}" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf b = { 0 };

		narrative_words_label(&b, "q.a", cases[i].text);
		assert_string_equal(b.data, cases[i].markdown);
		buf_finish(&b);
	}
}

static void write_file(const char *folder, const char *name, const char *text)
{
	char path[300];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

struct place {
	char folder[64];
	struct sample s;
};

static void start(struct place *p, const char *language)
{
	char path[200];

	strcpy(p->folder, "/tmp/test-narrative-XXXXXX");
	assert_non_null(mkdtemp(p->folder));
	snprintf(path, sizeof path, "%s/narratives", p->folder);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof path, "%s/narratives/2020-04", p->folder);
	assert_int_equal(mkdir(path, 0700), 0);
	sample_start(&p->s, FORM, language, 0);
	p->s.study.folder = p->folder;
}

static void stop(struct place *p)
{
	char command[128];

	snprintf(command, sizeof command, "rm -r '%s'", p->folder);
	assert_int_equal(system(command), 0);
	sample_stop(&p->s);
}

static void test_files(void **state)
{
	struct findings findings = { 0 };
	struct narrative_file f;
	struct place p;
	struct err err;

	(void)state;
	start(&p, "fr");
	assert_int_equal(narrative_file_load(&f, &p.s.edition, &findings, &err), 0);
	assert_null(f.place);
	narrative_file_finish(&f);

	write_file(p.folder, "narratives/health-services-en.md", "# A\n\n{{people}}\n");
	assert_int_equal(narrative_file_load(&f, &p.s.edition, &findings, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.msg, "narratives/health-services-fr.md: this narrative is "
	                                "missing"));

	write_file(p.folder, "narratives/health-services-fr.md", "# B\n\n{{people}}\n");
	assert_int_equal(narrative_file_load(&f, &p.s.edition, &findings, &err), 0);
	assert_string_equal(f.text.data, "# B\n\n{{people}}\n");
	assert_int_equal(findings.n, 0);
	narrative_file_finish(&f);

	write_file(p.folder, "narratives/2020-04/health-services-fr.md",
	           "# C\n\nx\n\n{{changes}}\n");
	assert_int_equal(narrative_file_load(&f, &p.s.edition, &findings, &err), 0);
	assert_string_equal(f.text.data, "# C\n\nx\n\n{{changes}}\n");
	assert_int_equal(findings.n, 1);
	assert_non_null(strstr(findings.list[0].place, "2020-04/health-services-fr.md: line 5"));
	assert_non_null(strstr(findings.list[0].text, "“changes” here, “people” in "));
	assert_non_null(strstr(findings.list[0].text, "health-services-en.md: line 3"));
	narrative_file_finish(&f);
	findings_finish(&findings);
	stop(&p);
}

/* Two languages say the same in another order of words. */
static void test_outline(void **state)
{
	static const struct {
		const char *label, *markdown, *outline;
	} cases[] = {
		{ "headings and blocks",
		  "# A {{title access}}\n\n{{chart services by region as dots}}\n\n## "
		  "B\n\n{{findings}}"
		  "\n\n{{callout q.a percent}} x\n{{callout q.b in 150}} y\n",
		  "#\nchart services by region as dots\n##\nfindings\ncallout q.a percent\n"
		  "callout q.b in 150\n" },
		{ "order of words", "# A\n\n{{number q.b}} {{label q}} {{number q.a percent}}\n",
		  "#\nnumber q.a\nnumber q.b\n" },
		{ "notes",
		  "# A\n\nx{{note {{number q.b in fr count}} {{group fr}}}} {{cited 4%}}\n",
		  "#\ncited\nnote\nnumber q.b count in fr\n" },
	};
	struct err err;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf b = { 0 };

		if (narrative_outline(&b, cases[i].markdown, strlen(cases[i].markdown), "a.md",
		                      &err))
			fail_msg("%s: %s", cases[i].label, err.msg);
		if (strcmp(b.data, cases[i].outline))
			fail_msg("%s: %s", cases[i].label, b.data);
		buf_finish(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_edition), cmocka_unit_test(test_whole),
		cmocka_unit_test(test_bases),
		cmocka_unit_test(test_escaping),      cmocka_unit_test(test_files),
		cmocka_unit_test(test_outline),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
