/*
 * xlsform_import_head.c - the header row of a sheet, and the languages. In: cells such as
 * "label::English (en)", "constraint message", "bind:relevant". Out: what each column says, and the
 * list of languages with the source first.
 */
#include "forms/xlsform_import.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { WORD = 64, LOOK_FOR_HEADER = 20 };

/* Names of columns: pyxform's and their older spellings; case, blank, '_' and '-' do not matter. */
static const struct {
	unsigned sheets;
	const char *name;
	enum import_field field;
} names[] = {
	{IMPORT_SURVEY, "type", IMPORT_TYPE},
	{IMPORT_SURVEY, "command", IMPORT_TYPE},
	{IMPORT_SURVEY | IMPORT_CHOICES, "name", IMPORT_NAME},
	{IMPORT_SURVEY, "tag", IMPORT_NAME},
	{IMPORT_CHOICES, "value", IMPORT_NAME},
	{IMPORT_SURVEY, "$autoname", IMPORT_AUTONAME},
	{IMPORT_CHOICES, "$autovalue", IMPORT_AUTONAME},
	{IMPORT_SURVEY, "select_from_list_name", IMPORT_LIST_OF},
	{IMPORT_CHOICES, "list_name", IMPORT_LIST_NAME},
	{IMPORT_CHOICES, "listname", IMPORT_LIST_NAME},
	{IMPORT_CHOICES, "list", IMPORT_LIST_NAME},
	{IMPORT_SURVEY | IMPORT_CHOICES, "label", IMPORT_LABEL},
	{IMPORT_SURVEY | IMPORT_CHOICES, "caption", IMPORT_LABEL},
	{IMPORT_SURVEY, "hint", IMPORT_HINT},
	{IMPORT_SURVEY, "guidance_hint", IMPORT_GUIDANCE},
	{IMPORT_SURVEY, "required", IMPORT_REQUIRED},
	{IMPORT_SURVEY, "bind/required", IMPORT_REQUIRED},
	{IMPORT_SURVEY, "required_message", IMPORT_REQUIRED_MESSAGE},
	{IMPORT_SURVEY, "requiredmsg", IMPORT_REQUIRED_MESSAGE},
	{IMPORT_SURVEY, "bind/requiredmsg", IMPORT_REQUIRED_MESSAGE},
	{IMPORT_SURVEY, "noapperrorstring", IMPORT_REQUIRED_MESSAGE},
	{IMPORT_SURVEY, "bind/noapperrorstring", IMPORT_REQUIRED_MESSAGE},
	{IMPORT_SURVEY, "relevant", IMPORT_RELEVANT},
	{IMPORT_SURVEY, "relevance", IMPORT_RELEVANT},
	{IMPORT_SURVEY, "bind/relevant", IMPORT_RELEVANT},
	{IMPORT_SURVEY, "skip_logic", IMPORT_RELEVANT},
	{IMPORT_SURVEY, "constraint", IMPORT_CONSTRAINT},
	{IMPORT_SURVEY, "bind/constraint", IMPORT_CONSTRAINT},
	{IMPORT_SURVEY, "constraint_message", IMPORT_CONSTRAINT_MESSAGE},
	{IMPORT_SURVEY, "constraintmsg", IMPORT_CONSTRAINT_MESSAGE},
	{IMPORT_SURVEY, "bind/constraintmsg", IMPORT_CONSTRAINT_MESSAGE},
	{IMPORT_SURVEY, "constraining_message", IMPORT_CONSTRAINT_MESSAGE},
	{IMPORT_SURVEY, "calculation", IMPORT_CALCULATION},
	{IMPORT_SURVEY, "calculate", IMPORT_CALCULATION},
	{IMPORT_SURVEY, "bind/calculate", IMPORT_CALCULATION},
	{IMPORT_SURVEY, "choice_filter", IMPORT_CHOICE_FILTER},
	{IMPORT_SURVEY, "appearance", IMPORT_APPEARANCE},
	{IMPORT_SURVEY, "control/appearance", IMPORT_APPEARANCE},
	{IMPORT_SURVEY, "parameters", IMPORT_PARAMETERS},
	{IMPORT_SURVEY, "read_only", IMPORT_READ_ONLY},
	{IMPORT_SURVEY, "readonly", IMPORT_READ_ONLY},
	{IMPORT_SURVEY, "bind/readonly", IMPORT_READ_ONLY},
	{IMPORT_SURVEY, "default", IMPORT_DEFAULT},
	{IMPORT_SURVEY, "disabled", IMPORT_DISABLED},
	{IMPORT_SURVEY, "trigger", IMPORT_TRIGGER},
	{IMPORT_SURVEY, "repeat_count", IMPORT_REPEAT_COUNT},
	{IMPORT_SURVEY, "count", IMPORT_REPEAT_COUNT},
	{IMPORT_SURVEY | IMPORT_CHOICES, "media", IMPORT_MEDIA},
	{IMPORT_SURVEY | IMPORT_CHOICES, "image", IMPORT_MEDIA},
	{IMPORT_SURVEY | IMPORT_CHOICES, "big_image", IMPORT_MEDIA},
	{IMPORT_SURVEY | IMPORT_CHOICES, "audio", IMPORT_MEDIA},
	{IMPORT_SURVEY | IMPORT_CHOICES, "video", IMPORT_MEDIA},
	{IMPORT_SURVEY, "body", IMPORT_BODY},
	{IMPORT_SURVEY, "bind", IMPORT_BODY},
	{IMPORT_SURVEY, "control", IMPORT_BODY},
	{IMPORT_SURVEY, "instance", IMPORT_BODY},
	{IMPORT_SURVEY, "kobo__matrix_list", IMPORT_MATRIX_LIST},
	{IMPORT_SURVEY, "kobo__score_choices", IMPORT_SCORE_CHOICES},
	{IMPORT_SURVEY, "kobo__rank_items", IMPORT_RANK_ITEMS},
	{IMPORT_SURVEY, "kobo__rank_constraint_message", IMPORT_RANK_MESSAGE},
	{IMPORT_SURVEY | IMPORT_CHOICES, "kuid", IMPORT_KOBO},
	{IMPORT_SURVEY | IMPORT_CHOICES, "$kuid", IMPORT_KOBO},
	{IMPORT_SURVEY, "$xpath", IMPORT_KOBO},
	{IMPORT_SURVEY, "$qpath", IMPORT_KOBO},
	{IMPORT_SURVEY, "$prev", IMPORT_KOBO},
	{IMPORT_SURVEY, "_isrepeat", IMPORT_KOBO},
	{IMPORT_SURVEY, "report", IMPORT_REPORT},
	{IMPORT_SURVEY, "chapter", IMPORT_CHAPTER},
	{IMPORT_SURVEY, "disaggregation", IMPORT_DISAGGREGATION},
	{IMPORT_SURVEY, "variable", IMPORT_VARIABLE},
	{IMPORT_SURVEY, "anonymise", IMPORT_ANONYMISE},
	{IMPORT_SURVEY, "anonymize", IMPORT_ANONYMISE},
	{IMPORT_SURVEY, "correlate", IMPORT_PLAN},
	{IMPORT_SURVEY, "clean", IMPORT_PLAN},
	{IMPORT_SURVEY, "cluster", IMPORT_PLAN},
	{IMPORT_SURVEY, "predict", IMPORT_PLAN},
	{IMPORT_SURVEY, "mappoint", IMPORT_PLAN},
	{IMPORT_SURVEY, "mappoly", IMPORT_PLAN},
	{IMPORT_SURVEY | IMPORT_CHOICES, "labelreport", IMPORT_PLAN},
	{IMPORT_SURVEY, "hintreport", IMPORT_PLAN},
	{IMPORT_SURVEY, "structuralequation", IMPORT_PLAN},
	{IMPORT_SURVEY, "structuralequation.risk", IMPORT_PLAN},
	{IMPORT_SURVEY, "structuralequation.coping", IMPORT_PLAN},
	{IMPORT_SURVEY, "structuralequation.resilience", IMPORT_PLAN},
	{IMPORT_CHOICES, "order", IMPORT_PLAN},
	{IMPORT_CHOICES, "weight", IMPORT_PLAN},
	{IMPORT_CHOICES, "recategorise", IMPORT_PLAN},
	{IMPORT_SURVEY, "peer/id", IMPORT_PEER_ID},
	{IMPORT_SURVEY, "peer/type", IMPORT_PEER_TYPE},
	{IMPORT_SURVEY, "peer/decline", IMPORT_PEER_DECLINE},
	{IMPORT_SURVEY, "peer/sensitive", IMPORT_PEER_SENSITIVE},
	{IMPORT_SURVEY, "peer/crossing", IMPORT_PEER_CROSSING},
	{IMPORT_SURVEY, "peer/level", IMPORT_PEER_LEVEL},
	{IMPORT_SURVEY, "peer/series", IMPORT_PEER_SERIES},
	{IMPORT_SURVEY, "peer/min", IMPORT_PEER_MIN},
	{IMPORT_SURVEY, "peer/max", IMPORT_PEER_MAX},
	{IMPORT_SURVEY, "peer/step", IMPORT_PEER_STEP},
	{IMPORT_SURVEY, "peer/bands", IMPORT_PEER_BANDS},
	{IMPORT_SURVEY, "peer/precision", IMPORT_PEER_PRECISION},
	{IMPORT_SURVEY, "peer/first", IMPORT_PEER_FIRST},
	{IMPORT_SURVEY, "peer/last", IMPORT_PEER_LAST},
	{IMPORT_SURVEY, "peer/ranks", IMPORT_PEER_RANKS},
	{IMPORT_SURVEY, "peer/length", IMPORT_PEER_LENGTH},
	{IMPORT_SURVEY, "peer/note", IMPORT_PEER_NOTE},
	{IMPORT_SURVEY, "peer/low", IMPORT_PEER_LOW},
	{IMPORT_SURVEY, "peer/high", IMPORT_PEER_HIGH},
	{IMPORT_CHOICES, "peer/other", IMPORT_PEER_OTHER},
	{IMPORT_CHOICES, "peer/exclusive", IMPORT_PEER_EXCLUSIVE},
	{IMPORT_SURVEY | IMPORT_CHOICES | IMPORT_SETTINGS, "peer", IMPORT_PEER_UNKNOWN},
	{IMPORT_SETTINGS, "form_title", IMPORT_FORM_TITLE},
	{IMPORT_SETTINGS, "title", IMPORT_FORM_TITLE},
	{IMPORT_SETTINGS, "set_form_title", IMPORT_FORM_TITLE},
	{IMPORT_SETTINGS, "form_id", IMPORT_FORM_ID},
	{IMPORT_SETTINGS, "id_string", IMPORT_FORM_ID},
	{IMPORT_SETTINGS, "set_form_id", IMPORT_FORM_ID},
	{IMPORT_SETTINGS, "default_language", IMPORT_DEFAULT_LANGUAGE},
	{IMPORT_PEER, "key", IMPORT_KEY},
	{IMPORT_PEER, "id", IMPORT_KEY_ID},
	{IMPORT_PEER, "text", IMPORT_TEXT},
};

