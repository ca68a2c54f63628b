/*
 * xlsform_import_type.c - the type cell. In: "select one from yes_no or other", "begin_group",
 * "geopoint". Out: the question's type, or why there is no such question in an anonymous survey.
 * The spellings are those of pyxform, old ones too; case, blank, '_' and '-' do not matter.
 */
#include "forms/xlsform_import.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define TIME "records when somebody answers"
#define DEVICE "identifies the device"
#define PERSON "identifies the person"
#define WHERE "records where somebody is, which identifies"
#define MEDIA "can show or let hear who somebody is"
#define WATCH "records how somebody answers"

/* Types without a list. */
static const struct {
	const char *name;
	enum import_kind kind;
	enum form_type form;
	const char *why;
} types[] = {
	{"integer", IMPORT_IS_QUESTION, FORM_INTEGER, NULL},
	{"int", IMPORT_IS_QUESTION, FORM_INTEGER, NULL},
	{"decimal", IMPORT_IS_QUESTION, FORM_DECIMAL, NULL},
	{"numeric", IMPORT_IS_QUESTION, FORM_DECIMAL, NULL},
	{"number of days in last month", IMPORT_IS_QUESTION, FORM_INTEGER, NULL},
	{"number of days in last six months", IMPORT_IS_QUESTION, FORM_INTEGER, NULL},
	{"number of days in last year", IMPORT_IS_QUESTION, FORM_INTEGER, NULL},
	{"text", IMPORT_IS_QUESTION, FORM_TEXT, NULL},
	{"string", IMPORT_IS_QUESTION, FORM_TEXT, NULL},
	{"note", IMPORT_IS_QUESTION, FORM_NOTE, NULL},
	{"range", IMPORT_IS_QUESTION, FORM_SCALE, NULL},
	{"calculate", IMPORT_IS_QUESTION, FORM_CALCULATE, NULL},
	{"calculation", IMPORT_IS_QUESTION, FORM_CALCULATE, NULL},
	{"calculate here", IMPORT_IS_QUESTION, FORM_CALCULATE, NULL},
	{"date", IMPORT_IS_QUESTION, FORM_DATE,
		"an exact date identifies people: only the month is asked"},
	{"datetime", IMPORT_IS_QUESTION, FORM_DATE,
		"an exact date and time identify people: only the month is asked"},
	{"date time", IMPORT_IS_QUESTION, FORM_DATE,
		"an exact date and time identify people: only the month is asked"},
	{"acknowledge", IMPORT_IS_QUESTION, FORM_SELECT_ONE, NULL},
	{"trigger", IMPORT_IS_QUESTION, FORM_SELECT_ONE, NULL},
	{"begin group", IMPORT_IS_BEGIN, 0, NULL},
	{"begingroup", IMPORT_IS_BEGIN, 0, NULL},
	{"begin lgroup", IMPORT_IS_BEGIN_REPEAT, 0, NULL},
	{"begin repeat", IMPORT_IS_BEGIN_REPEAT, 0, NULL},
	{"beginrepeat", IMPORT_IS_BEGIN_REPEAT, 0, NULL},
	{"begin looped group", IMPORT_IS_BEGIN_REPEAT, 0, NULL},
	{"begin score", IMPORT_IS_BEGIN_SCORE, 0, NULL},
	{"begin rank", IMPORT_IS_BEGIN_RANK, 0, NULL},
	{"begin kobomatrix", IMPORT_IS_BEGIN_MATRIX, 0, NULL},
	{"score__row", IMPORT_IS_SCORE_ROW, 0, NULL},
	{"rank__level", IMPORT_IS_RANK_LEVEL, 0, NULL},
	{"end group", IMPORT_IS_END, 0, NULL},
	{"endgroup", IMPORT_IS_END, 0, NULL},
	{"end lgroup", IMPORT_IS_END, 0, NULL},
	{"end repeat", IMPORT_IS_END, 0, NULL},
	{"endrepeat", IMPORT_IS_END, 0, NULL},
	{"end looped group", IMPORT_IS_END, 0, NULL},
	{"end loop", IMPORT_IS_END, 0, NULL},
	{"end score", IMPORT_IS_END, 0, NULL},
	{"end rank", IMPORT_IS_END, 0, NULL},
	{"end kobomatrix", IMPORT_IS_END, 0, NULL},
	{"start", IMPORT_IS_DROPPED, 0, TIME},
	{"start time", IMPORT_IS_DROPPED, 0, TIME},
	{"get start time", IMPORT_IS_DROPPED, 0, TIME},
	{"end", IMPORT_IS_DROPPED, 0, TIME},
	{"end time", IMPORT_IS_DROPPED, 0, TIME},
	{"get end time", IMPORT_IS_DROPPED, 0, TIME},
	{"today", IMPORT_IS_DROPPED, 0, TIME},
	{"get today", IMPORT_IS_DROPPED, 0, TIME},
	{"time", IMPORT_IS_DROPPED, 0, "a time of day has no type here: ask for a part of the day"},
	{"deviceid", IMPORT_IS_DROPPED, 0, DEVICE},
	{"device id", IMPORT_IS_DROPPED, 0, DEVICE},
	{"get device id", IMPORT_IS_DROPPED, 0, DEVICE},
	{"imei", IMPORT_IS_DROPPED, 0, DEVICE},
	{"subscriberid", IMPORT_IS_DROPPED, 0, PERSON},
	{"subscriber id", IMPORT_IS_DROPPED, 0, PERSON},
	{"get subscriber id", IMPORT_IS_DROPPED, 0, PERSON},
	{"simserial", IMPORT_IS_DROPPED, 0, DEVICE},
	{"sim serial", IMPORT_IS_DROPPED, 0, DEVICE},
	{"sim id", IMPORT_IS_DROPPED, 0, DEVICE},
	{"get sim id", IMPORT_IS_DROPPED, 0, DEVICE},
	{"phonenumber", IMPORT_IS_DROPPED, 0, PERSON},
	{"phone number", IMPORT_IS_DROPPED, 0, PERSON},
	{"get phone number", IMPORT_IS_DROPPED, 0, PERSON},
	{"username", IMPORT_IS_DROPPED, 0, PERSON},
	{"email", IMPORT_IS_DROPPED, 0, PERSON},
	{"audit", IMPORT_IS_DROPPED, 0, WATCH},
	{"text audit", IMPORT_IS_DROPPED, 0, WATCH},
	{"audio audit", IMPORT_IS_DROPPED, 0, MEDIA},
	{"caseid", IMPORT_IS_DROPPED, 0, PERSON},
	{"comments", IMPORT_IS_DROPPED, 0, WATCH},
	{"background audio", IMPORT_IS_DROPPED, 0, MEDIA},
	{"background geopoint", IMPORT_IS_DROPPED, 0, WHERE},
	{"start geopoint", IMPORT_IS_DROPPED, 0, WHERE},
	{"geopoint", IMPORT_IS_DROPPED, 0, WHERE},
	{"gps", IMPORT_IS_DROPPED, 0, WHERE},
	{"location", IMPORT_IS_DROPPED, 0, WHERE},
	{"geotrace", IMPORT_IS_DROPPED, 0, WHERE},
	{"geoshape", IMPORT_IS_DROPPED, 0, WHERE},
	{"osm", IMPORT_IS_DROPPED, 0, WHERE},
	{"image", IMPORT_IS_DROPPED, 0, MEDIA},
	{"photo", IMPORT_IS_DROPPED, 0, MEDIA},
	{"picture", IMPORT_IS_DROPPED, 0, MEDIA},
	{"signature", IMPORT_IS_DROPPED, 0, PERSON},
	{"audio", IMPORT_IS_DROPPED, 0, MEDIA},
	{"video", IMPORT_IS_DROPPED, 0, MEDIA},
	{"file", IMPORT_IS_DROPPED, 0, "a file can hold anything about anybody"},
	{"barcode", IMPORT_IS_DROPPED, 0, "a code on a card or a package identifies"},
	{"hidden", IMPORT_IS_DROPPED, 0, "a field that nobody sees has no answer"},
	{"xml external", IMPORT_IS_DROPPED, 0, "files beside the form are not read"},
	{"csv external", IMPORT_IS_DROPPED, 0, "files beside the form are not read"},
	{"uri:deviceid", IMPORT_IS_DROPPED, 0, DEVICE},
	{"uri:subscriberid", IMPORT_IS_DROPPED, 0, PERSON},
	{"uri:simserial", IMPORT_IS_DROPPED, 0, DEVICE},
	{"uri:phonenumber", IMPORT_IS_DROPPED, 0, PERSON},
	{"uri:username", IMPORT_IS_DROPPED, 0, PERSON},
	{"uri:email", IMPORT_IS_DROPPED, 0, PERSON},
};

