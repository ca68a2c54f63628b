/*
 * head.c - the head of a request, read strictly. In: the bytes that a connection begins with.
 * Out: whole and unambiguous, not whole yet, or the status for a refusal. Nothing is kept of them.
 *
 * Refused although HTTP/1.1 lets a server take it: lines that end in LF alone, empty lines before
 * the request, folded fields, any Transfer-Encoding (browsers send forms with a length), a body
 * with anything but POST. Each is a way to hide one request in another (RFC 9112, 11.2).
 */
#include "collector/head.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

enum { METHOD_MOST = 16, NAME_MOST = 64, HOST_MOST = 255, LENGTH_MOST = 12 };

enum { BAD_REQUEST = 400, TARGET_TOO_LONG = 414, NOT_EXPECTED = 417, HEAD_TOO_LARGE = 431,
       NOT_THIS_VERSION = 505 };

/* What the fields say together. */
struct fields {
	size_t n, hosts, lengths;
	bool body; /* Content-Length is not 0 */
};

/* A line without its CR LF. */
struct line {
	const char *at;
	size_t n;
};

static bool is_token(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

/* The bytes that a field's value may hold: no controls but the tab. */
static bool is_value(unsigned char c)
{
	return c == '\t' || (c >= 0x20 && c != 0x7F);
}

/* --- the request line --- */

static bool target_valid(const char *s, size_t n)
{
	if (n == 0 || s[0] != '/')
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c <= 0x20 || c >= 0x7F || c == '#')
			return false;
		/* a NUL would cut the path short for whoever decodes it */
		if (c == '%' && i + 2 < n && s[i + 1] == '0' && s[i + 2] == '0')
			return false;
	}
	return true;
}

static unsigned check_version(const char *s, size_t n)
{
	if (n != 8 || memcmp(s, "HTTP/", 5) != 0 || s[6] != '.' || s[5] < '0' || s[5] > '9' ||
	    s[7] < '0' || s[7] > '9')
		return BAD_REQUEST;
	return s[5] == '1' && s[7] <= '1' ? 0 : NOT_THIS_VERSION;
}

static unsigned check_request(const struct line *line, bool *post, bool *host_needed)
{
	const char *first = memchr(line->at, ' ', line->n), *second;
	size_t method, target;

	if (first == NULL)
		return BAD_REQUEST;
	method = (size_t)(first - line->at);
	second = memchr(first + 1, ' ', line->n - method - 1);
	if (second == NULL || method == 0 || method > METHOD_MOST)
		return BAD_REQUEST;
	for (size_t i = 0; i < method; i++)
		if (line->at[i] < 'A' || line->at[i] > 'Z')
			return BAD_REQUEST;
	target = (size_t)(second - first) - 1;
	if (target > HEAD_TARGET_MOST)
		return TARGET_TOO_LONG;
	if (!target_valid(first + 1, target))
		return BAD_REQUEST;
	*post = method == 4 && memcmp(line->at, "POST", 4) == 0;
	*host_needed = line->at[line->n - 1] == '1';
	return check_version(second + 1, line->n - method - target - 2);
}

/* --- fields --- */

static bool is_named(const struct line *name, const char *wanted)
{
	return name->n == strlen(wanted) && strncasecmp(name->at, wanted, name->n) == 0;
}

static bool host_valid(const struct line *value)
{
	static const char extra[] = ".-_:[]";

	if (value->n > HOST_MOST)
		return false;
	for (size_t i = 0; i < value->n; i++) {
		char c = value->at[i];

		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		      (c != '\0' && strchr(extra, c) != NULL)))
			return false;
	}
	return true;
}

/* Digits, without a leading zero. */
static bool length_valid(const struct line *value)
{
	if (value->n == 0 || value->n > LENGTH_MOST || (value->n > 1 && value->at[0] == '0'))
		return false;
	for (size_t i = 0; i < value->n; i++)
		if (value->at[i] < '0' || value->at[i] > '9')
			return false;
	return true;
}

/* What a field means for where the request ends. */
static unsigned note_field(struct fields *f, const struct line *name, const struct line *value)
{
	if (is_named(name, "Transfer-Encoding"))
		return BAD_REQUEST;
	if (is_named(name, "Content-Length")) {
		if (!length_valid(value))
			return BAD_REQUEST;
		f->lengths++;
		f->body = value->at[0] != '0';
	} else if (is_named(name, "Host")) {
		if (!host_valid(value))
			return BAD_REQUEST;
		f->hosts++;
	} else if (is_named(name, "Expect")) {
		if (value->n != 12 || strncasecmp(value->at, "100-continue", 12) != 0)
			return NOT_EXPECTED;
	}
	return 0;
}

static void trim(struct line *value)
{
	while (value->n > 0 && (value->at[0] == ' ' || value->at[0] == '\t')) {
		value->at++;
		value->n--;
	}
	while (value->n > 0 &&
	       (value->at[value->n - 1] == ' ' || value->at[value->n - 1] == '\t'))
		value->n--;
}

static unsigned check_field(struct fields *f, const struct line *line)
{
	const char *colon = memchr(line->at, ':', line->n);
	struct line name, value;

	if (colon == NULL || colon == line->at)
		return BAD_REQUEST;
	name = (struct line){line->at, (size_t)(colon - line->at)};
	value = (struct line){colon + 1, line->n - name.n - 1};
	if (name.n > NAME_MOST)
		return HEAD_TOO_LARGE;
	/* a blank at the start (a folded field) or before the colon is no token either */
	for (size_t i = 0; i < name.n; i++)
		if (!is_token((unsigned char)name.at[i]))
			return BAD_REQUEST;
	trim(&value);
	if (++f->n > HEAD_FIELDS_MOST)
		return HEAD_TOO_LARGE;
	return note_field(f, &name, &value);
}

/* --- lines --- */

/* The next line; false when its end has not come. `*status` tells of bytes that no line can have. */
static bool next_line(struct line *line, const char **at, const char *end, unsigned *status)
{
	const char *s = *at;

	while (s < end && is_value((unsigned char)*s))
		s++;
	*status = s < end && *s != '\r' ? BAD_REQUEST : 0;
	if (s + 1 >= end || *status != 0)
		return false;
	if (s[1] != '\n') {
		*status = BAD_REQUEST;
		return false;
	}
	*line = (struct line){*at, (size_t)(s - *at)};
	*at = s + 2;
	return true;
}

/* The head is not whole. */
static unsigned partial(size_t n, bool in_target)
{
	if (in_target && n > HEAD_TARGET_MOST + METHOD_MOST + 1)
		return TARGET_TOO_LONG;
	return n >= HEAD_MOST ? HEAD_TOO_LARGE : HEAD_PARTIAL;
}

static unsigned check_whole(const struct fields *f, bool post, bool host_needed)
{
	if (f->lengths > 1 || f->hosts > 1 || (host_needed && f->hosts == 0) || (!post && f->body))
		return BAD_REQUEST;
	return HEAD_WHOLE;
}

unsigned head_check(const char *bytes, size_t n)
{
	const char *at = bytes, *end = bytes + (n < HEAD_MOST ? n : HEAD_MOST);
	struct fields fields = {0};
	bool post = false, host_needed = false;
	struct line line;
	unsigned status;

	if (!next_line(&line, &at, end, &status))
		return status != 0 ? status : partial(n, true);
	status = check_request(&line, &post, &host_needed);
	while (status == 0 && next_line(&line, &at, end, &status)) {
		if (line.n == 0)
			return check_whole(&fields, post, host_needed);
		status = check_field(&fields, &line);
	}
	return status != 0 ? status : partial(n, false);
}
