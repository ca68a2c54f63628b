/*
 * serve.c - requests -> pages. In: a request, whole. Out: a reply, at once or after the commit
 * thread has done its part. Nothing about a request is remembered, counted or written anywhere.
 */
#include "collector/serve.h"

#include "collector/blank.h"
#include "collector/compress.h"
#include "collector/decode.h"
#include "collector/negotiate.h"
#include "collector/sealed.h"
#include "collector/submit.h"
#include "forms/accept.h"
#include "forms/page.h"
#include "forms/page_script.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HEX = 2 * STORE_RECEIPT };

static const char html[] = "text/html; charset=utf-8";
static const char css[] = "text/css; charset=utf-8";
static const char javascript[] = "text/javascript; charset=utf-8";

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

/* A request that waits for the commit thread. */
struct pending {
	struct commit_job job;
	struct submit submit;
	struct http_exchange *exchange;
	struct buf body; /* a plain submission as it came, to show it again: a full disk loses nothing */
	char typed[64];  /* a withdrawal's code, for the same */
};

/* --- preparing --- */

/* The one style sheet, with this form's own rules, and the script. */
static int prepare_style(struct serve *s, struct err *err)
{
	const struct script_file *script = page_script_file("page");

	if (relevance_css_create(&s->relevance, s->round->form, err) != 0)
		return -1;
	buf_puts(&s->style, page_style());
	buf_puts(&s->style, relevance_css_rules(s->relevance));
	if (script != NULL)
		buf_puts(&s->style, page_script_style());
	if (s->style.failed)
		return err_nomem(err);
	if (script != NULL && compress_create(&s->script_gzip, script->text, script->n, script->n,
				      0, err) != 0)
		return -1;
	return compress_create(&s->style_gzip, s->style.data, s->style.len, s->style.len, 0, err);
}

/* A version 3 address: 56 characters of base32 (Tor's rend-spec-v3, "encoding onion addresses"). */
static bool onion_valid(const char *url)
{
	static const char before[] = "http://", after[] = ".onion/";
	const size_t n = 56;

	return strncmp(url, before, sizeof before - 1) == 0 &&
	       strspn(url + sizeof before - 1, "abcdefghijklmnopqrstuvwxyz234567") == n &&
	       strcmp(url + sizeof before - 1 + n, after) == 0;
}

int serve_create(struct serve **out, const struct round *round, struct quota *quota,
                 const char *onion, struct err *err)
{
	struct serve *s;

	if (onion != NULL && !onion_valid(onion))
		return err_set(err, ERR_INPUT, "--onion %s: must be http://, 56 letters and digits, "
			".onion/", onion);
	s = calloc(1, sizeof *s);
	if (s == NULL)
		return err_nomem(err);
	s->round = round;
	s->onion = onion;
	s->quota = quota;
	s->words = words_create(words_page);
	if (s->words == NULL) {
		err_nomem(err);
		goto fail;
	}
	if (prepare_style(s, err) != 0)
		goto fail;
	s->site = (struct page_site){.form = round->form, .words = s->words,
		.study = round->study, .custodians = round->key.custodians,
		.quorum = round->key.quorum, .relevance = s->relevance, .key = &round->key,
		.sealing = page_script_file("page") != NULL && page_script_seals(round->form, NULL)};
	if (blank_create(&s->blank, &s->site, err) != 0)
		goto fail;
	*out = s;
	return 0;
fail:
	serve_free(s);
	return -1;
}

void serve_free(struct serve *s)
{
	if (s == NULL)
		return;
	blank_free(s->blank);
	buf_finish(&s->style);
	compress_free(s->style_gzip);
	compress_free(s->script_gzip);
	relevance_css_free(s->relevance);
	words_free(s->words);
	free(s);
}

/* --- short replies --- */

static struct page plain_page(const struct serve *s, size_t language)
{
	return (struct page){.site = &s->site, .language = language};
}

