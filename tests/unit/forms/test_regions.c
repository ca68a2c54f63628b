/* test_regions.c - countries, regions and names. */
#include "forms/regions.h"
#include "tests/unit/test.h"

static void test_default(void **state)
{
	struct regions *r;
	struct err err;
	struct buf b = {0};
	size_t countries = 0;

	(void)state;
	assert_int_equal(regions_default(&r, &err), 0);
	assert_int_equal(r->n, 6);
	assert_string_equal(r->list[regions_of(r, "FR")].id, "150");
	assert_string_equal(r->list[regions_of(r, "US")].id, "021");
	assert_string_equal(r->list[regions_of(r, "MX")].id, "419");
	assert_string_equal(r->list[regions_of(r, "BR")].id, "419");
	assert_string_equal(r->list[regions_of(r, "KE")].id, "002");
	assert_string_equal(r->list[regions_of(r, "TH")].id, "142");
	assert_string_equal(r->list[regions_of(r, "RU")].id, "150");
	assert_string_equal(r->list[regions_of(r, "FJ")].id, "009");
	assert_int_equal(regions_of(r, "XX"), -1);
	for (size_t i = 0; i < r->n; i++)
		for (char **c = r->list[i].countries; *c != NULL; c++) {
			countries++;
			assert_int_equal(regions_of(r, *c), i); /* in one region only */
		}
	assert_in_range(countries, 230, 260);
	regions_name(&b, r, "150", "fr");
	buf_putc(&b, ';');
	regions_name(&b, r, "419", "es");
	assert_string_equal(b.data, "Europe;Latinoamérica");
	buf_finish(&b);
	regions_free(r);
}

static int read_text(struct regions **r, const char *text, struct err *err)
{
	struct json *v;
	int status;

	assert_int_equal(json_parse(&v, text, strlen(text), err), 0);
	status = regions_read(r, v, err);
	json_free(v);
	return status;
}

static void test_own_map(void **state)
{
	static const char text[] = "[{\"id\":\"eeca\",\"label\":{\"en\":\"Eastern Europe\",\"ru\":"
		"\"Восточная Европа\"},\"countries\":[\"RU\",\"UA\"]},{\"id\":\"002\","
		"\"within\":\"021\",\"countries\":[\"KE\"]},{\"id\":\"021\",\"countries\":[]}]";
	struct regions *r;
	struct err err;
	struct buf b = {0};

	(void)state;
	assert_int_equal(read_text(&r, text, &err), 0);
	regions_write(&b, r);
	assert_string_equal(b.data, text);
	buf_clear(&b);
	regions_name(&b, r, "eeca", "ru");
	buf_putc(&b, ';');
	regions_name(&b, r, "eeca", "fr");
	buf_putc(&b, ';');
	regions_name(&b, r, "002", "en");
	assert_string_equal(b.data, "Восточная Европа;Eastern Europe;Africa");
	buf_finish(&b);
	regions_free(r);
}

static const char *const bad[][2] = {
	{"[]", "1 to 250"},
	{"{}", "1 to 250"},
	{"[{\"id\":\"a b\",\"countries\":[\"FR\"]}]", "\"id\" must be"},
	{"[{\"id\":\"other\",\"label\":{\"en\":\"x\"},\"countries\":[\"FR\"]}]", "\"id\" must be"},
	{"[{\"id\":\"none\",\"label\":{\"en\":\"x\"},\"countries\":[\"FR\"]}]", "\"id\" must be"},
	{"[{\"id\":\"a\",\"countries\":[\"FR\"]}]", "needs a \"label\""},
	{"[{\"id\":\"002\",\"countries\":[\"XX\"]}]", "unknown country \"XX\""},
	{"[{\"id\":\"002\",\"countries\":[]}]", "has no countries"},
	{"[{\"id\":\"002\",\"within\":\"150\",\"countries\":[\"FR\"]}]", "\"within\" must be"},
	{"[{\"id\":\"002\",\"within\":1,\"countries\":[\"FR\"]}]", "\"within\" must be"},
	{"[{\"id\":\"002\",\"within\":\"150\",\"countries\":[\"FR\"]},"
		"{\"id\":\"150\",\"countries\":[\"DE\"]}]", "has others within it"},
	{"[{\"id\":\"002\",\"countries\":[\"FR\"]},{\"id\":\"002\",\"countries\":[\"DE\"]}]",
		"stands twice"},
	{"[{\"id\":\"002\",\"countries\":[\"FR\"]},{\"id\":\"150\",\"countries\":[\"FR\"]}]",
		"in two regions"},
};

static void test_bad(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct regions *r;
		struct err err = {0};

		CHECK(read_text(&r, bad[i][0], &err) == -1, bad[i][0]);
		if (strstr(err.msg, bad[i][1]) == NULL)
			fail_msg("%s: %s", bad[i][0], err.msg);
	}
}

static void test_countries(void **state)
{
	const char **codes;
	struct buf b = {0};
	struct err err;
	size_t n, at = 0;

	(void)state;
	assert_false(country_valid("IC") || country_valid("EA") || country_valid("DG"));
	assert_true(country_valid("FR") && !country_valid("XX") && !country_valid("FRA") &&
		!country_valid("fr") && !country_valid(""));
	assert_int_equal(country_sorted(&codes, &n, "fr", &err), 0);
	assert_in_range(n, 240, 260);
	while (at < n && strcmp(codes[at], "DE") != 0)
		at++;
	assert_true(at < 10); /* Allemagne */
	country_name(&b, "DE", "fr");
	buf_putc(&b, ';');
	language_name(&b, "fr", "fr");
	buf_putc(&b, ';');
	language_name(&b, "ru", "ru");
	buf_putc(&b, ';');
	language_name(&b, "ar", "en");
	buf_putc(&b, ';');
	language_name_within(&b, "ru", "fr");
	assert_string_equal(b.data, "Allemagne;Français;Русский;Arabic;russe");
	buf_finish(&b);
	free(codes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_default),
		cmocka_unit_test(test_own_map),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_countries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
