/*
 * test_page.c - the pages: every type of question, what was typed shown again and harmless, every
 * mistake where it belongs, right to left. Each page that is made is taken apart as HTML first.
 */
#include "forms/page.h"

#include "forms/html.h"
#include "forms/page_parts.h"
#include "tests/unit/forms/sample.h"

#include <ctype.h>
#include <stdbool.h>

#define NUMBER "0123456789abcdef0123456789abcdef"

/* --- taking HTML apart --- */

enum { DEPTH = 40, IDS = 4000, VALUE = 4096 };

struct tree {
	char open[DEPTH][16];
	size_t depth, tags;
	char *ids[IDS], *refs[IDS];
	size_t n_ids, n_refs;
	const char *fault;
};

static bool is_void(const char *name)
{
	static const char *const names[] = {"meta", "link", "input", "br"};

	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static void keep(char **list, size_t *n, const char *text, size_t length)
{
	assert_true(*n < IDS);
	list[(*n)++] = strndup(text, length);
}

/* Remember ids, and what refers to them. */
static void see_attribute(struct tree *t, const char *name, const char *value)
{
	if (strcmp(name, "id") == 0) {
		for (size_t i = 0; i < t->n_ids; i++)
			if (strcmp(t->ids[i], value) == 0)
				t->fault = "an id stands twice";
		if (strchr(value, ' ') != NULL || *value == '\0')
			t->fault = "an id with a blank";
		keep(t->ids, &t->n_ids, value, strlen(value));
	} else if (strcmp(name, "for") == 0) {
		keep(t->refs, &t->n_refs, value, strlen(value));
	} else if (strcmp(name, "href") == 0 && *value == '#') {
		keep(t->refs, &t->n_refs, value + 1, strlen(value) - 1);
	} else if (strcmp(name, "aria-describedby") == 0 || strcmp(name, "aria-labelledby") == 0) {
		for (const char *s = value; *s != '\0'; s += strspn(s, " ")) {
			size_t n = strcspn(s, " ");

			keep(t->refs, &t->n_refs, s, n);
			s += n;
		}
	} else if (strncmp(name, "on", 2) == 0 || strcmp(name, "style") == 0) {
		t->fault = "an attribute that the page's policy forbids";
	}
}

/* The attributes of a tag: name, or name="value". Returns what stands behind. */
static const char *read_attributes(struct tree *t, const char *s)
{
	char name[64], value[VALUE];

	while (isspace((unsigned char)*s)) {
		size_t n;

		s += strspn(s, " \n");
		n = strspn(s, "abcdefghijklmnopqrstuvwxyz-");
		if (n == 0 || n >= sizeof name) {
			t->fault = "an attribute without a name";
			return s;
		}
		memcpy(name, s, n);
		name[n] = '\0';
		s += n;
		value[0] = '\0';
		if (*s == '=') {
			n = s[1] == '"' ? strcspn(s + 2, "\"<>") : VALUE;
			if (n >= VALUE || s[2 + n] != '"') {
				t->fault = "an attribute that is not quoted";
				return s;
			}
			memcpy(value, s + 2, n);
			value[n] = '\0';
			s += n + 3;
		}
		see_attribute(t, name, value);
	}
	return s;
}

/* The page's own script and its data are the only ones; returns where the data ends. */
static const char *read_script(struct tree *t, const char *tag, const char *s)
{
	static const char data[] = "script type=\"application/json\" id=\"about\">";
	static const char own[] = "script src=\"/script.js\" integrity=\"sha256-";

	if (strncmp(tag, data, sizeof data - 1) != 0 && strncmp(tag, own, sizeof own - 1) != 0)
		t->fault = "a script";
	return *s == '>' ? s + strcspn(s, "<") - 1 : s;
}

static const char *read_tag(struct tree *t, const char *s)
{
	const char *tag = s;
	bool end = *s == '/';
	char name[16];
	size_t n;

	s += end;
	n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789");
	if (n == 0 || n >= sizeof name) {
		t->fault = "a tag without a name";
		return s;
	}
	memcpy(name, s, n);
	name[n] = '\0';
	t->tags++;
	s = end ? s + n : read_attributes(t, s + n);
	if (*s != '>' && t->fault == NULL)
		t->fault = "a tag that does not end";
	if (strcmp(name, "script") == 0 && !end)
		s = read_script(t, tag, s);
	if (end) {
		if (t->depth == 0 || strcmp(t->open[--t->depth], name) != 0)
			t->fault = "tags that do not match";
	} else if (!is_void(name)) {
		assert_true(t->depth < DEPTH);
		strcpy(t->open[t->depth++], name);
	}
	return s;
}

static void check_refs(struct tree *t)
{
	for (size_t i = 0; i < t->n_refs; i++) {
		bool found = false;

		for (size_t k = 0; k < t->n_ids; k++)
			found |= strcmp(t->refs[i], t->ids[k]) == 0;
		if (!found)
			fail_msg("nothing has the id \"%s\"", t->refs[i]);
	}
}

/* How many tags a page has; fails where it is not well-formed. */
static size_t take_apart(const struct buf *page)
{
	struct tree t = {0};
	const char *s = page->data + strlen("<!DOCTYPE html>");

	assert_false(page->failed);
	assert_int_equal(strncmp(page->data, "<!DOCTYPE html>", 15), 0);
	assert_int_equal(strlen(page->data), page->len);
	while (*s != '\0' && t.fault == NULL) {
		if (*s == '<')
			s = read_tag(&t, s + 1);
		else if (*s == '&' && strncmp(s, "&amp;", 5) && strncmp(s, "&lt;", 4) &&
		         strncmp(s, "&gt;", 4) && strncmp(s, "&quot;", 6) && strncmp(s, "&#39;", 5))
			t.fault = "a bare ampersand";
		if (*s != '\0')
			s++;
	}
	if (t.fault != NULL)
		fail_msg("%s before: %.80s", t.fault, s);
	assert_int_equal(t.depth, 0);
	check_refs(&t);
	for (size_t i = 0; i < t.n_ids; i++)
		free(t.ids[i]);
	for (size_t i = 0; i < t.n_refs; i++)
		free(t.refs[i]);
	return t.tags;
}

/* --- pages --- */

struct bench {
	struct form *form;
	struct words *words;
	struct page_site site;
	struct page page;
};

/* The sample with Arabic instead of French, or as it is. */
static void bench_init(struct bench *b, const char *second)
{
	struct buf json = {0};
	struct findings findings = {0};
	struct err err;

	*b = (struct bench){.words = words_create(words_page)};
	assert_non_null(b->words);
	for (const char *s = SAMPLE; *s != '\0'; s++) {
		if (strncmp(s, "\"fr\"", 4) == 0) {
			buf_printf(&json, "\"%s\"", second);
			s += 3;
		} else {
			buf_putc(&json, *s);
		}
	}
	if (form_parse(&b->form, json.data, json.len, &findings, &err) != 0)
		fail_msg("%s", err.msg);
	findings_finish(&findings);
	buf_finish(&json);
	b->site = (struct page_site){.form = b->form, .words = b->words, .custodians = 3, .quorum = 2};
	b->page = (struct page){.site = &b->site, .number = NUMBER};
}

static void bench_finish(struct bench *b)
{
	form_free(b->form);
	words_free(b->words);
}

static bool holds(const struct buf *page, const char *text)
{
	return strstr(page->data, text) != NULL;
}

#define HOLDS(page, text)                                                                  \
	do {                                                                               \
		if (!holds(page, text))                                                    \
			fail_msg("the page lacks: %s", text);                              \
	} while (0)

static const char *const empty_form[] = {
	"<html lang=\"en\" dir=\"ltr\">",
	"<title>Survey</title>",
	"<form id=\"form\" method=\"post\" novalidate action=\"/en\"",
	"name=\"page.number\" value=\"" NUMBER "\"",
	"name=\"page.email\" tabindex=\"-1\"",
	"<input type=\"checkbox\" name=\"page.consent\" value=\"yes\" id=\"consent\">",
	"Only 2 of 3 key holders",
	"href=\"/fr\"",
	/* select one */
	"<input type=\"radio\" name=\"well\" value=\"yes\" id=\"q-well-yes\"><label for=\"q-well-yes\">Yes",
	"<input type=\"radio\" name=\"well\" value=\"declined\" id=\"q-well-declined\">",
	/* select many, other, exclusive */
	"<input type=\"checkbox\" name=\"used\" value=\"a\" id=\"q-used-a\">",
	"<input class=\"ot\" id=\"o-used\" name=\"used/other\" value=\"\"",
	"<div class=\"o x\"><input type=\"checkbox\" name=\"used\" value=\"none\"",
	/* matrix */
	"<fieldset class=\"row\" id=\"q-access-nsp\">",
	"<div class=\"mx mx4\">",
	"<input type=\"radio\" name=\"access/nsp\" value=\"declined\" id=\"q-access-nsp-declined\">",
	/* scale */
	"<p class=\"ends\"><span>0 = Low</span> <span>10 = High</span></p>",
	"<input type=\"radio\" name=\"happy\" value=\"10\" id=\"q-happy-10\">",
	/* ranking */
	"<label for=\"i-best\">First</label><select id=\"i-best\" name=\"best\"",
	"<label for=\"i-best-2\">Second</label><select id=\"i-best-2\" name=\"best\"",
	/* numbers */
	"<input class=\"n\" id=\"i-days\" name=\"days\" inputmode=\"numeric\" value=\"\"",
	"Write a whole number from 0 to 31.",
	"<input type=\"checkbox\" name=\"days\" value=\"declined\" id=\"q-days-declined\">",
	"name=\"hours\" inputmode=\"decimal\"",
	/* texts */
	"<input id=\"i-word\" name=\"word\" dir=\"auto\" autocomplete=\"off\" value=\"\"",
	"<textarea id=\"i-say\" name=\"say\" rows=\"5\" dir=\"auto\"",
	"At most 20 characters.",
	/* date */
	"<select id=\"i-since\" name=\"since.year\">",
	"<option value=\"2020\">2020</option>",
	"<select id=\"i-since-month\" name=\"since.month\">",
	"<option value=\"04\">April</option>",
	/* country, by name, with "no answer" and the option to decline */
	"<select id=\"i-country\" name=\"country\"",
	"<option value=\"AF\">Afghanistan</option>",
	"<option value=\"declined\">Prefer not to say</option>",
	/* note and condition */
	"<div class=\"q note\" id=\"q-read\">",
	"Only if you answered “A” to “used”.",
	"Only if your answer to “days” is more than 3.",
};

static void test_empty_form(void **state)
{
	struct buf out = {0};
	struct bench b;

	(void)state;
	bench_init(&b, "fr");
	page_form(&out, &b.page);
	take_apart(&out);
	for (size_t i = 0; i < COUNT(empty_form); i++)
		HOLDS(&out, empty_form[i]);
	assert_false(holds(&out, "errors-title"));
	assert_false(holds(&out, " checked"));
	assert_false(holds(&out, "aria-invalid"));
	buf_finish(&out);
	bench_finish(&b);
}

static const char *const typed[] = {"country", "DE", "well", "no", "+used", "a", "+used", "other",
	"used/other", "kha&t", "access/nsp", "b", "access/oat", "declined", "happy", "7", "+best", "c",
	"+best", "a", "days", "32", "hours", "0.5", "since", "2020-04", "word", "too long", "say",
	"\nline\r\n\"two\"", NULL};
static const char *const shown_again[] = {
	"<option value=\"DE\" selected>",
	"value=\"no\" id=\"q-well-no\" checked>",
	"value=\"a\" id=\"q-used-a\" checked>",
	"name=\"used/other\" value=\"kha&amp;t\"",
	"id=\"q-access-nsp-b\" checked>",
	"id=\"q-access-oat-declined\" checked>",
	"id=\"q-happy-7\" checked>",
	"<option value=\"c\" selected>",
	"<option value=\"a\" selected>",
	"inputmode=\"numeric\" value=\"32\"",
	"inputmode=\"decimal\" value=\"0.5\"",
	"<option value=\"2020\" selected>",
	"<option value=\"04\" selected>",
	"name=\"word\" dir=\"auto\" autocomplete=\"off\" value=\"too long\"",
	">\nline\n&quot;two&quot;</textarea>",
	"name=\"page.consent\" value=\"yes\" id=\"consent\" checked>",
	/* the two mistakes, in the summary and beside */
	"<title>Please check: Survey</title>",
	"<a href=\"#i-days\"><b>days</b> The number must be 31 or less.</a>",
	"<a href=\"#i-word\"><b>word</b> This text is too long: at most 5 characters fit.",
	"<div class=\"error\" id=\"e-days\"><p><b>Mistake:</b> The number must be 31 or less.</p></div>",
	"aria-describedby=\"h-days e-days\" aria-invalid=\"true\"",
	"<div class=\"q bad\" id=\"q-days\">",
};

static void test_shown_again(void **state)
{
	struct accept_report report = {0};
	struct answers *a = given(typed);
	struct buf out = {0};
	struct bench b;
	struct err err;

	(void)state;
	bench_init(&b, "fr");
	assert_int_equal(accept_answers(a, b.form, &report, &err), 1);
	assert_int_equal(report.n, 2);
	b.page.answers = a;
	b.page.report = &report;
	b.page.consent = true;
	page_form(&out, &b.page);
	take_apart(&out);
	for (size_t i = 0; i < COUNT(shown_again); i++)
		HOLDS(&out, shown_again[i]);
	accept_report_finish(&report);
	answers_free(a);
	buf_finish(&out);
	bench_finish(&b);
}

/* Whatever the mistake, there is a sentence for it, and its link goes somewhere. */
static void test_every_fault(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b, "fr");
	for (int fault = ACCEPT_UNKNOWN_CHOICE; fault < ACCEPT_FAULTS; fault++) {
		for (size_t i = 0; i < b.form->n_questions; i++) {
			const struct form_question *q = &b.form->questions[i];
			struct accept_finding found[] = {{(enum accept_fault)fault, q, NULL},
				{(enum accept_fault)fault, q, q->rows}};
			struct accept_report report = {found, q->n_rows > 0 ? 2 : 1, 2};
			struct buf out = {0};

			if (q->type == FORM_NOTE)
				continue;
			b.page.report = &report;
			page_form(&out, &b.page);
			take_apart(&out);
			HOLDS(&out, "<div class=\"error\" id=\"e-");
			buf_finish(&out);
		}
	}
	b.page.report = NULL;
	bench_finish(&b);
}

