/*
 * drive.c - one run for the oracle: submissions whose sealed bytes are known arrive at a real
 * store, some twice, some are withdrawn; it is backed up, grows, is closed. In: how many, and a
 * seed that everything follows from. Out: the run's folder, as measure.h describes it.
 *
 *   drive RUN N SEED [LEAK]     RUN is a new folder; LEAK makes a store that tells (leak.h)
 */
#include "lib/base/file.h"
#include "tests/backup.h"
#include "tests/die.h"
#include "tests/made.h"
#include "tests/oracle/leak.h"

#include <stdio.h>
#include <sys/stat.h>

enum { GROUP_MOST = 8, TAG = 16, COMMENT_WITH_OVERFLOW = 20000, PREFIX = MADE_BACKUP_PREFIX };

struct run {
	const char *folder;
	char store[4096];
	struct seal_key key;
	uint8_t secret[crypto_box_SECRETKEYBYTES];
	struct store_shape shape;
	struct store *s;
	struct leak_writer *w; /* in its place */
	enum leak leak;
	size_t room, arrived, present;
	bool *gone; /* by arrival */
	uint32_t sealing; /* other bytes of the same submissions in each run */
	size_t backups;
};

static void must(bool ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "drive: %s\n", what);
		exit(1);
	}
}

#define MUST(call) must((call) == 0, err.msg)

/* --- arrivals --- */

static void open_store(struct run *r)
{
	struct err err;

	if (leak_writes(r->leak))
		r->w = leak_open(r->store, &r->shape, r->room, r->leak);
	else
		MUST(store_open(&r->s, r->store, &r->shape, &err));
}

/* From a store that tells to the real one, which goes on with the same file. */
static void end_leak(struct run *r)
{
	char journal[4200];
	struct err err;

	if (r->w == NULL)
		return;
	leak_mend(r->w);
	leak_close(r->w);
	r->w = NULL;
	snprintf(journal, sizeof journal, "%s-journal", r->store);
	unlink(journal);
	MUST(store_open(&r->s, r->store, &r->shape, &err));
}

static void put(struct run *r, const struct made *m)
{
	struct err err;
	bool known;

	if (r->w != NULL) {
		leak_put(r->w, &m->sub);
		return;
	}
	MUST(store_put(r->s, &m->sub, &known, &err));
	must(!known, "a new submission is known");
}

/* Somebody sends once more what is stored: nothing may change. */
static void put_again(struct run *r)
{
	uint32_t number = randombytes_uniform((uint32_t)r->arrived);
	struct made m;
	struct err err;
	bool known;

	if (r->w != NULL || r->gone[number])
		return;
	made_init(&m, &r->shape, number, r->sealing + 1);
	MUST(store_put(r->s, &m.sub, &known, &err));
	must(known, "a submission is stored twice");
	made_finish(&m);
}

static void arrive(struct run *r, size_t n)
{
	struct err err;

	while (n > 0) {
		size_t group = 1 + randombytes_uniform(GROUP_MOST);

		if (r->s != NULL)
			MUST(store_begin(r->s, &err));
		for (; group > 0 && n > 0; group--, n--) {
			struct made m;

			if (r->arrived > 0 && randombytes_uniform(10) == 0)
				put_again(r);
			made_init(&m, &r->shape, (uint32_t)r->arrived, r->sealing);
			put(r, &m);
			made_finish(&m);
			r->arrived++;
			r->present++;
		}
		if (r->s != NULL)
			MUST(store_commit(r->s, &err));
	}
}

static void withdraw(struct run *r, size_t n)
{
	struct err err;

	while (n > 0) {
		uint32_t number = randombytes_uniform((uint32_t)r->arrived);
		struct made m;
		bool found = true;

		if (r->gone[number])
			continue;
		made_init(&m, &r->shape, number, r->sealing);
		if (r->w != NULL)
			leak_withdraw(r->w, &m.sub);
		else
			MUST(store_withdraw(r->s, m.sub.receipt, &found, &err));
		must(found, "a submission is not there");
		made_finish(&m);
		r->gone[number] = true;
		r->present--;
		n--;
	}
}

/* --- what a run leaves --- */

static void write_tags(const struct run *r, const char *moment, const char *name, bool gone)
{
	char path[4200], hex[2 * TAG + 1];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s/%s", r->folder, moment, name);
	f = fopen(path, "w");
	must(f != NULL, path);
	for (size_t i = 0; i < r->arrived; i++) {
		struct made m;

		if (r->gone[i] != gone)
			continue;
		made_init(&m, &r->shape, (uint32_t)i, r->sealing);
		for (int k = 0; k < RECORD_KINDS; k++) {
			for (size_t j = 0; j < r->shape.each[k]; j++) {
				const uint8_t *sealed = m.sub.records[k] + j * r->shape.size[k];

				sodium_bin2hex(hex, sizeof hex, sealed, TAG);
				fprintf(f, "%zu %d %s\n", i, k, hex);
			}
		}
		made_finish(&m);
	}
	must(fclose(f) == 0, path);
}

