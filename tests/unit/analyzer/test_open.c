/*
 * test_open.c - what a quorum opens comes out as it was sealed; everything else is set aside by
 * its kind or refused by name.
 */
#include "analyzer/open.h"
#include "analyzer/sign.h"
#include "forms/regions.h"
#include "lib/base/file.h"
#include "lib/record/store.h"
#include "tests/backup.h"
#include "tests/unit/forms/sample.h"

#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROUND "2020-05"

/* The last submission is the one before once more, under another number. */
enum { GOOD = 9, BAD = 9, SENT = GOOD + BAD, SUBMISSIONS = SENT + 1, TEXTS = 3 };

/* A study of one round, with three custodians and the keys to it. */
struct world {
	char folder[64];
	struct study study;
	struct form *form;
	uint8_t digest[RECORD_DIGEST];
	struct custodian_share *shares;
	struct seal_key public;
	char *public_path, *store_path, *backup_path, *passphrases_path;
	char *files[3];
	struct custodian_source *source;
	struct open_key *key;
	size_t size[RECORD_KINDS]; /* of plaintexts */
};

static char *in(const struct world *w, const char *name)
{
	struct err err;
	char *path = file_join(w->folder, name, &err);

	assert_non_null(path);
	return path;
}

static void must(int status, const struct err *err)
{
	if (status != 0)
		fail_msg("%s", err->msg);
}

static void put_file(const char *path, const void *bytes, size_t n)
{
	struct err err;

	must(file_replace(path, bytes, n, 0644, &err), &err);
}

static void make_form(struct world *w)
{
	struct findings findings = {0};
	struct regions *regions;
	struct buf text = {0};
	struct err err;

	must(regions_default(&regions, &err), &err);
	buf_put(&text, SAMPLE, sizeof(SAMPLE) - 2);
	buf_puts(&text, ",\"frozen\":{\"round\":\"" ROUND "\",\"country\":\"region\",\"regions\":");
	regions_write(&text, regions);
	buf_puts(&text, "}}");
	must(form_parse(&w->form, text.data, text.len, &findings, &err), &err);
	seal_digest(w->digest, text.data, text.len);
	for (int kind = 0; kind < RECORD_KINDS; kind++)
		w->size[kind] = encode_size(form_capacity(w->form, kind));
	regions_free(regions);
	findings_finish(&findings);
	buf_finish(&text);
}

static void make_keys(struct world *w)
{
	struct custodian_secret *secret;
	struct buf text = {0};
	struct err err;

	must(custodian_secret_create(&secret, &err), &err);
	w->public = (struct seal_key){.round = ROUND, .custodians = 3, .quorum = 2};
	memcpy(w->public.box, secret->box_public, SEAL_KEY);
	memcpy(w->public.sign, secret->sign_public, SEAL_KEY);
	memcpy(w->public.form, w->digest, RECORD_DIGEST);
	seal_key_write(&text, &w->public);
	put_file(w->public_path, text.data, text.len);
	w->shares = custodian_shares_create(3, &err);
	assert_non_null(w->shares);
	must(custodian_split(w->shares, 3, 2, secret, &err), &err);
	for (unsigned i = 0; i < 3; i++) {
		struct custodian c = {
			.study = "covid", .round = ROUND, .custodians = 3, .quorum = 2,
		};
		char passphrase[32];

		seal_fingerprint(c.fingerprint, &w->public);
		seal_digest(c.key, text.data, text.len);
		snprintf(passphrase, sizeof(passphrase), "passphrase %u", i + 1);
		must(custodian_lock(&c, &w->shares[i], passphrase, true, &err), &err);
		must(custodian_save(&c, w->files[i], &err), &err);
	}
	must(open_key_create(&w->key, secret, w->public_path, &err), &err);
	buf_finish(&text);
}

static struct answers *answers_of(int happy)
{
	struct answers *a = answers_create();
	char number[16];
	struct err err;

