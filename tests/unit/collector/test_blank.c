/*
 * test_blank.c - the empty form: a number of its own each time, the same page compressed and not,
 * and choices in random order where the questionnaire wants that.
 */
#include "collector/blank.h"

#include "collector/decode.h"
#include "tests/unit/forms/sample.h"

#include <sodium.h>
#include <zlib.h>

static void inflated(struct buf *out, const struct buf *gzip)
{
	z_stream z = {.next_in = (Bytef *)gzip->data, .avail_in = (uInt)gzip->len};

	assert_int_equal(inflateInit2(&z, 16 + MAX_WBITS), Z_OK);
	z.next_out = buf_room(out, 1 << 20);
	z.avail_out = 1 << 20;
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	out->len = (1 << 20) - z.avail_out;
	out->data[out->len] = '\0';
	inflateEnd(&z);
}

/* Copy the page's number out and put zeros in its place. */
static void take_number(char number[DECODE_NUMBER + 1], struct buf *page)
{
	static const char before[] = "name=\"page.number\" value=\"";
	char *at = strstr(page->data, before);

	assert_non_null(at);
	at += sizeof before - 1;
	memcpy(number, at, DECODE_NUMBER);
	number[DECODE_NUMBER] = '\0';
	assert_int_equal(strspn(number, "0123456789abcdef"), DECODE_NUMBER);
	memset(at, '0', DECODE_NUMBER);
}

static void test_same(void **state)
{
	struct words *words = words_create(words_page);
	struct form *f = sample();
	struct page_site site = {.form = f, .words = words, .custodians = 3, .quorum = 2};
	struct blank *b;
	struct err err;

	(void)state;
	assert_int_equal(blank_create(&b, &site, &err), 0);
	for (size_t language = 0; language < 2; language++) {
		struct buf plain = {0}, gzip = {0}, again = {0};
		char one[DECODE_NUMBER + 1], other[DECODE_NUMBER + 1];

		blank_put(&plain, b, language, false);
		blank_put(&gzip, b, language, true);
		assert_false(plain.failed || gzip.failed);
		assert_true(gzip.len < plain.len / 3);
		inflated(&again, &gzip);
		take_number(one, &plain);
		take_number(other, &again);
		assert_string_not_equal(one, other);
		assert_string_equal(plain.data, again.data);
		assert_non_null(strstr(plain.data, language == 0 ? "lang=\"en\"" : "lang=\"fr\""));
		buf_finish(&plain);
		buf_finish(&gzip);
		buf_finish(&again);
	}
	blank_free(b);
	blank_free(NULL);
	form_free(f);
	words_free(words);
}

/* Everybody has an order of their own, and the number that was posted gives it again. */
static void test_shuffled(void **state)
{
	static const char text[] = HEAD SECTION("s", "",
		Q("a", "select_one", ",\"choices\":\"abc\",\"randomize\":true")) "]}";
	struct words *words = words_create(words_page);
	struct findings findings = {0};
	struct page_site site = {.words = words};
	struct form *f;
	struct blank *b;
	struct err err;
	bool seen[3] = {false};

	(void)state;
	assert_int_equal(form_parse(&f, text, sizeof text - 1, &findings, &err), 0);
	site.form = f;
	assert_int_equal(blank_create(&b, &site, &err), 0);
	for (int i = 0; i < 60; i++) {
		struct buf gzip = {0}, page = {0}, again = {0};
		char number[DECODE_NUMBER + 1];
		struct page same = {.site = &site, .number = number};

		blank_put(&gzip, b, 0, i % 2 == 0);
		if (i % 2 == 0)
			inflated(&page, &gzip);
		else
			buf_put(&page, gzip.data, gzip.len);
		take_number(number, &page);
		page_form(&again, &same);
		take_number(number, &again);
		assert_string_equal(page.data, again.data);
		seen[strstr(page.data, "id=\"q-a-")[strlen("id=\"q-a-")] - 'a'] = true;
		buf_finish(&gzip);
		buf_finish(&page);
		buf_finish(&again);
	}
	assert_true(seen[0] && seen[1] && seen[2]);
	blank_free(b);
	form_free(f);
	findings_finish(&findings);
	words_free(words);
}

static int set_up(void **state)
{
	(void)state;
	return sodium_init() < 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_shuffled),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
