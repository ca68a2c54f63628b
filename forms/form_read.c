/* form_read.c - typed access to the members of a questionnaire's JSON; faults are noted. */
#include "forms/form_read.h"

#include "forms/pool.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void *form_read_memory(struct form_reader *r, size_t n, size_t size)
{
	void *memory = pool_array(r->form->pool, n, size);

	if (memory == NULL)
		r->nomem = true;
	return memory;
}

char *form_read_copy(struct form_reader *r, const char *s)
{
	char *copy = pool_string(r->form->pool, s);

	if (copy == NULL)
		r->nomem = true;
	return copy;
}

bool form_read_names(struct form_reader *r, const char *place, const struct json *v,
                     const char *const *names)
{
	if (v == NULL || json_type(v) != JSON_OBJECT) {
		FORM_FAULT(r, place, "must be an object");
		return false;
	}
	for (const struct json *m = json_first(v); m != NULL; m = json_next(m)) {
		size_t i = 0;

		while (names[i] != NULL && strcmp(names[i], json_name(m)) != 0)
			i++;
		if (names[i] == NULL)
			FORM_FAULT(r, place, "unknown member \"%s\"", json_name(m));
	}
	return true;
}

char *form_read_string(struct form_reader *r, const char *place, const struct json *v,
                       const char *name, bool needed)
{
	const struct json *m = json_get(v, name);

	if (m == NULL) {
		if (needed)
			FORM_FAULT(r, place, "\"%s\" is missing", name);
		return NULL;
	}
	if (json_type(m) != JSON_STRING) {
		FORM_FAULT(r, place, "\"%s\" must be a string", name);
		return NULL;
	}
	return form_read_copy(r, json_string(m));
}

char *form_read_id(struct form_reader *r, const char *place, const struct json *v,
                   const char *name, bool dash)
{
	char *id = form_read_string(r, place, v, name, true);
	const char *more = dash ? "abcdefghijklmnopqrstuvwxyz0123456789-"
	                        : "abcdefghijklmnopqrstuvwxyz0123456789_";

	if (id == NULL)
		return NULL;
	if (id[0] < 'a' || id[0] > 'z' || id[strspn(id, more)] != '\0' || strlen(id) > 64) {
		FORM_FAULT(r, place, "\"%s\" must be a small letter, then small letters, digits or '%c'",
			name, dash ? '-' : '_');
		return NULL;
	}
	return id;
}

void form_read_text(struct form_reader *r, const char *place, const struct json *v,
                    const char *name, bool needed, struct form_text *out)
{
	const struct json *m = json_get(v, name);

	out->in = form_read_memory(r, r->form->n_languages, sizeof *out->in);
	if (out->in == NULL)
		return;
	if (m == NULL) {
		if (needed)
			FORM_FAULT(r, place, "\"%s\" is missing", name);
		return;
	}
	if (json_type(m) != JSON_OBJECT) {
		FORM_FAULT(r, place, "\"%s\" must be an object of texts by language", name);
		return;
	}
	for (const struct json *t = json_first(m); t != NULL; t = json_next(t)) {
		int language = form_language(r->form, json_name(t));

		if (language < 0)
			FORM_FAULT(r, place, "\"%s\": language \"%s\" is not in \"languages\"",
				name, json_name(t));
		else if (json_string(t) == NULL)
			FORM_FAULT(r, place, "\"%s\": \"%s\" must be a string", name,
				json_name(t));
		else if (json_string(t)[0] != '\0')
			out->in[language] = form_read_copy(r, json_string(t));
	}
	if (out->in[0] == NULL)
		FORM_FAULT(r, place, "\"%s\" has no text in \"%s\", the source language", name,
			r->form->languages[0]);
}

bool form_read_bool(struct form_reader *r, const char *place, const struct json *v,
                    const char *name, bool otherwise)
{
	const struct json *m = json_get(v, name);

	if (m != NULL && json_type(m) != JSON_BOOL)
		FORM_FAULT(r, place, "\"%s\" must be true or false", name);
	return json_bool(m, otherwise);
}

double form_read_number(struct form_reader *r, const char *place, const struct json *v,
                        const char *name, double otherwise, double least, double most)
{
	const struct json *m = json_get(v, name);
	double number;

	if (m == NULL)
		return otherwise;
	number = json_number(m, NAN);
	if (!(number >= least && number <= most)) {
		FORM_FAULT(r, place, "\"%s\" must be a number from %g to %g", name, least, most);
		return otherwise;
	}
	return number;
}

struct expression *form_read_expression(struct form_reader *r, const char *place,
                                        const struct json *v, const char *name,
                                        enum expression_kind kind)
{
	const struct json *m = json_get(v, name);
	struct expression *e = NULL;
	struct err err;

	if (m == NULL)
		return NULL;
	if (json_type(m) != JSON_STRING)
		FORM_FAULT(r, place, "\"%s\" must be a string", name);
	else if (expression_parse(&e, json_string(m), kind, &err) != 0) {
		r->nomem |= err.code == ERR_NOMEM;
		FORM_FAULT(r, place, "\"%s\": %s", name, err.msg);
	}
	return e;
}

const struct json *form_read_array(struct form_reader *r, const char *place,
                                   const struct json *v, const char *name, bool needed,
                                   size_t most, size_t *n)
{
	const struct json *m = json_get(v, name);

	*n = 0;
	if (m == NULL || json_type(m) != JSON_ARRAY) {
		if (m != NULL || needed)
			FORM_FAULT(r, place, m ? "\"%s\" must be an array" : "\"%s\" is missing",
				name);
		return NULL;
	}
	*n = json_count(m);
	if (*n == 0 && needed)
		FORM_FAULT(r, place, "\"%s\" is empty", name);
	if (*n > most) {
		FORM_FAULT(r, place, "\"%s\" has more than %zu entries", name, most);
		*n = 0;
		return NULL;
	}
	return json_first(m);
}
