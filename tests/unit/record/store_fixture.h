/* store_fixture.h - what the tests of the store share: a folder, a shape, submissions, bytes. */
#ifndef TEST_STORE_FIXTURE_H
#define TEST_STORE_FIXTURE_H

#include "lib/base/file.h"
#include "lib/record/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
	char folder[64], path[96], other[96];
	struct seal_key key;
	uint8_t secret[32];
	struct store_shape shape;
};

/* A submission with records of random bytes, as sealed ones look. */
struct sample {
	uint8_t *bytes[RECORD_KINDS];
	struct store_submission sub;
};

static inline int fixture_setup(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	struct buf text = {0};

	strcpy(f->folder, "/tmp/test-store-XXXXXX");
	if (mkdtemp(f->folder) == NULL)
		return -1;
	snprintf(f->path, sizeof f->path, "%s/responses.db", f->folder);
	snprintf(f->other, sizeof f->other, "%s/other", f->folder);
	f->key = (struct seal_key){.round = "2020-04", .custodians = 3, .quorum = 2};
	crypto_box_keypair(f->key.box, f->secret);
	seal_key_write(&text, &f->key);
	f->shape = (struct store_shape){.round = "2020-04", .each = {1, 3, 2}};
	seal_digest(f->shape.key, text.data, text.len);
	seal_digest(f->shape.form, "form", 4);
	f->shape.size[RECORD_CORE] = encode_size(700) + SEAL_OVERHEAD;
	f->shape.size[RECORD_SHORT] = encode_size(200) + SEAL_OVERHEAD;
	f->shape.size[RECORD_LONG] = encode_size(1500) + SEAL_OVERHEAD;
	buf_finish(&text);
	*state = f;
	return 0;
}

static inline int fixture_teardown(void **state)
{
	struct fixture *f = *state;
	DIR *folder = opendir(f->folder);
	struct dirent *entry;
	char name[400];

	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		snprintf(name, sizeof name, "%s/%s", f->folder, entry->d_name);
		unlink(name);
	}
	if (folder != NULL)
		closedir(folder);
	rmdir(f->folder);
	free(f);
	return 0;
}

/* Files in the folder. */
static inline size_t fixture_files(const struct fixture *f)
{
	DIR *folder = opendir(f->folder);
	struct dirent *entry;
	size_t n = 0;

	while ((entry = readdir(folder)) != NULL)
		n += entry->d_name[0] != '.';
	closedir(folder);
	return n;
}

#define OK(call) \
	do { \
		if ((call) != 0) \
			fail_msg("%s: %s", #call, err.msg); \
	} while (0)

static inline struct store *fixture_store(const struct fixture *f, size_t submissions)
{
	struct store *s = NULL;
	struct err err;

	OK(store_create(f->path, &f->shape, submissions, &err));
	OK(store_open(&s, f->path, &f->shape, &err));
	return s;
}

static inline struct store *fixture_open(const struct fixture *f)
{
	struct store *s = NULL;
	struct err err;

	OK(store_open(&s, f->path, &f->shape, &err));
	return s;
}

static inline void sample_init(struct sample *m, const struct fixture *f)
{
	randombytes_buf(m->sub.receipt, STORE_RECEIPT);
	for (int k = 0; k < RECORD_KINDS; k++) {
		size_t n = f->shape.size[k] * f->shape.each[k];

		m->bytes[k] = n > 0 ? malloc(n) : NULL;
		if (n > 0)
			randombytes_buf(m->bytes[k], n);
		m->sub.records[k] = m->bytes[k];
	}
}

static inline void sample_finish(struct sample *m)
{
	for (int k = 0; k < RECORD_KINDS; k++)
		free(m->bytes[k]);
}

static inline struct sample *samples_create(const struct fixture *f, size_t n)
{
	struct sample *m = calloc(n, sizeof *m);

	for (size_t i = 0; i < n; i++)
		sample_init(&m[i], f);
	return m;
}

static inline void samples_free(struct sample *m, size_t n)
{
	for (size_t i = 0; i < n; i++)
		sample_finish(&m[i]);
	free(m);
}

/* Put `n` submissions as one group; how many were known already. */
static inline size_t put_group(struct store *s, const struct sample *m, size_t n)
{
	struct err err;
	size_t count = 0;
	bool known;

	OK(store_begin(s, &err));
	for (size_t i = 0; i < n; i++) {
		OK(store_put(s, &m[i].sub, &known, &err));
		count += known;
	}
	OK(store_commit(s, &err));
	return count;
}

static inline struct buf read_bytes(const char *path)
{
	struct buf bytes = {0};
	struct err err;

	OK(file_read(&bytes, path, 1 << 30, &err));
	return bytes;
}

/* Where a record's bytes are in the file; -1: nowhere. Long records run over several pages. */
static inline long find_bytes(const struct buf *file, const void *bytes, size_t n)
{
	const char *at = memmem(file->data, file->len, bytes, n < 200 ? n : 200);

	return at == NULL ? -1 : (long)(at - file->data);
}

/* Is every record of the submission in the file (`all`), or at least one of them? */
static inline bool sample_in(const struct fixture *f, const struct buf *file,
	const struct sample *m, bool all)
{
	size_t found = 0, total = 0;

	for (int k = 0; k < RECORD_KINDS; k++)
		for (size_t i = 0; i < f->shape.each[k]; i++, total++)
			if (find_bytes(file, m->bytes[k] + i * f->shape.size[k],
				    f->shape.size[k]) >= 0)
				found++;
	return all ? found == total : found > 0;
}

#endif