static void test_consent_and_decoy(void **state)
{
	struct buf out = {0};
	struct bench b;

	(void)state;
	bench_init(&b, "fr");
	b.page.consent_missing = true;
	b.page.decoy = true;
	page_form(&out, &b.page);
	take_apart(&out);
	HOLDS(&out, "<a href=\"#consent\">Please tick the box");
	HOLDS(&out, "aria-invalid=\"true\" aria-describedby=\"e-consent\"");
	HOLDS(&out, "A hidden field that people leave empty was filled in.");
	buf_finish(&out);
	bench_finish(&b);
}

/* What people could type to do harm. The page must have the same tags as with plain text. */
static const char *const hostile[] = {
	"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg onload=alert(1)>",
	"</textarea><b>", "&lt;b&gt;", "&#60;b&#62;", "\" autofocus onfocus=\"x", "javascript:alert(1)",
	"<!--", "-->", "]]>", "\xE2\x80\xAE<b>", "\xE2\x80\x8F\xE2\x81\xA7", "\xF0\x9F\x98\x80",
	"a\x01\x02\x1F", "\x7F\xC2\x80", "\xFF\xFE", "\xC0\xBC" "b>", "\xED\xA0\x80", "\xF0\x9F\x98",
	"{max}{n}", "%s%n", "a\tb", "\n\n<p>",
};

