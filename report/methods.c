/*
 * methods.c - an edition enters, the chapter on methods and limits leaves: what the system knows of
 * how it worked, in words for people who decide and for people who check.
 */
#include "report/methods.h"

#include <string.h>

static struct document_block *section(struct document_block *chapter, struct document *d,
                                      const char *word)
{
	return document_add_section(d, chapter, 2, document_word(d, word));
}

static void paragraph(struct document *d, struct document_block *to, const char *text)
{
	document_add_text(d, to, DOCUMENT_PARAGRAPH, text);
}

static void item(struct document *d, struct document_block *list, const char *text)
{
	paragraph(d, document_add(d, list, DOCUMENT_ITEM), text);
}

/* 64 digits in groups of eight, which can be compared and fit on any line. */
static const char *digest(struct document *d, const char *hex)
{
	struct buf b = { 0 };

	for (size_t i = 0; hex[i]; i++) {
		if (i && i % 8 == 0)
			buf_putc(&b, ' ');
		buf_putc(&b, hex[i]);
	}
	return document_code(d, document_take(d, &b));
}

static const char *languages(struct document *d, char *const *codes, size_t n)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_puts(&b, document_word(d, "list.comma"));
		language_name_within(&b, codes[i], d->edition->language);
	}
	return document_take(d, &b);
}

const char *methods_form_languages(struct document *d)
{
	return languages(d, d->edition->form->languages, d->edition->form->n_languages);
}

const char *methods_field(struct document *d)
{
	const char *start, *end;

	if (!document_field(d, &start, &end))
		return NULL;
	if (!end)
		return document_fill(d, "methods.when.month", "month", start, NULL);
	return document_fill(d, "methods.when.field", "start", start, "end", end, NULL);
}

static void when(struct document *d, struct document_block *chapter)
{
	struct document_block *s = section(chapter, d, "methods.when.title");
	const char *field = methods_field(d), *form = methods_form_languages(d);
	char **list = d->edition->study->report_languages;
	size_t n = 0;

	while (list && list[n])
		n++;
	paragraph(d, s, field ? field : document_word(d, "methods.when.unknown"));
	paragraph(d, s, document_fill(d, "methods.when.languages", "form", form, "reports",
	                              n ? languages(d, list, n) : form, NULL));
}

static void sample(struct document *d, struct document_block *chapter)
{
	struct document_block *s = section(chapter, d, "methods.sample.title");

	paragraph(d, s, document_word(d, "methods.sample.text"));
	paragraph(d, s, document_word(d, "methods.sample.optin"));
	s = section(chapter, d, "methods.margins.title");
	paragraph(d, s, document_word(d, "methods.margins.text"));
}

static bool asks(const struct form *f, enum form_type type)
{
	for (size_t i = 0; i < f->n_questions; i++)
		if (f->questions[i].type == type)
			return true;
	return false;
}

static void protection(struct document *d, struct document_block *chapter)
{
	struct document_block *s = section(chapter, d, "methods.protection.title");
	const struct edition *e = d->edition;

	paragraph(d, s, document_word(d, "methods.protection.text"));
	if (e->custodians)
		paragraph(d, s, methods_custodians(d));
	if (asks(e->form, FORM_COUNTRY))
		paragraph(d, s, document_word(d, e->form->frozen.keep_country
		                                         ? "methods.protection.country"
		                                         : "methods.protection.region"));
}

const char *methods_custodians(struct document *d)
{
	return document_fill(d, "methods.protection.custodians", "custodians",
	                     document_count(d, (long)d->edition->custodians), "quorum",
	                     document_count(d, (long)d->edition->quorum), NULL);
}

/* How sure the rule is against people who take part themselves. */
static const char *coalition(struct document *d)
{
	const struct release *r = d->edition->release;

	if (r->coalition < 2)
		return document_word(d, "methods.coalition.one");
	return document_fill(d, "methods.coalition.several", "coalition",
	                     document_count(d, (long)r->coalition), "base",
	                     document_count(d, (long)(r->threshold + r->coalition - 1)), NULL);
}

