/* test_submit.c - what is sealed, and that nothing about it depends on what was answered. */
#include "collector/submit.h"

#include "forms/accept.h"
#include "lib/record/encode.h"
#include "tests/unit/collector/fixture.h"

static const uint8_t number[STORE_NUMBER] = {1, 2, 3};

static struct answers *accepted(const struct fixture *f, const char *const *pairs)
{
	struct accept_report report = {0};
	struct answers *a = given(pairs);
	struct err err;

	assert_int_equal(answers_set_language(a, "fr", &err), 0);
	assert_int_equal(accept_answers(a, f->round.form, &report, &err), 0);
	accept_report_finish(&report);
	return a;
}

static void seal(struct submit *out, const struct fixture *f, const char *const *pairs,
                 const uint8_t *page)
{
	struct answers *a = accepted(f, pairs);
	struct err err;

	if (submit_seal(out, a, page, &f->round, &err) != 0)
		fail_msg("%s", err.msg);
	answers_free(a);
}

/* The core record, opened; in `region` its region or "". */
static char *open_core(const struct fixture *f, const struct submit *s, char region[16])
{
	struct answers *a;
	struct buf plain = {0};
	struct err err;
	char *text;

	fixture_open(&plain, f, s->sealed.records[RECORD_CORE], f->round.shape.size[RECORD_CORE]);
	if (encode_read_core(&a, plain.data, plain.len, f->round.digest, &err) != 0)
		fail_msg("%s", err.msg);
	assert_string_equal(a->language, "fr");
	strcpy(region, a->region != NULL ? a->region : "");
	text = shown(a);
	answers_free(a);
	buf_wipe(&plain);
	return text != NULL ? text : strdup("");
}

/* The text records of a kind as "field=text@region;...". */
static char *open_texts(const struct fixture *f, const struct submit *s, enum record_kind kind)
{
	size_t size = f->round.shape.size[kind];
	struct buf all = {0};
	struct err err;

	for (size_t i = 0; i < f->round.shape.each[kind]; i++) {
		struct record_text t;
		struct buf plain = {0};

		fixture_open(&plain, f, s->sealed.records[kind] + i * size, size);
		if (encode_read_text(&t, kind, plain.data, plain.len, f->round.digest, &err) != 0)
			fail_msg("%s", err.msg);
		assert_string_equal(t.language, "fr");
		buf_printf(&all, "%s=%s%s%s;", t.field, t.text, t.region ? "@" : "",
			t.region ? t.region : "");
		record_text_finish(&t);
		buf_wipe(&plain);
	}
	return buf_take(&all);
}

static const char *const full[] = {"country", "FR", "well", "no", "+used", "a", "+used", "other",
	"used/other", "khat", "days", "9", "say", "hello", "word", "hi", NULL};

static void test_reduced(void **state)
{
	struct fixture f;
	struct submit s;
	char region[16], *core, *shorts, *longs;

	(void)state;
	fixture_init(&f, "region", false);
	seal(&s, &f, full, number);
	core = open_core(&f, &s, region);
	shorts = open_texts(&f, &s, RECORD_SHORT);
	longs = open_texts(&f, &s, RECORD_LONG);
	assert_string_equal(region, "150");
	assert_string_equal(core, "well=no;used=a,other;days=9");
	assert_string_equal(shorts, "used/other=khat;word=hi;");
	assert_string_equal(longs, "say=hello;");
	free(core);
	free(shorts);
	free(longs);
	submit_finish(&s);
	fixture_finish(&f);
}

static void test_kept(void **state)
{
	struct fixture f;
	struct submit s;
	char region[16], *core, *longs;

	(void)state;
	fixture_init(&f, "keep", true);
	seal(&s, &f, full, number);
	core = open_core(&f, &s, region);
	longs = open_texts(&f, &s, RECORD_LONG);
	assert_string_equal(region, "");
	assert_string_equal(core, "country=FR;well=no;used=a,other;days=9");
	assert_string_equal(longs, "say=hello@150;");
	free(core);
	free(longs);
	submit_finish(&s);
	fixture_finish(&f);
}

/* Declined stays an answer of its own; nothing given is as many records as everything given. */
static void test_little(void **state)
{
	static const char *const declined[] = {"country", "declined", NULL};
	static const char *const nothing[] = {NULL};
	struct fixture f;
	struct submit s, t;
	char region[16], *core, *shorts;

	(void)state;
	fixture_init(&f, "region", false);
	seal(&s, &f, declined, number);
	core = open_core(&f, &s, region);
	assert_string_equal(core, "country=declined");
	assert_string_equal(region, "");
	seal(&t, &f, nothing, number);
	shorts = open_texts(&f, &t, RECORD_SHORT);
	assert_string_equal(shorts, "used/other=;word=;");
	free(core);
	free(shorts);
	submit_finish(&s);
	submit_finish(&t);
	fixture_finish(&f);
}

/* The receipt names number and content; the sealed bytes are new each time. */
static void test_receipt(void **state)
{
	static const char *const other[] = {"country", "FR", NULL};
	static const char *const neighbour[] = {"country", "DE", NULL};
	const uint8_t another[STORE_NUMBER] = {9};
	struct fixture f;
	struct submit a, b, c, d, e;

	(void)state;
	fixture_init(&f, "region", false);
	seal(&a, &f, full, number);
	seal(&b, &f, full, number);
	seal(&c, &f, other, number);
	seal(&d, &f, full, another);
	seal(&e, &f, neighbour, number);
	assert_memory_equal(a.sealed.receipt, b.sealed.receipt, STORE_RECEIPT);
	assert_memory_not_equal(a.sealed.receipt, c.sealed.receipt, STORE_RECEIPT);
	assert_memory_not_equal(a.sealed.receipt, d.sealed.receipt, STORE_RECEIPT);
	/* what is not stored leaves no trace: the same region is the same content */
	assert_memory_equal(c.sealed.receipt, e.sealed.receipt, STORE_RECEIPT);
	assert_memory_not_equal(a.bytes, b.bytes, round_submission_size(&f.round));
	submit_finish(&a);
	submit_finish(&b);
	submit_finish(&c);
	submit_finish(&d);
	submit_finish(&e);
	fixture_finish(&f);
}

/* The longest answers that pass fit into their records. */
static void test_longest(void **state)
{
	struct buf say = {0}, word = {0};
	const char *pairs[] = {"well", "no", "days", "9", "say", NULL, "word", NULL, "+used", "other",
		"used/other", NULL, NULL};
	struct buf other = {0};
	struct fixture f;
	struct submit s;

	(void)state;
	for (int i = 0; i < 20; i++)
		buf_puts(&say, "\xF0\x9F\x98\x80");
	for (int i = 0; i < 5; i++)
		buf_puts(&word, "\"");
	for (int i = 0; i < 100; i++)
		buf_puts(&other, "\xF0\x9F\x98\x80");
	pairs[5] = say.data;
	pairs[7] = word.data;
	pairs[11] = other.data;
	fixture_init(&f, "region", false);
	seal(&s, &f, pairs, number);
	submit_finish(&s);
	fixture_finish(&f);
	buf_finish(&say);
	buf_finish(&word);
	buf_finish(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reduced),
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_little),
		cmocka_unit_test(test_receipt),
		cmocka_unit_test(test_longest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
