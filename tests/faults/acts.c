/*
 * acts.c - a scripted round, to be killed or to have its writes fail at any point (strace), and a
 * look at what it leaves. In: a folder. Out: a line for everything that was acknowledged, written
 * at once; afterwards, whether that is so.
 *
 *   acts run FOLDER               make or open FOLDER/responses.db, and act; exit 1: a write failed
 *   acts look FOLDER ACKS         what do the lines in the file ACKS promise? Then go on collecting
 *   acts receipts STORE FILE      are all records of these receipts (a line each) there?
 *
 * The thread that commits is the collector's own. After a failure everything is asked for once
 * more: nothing may be acknowledged then.
 */
#include "collector/commit.h"
#include "lib/record/store_row.h"
#include "tests/faults/found.h"
#include "tests/made.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

enum { ROOM = 24, PEOPLE = 36, GROUP = 3, BACKUPS = 3 };

struct acts {
	const char *folder;
	char path[4096];
	struct seal_key key;
	uint8_t secret[crypto_box_SECRETKEYBYTES];
	struct store_shape shape;
	struct commit *commit;
	bool failed;
};

/* One write, so that a line is there or not. */
__attribute__((format(printf, 1, 2))) static void say(const char *format, ...)
{
	char line[200];
	va_list list;
	int n;

	va_start(list, format);
	n = vsnprintf(line, sizeof line, format, list);
	va_end(list);
	if (write(STDOUT_FILENO, line, (size_t)n) != n)
		exit(3);
}

/* --- the round --- */

static void on_failure(void *ctx, const struct err *err)
{
	struct acts *a = ctx;

	fprintf(stderr, "acts: %s\n", err->msg);
	a->failed = true;
}

/* Some people send at the same time. */
static void act_put(struct acts *a, uint32_t first)
{
	struct commit_job jobs[GROUP];
	struct made made[GROUP];

	for (uint32_t i = 0; i < GROUP; i++) {
		made_init(&made[i], &a->shape, first + i, 0);
		jobs[i] = (struct commit_job){.kind = COMMIT_SUBMISSION,
			.submission = &made[i].sub};
	}
	commit_wait(a->commit, jobs, GROUP);
	for (uint32_t i = 0; i < GROUP; i++) {
		if (jobs[i].result == COMMIT_DONE || jobs[i].result == COMMIT_KNOWN)
			say("put %u\n", first + i);
		made_finish(&made[i]);
	}
}

static void act_withdraw(struct acts *a, uint32_t number)
{
	struct commit_job job = {.kind = COMMIT_WITHDRAWAL};
	struct made m;

	made_init(&m, &a->shape, number, 0);
	memcpy(job.receipt, m.sub.receipt, STORE_RECEIPT);
	made_finish(&m);
	say("withdrawing %u\n", number);
	commit_wait(a->commit, &job, 1);
	if (job.result == COMMIT_DONE)
		say("withdrawn %u\n", number);
}

/* As operate.c does: the file is the operator's, and durable with its name. */
static void act_backup(struct acts *a, unsigned number)
{
	struct commit_job job = {.kind = COMMIT_BACKUP};
	char path[4200];
	struct err err;

	if (a->failed)
		number += BACKUPS;
	snprintf(path, sizeof path, "%s/backup-%u", a->folder, number);
	job.file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (job.file < 0)
		return;
	commit_wait(a->commit, &job, 1);
	if (close(job.file) == 0 && job.result == COMMIT_DONE && file_sync_parent(path, &err) == 0)
		say("backup %u\n", number);
}

static void act_close(struct acts *a)
{
	struct commit_job job = {.kind = COMMIT_CLOSE};

	say("closing\n");
	commit_wait(a->commit, &job, 1);
	if (job.result == COMMIT_DONE)
		say("closed\n");
}

/* The store grows at the 25th. */
static void act(struct acts *a)
{
	act_backup(a, 0);
	act_backup(a, 1);
	for (uint32_t i = 0; i < PEOPLE; i += GROUP) {
		act_put(a, i);
		if (i % 5 == 0)
			act_withdraw(a, i);
		if (i == PEOPLE / 2)
			act_backup(a, 2);
	}
	act_close(a);
}

