/* negotiate.h - in which language to greet somebody, and whether compressed. */
#ifndef COLLECTOR_NEGOTIATE_H
#define COLLECTOR_NEGOTIATE_H

#include "forms/form.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The questionnaire's language (its index) that an Accept-Language header (RFC 9110, 12.5.4; NULL:
 * none) asks for most; "pt-BR" is served by "pt", and "pt" by "pt-BR". The first language if none
 * fits.
 */
size_t negotiate_language(const struct form *f, const char *header);

/*
 * Does an Accept-Encoding header (RFC 9110, 12.5.3; NULL: none) ask for gzip by its name? "*" is not
 * taken for it: browsers that can, say so.
 */
bool negotiate_gzip(const char *header);

#endif
