/* series_methods.c - the chapter on methods and limits: what the system knows of how it worked. */
#include "report/pdf_tag.h"
#include "report/series_part.h"

static void heading(struct series *s, const char *word)
{
	layout_need(s->layout, 64);
	layout_paragraph_color(s->layout, LAYOUT_SUBHEADING, "H3", series_part_word(s, word),
	                       s->layout->color.accent);
}

static void paragraph(struct series *s, const char *text)
{
	layout_paragraph(s->layout, LAYOUT_BODY, "P", text);
}

static void not_published(struct series *s)
{
	const struct release *r = s->edition->release;
	const char *threshold = series_part_count(s, (long)r->threshold);

	heading(s, "methods.threshold.title");
	paragraph(s, series_part_fill(s, "methods.threshold.text", "threshold", threshold, "below",
	                              series_part_count(s, (long)r->threshold - 1), NULL));
	paragraph(s, series_part_fill(s, "methods.dots.text", "dot", edition_dot, "primary",
	                              series_part_count(s, r->suppressed_primary),
	                              "complementary",
	                              series_part_count(s, r->suppressed_complementary), NULL));
	paragraph(s, r->audited ? series_part_fill(s, "methods.checked.text", "threshold",
	                                           threshold, NULL)
	                        : series_part_word(s, "methods.unchecked.text"));
}

static void source(struct series *s)
{
	const struct release *r = s->edition->release;

	heading(s, "methods.source.title");
	paragraph(s, series_part_fill(s, "methods.source.text", "release",
	                              series_part_count(s, (long)r->number), "round",
	                              series_part_code(s, r->round),
	                              "set_aside", series_part_count(s, r->set_aside),
	                              "fingerprint",
	                              series_part_code(s, s->edition->fingerprint), NULL));
}

void series_methods_chapter(struct series *s)
{
	static const char *const plain[][2] = {
		{ "methods.sample.title", "methods.sample.text" },
		{ "methods.margins.title", "methods.margins.text" },
		{ "methods.protection.title", "methods.protection.text" },
	};
	static const char *const figures[][2] = {
		{ "methods.percentages.title", "methods.percentages.text" },
		{ "methods.words.title", "methods.words.text" },
	};

	series_part_chapter(s, series_part_word(s, "methods.title"));
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
		heading(s, plain[i][0]);
		paragraph(s, series_part_word(s, plain[i][1]));
	}
	not_published(s);
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
		heading(s, figures[i][0]);
		paragraph(s, series_part_word(s, figures[i][1]));
	}
	source(s);
	pdf_tag_close(s->layout->pdf);
}