/*
 * The part of a header up to the next ':', small letters, blank and '-' as '_'; `*at` moves behind
 * the colons.
 */
static void next_word(char word[WORD], const char **at)
{
	const char *c = *at;
	size_t n = 0, end = 0;

	c += strspn(c, " \t\n_-");
	/* a leading '_' is part of the name of one of Kobo's columns */
	if (c > *at && c[-1] == '_')
		word[n++] = '_';
	for (; *c != '\0' && *c != ':'; c++) {
		char small = strchr(" \t\n-", *c) ? '_' : (char)tolower((unsigned char)*c);

		if (n < WORD - 1)
			word[n++] = small;
		if (small != '_')
			end = n;
	}
	word[end] = '\0';
	*at = c + strspn(c, ":");
}

static enum import_field find(enum import_sheet kind, const char *name)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if ((names[i].sheets & kind) && strcmp(names[i].name, name) == 0)
			return names[i].field;
	return IMPORT_UNKNOWN;
}

static void read_header(struct import *im, struct import_column *c, const char *cell,
                        enum import_sheet kind)
{
	const char *at = cell;
	char word[WORD], both[2 * WORD + 2];

	*c = (struct import_column){.name = cell, .language = -1};
	next_word(word, &at);
	c->field = find(kind, word);
	if (*at != '\0' && (c->field == IMPORT_BODY || c->field == IMPORT_MEDIA ||
	                    c->field == IMPORT_PEER_UNKNOWN || strcmp(word, "jr") == 0)) {
		enum import_field whole;
		char part[WORD];

		next_word(part, &at);
		if (strcmp(part, "jr") == 0)
			next_word(part, &at);
		snprintf(both, sizeof both, "%s/%s", strcmp(word, "jr") == 0 ? "bind" : word, part);
		whole = find(kind, both);
		if (whole != IMPORT_UNKNOWN)
			c->field = whole;
	}
	at += strspn(at, " \t\n");
	if (c->field >= IMPORT_FIRST_TEXT && *at != '\0')
		c->spoken = import_copy(im, at, strlen(at));
}