	assert_non_null(a);
	snprintf(number, sizeof(number), "%d", happy);
	must(answers_set_language(a, "fr", &err), &err);
	must(answers_set_region(a, "150", &err), &err);
	must(answers_set(a, "well", "yes", &err), &err);
	must(answers_set(a, "happy", number, &err), &err);
	return a;
}

/* The core plaintext of submission `i`; from GOOD on each has a fault of its own. */
static void core_of(struct buf *plain, const struct world *w, int i)
{
	static const char head[] = {RECORD_VERSION, RECORD_CORE};
	struct answers *a = answers_of(i < GOOD ? i : 9);
	uint8_t other[RECORD_DIGEST] = {1};
	struct err err;

	if (i == GOOD + 1) { /* of another questionnaire */
		must(encode_core(plain, a, other, w->size[RECORD_CORE], &err), &err);
	} else if (i == GOOD + 2) { /* JSON, but no record's */
		buf_put(plain, head, 2);
		buf_put(plain, w->digest, RECORD_DIGEST);
		buf_puts(plain, "{}\x80");
		while (plain->len < w->size[RECORD_CORE])
			buf_putc(plain, 0);
	} else {
		if (i == GOOD + 3) /* a choice that the questionnaire does not have */
			must(answers_set(a, "well", "perhaps", &err), &err);
		if (i == GOOD + 4) /* free text beside the other answers */
			must(answers_set(a, "used/other", "text", &err), &err);
		if (i == GOOD + 5) /* more than the scale has */
			must(answers_set(a, "happy", "11", &err), &err);
		if (i == GOOD + 6) /* not a language of the survey */
			must(answers_set_language(a, "xx", &err), &err);
		if (i == GOOD + 7)
			must(answers_set_region(a, "999", &err), &err);
		if (i == GOOD + 8) /* not asked of who is well: counts without it */
			must(answers_set(a, "days", "31", &err), &err);
		must(encode_core(plain, a, w->digest, w->size[RECORD_CORE], &err), &err);
	}
	answers_free(a);
}

static void text_of(struct buf *plain, const struct world *w, int i, int n)
{
	static const char *const fields[TEXTS] = {"used/other", "word", "say"};
	struct record_text t = {strdup(fields[n]), "fr", NULL, strdup("oui")};
	enum record_kind kind = n == 2 ? RECORD_LONG : RECORD_SHORT;
	struct err err;

	if (i == GOOD && n == 0) { /* no such field */
		free(t.field);
		t.field = strdup("nothing");
	} else if (i == GOOD && n == 1) { /* longer than the questionnaire allows */
		free(t.text);
		t.text = strdup("longer");
	} else if (i == GOOD + 1 && n == 1) { /* a comment in a record of the short kind */
		free(t.field);
		t.field = strdup("say");
	} else if (i == GOOD + 2 && n == 0) {
		strcpy(t.language, "xx");
	} else if (i == GOOD + 3 && n == 1) { /* a region, where the study has not opted in */
		t.region = strdup("150");
	}
	must(encode_text(plain, &t, kind, w->digest, w->size[kind], &err), &err);
	record_text_finish(&t);
}

static void seal_to(struct buf *out, const struct world *w, struct buf *plain)
{
	struct err err;

	must(seal_record(out, &w->public, plain->data, plain->len, &err), &err);
	buf_clear(plain);
}

static void put_submission(struct store *s, const struct world *w, int i)
{
	struct buf plain = {0}, sealed[RECORD_KINDS] = {0};
	struct store_submission sub = {0};
	struct err err;
	bool known;

	core_of(&plain, w, i);
	seal_to(&sealed[RECORD_CORE], w, &plain);
	if (i == GOOD) /* changed after it was sealed */
		sealed[RECORD_CORE].data[100] ^= 1;
	for (int n = 0; n < TEXTS; n++) {
		text_of(&plain, w, i, n);
		seal_to(&sealed[n == 2 ? RECORD_LONG : RECORD_SHORT], w, &plain);
	}
	randombytes_buf(sub.receipt, sizeof(sub.receipt));
	for (int kind = 0; kind < RECORD_KINDS; kind++)
		sub.records[kind] = (const uint8_t *)sealed[kind].data;
	must(store_put(s, &sub, &known, &err), &err);
	if (i == SENT - 1) {
		randombytes_buf(sub.receipt, sizeof(sub.receipt));
		must(store_put(s, &sub, &known, &err), &err);
	}
	for (int kind = 0; kind < RECORD_KINDS; kind++)
		buf_finish(&sealed[kind]);
	buf_finish(&plain);
}

