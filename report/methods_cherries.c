/*
 * methods_cherries.c - an edition enters, the annex with the Checklist for Reporting Results of
 * Internet E-Surveys leaves: 30 items in eight groups (Eysenbach, J Med Internet Res
 * 2004;6(3):e34, doi 10.2196/jmir.6.3.e34). What the programs know is filled in; what only staff
 * know comes from study.json; the rest is "not stated".
 */
#include "report/methods.h"

#include <math.h>

/* Sentences with a blank between them; either may be "". */
static const char *join(struct document *d, const char *a, const char *b)
{
	struct buf text = { 0 };

	buf_puts(&text, a);
	if (*a && *b)
		buf_putc(&text, ' ');
	buf_puts(&text, b);
	return document_take(d, &text);
}

/* What staff wrote, or "". */
static const char *written(struct document *d, enum study_item item)
{
	return document_staff(d, d->edition->study->report.items[item], NULL);
}

static const char *stated(struct document *d, enum study_item item)
{
	const char *text = written(d, item);

	return *text ? text : document_word(d, "cherries.not_stated");
}

static const char *write_design(struct document *d)
{
	return join(d, document_word(d, "cherries.design"), written(d, STUDY_DESIGN));
}

static const char *write_irb(struct document *d)
{
	return stated(d, STUDY_IRB_APPROVAL);
}

static const char *write_consent(struct document *d)
{
	const char *consent = edition_text(d->edition, &d->edition->form->consent);
	const char *how = *consent ? document_fill(d, "cherries.consent", "consent", consent, NULL)
	                           : document_word(d, "cherries.consent_none");

	return join(d, how, document_word(d, "cherries.withdraw"));
}

static const char *write_data(struct document *d)
{
	const char *text = document_fill(d, "cherries.data", "methods",
	                                 document_word(d, "methods.title"), NULL);

	return join(d, text, d->edition->custodians ? methods_custodians(d) : "");
}

/* Languages that name who reviewed the translation. */
static const char *reviewed(struct document *d)
{
	const struct form *f = d->edition->form;
	struct buf list = { 0 };

	for (size_t i = 0; i < f->n_languages; i++) {
		if (!f->reviewer || !f->reviewer[i] || !*f->reviewer[i])
			continue;
		buf_puts(&list, list.len ? document_word(d, "list.comma") : "");
		language_name_within(&list, f->languages[i], d->edition->language);
	}
	if (!list.len)
		return "";
	return document_fill(d, "cherries.reviewed", "languages", document_take(d, &list), NULL);
}

static const char *write_development(struct document *d)
{
	return join(d, stated(d, STUDY_DEVELOPMENT_AND_TESTING), reviewed(d));
}

static const char *write_open(struct document *d)
{
	return document_word(d, "cherries.open");
}

static const char *write_contact(struct document *d)
{
	return stated(d, STUDY_CONTACT_MODE);
}

static const char *write_advertising(struct document *d)
{
	return stated(d, STUDY_ADVERTISING);
}

static const char *write_web(struct document *d)
{
	return document_fill(d, "cherries.web", "languages", methods_form_languages(d), NULL);
}

static const char *write_context(struct document *d)
{
	return stated(d, STUDY_CONTEXT);
}

/* What is counted of the questionnaire. */
struct numbers {
	long questions, rows, required, decline, random, routed, sections, most;
};

static struct numbers count(const struct form *f)
{
	struct numbers n = { 0 };

	for (size_t i = 0; i < f->n_sections; i++) {
		const struct form_section *s = &f->sections[i];
		long here = 0;

		for (size_t k = s->first; k < s->first + s->n; k++) {
			const struct form_question *q = &f->questions[k];

			if (!form_is_asked(q->type))
				continue;
			here++;
			n.rows += (long)q->n_rows;
			n.required += q->required;
			n.decline += q->decline;
			n.random += q->randomize;
			n.routed += q->relevant || s->relevant;
		}
		n.questions += here;
		n.sections += s->n > 0;
		n.most = here > n.most ? here : n.most;
	}
	return n;
}

