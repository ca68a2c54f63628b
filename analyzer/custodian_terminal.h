/* custodian_terminal.h - asking a person on the terminal, without showing what is typed. */
#ifndef ANALYZER_CUSTODIAN_TERMINAL_H
#define ANALYZER_CUSTODIAN_TERMINAL_H

#include "lib/base/err.h"

#include <stddef.h>

/*
 * Show `prompt` on /dev/tty and read one line of at most size - 1 bytes without echo. ERR_IO:
 * no terminal, its end, or interrupted (SIGINT, SIGQUIT, SIGTERM, SIGHUP, which are then consumed,
 * so that the caller can tidy up); ERR_INPUT: too long. The terminal is as before in every case.
 */
int custodian_terminal_secret(char *out, size_t size, const char *prompt, struct err *err);

/* Write one line on /dev/tty, if there is one. */
void custodian_terminal_say(const char *line);

#endif
