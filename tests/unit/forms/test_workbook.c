/* test_workbook.c - .xlsx workbooks: what is read from them, and that none can do harm. */
#include "tests/unit/forms/workbook_make.h"

#define SHEET(rows) "<worksheet " MAIN "><sheetData>" rows "</sheetData></worksheet>"
#define ONE(rows) {{"xl/worksheets/sheet1.xml", SHEET(rows)}}
#define BOOK(sheets) "<workbook " MAIN " xmlns:r=\"" OFFICE "\">" sheets "</workbook>"
#define IN "t=\"inlineStr\""

struct xlsx_case {
	const char *label;
	struct make_part parts[5];
	const char *want, *error;
};

static const struct xlsx_case cases[] = {
	{"an empty sheet", {{NULL}}, "survey[0x0]:", NULL},
	{"shared strings", ONE("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c>"
		"<c r=\"C1\" t=\"s\"><v>0</v></c></row>"), "survey[1x3]:A1=one;C1=zero;", NULL},
	{"inline strings", ONE("<row r=\"2\"><c r=\"B2\" " IN "><is><t> a b\n</t></is></c></row>"),
		"survey[2x2]:B2=a b;", NULL},
	{"numbers", ONE("<row><c><v>1.0</v></c><c t=\"n\"><v>0.1</v></c>"
		"<c><v>1.1000000000000001</v></c><c><v></v></c><c s=\"9\"><v>5</v></c></row>"),
		"survey[1x5]:A1=1;B1=0.1;C1=1.1;E1=5;", NULL},
	{"booleans, errors", ONE("<row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c>"
		"<c t=\"e\"><v>#N/A</v></c></row>"), "survey[1x3]:A1=TRUE;B1=FALSE;C1=#N/A;", NULL},
	{"formulas", ONE("<row><c><f>1+1</f><v>2</v></c>"
		"<c t=\"str\"><f>A1&amp;\"x\"</f><v>2x</v></c><c><f>B9</f></c></row>"),
		"survey[1x2]:A1=2;B1=2x;", NULL},
	{"dates", ONE("<row><c s=\"1\"><v>43922</v></c><c s=\"2\"><v>43922.5</v></c>"
		"<c s=\"3\"><v>43922</v></c><c><v>43922</v></c>"
		"<c t=\"d\"><v>2020-04-01</v></c></row>"),
		"survey[1x5]:A1=2020-04-01;B1=2020-04-01T12:00:00;C1=43922;D1=43922;E1=2020-04-01;",
		NULL},
	{"dates from 1904", {{"xl/workbook.xml", BOOK("<workbookPr date1904=\"1\"/><sheets>"
		"<sheet name=\"s\" r:id=\"r1\"/></sheets>")},
		{"xl/worksheets/sheet1.xml", SHEET("<row><c s=\"1\"><v>42460</v></c></row>")}},
		"s[1x1]:A1=2020-04-01;", NULL},
	{"a style that is a date with text", ONE("<row><c s=\"1\" t=\"s\"><v>1</v></c>"
		"<c s=\"1\"><v>-1</v></c></row>"), "survey[1x2]:A1=one;B1=-1;", NULL},
	{"rich text, phonetic text, escapes", {{"xl/sharedStrings.xml", "<sst " MAIN "><si>"
		"<r><rPr><b/></rPr><t xml:space=\"preserve\">Are </t></r><r><t>you?</t></r>"
		"<rPh sb=\"0\" eb=\"1\"><t>no</t></rPh><phoneticPr fontId=\"1\"/></si>"
		"<si><t>a_x000D_\nb &lt;&#233;&gt;</t></si></sst>"},
		{"xl/worksheets/sheet1.xml", SHEET("<row><c t=\"s\"><v>0</v></c>"
		"<c t=\"s\"><v>1</v></c><c " IN "><is><r><t>x</t></r><r><t>y</t></r>"
		"<rPh><t>z</t></rPh></is></c></row>")}},
		"survey[1x3]:A1=Are you?;B1=a\nb <\xc3\xa9>;C1=xy;", NULL},
	{"white space is no text", {{"xl/sharedStrings.xml",
		"<sst " MAIN "><si><t> \xc2\xa0</t></si>"
		"<si/></sst>"},
		{"xl/worksheets/sheet1.xml", SHEET("<row><c t=\"s\"><v>0</v></c>"
		"<c t=\"s\"><v>1</v></c><c t=\"str\"><v>\t</v></c></row>")}}, "survey[0x0]:", NULL},
	{"places left out, and out of order", ONE("<row r=\"3\"><c><v>1</v></c>"
		"<c r=\"D3\"><v>2</v></c><c><v>3</v></c></row><row><c r=\"b4\"><v>4</v></c></row>"
		"<row r=\"1\"><c r=\"B1\"><v>5</v></c><c r=\"A1\"><v>6</v></c></row>"),
		"survey[4x5]:A1=6;B1=5;A3=1;D3=2;E3=3;B4=4;", NULL},
	{"the last cell of all", ONE("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
		"<row r=\"1048576\"><c r=\"XFD1048576\"><v>9</v></c></row>"),
		"survey[1048576x16384]:A1=1;XFD1048576=9;", NULL},
	{"merged cells", {{"xl/worksheets/sheet1.xml", "<worksheet " MAIN "><sheetData>"
		"<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>"
		"<row><c><v>4</v></c><c><v>5</v></c><c><v>6</v></c></row></sheetData>"
		"<mergeCells><mergeCell ref=\"A1:B2\"/>"
		"<mergeCell ref=\"C2:XFD1048576\"/></mergeCells>"
		"</worksheet>"}}, "survey[2x3]:A1=1;C1=3;C2=6;", NULL},
	{"order, hidden, charts, names", {{"xl/workbook.xml", BOOK("<sheets>"
		"<sheet name=\" choices \" sheetId=\"7\" r:id=\"r2\" state=\"hidden\"/>"
		"<sheet name=\"chart\" r:id=\"r3\"/>"
		"<sheet name=\"Umfrage &amp; mehr\" sheetId=\"2\" r:id=\"r1\"/></sheets>")},
		{"xl/worksheets/sheet2.xml", SHEET("<row><c><v>2</v></c></row>")}},
		"choices[1x1]:A1=2; Umfrage & mehr[0x0]:", NULL},
	{"prefixes and foreign elements", {{"xl/worksheets/sheet1.xml",
		"<x:worksheet xmlns:x=\"urn:m\" xmlns:o=\"urn:o\">"
		"<x:cols><x:c><x:v>8</x:v></x:c></x:cols>"
		"<x:sheetData><x:row><x:c><x:v>1</x:v>"
		"<x:extLst><x:v>2</x:v></x:extLst></x:c></x:row>"
		"</x:sheetData><x:extLst><o:row><x:c><x:v>3</x:v></x:c></o:row>"
		"</x:extLst></x:worksheet>"}},
		"survey[1x1]:A1=1;", NULL},
	{"no strings, no styles, no package relationships", {{"_rels/.rels", NULL},
		{"xl/sharedStrings.xml", NULL}, {"xl/styles.xml", NULL},
		{"xl/_rels/workbook.xml.rels", RELATIONS
		RELATION("r1", "worksheet", "../xl/./worksheets/sheet1.xml")
		"</Relationships>"},
		{"xl/worksheets/sheet1.xml", SHEET("<row><c s=\"1\"><v>43922</v></c></row>")}},
		"survey[1x1]:A1=43922;", NULL},
	{"another place, other case", {{"_rels/.rels", RELATIONS
		RELATION("x", "officeDocument", "/Book.xml") "</Relationships>"},
		{"book.XML", BOOK("<sheets><sheet name=\"s\" r:id=\"a\"/></sheets>")},
		{"_rels/Book.xml.rels", RELATIONS
		RELATION("a", "worksheet", "xl/worksheets/sheet1.xml") "</Relationships>"}},
		"s[0x0]:", NULL},

	{"bad-no workbook", {{"xl/workbook.xml", NULL}}, NULL, "no workbook in the archive"},
	{"bad-OpenDocument", {{"xl/workbook.xml", NULL}, {"content.xml", "<x/>"}}, NULL,
		"an OpenDocument file; save it as .xlsx"},
	{"bad-binary workbook", {{"_rels/.rels", RELATIONS
		RELATION("r", "officeDocument", "xl/workbook.bin") "</Relationships>"}}, NULL,
		"a binary .xlsb workbook"},
	{"bad-no relationships", {{"xl/_rels/workbook.xml.rels", NULL}}, NULL,
		"no part xl/_rels/workbook.xml.rels"},
	{"bad-no part of a sheet", {{"xl/worksheets/sheet1.xml", NULL}}, NULL,
		"sheet \"survey\": no part xl/worksheets/sheet1.xml"},
	{"bad-sheet without a relationship", {{"xl/workbook.xml",
		BOOK("<sheets><sheet name=\"s\" r:id=\"r9\"/></sheets>")}}, NULL,
		"sheet \"s\": its part"},
	{"bad-no sheets", {{"xl/workbook.xml", BOOK("<sheets/>")}}, NULL, "has no sheets"},
	{"bad-another root", {{"xl/worksheets/sheet1.xml", "<html/>"}}, NULL, "not a sheet"},
	{"bad-not XML", {{"xl/worksheets/sheet1.xml", "<worksheet>\n<a></worksheet>"}}, NULL,
		"sheet \"survey\": xl/worksheets/sheet1.xml: line 2: not XML: mismatched tag"},
	{"bad-empty part", {{"xl/worksheets/sheet1.xml", ""}}, NULL, "not XML: no element found"},
	{"bad-cut part", {{"xl/worksheets/sheet1.xml", "<worksheet><sheetData>"}}, NULL, "not XML"},
	{"bad-shared string out of range",
		ONE("<row r=\"3\"><c r=\"B3\" t=\"s\"><v>2</v></c></row>"), NULL,
		"cell B3: there is no such shared string (there are 2)"},
	{"bad-shared string negative", ONE("<row><c t=\"s\"><v>-1</v></c></row>"), NULL,
		"cell A1: there is no such shared string"},
	{"bad-shared string not a number", ONE("<row><c t=\"s\"><v>1x</v></c></row>"), NULL,
		"cell A1: there is no such shared string"},
	{"bad-cell twice", ONE("<row><c r=\"B1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row>"), NULL,
		"cell B1 is there twice"},
	{"bad-row 0", ONE("<row r=\"0\"/>"), NULL, "no row has such a number"},
	{"bad-row 1048577", ONE("<row r=\"5\"/><row r=\"1048577\"/>"), NULL,
		"after row 5: no row has such a number"},
	{"bad-row after the last", ONE("<row r=\"1048576\"/><row/>"), NULL,
		"more than 1048576 rows"},
	{"bad-column XFE", ONE("<row><c r=\"XFE1\"/></row>"), NULL, "in a place that no sheet has"},
	{"bad-column after the last", ONE("<row><c r=\"XFD1\"/><c/></row>"), NULL,
		"row 1: more than 16384 columns"},
	{"bad-reference", ONE("<row><c r=\"1A\"/></row>"), NULL, "in a place that no sheet has"},
	{"bad-huge reference", ONE("<row><c r=\"A99999999999999999999\"/></row>"), NULL,
		"in a place that no sheet has"},
	{"bad-merged range", {{"xl/worksheets/sheet1.xml", "<worksheet><mergeCells>"
		"<mergeCell ref=\"A1B2\"/></mergeCells></worksheet>"}}, NULL,
		"a merged cell in a place"},
	{"bad-document type", {{"xl/worksheets/sheet1.xml",
		"<!DOCTYPE worksheet><worksheet/>"}}, NULL, "holds a document type"},
	{"bad-entity bomb", {{"xl/sharedStrings.xml", "<!DOCTYPE sst [<!ENTITY a \"aaaaaaaaaa\">"
		"<!ENTITY b \"&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>"
		"<sst><si><t>&c;</t></si></sst>"}},
		NULL, "xl/sharedStrings.xml: holds a document type"},
	{"bad-external entity", {{"xl/workbook.xml", "<!DOCTYPE w SYSTEM \"file:///etc/passwd\">"
		"<workbook/>"}}, NULL, "holds a document type"},
	{"bad-undeclared entity", ONE("<row><c><v>&x;</v></c></row>"), NULL, "undefined entity"},
	{"bad-styles", {{"xl/styles.xml", "<a/>"}}, NULL, "xl/styles.xml: not a part of styles"},
	{"bad-name of a sheet", {{"xl/workbook.xml", BOOK("<sheets><sheet name=\""
		"0123456789012345678901234567890123456789012345678901234567890123456789"
		"0123456789012345678901234567890\" r:id=\"r1\"/></sheets>")}}, NULL,
		"the name of sheet 1 is longer"},
};

