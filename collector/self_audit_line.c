/*
 * self_audit_line.c - what one line of a log tells. In: a line of a web server, a proxy, Tor or the
 * journal. Out: which kinds of trace are in it, and who writes such lines.
 *
 * Formats change with every configuration, so no format is parsed: what is looked for is what has
 * to stand there in any of them - a method and a path, a header's name with a value, an address.
 * The one exception is the common log format, whose fields have no names.
 */
#include "collector/self_audit_inner.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct line {
	const char *s;
	size_t n;
};

#define BIT(x) (1U << (x))

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '_';
}

static bool has(struct line l, const char *text)
{
	return memmem(l.s, l.n, text, strlen(text)) != NULL;
}

static bool digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return true;
}

/* --- named values: "User-Agent: x", "user_agent":"x", user_agent="x", "User-Agent":["x"] --- */

static bool same_letter(char a, char b)
{
	if (a == '_')
		a = '-';
	if (a >= 'A' && a <= 'Z')
		a = (char)(a - 'A' + 'a');
	return a == b;
}

/* Behind the name, if there is a value: neither "-" nor empty nor struck out. */
static bool value_at(struct line l, size_t at)
{
	bool given = false;

	while (at < l.n && (l.s[at] == '"' || l.s[at] == '\'' || l.s[at] == '\\' || l.s[at] == ' '))
		at++;
	if (at >= l.n || (l.s[at] != ':' && l.s[at] != '='))
		return false;
	at++;
	while (at < l.n && memchr("\"'\\ [", l.s[at], 5) != NULL)
		at++;
	given = at < l.n && memchr("-,]})&;", l.s[at], 7) == NULL;
	if (l.n - at >= 8 && memcmp(l.s + at, "REDACTED", 8) == 0)
		return false;
	return given && !(l.n - at >= 4 && memcmp(l.s + at, "null", 4) == 0);
}

/* `name` in small letters with dashes; it may be the end of a longer one ("http_user_agent"). */
static bool header(struct line l, const char *name)
{
	const size_t n = strlen(name);

	for (size_t i = 0; i + n < l.n; i++) {
		size_t k = 0;

		while (k < n && same_letter(l.s[i + k], name[k]))
			k++;
		if (k == n && value_at(l, i + n))
			return true;
	}
	return false;
}

/* --- requests --- */

static const char *const methods[] = {"GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH",
	"CONNECT", "TRACE", "PRI"};

/* `"method":"POST"`, method=POST. Returns the method, or -1. */
static int named_method(struct line l)
{
	const char *at = memmem(l.s, l.n, "method", 6), *end = l.s + l.n;

	if (at == NULL || !value_at(l, (size_t)(at - l.s) + 6))
		return -1;
	at += 6;
	while (at < end && memchr("\"'\\ :=", *at, 6) != NULL)
		at++;
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
		size_t n = strlen(methods[i]);

		if ((size_t)(end - at) > n && memcmp(at, methods[i], n) == 0 && !is_word(at[n]))
			return (int)i;
	}
	return -1;
}

/* "GET /en HTTP/1.1", with HTTP/ on the line or a quote before. Returns the method, or -1. */
static int request_line(struct line l, size_t *where)
{
	const bool http = has(l, "HTTP/");

	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
		const size_t n = strlen(methods[i]);
		const char *at = l.s, *end = l.s + l.n;

		while ((at = memmem(at, (size_t)(end - at), methods[i], n)) != NULL) {
			bool start = at == l.s || !is_word(at[-1]);
			bool path = (size_t)(end - at) > n + 1 && at[n] == ' ' &&
			            (at[n + 1] == '/' || at[n + 1] == '*' ||
			             memchr(at + n + 1, ':', (size_t)(end - at) - n - 1) != NULL);

			if (start && path && (http || (at > l.s && at[-1] == '"'))) {
				*where = (size_t)(at - l.s);
				return (int)i;
			}
			at += n;
		}
	}
	return -1;
}

/* 10:53:00 with anything but digits around it, or seconds since 1970. */
static bool has_time(struct line l)
{
	for (size_t i = 0; i + 8 <= l.n; i++)
		if (l.s[i + 2] == ':' && l.s[i + 5] == ':' && digits(l.s + i, 2) &&
		    digits(l.s + i + 3, 2) && digits(l.s + i + 6, 2) && l.s[i] <= '2' &&
		    l.s[i + 3] <= '5' && l.s[i + 6] <= '6')
			return true;
	for (size_t i = 0, run = 0; i < l.n; i++) {
		run = digits(l.s + i, 1) ? run + 1 : 0;
		if ((run == 10 || run == 13 || run == 16) && l.s[i + 1 - run] == '1' &&
		    (i + 1 == l.n || !digits(l.s + i + 1, 1)))
			return true;
	}
	return false;
}

