/*
 * survey_report.c - the program survey-report: a PDF, and if asked for a web page, for every series
 * and report language.
 */
#include "forms/study.h"
#include "lib/base/file.h"
#include "report/edition.h"
#include "report/layout.h"
#include "report/series.h"
#include "report/web.h"

#include <dirent.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
	"usage: survey-report STUDY [--release FILE] [--language L] [--series S]\n"
	"                     [--html] [-o DIR]\n"
	"\n"
	"Write the reports of a release: one PDF for each series and report language, to\n"
	"STUDY/reports/ROUND/SERIES-LANGUAGE.pdf.\n"
	"\n"
	"  --release FILE   the release (the newest in STUDY/releases)\n"
	"  --language L     only this report language\n"
	"  --series S       only this series\n"
	"  --html           write a web page beside each PDF\n"
	"  -o DIR           write to this folder\n"
	"  --help, --version\n"
	"\n"
	"Exit status: 0 done, 1 failed, 2 usage. Manual: survey-report(1).\n";

struct arguments {
	const char *study, *release, *language, *series, *folder;
	bool html;
};

/* Everything that the reports of one release share. */
struct job {
	struct arguments args;
	struct study *study;
	struct form *form;
	struct release *release;
	struct words *words;
	struct theme *theme;
	char *folder; /* where the reports go */
	unsigned number;
	char fingerprint[48]; /* of the round's key */
	unsigned custodians, quorum;
};

static int say(const struct err *err)
{
	fprintf(stderr, "survey-report: %s\n", err->msg);
	return err_status(err);
}

static int usage(const char *what)
{
	fprintf(stderr, "survey-report: %s (survey-report --help shows how)\n", what);
	return 2;
}

/* The greatest name in releases/ that ends in ".json"; NULL with err set when there is none. */
static char *newest_release(const struct study *s, struct err *err)
{
	char *folder = study_path(s, "releases", err), newest[256] = "", *path = NULL;
	struct dirent *entry;
	DIR *d;

	if (!folder)
		return NULL;
	d = opendir(folder);
	while (d && (entry = readdir(d))) {
		size_t n = strlen(entry->d_name);

		if (n > 5 && n < sizeof newest && !strcmp(entry->d_name + n - 5, ".json") &&
		    entry->d_name[0] != '.' && strcmp(entry->d_name, newest) > 0)
			memcpy(newest, entry->d_name, n + 1);
	}
	if (d)
		closedir(d);
	if (newest[0])
		path = file_join(folder, newest, err);
	else
		err_set(err, ERR_INPUT,
		        "%s: no release yet: make one first: survey-analyze --release", folder);
	free(folder);
	return path;
}

/* Rounds of the study up to this one: the number of its report in the series. */
static int count_rounds(unsigned *out, const struct study *s, const char *round, struct err *err)
{
	char *folder = study_path(s, "rounds", err);
	struct dirent *entry;
	DIR *d;

	if (!folder)
		return -1;
	*out = 0;
	d = opendir(folder);
	while (d && (entry = readdir(d)))
		*out += study_round_valid(entry->d_name) && strcmp(entry->d_name, round) <= 0;
	if (d)
		closedir(d);
	free(folder);
	return 0;
}

/* The release must be signed with its round's key and count answers to its round's questions. */
static int load_release(struct job *j, const char *path, struct err *err)
{
	uint8_t sign[32], digest[RECORD_DIGEST];
	char hex[2 * RECORD_DIGEST + 1];
	struct release *unchecked = NULL;
	char *round = NULL;
	int r = -1;

	if (release_load(&unchecked, path, NULL, err))
		return -1;
	round = strdup(unchecked->round);
	release_free(unchecked);
	if (!round)
		return err_nomem(err);
	if (!study_round_valid(round)) {
		err_set(err, ERR_INPUT, "%s: round: not a name of a round", path);
		goto out;
	}
	if (study_sign_key(sign, j->fingerprint, j->study, round, err) ||
	    study_custodians(&j->custodians, &j->quorum, j->study, round, err) ||
	    release_load(&j->release, path, sign, err) ||
	    study_frozen_form(&j->form, digest, j->study, round, err) ||
	    count_rounds(&j->number, j->study, round, err))
		goto out;
	for (size_t i = 0; i < RECORD_DIGEST; i++)
		snprintf(hex + 2 * i, 3, "%02x", digest[i]);
	if (strcmp(hex, j->release->questionnaire)) {
		err_set(err, ERR_INPUT,
		        "%s: it counts answers to another questionnaire than rounds/%s/form.json",
		        path, round);
		goto out;
	}
	r = 0;
out:
	free(round);
	return r;
}

/* STUDY/reports/ROUND, or what -o says; made if it is not there. */
static int make_folder(struct job *j, struct err *err)
{
	char *reports;
	int r = -1;

	if (j->args.folder) {
		j->folder = strdup(j->args.folder);
		return j->folder ? file_folder(j->folder, 0755, err) : err_nomem(err);
	}
	reports = study_path(j->study, "reports", err);
	if (reports && !file_folder(reports, 0755, err)) {
		j->folder = file_join(reports, j->release->round, err);
		if (j->folder)
			r = file_folder(j->folder, 0755, err);
	}
	free(reports);
	return r;
}

static int write_web(struct buf *out, struct document *d, struct findings *findings,
                     struct err *err)
{
	return web_write(out, d, findings, err);
}

/* Write one file of a report and say where it is and what is odd about it. */
static int write_file(const struct job *j, struct document *d, const char *ending,
                      int (*write)(struct buf *, struct document *, struct findings *,
                                   struct err *),
                      struct err *err)
{
	struct findings findings = { 0 };
	struct buf bytes = { 0 }, name = { 0 };
	char *path = NULL;
	int r = -1;

