/* number.c - values enter, text in a language's form leaves (ICU's unum and udat, always UTC). */
#include "report/number.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

enum { TEXT_MAX = 128 };

struct number {
	UNumberFormat *count, *plain, *percent, *tenths, *decimal;
	UDateFormat *month;
};

static UNumberFormat *format(UNumberFormatStyle style, const char *locale, int least, int most,
                             UErrorCode *code)
{
	UNumberFormat *f = unum_open(style, NULL, 0, locale, NULL, code);

	if (U_FAILURE(*code))
		return NULL;
	unum_setAttribute(f, UNUM_MIN_FRACTION_DIGITS, least);
	unum_setAttribute(f, UNUM_MAX_FRACTION_DIGITS, most);
	unum_setAttribute(f, UNUM_ROUNDING_MODE, UNUM_ROUND_HALFUP);
	return f;
}

static UDateFormat *month_format(const char *locale, UErrorCode *code)
{
	static const UChar skeleton[] = { 'y', 'M', 'M', 'M', 'M', 0 };
	static const UChar utc[] = { 'U', 'T', 'C', 0 };
	UDateTimePatternGenerator *g = udatpg_open(locale, code);
	UDateFormat *f = NULL;
	UChar pattern[TEXT_MAX];
	int32_t n;

	if (U_FAILURE(*code))
		return NULL;
	n = udatpg_getBestPattern(g, skeleton, -1, pattern, TEXT_MAX, code);
	udatpg_close(g);
	if (U_SUCCESS(*code))
		f = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale, utc, -1, pattern, n, code);
	return U_FAILURE(*code) ? NULL : f;
}

int number_create(struct number **out, const char *language, struct err *err)
{
	UErrorCode code = U_ZERO_ERROR;
	char tag[64], locale[ULOC_FULLNAME_CAPACITY];
	struct number *n = calloc(1, sizeof *n);

	*out = NULL;
	if (!n)
		return err_nomem(err);
	snprintf(tag, sizeof tag, "%s-u-nu-latn", language);
	uloc_forLanguageTag(tag, locale, sizeof locale, NULL, &code);
	if (U_SUCCESS(code)) {
		n->count = format(UNUM_DECIMAL, locale, 0, 0, &code);
		n->plain = format(UNUM_DECIMAL, locale, 0, 0, &code);
		n->percent = format(UNUM_PERCENT, locale, 1, 1, &code);
		n->tenths = format(UNUM_DECIMAL, locale, 1, 1, &code);
		n->decimal = format(UNUM_DECIMAL, locale, 0, 2, &code);
		n->month = month_format(locale, &code);
	}
	if (U_FAILURE(code)) {
		number_free(n);
		return err_set(err, ERR_INPUT, "number formats of \"%s\": %s", language,
		               u_errorName(code));
	}
	unum_setAttribute(n->plain, UNUM_GROUPING_USED, 0);
	*out = n;
	return 0;
}

void number_free(struct number *n)
{
	if (!n)
		return;
	unum_close(n->count);
	unum_close(n->plain);
	unum_close(n->percent);
	unum_close(n->tenths);
	unum_close(n->decimal);
	udat_close(n->month);
	free(n);
}

static void put(struct buf *out, const UChar *text, int32_t n, UErrorCode code)
{
	char utf8[4 * TEXT_MAX];
	int32_t length = 0;

	if (U_SUCCESS(code))
		u_strToUTF8(utf8, sizeof utf8, &length, text, n, &code);
	if (U_FAILURE(code))
		out->failed = true;
	else
		buf_put(out, utf8, (size_t)length);
}

static void put_double(struct buf *out, const UNumberFormat *f, double value)
{
	UErrorCode code = U_ZERO_ERROR;
	UChar text[TEXT_MAX];
	int32_t n = unum_formatDouble(f, value, text, TEXT_MAX, NULL, &code);

	put(out, text, n, code);
}

static void put_long(struct buf *out, const UNumberFormat *f, long value)
{
	UErrorCode code = U_ZERO_ERROR;
	UChar text[TEXT_MAX];
	int32_t n = unum_formatInt64(f, value, text, TEXT_MAX, NULL, &code);

	put(out, text, n, code);
}

void number_count(struct buf *out, const struct number *n, long count)
{
	put_long(out, n->count, count);
}

void number_plain(struct buf *out, const struct number *n, long value)
{
	put_long(out, n->plain, value);
}

void number_percent(struct buf *out, const struct number *n, int tenths)
{
	put_double(out, n->percent, tenths / 1000.0);
}

void number_tenths(struct buf *out, const struct number *n, int tenths)
{
	put_double(out, n->tenths, tenths / 10.0);
}

void number_decimal(struct buf *out, const struct number *n, double value)
{
	put_double(out, n->decimal, value);
}

/* Days from 1970 to the first of a month: Howard Hinnant's days_from_civil. */
static double first_of(int year, int month)
{
	int y = year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
	int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5;

	return era * 146097.0 + (of_era * 365 + of_era / 4 - of_era / 100 + of_year) - 719468;
}

void number_month(struct buf *out, const struct number *n, const char *month)
{
	UErrorCode code = U_ZERO_ERROR;
	UChar text[TEXT_MAX];
	int year, m, used = 0;
	int32_t length;

	if (strlen(month) == 4 && strspn(month, "0123456789") == 4) {
		number_plain(out, n, strtol(month, NULL, 10));
		return;
	}
	if (sscanf(month, "%4d-%2d%n", &year, &m, &used) != 2 || month[used] || m < 1 || m > 12) {
		buf_puts(out, month);
		return;
	}
	length = udat_format(n->month, (first_of(year, m) + 0.5) * 86400000.0, text, TEXT_MAX,
	                     NULL, &code);
	put(out, text, length, code);
}