/* Types that a list's name follows; the longest that fits is meant. */
static const struct {
	const char *name;
	enum import_kind kind;
	enum form_type form;
	const char *why;
} lists[] = {
	{"select one from file", IMPORT_IS_REFUSED, 0,
		"choices out of another file are not read: put them on the sheet choices"},
	{"select multiple from file", IMPORT_IS_REFUSED, 0,
		"choices out of another file are not read: put them on the sheet choices"},
	{"select one from", IMPORT_IS_QUESTION, FORM_SELECT_ONE, NULL},
	{"select one external", IMPORT_IS_QUESTION, FORM_SELECT_ONE, NULL},
	{"select one using", IMPORT_IS_QUESTION, FORM_SELECT_ONE, NULL},
	{"select one", IMPORT_IS_QUESTION, FORM_SELECT_ONE, NULL},
	{"select1", IMPORT_IS_QUESTION, FORM_SELECT_ONE, NULL},
	{"selectone", IMPORT_IS_QUESTION, FORM_SELECT_ONE, NULL},
	{"select multiple from", IMPORT_IS_QUESTION, FORM_SELECT_MULTIPLE, NULL},
	{"select multiple using", IMPORT_IS_QUESTION, FORM_SELECT_MULTIPLE, NULL},
	{"select multiple", IMPORT_IS_QUESTION, FORM_SELECT_MULTIPLE, NULL},
	{"selectmultiple", IMPORT_IS_QUESTION, FORM_SELECT_MULTIPLE, NULL},
	{"select many", IMPORT_IS_QUESTION, FORM_SELECT_MULTIPLE, NULL},
	{"select all that apply from", IMPORT_IS_QUESTION, FORM_SELECT_MULTIPLE, NULL},
	{"select all that apply", IMPORT_IS_QUESTION, FORM_SELECT_MULTIPLE, NULL},
	{"select", IMPORT_IS_QUESTION, FORM_SELECT_MULTIPLE, NULL},
	{"rank", IMPORT_IS_QUESTION, FORM_RANKING, NULL},
	{"ranking", IMPORT_IS_QUESTION, FORM_RANKING, NULL},
	{"odk:rank", IMPORT_IS_QUESTION, FORM_RANKING, NULL},
	{"osm", IMPORT_IS_DROPPED, 0, WHERE},
	{"begin loop over", IMPORT_IS_BEGIN_REPEAT, 0, NULL},
	{"begin loop", IMPORT_IS_BEGIN_REPEAT, 0, NULL},
};