	buf_printf(&name, "%s-%s.%s", j->form->series[d->edition->series].id,
	           d->edition->language, ending);
	if (name.failed) {
		err_nomem(err);
		goto out;
	}
	path = file_join(j->folder, name.data, err);
	if (!path || write(&bytes, d, &findings, err) ||
	    file_replace(path, bytes.data, bytes.len, 0644, err))
		goto out;
	for (size_t i = 0; i < findings.n; i++)
		fprintf(stderr, "survey-report: %s: %s\n", path, findings.list[i].text);
	printf("%s\n", path);
	r = 0;
out:
	free(path);
	buf_finish(&name);
	buf_finish(&bytes);
	findings_finish(&findings);
	return r;
}

static int write_report(const struct job *j, const struct edition *e, struct err *err)
{
	struct findings findings = { 0 };
	struct series_story story = { 0 };
	struct document *d = NULL;
	int r = -1;

	if (series_compose(&d, e, &story, &findings, err))
		goto out;
	for (size_t i = 0; i < findings.n; i++)
		fprintf(stderr, "survey-report: %s: %s\n", findings.list[i].place,
		        findings.list[i].text);
	if (write_file(j, d, "pdf", layout_write, err) ||
	    (j->args.html && write_file(j, d, "html", write_web, err)))
		goto out;
	r = 0;
out:
	document_free(d);
	findings_finish(&findings);
	return r;
}

static int write_language(const struct job *j, const char *language, struct err *err)
{
	struct edition e = {
		.study = j->study,
		.fingerprint = j->fingerprint,
		.custodians = j->custodians,
		.quorum = j->quorum,
		.form = j->form,
		.regions = j->form->regions,
		.release = j->release,
		.words = j->words,
		.theme = j->theme,
		.language = language,
		.right_to_left = form_right_to_left(language),
		.number_in_series = j->number,
	};
	int index = form_language(j->form, language), r = -1;
	struct number *number;

	if (index < 0)
		return err_set(err, ERR_INPUT,
		               "study.json: report_languages: \"%s\" is not a language of the "
		               "questionnaire",
		               language);
	if (!words_has(j->words, language))
		return err_set(err, ERR_INPUT,
		               "the words of reports are not translated into \"%s\"", language);
	e.form_language = (size_t)index;
	if (number_create(&number, language, err))
		return -1;
	e.number = number;
	for (e.series = 0; e.series < j->form->n_series; e.series++) {
		if (j->args.series && strcmp(j->args.series, j->form->series[e.series].id))
			continue;
		if (write_report(j, &e, err))
			goto out;
	}
	r = 0;
out:
	number_free(number);
	return r;
}

/* The study's report languages, by default those of the questionnaire; `wanted` NULL: all. */
static int write_reports(const struct job *j, struct err *err)
{
	char **list = j->study->report_languages, **form = j->form->languages;
	bool own = list && list[0];
	const char *wanted = j->args.language;
	size_t n = own ? 0 : j->form->n_languages, done = 0, known = 0;

	while (own && list[n])
		n++;
	for (size_t i = 0; i < j->form->n_series; i++)
		known += !j->args.series || !strcmp(j->args.series, j->form->series[i].id);
	if (!known)
		return err_set(err, ERR_INPUT, "the questionnaire has no series \"%s\"",
		               j->args.series ? j->args.series : "");
	for (size_t i = 0; i < n; i++) {
		const char *language = own ? list[i] : form[i];

		if (wanted && strcmp(wanted, language))
			continue;
		if (write_language(j, language, err))
			return -1;
		done++;
	}
	if (!done)
		return err_set(err, ERR_INPUT, "\"%s\" is not a report language of the study",
		               wanted ? wanted : "");
	return 0;
}

static int run(const struct arguments *args)
{
	struct job j = { .args = *args };
	char *path = NULL;
	struct err err;
	int status = 1;

	if (study_load(&j.study, args->study, &err))
		goto out;
	path = args->release ? strdup(args->release) : newest_release(j.study, &err);
	if (!path) {
		if (args->release)
			err_nomem(&err);
		goto out;
	}
	if (theme_load(&j.theme, args->study, &err))
		goto out;
	j.words = words_create(words_report);
	if (!j.words) {
		err_nomem(&err);
		goto out;
	}
	if (load_release(&j, path, &err) || make_folder(&j, &err) || write_reports(&j, &err))
		goto out;
	status = 0;
out:
	if (status)
		status = say(&err);
	free(path);
	free(j.folder);
	words_free(j.words);
	theme_free(j.theme);
	release_free(j.release);
	form_free(j.form);
	study_free(j.study);
	return status;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "release", required_argument, NULL, 'r' },
		{ "language", required_argument, NULL, 'l' },
		{ "series", required_argument, NULL, 's' },
		{ "html", no_argument, NULL, 'w' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ NULL, 0, NULL, 0 },
	};
	struct arguments a = { 0 };
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, "o:", options, NULL)) != -1) {
		switch (c) {
		case 'r':
			a.release = optarg;
			break;
		case 'l':
			a.language = optarg;
			break;
		case 's':
			a.series = optarg;
			break;
		case 'o':
			a.folder = optarg;
			break;
		case 'w':
			a.html = true;
			break;
		case 'h':
			fputs(help, stdout);
			return 0;
		case 'v':
			puts("survey-report " PEER_SURVEY_VERSION);
			return 0;
		default:
			return usage("unknown option, or one without its value");
		}
	}
	if (argc - optind != 1)
		return usage(optind == argc ? "which study?" : "one study, please");
	a.study = argv[optind];
	return run(&a);
}
