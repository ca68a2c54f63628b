/*
 * test_chart.c - every kind of chart, in languages and widths, with figures at the ends of their
 * range: no words on words, nothing outside, what is hidden is hatched and shows no length.
 */
#include "report/chart.h"

#include "report/chart_part.h"
#include "report/theme.h"
#include "tests/unit/test.h"

enum { MARKS = 4096, ROWS = 24, COLUMNS = 10 };

enum mark_kind { BOX, HATCH, LINE, DISC, TEXT };

/* What was drawn, and where. */
struct mark {
	enum mark_kind kind;
	double x0, y0, x1, y1;
	struct color color;
	const struct text *text;
};

struct record {
	struct mark list[MARKS];
	size_t n;
};

static void add(struct record *r, struct mark m)
{
	assert_true(r->n < MARKS);
	r->list[r->n++] = m;
}

static void box(void *to, double x, double y, double width, double height, struct color c)
{
	add(to, (struct mark){ BOX, x, y, x + width, y + height, c, NULL });
}

static void hatch(void *to, double x, double y, double width, double height, struct color c)
{
	add(to, (struct mark){ HATCH, x, y, x + width, y + height, c, NULL });
}

static void line(void *to, double x0, double y0, double x1, double y1, double width, struct color c)
{
	/* Square on its corner: half of the diagonal is the width by the root of two. */
	double out = x0 == x1 || y0 == y1 ? width / 2 : width * 0.36;
	double left = x0 < x1 ? x0 : x1, top = y0 < y1 ? y0 : y1;

	add(to, (struct mark){ LINE, left - (x0 == x1 ? out : 0), top - (y0 == y1 ? out : 0),
		               (x0 < x1 ? x1 : x0) + (x0 == x1 ? out : 0),
		               (y0 < y1 ? y1 : y0) + (y0 == y1 ? out : 0), c, NULL });
}

static void disc(void *to, double x, double y, double radius, struct color c, bool hollow)
{
	(void)hollow;
	add(to, (struct mark){ DISC, x - radius, y - radius, x + radius, y + radius, c, NULL });
}

static void text(void *to, const struct text *t, size_t nth, enum type_style style, double x,
                 double y, struct color c)
{
	double size = type_size(style);

	add(to, (struct mark){ TEXT, x, y - 0.78 * size, x + t->lines[nth].width, y + 0.22 * size, c,
		               t });
}

static const struct canvas_calls calls = {
	.box = box, .hatch = hatch, .line = line, .disc = disc, .text = text
};

static const struct palette palette = {
	.ink = { .106, .125, .149 }, .muted = { .349, .388, .431 }, .hair = { .800, .824, .847 },
	.track = { .937, .945, .953 }, .paper = { 1, 1, 1 }, .accent = { .063, .310, .369 },
	.tint = { .890, .945, .945 }, .second = { .776, .467, .145 }
};

struct language {
	const char *code;
	const char *shorts[3], *longs[3];
	const char *hidden, *base, *full, *percent; /* "100.0%", "71.2%" */
};

static const struct language languages[] = {
	{ "en",
	  { "Food", "Legal help", "Naloxone" },
	  { "Somewhere else, for example at the house of a friend or of a member of my family",
	    "A place where people can bring a small sample of what they bought to have it checked",
	    "Internationalisation" },
	  "not published", "n = 1,616", "100.0%", "71.2%" },
	{ "de",
	  { "Essen", "Rechtsberatung", "Naloxon" },
	  { "Betäubungsmittelverschreibungsverordnung",
	    "Drogenkonsumraum mit Spritzentausch- und Aufenthaltsmöglichkeiten",
	    "Entkriminalisierungsbestrebungen in der Gesundheitsversorgung" },
	  "wird nicht veröffentlicht", "n = 1.616", "100,0\u00A0%", "71,2\u00A0%" },
	{ "ru",
	  { "Еда", "Юридическая помощь", "Налоксон" },
	  { "Проверка состава веществ, куда можно принести небольшой образец",
	    "Высококвалифицированная медицинская помощь", "Восточная Европа и Центральная Азия" },
	  "не публикуется", "n = 1616", "100,0\u00A0%", "71,2\u00A0%" },
	{ "ar",
	  { "الغذاء", "المساعدة القانونية", "نالوكسون" },
	  { "فحص المواد حيث يمكن للناس إحضار عينة صغيرة مما اشتروه",
	    "أوروبا الشرقية وآسيا الوسطى والمحيط الهادئ", "المساعدة القانونية المجانية" },
	  "غير منشور", "ن = 1,616", "100.0%", "71.2%" },
};

/* Figures of a case: all alike, from end to end, or some hidden. */
enum figures { ZEROS, WHOLE, ALL_HIDDEN, SPREAD, SOME_HIDDEN, ENDS, FIGURES };

