/*
 * json.c - the only file that knows cJSON. In: text. Out: a tree that is strictly what the text
 * says, or one fault. Writing has one form, so that equal values are equal bytes.
 */
#include "lib/base/json.h"

#include "lib/base/file.h"
#include "lib/base/json_grammar.h"

#include <cjson/cJSON.h>
#include <malloc.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const cJSON *node(const struct json *v)
{
	return (const cJSON *)(const void *)v;
}

static const struct json *handle(const cJSON *v)
{
	return (const struct json *)(const void *)v;
}

/* Any document may hold answers: what is freed is wiped. */
static void wipe_free(void *p)
{
	if (p != NULL)
		explicit_bzero(p, malloc_usable_size(p));
	free(p);
}

static void set_hooks(void)
{
	cJSON_Hooks hooks = {malloc, wipe_free};

	cJSON_InitHooks(&hooks);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Does a name stand twice in this object? Sorted, so that a large object stays cheap. */
static int object_duplicates(const cJSON *object, struct err *err)
{
	size_t n = 0, count = (size_t)cJSON_GetArraySize(object);
	char **names;
	int status = 0;

	if (count < 2)
		return 0;
	names = calloc(count, sizeof *names);
	if (names == NULL)
		return err_nomem(err);
	for (const cJSON *m = object->child; m != NULL; m = m->next)
		names[n++] = m->string;
	qsort(names, n, sizeof *names, by_name);
	for (size_t i = 1; i < n && status == 0; i++)
		if (strcmp(names[i - 1], names[i]) == 0)
			status = err_set(err, ERR_INPUT, "\"%s\" stands twice in one object",
				names[i]);
	free(names);
	return status;
}

/* What the grammar cannot see: names that stand twice, numbers beyond a double. */
static int check_tree(const cJSON *v, struct err *err)
{
	if (cJSON_IsNumber(v) && !isfinite(v->valuedouble))
		return err_set(err, ERR_INPUT, "a number is out of range");
	if (cJSON_IsObject(v) && object_duplicates(v, err) != 0)
		return -1;
	if (cJSON_IsObject(v) || cJSON_IsArray(v))
		for (const cJSON *m = v->child; m != NULL; m = m->next)
			if (check_tree(m, err) != 0)
				return -1;
	return 0;
}

int json_parse(struct json **out, const char *text, size_t n, struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	cJSON *tree;

	pthread_once(&once, set_hooks);
	if (json_grammar_check(text, n, JSON_DEPTH, err) != 0)
		return -1;
	tree = cJSON_ParseWithLength(text, n);
	if (tree == NULL)
		return err_nomem(err);
	if (check_tree(tree, err) != 0) {
		cJSON_Delete(tree);
		return -1;
	}
	*out = (struct json *)(void *)tree;
	return 0;
}

void json_free(struct json *document)
{
	cJSON_Delete((cJSON *)(void *)document);
}

int json_load(struct json **out, const char *path, size_t max, struct err *err)
{
	struct buf text = {0};
	int status = file_read(&text, path, max, err);

	if (status == 0 && json_parse(out, text.data, text.len, err) != 0)
		status = err_prefix(err, "%s", path);
	buf_finish(&text);
	return status;
}

enum json_type json_type(const struct json *v)
{
	const cJSON *n = node(v);

	if (cJSON_IsBool(n))
		return JSON_BOOL;
	if (cJSON_IsNumber(n))
		return JSON_NUMBER;
	if (cJSON_IsString(n))
		return JSON_STRING;
	if (cJSON_IsArray(n))
		return JSON_ARRAY;
	if (cJSON_IsObject(n))
		return JSON_OBJECT;
	return JSON_NULL;
}

const struct json *json_get(const struct json *v, const char *name)
{
	if (v == NULL || !cJSON_IsObject(node(v)))
		return NULL;
	return handle(cJSON_GetObjectItemCaseSensitive(node(v), name));
}

const struct json *json_first(const struct json *v)
{
	if (v == NULL || !(cJSON_IsObject(node(v)) || cJSON_IsArray(node(v))))
		return NULL;
	return handle(node(v)->child);
}

const struct json *json_next(const struct json *v)
{
	return handle(node(v)->next);
}

size_t json_count(const struct json *v)
{
	size_t n = 0;

	for (v = json_first(v); v != NULL; v = json_next(v))
		n++;
	return n;
}

const char *json_name(const struct json *v)
{
	return v == NULL ? NULL : node(v)->string;
}

const char *json_string(const struct json *v)
{
	return v == NULL ? NULL : cJSON_GetStringValue(node(v));
}

double json_number(const struct json *v, double otherwise)
{
	return v != NULL && cJSON_IsNumber(node(v)) ? node(v)->valuedouble : otherwise;
}

bool json_bool(const struct json *v, bool otherwise)
{
	return v != NULL && cJSON_IsBool(node(v)) ? cJSON_IsTrue(node(v)) : otherwise;
}

void json_put_string(struct buf *b, const char *s)
{
	buf_putc(b, '"');
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;
		size_t plain = 0;

		/* what needs no escape goes at once */
		while ((unsigned char)s[plain] >= 0x20 && s[plain] != '"' && s[plain] != '\\' &&
			s[plain] != 0x7f)
			plain++;
		if (plain > 0) {
			buf_put(b, s, plain);
			s += plain - 1;
			continue;
		}
		if (c == '"' || c == '\\')
			buf_putc(b, '\\'), buf_putc(b, *s);
		else if (c == '\n')
			buf_puts(b, "\\n");
		else if (c == '\r')
			buf_puts(b, "\\r");
		else if (c == '\t')
			buf_puts(b, "\\t");
		else
			buf_printf(b, "\\u%04x", c);
	}
	buf_putc(b, '"');
}

static void put_number(struct buf *b, double v)
{
	char text[40];

	if (v == floor(v) && fabs(v) < 9007199254740992.0) {
		buf_printf(b, "%.0f", v == 0 ? 0.0 : v);
		return;
	}
	for (int digits = 1; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, v);
		if (strtod(text, NULL) == v)
			break;
	}
	buf_puts(b, text);
}

static void put_break(struct buf *b, int indent, int level)
{
	if (indent == 0)
		return;
	buf_putc(b, '\n');
	for (int i = 0; i < level; i++)
		buf_putc(b, '\t');
}

static void put_value(struct buf *b, const cJSON *v, int indent, int level)
{
	bool object = cJSON_IsObject(v);

	if (cJSON_IsString(v)) {
		json_put_string(b, v->valuestring);
	} else if (cJSON_IsNumber(v)) {
		put_number(b, v->valuedouble);
	} else if (cJSON_IsBool(v)) {
		buf_puts(b, cJSON_IsTrue(v) ? "true" : "false");
	} else if (!object && !cJSON_IsArray(v)) {
		buf_puts(b, "null");
	} else {
		buf_putc(b, object ? '{' : '[');
		for (const cJSON *m = v->child; m != NULL; m = m->next) {
			put_break(b, indent, level + 1);
			if (object) {
				json_put_string(b, m->string);
				buf_puts(b, indent ? ": " : ":");
			}
			put_value(b, m, indent, level + 1);
			if (m->next != NULL)
				buf_putc(b, ',');
		}
		if (v->child != NULL)
			put_break(b, indent, level);
		buf_putc(b, object ? '}' : ']');
	}
}

void json_put(struct buf *b, const struct json *v, int indent)
{
	put_value(b, node(v), indent, 0);
}
