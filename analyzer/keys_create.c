/*
 * keys_create.c - survey-keys create: the ceremony in which a round's keys are made.
 *
 * Enters: a study, the number of custodians and of their quorum. Leaves: rounds/R with the frozen
 * questionnaire and public.key, and one locked key file a custodian. The seed is only in memory.
 * Everything is written first under names that nobody uses, opened again as it will be at the
 * analysis, and only then becomes a round; whatever goes wrong, or Ctrl-C, leaves nothing behind.
 */
#include "analyzer/keys.h"
#include "analyzer/custodian.h"
#include "analyzer/keys_rehearse.h"
#include "analyzer/keys_round.h"
#include "lib/base/file.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct ceremony {
	const struct keys_request *request;
	struct study *study;
	char round[32];
	bool made_folder;
	struct keys_round *building;
	struct custodian_source *source;
	struct custodian_secret *secret;
	struct seal_key key;
	char fingerprint[SEAL_FINGERPRINT];
	char *path[CUSTODIAN_MAX];       /* of the key files */
	char *passphrase[CUSTODIAN_MAX]; /* kept for the rehearsal; guarded memory */
	unsigned written;
};

/* A round is named after the month in which it is made, unless it is named. */
static int name_round(struct ceremony *c, struct err *err)
{
	time_t now = time(NULL);
	struct tm today;

	if (c->request->round != NULL && strlen(c->request->round) < sizeof(c->round))
		strcpy(c->round, c->request->round);
	else if (c->request->round != NULL)
		return err_set(err, ERR_INPUT, "a round's name has at most 31 characters");
	else if (localtime_r(&now, &today) == NULL ||
	         strftime(c->round, sizeof(c->round), "%Y-%m", &today) == 0)
		return err_set(err, ERR_IO, "the date is not known: name the round with --round");
	return 0;
}

/* The key file has the study's id on a line of its own. */
static int check_id(const struct study *s, struct err *err)
{
	size_t n = strlen(s->id);

	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s->id[i] <= ' ' || s->id[i] == 0x7f)
			return err_set(err, ERR_INPUT, "%s/study.json: id: has a blank in it",
			               s->folder);
	if (n >= CUSTODIAN_STUDY)
		return err_set(err, ERR_INPUT, "%s/study.json: id: longer than %d bytes", s->folder,
		               CUSTODIAN_STUDY - 1);
	return 0;
}

/* The folder of the key files, outside the study, and the names in it, all unused. */
static int prepare_folder(struct ceremony *c, struct err *err)
{
	const struct keys_request *r = c->request;
	struct stat about;

	if (custodian_place(r->folder, c->study->folder, err) != 0)
		return -1;
	for (unsigned i = 0; i < r->custodians; i++) {
		if (asprintf(&c->path[i], "%s/custodian-%u.key", r->folder, i + 1) < 0) {
			c->path[i] = NULL;
			return err_nomem(err);
		}
		if (lstat(c->path[i], &about) == 0)
			return err_set(err, ERR_INPUT, "%s: already exists: give another folder",
			               c->path[i]);
	}
	if (mkdir(r->folder, 0700) == 0)
		c->made_folder = true;
	else if (errno != EEXIST)
		return err_set(err, ERR_IO, "%s: %s", r->folder, strerror(errno));
	else if (stat(r->folder, &about) != 0 || !S_ISDIR(about.st_mode))
		return err_set(err, ERR_INPUT, "%s: not a folder", r->folder);
	return custodian_place(r->folder, c->study->folder, err);
}

static int prepare(struct ceremony *c, struct err *err)
{
	const struct keys_request *r = c->request;

	if (study_load(&c->study, r->study, err) != 0 || check_id(c->study, err) != 0 ||
	    name_round(c, err) != 0 ||
	    custodian_source_create(&c->source, r->passphrases, r->n_passphrases, err) != 0)
		return -1;
	if (!custodian_source_typed(c->source) &&
	    custodian_source_count(c->source) < r->custodians)
		return err_set(err, ERR_INPUT,
		               "the passphrase file has %zu lines for %u custodians",
		               custodian_source_count(c->source), r->custodians);
	if (prepare_folder(c, err) != 0)
		return -1;
	return keys_round_create(&c->building, c->study, c->round, err);
}