static struct store_shape shape_of(const struct world *w, const char *round)
{
	struct store_shape shape = {.each = {1, 2, 1}};

	memcpy(shape.key, open_key_digest(w->key), RECORD_DIGEST);
	memcpy(shape.form, w->digest, RECORD_DIGEST);
	strcpy(shape.round, round);
	for (int kind = 0; kind < RECORD_KINDS; kind++)
		shape.size[kind] = w->size[kind] + SEAL_OVERHEAD;
	return shape;
}

static void make_store(struct world *w)
{
	struct store_shape shape = shape_of(w, ROUND);
	struct store *s;
	struct err err;

	must(store_create(w->store_path, &shape, 32, &err), &err);
	must(store_open(&s, w->store_path, &shape, &err), &err);
	must(store_begin(s, &err), &err);
	for (int i = 0; i < SENT; i++)
		put_submission(s, w, i);
	must(store_commit(s, &err), &err);
	must(backup_to(s, &w->public, w->backup_path, &err), &err);
	store_free(s);
}

static int make_world(void **state)
{
	static const char lines[] = "passphrase 1\npassphrase 2\npassphrase 3\n";
	struct world *w = calloc(1, sizeof(*w));
	struct err err;
	char *path;

	assert_non_null(w);
	strcpy(w->folder, "/tmp/test-open.XXXXXX");
	assert_non_null(mkdtemp(w->folder));
	for (const char *const *name = (const char *const[]){"study", "study/rounds",
	     "study/rounds/" ROUND, "keys", NULL}; *name != NULL; name++) {
		path = in(w, *name);
		assert_int_equal(mkdir(path, 0700), 0);
		free(path);
	}
	w->study.folder = in(w, "study");
	w->study.id = strdup("covid");
	w->public_path = in(w, "study/rounds/" ROUND "/public.key");
	w->store_path = in(w, "study/rounds/" ROUND "/responses.db");
	w->backup_path = in(w, "backup");
	w->passphrases_path = in(w, "passphrases");
	w->files[0] = in(w, "keys/custodian-1.key");
	w->files[1] = in(w, "keys/custodian-2.key");
	w->files[2] = in(w, "keys/custodian-3.key");
	put_file(w->passphrases_path, lines, sizeof(lines) - 1);
	must(custodian_source_create(&w->source, &w->passphrases_path, 1, &err), &err);
	make_form(w);
	make_keys(w);
	make_store(w);
	*state = w;
	return 0;
}

static int free_world(void **state)
{
	struct world *w = *state;
	char *command;
	int status;

	assert_true(asprintf(&command, "rm -rf %s", w->folder) > 0);
	status = system(command);
	free(command);
	open_key_free(w->key);
	custodian_source_free(w->source);
	custodian_shares_free(w->shares);
	form_free(w->form);
	free(w->study.folder);
	free(w->study.id);
	free(w->public_path);
	free(w->store_path);
	free(w->backup_path);
	free(w->passphrases_path);
	for (int i = 0; i < 3; i++)
		free(w->files[i]);
	free(w);
	return status;
}

/* What a sink has seen. It runs in the threads that open, where cmocka cannot fail: `wrong`. */
struct seen {
	int wrong;
	int happy[11], texts[TEXTS], words;
	size_t done;
	int stop_at;
};

