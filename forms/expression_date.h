/* expression_date.h - ISO 8601 dates, also coarse, as days since 1970-01-01; no times of day. */
#ifndef FORMS_EXPRESSION_DATE_H
#define FORMS_EXPRESSION_DATE_H

#include "lib/base/buf.h"

#include <stdbool.h>

enum expression_date {
	EXPRESSION_DATE_NONE,  /* no date */
	EXPRESSION_DATE_YEAR,  /* "2020" */
	EXPRESSION_DATE_MONTH, /* "2020-04" */
	EXPRESSION_DATE_DAY,   /* "2020-04-05" */
};

/*
 * How exact a date the text is, years 0001 to 9999 (proleptic Gregorian calendar); *days is its
 * first day, left alone if it is none.
 */
enum expression_date expression_date_read(long *days, const char *text);

/* Are the days between those years, so that they can be written? */
bool expression_date_fits(double days);

/* "2020-04-05" */
void expression_date_write(struct buf *out, long days);

/*
 * By ODK's format-date-time(): %Y %y %m %n %b %d %e %a, and %H %h %M %S %3, which are midnight.
 * Names are English, because an answer must not depend on the language of the page. Anything else
 * is copied.
 */
void expression_date_format(struct buf *out, long days, const char *format);

/* The first % of a format that means nothing there, or NULL. `time`: those of the day, too. */
const char *expression_date_fault(const char *format, bool time);

/* Today by the clock, UTC, as text. */
void expression_date_today(char out[16]);

#endif
