/* test_table.c - parts of wide tables, and long ones over several pages. */
#include "report/table.h"

#include "report/pdf_tag.h"
#include "tests/unit/test.h"

static struct layout *start(void)
{
	struct layout_setup setup = { .language = "en", .title = "t", .subject = "s", .head = "h" };
	struct layout *l;
	struct err err;

	assert_int_equal(layout_create(&l, &setup, &err), 0);
	layout_page(l);
	return l;
}

static void stop(struct layout *l)
{
	struct buf b = { 0 };
	struct err err;

	if (pdf_write(&b, l->pdf, &err))
		fail_msg("%s", err.msg);
	buf_finish(&b);
	layout_free(l);
}

static const struct {
	const char *label, *head;
	size_t columns, parts;
} widths[] = {
	{ "one", "All", 2, 1 },
	{ "six regions", "Europe", 8, 1 },
	{ "twelve", "Europe", 14, 2 },
	{ "long words", "Karibisches", 10, 2 },
	{ "bad-a word wider than any column", "Donaudampfschifffahrtsgesellschaft", 8, 2 },
};

static void test_parts(void **state)
{
	const char *heads[16], *cells[16];

	(void)state;
	for (size_t i = 0; i < COUNT(widths); i++) {
		struct table_row row = { TABLE_FIGURES, "Yes", cells };
		struct table t = { .corner = "Answer", .heads = heads, .fixed = 1, .rows = &row,
			           .n_rows = 1, .n_columns = widths[i].columns };
		struct layout *l = start();
		size_t parts;

		for (size_t k = 0; k < 16; k++) {
			heads[k] = widths[i].head;
			cells[k] = "71.2";
		}
		parts = table_parts(l, &t);
		if (parts != widths[i].parts)
			fail_msg("%s: %zu parts", widths[i].label, parts);
		pdf_tag_open(l->pdf, "Document");
		for (size_t k = 0; k < parts; k++)
			table_draw(l, &t, k, parts, "Title", "Title (continued)");
		pdf_tag_close(l->pdf);
		stop(l);
	}
}

static void test_pages(void **state)
{
	enum { ROWS = 120 };
	static const char *const heads[] = { "Number", "All" }, *const cells[] = { "12", "1.2" };
	struct table_row rows[ROWS];
	struct table t = { .corner = "Answer", .heads = heads, .n_columns = 2, .fixed = 1,
		           .rows = rows, .n_rows = ROWS };
	struct layout *l = start();

	(void)state;
	for (size_t i = 0; i < ROWS; i++)
		rows[i] = (struct table_row){ i % 10 == 0   ? TABLE_GROUP
			                      : i % 10 == 9 ? TABLE_BASE
			                                    : TABLE_FIGURES,
			                      "A row", cells };
	pdf_tag_open(l->pdf, "Document");
	table_draw(l, &t, 0, 1, "Title", "Title (continued)");
	pdf_tag_close(l->pdf);
	assert_int_equal(pdf_pages(l->pdf), 3);
	assert_true(l->y > LAYOUT_FOOT && l->y < LAYOUT_TOP);
	stop(l);
}

/* A table that would fit whole on a page of its own does not start at the foot of another. */
static void test_kept_whole(void **state)
{
	static const char *const heads[] = { "Number", "All" }, *const cells[] = { "12", "1.2" };
	struct table_row rows[6];
	struct table t = { .corner = "Answer", .heads = heads, .n_columns = 2, .fixed = 1,
		           .rows = rows, .n_rows = 6 };
	struct layout *l = start();

	(void)state;
	for (size_t i = 0; i < 6; i++)
		rows[i] = (struct table_row){ TABLE_FIGURES, "A row", cells };
	l->y = LAYOUT_FOOT + 60;
	pdf_tag_open(l->pdf, "Document");
	table_draw(l, &t, 0, 1, "Title", "Title (continued)");
	pdf_tag_close(l->pdf);
	assert_int_equal(pdf_pages(l->pdf), 2);
	stop(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_kept_whole),
	};

	return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