static void test_table(void **state)
{
	const char *path = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		make_xlsx(path, cases[i].parts);
		make_expect(path, cases[i].label, cases[i].want, cases[i].error);
	}
}

static void test_no_workbook_at_all(void **state)
{
	static const struct {
		const char *label, *bytes;
		size_t n;
		const char *error;
	} files[] = {
		{"bad-empty", "", 0, "neither a .xlsx workbook nor a .csv file"},
		{"bad-text", "type,name\n", 10, "neither a .xlsx workbook nor a .csv file"},
		{"bad-old", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, "save it as .xlsx"},
		{"bad-zip", "PK\3\4 and nothing else", 20, "a damaged .xlsx file"},
	};
	struct workbook *w;
	struct err err;

	for (size_t i = 0; i < COUNT(files); i++) {
		make_file(*state, files[i].bytes, files[i].n);
		make_expect(*state, files[i].label, NULL, files[i].error);
	}
	make_expect("/dev/null", "bad-device", NULL, "neither a file nor a folder");
	assert_int_equal(workbook_load(&w, "/nonexistent.xlsx", &err), -1);
	assert_int_equal(err.code, ERR_IO);
	workbook_free(NULL);
}

/* A usual workbook with a text in A1, as bytes. */
static void usual(struct buf *b, const char *path)
{
	static const struct make_part parts[] = {
		{"xl/worksheets/sheet1.xml", SHEET("<row><c t=\"s\"><v>1</v></c></row>")}, {NULL}};
	struct err err;

	make_xlsx(path, parts);
	assert_int_equal(file_read(b, path, 1 << 20, &err), 0);
}

