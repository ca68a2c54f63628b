/*
 * form_read.h - what the files that read a questionnaire's JSON share: typed access to members
 * that notes every fault with its place and goes on. Private to forms/form_*.c.
 */
#ifndef FORMS_FORM_READ_H
#define FORMS_FORM_READ_H

#include "forms/form.h"
#include "lib/base/json.h"

struct form_reader {
	struct form *form;
	struct findings *findings;
	bool nomem;
};

/* Note a fault of grade error. */
#define FORM_FAULT(r, place, ...) findings_add((r)->findings, FINDING_ERROR, place, __VA_ARGS__)

/* Every member of `v` must be one of `names` (NULL at the end); `v` must be an object. */
bool form_read_names(struct form_reader *r, const char *place, const struct json *v,
                     const char *const *names);

/* A string; NULL if it is absent or (a fault) of another type or, when needed, missing. */
char *form_read_string(struct form_reader *r, const char *place, const struct json *v,
                       const char *name, bool needed);
/* An identifier: [a-z][a-z0-9_]*, at most 64 bytes; with `dash` '-' is allowed, too. */
char *form_read_id(struct form_reader *r, const char *place, const struct json *v,
                   const char *name, bool dash);
/* A text object; when needed, it must be there in the source language. */
void form_read_text(struct form_reader *r, const char *place, const struct json *v,
                    const char *name, bool needed, struct form_text *out);
bool form_read_bool(struct form_reader *r, const char *place, const struct json *v,
                    const char *name, bool otherwise);
/* A number, or `otherwise`; outside least..most is a fault. */
double form_read_number(struct form_reader *r, const char *place, const struct json *v,
                        const char *name, double otherwise, double least, double most);
/* An expression, or NULL. */
struct expression *form_read_expression(struct form_reader *r, const char *place,
                                        const struct json *v, const char *name,
                                        enum expression_kind kind);
/* An array's items (NULL and *n 0 when absent); at most `most`. */
const struct json *form_read_array(struct form_reader *r, const char *place,
                                   const struct json *v, const char *name, bool needed,
                                   size_t most, size_t *n);
/* Zeroed memory of the form's pool; out of memory is noted in the reader. */
void *form_read_memory(struct form_reader *r, size_t n, size_t size);
char *form_read_copy(struct form_reader *r, const char *s);

/* "choices": the lists that questions share, in forms/form_list.c. */
void form_read_lists(struct form_reader *r, const struct json *v);
/* The list that a question names in "choices", or brings along: that one is named by its id. */
const struct form_list *form_read_list(struct form_reader *r, const char *place,
                                       const struct json *v, const char *question);

/* One question, in forms/form_question.c. */
void form_read_question(struct form_reader *r, const char *place, const struct json *v,
                        struct form_question *q);

#endif
