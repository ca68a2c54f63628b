/* test_workbook_csv.c - sheets as .csv files: separators, quotes, line ends, folders. */
#include "tests/unit/forms/workbook_make.h"

struct csv_case {
	const char *label, *text;
	size_t n; /* bytes of text; 0: until its NUL */
	const char *want, *error;
};

static const struct csv_case cases[] = {
	{"plain", "type,name\ntext,q1\n", 0, "survey[2x2]:A1=type;B1=name;A2=text;B2=q1;", NULL},
	{"no last line end", "a,b\nc", 0, "survey[2x2]:A1=a;B1=b;A2=c;", NULL},
	{"CRLF, CR", "a\r\nb\rc\r\n", 0, "survey[3x1]:A1=a;A2=b;A3=c;", NULL},
	{"byte order mark", "\xef\xbb\xbf\"a\",b\n", 0, "survey[1x2]:A1=a;B1=b;", NULL},
	{"semicolons", "a;b;\"c,d\"\n1,5;2;3\n", 0,
		"survey[2x3]:A1=a;B1=b;C1=c,d;A2=1,5;B2=2;C2=3;", NULL},
	{"tabs", "a\tb, c\n", 0, "survey[1x2]:A1=a;B1=b, c;", NULL},
	{"separators in quotes do not count", "\"a;;;\",b\n", 0, "survey[1x2]:A1=a;;;;B1=b;", NULL},
	{"only the first line counts", "a,b\n;;;;,x\n", 0,
		"survey[2x2]:A1=a;B1=b;A2=;;;;;B2=x;", NULL},
	{"quotes, doubled", "\"say \"\"hi\"\"\",\"\"\n", 0, "survey[1x1]:A1=say \"hi\";", NULL},
	{"quotes inside an unquoted cell", "5\" pipe,b\n", 0,
		"survey[1x2]:A1=5\" pipe;B1=b;", NULL},
	{"lines in a cell", "\"a\r\nb\rc\",d\ne,f\n", 0,
		"survey[2x2]:A1=a\nb\nc;B1=d;A2=e;B2=f;", NULL},
	{"blank after a quote", "\"a\" ,b\n", 0, "survey[1x2]:A1=a;B1=b;", NULL},
	{"white space", " \xc2\xa0 a b\xe2\x80\xaf,\"\n c\t\"\n", 0, "survey[1x2]:A1=a b;B1=c;",
		NULL},
	{"empty lines keep their number", "a\n\n,,\nb\n", 0, "survey[4x1]:A1=a;A4=b;", NULL},
	{"empty", "", 0, "survey[0x0]:", NULL},
	{"only a byte order mark", "\xef\xbb\xbf", 0, "survey[0x0]:", NULL},
	{"text stays as it is written", "1.0,TRUE,_x0041_\n", 0,
		"survey[1x3]:A1=1.0;B1=TRUE;C1=_x0041_;", NULL},
	{"bad-open quote", "a,b\nc,\"d\ne\n", 0, NULL, "cell B2: a quotation mark is not closed"},
	{"bad-text after a quote", "a\n\"b\"c\n", 0, NULL, "cell A2: text follows"},
	{"bad-Windows-1252", "a,b\nx,caf\xe9\n", 0, NULL, "cell B2: not UTF-8"},
	{"bad-UTF-16", "\xff\xfe\x61\x00", 4, NULL, "cell A1: not UTF-8"},
	{"bad-NUL", "a,b\0c\n", 6, NULL, "cell B1: not UTF-8"},
};

static void test_files(void **state)
{
	char *folder = make_folder(), *path;
	struct err err;

	(void)state;
	path = file_join(folder, "any.csv", &err);
	assert_non_null(path);
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t n = cases[i].n > 0 ? cases[i].n : strlen(cases[i].text);

		make_file(path, cases[i].text, n);
		make_expect(path, cases[i].label, cases[i].want, cases[i].error);
	}
	unlink(path);
	rmdir(folder);
	free(path);
	free(folder);
}

/* Write (text) or remove (NULL) a file of a folder. */
static void put(const char *folder, const char *name, const char *text)
{
	struct err err;
	char *path = file_join(folder, name, &err);

	assert_non_null(path);
	if (text != NULL)
		make_file(path, text, strlen(text));
	else
		assert_int_equal(unlink(path), 0);
	free(path);
}

