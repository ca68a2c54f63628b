/* test_decode.c - bodies that browsers make are read exactly; everything else is refused. */
#include "collector/decode.h"

#include "forms/page.h"
#include "tests/unit/forms/sample.h"

#include <time.h>

#define N "page.number=0123456789abcdef0123456789abcdef"

static const struct {
	const char *label, *body, *shown; /* NULL: refused */
} cases[] = {
	{"nothing", N, ""},
	{"one choice", N "&well=yes", "well=yes"},
	{"blank fields are no answers", N "&well=&days=&word=&say=&country=", ""},
	{"several", N "&used=a&used=b", "used=a,b"},
	{"other text", N "&used=other&used/other=x+y", "used=other;used/other=x y"},
	{"matrix", N "&access/nsp=a&access/oat=b", "access/nsp=a;access/oat=b"},
	{"ranking keeps its gaps", N "&best=&best=c", "best=,c"},
	{"date", N "&since.year=2020&since.month=04", "since=2020-04"},
	{"half a date", N "&since.year=2020&since.month=", "since=2020-"},
	{"the other half", N "&since.year=&since.month=04", "since=-04"},
	{"no date", N "&since.year=&since.month=", ""},
	{"date declined", N "&since.year=declined&since.month=04", "since=declined"},
	{"number and declined", N "&days=3&days=declined", "days=3,declined"},
	{"only declined", N "&days=&days=declined", "days=declined"},
	{"escapes", N "&word=%C3%A9%2B%26%3d%25", "word=\xC3\xA9+&=%"},
	{"escaped name", N "&%77ell=yes", "well=yes"},
	{"line ends", N "&say=a%0D%0Ab", "say=a\r\nb"},
	{"emoji and marks", N "&word=%F0%9F%98%80%E2%80%8F", "word=\xF0\x9F\x98\x80\xE2\x80\x8F"},
	{"control characters are for the rules to refuse", N "&word=%01", "word=\x01"},
	{"unknown choices, too", N "&well=maybe", "well=maybe"},
	{"bad-empty", "", NULL},
	{"bad-no number", "well=yes", NULL},
	{"bad-short number", "page.number=0123", NULL},
	{"bad-number not hex", "page.number=0123456789abcdef0123456789abcdeg", NULL},
	{"bad-number twice", N "&" N, NULL},
	{"bad-unknown field", N "&nope=1", NULL},
	{"bad-unknown blank field", N "&nope=", NULL},
	{"bad-unknown page field", N "&page.nope=1", NULL},
	{"bad-unknown row", N "&access/zz=a", NULL},
	{"bad-matrix without row", N "&access=a", NULL},
	{"bad-other where there is none", N "&well/other=a", NULL},
	{"bad-note", N "&read=a", NULL},
	{"bad-date in one", N "&since=2020-04", NULL},
	{"bad-part of no date", N "&well.year=2020", NULL},
	{"bad-day", N "&since.day=1", NULL},
	{"bad-year too long", N "&since.year=20201", NULL},
	{"bad-date part twice", N "&since.year=2020&since.year=2019", NULL},
	{"bad-one choice twice", N "&well=yes&well=no", NULL},
	{"bad-consent other than yes", N "&page.consent=on", NULL},
	{"bad-no equals", N "&well", NULL},
	{"bad-no name", N "&=yes", NULL},
	{"bad-empty pair", N "&&well=yes", NULL},
	{"bad-last pair empty", N "&", NULL},
	{"bad-percent at the end", N "&word=%", NULL},
	{"bad-percent cut", N "&word=%4", NULL},
	{"bad-percent not hex", N "&word=%4g", NULL},
	{"bad-NUL", N "&word=a%00b", NULL},
	{"bad-NUL in a name", N "&word%00=a", NULL},
	{"bad-invalid UTF-8", N "&word=%FF", NULL},
	{"bad-overlong UTF-8", N "&word=%C0%AF", NULL},
	{"bad-surrogate", N "&word=%ED%A0%80", NULL},
	{"bad-raw bytes", N "&word=\xC3\xA9", NULL},
	{"bad-raw blank", N "&word=a b", NULL},
	{"bad-raw line end", N "&word=a\nb", NULL},
};

