/*
 * expression_date.c - ISO dates <-> days since 1970-01-01, and ODK's date formats. The day numbers
 * are Howard Hinnant's civil calendar algorithms (chrono-Compatible Low-Level Date Algorithms): a
 * year that starts in March has its leap day last.
 */
#include "forms/expression_date.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { ERA = 146097 /* days of 400 years */, EPOCH = 719468 /* 1970-01-01 since 0000-03-01 */ };

static const char of_day[] = "YymnbdeaHhMS3";
enum { OF_DATE = 8 /* of those are the date's */ };

static long days_of(long year, long month, long day)
{
	long y = year - (month <= 2), era = y / 400, of_era = y % 400;
	long of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH;
}

struct civil {
	int year, month, day;
};

static struct civil civil_of(long days)
{
	long z = days + EPOCH, era = z / ERA, of_era = z % ERA;
	long y = (of_era - of_era / 1460 + of_era / 36524 - of_era / (ERA - 1)) / 365;
	long of_year = of_era - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;
	long month = m < 10 ? m + 3 : m - 9;

	return (struct civil){.year = (int)(y + era * 400 + (month <= 2)),
		.month = (int)month,
		.day = (int)(of_year - (153 * m + 2) / 5 + 1)};
}

static int month_length(int year, int month)
{
	static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return length[month - 1] + (month == 2 && leap);
}

/* Exactly `n` digits; -1 if they are not there. */
static int digits(const char **s, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++) {
		char c = *(*s)++;

		if (c < '0' || c > '9')
			return -1;
		value = value * 10 + (c - '0');
	}
	return value;
}

enum expression_date expression_date_read(long *days, const char *text)
{
	enum expression_date precision = EXPRESSION_DATE_YEAR;
	int year, month = 1, day = 1;
	size_t n = strlen(text);

	if (n != 4 && n != 7 && n != 10)
		return EXPRESSION_DATE_NONE;
	year = digits(&text, 4);
	if (n >= 7) {
		precision = EXPRESSION_DATE_MONTH;
		month = *text++ == '-' ? digits(&text, 2) : -1;
	}
	if (n == 10) {
		precision = EXPRESSION_DATE_DAY;
		day = *text++ == '-' ? digits(&text, 2) : -1;
	}
	if (year < 1 || month < 1 || month > 12 || day < 1 || day > month_length(year, month))
		return EXPRESSION_DATE_NONE;
	*days = days_of(year, month, day);
	return precision;
}

bool expression_date_fits(double days)
{
	return days >= (double)days_of(1, 1, 1) && days < (double)days_of(10000, 1, 1);
}

void expression_date_write(struct buf *out, long days)
{
	struct civil c = civil_of(days);

	buf_printf(out, "%04d-%02d-%02d", c.year, c.month, c.day);
}

static void format_one(struct buf *out, const struct civil *c, long days, char what)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	static const char weekdays[] = "SunMonTueWedThuFriSat";
	/* 1970-01-01 was a Thursday */
	size_t weekday = (size_t)(((days + 4) % 7 + 7) % 7);

	switch (what) {
	case 'Y':
		buf_printf(out, "%04d", c->year);
		break;
	case 'y':
		buf_printf(out, "%02d", c->year % 100);
		break;
	case 'm':
		buf_printf(out, "%02d", c->month);
		break;
	case 'n':
		buf_printf(out, "%d", c->month);
		break;
	case 'b':
		buf_put(out, months + 3 * (c->month - 1), 3);
		break;
	case 'd':
		buf_printf(out, "%02d", c->day);
		break;
	case 'e':
		buf_printf(out, "%d", c->day);
		break;
	case 'a':
		buf_put(out, weekdays + 3 * weekday, 3);
		break;
	default: /* midnight */
		buf_puts(out, what == 'h' ? "0" : what == '3' ? "000" : "00");
		break;
	}
}

void expression_date_format(struct buf *out, long days, const char *format)
{
	struct civil c = civil_of(days);

	for (; *format != '\0'; format++) {
		if (*format == '%' && format[1] != '\0' && strchr(of_day, format[1]) != NULL)
			format_one(out, &c, days, *++format);
		else
			buf_putc(out, *format);
	}
}

const char *expression_date_fault(const char *format, bool time)
{
	for (; *format != '\0'; format++) {
		const char *known;

		if (*format != '%')
			continue;
		known = format[1] != '\0' ? strchr(of_day, format[1]) : NULL;
		if (known == NULL || (!time && known - of_day >= OF_DATE))
			return format;
		format++;
	}
	return NULL;
}

void expression_date_today(char out[16])
{
	struct buf text = {0};

	expression_date_write(&text, (long)(time(NULL) / (24 * 60 * 60)));
	snprintf(out, 16, "%s", text.failed ? "" : text.data);
	buf_finish(&text);
}
