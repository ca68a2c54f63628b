/*
 * number.h - counts, percentages and months as a language writes them (CLDR, through ICU).
 *
 * The digits are 0-9 in every language, Arabic included: figures of one series are compared
 * across its languages, and both kinds of digits are read where Arabic is read.
 */
#ifndef REPORT_NUMBER_H
#define REPORT_NUMBER_H

#include "lib/base/buf.h"
#include "lib/base/err.h"

struct number;

/* Formats of a language (BCP 47). Faults: ERR_INPUT (ICU). The caller owns *out. */
int number_create(struct number **out, const char *language, struct err *err);
void number_free(struct number *n);

/* Each appends to `out`. */
void number_count(struct buf *out, const struct number *n, long count); /* 1,616 */
void number_plain(struct buf *out, const struct number *n, long value); /* 1616: codes, years */
void number_percent(struct buf *out, const struct number *n, int tenths); /* 712: 71.2% */
void number_tenths(struct buf *out, const struct number *n, int tenths);  /* 712: 71.2 */
void number_decimal(struct buf *out, const struct number *n, double value); /* at most 2 places */
/* "2020-04": April 2020; "2020": 2020; anything else as it is. */
void number_month(struct buf *out, const struct number *n, const char *month);

#endif