static void explain(const struct ceremony *c)
{
	unsigned n = c->request->custodians, q = c->request->quorum;

	printf("The keys of round %s of the study %s\n\n", c->round, c->study->id);
	printf("What happens now\n"
	       "  Answers are sealed as soon as they arrive. The computer that collects them\n"
	       "  cannot open them again: that takes a secret, which is made here and now, cut\n"
	       "  into %u parts, and given to %u custodians, one part each. Any %u of them\n"
	       "  together can open the answers: that number is called the quorum. Fewer than\n"
	       "  %u can open nothing and learn nothing. The whole secret is never written\n"
	       "  down: when this program ends, it is gone.\n\n", n, n, q, q);
	if (n == q)
		printf("  All %u custodians are needed: if one loses file or passphrase, the\n"
		       "  answers are lost for ever. A smaller quorum is safer against loss.\n\n",
		       n);
	puts("Before you go on (Ctrl-C stops, and nothing is left behind)\n"
	     "  - This computer should be cut off from the internet.\n"
	     "  - All custodians are in the room, or come in one after another.\n"
	     "  - Each types a passphrase of their own, alone, with nobody and no camera\n"
	     "    looking. At least 12 characters; best are six or more words that do not\n"
	     "    belong together. Whoever forgets it cannot use their part again: nobody can\n"
	     "    give it back.\n");
	if (!custodian_source_typed(c->source))
		puts("NOTICE: the passphrases come from a file. That is for demonstrations and\n"
		     "tests only: whoever has that file and the key files can open the answers.\n");
	fflush(stdout);
}

static int make_key(struct ceremony *c, struct err *err)
{
	struct seal_key *key = &c->key;

	if (custodian_secret_create(&c->secret, err) != 0)
		return -1;
	strcpy(key->round, c->round);
	memcpy(key->box, c->secret->box_public, sizeof(key->box));
	memcpy(key->sign, c->secret->sign_public, sizeof(key->sign));
	memcpy(key->form, keys_round_form(c->building), sizeof(key->form));
	key->custodians = c->request->custodians;
	key->quorum = c->request->quorum;
	seal_fingerprint(c->fingerprint, key);
	if (keys_round_public(c->building, key, err) != 0)
		return -1;
	puts("Step 1 of 4: the questionnaire and the key\n"
	     "  The questionnaire was checked and is now fixed for this round: its questions\n"
	     "  do not change any more. The secret was made.\n");
	return 0;
}

/* One custodian chooses a passphrase and gets a file. */
static int write_one(struct ceremony *c, const struct custodian_share *share, struct err *err)
{
	unsigned i = share->number - 1;
	struct custodian file = {
		.custodians = c->request->custodians,
		.quorum = c->request->quorum,
	};
	struct buf public = {0};

	strcpy(file.study, c->study->id);
	strcpy(file.round, c->round);
	strcpy(file.fingerprint, c->fingerprint);
	seal_key_write(&public, &c->key);
	if (public.failed)
		return err_nomem(err);
	seal_digest(file.key, public.data, public.len);
	buf_finish(&public);
	c->passphrase[i] = custodian_passphrase_create(err);
	if (c->passphrase[i] == NULL ||
	    custodian_source_choose(c->passphrase[i], c->source, share->number, err) != 0 ||
	    custodian_lock(&file, share, c->passphrase[i], !custodian_source_typed(c->source),
	                   err) != 0 ||
	    custodian_save(&file, c->path[i], err) != 0)
		return -1;
	c->written = share->number;
	printf("  custodian %u of %u: %s\n", share->number, file.custodians, c->path[i]);
	fflush(stdout);
	return 0;
}

