/*
 * test_web.c - a document with every kind of block, whose texts are as awkward as may be, becomes
 * HTML: parsed by expat, ids and links looked up, words found again.
 */
#include "report/web.h"

#include "report/web_parts.h"
#include "tests/unit/report/sample.h"

#include <expat.h>
#include <locale.h>

static const char form_path[] = SOURCE "/forms/library/covid-peer-experience.json";
static const char awkward[] = "A & B <i>\"it's\"</i> \x01 ]]> &amp; --";

/* --- a document by hand --- */

static struct document_block *put(struct document *d, struct document_block *parent,
                                  enum document_kind kind, const char *text)
{
	return document_add_text(d, parent, kind, text);
}

static void put_spans(struct document *d, struct document_block *parent)
{
	struct document_span *s = document_array(d, 8, sizeof *s);
	struct document_text *note = document_array(d, 1, sizeof *note);
	struct document_block *b = document_add(d, parent, DOCUMENT_PARAGRAPH);

	*note = document_plain(d, "A footnote & more.");
	s[0] = (struct document_span){ .text = awkward, .note = note };
	s[1] = (struct document_span){ .text = " strong", .strong = true, .emphasis = true };
	s[2] = (struct document_span){ .text = "to a table", .link = "#table-one" };
	s[3] = (struct document_span){ .text = "elsewhere", .link = "https://example.org/?a=1&b=\"" };
	s[4] = (struct document_span){ .text = "العربية", .language = "ar", .note = note };
	s[5] = (struct document_span){ .text = "script", .link = "javascript:alert(1)" };
	s[6] = (struct document_span){ .text = "two\nlines", .note = note };
	s[7] = (struct document_span){ .text = "", .note = note };
	b->text = (struct document_text){ s, 8 };
}

static void put_table(struct document *d, struct document_block *parent)
{
	static const char *const heads[] = { "All", "Africa", "Europe", "Asia & <b>" };
	static const char *const cells[] = { "71.2%", "•", "12.0%", "0.0%" };
	static const char *const base[] = { "1,616", "200", "300", "400" };
	static const struct table_row rows[] = {
		{ TABLE_FIGURES, "Before any group", cells },
		{ TABLE_GROUP, "A group \"of\" rows", NULL },
		{ TABLE_FIGURES, awkward, cells },
		{ TABLE_BASE, "Base", base },
	};
	static const struct table table = { "Answer", heads, 4, 1, rows, 4, NULL };
	static const char *const sentences[] = { awkward, "What is said.", "", "x" };
	static const struct table_row prose_rows[] = { { TABLE_FIGURES, "Item", sentences } };
	static const double shares[] = { .4, .2, .2, .1, .1 };
	static const struct table prose = { "", heads, 4, 0, prose_rows, 1, shares };
	struct document_block *b = put(d, parent, DOCUMENT_TABLE, "");

	b->id = "table-one";
	b->title = document_plain(d, "Table of <everything>");
	b->table = &table;
	put(d, b, DOCUMENT_NOTE, "Under the table.");
	b = put(d, parent, DOCUMENT_TABLE, "");
	b->table = &prose;
	b->title = document_plain(d, "Prose");
}

static void put_figure(struct document *d, struct document_block *parent)
{
	static const int tenths[] = { 712, CHART_HIDDEN };
	static const char *const values[] = { "71.2%", "not published" };
	static const struct chart_column columns[] = { { "Now", "n = 10" }, { "Before", NULL } };
	static const struct chart_row rows[] = { { "Naloxone & <more>", "n = 9", tenths, values },
		                                 { "Other", NULL, tenths, values } };
	static const struct chart chart = { CHART_GROUPED, columns, 2, rows, 2,
		                            NULL, NULL, "not published" };
	struct document_block *b = document_add(d, parent, DOCUMENT_FIGURE);

	b->id = "figure-one";
	b->title = document_plain(d, "Figure \"one\"");
	b->chart = &chart;
	b->alternative = "Naloxone 71.2% <now>.";
	b->data = "table-one";
	put(d, b, DOCUMENT_NOTE, "Base & so on.");
}

