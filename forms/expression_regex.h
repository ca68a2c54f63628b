/* expression_regex.h - the patterns of regex(). Private to forms/expression*.c. */
#ifndef FORMS_EXPRESSION_REGEX_H
#define FORMS_EXPRESSION_REGEX_H

#include <stdbool.h>
#include <stddef.h>

struct expression_regex;

/*
 * Compile a pattern. What ICU, Java and JavaScript do not read alike is refused. Returns 0; or -1
 * with *reason, static text, NULL if memory ran out, and *at, the byte of the pattern it is about.
 * The caller owns *out.
 */
int expression_regex_compile(struct expression_regex **out, const char *pattern, size_t *at,
                             const char **reason);

/*
 * Does the whole text match? Any number of threads may ask at once. A match that would take too
 * many steps or too much memory is none.
 */
bool expression_regex_match(const struct expression_regex *regex, const char *text);

void expression_regex_free(struct expression_regex *regex);

#endif
