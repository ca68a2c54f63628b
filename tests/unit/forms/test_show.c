/*
 * test_show.c - the outline fits a terminal and cannot harm it; the paper is whole, escaped, says
 * where to go, and needs nothing from elsewhere.
 */
#include "forms/show.h"

#include "forms/show_wrap.h"
#include "lib/base/utf8.h"
#include "tests/unit/forms/sample.h"

#define FSI "\xE2\x81\xA8"
#define PDI "\xE2\x81\xA9"

struct shown {
	struct form *form;
	struct words *words;
	struct show show;
	struct buf text;
};

static void show_begin(struct shown *s, struct form *f)
{
	memset(s, 0, sizeof *s);
	s->form = f;
	s->words = words_create(words_page);
	s->show = (struct show){.form = f, .words = s->words};
}

static void show_end(struct shown *s)
{
	buf_finish(&s->text);
	words_free(s->words);
	form_free(s->form);
}

static struct form *parse(const char *json)
{
	struct findings findings = {0};
	struct form *f = NULL;
	struct err err;

	if (form_parse(&f, json, strlen(json), &findings, &err) != 0)
		fail_msg("%s", err.msg);
	findings_finish(&findings);
	return f;
}

static struct form *shipped(const char *name)
{
	struct findings findings = {0};
	struct form *f = NULL;
	char path[512];
	struct err err;

	snprintf(path, sizeof path, SOURCE "/forms/library/%s.json", name);
	assert_int_equal(form_load(&f, path, &findings, &err), 0);
	findings_finish(&findings);
	return f;
}

#define HOLDS(s, part) CHECK(strstr((s)->text.data, part) != NULL, part)
#define LACKS(s, part) CHECK(strstr((s)->text.data, part) == NULL, part)

/* --- the outline --- */

static void test_outline(void **state)
{
	static const char *const parts[] = {
		"Title\n"
		"sample: 11 questions in 2 sections. Shown in English (en); its languages: en,\n"
		"fr.\n",
		"\n[ ] Yes\n",
		"\nfirst\nsection first; reported in one\n",
		"\n  1. country\n     country: country, may be declined\n",
		"\n       ( ) yes  Yes\n       ( ) no   No\n",
		"\n       [ ] other  Other [opens a text of at most ",
		"\n       [ ] none   None [alone or not at all]\n",
		"\n        =  nsp  NSP\n        =  oat  OAT\n"
		"           Only if you answered “A” to question 3.\n",
		"\n     happy: scale, 0 to 10, may be declined\n       0 = Low\n       10 = High\n",
		"\n     best: ranking, 2 places, may be declined\n",
		"\nOnly if you answered “No” to question 2.\n",
		"\n     days: integer, 0 to 31, reported from 0, 1, 10, may be declined\n",
		"\n     hours: decimal, 0 to 24 in steps of 0.5, may be declined\n"
		"     constraint: . <= ${days} * 24 (Too many)\n",
		"\n     since: date, month from 2020-01 to 2020-12, may be declined\n",
		"\n     read\n     read: note\n",
		"\n 11. say\n     say: comment, at most 20 characters\n"
		"     Only if your answer to question 7 is more than 3.\n",
	};
	struct shown s;
	struct err err;

	(void)state;
	show_begin(&s, sample());
	assert_int_equal(show_outline(&s.text, &s.show, &err), 0);
	for (size_t i = 0; i < COUNT(parts); i++)
		HOLDS(&s, parts[i]);
	LACKS(&s, "\033");
	buf_clear(&s.text);
	s.show.colour = true;
	assert_int_equal(show_outline(&s.text, &s.show, &err), 0);
	HOLDS(&s, "\n  1. \033[1mcountry\033[0m\n");
	show_end(&s);
}

/* No line is wider than the terminal; right-to-left text is isolated, and only that. */
static void test_outline_lines(void **state)
{
	(void)state;
	for (size_t l = 0; l < 6; l++) {
		struct shown s;
		struct err err;
		size_t isolated = 0;

		show_begin(&s, shipped("covid-peer-experience"));
		s.show.language = l;
		assert_int_equal(show_outline(&s.text, &s.show, &err), 0);
		for (char *line = strtok(s.text.data, "\n"); line; line = strtok(NULL, "\n")) {
			const char *on = strstr(line, FSI), *off = strstr(line, PDI);

			CHECK(show_wrap_width(line) <= SHOW_WIDTH, line);
			CHECK((on == NULL) == (off == NULL) && (on == NULL || on < off), line);
			isolated += on != NULL;
		}
		CHECK((isolated > 100) == form_right_to_left(s.form->languages[l]) &&
			(isolated == 0) == !form_right_to_left(s.form->languages[l]),
			s.form->languages[l]);
		show_end(&s);
	}
}

