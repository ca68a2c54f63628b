/*
 * fuzz_workbook.c - a spreadsheet, whatever is in it, is taken or refused in words; and what the
 * importer makes of it is a questionnaire that can be written and read again.
 *
 * The first byte says what the others are:
 *   '0'  survey.csv
 *   '1'  the parts of a .xlsx: NAME NUL CONTENT, 0x1e between them; packed here, so that their
 *        checksums are right
 *   '2'  a .xlsx
 *   '3'  the .csv files of a folder, in the order of `sheets`, 0x1e between them
 */
#include "forms/form.h"
#include "forms/workbook.h"
#include "forms/xlsform.h"
#include "tests/fuzz/fuzz.h"

#include <zip.h>

enum { BETWEEN = 0x1e, PARTS = 64, PACKED = 1 << 20 };

static const char *const sheets[] = {"survey.csv", "choices.csv", "settings.csv", "peer.csv",
	"external_choices.csv"};

enum { SHEETS = sizeof sheets / sizeof *sheets };

static char folder[] = "/tmp/fuzz-workbook-XXXXXX";

/* The path of a sheet in this process's folder, until the next call. */
static const char *sheet_path(size_t sheet)
{
	static char path[sizeof folder + 32];

	snprintf(path, sizeof path, "%s/%s", folder, sheets[sheet]);
	return path;
}

static void clear_folder(void)
{
	for (size_t i = 0; i < SHEETS; i++)
		unlink(sheet_path(i));
}

static void remove_folder(void)
{
	clear_folder();
	rmdir(folder);
}

static void make_folder(void)
{
	static bool made;

	if (made) {
		clear_folder();
		return;
	}
	assert(mkdtemp(folder) != NULL);
	assert(atexit(remove_folder) == 0);
	made = true;
}

static const char *write_sheet(size_t sheet, const uint8_t *data, size_t n)
{
	const char *path = sheet_path(sheet);
	FILE *f = fopen(path, "wb");

	assert(f != NULL);
	assert(fwrite(data, 1, n, f) == n);
	assert(fclose(f) == 0);
	return path;
}

/* How much of the input stands before the next separator. */
static size_t before(const uint8_t *data, size_t n)
{
	const uint8_t *end = n > 0 ? memchr(data, BETWEEN, n) : NULL;

	return end == NULL ? n : (size_t)(end - data);
}

static const char *write_sheets(const uint8_t *data, size_t n)
{
	for (size_t i = 0; n > 0 && i < SHEETS; i++) {
		size_t length = before(data, n);

		if (length > 0)
			write_sheet(i, data, length);
		data += length;
		n -= length;
		if (n > 0) {
			data++;
			n--;
		}
	}
	return folder;
}

/* Add a part; names that libzip does not take are no parts. */
static void add_part(zip_t *z, const uint8_t *data, size_t n)
{
	const uint8_t *nul = memchr(data, '\0', n);
	zip_source_t *source;
	zip_int64_t at;

	if (nul == NULL)
		return;
	source = zip_source_buffer(z, nul + 1, n - (size_t)(nul + 1 - data), 0);
	assert(source != NULL);
	at = zip_file_add(z, (const char *)data, source, ZIP_FL_OVERWRITE);
	if (at < 0)
		zip_source_free(source);
	else
		assert(zip_set_file_compression(z, (zip_uint64_t)at, ZIP_CM_STORE, 0) == 0);
}

/* The parts as an archive; its bytes stay in `packed`. */
static size_t pack(uint8_t packed[PACKED], const uint8_t *data, size_t n)
{
	zip_source_t *archive = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *z = archive != NULL ? zip_open_from_source(archive, ZIP_TRUNCATE, NULL) : NULL;
	zip_int64_t got = 0;

	assert(z != NULL);
	zip_source_keep(archive);
	for (size_t i = 0; n > 0 && i < PARTS; i++) {
		size_t length = before(data, n);

		add_part(z, data, length);
		data += length;
		n -= length;
		if (n > 0) {
			data++;
			n--;
		}
	}
	assert(zip_close(z) == 0);
	/* without any part there is no archive */
	if (zip_source_open(archive) == 0) {
		got = zip_source_read(archive, packed, PACKED);
		assert(got >= 0 && got < PACKED);
		zip_source_close(archive);
	}
	zip_source_free(archive);
	return (size_t)got;
}

/* The path of a file that holds the input. */
static const char *unpack(const uint8_t *data, size_t n)
{
	static uint8_t packed[PACKED];

	switch (data[0] % 4) {
	case 0:
		make_folder();
		return write_sheet(0, data + 1, n - 1);
	case 1:
		return fuzz_file(packed, pack(packed, data + 1, n - 1));
	case 2:
		return fuzz_file(data + 1, n - 1);
	default:
		make_folder();
		return write_sheets(data + 1, n - 1);
	}
}

/* Cells are clean text, in order, inside their sheet, and as many as the rows say. */
static void look_at_sheet(const struct sheet *s)
{
	size_t last = s->rows;

	assert(utf8_valid(s->name, strlen(s->name)));
	assert(s->rows <= WORKBOOK_ROWS_MAX && s->columns <= WORKBOOK_COLUMNS_MAX);
	assert((s->rows == 0) == (s->columns == 0));
	for (size_t row = sheet_next_row(s, 0); row < s->rows; row = sheet_next_row(s, row + 1)) {
		bool any = false;

		for (size_t column = 0; column < s->columns; column++) {
			const char *cell = sheet_cell(s, row, column);

			assert(utf8_valid(cell, strlen(cell)));
			any |= cell[0] != '\0';
		}
		assert(any);
		last = row + 1;
	}
	assert(last == s->rows);
	assert(sheet_cell(s, s->rows, 0)[0] == '\0');
}

static void look_at_findings(const struct findings *findings)
{
	assert(!findings->failed);
	for (size_t i = 0; i < findings->n; i++)
		assert(fuzz_line(findings->list[i].place) && findings->list[i].place[0] != '\0' &&
		       fuzz_line(findings->list[i].text) && findings->list[i].text[0] != '\0');
}

static void write_again(const struct form *f)
{
	struct buf text = {0}, twice = {0};
	struct findings findings = {0};
	struct form *again = NULL;
	struct err err;

	form_write(&text, f);
	assert(!text.failed && form_parse(&again, text.data, text.len, &findings, &err) == 0);
	form_write(&twice, again);
	assert(text.len == twice.len && memcmp(text.data, twice.data, text.len) == 0);
	form_free(again);
	findings_finish(&findings);
	buf_finish(&text);
	buf_finish(&twice);
}

static void import(const struct workbook *w)
{
	struct findings findings = {0};
	struct form *f = NULL;
	struct err err;

	if (xlsform_import(&f, w, "questionnaire.xlsx", &findings, &err) == 0) {
		fuzz_taken = true;
		assert(findings_count(&findings, FINDING_ERROR) == 0);
		write_again(f);
		form_free(f);
	} else {
		assert(f == NULL && fuzz_refused(&err));
		assert(findings_count(&findings, FINDING_ERROR) > 0);
	}
	look_at_findings(&findings);
	findings_finish(&findings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct workbook *w;
	struct err err;

	if (n == 0)
		return 0;
	if (workbook_load(&w, unpack(data, n), &err) == 0) {
		for (size_t i = 0; i < w->n; i++)
			look_at_sheet(&w->list[i]);
		import(w);
		workbook_free(w);
	} else {
		assert(w == NULL && fuzz_refused(&err));
	}
	return 0;
}