static void test_hostile(void **state)
{
	const char *pairs[] = {"well", "no", "+used", "other", "used/other", "plain", "days", "plain",
		"hours", "plain", "word", "plain", "say", "plain", NULL};
	size_t tags = 0;
	struct bench b;

	(void)state;
	bench_init(&b, "fr");
	for (size_t i = 0; i <= COUNT(hostile); i++) {
		struct buf out = {0};
		struct answers *a;
		size_t n;

		for (size_t k = 0; i > 0 && k < COUNT(pairs) - 1; k += 2)
			if (strcmp(pairs[k], "well") != 0 && pairs[k][0] != '+')
				pairs[k + 1] = hostile[i - 1];
		a = given(pairs);
		b.page.answers = a;
		page_form(&out, &b.page);
		n = take_apart(&out);
		if (i == 0)
			tags = n;
		else if (n != tags)
			fail_msg("it became markup: %s", hostile[i - 1]);
		assert_false(holds(&out, "\x01"));
		assert_false(holds(&out, "\xFF"));
		answers_free(a);
		buf_finish(&out);
	}
	bench_finish(&b);
}

static void test_hostile_code(void **state)
{
	size_t tags = 0;
	struct bench b;

	(void)state;
	bench_init(&b, "fr");
	for (size_t i = 0; i <= COUNT(hostile); i++) {
		struct buf out = {0};
		size_t n;

		page_withdraw(&out, &b.page, PAGE_WITHDRAW_MALFORMED, i ? hostile[i - 1] : "plain");
		n = take_apart(&out);
		if (i == 0)
			tags = n;
		assert_int_equal(n, tags);
		buf_finish(&out);
	}
	bench_finish(&b);
}