static int see_core(void *ctx, struct answers *a, struct err *err)
{
	struct seen *seen = ctx;
	int happy = answers_value(a, "happy") != NULL ? atoi(answers_value(a, "happy")) : 0;
	struct answers *right = answers_of(happy);

	seen->wrong += !answers_equal(a, right);
	seen->happy[happy]++;
	answers_free(right);
	answers_free(a);
	if (seen->stop_at > 0 && --seen->stop_at == 0)
		return err_set(err, ERR_INPUT, "the sink is full");
	return 0;
}

static int see_text(void *ctx, enum record_kind kind, struct record_text *t, struct err *err)
{
	struct seen *seen = ctx;
	int n = strcmp(t->field, "used/other") == 0 ? 0 : strcmp(t->field, "word") == 0 ? 1 : 2;

	(void)err;
	seen->wrong += kind != (n == 2 ? RECORD_LONG : RECORD_SHORT);
	seen->wrong += strcmp(t->text, "oui") != 0 || strcmp(t->language, "fr") != 0;
	seen->texts[n]++;
	record_text_finish(t);
	return 0;
}

static void see_progress(void *ctx, size_t done)
{
	struct seen *seen = ctx;

	seen->wrong += done <= seen->done;
	seen->done = done;
}

static int open_files(struct open_tally *tally, struct seen *seen, const struct world *w,
                      char *const *files, size_t n, unsigned threads, struct err *err)
{
	struct open_sink sink = {see_core, see_text, see_progress, seen, seen};

	return open_stores(tally, w->key, w->form, w->digest, files, n, threads, &sink, err);
}

static void test_everything_comes_out(void **state)
{
	const struct world *w = *state;
	char *const files[] = {w->store_path, w->backup_path};

	for (int i = 0; i < 6; i++) { /* store and backup; with one, two and as many threads */
		struct open_tally tally = {0};
		struct seen seen = {0};
		struct err err = {0};

		must(open_files(&tally, &seen, w, &files[i % 2], 1, (unsigned)i / 2, &err), &err);
		assert_int_equal(seen.wrong, 0);
		for (int happy = 0; happy < GOOD; happy++)
			assert_int_equal(seen.happy[happy], 1);
		assert_int_equal(seen.happy[9], 1); /* the one with too many answers */
		assert_int_equal(seen.happy[10], 0);
		assert_int_equal(tally.records[RECORD_CORE], SUBMISSIONS);
		assert_int_equal(tally.records[RECORD_SHORT], 2 * SUBMISSIONS);
		assert_int_equal(tally.records[RECORD_LONG], SUBMISSIONS);
		assert_int_equal(tally.aside[RECORD_CORE][OPEN_SEALED], 1);
		assert_int_equal(tally.aside[RECORD_CORE][OPEN_FOREIGN], 1);
		assert_int_equal(tally.aside[RECORD_CORE][OPEN_MALFORMED], 1);
		assert_int_equal(tally.aside[RECORD_CORE][OPEN_MISTAKE], 2);
		assert_int_equal(tally.mistakes[RECORD_CORE][ACCEPT_UNKNOWN_CHOICE], 1);
		assert_int_equal(tally.mistakes[RECORD_CORE][ACCEPT_TOO_LARGE], 1);
		assert_int_equal(tally.aside[RECORD_CORE][OPEN_TOO_MUCH], 1);
		assert_int_equal(tally.aside[RECORD_CORE][OPEN_PLACE], 2);
		assert_int_equal(tally.aside[RECORD_CORE][OPEN_TWICE], 1);
		assert_int_equal(tally.tidied, 1);
		assert_int_equal(tally.aside[RECORD_SHORT][OPEN_TEXT], 2);
		assert_int_equal(tally.aside[RECORD_SHORT][OPEN_MISTAKE], 1);
		assert_int_equal(tally.mistakes[RECORD_SHORT][ACCEPT_TOO_LONG], 1);
		assert_int_equal(tally.aside[RECORD_SHORT][OPEN_PLACE], 1);
		assert_int_equal(tally.aside[RECORD_SHORT][OPEN_TOO_MUCH], 1);
		assert_int_equal(tally.aside[RECORD_SHORT][OPEN_TWICE], 2);
		assert_int_equal(tally.aside[RECORD_LONG][OPEN_TWICE], 1);
		assert_int_equal(open_tally_aside(&tally), 17);
		assert_int_equal(seen.texts[0], SENT - 2);
		assert_int_equal(seen.texts[1], SENT - 3);
		assert_int_equal(seen.texts[2], SENT);
		assert_int_equal(seen.done, 4 * SUBMISSIONS);
	}
}

