/*
 * workbook_xlsx.c - the parts of a .xlsx and how they refer to each other.
 *
 * In: an Office Open XML package (ECMA-376 part 2), transitional or strict. Out: its sheets in the
 * workbook's order. _rels/.rels names the workbook, the workbook's own relationships name the
 * sheets, strings and styles.
 */
#include "forms/pool.h"
#include "forms/workbook_parts.h"
#include "lib/base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define RELATIONS_MAX 4096
#define NAME_BYTES 1024    /* of a relationship or a part */
#define TITLE_CHARACTERS 100 /* of a sheet's name; spreadsheets allow 31 */

struct relation {
	const char *id, *type, *target;
};

/* Relationships of one part. */
struct relations {
	struct pool *pool;
	struct relation list[RELATIONS_MAX];
	size_t n;
};

/* What workbook.xml says. */
struct contents {
	struct pool *pool;
	struct {
		const char *name, *relation;
	} sheets[WORKBOOK_SHEETS_MAX];
	size_t n;
	bool in_sheets, from_1904;
};

/* ---- relationships */

static int on_relation(void *arg, unsigned depth, const char *name, const char *const *attributes,
	struct err *err)
{
	struct relations *r = arg;
	const char *id = workbook_xml_attribute(attributes, "Id");
	const char *type = workbook_xml_attribute(attributes, "Type");
	const char *target = workbook_xml_attribute(attributes, "Target");
	const char *mode = workbook_xml_attribute(attributes, "TargetMode");
	struct relation *new;

	if (depth != 2 || strcmp(name, "Relationship") != 0 || id == NULL || type == NULL ||
	    target == NULL || (mode != NULL && strcmp(mode, "External") == 0))
		return 0;
	if (r->n == RELATIONS_MAX)
		return err_set(err, ERR_INPUT, "more than %d relationships", RELATIONS_MAX);
	if (strlen(id) > NAME_BYTES || strlen(type) > NAME_BYTES || strlen(target) > NAME_BYTES)
		return err_set(err, ERR_INPUT, "a relationship's name is too long");
	new = &r->list[r->n++];
	new->id = pool_string(r->pool, id);
	new->type = pool_string(r->pool, type);
	new->target = pool_string(r->pool, target);
	if (new->id == NULL || new->type == NULL || new->target == NULL)
		return err_nomem(err);
	return 0;
}

/* The last word of a type's address, the same in transitional and strict files. */
static bool is_type(const struct relation *r, const char *type)
{
	const char *slash = strrchr(r->type, '/');

	return slash != NULL && strcmp(slash + 1, type) == 0;
}

static const struct relation *find_type(const struct relations *r, const char *type)
{
	for (size_t i = 0; i < r->n; i++)
		if (is_type(&r->list[i], type))
			return &r->list[i];
	return NULL;
}

static const struct relation *find_id(const struct relations *r, const char *id)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->list[i].id, id) == 0)
			return &r->list[i];
	return NULL;
}

/* The part that `target` means in the relationships of the part `from`; NULL: out of memory. */
static char *resolve(struct pool *pool, const char *from, const char *target)
{
	const char *slash = strrchr(from, '/');
	size_t base = *target == '/' || slash == NULL ? 0 : (size_t)(slash - from) + 1;
	char *name = pool_array(pool, base + strlen(target) + 1, 1), *end;

	if (name == NULL)
		return NULL;
	memcpy(name, from, base);
	end = name + base;
	while (*target != '\0') {
		size_t n = strcspn(target, "/");

		if (n == 2 && memcmp(target, "..", 2) == 0) {
			if (end > name)
				end--;
			while (end > name && end[-1] != '/')
				end--;
		} else if (n > 0 && !(n == 1 && *target == '.')) {
			memcpy(end, target, n);
			end += n;
			if (target[n] == '/')
				*end++ = '/';
		}
		target += n + (target[n] == '/');
	}
	*end = '\0';
	return name;
}

/* ---- workbook.xml */

static bool truth(const char *s)
{
	return s != NULL && (strcmp(s, "1") == 0 || strcmp(s, "true") == 0);
}

static int on_contents(void *arg, unsigned depth, const char *name, const char *const *attributes,
	struct err *err)
{
	struct contents *c = arg;
	const char *title, *id;

	if (depth == 1 && strcmp(name, "workbook") != 0)
		return err_set(err, ERR_INPUT, "not a workbook");
	if (depth == 2)
		c->in_sheets = strcmp(name, "sheets") == 0;
	if (depth == 2 && strcmp(name, "workbookPr") == 0)
		c->from_1904 = truth(workbook_xml_attribute(attributes, "date1904"));
	if (depth != 3 || !c->in_sheets || strcmp(name, "sheet") != 0)
		return 0;
	title = workbook_xml_attribute(attributes, "name");
	id = workbook_xml_attribute(attributes, "id");
	if (title == NULL || id == NULL)
		return err_set(err, ERR_INPUT, "sheet %zu has no name or no part", c->n + 1);
	if (c->n == WORKBOOK_SHEETS_MAX)
		return err_set(err, ERR_INPUT, "more than %d sheets", WORKBOOK_SHEETS_MAX);
	if (utf8_length(title) > TITLE_CHARACTERS)
		return err_set(err, ERR_INPUT, "the name of sheet %zu is longer than %d characters",
			c->n + 1, TITLE_CHARACTERS);
	c->sheets[c->n].name = pool_string(c->pool, title);
	c->sheets[c->n].relation = pool_string(c->pool, id);
	if (c->sheets[c->n].name == NULL || c->sheets[c->n].relation == NULL)
		return err_nomem(err);
	c->n++;
	return 0;
}

