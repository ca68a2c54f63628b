/*
 * serve.c - requests -> pages. In: a request, whole. Out: a reply, at once or after the commit
 * thread has done its part. Nothing about a request is remembered, counted or written anywhere.
 */
#include "collector/serve_inner.h"

#include "collector/decode.h"
#include "collector/negotiate.h"
#include "collector/sealed.h"
#include "forms/page_script.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

const char serve_html[] = "text/html; charset=utf-8";
static const char css[] = "text/css; charset=utf-8";
static const char javascript[] = "text/javascript; charset=utf-8";

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

struct page serve_page(const struct serve *s, size_t language)
{
	return (struct page){.site = &s->site, .language = language};
}

void serve_reply_error(struct serve *s, struct http_exchange *x, size_t language,
                        unsigned status, const char *allow)
{
	struct page page = serve_page(s, language);
	struct buf body = {0};

	page_error(&body, &page, status);
	http_reply(x, status, serve_html, allow, &body);
}

void serve_reply_closed(struct serve *s, struct http_exchange *x, size_t language)
{
	struct page page = serve_page(s, language);
	struct buf body = {0};

	page_closed(&body, &page);
	http_reply(x, 410, serve_html, NULL, &body);
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
		serve_reply_closed(s, x, language);
		return;
	}
	blank_put(&body, s->blank, language, takes_gzip(x));
	http_reply(x, 200, serve_html, NULL, &body);
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
		serve_reply_error(s, x, language, 404, NULL);
		return;
	}
	if (takes_gzip(x))
		compress_put(&body, s->script_gzip, NULL);
	else
		buf_put(&body, script->text, script->n);
	http_reply(x, 200, javascript, NULL, &body);
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
		serve_reply_error(s, x, language, 405, "POST");
	else if (commit_closed(s->commit))
		serve_reply_closed(s, x, language);
	else
		serve_reply_withdraw(s, x, language, PAGE_WITHDRAW_ASK, NULL);
}

static void take_post(struct serve *s, struct http_exchange *x, enum target target, bool given,
                      size_t language)
{
	if (target == STYLE || target == SCRIPT || !given)
		serve_reply_error(s, x, language, 405, "GET, HEAD");
	else if (target == SEALED)
		serve_take_sealed(s, x, language);
	else if (!serve_take_form_encoded(http_request(x)))
		serve_reply_error(s, x, language, 415, NULL);
	else if (target == RECEIPT)
		serve_take_receipt(s, x, language);
	else if (target == WITHDRAW)
		serve_take_withdrawal(s, x, language);
	else
		serve_take_submission(s, x, language);
}

static void handle(void *ctx, struct http_exchange *x)
{
	struct serve *s = ctx;
	const struct http_request *request = http_request(x);
	size_t language = negotiate_language(s->round->form, request->language);
	bool given;
	enum target target = find_target(s, request->path, &language, &given);

	if (*http_state(x) != NULL)
		serve_take_finish(s, x, language);
	else if (request->refused != 0)
		serve_reply_error(s, x, language, request->refused, NULL);
	else if (target == NOWHERE)
		serve_reply_error(s, x, language, 404, NULL);
	else if (strcmp(request->method, "GET") == 0)
		get(s, x, target, language);
	else if (strcmp(request->method, "POST") == 0)
		take_post(s, x, target, given, language);
	else
		serve_reply_error(s, x, language, 405, "GET, HEAD, POST");
}

/* A request that the gate turned away: nobody knows its language. */
static void refuse(void *ctx, unsigned status, struct buf *body)
{
	struct page page = serve_page(ctx, 0);

	page_error(body, &page, status);
}

struct http_handler serve_handler(struct serve *s, struct commit *commit)
{
	size_t plain = decode_limit(s->round->form), sealed = sealed_size(s->round);

	s->commit = commit;
	return (struct http_handler){handle, serve_take_forget, refuse, s, plain > sealed ? plain : sealed,
	                             s->onion};
}
