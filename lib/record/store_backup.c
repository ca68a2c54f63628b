/*
 * store_backup.c - the whole store encrypted to the round's key. In: an open store. Out: the bytes
 * of a backup, specified in survey-record(5): libsodium's secretstream under a random key that is
 * sealed to the custodians. What is copied is the file itself, through the descriptor with its lock.
 */
#include "lib/record/store_inner.h"

#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	CHUNK = 65536,
	MAGIC = sizeof STORE_BACKUP_MAGIC - 1,
	PREFIX = MAGIC + RECORD_DIGEST + 8,
	STREAM_KEY = crypto_secretstream_xchacha20poly1305_KEYBYTES,
	STREAM_HEADER = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
	STREAM_MORE = crypto_secretstream_xchacha20poly1305_ABYTES,
};

struct backup {
	int fd;
	uint8_t prefix[PREFIX];
	crypto_secretstream_xchacha20poly1305_state state;
	uint8_t chunk[CHUNK], sealed[CHUNK + STREAM_MORE];
};

static int put_bytes(struct backup *b, const void *bytes, size_t n, struct err *err)
{
	const uint8_t *from = bytes;

	while (n > 0) {
		ssize_t put = write(b->fd, from, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return err_set(err, ERR_IO, "%s", strerror(errno));
		from += put;
		n -= (size_t)put;
	}
	return 0;
}

/* Everything before the chunks. */
static int put_start(struct backup *b, const struct seal_key *key, struct err *err)
{
	uint8_t secret[STREAM_KEY], sealed[STREAM_KEY + crypto_box_SEALBYTES];
	uint8_t header[STREAM_HEADER];
	int status = -1;

	crypto_secretstream_xchacha20poly1305_keygen(secret);
	if (crypto_box_seal(sealed, secret, sizeof secret, key->box) != 0 ||
	    crypto_secretstream_xchacha20poly1305_init_push(&b->state, header, secret) != 0)
		err_set(err, ERR_CRYPTO, "the round's public key cannot be sealed to");
	else if (put_bytes(b, b->prefix, PREFIX, err) == 0 &&
		 put_bytes(b, sealed, sizeof sealed, err) == 0 &&
		 put_bytes(b, header, sizeof header, err) == 0)
		status = 0;
	sodium_memzero(secret, sizeof secret);
	return status;
}

static int read_chunk(struct backup *b, const struct store *s, size_t n, off_t at, struct err *err)
{
	size_t have = 0;

	while (have < n) {
		ssize_t got = pread(s->file.fd, b->chunk + have, n - have, at + (off_t)have);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return err_set(err, ERR_IO, "%s: %s", s->file.path,
				got < 0 ? strerror(errno) : "has become shorter");
		have += (size_t)got;
	}
	return 0;
}

static int put_image(struct backup *b, const struct store *s, off_t size, struct err *err)
{
	unsigned char tag = 0;

	for (off_t at = 0; at < size; at += CHUNK) {
		size_t n = size - at < CHUNK ? (size_t)(size - at) : CHUNK;

		if (read_chunk(b, s, n, at, err) != 0)
			return -1;
		if (at + (off_t)n == size)
			tag = crypto_secretstream_xchacha20poly1305_TAG_FINAL;
		crypto_secretstream_xchacha20poly1305_push(&b->state, b->sealed, NULL, b->chunk, n,
			b->prefix, PREFIX, tag);
		if (put_bytes(b, b->sealed, n + STREAM_MORE, err) != 0)
			return -1;
	}
	return 0;
}

/* The key that is given must be the one whose digest the store's header has. */
static int check_key(const struct store *s, const struct seal_key *key, struct err *err)
{
	uint8_t digest[RECORD_DIGEST];
	struct buf text = {0};
	int status = 0;

	seal_key_write(&text, key);
	if (text.failed)
		return err_nomem(err);
	seal_digest(digest, text.data, text.len);
	if (memcmp(digest, s->header.shape.key, RECORD_DIGEST) != 0)
		status = err_set(err, ERR_INPUT, "%s: belongs to another public key", s->file.path);
	buf_finish(&text);
	return status;
}

static int put_all(struct backup *b, const struct store *s, const struct seal_key *key,
	struct err *err)
{
	struct stat about;

	if (fstat(s->file.fd, &about) != 0)
		return err_set(err, ERR_IO, "%s: %s", s->file.path, strerror(errno));
	memcpy(b->prefix, STORE_BACKUP_MAGIC, MAGIC);
	memcpy(b->prefix + MAGIC, s->header.shape.key, RECORD_DIGEST);
	for (int i = 0; i < 8; i++)
		b->prefix[PREFIX - 1 - i] = (uint8_t)((uint64_t)about.st_size >> 8 * i);
	if (put_start(b, key, err) != 0 || put_image(b, s, about.st_size, err) != 0)
		return -1;
	if (fsync(b->fd) != 0)
		return err_set(err, ERR_IO, "fsync: %s", strerror(errno));
	return 0;
}

int store_backup(struct store *s, const struct seal_key *key, int fd, struct err *err)
{
	struct backup *b = NULL;
	int status;

	if (store_inner_usable(s, err) != 0 || check_key(s, key, err) != 0)
		return -1;
	assert(!s->writing);
	b = calloc(1, sizeof *b);
	if (b == NULL)
		return err_nomem(err);
	b->fd = fd;
	status = put_all(b, s, key, err);
	sodium_memzero(b, sizeof *b);
	free(b);
	return status;
}