static void put_everything(struct document *d)
{
	struct document_block *c = document_add_section(d, NULL, 1, awkward), *s, *list, *b;

	c->id = "one";
	put(d, c, DOCUMENT_PARAGRAPH, "Leading words.")->lead = true;
	put_spans(d, c);
	put(d, c, DOCUMENT_SIDE, "Beside.");
	for (int i = 0; i < 2; i++) {
		b = put(d, c, DOCUMENT_CALLOUT, "what three in four said & did");
		b->big = "3 in 4";
	}
	s = document_add_section(d, c, 2, "A section");
	s->in_contents = true;
	list = document_add(d, s, DOCUMENT_LIST);
	put(d, document_add(d, list, DOCUMENT_ITEM), DOCUMENT_PARAGRAPH, "Item <one>");
	b = document_add(d, document_add(d, list, DOCUMENT_ITEM), DOCUMENT_LIST);
	b->ordered = true;
	put(d, document_add(d, b, DOCUMENT_ITEM), DOCUMENT_PARAGRAPH, "Deep");
	put(d, document_add(d, s, DOCUMENT_QUOTE), DOCUMENT_PARAGRAPH, "Somebody's \"words\"");
	b = document_add(d, document_add_section(d, s, 3, "Small"), DOCUMENT_BOX);
	b->title = document_plain(d, "Note <well>");
	put(d, b, DOCUMENT_PARAGRAPH, "In a box.");
	put_figure(d, s);
	c = document_add_section(d, NULL, 1, "Tables");
	c->annex = true;
	put_table(d, c);
	put_spans(d, c);
}

static void write_page(struct buf *out, const char *language)
{
	struct findings findings = { 0 };
	struct document *d;
	struct theme *theme;
	struct sample s;
	struct err err;

	sample_start(&s, form_path, language, 0);
	assert_int_equal(theme_load(&theme, "/nowhere", &err), 0);
	s.edition.theme = theme;
	assert_int_equal(document_create(&d, &s.edition, &err), 0);
	put_everything(d);
	if (web_write(out, d, &findings, &err))
		fail_msg("%s: %s", language, err.msg);
	for (size_t i = 0; i < findings.n; i++)
		fail_msg("%s: %s", language, findings.list[i].text);
	findings_finish(&findings);
	document_free(d);
	theme_free(theme);
	sample_stop(&s);
}

/* --- what is in a page --- */

struct seen {
	struct buf ids, refs; /* " id id " and " id id " */
	struct buf text;
	size_t h1, svg, th_without_scope, roots, scripts;
	bool outside; /* something would be loaded */
};

static void want(struct seen *s, const char *ids)
{
	buf_putc(&s->refs, ' ');
	buf_puts(&s->refs, ids);
}

static void XMLCALL on_start(void *data, const XML_Char *name, const XML_Char **at)
{
	struct seen *s = data;
	bool scope = false;

	s->h1 += !strcmp(name, "h1");
	s->svg += !strcmp(name, "figure");
	s->scripts += !strcmp(name, "script");
	for (; *at; at += 2) {
		if (!strcmp(at[0], "id")) {
			buf_printf(&s->ids, " %s ", at[1]);
			CHECK(!strpbrk(at[1], " <>\""), at[1]);
		}
		if (!strcmp(at[0], "href") && at[1][0] == '#')
			want(s, at[1] + 1);
		if (!strcmp(at[0], "href"))
			CHECK(at[1][0] == '#' || !strncmp(at[1], "https://", 8), at[1]);
		if (!strcmp(at[0], "aria-labelledby"))
			want(s, at[1]);
		scope |= !strcmp(at[0], "scope");
		s->outside |= !strcmp(at[0], "src") && strncmp(at[1], "data:", 5);
		s->outside |= !strncmp(at[0], "on", 2);
	}
	s->th_without_scope += !strcmp(name, "th") && !scope;
}

static void XMLCALL on_text(void *data, const XML_Char *text, int n)
{
	buf_put(&((struct seen *)data)->text, text, (size_t)n);
}

