/*
 * fixture.h - a study folder with a round of forms/sample.h's questionnaire, whose secret key the
 * test keeps: the collector itself cannot open what it seals.
 */
#ifndef TESTS_COLLECTOR_FIXTURE_H
#define TESTS_COLLECTOR_FIXTURE_H

#include "collector/round.h"
#include "forms/regions.h"
#include "lib/base/file.h"
#include "tests/unit/forms/sample.h"

#include <sodium.h>
#include <unistd.h>

struct fixture {
	char folder[64];
	uint8_t secret[crypto_box_SECRETKEYBYTES];
	struct round round;
};

static inline void write_file(const char *folder, const char *name, const void *bytes, size_t n)
{
	struct err err;
	char *path = file_join(folder, name, &err);

	if (path == NULL || file_replace(path, bytes, n, 0600, &err) != 0)
		fail_msg("%s", err.msg);
	free(path);
}

/* The sample, frozen for the round "one"; `country` is "keep" or "region". */
static inline void freeze(struct buf *out, const char *country, bool text_region)
{
	struct regions *regions;
	struct err err;

	assert_int_equal(regions_default(&regions, &err), 0);
	buf_put(out, SAMPLE, sizeof SAMPLE - 2);
	buf_printf(out, ",\"frozen\":{\"round\":\"one\",\"country\":\"%s\",\"text_region\":%s,"
		"\"demonstration\":false,\"regions\":", country, text_region ? "true" : "false");
	regions_write(out, regions);
	buf_puts(out, "}}");
	regions_free(regions);
}

static inline void fixture_init(struct fixture *f, const char *country, bool text_region)
{
	static const char study[] = "{\"format\":\"peer-survey-study\",\"version\":1,"
		"\"id\":\"sample\",\"title\":{\"en\":\"Sample\"},\"report_languages\":[\"en\"]}";
	struct seal_key key = {.round = "one", .custodians = 3, .quorum = 2};
	struct buf form = {0}, text = {0};
	char rounds[128], round[128];
	struct err err;

	assert_true(sodium_init() >= 0);
	strcpy(f->folder, "/tmp/peer-survey-test-XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	snprintf(rounds, sizeof rounds, "%s/rounds", f->folder);
	snprintf(round, sizeof round, "%s/rounds/one", f->folder);
	assert_int_equal(file_folder(rounds, 0700, &err), 0);
	assert_int_equal(file_folder(round, 0700, &err), 0);
	write_file(f->folder, "study.json", study, sizeof study - 1);
	freeze(&form, country, text_region);
	write_file(round, "form.json", form.data, form.len);
	crypto_box_keypair(key.box, f->secret);
	randombytes_buf(key.sign, sizeof key.sign);
	seal_digest(key.form, form.data, form.len);
	seal_key_write(&text, &key);
	write_file(round, "public.key", text.data, text.len);
	buf_finish(&form);
	buf_finish(&text);
	if (round_load(&f->round, f->folder, NULL, &err) != 0)
		fail_msg("%s", err.msg);
}

static inline void fixture_finish(struct fixture *f)
{
	char command[128];

	round_finish(&f->round);
	snprintf(command, sizeof command, "rm -rf '%s'", f->folder);
	assert_int_equal(system(command), 0);
}

/* One sealed record -> plaintext. */
static inline void fixture_open(struct buf *plain, const struct fixture *f, const uint8_t *sealed,
                               size_t n)
{
	uint8_t *to = buf_room(plain, n - SEAL_OVERHEAD);

	assert_non_null(to);
	assert_int_equal(crypto_box_seal_open(to, sealed, n, f->round.key.box, f->secret), 0);
	plain->len += n - SEAL_OVERHEAD;
}

#endif
