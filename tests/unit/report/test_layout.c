/*
 * test_layout.c - documents made by hand become PDFs that our own checker reads again: everything is
 * said, in its order, on pages that are not too many; nothing is untagged.
 */
#include "report/layout.h"

#include "report/inspect.h"
#include "tests/unit/report/sample.h"

static const char *const form = SOURCE "/forms/library/covid-peer-experience.json";

struct made {
	struct sample s;
	struct document *d;
	struct buf text; /* of the PDF, as it is read */
};

static void start(struct made *m, const char *language)
{
	struct err err;

	*m = (struct made){ 0 };
	sample_start(&m->s, form, language, 0);
	assert_int_equal(document_create(&m->d, &m->s.edition, &err), 0);
}

/* Lay out, and look into what came of it: nothing may be wrong. */
static void lay_out(struct made *m)
{
	struct findings odd = { 0 }, found = { 0 };
	struct buf pdf = { 0 };
	struct err err;

	if (layout_write(&pdf, m->d, &odd, &err) ||
	    inspect_bytes(&m->text, &found, "report", pdf.data, pdf.len, &err))
		fail_msg("%s", err.msg);
	for (size_t i = 0; i < found.n; i++)
		fail_msg("%s: %s", found.list[i].place, found.list[i].text);
	findings_finish(&odd);
	findings_finish(&found);
	buf_finish(&pdf);
}

static void stop(struct made *m)
{
	buf_finish(&m->text);
	document_free(m->d);
	sample_stop(&m->s);
}

/* `words` stand in the text, behind *at, which moves there. */
static void follows(const struct made *m, size_t *at, const char *words)
{
	const char *there = strstr(m->text.data + *at, words);

	if (!there)
		fail_msg("\"%s\" is not in its order", words);
	*at = (size_t)(there - m->text.data) + strlen(words);
}

static struct document_block *add_chapter(struct made *m, const char *title)
{
	struct document_block *chapter = document_add_section(m->d, NULL, 1, title);

	chapter->id = title;
	return chapter;
}

static struct document_block *add_figure(struct made *m, struct document_block *section,
                                         size_t rows)
{
	struct document_block *b = document_add(m->d, section, DOCUMENT_FIGURE);
	struct chart_column *column = document_array(m->d, 1, sizeof *column);
	struct chart_row *row = document_array(m->d, rows, sizeof *row);
	struct chart *chart = document_array(m->d, 1, sizeof *chart);

	for (size_t i = 0; i < rows; i++) {
		int *tenths = document_array(m->d, 1, sizeof *tenths);
		const char **value = document_array(m->d, 1, sizeof *value);

		*tenths = (int)(i * 37 % 1000);
		*value = document_percent(m->d, *tenths);
		row[i] = (struct chart_row){ "An answer", NULL, tenths, value };
	}
	*chart = (struct chart){ .kind = CHART_BARS,
		                 .columns = column,
		                 .n_columns = 1,
		                 .rows = row,
		                 .n_rows = rows };
	b->chart = chart;
	b->title = document_plain(m->d, "A chart's title");
	b->alternative = "What the chart says.";
	document_add_text(m->d, b, DOCUMENT_NOTE, "A chart's note.");
	return b;
}

static struct document_block *add_table(struct made *m, struct document_block *section,
                                        size_t n_rows, size_t n_columns)
{
	struct document_block *b = document_add(m->d, section, DOCUMENT_TABLE);
	struct table *t = document_array(m->d, 1, sizeof *t);
	struct table_row *rows = document_array(m->d, n_rows, sizeof *rows);
	const char **heads = document_array(m->d, n_columns, sizeof *heads);

	for (size_t i = 0; i < n_columns; i++)
		heads[i] = "Head";
	for (size_t i = 0; i < n_rows; i++) {
		const char **cells = document_array(m->d, n_columns, sizeof *cells);

		for (size_t k = 0; k < n_columns; k++)
			cells[k] = "12.3";
		rows[i] = i % 20 ? (struct table_row){ TABLE_FIGURES, "A line", cells }
		                 : (struct table_row){ TABLE_GROUP, "A group", NULL };
	}
	*t = (struct table){ "Corner", heads, n_columns, n_columns > 2 ? 2 : 0, rows, n_rows, NULL };
	b->table = t;
	b->title = document_plain(m->d, "A table's title");
	document_add_text(m->d, b, DOCUMENT_NOTE, "A table's note.");
	return b;
}

static struct document_text with_note(struct made *m, const char *words, const char *note)
{
	struct document_span *span = document_array(m->d, 1, sizeof *span);
	struct document_text *text = document_array(m->d, 1, sizeof *text);

	*text = document_plain(m->d, note);
	*span = (struct document_span){ .text = words, .note = text };
	return (struct document_text){ span, 1 };
}

static void add_quote(struct made *m, struct document_block *section, const char *words)
{
	document_add_text(m->d, document_add(m->d, section, DOCUMENT_QUOTE), DOCUMENT_PARAGRAPH,
	                  words);
}

