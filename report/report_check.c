/*
 * report_check.c - finished PDF files enter, what is wrong with them leaves. With a study, each must
 * say word for word what its release and narrative say now: the report is made once more, and the
 * texts of both are compared in the order of reading.
 */
#include "report/report.h"

#include "lib/base/file.h"
#include "report/inspect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 80 }; /* bytes of a difference */

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

/* Back to where a character begins. */
static const char *character(const char *start, const char *at)
{
	while (at > start && ((unsigned char)*at & 0xC0) == 0x80)
		at--;
	return at;
}

/* Where a text begins to differ from another, and the number of its block; or NULL. */
static const char *difference(size_t *block, const char *got, const char *wanted)
{
	*block = 1;
	for (; *got && *got == *wanted; got++, wanted++)
		*block += *got == '\n';
	return *got == *wanted ? NULL : got;
}

static void compare(struct findings *f, const char *got, const char *wanted)
{
	size_t block, n;
	const char *at = difference(&block, got, wanted), *start = at;
	char place[48];

	if (!at)
		return;
	/* A few words before it, in the same block, show where it is. */
	while (start > got && start[-1] != '\n' && at - start < SHOWN / 2)
		start--;
	start = character(got, start);
	n = strcspn(start, "\n");
	if (n > SHOWN)
		n = (size_t)(character(start, start + SHOWN) - start);
	snprintf(place, sizeof place, "text, block %zu", block);
	findings_add(f, FINDING_ERROR, place,
	             "it does not say what the release and the narrative say: \"%.*s\"", (int)n,
	             start);
}

static bool same_bytes(const struct buf *pdf, const char *path)
{
	struct buf file = { 0 };
	struct err err;
	bool same = !file_read(&file, path, pdf->len, &err) && file.len == pdf->len &&
	            !memcmp(file.data, pdf->data, pdf->len);

	buf_finish(&file);
	return same;
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
	if (report_make(&pdf, p, false, &odd, err))
		goto out;
	/* Other versions of fonts or libraries write other bytes: then the words decide. */
	if (same_bytes(&pdf, path)) {
		r = 0;
	} else if (!inspect_bytes(&wanted, &odd, path, pdf.data, pdf.len, err)) {
		compare(f, text->data ? text->data : "", wanted.data ? wanted.data : "");
		r = 0;
	}
out:
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
	/* A file is compared with the report of its name, whichever was asked for. */
	const struct report_request all = { .study = r->study, .release = r->release };
	struct check c = { 0 };
	struct err err;
	int status = 0;

	if (r->study && (report_load(&c.round, &all, &err) ||
	                 report_parts(&c.parts, &c.n, &c.round, &all, &err)))
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