static int write_all(struct ceremony *c, struct err *err)
{
	unsigned n = c->request->custodians;
	struct custodian_share *shares = custodian_shares_create(n, err);
	int status = -1;

	if (shares == NULL)
		return -1;
	printf("Step 2 of 4: the %u custodians\n", n);
	if (custodian_source_typed(c->source))
		puts("  One after another, alone at the keyboard. What you type is not shown.");
	fflush(stdout);
	if (custodian_split(shares, n, c->request->quorum, c->secret, err) != 0)
		goto out;
	custodian_secret_free(c->secret); /* from here on there are only the parts */
	c->secret = NULL;
	for (unsigned i = 0; i < n; i++)
		if (write_one(c, &shares[i], err) != 0)
			goto out;
	putchar('\n');
	status = 0;
out:
	custodian_shares_free(shares);
	return status;
}

static void conclude(const struct ceremony *c)
{
	unsigned n = c->request->custodians;

	printf("Step 4 of 4: compare and take away\n"
	       "  The fingerprint of this round's key is\n\n"
	       "      %s\n\n"
	       "  Write it down or print it, and compare it wherever this round's fingerprint is\n"
	       "  shown: in the key files, on the collector, in reports. Where it differs,\n"
	       "  somebody has put another key in the place of yours: stop.\n\n",
	       c->fingerprint);
	printf("  - Each custodian takes their own file of the %u in %s, on a memory stick\n"
	       "    that stays off the internet, and no copy stays here.\n"
	       "  - At home, try it: survey-keys verify custodian-1.key\n"
	       "  - Remove what is left on this computer: survey-keys destroy custodian-1.key\n"
	       "  - The study folder may go to the collector. It holds no secret.\n",
	       n, c->request->folder);
}

/* Was Ctrl-C pressed meanwhile? The signals are held back during the ceremony. */
static int interrupted(struct err *err)
{
	sigset_t pending;

	sigpending(&pending);
	if (sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGQUIT) == 1 ||
	    sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGHUP) == 1)
		return err_set(err, ERR_IO, "interrupted");
	return 0;
}

static int hold(struct ceremony *c, struct err *err)
{
	if (prepare(c, err) != 0)
		return -1;
	explain(c);
	if (make_key(c, err) != 0 || write_all(c, err) != 0)
		return -1;
	puts("Step 3 of 4: the rehearsal");
	fflush(stdout);
	if (keys_rehearse(c->path, c->passphrase, c->request->custodians,
	                  keys_round_path(c->building), err) != 0)
		return err_prefix(err, "the rehearsal failed");
	putchar('\n');
	if (fflush(stdout) != 0 || ferror(stdout))
		return err_set(err, ERR_IO, "standard output cannot be written");
	if (interrupted(err) != 0)
		return -1;
	return keys_round_finish(c->building, err);
}

static void clean(struct ceremony *c, bool done)
{
	for (unsigned i = 0; !done && i < c->written; i++)
		unlink(c->path[i]);
	if (!done && c->made_folder)
		rmdir(c->request->folder);
	for (unsigned i = 0; i < CUSTODIAN_MAX; i++) {
		custodian_passphrase_free(c->passphrase[i]);
		free(c->path[i]);
	}
	custodian_secret_free(c->secret);
	custodian_source_free(c->source);
	keys_round_free(c->building);
	study_free(c->study);
}

int keys_create(const struct keys_request *r, struct err *err)
{
	struct ceremony c = {.request = r};
	sigset_t held, before;
	int status;

	sigemptyset(&held);
	sigaddset(&held, SIGINT);
	sigaddset(&held, SIGQUIT);
	sigaddset(&held, SIGTERM);
	sigaddset(&held, SIGHUP);
	sigprocmask(SIG_BLOCK, &held, &before);
	status = hold(&c, err);
	if (status == 0)
		conclude(&c);
	clean(&c, status == 0);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return status;
}