static void test_cases(void **state)
{
	struct form *f = sample();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err err = {0};
		struct decoded d;
		int status = decode_form(&d, cases[i].body, strlen(cases[i].body), f, &err);

		CHECK((status == 0) == (cases[i].shown != NULL), cases[i].label);
		if (status == 0) {
			char *text = shown(d.answers);

			if (strcmp(text != NULL ? text : "", cases[i].shown) != 0)
				fail_msg("%s: %s", cases[i].label, text);
			CHECK(strlen(d.number) == DECODE_NUMBER, cases[i].label);
			free(text);
			decode_finish(&d);
		} else {
			CHECK(err.code == ERR_INPUT && d.answers == NULL, cases[i].label);
		}
	}
	form_free(f);
}

static void test_flags(void **state)
{
	static const char body[] = N "&page.consent=yes&page.email=a%40b";
	struct form *f = sample();
	struct decoded d;
	struct err err;

	(void)state;
	assert_int_equal(decode_form(&d, N "&page.email=", sizeof N "&page.email=" - 1, f, &err), 0);
	assert_false(d.consent);
	assert_false(d.decoy);
	decode_finish(&d);
	assert_int_equal(decode_form(&d, body, sizeof body - 1, f, &err), 0);
	assert_true(d.consent);
	assert_true(d.decoy);
	assert_string_equal(d.number, "0123456789abcdef0123456789abcdef");
	decode_finish(&d);
	form_free(f);
}

/* Every prefix of a body is refused or read, never read beyond (run with sanitizers). */
static void test_prefixes(void **state)
{
	static const char body[] = N "&used=a&used/other=%C3%A9&access/nsp=a&since.year=2020";
	struct form *f = sample();
	struct decoded d;
	struct err err;

	(void)state;
	for (size_t n = 0; n < sizeof body; n++) {
		char *exact = malloc(n + 1);

		memcpy(exact, body, n);
		if (decode_form(&d, exact, n, f, &err) == 0)
			decode_finish(&d);
		free(exact);
	}
	form_free(f);
}

/* 100,000 fields are refused at once, whatever they are called. */
static void test_bad_many_fields(void **state)
{
	struct form *f = sample();
	struct timespec from, to;
	struct buf body = {0};
	struct decoded d;
	struct err err;

	(void)state;
	buf_puts(&body, N);
	for (int i = 0; i < 100000; i++)
		buf_puts(&body, "&used=a");
	clock_gettime(CLOCK_MONOTONIC, &from);
	assert_int_equal(decode_form(&d, body.data, body.len, f, &err), -1);
	clock_gettime(CLOCK_MONOTONIC, &to);
	assert_int_equal(err.code, ERR_INPUT);
	assert_true((to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000 < 50);
	assert_true(decode_limit(f) >= 256 << 10);
	buf_finish(&body);
	form_free(f);
}

static void test_field(void **state)
{
	static const struct {
		const char *label, *body, *value;
	} fields[] = {
		{"code", "page.receipt=12+ab", "12 ab"},
		{"blank", "page.receipt=", ""},
		{"bad-other name", "page.number=12", NULL},
		{"bad-one more", "page.receipt=12&well=yes", NULL},
		{"bad-empty", "", NULL},
		{"bad-NUL", "page.receipt=%00", NULL},
	};
	struct err err;

	(void)state;
	for (size_t i = 0; i < COUNT(fields); i++) {
		struct buf value = {0};
		int status = decode_field(&value, fields[i].body, strlen(fields[i].body),
			PAGE_RECEIPT, &err);

		CHECK((status == 0) == (fields[i].value != NULL), fields[i].label);
		if (status == 0)
			CHECK(strcmp(value.data, fields[i].value) == 0, fields[i].label);
		buf_finish(&value);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_prefixes),
		cmocka_unit_test(test_bad_many_fields),
		cmocka_unit_test(test_field),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
