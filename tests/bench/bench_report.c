/*
 * bench_report.c - time, memory and size of reports as pages and languages grow. Figures, never
 * pass or fail.
 *
 * The document is made up: chapters of paragraphs, a chart and a table each, in a language of the
 * questionnaire. Time is the processor's; its ratio to the first line's time a page says whether
 * the time is linear.
 *
 * usage: bench_report FORM.json
 */
#include "report/layout.h"

#include "tests/unit/report/sample.h"

#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static const struct {
	const char *language;
	int chapters;
} runs[] = {
	{ "en", 20 },  { "fr", 20 },  { "es", 20 },  { "pt", 20 },   { "ru", 20 },
	{ "ar", 20 },  { "en", 100 }, { "en", 250 }, { "en", 500 },
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static const char *label_of(struct document *d, const struct form_question *q, size_t i)
{
	return q->n_choices ? edition_text(d->edition, &q->choices[i % q->n_choices].label) : "";
}

static void add_chart(struct document *d, struct document_block *section,
                      const struct form_question *q, int n)
{
	struct document_block *b = document_add(d, section, DOCUMENT_FIGURE);
	struct chart_column *column = document_array(d, 1, sizeof *column);
	struct chart_row *rows = document_array(d, 6, sizeof *rows);
	struct chart *chart = document_array(d, 1, sizeof *chart);

	b->title = document_plain(d, edition_text(d->edition, &q->label));
	for (size_t i = 0; i < 6; i++) {
		int *tenths = document_array(d, 1, sizeof *tenths);
		const char **values = document_array(d, 1, sizeof *values);

		*tenths = (int)(90 * i + (size_t)n % 90);
		*values = document_percent(d, *tenths);
		rows[i] = (struct chart_row){ .label = label_of(d, q, i),
			                      .tenths = tenths,
			                      .values = values };
	}
	*chart = (struct chart){ CHART_BARS, column, 1, rows, 6, NULL, NULL, NULL };
	b->chart = chart;
	b->alternative = "A chart.";
}

static void add_table(struct document *d, struct document_block *section,
                      const struct form_question *q, int n)
{
	enum { COLUMNS = 8, ROWS = 12 };
	struct document_block *b = document_add(d, section, DOCUMENT_TABLE);
	struct table_row *rows = document_array(d, ROWS, sizeof *rows);
	struct table *table = document_array(d, 1, sizeof *table);
	const char **heads = document_array(d, COLUMNS, sizeof *heads);

	for (size_t i = 0; i < COLUMNS; i++)
		heads[i] = document_count(d, (long)i);
	for (size_t i = 0; i < ROWS; i++) {
		const char **cells = document_array(d, COLUMNS, sizeof *cells);

		for (size_t k = 0; k < COLUMNS; k++)
			cells[k] = document_tenths(d, (int)((37 * i + 11 * k + (size_t)n) % 1000));
		rows[i] = (struct table_row){ TABLE_FIGURES, label_of(d, q, i), cells };
	}
	*table = (struct table){ document_word(d, "table.answer"), heads, COLUMNS, 2, rows, ROWS,
		                 NULL };
	b->table = table;
	b->title = document_plain(d, edition_text(d->edition, &q->label));
}

static void add_chapter(struct document *d, const struct form *f, int n)
{
	const struct form_question *q = &f->questions[(size_t)n % f->n_questions];
	struct document_block *chapter =
		document_add_section(d, NULL, 1, edition_text(d->edition, &q->label));

	for (int i = 0; i < 5; i++)
		document_add_text(d, chapter, DOCUMENT_PARAGRAPH,
		                  document_word(d, i % 2 ? "methods.sample.text"
		                                         : "methods.percentages.text"));
	add_chart(d, chapter, q, n);
	add_table(d, chapter, q, n);
}

static long pages(const struct buf *pdf)
{
	char path[] = "/tmp/bench-report-XXXXXX", command[96];
	int file = mkstemp(path);
	long n = 0;
	FILE *p;

	if (file < 0 || write(file, pdf->data, pdf->len) != (ssize_t)pdf->len)
		return 0;
	close(file);
	snprintf(command, sizeof command, "pdfinfo %s | sed -n 's/^Pages: *//p'", path);
	p = popen(command, "r");
	if (p && fscanf(p, "%ld", &n) != 1)
		n = 0;
	if (p)
		pclose(p);
	unlink(path);
	return n;
}

static double run(const char *form, const char *language, int chapters, double unit)
{
	struct findings findings = { 0 };
	struct buf pdf = { 0 };
	struct document *d;
	struct rusage use;
	struct sample s;
	struct err err;
	double seconds, each;
	long n;

	sample_start(&s, form, language, 0);
	assert_int_equal(document_create(&d, &s.edition, &err), 0);
	for (int i = 0; i < chapters; i++)
		add_chapter(d, s.form, i);
	seconds = now();
	if (layout_write(&pdf, d, &findings, &err))
		fail_msg("%s", err.msg);
	seconds = now() - seconds;
	n = pages(&pdf);
	getrusage(RUSAGE_SELF, &use);
	each = seconds / (double)(n ? n : 1);
	printf("%-4s %5ld pages  %7.3f s  %5.2f ms a page (%.2f of the first)  %6.1f KB  %5.2f KB a "
	       "page  peak %5.1f MB\n",
	       language, n, seconds, each * 1e3, unit > 0 ? each / unit : 1, (double)pdf.len / 1e3,
	       (double)pdf.len / 1e3 / (double)(n ? n : 1), (double)use.ru_maxrss / 1e3);
	buf_finish(&pdf);
	findings_finish(&findings);
	document_free(d);
	sample_stop(&s);
	return each;
}

int main(int argc, char **argv)
{
	double unit = 0;

	if (argc != 2)
		return 2;
	for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
		double each = run(argv[1], runs[i].language, runs[i].chapters, unit);

		unit = i ? unit : each;
	}
	return 0;
}
