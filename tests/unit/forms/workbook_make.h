/* workbook_make.h - small .xlsx files for the tests, and what a workbook holds as one line. */
#ifndef TESTS_FORMS_WORKBOOK_MAKE_H
#define TESTS_FORMS_WORKBOOK_MAKE_H

#include "forms/workbook.h"
#include "lib/base/buf.h"
#include "lib/base/file.h"
#include "tests/unit/test.h"

#include <unistd.h>
#include <zip.h>

#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS \
	"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define RELATION(id, type, target) \
	"<Relationship Id=\"" id "\" Type=\"" OFFICE "/" type "\" Target=\"" target "\"/>"

struct make_part {
	const char *name, *text; /* text NULL: leave the part out */
};

/* What a workbook needs, unless the case brings a part of the same name. */
static const struct make_part make_usual[] = {
	{"_rels/.rels", RELATIONS RELATION("r", "officeDocument", "xl/workbook.xml")
		"</Relationships>"},
	{"xl/workbook.xml", "<workbook " MAIN " xmlns:r=\"" OFFICE "\"><sheets>"
		"<sheet name=\"survey\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"},
	{"xl/_rels/workbook.xml.rels", RELATIONS
		RELATION("r1", "worksheet", "worksheets/sheet1.xml")
		RELATION("r2", "worksheet", "worksheets/sheet2.xml")
		RELATION("r3", "chartsheet", "chartsheets/sheet1.xml")
		RELATION("r4", "sharedStrings", "sharedStrings.xml")
		RELATION("r5", "styles", "/xl/styles.xml") "</Relationships>"},
	{"xl/sharedStrings.xml", "<sst " MAIN "><si><t>zero</t></si><si><t>one</t></si></sst>"},
	{"xl/styles.xml", "<styleSheet " MAIN "><numFmts>"
		"<numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/>"
		"<numFmt numFmtId=\"165\" formatCode=\"0.0&quot; days&quot;\"/></numFmts>"
		"<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>"
		"<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"
		"<xf numFmtId=\"165\"/></cellXfs></styleSheet>"},
	{"xl/worksheets/sheet1.xml", "<worksheet " MAIN "><sheetData/></worksheet>"},
};

static inline void make_add(zip_t *z, const char *name, const char *text)
{
	zip_source_t *source = zip_source_buffer(z, text, strlen(text), 0);

	assert_non_null(source);
	assert_true(zip_file_add(z, name, source, ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE) >= 0);
}

/* Write a .xlsx of the usual parts and these (until name NULL). */
static inline void make_xlsx(const char *path, const struct make_part *parts)
{
	zip_t *z = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);

	assert_non_null(z);
	for (size_t i = 0; i < COUNT(make_usual); i++) {
		const struct make_part *own = parts;

		while (own->name != NULL && strcmp(own->name, make_usual[i].name) != 0)
			own++;
		if (own->name == NULL)
			make_add(z, make_usual[i].name, make_usual[i].text);
	}
	for (; parts->name != NULL; parts++)
		if (parts->text != NULL)
			make_add(z, parts->name, parts->text);
	assert_int_equal(zip_close(z), 0);
}

/* Every filled cell: "survey[2x1]:A1=x;A2=y; choices[0x0]:". */
static inline char *make_dump(const struct workbook *w)
{
	struct buf b = {0};
	char *text;

	for (size_t i = 0; i < w->n; i++) {
		const struct sheet *s = &w->list[i];

		buf_printf(&b, "%s%s[%zux%zu]:", i > 0 ? " " : "", s->name, s->rows, s->columns);
		for (size_t row = sheet_next_row(s, 0); row < s->rows;
		     row = sheet_next_row(s, row + 1))
			for (size_t column = 0; column < s->columns; column++)
				if (*sheet_cell(s, row, column) != '\0')
					buf_printf(&b, "%s=%s;", sheet_place(row, column).name,
						sheet_cell(s, row, column));
	}
	text = buf_take(&b);
	assert_non_null(text);
	return text;
}

/* Load `path`: its dump must be `want` or, `want` NULL, the error must contain `error`. */
static inline void make_expect(const char *path, const char *label, const char *want,
                               const char *error)
{
	struct workbook *w;
	struct err err = {0};
	int status = workbook_load(&w, path, &err);

	if (want == NULL) {
		CHECK(status == -1 && w == NULL, label);
		CHECK(err.code == ERR_INPUT, label);
		if (strstr(err.msg, error) == NULL || strstr(err.msg, path) != err.msg)
			fail_msg("%s: message is: %s", label, err.msg);
	} else {
		char *dump;

		if (status != 0)
			fail_msg("%s: %s", label, err.msg);
		dump = make_dump(w);
		if (strcmp(dump, want) != 0)
			fail_msg("%s: read as: %s", label, dump);
		free(dump);
		workbook_free(w);
	}
}

/* A file of these bytes, without the waiting of file_replace(). */
static inline void make_file(const char *path, const char *bytes, size_t n)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

/* A new empty folder; the test removes what it made in it. */
static inline char *make_folder(void)
{
	char *folder = strdup("/tmp/workbook-XXXXXX");

	assert_non_null(folder);
	assert_non_null(mkdtemp(folder));
	return folder;
}

#endif
