/*
 * test_page_script.c - what the script is told: everything it needs to apply the rules and to seal,
 * nothing that could end its element; and which questionnaires a browser cannot check. The kit: one
 * file that loads nothing, the same each time.
 */
#include "forms/kit.h"
#include "forms/page_script.h"
#include "forms/regions.h"
#include "lib/base/json.h"
#include "tests/unit/forms/sample.h"

static struct form *frozen(const char *change, const char *by)
{
	struct findings findings = {0};
	struct regions *regions;
	struct buf text = {0};
	struct form *f = NULL;
	const char *at = change != NULL ? strstr(SAMPLE, change) : NULL;
	struct err err;

	assert_int_equal(regions_default(&regions, &err), 0);
	if (at != NULL) {
		buf_put(&text, SAMPLE, (size_t)(at - SAMPLE));
		buf_puts(&text, by);
		buf_put(&text, at + strlen(change), strlen(at) - strlen(change) - 1);
	} else {
		buf_put(&text, SAMPLE, sizeof SAMPLE - 2);
	}
	buf_puts(&text, ",\"frozen\":{\"round\":\"one\",\"country\":\"region\",\"text_region\":false,"
		"\"demonstration\":false,\"regions\":");
	regions_write(&text, regions);
	buf_puts(&text, "}}");
	if (form_parse(&f, text.data, text.len, &findings, &err) != 0)
		fail_msg("%s", err.msg);
	regions_free(regions);
	findings_finish(&findings);
	buf_finish(&text);
	return f;
}

static const struct seal_key key = {.round = "one", .box = {1, 2, 255}, .form = {0xab},
	.custodians = 3, .quorum = 2};

