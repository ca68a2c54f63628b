/*
 * serve_inner.h - what the files that answer requests share.
 *
 * serve.c       what is prepared, and which request goes where
 * serve_take.c  what is sent: submissions, plain and sealed, receipts, withdrawals
 */
#ifndef COLLECTOR_SERVE_INNER_H
#define COLLECTOR_SERVE_INNER_H

#include "collector/blank.h"
#include "collector/compress.h"
#include "collector/serve.h"
#include "forms/page.h"

struct serve {
	const struct round *round;
	struct commit *commit;
	struct quota *quota;
	const char *onion;
	struct words *words;
	struct page_site site;
	struct blank *blank;
	struct relevance_css *relevance;
	struct buf style;
	struct compress *style_gzip, *script_gzip; /* the script's: NULL where there is none */
};

extern const char serve_html[]; /* the type of every page */

/* A page of the site, empty. */
struct page serve_page(const struct serve *s, size_t language);

void serve_reply_error(struct serve *s, struct http_exchange *x, size_t language, unsigned status,
                       const char *allow);
void serve_reply_closed(struct serve *s, struct http_exchange *x, size_t language);
void serve_reply_withdraw(struct serve *s, struct http_exchange *x, size_t language,
                          enum page_withdrawal state, const char *typed);

/* A POST to each path. `serve_take_form_encoded`: is the body a form's? */
bool serve_take_form_encoded(const struct http_request *request);
void serve_take_submission(struct serve *s, struct http_exchange *x, size_t language);
void serve_take_sealed(struct serve *s, struct http_exchange *x, size_t language);
void serve_take_receipt(struct serve *s, struct http_exchange *x, size_t language);
void serve_take_withdrawal(struct serve *s, struct http_exchange *x, size_t language);

/* The commit thread has answered: http_state() is what waited for it. */
void serve_take_finish(struct serve *s, struct http_exchange *x, size_t language);
void serve_take_forget(void *ctx, void *state);

#endif
