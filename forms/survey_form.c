/* survey_form.c - the program survey-form: make, check and try out questionnaires. */
#include "forms/check.h"
#include "forms/form.h"
#include "forms/simulate.h"
#include "forms/study.h"
#include "forms/study_new.h"
#include "forms/survey_form.h"
#include "lib/base/file.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char help[] =
	"usage: survey-form new STUDY [--from NAME]\n"
	"       survey-form check STUDY|FORM.json [--expect N]\n"
	"       survey-form show STUDY|FORM.json [--language L] [--html FILE]\n"
	"       survey-form kit STUDY [--language L] [--collector URL] -o KIT.html\n"
	"       survey-form import FORM.xlsx|FOLDER -o FORM.json\n"
	"       survey-form export STUDY|FORM.json -o FORM.xlsx\n"
	"       survey-form simulate STUDY -n N [--seed S] [-o FILE.jsonl]\n"
	"\n"
	"  new        make a study folder from a questionnaire of the library\n"
	"  check      say what is wrong, missing or risky in a questionnaire\n"
	"  show       an outline of a questionnaire, or with --html a paper version to print\n"
	"  kit        the form as one file that works without a connection and keeps sealed answers\n"
	"  import     make a questionnaire from an XLSForm workbook, or a folder of its .csv sheets\n"
	"  export     write a questionnaire as an XLSForm workbook, for translators\n"
	"  simulate   make up plausible answers for a pilot, one JSON object a line\n"
	"\n"
	"  --from NAME   the library's questionnaire (covid-peer-experience)\n"
	"  --expect N    how many responses are expected: which groups would be small\n"
	"  --language L  show it in this language (the questionnaire's first)\n"
	"  --html FILE   write the paper version there\n"
	"  --collector U the kit can send what it keeps to the collector there, \"https://HOST\"\n"
	"  -n N          how many people\n"
	"  --seed S      the same seed gives the same people (1)\n"
	"  -o FILE       write there (simulate: instead of to standard output)\n"
	"\n"
	"Exit status: 0 done, 1 errors or findings, 2 usage. Manual: survey-form(1).\n";

static int say(const struct err *err)
{
	fprintf(stderr, "survey-form: %s\n", err->msg);
	return err_status(err);
}

static int usage(const char *what)
{
	fprintf(stderr, "survey-form: %s (survey-form --help shows how)\n", what);
	return 2;
}

struct arguments {
	const char *from, *output, *people, *seed, *language, *html, *expect, *collector;
	char **rest;
	int n;
};

static int read_arguments(struct arguments *a, int argc, char **argv)
{
	static const struct option options[] = {
		{"from", required_argument, NULL, 'f'},
		{"seed", required_argument, NULL, 's'},
		{"expect", required_argument, NULL, 'e'},
		{"language", required_argument, NULL, 'l'},
		{"html", required_argument, NULL, 'h'},
		{"collector", required_argument, NULL, 'c'},
		{NULL, 0, NULL, 0},
	};
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, "+n:o:", options, NULL)) != -1) {
		if (c == 'f')
			a->from = optarg;
		else if (c == 's')
			a->seed = optarg;
		else if (c == 'e')
			a->expect = optarg;
		else if (c == 'l')
			a->language = optarg;
		else if (c == 'h')
			a->html = optarg;
		else if (c == 'c')
			a->collector = optarg;
		else if (c == 'n')
			a->people = optarg;
		else if (c == 'o')
			a->output = optarg;
		else
			return usage("unknown option, or one without its value");
	}
	a->rest = argv + optind;
	a->n = argc - optind;
	return 0;
}

static bool whole_number(const char *s, unsigned long long *out)
{
	char *end;

	errno = 0;
	*out = strtoull(s, &end, 10);
	return s[0] >= '0' && s[0] <= '9' && *end == '\0' && errno == 0;
}

static int run_new(const struct arguments *a, const char *study)
{
	struct err err;

	if (a->people || a->seed || a->output)
		return usage("new takes only --from");
	if (study_new(study, a->from ? a->from : "covid-peer-experience", &err) != 0)
		return say(&err);
	printf("%s: made. Look at study.json, then: survey-form check %s\n", study, study);
	return 0;
}

