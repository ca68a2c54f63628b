/* expression_advice.h - what an author may have meant. Private to forms/expression*.c. */
#ifndef FORMS_EXPRESSION_ADVICE_H
#define FORMS_EXPRESSION_ADVICE_H

#include "forms/expression_function.h"

enum expression_place { EXPRESSION_OPERAND = 1, EXPRESSION_OPERATOR = 2 };

/* What of another language, or in capitals, stands where one of these should; NULL: nothing. */
const char *expression_advice(const char *at, enum expression_place place);

/* Each sets `err` (ERR_INPUT, "column C: reason") and returns -1. The name has `n` bytes. */
/* No function has this name. */
int expression_advice_function(size_t column, const char *name, size_t n, struct err *err);
/* A name without brackets behind it. */
int expression_advice_name(size_t column, const char *name, size_t n, struct err *err);
/* A wrong number of arguments. */
int expression_advice_count(size_t column, const struct expression_function *f, struct err *err);

#endif