static const char *write_voluntary(struct document *d)
{
	struct numbers n = count(d->edition->form);

	if (!n.required)
		return document_word(d, "cherries.voluntary");
	return document_fill(d, "cherries.required", "required", document_count(d, n.required),
	                     NULL);
}

static const char *write_incentives(struct document *d)
{
	return stated(d, STUDY_INCENTIVES);
}

static const char *write_time(struct document *d)
{
	const char *field = methods_field(d);

	return field ? join(d, field, written(d, STUDY_TIME_AND_DATE))
	             : stated(d, STUDY_TIME_AND_DATE);
}

static const char *write_random(struct document *d)
{
	struct numbers n = count(d->edition->form);

	if (!n.random)
		return document_word(d, "cherries.random_none");
	return document_fill(d, "cherries.random", "count", document_count(d, n.random), NULL);
}

static const char *write_adaptive(struct document *d)
{
	struct numbers n = count(d->edition->form);

	if (!n.routed)
		return document_word(d, "cherries.adaptive_none");
	return document_fill(d, "cherries.adaptive", "count", document_count(d, n.routed), "all",
	                     document_count(d, n.questions), NULL);
}

static const char *write_items(struct document *d)
{
	struct numbers n = count(d->edition->form);
	const char *text = document_fill(d, "cherries.items", "questions",
	                                 document_count(d, n.questions), "sections",
	                                 document_count(d, n.sections), "most",
	                                 document_count(d, n.most), NULL);

	if (!n.rows)
		return text;
	return join(d, text, document_fill(d, "cherries.rows", "rows", document_count(d, n.rows),
	                                   NULL));
}

static const char *write_screens(struct document *d)
{
	struct numbers n = count(d->edition->form);

	return document_fill(d, "cherries.screens", "sections", document_count(d, n.sections),
	                     NULL);
}

static const char *write_completeness(struct document *d)
{
	struct numbers n = count(d->edition->form);

	return join(d, document_word(d, "cherries.completeness"),
	            document_fill(d, "cherries.decline", "decline", document_count(d, n.decline),
	                          "all", document_count(d, n.questions), NULL));
}

static const char *write_review(struct document *d)
{
	return document_word(d, "cherries.review");
}

static const char *write_visitor(struct document *d)
{
	return document_word(d, "cherries.visitor");
}

/* Only from numbers that somebody gave and that can be a part and a whole. */
static const char *rate(struct document *d, long part, long whole, const char *word)
{
	if (part <= 0 || whole <= 0 || part > whole)
		return document_word(d, "cherries.rate_none");
	return document_fill(d, word, "percent", document_percent(d, release_tenths(part, whole)),
	                     "part", document_count(d, part), "whole", document_count(d, whole),
	                     NULL);
}

static const char *write_view_rate(struct document *d)
{
	const long *n = d->edition->study->report.loads;

	return rate(d, n[STUDY_PAGE_LOADS], n[STUDY_SITE_LOADS], "cherries.rate_loads");
}

static const char *write_participation_rate(struct document *d)
{
	const long *n = d->edition->study->report.loads;
	long agreed = n[STUDY_STARTED] ? n[STUDY_STARTED] : d->edition->release->people;

	return rate(d, agreed, n[STUDY_PAGE_LOADS], "cherries.rate_loads");
}

static const char *write_completion_rate(struct document *d)
{
	const long *n = d->edition->study->report.loads;

	return rate(d, d->edition->release->people, n[STUDY_STARTED], "cherries.rate_people");
}

static const char *write_cookies(struct document *d)
{
	return document_word(d, "cherries.cookies");
}

static const char *write_ip(struct document *d)
{
	return document_word(d, "cherries.ip");
}

static const char *write_log(struct document *d)
{
	return document_word(d, "cherries.log");
}

static const char *write_registration(struct document *d)
{
	return document_word(d, "cherries.registration");
}

static const char *write_incomplete(struct document *d)
{
	return document_fill(d, "cherries.incomplete", "set_aside",
	                     document_count(d, d->edition->release->set_aside), NULL);
}

static const char *write_timestamps(struct document *d)
{
	return document_word(d, "cherries.timestamps");
}