static void look(struct seen *s, const struct buf *page)
{
	XML_Parser p = XML_ParserCreate("UTF-8");

	*s = (struct seen){ 0 };
	XML_SetUserData(p, s);
	XML_SetElementHandler(p, on_start, NULL);
	XML_SetCharacterDataHandler(p, on_text);
	if (XML_Parse(p, page->data, (int)page->len, 1) != XML_STATUS_OK)
		fail_msg("line %lu: %s", XML_GetCurrentLineNumber(p),
		         XML_ErrorString(XML_GetErrorCode(p)));
	XML_ParserFree(p);
}

static void look_finish(struct seen *s)
{
	buf_finish(&s->ids);
	buf_finish(&s->refs);
	buf_finish(&s->text);
}

static size_t times(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)); text += strlen(what))
		n++;
	return n;
}

static void test_well_formed(void **state)
{
	static const char *const languages[] = { "en", "fr", "es", "pt", "ru", "ar" };

	(void)state;
	for (size_t i = 0; i < COUNT(languages); i++) {
		struct buf page = { 0 };
		struct seen s;

		write_page(&page, languages[i]);
		look(&s, &page);
		CHECK(s.h1 == 1 && s.svg == 1 && !s.scripts && !s.outside, languages[i]);
		CHECK(!s.th_without_scope, languages[i]);
		look_finish(&s);
		buf_finish(&page);
	}
}

