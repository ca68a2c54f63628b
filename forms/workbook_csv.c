/*
 * workbook_csv.c - sheets as comma-separated text.
 *
 * In: a .csv file or a folder of them. Out: sheets of filled cells. RFC 4180, and what spreadsheets
 * write besides: a byte order mark, semicolons or tabs, any line end. Only UTF-8: text in another
 * encoding cannot be told for certain, and a wrong guess would be printed for participants.
 */
#include "forms/workbook_parts.h"
#include "lib/base/file.h"
#include "lib/base/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#define READ_ROOM (65536 + 1) /* what file_read() wants free at the end */

struct reading {
	struct workbook *w;
	struct sheet *sheet;
	char *at, *end;
	char separator;
	size_t row, column;
};

/* The separator that the first line has most often; of two, the one that is rarer in texts. */
static char guess(const char *s, const char *end)
{
	static const char separators[] = ",;\t";
	size_t counts[3] = {0}, best = 0;
	bool quoted = false;

	for (; s < end && (quoted || (*s != '\n' && *s != '\r')); s++) {
		const char *which = memchr(separators, *s, 3);

		if (*s == '"')
			quoted = !quoted;
		else if (which != NULL && !quoted)
			counts[which - separators]++;
	}
	for (size_t i = 1; i < 3; i++)
		if (counts[i] > 0 && counts[i] >= counts[best])
			best = i;
	return separators[best];
}

static bool ends_cell(const struct reading *r)
{
	return r->at == r->end || *r->at == r->separator || *r->at == '\n' || *r->at == '\r';
}

/* A quoted cell, unquoted in place; `at` ends behind it. */
static int quoted_cell(struct reading *r, size_t *n, struct err *err)
{
	char *start = ++r->at, *to = start;

	for (;; r->at++) {
		if (r->at == r->end)
			return err_set(err, ERR_INPUT, "a quotation mark is not closed");
		if (*r->at == '"') {
			r->at++;
			if (r->at == r->end || *r->at != '"')
				break;
		}
		*to++ = *r->at;
	}
	*n = (size_t)(to - start);
	while (r->at < r->end && *r->at == ' ')
		r->at++;
	if (!ends_cell(r))
		return err_set(err, ERR_INPUT, "text follows a closing quotation mark");
	return 0;
}

static int cell(struct reading *r, struct err *err)
{
	char *start = r->at;
	const char *text;
	size_t n = 0;

	if (r->at < r->end && *r->at == '"') {
		start++;
		if (quoted_cell(r, &n, err) != 0)
			return -1;
	} else {
		while (!ends_cell(r))
			r->at++;
		n = (size_t)(r->at - start);
	}
	if (!utf8_valid(start, n) || memchr(start, '\0', n) != NULL)
		return err_set(err, ERR_INPUT, "not UTF-8 text; save the sheet as \"CSV UTF-8\"");
	if (workbook_keep(r->w, start, n, &text, err) != 0)
		return -1;
	if (text == NULL)
		return 0;
	return workbook_fill(r->w, r->sheet, r->row, r->column, text, err);
}

static int read_cells(struct reading *r, struct err *err)
{
	while (r->at < r->end) {
		if (cell(r, err) != 0)
			return err->code == ERR_NOMEM
				? -1
				: err_prefix(err, "cell %s",
					sheet_place(r->row, r->column).name);
		if (r->at == r->end)
			break;
		if (*r->at == r->separator) {
			r->column++;
		} else {
			if (*r->at == '\r' && r->at + 1 < r->end && r->at[1] == '\n')
				r->at++;
			r->row++;
			r->column = 0;
		}
		r->at++;
	}
	return workbook_settle(r->sheet, NULL, 0, err);
}

int workbook_csv_file(struct workbook *w, const char *path, const char *sheet, struct err *err)
{
	struct reading r = {.w = w};
	struct buf text = {0};
	struct stat about;
	int status = -1;

	/* room for the whole file at once: growing would need three times its size */
	if (stat(path, &about) == 0 && about.st_size >= 0 &&
	    about.st_size <= (off_t)WORKBOOK_FILE_MAX)
		buf_room(&text, (size_t)about.st_size + READ_ROOM);
	if (file_read(&text, path, WORKBOOK_FILE_MAX, err) != 0)
		goto out;
	r.sheet = workbook_append(w, sheet, err);
	if (r.sheet == NULL) {
		err_prefix(err, "%s", path);
		goto out;
	}
	r.at = text.data;
	r.end = text.data + text.len;
	if (text.len >= 3 && memcmp(text.data, "\xef\xbb\xbf", 3) == 0)
		r.at += 3;
	r.separator = guess(r.at, r.end);
	status = read_cells(&r, err);
	if (status != 0 && err->code != ERR_NOMEM)
		err_prefix(err, "%s", path);
out:
	buf_finish(&text);
	return status;
}

/* ---- a folder */

struct names {
	char **list;
	size_t n;
};

static bool is_csv(const char *name)
{
	size_t n = strlen(name);

	return n > 4 && name[0] != '.' && strcasecmp(name + n - 4, ".csv") == 0;
}

/* The sheets of a questionnaire come first. */
static int rank(const char *name)
{
	static const char *const first[] = {"survey.csv", "choices.csv", "settings.csv"};

	for (int i = 0; i < 3; i++)
		if (strcasecmp(name, first[i]) == 0)
			return i;
	return 3;
}

static int by_name(const void *a, const void *b)
{
	const char *x = *(char *const *)a, *y = *(char *const *)b;
	int difference = rank(x) - rank(y);

	return difference != 0 ? difference : strcmp(x, y);
}

/* The .csv files of a folder, in order. */
static int list_folder(struct names *names, const char *path, struct err *err)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	int status = -1;

	if (folder == NULL)
		return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	while ((entry = readdir(folder)) != NULL) {
		if (!is_csv(entry->d_name))
			continue;
		if (names->n == WORKBOOK_SHEETS_MAX) {
			err_set(err, ERR_INPUT, "%s: more than %d .csv files", path,
				WORKBOOK_SHEETS_MAX);
			goto out;
		}
		names->list[names->n] = strdup(entry->d_name);
		if (names->list[names->n] == NULL) {
			err_nomem(err);
			goto out;
		}
		names->n++;
	}
	if (names->n == 0) {
		err_set(err, ERR_INPUT, "%s: no .csv file in this folder", path);
		goto out;
	}
	qsort(names->list, names->n, sizeof *names->list, by_name);
	status = 0;
out:
	closedir(folder);
	return status;
}

static int read_named(struct workbook *w, const char *folder, const char *name, struct err *err)
{
	char *path = file_join(folder, name, err);
	char *sheet = strndup(name, strlen(name) - 4);
	struct stat about;
	int status = -1;

	if (path == NULL || sheet == NULL)
		err_nomem(err);
	else if (stat(path, &about) != 0)
		err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	else if (!S_ISREG(about.st_mode))
		err_set(err, ERR_INPUT, "%s: not a file", path);
	else
		status = workbook_csv_file(w, path, sheet, err);
	free(sheet);
	free(path);
	return status;
}

int workbook_csv_folder(struct workbook *w, const char *path, struct err *err)
{
	char *list[WORKBOOK_SHEETS_MAX];
	struct names names = {.list = list};
	int status = list_folder(&names, path, err);

	for (size_t i = 0; status == 0 && i < names.n; i++)
		status = read_named(w, path, names.list[i], err);
	for (size_t i = 0; i < names.n; i++)
		free(names.list[i]);
	return status;
}
