/*
 * serve_take.c - what is sent. In: the body of a POST. Out: a page that says what is wrong with it;
 * or a job for the commit thread, and after its answer thanks, or the form again with everything in
 * it. What was readable is wiped with the request.
 */
#include "collector/serve_inner.h"

#include "collector/decode.h"
#include "collector/sealed.h"
#include "collector/submit.h"
#include "forms/accept.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HEX = 2 * STORE_RECEIPT };

/* A request that waits for the commit thread. */
struct pending {
	struct commit_job job;
	struct submit submit;
	struct http_exchange *exchange;
	struct buf body; /* a plain submission as it came, to show it again: a full disk loses nothing */
	char typed[64];  /* a withdrawal's code, for the same */
};

void serve_reply_withdraw(struct serve *s, struct http_exchange *x, size_t language,
                           enum page_withdrawal state, const char *typed)
{
	struct page page = serve_page(s, language);
	struct buf body = {0};
	bool fine = state == PAGE_WITHDRAW_ASK || state == PAGE_WITHDRAW_DONE;

	page_withdraw(&body, &page, state, typed);
	http_reply(x, fine ? 200 : 422, serve_html, NULL, &body);
}

/* The form with everything that was sent in it, and why it has to be sent again. */
static void reply_unsent(struct serve *s, struct http_exchange *x, size_t language,
                         const struct buf *body, enum page_unsent why)
{
	struct page page = serve_page(s, language);
	struct buf out = {0};
	struct decoded in;
	struct err err;

	if (decode_form(&in, body->data, body->len, s->round->form, &err) != 0) {
		serve_reply_error(s, x, language, 503, NULL);
		return;
	}
	page.number = in.number;
	page.answers = in.answers;
	page.consent = in.consent;
	page.unsent = why;
	page_form(&out, &page);
	http_reply(x, why == PAGE_UNSENT_MUCH ? 429 : 503, serve_html, NULL, &out);
	decode_finish(&in);
}

/* --- waiting for the commit thread --- */

static void wake(struct commit_job *job)
{
	struct pending *p = job->ctx;

	http_wake(p->exchange);
}

void serve_take_forget(void *ctx, void *state)
{
	struct pending *p = state;

	(void)ctx;
	submit_finish(&p->submit);
	buf_wipe(&p->body);
	sodium_memzero(p, sizeof *p);
	free(p);
}

/* The commit thread could not do it. */
static void reply_busy(struct serve *s, struct http_exchange *x, size_t language,
                       const struct pending *p, enum page_unsent why)
{
	if (p->job.kind == COMMIT_SUBMISSION && p->body.len > 0)
		reply_unsent(s, x, language, &p->body, why);
	else
		serve_reply_error(s, x, language, why == PAGE_UNSENT_FAILED ? 500 : 503, NULL);
}

/* Hand the exchange's job over; `p` is the exchange's from now on. */
static void post(struct serve *s, struct http_exchange *x, size_t language, struct pending *p)
{
	p->exchange = x;
	p->job.done = wake;
	p->job.ctx = p;
	p->job.submission = &p->submit.sealed;
	*http_state(x) = p;
	if (http_wait(x))
		commit_post(s->commit, &p->job);
	else
		reply_busy(s, x, language, p, PAGE_UNSENT_BUSY);
}

static void reply_thanks(struct serve *s, struct http_exchange *x, size_t language,
                         const struct pending *p)
{
	struct page page = serve_page(s, language);
	char receipt[HEX + 1];
	struct buf body = {0};

	sodium_bin2hex(receipt, sizeof receipt, p->submit.sealed.receipt, STORE_RECEIPT);
	page_thanks(&body, &page, receipt);
	sodium_memzero(receipt, sizeof receipt);
	http_reply(x, 200, serve_html, NULL, &body);
}

