/*
 * fuzz_backup.c - a backup, changed: refused unless it is the same bytes. The input's first two
 * bytes say how many are cut off at its end; then what is changed, as in fuzz_store.h.
 */
#include "analyzer/open.h"
#include "tests/backup.h"
#include "tests/fuzz/fuzz_store.h"

static struct buf backup, image;
static struct open_key *key;

static void make_key(struct seal_key *public)
{
	struct custodian_secret *secret = NULL;
	struct buf text = {0};
	struct err err;

	fuzz_random_start();
	assert(custodian_secret_create(&secret, &err) == 0);
	*public = (struct seal_key){.round = "2020-04", .custodians = 3, .quorum = 2};
	memcpy(public->box, secret->box_public, SEAL_KEY);
	memcpy(public->sign, secret->sign_public, SEAL_KEY);
	seal_key_write(&text, public);
	assert(open_key_create(&key, secret, fuzz_file(text.data, text.len), &err) == 0);
	buf_finish(&text);
}

static void make_backup(void)
{
	char folder[] = "/tmp/peer-survey-fuzz-XXXXXX", store[64], path[64];
	struct seal_key public;
	struct store *s;
	struct err err;

	make_key(&public);
	assert(mkdtemp(folder) != NULL);
	snprintf(store, sizeof store, "%s/store", folder);
	snprintf(path, sizeof path, "%s/backup", folder);
	s = fuzz_store(store, &public, false);
	assert(backup_to(s, &public, path, &err) == 0);
	store_free(s);
	assert(file_read(&backup, path, 1 << 24, &err) == 0 && open_backup(&image, key, path, &err) == 0);
	assert(unlink(store) == 0 && unlink(path) == 0 && rmdir(folder) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct buf bytes = {0}, out = {0};
	struct err err = {0};
	bool same;

	if (backup.data == NULL)
		make_backup();
	buf_put(&bytes, backup.data, backup.len);
	if (n >= 2) {
		fuzz_change(&bytes, data + 2, n - 2);
		bytes.len -= ((size_t)data[0] << 8 | data[1]) % (bytes.len + 1);
	}
	same = bytes.len == backup.len && memcmp(bytes.data, backup.data, bytes.len) == 0;
	fuzz_taken = same;
	if (open_backup(&out, key, fuzz_file(bytes.data, bytes.len), &err) == 0)
		assert(same && out.len == image.len && memcmp(out.data, image.data, out.len) == 0);
	else
		assert(!same && fuzz_refused(&err) && out.len == 0);
	buf_finish(&bytes);
	buf_finish(&out);
	return 0;
}
