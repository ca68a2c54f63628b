/*
 * workbook_zip.c - the only file that knows the archive library: a .xlsx's parts, inflated piece by
 * piece.
 *
 * The library keeps the archive's directory in memory as large as it claims to be, so that is
 * looked at first (APPNOTE.TXT 4.3.12 to 4.3.16). Bytes are counted while they are inflated; what
 * the headers say of sizes is not believed.
 */
#include "forms/workbook_parts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#define PIECE 65536
#define ENTRIES_MAX 4096
#define DIRECTORY_MAX (4u << 20) /* bytes */
#define END_BYTES 22     /* of the record at the directory's end, without a comment */
#define END64_BYTES 56
#define LOCATOR_BYTES 20 /* says where the 64-bit record is; just before the other */
#define TAIL (65535 + END_BYTES + LOCATOR_BYTES)

struct workbook_zip {
	zip_t *zip;
	size_t inflated; /* bytes of all parts so far */
	char piece[PIECE];
};

static uint64_t little(const unsigned char *p, int n)
{
	uint64_t v = 0;

	while (n-- > 0)
		v = v << 8 | p[n];
	return v;
}

static bool modest(uint64_t entries, uint64_t bytes)
{
	return entries <= ENTRIES_MAX && bytes <= DIRECTORY_MAX;
}

/* Is the directory small that the 64-bit record at `offset` tells of? None is small, too. */
static bool modest_end64(FILE *f, uint64_t offset)
{
	unsigned char end[END64_BYTES];

	if (offset > WORKBOOK_FILE_MAX || fseek(f, (long)offset, SEEK_SET) != 0 ||
	    fread(end, 1, sizeof end, f) != sizeof end || memcmp(end, "PK\6\6", 4) != 0)
		return true;
	return modest(little(end + 32, 8), little(end + 40, 8)) &&
	       modest(little(end + 24, 8), 0);
}

static bool modest_directory(FILE *f, const unsigned char *tail, size_t n)
{
	for (size_t i = 0; i + END_BYTES <= n; i++) {
		const unsigned char *p = tail + i;

		if (memcmp(p, "PK\5\6", 4) != 0)
			continue;
		if (i >= LOCATOR_BYTES && memcmp(p - LOCATOR_BYTES, "PK\6\7", 4) == 0) {
			if (!modest_end64(f, little(p - LOCATOR_BYTES + 8, 8)))
				return false;
		} else if (!modest(little(p + 10, 2), little(p + 12, 4)) ||
		           !modest(little(p + 8, 2), 0)) {
			return false;
		}
	}
	return true;
}

/* The file, of an archive that is small enough to open. */
static FILE *open_modest(const char *path, struct err *err)
{
	unsigned char *tail = malloc(TAIL);
	FILE *f = NULL;
	long size;

	if (tail == NULL) {
		err_nomem(err);
		return NULL;
	}
	f = fopen(path, "rb");
	if (f == NULL || fseek(f, 0, SEEK_END) != 0 || (size = ftell(f)) < 0 ||
	    fseek(f, size > TAIL ? size - TAIL : 0, SEEK_SET) != 0) {
		err_set(err, ERR_IO, "%s", strerror(errno));
	} else if (size > (long)WORKBOOK_FILE_MAX) {
		err_set(err, ERR_INPUT, "larger than %u MB", WORKBOOK_FILE_MAX >> 20);
	} else if (!modest_directory(f, tail, fread(tail, 1, TAIL, f))) {
		err_set(err, ERR_INPUT, "an archive of more than %d parts", ENTRIES_MAX);
	} else {
		free(tail);
		return f;
	}
	if (f != NULL)
		fclose(f);
	free(tail);
	return NULL;
}

static int fault(struct err *err, zip_error_t *e)
{
	if (zip_error_code_zip(e) == ZIP_ER_MEMORY)
		return err_nomem(err);
	return err_set(err, ERR_INPUT, "a damaged .xlsx file: %s", zip_error_strerror(e));
}

int workbook_zip_open(struct workbook_zip **out, const char *path, struct err *err)
{
	struct workbook_zip *z = calloc(1, sizeof *z);
	zip_source_t *source;
	zip_error_t e;
	FILE *f;

	*out = NULL;
	if (z == NULL)
		return err_nomem(err);
	f = open_modest(path, err);
	if (f == NULL) {
		free(z);
		return -1;
	}
	zip_error_init(&e);
	source = zip_source_filep_create(f, 0, -1, &e);
	if (source == NULL)
		fclose(f);
	else if ((z->zip = zip_open_from_source(source, ZIP_RDONLY, &e)) == NULL)
		zip_source_free(source);
	if (z->zip == NULL) {
		fault(err, &e);
		free(z);
		z = NULL;
	}
	zip_error_fini(&e);
	*out = z;
	return z == NULL ? -1 : 0;
}

void workbook_zip_close(struct workbook_zip *z)
{
	if (z == NULL)
		return;
	zip_discard(z->zip);
	free(z);
}

bool workbook_zip_has(const struct workbook_zip *z, const char *name)
{
	return zip_name_locate(z->zip, name, ZIP_FL_NOCASE) >= 0;
}

static int inflate_part(struct workbook_zip *z, zip_file_t *f,
	int (*sink)(void *arg, const char *bytes, size_t n, struct err *err), void *arg,
	struct err *err)
{
	size_t inflated = 0;

	for (;;) {
		zip_int64_t got = zip_fread(f, z->piece, sizeof z->piece);

		if (got < 0)
			return fault(err, zip_file_get_error(f));
		if (got == 0)
			return 0;
		inflated += (size_t)got;
		z->inflated += (size_t)got;
		if (inflated > WORKBOOK_PART_MAX)
			return err_set(err, ERR_INPUT, "larger than %u MB when inflated",
				WORKBOOK_PART_MAX >> 20);
		if (z->inflated > WORKBOOK_TOTAL_MAX)
			return err_set(err, ERR_INPUT,
				"the workbook is larger than %u MB when inflated",
				WORKBOOK_TOTAL_MAX >> 20);
		if (sink(arg, z->piece, (size_t)got, err) != 0)
			return -1;
	}
}

int workbook_zip_part(struct workbook_zip *z, const char *name,
	int (*sink)(void *arg, const char *bytes, size_t n, struct err *err), void *arg,
	struct err *err)
{
	zip_int64_t at = zip_name_locate(z->zip, name, ZIP_FL_NOCASE);
	zip_stat_t about;
	zip_file_t *f;
	int status;

	if (at < 0)
		return err_set(err, ERR_INPUT, "no part %s in the .xlsx file", name);
	/* other methods may ask for gigabytes */
	if (zip_stat_index(z->zip, (zip_uint64_t)at, 0, &about) != 0 ||
	    (about.valid & ZIP_STAT_COMP_METHOD) == 0 ||
	    (about.comp_method != ZIP_CM_STORE && about.comp_method != ZIP_CM_DEFLATE))
		return err_set(err, ERR_INPUT, "%s: packed by an unknown method", name);
	f = zip_fopen_index(z->zip, (zip_uint64_t)at, 0);
	if (f == NULL) {
		fault(err, zip_get_error(z->zip));
		return err->code == ERR_NOMEM ? -1 : err_prefix(err, "%s", name);
	}
	status = inflate_part(z, f, sink, arg, err);
	zip_fclose(f);
	if (status != 0 && err->code != ERR_NOMEM)
		err_prefix(err, "%s", name);
	return status;
}