/* Groups that are several regions or languages: which. */
static void merged(struct document *d, struct document_block *to)
{
	const struct release *r = d->edition->release;

	for (size_t i = 0; i < r->n_groups; i++) {
		const struct release_group *g = &r->groups[i];
		bool region = g->by == RELEASE_REGION;
		struct buf b = { 0 };

		if ((!region && g->by != RELEASE_LANGUAGE) || !g->members[0] || !g->members[1])
			continue;
		edition_members(&b, d->edition, g);
		paragraph(d, to, document_fill(d, region ? "group.merged_regions"
		                                         : "group.merged_languages",
		                               "members", document_take(d, &b), NULL));
	}
}

/* Is `word` one of the words of a table's note? */
static bool noted(const char *note, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = note; p && *p; p += strcspn(p, " "), p += strspn(p, " "))
		if (!strncmp(p, word, n) && (p[n] == ' ' || p[n] == '\0'))
			return true;
	return false;
}

struct left_out {
	long region, language, all; /* questions */
};

static void count_left_out(struct left_out *out, const struct release *r,
                           const struct form_question *q)
{
	bool region = false, language = false, some = false;

	for (size_t i = 0; i < r->n_tables; i++) {
		const struct release_table *t = &r->tables[i];

		/* what was written beside the answers is not the question's own figures */
		if (strcmp(t->question, q->id) ||
		    (t->measure == RELEASE_WRITTEN && q->type != FORM_TEXT &&
		     q->type != FORM_COMMENT))
			continue;
		region |= noted(t->note, "region");
		language |= noted(t->note, "language");
		some |= !noted(t->note, "total");
	}
	out->region += some && region;
	out->language += some && language;
	out->all += !some;
}

static bool has_groups(const struct release *r, enum release_by by)
{
	for (size_t i = 0; i < r->n_groups; i++)
		if (r->groups[i].by == by)
			return true;
	return false;
}

static void left_out(struct document *d, struct document_block *to)
{
	const struct edition *e = d->edition;
	struct left_out n = { 0 };

	for (size_t i = 0; i < e->form->n_questions; i++) {
		const struct form_question *q = &e->form->questions[i];

		/* a country that became a region is told by the chapter on who took part */
		if (q->type == FORM_COUNTRY && !e->form->frozen.keep_country)
			continue;
		if (form_is_asked(q->type) && edition_has(e, &e->form->sections[q->section]))
			count_left_out(&n, e->release, q);
	}
	if (!has_groups(e->release, RELEASE_REGION))
		paragraph(d, to, document_word(d, "people.not_by_region"));
	if (!has_groups(e->release, RELEASE_LANGUAGE))
		paragraph(d, to, document_word(d, "people.not_by_language"));
	paragraph(d, to, document_fill(d, "methods.left.text", "region",
	                               document_count(d, n.region), "language",
	                               document_count(d, n.language), "all",
	                               document_count(d, n.all), NULL));
}

static void not_published(struct document *d, struct document_block *chapter)
{
	struct document_block *s = section(chapter, d, "methods.threshold.title");
	const struct release *r = d->edition->release;

	paragraph(d, s, document_fill(d, "methods.threshold.text", "threshold",
	                              document_count(d, (long)r->threshold), "below",
	                              document_count(d, (long)r->threshold - 1), NULL));
	paragraph(d, s, coalition(d));
	merged(d, s);
	left_out(d, s);
	paragraph(d, s, document_fill(d, "methods.dots.text", "dot", edition_dot, "primary",
	                              document_count(d, r->suppressed_primary), "complementary",
	                              document_count(d, r->suppressed_complementary), NULL));
}

