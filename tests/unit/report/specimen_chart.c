/*
 * specimen_chart.c - draws every kind of chart into a PDF, to be looked at: specimen_chart
 * LANGUAGE FILE. The labels are made up, the figures mean nothing.
 */
#include "report/canvas_pdf.h"
#include "report/chart.h"
#include "report/number.h"
#include "report/pdf.h"
#include "report/pdf_tag.h"
#include "report/theme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 7, COLUMNS = 7, FONT_SIZES = 2 };

struct words {
	const char *language;
	const char *rows[ROWS];
	const char *groups[COLUMNS];
	const char *degrees[COLUMNS];
	const char *low, *high, *hidden, *base, *earlier, *later, *first, *ranked;
};

static const struct words words[] = {
	{ "en",
	  { "Needle and syringe programme", "Opioid agonist therapy", "Naloxone",
	    "Drug checking where people can bring a small sample", "Legal help", "Housing", "Food" },
	  { "Everyone", "Africa", "Asia and the Pacific", "Eastern Europe and Central Asia",
	    "Latin America", "North America", "Western Europe" },
	  { "Much harder", "Harder", "The same", "Easier", "Much easier", "Not sure", "Not used" },
	  "Not at all", "Completely", "not published", "n = 1,616", "May 2020", "July 2020",
	  "Put first", "Ranked at all" },
	{ "ru",
	  { "Программа обмена игл и шприцев", "Опиоидная агонистическая терапия", "Налоксон",
	    "Проверка состава веществ, куда можно принести небольшой образец",
	    "Юридическая помощь", "Жильё", "Еда" },
	  { "Все участники", "Африка", "Азиатско-Тихоокеанский регион",
	    "Восточная Европа и Центральная Азия", "Латинская Америка", "Северная Америка",
	    "Западная Европа" },
	  { "Гораздо труднее", "Труднее", "Так же", "Легче", "Гораздо легче", "Не знаю",
	    "Не пользуюсь" },
	  "Совсем нет", "Полностью", "не публикуется", "n = 1616", "Май 2020", "Июль 2020",
	  "На первом месте", "Вообще в списке" },
	{ "ar",
	  { "برنامج الإبر والمحاقن", "العلاج بناهضات الأفيون", "نالوكسون",
	    "فحص المواد حيث يمكن للناس إحضار عينة صغيرة", "المساعدة القانونية", "السكن", "الغذاء" },
	  { "الجميع", "أفريقيا", "آسيا والمحيط الهادئ", "أوروبا الشرقية وآسيا الوسطى",
	    "أمريكا اللاتينية", "أمريكا الشمالية", "أوروبا الغربية" },
	  { "أصعب بكثير", "أصعب", "كما كان", "أسهل", "أسهل بكثير", "لست متأكدا", "لا أستخدمها" },
	  "إطلاقا", "تماما", "غير منشور", "ن = 1,616", "مايو 2020", "يوليو 2020",
	  "في المرتبة الأولى", "ضمن الترتيب" },
};

static const int shares[ROWS][COLUMNS] = {
	{ 712, 645, 801, 688, 743, 590, 702 }, { 538, 402, 561, 612, 498, 655, 533 },
	{ 455, 380, 377, -1, 502, 618, 471 },  { 221, 90, 243, 187, 230, 352, 219 },
	{ 184, 251, 175, 166, 190, 97, 188 },  { 77, 80, 77, 71, 92, -1, 75 },
	{ -1, -1, 30, 12, -1, 55, 31 },
};
static const int degrees[ROWS][COLUMNS] = {
	{ 284, 312, 121, 90, 31, 120, 42 }, { 151, 242, 203, 153, 82, 99, 70 },
	{ 60, 181, 310, 190, 120, 109, 30 }, { -1, 201, 240, 160, 60, 249, 60 },
	{ 402, 301, 82, 40, 10, 105, 60 },  { 33, 100, 204, 310, 250, 63, 40 },
	{ 12, 88, 300, 240, -1, 210, 110 },
};
static const int ranks[ROWS][COLUMNS] = {
	{ 352, 812 }, { 241, 702 }, { 152, 640 }, { 110, 512 }, { 82, 480 }, { -1, 330 }, { -1, -1 },
};
static const int bands[ROWS][COLUMNS] = {
	{ 45 }, { 130 }, { 262 }, { 301 }, { 180 }, { 82 }, { -1 },
};

/* One page, its figures in words. */
struct specimen {
	enum chart_kind kind;
	size_t n_columns;
	const int (*figures)[COLUMNS];
	bool by_degree, by_round, bases;
};

static const struct specimen specimens[] = {
	{ CHART_BARS, 1, shares, false, false, true },
	{ CHART_GROUPED, 2, shares, false, true, true },
	{ CHART_GROUPED, 4, shares, false, false, true },
	{ CHART_STACKED, 7, degrees, true, false, false },
	{ CHART_STACKED, 5, degrees, false, false, false },
	{ CHART_HISTOGRAM, 1, bands, false, false, true },
	{ CHART_DOTS, 4, shares, false, false, true },
	{ CHART_DOTS, 7, shares, false, false, true },
	{ CHART_MULTIPLES, 7, shares, false, false, true },
	{ CHART_CHANGE, 2, shares, false, true, true },
	{ CHART_RANKING, 2, ranks, false, false, true },
};

