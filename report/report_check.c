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

/* Some words of a block around a place in a text: what is before it, and *n bytes in all. */
static const char *around(size_t *n, const char *text, const char *at)
{
	const char *start = at;

	while (start > text && start[-1] != '\n' && at - start < SHOWN / 2)
		start--;
	start = character(text, start);
	*n = strcspn(start, "\n");
	if (*n > SHOWN)
		*n = (size_t)(character(start, start + SHOWN) - start);
	return start;
}

static void compare(struct findings *f, const struct release *r, const char *got,
                    const char *wanted)
{
	size_t block, n, n_wanted;
	const char *at = difference(&block, got, wanted), *says, *should;
	char place[48];

	if (!at)
		return;
	says = around(&n, got, at);
	should = around(&n_wanted, wanted, wanted + (at - got));
	snprintf(place, sizeof place, "text, block %zu", block);
	findings_add(f, FINDING_ERROR, place,
	             "it says \"%.*s\", where release %s-%02u and the narrative say \"%.*s\"",
	             (int)n, says, r->round, r->number, (int)n_wanted, should);
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
		compare(f, c->round.release, text->data ? text->data : "",
		        wanted.data ? wanted.data : "");
		r = 0;
	}
out:
	findings_finish(&odd);
	buf_finish(&pdf);
	buf_finish(&wanted);
	return r;
}

/* Each finding; those that say the same of one file once, with their number. */
static void tell(const struct check *c, const char *path, const struct findings *f)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct finding *one = &f->list[i];
		size_t before = 0, same = 0;

		for (size_t k = 0; k < f->n; k++) {
			if (strcmp(f->list[k].text, one->text))
				continue;
			before += k < i;
			same++;
		}
		if (before)
			continue;
		printf("%s: %s: %s: %s", path, one->place, finding_grade_name(one->grade),
		       one->text);
		if (same > 1)
			printf(" (and %zu more)", same - 1);
		putchar('\n');
	}
	if (!f->n && c->parts)
		printf("%s: good, and says what release %s-%02u says\n", path,
		       c->round.release->round, c->round.release->number);
	else if (!f->n)
		printf("%s: good\n", path);
}

/* Returns 1 where there are findings, 0, or -1. */
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
	tell(c, path, &f);
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
