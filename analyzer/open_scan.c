/*
 * open_scan.c - before anything is opened: are these files stores of this round, and is nobody
 * counted twice?
 *
 * Enters: paths of stores and backups. Leaves: their sealed records, one by one, each once. Sealing
 * gives other bytes each time, so equal bytes are one record twice. Most of a file's again in
 * another: a backup beside its store or its successor, which is refused, for what was withdrawn in
 * between would be counted. A few: a row that was copied, or what somebody sent again under another
 * number; that must not keep a round from being opened.
 */
#include "analyzer/open_scan.h"
#include "lib/record/store.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DIGEST = 16 };

struct seen {
	uint8_t digest[DIGEST]; /* of a sealed record, keyed: nobody can choose equal ones */
	uint32_t file, kind;
	size_t index; /* among all */
};

struct source {
	char *path;       /* borrowed */
	bool backup;
	struct buf image; /* of a backup */
	size_t records;
};

struct open_scan {
	struct source *list;
	size_t n, largest;
	struct seen *seen;
	size_t records, cap;
	uint32_t file; /* being scanned */
	bool nomem;
	uint8_t key[crypto_generichash_KEYBYTES];
	bool *skip; /* by index: seen before */
	size_t twice[RECORD_KINDS];
};

static int is_backup(bool *out, const char *path, struct err *err)
{
	char start[sizeof(STORE_BACKUP_MAGIC) - 1];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (fd < 0)
		return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	got = pread(fd, start, sizeof(start), 0);
	close(fd);
	*out = got == (ssize_t)sizeof(start) &&
	       memcmp(start, STORE_BACKUP_MAGIC, sizeof(start)) == 0;
	return 0;
}

static int note(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n)
{
	struct open_scan *s = ctx;
	struct seen *seen;

	if (s->records == s->cap) {
		size_t cap = s->cap * 2 + 1024;
		struct seen *more = reallocarray(s->seen, cap, sizeof(*more));

		if (more == NULL) {
			s->nomem = true;
			return 1;
		}
		s->seen = more;
		s->cap = cap;
	}
	seen = &s->seen[s->records];
	*seen = (struct seen){.file = s->file, .kind = kind, .index = s->records};
	crypto_generichash(seen->digest, DIGEST, sealed, n, s->key, sizeof(s->key));
	s->records++;
	s->list[s->file].records++;
	if (n > s->largest)
		s->largest = n;
	return 0;
}

static int read_source(const struct source *from, struct store_shape *shape,
                       int (*each)(void *ctx, enum record_kind kind, const uint8_t *sealed,
                                   size_t n),
                       void *ctx, struct err *err)
{
	if (!from->backup)
		return store_read(from->path, shape, each, ctx, err);
	return store_read_image(from->image.data, from->image.len, shape, each, ctx, err);
}

static int check_shape(const struct store_shape *shape, const struct open_key *k,
                       const uint8_t digest[RECORD_DIGEST], const char *path, struct err *err)
{
	const char *round = open_key_public(k)->round;

	if (strcmp(shape->round, round) != 0)
		return err_set(err, ERR_INPUT, "%s: a store of another round, %s, not of %s", path,
		               shape->round, round);
	if (memcmp(shape->key, open_key_digest(k), RECORD_DIGEST) != 0)
		return err_set(err, ERR_INPUT, "%s: a store of other keys than those of round %s",
		               path, round);
	if (memcmp(shape->form, digest, RECORD_DIGEST) != 0)
		return err_set(err, ERR_INPUT, "%s: a store of another questionnaire", path);
	return 0;
}

static int scan_one(struct open_scan *s, const struct open_key *k,
                    const uint8_t digest[RECORD_DIGEST], struct err *err)
{
	struct source *from = &s->list[s->file];
	struct store_shape shape = {0};
	int status;

	if (is_backup(&from->backup, from->path, err) != 0 ||
	    (from->backup && open_backup(&from->image, k, from->path, err) != 0))
		return -1;
	status = read_source(from, &shape, note, s, err);
	if (s->nomem)
		return err_nomem(err);
	if (status != 0)
		return from->backup ? err_prefix(err, "%s", from->path) : -1;
	return check_shape(&shape, k, digest, from->path, err);
}