/* The row with the names of the columns: the first that has any text. 0: there is none. */
static size_t find_header(const struct sheet *sheet)
{
	for (size_t row = 0; row < sheet->rows && row < LOOK_FOR_HEADER; row++)
		if (sheet_next_column(sheet, row, 0) < sheet->columns)
			return row + 1;
	return 0;
}

/* Is the name the usual one of its field, the first in the table, and no other spelling? */
static bool usual(const struct import_column *c, enum import_sheet kind)
{
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if ((names[i].sheets & kind) && names[i].field == c->field)
			return import_same(names[i].name, c->name);
	return false;
}

/*
 * A second column for what has one: a mistake, unless one of them only looks like it ("value"
 * beside "name"); that one is nothing we know.
 */
static void second_column(struct import *im, struct import_table *t, size_t column,
                          enum import_sheet kind)
{
	struct import_column *c = &t->columns[column], *first = &t->columns[t->column[c->field]];

	if (usual(first, kind) == usual(c, kind)) {
		import_say_at(im, FINDING_ERROR, t, t->first - 1, column,
			"this column stands twice, the first time as %s",
			sheet_place(t->first - 1, (size_t)t->column[c->field]).name);
	} else if (usual(first, kind)) {
		c->field = IMPORT_UNKNOWN;
	} else {
		t->column[c->field] = (int)column;
		first->field = IMPORT_UNKNOWN;
	}
}

