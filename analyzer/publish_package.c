/*
 * publish_package.c - what the tidy CSV of a release means, for programs: a Frictionless data
 * package (specs.frictionlessdata.io, version 1). In: a release and its CSV. Out: JSON.
 */
#include "analyzer/publish.h"

#include "lib/base/json.h"

#include <ctype.h>

static const struct field {
	const char *name, *type, *description;
} fields[] = {
	{"question", "string", "Id of the question in the questionnaire"},
	{"row", "string", "Id of the row, for questions that are a matrix"},
	{"measure", "string", "What the answers are: choice, multiple (any of these, shares of "
		"respondents), scale, bands, first, ranked, date, country, written"},
	{"by", "string", "Breakdown: total, region, language, region_language"},
	{"group", "string", "Region, language or pair; empty for everybody"},
	{"answer", "string", "Value of the answer; declined, blank and not_asked for those without; "
		"mean, median"},
	{"label", "string", "The answer in the language of this file"},
	{"count", "number", "People, or the value of a statistic; empty where it is suppressed"},
	{"base", "integer", "People who answered"},
	{"percent", "number", "Of the base, one decimal"},
	{"status", "string", "published, suppressed (to protect people), non_response, statistic, "
		"left_out (a breakdown that is not published)"},
};

static void put(struct buf *out, const char *name, const char *text)
{
	json_put_string(out, name);
	buf_putc(out, ':');
	json_put_string(out, text);
}

static void put_fields(struct buf *out)
{
	buf_puts(out, "\"schema\":{\"fields\":[");
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		buf_puts(out, i > 0 ? ",\n      {" : "\n      {");
		put(out, "name", fields[i].name);
		buf_putc(out, ',');
		put(out, "type", fields[i].type);
		buf_putc(out, ',');
		put(out, "description", fields[i].description);
		buf_putc(out, '}');
	}
	buf_puts(out, "],\n      \"missingValues\":[\"\"]}");
}

/* A package's name: lower case letters, digits, ".", "_" and "-". */
static void put_slug(struct buf *out, const struct release *r)
{
	struct buf name = {0};

	buf_printf(&name, "%s-%s-%02u", r->study, r->round, r->number);
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.data[i];

		name.data[i] = isalnum(c) || c == '.' || c == '_' ? (char)tolower(c) : '-';
	}
	put(out, "name", name.data != NULL ? name.data : "");
	out->failed |= name.failed;
	buf_finish(&name);
}

void publish_package(struct buf *out, const struct release *r, const struct print_view *view,
	const char *name, const struct buf *csv)
{
	struct buf title = {0};

	buf_printf(&title, "%s (%s, %s)", form_text(&view->form->title, view->language), r->study,
		r->round);
	buf_puts(out, "{\n  ");
	put_slug(out, r);
	buf_puts(out, ",\n  ");
	put(out, "title", title.data != NULL ? title.data : "");
	buf_puts(out, ",\n  \"profile\":\"tabular-data-package\",\n  ");
	put(out, "description", "Protected counts of a survey. The sample is not random: there are no "
		"margins of error. Counts that could point to few people are suppressed.");
	buf_puts(out, ",\n  \"peer-survey\":{");
	put(out, "study", r->study);
	buf_putc(out, ',');
	put(out, "round", r->round);
	buf_putc(out, ',');
	put(out, "questionnaire", r->questionnaire);
	buf_putc(out, ',');
	put(out, "language", view->form->languages[view->language]);
	buf_printf(out, ",\"number\":%u,\"people\":%ld,\"threshold\":%u,\"coalition\":%u,"
		"\"audited\":%s,\"demonstration\":%s},\n  \"resources\":[{\n    ", r->number, r->people,
		r->threshold, r->coalition, r->audited ? "true" : "false",
		r->demonstration ? "true" : "false");
	put(out, "name", "counts");
	buf_putc(out, ',');
	put(out, "path", name);
	buf_printf(out, ",\"profile\":\"tabular-data-resource\",\"format\":\"csv\","
		"\"mediatype\":\"text/csv\",\"encoding\":\"utf-8\",\"bytes\":%zu,\n    "
		"\"dialect\":{\"delimiter\":\",\",\"lineTerminator\":\"\\r\\n\",\"quoteChar\":\"\\\"\","
		"\"doubleQuote\":true,\"header\":true},\n    ", csv->len);
	put_fields(out);
	buf_puts(out, "}]\n}\n");
	out->failed |= title.failed;
	buf_finish(&title);
}
