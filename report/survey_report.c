/* survey_report.c - the program survey-report: its command line. */
#include "lib/base/file.h"
#include "report/report.h"

#include <getopt.h>
#include <stdio.h>

static const char help[] =
	"usage: survey-report STUDY [--release FILE] [--language L] [--series S] [--html]\n"
	"                     [-o DIR]\n"
	"       survey-report STUDY --init [--release FILE] [--language L] [--series S]\n"
	"       survey-report [STUDY] --check FILE ...\n"
	"\n"
	"Write the reports of a release: one PDF for each series and report language, to\n"
	"STUDY/reports/ROUND/SERIES-LANGUAGE.pdf. What they tell is in STUDY/narratives.\n"
	"\n"
	"  --release FILE   the release (the newest in STUDY/releases)\n"
	"  --language L     only this report language\n"
	"  --series S       only this series\n"
	"  --html           write HTML files in place of PDF: for reading on a phone\n"
	"  -o DIR           write to this folder\n"
	"  --init           write a first narrative for each report, to be edited; those that are\n"
	"                   there stay\n"
	"  --check          check finished PDF files: well-formed, tagged, accessible, without a\n"
	"                   trace of who made them; with STUDY also that they say what the\n"
	"                   release says\n"
	"  --help, --version\n"
	"\n"
	"Exit status: 0 done, 1 failed or findings, 2 usage. Manual: survey-report(1),\n"
	"survey-narrative(5).\n";

int report_say(const struct err *err)
{
	fprintf(stderr, "survey-report: %s\n", err->msg);
	return err_status(err);
}

static int usage(const char *what)
{
	fprintf(stderr, "survey-report: %s (survey-report --help shows how)\n", what);
	return 2;
}

enum action { WRITE, INIT, CHECK };

/* What is left of the command line: the study, and with --check files. */
static int run(enum action action, struct report_request *r, char **rest, int n)
{
	if (action != WRITE && (r->html || r->folder))
		return usage("--html and -o are for writing reports");
	if (action == CHECK) {
		if (n && file_is_folder(rest[0])) {
			r->study = *rest++;
			n--;
		}
		if (!n)
			return usage("which files are to be checked?");
		r->files = rest;
		r->n_files = (size_t)n;
		return report_check(r);
	}
	if (n != 1)
		return usage(n ? "one study, please" : "which study?");
	r->study = rest[0];
	return action == INIT ? report_init(r) : report_write(r);
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "release", required_argument, NULL, 'r' },
		{ "language", required_argument, NULL, 'l' },
		{ "series", required_argument, NULL, 's' },
		{ "html", no_argument, NULL, 'w' },
		{ "init", no_argument, NULL, 'i' },
		{ "check", no_argument, NULL, 'c' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ NULL, 0, NULL, 0 },
	};
	struct report_request r = { 0 };
	enum action action = WRITE;
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, "o:", options, NULL)) != -1) {
		switch (c) {
		case 'r':
			r.release = optarg;
			break;
		case 'l':
			r.language = optarg;
			break;
		case 's':
			r.series = optarg;
			break;
		case 'w':
			r.html = true;
			break;
		case 'i':
		case 'c':
			if (action != WRITE)
				return usage("--init or --check, not both");
			action = c == 'i' ? INIT : CHECK;
			break;
		case 'o':
			r.folder = optarg;
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
	return run(action, &r, argv + optind, argc - optind);
}
