/* expression_string.h - the functions of expressions that read or make texts. Private. */
#ifndef FORMS_EXPRESSION_STRING_H
#define FORMS_EXPRESSION_STRING_H

#include "forms/expression_value.h"

/* Each as expression_function.evaluate. Positions count characters (code points). */
#define EXPRESSION_STRING(name)                                                                \
	void expression_string_##name(struct expression_value *out, const struct expression *call, \
		struct expression_run *run)
EXPRESSION_STRING(concat);
EXPRESSION_STRING(join);
EXPRESSION_STRING(contains);
EXPRESSION_STRING(starts_with);
EXPRESSION_STRING(ends_with);
EXPRESSION_STRING(substring);
EXPRESSION_STRING(substr);
EXPRESSION_STRING(substring_before);
EXPRESSION_STRING(substring_after);
EXPRESSION_STRING(translate);
EXPRESSION_STRING(length);
EXPRESSION_STRING(normalize_space);
EXPRESSION_STRING(regex);

#endif
