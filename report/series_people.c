/* series_people.c - the chapter on who took part: people by region and by language. */
#include "report/pdf_tag.h"
#include "report/series_part.h"

#include <string.h>

/* The groups of one breakdown, in the release's order. */
static size_t groups_by(const struct release_group **out, const struct release *r,
                        enum release_by by)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_groups; i++) {
		if (r->groups[i].by != by)
			continue;
		if (out)
			out[n] = &r->groups[i];
		n++;
	}
	return n;
}

static void draw_bars(struct series *s, const struct release_group **group, size_t n)
{
	const struct release *r = s->edition->release;
	struct chart_bar *bars = series_part_array(s, n, sizeof *bars);
	struct chart_bars chart = { .list = bars, .n = n };
	struct buf says = { 0 };

	if (!bars)
		return;
	for (size_t i = 0; i < n; i++) {
		bars[i].label = series_part_group(s, group[i]);
		bars[i].tenths = release_tenths(group[i]->people, r->people);
		bars[i].value = series_part_percent(s, bars[i].tenths);
		series_part_say(s, &says, bars[i].label, bars[i].value);
	}
	layout_need(s->layout, chart_bars_height(s->layout, &chart));
	series_part_figure(s, chart_bars_height(s->layout, &chart),
	                   series_part_fill(s, "chart.alternative", "base",
	                                    series_part_count(s, r->people), "items",
	                                    series_part_text(s, &says), NULL));
	chart_bars_draw(s->layout, &chart);
	series_part_figure_end(s);
}

static void draw_table(struct series *s, const struct release_group **group, size_t n,
                       const char *corner, const char *title)
{
	const struct release *r = s->edition->release;
	struct table_row *rows = series_part_array(s, n + 1, sizeof *rows);
	const char *heads[] = { series_part_word(s, "people.count"),
		                series_part_word(s, "people.share") };
	struct table t = { .corner = series_part_word(s, corner),
		           .heads = heads,
		           .n_columns = 2,
		           .fixed = 1,
		           .rows = rows,
		           .n_rows = n + 1 };

	for (size_t i = 0; rows && i <= n; i++) {
		long people = i < n ? group[i]->people : r->people;
		const char **cells = series_part_array(s, 2, sizeof *cells);

		if (!cells)
			return;
		cells[0] = series_part_count(s, people);
		cells[1] = series_part_percent(s, release_tenths(people, r->people));
		rows[i] = (struct table_row){
			.kind = i < n ? TABLE_FIGURES : TABLE_BASE,
			.label = i < n ? series_part_group(s, group[i])
			               : series_part_word(s, "group.all"),
			.cells = cells,
		};
	}
	if (rows)
		series_part_table(s, &t, title);
}

struct breakdown {
	enum release_by by;
	const char *title, *corner, *merged, *missing; /* names of words */
};

static void draw_breakdown(struct series *s, const struct breakdown *b)
{
	const struct release *r = s->edition->release;
	size_t n = groups_by(NULL, r, b->by);
	const struct release_group **group = series_part_array(s, n, sizeof *group);
	struct layout *l = s->layout;

	if (!group)
		return;
	groups_by(group, r, b->by);
	layout_need(l, 120);
	layout_paragraph(l, LAYOUT_SUBHEADING, "H3", series_part_word(s, b->title));
	if (!n) {
		layout_paragraph(l, LAYOUT_BODY, "P", series_part_word(s, b->missing));
		return;
	}
	draw_bars(s, group, n);
	draw_table(s, group, n, b->corner, series_part_word(s, b->title));
	for (size_t i = 0; i < n; i++) {
		struct buf members = { 0 };

		if (!group[i]->members[0] || !group[i]->members[1])
			continue;
		edition_members(&members, s->edition, group[i]);
		layout_paragraph_color(l, LAYOUT_NOTE, "P",
		                       series_part_fill(s, b->merged, "members",
		                                        series_part_text(s, &members), NULL),
		                       l->color.muted);
	}
	layout_skip(l, LAYOUT_STEP);
}

/* A warning where one region is more than half of everyone. */
static void draw_majority(struct series *s)
{
	const struct release *r = s->edition->release;

	for (size_t i = 0; i < r->n_groups; i++) {
		const struct release_group *g = &r->groups[i];

		if (g->by != RELEASE_REGION || g->people <= r->people / 2)
			continue;
		layout_paragraph(s->layout, LAYOUT_BODY, "P",
		                 series_part_fill(s, "people.majority", "group",
		                                  series_part_group(s, g), "percent",
		                                  series_part_percent(
		                                          s, release_tenths(g->people, r->people)),
		                                  NULL));
	}
}

void series_people_chapter(struct series *s)
{
	static const struct breakdown breakdowns[] = {
		{ RELEASE_REGION, "people.by_region", "people.region", "group.merged_regions",
		  "people.not_by_region" },
		{ RELEASE_LANGUAGE, "people.by_language", "people.language",
		  "group.merged_languages", "people.not_by_language" },
	};

	series_part_chapter(s, series_part_word(s, "people.title"));
	layout_paragraph(s->layout, LAYOUT_BODY, "P",
	                 series_part_fill(s, "people.intro", "people",
	                                  series_part_count(s, s->edition->release->people),
	                                  NULL));
	draw_majority(s);
	for (size_t i = 0; i < 2; i++)
		draw_breakdown(s, &breakdowns[i]);
	pdf_tag_close(s->layout->pdf);
}
