/*
 * open_backup.c - decrypting a backup of a round's store.
 *
 * Enters: a file that store_backup() wrote. Leaves: the image of the store's database, whose
 * records are still sealed. The format is specified in survey-record(5):
 *
 *   magic | digest of public.key (32) | size of the image (8, big-endian)
 *   | sealed key of the stream | header of the stream | chunks of at most 64 KiB, each encrypted
 *
 * The stream is libsodium's secretstream; everything before the sealed key is bound to every
 * chunk, and the last chunk is marked, so that no change and no cut goes unseen.
 */
#include "analyzer/open.h"
#include "lib/record/store.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	CHUNK = 65536,
	MAGIC = sizeof(STORE_BACKUP_MAGIC) - 1,
	PREFIX = MAGIC + RECORD_DIGEST + 8,
	STREAM_KEY = crypto_secretstream_xchacha20poly1305_KEYBYTES,
	STREAM_HEADER = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
	STREAM_MORE = crypto_secretstream_xchacha20poly1305_ABYTES,
};

struct backup {
	FILE *file;
	const char *path;
	uint64_t size; /* of the image */
	uint8_t prefix[PREFIX], sealed[STREAM_KEY + SEAL_OVERHEAD], header[STREAM_HEADER];
	uint8_t chunk[CHUNK + STREAM_MORE];
	crypto_secretstream_xchacha20poly1305_state state;
};

static int damaged(const struct backup *b, struct err *err)
{
	return err_set(err, ERR_CRYPTO, "%s: the backup is damaged or cut short", b->path);
}

static int take(struct backup *b, void *out, size_t n, struct err *err)
{
	if (fread(out, 1, n, b->file) == n)
		return 0;
	if (ferror(b->file))
		return err_set(err, ERR_IO, "%s: %s", b->path, strerror(errno));
	return damaged(b, err);
}

/* Everything before the chunks. */
static int start(struct backup *b, const struct open_key *k, struct err *err)
{
	uint8_t *secret;
	int status = 0;

	if (take(b, b->prefix, PREFIX, err) != 0)
		return -1;
	if (memcmp(b->prefix, STORE_BACKUP_MAGIC, MAGIC) != 0)
		return err_set(err, ERR_CRYPTO, "%s: not a backup of a store", b->path);
	if (memcmp(b->prefix + MAGIC, open_key_digest(k), RECORD_DIGEST) != 0)
		return err_set(err, ERR_CRYPTO, "%s: a backup of another round, not of %s", b->path,
		               open_key_public(k)->round);
	for (size_t i = PREFIX - 8; i < PREFIX; i++)
		b->size = b->size << 8 | b->prefix[i];
	if (take(b, b->sealed, sizeof(b->sealed), err) != 0 ||
	    take(b, b->header, sizeof(b->header), err) != 0)
		return -1;
	secret = sodium_malloc(STREAM_KEY);
	if (secret == NULL)
		return err_nomem(err);
	if (open_record(k, secret, b->sealed, sizeof(b->sealed), err) != 0 ||
	    crypto_secretstream_xchacha20poly1305_init_pull(&b->state, b->header, secret) != 0)
		status = damaged(b, err);
	sodium_free(secret);
	return status;
}

static int pull(struct buf *out, struct backup *b, size_t n, bool last, struct err *err)
{
	unsigned char tag, want = last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0;
	uint8_t *room = buf_room(out, n);

	if (room == NULL)
		return err_nomem(err);
	if (take(b, b->chunk, n + STREAM_MORE, err) != 0)
		return -1;
	if (crypto_secretstream_xchacha20poly1305_pull(&b->state, room, NULL, &tag, b->chunk,
	                                               n + STREAM_MORE, b->prefix, PREFIX) != 0 ||
	    tag != want)
		return damaged(b, err);
	out->len += n;
	return 0;
}

int open_backup(struct buf *out, const struct open_key *k, const char *path, struct err *err)
{
	struct backup *b = calloc(1, sizeof(*b));
	size_t before = out->len;
	int status = -1;

	if (b == NULL)
		return err_nomem(err);
	b->path = path;
	b->file = fopen(path, "rbe");
	if (b->file == NULL) {
		err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
		goto out;
	}
	if (start(b, k, err) != 0)
		goto out;
	for (uint64_t at = 0; at < b->size; at += CHUNK) {
		size_t n = b->size - at < CHUNK ? (size_t)(b->size - at) : CHUNK;

		if (pull(out, b, n, at + n == b->size, err) != 0)
			goto out;
	}
	if (b->size == 0 || fgetc(b->file) != EOF) {
		damaged(b, err);
		goto out;
	}
	status = 0;
out:
	if (status != 0)
		out->len = before;
	if (b->file != NULL)
		fclose(b->file);
	sodium_memzero(b, sizeof(*b));
	free(b);
	return status;
}