/* The questionnaire's path: a JSON file itself, or form.json of a study. */
static char *form_path(const char *what, struct err *err)
{
	struct stat about;
	char *path;

	if (stat(what, &about) != 0 || !S_ISDIR(about.st_mode)) {
		path = strdup(what);
		if (path == NULL)
			err_nomem(err);
		return path;
	}
	return file_join(what, "form.json", err);
}

static void print_findings(const char *path, const struct findings *f)
{
	for (size_t i = 0; i < f->n; i++) {
		enum finding_grade grade = f->list[i].grade;

		fprintf(grade == FINDING_ERROR ? stderr : stdout, "%s%s: %s: %s%s%s\n",
			grade == FINDING_ERROR ? "survey-form: " : "", path, f->list[i].place,
			grade == FINDING_ERROR ? "" : finding_grade_name(grade),
			grade == FINDING_ERROR ? "" : ": ", f->list[i].text);
	}
}

static size_t count(const struct findings list[2], enum finding_grade grade)
{
	return findings_count(&list[0], grade) + findings_count(&list[1], grade);
}

/* All findings, of the questionnaire and of study.json, and one line that counts them. */
static int print_summary(const char *path, const struct form *form, const struct study *study,
                         const struct findings findings[2], struct err *err)
{
	char *settings = study != NULL ? study_path(study, "study.json", err) : NULL;
	double minutes = check_minutes(form, study, err);
	size_t questions = 0;

	if (minutes < 0 || (study != NULL && settings == NULL)) {
		free(settings);
		return -1;
	}
	print_findings(path, &findings[0]);
	print_findings(settings, &findings[1]);
	free(settings);
	for (size_t i = 0; i < form->n_questions; i++)
		questions += form_is_asked(form->questions[i].type);
	printf("%s: %zu questions in %zu languages, about %.0f minute%s to answer, %zu errors, "
		"%zu warnings, %zu advice\n", path, questions, form->n_languages,
		minutes < 1 ? 1 : minutes, minutes < 1.5 ? "" : "s",
		count(findings, FINDING_ERROR), count(findings, FINDING_WARNING),
		count(findings, FINDING_ADVICE));
	return 0;
}

static int run_check(const struct arguments *a, const char *what)
{
	struct findings findings[2] = {{0}}; /* of the questionnaire, of study.json */
	struct form *form = NULL;
	struct study *study = NULL;
	struct stat about;
	struct err err;
	char *path = NULL;
	unsigned long long expect = 0;
	int status = 1;

	if (a->people || a->seed || a->output || a->from)
		return usage("check takes only --expect");
	if (a->expect && (!whole_number(a->expect, &expect) || expect < 1 || expect > 10000000))
		return usage("--expect needs a whole number of responses");
	if (stat(what, &about) == 0 && S_ISDIR(about.st_mode) &&
	    study_load(&study, what, &err) != 0) {
		status = say(&err);
		goto out;
	}
	path = form_path(what, &err);
	if (path == NULL || form_load(&form, path, &findings[0], &err) != 0) {
		if (findings[0].n == 0)
			status = say(&err);
		print_findings(path ? path : what, &findings[0]);
		goto out;
	}
	check_form(form, &findings[0]);
	if (check_risks(form, study, (unsigned long)expect, &findings[0], &err) != 0 ||
	    (study != NULL && check_study(&findings[1], form, study, &err) != 0)) {
		status = say(&err);
		goto out;
	}
	if (findings[0].failed || findings[1].failed) {
		err_nomem(&err);
		status = say(&err);
		goto out;
	}
	if (print_summary(path, form, study, findings, &err) != 0) {
		status = say(&err);
		goto out;
	}
	status = count(findings, FINDING_ERROR) + count(findings, FINDING_WARNING) > 0;
out:
	study_free(study);
	form_free(form);
	findings_finish(&findings[0]);
	findings_finish(&findings[1]);
	free(path);
	return status;
}

/* All people, to a file that appears whole or not at all, or to standard output as they come. */
static int write_people(const struct simulate *s, unsigned long long n, const char *output,
                        struct err *err)
{
	struct buf lines = {0};
	int status = 0;