static void test_right_to_left(void **state)
{
	struct buf out = {0};
	struct bench b;

	(void)state;
	bench_init(&b, "ar");
	b.page.language = 1;
	page_form(&out, &b.page);
	take_apart(&out);
	HOLDS(&out, "<html lang=\"ar\" dir=\"rtl\">");
	HOLDS(&out, "action=\"/ar\"");
	HOLDS(&out, "<a lang=\"en\" hreflang=\"en\" dir=\"ltr\" href=\"/en\">English</a>");
	HOLDS(&out, "dir=\"rtl\" aria-current=\"true\" href=\"/ar\">العربية</a>");
	assert_false(holds(&out, "Prefer not to say"));
	buf_finish(&out);
	bench_finish(&b);
}

static const struct {
	const char *expression, *sentence;
} conditions[] = {
	{"${well} = 'yes'", "Only if you answered “Yes” to “well”."},
	{"'yes' = ${well}", "Only if you answered “Yes” to “well”."},
	{"selected(${used}, 'none')", "Only if you answered “None” to “used”."},
	{"${well} = 'yes' or ${well} = 'no'", "Only if you answered “Yes” or “No” to “well”."},
	{"${well} = 'declined'", "Only if you answered “Prefer not to say” to “well”."},
	{"not(${well} = 'yes')", "Only if you did not answer “Yes” to “well”."},
	{"${well} != 'yes'", "Only if you did not answer “Yes” to “well”."},
	{"${word} != ''", "Only if you answered “word”."},
	{"${access/nsp} = 'a'", "Only if you answered “A” to “access – NSP”."},
	{"${days} >= 3", "Only if your answer to “days” is 3 or more."},
	{"3 < ${days}", "Only if your answer to “days” is more than 3."},
	{"${days} < 2.5", "Only if your answer to “days” is less than 2.5."},
	{"${happy} <= 4", "Only if your answer to “happy” is 4 or less."},
	{"${well} = 'yes' and selected(${used}, 'a')",
	 "Only if you answered “Yes” to “well” and you answered “A” to “used”."},
	{"${well} = 'yes' or ${days} > 1",
	 "Only if you answered “Yes” to “well” or your answer to “days” is more than 1."},
	{"(${well} = 'yes' or ${well} = 'no') and ${days} > 1",
	 "Only if you answered “Yes” or “No” to “well” and your answer to “days” is more than 1."},
	/* no simple sentence */
	{"(${well} = 'yes' and ${days} > 1) or ${days} > 3", ""},
	{"(${well} = 'yes' or ${days} > 1) and ${days} > 3", ""},
	{"${days} + 1 > 3", ""},
	{"${well} = 'nonsense'", ""},
	{"count-selected(${used}) > 1", "Only if you ticked 2 or more answers to “used”."},
	{"not(${well} = 'yes' or ${well} = 'no')", "Only if you did not answer “Yes” or “No” to “well”."},
	{"${access/nsp} = 'a' or ${access/oat} = 'a'",
	 "Only if you answered “A” in at least one line of “access”."},
	{"${days} > 1 and ${days} > 2 and ${days} > 3 and ${days} > 4", ""},
};

