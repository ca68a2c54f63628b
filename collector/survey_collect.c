/*
 * survey_collect.c - survey-collect: serve a round's questionnaire, take the answers, seal and store
 * them; or do an operator's work on its store. In: a study folder. Out: rounds/R/responses.db.
 *
 * Start-up: open (study, keys, store), bind (page, control socket), restrict, then start threads:
 * what a thread may do is settled when it is started.
 */
#include "collector/control.h"
#include "collector/http.h"
#include "collector/import.h"
#include "collector/listen.h"
#include "collector/sandbox.h"
#include "collector/self_audit.h"
#include "collector/serve.h"

#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

static const char usage[] =
	"usage: survey-collect STUDY [--round R] [--listen 127.0.0.1:8080 | unix:PATH | systemd ...]\n"
	"       survey-collect STUDY [--round R] --import FILE.jsonl|.csv|.sealed\n"
	"       survey-collect STUDY [--round R] --backup FILE\n"
	"       survey-collect STUDY [--round R] --flood off|tight|pause\n"
	"       survey-collect STUDY [--round R] --close\n"
	"       survey-collect STUDY [--round R] --self-audit [--log FILE ...]\n";

static const char help[] =
	"\n"
	"Serve the questionnaire of a round (the latest, unless --round says which), seal every\n"
	"submission to the round's public key and store it. SIGTERM finishes what was accepted.\n"
	"\n"
	"  --round R        the round\n"
	"  --listen WHERE   address and port in digits, or unix:PATH; port 0 takes a free one;\n"
	"                   systemd: the sockets of its unit. Can be given several times\n"
	"  --onion URL      the survey's onion address, which every page then names (Onion-Location)\n"
	"  --import FILE    take in answers from JSON lines, CSV or a kit; names each refused row\n"
	"  --backup FILE    write the store to one file, encrypted to the round's key\n"
	"  --flood MODE     tell the running collector: tight takes few submissions from one place,\n"
	"                   pause none; off is as usual\n"
	"  --close          end the round: nothing can be added or withdrawn any more\n"
	"  --self-audit     say in plain words what somebody learns who takes this machine now;\n"
	"                   exit status 1 if something is there that must not be\n"
	"  --log FILE       with --self-audit: look into this log, too; - is standard input.\n"
	"                   Can be given several times\n"
	"  --help, --version\n"
	"\n"
	"No address, time or order of arrival is kept anywhere. survey-collect(8) says what cannot\n"
	"be hidden.\n";

enum { LOGS_MOST = 64 };

struct options {
	const char *study, *round, *import, *backup, *flood, *onion;
	const char *listen[LISTEN_MOST];
	size_t n_listen;
	char *logs[LOGS_MOST];
	size_t n_logs;
	bool close, audit;
};

static int fault(const struct err *err)
{
	fprintf(stderr, "survey-collect: %s\n", err->msg);
	return err_status(err);
}

/* --- an operator's work --- */

static void print_refused(void *ctx, const char *line)
{
	(void)ctx;
	fprintf(stderr, "%s\n", line);
}

static int import_answers(const struct round *round, struct operate *o, const char *path)
{
	struct import_counts counts;
	struct err err;
	int status = import_file(&counts, path, round, o, print_refused, NULL, &err);

	printf("%zu stored, %zu already there, %zu refused\n", counts.stored, counts.known,
		counts.refused);
	if (status != 0)
		return fault(&err);
	return counts.refused > 0;
}

/* A person at a terminal is asked; a script has said what it wants. */
static bool sure_to_close(const struct round *round, bool empty)
{
	char line[64] = "";

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return true;
	printf("Closing ends round %s for good: no answers can be added or withdrawn any more, and\n"
	       "it cannot be undone. Results need at least %u people%s.\n"
	       "To close it, type the name of the round: ", round->name, round->study->threshold,
	       empty ? "; it holds the answers of nobody" : "");
	fflush(stdout);
	if (fgets(line, sizeof line, stdin) == NULL)
		return false;
	line[strcspn(line, "\n")] = '\0';
	return strcmp(line, round->name) == 0;
}

/* A count that cannot be had is no reason not to close. */
static bool is_empty(struct operate *o)
{
	struct err err;
	uint64_t n;

	return operate_count(&n, o, &err) == 0 && n == 0;
}

static int close_round(const struct round *round, struct operate *o)
{
	struct err err;
	bool empty = is_empty(o);

	if (!sure_to_close(round, empty)) {
		err_set(&err, ERR_INPUT, "the round stays open");
		return fault(&err);
	}
	empty = empty && is_empty(o); /* somebody may have answered while it was asked */
	if (operate_close(o, &err) != 0)
		return fault(&err);
	printf("round %s is closed\n", round->name);
	if (empty)
		fprintf(stderr, "survey-collect: the round holds no answers, and none can be added any "
			"more: there is nothing to analyse. Make the keys of another round "
			"(survey-keys create)\n");
	return 0;
}