static void test_integrity(void **state)
{
	char text[PAGE_INTEGRITY];

	(void)state;
	/* FIPS 180-2's "abc", and no bytes */
	page_script_integrity(text, "abc", 3);
	assert_string_equal(text, "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
	page_script_integrity(text, "", 0);
	assert_string_equal(text, "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

static struct json *about(struct form *f, struct words *w, const struct seal_key *k)
{
	const struct page_site site = {.form = f, .words = w, .key = k};
	const struct page page = {.site = &site};
	struct json *v = NULL;
	struct buf text = {0};
	struct err err;

	page_script_about(&text, &page, NULL, true);
	if (json_parse(&v, text.data, text.len, &err) != 0)
		fail_msg("%s", err.msg);
	buf_finish(&text);
	return v;
}

static const struct json *item(const struct json *list, const char *id)
{
	for (const struct json *v = json_first(list); v != NULL; v = json_next(v))
		if (strcmp(json_string(json_get(v, "id")), id) == 0)
			return v;
	fail_msg("no %s", id);
	return NULL;
}

static void test_about(void **state)
{
	struct words *w = words_create(words_page);
	struct form *f = frozen(NULL, NULL);
	struct json *v = about(f, w, &key);
	const struct json *questions = json_get(v, "questions"), *q;

	(void)state;
	assert_string_equal(json_string(json_get(v, "language")), "en");
	assert_int_equal(strncmp(json_string(json_get(v, "key")), "0102ff00", 8), 0);
	assert_int_equal(strncmp(json_string(json_get(v, "digest")), "ab00", 4), 0);
	assert_int_equal(json_count(json_get(v, "texts")), 3);
	assert_int_equal((size_t)json_number(json_first(json_get(v, "sizes")), 0),
		encode_size(form_capacity(f, RECORD_CORE)));
	assert_int_equal(json_count(json_get(v, "regions")), f->regions->n);
	assert_true(strlen(json_string(json_get(v, "countries"))) > 240);
	assert_int_equal(json_count(questions), f->n_questions - 1); /* without the note */
	q = item(questions, "used");
	assert_int_equal(json_count(json_get(q, "choices")), 5);
	assert_string_equal(json_string(json_get(q, "other")), "other");
	assert_string_equal(json_string(json_first(json_get(q, "exclusive"))), "none");
	q = item(questions, "hours");
	assert_string_equal(json_string(json_first(json_get(q, "constraint"))), "<=");
	assert_true(json_number(json_get(q, "step"), 0) == 0.5);
	assert_string_equal(json_string(json_get(q, "constraint_message")), "Too many");
	json_free(v);
	v = about(f, w, NULL);
	assert_null(json_get(v, "key"));
	json_free(v);
	form_free(f);
	words_free(w);
}

/* A browser that cannot apply a rule does not seal. */
static void test_seals(void **state)
{
	static const struct {
		const char *by, *why;
	} cases[] = {
		{". <= ${days} * 24", NULL},
		{". <= max(${days}, 3) and selected(${used}, 'a')", NULL},
		{"regex(., '[0-9]+')", "hours"},
		{"not(string-length(translate(., '1', '')) = 0)", "hours"},
	};
	struct words *w = words_create(words_page);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct form *f = frozen(". <= ${days} * 24", cases[i].by);
		const char *why;
		struct json *v;

		assert_int_equal(page_script_seals(f, &why), cases[i].why == NULL);
		v = about(f, w, &key);
		assert_int_equal(json_get(v, "key") != NULL, cases[i].why == NULL);
		if (cases[i].why != NULL)
			assert_string_equal(why, cases[i].why);
		json_free(v);
		form_free(f);
	}
	words_free(w);
}

/* Text of the questionnaire cannot leave the element. */
static void test_data(void **state)
{
	struct buf out = {0};

	(void)state;
	page_script_data(&out, "\"</script><!--<script>\"", 23);
	assert_null(strchr(out.data, '<'));
	assert_non_null(strstr(out.data, "\\u003c/script>\\u003c!--"));
	buf_finish(&out);
}

static void test_kit(void **state)
{
	struct words *w = words_create(words_page);
	struct form *f = frozen(NULL, NULL), *bad = frozen(". <= ${days} * 24", "regex(., '1')");
	const struct page_site site = {.form = f, .words = w, .custodians = 3, .quorum = 2,
		.key = &key};
	const struct page_site other = {.form = bad, .words = w, .key = &key};
	struct kit kit = {.site = &site, .language = 1, .collector = "https://survey.example"};
	char one[SEAL_FINGERPRINT], two[SEAL_FINGERPRINT];
	struct buf file = {0}, again = {0};
	struct err err = {0};

	(void)state;
	if (page_script_file("kit") == NULL) {
		assert_int_equal(kit_write(&file, one, &kit, &err), -1);
		assert_non_null(strstr(err.msg, "without the script"));
		goto out;
	}
	assert_int_equal(kit_write(&file, one, &kit, &err), 0);
	assert_int_equal(kit_write(&again, two, &kit, &err), 0);
	assert_string_equal(one, two);
	assert_string_equal(file.data, again.data);
	assert_non_null(strstr(file.data, one));
	seal_fingerprint(two, &key);
	assert_non_null(strstr(file.data, two));
	assert_non_null(strstr(file.data, "connect-src https://survey.example\""));
	assert_null(strstr(file.data, "<link"));
	assert_null(strstr(file.data, "unsafe"));
	assert_null(strstr(file.data, "00000 00000 00000 00000"));
	kit.collector = NULL;
	buf_clear(&file);
	assert_int_equal(kit_write(&file, two, &kit, &err), 0);
	assert_string_not_equal(one, two);
	assert_non_null(strstr(file.data, "connect-src &#39;none&#39;\""));
	for (const char *const *url = (const char *const[]){"survey.example", "https://",
	     "https://a/b", "https://a; script-src *", "https://a\" b", "ftp://a", NULL}; *url; url++) {
		kit.collector = *url;
		buf_clear(&file);
		assert_int_equal(kit_write(&file, one, &kit, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
	}
	kit = (struct kit){.site = &other};
	assert_int_equal(kit_write(&file, one, &kit, &err), -1);
	assert_non_null(strstr(err.msg, "hours: its rules"));
out:
	buf_finish(&file);
	buf_finish(&again);
	form_free(f);
	form_free(bad);
	words_free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_integrity),
		cmocka_unit_test(test_about),
		cmocka_unit_test(test_seals),
		cmocka_unit_test(test_data),
		cmocka_unit_test(test_kit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
