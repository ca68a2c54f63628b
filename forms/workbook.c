/*
 * workbook.c - a spreadsheet's texts in memory that depends on how many there are, not on where
 * they are.
 *
 * In: a path. Out: sheets of filled cells. Cells are kept in one array by row and column and found
 * by bisection; texts are kept in pieces of 1 MB, and cells share a shared string's.
 */
#include "forms/workbook.h"

#include "forms/workbook_parts.h"
#include "lib/base/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#define PIECE (1u << 20)
#define MERGED_STEPS_MAX 16000000 /* rows of merged cells that are looked at */

struct workbook_cell {
	uint32_t row, column;
	const char *text;
};

struct workbook_text {
	struct workbook_text *next;
	size_t used;
	char bytes[PIECE];
};

/* ---- loading */

/* What the first bytes of a file say that it is. */
static int read_file(struct workbook *w, const char *path, struct err *err)
{
	const char *dot = strrchr(path, '.');
	unsigned char start[8] = {0};
	FILE *f = fopen(path, "rb");

	if (f == NULL)
		return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	if (fread(start, 1, sizeof start, f) == 0 && ferror(f)) {
		err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
		fclose(f);
		return -1;
	}
	fclose(f);
	if (memcmp(start, "PK\3\4", 4) == 0 || memcmp(start, "PK\5\6", 4) == 0)
		return workbook_xlsx_read(w, path, err);
	if (memcmp(start, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0)
		return err_set(err, ERR_INPUT,
			"%s: an old .xls workbook or one with a password; save it as .xlsx", path);
	if (dot != NULL && (strcasecmp(dot, ".csv") == 0 || strcasecmp(dot, ".tsv") == 0))
		return workbook_csv_file(w, path, "survey", err);
	return err_set(err, ERR_INPUT, "%s: neither a .xlsx workbook nor a .csv file", path);
}

static int read_path(struct workbook *w, const char *path, struct err *err)
{
	struct stat about;

	if (stat(path, &about) != 0)
		return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	if (S_ISDIR(about.st_mode))
		return workbook_csv_folder(w, path, err);
	if (!S_ISREG(about.st_mode))
		return err_set(err, ERR_INPUT, "%s: neither a file nor a folder", path);
	if (about.st_size > (off_t)WORKBOOK_FILE_MAX)
		return err_set(err, ERR_INPUT, "%s: larger than %u MB", path,
			WORKBOOK_FILE_MAX >> 20);
	return read_file(w, path, err);
}

int workbook_load(struct workbook **out, const char *path, struct err *err)
{
	struct workbook *w = calloc(1, sizeof *w);

	*out = NULL;
	if (w == NULL)
		return err_nomem(err);
	w->list = calloc(WORKBOOK_SHEETS_MAX, sizeof *w->list);
	if (w->list == NULL) {
		workbook_free(w);
		return err_nomem(err);
	}
	if (read_path(w, path, err) != 0) {
		workbook_free(w);
		return -1;
	}
	*out = w;
	return 0;
}

void workbook_free(struct workbook *w)
{
	if (w == NULL)
		return;
	for (size_t i = 0; i < w->n; i++)
		free(w->list[i].cells);
	while (w->texts != NULL) {
		struct workbook_text *next = w->texts->next;

		free(w->texts);
		w->texts = next;
	}
	free(w->list);
	free(w);
}

/* ---- looking things up */

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static bool same_name(const char *a, const char *b)
{
	for (;;) {
		while (blank(*a))
			a++;
		while (blank(*b))
			b++;
		if (*a == '\0' || *b == '\0')
			return *a == *b;
		if (strncasecmp(a++, b++, 1) != 0)
			return false;
	}
}

const struct sheet *workbook_sheet(const struct workbook *w, const char *name)
{
	for (size_t i = 0; i < w->n; i++)
		if (same_name(w->list[i].name, name))
			return &w->list[i];
	return NULL;
}

static int compare(const struct workbook_cell *c, size_t row, size_t column)
{
	if (c->row != row)
		return c->row < row ? -1 : 1;
	if (c->column != column)
		return c->column < column ? -1 : 1;
	return 0;
}

/* The first cell from (row, column) on, in order. */
static size_t find(const struct sheet *s, size_t row, size_t column)
{
	size_t low = 0, high = s->n_cells;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(&s->cells[middle], row, column) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const char *sheet_cell(const struct sheet *s, size_t row, size_t column)
{
	size_t at = find(s, row, column);

	if (at < s->n_cells && compare(&s->cells[at], row, column) == 0)
		return s->cells[at].text;
	return "";
}

size_t sheet_next_row(const struct sheet *s, size_t row)
{
	size_t at = find(s, row, 0);

	return at < s->n_cells ? s->cells[at].row : s->rows;
}

size_t sheet_next_column(const struct sheet *s, size_t row, size_t column)
{
	size_t at = find(s, row, column);

	return at < s->n_cells && s->cells[at].row == row ? s->cells[at].column : s->columns;
}

struct sheet_place sheet_place(size_t row, size_t column)
{
	struct sheet_place place;
	char letters[16];
	size_t at = sizeof letters - 1;

	letters[at] = '\0';
	for (size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
		letters[--at] = (char)('A' + (rest - 1) % 26);
	snprintf(place.name, sizeof place.name, "%s%zu", letters + at, row + 1);
	return place;
}

/* ---- filling */

struct sheet *workbook_append(struct workbook *w, const char *name, struct err *err)
{
	struct sheet *s;
	const char *kept;
	char *copy;
	int status;

	if (w->n == WORKBOOK_SHEETS_MAX) {
		err_set(err, ERR_INPUT, "more than %d sheets", WORKBOOK_SHEETS_MAX);
		return NULL;
	}
	copy = strdup(name);
	if (copy == NULL) {
		err_nomem(err);
		return NULL;
	}
	status = workbook_keep(w, copy, strlen(copy), &kept, err);
	free(copy);
	if (status != 0)
		return NULL;
	s = &w->list[w->n++];
	s->name = kept == NULL ? "" : kept;
	return s;
}

static bool white(int32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xa0 || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
	       c == 0x205f || c == 0x3000 || c == 0xfeff;
}

/* Cut white space at both ends of [*s, *end). */
static void trim(const char **s, const char **end)
{
	const char *p = *s;

	while (*s < *end && white(utf8_next(&p, *end)))
		*s = p;
	while (*s < *end) {
		const char *last = *end - 1;

		while (last > *s && (*last & 0xc0) == 0x80)
			last--;
		p = last;
		if (!white(utf8_next(&p, *end)))
			break;
		*end = last;
	}
}

static char *room(struct workbook *w, size_t n, struct err *err)
{
	struct workbook_text *t = w->texts;
	char *to;

	if (t == NULL || PIECE - t->used < n) {
		if (w->text_bytes + PIECE > WORKBOOK_TEXT_MAX) {
			err_set(err, ERR_INPUT, "more than %u MB of text", WORKBOOK_TEXT_MAX >> 20);
			return NULL;
		}
		t = malloc(sizeof *t);
		if (t == NULL) {
			err_nomem(err);
			return NULL;
		}
		t->next = w->texts;
		t->used = 0;
		w->texts = t;
		w->text_bytes += PIECE;
	}
	to = t->bytes + t->used;
	t->used += n;
	return to;
}

int workbook_keep(struct workbook *w, char *s, size_t n, const char **text, struct err *err)
{
	const char *start = s, *end;
	char *to = s;
	size_t characters = 0;

	*text = NULL;
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '\r' && i + 1 < n && s[i + 1] == '\n')
			continue;
		*to++ = s[i] == '\r' ? '\n' : s[i];
	}
	end = to;
	trim(&start, &end);
	if (start == end)
		return 0;
	for (const char *p = start; p < end; p++)
		characters += (*p & 0xc0) != 0x80;
	if (characters > WORKBOOK_CELL_MAX)
		return err_set(err, ERR_INPUT, "more than %d characters", WORKBOOK_CELL_MAX);
	n = (size_t)(end - start);
	to = room(w, n + 1, err);
	if (to == NULL)
		return -1;
	memcpy(to, start, n);
	to[n] = '\0';
	*text = to;
	return 0;
}

int workbook_fill(struct workbook *w, struct sheet *s, size_t row, size_t column,
	const char *text, struct err *err)
{
	if (row >= WORKBOOK_ROWS_MAX)
		return err_set(err, ERR_INPUT, "more than %d rows", WORKBOOK_ROWS_MAX);
	if (column >= WORKBOOK_COLUMNS_MAX)
		return err_set(err, ERR_INPUT, "more than %d columns", WORKBOOK_COLUMNS_MAX);
	if (w->filled == WORKBOOK_CELLS_MAX)
		return err_set(err, ERR_INPUT, "more than %d filled cells", WORKBOOK_CELLS_MAX);
	if (s->n_cells == s->cap_cells) {
		size_t cap = s->cap_cells == 0 ? 256 : s->cap_cells * 2;
		struct workbook_cell *cells = realloc(s->cells, cap * sizeof *cells);

		if (cells == NULL)
			return err_nomem(err);
		s->cells = cells;
		s->cap_cells = cap;
	}
	s->cells[s->n_cells++] = (struct workbook_cell){(uint32_t)row, (uint32_t)column, text};
	w->filled++;
	return 0;
}

static int by_place(const void *a, const void *b)
{
	const struct workbook_cell *y = b;

	return compare(a, y->row, y->column);
}

/* Put the cells in order; they nearly always are. */
static int sort(struct sheet *s, struct err *err)
{
	bool ordered = true;

	for (size_t i = 1; ordered && i < s->n_cells; i++)
		ordered = by_place(&s->cells[i - 1], &s->cells[i]) < 0;
	if (ordered)
		return 0;
	qsort(s->cells, s->n_cells, sizeof *s->cells, by_place);
	for (size_t i = 1; i < s->n_cells; i++)
		if (by_place(&s->cells[i - 1], &s->cells[i]) == 0)
			return err_set(err, ERR_INPUT, "cell %s is there twice",
				sheet_place(s->cells[i].row, s->cells[i].column).name);
	return 0;
}

/* Empty the cells of a range but the first. */
static int cover(struct sheet *s, const struct workbook_range *m, size_t *steps, struct err *err)
{
	size_t at = find(s, m->top, m->left);

	while (at < s->n_cells && s->cells[at].row <= m->bottom) {
		struct workbook_cell *c = &s->cells[at];

		if (++*steps > MERGED_STEPS_MAX)
			return err_set(err, ERR_INPUT, "too many merged cells");
		if (c->column < m->left) {
			at = find(s, c->row, m->left);
		} else if (c->column > m->right) {
			at = find(s, (size_t)c->row + 1, m->left);
		} else {
			if (c->row != m->top || c->column != m->left)
				c->text = NULL;
			at++;
		}
	}
	return 0;
}

int workbook_settle(struct sheet *s, const struct workbook_range *merged, size_t n,
	struct err *err)
{
	size_t kept = 0, steps = 0;

	if (sort(s, err) != 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (cover(s, &merged[i], &steps, err) != 0)
			return -1;
	s->rows = s->columns = 0;
	for (size_t i = 0; i < s->n_cells; i++) {
		if (s->cells[i].text == NULL)
			continue;
		s->cells[kept] = s->cells[i];
		s->rows = (size_t)s->cells[kept].row + 1;
		if (s->cells[kept].column >= s->columns)
			s->columns = (size_t)s->cells[kept].column + 1;
		kept++;
	}
	s->n_cells = kept;
	return 0;
}