/* Cut anywhere, it is refused; with any byte changed, it is refused or read, and nothing breaks. */
static void test_bad_damaged(void **state)
{
	struct buf b = {0};
	struct err err;

	usual(&b, *state);
	for (size_t n = 8; n < b.len; n += 3) {
		struct workbook *w;

		make_file(*state, b.data, n);
		assert_int_equal(workbook_load(&w, *state, &err), -1);
		assert_null(w);
		assert_int_equal(err.code, ERR_INPUT);
	}
	for (size_t i = 0; i < b.len; i++) {
		struct workbook *w;

		b.data[i] ^= (char)(1 << i % 8);
		make_file(*state, b.data, b.len);
		if (workbook_load(&w, *state, &err) == 0)
			workbook_free(w);
		else
			assert_int_equal(err.code, ERR_INPUT);
		b.data[i] ^= (char)(1 << i % 8);
	}
	buf_finish(&b);
}

/* An archive whose directory claims more than it holds is refused before it is opened. */
static void test_bad_directory(void **state)
{
	struct buf b = {0};
	unsigned char *end;

	usual(&b, *state);
	end = (unsigned char *)b.data + b.len - 22;
	assert_memory_equal(end, "PK\5\6", 4);
	memset(end + 8, 0xff, 4);
	make_file(*state, b.data, b.len);
	make_expect(*state, "bad-many entries", NULL, "an archive of more than 4096 parts");
	buf_finish(&b);
}

