/*
 * show_known.h - what is known about the answers of whoever has come to a place of a paper
 * questionnaire, and what a condition is worth there: true, false, or it depends.
 */
#ifndef FORMS_SHOW_KNOWN_H
#define FORMS_SHOW_KNOWN_H

#include "forms/form.h"
#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum show_known_worth { SHOW_KNOWN_FALSE, SHOW_KNOWN_TRUE, SHOW_KNOWN_DEPENDS };

/*
 * Which answers each question may have: one byte a state, 1 where it is possible. What is not one
 * of the choices of a select_one, or an exclusive choice of a select_multiple, is SHOW_KNOWN_ANY.
 */
enum {
	SHOW_KNOWN_MISSING,
	SHOW_KNOWN_DECLINED,
	SHOW_KNOWN_ANY,
	SHOW_KNOWN_CHOICE, /* + the choice's index */
};

/* The shape of what is known about one questionnaire, and scratch memory. */
struct show_known {
	const struct form *form;
	size_t *at;   /* by question: its states' offset */
	size_t *fact; /* by question, then by section: offset of the two states of its condition */
	size_t size;  /* bytes of a `known` */
	struct answers *answers; /* scratch */
};


int show_known_init(struct show_known *k, const struct form *f, struct err *err);
void show_known_finish(struct show_known *k);

/* How many states a question has. */
size_t show_known_states(const struct form_question *q);

/* Everything is possible. */
void show_known_all(const struct show_known *k, unsigned char *may);
/* What is possible in either. */
void show_known_join(const struct show_known *k, unsigned char *may, const unsigned char *other);
/* Only this state is possible. */
void show_known_set(const struct show_known *k, unsigned char *may, const struct form_question *q,
               size_t state);
/* The question was asked and the paper filled in: what its boxes can hold. */
void show_known_asked(const struct show_known *k, unsigned char *may,
                      const struct form_question *q);

/* What a question's or section's own condition is worth. */
enum show_known_worth show_known_question(const struct show_known *k, const unsigned char *may,
                                const struct form_question *q);
enum show_known_worth show_known_section(const struct show_known *k, const unsigned char *may,
                               const struct form_section *s);

/* Learn that the condition holds, or not. */
void show_known_learn_question(const struct show_known *k, unsigned char *may,
                          const struct form_question *q, bool holds);
void show_known_learn_section(const struct show_known *k, unsigned char *may,
                         const struct form_section *s, bool holds);

#endif