/* -1: no such mode. */
static int flood_mode(const char *name)
{
	static const char *const names[] = {
		[QUOTA_NORMAL] = "off", [QUOTA_TIGHT] = "tight", [QUOTA_PAUSED] = "pause"};

	for (int i = 0; i < (int)(sizeof names / sizeof *names); i++)
		if (strcmp(name, names[i]) == 0)
			return i;
	return -1;
}

static int operate(const struct options *options, const struct round *round)
{
	struct operate *o = NULL;
	struct err err;
	int status = 0;

	if (operate_open(&o, round, &err) != 0)
		return fault(&err);
	if (options->import != NULL)
		status = import_answers(round, o, options->import);
	else if (options->backup != NULL && operate_backup(o, options->backup, &err) != 0)
		status = fault(&err);
	else if (options->flood != NULL &&
	         operate_flood(o, (enum quota_mode)flood_mode(options->flood), &err) != 0)
		status = fault(&err);
	else if (options->close)
		status = close_round(round, o);
	operate_free(o);
	return status;
}

static int audit(const struct options *options, const struct round *round)
{
	struct self_audit found;
	struct buf text = {0};
	struct err err;
	int status;

	if (self_audit(&found, round, options->logs, options->n_logs, "", &err) != 0)
		return fault(&err);
	self_audit_write(&text, &found);
	status = self_audit_wrong(&found) > 0;
	self_audit_finish(&found);
	if (text.failed) {
		err_nomem(&err);
		status = fault(&err);
	} else {
		fputs(text.data, stdout);
	}
	buf_finish(&text);
	return status;
}

/* --- collecting --- */

struct collector {
	struct store *store; /* until the commit thread has it */
	struct serve *serve;
	struct commit *commit;
	struct control *control;
	struct http *http;
	struct quota *quota;
	struct listen listen;
	unsigned level; /* of sandbox.h */
	int signals;   /* signalfd: SIGTERM, SIGINT */
	int failed;    /* eventfd: a write failed; `why` says how */
	struct err why;
};

/* On the commit thread, once, before anything else is answered. */
static void on_failure(void *ctx, const struct err *err)
{
	struct collector *c = ctx;
	const uint64_t one = 1;

	c->why = *err;
	if (write(c->failed, &one, sizeof one) != sizeof one)
		abort(); /* a counter that nobody else writes */
}

static int catch_signals(struct collector *c, struct err *err)
{
	sigset_t ends;

	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	c->failed = eventfd(0, EFD_CLOEXEC);
	c->signals = signalfd(-1, &ends, SFD_CLOEXEC);
	/* before any thread is there: all of them inherit it */
	if (c->failed < 0 || c->signals < 0 || sigprocmask(SIG_BLOCK, &ends, NULL) != 0)
		return err_set(err, ERR_IO, "signals cannot be waited for");
	return 0;
}

static int open_all(struct collector *c, const struct round *round, const struct options *options,
                    struct err *err)
{
	if (catch_signals(c, err) != 0 || round_open_store(&c->store, round, err) != 0 ||
	    quota_create(&c->quota, err) != 0 ||
	    serve_create(&c->serve, round, c->quota, options->onion, err) != 0)
		return -1;
	http_raise_limit();
	return 0;
}

static int bind_all(struct collector *c, const struct round *round, const struct options *options,
                    struct err *err)
{
	for (size_t i = 0; i < options->n_listen; i++)
		if (listen_open(&c->listen, options->listen[i], err) != 0)
			return -1;
	return control_listen(&c->control, round, err);
}

static int restrict_all(struct collector *c, const struct round *round, struct err *err)
{
	const char *sockets[LISTEN_MOST];
	struct sandbox_paths paths = {round->folder, sockets, 0};

	for (size_t i = 0; i < c->listen.n; i++)
		if (c->listen.paths[i] != NULL)
			sockets[paths.n_sockets++] = c->listen.paths[i];
	sandbox_lock_memory(&c->level);
	return sandbox_restrict(&c->level, &paths, err);
}

static int start_all(struct collector *c, const struct round *round, struct err *err)
{
	struct store *store = c->store;
	struct http_handler handler;
	int listening[LISTEN_MOST];

	c->store = NULL;
	if (commit_start(&c->commit, store, &round->key, on_failure, c, err) != 0 ||
	    control_start(c->control, c->commit, c->quota, err) != 0)
		return -1;
	handler = serve_handler(c->serve, c->commit);
	for (size_t i = 0; i < c->listen.n; i++) {
		listening[i] = c->listen.fds[i];
		c->listen.fds[i] = -1;
	}
	return http_start(&c->http, listening, c->listen.n, &handler, c->quota, err);
}

/* Wait for a signal or a failed write. */
static void wait_for_end(struct collector *c)
{
	struct pollfd ends[] = {{c->signals, POLLIN, 0}, {c->failed, POLLIN, 0}};

	while (poll(ends, 2, -1) < 0)
		;
}

