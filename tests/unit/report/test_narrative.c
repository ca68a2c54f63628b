/* test_narrative.c - narratives become documents; what is wrong is said with its line. */
#include "report/narrative.h"

#include "report/narrative_callout.h"
#include "report/narrative_read.h"
#include "tests/unit/report/narrative.h"
#include "tests/unit/report/sample.h"

#define FORM SOURCE "/forms/library/covid-peer-experience.json"

/* A narrative, and the document that it becomes or the message. */
struct story {
	const char *label, *language, *markdown, *expected;
};

static struct release_slot *slot(struct release *r, const char *question, const char *row,
                                 enum release_measure m, size_t group)
{
	const struct release_table *t = release_table(r, question, row, m);

	assert_non_null(t);
	return (struct release_slot *)release_slot(t, group);
}

static void set(struct release_slot *s, long base, long a, long b)
{
	assert_non_null(s);
	s->base = base;
	s->counts[0] = a;
	s->counts[1] = b;
}

/* Figures that the cases can name: covid_test's answers are yes, not_wanted, .... */
static void known_figures(struct release *r, long yes)
{
	set(slot(r, "covid_test", NULL, RELEASE_CHOICE, 0), 1616, yes, RELEASE_SUPPRESSED);
	set(slot(r, "covid_test", NULL, RELEASE_CHOICE, 7), 380, 271, 80);
	slot(r, "covid_test", NULL, RELEASE_CHOICE, 0)->declined = 12;
	slot(r, "covid_test", NULL, RELEASE_CHOICE, 0)->blank = RELEASE_SUPPRESSED;
	slot(r, "covid_test", NULL, RELEASE_CHOICE, 0)->not_asked = 0;
	set(slot(r, "services", "naloxone", RELEASE_CHOICE, 0), 1000, 712, 100);
	set(slot(r, "priorities", NULL, RELEASE_FIRST, 0), 1000, 300, 100);
	set(slot(r, "priorities", NULL, RELEASE_RANKED, 0), 1000, 600, 100);
	slot(r, "needs_met", NULL, RELEASE_SCALE, 0)->mean = 6.31;
	slot(r, "needs_met", NULL, RELEASE_SCALE, 0)->median = 7;
	slot(r, "services_comment", NULL, RELEASE_WRITTEN, 0)->counts[0] = 345;
}

static void build(struct buf *out, const struct edition *e, const struct story *c,
                  struct findings *findings)
{
	struct document *d;
	struct err err;

	assert_int_equal(document_create(&d, e, &err), 0);
	buf_puts(out, "");
	if (narrative_build(d, c->markdown, strlen(c->markdown), "a.md", findings, &err)) {
		assert_int_equal(err.code, ERR_INPUT);
		buf_puts(out, err.msg);
	} else {
		narrative_dump(out, d->first, 0);
	}
	assert_false(out->failed);
	document_free(d);
}

static void run(const struct story *cases, size_t n, bool with_previous)
{
	for (size_t i = 0; i < n; i++) {
		struct findings findings = { 0 };
		struct release *before;
		struct buf out = { 0 };
		struct sample s;

		sample_start(&s, FORM, cases[i].language, 0);
		known_figures(s.release, 1199);
		before = sample_release(s.form, false);
		known_figures(before, 1150);
		if (with_previous) {
			s.edition.previous = before;
			s.edition.previous_form = s.form;
		}
		build(&out, &s.edition, &cases[i], &findings);
		if (strcmp(out.data, cases[i].expected))
			fail_msg("%s:\n%s\nis not\n%s", cases[i].label, out.data,
			         cases[i].expected);
		findings_finish(&findings);
		buf_finish(&out);
		release_free(before);
		sample_stop(&s);
	}
}

