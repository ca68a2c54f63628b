/* test_inspect.c - what is wrong with a PDF is found; what it says is read. */
#include "report/inspect.h"

#include "report/pdf.h"
#include "report/pdf_draw.h"
#include "report/pdf_tag.h"
#include "report/pdf_text.h"
#include "tests/unit/test.h"

static const struct color black = { 0, 0, 0 };

/* What is drawn in the page of a document that is right but for this. */
struct draft {
	struct pdf *pdf;
	struct font_set *fonts;
	bool right_to_left;
};

static void words(struct draft *d, const char *type, const char *utf8)
{
	struct text_style style = { .fonts = d->fonts,
		                    .size = 10,
		                    .language = d->right_to_left ? "ar" : "en",
		                    .right_to_left = d->right_to_left };
	struct text *t;
	struct err err;

	assert_int_equal(text_create(&t, utf8, &style, 120, &err), 0);
	if (type)
		pdf_tag_open(d->pdf, type);
	pdf_tag_content(d->pdf);
	for (size_t i = 0; i < t->n; i++)
		pdf_text_draw(d->pdf, t, i, 50, 300 - 12 * (double)i, black);
	pdf_tag_content_end(d->pdf);
	if (type)
		pdf_tag_close(d->pdf);
	text_free(t);
}

static void good(struct draft *d)
{
	words(d, "H1", "A heading");
	words(d, "P", "Words that do not fit on one line of a column as narrow as this one.");
	pdf_tag_open(d->pdf, "P");
	words(d, NULL, "See ");
	pdf_tag_open(d->pdf, "Link");
	pdf_tag_link_web(d->pdf, 10, 10, 20, 20, "https://example.org/", "The example");
	words(d, NULL, "there");
	pdf_tag_close(d->pdf);
	words(d, NULL, ".");
	pdf_tag_close(d->pdf);
	pdf_tag_open(d->pdf, "L");
	pdf_tag_list(d->pdf, true);
	pdf_tag_open(d->pdf, "LI");
	words(d, "Lbl", "1.");
	words(d, "LBody", "Item");
	pdf_tag_close(d->pdf);
	pdf_tag_close(d->pdf);
	pdf_tag_open(d->pdf, "Figure");
	pdf_tag_alternative(d->pdf, "What it shows");
	words(d, NULL, "71%");
	pdf_tag_close(d->pdf);
	words(d, "Note", "A note");
}

static void arabic(struct draft *d)
{
	d->right_to_left = true;
	words(d, "P", "\u0642\u062f\u0651\u0645\u062a\u064f (71.2%) \u0639\u0644\u0627\u062c OAT.");
	/* Reordered vowels, and a word in text from left to right. */
	d->right_to_left = false;
	words(d, "P", "\u0915\u093f\u0924\u093e\u092c \u05e9\u05dc\u05d5\u05dd");
}

static void untagged(struct draft *d)
{
	words(d, "H1", "A heading");
	pdf_draw_box(d->pdf, 10, 10, 20, 20, black);
}

static void no_alternative(struct draft *d)
{
	words(d, "Figure", "71%");
}

static void no_scope(struct draft *d)
{
	pdf_tag_open(d->pdf, "Table");
	pdf_tag_open(d->pdf, "TR");
	words(d, "TH", "Head");
	pdf_tag_close(d->pdf);
	pdf_tag_close(d->pdf);
}

static void uneven(struct draft *d)
{
	pdf_tag_open(d->pdf, "Table");
	for (int row = 0; row < 3; row++) {
		pdf_tag_open(d->pdf, "TR");
		pdf_tag_open(d->pdf, "TH");
		pdf_tag_header(d->pdf, row ? "Row" : "Column", row ? 1 : 2);
		words(d, NULL, "Head");
		pdf_tag_close(d->pdf);
		for (int i = 0; i < row; i++)
			words(d, "TD", "71");
		pdf_tag_close(d->pdf);
	}
	pdf_tag_close(d->pdf);
}

static void skipped(struct draft *d)
{
	words(d, "H1", "One");
	words(d, "H3", "Three");
}

static void misplaced(struct draft *d)
{
	words(d, "LI", "Item");
}

static void dead_link(struct draft *d)
{
	words(d, "Link", "there");
}

