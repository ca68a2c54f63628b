/*
 * self_audit_address.c - does a line hold somebody's address? In: text of any program. Out: which
 * kinds are there.
 *
 * Four numbers with dots are also how programs are numbered ("Chrome/120.0.6099.129", "Tor
 * 0.4.9.3", "1.2.3.4-1"), and hexadecimal words with colons are also names in C++, times and
 * fingerprints.
 * A false alarm makes people stop reading, so what stands before and after decides, and so does the
 * address itself: only what is assigned to hosts counts (RFC 6890; RFC 4291, 2.4).
 */
#include "collector/self_audit_inner.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

enum { WORD = 16, WORD6 = 64 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_alnum(char c)
{
	return is_digit(c) || is_letter(c);
}

static bool is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool one_of(const char *word, size_t n, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strlen(*list) == n && strncasecmp(*list, word, n) == 0)
			return true;
	return false;
}

/* --- IPv4 --- */

/* The length of four numbers of at most 255 with `dot` between, or 0. */
static size_t quad(const char *s, size_t n, char dot, uint8_t out[4])
{
	size_t at = 0, padded = 0, zeros = 0;

	for (int i = 0; i < 4; i++) {
		size_t start = at;
		unsigned v = 0;

		if (i > 0 && (at >= n || s[at++] != dot))
			return 0;
		start = at;
		while (at < n && is_digit(s[at]) && at - start < 4)
			v = 10 * v + (unsigned)(s[at++] - '0');
		if (at == start || at - start > 3 || v > 255)
			return 0;
		padded += at - start == 3;
		zeros += s[start] == '0' && at - start > 1;
		out[i] = (uint8_t)v;
	}
	/* "010.001.002.003" is an address, "1.02.03.04" is not */
	return zeros > 0 && padded < 4 ? 0 : at;
}

/* Not this machine, no network, no multicast, no mask. */
static bool is_host(const uint8_t a[4])
{
	return a[0] != 0 && a[0] != 127 && a[0] < 224 && (a[1] | a[2] | a[3]) != 0;
}

/* The word that ends before line[end]: letters and digits. */
static size_t word_before(const char *line, size_t end)
{
	size_t start = end;

	while (start > 0 && is_alnum(line[start - 1]) && end - start < WORD)
		start--;
	return start;
}

static bool has_letter(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_letter(s[i]))
			return true;
	return false;
}

static bool version_before(const char *line, size_t at)
{
	static const char *const hosts[] = {"ip", "ip4", "ipv4", "tcp", "tcp4", "udp", "udp4",
		"host", "addr", "address", "client", "peer", "remote", "from", "src", "dst",
		"source", "inside", "outside", "dyn", "dynamic", "static", "pool", "dhcp", "dsl",
		"adsl", "cable", "user", "customer", NULL};
	static const char *const versions[] = {"v", "ver", "version", "release", "rev", "revision",
		"build", "firmware", NULL};
	size_t end = at, start;

	if (at == 0)
		return false;
	if (is_letter(line[at - 1]))
		return true;
	/* a product ("curl/7.88.1.2") or a package ("nginx-1.2.3.4"), unless it names a host */
	if (at > 1 && (line[at - 1] == '/' || line[at - 1] == '-')) {
		start = word_before(line, at - 1);
		if (has_letter(line + start, at - 1 - start))
			return !one_of(line + start, at - 1 - start, hosts);
	}
	while (end > 0 && at - end < 6 && strchr(" \"'=:\\(", line[end - 1]) != NULL)
		end--;
	start = word_before(line, end);
	return one_of(line + start, end - start, versions);
}

static bool version_after(const char *s, size_t n)
{
	static const char *const marks[] = {"alpha", "beta", "rc", "dev", "git", "pre", NULL};
	uint8_t other[4];
	size_t end = 1;

	if (n < 2)
		return false;
	if (*s == '+' || *s == '~')
		return is_alnum(s[1]);
	if (*s != '-')
		return false;
	if (is_digit(s[1]))
		return quad(s + 1, n - 1, '.', other) == 0; /* else a range of addresses */
	while (end < n && is_letter(s[end]))
		end++;
	return one_of(s + 1, end - 1, marks);
}

static bool has_ipv4(const char *line, size_t n)
{
	uint8_t address[4];

	for (size_t i = 0; i < n; i++) {
		size_t end;

		if (!is_digit(line[i]))
			continue;
		end = i + quad(line + i, n - i, '.', address);
		/* of five numbers or more, none is taken: an object identifier */
		if (end > i && is_host(address) &&
		    !(end < n && (is_alnum(line[end]) ||
		                  (line[end] == '.' && end + 1 < n && is_digit(line[end + 1])))) &&
		    !version_before(line, i) && !version_after(line + end, n - end))
			return true;
		while (i + 1 < n && (is_digit(line[i + 1]) ||
		                     (line[i + 1] == '.' && i + 2 < n && is_digit(line[i + 2]))))
			i++;
	}
	return false;
}