static void test_blocks(void **state)
{
	static const struct story cases[] = {
		{ "chapter, headings, paragraphs", "en",
		  "# One\n\nFirst\nwords.\n\nMore.\n\n## Two\n\nx\n\n### Three\n\ny\n\n# "
		  "Four\n\nz\n",
		  "section 1 One\n  paragraph lead First words.\n  paragraph More.\n"
		  "  section 2 Two\n    paragraph x\n    section 3 Three\n      paragraph y\n"
		  "section 1 Four\n  paragraph lead z\n" },
		{ "lists and quotations", "en",
		  "# A\n\n- one\n- two\n\n1. x\n\n   y\n   - z\n\n> q **s** _e_\n",
		  "section 1 A\n  list\n    item\n      paragraph one\n    item\n"
		  "      paragraph two\n  list ordered\n    item\n      paragraph x\n"
		  "      paragraph y\n      list\n        item\n          paragraph z\n"
		  "  quote\n    paragraph q *s* _e_\n" },
		{ "links", "en", "# A\n\n[a **b**](https://example.org/x) <mailto:a@example.org>",
		  "section 1 A\n  paragraph lead <https://example.org/x a ><https://example.org/x "
		  "*b*> <mailto:a@example.org mailto:a@example.org>\n" },
		{ "characters by name, escapes, a mark of byte order", "en",
		  "\xef\xbb\xbf# A & B\n\n&lt;&amp;&#169;&#x20AC;\\*x\\* a < b",
		  "section 1 A & B\n  paragraph lead <&©€*x* a < b\n" },
		{ "a note in the margin", "en", "# A\n\nx\n\n{{side}} Beside **it**.\n",
		  "section 1 A\n  paragraph lead x\n  side Beside *it*.\n" },
		{ "charts and tables in one paragraph", "en",
		  "# A\n\n{{chart access.services by region as dots}}\n{{table covid_test by "
		  "language}}"
		  "\n\n{{chart services.naloxone}}\n",
		  "section 1 A\n  figure\n  table\n  figure\n" },
		{ "call-outs", "en",
		  "# A\n\n{{callout covid_test.yes}} went\nfor a test\n{{callout covid_test.yes "
		  "percent}} b\n\n{{callout covid_test.yes in fr}} c\n",
		  "section 1 A\n  callout (3 in 4) went for a test\n"
		  "    note 74.2% of the 1,616 people who answered\n  callout (74.2%) b\n"
		  "    note 74.2% of the 1,616 people who answered\n  callout (7 in 10) c\n"
		  "    note 71.3% of the 380 people who answered; Français\n" },
		{ "spaces that do not break", "en",
		  "# A\n\n\u00a0{{chart\u202fservices\u00a0by\u2007region}}\u00a0\n\u00a0{{table "
		  "services}}\n\nx{{\u00a0note\u00a0words\u00a0}} {braces}\n",
		  "section 1 A\n  figure\n  table\n  paragraph x^{words} {braces}\n" },
		{ "who said a quotation", "en",
		  "# A\n\n> words\n> more\n> — A *woman*, 34\n\n> a\n>\n> – x\n\n> — How?\n> — "
		  "Well.\n\n> — alone\n\n> a\n> — b\n> c\n",
		  "section 1 A\n  quote\n    paragraph words more\n    paragraph speaker — A "
		  "_woman_, 34\n  quote\n    paragraph a\n    paragraph speaker – x\n  quote\n"
		  "    paragraph — How? — Well.\n  quote\n    paragraph — alone\n  quote\n"
		  "    paragraph a — b c\n" },
		{ "line breaks", "en", "# A\n\none  \ntwo\\\nthree\nfour\n",
		  "section 1 A\n  paragraph lead one\ntwo\nthree four\n" },
		{ "notes that meet", "en", "# A\n\nx{{note a}}{{note b}}\n{{note c}} y\n",
		  "section 1 A\n  paragraph lead x^{a}^{b}^{c} y\n" },
		{ "a call-out of a ranking", "en",
		  "# A\n\n{{callout priorities.take_home}} x\n\n{{callout priorities.take_home "
		  "first}} y",
		  "section 1 A\n  callout (3 in 5) x\n    note 60.0% of the 1,000 people who answered\n"
		  "  callout (3 in 10) y\n    note 30.0% of the 1,000 people who answered\n" },
		{ "a call-out that is not published", "en",
		  "# A\n\n{{callout covid_test.not_wanted}} x",
		  "section 1 A\n  callout (not published) x\n" },
	};

	(void)state;
	run(cases, COUNT(cases), false);
}

