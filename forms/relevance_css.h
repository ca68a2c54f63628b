/*
 * relevance_css.h - skip logic without a script: relevance expressions as rules of a style sheet.
 *
 * What a condition excludes is hidden, live, by selectors over the state of the form's controls
 * (:has(), :checked). Where CSS cannot know the answer (a number, a text) the rule says no more
 * than is certain: what might be asked stays visible, and the page says its condition in words.
 * Never is anything hidden that route.c would ask.
 */
#ifndef FORMS_RELEVANCE_CSS_H
#define FORMS_RELEVANCE_CSS_H

#include "forms/form.h"
#include "lib/base/err.h"

#include <stdbool.h>

struct relevance_css;

/*
 * Compile all conditions of the questionnaire, which is borrowed and must outlive *out. The caller
 * owns *out. Returns 0, or -1 with `err` set (ERR_NOMEM).
 */
int relevance_css_create(struct relevance_css **out, const struct form *f, struct err *err);
void relevance_css_free(struct relevance_css *r);

/*
 * The rules, to stand behind those of page_style(); "" when nothing depends on anything. They need
 * the ids of page.h. What is hidden also has the custom property --off: 1, which is inherited, for
 * scripts to read.
 */
const char *relevance_css_rules(const struct relevance_css *r);

/* Does the style sheet say exactly what this condition of the form says? NULL: yes. */
bool relevance_css_exact(const struct relevance_css *r, const struct expression *e);

#endif