static void add_list(struct made *m, struct document_block *section, bool ordered)
{
	struct document_block *list = document_add(m->d, section, DOCUMENT_LIST);

	list->ordered = ordered;
	for (int i = 0; i < 3; i++)
		document_add_text(m->d, document_add(m->d, list, DOCUMENT_ITEM),
		                  DOCUMENT_PARAGRAPH, "An item of the list.");
}

/* Every kind of block, in every language's direction. */
static void test_everything(void **state)
{
	static const char *const languages[] = { "en", "ar" };

	(void)state;
	for (size_t i = 0; i < COUNT(languages); i++) {
		struct document_block *chapter, *b;
		struct made m;
		size_t at = 0;

		start(&m, languages[i]);
		chapter = add_chapter(&m, "First");
		document_add_text(m.d, chapter, DOCUMENT_PARAGRAPH, "Words that lead.")->lead = true;
		b = document_add_section(m.d, chapter, 2, "Below it");
		document_add(m.d, b, DOCUMENT_PARAGRAPH)->text =
			with_note(&m, "Words with a note.", "What the note says.");
		document_add_text(m.d, b, DOCUMENT_SIDE, "Beside them.");
		add_list(&m, b, true);
		add_list(&m, b, false);
		add_quote(&m, b, "Somebody's words.");
		add_figure(&m, b, 5);
		for (int k = 0; k < 3; k++) {
			struct document_block *c = document_add(m.d, b, DOCUMENT_CALLOUT);

			c->big = "3 in 4";
			c->text = document_plain(m.d, "What it is.");
		}
		add_table(&m, b, 4, 3);
		b = document_add(m.d, b, DOCUMENT_BOX);
		b->title = document_plain(m.d, "A warning");
		document_add_text(m.d, b, DOCUMENT_PARAGRAPH, "What is warned of.");
		lay_out(&m);
		follows(&m, &at, m.d->title);
		follows(&m, &at, "First"); /* in the contents */
		follows(&m, &at, "First");
		follows(&m, &at, "Words that lead.");
		follows(&m, &at, "Below it");
		follows(&m, &at, "Words with a note.");
		follows(&m, &at, "Beside them.");
		follows(&m, &at, "An item of the list.");
		follows(&m, &at, "Somebody's words.");
		follows(&m, &at, "A chart's title");
		follows(&m, &at, "What the chart says.");
		follows(&m, &at, "A chart's note.");
		follows(&m, &at, "3 in 4");
		follows(&m, &at, "A table's title");
		follows(&m, &at, "A warning");
		stop(&m);
	}
}

/* How often words stand in the text. */
static size_t times(const struct made *m, const char *words)
{
	size_t n = 0;

	for (const char *at = m->text.data; (at = strstr(at, words)); at += strlen(words))
		n++;
	return n;
}

/* More rows than a page has, and more columns: nothing is lost, and titles are read once a part. */
static void test_long_table(void **state)
{
	struct made m;

	(void)state;
	start(&m, "en");
	add_table(&m, add_chapter(&m, "Long"), 200, 5);
	lay_out(&m);
	assert_int_equal(times(&m, "A line"), 190);
	assert_int_equal(times(&m, "12.3"), 190 * 5);
	assert_int_equal(times(&m, "A table's title"), 1);
	stop(&m);

	start(&m, "ru");
	add_table(&m, add_chapter(&m, "Wide"), 10, 30);
	lay_out(&m);
	/* Two columns stand in each part. */
	assert_true(times(&m, "A table's title") > 1);
	assert_int_equal(times(&m, "12.3"),
	                 9 * (28 + 2 * times(&m, "A table's title")));
	stop(&m);
}

/* A chart of more rows than a page has is cut between them. */
static void test_long_chart(void **state)
{
	struct made m;

	(void)state;
	start(&m, "en");
	add_figure(&m, add_chapter(&m, "Long"), 120);
	lay_out(&m);
	assert_true(times(&m, "What the chart says.") > 1);
	assert_int_equal(times(&m, "A chart's title"), 1);
	stop(&m);
}

/* A figure that does not fit waits while the text goes on, and is read with its section. */
static void test_waiting(void **state)
{
	struct document_block *chapter;
	struct made m;
	size_t at = 0;

	(void)state;
	start(&m, "en");
	chapter = add_chapter(&m, "Waiting");
	for (int i = 0; i < 30; i++)
		document_add_text(m.d, chapter, DOCUMENT_PARAGRAPH, "One of many lines.");
	add_figure(&m, chapter, 12);
	document_add_text(m.d, chapter, DOCUMENT_PARAGRAPH, "What goes on.");
	lay_out(&m);
	follows(&m, &at, "Waiting");
	follows(&m, &at, "One of many lines.");
	follows(&m, &at, "What goes on.");
	follows(&m, &at, "A chart's title");
	stop(&m);
}