/* What the audit does not look at, each in a sentence of ours. */
static void not_modelled(struct document *d, struct document_block *to, char *const *names)
{
	static const char *const known[] = { "choice_of_complementary", "non_response_total",
		                             "unpublished_pairs", "routes_by_several",
		                             "numbers_behind_means", "written_others",
		                             "replaced_records" };
	struct document_block *list;

	if (!names || !names[0])
		return;
	paragraph(d, to, document_word(d, "methods.open.intro"));
	list = document_add(d, to, DOCUMENT_LIST);
	for (; *names; names++) {
		struct buf word = { 0 };
		size_t i = 0, n = sizeof known / sizeof *known;

		while (i < n && strcmp(known[i], *names))
			i++;
		buf_printf(&word, "methods.open.%s", i < n ? *names : "unknown");
		item(d, list, document_fill(d, document_take(d, &word), "name",
		                            document_code(d, *names), NULL));
	}
}

static void certificate(struct document *d, struct document_block *to,
                        const struct release_certificate *c)
{
	const struct {
		const char *word, *place;
		long count;
	} lines[] = {
		{ "methods.proof.cells", "cells", c->cells },
		{ "methods.proof.narrowest", "narrowest", c->narrowest },
		{ "methods.proof.non_response", "count", c->non_response },
		{ "methods.proof.releases", "releases", c->releases },
	};
	struct document_block *list;

	paragraph(d, to, document_word(d, "methods.proof.intro"));
	list = document_add(d, to, DOCUMENT_LIST);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		item(d, list, document_fill(d, lines[i].word, lines[i].place,
		                            document_count(d, lines[i].count), NULL));
	item(d, list, document_fill(d, "methods.proof.digest", "digest", digest(d, c->digest),
	                            NULL));
	not_modelled(d, to, c->not_modelled);
}

static void proof(struct document *d, struct document_block *chapter)
{
	struct document_block *s = section(chapter, d, "methods.proof.title");
	const struct release *r = d->edition->release;

	if (!r->audited) {
		paragraph(d, s, document_word(d, "methods.unchecked.text"));
		return;
	}
	paragraph(d, s, document_fill(d, "methods.checked.text", "threshold",
	                              document_count(d, (long)r->threshold), NULL));
	if (r->certificate)
		certificate(d, s, r->certificate);
}

static void computing(struct document *d, struct document_block *chapter)
{
	struct document_block *s = section(chapter, d, "methods.bases.title");

	paragraph(d, s, document_word(d, "methods.bases.text"));
	s = section(chapter, d, "methods.percentages.title");
	paragraph(d, s, document_word(d, "methods.percentages.text"));
	paragraph(d, s, document_word(d, "methods.rounding.text"));
}

static void words(struct document *d, struct document_block *chapter)
{
	const struct form *f = d->edition->form;
	struct document_block *s;

	if (!form_free_texts(f, NULL, 0))
		return;
	s = section(chapter, d, "methods.words.title");
	paragraph(d, s, document_word(d, "methods.words.text"));
	paragraph(d, s, document_word(d, f->frozen.text_region ? "methods.words.apart_region"
	                                                       : "methods.words.apart"));
}

static void source(struct document *d, struct document_block *chapter)
{
	const struct release *r = d->edition->release;
	struct document_block *s = section(chapter, d, "methods.aside.title");

	paragraph(d, s, document_fill(d, "methods.aside.text", "set_aside",
	                              document_count(d, r->set_aside), NULL));
	s = section(chapter, d, "methods.source.title");
	paragraph(d, s, document_fill(d, "methods.source.text", "release",
	                              document_count(d, (long)r->number), "round",
	                              document_code(d, r->round), "fingerprint",
	                              document_code(d, d->edition->fingerprint), NULL));
	paragraph(d, s, document_fill(d, "methods.source.questionnaire", "digest",
	                              digest(d, r->questionnaire), NULL));
}

void methods_chapter(struct document *d)
{
	struct document_block *chapter = document_add_section(d, NULL, 1,
	                                                      document_word(d, "methods.title"));

	chapter->id = "methods";
	when(d, chapter);
	sample(d, chapter);
	protection(d, chapter);
	not_published(d, chapter);
	proof(d, chapter);
	computing(d, chapter);
	words(d, chapter);
	source(d, chapter);
}