static char *percent(const struct number *number, const struct words *w, int tenths)
{
	struct buf b = { 0 };

	if (tenths == CHART_HIDDEN)
		buf_puts(&b, w->hidden);
	else
		number_percent(&b, number, tenths);
	buf_putc(&b, '\0');
	return (char *)b.data;
}

static const char *column(const struct words *w, const struct specimen *s, size_t i)
{
	if (s->by_degree)
		return w->degrees[i];
	if (s->by_round)
		return i ? w->later : w->earlier;
	if (s->kind == CHART_RANKING)
		return i ? w->ranked : w->first;
	return w->groups[i];
}

static double draw(const struct canvas *c, const struct words *w, const struct specimen *s,
                   const struct number *number, bool only_measure)
{
	static const char *const roles[] = { "worse", "bad", "same", "good", "better", "not_sure",
		                             "not_used" };
	struct chart_column columns[COLUMNS];
	struct chart_row rows[ROWS];
	char *values[ROWS][COLUMNS];
	struct chart t = { .kind = s->kind, .columns = columns, .n_columns = s->n_columns,
		           .rows = rows, .n_rows = ROWS, .low = w->low, .high = w->high,
		           .hidden = w->hidden };
	double h;

	for (size_t k = 0; k < s->n_columns; k++)
		columns[k] = (struct chart_column){ .label = column(w, s, k),
			                            .base = s->bases ? w->base : NULL };
	if (s->by_degree)
		chart_roles(columns, roles, s->n_columns);
	for (size_t i = 0; i < ROWS; i++) {
		for (size_t k = 0; k < s->n_columns; k++)
			values[i][k] = percent(number, w, s->figures[i][k]);
		rows[i] = (struct chart_row){ .label = w->rows[i],
			                      .base = s->by_degree ? w->base : NULL,
			                      .tenths = s->figures[i],
			                      .values = (const char *const *)values[i] };
	}
	if (s->kind == CHART_HISTOGRAM)
		for (size_t i = 0; i < ROWS; i++)
			rows[i].label = &"1\0002\0003\0004\0005\0006\0007"[2 * i];
	h = chart_height(c, &t);
	if (!only_measure)
		chart_draw(c, &t);
	for (size_t i = 0; i < ROWS; i++)
		for (size_t k = 0; k < s->n_columns; k++)
			free(values[i][k]);
	return h;
}

static void pages(struct pdf *pdf, struct type *type, const struct palette *color,
                  const struct words *w, double width)
{
	bool mirrored = type_setup(type)->right_to_left;
	struct number *number;
	struct canvas_pdf on;
	double y = 0;
	struct err err;

	if (number_create(&number, w->language, &err))
		exit(1);
	for (size_t i = 0; i < sizeof specimens / sizeof *specimens; i++) {
		struct canvas c = canvas_pdf(&on, pdf, 0, 0, width, type, color);
		double h = draw(&c, w, &specimens[i], number, true);

		if (y - h < 50) {
			pdf_page(pdf, width + 113, 842);
			y = 790;
		}
		c = canvas_pdf(&on, pdf, mirrored ? width + 56 : 56, y, width, type, color);
		draw(&c, w, &specimens[i], number, false);
		y -= h + 40;
	}
	number_free(number);
}

int main(int argc, char **argv)
{
	const struct words *w = words;
	struct theme *theme;
	struct type *type;
	struct pdf *pdf;
	struct err err;

	for (size_t i = 0; argc == 3 && i < sizeof words / sizeof *words; i++)
		if (!strcmp(words[i].language, argv[1]))
			w = &words[i];
	if (argc != 3)
		return 2;
	if (theme_load(&theme, "/nonexistent", &err) ||
	    type_create(&type,
	                &(struct type_setup){ .language = w->language,
	                                      .right_to_left = !strcmp(w->language, "ar"),
	                                      .heading = theme->heading,
	                                      .body = theme->body },
	                &err) ||
	    pdf_create(&pdf,
	               &(struct pdf_info){ .title = "Charts", .subject = "", .language = argv[1] },
	               type_fonts(type), &err))
		return 1;
	pdf_page(pdf, 595, 20);
	pdf_tag_open(pdf, "Document");
	pdf_tag_artifact(pdf, "Layout");
	pdf_tag_artifact_end(pdf);
	pages(pdf, type, &theme->color[0], w, 482);
	pages(pdf, type, &theme->color[1], w, 340);
	pdf_tag_close(pdf);
	if (type_fault(type, &err) || pdf_save(pdf, argv[2], &err)) {
		fprintf(stderr, "%s\n", err.msg);
		return 1;
	}
	pdf_free(pdf);
	type_free(type);
	theme_free(theme);
	return 0;
}
