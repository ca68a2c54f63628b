/* custodian_terminal.h - asking a person on the terminal, without showing what is typed. */
#ifndef ANALYZER_CUSTODIAN_TERMINAL_H
#define ANALYZER_CUSTODIAN_TERMINAL_H

#include "lib/base/err.h"

#include <stddef.h>

struct custodian_terminal; /* /dev/tty while it shows nothing of what is typed */

/*
 * Open the terminal and stop showing what is typed, also between two questions: somebody who types
 * ahead shows nothing. SIGINT, SIGQUIT, SIGTERM and SIGHUP wait for the next question. ERR_IO: no
 * terminal. End with custodian_terminal_close().
 */
int custodian_terminal_open(struct custodian_terminal **out, struct err *err);
/* The terminal and the signals as before. NULL is fine. */
void custodian_terminal_close(struct custodian_terminal *t);

/*
 * Show `prompt` and read one line of at most size - 1 bytes; what was typed before is thrown away.
 * ERR_IO: the terminal's end, or interrupted (the signal is then consumed, so that the caller can
 * tidy up); ERR_INPUT: too long.
 */
int custodian_terminal_secret(char *out, size_t size, struct custodian_terminal *t,
                              const char *prompt, struct err *err);

/* Write one line on /dev/tty, if there is one. */
void custodian_terminal_say(const char *line);

#endif
