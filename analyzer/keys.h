/* keys.h - the commands of survey-keys. They talk to the person at the terminal on stdout. */
#ifndef ANALYZER_KEYS_H
#define ANALYZER_KEYS_H

#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* What the command line says; all borrowed. */
struct keys_request {
	const char *study;  /* create: the study folder */
	const char *round;  /* create: NULL is this month, "2020-05" */
	const char *folder; /* create: where the key files go */
	unsigned custodians, quorum;
	const char *file; /* verify, destroy: the key file */
	bool yes;         /* destroy: do not ask */
	char **passphrases; /* files for demonstrations and tests */
	size_t n_passphrases;
};

/*
 * The ceremony: freeze the questionnaire, make the keys, write one file a custodian, rehearse.
 * Only when everything has worked is there a round; on failure nothing that was written is left.
 */
int keys_create(const struct keys_request *r, struct err *err);

/* Does this file open with its passphrase? Say what it is. */
int keys_verify(const struct keys_request *r, struct err *err);

/* Overwrite and remove a key file, after the person has confirmed. */
int keys_destroy(const struct keys_request *r, struct err *err);

#endif