void serve_take_finish(struct serve *s, struct http_exchange *x, size_t language)
{
	const struct pending *p = *http_state(x);
	bool withdrawal = p->job.kind == COMMIT_WITHDRAWAL;

	switch (p->job.result) {
	case COMMIT_DONE:
	case COMMIT_KNOWN:
		if (withdrawal)
			serve_reply_withdraw(s, x, language, PAGE_WITHDRAW_DONE, NULL);
		else
			reply_thanks(s, x, language, p);
		break;
	case COMMIT_MISSING:
		serve_reply_withdraw(s, x, language, PAGE_WITHDRAW_UNKNOWN, p->typed);
		break;
	case COMMIT_CLOSED:
		serve_reply_closed(s, x, language);
		break;
	case COMMIT_BUSY:
		reply_busy(s, x, language, p, PAGE_UNSENT_BUSY);
		break;
	case COMMIT_FAILED:
		reply_busy(s, x, language, p, PAGE_UNSENT_FAILED);
		break;
	}
}

/* --- a submission --- */

bool serve_take_form_encoded(const struct http_request *request)
{
	static const char type[] = "application/x-www-form-urlencoded";
	size_t n = sizeof type - 1;

	return request->type != NULL && strncasecmp(request->type, type, n) == 0 &&
	       strchr("; \t", request->type[n]) != NULL;
}

/*
 * The form again, with everything as it was typed: checking has brought the answers into form and
 * removed what was not asked, so they are decoded once more.
 */
static void reply_mistakes(struct serve *s, struct http_exchange *x, struct page *page)
{
	const struct buf *sent = http_request(x)->body;
	struct buf body = {0};
	struct decoded in;
	struct err err;

	if (decode_form(&in, sent->data, sent->len, s->round->form, &err) != 0) {
		serve_reply_error(s, x, page->language, 503, NULL);
		return;
	}
	page->number = in.number;
	page->answers = in.answers;
	page->consent = in.consent;
	page->decoy = in.decoy;
	page_form(&body, page);
	http_reply(x, 422, serve_html, NULL, &body);
	decode_finish(&in);
}

/* Checked answers -> sealed -> the commit thread. */
static void store(struct serve *s, struct http_exchange *x, size_t language, struct decoded *in)
{
	struct pending *p = calloc(1, sizeof *p);
	uint8_t number[STORE_NUMBER];
	struct err err;

	sodium_hex2bin(number, sizeof number, in->number, DECODE_NUMBER, NULL, NULL, NULL);
	if (p == NULL || submit_seal(&p->submit, in->answers, number, s->round, &err) != 0) {
		free(p);
		reply_unsent(s, x, language, http_request(x)->body, PAGE_UNSENT_BUSY);
		return;
	}
	p->body = http_take_body(x);
	p->job.kind = COMMIT_SUBMISSION;
	post(s, x, language, p);
}

/* Not too many from the same place? Otherwise the reply is given. */
static bool may_come(struct serve *s, struct http_exchange *x, size_t language, bool sealed)
{
	const struct http_request *request = http_request(x);
	enum quota_verdict verdict = quota_take(s->quota, request->counter);

	if (verdict == QUOTA_TAKE)
		return true;
	if (sealed) {
		/* who sealed it has it still, and sends it again */
		serve_reply_error(s, x, language, verdict == QUOTA_PAUSE ? 503 : 429, NULL);
		return false;
	}
	reply_unsent(s, x, language, request->body,
		verdict == QUOTA_PAUSE ? PAGE_UNSENT_PAUSED : PAGE_UNSENT_MUCH);
	return false;
}

static bool unknown_field(const struct accept_report *report)
{
	for (size_t i = 0; i < report->n; i++)
		if (report->list[i].fault == ACCEPT_UNKNOWN_FIELD)
			return true;
	return false;
}

