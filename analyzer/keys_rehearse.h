/* keys_rehearse.h - before a ceremony ends: can what was written be opened? */
#ifndef ANALYZER_KEYS_REHEARSE_H
#define ANALYZER_KEYS_REHEARSE_H

#include "lib/base/err.h"

/*
 * Read the `n` key files again, unlock every one with its passphrase, put together the quorum of
 * the first custodians and that of the last, and open with each a record that is sealed to the
 * written public key (at `public`). Says each step on stdout.
 */
int keys_rehearse(char *const *files, char *const *passphrases, unsigned n, const char *public,
                  struct err *err);

#endif
