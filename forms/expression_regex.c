/*
 * expression_regex.c - regex(): a pattern, compiled once by ICU -> does a whole text match it?
 *
 * Whole: ODK's documentation of form functions says "an exact and complete match", and JavaRosa
 * does so, though the ODK XForms specification says /pattern/ and Enketo searches. Nearly all
 * patterns in the field have ^ and $, or mean them; one that means to search can say .*
 *
 * A compiled pattern is only ever cloned, which threads may do at once; steps and memory of a match
 * are bounded, and the text's copy is wiped.
 */
#include "forms/expression_regex.h"

#include "forms/expression_pattern.h"
#include "lib/base/buf.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uregex.h>
#include <unicode/ustring.h>

enum {
	STEPS_MOST = 60,          /* ICU's unit, 10,000 operations: some 5 ms */
	STACK_MOST = 4000 * 1000, /* bytes of saved states */
};

struct expression_regex {
	URegularExpression *compiled;
};

/* UTF-8 -> UTF-16 in `out`; the number of units, or -1. */
static int32_t utf16(struct buf *out, const char *text)
{
	size_t n = strlen(text);
	UErrorCode code = U_ZERO_ERROR;
	int32_t length = -1;
	UChar *room;

	if (n > INT32_MAX / 4)
		return -1;
	room = buf_room(out, (n + 1) * sizeof *room); /* never more units than bytes */
	if (room == NULL)
		return -1;
	u_strFromUTF8(room, (int32_t)(n + 1), &length, text, (int32_t)n, &code);
	out->len += (n + 1) * sizeof *room;
	return U_SUCCESS(code) ? length : -1;
}

static int compile(struct expression_regex **out, const char *pattern, const char **reason)
{
	struct expression_regex *regex = calloc(1, sizeof *regex);
	UErrorCode code = U_ZERO_ERROR;
	struct buf wide = {0};
	int32_t n = utf16(&wide, pattern);
	int status = -1;

	if (regex == NULL || n < 0)
		goto out;
	regex->compiled = uregex_open((const UChar *)wide.data, n, 0, NULL, &code);
	if (U_FAILURE(code)) {
		if (code != U_MEMORY_ALLOCATION_ERROR)
			*reason = "not a pattern, or too large a one";
		goto out;
	}
	*out = regex;
	regex = NULL;
	status = 0;
out:
	expression_regex_free(regex);
	buf_finish(&wide);
	return status;
}

int expression_regex_compile(struct expression_regex **out, const char *pattern, size_t *at,
                             const char **reason)
{
	struct buf translated = {0};
	int status = expression_pattern_translate(&translated, pattern, at, reason);

	if (status == 0)
		status = compile(out, translated.data, reason);
	buf_finish(&translated);
	return status;
}

bool expression_regex_match(const struct expression_regex *regex, const char *text)
{
	UErrorCode code = U_ZERO_ERROR;
	URegularExpression *own = uregex_clone(regex->compiled, &code);
	struct buf wide = {0};
	int32_t n = utf16(&wide, text);
	bool matches = false;

	if (n >= 0) {
		uregex_setTimeLimit(own, STEPS_MOST, &code);
		uregex_setStackLimit(own, STACK_MOST, &code);
		uregex_setText(own, (const UChar *)wide.data, n, &code);
		matches = uregex_matches(own, 0, &code) && U_SUCCESS(code);
	}
	if (own != NULL)
		uregex_close(own);
	buf_wipe(&wide);
	return matches;
}

void expression_regex_free(struct expression_regex *regex)
{
	if (regex == NULL)
		return;
	if (regex->compiled != NULL)
		uregex_close(regex->compiled);
	free(regex);
}