/* Figures that wait fill the page that the next one needs: none reaches over the foot (lay_out). */
static void test_many_figures(void **state)
{
	(void)state;
	for (size_t rows = 8; rows < 30; rows += 3) {
		struct document_block *chapter;
		struct made m;

		start(&m, "en");
		chapter = add_chapter(&m, "Figures");
		for (int i = 0; i < 12; i++) {
			struct document_block *b = document_add_section(m.d, chapter, 2, "Below");

			add_figure(&m, b, rows);
			document_add_text(m.d, b, DOCUMENT_PARAGRAPH, "What goes on.");
			add_figure(&m, b, 30 - rows);
			add_figure(&m, b, rows);
		}
		lay_out(&m);
		assert_int_equal(times(&m, "A chart's note."), 36);
		stop(&m);
	}
}

/* Many notes: each is said once, and those that do not fit take their line to the next page. */
static void test_footnotes(void **state)
{
	struct document_block *chapter;
	struct made m;

	(void)state;
	start(&m, "fr");
	chapter = add_chapter(&m, "Notes");
	for (int i = 0; i < 80; i++)
		document_add(m.d, chapter, DOCUMENT_PARAGRAPH)->text =
			with_note(&m, "Words.", "Something that is said below.");
	lay_out(&m);
	assert_int_equal(times(&m, "Something that is said below."), 80);
	stop(&m);
}

static struct document_text with_notes(struct made *m, size_t n, const char *note)
{
	struct document_span *spans = document_array(m->d, n, sizeof *spans);
	struct document_text *text = document_array(m->d, 1, sizeof *text);

	*text = document_plain(m->d, note);
	for (size_t i = 0; i < n; i++)
		spans[i] = (struct document_span){ .text = "a ", .note = text };
	return (struct document_text){ spans, n };
}

/* However many marks a paragraph has, and where a call-out has one. */
static void test_all_footnotes(void **state)
{
	struct document_block *chapter, *b;
	struct made m;

	(void)state;
	start(&m, "en");
	chapter = add_chapter(&m, "Notes");
	document_add(m.d, chapter, DOCUMENT_PARAGRAPH)->text =
		with_notes(&m, 100, "One of a hundred.");
	b = document_add(m.d, chapter, DOCUMENT_CALLOUT);
	b->big = "3 in 4";
	b->text = with_notes(&m, 1, "Of a call-out.");
	lay_out(&m);
	assert_int_equal(times(&m, "One of a hundred."), 100);
	assert_int_equal(times(&m, "Of a call-out."), 1);
	stop(&m);
}

/* What the end of a page brings is read in its own section, not in the next one. */
static void test_sections(void **state)
{
	struct document_block *chapter, *b;
	struct made m;
	size_t at = 0;

	(void)state;
	start(&m, "en");
	chapter = add_chapter(&m, "One");
	document_add(m.d, chapter, DOCUMENT_PARAGRAPH)->text =
		with_note(&m, "Words.", "A note of the first.");
	for (int i = 0; i < 22; i++)
		document_add_text(m.d, chapter, DOCUMENT_PARAGRAPH, "One of many lines.");
	b = document_add_section(m.d, chapter, 2, "Charts");
	document_add_text(m.d, b, DOCUMENT_PARAGRAPH, "Before it.");
	add_figure(&m, b, 12);
	document_add_text(m.d, b, DOCUMENT_PARAGRAPH, "Behind it.");
	b = document_add_section(m.d, chapter, 2, "Below");
	document_add_text(m.d, b, DOCUMENT_PARAGRAPH, "Words below.");
	chapter = add_chapter(&m, "Two");
	document_add(m.d, chapter, DOCUMENT_PARAGRAPH)->text =
		with_note(&m, "Words.", "A note of the second.");
	document_add_text(m.d, add_chapter(&m, "Three"), DOCUMENT_PARAGRAPH, "The end.");
	lay_out(&m);
	follows(&m, &at, "Before it.");
	follows(&m, &at, "Behind it.");
	follows(&m, &at, "A chart's title");
	follows(&m, &at, "A note of the first.");
	follows(&m, &at, "Words below.");
	follows(&m, &at, "Two");
	follows(&m, &at, "A note of the second.");
	follows(&m, &at, "Three");
	stop(&m);
}

/* A quotation holds lists and quotations, too. */
static void test_quotation(void **state)
{
	struct document_block *quote;
	struct made m;
	size_t at = 0;

	(void)state;
	start(&m, "ar");
	quote = document_add(m.d, add_chapter(&m, "Quoted"), DOCUMENT_QUOTE);
	document_add_text(m.d, quote, DOCUMENT_PARAGRAPH, "Somebody's words.");
	add_list(&m, quote, false);
	add_quote(&m, quote, "Words in words.");
	lay_out(&m);
	follows(&m, &at, "Somebody's words.");
	follows(&m, &at, "An item of the list.");
	follows(&m, &at, "Words in words.");
	stop(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_everything), cmocka_unit_test(test_long_table),
		cmocka_unit_test(test_long_chart), cmocka_unit_test(test_waiting),
		cmocka_unit_test(test_many_figures),
		cmocka_unit_test(test_footnotes), cmocka_unit_test(test_all_footnotes),
		cmocka_unit_test(test_sections), cmocka_unit_test(test_quotation),
	};

	return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
