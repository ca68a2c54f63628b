/* edition.c - codes of the release enter, names in the edition's language leave. */
#include "report/edition.h"

#include <stdlib.h>
#include <string.h>

const char edition_dot[] = "•";

const char *edition_word(const struct edition *e, const char *name)
{
	return words_get(e->words, e->language, name);
}

const char *edition_text(const struct edition *e, const struct form_text *t)
{
	return form_text(t, e->form_language);
}

/* A region or language by its code; "none" is people who gave none. */
static void put_member(struct buf *out, const struct edition *e, enum release_by by,
                       const char *code)
{
	if (!strcmp(code, "none"))
		buf_puts(out, edition_word(e, "group.not_given"));
	else if (by == RELEASE_LANGUAGE)
		language_name(out, code, code);
	else if (regions_find(e->regions, code) >= 0)
		regions_name(out, e->regions, code, e->language);
	else if (country_valid(code))
		country_name(out, code, e->language);
	else
		buf_puts(out, code);
}

void edition_members(struct buf *out, const struct edition *e, const struct release_group *g)
{
	for (char **m = g->members; *m; m++) {
		if (m > g->members)
			buf_puts(out, edition_word(e, "list.comma"));
		put_member(out, e, g->by, *m);
	}
}

void edition_group(struct buf *out, const struct edition *e, const struct release_group *g)
{
	bool merged = g->members[0] && g->members[1];

	if (g->by == RELEASE_TOTAL)
		buf_puts(out, edition_word(e, "group.all"));
	else if (g->by == RELEASE_REGION_LANGUAGE)
		edition_members(out, e, g);
	else if (merged)
		buf_puts(out, edition_word(e, g->by == RELEASE_REGION ? "group.other_regions"
		                                                      : "group.other_languages"));
	else
		put_member(out, e, g->by, g->members[0] ? g->members[0] : g->id);
}

/* "0-4" with an en dash, "30+", each number as the language writes it. */
static void put_band(struct buf *out, const struct edition *e, const char *band)
{
	char *end;
	double low = strtod(band, &end);

	if (end == band) {
		buf_puts(out, band);
		return;
	}
	number_decimal(out, e->number, low);
	if (*end == '-' && end[1]) {
		buf_puts(out, "–");
		number_decimal(out, e->number, strtod(end + 1, &end));
	}
	buf_puts(out, end);
}

void edition_answer(struct buf *out, const struct edition *e, const struct form_question *q,
                    const struct release_table *t, size_t answer)
{
	const char *value = t->answers[answer];
	const struct form_choice *c;

	switch (t->measure) {
	case RELEASE_SCALE:
		number_plain(out, e->number, strtol(value, NULL, 10));
		return;
	case RELEASE_BANDS:
		put_band(out, e, value);
		return;
	case RELEASE_DATE:
		number_month(out, e->number, value);
		return;
	case RELEASE_COUNTRY:
		put_member(out, e, RELEASE_REGION, value);
		return;
	default:
		break;
	}
	c = form_choice(q, value);
	buf_puts(out, c ? edition_text(e, &c->label) : value);
}

void edition_count(struct buf *out, const struct edition *e, long count)
{
	if (count == RELEASE_SUPPRESSED)
		buf_puts(out, edition_dot);
	else
		number_count(out, e->number, count);
}

bool edition_has(const struct edition *e, const struct form_section *s)
{
	return s->series >> e->series & 1;
}
