/* negotiate.h - in which language to greet somebody. */
#ifndef COLLECTOR_NEGOTIATE_H
#define COLLECTOR_NEGOTIATE_H

#include "forms/form.h"

#include <stddef.h>

/*
 * The questionnaire's language (its index) that an Accept-Language header (RFC 9110, 12.5.4; NULL:
 * none) asks for most; "pt-BR" is served by "pt", and "pt" by "pt-BR". The first language if none
 * fits.
 */
size_t negotiate_language(const struct form *f, const char *header);

#endif
