/* release_sums.h - do the numbers of a release fit together? Private to lib/release. */
#ifndef RELEASE_RELEASE_SUMS_H
#define RELEASE_RELEASE_SUMS_H

#include "lib/release/release.h"

/*
 * Every sum that the published numbers form must be right: answers and base of a slot, base and
 * people of a group, regions and total, languages and total, pairs and their region and language.
 * What is suppressed only bounds them. ERR_INPUT with the place.
 */
int release_sums_check(const struct release *r, struct err *err);

#endif
