/*
 * xlsform_import_plan.c - the analysis plan. In: the columns that UNHCR's koboloadeR added to an
 * XLSForm, and our own for the same. Out: level of measurement, crossings, sensitivity. (Its
 * chapters and reports make sections and series: xlsform_import_survey.c.)
 *
 * https://unhcr.github.io/koboloadeR/docs/articles/xlsform.html: "disaggregation" flags variables
 * that facet the others, "variable" ordinal ones, "anonymise" how a column is made anonymous
 * (remove, reference, mask, generalise; "default-non-anonymised" where it is not).
 */
#include "forms/xlsform_import.h"

#include <string.h>
#include <strings.h>

static bool one_of(const char *s, const char *const *list)
{
	for (; *list != NULL; list++)
		if (import_same(s, *list))
			return true;
	return false;
}

static void read_level(struct import *im, struct import_question *q)
{
	static const char *const nominal[] = {"nominal", "factor", "categorical", "category", NULL};
	static const char *const ordinal[] = {
		"ordinal", "ordinal factor", "ordered", "ordered factor", NULL};
	static const char *const numeric[] = {"numeric", "integer", "decimal", "number", "interval",
		"ratio", "scale", "continuous", NULL};
	const struct import_table *t = &im->survey;
	enum import_field field = IMPORT_PEER_LEVEL;
	const char *cell = import_cell(t, q->row, field);

	if (cell[0] == '\0') {
		field = IMPORT_VARIABLE;
		cell = import_cell(t, q->row, field);
	}
	if (one_of(cell, nominal))
		q->level = FORM_NOMINAL;
	else if (one_of(cell, ordinal))
		q->level = FORM_ORDINAL;
	else if (one_of(cell, numeric))
		q->level = FORM_NUMERIC;
	else if (cell[0] != '\0')
		import_say(im, FINDING_WARNING, t, q->row, field,
			"\"%.60s\" is no level of measurement: nominal, ordinal or numeric", cell);
}

static void read_crossing(struct import *im, struct import_question *q)
{
	static const char *const ways[] = {"facet", "fill", "stack", "stak", "dodge", "yes", "y",
		"true", "1", NULL};
	static const char *const none[] = {"", "no", "n", "none", "false", "0", "correlate", NULL};
	const struct import_table *t = &im->survey;
	const char *cell = import_cell(t, q->row, IMPORT_DISAGGREGATION);

	if (one_of(cell, ways))
		q->crossing = true;
	else if (!one_of(cell, none))
		import_say(im, FINDING_WARNING, t, q->row, IMPORT_DISAGGREGATION,
			"\"%.60s\" is not known: yes, facet, fill, stack or dodge", cell);
}

static void read_anonymise(struct import *im, struct import_question *q)
{
	static const char *const protects[] = {"sensitive", "reference", "mask", "generalise",
		"generalize", "scramble", "yes", "true", "1", "quasi-identifier", "indirect", NULL};
	static const char *const none[] = {"", "no", "none", "false", "0", "default-non-anonymised",
		"non-anonymised", "non anonymised", NULL};
	const struct import_table *t = &im->survey;
	const char *cell = import_cell(t, q->row, IMPORT_ANONYMISE);

	if (one_of(cell, none))
		return;
	q->sensitive = true;
	if (import_same(cell, "remove"))
		import_say(im, FINDING_WARNING, t, q->row, IMPORT_ANONYMISE,
			"what has to be removed should not be asked: it is sensitive here");
	else if (!one_of(cell, protects))
		import_say(im, FINDING_WARNING, t, q->row, IMPORT_ANONYMISE,
			"\"%.60s\" is not known: the question is sensitive", cell);
}

void import_plan(struct import *im, struct import_question *q)
{
	read_level(im, q);
	read_crossing(im, q);
	read_anonymise(im, q);
	if (q->type == FORM_NOTE || q->type == FORM_CALCULATE) {
		if (q->type == FORM_NOTE)
			q->level = FORM_LEVEL_NONE;
		q->crossing &= q->type == FORM_CALCULATE;
	}
}