static void reply_error(struct serve *s, struct http_exchange *x, size_t language,
                        unsigned status, const char *allow)
{
	struct page page = plain_page(s, language);
	struct buf body = {0};

	page_error(&body, &page, status);
	http_reply(x, status, html, allow, &body);
}

static void reply_closed(struct serve *s, struct http_exchange *x, size_t language)
{
	struct page page = plain_page(s, language);
	struct buf body = {0};

	page_closed(&body, &page);
	http_reply(x, 410, html, NULL, &body);
}

/* Does the browser take gzip? Then what is the same for everybody comes compressed. */
static bool takes_gzip(struct http_exchange *x)
{
	bool gzip = negotiate_gzip(http_request(x)->encoding);

	if (gzip)
		http_gzip(x);
	return gzip;
}

static void reply_blank(struct serve *s, struct http_exchange *x, size_t language)
{
	struct buf body = {0};

	if (commit_closed(s->commit)) {
		reply_closed(s, x, language);
		return;
	}
	blank_put(&body, s->blank, language, takes_gzip(x));
	http_reply(x, 200, html, NULL, &body);
}

static void reply_style(const struct serve *s, struct http_exchange *x)
{
	struct buf body = {0};

	if (takes_gzip(x))
		compress_put(&body, s->style_gzip, NULL);
	else
		buf_put(&body, s->style.data, s->style.len);
	http_reply(x, 200, css, NULL, &body);
}

static void reply_script(struct serve *s, struct http_exchange *x, size_t language)
{
	const struct script_file *script = page_script_file("page");
	struct buf body = {0};

	if (script == NULL) {
		reply_error(s, x, language, 404, NULL);
		return;
	}
	if (takes_gzip(x))
		compress_put(&body, s->script_gzip, NULL);
	else
		buf_put(&body, script->text, script->n);
	http_reply(x, 200, javascript, NULL, &body);
}

static void reply_withdraw(struct serve *s, struct http_exchange *x, size_t language,
                           enum page_withdrawal state, const char *typed)
{
	struct page page = plain_page(s, language);
	struct buf body = {0};
	bool fine = state == PAGE_WITHDRAW_ASK || state == PAGE_WITHDRAW_DONE;

	page_withdraw(&body, &page, state, typed);
	http_reply(x, fine ? 200 : 422, html, NULL, &body);
}

/* The form with everything that was sent in it, and why it has to be sent again. */
static void reply_unsent(struct serve *s, struct http_exchange *x, size_t language,
                         const struct buf *body, enum page_unsent why)
{
	struct page page = plain_page(s, language);
	struct buf out = {0};
	struct decoded in;
	struct err err;

	if (decode_form(&in, body->data, body->len, s->round->form, &err) != 0) {
		reply_error(s, x, language, 503, NULL);
		return;
	}
	page.number = in.number;
	page.answers = in.answers;
	page.consent = in.consent;
	page.unsent = why;
	page_form(&out, &page);
	http_reply(x, why == PAGE_UNSENT_MUCH ? 429 : 503, html, NULL, &out);
	decode_finish(&in);
}

/* --- waiting for the commit thread --- */

static void wake(struct commit_job *job)
{
	struct pending *p = job->ctx;

	http_wake(p->exchange);
}

static void forget(void *ctx, void *state)
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
		reply_error(s, x, language, why == PAGE_UNSENT_FAILED ? 500 : 503, NULL);
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
	struct page page = plain_page(s, language);
	char receipt[HEX + 1];
	struct buf body = {0};

	sodium_bin2hex(receipt, sizeof receipt, p->submit.sealed.receipt, STORE_RECEIPT);
	page_thanks(&body, &page, receipt);
	sodium_memzero(receipt, sizeof receipt);
	http_reply(x, 200, html, NULL, &body);
}

