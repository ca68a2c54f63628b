/*
 * survey_keys.c - the program survey-keys: the command line, and nothing else. The commands are in
 * keys_create.c, keys_verify.c and keys_destroy.c.
 */
#include "analyzer/keys.h"
#include "analyzer/custodian.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

enum { USAGE = 2, OPTION_ROUND = 256, OPTION_CUSTODIANS, OPTION_QUORUM, OPTION_PASSPHRASES };

static const char help[] =
	"usage: survey-keys create STUDY [--round R] --custodians N --quorum Q -o FOLDER\n"
	"       survey-keys verify KEYFILE\n"
	"       survey-keys destroy [--yes] KEYFILE\n"
	"\n"
	"Make, check and destroy the custodians' keys of a survey round. The answers of a\n"
	"round can only be opened by a quorum of its custodians together.\n"
	"\n"
	"  --round R              the round's name (default: this month, as in 2020-05)\n"
	"  --custodians N         how many people get a key file\n"
	"  --quorum Q             how many of them are needed to open the answers (2 or more)\n"
	"  -o FOLDER              where the key files go, outside the study folder\n"
	"  --passphrase-file F    passphrases, one line a custodian: for demonstrations and\n"
	"                         tests only\n"
	"  --yes                  destroy without asking\n"
	"  --help, --version\n"
	"\n"
	"Exit status: 0 done, 1 failed, 2 usage, 3 refused.\n";

static int usage(const char *text, const char *about)
{
	fprintf(stderr, "survey-keys: %s%s%s; see survey-keys --help\n", text,
	        about[0] != '\0' ? " " : "", about);
	return USAGE;
}

/* A whole number from `least` to `most`; 0 if it is none. */
static unsigned whole(const char *text, unsigned least, unsigned most)
{
	char *end;
	unsigned long n;

	if (text[0] < '0' || text[0] > '9')
		return 0;
	n = strtoul(text, &end, 10);
	return *end == '\0' && n >= least && n <= most ? (unsigned)n : 0;
}

static int read_options(struct keys_request *r, int argc, char **argv)
{
	static const struct option options[] = {
		{"round", required_argument, NULL, OPTION_ROUND},
		{"custodians", required_argument, NULL, OPTION_CUSTODIANS},
		{"quorum", required_argument, NULL, OPTION_QUORUM},
		{"passphrase-file", required_argument, NULL, OPTION_PASSPHRASES},
		{"yes", no_argument, NULL, 'y'},
		{"help", no_argument, NULL, 'h'},
		{"version", no_argument, NULL, 'v'},
		{NULL, 0, NULL, 0},
	};
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, ":o:", options, NULL)) != -1) {
		switch (option) {
		case OPTION_ROUND:
			r->round = optarg;
			break;
		case OPTION_CUSTODIANS:
			r->custodians = whole(optarg, CUSTODIAN_QUORUM_MIN, CUSTODIAN_MAX);
			if (r->custodians == 0)
				return usage("--custodians is a number from 2 to 32, not", optarg);
			break;
		case OPTION_QUORUM:
			r->quorum = whole(optarg, CUSTODIAN_QUORUM_MIN, CUSTODIAN_MAX);
			if (r->quorum == 0)
				return usage("--quorum is a number from 2 to 32, not", optarg);
			break;
		case OPTION_PASSPHRASES:
			r->passphrases[r->n_passphrases++] = optarg;
			break;
		case 'o':
			r->folder = optarg;
			break;
		case 'y':
			r->yes = true;
			break;
		case 'h':
			fputs(help, stdout);
			return -1;
		case 'v':
			puts("survey-keys " PEER_SURVEY_VERSION);
			return -1;
		case ':':
			return usage("a value is missing for", argv[optind - 1]);
		default:
			return usage("unknown option", argv[optind - 1]);
		}
	}
	return 0;
}

static int check_create(const struct keys_request *r)
{
	if (r->custodians == 0)
		return usage("create needs --custodians", "");
	if (r->quorum == 0)
		return usage("create needs --quorum", "");
	if (r->quorum > r->custodians)
		return usage("--quorum is larger than --custodians", "");
	if (r->folder == NULL || r->folder[0] == '\0')
		return usage("create needs -o FOLDER", "");
	if (r->yes)
		return usage("--yes belongs to destroy", "");
	return 0;
}

static int check_file(const struct keys_request *r, bool destroy)
{
	if (r->round != NULL || r->custodians != 0 || r->quorum != 0 || r->folder != NULL)
		return usage("--round, --custodians, --quorum and -o belong to create", "");
	if (r->yes && !destroy)
		return usage("--yes belongs to destroy", "");
	if (r->n_passphrases > 0 && destroy)
		return usage("destroy needs no passphrase", "");
	return 0;
}

static int run(struct keys_request *r, char **words, int n)
{
	static const struct {
		const char *name;
		int (*run)(const struct keys_request *r, struct err *err);
	} commands[] = {
		{"create", keys_create}, {"verify", keys_verify}, {"destroy", keys_destroy},
	};
	struct err err = {0};
	size_t c = 0;
	int status;

	if (n < 1)
		return usage("a command is missing: create, verify or destroy", "");
	while (c < 3 && strcmp(words[0], commands[c].name) != 0)
		c++;
	if (c == 3)
		return usage("unknown command", words[0]);
	if (n != 2)
		return usage(words[0], c == 0 ? "needs one STUDY" : "needs one KEYFILE");
	r->study = r->file = words[1];
	status = c == 0 ? check_create(r) : check_file(r, c == 2);
	if (status != 0)
		return status;
	if (commands[c].run(r, &err) == 0 && fflush(stdout) == 0)
		return 0;
	fflush(stdout);
	if (err.code == ERR_NONE)
		err_set(&err, ERR_IO, "standard output cannot be written");
	fprintf(stderr, "survey-keys: %s\n", err.msg);
	return err_status(&err);
}

int main(int argc, char **argv)
{
	static const struct rlimit none = {0, 0};
	struct keys_request r = {0};
	int status;

	signal(SIGPIPE, SIG_IGN);     /* a reader that goes is an error like others */
	/* a crash leaves no image of the memory, nor does a handler that takes it by a pipe */
	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	r.passphrases = calloc((size_t)argc + 1, sizeof(*r.passphrases));
	if (r.passphrases == NULL) {
		fputs("survey-keys: out of memory\n", stderr);
		return 1;
	}
	status = read_options(&r, argc, argv);
	if (status == 0)
		status = run(&r, argv + optind, argc - optind);
	else if (status < 0)
		status = fflush(stdout) == 0 ? 0 : 1;
	free(r.passphrases);
	return status;
}