static void test_folder(void **state)
{
	static const char *const names[] = {"choices.csv", "Survey.CSV", "settings.csv", "b.csv",
		"a.csv", "notes.txt", ".csv", ".hidden.csv"};
	char *folder = make_folder();
	struct workbook *w;
	struct err err;

	(void)state;
	make_expect(folder, "bad-no .csv file", NULL, "no .csv file in this folder");
	for (size_t i = 0; i < COUNT(names); i++)
		put(folder, names[i], names[i]);
	make_expect(folder, "order", "Survey[1x1]:A1=Survey.CSV; choices[1x1]:A1=choices.csv; "
		"settings[1x1]:A1=settings.csv; a[1x1]:A1=a.csv; b[1x1]:A1=b.csv;", NULL);
	assert_int_equal(workbook_load(&w, folder, &err), 0);
	assert_ptr_equal(workbook_sheet(w, "survey"), &w->list[0]);
	assert_ptr_equal(workbook_sheet(w, " CHOI ces\t"), &w->list[1]);
	assert_null(workbook_sheet(w, "choice"));
	assert_null(workbook_sheet(w, "choicess"));
	workbook_free(w);
	put(folder, "b.csv", "ok\n\"");
	make_expect(folder, "bad-one of them", NULL, "/b.csv: cell A2: a quotation mark");
	for (size_t i = 0; i < COUNT(names); i++)
		put(folder, names[i], NULL);
	for (int i = 0; i <= WORKBOOK_SHEETS_MAX; i++) {
		char name[24];

		snprintf(name, sizeof name, "s%d.csv", i);
		put(folder, name, "x");
	}
	make_expect(folder, "bad-too many sheets", NULL, "more than 64 .csv files");
	for (int i = 0; i <= WORKBOOK_SHEETS_MAX; i++) {
		char name[24];

		snprintf(name, sizeof name, "s%d.csv", i);
		put(folder, name, NULL);
	}
	assert_int_equal(rmdir(folder), 0);
	free(folder);
}

/* A cell of 32,767 characters passes, of 32,768 does not; so with cells and rows. */
static void test_bounds(void **state)
{
	char *folder = make_folder(), *path;
	struct buf b = {0};
	struct workbook *w;
	struct err err;

	(void)state;
	path = file_join(folder, "survey.csv", &err);
	assert_non_null(path);
	buf_puts(&b, "a\n");
	for (int i = 0; i < WORKBOOK_CELL_MAX; i++)
		buf_puts(&b, "\xc3\xa9");
	make_file(path, b.data, b.len);
	assert_int_equal(workbook_load(&w, path, &err), 0);
	assert_int_equal(strlen(sheet_cell(&w->list[0], 1, 0)), 2 * WORKBOOK_CELL_MAX);
	workbook_free(w);
	buf_puts(&b, "x");
	make_file(path, b.data, b.len);
	make_expect(path, "bad-long cell", NULL, "cell A2: more than 32767 characters");

	buf_clear(&b);
	for (int i = 0; i <= WORKBOOK_CELLS_MAX; i++)
		buf_puts(&b, i % 20 == 19 ? "1\n" : "1,");
	make_file(path, b.data, b.len);
	make_expect(path, "bad-many cells", NULL, "cell A100001: more than 2000000 filled cells");

	buf_clear(&b);
	for (int i = 0; i < WORKBOOK_ROWS_MAX; i++)
		buf_puts(&b, "\n");
	make_file(path, b.data, b.len);
	make_expect(path, "empty rows", "survey[0x0]:", NULL);
	buf_puts(&b, "x");
	make_file(path, b.data, b.len);
	make_expect(path, "bad-many rows", NULL, "cell A1048577: more than 1048576 rows");

	buf_clear(&b);
	for (int i = 0; i < WORKBOOK_COLUMNS_MAX; i++)
		buf_puts(&b, ",");
	buf_puts(&b, "x");
	make_file(path, b.data, b.len);
	make_expect(path, "bad-many columns", NULL, "cell XFE1: more than 16384 columns");
	buf_finish(&b);
	unlink(path);
	rmdir(folder);
	free(path);
	free(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_folder),
		cmocka_unit_test(test_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
