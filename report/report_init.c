/* report_init.c - a release enters, first narratives leave: a file a report, for staff to edit. */
#include "report/report.h"

#include "lib/base/file.h"
#include "report/narrative.h"
#include "report/narrative_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* STUDY/narratives/ROUND, made if it is not there. */
static int make_folder(const struct report_round *r, struct err *err)
{
	char *all = study_path(r->study, "narratives", err), *own;
	int result = -1;

	if (all && !file_folder(all, 0755, err)) {
		own = file_join(all, r->release->round, err);
		if (own)
			result = file_folder(own, 0755, err);
		free(own);
	}
	free(all);
	return result;
}

/* A file that is there is somebody's work, and stays. */
static int write_one(const struct report_part *p, struct err *err)
{
	char *path = narrative_file_path(&p->edition, p->edition.language, err);
	struct narrative_file was = { 0 };
	struct findings odd = { 0 };
	struct buf text = { 0 };
	struct err ignored;
	int r = -1;

	if (!path)
		return -1;
	if (file_exists(path)) {
		fprintf(stderr, "survey-report: %s: is there already, and stays\n", path);
		free(path);
		return 0;
	}
	/* What it takes the place of; a fault of that one is told when reports are written. */
	if (narrative_file_load(&was, &p->edition, &odd, &ignored))
		was = (struct narrative_file){ 0 };
	narrative_init(&text, &p->edition);
	if (text.failed)
		err_nomem(err);
	else
		r = file_create(path, text.data, text.len, 0644, err);
	if (!r)
		printf("%s\n", path);
	if (!r && was.place)
		fprintf(stderr, "survey-report: %s: comes before %s from now on\n", path,
		        was.place);
	narrative_file_finish(&was);
	findings_finish(&odd);
	buf_finish(&text);
	free(path);
	return r;
}

int report_init(const struct report_request *request)
{
	struct report_part *parts = NULL;
	struct report_round round;
	size_t n = 0, i = 0;
	struct err err;
	int status = 0;

	if (report_load(&round, request, &err) || report_parts(&parts, &n, &round, request, &err) ||
	    make_folder(&round, &err)) {
		status = report_say(&err);
		goto out;
	}
	while (i < n && !status) {
		if (write_one(&parts[i++], &err))
			status = report_say(&err);
	}
	if (!status)
		printf("Edit them, then write the reports: survey-report %s\n", request->study);
out:
	report_parts_free(parts, n);
	report_finish(&round);
	return status;
}
