/*
 * study_report.c - members "report" and "cherries" of study.json enter, what staff say of their
 * reports leaves. The items are those of Eysenbach, J Med Internet Res 2004;6(3):e34.
 */
#include "forms/study_report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const imprint_names[STUDY_IMPRINTS] = {
	[STUDY_PUBLISHER] = "publisher",
	[STUDY_AUTHORS] = "authors",
	[STUDY_LICENCE] = "licence",
	[STUDY_CITATION] = "citation",
};

static const char *const item_names[STUDY_ITEMS] = {
	[STUDY_DESIGN] = "design",
	[STUDY_IRB_APPROVAL] = "irb_approval",
	[STUDY_DEVELOPMENT_AND_TESTING] = "development_and_testing",
	[STUDY_CONTACT_MODE] = "contact_mode",
	[STUDY_ADVERTISING] = "advertising",
	[STUDY_CONTEXT] = "context",
	[STUDY_INCENTIVES] = "incentives",
	[STUDY_TIME_AND_DATE] = "time_and_date",
};

static const char *const load_names[STUDY_LOADS] = {
	[STUDY_SITE_LOADS] = "site_loads",
	[STUDY_PAGE_LOADS] = "page_loads",
	[STUDY_STARTED] = "started",
};

static bool among(const char *name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* The member, or NULL: not there. Other than an object, or with members of other names: a fault. */
static int get_part(const struct json **out, const struct json *study, const char *part,
                    const char *const *names, size_t n, const char *const *more, size_t n_more,
                    struct err *err)
{
	*out = json_get(study, part);
	if (*out == NULL)
		return 0;
	if (json_type(*out) != JSON_OBJECT)
		return err_set(err, ERR_INPUT, "%s: must be an object", part);
	for (const struct json *m = json_first(*out); m != NULL; m = json_next(m))
		if (!among(json_name(m), names, n) && !among(json_name(m), more, n_more))
			return err_set(err, ERR_INPUT, "%s: unknown member \"%s\"", part,
				json_name(m));
	return 0;
}

static int read_texts(struct study_text **out, const struct json *part, const char *const *names,
                      size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++)
		if (study_texts_read(&out[i], part, names[i], err) != 0)
			return -1;
	return 0;
}

/* "2020-09" */
static bool is_month(const char *s)
{
	static const char digits[] = "0123456789";

	return strlen(s) == 7 && strspn(s, digits) == 4 && s[4] == '-' &&
	       strspn(s + 5, digits) == 2 && strcmp(s + 5, "01") >= 0 && strcmp(s + 5, "12") <= 0;
}

int study_report_month(char **out, const struct json *part, const char *name, struct err *err)
{
	const struct json *m = json_get(part, name);
	const char *month = json_string(m);

	*out = NULL;
	if (m == NULL || (month != NULL && month[0] == '\0'))
		return 0;
	if (month == NULL || !is_month(month))
		return err_set(err, ERR_INPUT, "%s: must be a month such as \"2020-09\"", name);
	*out = strdup(month);
	return *out != NULL ? 0 : err_nomem(err);
}

static int read_loads(struct study_report *r, const struct json *part, struct err *err)
{
	for (size_t i = 0; i < STUDY_LOADS; i++) {
		const struct json *m = json_get(part, load_names[i]);
		double n = m == NULL ? 0 : json_number(m, NAN);

		if (!(n >= 0 && n <= 1e12) || n != floor(n))
			return err_set(err, ERR_INPUT, "%s: must be a whole number, 0 if not known",
				load_names[i]);
		r->loads[i] = (long)n;
	}
	return 0;
}