#define TENS "123456789 123456789 123456789 "
#define LONG "123456789012345678901234567890123456789012345"
#define HAN "一二三四五六七八九十"

static const struct {
	const char *label, *text;
	size_t indent;
	const char *wrapped;
} wraps[] = {
	{"short", "one two", 2, "- one two\n"},
	{"empty", "", 2, "- \n"},
	{"newlines are kept", "one\n\ntwo", 2, "- one\n\n  two\n"},
	{"80 columns", TENS TENS "12345678 12345678 x", 2,
	 "- " TENS TENS "12345678 12345678\n  x\n"},
	{"a word that is too long stays whole",
	 "x " LONG LONG " y", 2, "- x\n  " LONG LONG "\n  y\n"},
	{"wide characters take two columns",
	 HAN HAN HAN "一二三四五六七八九十", 2, "- " HAN HAN HAN "一二三四五六七八九\n  十\n"},
	{"bad-control", "a\033[31mb\tc", 2, "- a\xEF\xBF\xBD[31mb\xEF\xBF\xBD" "c\n"},
	{"bad-malformed", "a\xFF" "b", 2, "- a\xEF\xBF\xBD" "b\n"},
	{"right to left", "نعم", 2, "- " FSI "نعم" PDI "\n"},
};

static void test_wrap(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(wraps); i++) {
		struct buf out = {0};

		show_wrap(&out, "- ", wraps[i].indent, wraps[i].text, "", "");
		if (strcmp(out.data, wraps[i].wrapped) != 0)
			fail_msg("%s: %s", wraps[i].label, out.data);
		buf_finish(&out);
	}
	/* e and a combining acute accent, a wide character, a mark that is not seen */
	assert_int_equal(show_wrap_width("e\xCC\x81"), 1);
	assert_int_equal(show_wrap_width("\xE4\xB8\x80"), 2);
	assert_int_equal(show_wrap_width("\xE2\x80\x8F" "a"), 1);
}

/* --- the paper --- */

static void test_paper(void **state)
{
	static const char *const parts[] = {
		"<html lang=\"en\" dir=\"ltr\">", "<title>Title</title>", "<h1>Title</h1>",
		"<p>Intro</p>",
		"Do not write any names on this paper", "<h2>Your agreement</h2>",
		"<h3><span class=\"n\">2</span> well <small>Tick one.</small></h3>",
		/* the section that follows is for those who answered "no" */
		"<p class=\"if\">Answer questions 7 to 11 only if you answered “No” to question 2. "
		"→ Otherwise go to the end.</p>",
		"<span class=\"t\">Other:</span><span class=\"w\"></span></li>",
		"<span class=\"t\">None <span class=\"x\">If you tick this, tick no other",
		"<th scope=\"row\"><span class=\"r\">4.2</span> OAT</th><td><span class=\"b\">",
		"<tr class=\"c\"><td colspan=\"5\">"
		"<p class=\"if\">Only if you answered “A” to question 3.",
		"<span>0 = Low</span> <span>10 = High</span>",
		"<li>10<span class=\"b\"></span></li>\n</ul>",
		"<li><span class=\"p\">2.</span><span class=\"w\"></span></li>\n</ol>",
		"Write a whole number from 0 to 31.",
		"<span class=\"ds\"><span></span><span></span></span>",
		"January 2020 – December 2020", "<small>Month</small>",
		"<div class=\"q note\" id=\"q-read\">\n<p>read</p>",
		"Please do not write names or places.",
		"<p class=\"if\">Answer question 11 only if your answer to question 7 is more than 3."
		"</p>",
		"Please leave out names and places", "For the team:",
	};
	static const char *const never[] = {"<script", "http", "src=", "url(", "@import", "<link",
		"<img", "onload", "href"};
	struct shown s;
	struct err err;

	(void)state;
	show_begin(&s, sample());
	assert_int_equal(show_paper(&s.text, &s.show, &err), 0);
	for (size_t i = 0; i < COUNT(parts); i++)
		HOLDS(&s, parts[i]);
	for (size_t i = 0; i < COUNT(never); i++)
		LACKS(&s, never[i]);
	show_end(&s);
}

#define ONE(id, more) Q(id, "select_one", ",\"choices\":\"yn\",\"decline\":false" more)
#define IF(condition) ",\"relevant\":\"" condition "\""