static void test_values(void **state)
{
	static const struct story cases[] = {
		{ "percent", "en",
		  "# A\n\nx {{number covid_test.yes}}, {{number covid.covid_test.yes "
		  "percent}}",
		  "section 1 A\n  paragraph lead x 74.2%, 74.2%\n" },
		{ "count and base", "en",
		  "# A\n\n{{number covid_test.yes count}} of {{number "
		  "covid_test base}}, {{number covid_test declined}}, "
		  "{{number covid_test not_asked}}",
		  "section 1 A\n  paragraph lead 1,199 of 1,616, 12, 0\n" },
		{ "a group", "en",
		  "# A\n\n{{number covid_test.yes in fr}} {{number covid_test.yes "
		  "in fr count}} {{number people in 150}} {{number people in fr}}",
		  "section 1 A\n  paragraph lead 71.3% 271 853 390\n" },
		{ "a ranking", "en",
		  "# A\n\n{{number priorities.take_home}} {{number "
		  "priorities.take_home first}}",
		  "section 1 A\n  paragraph lead 60.0% 30.0%\n" },
		{ "a breakdown that is not there", "en", "# A\n\n{{number covid_test.yes in 150}}",
		  "section 1 A\n  paragraph lead not published\n" },
		{ "mean and median", "en",
		  "# A\n\n{{number needs_met mean}} {{number needs_met "
		  "median}}",
		  "section 1 A\n  paragraph lead 6.31 7\n" },
		{ "a matrix", "en",
		  "# A\n\n{{number services.naloxone base}} {{number "
		  "services.naloxone.no_access}}",
		  "section 1 A\n  paragraph lead 1,000 71.2%\n" },
		{ "own words", "en", "# A\n\n{{number services_comment.written count}}",
		  "section 1 A\n  paragraph lead 345\n" },
		{ "within words", "en",
		  "# A\n\n**{{number covid_test.yes}}** said\n{{cited 45 %}} x",
		  "section 1 A\n  paragraph lead *74.2%* said 45 % x\n" },
		{ "a footnote", "en",
		  "# A\n\nWords {{note See {{number covid_test.yes}} &\n{{cited 4%}}.}} go "
		  "on{{note b}}{{note c}}.",
		  "section 1 A\n  paragraph lead Words^{See 74.2% & 4%.} go on^{b}^{c}.\n" },
		{ "names", "en",
		  "# {{title access}}\n\n{{label covid_test.yes}} {{group 150}} "
		  "{{group fr}}",
		  "section 1 Access to health and harm reduction services\n"
		  "  paragraph lead Yes Europe [fr:Français]\n" },
		{ "not published", "en", "# A\n\nx {{number covid_test blank}}",
		  "section 1 A\n  paragraph lead x not published\n" },
		{ "no percentages", "en", "# A\n\n45, 2020: % of {{number people}} in 3 regions",
		  "section 1 A\n  paragraph lead 45, 2020: % of 1,642 in 3 regions\n" },
	};

	(void)state;
	run(cases, COUNT(cases), false);
}

/* As the language writes numbers: no-break spaces, signs, marks of direction. */
static void test_languages(void **state)
{
	static const struct story cases[] = {
		{ "French", "fr", "# A\n\n{{number covid_test.yes}} {{number covid_test base}}\n\n"
		                  "{{callout covid_test.yes}} x",
		  "section 1 A\n  paragraph lead 74,2\u00a0% 1\u202f616\n  callout (3 sur 4) x\n"
		  "    note 74,2\u00a0% des 1\u202f616 personnes qui ont répondu\n" },
		{ "Spanish", "es", "# A\n\n{{callout covid_test.yes}} x",
		  "section 1 A\n  callout (3 de cada 4) x\n"
		  "    note 74,2\u00a0% de las 1.616 personas que respondieron\n" },
		{ "Portuguese", "pt", "# A\n\n{{callout covid_test.yes}} x",
		  "section 1 A\n  callout (3 em cada 4) x\n"
		  "    note 74,2% das 1.616 pessoas que responderam\n" },
		{ "Russian", "ru", "# A\n\n{{callout covid_test.yes}} x",
		  "section 1 A\n  callout (3 из 4) x\n"
		  "    note 74,2\u00a0% от числа ответивших (1\u00a0616)\n" },
		{ "Arabic", "ar", "# فصل\n\nقال {{number covid_test.yes}}.\n\n{{callout "
		                  "covid_test.yes}} كلمات",
		  "section 1 فصل\n  paragraph lead قال 74.2\u200e%\u200e.\n"
		  "  callout (3 من كل 4) كلمات\n    note 74.2\u200e%\u200e ممن أجابوا "
		  "(العدد: 1,616)\n" },
	};

	(void)state;
	run(cases, COUNT(cases), false);
}