int study_report_read(struct study_report *out, const struct json *study, struct err *err)
{
	static const char *const published[] = {"published"};
	const struct json *report, *cherries;

	if (get_part(&report, study, "report", imprint_names, STUDY_IMPRINTS, published, 1, err) !=
	    0 || get_part(&cherries, study, "cherries", item_names, STUDY_ITEMS, load_names,
		STUDY_LOADS, err) != 0)
		return -1;
	if (read_texts(out->imprint, report, imprint_names, STUDY_IMPRINTS, err) != 0 ||
	    study_report_month(&out->published, report, "published", err) != 0) {
		err_prefix(err, "report");
		return -1;
	}
	if (read_texts(out->items, cherries, item_names, STUDY_ITEMS, err) != 0 ||
	    read_loads(out, cherries, err) != 0) {
		err_prefix(err, "cherries");
		return -1;
	}
	return 0;
}

void study_report_finish(struct study_report *r)
{
	for (size_t i = 0; i < STUDY_IMPRINTS; i++)
		study_texts_free(r->imprint[i]);
	for (size_t i = 0; i < STUDY_ITEMS; i++)
		study_texts_free(r->items[i]);
	free(r->published);
	*r = (struct study_report){0};
}

void study_report_write(struct buf *out)
{
	buf_puts(out, "\t\"report\": {\n");
	for (size_t i = 0; i < STUDY_IMPRINTS; i++)
		buf_printf(out, "\t\t\"%s\": {},\n", imprint_names[i]);
	buf_puts(out, "\t\t\"published\": \"\"\n\t},\n\t\"cherries\": {\n");
	for (size_t i = 0; i < STUDY_ITEMS; i++)
		buf_printf(out, "\t\t\"%s\": {},\n", item_names[i]);
	for (size_t i = 0; i < STUDY_LOADS; i++)
		buf_printf(out, "\t\t\"%s\": 0%s\n", load_names[i], i + 1 < STUDY_LOADS ? "," : "");
	buf_puts(out, "\t}");
}

static void put_name(struct buf *out, const char *name)
{
	buf_printf(out, "%s%s", out->len ? ", " : "", name);
}

static void add(struct findings *f, enum finding_grade grade, const char *place,
                struct buf *names, const char *what, const char *language)
{
	if (names->failed)
		f->failed = 1;
	else if (names->len)
		findings_add(f, grade, place, "%s: %s%s", names->data, what, language);
	buf_finish(names);
}

void study_report_missing(struct findings *f, enum finding_grade grade,
                          const struct study_report *r)
{
	struct buf imprint = {0}, items = {0};

	for (size_t i = 0; i < STUDY_IMPRINTS; i++)
		if (i != STUDY_CITATION && !study_texts_given(r->imprint[i], NULL))
			put_name(&imprint, imprint_names[i]);
	if (r->published == NULL)
		put_name(&imprint, "published");
	for (size_t i = 0; i < STUDY_ITEMS; i++)
		if (i != STUDY_DESIGN && i != STUDY_TIME_AND_DATE &&
		    !study_texts_given(r->items[i], NULL))
			put_name(&items, item_names[i]);
	add(f, grade, "report", &imprint, "empty in study.json: the imprint of reports lacks it",
	    "");
	add(f, grade, "cherries", &items,
	    "empty in study.json: the checklist in reports says “not stated”", "");
}

void study_report_untranslated(struct findings *f, enum finding_grade grade,
                               const struct study_report *r, const char *language)
{
	static const char untranslated[] =
		"printed in another language: study.json has no text in ";
	struct buf imprint = {0}, items = {0};

	for (size_t i = 0; i < STUDY_IMPRINTS; i++)
		if (study_texts_given(r->imprint[i], NULL) &&
		    !study_texts_given(r->imprint[i], language))
			put_name(&imprint, imprint_names[i]);
	for (size_t i = 0; i < STUDY_ITEMS; i++)
		if (study_texts_given(r->items[i], NULL) &&
		    !study_texts_given(r->items[i], language))
			put_name(&items, item_names[i]);
	add(f, grade, "report", &imprint, untranslated, language);
	add(f, grade, "cherries", &items, untranslated, language);
}
