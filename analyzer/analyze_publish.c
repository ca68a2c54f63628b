/*
 * analyze_publish.c - what was released, in other forms and languages. In: the study's releases/.
 * Out: beside R-NN.json a workbook and a data package; or one form of it, wherever it is wanted. No
 * key is needed and no record is opened: the release is read, its signature checked, and nothing
 * else is known here.
 */
#include "analyzer/analyze.h"

#include "analyzer/print.h"
#include "analyzer/publish.h"
#include "lib/base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RELEASES = 99 };

/* releases/R-NN.SUFFIX, owned by the caller. */
static char *path_of(const struct analyze_round *round, unsigned number, const char *suffix,
	struct err *err)
{
	char name[64];

	snprintf(name, sizeof name, "releases/%s-%02u.%s", round->round, number, suffix);
	return study_path(round->study, name, err);
}

/* The last release of the round, its signature checked. ERR_REFUSED: there is none. */
int analyze_published(struct release **out, const struct analyze_round *round, struct err *err)
{
	char fingerprint[48];
	uint8_t sign[32];

	if (study_sign_key(sign, fingerprint, round->study, round->round, err) != 0)
		return -1;
	for (unsigned number = RELEASES; number > 0; number--) {
		char *path = path_of(round, number, "json", err);
		int status = 0;

		if (path == NULL)
			return -1;
		if (!file_exists(path)) {
			free(path);
			continue;
		}
		status = release_load(out, path, sign, err);
		free(path);
		return status;
	}
	return err_set(err, ERR_REFUSED, "round %s has no release: make one first, with --release",
		round->round);
}

static int put_file(const char *path, const struct buf *bytes, struct err *err)
{
	if (bytes->failed)
		return err_nomem(err);
	if (file_replace(path, bytes->data, bytes->len, 0644, err) != 0)
		return -1;
	printf("wrote %s\n", path);
	return 0;
}

static int make_xlsx(struct buf *out, const struct analyze_round *round, const struct release *r,
	const struct print_view *view, struct err *err)
{
	char *scratch = path_of(round, r->number, "xlsx.new", err);
	int status = scratch == NULL ? -1 : publish_xlsx(out, r, view, scratch, err);

	free(scratch);
	return status;
}

int analyze_publish_beside(const struct analyze_round *round, struct err *err)
{
	struct print_view view = {round->form, round->language, false, false};
	struct buf csv = {0}, package = {0}, book = {0};
	struct release *r = NULL;
	char name[64], *path[2] = {NULL, NULL};
	int status = -1;

	if (analyze_published(&r, round, err) != 0)
		return -1;
	print_csv(&csv, r, &view);
	snprintf(name, sizeof name, "%s-%02u.csv", round->round, r->number);
	publish_package(&package, r, &view, name, &csv);
	path[0] = path_of(round, r->number, "xlsx", err);
	path[1] = path_of(round, r->number, "datapackage.json", err);
	if (path[0] == NULL || path[1] == NULL || make_xlsx(&book, round, r, &view, err) != 0)
		goto out;
	status = put_file(path[0], &book, err);
	if (status == 0)
		status = put_file(path[1], &package, err);
out:
	free(path[0]);
	free(path[1]);
	buf_finish(&csv);
	buf_finish(&package);
	buf_finish(&book);
	release_free(r);
	return status;
}

int analyze_publish(const struct analyze_round *round, const struct analyze_request *request,
	struct err *err)
{
	struct print_view view = {round->form, round->language, false, analyze_colour(request)};
	struct buf out = {0};
	struct release *r = NULL;
	int status = 0;

	if (analyze_published(&r, round, err) != 0)
		return -1;
	/* tidy data is everything where nothing is asked for; workbook and JSON are always whole */
	if (request->format == ANALYZE_TABLE || (request->format == ANALYZE_CSV &&
			(request->by != RELEASE_TOTAL || request->question != NULL)))
		print_select(r, request->by, request->question);
	if (request->format == ANALYZE_XLSX)
		status = make_xlsx(&out, round, r, &view, err);
	else if (request->format == ANALYZE_CSV)
		print_csv(&out, r, &view);
	else if (request->format == ANALYZE_JSON)
		print_json(&out, r, false);
	else
		print_tables(&out, r, &view);
	if (status == 0)
		status = analyze_put_out(&out, request->output, 0644, err);
	buf_finish(&out);
	release_free(r);
	return status;
}
