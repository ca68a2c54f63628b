/*
 * page.h - the pages that people meet: HTML in one language, whole without a script.
 *
 * page.c           the frame (head, language switch, quick exit) and the form as a document
 * page_promise.c   what happens to the answers, from how the study is set up
 * page_question.c  one question: label, hint, mistake
 * page_control.c   the controls of each type
 * page_order.c     choices in random order
 * page_condition.c "Only if you answered ...", in words, from an expression
 * page_notice.c    thanks, receipt, withdrawal, closed, and the pages for failures
 * page_style.c     the one style sheet
 * html.c           escaping
 *
 * A question's element has the id q-QUESTION, an option q-QUESTION-VALUE, a matrix row
 * q-QUESTION-ROW, its option q-QUESTION-ROW-VALUE, an input or select i-QUESTION, the text of
 * "other" o-QUESTION; a section is s-SECTION and the form is "form". Hints are h-QUESTION, mistakes
 * e-QUESTION. Rules that show and hide questions (relevance_css.c) and the script rely on these,
 * and on classes: .q a question, .c one with a condition, .if its condition in words (.s where the
 * style sheet does not say it exactly), .o an option, .x an exclusive one, .e a question that has
 * one, .ot the text of "other", .row a matrix row. What is hidden, because it is not asked or an
 * exclusive choice is ticked, has the custom property --off: 1.
 * Where the notice tells what a script changes, both texts are there: .kind-plain, and with
 * page_site.sealing also .kind-sealed, which is hidden until a script exchanges the two.
 * A field is posted under its own name ("gender", "gender/other", "access/naloxone"); the parts of
 * a date are QUESTION.year and QUESTION.month. Names of our own begin with "page.".
 */
#ifndef FORMS_PAGE_H
#define FORMS_PAGE_H

#include "forms/accept.h"
#include "forms/form.h"
#include "forms/relevance_css.h"
#include "forms/study.h"
#include "forms/words.h"
#include "lib/base/buf.h"
#include "lib/record/answers.h"

#include <stdbool.h>
#include <stddef.h>

#define PAGE_STYLE_PATH "/style.css"
#define PAGE_NUMBER "page.number"   /* 32 hex digits, new for every page that is given out */
#define PAGE_CONSENT "page.consent" /* "yes" when ticked */
#define PAGE_DECOY "page.email"     /* hidden; people leave it empty, programs do not */
#define PAGE_RECEIPT "page.receipt" /* of the forms that show a receipt and withdraw by it */
#define PAGE_DATE_YEAR ".year"
#define PAGE_DATE_MONTH ".month"

/* What all pages of one round share. All pointers are borrowed. */
struct page_site {
	const struct form *form;
	const struct words *words;
	const struct study *study;   /* quick exit, contact, support; NULL in a preview */
	unsigned custodians, quorum; /* 0: not known yet, as in a preview */
	const struct relevance_css *relevance; /* NULL: every condition is written out */
	bool sealing; /* a script that seals answers before they are sent comes with the page */
};

/* Why answers that were sent well are shown again, not stored. */
enum page_unsent {
	PAGE_SENT,
	PAGE_UNSENT_BUSY,   /* not now: a full disk, an end of the program */
	PAGE_UNSENT_FAILED, /* a write failed: nobody knows */
	PAGE_UNSENT_MUCH,   /* too many from this connection */
	PAGE_UNSENT_PAUSED, /* by the operator */
};

/* One page. All pointers are borrowed. */
struct page {
	const struct page_site *site;
	size_t language;    /* index in form.languages */
	const char *number; /* 32 hex digits; NULL: a preview that cannot be sent */

	/* The form again after mistakes: */
	const struct answers *answers;      /* as they were typed; NULL: empty */
	const struct accept_report *report; /* NULL: none */
	bool consent;                       /* was ticked */
	bool consent_missing;               /* a mistake */
	bool decoy;                         /* the hidden field was filled in */
	enum page_unsent unsent;            /* no mistake of the person's */
};

/* The whole questionnaire as one document with one form, posted to /LANGUAGE. */
void page_form(struct buf *out, const struct page *p);

/* After a submission. `receipt` (hex) is what the button for a receipt sends. */
void page_thanks(struct buf *out, const struct page *p, const char *receipt);

/* The receipt: hex digits in groups of four. */
void page_receipt(struct buf *out, const struct page *p, const char *receipt);

enum page_withdrawal {
	PAGE_WITHDRAW_ASK,       /* the empty form */
	PAGE_WITHDRAW_MALFORMED, /* not a code */
	PAGE_WITHDRAW_UNKNOWN,   /* no answers under this code */
	PAGE_WITHDRAW_DONE,
};
/* Withdrawing by a receipt. `typed` is shown again; NULL is fine. */
void page_withdraw(struct buf *out, const struct page *p, enum page_withdrawal state,
                   const char *typed);

/* The round has ended. */
void page_closed(struct buf *out, const struct page *p);

/* What an HTTP status of 400 or above means for the person who sees it. */
void page_error(struct buf *out, const struct page *p, unsigned status);

/* The style sheet, for PAGE_STYLE_PATH. */
const char *page_style(void);

#endif