static unsigned look_at_request(struct line l, size_t *where)
{
	unsigned kinds = 0;
	int method = request_line(l, where);

	if (method < 0)
		method = named_method(l);
	if (method < 0)
		return 0;
	kinds |= BIT(has_time(l) ? SELF_AUDIT_TIMED : SELF_AUDIT_REQUEST);
	if (strcmp(methods[method], "POST") == 0)
		kinds |= BIT(SELF_AUDIT_SENT);
	return kinds;
}

/* --- the common log format: host ident user [time] "request" status bytes "referer" "agent" --- */

/* The next field, without quotes or brackets; NULL: none. */
static const char *field(struct line l, size_t *at, size_t *n)
{
	const char *start;
	char close = ' ';

	while (*at < l.n && l.s[*at] == ' ')
		++*at;
	if (*at >= l.n)
		return NULL;
	if (l.s[*at] == '"' || l.s[*at] == '[') {
		close = l.s[*at] == '"' ? '"' : ']';
		++*at;
	}
	start = l.s + *at;
	while (*at < l.n && l.s[*at] != close)
		*at += l.s[*at] == '\\' && *at + 1 < l.n ? 2 : 1;
	*n = (size_t)(l.s + *at - start);
	if (*at < l.n)
		++*at;
	return start;
}

static bool is_nothing(const char *s, size_t n)
{
	return n == 0 || (n == 1 && *s == '-');
}

/* Not an address, for those are found anywhere, nor a word for this machine. */
static bool is_visitor(const char *s, size_t n)
{
	static const char *const here[] = {"localhost", "unix:", "unix", "127.0.0.1", "::1"};
	bool letter = false;

	for (size_t i = 0; i < sizeof here / sizeof *here; i++)
		if (strlen(here[i]) == n && memcmp(here[i], s, n) == 0)
			return false;
	if (is_nothing(s, n) || memchr(s, ':', n) != NULL)
		return false;
	for (size_t i = 0; i < n; i++)
		letter |= is_word(s[i]) && !digits(s + i, 1);
	return letter;
}

/* `request`: where the request begins, behind its quote. */
static unsigned look_at_fields(struct line l, size_t request, unsigned *programs)
{
	const char *s, *time;
	unsigned kinds = 0;
	size_t at = 0, n, k;

	s = field(l, &at, &n);
	if (s == NULL || field(l, &at, &k) == NULL)
		return 0;
	if (is_visitor(s, n))
		kinds |= BIT(SELF_AUDIT_NAME);
	s = field(l, &at, &n);
	if (s == NULL)
		return 0;
	if (!is_nothing(s, n))
		kinds |= BIT(SELF_AUDIT_USER);
	time = field(l, &at, &k);
	if (time == NULL || time == l.s || time[-1] != '[' || request < at)
		return 0;
	*programs |= BIT(SELF_AUDIT_ACCESS);
	/* the request, status, bytes */
	if (field(l, &at, &n) == NULL || field(l, &at, &n) == NULL || field(l, &at, &n) == NULL)
		return kinds;
	s = field(l, &at, &n);
	if (s != NULL && s[-1] == '"' && !is_nothing(s, n))
		kinds |= BIT(SELF_AUDIT_REFERRER);
	s = field(l, &at, &n);
	if (s != NULL && s[-1] == '"' && !is_nothing(s, n))
		kinds |= BIT(SELF_AUDIT_AGENT);
	return kinds;
}

/* --- answers --- */

