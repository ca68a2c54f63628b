/*
 * methods_imprint.c - what staff say of their reports in study.json enters; the imprint, and
 * findings about what they have not said, leave.
 */
#include "report/methods.h"

#include <string.h>

/* A line of the imprint; an empty text has none. */
static void line(struct document *d, struct document_block *to, const char *word, const char *text)
{
	if (*text)
		document_add_text(d, to, DOCUMENT_PARAGRAPH,
		                  document_fill(d, word, "text", text, NULL));
}

static const char *published(struct document *d)
{
	const char *month = d->edition->study->report.published;

	return month ? document_month(d, month) : "";
}

/* As staff wrote it, or made from its parts if all are there. */
static const char *citation(struct document *d)
{
	const struct study *s = d->edition->study;
	const char *own = document_staff(d, s->report.imprint[STUDY_CITATION], NULL);
	const char *authors = document_staff(d, s->report.imprint[STUDY_AUTHORS], NULL);
	const char *publisher = document_staff(d, s->report.imprint[STUDY_PUBLISHER], NULL);
	const char *month = published(d);

	if (*own || !*authors || !*publisher || !*month)
		return own;
	return document_fill(d, "imprint.citation", "authors", authors, "title", d->title, "study",
	                     d->over, "number", d->number, "publisher", publisher, "published",
	                     month, NULL);
}

void methods_imprint(struct document *d)
{
	static const struct {
		const char *word;
		enum study_imprint what;
	} texts[] = {
		{ "imprint.publisher", STUDY_PUBLISHER },
		{ "imprint.authors", STUDY_AUTHORS },
		{ "imprint.licence", STUDY_LICENCE },
	};
	const struct study *s = d->edition->study;
	struct document_block *to, *chapter = document_find(d, "methods");

	to = document_add_section(d, chapter, chapter ? 2 : 1, document_word(d, "imprint.title"));
	to->id = "imprint";
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		line(d, to, texts[i].word,
		     document_staff(d, s->report.imprint[texts[i].what], NULL));
	line(d, to, "imprint.published", published(d));
	line(d, to, "imprint.contact", document_staff(d, s->contact, NULL));
	line(d, to, "imprint.cite", citation(d));
	if (!to->first)
		document_add_text(d, to, DOCUMENT_PARAGRAPH,
		                  document_word(d, "cherries.not_stated"));
}

/* Add what is new. */
static void merge(struct findings *f, const struct findings *more)
{
	for (size_t i = 0; i < more->n; i++) {
		const struct finding *m = &more->list[i];
		size_t k = 0;

		while (k < f->n && (strcmp(f->list[k].place, m->place) ||
		                    strcmp(f->list[k].text, m->text)))
			k++;
		if (k == f->n)
			findings_add(f, m->grade, m->place, "%s", m->text);
	}
	f->failed |= more->failed;
}

static bool fewer(long a, long b)
{
	return a && a < b;
}

void methods_missing(struct findings *f, const struct edition *e)
{
	const struct study_report *r = &e->study->report;
	const long *n = r->loads;
	struct findings found = { 0 };

	if (!e->study->field_start || !e->study->field_end)
		findings_add(&found, FINDING_WARNING, "field_start, field_end",
		             "empty in study.json: the report cannot say when people were asked");
	study_report_missing(&found, FINDING_WARNING, r);
	study_report_untranslated(&found, FINDING_WARNING, r, e->language);
	if (fewer(n[STUDY_PAGE_LOADS], e->release->people) ||
	    fewer(n[STUDY_PAGE_LOADS], n[STUDY_STARTED]) ||
	    fewer(n[STUDY_SITE_LOADS], n[STUDY_PAGE_LOADS]) ||
	    fewer(n[STUDY_STARTED], e->release->people))
		findings_add(&found, FINDING_WARNING, "cherries",
		             "site_loads, page_loads, started and the people who took part do not "
		             "become fewer in this order: rates that make no sense are left out");
	merge(f, &found);
	findings_finish(&found);
}
