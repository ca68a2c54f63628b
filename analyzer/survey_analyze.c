/*
 * survey_analyze.c - the program survey-analyze: the command line, and what is done in which
 * order. The work is in the files analyze_*.c.
 */
#include "analyzer/analyze.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

enum { DONE = -1, USAGE = 2 };

static const char help[] =
	"usage: survey-analyze STUDY [--round R] [--store FILE ...] --key FILE ...\n"
	"                      [--passphrase-file F ...] [--by GROUPS] [--where EXPR] [--question Q]\n"
	"                      [--format F] [--language L] [-o FILE] [--release]\n"
	"       survey-analyze --audit RELEASE.json ... [--public-key FILE]\n"
	"\n"
	"Open a round's answers with a quorum of its custodians and count them.\n"
	"\n"
	"  --round R             the round (default: the last by name)\n"
	"  --store FILE ...      stores or backups (default: the round's responses.db)\n"
	"  --key FILE ...        key files of a quorum of the custodians\n"
	"  --passphrase-file F   passphrases, one line a key file: demonstrations and tests only\n"
	"  --by GROUPS           region, language, or any question: --by region,gender\n"
	"  --where EXPR          only people for whom this holds: \"${gender} = 'woman'\"\n"
	"  --question Q          this question only\n"
	"  --format F            table (default), csv, json; xlsx, of the round's last release\n"
	"  --language L          labels in this language of the questionnaire\n"
	"  -o FILE               write there, not to standard output\n"
	"  --release             protect, sign and write the release: the study's releases/\n"
	"  --published           show the round's last release, in any format: no key is needed\n"
	"  --rounds R1,R2        what changed between the releases of two rounds: no key is needed\n"
	"  --comments Q          the texts of one question, in random order, to -o FILE (CSV)\n"
	"  --microdata FILE      records of people, k-anonymous: .sav, .dta or .csv, with\n"
	"    --purpose TEXT      what they are for\n"
	"    --quasi Q,...       more questions by which people could be recognised\n"
	"  --audit FILE ...      examine releases of one round, the first first: what could be\n"
	"                        computed from all they publish?\n"
	"  --public-key FILE     the round's public.key, where it is not in the releases' study\n"
	"  --help, --version\n"
	"\n"
	"Without --release the counts are exact: not audited, not for publication.\n"
	"Exit status: 0 done, 1 failed, 2 usage, 3 refused.\n";

static int usage(const char *text, const char *about)
{
	fprintf(stderr, "survey-analyze: %s%s%s; see survey-analyze --help\n", text,
		about[0] != '\0' ? " " : "", about);
	return USAGE;
}

static void read_by(struct analyze_request *r, const char *text)
{
	if (strcmp(text, "region") == 0)
		r->by = RELEASE_REGION;
	else if (strcmp(text, "language") == 0)
		r->by = RELEASE_LANGUAGE;
	else if (strcmp(text, "region,language") == 0 || strcmp(text, "language,region") == 0)
		r->by = RELEASE_REGION_LANGUAGE;
	else
		r->by = RELEASE_CROSSED;
	r->crossing = r->by == RELEASE_CROSSED ? text : NULL;
}

static int read_format(struct analyze_request *r, const char *text)
{
	if (strcmp(text, "table") == 0)
		r->format = ANALYZE_TABLE;
	else if (strcmp(text, "csv") == 0)
		r->format = ANALYZE_CSV;
	else if (strcmp(text, "json") == 0)
		r->format = ANALYZE_JSON;
	else if (strcmp(text, "xlsx") == 0)
		r->format = ANALYZE_XLSX;
	else
		return usage("--format is table, csv, json or xlsx, not", text);
	return 0;
}

/* A list that takes files: the option's own value and the words behind it. */
struct list {
	char ***files;
	size_t *n;
};

static void add(const struct list *list, char *file)
{
	(*list->files)[(*list->n)++] = file;
}

/* A word that is no option: the study first, then more files of the list option before it. */
static int read_word(struct analyze_request *r, const struct list *open, char *word)
{
	if (r->study == NULL && r->n_audits == 0)
		r->study = word;
	else if (open->files != NULL)
		add(open, word);
	else
		return usage("one STUDY is enough: not also", word);
	return 0;
}