static void test_change(void **state)
{
	static const struct story cases[] = {
		{ "up", "en", "# A\n\n{{change covid_test.yes}}",
		  "section 1 A\n  paragraph lead +3.0\n" },
		{ "isolated in Arabic", "ar", "# A\n\n{{change covid_test.yes}}",
		  "section 1 A\n  paragraph lead \u2066+3.0\u2069\n" },
		{ "none", "en", "# A\n\n{{change services.naloxone.easier}}",
		  "section 1 A\n  paragraph lead 0.0\n" },
		{ "bad-value", "en", "# A\n\n{{change covid_test}}",
		  "a.md: line 3: an answer is missing: write covid_test.ANSWER" },
	};

	(void)state;
	run(cases, COUNT(cases), true);
}

static void test_faults(void **state)
{
	static const struct {
		const char *label, *markdown, *message;
	} cases[] = {
		{ "bad-empty", "", "a.md: no chapter: begin one with # Words" },
		{ "bad-question", "# A\n\n\nx\n{{number naloxon.same}}",
		  "line 5: unknown question “naloxon”: did you mean “services.naloxone”?" },
		{ "bad-section", "# A\n\n{{chart covid.services}}",
		  "line 3: question “services” stands in section “access”, not in “covid”" },
		{ "bad-only-section", "# A\n\n{{chart covid}}",
		  "line 3: “covid” is a section: a question is missing behind it" },
		{ "bad-answer", "# A\n\n{{number covid_test.yess}}",
		  "line 3: unknown answer “yess” of covid_test: did you mean “yes”?" },
		{ "bad-row", "# A\n\n{{number services.naloxon.same}}",
		  "line 3: unknown line or answer “naloxon” of services: did you mean "
		  "“naloxone”?" },
		{ "bad-no-row", "# A\n\n{{number services base}}",
		  "line 3: “services” has several lines: write services.LINE, for example "
		  "services.nsp" },
		{ "bad-no-answer", "# A\n\n{{number covid_test}}",
		  "line 3: an answer is missing: write covid_test.ANSWER" },
		{ "bad-value", "# A\n\n{{number covid_test.yes procent}}",
		  "line 3: unknown value “procent”: did you mean “percent”?" },
		{ "bad-mean", "# A\n\n{{number covid_test mean}}",
		  "line 3: “covid_test” has no mean: its answers are no numbers" },
		{ "bad-of-answer", "# A\n\n{{number covid_test.yes base}}",
		  "line 3: “base” is of the question: leave out “.yes”" },
		{ "bad-group", "# A\n\n{{number people in 151}}",
		  "line 3: unknown group “151”: did you mean 150 (Europe)? The release has: 002 "
		  "(Africa), 419 (Latin America), 142 (Asia), 150 (Europe), region-other (Other "
		  "regions), en (English), fr (Français), ru (Русский), language-other (Other "
		  "languages)" },
		{ "bad-group-name", "# A\n\n{{group Afrika}}",
		  "line 3: unknown group “Afrika”: did you mean 002 (Africa)? The release has: 002 "
		  "(Africa), 419 (Latin America), 142 (Asia), 150 (Europe), region-other (Other "
		  "regions), en (English), fr (Français), ru (Русский), language-other (Other "
		  "languages)" },
		{ "bad-member", "# A\n\n{{number people in 009}}",
		  "line 3: group “009” was too small in this release and is counted with others, "
		  "in "
		  "“region-other”" },
		{ "bad-two-others", "# A\n\n{{group other}}",
		  "line 3: “other” is a region and a language: write “region-other” or "
		  "“language-other”" },
		{ "bad-title", "# {{title acces}}",
		  "line 1: unknown section “acces”: did you mean “access”?" },
		{ "bad-directive", "# A\n\n{{chrat services}}",
		  "line 3: unknown directive “chrat”: did you mean “chart”? It can be: chart, table, "
		  "callout, paragraph, findings, side, people, changes, number, change, label, "
		  "group, title, note, cited" },
		{ "bad-breakdown", "# A\n\n{{chart services by regoin}}",
		  "line 3: unknown breakdown “regoin”: did you mean “region”? It can be: region, "
		  "language, round" },
		{ "bad-kind", "# A\n\n{{chart services as pie}}",
		  "line 3: unknown kind of chart “pie”. It can be: bars, grouped, stacked, "
		  "histogram, dots, multiples, change, ranking" },
		{ "bad-shape", "# A\n\n{{chart services as histogram}}",
		  "line 3: services: a histogram cannot show this. It can be: stacked" },
		{ "bad-shape-by", "# A\n\n{{chart covid_test by region as ranking}}",
		  "line 3: covid_test: a ranking cannot show this. It can be: grouped, stacked, "
		  "dots, multiples" },
		{ "bad-option", "# A\n\n{{chart services in 150}}",
		  "line 3: {{chart}}: “in” has no meaning here" },
		{ "bad-nothing", "# A\n\n{{ }}",
		  "line 3: {{}}: a directive is missing between the braces" },
		{ "bad-no-path", "# A\n\n{{chart}}",
		  "line 3: {{chart}}: what it is about is missing, for example {{chart QUESTION by "
		  "region}}" },
		{ "bad-series", "# A\n\n{{chart police_change}}",
		  "line 3: “police_change” belongs to another series: its figures are not in this "
		  "one's tables" },
		{ "bad-chart-answer", "# A\n\n{{chart covid_test.yes}}",
		  "line 3: {{chart}} shows a whole question: leave out “.yes”" },
		{ "bad-open", "# A\n\nx\n{{number people",
		  "line 4: {{ is not closed by }} in the same paragraph" },
		{ "bad-close", "# A\n\nx }} y", "line 3: }} without {{ before it" },
		{ "bad-one-brace", "# A\n\nx {number covid_test.yes} y",
		  "line 3: a directive stands in two braces: {{number covid_test.yes}}" },
		{ "bad-one-brace-block", "# A\n\n{chart services by region}",
		  "line 3: a directive stands in two braces: {{chart services by region}}" },
		{ "bad-one-brace-half", "# A\n\nx {findings}} y",
		  "line 3: a directive stands in two braces: {{findings}}" },
		{ "bad-three", "# A\n\n{{chrt x}}\n\nok\n\n- 45%\n- {{number x\n\n## B\n",
		  "line 3: unknown directive “chrt”: did you mean “chart”? It can be: chart, "
		  "table, callout, paragraph, findings, side, people, changes, number, change, "
		  "label, group, title, note, cited (and 2 more)" },
		{ "bad-no-chapter", "45%\n\n45%\n\n# A\n\n45%",
		  "line 1: a chapter must be opened first: # Words" },
		{ "bad-heading-first", "# A\n\n## 45%\n\n45%\n",
		  "line 3: a percentage was typed: write {{number QUESTION.ANSWER}}, or {{cited "
		  "45%}} for one that is not of this survey" },
		{ "bad-style", "# A\n\n{{number *people*}}",
		  "line 3: between {{ and }} there can be no *, **, _ or link" },
		{ "bad-block-in-text", "# A\n\nSee {{chart services}}",
		  "line 3: {{chart}} cannot stand within a text: it needs a paragraph of its own, "
		  "with empty lines around it" },
		{ "bad-text-behind", "# A\n\n{{chart services}} words",
		  "line 3: {{chart}} needs a paragraph of its own, with empty lines around it" },
		{ "bad-block-in-list", "# A\n\n- {{chart services}}",
		  "line 3: this directive cannot stand in a list or a quotation" },
		{ "bad-side", "# A\n\n{{side}} words",
		  "line 3: {{side}} is a note beside the block before it, and there is none in "
		  "this "
		  "section" },
		{ "bad-callout", "# A\n\n{{callout covid_test.yes}}",
		  "line 3: {{callout}}: words are missing behind it" },
		{ "bad-callout-count", "# A\n\n{{callout covid_test.yes count}} x",
		  "line 3: {{callout}} calls out a share: write “percent” or nothing behind the "
		  "answer" },
		{ "bad-people", "# A\n\n{{people}}\n\nwords",
		  "line 5: a chapter must be opened first: # Words" },
		{ "bad-people-twice", "# A\n\n{{people}}\n{{people}}",
		  "line 4: {{people}} stands there twice" },
		{ "bad-change", "# A\n\n{{change covid_test.yes}}",
		  "line 3: there is no round before this one" },
		{ "bad-note", "# A\n\n{{note x}}", "line 3: {{note}}: words must stand before it" },
		{ "bad-note-heading", "# A {{note x}}", "line 1: {{note}} has no place here" },
		{ "bad-note-in-note", "# A\n\nx{{note a{{note b}}}}",
		  "line 3: {{note}} has no place here" },
		{ "bad-cited", "# A\n\n{{cited many}}",
		  "line 3: {{cited}}: there is no percentage in it, for example {{cited 45%}}" },
		{ "bad-chapter", "words", "line 1: a chapter must be opened first: # Words" },
		{ "bad-list-first", "- x", "line 1: a chapter must be opened first: # Words" },
		{ "bad-section-first", "## A", "line 1: ## without a chapter (#) before it" },
		{ "bad-level", "# A\n\n### B", "line 3: ### without a heading (##) before it" },
		{ "bad-depth", "# A\n\n#### B",
		  "line 3: headings have three levels: #, ## and ###" },
		{ "bad-heading", "# A\n\n##\n", "line 3: a heading without words" },
		{ "bad-html", "# A\n\nx\ny <b>z</b>",
		  "line 4: HTML has no place here: write **strong**, *emphasis* or a directive" },
		{ "bad-html-block", "# A\n\n<!-- x -->",
		  "line 3: HTML has no place here: write **strong**, *emphasis* or a directive" },
		{ "bad-image", "# A\n\nx\n![x](y.png)",
		  "line 4: a picture cannot be placed: {{chart QUESTION}} draws one from the "
		  "release" },
		{ "bad-code", "# A\n\nx\n\n    y",
		  "line 5: this would be program code: begin lines without spaces or tabs, and do "
		  "not use ``` or ~~~" },
		{ "bad-fence", "# A\n\n```\n```",
		  "line 3: this would be program code: begin lines without spaces or tabs, and do "
		  "not use ``` or ~~~" },
		{ "bad-code-span", "# A\n\nx `y`",
		  "line 3: this would be program code: leave out the backticks (`)" },
		{ "bad-table", "# A\n\na | b\n---|---\n1 | 2",
		  "line 3: a table cannot be typed: {{table QUESTION}} prints one from the "
		  "release" },
		{ "bad-table-short", "# A\n\na | b\n-|-\n1 | 2",
		  "line 3: a table cannot be typed: {{table QUESTION}} prints one from the "
		  "release" },
		{ "bad-rule", "# A\n\nx\n\n---\n",
		  "line 5: a rule has no place here: part the text by headings (## Words)" },
		{ "bad-link-http", "# A\n\nx\n[x](http://example.org)",
		  "line 4: a link leads to https://... or mailto:..." },
		{ "bad-link-script", "# A\n\n[x](javascript:alert(1))",
		  "line 3: a link leads to https://... or mailto:..." },
		{ "bad-entity", "# A\n\n&bogus;",
		  "line 3: an unknown name between & and ;: type the character itself" },
		{ "bad-utf8", "# A\n\n\xff", "line 3: not UTF-8: save the file as UTF-8 text" },
		{ "bad-control", "# A\n\n\x07", "line 3: a control character" },
		{ "bad-nesting", "# A\n\n> > > > > > > x",
		  "line 3: lists and quotations are nested too deeply" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct story c = { cases[i].label, "en", cases[i].markdown, NULL };
		char message[700];

		snprintf(message, sizeof message, "%s%s",
		         strncmp(cases[i].message, "a.md", 4) ? "a.md: " : "", cases[i].message);
		c.expected = message;
		run(&c, 1, false);
	}
}

/* What would take long to read is refused; what only looks so is read. */
static void test_large(void **state)
{
	static const struct {
		const char *words;
		size_t n;
		const char *expected;
	} cases[] = {
		{ "word\n", 8000,
		  "a.md: line 3: this paragraph is too long to be read: part it by an empty line" },
		{ "a\n\n", 12000,
		  "a.md: line 20001: the narrative has too many paragraphs, headings and items of "
		  "lists" },
		{ "{{note\n{{note\n{{number people}}\n}}\n}}\n", 1,
		  "a.md: line 3: {{ is not closed by }} in the same paragraph" },
		{ "a\n[](https://a)\n[](https://a)\n[](https://a)\n[](https://a)\n[](https://a)\n"
		  "[](https://a)\n[](https://a)\n[](https://a)\n[](https://a)\n[](https://a)\n\n",
		  6000, NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct story c = { "large", "en", NULL, cases[i].expected };
		struct pool *pool = pool_create();
		struct narrative_blocks blocks;
		struct buf text = { 0 };
		struct err err;

		buf_puts(&text, "# A\n\n");
		for (size_t k = 0; k < cases[i].n; k++)
			buf_puts(&text, cases[i].words);
		c.markdown = text.data;
		if (c.expected)
			run(&c, 1, false);
		else
			assert_int_equal(narrative_read(&blocks, pool, text.data, text.len, "a.md",
			                                &err), 0);
		buf_finish(&text);
		pool_free(pool);
	}
}

static void test_typed_percentages(void **state)
{
	static const char *const bad[] = {
		"45%", "45 %", "45,3 %", "%45", "٤٥٪", "45\u00a0%", "45\u202f%", "**45**%",
		"45\n%", "45\\%", "45&#37;", "৪৫%", "45\u200f%", "45％", "5 ‰", "{{number people}}%",
		"{{number people}} %", "%{{number people}}", "x{{note 45%}}", "- 45%", "> 45%",
		"[45%](https://a.org)", "{{side}} 45%", "{{callout covid_test.yes}} 45%",
		"## 45%", "45 percent", "45 Per cent said", "**45** per\ncent.", "45,3 pour cent",
		"45 por ciento", "45\u00a0por cento", "45 процентов", "1 процент.", "٤٥ في المئة",
		"٤٥ بالمائة", "x{{note 45 percent}}",
	};
	struct sample s;

	(void)state;
	sample_start(&s, FORM, "en", 0);
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct findings findings = { 0 };
		struct buf text = { 0 }, out = { 0 };
		struct story c = { bad[i], "en", NULL, NULL };

		buf_printf(&text, "# A\n\nx\n\n%s\n", bad[i]);
		c.markdown = text.data;
		build(&out, &s.edition, &c, &findings);
		if (!strstr(out.data, "percent") || strncmp(out.data, "a.md: line ", 11))
			fail_msg("%s: %s", bad[i], out.data);
		buf_finish(&text);
		buf_finish(&out);
		findings_finish(&findings);
	}
	sample_stop(&s);
}

/* A question that only the round before asked. */
static void test_question_of_before(void **state)
{
	struct story c = { "before", "en", "# A\n\n{{chart effort}}", NULL };
	struct findings findings = { 0 };
	char id[] = "effort";
	struct form_question own = { .id = id };
	struct buf out = { 0 };
	struct form before;
	struct sample s;

	(void)state;
	sample_start(&s, FORM, "en", 0);
	before = *s.form;
	before.questions = &own;
	before.n_questions = 1;
	s.edition.previous_form = &before;
	build(&out, &s.edition, &c, &findings);
	assert_string_equal(out.data, "a.md: line 3: unknown question “effort”: the round before "
	                              "asked it, this one did not");
	findings_finish(&findings);
	buf_finish(&out);
	sample_stop(&s);
}

/* Words that are near to a percentage. */
static void test_typed_words(void **state)
{
	static const char *const good[] = {
		"{{number people}} percentage points", "{{cited 45 per cent}} of them",
		"{{cited 45 percent}}", "12 per centre", "in percent",
		"5 centres pour cent", "на 5 процентных пунктов",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		struct findings findings = { 0 };
		struct buf text = { 0 }, out = { 0 };
		struct story c = { good[i], "en", NULL, NULL };
		struct sample s;

		sample_start(&s, FORM, "en", 0);
		buf_printf(&text, "# A\n\n%s\n", good[i]);
		c.markdown = text.data;
		build(&out, &s.edition, &c, &findings);
		if (strncmp(out.data, "section", 7))
			fail_msg("%s: %s", good[i], out.data);
		buf_finish(&text);
		buf_finish(&out);
		findings_finish(&findings);
		sample_stop(&s);
	}
}

/* What is odd is said once, with its place, and leaves a report. */
static void test_warnings(void **state)
{
	static const struct {
		const char *markdown, *place, *text;
	} cases[] = {
		{ "# A\n\nx\n{{number covid_test blank}}", "a.md: line 4",
		  "the release does not publish the figure of {{number covid_test blank}}" },
		{ "# A\n\nx\n\n•\tone\n•\ttwo\n", "a.md: line 5",
		  "a bullet (•) was typed: write - and a space for a list" },
		{ "# A\n\n{{number police_change base}}", "a.md: line 3",
		  "“police_change” is not in this report: its table and base are not printed" },
		{ "# A\n\n{{label police_change.more}}", "a.md: line 3",
		  "“police_change” is not in this report: its table and base are not printed" },
		{ "# A\n\nx\n\n## B\n\n## C\n\nx", "a.md: line 5",
		  "a heading with nothing below it" },
		{ "# A\n\n## B\n\nx\n\n# C\n\n{{people}}", "a.md: line 7",
		  "a heading with nothing below it" },
		{ "# A\n\n## B\n\n### C\n\nx\n\n# D\n", "a.md: line 9",
		  "a heading with nothing below it" },
		{ "# A\n\nx\n• one\n", "a.md: line 4",
		  "a bullet (•) was typed: write - and a space for a list" },
	};
	struct sample s;

	(void)state;
	sample_start(&s, FORM, "en", 0);
	known_figures(s.release, 1199);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct story c = { cases[i].text, "en", cases[i].markdown, NULL };
		struct findings findings = { 0 };
		struct buf out = { 0 };

		build(&out, &s.edition, &c, &findings);
		if (findings.n != 1)
			fail_msg("%s: %zu findings\n%s", c.label, findings.n, out.data);
		assert_int_equal(findings.list[0].grade, FINDING_WARNING);
		assert_string_equal(findings.list[0].place, cases[i].place);
		assert_string_equal(findings.list[0].text, cases[i].text);
		assert_int_equal(strncmp(out.data, "section", 7), 0);
		findings_finish(&findings);
		buf_finish(&out);
	}
	sample_stop(&s);
}