/* ---- parts that are large only when they are inflated */

struct flood {
	const char *head, *again, *tail;
	size_t times, at, offset; /* at 0 the head, then `again`, then the tail */
};

static zip_int64_t flow(void *arg, void *to, zip_uint64_t room, zip_source_cmd_t command)
{
	struct flood *f = arg;
	size_t n = 0;

	switch (command) {
	case ZIP_SOURCE_OPEN:
		f->at = f->offset = 0;
		return 0;
	case ZIP_SOURCE_READ:
		while (n < room && f->at < f->times + 2) {
			const char *s = f->at == 0          ? f->head
			                : f->at <= f->times ? f->again
			                                    : f->tail;
			size_t left = strlen(s) - f->offset;
			size_t some = left < room - n ? left : room - n;

			memcpy((char *)to + n, s + f->offset, some);
			n += some;
			f->offset = some < left ? f->offset + some : 0;
			f->at += some == left;
		}
		return (zip_int64_t)n;
	case ZIP_SOURCE_STAT:
		zip_stat_init(to);
		return sizeof(zip_stat_t);
	case ZIP_SOURCE_SUPPORTS:
		return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ,
			ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
	default:
		return 0;
	}
}

/* A workbook whose part `name` is head, `times` x again, tail. */
static void make_flood(const char *path, const char *name, struct flood f)
{
	static const struct make_part none[] = {{NULL}};
	zip_source_t *source;
	zip_int64_t at;
	zip_t *z;

	make_xlsx(path, none);
	z = zip_open(path, 0, NULL);
	assert_non_null(z);
	source = zip_source_function(z, flow, &f);
	assert_non_null(source);
	at = zip_file_add(z, name, source, ZIP_FL_OVERWRITE);
	assert_true(at >= 0);
	assert_int_equal(zip_set_file_compression(z, (zip_uint64_t)at, ZIP_CM_DEFLATE, 1), 0);
	assert_int_equal(zip_close(z), 0);
}