static void test_ids(void **state)
{
	struct buf page = { 0 };
	struct seen s;
	char *word, *rest;
	size_t n = 0;

	(void)state;
	write_page(&page, "en");
	look(&s, &page);
	for (word = strtok_r(s.refs.data, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
		char id[64];

		snprintf(id, sizeof id, " %s ", word);
		CHECK(times(s.ids.data, id) == 1, id);
		n++;
	}
	assert_true(n > 15);
	for (word = strtok_r(s.ids.data, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
		char id[80];

		snprintf(id, sizeof id, " id=\"%s\"", word);
		CHECK(times(page.data, id) == 1, id);
	}
	look_finish(&s);
	buf_finish(&page);
}

/* Every text is there as it was written, and none as markup. */
static void test_texts(void **state)
{
	static const char *const words[] = {
		"Our experiences, our rights", "Leading words.", "A footnote & more.",
		"to a table", "elsewhere", "العربية", "Beside.", "3 in 4",
		"what three in four said & did", "Item <one>", "Deep", "Somebody's \"words\"",
		"Note <well>", "In a box.", "Figure \"one\"", "Naloxone 71.2% <now>.",
		"Base & so on.", "Naloxone & <more>", "n = 9", "Table of <everything>",
		"Asia & <b>", "A group \"of\" rows", "Under the table.", "What is said.", "script",
	};
	struct buf page = { 0 };
	struct seen s;

	(void)state;
	write_page(&page, "en");
	look(&s, &page);
	for (size_t i = 0; i < COUNT(words); i++)
		CHECK(strstr(s.text.data, words[i]), words[i]);
	assert_true(times(s.text.data, "A & B <i>\"it's\"</i> \uFFFD ]]> &amp; --") >= 5);
	assert_null(strstr(page.data, "javascript:"));
	assert_non_null(strstr(page.data, "two<br/>lines<sup>"));
	assert_non_null(strstr(page.data, "</a></sup><sup>,</sup><sup><a "));
	assert_null(strstr(page.data, "<i>"));
	look_finish(&s);
	buf_finish(&page);
}

static void test_direction(void **state)
{
	struct buf page = { 0 };

	(void)state;
	write_page(&page, "ar");
	assert_non_null(strstr(page.data, "<html lang=\"ar\" dir=\"rtl\">"));
	assert_non_null(strstr(page.data, "direction=\"rtl\" role=\"img\""));
	buf_finish(&page);
	write_page(&page, "fr");
	assert_non_null(strstr(page.data, "<html lang=\"fr\" dir=\"ltr\">"));
	assert_non_null(strstr(page.data, "<span lang=\"ar\" dir=\"rtl\">العربية</span>"));
	buf_finish(&page);
}

static void test_same_bytes(void **state)
{
	struct buf a = { 0 }, b = { 0 };

	(void)state;
	write_page(&a, "fr");
	setenv("TZ", "Pacific/Apia", 1);
	setenv("LANG", "ar_EG.UTF-8", 1);
	setlocale(LC_ALL, "de_DE.UTF-8");
	write_page(&b, "fr");
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.data, b.data, a.len);
	buf_finish(&a);
	buf_finish(&b);
}

/* A link that leads nowhere is told, and its words stay. */
static void test_bad_link(void **state)
{
	struct findings findings = { 0 };
	struct buf page = { 0 };
	struct document_span span = { .text = "lost", .link = "#nothing" };
	struct document *d;
	struct theme *theme;
	struct sample s;
	struct err err;

	(void)state;
	sample_start(&s, form_path, "en", 0);
	assert_int_equal(theme_load(&theme, "/nowhere", &err), 0);
	s.edition.theme = theme;
	assert_int_equal(document_create(&d, &s.edition, &err), 0);
	document_add(d, document_add_section(d, NULL, 1, "x"), DOCUMENT_PARAGRAPH)->text =
		(struct document_text){ &span, 1 };
	assert_int_equal(web_write(&page, d, &findings, &err), 0);
	assert_int_equal(findings.n, 1);
	assert_non_null(strstr(page.data, "<p>lost</p>"));
	findings_finish(&findings);
	document_free(d);
	theme_free(theme);
	sample_stop(&s);
	buf_finish(&page);
}

/* A logo is within the page: paths, or a picture that any browser reads. */
static void test_logo(void **state)
{
	static const double points[] = { 1, 2, 3, 4.5, 1, 1, 2, 2, 9, 9 };
	static uint8_t pixels[4 * 2 * 3];
	struct theme_path path = { { 1, 0, 0 }, true, "MLCZ", points, 4 };
	struct theme_logo logo = { 10, 20, &path, 1, NULL, (char *)"A & <network>" };
	struct document d = { .edition = NULL };
	struct theme theme = { .logo = &logo };
	struct edition e = { .theme = &theme };
	struct buf out = { 0 };
	struct web w = { .out = &out, .d = &d };

	(void)state;
	d.edition = &e;
	web_logo(&w);
	assert_non_null(strstr(out.data, "aria-label=\"A &amp; &lt;network&gt;\""));
	assert_non_null(strstr(out.data, "<path fill-rule=\"evenodd\" fill=\"#ff0000\" "
	                                 "d=\"M1 2L3 4.5C1 1 2 2 9 9Z\"/>"));
	buf_clear(&out);
	logo = (struct theme_logo){ 4, 2, NULL, 0, pixels, NULL };
	web_logo(&w);
	assert_non_null(strstr(out.data, "alt=\"\" src=\"data:image/png;base64,iVBORw0KGgo"));
	buf_finish(&out);
}

/* What can be read in the light can be read in the dark. */
static void test_dark(void **state)
{
	struct theme *theme;
	struct err err;

	(void)state;
	assert_int_equal(theme_load(&theme, "/nowhere", &err), 0);
	for (size_t i = 0; i < COUNT(theme->color); i++) {
		const struct palette *p = &theme->color[i];
		struct color paper = web_dark(p->paper), tint = web_dark(p->tint);

		CHECK(color_contrast(web_dark(p->ink), paper) >= 10, "ink");
		CHECK(color_contrast(web_dark(p->ink), tint) >= 7, "ink on tint");
		CHECK(color_contrast(web_dark(p->muted), paper) >= 4.5, "muted");
		CHECK(color_contrast(web_dark(p->accent), paper) >= 4.5, "accent");
		CHECK(color_contrast(web_dark(p->accent), tint) >= 4.5, "accent on tint");
		CHECK(color_contrast(web_dark(p->second), paper) >= 3, "second");
	}
	theme_free(theme);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_well_formed),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_direction),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_bad_link),
		cmocka_unit_test(test_logo),
		cmocka_unit_test(test_dark),
	};

	return cmocka_run_group_tests_name("web", tests, NULL, NULL);
}