static int read_option(struct analyze_request *r, struct list *open, int option)
{
	const struct list lists[] = {['a' - 'a'] = {&r->audits, &r->n_audits},
		['k' - 'a'] = {&r->keys, &r->n_keys},
		['p' - 'a'] = {&r->passphrases, &r->n_passphrases},
		['s' - 'a'] = {&r->stores, &r->n_stores}};

	*open = (struct list){0};
	switch (option) {
	case 'a':
	case 'k':
	case 'p':
	case 's':
		*open = lists[option - 'a'];
		add(open, optarg);
		return 0;
	case 'r':
		r->round = optarg;
		return 0;
	case 'b':
		read_by(r, optarg);
		return 0;
	case 'u':
		r->published = true;
		return 0;
	case 'B':
		r->rounds = optarg;
		return 0;
	case 'C':
		r->comments = optarg;
		return 0;
	case 'm':
		r->microdata = optarg;
		return 0;
	case 'U':
		r->purpose = optarg;
		return 0;
	case 'Q':
		r->quasi = optarg;
		return 0;
	case 'w':
		r->where = optarg;
		return 0;
	case 'q':
		r->question = optarg;
		return 0;
	case 'f':
		return read_format(r, optarg);
	case 'l':
		r->language = optarg;
		return 0;
	case 'o':
		r->output = optarg;
		return 0;
	case 'P':
		r->public_key = optarg;
		return 0;
	default:
		r->release = true;
		return 0;
	}
}

static int read_options(struct analyze_request *r, int argc, char **argv)
{
	static const struct option options[] = {
		{"round", required_argument, NULL, 'r'},
		{"store", required_argument, NULL, 's'},
		{"key", required_argument, NULL, 'k'},
		{"passphrase-file", required_argument, NULL, 'p'},
		{"by", required_argument, NULL, 'b'},
		{"where", required_argument, NULL, 'w'},
		{"question", required_argument, NULL, 'q'},
		{"format", required_argument, NULL, 'f'},
		{"language", required_argument, NULL, 'l'},
		{"release", no_argument, NULL, 'R'},
		{"published", no_argument, NULL, 'u'},
		{"rounds", required_argument, NULL, 'B'},
		{"comments", required_argument, NULL, 'C'},
		{"microdata", required_argument, NULL, 'm'},
		{"purpose", required_argument, NULL, 'U'},
		{"quasi", required_argument, NULL, 'Q'},
		{"audit", required_argument, NULL, 'a'},
		{"public-key", required_argument, NULL, 'P'},
		{"help", no_argument, NULL, 'h'},
		{"version", no_argument, NULL, 'v'},
		{NULL, 0, NULL, 0},
	};
	struct list open = {0};
	int option, status = 0;

	opterr = 0;
	while (status == 0 && (option = getopt_long(argc, argv, "-:o:", options, NULL)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return DONE;
		}
		if (option == 'v') {
			puts("survey-analyze " PEER_SURVEY_VERSION);
			return DONE;
		}
		if (option == ':')
			return usage("a value is missing for", argv[optind - 1]);
		if (option == '?')
			return usage("unknown option", argv[optind - 1]);
		if (option == 1)
			status = read_word(r, &open, optarg);
		else
			status = read_option(r, &open, option);
	}
	return status;
}

static int check_micro(const struct analyze_request *r)
{
	if (r->microdata == NULL && (r->purpose != NULL || r->quasi != NULL))
		return usage("--purpose and --quasi are for --microdata", "");
	if (r->microdata != NULL && (r->release || r->by != RELEASE_TOTAL || r->output != NULL ||
			r->format != ANALYZE_TABLE))
		return usage("--microdata has its own file: no --release, --by, --format or -o", "");
	return 0;
}

/* A workbook is made of what was released, never of exact counts. */
static bool published(const struct analyze_request *r)
{
	return r->published || r->format == ANALYZE_XLSX;
}

static int check_rounds(const struct analyze_request *r)
{
	if (r->round != NULL || r->n_stores > 0 || r->release || r->published || r->comments != NULL ||
		r->microdata != NULL || r->where != NULL || r->crossing != NULL ||
		(r->format != ANALYZE_TABLE && r->format != ANALYZE_CSV))
		return usage("--rounds compares two releases as tables or CSV: only --by region or "
			"language, --question, --language and -o", "");
	return 0;
}

