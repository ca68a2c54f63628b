/* test_pdf.c - a document: the same bytes twice, no trace of time, sticky faults. */
#include "report/pdf.h"

#include "report/inspect.h"
#include "report/pdf_draw.h"
#include "report/pdf_tag.h"
#include "report/pdf_text.h"
#include "tests/unit/test.h"

#include <unistd.h>

static const struct pdf_info info = { .title = "Title & <more>",
	                              .subject = "Subject",
	                              .language = "en" };

static void draw(struct pdf *p, struct font_set *fonts, size_t link_to)
{
	struct text_style style = { .fonts = fonts, .size = 10, .language = "en" };
	struct text *t;
	struct err err;

	assert_int_equal(text_create(&t, "Hello", &style, 100, &err), 0);
	pdf_tag_open(p, "Document");
	pdf_page(p, 300, 400);
	pdf_tag_open(p, "P");
	pdf_tag_content(p);
	pdf_text_draw(p, t, 0, 50, 300, (struct color){ 0, 0, 0 });
	pdf_tag_content_end(p);
	pdf_tag_close(p);
	pdf_tag_artifact(p, "Layout");
	pdf_draw_hatch(p, 10, 10, 50, 20, (struct color){ 0.5, 0.5, 0.5 });
	pdf_draw_box(p, 10, 40, -5, 20, (struct color){ 0.5, 0.5, 0.5 }); /* nothing */
	pdf_tag_artifact_end(p);
	pdf_tag_open(p, "Link");
	pdf_tag_link(p, 10, 10, 50, 20, link_to, 100, "there");
	pdf_tag_close(p);
	pdf_page(p, 300, 400);
	pdf_bookmark(p, pdf_bookmark(p, PDF_TOP, "Chapter", 0, 400), "Question", 1, 300);
	pdf_label(p, 0, 1);
	pdf_tag_close(p);
	text_free(t);
}

static int make(struct buf *out, size_t link_to, struct err *err)
{
	struct font_set *fonts;
	struct pdf *p;
	int r;

	assert_int_equal(font_set_create(&fonts, NULL, err), 0);
	assert_int_equal(pdf_create(&p, &info, fonts, err), 0);
	draw(p, fonts, link_to);
	r = pdf_write(out, p, err);
	pdf_free(p);
	font_set_free(fonts);
	return r;
}

static void test_same_bytes(void **state)
{
	struct buf a = { 0 }, b = { 0 };
	struct err err;

	(void)state;
	assert_int_equal(make(&a, 1, &err), 0);
	sleep(1); /* nothing in it is a time */
	assert_int_equal(make(&b, 1, &err), 0);
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.data, b.data, a.len);
	assert_memory_equal(a.data, "%PDF-1.7", 8);
	buf_finish(&a);
	buf_finish(&b);
}

static void test_no_trace(void **state)
{
	static const char *const traces[] = { "CreationDate", "ModDate", "Haru", "/Author" };
	struct findings findings = { 0 };
	struct buf b = { 0 }, text = { 0 };
	struct err err;

	(void)state;
	assert_int_equal(make(&b, 1, &err), 0);
	for (size_t i = 0; i < COUNT(traces); i++)
		CHECK(!memmem(b.data, b.len, traces[i], strlen(traces[i])), traces[i]);
	assert_non_null(memmem(b.data, b.len, "Title &amp; &lt;more&gt;", 24));
	/* Much of the file is compressed: look into it. */
	assert_int_equal(inspect_bytes(&text, &findings, "it", b.data, b.len, &err), 0);
	if (findings.n)
		fail_msg("%s: %s", findings.list[0].place, findings.list[0].text);
	assert_string_equal(text.data, "Hello\n");
	findings_finish(&findings);
	buf_finish(&text);
	buf_finish(&b);
}

/* A name that comes later is found; one that never comes is a fault. */
static void test_link_names(void **state)
{
	static const char *const names[] = { "later", "nowhere" };

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct font_set *fonts;
		struct buf b = { 0 };
		struct pdf *p;
		struct err err;
		int r;

		assert_int_equal(font_set_create(&fonts, NULL, &err), 0);
		assert_int_equal(pdf_create(&p, &info, fonts, &err), 0);
		pdf_page(p, 300, 400);
		pdf_tag_open(p, "Link");
		pdf_tag_link_name(p, 10, 10, 50, 20, names[i], "there");
		pdf_tag_close(p);
		pdf_page(p, 300, 400);
		pdf_tag_place(p, "later", 1, 100);
		r = pdf_write(&b, p, &err);
		assert_int_equal(r, i ? -1 : 0);
		if (r) {
			assert_int_equal(err.code, ERR_INPUT);
			assert_non_null(strstr(err.msg, "#nowhere"));
		}
		buf_finish(&b);
		pdf_free(p);
		font_set_free(fonts);
	}
}