static void test_conditions(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b, "fr");
	for (size_t i = 0; i < COUNT(conditions); i++) {
		struct expression *e = NULL;
		struct buf out = {0}, wanted = {0};
		struct err err;

		assert_int_equal(expression_parse(&e, conditions[i].expression, EXPRESSION_CONDITION,
			&err), 0);
		buf_printf(&wanted, "<p class=\"if\">%s</p>\n", *conditions[i].sentence != '\0'
			? conditions[i].sentence : "Only for some people, depending on earlier "
			"answers. Leave it empty if it does not fit.");
		page_condition(&out, &b.page, e);
		assert_string_equal(out.data, wanted.data);
		expression_free(e);
		buf_finish(&out);
		buf_finish(&wanted);
	}
	bench_finish(&b);
}

static void test_preview_and_demonstration(void **state)
{
	struct buf out = {0};
	struct bench b;

	(void)state;
	bench_init(&b, "fr");
	b.page.number = NULL;
	b.site.custodians = 0;
	b.form->frozen.demonstration = true;
	page_form(&out, &b.page);
	take_apart(&out);
	HOLDS(&out, "Nothing can be sent from this page.");
	HOLDS(&out, "Demonstration.");
	assert_false(holds(&out, "<button"));
	assert_false(holds(&out, "page.number"));
	assert_false(holds(&out, "key holders"));
	buf_finish(&out);
	bench_finish(&b);
}