static void silent_link(struct draft *d)
{
	pdf_tag_open(d->pdf, "Link");
	pdf_tag_link_web(d->pdf, 10, 10, 20, 20, "https://example.org/", "");
	words(d, NULL, "there");
	pdf_tag_close(d->pdf);
}

static void strange(struct draft *d)
{
	words(d, "Marginalia", "Aside");
}

static const struct {
	const char *label;
	void (*draw)(struct draft *d);
	const char *finding; /* or NULL */
	const char *text;    /* or NULL */
} cases[] = {
	{ "good", good, NULL,
	  "A heading\nWords that do not fit on one line of a column as narrow as this one.\n"
	  "See there.\n1. Item\nWhat it shows\nA note\n" },
	{ "Arabic", arabic, NULL,
	  "\u0642\u062f\u0651\u0645\u062a\u064f (71.2%) \u0639\u0644\u0627\u062c OAT.\n"
	  "\u0915\u093f\u0924\u093e\u092c \u05e9\u05dc\u05d5\u05dd\n" },
	{ "bad-untagged", untagged, "a shape that is neither tagged nor an artifact", NULL },
	{ "bad-no alternative", no_alternative, "a figure without an alternative", NULL },
	{ "bad-no scope", no_scope, "a header cell without a scope", NULL },
	{ "bad-rows", uneven, "a table whose rows have not as many cells", NULL },
	{ "bad-heading", skipped, "a heading of level 3 after one of level 1", "One\nThree\n" },
	{ "bad-place", misplaced, "LI inside of Document", NULL },
	{ "bad-dead link", dead_link, "a Link without a link", NULL },
	{ "bad-silent link", silent_link, "a link without a text", NULL },
	{ "bad-type", strange, "an element of the unknown type Marginalia", NULL },
};

static void make(struct buf *out, void (*draw)(struct draft *d))
{
	static const struct pdf_info info = { "Title", "Subject", "en", false };
	struct draft d = { 0 };
	struct err err;

	assert_int_equal(font_set_create(&d.fonts, NULL, &err), 0);
	assert_int_equal(pdf_create(&d.pdf, &info, d.fonts, &err), 0);
	pdf_tag_open(d.pdf, "Document");
	pdf_page(d.pdf, 300, 400);
	pdf_label(d.pdf, 0, 1);
	pdf_bookmark(d.pdf, PDF_TOP, "Page", 0, 400);
	draw(&d);
	pdf_tag_close(d.pdf);
	if (pdf_write(out, d.pdf, &err))
		fail_msg("%s", err.msg);
	pdf_free(d.pdf);
	font_set_free(d.fonts);
}

static bool found(const struct findings *f, const char *text)
{
	for (size_t i = 0; i < f->n; i++)
		if (strstr(f->list[i].text, text))
			return true;
	return false;
}

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf pdf = { 0 }, text = { 0 };
		struct findings f = { 0 };
		struct err err;

		make(&pdf, cases[i].draw);
		if (inspect_bytes(&text, &f, "it", pdf.data, pdf.len, &err))
			fail_msg("%s: %s", cases[i].label, err.msg);
		if (cases[i].finding)
			CHECK(found(&f, cases[i].finding), cases[i].label);
		else if (f.n)
			fail_msg("%s: %s", cases[i].label, f.list[0].text);
		if (cases[i].text && strcmp(text.data, cases[i].text))
			fail_msg("%s: %s", cases[i].label, text.data);
		findings_finish(&f);
		buf_finish(&text);
		buf_finish(&pdf);
	}
}

/* A PDF of these objects, the first being the catalog and the last the information. */
static void raw(struct buf *out, const char *const *objects, size_t n)
{
	size_t at[16], start;

	buf_puts(out, "%PDF-1.7\n");
	for (size_t i = 0; i < n; i++) {
		at[i] = out->len;
		buf_printf(out, "%zu 0 obj\n%s\nendobj\n", i + 1, objects[i]);
	}
	start = out->len;
	buf_printf(out, "xref\n0 %zu\n0000000000 65535 f \n", n + 1);
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "%010zu 00000 n \n", at[i]);
	buf_printf(out, "trailer\n<</Size %zu/Root 1 0 R/Info %zu 0 R>>\nstartxref\n%zu\n%%%%EOF\n",
	           n + 1, n, start);
}