static bool gap(char c)
{
	return c == ' ' || c == '_' || c == '-' || c == '\t' || c == '\n';
}

/*
 * Does `cell` begin with the words of `name`? Then where the rest begins, else NULL. A run of
 * gaps in one is a run of gaps in the other.
 */
static const char *begins(const char *cell, const char *name)
{
	while (*name != '\0') {
		if (gap(*name)) {
			if (!gap(*cell))
				return NULL;
			while (gap(*name))
				name++;
			while (gap(*cell))
				cell++;
		} else if (tolower((unsigned char)*cell++) != *name++) {
			return NULL;
		}
	}
	return *cell == '\0' || gap(*cell) ? cell : NULL;
}

/* "add select one prompt using yes_no", "q text": words of the oldest forms. */
static const char *without_old_words(struct import *im, const char *cell)
{
	const char *rest = begins(cell, "add"), *prompt;

	if (rest == NULL)
		rest = begins(cell, "q");
	if (rest == NULL || *rest == '\0')
		return cell;
	rest += strspn(rest, " _-");
	prompt = strcasestr(rest, " prompt");
	if (prompt == NULL)
		return rest;
	return import_print(im, "%.*s%s", (int)(prompt - rest), rest, prompt + strlen(" prompt"));
}

/* The list's name, and "or other" behind it. */
static void read_list(struct import *im, struct import_type *t, const char *rest)
{
	static const char *const others[] = {"or_other", "or other", "or-other", "or specify other",
		"or_specify_other"};
	size_t n;

	rest += strspn(rest, " \t\n");
	n = strlen(rest);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		size_t k = strlen(others[i]);

		if (n >= k && strcasecmp(rest + n - k, others[i]) == 0 &&
		    (n == k || rest[n - k - 1] == ' ')) {
			t->or_other = true;
			n -= k;
			while (n > 0 && (rest[n - 1] == ' ' || rest[n - 1] == '\n'))
				n--;
			break;
		}
	}
	t->list = n > 0 ? import_copy(im, rest, n) : NULL;
}

struct import_type import_type(struct import *im, const char *cell)
{
	struct import_type t = {.kind = IMPORT_IS_UNKNOWN};
	size_t longest = 0;

	if (cell[0] == '\0')
		return (struct import_type){.kind = IMPORT_IS_BLANK};
	cell = without_old_words(im, cell);
	if (cell == NULL)
		return t;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		const char *rest = begins(cell, types[i].name);

		if (rest == NULL || rest[strspn(rest, " _-")] != '\0')
			continue;
		return (struct import_type){.kind = types[i].kind, .form = types[i].form,
			.why = types[i].why,
			.acknowledge = types[i].form == FORM_SELECT_ONE &&
				types[i].kind == IMPORT_IS_QUESTION,
			.whole_date = types[i].form == FORM_DATE,
			.range = types[i].form == FORM_SCALE};
	}
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		const char *rest = begins(cell, lists[i].name);

		if (rest == NULL || strlen(lists[i].name) <= longest)
			continue;
		longest = strlen(lists[i].name);
		t = (struct import_type){.kind = lists[i].kind, .form = lists[i].form,
			.why = lists[i].why};
		/* "select_one_yes" names no list: a blank stands in front of one */
		if (*rest != '\0' && strchr(" \t\n", *rest) == NULL)
			t.kind = IMPORT_IS_UNKNOWN;
		read_list(im, &t, rest);
	}
	return t;
}