static int figure(enum figures f, size_t row, size_t column, size_t n_columns, enum chart_kind kind)
{
	int spread = (int)((row * 379 + column * 83) % 1001);

	if (f == ZEROS)
		return 0;
	if (f == WHOLE)
		return kind == CHART_STACKED ? (column == row % n_columns ? 1000 : 0) : 1000;
	if (f == ALL_HIDDEN || (f == SOME_HIDDEN && (row + column) % 3 == 0))
		return CHART_HIDDEN;
	if (kind == CHART_STACKED)
		return 1000 / (int)n_columns;
	if (f == ENDS)
		return (int[]){ 0, 3, 997, 1000, 988, 5 }[(row * 5 + column) % 6];
	if (kind == CHART_RANKING && !column)
		return spread / 2;
	return spread;
}

struct fixture {
	struct chart_column columns[COLUMNS];
	struct chart_row rows[ROWS];
	int tenths[ROWS][COLUMNS];
	const char *values[ROWS][COLUMNS];
	struct chart chart;
	char label[160];
};

struct sample {
	enum chart_kind kind;
	size_t n_columns, n_rows;
	bool roles;
};

static void fill(struct fixture *f, const struct sample *s, const struct language *l,
                 enum figures figures, bool longs)
{
	static const char *const roles[] = { "worse", "bad",      "same",    "good",  "better",
		                             "na",    "not_used", "unsure", "other", "more" };

	for (size_t k = 0; k < s->n_columns; k++)
		f->columns[k] = (struct chart_column){ .label = longs ? l->longs[k % 3]
			                                              : l->shorts[k % 3],
			                               .base = k % 2 ? NULL : l->base };
	if (s->roles)
		chart_roles(f->columns, roles, s->n_columns);
	for (size_t i = 0; i < s->n_rows; i++) {
		for (size_t k = 0; k < s->n_columns; k++) {
			int v = figure(figures, i, k, s->n_columns, s->kind);

			f->tenths[i][k] = v;
			f->values[i][k] = v == CHART_HIDDEN ? (i % 2 ? "·" : l->hidden)
			                  : v == 1000       ? l->full
			                                    : l->percent;
		}
		f->rows[i] = (struct chart_row){ .label = longs ? l->longs[i % 3] : l->shorts[i % 3],
			                         .base = longs ? l->base : NULL,
			                         .tenths = f->tenths[i],
			                         .values = f->values[i] };
	}
	f->chart = (struct chart){ .kind = s->kind,
		                   .columns = f->columns,
		                   .n_columns = s->n_columns,
		                   .rows = f->rows,
		                   .n_rows = s->n_rows,
		                   .low = l->shorts[0],
		                   .high = longs ? l->longs[0] : l->shorts[1],
		                   .hidden = l->hidden };
	snprintf(f->label, sizeof f->label, "kind %d, %zu x %zu, %s, figures %d, %s", (int)s->kind,
	         s->n_columns, s->n_rows, l->code, (int)figures, longs ? "long" : "short");
}

static const struct sample samples[] = {
	{ CHART_BARS, 1, 1, false },     { CHART_BARS, 1, ROWS, false },
	{ CHART_GROUPED, 2, 7, false },  { CHART_GROUPED, 4, 7, false },
	{ CHART_STACKED, 7, 6, true },   { CHART_STACKED, 8, 3, true },
	{ CHART_STACKED, 5, 6, false },  { CHART_STACKED, 3, 4, true },
	{ CHART_HISTOGRAM, 1, 5, false }, { CHART_HISTOGRAM, 1, 11, false },
	{ CHART_HISTOGRAM, 1, 2, false }, { CHART_DOTS, 2, 7, false },
	{ CHART_DOTS, 4, 7, false },     { CHART_DOTS, COLUMNS, 7, false },
	{ CHART_MULTIPLES, 2, 6, false }, { CHART_MULTIPLES, 7, 6, false },
	{ CHART_CHANGE, 2, 9, false },   { CHART_RANKING, 2, 9, false },
};

static const double widths[] = { 220, 340, 482 };

static bool overlap(const struct mark *a, const struct mark *b)
{
	double slack = 0.4;

	return a->x0 + slack < b->x1 && b->x0 + slack < a->x1 && a->y0 + slack < b->y1 &&
	       b->y0 + slack < a->y1;
}

