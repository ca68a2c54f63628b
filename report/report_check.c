/*
 * report_check.c - finished PDF files enter, what is wrong with them leaves. With a study, each
 * must say word for word what its release and narrative say now: the report is made once more, and
 * the texts of both are compared in the order of reading.
 */
#include "report/report.h"

#include "lib/base/file.h"
#include "report/inspect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 60 }; /* bytes of a difference */

/* What the files are compared with; no parts: there is no study. */
struct check {
	struct report_round round;
	struct report_part *parts;
	size_t n;
};

static const struct report_part *part_of(const struct check *c, const char *path)
{
	const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;

	for (size_t i = 0; i < c->n; i++) {
		struct buf own = { 0 };
		bool same;

		report_part_name(&own, &c->parts[i]);
		buf_puts(&own, ".pdf");
		same = !own.failed && !strcmp(own.data, name);
		buf_finish(&own);
		if (same)
			return &c->parts[i];
	}
	return NULL;
}

/* The line of a text in which it differs from another, and its number. */
static const char *difference(size_t *line, const char *got, const char *wanted)
{
	const char *start = got;

	*line = 1;
	for (; *got && *got == *wanted; got++, wanted++) {
		if (*got != '\n')
			continue;
		start = got + 1;
		++*line;
	}
	return *got == *wanted ? NULL : start;
}

static void compare(struct findings *f, const char *got, const char *wanted)
{
	size_t line, n;
	const char *at = difference(&line, got, wanted);
	char place[48];

	if (!at)
		return;
	n = strcspn(at, "\n");
	snprintf(place, sizeof place, "text, block %zu", line);
	findings_add(f, FINDING_ERROR, place,
	             "it does not say what the release and the narrative say: \"%.*s\"",
	             (int)(n < SHOWN ? n : SHOWN), at);
}

/* Make the report of that name once more, and compare. */
static int compare_with_release(struct findings *f, const struct check *c, const char *path,
                                const struct buf *text, struct err *err)
{
	const struct report_part *p = part_of(c, path);
	struct findings odd = { 0 };
	struct buf pdf = { 0 }, wanted = { 0 };
	int r = -1;

	if (!p) {
		findings_add(f, FINDING_ERROR, "name",
		             "no series and report language of the study has this name");
		return 0;
	}
	if (!report_make(&pdf, p, false, &odd, err) &&
	    !inspect_bytes(&wanted, &odd, path, pdf.data, pdf.len, err)) {
		compare(f, text->data ? text->data : "", wanted.data ? wanted.data : "");
		r = 0;
	}
	findings_finish(&odd);
	buf_finish(&pdf);
	buf_finish(&wanted);
	return r;
}

/* Returns the number of findings, or -1. */
static int check_file(const struct check *c, const char *path, struct err *err)
{
	struct findings f = { 0 };
	struct buf text = { 0 };
	int r = -1;

	if (inspect_pdf(&text, &f, path, err) ||
	    (c->parts && compare_with_release(&f, c, path, &text, err)))
		goto out;
	if (f.failed || text.failed) {
		err_nomem(err);
		goto out;
	}
	for (size_t i = 0; i < f.n; i++)
		printf("%s: %s: %s: %s\n", path, f.list[i].place,
		       finding_grade_name(f.list[i].grade), f.list[i].text);
	if (!f.n)
		printf("%s: %s\n", path,
		       c->parts ? "good, and says what the release says" : "good");
	r = f.n > 0;
out:
	findings_finish(&f);
	buf_finish(&text);
	return r;
}

int report_check(const struct report_request *r)
{
	struct check c = { 0 };
	struct err err;
	int status = 0;

	if (r->study && (report_load(&c.round, r, &err) ||
	                 report_parts(&c.parts, &c.n, &c.round, r, &err)))
		status = report_say(&err);
	for (size_t i = 0; i < r->n_files && (!status || c.parts || !r->study); i++) {
		int found = check_file(&c, r->files[i], &err);

		if (found < 0)
			status = report_say(&err);
		else if (found)
			status = 1;
	}
	report_parts_free(c.parts, c.n);
	report_finish(&c.round);
	return status;
}
