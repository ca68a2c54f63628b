/*
 * fuzz_store.c - the image of a store, changed: refused, or read as far as it goes. The input's
 * first byte says how many pages are cut off, (high bit) that the header's hash is made right again,
 * so that what is behind it is reached, and (the next) that it is the store with deeper trees; then
 * what is changed, as in fuzz_store.h.
 */
#include "tests/fuzz/fuzz_store.h"

/* survey-record(5), the header of a store */
enum { HEADER_HASHED = 224 };
static const char domain[] = "peer-survey header 1\n";
static const char magic[] = "peer-survey store\n";

static struct buf images[2];

static void make_image(struct buf *image, bool deep)
{
	struct seal_key key = {.round = "2020-04", .custodians = 3, .quorum = 2};
	char path[] = "/tmp/peer-survey-fuzz-XXXXXX";
	struct err err;
	int fd = mkstemp(path);

	assert(fd >= 0 && close(fd) == 0 && unlink(path) == 0);
	store_free(fuzz_store(path, &key, deep));
	assert(file_read(image, path, 1 << 24, &err) == 0 && unlink(path) == 0);
}

static void mend(struct buf *bytes)
{
	uint8_t *at = memmem(bytes->data, bytes->len, magic, sizeof magic - 1);
	crypto_generichash_state state;

	if (at == NULL || bytes->data + bytes->len - (char *)at < HEADER_HASHED + RECORD_DIGEST)
		return;
	crypto_generichash_init(&state, NULL, 0, RECORD_DIGEST);
	crypto_generichash_update(&state, (const uint8_t *)domain, sizeof domain - 1);
	crypto_generichash_update(&state, at, HEADER_HASHED);
	crypto_generichash_final(&state, at + HEADER_HASHED, RECORD_DIGEST);
}

static int take(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n)
{
	uint8_t digest[RECORD_DIGEST];

	assert(kind < RECORD_KINDS);
	seal_digest(digest, sealed, n); /* reads every byte */
	return ++*(size_t *)ctx > 1000;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const struct buf *image;
	struct buf bytes = {0};
	struct store_shape shape;
	struct err err = {0};
	size_t records = 0;
	int status;

	if (images[0].data == NULL) {
		fuzz_random_start();
		make_image(&images[0], false);
		make_image(&images[1], true);
	}
	image = &images[n > 0 && (data[0] & 0x40) != 0];
	buf_put(&bytes, image->data, image->len);
	if (n > 0) {
		fuzz_change(&bytes, data + 1, n - 1);
		if (data[0] & 0x80)
			mend(&bytes);
		bytes.len -= (data[0] & 0x3f) % (bytes.len / STORE_PAGE + 1) * STORE_PAGE;
	}
	status = store_read_image(bytes.data, bytes.len, &shape, take, &records, &err);
	fuzz_taken = status >= 0;
	if (status < 0)
		assert(err.code != ERR_NOMEM && fuzz_line(err.msg));
	else
		assert(shape.round[0] != '\0' && memchr(shape.round, '\0', sizeof shape.round));
	buf_finish(&bytes);
	return 0;
}
