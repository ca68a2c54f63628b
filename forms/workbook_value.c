/*
 * workbook_value.c - numbers, dates and escapes of a .xlsx cell as a person reads them.
 *
 * In: the text of <v> and the cell's number format. Out: text. Formats and escapes follow ECMA-376
 * part 1, 18.8.30 and 18.8.31 (numFmt) and 22.9.2.19 (ST_Xstring); serial dates 18.17.4.1, with the
 * day 60 that never was.
 */
#include "forms/workbook_parts.h"

#include "lib/base/utf8.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LAST_DAY 2958465 /* 9999-12-31 */

/* Is it a whole number, or one of at most 15 digits, that is written as a person would? */
static bool plain(const char *s)
{
	static const char digits[] = "0123456789";
	size_t whole, part;

	if (strcmp(s, "0") == 0)
		return true;
	if (*s == '-')
		s++;
	whole = strspn(s, digits);
	if (whole == 0 || (*s == '0' && s[1] != '.'))
		return false;
	if (s[whole] == '\0')
		return true;
	part = s[whole] == '.' ? strspn(s + whole + 1, digits) : 0;
	return part > 0 && whole + part <= 15 && s[whole + 1 + part] == '\0' &&
	       s[whole + part] != '0';
}

static bool number(double *v, const char *raw)
{
	char *end;

	if (*raw == '\0' || strlen(raw) > 64 || raw[strspn(raw, "0123456789+-.eE")] != '\0')
		return false;
	*v = strtod(raw, &end);
	return *end == '\0' && isfinite(*v);
}

/* 15 significant digits, as spreadsheets keep them, without exponent where people need none. */
static void spell(char *to, double v)
{
	char text[WORKBOOK_VALUE_ROOM], digits[16];
	int n = 0, exponent;

	snprintf(text, sizeof text, "%.14e", fabs(v));
	for (const char *p = text; *p != 'e'; p++)
		if (isdigit((unsigned char)*p))
			digits[n++] = *p;
	while (n > 1 && digits[n - 1] == '0')
		n--;
	exponent = atoi(strchr(text, 'e') + 1);
	if (v < 0)
		*to++ = '-';
	if (exponent < -10 || exponent > 20) {
		sprintf(to, "%c%s%.*sE%+03d", digits[0], n > 1 ? "." : "", n - 1, digits + 1,
			exponent);
	} else if (exponent < 0) {
		sprintf(to, "0.%.*s%.*s", -exponent - 1, "0000000000", n, digits);
	} else if (exponent >= n - 1) {
		sprintf(to, "%.*s%.*s", n, digits, exponent - n + 1, "00000000000000000000");
	} else {
		sprintf(to, "%.*s.%.*s", exponent + 1, digits, n - exponent - 1,
			digits + exponent + 1);
	}
}

const char *workbook_value_number(char room[WORKBOOK_VALUE_ROOM], const char *raw)
{
	double v;

	if (plain(raw) || !number(&v, raw))
		return raw;
	if (v == 0)
		return "0";
	spell(room, v);
	return room;
}

/* Year, month and day of a count of days from 1970-01-01 (Hinnant, days_from_civil, inverted). */
static void civil(long days, int *year, int *month, int *day)
{
	long z = days + 719468, era = z / 146097, doe = z - era * 146097;
	long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	long doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;

	*day = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp < 10 ? mp + 3 : mp - 9);
	*year = (int)(yoe + era * 400 + (*month <= 2));
}

bool workbook_value_date(char room[WORKBOOK_VALUE_ROOM], const char *raw, bool from_1904)
{
	double v;
	long days, seconds;
	int year, month, day;

	if (!number(&v, raw) || v < 0 || v >= LAST_DAY + 1)
		return false;
	days = (long)floor(v);
	seconds = lround((v - (double)days) * 86400);
	if (seconds == 86400) {
		days++;
		seconds = 0;
	}
	if (from_1904)
		days += 1462;
	else if (days < 1 || days == 60)
		return false;
	if (days > LAST_DAY)
		return false;
	if (days < 60)
		days++;
	civil(days - 25569, &year, &month, &day);
	if (seconds == 0)
		snprintf(room, WORKBOOK_VALUE_ROOM, "%04d-%02d-%02d", year, month, day);
	else
		snprintf(room, WORKBOOK_VALUE_ROOM, "%04d-%02d-%02dT%02ld:%02ld:%02ld", year, month,
			day, seconds / 3600, seconds / 60 % 60, seconds % 60);
	return true;
}

bool workbook_value_date_id(unsigned long id)
{
	return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
	       (id >= 50 && id <= 54) || id == 57 || id == 58;
}

/* Past what a format shows as it is, or says about colour, country and padding. */
static const char *literal_end(const char *p)
{
	const char *end;

	switch (*p) {
	case '"':
		end = strchr(p + 1, '"');
		break;
	case '[':
		end = strchr(p, ']');
		break;
	case '\\':
	case '_':
	case '*':
		end = p + 1;
		break;
	default:
		return p;
	}
	return end == NULL || *end == '\0' ? p + strlen(p) : end + 1;
}

bool workbook_value_date_format(const char *format)
{
	bool day = false, month = false, time = false;

	if (strcasecmp(format, "General") == 0)
		return false;
	for (const char *p = format; *p != '\0' && *p != ';';) {
		const char *end = literal_end(p);

		if (end != p) {
			time |= *p == '[' && p[1 + strspn(p + 1, "hHmMsS")] == ']';
			p = end;
			continue;
		}
		if (strncasecmp(p, "AM/PM", 5) == 0) {
			p += 5;
			time = true;
			continue;
		}
		day |= strchr("yYdD", *p) != NULL;
		month |= strchr("mM", *p) != NULL;
		time |= strchr("hHsS", *p) != NULL;
		p++;
	}
	return day || (month && !time);
}

/* The code point of an escape _xHHHH_, or -1. */
static long escape(const char *s, size_t n)
{
	char hex[5] = {0};

	if (n < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_')
		return -1;
	for (int i = 0; i < 4; i++) {
		if (!isxdigit((unsigned char)s[2 + i]))
			return -1;
		hex[i] = s[2 + i];
	}
	return strtol(hex, NULL, 16);
}

size_t workbook_value_unescape(char *s, size_t n)
{
	char *to = s;

	if (memchr(s, '_', n) == NULL)
		return n;
	for (size_t i = 0; i < n;) {
		long c = escape(s + i, n - i);

		/* half a surrogate pair is no character: it stays as it is written */
		if (c < 0 || (c >= 0xd800 && c <= 0xdfff)) {
			*to++ = s[i++];
			continue;
		}
		i += 7;
		if (c >= 0x20 || c == '\t' || c == '\n' || c == '\r')
			to += utf8_write(to, (int32_t)c);
	}
	return (size_t)(to - s);
}
