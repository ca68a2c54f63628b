/*
 * check_search.h - can conditions hold? A search over the answers that people can give, cut down
 * to those that the conditions tell apart.
 */
#ifndef FORMS_CHECK_SEARCH_H
#define FORMS_CHECK_SEARCH_H

#include "forms/form.h"
#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* What a search may spend: visits of an expression's nodes, about 20 ns each. */
enum {
	CHECK_STEPS_ALL = 4000000,     /* all conditions of a questionnaire */
	CHECK_STEPS_CHOICES = 2000000, /* all filters of choices */
	CHECK_STEPS_ONE = 400000,
};

/* A condition that must come out as wanted. */
struct check_goal {
	const struct expression *condition; /* NULL: always true */
	bool wanted;
	const char *self;           /* the field that "." means; it must be answered */
	const char *const *columns; /* of a choice, for a choice_filter */
};

enum check_verdict {
	CHECK_IMPOSSIBLE, /* no answers make all goals come out so: proved */
	CHECK_POSSIBLE,   /* some do */
	CHECK_UNSETTLED,  /* neither was found within the steps, or not all answers were tried */
};

/* What the searches of one questionnaire share. */
struct check_search {
	const struct form *form;
	bool *never;      /* by question: nobody is ever asked it; filled by the caller */
	size_t steps;     /* that are left; CHECK_STEPS_ALL at the start */
};

/*
 * Look for answers that meet all `n` goals. With `free_answers` every question may be answered in
 * every way, whatever its own conditions say: impossible then means that the goals contradict each
 * other. Returns 0 with *verdict set, or -1 with err set (ERR_NOMEM).
 */
int check_search(enum check_verdict *verdict, struct check_search *s,
                 const struct check_goal *goals, size_t n, bool free_answers, struct err *err);

/* --- check_use.c: how conditions use a field; check_domain.c: what the search tries --- */

struct pool;

/* One way to answer; n 0: left blank. */
struct check_option {
	const char *const *values;
	size_t n;
};

/* How the conditions use a field. */
struct check_use {
	const char **texts; /* that it is compared with; borrowed from the pool */
	size_t n_texts, cap;
	bool ordered; /* compared by < or > */
	bool counted; /* count-selected() */
	bool complex; /* in any other way */
};

struct check_variable {
	const struct form_question *question;
	const char *field; /* the question's id or a row's field */
	const struct check_option *options; /* none for a calculation */
	size_t n;
	bool whole; /* the options stand for all answers */
};

/* Is it ".", or a function that means "." where it has no argument? */
bool check_use_self(const struct expression *e);

/* Note how `e` uses `field` ("." when `self` is set). Adds its nodes to *steps. ERR_NOMEM. */
int check_use_add(struct check_use *use, const struct expression *e, const char *field,
                     const char *self, struct pool *pool, size_t *steps, struct err *err);

/* Fill the options of `v` for such use. Everything is the pool's. ERR_NOMEM. */
int check_domain_fill(struct check_variable *v, const struct check_use *use, struct pool *pool,
                      struct err *err);

#endif