static int check_request(const struct analyze_request *r)
{
	if (r->n_audits > 0 && (r->study != NULL || r->n_keys > 0 || r->release || r->round != NULL ||
			r->n_stores > 0 || r->question != NULL || r->by != RELEASE_TOTAL ||
			r->output != NULL || r->format != ANALYZE_TABLE))
		return usage("--audit reads releases and nothing else: only --public-key beside it",
			"");
	if (r->n_audits > 0)
		return 0;
	if (r->public_key != NULL)
		return usage("--public-key is for --audit", "");
	if (r->study == NULL)
		return usage("a STUDY is missing", "");
	if (r->rounds != NULL)
		return check_rounds(r);
	if (published(r)) {
		if (r->release || r->microdata != NULL || r->where != NULL || r->crossing != NULL)
			return usage("--published is what was released: no --release, --where, "
				"--microdata or other groups", "");
		if (r->format == ANALYZE_XLSX && r->output == NULL)
			return usage("--format xlsx needs a file: -o FILE", "");
		return 0;
	}
	if (r->n_keys == 0)
		return usage("--key is missing: the key files of a quorum of the custodians", "");
	if (r->release && (r->question != NULL || r->by != RELEASE_TOTAL ||
			r->where != NULL || r->output != NULL ||
			r->format != ANALYZE_TABLE))
		return usage("--release holds everything: no --question, --by, --where, --format or -o", "");
	if (check_micro(r) != 0)
		return USAGE;
	if (r->comments != NULL && r->output == NULL)
		return usage("--comments needs a file: -o FILE", "");
	if (r->comments != NULL && (r->release || r->microdata != NULL || r->by != RELEASE_TOTAL ||
			r->where != NULL || r->question != NULL || r->format != ANALYZE_TABLE))
		return usage("--comments knows no other answers: no --by, --where, --question, "
			"--format, --microdata or --release", "");
	return 0;
}

static int run(const struct analyze_request *r)
{
	struct analyze_round round = {0};
	struct err err = {0};
	int status = -1;

	if (r->rounds != NULL) {
		status = analyze_rounds(r, &err);
		goto out;
	}
	if (r->n_audits > 0) {
		status = analyze_audit(r, &err);
		goto out;
	}
	if (analyze_load(&round, r, &err) != 0)
		goto out;
	if (published(r)) {
		status = analyze_publish(&round, r, &err);
		goto out;
	}
	if (r->release && analyze_release_check(&round, r, &err) != 0)
		goto out;
	if (r->microdata != NULL && analyze_micro_check(&(enum analyze_micro_kind){0}, r, &err) != 0)
		goto out;
	if (r->comments != NULL) {
		status = analyze_comments(&round, r, &err);
		goto out;
	}
	if (analyze_open(&round, r, &err) != 0)
		goto out;
	if (r->release)
		status = analyze_release(&round, &err) == 0
			? analyze_publish_beside(&round, &err) : -1;
	else if (r->microdata != NULL)
		status = analyze_micro(&round, r, &err);
	else
		status = analyze_show(&round, r, &err);
out:
	analyze_finish(&round);
	if (status == 0 && fflush(stdout) == 0)
		return 0;
	if (err.code == ERR_NONE)
		err_set(&err, ERR_IO, "standard output cannot be written");
	fprintf(stderr, "survey-analyze: %s\n", err.msg);
	return err_status(&err);
}

int main(int argc, char **argv)
{
	static const struct rlimit none = {0, 0};
	struct analyze_request r = {0};
	size_t n = (size_t)argc + 1;
	int status;

	/* a crash leaves no image of the memory, nor does a handler that takes it by a pipe */
	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	r.stores = calloc(n, sizeof *r.stores);
	r.keys = calloc(n, sizeof *r.keys);
	r.passphrases = calloc(n, sizeof *r.passphrases);
	r.audits = calloc(n, sizeof *r.audits);
	if (r.stores == NULL || r.keys == NULL || r.passphrases == NULL || r.audits == NULL) {
		fputs("survey-analyze: out of memory\n", stderr);
		status = 1;
		goto out;
	}
	status = read_options(&r, argc, argv);
	if (status == 0)
		status = check_request(&r);
	if (status == 0)
		status = run(&r);
	else if (status == DONE)
		status = fflush(stdout) == 0 ? 0 : 1;
out:
	free(r.stores);
	free(r.keys);
	free(r.passphrases);
	free(r.audits);
	return status;
}
