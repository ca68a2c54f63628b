/* test_file.c - files are read whole, replaced whole, or left as they were. */
#include "lib/base/file.h"
#include "tests/unit/test.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static int set_up(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/peer-survey-file.XXXXXX");
	return mkdtemp(folder) == NULL;
}

static int entries(void)
{
	DIR *d = opendir(folder);
	int n = -2;

	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n;
}

static char *path(const char *name)
{
	struct err err;

	return file_join(folder, name, &err);
}

static void test_replace_and_read(void **state)
{
	char *p = path("a");
	struct buf b = {0};
	struct err err;
	struct stat about;

	(void)state;
	assert_int_equal(file_replace(p, "one", 3, 0600, &err), 0);
	assert_int_equal(file_replace(p, "two!", 4, 0640, &err), 0);
	assert_int_equal(stat(p, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0640);
	buf_puts(&b, "before ");
	assert_int_equal(file_read(&b, p, 4, &err), 0);
	assert_string_equal(b.data, "before two!");
	assert_int_equal(entries(), 1);
	buf_finish(&b);
	free(p);
}

static void test_bad_too_large(void **state)
{
	char *p = path("a");
	struct buf b = {0};
	struct err err;

	(void)state;
	buf_puts(&b, "kept");
	assert_int_equal(file_read(&b, p, 3, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_string_equal(b.data, "kept");
	buf_finish(&b);
	free(p);
}

static void test_bad_create_over(void **state)
{
	char *p = path("a"), *missing = path("no/such");
	struct buf b = {0};
	struct err err;

	(void)state;
	assert_int_equal(file_create(p, "x", 1, 0600, &err), -1);
	assert_non_null(strstr(err.msg, "already exists"));
	assert_int_equal(file_read(&b, p, 100, &err), 0);
	assert_string_equal(b.data, "two!");
	assert_int_equal(file_create(missing, "x", 1, 0600, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_int_equal(file_read(&b, missing, 100, &err), -1);
	assert_int_equal(entries(), 1);
	buf_finish(&b);
	free(p);
	free(missing);
}

static void test_folder(void **state)
{
	char *p = path("made"), *file = path("a");
	struct err err;

	(void)state;
	assert_int_equal(file_folder(p, 0700, &err), 0);
	assert_int_equal(file_folder(p, 0700, &err), 0);
	assert_int_equal(file_folder(file, 0700, &err), -1);
	assert_true(file_exists(p));
	rmdir(p);
	unlink(file);
	rmdir(folder);
	free(p);
	free(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_replace_and_read),
		cmocka_unit_test(test_bad_too_large),
		cmocka_unit_test(test_bad_create_over),
		cmocka_unit_test(test_folder),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