/* In this order: who sleeps in the server is woken by the commit thread. */
static void stop(struct collector *c)
{
	http_stop(c->http);
	control_stop(c->control);
	if (c->commit != NULL)
		commit_stop(c->commit);
	commit_free(c->commit);
	serve_free(c->serve);
	store_free(c->store);
	quota_free(c->quota);
	listen_finish(&c->listen);
	if (c->signals >= 0)
		close(c->signals);
	if (c->failed >= 0)
		close(c->failed);
}

/* What somebody who runs it should know, on lines of their own. */
static void print_started(const struct collector *c, const struct round *round)
{
	char fingerprint[SEAL_FINGERPRINT];

	seal_fingerprint(fingerprint, &round->key);
	for (size_t i = 0; i < c->listen.n; i++)
		printf("Listening on %s\n", c->listen.addresses[i]);
	printf("Key of round %s: fingerprint %s\n", round->name, fingerprint);
	fflush(stdout);
	if (!(c->level & SANDBOX_SYSCALLS) || !(c->level & SANDBOX_FILES))
		fputs("survey-collect: this kernel cannot confine the program (seccomp, Landlock): see "
		      "survey-collect(8)\n", stderr);
}

static int collect(const struct options *options, const struct round *round)
{
	struct collector c = {.signals = -1, .failed = -1};
	struct err err;
	int status = 0;

	if (open_all(&c, round, options, &err) != 0 || bind_all(&c, round, options, &err) != 0 ||
	    restrict_all(&c, round, &err) != 0 || start_all(&c, round, &err) != 0) {
		status = fault(&err);
	} else {
		print_started(&c, round);
		wait_for_end(&c);
	}
	stop(&c);
	if (status == 0 && c.why.code != ERR_NONE)
		status = fault(&c.why);
	return status;
}

/* --- the command line --- */

/* 0, or -1 for usage; what is printed at once ends the program. */
static int read_options(struct options *o, int argc, char **argv)
{
	static const struct option names[] = {
		{"round", required_argument, NULL, 'r'}, {"listen", required_argument, NULL, 'l'},
		{"import", required_argument, NULL, 'i'}, {"backup", required_argument, NULL, 'b'},
		{"flood", required_argument, NULL, 'f'}, {"onion", required_argument, NULL, 'o'},
		{"close", no_argument, NULL, 'c'}, {"self-audit", no_argument, NULL, 'a'},
		{"log", required_argument, NULL, 'L'}, {"help", no_argument, NULL, 'h'},
		{"version", no_argument, NULL, 'v'}, {NULL, 0, NULL, 0}};
	int c;

	while ((c = getopt_long(argc, argv, "", names, NULL)) != -1) {
		switch (c) {
		case 'r': o->round = optarg; break;
		case 'l':
			if (o->n_listen == LISTEN_MOST)
				return -1;
			o->listen[o->n_listen++] = optarg;
			break;
		case 'i': o->import = optarg; break;
		case 'b': o->backup = optarg; break;
		case 'f': o->flood = optarg; break;
		case 'o': o->onion = optarg; break;
		case 'c': o->close = true; break;
		case 'a': o->audit = true; break;
		case 'L':
			if (o->n_logs == LOGS_MOST)
				return -1;
			o->logs[o->n_logs++] = optarg;
			break;
		case 'h': printf("%s%s", usage, help); exit(0);
		case 'v': printf("survey-collect %s\n", PEER_SURVEY_VERSION); exit(0);
		default: return -1;
		}
	}
	if (optind != argc - 1 || (o->flood != NULL && flood_mode(o->flood) < 0) ||
	    (o->n_logs > 0 && !o->audit))
		return -1;
	o->study = argv[optind];
	return (o->import != NULL) + (o->backup != NULL) + (o->flood != NULL) + o->close +
	       o->audit + (o->n_listen > 0 || o->onion != NULL) > 1 ? -1 : 0;
}

int main(int argc, char **argv)
{
	struct options options = {0};
	struct round round;
	struct err err;
	int status;

	if (read_options(&options, argc, argv) != 0) {
		fputs(usage, stderr);
		return 2;
	}
	/* a write that fails is an error like any other */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	if (sodium_init() < 0) {
		fputs("survey-collect: the random generator cannot be used\n", stderr);
		return 1;
	}
	if (sandbox_no_dumps(&err) != 0 ||
	    round_load(&round, options.study, options.round, &err) != 0)
		return fault(&err);
	if (options.import != NULL || options.backup != NULL || options.flood != NULL ||
	    options.close) {
		status = operate(&options, &round);
	} else if (options.audit) {
		status = audit(&options, &round);
	} else {
		if (options.n_listen == 0)
			options.listen[options.n_listen++] = "127.0.0.1:8080";
		status = collect(&options, &round);
	}
	round_finish(&round);
	if (fflush(stdout) != 0 && status == 0)
		status = 1;
	return status;
}
