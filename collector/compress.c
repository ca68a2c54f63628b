/*
 * compress.c - text -> gzip (RFC 1952), in two parts with room between them. The only owner of
 * zlib.h.
 *
 *     header | deflated front, full flush | stored block with the bytes | deflated rest | CRC, length
 *
 * A full flush ends on a byte and forgets what was before, so that a stored block (RFC 1951, 3.2.4)
 * and a stream of its own can follow. The check sum of the whole is put together from those of the
 * three parts (crc32_combine).
 */
#include "collector/compress.h"

#include <assert.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { RAW = -15, MEMORY = 9, STORED_MOST = 65535 };

struct compress {
	struct buf front, rest; /* deflated */
	uLong front_crc, rest_crc;
	size_t front_n, rest_n, size;
};

/* Deflate without a header, ended by `flush`. */
static int deflate_part(struct buf *out, const char *text, size_t n, int flush, struct err *err)
{
	z_stream z = {0};
	size_t room;
	int status;

	if (n > INT_MAX / 2)
		return err_set(err, ERR_INPUT, "a page is too long to be compressed");
	if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, RAW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
		return err_nomem(err);
	room = deflateBound(&z, n) + 16; /* a flush is 5 bytes at most */
	z.next_in = (Bytef *)text;
	z.avail_in = (uInt)n;
	z.next_out = buf_room(out, room);
	z.avail_out = (uInt)room;
	status = z.next_out != NULL ? deflate(&z, flush) : Z_MEM_ERROR;
	if (status >= 0)
		out->len += room - z.avail_out;
	deflateEnd(&z);
	/* the room is enough: all is written, or memory ran out */
	return status == (flush == Z_FINISH ? Z_STREAM_END : Z_OK) && z.avail_in == 0
	       ? 0 : err_nomem(err);
}

int compress_create(struct compress **out, const char *text, size_t n, size_t at, size_t size,
                    struct err *err)
{
	struct compress *c = calloc(1, sizeof *c);
	const char *rest = text + at + size;

	assert(at + size <= n && size <= STORED_MOST);
	if (c == NULL)
		return err_nomem(err);
	c->size = size;
	c->front_n = at;
	c->rest_n = n - at - size;
	c->front_crc = crc32(0, (const Bytef *)text, (uInt)c->front_n);
	c->rest_crc = crc32(0, (const Bytef *)rest, (uInt)c->rest_n);
	if (deflate_part(&c->front, text, c->front_n, Z_FULL_FLUSH, err) != 0 ||
	    deflate_part(&c->rest, rest, c->rest_n, Z_FINISH, err) != 0) {
		compress_free(c);
		return -1;
	}
	*out = c;
	return 0;
}

void compress_free(struct compress *c)
{
	if (c == NULL)
		return;
	buf_finish(&c->front);
	buf_finish(&c->rest);
	free(c);
}

/* `n` bytes of a number, the lowest first, as both formats have it. */
static void put_number(struct buf *out, unsigned long x, int n)
{
	for (int i = 0; i < n; i++)
		buf_putc(out, (char)(x >> 8 * i & 0xff));
}

void compress_put(struct buf *out, const struct compress *c, const char *bytes)
{
	/* deflate; no flags, no time, made for the most compression, on an unknown system */
	static const unsigned char header[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255};
	uLong crc = c->front_crc;

	buf_put(out, header, sizeof header);
	buf_put(out, c->front.data, c->front.len);
	if (c->size > 0) {
		buf_putc(out, 0); /* not the last block; stored */
		put_number(out, (unsigned long)c->size, 2);
		put_number(out, ~(unsigned long)c->size, 2);
		buf_put(out, bytes, c->size);
		crc = crc32_combine(crc, crc32(0, (const Bytef *)bytes, (uInt)c->size),
			(z_off_t)c->size);
	}
	buf_put(out, c->rest.data, c->rest.len);
	crc = crc32_combine(crc, c->rest_crc, (z_off_t)c->rest_n);
	put_number(out, crc, 4);
	put_number(out, (unsigned long)(c->front_n + c->size + c->rest_n), 4);
}