/* Where to go stands behind the answer; what it decides has no sentence. */
static void test_paper_routing(void **state)
{
	struct shown s;
	struct err err;

	(void)state;
	show_begin(&s, parse(HEAD SECTION("first", "",
		ONE("a", "") "," ONE("b", IF("${a} = 'yes'")) "," ONE("c", IF("${a} = 'no'")) ","
		ONE("d", IF("${b} = 'yes'")) "," Q("e", "integer", "") ","
		ONE("f", IF("${e} + 1 > 3")) "," ONE("g", IF("${f} = 'yes'"))) "]}"));
	assert_int_equal(show_paper(&s.text, &s.show, &err), 0);
	HOLDS(&s, "<span class=\"t\">Yes</span></li>\n<li><span class=\"b\"></span>"
		"<span class=\"t\">No <span class=\"go\">→ go to question 3</span></span></li>");
	HOLDS(&s, "<span class=\"t\">Yes "
		"<span class=\"go\">→ go to question 4</span></span></li>\n<li>"
		"<span class=\"b\"></span><span class=\"t\">No "
		"<span class=\"go\">→ go to question 5</span></span></li>");
	HOLDS(&s, "<p class=\"then\">→ Then go to question 5.</p>");
	LACKS(&s, "Answer question 2 only");
	LACKS(&s, "Answer question 4 only");
	HOLDS(&s, "<p class=\"if\">Only for some people, depending on earlier answers (see 5). → "
		"Otherwise go to the end.</p>\n<h3><span class=\"n\">6</span>");
	HOLDS(&s, "<span class=\"go\">→ go to the end</span>");
	show_end(&s);
}

/* Choices that depend on an earlier answer stand under it. */
static void test_paper_filter(void **state)
{
	struct shown s;
	struct err err;

	(void)state;
	show_begin(&s, parse(HEAD SECTION("first", "",
		ONE("a", "") ",{\"id\":\"b\",\"type\":\"select_one\",\"label\":" T("Town")
		",\"choice_filter\":\"on = ${a}\",\"choices\":["
		"{\"value\":\"x\",\"label\":" T("Xtown")
		",\"filter\":{\"on\":\"yes\"}},{\"value\":\"y\",\"label\":" T("Ytown")
		",\"filter\":{\"on\":\"no\"}}]}") "]}"));
	assert_int_equal(show_paper(&s.text, &s.show, &err), 0);
	HOLDS(&s, "Choose one that stands under your answer to question 1.");
	HOLDS(&s, "<p class=\"g\">Yes</p>\n<ul class=\"ch\">\n<li><span class=\"b\"></span>"
		"<span class=\"t\">Xtown</span></li>\n</ul>\n<p class=\"g\">No</p>");
	show_end(&s);
}

static void test_paper_escaped(void **state)
{
	struct shown s;
	struct err err;

	(void)state;
	show_begin(&s, parse(HEAD SECTION("first", ",\"note\":" T("<b>&"),
		ONE("a", ",\"hint\":" T("1 < 2")) ","
		"{\"id\":\"b\",\"type\":\"select_one\",\"label\":"
		T("<script>alert('\\\"')</script>")
		",\"choices\":[{\"value\":\"x\",\"label\":" T("</style>") "}]},"
		Q("c", "integer", IF("${b} = 'x'")) ","
		Q("d", "text", IF("${b} = 'x' and ${a} = 'yes'") ",\"max_length\":5")) "]}"));
	assert_int_equal(show_paper(&s.text, &s.show, &err), 0);
	HOLDS(&s, "&lt;script&gt;alert(&#39;&quot;&#39;)&lt;/script&gt;");
	HOLDS(&s, "&lt;b&gt;&amp;");
	HOLDS(&s, "1 &lt; 2");
	HOLDS(&s, "<span class=\"t\">&lt;/style&gt;</span>");
	HOLDS(&s, "you answered “&lt;/style&gt;” to question 2");
	LACKS(&s, "<script");
	show_end(&s);
}

static void test_paper_right_to_left(void **state)
{
	struct shown s;
	struct err err;
	int ar;

	(void)state;
	show_begin(&s, shipped("covid-peer-experience"));
	ar = form_language(s.form, "ar");
	s.show.language = (size_t)ar;
	assert_int_equal(show_paper(&s.text, &s.show, &err), 0);
	HOLDS(&s, "<html lang=\"ar\" dir=\"rtl\">");
	HOLDS(&s, "← انتقلوا إلى السؤال 9");
	LACKS(&s, "→");
	LACKS(&s, "question");
	show_end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_outline),
		cmocka_unit_test(test_outline_lines),
		cmocka_unit_test(test_wrap),
		cmocka_unit_test(test_paper),
		cmocka_unit_test(test_paper_routing),
		cmocka_unit_test(test_paper_filter),
		cmocka_unit_test(test_paper_escaped),
		cmocka_unit_test(test_paper_right_to_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
