/*
 * fuzz_record.c - the plaintext of a record: what is read is written as the same bytes. The first
 * byte of the input is the kind; with its high bit the rest is the plaintext as it is, else the
 * JSON in it, which gets its frame here.
 */
#include "lib/record/encode.h"
#include "tests/fuzz/fuzz.h"

static const uint8_t digest[RECORD_DIGEST];

static void frame(struct buf *out, enum record_kind kind, const uint8_t *json, size_t n)
{
	static const uint8_t zeros[64];
	uint8_t head[2] = {RECORD_VERSION, (uint8_t)kind};

	buf_put(out, head, sizeof head);
	buf_put(out, digest, sizeof digest);
	buf_put(out, json, n);
	buf_putc(out, (char)0x80);
	buf_put(out, zeros, n % sizeof zeros);
}

static void read_core(const struct buf *plain)
{
	struct answers *a = NULL;
	struct buf again = {0};
	struct err err;

	if (encode_read_core(&a, plain->data, plain->len, digest, &err) != 0) {
		assert(fuzz_refused(&err));
		return;
	}
	fuzz_taken = true;
	assert(encode_core(&again, a, digest, plain->len, &err) == 0);
	assert(again.len == plain->len && memcmp(again.data, plain->data, again.len) == 0);
	answers_free(a);
	buf_finish(&again);
}

static void read_text(const struct buf *plain, enum record_kind kind)
{
	struct record_text t;
	struct buf again = {0};
	struct err err;

	if (encode_read_text(&t, kind, plain->data, plain->len, digest, &err) != 0) {
		assert(fuzz_refused(&err));
		return;
	}
	fuzz_taken = true;
	assert(encode_text(&again, &t, kind, digest, plain->len, &err) == 0);
	assert(again.len == plain->len && memcmp(again.data, plain->data, again.len) == 0);
	record_text_finish(&t);
	buf_finish(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	enum record_kind kind;
	struct buf plain = {0};

	if (n == 0)
		return 0;
	kind = (enum record_kind)((data[0] & 0x7f) % RECORD_KINDS);
	if (data[0] & 0x80)
		buf_put(&plain, data + 1, n - 1);
	else
		frame(&plain, kind, data + 1, n - 1);
	assert(!plain.failed);
	if (kind == RECORD_CORE)
		read_core(&plain);
	else
		read_text(&plain, kind);
	buf_finish(&plain);
	return 0;
}