	for (unsigned long long i = 0; i < n && status == 0; i++) {
		status = simulate_person(&lines, s, i, err);
		if (status == 0 && lines.failed)
			status = err_nomem(err);
		if (status == 0 && output == NULL) {
			if (fwrite(lines.data, 1, lines.len, stdout) != lines.len)
				status = err_set(err, ERR_IO, "standard output: %s", strerror(errno));
			buf_clear(&lines);
		}
	}
	if (status == 0 && output != NULL)
		status = file_replace(output, lines.data ? lines.data : "", lines.len, 0644, err);
	if (status == 0 && output == NULL && fflush(stdout) != 0)
		status = err_set(err, ERR_IO, "standard output: %s", strerror(errno));
	buf_finish(&lines);
	return status;
}

static int run_simulate(const struct arguments *a, const char *folder)
{
	unsigned long long people, seed = 1;
	struct findings findings = {0};
	struct study *study = NULL;
	struct form *form = NULL;
	struct regions *regions = NULL;
	struct simulate s;
	struct err err;
	char *path = NULL;
	int status = 0;

	if (a->people == NULL || !whole_number(a->people, &people) || people > 100000000)
		return usage("-n needs a whole number of people");
	if (a->from != NULL || (a->seed != NULL && !whole_number(a->seed, &seed)))
		return usage("--seed needs a whole number; --from is for new");
	if (study_load(&study, folder, &err) != 0 ||
	    (path = study_path(study, "form.json", &err)) == NULL ||
	    form_load(&form, path, &findings, &err) != 0 ||
	    study_regions(&regions, study, &err) != 0) {
		status = say(&err);
	} else {
		s = (struct simulate){form, regions, seed};
		if (write_people(&s, people, a->output, &err) != 0)
			status = say(&err);
	}
	regions_free(regions);
	form_free(form);
	study_free(study);
	findings_finish(&findings);
	free(path);
	return status;
}

static int run_show(const struct arguments *a, const char *what)
{
	if (a->people || a->seed || a->output || a->from)
		return usage("show takes only --language and --html");
	return survey_form_show(what, a->language, a->html);
}

static int run_kit(const struct arguments *a, const char *study)
{
	if (a->output == NULL || a->people || a->seed || a->from)
		return usage("kit needs -o KIT.html, and takes --language and --collector");
	return survey_form_kit(study, a->language, a->collector, a->output);
}

static int run_import(const struct arguments *a, const char *workbook)
{
	if (a->output == NULL || a->people || a->seed || a->from)
		return usage("import needs -o FORM.json and takes nothing else");
	return survey_form_import(workbook, a->output);
}

static int run_export(const struct arguments *a, const char *what)
{
	if (a->output == NULL || a->people || a->seed || a->from)
		return usage("export needs -o FORM.xlsx and takes nothing else");
	return survey_form_export(what, a->output);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(const struct arguments *a, const char *what);
	} commands[] = {{"new", run_new}, {"check", run_check}, {"show", run_show},
		{"kit", run_kit},
		{"import", run_import}, {"export", run_export}, {"simulate", run_simulate}};
	struct arguments a = {0};
	const char *what;
	int status;

	if (argc >= 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
		fputs(help, stdout);
		return 0;
	}
	if (argc >= 2 && strcmp(argv[1], "--version") == 0) {
		puts("survey-form " PEER_SURVEY_VERSION);
		return 0;
	}
	if (argc < 3)
		return usage("a command and a study are needed");
	what = argv[2];
	if (what[0] == '-')
		return usage("the study comes first");
	status = read_arguments(&a, argc - 2, argv + 2);
	if (status != 0)
		return status;
	if (a.n != 0)
		return usage("one study at a time");
	if (a.expect && strcmp(argv[1], "check") != 0)
		return usage("--expect is for check");
	if (a.html && strcmp(argv[1], "show") != 0)
		return usage("--html is for show");
	if (a.language && strcmp(argv[1], "show") != 0 && strcmp(argv[1], "kit") != 0)
		return usage("--language is for show and kit");
	if (a.collector && strcmp(argv[1], "kit") != 0)
		return usage("--collector is for kit");
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run(&a, what);
	return usage("unknown command");
}
