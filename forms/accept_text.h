/* accept_text.h - canonical texts and numbers, for accept.c. */
#ifndef FORMS_ACCEPT_TEXT_H
#define FORMS_ACCEPT_TEXT_H

#include <stdbool.h>

/* Both work in place; a canonical form is never longer than what it is made from. */

/*
 * Free text: CRLF and CR become LF, tabs become blanks, surrounding white space goes; on one line
 * (`lines` false) line ends become blanks, too. Malformed UTF-8 is left as it is.
 */
void accept_text_tidy(char *s, bool lines);

/* Is it well-formed UTF-8 without control characters (C0 but LF, DEL, C1)? */
bool accept_text_valid(const char *s);

/*
 * A number: digits of any script become ASCII, U+066B or one comma the point, U+2212 the minus;
 * superfluous zeros go. What is no number is left as it is, but for surrounding white space.
 */
void accept_text_number(char *s);

/* Is it a canonical number: -?digits[.digits], at most FORM_NUMBER_LENGTH characters? */
bool accept_text_is_number(const char *s);

#endif