/* The notice says how this study is set up, and nothing else. */
static const struct {
	bool keep_country, text_region, sealing;
	unsigned custodians, quorum;
	const char *says[4], *never[4];
} notices[] = {
	{false, false, false, 3, 2,
	 {"Of your country we keep only the part of the world", "stored by itself, apart from",
	  "3 people hold a key, and 2 of them", "sees them for a moment when they arrive"},
	 {"Your country is kept", "together only with the part", "kind-sealed", "locked on this device"}},
	{true, true, true, 5, 4,
	 {"Your country is kept with your answers", "together only with the part of the world",
	  "<span class=\"kind-sealed\" hidden>Your answers are locked on this device",
	  "<p class=\"kind-sealed\" hidden>"},
	 {"we keep only the part of the world", "stored by itself", "3 people", NULL}},
	{false, false, false, 0, 0,
	 {"<p class=\"kind-plain\">", "evidence that you took part", NULL, NULL},
	 {"key holders", "hold a key", NULL, NULL}},
};

static void test_promise(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(notices); i++) {
		struct buf out = {0};
		struct bench b;

		bench_init(&b, "fr");
		b.form->frozen.keep_country = notices[i].keep_country;
		b.form->frozen.text_region = notices[i].text_region;
		b.site.sealing = notices[i].sealing;
		b.site.custodians = notices[i].custodians;
		b.site.quorum = notices[i].quorum;
		page_form(&out, &b.page);
		take_apart(&out);
		for (size_t k = 0; k < 4; k++) {
			if (notices[i].says[k] != NULL)
				HOLDS(&out, notices[i].says[k]);
			if (notices[i].never[k] != NULL && holds(&out, notices[i].never[k]))
				fail_msg("%zu: it says: %s", i, notices[i].never[k]);
		}
		buf_finish(&out);
		bench_finish(&b);
	}
}

/* The tab's title and the page to flee to are the study's. */
static void test_study_settings(void **state)
{
	char en[] = "en", fr[] = "fr", recipes[] = "Recipes <1>", quoi[] = "Recettes",
	     address[] = "https://example.org/?a&b";
	struct study_text titles[] = {{en, recipes}, {fr, quoi}, {NULL, NULL}};
	struct study study = {.tab_title = titles, .quick_exit = address};
	struct buf out = {0};
	struct bench b;

	(void)state;
	bench_init(&b, "fr");
	b.site.study = &study;
	page_form(&out, &b.page);
	take_apart(&out);
	HOLDS(&out, "<title>Recipes &lt;1&gt;</title>");
	HOLDS(&out, "<a id=\"exit\" rel=\"noreferrer\" href=\"https://example.org/?a&amp;b\"");
	buf_clear(&out);
	b.page.language = 1;
	b.page.consent_missing = true;
	page_form(&out, &b.page);
	HOLDS(&out, "<title>À vérifier : Recettes</title>");
	buf_clear(&out);
	study = (struct study){0};
	page_closed(&out, &b.page);
	HOLDS(&out, "href=\"https://www.wikipedia.org/\"");
	HOLDS(&out, "<title>Enquête</title>");
	buf_finish(&out);
	bench_finish(&b);
}

