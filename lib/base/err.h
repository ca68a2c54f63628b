/* err.h - one fault: what kind it is and one line that says it. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err_code {
	ERR_NONE,
	ERR_NOMEM,   /* out of memory */
	ERR_IO,      /* the system refused or failed */
	ERR_INPUT,   /* a file, an answer or an argument is not as it must be */
	ERR_CRYPTO,  /* a key, a passphrase, a tag or a signature is wrong */
	ERR_REFUSED, /* a privacy rule says no */
};

struct err {
	enum err_code code;
	char msg[640]; /* one line, no newline, UTF-8 cut at a whole character */
};

/*
 * Set `err` to `code` and the formatted message. A fault is set once, where it is found.
 * Control characters in the message become '?', so that one fault stays one line.
 * Always returns -1, so that `return err_set(...)` reads well.
 */
int err_set(struct err *err, enum err_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Put "PLACE: " (formatted) before a message that is already set. Always returns -1. */
int err_prefix(struct err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Out of memory. Always returns -1. */
int err_nomem(struct err *err);

/* The exit status a program ends with: 3 for ERR_REFUSED, else 1. */
int err_status(const struct err *err);

#endif