/* Copy everything that lies there now, as somebody would who takes the disk. */
static void keep(const struct run *r, const char *moment)
{
	char command[9000];

	/* by another process: closing a file of SQLite's here would drop its locks */
	snprintf(command, sizeof command, "cp -r '%s/store' '%s/%s'", r->folder, r->folder, moment);
	must(system(command) == 0, command);
	write_tags(r, moment, "truth", false);
	write_tags(r, moment, "gone", true);
}

static void make_folder(const struct run *r, const char *name)
{
	char path[4200];
	struct err err;

	snprintf(path, sizeof path, "%s/%s", r->folder, name);
	MUST(file_folder(path, 0700, &err));
}

/*
 * A backup of a store that tells. With LEAK_BACKUPS under one key stream for all: what must not be
 * done; else under a key of its own.
 */
static void backup_badly(const struct run *r, const char *path)
{
	uint8_t nonce[crypto_stream_chacha20_NONCEBYTES] = {0}, prefix[PREFIX] = {0};
	uint8_t key[crypto_stream_chacha20_KEYBYTES] = "one for all";
	struct buf bytes = {0};
	struct err err;

	if (r->leak != LEAK_BACKUPS)
		randombytes_buf(key, sizeof key);
	buf_put(&bytes, prefix, sizeof prefix);
	MUST(file_read(&bytes, r->store, 1u << 30, &err));
	crypto_stream_chacha20_xor((uint8_t *)bytes.data + PREFIX, (uint8_t *)bytes.data + PREFIX,
		bytes.len - PREFIX, nonce, key);
	MUST(file_create(path, bytes.data, bytes.len, 0600, &err));
	buf_finish(&bytes);
}

static void backup(struct run *r)
{
	char path[4200];
	struct err err;

	snprintf(path, sizeof path, "%s/backups/%zu", r->folder, ++r->backups);
	if (r->w != NULL || r->leak == LEAK_BACKUPS)
		backup_badly(r, path);
	else
		MUST(backup_to(r->s, &r->key, path, &err));
}

/* The second backup, opened, as a moment of its own. */
static void keep_backup(struct run *r)
{
	char from[4200], to[4200];
	struct err err;
	struct buf bytes = {0};

	make_folder(r, "backup");
	write_tags(r, "backup", "truth", false);
	write_tags(r, "backup", "gone", true);
	snprintf(from, sizeof from, "%s/backups/2", r->folder);
	snprintf(to, sizeof to, "%s/backup/responses.db", r->folder);
	if (r->w == NULL && r->leak != LEAK_BACKUPS) {
		must(made_open_backup(&bytes, from, r->secret) == 0, "the backup is none");
	} else {
		MUST(file_read(&bytes, r->store, 1u << 30, &err));
	}
	MUST(file_create(to, bytes.data, bytes.len, 0600, &err));
	buf_finish(&bytes);
}

static void drive(struct run *r, size_t n)
{
	struct err err;

	make_folder(r, "store");
	make_folder(r, "backups");
	r->room = n + n / 4;
	MUST(store_create(r->store, &r->shape, r->room, &err));
	open_store(r);
	arrive(r, n / 2);
	backup(r);
	withdraw(r, n / 16);
	arrive(r, n - n / 2);
	withdraw(r, n / 8 - n / 16);
	arrive(r, n / 8);
	backup(r);
	backup(r);
	keep(r, "mid");
	keep_backup(r);
	end_leak(r);
	r->room = 2 * n + n / 2;
	MUST(store_grow(r->s, r->room, &err));
	arrive(r, n / 2);
	withdraw(r, n / 16);
	keep(r, "grown");
	MUST(store_close_round(r->s, &err));
	keep(r, "closed");
	store_free(r->s);
}

int main(int argc, char **argv)
{
	struct run r = {.folder = argc > 1 ? argv[1] : NULL};
	size_t n = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;

	for (int i = 0; argc == 5 && i < LEAKS; i++)
		if (strcmp(argv[4], leak_name[i]) == 0)
			r.leak = (enum leak)i;
	if (argc < 4 || argc > 5 || n < 16 || n > 100000 || (argc == 5 && r.leak == LEAK_NONE)) {
		fprintf(stderr, "usage: drive RUN N SEED [LEAK]\n");
		return 2;
	}
	must(die_seed(argv[3]) == 0, "no randomness");
	r.sealing = randombytes_random();
	made_key(&r.key, r.secret);
	/* few submissions have long texts, so that rows run over several pages, too */
	made_shape(&r.shape, &r.key, n < 100 ? COMMENT_WITH_OVERFLOW : MADE_LONG);
	r.gone = calloc(4 * n, sizeof *r.gone);
	must(r.gone != NULL, "out of memory");
	snprintf(r.store, sizeof r.store, "%s/store/responses.db", r.folder);
	must(mkdir(r.folder, 0700) == 0, "the run's folder is there already");
	drive(&r, n);
	free(r.gone);
	return 0;
}
