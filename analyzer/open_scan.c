/*
 * open_scan.c - before anything is opened: are these files stores of this round, and is nobody
 * counted twice?
 *
 * Enters: paths of stores and backups. Leaves: their sealed records, one by one. A sealed record
 * begins with an ephemeral public key that is never used again, so two records that begin alike
 * are one record twice: a backup beside its store or its successor, or a row that was copied.
 */
#include "analyzer/open_scan.h"
#include "lib/record/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { START = 16 };

struct seen {
	uint8_t start[START]; /* of a sealed record */
	uint32_t file;
};

struct source {
	char *path;       /* borrowed */
	bool backup;
	struct buf image; /* of a backup */
};

struct open_scan {
	struct source *list;
	size_t n, largest;
	struct seen *seen;
	size_t records, cap;
	uint32_t file; /* being scanned */
	bool nomem;
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

	(void)kind;
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
	memset(&s->seen[s->records], 0, sizeof(*s->seen));
	memcpy(s->seen[s->records].start, sealed, n < START ? n : START);
	s->seen[s->records++].file = s->file;
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

static int by_start(const void *a, const void *b)
{
	return memcmp(((const struct seen *)a)->start, ((const struct seen *)b)->start, START);
}

static int check_twice(struct open_scan *s, struct err *err)
{
	if (s->records > 0)
		qsort(s->seen, s->records, sizeof(*s->seen), by_start);
	for (size_t i = 1; i < s->records; i++) {
		const struct seen *a = &s->seen[i - 1], *b = &s->seen[i];

		if (by_start(a, b) != 0)
			continue;
		if (a->file == b->file)
			return err_set(err, ERR_INPUT, "%s: the same record is in it twice",
			               s->list[a->file].path);
		return err_set(err, ERR_INPUT,
		               "%s and %s: the same record is in both: a backup is not counted "
		               "together with its store or its successor",
		               s->list[a->file < b->file ? a->file : b->file].path,
		               s->list[a->file < b->file ? b->file : a->file].path);
	}
	return 0;
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
	s->largest = SEAL_OVERHEAD + 1;
	for (size_t i = 0; i < n; i++) {
		s->file = (uint32_t)i;
		s->list[i].path = files[i];
		if (scan_one(s, k, digest, err) != 0)
			goto fail;
	}
	if (check_twice(s, err) != 0)
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
	free(s);
}

size_t open_scan_records(const struct open_scan *s)
{
	return s->records;
}

size_t open_scan_largest(const struct open_scan *s)
{
	return s->largest;
}

int open_scan_each(struct open_scan *s,
                   int (*each)(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n),
                   void *ctx, struct err *err)
{
	for (size_t i = 0; i < s->n; i++) {
		struct store_shape shape = {0};
		int status = read_source(&s->list[i], &shape, each, ctx, err);

		if (status != 0)
			return status;
	}
	return 0;
}
