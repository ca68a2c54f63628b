/*
 * inspect.h - a finished PDF is looked into: is it whole, tagged, accessible (the rules of PDF/UA-1
 * that a program can check), free of traces, small? And what does it say, in the order of reading?
 */
#ifndef REPORT_INSPECT_H
#define REPORT_INSPECT_H

#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "lib/base/findings.h"

enum {
	INSPECT_SIZE = 400 * 1024,      /* bytes: a larger file is a finding */
	INSPECT_READ = 32 * 1024 * 1024 /* bytes: a larger file is not read */
};

/*
 * Add what is wrong with a file to `f` (places are "page 3", "structure", "document"), and append
 * its text to `text`: elements in the order of the structure, a line for each block; replacement
 * texts and alternatives in place of what they stand for, without marks of direction
 * (inspect_plain). `text` may be NULL.
 * Returns 0 when the file could be looked into, or -1: ERR_IO, ERR_NOMEM, ERR_INPUT (not a PDF).
 */
int inspect_pdf(struct buf *text, struct findings *f, const char *path, struct err *err);
/* The same of bytes; `name` is for messages. */
int inspect_bytes(struct buf *text, struct findings *f, const char *name, const void *bytes,
                  size_t n, struct err *err);
/* Append UTF-8 without marks and isolates of direction and word joiners, which nobody sees. */
void inspect_plain(struct buf *out, const char *text, size_t n);

#endif