#define DEEP4(x) x x x x
#define DEEP64(x) DEEP4(DEEP4(DEEP4(x)))
#define BLANK "                                                                "

static void test_bad_floods(void **state)
{
	static const char sheet[] = "xl/worksheets/sheet1.xml";
	static const char strings[] = "xl/sharedStrings.xml";
	static const struct {
		const char *label, *part;
		struct flood flood;
		const char *error;
	} floods[] = {
		{"bad-depth", sheet, {"<worksheet>" DEEP64("<a>"), "", "", 0}, "more than 64 deep"},
		{"bad-tag", sheet, {"<worksheet><a b=\"", BLANK, "\"/></worksheet>", 65536},
			"a tag or a comment longer than 256 KB"},
		{"bad-comment", sheet, {"<worksheet><!--", BLANK, "--></worksheet>", 65536},
			"a tag or a comment longer than 256 KB"},
		{"bad-cell", sheet, {"<worksheet><sheetData><row><c t=\"str\"><v>", BLANK,
			"</v></c></row></sheetData></worksheet>", 65536},
			"cell A1: more than 32767 characters"},
		{"bad-string", strings, {"<sst><si><t>", BLANK, "x</t></si></sst>", 65536},
			"string 0: more than 32767 characters"},
		{"bad-strings", strings, {"<sst>", "<si/>", "</sst>", WORKBOOK_CELLS_MAX + 1},
			"more than 2000000 strings"},
		{"bad-cells", sheet, {"<worksheet><sheetData>", "<row><c><v>1</v></c>"
			"<c><v>2</v></c><c><v>3</v></c></row>", "</sheetData></worksheet>", 700000},
			"cell C666667: more than 2000000 filled cells"},
		{"much white space", strings, {"<sst>", "<si><t>" DEEP64(BLANK) "x</t></si>",
			"</sst>", 30000}, NULL},
		{"bad-merged", sheet, {"<worksheet><mergeCells>", "<mergeCell ref=\"A1:B2\"/>",
			"</mergeCells></worksheet>", 65537}, "more than 65536 merged cells"},
	};

	for (size_t i = 0; i < COUNT(floods); i++) {
		make_flood(*state, floods[i].part, floods[i].flood);
		make_expect(*state, floods[i].label,
			floods[i].error == NULL ? "survey[0x0]:" : NULL, floods[i].error);
	}
}

/* Texts that do not fit, and names of elements without end. */
static void test_bad_different(void **state)
{
	struct buf b = {0};

	buf_puts(&b, "<worksheet>");
	for (int i = 0; i < 5000; i++)
		buf_printf(&b, "<name%d/>", i);
	buf_puts(&b, "</worksheet>");
	make_xlsx(*state, (struct make_part[]){{"xl/worksheets/sheet1.xml", b.data}, {NULL}});
	make_expect(*state, "bad-names", NULL, "too many or too long names of elements");
	buf_clear(&b);
	buf_puts(&b, "<worksheet><sheetData>");
	for (int i = 0; i < 4000; i++) {
		buf_printf(&b, "<row><c " IN "><is><t>%d", i);
		for (int j = 0; j < 500; j++)
			buf_puts(&b, "01234567890123456789012345678901234567890123456789");
		buf_puts(&b, "</t></is></c></row>");
	}
	buf_puts(&b, "</sheetData></worksheet>");
	make_xlsx(*state, (struct make_part[]){{"xl/worksheets/sheet1.xml", b.data}, {NULL}});
	make_expect(*state, "bad-texts", NULL, "more than 96 MB of text");
	buf_finish(&b);
}