static void test_bad_sink(void **state)
{
	const struct world *w = *state;
	struct open_tally tally;
	struct seen seen = {.stop_at = 3};
	struct err err = {0};

	assert_int_equal(open_files(&tally, &seen, w, &w->store_path, 1, 2, &err), -1);
	assert_string_equal(err.msg, "the sink is full");
}

static void test_bad_twice(void **state)
{
	const struct world *w = *state;
	char *const files[] = {w->store_path, w->backup_path};
	struct open_tally tally;
	struct seen seen = {0};
	struct err err = {0};

	assert_int_equal(open_files(&tally, &seen, w, files, 2, 2, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.msg, "the same records are in both"));
}

/* Records that begin as an honest one and do not open: it is counted, whichever is read first. */
static void test_bad_beginnings(void **state)
{
	enum { COPIES = 20 };
	const struct world *w = *state;
	struct store_shape shape = shape_of(w, ROUND);
	struct buf plain = {0}, sealed[RECORD_KINDS] = {0};
	struct store_submission sub = {0};
	struct open_tally tally = {0};
	struct seen seen = {0};
	char *path = in(w, "beginnings");
	struct store *s;
	struct err err = {0};
	bool known;

	core_of(&plain, w, 0);
	seal_to(&sealed[RECORD_CORE], w, &plain);
	for (int n = 0; n < TEXTS; n++) {
		text_of(&plain, w, 0, n);
		seal_to(&sealed[n == 2 ? RECORD_LONG : RECORD_SHORT], w, &plain);
	}
	for (int kind = 0; kind < RECORD_KINDS; kind++)
		sub.records[kind] = (const uint8_t *)sealed[kind].data;
	must(store_create(path, &shape, 2 * COPIES, &err), &err);
	must(store_open(&s, path, &shape, &err), &err);
	must(store_begin(s, &err), &err);
	for (int i = 0; i <= COPIES; i++) {
		randombytes_buf(sub.receipt, sizeof(sub.receipt));
		must(store_put(s, &sub, &known, &err), &err);
		sealed[RECORD_CORE].data[SEAL_OVERHEAD + i] ^= 1;
	}
	must(store_commit(s, &err), &err);
	store_free(s);
	must(open_files(&tally, &seen, w, &path, 1, 2, &err), &err);
	assert_int_equal(seen.wrong, 0);
	assert_int_equal(seen.happy[0], 1);
	assert_int_equal(tally.aside[RECORD_CORE][OPEN_SEALED], COPIES);
	assert_int_equal(tally.aside[RECORD_CORE][OPEN_TWICE], 0);
	assert_int_equal(tally.aside[RECORD_SHORT][OPEN_TWICE], 2 * COPIES);
	for (int kind = 0; kind < RECORD_KINDS; kind++)
		buf_finish(&sealed[kind]);
	buf_finish(&plain);
	free(path);
}

static void test_bad_store(void **state)
{
	static const struct {
		const char *label, *round;
		bool key, form;
		const char *error;
	} cases[] = {
		{"bad-round", "2020-06", false, false,
		 "a store of another round, 2020-06, not of 2020-05"},
		{"bad-key", ROUND, true, false,
		 "a store of other keys than those of round 2020-05"},
		{"bad-form", ROUND, false, true, "a store of another questionnaire"},
	};
	const struct world *w = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct store_shape shape = shape_of(w, cases[i].round);
		char *path = in(w, cases[i].label);
		struct open_tally tally;
		struct seen seen = {0};
		struct err err = {0};

		shape.key[0] ^= cases[i].key;
		shape.form[0] ^= cases[i].form;
		must(store_create(path, &shape, 4, &err), &err);
		CHECK(open_files(&tally, &seen, w, &path, 1, 1, &err) == -1, cases[i].label);
		CHECK(strstr(err.msg, cases[i].error) != NULL, err.msg);
		free(path);
	}
}