static const struct {
	const char *label, *content, *finding;
} streams[] = {
	{ "good", "/P<</MCID 0>>BDC 0 0 m 9 9 l S EMC", "1 marked contents are in no element" },
	{ "artifact", "/Artifact BMC 0 0 9 9 re f EMC q Q n", "in no element" },
	{ "bad-operator", "1 2 frobnicate", "an operator that is not known: frobnicate" },
	{ "bad-nested", "/P<</MCID 0>>BDC /P<</MCID 1>>BDC EMC EMC", "inside of another" },
	{ "bad-artifact inside", "/P<</MCID 0>>BDC /Artifact BMC EMC EMC", "an artifact inside" },
	{ "bad-twice", "/P<</MCID 0>>BDC EMC /P<</MCID 0>>BDC EMC", "have the number 0" },
	{ "bad-end", "EMC", "EMC without a beginning" },
	{ "bad-not ended", "/P<</MCID 0>>BDC", "ends inside of something" },
	{ "bad-crossed", "/P<</MCID 0>>BDC BT EMC ET", "crosses a text object" },
	{ "bad-Q", "Q", "Q without q" },
	{ "bad-string", "(never ended", "cannot be read to its end" },
	{ "bad-number", "/P<</MCID -1>>BDC EMC", "cannot be read to its end" },
	{ "bad-huge number", "/P<</MCID 999999999999999999999>>BDC EMC", "cannot be read" },
	{ "bad-font", "BT /F9 10 Tf ET", "the font F9 is not in the resources" },
	{ "bad-picture", "/Artifact BMC /X1 Do EMC", "X1 is drawn, which is no image" },
};

static void test_bad_streams(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(streams); i++) {
		char stream[256];
		const char *const objects[] = {
			"<</Type/Catalog/Pages 2 0 R/OpenAction[3 0 R/Fit]>>",
			"<</Type/Pages/Kids[3 0 R]/Count 1>>",
			"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>", stream,
			"<</Author(Someone)/Title(/home/someone/report)/CreationDate(D:2026)>>",
		};
		struct buf pdf = { 0 };
		struct findings f = { 0 };
		struct err err;

		snprintf(stream, sizeof stream, "<</Length %zu>>\nstream\n%s\nendstream",
		         strlen(streams[i].content), streams[i].content);
		raw(&pdf, objects, COUNT(objects));
		if (inspect_bytes(NULL, &f, "it", pdf.data, pdf.len, &err))
			fail_msg("%s: %s", streams[i].label, err.msg);
		if (strncmp(streams[i].label, "bad-", 4) == 0)
			CHECK(found(&f, streams[i].finding), streams[i].label);
		else
			CHECK(!found(&f, "neither") && !found(&f, "read"), streams[i].label);
		CHECK(found(&f, "its information has Author"), streams[i].label);
		CHECK(found(&f, "its information has CreationDate"), streams[i].label);
		CHECK(found(&f, "a path in Title"), streams[i].label);
		CHECK(found(&f, "it has OpenAction"), streams[i].label);
		CHECK(found(&f, "it has no language"), streams[i].label);
		findings_finish(&f);
		buf_finish(&pdf);
	}
}

static void test_bad_files(void **state)
{
	static const char *const files[] = { "", "%PDF-1.7", "no PDF at all", "%PDF-1.7\nxref\n" };

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		struct findings f = { 0 };
		struct err err;

		assert_int_equal(inspect_bytes(NULL, &f, "it", files[i], strlen(files[i]), &err),
		                 -1);
		assert_int_equal(err.code, ERR_INPUT);
		findings_finish(&f);
	}
}

static void test_plain(void **state)
{
	static const char text[] = "\u200fa\u2066b\u2069\u2060\u202c\u00e9\u2019";
	struct buf b = { 0 };

	(void)state;
	inspect_plain(&b, text, strlen(text));
	assert_string_equal(b.data, "ab\u00e9\u2019");
	buf_finish(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_bad_streams),
		cmocka_unit_test(test_bad_files),
		cmocka_unit_test(test_plain),
	};

	return cmocka_run_group_tests_name("inspect", tests, NULL, NULL);
}
