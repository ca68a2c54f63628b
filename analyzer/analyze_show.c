/*
 * analyze_show.c - the researcher's own view. In: a batch. Out: exact counts as tables, CSV or
 * JSON, labelled as neither audited nor for publication; a file of them is its owner's alone.
 */
#include "analyzer/analyze.h"

#include "analyzer/count.h"
#include "analyzer/print.h"
#include "lib/base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool analyze_colour(const struct analyze_request *r)
{
	const char *none = getenv("NO_COLOR"), *term = getenv("TERM");

	return r->output == NULL && isatty(STDOUT_FILENO) && (none == NULL || *none == '\0') &&
		term != NULL && strcmp(term, "dumb") != 0;
}

int analyze_put_out(const struct buf *out, const char *path, mode_t mode, struct err *err)
{
	if (out->failed)
		return err_nomem(err);
	if (path != NULL)
		return file_replace(path, out->data, out->len, mode, err);
	if (fwrite(out->data, 1, out->len, stdout) != out->len || fflush(stdout) != 0)
		return err_set(err, ERR_IO, "standard output cannot be written");
	return 0;
}

int analyze_show(const struct analyze_round *round, const struct analyze_request *r,
	struct err *err)
{
	struct print_view view = {round->form, round->language, true, analyze_colour(r)};
	struct count_plan plan = {0};
	struct release *counts = NULL;
	struct buf out = {0};
	int status = -1;

	if (r->crossing != NULL) {
		status = count_crossed(&counts, round->batch, &round->by, err);
	} else if (count_plan_all(&plan, round->batch, err) == 0) {
		plan.ranks = true;
		status = count_release(&counts, round->batch, &plan, err);
	}
	if (status == 0)
		status = analyze_head(counts, round, err);
	if (status != 0)
		goto out;
	print_select(counts, r->by, r->question);
	if (r->format == ANALYZE_CSV)
		print_csv(&out, counts, &view);
	else if (r->format == ANALYZE_JSON)
		print_json(&out, counts, true);
	else
		print_tables(&out, counts, &view);
	status = analyze_put_out(&out, r->output, 0600, err);
out:
	buf_wipe(&out);
	release_free(counts);
	count_plan_finish(&plan);
	return status;
}