/* ---- the whole */

struct package {
	struct workbook_context context;
	struct pool *pool;
	struct contents contents;
	struct relations relations;
	char *workbook; /* the name of its part */
};

static int read_relations(struct package *p, const char *part, struct err *err)
{
	static const struct workbook_xml_calls calls = {.open = on_relation};

	p->relations.n = 0;
	return workbook_xml_part(p->context.zip, part, &calls, &p->relations, err);
}

/* Find the workbook's part; other kinds of files are named as what they are. */
static int find_workbook(struct package *p, struct err *err)
{
	const struct relation *book = NULL;
	size_t n;

	if (workbook_zip_has(p->context.zip, "_rels/.rels")) {
		if (read_relations(p, "_rels/.rels", err) != 0)
			return -1;
		book = find_type(&p->relations, "officeDocument");
	}
	p->workbook = resolve(p->pool, "", book == NULL ? "xl/workbook.xml" : book->target);
	if (p->workbook == NULL)
		return err_nomem(err);
	n = strlen(p->workbook);
	if (n > 4 && strcasecmp(p->workbook + n - 4, ".bin") == 0)
		return err_set(err, ERR_INPUT, "a binary .xlsb workbook; save it as .xlsx");
	if (workbook_zip_has(p->context.zip, p->workbook))
		return 0;
	if (workbook_zip_has(p->context.zip, "content.xml"))
		return err_set(err, ERR_INPUT, "an OpenDocument file; save it as .xlsx");
	return err_set(err, ERR_INPUT, "no workbook in the archive; is it a .xlsx file?");
}

/* The relationships of the workbook: xl/_rels/workbook.xml.rels for xl/workbook.xml. */
static int read_workbook_relations(struct package *p, struct err *err)
{
	const char *slash = strrchr(p->workbook, '/');
	const char *name = slash == NULL ? p->workbook : slash + 1;
	struct buf part = {0};
	int status;

	buf_put(&part, p->workbook, (size_t)(name - p->workbook));
	buf_printf(&part, "_rels/%s.rels", name);
	status = part.failed ? err_nomem(err) : read_relations(p, part.data, err);
	buf_finish(&part);
	return status;
}

static int read_common_parts(struct package *p, struct err *err)
{
	struct workbook_context *c = &p->context;
	const struct relation *strings = find_type(&p->relations, "sharedStrings");
	const struct relation *styles = find_type(&p->relations, "styles");
	char *part;

	if (strings != NULL) {
		part = resolve(p->pool, p->workbook, strings->target);
		if (part == NULL)
			return err_nomem(err);
		if (workbook_strings_read(&c->strings, c->w, c->zip, part, err) != 0)
			return -1;
	}
	if (styles != NULL) {
		part = resolve(p->pool, p->workbook, styles->target);
		if (part == NULL)
			return err_nomem(err);
		if (workbook_styles_read(&c->styles, c->zip, part, err) != 0)
			return -1;
	}
	return 0;
}

static int read_sheet(struct package *p, size_t i, struct err *err)
{
	const char *name = p->contents.sheets[i].name;
	const struct relation *r = find_id(&p->relations, p->contents.sheets[i].relation);
	struct sheet *s;
	char *part;

	if (r == NULL)
		return err_set(err, ERR_INPUT, "sheet \"%s\": its part is not named", name);
	if (!is_type(r, "worksheet")) /* a chart, a macro */
		return 0;
	part = resolve(p->pool, p->workbook, r->target);
	if (part == NULL)
		return err_nomem(err);
	s = workbook_append(p->context.w, name, err);
	return s == NULL ? -1 : workbook_cells_read(&p->context, s, part, err);
}

static int read_package(struct package *p, struct err *err)
{
	static const struct workbook_xml_calls calls = {.open = on_contents};

	if (find_workbook(p, err) != 0 || read_workbook_relations(p, err) != 0 ||
	    workbook_xml_part(p->context.zip, p->workbook, &calls, &p->contents, err) != 0)
		return -1;
	p->context.from_1904 = p->contents.from_1904;
	if (read_common_parts(p, err) != 0)
		return -1;
	for (size_t i = 0; i < p->contents.n; i++)
		if (read_sheet(p, i, err) != 0)
			return -1;
	if (p->context.w->n == 0)
		return err_set(err, ERR_INPUT, "the workbook has no sheets");
	return 0;
}

int workbook_xlsx_read(struct workbook *w, const char *path, struct err *err)
{
	struct package *p = calloc(1, sizeof *p);
	int status = -1;

	if (p == NULL)
		return err_nomem(err);
	p->context.w = w;
	p->pool = p->contents.pool = p->relations.pool = pool_create();
	if (p->pool == NULL)
		err_nomem(err);
	else if (workbook_zip_open(&p->context.zip, path, err) == 0)
		status = read_package(p, err);
	if (status != 0 && err->code != ERR_NOMEM)
		err_prefix(err, "%s", path);
	workbook_zip_close(p->context.zip);
	free(p->context.strings.list);
	free(p->context.styles.dates);
	pool_free(p->pool);
	free(p);
	return status;
}