static void test_bad_backup(void **state)
{
	const struct world *w = *state;
	struct buf good = {0}, out = {0};
	char *path = in(w, "damaged");
	struct err err = {0};

	must(file_read(&good, w->backup_path, 1 << 26, &err), &err);
	must(open_backup(&out, w->key, w->backup_path, &err), &err);
	assert_memory_equal(out.data, "SQLite format 3", 15);
	buf_clear(&out);
	for (size_t at = 0; at < good.len; at += at < 256 ? 1 : good.len / 16) {
		good.data[at] ^= 4;
		put_file(path, good.data, good.len);
		if (open_backup(&out, w->key, path, &err) == 0)
			fail_msg("a change at byte %zu is not seen", at);
		assert_int_equal(err.code, ERR_CRYPTO);
		assert_int_equal(out.len, 0);
		good.data[at] ^= 4;
	}
	for (size_t n = 0; n < good.len; n += n < 256 ? 1 : good.len / 16) {
		put_file(path, good.data, n);
		if (open_backup(&out, w->key, path, &err) == 0)
			fail_msg("a cut at byte %zu is not seen", n);
	}
	buf_putc(&good, 0);
	put_file(path, good.data, good.len);
	assert_int_equal(open_backup(&out, w->key, path, &err), -1);
	unlink(path);
	buf_finish(&good);
	buf_finish(&out);
	free(path);
}

static void test_key(void **state)
{
	const struct world *w = *state;
	char *inside = in(w, "study/custodian-1.key"), *other = in(w, "keys/other.key");
	char *changed = in(w, "keys/changed.key"), *wrong = in(w, "wrong");
	const struct {
		const char *label;
		char *files[3];
		size_t n;
		enum err_code code;
		const char *error; /* NULL: opens */
	} cases[] = {
		{"1 and 2", {w->files[0], w->files[1]}, 2, ERR_NONE, NULL},
		{"3 and 1", {w->files[2], w->files[0]}, 2, ERR_NONE, NULL},
		{"all", {w->files[2], w->files[1], w->files[0]}, 3, ERR_NONE, NULL},
		{"bad-none", {NULL}, 0, ERR_CRYPTO, "no custodian's key file is given"},
		{"bad-one", {w->files[1]}, 1, ERR_CRYPTO, "2 of 3 custodians are needed, 1 given"},
		{"bad-twice", {w->files[1], w->files[1]}, 2, ERR_CRYPTO,
		 "custodian 2 is given twice"},
		{"bad-round", {w->files[0], other}, 2, ERR_CRYPTO,
		 "a share of another round, 2020-06"},
		{"bad-file", {w->files[0], w->public_path}, 2, ERR_REFUSED,
		 "inside the study folder"},
		{"bad-place", {w->files[0], inside}, 2, ERR_REFUSED, "inside the study folder"},
		{"bad-kind", {w->files[0], w->passphrases_path}, 2, ERR_CRYPTO,
		 "passphrases: not a custodian's key file"},
		{"bad-missing", {w->files[0], wrong}, 2, ERR_IO, "wrong: No such file"},
		{"bad-share", {w->files[0], changed}, 2, ERR_CRYPTO,
		 "changed.key: the share is damaged"},
	};
	struct custodian c;
	struct err err = {0};

	must(custodian_load(&c, w->files[0], &err), &err);
	must(custodian_save(&c, inside, &err), &err);
	strcpy(c.round, "2020-06");
	must(custodian_save(&c, other, &err), &err);
	must(custodian_load(&c, w->files[1], &err), &err);
	/* the share of custodian 3 under the heading of custodian 2 */
	must(custodian_lock(&c, &(struct custodian_share){.number = 3}, "passphrase 2", true, &err),
	     &err);
	c.number = 2;
	must(custodian_save(&c, changed, &err), &err);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct open_key *k;
		int status = open_key_load(&k, &w->study, ROUND, cases[i].files, cases[i].n,
		                           w->source, &err);

		if ((status == 0) != (cases[i].error == NULL))
			fail_msg("%s: %s", cases[i].label, status ? err.msg : "opens");
		if (status == 0) {
			assert_memory_equal(open_key_secret(k), open_key_secret(w->key),
			                    sizeof(struct custodian_secret));
			open_key_free(k);
		} else if (err.code != cases[i].code || strstr(err.msg, cases[i].error) == NULL) {
			fail_msg("%s: %s", cases[i].label, err.msg);
		}
	}
	free(inside);
	free(other);
	free(changed);
	free(wrong);
}