static int by_digest(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;
	int order = memcmp(x->digest, y->digest, DIGEST);

	return order != 0 ? order : x->index < y->index ? -1 : x->index > y->index;
}

/* Half of the records of one file in another: not by chance, and hardly by somebody's doing. */
static int check_shared(const struct open_scan *s, const size_t *shared, struct err *err)
{
	for (size_t a = 0; a < s->n; a++)
		for (size_t b = a + 1; b < s->n; b++) {
			size_t x = s->list[a].records, y = s->list[b].records;

			if (shared[a * s->n + b] == 0 || 2 * shared[a * s->n + b] < (x < y ? x : y))
				continue;
			return err_set(err, ERR_INPUT,
			               "%s and %s: the same records are in both: a backup is not "
			               "counted together with its store or its successor",
			               s->list[a].path, s->list[b].path);
		}
	return 0;
}

/* Mark every record but the first of its kind. */
static int mark_twice(struct open_scan *s, struct err *err)
{
	size_t *shared = calloc(s->n * s->n + 1, sizeof(*shared));
	int status;

	s->skip = calloc(s->records + 1, sizeof(*s->skip));
	if (s->skip == NULL || shared == NULL) {
		free(shared);
		return err_nomem(err);
	}
	if (s->records > 0)
		qsort(s->seen, s->records, sizeof(*s->seen), by_digest);
	for (size_t i = 1; i < s->records; i++) {
		const struct seen *a = &s->seen[i - 1], *b = &s->seen[i];

		if (memcmp(a->digest, b->digest, DIGEST) != 0)
			continue;
		s->skip[b->index] = true;
		s->twice[b->kind]++;
		if (a->file != b->file)
			shared[a->file * s->n + b->file]++;
	}
	status = check_shared(s, shared, err);
	free(shared);
	return status;
}

int open_scan_create(struct open_scan **out, const struct open_key *k,
                     const uint8_t digest[RECORD_DIGEST], char *const *files, size_t n,
                     struct err *err)
{
	struct open_scan *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return err_nomem(err);
	s->list = calloc(n + 1, sizeof(*s->list));
	if (s->list == NULL) {
		err_nomem(err);
		goto fail;
	}
	s->n = n;
	randombytes_buf(s->key, sizeof(s->key));
	s->largest = SEAL_OVERHEAD + 1;
	for (size_t i = 0; i < n; i++) {
		s->file = (uint32_t)i;
		s->list[i].path = files[i];
		if (scan_one(s, k, digest, err) != 0)
			goto fail;
	}
	if (mark_twice(s, err) != 0)
		goto fail;
	free(s->seen);
	s->seen = NULL;
	*out = s;
	return 0;
fail:
	open_scan_free(s);
	return -1;
}

void open_scan_free(struct open_scan *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->n; i++)
		buf_finish(&s->list[i].image);
	free(s->list);
	free(s->seen);
	free(s->skip);
	free(s);
}

size_t open_scan_records(const struct open_scan *s)
{
	size_t n = s->records;

	for (int kind = 0; kind < RECORD_KINDS; kind++)
		n -= s->twice[kind];
	return n;
}

size_t open_scan_twice(const struct open_scan *s, enum record_kind kind)
{
	return s->twice[kind];
}

size_t open_scan_largest(const struct open_scan *s)
{
	return s->largest;
}

/* The second reading: the records come in the order of the first. */
struct reading {
	const struct open_scan *scan;
	size_t index;
	int (*each)(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n);
	void *ctx;
};

static int pass_on(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n)
{
	struct reading *r = ctx;
	size_t index = r->index++;

	if (index < r->scan->records && r->scan->skip[index])
		return 0;
	return r->each(r->ctx, kind, sealed, n);
}

int open_scan_each(struct open_scan *s,
                   int (*each)(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n),
                   void *ctx, struct err *err)
{
	struct reading reading = {s, 0, each, ctx};

	for (size_t i = 0; i < s->n; i++) {
		struct store_shape shape = {0};
		int status = read_source(&s->list[i], &shape, pass_on, &reading, err);

		if (status != 0)
			return status;
	}
	return 0;
}