static int compare_ids(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int self_audit_line_ids(struct self_audit_ids *out, const struct form *form, struct err *err)
{
	*out = (struct self_audit_ids){0};
	if (form == NULL)
		return 0;
	out->list = calloc(form->n_questions + 1, sizeof *out->list);
	if (out->list == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < form->n_questions; i++)
		out->list[out->n++] = form->questions[i].id;
	qsort(out->list, out->n, sizeof *out->list, compare_ids);
	return 0;
}

void self_audit_line_ids_finish(struct self_audit_ids *ids)
{
	free(ids->list);
	*ids = (struct self_audit_ids){0};
}

static bool is_id(const struct self_audit_ids *ids, const char *word, size_t n)
{
	size_t low = 0, high = ids->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strncmp(word, ids->list[middle], n);

		if (order == 0 && ids->list[middle][n] == '\0')
			return true;
		if (order > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

/* What follows a question's name in a form ("=", "/other=", ".year="), or in JSON ("\":"). */
static bool field_follows(struct line l, size_t at)
{
	size_t start = at;

	if (at < l.n && l.s[at] == '"') {
		at++;
		while (at < l.n && l.s[at] == ' ')
			at++;
		return at < l.n && l.s[at] == ':';
	}
	if (at < l.n && memchr("/.%", l.s[at], 3) != NULL) {
		at++;
		while (at < l.n && is_word(l.s[at]) && at - start < 40)
			at++;
	}
	return at < l.n && l.s[at] == '=';
}

/* Two fields of the questionnaire, or one in a row of fields; or the answers of a JSON line. */
static bool has_answers(struct line l, const struct self_audit_ids *ids)
{
	static const char json[] = "\"answers\"";
	const char *at = memmem(l.s, l.n, json, sizeof json - 1);
	size_t found = 0, end;

	if (at != NULL) {
		at += sizeof json - 1;
		while (at < l.s + l.n && memchr(" :", *at, 2) != NULL)
			at++;
		if (at < l.s + l.n && *at == '{')
			return true;
	}
	for (size_t i = 0; i < l.n; i = end) {
		end = i + 1;
		if (!is_word(l.s[i]))
			continue;
		while (end < l.n && is_word(l.s[end]))
			end++;
		if (!is_id(ids, l.s + i, end - i) || !field_follows(l, end))
			continue;
		found++;
		if (found == 2 || (i > 0 && l.s[i - 1] == '&'))
			return true;
		for (size_t k = end; k < l.n && l.s[k] != ' ' && l.s[k] != '"'; k++)
			if (l.s[k] == '&')
				return true;
	}
	return false;
}

/* --- programs --- */

/* "nginx[123]: ", "error] 12#12: *3 " */
static unsigned look_at_program(struct line l)
{
	unsigned programs = 0;

	for (size_t i = 0; i + 3 < l.n; i++) {
		if (l.s[i] == ']' && l.s[i + 1] == ':' && l.s[i + 2] == ' ' && i > 0 &&
		    digits(l.s + i - 1, 1))
			programs |= BIT(SELF_AUDIT_JOURNAL);
		if (l.s[i] == '#' && i > 0 && digits(l.s + i - 1, 1) && digits(l.s + i + 1, 1) &&
		    has(l, "] "))
			programs |= BIT(SELF_AUDIT_NGINX);
	}
	if (has(l, "http.log.") || has(l, "\"handled request\"") || has(l, "http.handlers."))
		programs |= BIT(SELF_AUDIT_CADDY);
	if ((programs & BIT(SELF_AUDIT_NGINX)) == 0 &&
	    (has(l, "[notice] ") || has(l, "[info] ") || has(l, "[debug] ")))
		programs |= BIT(SELF_AUDIT_TOR);
	return programs;
}

/* nginx: "a client request body is buffered to a temporary file", "an upstream response is ..." */
static bool is_spooled(struct line l)
{
	return has(l, "is buffered to a temporary file");
}

/* Tor tells how many came every few hours ("notice"), or of each visitor's circuit (above that). */
static bool is_circuit(struct line l)
{
	return has(l, "INTRODUCE2") || has(l, "RENDEZVOUS") ||
	       ((has(l, "[info] ") || has(l, "[debug] ")) &&
	        (has(l, "rendezvous") || has(l, "introduc")));
}

static bool is_agent(struct line l)
{
	static const char *const marks[] = {"Mozilla/", "AppleWebKit/", "okhttp/", "curl/", "Wget/",
		"python-requests/", "Opera/", "Dalvik/"};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (has(l, marks[i]))
			return true;
	return header(l, "user-agent");
}

/* %3A -> ':', %2E -> '.': an address may stand in a path. Returns the new length. */
static size_t decode(char *s, size_t n)
{
	size_t to = 0;

	if (memchr(s, '%', n) == NULL)
		return n;
	for (size_t i = 0; i < n; i++) {
		bool code = s[i] == '%' && i + 2 < n;

		if (code && s[i + 1] == '3' && (s[i + 2] | 0x20) == 'a') {
			s[to++] = ':';
			i += 2;
		} else if (code && s[i + 1] == '2' && (s[i + 2] | 0x20) == 'e') {
			s[to++] = '.';
			i += 2;
		} else {
			s[to++] = s[i];
		}
	}
	return to;
}

unsigned self_audit_line(unsigned *programs, char *line, size_t n,
                         const struct self_audit_ids *ids)
{
	const struct line l = {line, decode(line, n)};
	unsigned kinds = self_audit_address(l.s, l.n);
	size_t request = 0;

	*programs = look_at_program(l);
	kinds |= look_at_request(l, &request);
	if (request > 0)
		kinds |= look_at_fields(l, request, programs);
	if (is_agent(l))
		kinds |= BIT(SELF_AUDIT_AGENT);
	if (header(l, "accept-language"))
		kinds |= BIT(SELF_AUDIT_LANGUAGE);
	if (header(l, "referer") || header(l, "referrer"))
		kinds |= BIT(SELF_AUDIT_REFERRER);
	if (header(l, "cookie"))
		kinds |= BIT(SELF_AUDIT_COOKIE);
	if (has_answers(l, ids))
		kinds |= BIT(SELF_AUDIT_ANSWERS);
	if (is_spooled(l))
		kinds |= BIT(SELF_AUDIT_SPOOLED);
	if (is_circuit(l))
		kinds |= BIT(SELF_AUDIT_CIRCUIT);
	return kinds;
}
