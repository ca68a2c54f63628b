/*
 * narrative_percent.h - percentages that somebody typed: "45%", "45 %", "45,3 %", "%45", "٤٥٪",
 * "45 percent", "45 pour cent". A
 * figure of the survey comes from the release, so that text and data cannot disagree.
 */
#ifndef REPORT_NARRATIVE_PERCENT_H
#define REPORT_NARRATIVE_PERCENT_H

#include <stdbool.h>
#include <stddef.h>

/* What the words so far ended with; starts as {0}. */
struct narrative_percent {
	bool digit;   /* a digit, perhaps with spaces behind */
	bool percent; /* a sign */
	char word[24]; /* the letters behind digits, and single spaces between them */
	size_t n_word;
};

/* Go over well-formed UTF-8. Is there a typed percentage, together with the words before? */
bool narrative_percent(struct narrative_percent *s, const char *text, size_t n);
/* The words end here: is what they end with a percentage? */
bool narrative_percent_end(const struct narrative_percent *s);
/* A number of the release stands here. */
bool narrative_percent_number(struct narrative_percent *s);

#endif