static int run(struct acts *a)
{
	struct store *s = NULL;
	struct err err;

	if ((!file_exists(a->path) && store_create(a->path, &a->shape, ROOM, &err) != 0) ||
	    store_open(&s, a->path, &a->shape, &err) != 0 ||
	    commit_start(&a->commit, s, &a->key, on_failure, a, &err) != 0) {
		fprintf(stderr, "acts: %s\n", err.msg);
		return 1;
	}
	say("made\n");
	act(a);
	if (a->failed) {
		/* whoever asks now must not be told that anything was stored */
		say("failed\n");
		act(a);
	}
	commit_stop(a->commit);
	commit_free(a->commit);
	return a->failed;
}

/* --- what was promised --- */

struct promise {
	bool made, closing, closed, failed, after_failure;
	bool put[PEOPLE], withdrawing[PEOPLE], withdrawn[PEOPLE];
	bool backup[BACKUPS];
};

static int read_promises(struct promise *p, const char *path)
{
	FILE *f = fopen(path, "r");
	char word[32];
	unsigned n;

	*p = (struct promise){0};
	if (f == NULL)
		return -1;
	while (fscanf(f, "%31s", word) == 1) {
		bool kept = true, *what = NULL;

		if (strcmp(word, "put") == 0)
			what = p->put;
		else if (strcmp(word, "withdrawing") == 0)
			what = p->withdrawing, kept = false;
		else if (strcmp(word, "withdrawn") == 0)
			what = p->withdrawn;
		else if (strcmp(word, "backup") == 0)
			what = p->backup;
		if (what != NULL) {
			if (fscanf(f, "%u", &n) == 1 && n < (what == p->backup ? BACKUPS : PEOPLE))
				what[n] = true;
			p->after_failure |= p->failed && kept;
			continue;
		}
		p->made |= strcmp(word, "made") == 0;
		p->closing |= strcmp(word, "closing") == 0;
		p->closed |= strcmp(word, "closed") == 0;
		p->after_failure |= p->failed && strcmp(word, "closed") == 0;
		p->failed |= strcmp(word, "failed") == 0;
	}
	fclose(f);
	return 0;
}

static int wrong(const char *what, unsigned n)
{
	printf("%s %u\n", what, n);
	return 1;
}

static size_t records_of(const struct acts *a, const struct found *f, uint32_t number)
{
	struct made m;
	size_t n = 0;

	made_init(&m, &a->shape, number, 0);
	for (int k = 0; k < RECORD_KINDS; k++)
		for (size_t j = 0; j < a->shape.each[k]; j++)
			n += found_sealed(f, (enum record_kind)k,
				m.sub.records[k] + j * a->shape.size[k]);
	made_finish(&m);
	return n;
}

static int look_at_file(const struct acts *a, const struct promise *p)
{
	struct found f;
	int faults = 0;

	if (found_load(&f, a->path, &a->shape) != 0)
		return wrong("the store is damaged", 0);
	for (uint32_t i = 0; i < PEOPLE; i++) {
		size_t n = records_of(a, &f, i);

		if (p->put[i] && !p->withdrawing[i] && n != 6)
			faults += wrong("lost: submission", i);
		if (p->withdrawn[i] && n != 0)
			faults += wrong("there again: submission", i);
	}
	found_finish(&f);
	for (unsigned i = 0; i < BACKUPS; i++) {
		char path[4200];
		struct buf image = {0};

		snprintf(path, sizeof path, "%s/backup-%u", a->folder, i);
		if (p->backup[i] && made_open_backup(&image, path, a->secret) != 0)
			faults += wrong("not whole: backup", i);
		buf_finish(&image);
	}
	return faults;
}

/* The next start: what was acknowledged is known, what was not is taken. */
static int go_on(const struct acts *a, const struct promise *p)
{
	struct store *s = NULL;
	size_t wanted = 0;
	int faults = 0;
	struct err err;

	if (store_open(&s, a->path, &a->shape, &err) != 0) {
		if (p->closing && strstr(err.msg, "the round is closed") != NULL)
			return 0;
		printf("%s\n", err.msg);
		return 1;
	}
	if (p->closed)
		faults += wrong("open again", 0);
	if (store_room(s) < PEOPLE && store_grow(s, 3 * PEOPLE, &err) != 0)
		return wrong("cannot grow", 0);
	if (store_begin(s, &err) != 0)
		return wrong("cannot begin", 0);
	for (uint32_t i = 0; i < PEOPLE; i++) {
		struct made m;
		bool known = false;

		if (p->withdrawing[i])
			continue;
		made_init(&m, &a->shape, i, 1);
		if (store_put(s, &m.sub, &known, &err) != 0)
			faults += wrong("cannot put", i);
		if (p->put[i] && !known)
			faults += wrong("not known: submission", i);
		made_finish(&m);
		wanted++;
	}
	if (store_commit(s, &err) != 0 || store_count(s) < wanted)
		faults += wrong("cannot commit", 0);
	store_free(s);
	return faults;
}