/* The commit thread has answered. */
static void finish(struct serve *s, struct http_exchange *x, size_t language,
                   const struct pending *p)
{
	bool withdrawal = p->job.kind == COMMIT_WITHDRAWAL;

	switch (p->job.result) {
	case COMMIT_DONE:
	case COMMIT_KNOWN:
		if (withdrawal)
			reply_withdraw(s, x, language, PAGE_WITHDRAW_DONE, NULL);
		else
			reply_thanks(s, x, language, p);
		break;
	case COMMIT_MISSING:
		reply_withdraw(s, x, language, PAGE_WITHDRAW_UNKNOWN, p->typed);
		break;
	case COMMIT_CLOSED:
		reply_closed(s, x, language);
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

static bool is_form_encoded(const struct http_request *request)
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
		reply_error(s, x, page->language, 503, NULL);
		return;
	}
	page->number = in.number;
	page->answers = in.answers;
	page->consent = in.consent;
	page->decoy = in.decoy;
	page_form(&body, page);
	http_reply(x, 422, html, NULL, &body);
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
		reply_error(s, x, language, verdict == QUOTA_PAUSE ? 503 : 429, NULL);
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

static void take_submission(struct serve *s, struct http_exchange *x, size_t language)
{
	const struct http_request *request = http_request(x);
	const struct form *f = s->round->form;
	struct accept_report report = {0};
	struct page page = plain_page(s, language);
	struct decoded in;
	struct err err = {0};
	int mistakes;

	if (decode_form(&in, request->body->data, request->body->len, f, &err) != 0) {
		reply_error(s, x, language, err.code == ERR_NOMEM ? 503 : 400, NULL);
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
		reply_error(s, x, language, 400, NULL);
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

static void take_sealed(struct serve *s, struct http_exchange *x, size_t language)
{
	const struct http_request *request = http_request(x);
	struct pending *p;
	struct err err;

	http_share(x);
	if (!is_sealed_type(request)) {
		reply_error(s, x, language, 415, NULL);
		return;
	}
	if (request->body->len == sealed_size(s->round) && !may_come(s, x, language, true))
		return;
	p = calloc(1, sizeof *p);
	if (p == NULL || sealed_read(&p->submit, request->body->data, request->body->len, s->round,
				     &err) != 0) {
		reply_error(s, x, language, p == NULL || err.code == ERR_NOMEM ? 503 : 400, NULL);
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

static void show_receipt(struct serve *s, struct http_exchange *x, size_t language)
{
	const struct buf *sent = http_request(x)->body;
	struct page page = plain_page(s, language);
	struct buf code = {0}, body = {0};
	uint8_t receipt[STORE_RECEIPT];
	char hex[HEX + 1];
	struct err err;

	if (decode_field(&code, sent->data, sent->len, PAGE_RECEIPT, &err) != 0 ||
	    !read_code(receipt, code.data)) {
		reply_error(s, x, language, 400, NULL);
	} else {
		sodium_bin2hex(hex, sizeof hex, receipt, sizeof receipt);
		page_receipt(&body, &page, hex);
		http_reply(x, 200, html, NULL, &body);
	}
	buf_wipe(&code);
}

static void take_withdrawal(struct serve *s, struct http_exchange *x, size_t language)
{
	const struct buf *sent = http_request(x)->body;
	struct pending *p = calloc(1, sizeof *p);
	struct buf code = {0};
	struct err err;

	if (p == NULL) {
		reply_error(s, x, language, 503, NULL);
		return;
	}
	if (decode_field(&code, sent->data, sent->len, PAGE_RECEIPT, &err) != 0) {
		reply_error(s, x, language, 400, NULL);
		free(p);
	} else if (code.len >= sizeof p->typed || !read_code(p->job.receipt, code.data)) {
		reply_withdraw(s, x, language, PAGE_WITHDRAW_MALFORMED,
			code.len < sizeof p->typed ? code.data : NULL);
		free(p);
	} else {
		strcpy(p->typed, code.data);
		p->job.kind = COMMIT_WITHDRAWAL;
		post(s, x, language, p);
	}
	buf_wipe(&code);
}

/* --- routes --- */

enum target { NOWHERE, FORM, SEALED, RECEIPT, WITHDRAW, STYLE, SCRIPT };

/* What a path names, and its language: `*given` says whether the path does. */
static enum target find_target(const struct serve *s, const char *path, size_t *language,
                               bool *given)
{
	const struct form *f = s->round->form;
	char code[16];
	size_t n;

	*given = false;
	if (strcmp(path, PAGE_STYLE_PATH) == 0)
		return STYLE;
	if (strcmp(path, PAGE_SCRIPT_PATH) == 0)
		return SCRIPT;
	if (strcmp(path, "/") == 0)
		return FORM;
	if (strcmp(path, "/withdraw") == 0)
		return WITHDRAW;
	n = path[0] == '/' ? strcspn(path + 1, "/") : sizeof code;
	if (n >= sizeof code)
		return NOWHERE;
	memcpy(code, path + 1, n);
	code[n] = '\0';
	if (form_language(f, code) < 0)
		return NOWHERE;
	*language = (size_t)form_language(f, code);
	*given = true;
	path += 1 + n;
	if (*path == '\0')
		return FORM;
	if (strcmp(path, PAGE_SEALED) == 0)
		return SEALED;
	if (strcmp(path, "/receipt") == 0)
		return RECEIPT;
	return strcmp(path, "/withdraw") == 0 ? WITHDRAW : NOWHERE;
}

static void get(struct serve *s, struct http_exchange *x, enum target target, size_t language)
{
	if (target == STYLE)
		reply_style(s, x);
	else if (target == SCRIPT)
		reply_script(s, x, language);
	else if (target == FORM)
		reply_blank(s, x, language);
	else if (target == RECEIPT || target == SEALED)
		reply_error(s, x, language, 405, "POST");
	else if (commit_closed(s->commit))
		reply_closed(s, x, language);
	else
		reply_withdraw(s, x, language, PAGE_WITHDRAW_ASK, NULL);
}

static void take_post(struct serve *s, struct http_exchange *x, enum target target, bool given,
                      size_t language)
{
	if (target == STYLE || target == SCRIPT || !given)
		reply_error(s, x, language, 405, "GET, HEAD");
	else if (target == SEALED)
		take_sealed(s, x, language);
	else if (!is_form_encoded(http_request(x)))
		reply_error(s, x, language, 415, NULL);
	else if (target == RECEIPT)
		show_receipt(s, x, language);
	else if (target == WITHDRAW)
		take_withdrawal(s, x, language);
	else
		take_submission(s, x, language);
}

static void handle(void *ctx, struct http_exchange *x)
{
	struct serve *s = ctx;
	const struct http_request *request = http_request(x);
	size_t language = negotiate_language(s->round->form, request->language);
	const struct pending *p = *http_state(x);
	bool given;
	enum target target = find_target(s, request->path, &language, &given);

	if (p != NULL)
		finish(s, x, language, p);
	else if (request->refused != 0)
		reply_error(s, x, language, request->refused, NULL);
	else if (target == NOWHERE)
		reply_error(s, x, language, 404, NULL);
	else if (strcmp(request->method, "GET") == 0)
		get(s, x, target, language);
	else if (strcmp(request->method, "POST") == 0)
		take_post(s, x, target, given, language);
	else
		reply_error(s, x, language, 405, "GET, HEAD, POST");
}

/* A request that the gate turned away: nobody knows its language. */
static void refuse(void *ctx, unsigned status, struct buf *body)
{
	struct page page = plain_page(ctx, 0);

	page_error(body, &page, status);
}

struct http_handler serve_handler(struct serve *s, struct commit *commit)
{
	size_t plain = decode_limit(s->round->form), sealed = sealed_size(s->round);

	s->commit = commit;
	return (struct http_handler){handle, forget, refuse, s, plain > sealed ? plain : sealed,
	                             s->onion};
}