void serve_take_submission(struct serve *s, struct http_exchange *x, size_t language)
{
	const struct http_request *request = http_request(x);
	const struct form *f = s->round->form;
	struct accept_report report = {0};
	struct page page = serve_page(s, language);
	struct decoded in;
	struct err err = {0};
	int mistakes;

	if (decode_form(&in, request->body->data, request->body->len, f, &err) != 0) {
		serve_reply_error(s, x, language, err.code == ERR_NOMEM ? 503 : 400, NULL);
		return;
	}
	mistakes = answers_set_language(in.answers, f->languages[language], &err);
	if (mistakes == 0)
		mistakes = accept_answers(in.answers, f, &report, &err);
	page.report = &report;
	page.consent_missing = !in.consent && *form_text(&f->consent, language) != '\0';
	if (mistakes < 0)
		reply_unsent(s, x, language, request->body, PAGE_UNSENT_BUSY);
	else if (unknown_field(&report))
		serve_reply_error(s, x, language, 400, NULL);
	else if (mistakes > 0 || page.consent_missing || in.decoy)
		reply_mistakes(s, x, &page);
	else if (may_come(s, x, language, false))
		store(s, x, language, &in);
	accept_report_finish(&report);
	decode_finish(&in);
}

/* --- a sealed submission --- */

/* By the page's script, or by a kit: a page from elsewhere, which asks no more than plain text. */
static bool is_sealed_type(const struct http_request *request)
{
	return request->type != NULL && (strcasecmp(request->type, "application/octet-stream") == 0 ||
	                                 strncasecmp(request->type, "text/plain", 10) == 0);
}

void serve_take_sealed(struct serve *s, struct http_exchange *x, size_t language)
{
	const struct http_request *request = http_request(x);
	struct pending *p;
	struct err err;

	http_share(x);
	if (!is_sealed_type(request)) {
		serve_reply_error(s, x, language, 415, NULL);
		return;
	}
	if (request->body->len == sealed_size(s->round) && !may_come(s, x, language, true))
		return;
	p = calloc(1, sizeof *p);
	if (p == NULL || sealed_read(&p->submit, request->body->data, request->body->len, s->round,
				     &err) != 0) {
		serve_reply_error(s, x, language, p == NULL || err.code == ERR_NOMEM ? 503 : 400, NULL);
		free(p);
		return;
	}
	p->job.kind = COMMIT_SUBMISSION;
	post(s, x, language, p);
}

/* --- receipts --- */

/* A code as people type it -> its bytes. Blanks and dashes do not count. */
static bool read_code(uint8_t out[STORE_RECEIPT], const char *typed)
{
	size_t n = 0;
	const char *end;

	return sodium_hex2bin(out, STORE_RECEIPT, typed, strlen(typed), " -\t", &n, &end) == 0 &&
	       n == STORE_RECEIPT && *end == '\0';
}

void serve_take_receipt(struct serve *s, struct http_exchange *x, size_t language)
{
	const struct buf *sent = http_request(x)->body;
	struct page page = serve_page(s, language);
	struct buf code = {0}, body = {0};
	uint8_t receipt[STORE_RECEIPT];
	char hex[HEX + 1];
	struct err err;

	if (decode_field(&code, sent->data, sent->len, PAGE_RECEIPT, &err) != 0 ||
	    !read_code(receipt, code.data)) {
		serve_reply_error(s, x, language, 400, NULL);
	} else {
		sodium_bin2hex(hex, sizeof hex, receipt, sizeof receipt);
		page_receipt(&body, &page, hex);
		http_reply(x, 200, serve_html, NULL, &body);
	}
	buf_wipe(&code);
}

void serve_take_withdrawal(struct serve *s, struct http_exchange *x, size_t language)
{
	const struct buf *sent = http_request(x)->body;
	struct pending *p = calloc(1, sizeof *p);
	struct buf code = {0};
	struct err err;

	if (p == NULL) {
		serve_reply_error(s, x, language, 503, NULL);
		return;
	}
	if (decode_field(&code, sent->data, sent->len, PAGE_RECEIPT, &err) != 0) {
		serve_reply_error(s, x, language, 400, NULL);
		free(p);
	} else if (code.len >= sizeof p->typed || !read_code(p->job.receipt, code.data)) {
		serve_reply_withdraw(s, x, language, PAGE_WITHDRAW_MALFORMED,
			code.len < sizeof p->typed ? code.data : NULL);
		free(p);
	} else {
		strcpy(p->typed, code.data);
		p->job.kind = COMMIT_WITHDRAWAL;
		post(s, x, language, p);
	}
	buf_wipe(&code);
}