/* Nothing may be left but the store and backups. */
static int look_around(const struct acts *a)
{
	DIR *d = opendir(a->folder);
	struct dirent *e;
	int faults = 0;

	while (d != NULL && (e = readdir(d)) != NULL)
		if (e->d_name[0] != '.' && strcmp(e->d_name, "responses.db") != 0 &&
		    strncmp(e->d_name, "backup-", 7) != 0) {
			printf("left behind: %s\n", e->d_name);
			faults++;
		}
	closedir(d);
	return faults;
}

static int look(const struct acts *a, const char *acks)
{
	struct promise p;
	int faults;

	if (read_promises(&p, acks) != 0)
		return 2;
	if (p.after_failure)
		return wrong("acknowledged after a failure", 0);
	if (!file_exists(a->path))
		return p.made ? wrong("the store is gone", 0) : 0;
	faults = look_at_file(a, &p);
	if (faults == 0)
		faults = go_on(a, &p);
	if (faults == 0 && !p.closing)
		faults = look_around(a);
	return faults > 0;
}

/* --- receipts --- */

static int ignore_row(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n)
{
	(void)ctx;
	(void)kind;
	(void)sealed;
	(void)n;
	return 1;
}

static size_t rows_of(const struct found *f, const struct store_shape *shape,
	const uint8_t receipt[STORE_RECEIPT], size_t *once)
{
	uint8_t key[STORE_ROW_KEY];
	size_t n = 0;

	*once = 0;
	for (int k = 0; k < RECORD_KINDS; k++) {
		for (size_t i = 0; i < shape->each[k]; i++) {
			size_t there;

			store_row_key(key, receipt, (enum record_kind)k, i);
			there = found_key(f, (enum record_kind)k, key);
			n += there;
			*once += there == 1;
		}
	}
	return n;
}

static int receipts(const char *store, const char *list)
{
	FILE *lines = fopen(list, "r");
	struct store_shape shape;
	struct found f = {0};
	char hex[2 * STORE_RECEIPT + 1];
	size_t each = 0, n = 0, cores = 0;
	int faults = 0;
	struct err err;

	if (lines == NULL || store_read(store, &shape, ignore_row, NULL, &err) < 0 ||
	    found_load(&f, store, &shape) != 0) {
		printf("%s cannot be read\n", lines == NULL ? list : store);
		return 1;
	}
	for (int k = 0; k < RECORD_KINDS; k++)
		each += shape.each[k];
	for (; fscanf(lines, "%32s", hex) == 1; n++) {
		uint8_t receipt[STORE_RECEIPT];
		size_t once;

		if (sodium_hex2bin(receipt, sizeof receipt, hex, strlen(hex), NULL, NULL, NULL) ||
		    rows_of(&f, &shape, receipt, &once) != each || once != each)
			faults += wrong("not there, or there twice: receipt", (unsigned)n);
	}
	for (size_t i = 0; i < f.n; i++)
		cores += f.list[i].kind == RECORD_CORE;
	printf("%zu receipts, %zu submissions\n", n, cores);
	fclose(lines);
	found_finish(&f);
	return faults > 0;
}

int main(int argc, char **argv)
{
	struct acts a = {0};

	if (sodium_init() < 0)
		return 2;
	if (argc == 4 && strcmp(argv[1], "receipts") == 0)
		return receipts(argv[2], argv[3]);
	made_key(&a.key, a.secret);
	made_shape(&a.shape, &a.key, MADE_LONG);
	a.folder = argc > 2 ? argv[2] : "";
	snprintf(a.path, sizeof a.path, "%s/responses.db", a.folder);
	if (argc == 3 && strcmp(argv[1], "run") == 0)
		return run(&a);
	if (argc == 4 && strcmp(argv[1], "look") == 0)
		return look(&a, argv[3]);
	fprintf(stderr, "usage: acts run FOLDER | look FOLDER ACKS | receipts STORE FILE\n");
	return 2;
}