/* Columns of which there may be many. */
static bool many(enum import_field field)
{
	return field >= IMPORT_FIRST_TEXT || field == IMPORT_BODY || field == IMPORT_KOBO ||
	       field == IMPORT_PLAN || field == IMPORT_PEER_UNKNOWN;
}

/* One pass over the cells, as there can be many columns and many rows. */
static void find_filled(struct import_table *t)
{
	for (size_t i = 0; i < t->n; i++)
		t->filled[i] = t->sheet->rows;
	IMPORT_EACH_ROW(t, row)
		IMPORT_EACH_CELL(t, row, i)
			if (row < t->filled[i])
				t->filled[i] = row;
}

/* Columns of choices for choice_filter: the first of a name is meant. */
static void drop_second(struct import *im, struct import_table *t)
{
	struct import_map seen = {.slots = NULL};

	for (size_t i = 0; i < t->n; i++) {
		struct import_column *c = &t->columns[i];

		if (c->field != IMPORT_UNKNOWN || c->name[0] == '\0')
			continue;
		if (import_get(&seen, c->name) == NULL) {
			import_set(im, &seen, c->name, c);
			continue;
		}
		import_say_at(im, FINDING_WARNING, t, t->first - 1, i,
			"this column stands twice: only the first is used");
		c->name = "";
	}
}

