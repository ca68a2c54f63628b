/*
 * store_header.c - header <-> bytes, as survey-record(5) lays them out. The size never changes, so
 * that the file's size says nothing but its capacity; a hash at the end finds damage.
 */
#include "lib/record/store_header.h"

#include "lib/record/store_row.h"

#include <sodium.h>
#include <string.h>

enum {
	AT_VERSION = 18,
	AT_CLOSED = 19,
	AT_ROUND = 20,
	AT_KEY = 52,
	AT_FORM = 84,
	AT_SIZE = 116,
	AT_EACH = 128,
	AT_ROWS = 140,
	AT_END = 152,
	AT_HASH = 224,
	RECORD_MAX = (1 << 20) + SEAL_OVERHEAD,
	EACH_MAX = 65535,
};

static const char magic[] = "peer-survey store\n";
static const char domain[] = "peer-survey header 1\n";

_Static_assert(sizeof magic - 1 == AT_VERSION, "magic");

static void put_number(uint8_t *to, size_t v)
{
	for (int i = 3; i >= 0; i--, v >>= 8)
		to[i] = (uint8_t)v;
}

static size_t get_number(const uint8_t *from)
{
	return (size_t)from[0] << 24 | (size_t)from[1] << 16 | (size_t)from[2] << 8 | from[3];
}

static void hash(uint8_t out[RECORD_DIGEST], const uint8_t bytes[AT_HASH])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, RECORD_DIGEST);
	crypto_generichash_update(&state, (const uint8_t *)domain, sizeof domain - 1);
	crypto_generichash_update(&state, bytes, AT_HASH);
	crypto_generichash_final(&state, out, RECORD_DIGEST);
}

bool store_header_valid(const struct store_header *h)
{
	const struct store_shape *s = &h->shape;

	if (s->each[RECORD_CORE] != 1 || s->round[0] == '\0' ||
	    memchr(s->round, '\0', sizeof s->round) == NULL)
		return false;
	for (int k = 0; k < RECORD_KINDS; k++) {
		if (s->each[k] > EACH_MAX || s->size[k] > RECORD_MAX ||
		    h->rows[k] > STORE_SLOTS_MAX)
			return false;
		if (s->each[k] > 0 && s->size[k] <= SEAL_OVERHEAD + RECORD_HEADER)
			return false;
		if (s->each[k] == 0 && h->rows[k] != 0)
			return false;
		if (!s->closed && h->rows[k] != h->rows[RECORD_CORE] * s->each[k])
			return false;
	}
	return true;
}

void store_header_write(uint8_t out[STORE_HEADER], const struct store_header *h)
{
	memset(out, 0, STORE_HEADER);
	memcpy(out, magic, AT_VERSION);
	out[AT_VERSION] = STORE_VERSION;
	out[AT_CLOSED] = h->shape.closed;
	memcpy(out + AT_ROUND, h->shape.round, strlen(h->shape.round));
	memcpy(out + AT_KEY, h->shape.key, RECORD_DIGEST);
	memcpy(out + AT_FORM, h->shape.form, RECORD_DIGEST);
	for (int k = 0; k < RECORD_KINDS; k++) {
		put_number(out + AT_SIZE + 4 * k, h->shape.size[k]);
		put_number(out + AT_EACH + 4 * k, h->shape.each[k]);
		put_number(out + AT_ROWS + 4 * k, h->rows[k]);
	}
	hash(out + AT_HASH, out);
}

int store_header_read(struct store_header *h, const uint8_t *bytes, size_t n, const char *path,
	struct err *err)
{
	struct store_header read = {0};
	uint8_t again[STORE_HEADER];

	if (n != STORE_HEADER || memcmp(bytes, magic, AT_VERSION) != 0)
		return err_set(err, ERR_INPUT, "%s: damaged: not a store's header", path);
	if (bytes[AT_VERSION] != STORE_VERSION)
		return err_set(err, ERR_INPUT, "%s: version %u of the store is unknown", path,
			bytes[AT_VERSION]);
	read.shape.closed = bytes[AT_CLOSED] != 0;
	memcpy(read.shape.round, bytes + AT_ROUND, sizeof read.shape.round - 1);
	memcpy(read.shape.key, bytes + AT_KEY, RECORD_DIGEST);
	memcpy(read.shape.form, bytes + AT_FORM, RECORD_DIGEST);
	for (int k = 0; k < RECORD_KINDS; k++) {
		read.shape.size[k] = get_number(bytes + AT_SIZE + 4 * k);
		read.shape.each[k] = get_number(bytes + AT_EACH + 4 * k);
		read.rows[k] = get_number(bytes + AT_ROWS + 4 * k);
	}
	/* one form: what is not written again as it was read is damage */
	store_header_write(again, &read);
	if (!store_header_valid(&read) || memcmp(again, bytes, STORE_HEADER) != 0)
		return err_set(err, ERR_INPUT, "%s: damaged: the header's hash is wrong", path);
	*h = read;
	return 0;
}

int store_header_expect(const struct store_shape *have, const struct store_shape *expected,
	const char *path, struct err *err)
{
	if (strcmp(have->round, expected->round) != 0)
		return err_set(err, ERR_INPUT, "%s: belongs to round \"%s\"", path, have->round);
	if (memcmp(have->key, expected->key, sizeof have->key) != 0)
		return err_set(err, ERR_INPUT, "%s: belongs to another public key", path);
	if (memcmp(have->form, expected->form, sizeof have->form) != 0)
		return err_set(err, ERR_INPUT, "%s: belongs to another questionnaire", path);
	for (int k = 0; k < RECORD_KINDS; k++)
		if (have->size[k] != expected->size[k] || have->each[k] != expected->each[k])
			return err_set(err, ERR_INPUT, "%s: has records of other sizes", path);
	return 0;
}