static void check_marks(const struct record *r, double width, double height, const char *label)
{
	double lowest = 0;

	for (size_t i = 0; i < r->n; i++) {
		const struct mark *a = &r->list[i];

		if (a->x0 < -0.5 || a->x1 > width + 0.5 || a->y0 < -0.5 || a->y1 > height + 0.5)
			fail_msg("%s, width %.0f: mark %d at %.1f, %.1f to %.1f, %.1f is outside "
			         "(height %.1f)",
			         label, width, (int)a->kind, a->x0, a->y0, a->x1, a->y1, height);
		if (a->y1 > lowest)
			lowest = a->y1;
		for (size_t j = 0; a->kind == TEXT && j < i; j++)
			if (r->list[j].kind == TEXT && overlap(a, &r->list[j]))
				fail_msg("%s, width %.0f: words on words at %.1f, %.1f to %.1f, "
				         "%.1f and %.1f, %.1f to %.1f, %.1f",
				         label, width, a->x0, a->y0, a->x1, a->y1, r->list[j].x0,
				         r->list[j].y0, r->list[j].x1, r->list[j].y1);
	}
	if (height - lowest > 12)
		fail_msg("%s, width %.0f: %.1f below the last mark", label, width, height - lowest);
}

static size_t count(const struct record *r, enum mark_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		n += r->list[i].kind == kind;
	return n;
}

static struct type *type_of(const struct language *l)
{
	struct type *type;
	struct err err;

	assert_int_equal(type_create(&type,
	                             &(struct type_setup){ .language = l->code,
	                                                   .right_to_left = !strcmp(l->code, "ar"),
	                                                   .heading = FONT_SANS,
	                                                   .body = FONT_SANS },
	                             &err),
	                 0);
	return type;
}

static struct record record; /* too large for a stack; every case begins it anew */

static struct canvas canvas_of(struct type *type, double width)
{
	record.n = 0;
	return (struct canvas){ .calls = &calls, .to = &record, .width = width, .type = type,
		                .color = &palette };
}

static void test_room(void **state)
{
	struct fixture f;
	struct err err;

	(void)state;
	for (size_t l = 0; l < COUNT(languages); l++) {
		struct type *type = type_of(&languages[l]);

		for (size_t i = 0; i < COUNT(samples) * FIGURES * 2 * COUNT(widths); i++) {
			const struct sample *s = &samples[i % COUNT(samples)];
			size_t rest = i / COUNT(samples);
			enum figures figures = (enum figures)(rest % FIGURES);
			bool longs = rest / FIGURES % 2;
			double width = widths[rest / FIGURES / 2];
			struct canvas c = canvas_of(type, width);

			fill(&f, s, &languages[l], figures, longs);
			chart_draw(&c, &f.chart);
			check_marks(&record, width, chart_height(&c, &f.chart), f.label);
		}
		assert_false(type_fault(type, &err));
		type_free(type);
	}
}

/* Every hidden figure has its hatching, and all hatchings have one length. */
static void test_hidden(void **state)
{
	struct type *type = type_of(&languages[0]);
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		size_t hidden = 0, marks;
		struct canvas c = canvas_of(type, 482);

		fill(&f, &samples[i], &languages[0], SOME_HIDDEN, false);
		for (size_t k = 0; k < f.chart.n_rows * f.chart.n_columns; k++)
			hidden += f.tenths[k / f.chart.n_columns][k % f.chart.n_columns] ==
			          CHART_HIDDEN;
		chart_draw(&c, &f.chart);
		CHECK(count(&record, HATCH) >= hidden, f.label);
		/* What they hide changes nothing: there is nothing to change. */
		marks = record.n;
		c = canvas_of(type, 482);
		chart_draw(&c, &f.chart);
		CHECK(record.n == marks, f.label);
		c = canvas_of(type, 482);
		fill(&f, &samples[i], &languages[0], ZEROS, false);
		chart_draw(&c, &f.chart);
		CHECK(count(&record, HATCH) == 0, f.label);
	}
	type_free(type);
}

static bool says(const struct text *t, const char *ascii)
{
	for (size_t i = 0; i < t->length; i++)
		if (!ascii[i] || t->units[i] != (unsigned char)ascii[i])
			return false;
	return !ascii[t->length];
}

static size_t said(const char *ascii)
{
	size_t n = 0;

	for (size_t i = 0; i < record.n; i++)
		n += record.list[i].kind == TEXT && says(record.list[i].text, ascii);
	return n;
}

/* The values that stand beside their marks are all there, and the bases. */
static void test_values(void **state)
{
	static const struct {
		const char *label;
		struct sample sample;
		size_t values, bases;
	} cases[] = {
		{ "bars", { CHART_BARS, 1, 7, false }, 7, 1 },
		{ "grouped", { CHART_GROUPED, 3, 7, false }, 21, 2 },
		{ "histogram", { CHART_HISTOGRAM, 1, 5, false }, 5, 1 },
		{ "multiples", { CHART_MULTIPLES, 5, 4, false }, 20, 3 },
		{ "change", { CHART_CHANGE, 2, 5, false }, 10, 1 },
		{ "ranking", { CHART_RANKING, 2, 5, false }, 10, 1 },
		{ "dots, everyone's", { CHART_DOTS, 6, 5, false }, 5, 3 },
	};
	struct type *type = type_of(&languages[0]);
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct canvas c = canvas_of(type, 482);

		fill(&f, &cases[i].sample, &languages[0], SPREAD, false);
		chart_draw(&c, &f.chart);
		CHECK(said("71.2%") + said("100.0%") >= cases[i].values, cases[i].label);
		CHECK(said("n = 1,616") == cases[i].bases, cases[i].label);
	}
	type_free(type);
}

