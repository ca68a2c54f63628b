/* suggest.c - a word and known words enter, the nearest leaves (edits of one letter). */
#include "lib/base/suggest.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST = 64 };

/* Letters that are put in, left out or changed between two words (Wagner and Fischer). */
static size_t distance(const char *a, size_t n, const char *b, size_t m)
{
	size_t row[LONGEST + 1];

	for (size_t j = 0; j <= m; j++)
		row[j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= m; j++) {
			size_t least = corner + (a[i - 1] != b[j - 1]);

			corner = row[j];
			if (row[j] + 1 < least)
				least = row[j] + 1;
			if (row[j - 1] + 1 < least)
				least = row[j - 1] + 1;
			row[j] = least;
		}
	}
	return row[m];
}

void suggest_try(struct suggest *s, const char *candidate)
{
	size_t n = strlen(s->word), m = candidate ? strlen(candidate) : 0, d;

	if (!candidate || n > LONGEST || m > LONGEST)
		return;
	d = distance(s->word, n, candidate, m);
	if (d <= 1 + m / 4 && (!s->best || d < s->distance)) {
		s->best = candidate;
		s->distance = d;
	}
}

const char *suggest_words(char out[128], const struct suggest *s)
{
	out[0] = '\0';
	if (s->best)
		snprintf(out, 128, ": did you mean “%.80s”?", s->best);
	return out;
}