/* What right-to-left words become where an element holds only them, and where more follows. */
static void test_words(void **state)
{
	static const char arabic[] = "\u0639\u0644\u0627\u062c";
	struct findings findings = { 0 };
	struct buf b = { 0 }, text = { 0 };
	struct text_style style = { .size = 10, .language = "ar", .right_to_left = true };
	struct text *t, *other;
	struct pdf *p;
	struct err err;

	(void)state;
	assert_int_equal(font_set_create(&style.fonts, NULL, &err), 0);
	assert_int_equal(pdf_create(&p, &info, style.fonts, &err), 0);
	assert_int_equal(text_create(&t, arabic, &style, 100, &err), 0);
	assert_int_equal(text_create(&other, "71", &style, 100, &err), 0);
	pdf_page(p, 300, 400);
	pdf_label(p, 0, 1);
	pdf_bookmark(p, PDF_TOP, "Page", 0, 400);
	pdf_tag_open(p, "Document");
	for (int more = 0; more < 2; more++) {
		pdf_tag_open(p, "P");
		for (int i = 0; i < 2; i++) {
			if (i && more)
				pdf_tag_open(p, "Span");
			pdf_tag_content(p);
			pdf_text_draw(p, t, 0, 50, 300, (struct color){ 0, 0, 0 });
			if (!more && i)
				pdf_text_draw(p, other, 0, 20, 300, (struct color){ 0, 0, 0 });
			pdf_tag_content_end(p);
			if (i && more)
				pdf_tag_close(p);
		}
		pdf_tag_close(p);
	}
	pdf_tag_close(p);
	assert_int_equal(pdf_write(&b, p, &err), 0);
	assert_int_equal(inspect_bytes(&text, &findings, "it", b.data, b.len, &err), 0);
	if (findings.n)
		fail_msg("%s: %s", findings.list[0].place, findings.list[0].text);
	assert_string_equal(text.data, "\u0639\u0644\u0627\u062c\u0639\u0644\u0627\u062c 71\n"
	                               "\u0639\u0644\u0627\u062c\u0639\u0644\u0627\u062c\n");
	findings_finish(&findings);
	buf_finish(&text);
	buf_finish(&b);
	text_free(t);
	text_free(other);
	pdf_free(p);
	font_set_free(style.fonts);
}

/* A link to a page that is not there is a fault of the whole document. */
static void test_bad_link(void **state)
{
	struct buf b = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(make(&b, 99, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(b.len, 0);
	buf_finish(&b);
}

static void test_bad_fault_is_kept(void **state)
{
	struct err first = { .code = ERR_INPUT, .msg = "first" };
	struct err second = { .code = ERR_IO, .msg = "second" }, err;
	struct buf b = { 0 };
	struct font_set *fonts;
	struct pdf *p;

	(void)state;
	assert_int_equal(font_set_create(&fonts, NULL, &err), 0);
	assert_int_equal(pdf_create(&p, &info, fonts, &err), 0);
	pdf_page(p, 100, 100);
	pdf_fail(p, &first);
	pdf_fail(p, &second);
	pdf_page(p, 100, 100);
	assert_int_equal(pdf_pages(p), 1);
	assert_int_equal(pdf_write(&b, p, &err), -1);
	assert_string_equal(err.msg, "first");
	buf_finish(&b);
	pdf_free(p);
	font_set_free(fonts);
}

/* What cannot be written leaves the old file as it was. */
static void test_bad_path(void **state)
{
	struct font_set *fonts;
	struct pdf *p;
	struct err err;

	(void)state;
	assert_int_equal(font_set_create(&fonts, NULL, &err), 0);
	assert_int_equal(pdf_create(&p, &info, fonts, &err), 0);
	draw(p, fonts, 1);
	assert_int_equal(pdf_save(p, "/nonexistent/a.pdf", &err), -1);
	assert_int_equal(err.code, ERR_IO);
	pdf_free(p);
	font_set_free(fonts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_bytes),        cmocka_unit_test(test_no_trace),
		cmocka_unit_test(test_bad_link),          cmocka_unit_test(test_bad_fault_is_kept),
		cmocka_unit_test(test_bad_path),
		cmocka_unit_test(test_link_names),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests_name("pdf", tests, NULL, NULL);
}
