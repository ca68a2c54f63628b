/*
 * encode_short.c - reading what needs no parsing. In: the JSON of an opened record, untrusted. Out:
 * what it holds, if it is byte for byte as encode.c writes it; else nothing, and encode_read.c
 * parses it, writes it again and compares, which costs more.
 *
 * Every byte here either stands in the one place that encode.c puts it, or is part of a string that
 * has no escape: so writing it again gives the same bytes. What may be written at all is checked by
 * encode.c's own rules.
 */
#include "lib/record/encode_short.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 256, VALUE_SIZE = 1024 };

/* Pass over `word`, if it stands here. */
static bool skip(const char **at, const char *end, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(end - *at) < n || memcmp(*at, word, n) != 0)
		return false;
	*at += n;
	return true;
}

/*
 * Take the characters of names and codes up to the quotation mark; false: too many or others. Parts
 * of a name stand behind a '/'.
 */
static bool take_name(char *out, size_t size, bool parts, const char **at, const char *end)
{
	size_t n = 0;

	for (; *at < end && **at != '"'; (*at)++) {
		char c = **at;

		if (n + 1 >= size || !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || c == '_' || c == '-' || (parts && c == '/')))
			return false;
		out[n++] = c;
	}
	out[n] = '\0';
	return *at < end;
}

/* Characters from `at` to a string's closing quotation mark; -1: there is none, or an escape. */
static long plain_length(const char *at, const char *end)
{
	const char *to = at;

	while (to < end && *to != '"' && *to != '\\' && (unsigned char)*to >= 0x20 && *to != 0x7f)
		to++;
	return to < end && *to == '"' ? (long)(to - at) : -1;
}

int encode_short_text(struct record_text *t, const char *json, size_t n, struct err *err)
{
	const char *at = json, *end = json + n;
	char field[NAME_SIZE], region[NAME_SIZE];
	bool has_region;
	struct err fault;
	long length;

	if (!skip(&at, end, "{\"question\":\"") || !take_name(field, sizeof field, true, &at, end) ||
	    !skip(&at, end, "\",\"language\":\"") ||
	    !take_name(t->language, sizeof t->language, false, &at, end))
		return 0;
	has_region = skip(&at, end, "\",\"region\":\"");
	if ((has_region && !take_name(region, sizeof region, false, &at, end)) ||
	    !skip(&at, end, "\",\"text\":\""))
		return 0;
	length = plain_length(at, end);
	if (length < 0 || end - at - length != 2 || at[length + 1] != '}')
		return 0;
	t->field = strdup(field);
	t->region = has_region ? strdup(region) : NULL;
	t->text = strndup(at, (size_t)length);
	if (t->field == NULL || t->text == NULL || (has_region && t->region == NULL))
		return err_nomem(err);
	return encode_text_rules(t, &fault) == 0;
}

/* Take a string without an escape, and its quotation marks; false: another, or a long one. */
static bool take_value(char *out, size_t size, const char **at, const char *end)
{
	long n;

	if (*at >= end || **at != '"')
		return false;
	n = plain_length(*at + 1, end);
	if (n < 0 || (size_t)n >= size)
		return false;
	memcpy(out, *at + 1, (size_t)n);
	out[n] = '\0';
	*at += n + 2;
	return true;
}

/* A value, or a list that is not empty, of `field`. 1, 0 or -1 as above. */
static int take_values(struct answers *a, const char *field, const char **at, const char *end,
	struct err *err)
{
	char value[VALUE_SIZE];
	bool many = skip(at, end, "[");
	int status;

	/* what stood there before would be replaced or added to */
	if (answers_get(a, field) != NULL)
		return 0;
	do {
		status = take_value(value, sizeof value, at, end);
		if (status == 1 && (many ? answers_add(a, field, value, err)
					 : answers_set(a, field, value, err)) != 0)
			status = -1;
	} while (status == 1 && many && skip(at, end, ","));
	explicit_bzero(value, sizeof value);
	return status != 1 ? status : !many || skip(at, end, "]");
}

/* `"name":` without a '/': of a record's names no part is written but as an object's member. */
static bool take_member(char *name, size_t size, const char **at, const char *end)
{
	return skip(at, end, "\"") && take_name(name, size, false, at, end) && skip(at, end, "\":");
}

/* The parts of `question` behind "{". encode_core_rules() finds what stands apart. */
static int take_parts(struct answers *a, const char *question, const char **at, const char *end,
	struct err *err)
{
	char field[2 * NAME_SIZE];
	size_t n = strlen(question);
	int status;

	/* parts in two objects, one behind the other, would be written as one object */
	if (a->n > 0 && strncmp(a->list[a->n - 1].field, question, n) == 0 &&
	    a->list[a->n - 1].field[n] == '/')
		return 0;
	memcpy(field, question, n);
	field[n] = '/';
	do {
		if (!take_member(field + n + 1, NAME_SIZE, at, end))
			return 0;
		status = take_values(a, field, at, end, err);
		if (status != 1)
			return status;
	} while (skip(at, end, ","));
	return skip(at, end, "}");
}

static int take_core(struct answers *a, const char *at, const char *end, struct err *err)
{
	char name[NAME_SIZE];
	struct err fault;
	int status;

	if (!skip(&at, end, "{\"language\":\"") ||
	    !take_name(a->language, sizeof a->language, false, &at, end))
		return 0;
	if (skip(&at, end, "\",\"region\":\"")) {
		if (!take_name(name, sizeof name, false, &at, end))
			return 0;
		if (answers_set_region(a, name, err) != 0)
			return -1;
	}
	if (!skip(&at, end, "\",\"answers\":{"))
		return 0;
	for (bool more = at < end && *at != '}'; more; more = skip(&at, end, ",")) {
		if (!take_member(name, sizeof name, &at, end))
			return 0;
		status = skip(&at, end, "{") ? take_parts(a, name, &at, end, err)
					     : take_values(a, name, &at, end, err);
		if (status != 1)
			return status;
	}
	return skip(&at, end, "}}") && at == end && encode_core_rules(a, &fault) == 0;
}

int encode_short_core(struct answers **out, const char *json, size_t n, struct err *err)
{
	struct answers *a = answers_create();
	int status;

	if (a == NULL)
		return err_nomem(err);
	status = take_core(a, json, json + n, err);
	if (status == 1)
		*out = a;
	else
		answers_free(a);
	return status;
}
