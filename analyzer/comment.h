/*
 * comment.h - the free texts of one question, for people to read: in random order, with their
 * language and nothing else of who wrote them.
 */
#ifndef ANALYZER_COMMENT_H
#define ANALYZER_COMMENT_H

#include "forms/form.h"
#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "lib/record/encode.h"

#include <stddef.h>
#include <stdint.h>

/* What a text looks as if it held. */
enum comment_flag {
	COMMENT_NAME = 1,
	COMMENT_PHONE = 2,
	COMMENT_ADDRESS = 4,
	COMMENT_HANDLE = 8,
};

/* comment_flag.c: a guess by rules, in any script; the text is well-formed UTF-8. */
unsigned comment_flags(const char *text);

struct comment {
	char *text;
	int language, region; /* indices in the form's lists; -1: none, or not to be named */
	unsigned flags;
};

struct comments {
	const struct form *form; /* borrowed */
	const char *field;       /* borrowed: QUESTION or QUESTION/other */
	struct comment *list;
	size_t n, cap;
};

/*
 * The texts of a question. ERR_INPUT: no such question, or none that has free text. Ends with
 * comments_finish(), which wipes.
 */
int comments_start(struct comments *c, const struct form *form, const char *question,
                   struct err *err);
void comments_finish(struct comments *c);

/* Take a record's text if it is one of these and not empty. ERR_NOMEM. */
int comments_add(struct comments *c, const struct record_text *t, struct err *err);

/*
 * Forget languages, and regions within a language, that fewer than k texts have; and the smallest of
 * the others until those without a name are k or none. Then put everything in random order.
 */
int comments_protect(struct comments *c, size_t k, struct err *err);

/* Append as CSV: text, language, region (where texts carry one), flags. */
void comments_csv(struct buf *out, const struct comments *c);

#endif
