/*
 * open_scan.c - are these files stores of this round, and is nobody counted twice?
 *
 * Enters: paths of stores and backups. Leaves: their sealed records, one by one. Most of
 * a file's again in another: a backup beside its store or its successor, which is refused, for what
 * was withdrawn in between would be counted. A few: a row that was copied, or what somebody sent
 * again under another number; that must not keep a round from being opened, and open_block.c counts
 * them once.
 *
 * Several files are compared before the first record is handed on. One has nothing to be compared
 * with and is read once: its reading is a good part of what opening costs beside X25519.
 */
#include "analyzer/open_scan.h"
#include "analyzer/open_seen.h"
#include "lib/record/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct source {
	char *path;       /* borrowed */
	bool backup;
	struct buf image; /* of a backup */
	size_t records;   /* where several are compared */
};

struct open_scan {
	const struct open_key *open;
	const uint8_t *digest; /* of the questionnaire */
	struct source *list;
	size_t n;
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

/* What a reading of one file hands on, and where. */
struct reading {
	struct open_scan *scan;
	struct source *from;
	uint32_t file;
	struct store_shape shape;
	bool checked;
	size_t *shared; /* by pair of files: records in both; NULL: hand on instead */
	struct open_seen *seen; /* where files are compared */
	int (*each)(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n);
	void *ctx;
	bool failed; /* here, not in the store's reading; err is set */
	struct err *err;
};

static int check_once(struct reading *r)
{
	if (r->checked)
		return 0;
	r->checked = true;
	return check_shape(&r->shape, r->scan->open, r->scan->digest, r->from->path, r->err);
}

/* Is it in another file, too? What it begins with tells, also of what will not open. */
static int compare(struct reading *r, const uint8_t *sealed, size_t n)
{
	struct open_seen_tag tag;
	uint32_t before;
	int seen;

	open_seen_tag(&tag, r->seen, sealed, n);
	seen = open_seen_add(r->seen, &before, &tag, r->file);
	if (seen < 0)
		return err_nomem(r->err);
	r->from->records++;
	if (seen && before != r->file)
		r->shared[before * r->scan->n + r->file]++;
	return 0;
}

static int pass_on(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n)
{
	struct reading *r = ctx;

	r->failed = true;
	if (check_once(r) != 0 || (r->shared != NULL && compare(r, sealed, n) != 0))
		return -1;
	r->failed = false;
	return r->shared != NULL ? 0 : r->each(r->ctx, kind, sealed, n);
}

static int read_all(struct open_scan *s, struct reading *r, struct err *err)
{
	int status = 0;

	r->scan = s;
	r->err = err;
	for (size_t i = 0; i < s->n && status == 0; i++) {
		r->from = &s->list[i];
		r->file = (uint32_t)i;
		r->checked = false;
		status = read_source(r->from, &r->shape, pass_on, r, err);
		if (status < 0 && r->from->backup && !r->failed)
			return err_prefix(err, "%s", r->from->path);
		if (status == 0)
			status = check_once(r);
	}
	return status;
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

static int compare_files(struct open_scan *s, struct err *err)
{
	struct reading reading = {.shared = calloc(s->n * s->n, sizeof(*reading.shared)),
		.seen = open_seen_create()};
	int status = -1;

	if (reading.shared == NULL || reading.seen == NULL)
		err_nomem(err);
	else
		status = read_all(s, &reading, err);
	if (status == 0)
		status = check_shared(s, reading.shared, err);
	open_seen_free(reading.seen);
	free(reading.shared);
	return status;
}

int open_scan_create(struct open_scan **out, const struct open_key *k,
                     const uint8_t digest[RECORD_DIGEST], char *const *files, size_t n,
                     struct err *err)
{
	struct open_scan *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return err_nomem(err);
	s->open = k;
	s->digest = digest;
	s->list = calloc(n + 1, sizeof(*s->list));
	if (s->list == NULL) {
		err_nomem(err);
		goto fail;
	}
	s->n = n;
	for (size_t i = 0; i < n; i++) {
		struct source *from = &s->list[i];

		from->path = files[i];
		if (is_backup(&from->backup, from->path, err) != 0 ||
		    (from->backup && open_backup(&from->image, k, from->path, err) != 0))
			goto fail;
	}
	if (n > 1 && compare_files(s, err) != 0)
		goto fail;
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
	free(s);
}

int open_scan_each(struct open_scan *s,
                   int (*each)(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n),
                   void *ctx, struct err *err)
{
	struct reading reading = {.each = each, .ctx = ctx};

	return read_all(s, &reading, err);
}