/* A condition that the style sheet says is marked as one that it may hide; another stays. */
static void test_relevance(void **state)
{
	struct relevance_css *css;
	struct buf out = {0};
	struct bench b;
	struct err err;

	(void)state;
	bench_init(&b, "fr");
	assert_int_equal(relevance_css_create(&css, b.form, &err), 0);
	b.site.relevance = css;
	page_form(&out, &b.page);
	take_apart(&out);
	HOLDS(&out, "<p class=\"if\">Only if you answered “A” to “used”.</p>");
	HOLDS(&out, "<p class=\"if s\">Only if your answer to “days” is more than 3.</p>");
	relevance_css_free(css);
	buf_finish(&out);
	bench_finish(&b);
}

static void test_notices(void **state)
{
	static const unsigned statuses[] = {400, 404, 405, 411, 413, 415, 422, 500, 503};
	struct buf out = {0};
	struct bench b;

	(void)state;
	bench_init(&b, "ar");
	for (b.page.language = 0; b.page.language < 2; b.page.language++) {
		for (size_t i = 0; i < COUNT(statuses); i++) {
			buf_clear(&out);
			page_error(&out, &b.page, statuses[i]);
			take_apart(&out);
		}
		for (int i = PAGE_WITHDRAW_ASK; i <= PAGE_WITHDRAW_DONE; i++) {
			buf_clear(&out);
			page_withdraw(&out, &b.page, (enum page_withdrawal)i, NULL);
			take_apart(&out);
		}
		buf_clear(&out);
		page_closed(&out, &b.page);
		take_apart(&out);
	}
	b.page.language = 0;
	buf_clear(&out);
	page_thanks(&out, &b.page, NUMBER);
	take_apart(&out);
	HOLDS(&out, "a receipt is evidence that you took part");
	HOLDS(&out, "<input type=\"hidden\" name=\"page.receipt\" value=\"" NUMBER "\">");
	buf_clear(&out);
	page_receipt(&out, &b.page, NUMBER);
	take_apart(&out);
	HOLDS(&out, "0123 4567 89ab cdef 0123 4567 89ab cdef");
	HOLDS(&out, "This is evidence that you took part.");
	buf_finish(&out);
	bench_finish(&b);
}

static void test_html(void **state)
{
	static const struct {
		const char *text, *html;
	} texts[] = {
		{"plain", "plain"},
		{"<a href=\"x\">'&'</a>", "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;"},
		{"a\x01" "b", "a\xEF\xBF\xBD" "b"},
		{"a\xFF" "b", "a\xEF\xBF\xBD" "b"},
		{"a\nb\tc", "a\nb\tc"},
		{"\xD8\xA7\xF0\x9F\x98\x80", "\xD8\xA7\xF0\x9F\x98\x80"},
	};
	struct buf out = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		buf_clear(&out);
		html_text(&out, texts[i].text);
		assert_string_equal(out.data, texts[i].html);
	}
	buf_clear(&out);
	html_paragraphs(&out, "one\ntwo\n\n\nthree & four", "x");
	assert_string_equal(out.data, "<p class=\"x\">one<br>two</p>\n<p class=\"x\">three &amp; four</p>\n");
	buf_finish(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty_form),
		cmocka_unit_test(test_shown_again),
		cmocka_unit_test(test_every_fault),
		cmocka_unit_test(test_consent_and_decoy),
		cmocka_unit_test(test_hostile),
		cmocka_unit_test(test_hostile_code),
		cmocka_unit_test(test_right_to_left),
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_preview_and_demonstration),
		cmocka_unit_test(test_promise),
		cmocka_unit_test(test_study_settings),
		cmocka_unit_test(test_relevance),
		cmocka_unit_test(test_notices),
		cmocka_unit_test(test_html),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