/* The longest box in the accent's colour. */
static double longest(void)
{
	double most = 0;

	for (size_t i = 0; i < record.n; i++) {
		const struct mark *m = &record.list[i];

		if (m->kind == BOX && m->color.red == palette.accent.red && m->x1 - m->x0 > most)
			most = m->x1 - m->x0;
	}
	return most;
}

/* Bars are as long as their shares, from zero. */
static void test_proportion(void **state)
{
	struct type *type = type_of(&languages[0]);
	struct fixture f;
	double whole, part;
	struct canvas c = canvas_of(type, 482);

	(void)state;
	fill(&f, &(struct sample){ CHART_BARS, 1, 2, false }, &languages[0], SPREAD, false);
	f.tenths[0][0] = 1000;
	f.tenths[1][0] = 0;
	chart_draw(&c, &f.chart);
	whole = longest();
	f.tenths[0][0] = 250;
	c = canvas_of(type, 482);
	chart_draw(&c, &f.chart);
	part = longest();
	assert_true(whole > 100);
	assert_true(part > whole * 0.2499 && part < whole * 0.2501);
	type_free(type);
}

/* A part of a chart has the scale of the whole, and as many rows as fit. */
static void test_cut(void **state)
{
	struct type *type = type_of(&languages[0]);
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		struct canvas c = canvas_of(type, 340);
		struct chart part;
		double all;
		size_t n;

		fill(&f, &samples[i], &languages[0], SPREAD, true);
		all = chart_height(&c, &f.chart);
		CHECK(chart_rows_fit(&c, &f.chart, 0, all) == f.chart.n_rows, f.label);
		CHECK(chart_rows_fit(&c, &f.chart, 0, 5) == 0, f.label);
		CHECK(chart_rows_fit(&c, &f.chart, f.chart.n_rows, all) == 0, f.label);
		n = chart_rows_fit(&c, &f.chart, 0, all - 1);
		if (samples[i].kind == CHART_HISTOGRAM || f.chart.n_rows == 1) {
			CHECK(n == 0, f.label);
			continue;
		}
		CHECK(n > 0 && n < f.chart.n_rows, f.label);
		part = chart_cut(&f.chart, n, f.chart.n_rows - n);
		CHECK(part.whole == &f.chart && part.rows == f.rows + n, f.label);
		part = chart_cut(&f.chart, 0, n);
		CHECK(chart_height(&c, &part) <= all - 1, f.label);
		chart_draw(&c, &part);
		check_marks(&record, 340, chart_height(&c, &part), f.label);
	}
	type_free(type);
}

static void test_roles(void **state)
{
	static const char *const middle[] = { "worse", "same", "better", "not_sure" };
	static const char *const degrees[] = { "never", "sometimes", "always", "na" };
	struct chart_column columns[4] = { { 0 } };

	(void)state;
	chart_roles(columns, middle, 4);
	assert_int_equal(columns[0].role, CHART_BEFORE);
	assert_int_equal(columns[1].role, CHART_NEUTRAL);
	assert_int_equal(columns[2].role, CHART_AFTER);
	assert_int_equal(columns[3].role, CHART_NONE);
	chart_roles(columns, degrees, 4);
	assert_int_equal(columns[0].role, CHART_ORDERED);
	assert_int_equal(columns[2].role, CHART_ORDERED);
	assert_int_equal(columns[3].role, CHART_NONE);
}

/* Without rows or columns nothing is drawn. */
static void test_empty(void **state)
{
	struct type *type = type_of(&languages[0]);
	struct canvas c = canvas_of(type, 482);

	(void)state;
	for (int kind = CHART_BARS; kind <= CHART_RANKING; kind++) {
		struct chart t = { .kind = (enum chart_kind)kind };

		assert_true(chart_height(&c, &t) == 0);
		chart_draw(&c, &t);
		assert_int_equal(record.n, 0);
		assert_int_equal(chart_rows_fit(&c, &t, 0, 1000), 0);
	}
	type_free(type);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_room),   cmocka_unit_test(test_hidden),
		cmocka_unit_test(test_values), cmocka_unit_test(test_proportion),
		cmocka_unit_test(test_cut),    cmocka_unit_test(test_roles),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