/* A small file of a huge part; and the sizes in its headers are not believed. */
static void test_bad_bomb(void **state)
{
	struct flood f = {"<worksheet>", DEEP4(DEEP4(BLANK)), "</worksheet>",
		(WORKBOOK_PART_MAX >> 10) + 1};
	struct buf b = {0};
	struct err err;
	char *entry;

	make_flood(*state, "xl/worksheets/sheet1.xml", f);
	make_expect(*state, "bad-bomb", NULL,
		"sheet \"survey\": xl/worksheets/sheet1.xml: larger than 256 MB when inflated");
	assert_int_equal(file_read(&b, *state, 16 << 20, &err), 0);
	assert_true(b.len < 8 << 20);
	entry = memmem(b.data, b.len, "PK\1\2", 4);
	while (memcmp(entry + 46, "xl/worksheets/sheet1.xml", 24) != 0) {
		entry = memmem(entry + 4, b.len - (size_t)(entry + 4 - b.data), "PK\1\2", 4);
		assert_non_null(entry);
	}
	memcpy(entry + 24, "\144\0\0\0", 4); /* 100 bytes, it says */
	make_file(*state, b.data, b.len);
	make_expect(*state, "bad-lying header", NULL, "larger than 256 MB when inflated");
	buf_finish(&b);
}

static void test_many_rows(void **state)
{
	struct flood f = {"<worksheet><sheetData>", "<row><c t=\"s\"><v>1</v></c><c><v>2.50</v></c>"
		"<c " IN "><is><t>three</t></is></c></row>", "</sheetData></worksheet>", 100000};
	const struct sheet *s;
	struct workbook *w;
	struct err err;

	make_flood(*state, "xl/worksheets/sheet1.xml", f);
	assert_int_equal(workbook_load(&w, *state, &err), 0);
	s = workbook_sheet(w, "SURVEY");
	assert_non_null(s);
	assert_int_equal(s->rows, 100000);
	assert_int_equal(s->columns, 3);
	for (size_t row = 0; row < s->rows; row++) {
		assert_string_equal(sheet_cell(s, row, 0), "one");
		assert_string_equal(sheet_cell(s, row, 1), "2.5");
		assert_string_equal(sheet_cell(s, row, 2), "three");
	}
	assert_string_equal(sheet_cell(s, 100000, 0), "");
	assert_string_equal(sheet_cell(s, 0, 3), "");
	assert_int_equal(sheet_next_row(s, 100000), 100000);
	workbook_free(w);
}

static void test_place(void **state)
{
	static const struct {
		size_t row, column;
		const char *want;
	} places[] = {{0, 0, "A1"}, {2, 25, "Z3"}, {2, 26, "AA3"}, {9, 701, "ZZ10"},
		{0, 702, "AAA1"}, {1048575, 16383, "XFD1048576"}};

	(void)state;
	for (size_t i = 0; i < COUNT(places); i++)
		assert_string_equal(sheet_place(places[i].row, places[i].column).name,
			places[i].want);
}

static int begin(void **state)
{
	char *folder = make_folder();
	struct err err;

	*state = file_join(folder, "form.xlsx", &err);
	free(folder);
	return *state == NULL;
}

static int finish(void **state)
{
	char *path = *state;

	unlink(path);
	*strrchr(path, '/') = '\0';
	rmdir(path);
	free(path);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_no_workbook_at_all),
		cmocka_unit_test(test_bad_damaged),
		cmocka_unit_test(test_bad_directory),
		cmocka_unit_test(test_bad_floods),
		cmocka_unit_test(test_bad_different),
		cmocka_unit_test(test_bad_bomb),
		cmocka_unit_test(test_many_rows),
		cmocka_unit_test(test_place),
	};

	return cmocka_run_group_tests(tests, begin, finish);
}
