/*
 * report_write.c - the reports of a release enter, files leave. They are made by as many threads as
 * there are processors; what is said of them is said in their order.
 */
#include "report/report.h"

#include "lib/base/file.h"
#include "report/methods.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { THREADS = 8 };

/* What came of one report. */
struct outcome {
	char *path;
	struct findings findings;
	bool done;
	struct err err;
};

struct work {
	const struct report_request *request;
	const struct report_part *parts;
	struct outcome *outcomes;
	const char *folder;
	size_t n, next;
	bool failed; /* no new report is begun */
	pthread_mutex_t lock;
};

static int write_one(const struct work *w, size_t i, struct outcome *o)
{
	struct buf bytes = { 0 }, name = { 0 };
	int r = -1;

	report_part_name(&name, &w->parts[i]);
	buf_puts(&name, w->request->html ? ".html" : ".pdf");
	if (name.failed) {
		err_nomem(&o->err);
		goto out;
	}
	o->path = file_join(w->folder, name.data, &o->err);
	if (!o->path ||
	    report_make(&bytes, &w->parts[i], w->request->html, &o->findings, &o->err) ||
	    file_replace(o->path, bytes.data, bytes.len, 0644, &o->err))
		goto out;
	r = 0;
out:
	buf_finish(&name);
	buf_finish(&bytes);
	return r;
}

static void *run(void *ctx)
{
	struct work *w = ctx;

	for (;;) {
		size_t i;
		bool end;
		int r;

		pthread_mutex_lock(&w->lock);
		end = w->failed || w->next == w->n;
		i = end ? 0 : w->next++;
		pthread_mutex_unlock(&w->lock);
		if (end)
			return NULL;
		r = write_one(w, i, &w->outcomes[i]);
		pthread_mutex_lock(&w->lock);
		w->outcomes[i].done = !r;
		w->failed |= r != 0;
		pthread_mutex_unlock(&w->lock);
	}
}

static void run_all(struct work *w)
{
	pthread_t threads[THREADS];
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t n = processors < 1 ? 1 : (size_t)processors, started = 0;

	n = n > THREADS ? THREADS : n;
	n = n > w->n ? w->n : n;
	/* One of them is this thread: it works even when no other can be started. */
	while (started + 1 < n && !pthread_create(&threads[started], NULL, run, w))
		started++;
	run(w);
	for (size_t i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
}

static const struct err *first_fault(const struct work *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->outcomes[i].err.msg[0] && !w->outcomes[i].done)
			return &w->outcomes[i].err;
	return NULL;
}

/* Was the same said of the series in another language? */
static bool was_told(const struct work *w, size_t part, const char *text)
{
	for (size_t i = 0; i < part; i++) {
		const struct findings *f = &w->outcomes[i].findings;

		if (w->parts[i].edition.series != w->parts[part].edition.series)
			continue;
		for (size_t k = 0; k < f->n; k++)
			if (!strcmp(f->list[k].text, text))
				return true;
	}
	return false;
}

/* Returns how many are not told, because another language's report told them. */
static size_t tell_odd(const struct work *w, size_t part)
{
	const struct outcome *o = &w->outcomes[part];
	size_t more = 0;

	for (size_t i = 0; i < o->findings.n; i++) {
		const struct finding *f = &o->findings.list[i];

		if (was_told(w, part, f->text))
			more++;
		else
			fprintf(stderr, "survey-report: %s: %s: %s\n", o->path, f->place, f->text);
	}
	return more;
}

/* What study.json does not say, once for all reports. */
static void tell_missing(const struct work *w)
{
	struct findings findings = { 0 };

	for (size_t i = 0; i < w->n; i++)
		methods_missing(&findings, &w->parts[i].edition);
	for (size_t i = 0; i < findings.n; i++)
		fprintf(stderr, "survey-report: study.json: %s: %s\n", findings.list[i].place,
		        findings.list[i].text);
	findings_finish(&findings);
}

/* In the order of the list: paths, and what is odd; or the fault alone, which is to be seen. */
static int tell(const struct work *w)
{
	const struct err *fault = first_fault(w);
	size_t more = 0;

	if (!fault)
		tell_missing(w);
	for (size_t i = 0; i < w->n; i++) {
		if (!fault)
			more += tell_odd(w, i);
		if (w->outcomes[i].done)
			printf("%s\n", w->outcomes[i].path);
	}
	if (more)
		fprintf(stderr, "survey-report: the same of other languages: %zu\n", more);
	return fault ? report_say(fault) : 0;
}

/* STUDY/reports/ROUND, or what -o says; made if it is not there. The caller owns it. */
static char *make_folder(const struct report_round *r, const struct report_request *request,
                         struct err *err)
{
	char *reports, *folder = NULL;

	if (request->folder) {
		folder = strdup(request->folder);
		if (!folder)
			err_nomem(err);
	} else {
		reports = study_path(r->study, "reports", err);
		if (reports && !file_folder(reports, 0755, err))
			folder = file_join(reports, r->release->round, err);
		free(reports);
	}
	if (folder && file_folder(folder, 0755, err)) {
		free(folder);
		return NULL;
	}
	return folder;
}

static int write_parts(const struct report_round *r, const struct report_request *request,
                       struct report_part *parts, size_t n)
{
	struct work w = { .request = request, .parts = parts, .n = n };
	struct err err;
	char *folder = make_folder(r, request, &err);
	int status;

	if (!folder)
		return report_say(&err);
	w.folder = folder;
	w.outcomes = calloc(n + 1, sizeof *w.outcomes);
	if (!w.outcomes) {
		err_nomem(&err);
		status = report_say(&err);
		goto out;
	}
	pthread_mutex_init(&w.lock, NULL);
	run_all(&w);
	pthread_mutex_destroy(&w.lock);
	status = tell(&w);
	for (size_t i = 0; i < n; i++) {
		free(w.outcomes[i].path);
		findings_finish(&w.outcomes[i].findings);
	}
out:
	free(w.outcomes);
	free(folder);
	return status;
}

int report_write(const struct report_request *request)
{
	struct report_part *parts = NULL;
	struct report_round round;
	struct err err;
	size_t n = 0;
	int status;

	if (report_load(&round, request, &err) || report_parts(&parts, &n, &round, request, &err))
		status = report_say(&err);
	else
		status = write_parts(&round, request, parts, n);
	report_parts_free(parts, n);
	report_finish(&round);
	return status;
}
