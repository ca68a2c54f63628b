/* test_font.c - faces that are missing, codes, what is embedded. */
#include "report/font.h"
#include "tests/unit/test.h"

#include <unistd.h>

static const struct font_look regular = { FONT_SANS, FONT_REGULAR, false };
static const struct font_look bold = { FONT_SANS, FONT_BOLD, false };

static void test_bad_missing(void **state)
{
	struct font_set *set;
	struct err err;

	(void)state;
	assert_int_equal(font_set_create(&set, "/nonexistent", &err), -1);
	assert_null(set);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.msg, "NotoSans-Regular.ttf"));
	assert_non_null(strstr(err.msg, "fonts-noto-core"));
}

/* Only Noto Sans is there: Arabic cannot be printed, and that is said. */
static void test_bad_script_missing(void **state)
{
	static const char *const files[] = { "NotoSans-Regular.ttf", "NotoSans-Bold.ttf" };
	char folder[] = "/tmp/fonts-XXXXXX", path[128], from[128];
	struct font_set *set;
	struct err err;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/noto", folder);
	assert_int_equal(symlink(folder, path), 0);
	for (size_t i = 0; i < COUNT(files); i++) {
		snprintf(from, sizeof from, "/usr/share/fonts/truetype/noto/%s", files[i]);
		snprintf(path, sizeof path, "%s/%s", folder, files[i]);
		assert_int_equal(symlink(from, path), 0);
	}
	assert_int_equal(font_set_create(&set, folder, &err), 0);
	assert_non_null(font_choose(set, &bold, 'a'));
	assert_int_equal(font_set_check(set, &err), 0);
	assert_null(font_choose(set, &bold, 0x0628));
	assert_int_equal(font_set_check(set, &err), -1);
	assert_non_null(strstr(err.msg, "NotoSansArabic"));
	font_set_free(set);
	for (size_t i = 0; i < COUNT(files); i++) {
		snprintf(path, sizeof path, "%s/%s", folder, files[i]);
		unlink(path);
	}
	snprintf(path, sizeof path, "%s/noto", folder);
	unlink(path);
	rmdir(folder);
}

static void test_codes(void **state)
{
	static const uint16_t a[] = { 'a' }, fi[] = { 'f', 'i' };
	struct font_program program = { .name = "" };
	struct font_set *set;
	struct font *f;
	struct err err;
	int code;

	(void)state;
	assert_int_equal(font_set_create(&set, NULL, &err), 0);
	f = font_choose(set, &regular, 'a');
	code = font_code(f, 68, a, 1);
	assert_int_equal(code, 1); /* 0 is .notdef */
	assert_int_equal(font_code(f, 68, a, 1), code);
	assert_int_not_equal(font_code(f, 68, fi, 2), code);
	assert_int_not_equal(font_code(f, 69, a, 1), code);
	assert_int_equal(font_codes(f), 4);
	assert_true(font_advance(f, code) > 100);
	assert_int_equal(font_program_create(&program, f, &err), 0);
	assert_int_equal(program.code_to_glyph.len, 8);
	assert_true(program.file.len > 500 && program.file.len < 20000);
	assert_non_null(strstr(program.to_unicode.data, "<0002> <00660069>"));
	font_program_finish(&program);
	font_set_free(set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bad_missing),
		cmocka_unit_test(test_bad_script_missing),
		cmocka_unit_test(test_codes),
	};

	return cmocka_run_group_tests_name("font", tests, NULL, NULL);
}
