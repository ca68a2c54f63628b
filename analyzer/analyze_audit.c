/*
 * analyze_audit.c - a release examined by anybody. In: release files of one round, the first first.
 * Out: for each whether its signature, its chain and its certificate are right, and every place
 * where less is left open than its rule asks for: question, group and answer, never a number.
 *
 * No study, no key and no record is needed. What a coalition knows of its own answers is checked as
 * far as published numbers show it; the rest was checked with the exact counts.
 */
#include "analyzer/analyze.h"

#include "analyzer/audit.h"
#include "lib/base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* public.key in the study that a release lies in: FOLDER/../rounds/ROUND/, or FOLDER/. */
static char *key_beside(const char *path, const char *round)
{
	static const char *const places[] = {"%.*s../rounds/%s/public.key", "%.*spublic.key"};
	const char *slash = strrchr(path, '/');
	int n = slash == NULL ? 0 : (int)(slash - path) + 1;

	if (!study_round_valid(round))
		return NULL;
	for (int i = 0; i < 2; i++) {
		char *key = NULL;
		int status = i == 0 ? asprintf(&key, places[0], n, path, round)
			: asprintf(&key, places[1], n, path);

		if (status < 0)
			return NULL;
		if (file_exists(key))
			return key;
		free(key);
	}
	return NULL;
}

/* Read it once more with the key, if there is one. */
static int check_signature(const char *path, const struct release *r,
	const struct analyze_request *request, struct err *err)
{
	char *beside = request->public_key == NULL ? key_beside(path, r->round) : NULL;
	const char *file = request->public_key != NULL ? request->public_key : beside;
	struct seal_key key;
	struct release *again = NULL;
	int status = 0;

	if (file == NULL) {
		printf("%s: signature not checked: no public.key beside it\n", path);
		return 0;
	}
	if (seal_key_load(&key, file, err) != 0)
		status = -1;
	else if (release_load(&again, path, key.sign, err) != 0)
		status = -1;
	release_free(again);
	free(beside);
	return status;
}

static int check_certificate(const char *path, const struct release *r, struct err *err)
{
	char digest[65];

	if (r->certificate == NULL) {
		printf("%s: it has no certificate\n", path);
		return 0;
	}
	if (release_tables_digest(digest, r, err) != 0)
		return -1;
	if (strcmp(digest, r->certificate->digest) != 0)
		return err_set(err, ERR_INPUT, "%s: the certificate is of other tables", path);
	return 0;
}

static int load_all(struct release **list, const struct analyze_request *r, struct err *err)
{
	char before[65] = "";

	for (size_t i = 0; i < r->n_audits; i++) {
		const char *path = r->audits[i];

		if (release_load(&list[i], path, NULL, err) != 0 ||
			check_signature(path, list[i], r, err) != 0 ||
			check_certificate(path, list[i], err) != 0)
			return -1;
		if (i > 0 && strcmp(list[i]->previous, before) != 0)
			return err_set(err, ERR_INPUT, "%s: %s is not the release before it", path,
				r->audits[i - 1]);
		if (i == 0 && *list[0]->previous != '\0')
			printf("%s: examined without the releases before it\n", path);
		if (ledger_digest(before, path, err) != 0)
			return -1;
	}
	return 0;
}

static int say(const char *path, const struct release *r, const struct audit_report *report,
	struct err *err)
{
	for (size_t i = 0; i < report->n_holes; i++) {
		struct buf text = {0};

		audit_hole_put(&text, r, &report->holes[i]);
		if (!text.failed)
			printf("%s: %s\n", path, text.data);
		buf_finish(&text);
	}
	if (report->n_holes > 0)
		return err_set(err, ERR_REFUSED, "%s: %zu places are not safe to publish", path,
			report->n_holes);
	printf("%ld of %ld suppressed counts may be small; each keeps %ld values or more\n",
		report->cells, report->suppressed, report->narrowest);
	return 0;
}

int analyze_audit(const struct analyze_request *r, struct err *err)
{
	struct release **list = calloc(r->n_audits + 1, sizeof *list);
	struct audit_report report = {0};
	size_t last = 0;
	int status = -1;

	if (list == NULL)
		return err_nomem(err);
	if (load_all(list, r, err) == 0) {
		if (audit_chain(&report, &last, list, r->n_audits, err) != 0)
			err_prefix(err, "%s", r->audits[last]);
		else
			status = say(r->audits[last], list[last], &report, err);
	}
	for (size_t i = 0; i < r->n_audits; i++)
		release_free(list[i]);
	free(list);
	audit_report_finish(&report);
	return status;
}
