/* text_break.h - inside of text: the places where a line may end. */
#ifndef REPORT_TEXT_BREAK_H
#define REPORT_TEXT_BREAK_H

#include "report/text_fit.h"
#include "report/text_shape.h"

/* Start as {0}; free() the list. */
struct text_pieces {
	struct text_piece *list;
	size_t n, cap;
};

/*
 * Cut a paragraph at the places where a line may end; words wider than `width` anywhere. Faults:
 * ERR_NOMEM, ERR_INPUT (ICU).
 */
int text_break_pieces(struct text_pieces *p, const struct text_work *w, double width,
                      struct err *err);

#endif
