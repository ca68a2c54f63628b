/*
 * figure_people.c - the release's groups enter, the chapter on who took part leaves: people by
 * region and by language, and a warning where one region is more than half of them. Its tables are
 * the first of the annex.
 */
#include "report/figure_part.h"

#include <string.h>

/* The groups of one breakdown, in the release's order. */
static size_t groups_by(const struct release_group **out, const struct release *r,
                        enum release_by by)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_groups; i++)
		if (r->groups[i].by == by)
			out[n++] = &r->groups[i];
	return n;
}

static int share(const struct release *r, const struct release_group *g)
{
	return release_tenths(g->people, r->people);
}

/* None below a bar that says it is not published. */
static const char *base(struct document *d, const struct release_group *g)
{
	if (g->people == RELEASE_SUPPRESSED)
		return NULL;
	return document_fill(d, "figure.n", "base", document_count(d, g->people), NULL);
}

static const struct chart *bars(struct document *d, const struct release_group **group, size_t n)
{
	static const struct chart none = { 0 };
	struct chart_column *column = document_array(d, 1, sizeof *column);
	struct chart_row *rows = document_array(d, n, sizeof *rows);
	int *tenths = document_array(d, n, sizeof *tenths);
	const char **values = document_array(d, n, sizeof *values);
	struct chart *c = document_array(d, 1, sizeof *c);

	if (!column || !rows || !tenths || !values || !c)
		return &none;
	*column = (struct chart_column){ .label = document_word(d, "group.all") };
	*c = (struct chart){ CHART_BARS, column, 1, rows, n, NULL, NULL, NULL };
	for (size_t i = 0; i < n; i++) {
		tenths[i] = share(d->edition->release, group[i]);
		values[i] = tenths[i] < 0 ? document_word(d, "chart.protected")
		                          : document_percent(d, tenths[i]);
		c->hidden = tenths[i] < 0 ? values[i] : c->hidden;
		rows[i] = (struct chart_row){ document_group(d, group[i]), base(d, group[i]),
			                      &tenths[i], &values[i] };
	}
	return c;
}

static const struct table *table(struct document *d, const struct release_group **group, size_t n,
                                 const char *corner)
{
	static const struct table none = { 0 };
	const struct release *r = d->edition->release;
	struct table_row *rows = document_array(d, n + 1, sizeof *rows);
	const char **heads = document_array(d, 2, sizeof *heads);
	struct table *t = document_array(d, 1, sizeof *t);

	if (!rows || !heads || !t)
		return &none;
	heads[0] = document_word(d, "people.count");
	heads[1] = document_word(d, "people.share");
	for (size_t i = 0; i <= n; i++) {
		const struct release_group *g = i < n ? group[i] : &r->groups[0];
		const char **cells = document_array(d, 2, sizeof *cells);

		if (!cells)
			return &none;
		cells[0] = document_count(d, i < n ? g->people : r->people);
		cells[1] = document_percent(d, i < n ? share(r, g) : 1000);
		rows[i] = (struct table_row){ i < n ? TABLE_FIGURES : TABLE_BASE,
			                      i < n ? document_group(d, g)
			                            : document_word(d, "group.all"),
			                      cells };
	}
	*t = (struct table){ .corner = document_word(d, corner),
		             .heads = heads,
		             .n_columns = 2,
		             .rows = rows,
		             .n_rows = n + 1 };
	return t;
}

struct breakdown {
	enum release_by by;
	const char *title, *corner, *merged, *missing; /* names of words */
	const char *id, *table;
};

static void add_merged(struct document *d, struct document_block *t,
                       const struct release_group *g, const char *word)
{
	struct buf members = { 0 };

	if (!g->members[0] || !g->members[1])
		return;
	edition_members(&members, d->edition, g);
	document_add_text(d, t, DOCUMENT_NOTE,
	                  document_fill(d, word, "members", document_take(d, &members), NULL));
}

static const struct breakdown breakdowns[] = {
	{ RELEASE_REGION, "people.by_region", "people.region", "group.merged_regions",
	  "people.not_by_region", "people-region", "people-table-region" },
	{ RELEASE_LANGUAGE, "people.by_language", "people.language", "group.merged_languages",
	  "people.not_by_language", "people-language", "people-table-language" },
};
enum { BREAKDOWNS = sizeof breakdowns / sizeof *breakdowns };