static const char *write_correction(struct document *d)
{
	return document_word(d, "cherries.correction");
}

/* The checklist in its order: a name, and who writes what was done; NULL begins a group. */
static const struct {
	const char *name;
	const char *(*write)(struct document *d);
} lines[] = {
	{ "cherries.group.design", NULL },
	{ "cherries.name.design", write_design },
	{ "cherries.group.consent", NULL },
	{ "cherries.name.irb_approval", write_irb },
	{ "cherries.name.consent", write_consent },
	{ "cherries.name.data", write_data },
	{ "cherries.group.development", NULL },
	{ "cherries.name.development", write_development },
	{ "cherries.group.recruitment", NULL },
	{ "cherries.name.open", write_open },
	{ "cherries.name.contact_mode", write_contact },
	{ "cherries.name.advertising", write_advertising },
	{ "cherries.group.administration", NULL },
	{ "cherries.name.web", write_web },
	{ "cherries.name.context", write_context },
	{ "cherries.name.voluntary", write_voluntary },
	{ "cherries.name.incentives", write_incentives },
	{ "cherries.name.time", write_time },
	{ "cherries.name.randomization", write_random },
	{ "cherries.name.adaptive", write_adaptive },
	{ "cherries.name.items", write_items },
	{ "cherries.name.screens", write_screens },
	{ "cherries.name.completeness", write_completeness },
	{ "cherries.name.review", write_review },
	{ "cherries.group.rates", NULL },
	{ "cherries.name.visitor", write_visitor },
	{ "cherries.name.view_rate", write_view_rate },
	{ "cherries.name.participation_rate", write_participation_rate },
	{ "cherries.name.completion_rate", write_completion_rate },
	{ "cherries.group.multiple", NULL },
	{ "cherries.name.cookies", write_cookies },
	{ "cherries.name.ip", write_ip },
	{ "cherries.name.log", write_log },
	{ "cherries.name.registration", write_registration },
	{ "cherries.group.analysis", NULL },
	{ "cherries.name.incomplete", write_incomplete },
	{ "cherries.name.timestamps", write_timestamps },
	{ "cherries.name.correction", write_correction },
};

enum { LINES = sizeof lines / sizeof *lines };

static const struct table *fill(struct document *d)
{
	static const double shares[] = { .3, .7 };
	struct table_row *rows = document_array(d, LINES, sizeof *rows);
	const char **cells = document_array(d, LINES + 1, sizeof *cells);
	struct table *t = document_array(d, 1, sizeof *t);

	if (!rows || !cells || !t)
		return NULL;
	for (size_t i = 0; i < LINES; i++) {
		rows[i] = (struct table_row){ .kind = TABLE_GROUP,
			                      .label = document_word(d, lines[i].name) };
		if (!lines[i].write)
			continue;
		cells[i] = lines[i].write(d);
		rows[i].kind = TABLE_FIGURES;
		rows[i].cells = &cells[i];
	}
	cells[LINES] = document_word(d, "cherries.done");
	*t = (struct table){ .corner = document_word(d, "cherries.item"),
		             .heads = &cells[LINES],
		             .n_columns = 1,
		             .rows = rows,
		             .n_rows = LINES,
		             .shares = shares };
	return t;
}

void methods_cherries(struct document *d)
{
	struct document_block *chapter = document_add_section(d, NULL, 1,
	                                                      document_word(d, "cherries.title"));
	struct document_span *source = document_array(d, 1, sizeof *source);
	struct document_block *b;

	chapter->id = "cherries";
	chapter->annex = true;
	document_add_text(d, chapter, DOCUMENT_PARAGRAPH, document_word(d, "cherries.intro"));
	b = document_add(d, chapter, DOCUMENT_TABLE);
	b->title = document_plain(d, document_word(d, "cherries.table"));
	b->table = fill(d);
	b = document_add(d, chapter, DOCUMENT_NOTE);
	if (!source)
		return;
	*source = (struct document_span){ .text = document_word(d, "cherries.source"),
		                          .language = "en",
		                          .link = "https://doi.org/10.2196/jmir.6.3.e34" };
	b->text = (struct document_text){ source, 1 };
}
