/*
 * head.h - the head of a request, read strictly before anything else sees it. What two programs
 * could read in two ways is refused: a proxy in front and the HTTP library behind then agree on
 * where a request ends (RFC 9112, 2.2, 3, 5, 6.3, 11.2; RFC 9110, 5.5, 5.6.2, 7.2).
 */
#ifndef COLLECTOR_HEAD_H
#define COLLECTOR_HEAD_H

#include <stddef.h>

enum {
	HEAD_MOST = 8192,        /* bytes, with the empty line at the end */
	HEAD_TARGET_MOST = 2048, /* bytes of the request target */
	HEAD_FIELDS_MOST = 64,
};

enum {
	HEAD_PARTIAL = 0, /* well-formed so far */
	HEAD_WHOLE = 200,
};

/*
 * Look at the first `n` bytes of a connection. Returns HEAD_PARTIAL, HEAD_WHOLE, or the status that
 * the request deserves: 400 (malformed, or with a body whose length is in doubt), 414, 417, 431,
 * 505. A method or a path that is not served, a missing or too large Content-Length of a POST are
 * not judged here: whoever sent those may be told in a page of their own.
 */
unsigned head_check(const char *bytes, size_t n);

#endif