static void test_fractions(void **state)
{
	static const struct {
		int tenths, part, of;
	} cases[] = {
		{ 500, 1, 2 },   { 485, 1, 2 }, { 484, 0, 0 },  { 667, 2, 3 },  { 333, 1, 3 },
		{ 742, 3, 4 },   { 234, 0, 0 }, { 235, 1, 4 },  { 810, 4, 5 },  { 100, 1, 10 },
		{ 712, 7, 10 },  { 900, 9, 10 }, { 916, 0, 0 }, { 1000, 0, 0 }, { 0, 0, 0 },
		{ 84, 0, 0 },    { 550, 0, 0 }, { 600, 3, 5 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int part = 0, of = 0;
		bool is = narrative_callout_fraction(&part, &of, cases[i].tenths);

		if (is != (cases[i].of > 0) ||
		    (is && (part != cases[i].part || of != cases[i].of)))
			fail_msg("%d: %d in %d", cases[i].tenths, part, of);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_blocks),     cmocka_unit_test(test_values),
		cmocka_unit_test(test_languages),  cmocka_unit_test(test_change),
		cmocka_unit_test(test_faults),     cmocka_unit_test(test_typed_percentages),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_warnings),   cmocka_unit_test(test_fractions),
		cmocka_unit_test(test_typed_words),  cmocka_unit_test(test_question_of_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