/* --- IPv6, hardware --- */

/* Assigned to hosts: global, unique local, link-local, and IPv4 inside. */
static bool is_host6(const uint8_t a[16])
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
	static const uint8_t nat64[12] = {0, 0x64, 0xff, 0x9b};

	if (memcmp(a, mapped, sizeof mapped) == 0 || memcmp(a, nat64, sizeof nat64) == 0)
		return is_host(a + 12);
	return (a[0] & 0xe0) == 0x20 || (a[0] & 0xfe) == 0xfc ||
	       (a[0] == 0xfe && (a[1] & 0xc0) == 0x80);
}

/* As it stands, without the punctuation of a sentence, or without a port. */
static bool is_ipv6(const char *word, size_t n)
{
	uint8_t address[16];
	char copy[WORD6];

	for (int attempt = 0; attempt < 4 && n >= 2 && n < sizeof copy; attempt++) {
		memcpy(copy, word, n);
		copy[n] = '\0';
		if (inet_pton(AF_INET6, copy, address) == 1)
			return is_host6(address);
		if (copy[n - 1] == ':' || copy[n - 1] == '.') {
			n--;
		} else {
			while (n > 0 && is_digit(word[n - 1]))
				n--;
			if (n == 0 || (word[n - 1] != ':' && word[n - 1] != '.'))
				return false;
			n--;
		}
	}
	return false;
}

/* "client:2001:db8::1": the address begins behind a colon that no hexadecimal number is before. */
static bool word_has_ipv6(const char *word, size_t n)
{
	size_t start = 0, i = 0;
	bool name = true;

	for (;;) {
		if (name && is_ipv6(word + start, n - start))
			return true;
		name = false;
		for (i = start; i < n && word[i] != ':'; i++)
			name |= !is_hex(word[i]);
		if (i >= n)
			return false;
		start = i + 1;
	}
}

/* Pairs of hexadecimal digits: 6 of them, 8, or the 14 that a firewall logs. */
static bool is_hardware(const char *word, size_t n, char between)
{
	bool letter = false, differ = false;
	size_t groups = (n + 1) / 3;

	if (n % 3 != 2 || (groups != 6 && groups != 8 && groups != 14))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (i % 3 == 2 ? word[i] != between : !is_hex(word[i]))
			return false;
		letter |= is_letter(word[i]);
		differ |= i % 3 != 2 && word[i] != word[0];
	}
	/* with dashes, digits alone are a date and a time; the same throughout is nobody's */
	return differ && (letter || between == ':');
}

static bool in_word6(char c)
{
	return is_alnum(c) || c == ':' || c == '.';
}

static bool in_word(char c)
{
	return is_alnum(c) || c == '-' || c == '.';
}

static unsigned look_at_colons(const char *line, size_t n)
{
	const char *colon = memchr(line, ':', n);
	unsigned kinds = 0;

	while (colon != NULL) {
		size_t start = (size_t)(colon - line), end = start;

		while (start > 0 && in_word6(line[start - 1]))
			start--;
		while (end < n && in_word6(line[end]))
			end++;
		if (is_hardware(line + start, end - start, ':'))
			kinds |= 1U << SELF_AUDIT_HARDWARE;
		else if (word_has_ipv6(line + start, end - start))
			kinds |= 1U << SELF_AUDIT_IPV6;
		colon = memchr(line + end, ':', n - end);
	}
	return kinds;
}

/* "host-203-0-113-5.provider.example" */
static bool names_ipv4(const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint8_t address[4];
		size_t end;

		if (!is_digit(word[i]) || (i > 0 && is_digit(word[i - 1])))
			continue;
		end = i + quad(word + i, n - i, '-', address);
		if (end > i && end + 1 < n && is_host(address) && !is_digit(word[end]) &&
		    memchr(word + end, '.', n - end) != NULL && is_letter(word[n - 1]))
			return true;
	}
	return false;
}

static unsigned look_at_dashes(const char *line, size_t n)
{
	const char *dash = memchr(line, '-', n);
	unsigned kinds = 0;

	while (dash != NULL) {
		size_t start = (size_t)(dash - line), end = start;

		while (start > 0 && in_word(line[start - 1]))
			start--;
		while (end < n && in_word(line[end]))
			end++;
		if (is_hardware(line + start, end - start, '-'))
			kinds |= 1U << SELF_AUDIT_HARDWARE;
		else if (names_ipv4(line + start, end - start))
			kinds |= 1U << SELF_AUDIT_NAME;
		dash = memchr(line + end, '-', n - end);
	}
	return kinds;
}

unsigned self_audit_address(const char *line, size_t n)
{
	unsigned kinds = look_at_colons(line, n) | look_at_dashes(line, n);

	if (has_ipv4(line, n))
		kinds |= 1U << SELF_AUDIT_IPV4;
	/* a name server's question for an address, digit by digit */
	if (memmem(line, n, ".ip6.arpa", 9) != NULL)
		kinds |= 1U << SELF_AUDIT_IPV6;
	return kinds;
}
