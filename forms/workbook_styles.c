/*
 * workbook_styles.c - which styles of cells show a number as a date.
 *
 * In: styleSheet/numFmts/numFmt and styleSheet/cellXfs/xf (ECMA-376 part 1, 18.8.30 and 18.8.10).
 * Out: one bool a style.
 */
#include "forms/workbook_parts.h"

#include <stdlib.h>
#include <string.h>

#define FORMATS 65536 /* numbers of formats; no program gives higher ones */
#define STYLES_MAX 65536

struct reading {
	struct workbook_styles *out;
	uint32_t formats[STYLES_MAX]; /* by style */
	bool dates[FORMATS];          /* by number of a format */
	bool in_formats, in_styles;
};

static unsigned long format_id(const char *const *attributes)
{
	const char *id = workbook_xml_attribute(attributes, "numFmtId");
	unsigned long n = id == NULL ? 0 : strtoul(id, NULL, 10);

	return n < FORMATS ? n : 0;
}

static int on_open(void *arg, unsigned depth, const char *name, const char *const *attributes,
	struct err *err)
{
	struct reading *r = arg;

	if (depth == 1 && strcmp(name, "styleSheet") != 0)
		return err_set(err, ERR_INPUT, "not a part of styles");
	if (depth == 2) {
		r->in_formats = strcmp(name, "numFmts") == 0;
		r->in_styles = strcmp(name, "cellXfs") == 0;
	} else if (depth == 3 && r->in_formats && strcmp(name, "numFmt") == 0) {
		const char *code = workbook_xml_attribute(attributes, "formatCode");

		r->dates[format_id(attributes)] = code != NULL && workbook_value_date_format(code);
	} else if (depth == 3 && r->in_styles && strcmp(name, "xf") == 0) {
		if (r->out->n == STYLES_MAX)
			return err_set(err, ERR_INPUT, "more than %d styles", STYLES_MAX);
		r->formats[r->out->n++] = (uint32_t)format_id(attributes);
	}
	return 0;
}

int workbook_styles_read(struct workbook_styles *out, struct workbook_zip *z, const char *part,
	struct err *err)
{
	static const struct workbook_xml_calls calls = {.open = on_open};
	struct reading *r = calloc(1, sizeof *r);
	int status = -1;

	if (r == NULL)
		return err_nomem(err);
	r->out = out;
	for (unsigned long id = 0; id < FORMATS; id++)
		r->dates[id] = workbook_value_date_id(id);
	if (workbook_xml_part(z, part, &calls, r, err) != 0)
		goto out;
	out->dates = calloc(out->n + 1, sizeof *out->dates);
	if (out->dates == NULL) {
		err_nomem(err);
		goto out;
	}
	for (size_t i = 0; i < out->n; i++)
		out->dates[i] = r->dates[r->formats[i]];
	status = 0;
out:
	if (status != 0)
		out->n = 0;
	free(r);
	return status;
}