static void test_bad_passphrase(void **state)
{
	static const char lines[] = "passphrase 1\npassphrase 3\npassphrase 2\n";
	const struct world *w = *state;
	char *path = in(w, "mixed-up");
	struct custodian_source *source;
	struct open_key *k;
	struct err err = {0};

	put_file(path, lines, sizeof(lines) - 1);
	must(custodian_source_create(&source, &path, 1, &err), &err);
	assert_int_equal(open_key_load(&k, &w->study, ROUND, w->files, 2, source, &err), -1);
	assert_int_equal(err.code, ERR_CRYPTO);
	assert_non_null(strstr(err.msg, "custodian-2.key: wrong passphrase"));
	custodian_source_free(source);
	free(path);
}

static void test_record(void **state)
{
	const struct world *w = *state;
	struct buf sealed = {0}, plain = {0};
	struct err err = {0};

	must(seal_record(&sealed, &w->public, "words", 5, &err), &err);
	must(open_sealed(&plain, w->key, sealed.data, sealed.len, &err), &err);
	assert_int_equal(plain.len, 5);
	assert_memory_equal(plain.data, "words", 5);
	for (size_t i = 0; i < sealed.len; i++) {
		sealed.data[i] ^= 1;
		assert_int_equal(open_sealed(&plain, w->key, sealed.data, sealed.len, &err), -1);
		assert_int_equal(err.code, ERR_CRYPTO);
		assert_int_equal(open_sealed(&plain, w->key, sealed.data, i, &err), -1);
		assert_int_equal(plain.len, 5);
		sealed.data[i] ^= 1;
	}
	buf_finish(&sealed);
	buf_finish(&plain);
}

static void test_sign(void **state)
{
	const struct world *w = *state;
	uint8_t signature[SIGN_BYTES];
	struct seal_key other = w->public;
	struct err err = {0};

	must(sign_release(signature, w->key, "release", 7, &err), &err);
	must(sign_check(signature, &w->public, "release", 7, &err), &err);
	assert_int_equal(sign_check(signature, &w->public, "releasf", 7, &err), -1);
	assert_int_equal(err.code, ERR_CRYPTO);
	assert_string_equal(err.msg, "the signature is not by the keys of round 2020-05");
	other.sign[0] ^= 1;
	assert_int_equal(sign_check(signature, &other, "release", 7, &err), -1);
	signature[0] ^= 1;
	assert_int_equal(sign_check(signature, &w->public, "release", 7, &err), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_record),
		cmocka_unit_test(test_sign),
		cmocka_unit_test(test_everything_comes_out),
		cmocka_unit_test(test_bad_sink),
		cmocka_unit_test(test_bad_twice),
		cmocka_unit_test(test_bad_beginnings),
		cmocka_unit_test(test_bad_store),
		cmocka_unit_test(test_bad_backup),
		cmocka_unit_test(test_key),
		cmocka_unit_test(test_bad_passphrase),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, make_world, free_world);
}