void import_head(struct import *im, struct import_table *t, const char *sheet,
                 enum import_sheet kind)
{
	for (size_t i = 0; i < IMPORT_FIELDS; i++)
		t->column[i] = -1;
	t->sheet = workbook_sheet(im->workbook, sheet);
	if (t->sheet == NULL)
		return;
	t->first = find_header(t->sheet);
	t->columns = import_memory(im, t->sheet->columns, sizeof *t->columns);
	t->filled = import_memory(im, t->sheet->columns, sizeof *t->filled);
	if (t->columns == NULL || t->filled == NULL || t->first == 0)
		return;
	t->n = t->sheet->columns;
	find_filled(t);
	for (size_t i = 0; i < t->n; i++) {
		struct import_column *c = &t->columns[i];

		read_header(im, c, sheet_cell(t->sheet, t->first - 1, i), kind);
		if (c->field == IMPORT_UNKNOWN || c->name[0] == '\0')
			continue;
		if (t->column[c->field] < 0)
			t->column[c->field] = (int)i;
		else if (!many(c->field))
			second_column(im, t, i, kind);
	}
	if (kind == IMPORT_CHOICES)
		drop_second(im, t);
}

/* The index of a language code, which is added if it is new. */
static int language_index(struct import *im, const char *code, const char *spoken)
{
	for (size_t i = 0; i < im->n_languages; i++)
		if (strcmp(im->languages[i], code) == 0)
			return (int)i;
	if (im->n_languages == FORM_LANGUAGES)
		return -1;
	im->languages[im->n_languages] = import_copy(im, code, strlen(code));
	im->language_names[im->n_languages] = spoken;
	return (int)im->n_languages++;
}

/* The language a header names; one that nobody knows gets a code for private use, qaa to qtz. */
static void name_language(struct import *im, struct import_table *t, size_t i)
{
	struct import_column *c = &t->columns[i];
	size_t n = im->n_languages;
	char code[16];

	for (size_t k = 0; k < n; k++)
		if (strcmp(im->language_names[k], c->spoken) == 0) {
			c->language = (int)k;
			return;
		}
	/* looking for a name takes a while, so not for any number of them */
	if (im->many_languages)
		return;
	if (!import_language_code(code, c->spoken)) {
		snprintf(code, sizeof code, "q%c%c", (char)('a' + n / 26), (char)('a' + n % 26));
		import_say_at(im, FINDING_WARNING, t, t->first - 1, i,
			"no language of this name is known: it becomes \"%s\"; write its code "
			"behind it, as in \"label::Français (fr)\"",
			code);
	}
	c->language = language_index(im, code, c->spoken);
	im->many_languages = c->language < 0;
	if (im->many_languages)
		import_say_at(im, FINDING_ERROR, t, t->first - 1, i, "more than %d languages",
			FORM_LANGUAGES);
}

static bool column_empty(const struct import_table *t, size_t column)
{
	return t->filled[column] >= t->sheet->rows;
}

/* Columns of texts without a language: those of the default language, or of the only one. */
static void name_rest(struct import_table *t, int language)
{
	for (size_t i = 0; i < t->n; i++) {
		struct import_column *c = &t->columns[i];

		if (c->field >= IMPORT_FIRST_TEXT && c->spoken == NULL && c->name[0] != '\0')
			c->language = language;
	}
}

/* Is there a column of texts without a language? Its place, for a finding. */
static bool unnamed(const struct import_table *t, size_t *column)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->columns[i].field == IMPORT_LABEL && t->columns[i].spoken == NULL &&
		    t->columns[i].name[0] != '\0' && !column_empty(t, i)) {
			*column = i;
			return true;
		}
	return false;
}

