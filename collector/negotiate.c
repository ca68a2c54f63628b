/*
 * negotiate.c - Accept-Language -> a language of the questionnaire; Accept-Encoding -> gzip or not.
 * The headers are read and forgotten; what they would say about a person's device is kept nowhere.
 */
#include "collector/negotiate.h"

#include <string.h>
#include <strings.h>

/* The weight behind ";q=" in thousandths; 1000 without one, 0 if it is malformed. */
static int weight(const char *s, const char *end)
{
	const char *q = memchr(s, ';', (size_t)(end - s));
	int value = 0, digit = 100;

	if (q == NULL)
		return 1000;
	do {
		q++;
	} while (q < end && (*q == ' ' || *q == '\t'));
	if (end - q < 3 || (*q != 'q' && *q != 'Q') || q[1] != '=')
		return 0;
	if (q[2] == '1')
		return 1000;
	for (q += 3; q < end && digit > 0; q++) {
		if (*q == '.')
			continue;
		if (*q < '0' || *q > '9')
			break;
		value += (*q - '0') * digit;
		digit /= 10;
	}
	return value;
}

/* Do they name one language, up to its first subtag? `n` is the length of the range. */
static bool same_language(const char *code, const char *range, size_t n)
{
	size_t own = strcspn(code, "-");
	const char *dash = memchr(range, '-', n);

	if (dash != NULL)
		n = (size_t)(dash - range);
	return n == own && strncasecmp(code, range, n) == 0;
}

/* The language that a range names: exactly, or by its first subtag. -1: none. */
static int find(const struct form *f, const char *range, size_t n)
{
	for (size_t i = 0; i < f->n_languages; i++)
		if (strlen(f->languages[i]) == n && strncasecmp(f->languages[i], range, n) == 0)
			return (int)i;
	for (size_t i = 0; i < f->n_languages; i++)
		if (same_language(f->languages[i], range, n))
			return (int)i;
	return -1;
}

size_t negotiate_language(const struct form *f, const char *header)
{
	size_t best = 0;
	int most = 0;

	while (header != NULL && *header != '\0') {
		const char *range = header + strspn(header, " \t,");
		const char *end = range + strcspn(range, ",");
		size_t n = strcspn(range, ",; \t");
		int q = weight(range, end), found = n > 0 ? find(f, range, n) : -1;

		if (found >= 0 && q > most) {
			most = q;
			best = (size_t)found;
		}
		header = end;
	}
	return best;
}

bool negotiate_gzip(const char *header)
{
	while (header != NULL && *header != '\0') {
		const char *name = header + strspn(header, " \t,");
		const char *end = name + strcspn(name, ",");
		size_t n = strcspn(name, ",; \t");

		if (n == 4 && strncasecmp(name, "gzip", n) == 0)
			return weight(name, end) > 0;
		header = end;
	}
	return false;
}
