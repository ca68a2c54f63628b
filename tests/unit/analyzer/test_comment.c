/* test_comment.c - texts look as if they named somebody or not; small groups have no name. */
#include "analyzer/comment.h"
#include "tests/unit/analyzer/sample.h"

static const struct {
	const char *text;
	unsigned flags;
} cases[] = {
	{"The outreach workers kept coming.", 0},
	{"I had to wait, but I got it. Thanks!", 0},
	{"HIV tests and COVID-19 rules", 0},
	{"They slept on the street", 0},
	{"we paid 10 or 20 for it", 0},
	{"my worker Maria was good", COMMENT_NAME},
	{"My name is jo", COMMENT_NAME},
	{"je m'appelle jo", COMMENT_NAME},
	{"меня зовут ваня", COMMENT_NAME},
	{"спросите Ваню", COMMENT_NAME},
	{"اسمي علي", COMMENT_NAME},
	{"call 0123 456 789", COMMENT_PHONE},
	{"+44 (0)20-7946-0018", COMMENT_PHONE},
	{"٠١٢٣٤٥٦٧٨", COMMENT_PHONE},
	{"at 12 mill street", COMMENT_ADDRESS},
	{"12 rue des fleurs", COMMENT_ADDRESS},
	{"ул. Ленина 5", COMMENT_ADDRESS},
	{"شارع النصر 5", COMMENT_ADDRESS},
	{"write to jo@example.org", COMMENT_HANDLE},
	{"I am @jo_1 there", COMMENT_HANDLE},
	{"find me on telegram", COMMENT_HANDLE},
	{"see www.example.org", COMMENT_HANDLE},
	{"", 0},
	{"@", 0},
	{".", 0},
};

static void test_flags(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (comment_flags(cases[i].text) != cases[i].flags)
			fail_msg("%s: %u", cases[i].text, comment_flags(cases[i].text));
}

static void add(struct comments *c, const char *language, const char *region, int n)
{
	struct err err = {0};

	for (int i = 0; i < n; i++) {
		char field[] = "say", text[40], place[16];
		struct record_text t = {.field = field, .text = text};

		snprintf(text, sizeof text, "%s %s %d", language, region, i);
		snprintf(place, sizeof place, "%s", region);
		snprintf(t.language, sizeof t.language, "%s", language);
		t.region = place;
		assert_int_equal(comments_add(c, &t, &err), 0);
	}
}

static size_t named(const struct comments *c, int language, int region)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += c->list[i].language == language && c->list[i].region == region;
	return n;
}

static void test_groups(void **state)
{
	struct form *form = sample_form(SAMPLE_FORM("region"));
	struct comments c;
	struct err err = {0};
	char field[] = "say", empty[] = "", other[] = "tested/other", some[] = "words";
	struct record_text blank = {field, "en", NULL, empty}, else_where = {other, "en", NULL, some};

	(void)state;
	assert_int_equal(comments_start(&c, form, "nix", &err), -1);
	assert_int_equal(comments_start(&c, form, "trust", &err), -1);
	assert_int_equal(comments_start(&c, form, "tested", &err), 0);
	assert_string_equal(c.field, "tested/other");
	assert_int_equal(comments_start(&c, form, "say", &err), 0);
	assert_int_equal(comments_add(&c, &blank, &err), 0);
	assert_int_equal(comments_add(&c, &else_where, &err), 0);
	assert_int_equal(c.n, 0);
	/* north 30, south 12, east 3 in English: east has no name, and south neither, as 3 are few */
	add(&c, "en", "north", 30);
	add(&c, "en", "south", 12);
	add(&c, "en", "east", 3);
	/* French: 11, all of them in the north */
	add(&c, "fr", "north", 11);
	assert_int_equal(comments_protect(&c, 10, &err), 0);
	assert_int_equal(named(&c, 0, 0), 30);
	assert_int_equal(named(&c, 0, -1), 15);
	assert_int_equal(named(&c, 1, 0), 11);
	comments_finish(&c);
	/* nine in French: they have no name, and so English must lose its own */
	assert_int_equal(comments_start(&c, form, "say", &err), 0);
	add(&c, "en", "north", 30);
	add(&c, "fr", "north", 9);
	assert_int_equal(comments_protect(&c, 10, &err), 0);
	assert_int_equal(named(&c, 0, 0) + named(&c, 1, 0), 0);
	assert_int_equal(named(&c, -1, 0), 39);
	comments_finish(&c);
	form_free(form);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_flags),
		cmocka_unit_test(test_groups),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