/* Put the source language first. */
static void put_first(struct import *im, int language, struct import_table *const *tables, size_t n)
{
	const char *code = im->languages[language], *spoken = im->language_names[language];

	for (int i = language; i > 0; i--) {
		im->languages[i] = im->languages[i - 1];
		im->language_names[i] = im->language_names[i - 1];
	}
	im->languages[0] = code;
	im->language_names[0] = spoken;
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < tables[k]->n; i++) {
			int *index = &tables[k]->columns[i].language;

			if (*index == language)
				*index = 0;
			else if (*index >= 0 && *index < language)
				++*index;
		}
}

/* The language that settings name; false: none, or nobody knows it. */
static bool default_language(struct import *im, char code[16])
{
	const struct import_table *t = &im->settings;
	const char *wanted = import_cell(t, t->first, IMPORT_DEFAULT_LANGUAGE);

	if (wanted[0] == '\0' || strcasecmp(wanted, "default") == 0)
		return false;
	for (size_t i = 0; i < im->n_languages; i++)
		if (strcmp(im->language_names[i], wanted) == 0) {
			snprintf(code, 16, "%s", im->languages[i]);
			return true;
		}
	if (import_language_code(code, wanted))
		return true;
	import_say(im, FINDING_WARNING, t, t->first, IMPORT_DEFAULT_LANGUAGE,
		"no language \"%.60s\" is known", wanted);
	return false;
}

/* Two columns for one text in one language: the second only fills gaps. */
static void say_second(struct import *im, const struct import_table *t)
{
	/* by field and language: one more than the first column */
	size_t first[IMPORT_LAST_TEXT - IMPORT_FIRST_TEXT + 1][FORM_LANGUAGES] = {{0}};

	for (size_t i = 0; i < t->n; i++) {
		const struct import_column *c = &t->columns[i];
		size_t *seen;

		if (c->field < IMPORT_FIRST_TEXT || c->field == IMPORT_MEDIA || c->language < 0)
			continue;
		seen = &first[c->field - IMPORT_FIRST_TEXT][c->language];
		if (*seen == 0)
			*seen = i + 1;
		else if (c->name[0] != '\0' && !column_empty(t, i))
			import_say_at(im, FINDING_WARNING, t, t->first - 1, i,
				"this language stands in the column %s already: here only its gaps "
				"are filled",
				sheet_place(t->first - 1, *seen - 1).name);
	}
}

void import_languages(struct import *im)
{
	struct import_table *tables[] = {&im->survey, &im->choices, &im->external, &im->peer,
		&im->settings};
	const size_t n = sizeof tables / sizeof *tables;
	char code[16] = "en";
	bool known;
	size_t column;
	int source = 0;

	im->languages = import_memory(im, FORM_LANGUAGES, sizeof *im->languages);
	im->language_names = import_memory(im, FORM_LANGUAGES, sizeof *im->language_names);
	im->reviewers = import_memory(im, FORM_LANGUAGES, sizeof *im->reviewers);
	if (im->nomem)
		return;
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < tables[k]->n; i++)
			if (tables[k]->columns[i].spoken != NULL)
				name_language(im, tables[k], i);
	known = default_language(im, code);
	if (unnamed(&im->survey, &column) && !known) {
		import_say_at(im, FINDING_WARNING, &im->survey, im->survey.first - 1, column,
			"a column without a language is taken as \"en\": say default_language on "
			"the "
			"sheet settings, or write \"label::English (en)\"");
		known = true;
	}
	if (known || im->n_languages == 0)
		source = language_index(im, code, "");
	put_first(im, source < 0 ? 0 : source, tables, n);
	for (size_t k = 0; k < n; k++) {
		name_rest(tables[k], 0);
		say_second(im, tables[k]);
	}
}
