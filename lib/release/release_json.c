/*
 * release_json.c - the members of a release file, one by one. In: an object that anybody may have
 * written. Out: a text, a number, a list within its bounds, or the fault with the member's name.
 */
#include "lib/release/release_json.h"

#include "lib/release/release.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 4096 };

/* Only these members, all of the first `required`. */
int release_json_members(const struct json *v, const char *const *names, size_t n, size_t required,
	struct err *err)
{
	if (v == NULL || json_type(v) != JSON_OBJECT)
		return err_set(err, ERR_INPUT, "not an object");
	for (const struct json *m = json_first(v); m != NULL; m = json_next(m)) {
		size_t i = 0;

		while (i < n && strcmp(names[i], json_name(m)) != 0)
			i++;
		if (i == n)
			return err_set(err, ERR_INPUT, "unknown member \"%s\"", json_name(m));
	}
	for (size_t i = 0; i < required; i++)
		if (json_get(v, names[i]) == NULL)
			return err_set(err, ERR_INPUT, "\"%s\" is missing", names[i]);
	return 0;
}

int release_json_text(char **out, const struct json *v, const char *name, struct err *err)
{
	const char *text = json_string(json_get(v, name));

	if (text == NULL)
		return err_set(err, ERR_INPUT, "%s: not a text", name);
	if (strlen(text) > TEXT_MAX)
		return err_set(err, ERR_INPUT, "%s: too long", name);
	*out = strdup(text);
	return *out == NULL ? err_nomem(err) : 0;
}

static int whole(long *out, const struct json *v, long min, long max)
{
	double d = json_number(v, NAN);

	if (!(d >= (double)min && d <= (double)max) || d != floor(d))
		return -1;
	*out = (long)d;
	return 0;
}

int release_json_number(long *out, const struct json *v, const char *name, long min, long max,
	struct err *err)
{
	if (whole(out, json_get(v, name), min, max) != 0)
		return err_set(err, ERR_INPUT, "%s: not a whole number from %ld to %ld", name, min,
			max);
	return 0;
}

int release_json_unsigned(unsigned *out, const struct json *v, const char *name, long min, long max,
	struct err *err)
{
	long number = 0;

	if (release_json_number(&number, v, name, min, max, err) != 0)
		return -1;
	*out = (unsigned)number;
	return 0;
}

/* A count, or null for one that is suppressed. */
int release_json_count(long *out, const struct json *v, const char *name, struct err *err)
{
	if (v != NULL && json_type(v) == JSON_NULL) {
		*out = RELEASE_SUPPRESSED;
		return 0;
	}
	if (whole(out, v, 0, RELEASE_JSON_COUNT) != 0)
		return err_set(err, ERR_INPUT, "%s: neither a count nor null", name);
	return 0;
}

int release_json_bool(bool *out, const struct json *v, const char *name, struct err *err)
{
	const struct json *m = json_get(v, name);

	if (m == NULL || json_type(m) != JSON_BOOL)
		return err_set(err, ERR_INPUT, "%s: neither true nor false", name);
	*out = json_bool(m, false);
	return 0;
}

/* 64 lower-case hexadecimal digits; "" too where `empty`. */
int release_json_digest(char out[65], const struct json *v, const char *name, bool empty,
	struct err *err)
{
	const char *text = json_string(json_get(v, name));

	if (text != NULL && strlen(text) == 64 && strspn(text, "0123456789abcdef") == 64) {
		memcpy(out, text, 65);
		return 0;
	}
	if (text != NULL && empty && *text == '\0') {
		out[0] = '\0';
		return 0;
	}
	return err_set(err, ERR_INPUT, "%s: not a digest", name);
}

/* A list of names, all different unless it is a `pair`; *n (may be NULL) is their number. */
int release_json_list(char ***out, size_t *n, const struct json *v, const char *name, bool pair,
	struct err *err)
{
	const struct json *list = json_get(v, name);
	size_t count = json_count(list), i = 0;

	if (list == NULL || json_type(list) != JSON_ARRAY || count > RELEASE_JSON_LIST)
		return err_set(err, ERR_INPUT, "%s: not a list, or too long", name);
	*out = calloc(count + 1, sizeof **out);
	if (*out == NULL)
		return err_nomem(err);
	for (const struct json *m = json_first(list); m != NULL; m = json_next(m), i++) {
		const char *text = json_string(m);

		if (text == NULL || *text == '\0' || strlen(text) > TEXT_MAX)
			return err_set(err, ERR_INPUT, "%s[%zu]: not a name", name, i);
		for (size_t j = 0; j < i && !pair; j++)
			if (strcmp((*out)[j], text) == 0)
				return err_set(err, ERR_INPUT, "%s[%zu]: named twice", name, i);
		(*out)[i] = strdup(text);
		if ((*out)[i] == NULL)
			return err_nomem(err);
	}
	if (n != NULL)
		*n = count;
	return 0;
}