static bool is_there(const struct release *r, const struct breakdown *b)
{
	for (size_t i = 0; i < r->n_groups; i++)
		if (r->groups[i].by == b->by)
			return true;
	return false;
}

size_t figure_people_number(const struct edition *e, const char *id)
{
	size_t number = 0;

	for (size_t i = 0; i < BREAKDOWNS; i++) {
		number += is_there(e->release, &breakdowns[i]);
		if (id && !strcmp(id, breakdowns[i].table))
			return is_there(e->release, &breakdowns[i]) ? number : 0;
	}
	return id ? 0 : number;
}

static void put_breakdown(struct document *d, struct document_block *chapter,
                          const struct breakdown *b)
{
	const struct release *r = d->edition->release;
	const struct release_group **group = document_array(d, r->n_groups, sizeof *group);
	struct document_block *section, *f;
	size_t n = group ? groups_by(group, r, b->by) : 0;

	section = document_add_section(d, chapter, 2, document_word(d, b->title));
	section->id = b->id;
	if (!n) {
		document_add_text(d, section, DOCUMENT_PARAGRAPH, document_word(d, b->missing));
		return;
	}
	f = document_add(d, section, DOCUMENT_FIGURE);
	f->chart = bars(d, group, n); /* below the heading, which says what it is */
	f->alternative =
		figure_alternative_of(d, f->chart, document_count(d, r->people), true);
	f->data = b->table;
	f->data_name = figure_table_number(d, b->table);
	for (size_t i = 0; i < n; i++)
		add_merged(d, f, group[i], b->merged);
}

static void put_table(struct document *d, struct document_block *section,
                      const struct breakdown *b)
{
	const struct release *r = d->edition->release;
	const struct release_group **group = document_array(d, r->n_groups, sizeof *group);
	size_t n = group ? groups_by(group, r, b->by) : 0;
	struct document_block *t = document_add(d, section, DOCUMENT_TABLE);

	t->id = b->table;
	t->data_name = figure_table_number(d, b->table);
	t->title = document_plain(d, document_fill(d, "figure.table_title", "table", t->data_name,
	                                           "title", document_word(d, b->title), NULL));
	t->table = table(d, group, n, b->corner);
	for (size_t i = 0; i < n; i++)
		add_merged(d, t, group[i], b->merged);
}

void figure_people_tables(struct document *d, struct document_block *chapter)
{
	struct document_block *section;

	if (!figure_people_number(d->edition, NULL))
		return;
	section = document_add_section(d, chapter, 2, document_word(d, "people.title"));
	for (size_t i = 0; i < BREAKDOWNS; i++)
		if (is_there(d->edition->release, &breakdowns[i]))
			put_table(d, section, &breakdowns[i]);
}

/* A warning where one region is more than half of everyone. */
static void put_majority(struct document *d, struct document_block *chapter)
{
	const struct release *r = d->edition->release;

	for (size_t i = 0; i < r->n_groups; i++) {
		const struct release_group *g = &r->groups[i];
		struct document_block *box;

		if (g->by != RELEASE_REGION || g->people <= r->people / 2)
			continue;
		box = document_add(d, chapter, DOCUMENT_BOX);
		box->title = document_plain(d, document_word(d, "people.majority_title"));
		document_add_text(d, box, DOCUMENT_PARAGRAPH,
		                  document_fill(d, "people.majority", "group",
		                                document_group(d, g), "percent",
		                                document_percent(d, share(r, g)), NULL));
	}
}

void figure_people(struct document *d)
{
	struct document_block *chapter =
		document_add_section(d, NULL, 1, document_word(d, "people.title"));

	chapter->id = "people";
	document_add_text(d, chapter, DOCUMENT_PARAGRAPH,
	                  document_fill(d, "people.intro", "people",
	                                document_count(d, d->edition->release->people), NULL))
		->lead = true;
	put_majority(d, chapter);
	for (size_t i = 0; i < BREAKDOWNS; i++)
		put_breakdown(d, chapter, &breakdowns[i]);
}
