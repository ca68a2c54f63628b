/*
 * analyze_micro.c - microdata, by decision. In: a batch, and a purpose in words. Out: a .sav, .dta or
 * .csv of people, its codebook beside it, both their owner's alone; what was changed is said. That
 * a purpose is asked for is a policy of this program and no lock: a quorum has the key.
 */
#include "analyzer/analyze.h"

#include "analyzer/micro.h"
#include "lib/base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PURPOSE_MIN = 10, PURPOSE_MAX = 2000 };

static const char *const endings[] = {
	[ANALYZE_SAV] = ".sav", [ANALYZE_DTA] = ".dta", [ANALYZE_MICRO_CSV] = ".csv"};

int analyze_micro_check(enum analyze_micro_kind *kind, const struct analyze_request *r,
	struct err *err)
{
	const char *dot = strrchr(r->microdata, '.');
	size_t words;

	for (*kind = ANALYZE_SAV; *kind <= ANALYZE_MICRO_CSV; ++*kind)
		if (dot != NULL && strcmp(dot, endings[*kind]) == 0)
			break;
	if (*kind > ANALYZE_MICRO_CSV)
		return err_set(err, ERR_INPUT, "%s: not .sav, .dta or .csv", r->microdata);
	if (r->purpose == NULL)
		return err_set(err, ERR_REFUSED, "microdata needs a purpose: what these records of "
			"people are for, with --purpose");
	words = strspn(r->purpose, " \t\n");
	if (strlen(r->purpose + words) < PURPOSE_MIN)
		return err_set(err, ERR_REFUSED, "--purpose: say in a sentence what these records of "
			"people are for");
	if (strlen(r->purpose) > PURPOSE_MAX)
		return err_set(err, ERR_INPUT, "--purpose: more than %d bytes", PURPOSE_MAX);
	return 0;
}

static int write_data(const struct analyze_request *r, const struct micro *m,
	enum analyze_micro_kind kind, const char *title, struct err *err)
{
	struct buf bytes = {0};
	int status = 0;

	if (kind == ANALYZE_SAV)
		status = micro_sav(&bytes, m, title, r->purpose, err);
	else if (kind == ANALYZE_DTA)
		status = micro_dta(&bytes, m, title, r->purpose, err);
	else
		micro_csv(&bytes, m);
	if (status == 0 && bytes.failed)
		status = err_nomem(err);
	if (status == 0)
		status = file_replace(r->microdata, bytes.data, bytes.len, 0600, err);
	buf_wipe(&bytes);
	return status;
}

/* FILE.codebook.txt, FILE without its ending. */
static int write_codebook(const struct analyze_request *r, const struct micro *m,
	const char *title, struct err *err)
{
	struct buf bytes = {0}, path = {0};
	int status = -1;

	buf_put(&path, r->microdata, strlen(r->microdata) - strlen(".csv"));
	buf_puts(&path, ".codebook.txt");
	micro_codebook(&bytes, m, title, r->purpose);
	if (path.failed || bytes.failed)
		err_nomem(err);
	else
		status = file_replace(path.data, bytes.data, bytes.len, 0600, err);
	if (status == 0)
		printf("wrote %s\nwrote %s\n", r->microdata, path.data);
	buf_finish(&bytes);
	buf_finish(&path);
	return status;
}

int analyze_micro(const struct analyze_round *round, const struct analyze_request *r,
	struct err *err)
{
	size_t k = round->study->threshold > MICRO_K ? round->study->threshold : MICRO_K;
	struct micro_request request = {.form = round->form, .language = round->language,
		.question = r->question, .quasi = r->quasi, .k = k};
	enum analyze_micro_kind kind;
	struct micro *m = NULL;
	char title[200];
	int status = -1;

	snprintf(title, sizeof title, "%s, round %s: microdata", round->study->id, round->round);
	if (analyze_micro_check(&kind, r, err) != 0 ||
		micro_create(&m, round->batch, &request, err) != 0)
		return -1;
	if (write_data(r, m, kind, title, err) != 0 || write_codebook(r, m, title, err) != 0)
		goto out;
	printf("%zu people, %zu variables; everybody is like at least %zu others in what could tell "
		"who they are\n%s", m->n, m->n_variables, m->k - 1,
		m->changes.data != NULL ? m->changes.data : "");
	status = 0;
out:
	micro_free(m);
	return status;
}
