/*
 * kit.c - the offline kit. In: a round's form and public key. Out: one HTML file that loads nothing.
 *
 * The file's own policy (CSP 3, as a meta element) lets only the style and the script in it run, by
 * their digests, and reach only the collector that was named, if any. Its fingerprint is that of the
 * file with zeros in the fingerprint's place: it tells files apart, and cannot vouch for itself.
 */
#include "forms/kit.h"

#include "forms/html.h"
#include "forms/page_parts.h"
#include "forms/page_script.h"
#include "forms/relevance_css.h"

#include <stdio.h>
#include <string.h>

#define NO_FINGERPRINT "00000 00000 00000 00000 00000 00000 00000 00000"

/* Words that the script shows besides those of the page. */
static const char *const words[] = {"kit.count", "kit.full", "kit.failed", "kit.written",
	"kit.sending", "kit.sent", "kit.unsent", "kit.sure", "kit.erased", NULL};

void kit_head(struct buf *out, const struct page_kit *kit)
{
	const struct script_file *script = page_script_file("kit");
	char style[PAGE_INTEGRITY], code[PAGE_INTEGRITY];

	page_script_integrity(style, kit->style, strlen(kit->style));
	page_script_integrity(code, script->text, script->n);
	buf_printf(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		"style-src '%s'; script-src '%s'; base-uri 'none'; "
		"form-action 'none'; connect-src ", style, code);
	html_text(out, kit->collector != NULL ? kit->collector : "'none'");
	buf_puts(out, "\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<style>");
	buf_puts(out, kit->style);
	buf_puts(out, "</style>\n");
}

static void put_text(struct buf *out, const struct page *p, const char *element, const char *name)
{
	buf_printf(out, "<%s>", element);
	page_word(out, p, name);
	buf_printf(out, "</%s>\n", element);
}

static void put_button(struct buf *out, const struct page *p, const char *id, const char *name)
{
	buf_printf(out, "<p><button type=\"button\" id=\"%s\" class=\"second\">", id);
	page_word(out, p, name);
	buf_puts(out, "</button></p>\n");
}

/* What the next person sees, and does not press before the device is back. */
static void put_saved(struct buf *out, const struct page *p)
{
	buf_puts(out, "<section id=\"saved\" aria-labelledby=\"saved-title\" hidden>\n"
		"<h2 id=\"saved-title\" tabindex=\"-1\">");
	page_word(out, p, "kit.saved_title");
	buf_puts(out, "</h2>\n");
	html_paragraphs(out, page_label(p, &p->site->form->thanks), "lead");
	put_text(out, p, "p", "kit.saved_text");
	put_button(out, p, "next-person", "kit.next");
	buf_puts(out, "</section>\n");
}

/* For the people who run the survey. */
static void put_panel(struct buf *out, const struct page *p)
{
	buf_puts(out, "<section id=\"kit\" hidden");
	if (p->kit->collector != NULL)
		html_attribute(out, "data-collector", p->kit->collector);
	buf_puts(out, ">\n<details><summary>");
	page_word(out, p, "kit.title");
	buf_puts(out, "</summary>\n<p id=\"kit-count\"></p>\n");
	if (p->kit->collector != NULL)
		put_button(out, p, "kit-send", "kit.send");
	put_button(out, p, "kit-file", "kit.file");
	put_button(out, p, "kit-erase", "kit.erase");
	buf_puts(out, "<p id=\"kit-said\" role=\"status\"></p>\n<dl>\n");
	put_text(out, p, "dt", "kit.key");
	buf_puts(out, "<dd dir=\"ltr\"><code>");
	html_text(out, p->kit->key);
	buf_puts(out, "</code></dd>\n");
	put_text(out, p, "dt", "kit.own");
	buf_puts(out, "<dd dir=\"ltr\"><code>" NO_FINGERPRINT "</code></dd>\n</dl>\n");
	put_text(out, p, "p", "kit.compare");
	buf_puts(out, "</details>\n</section>\n");
}

void kit_foot(struct buf *out, const struct page *p)
{
	const struct script_file *script = page_script_file("kit");
	struct buf about = {0};

	put_saved(out, p);
	put_panel(out, p);
	buf_puts(out, "<noscript><p class=\"banner\">");
	page_word(out, p, "kit.noscript");
	buf_puts(out, "</p></noscript>\n<script type=\"application/json\" id=\"about\">");
	page_script_about(&about, p, words, false);
	page_script_data(out, about.data, about.len);
	buf_puts(out, "</script>\n<script>");
	buf_put(out, script->text, script->n);
	buf_puts(out, "</script>\n");
	out->failed |= about.failed;
	buf_finish(&about);
}

/* "https://HOST" or "http://HOST", with a port if wished: an origin, and nothing of a policy. */
static bool is_origin(const char *s)
{
	size_t n = strncmp(s, "https://", 8) == 0 ? 8 : strncmp(s, "http://", 7) == 0 ? 7 : 0;
	size_t host = strspn(s + n, "abcdefghijklmnopqrstuvwxyz0123456789-.[]:");

	return n > 0 && host > 0 && s[n + host] == '\0';
}

static int check(const struct kit *kit, struct err *err)
{
	const struct script_file *script = page_script_file("kit");
	const char *why;

	if (script == NULL)
		return err_set(err, ERR_INPUT, "survey-form was built without the script (Node was "
			"missing), which a kit needs");
	if (!page_script_seals(kit->site->form, &why))
		return err_set(err, ERR_INPUT, "%s: its rules use a function that only the collector "
			"has, so that a kit could not check the answers", why);
	if (kit->collector != NULL && !is_origin(kit->collector))
		return err_set(err, ERR_INPUT, "--collector %s: must be https:// and a host, "
			"without a path", kit->collector);
	return 0;
}

/* The fingerprint in its place. */
static int put_fingerprint(struct buf *out, char fingerprint[SEAL_FINGERPRINT], struct err *err)
{
	char *place;

	if (out->failed)
		return err_nomem(err);
	place = strstr(out->data, NO_FINGERPRINT);
	if (place == NULL || strstr(place + 1, NO_FINGERPRINT) != NULL)
		return err_set(err, ERR_INPUT, "the form has a text like a fingerprint");
	seal_fingerprint_of(fingerprint, "peer-survey kit 1\n", out->data, out->len);
	memcpy(place, fingerprint, SEAL_FINGERPRINT - 1);
	return 0;
}

int kit_write(struct buf *out, char fingerprint[SEAL_FINGERPRINT], const struct kit *kit,
              struct err *err)
{
	char key[SEAL_FINGERPRINT], number[2 * 16 + 1];
	struct relevance_css *relevance = NULL;
	struct page_site site = *kit->site;
	struct page_kit own = {.collector = kit->collector, .key = key};
	struct page page = {.site = &site, .language = kit->language, .number = number, .kit = &own};
	struct buf style = {0};
	int status = -1;

	if (check(kit, err) != 0 || relevance_css_create(&relevance, site.form, err) != 0)
		return -1;
	seal_fingerprint(key, site.key);
	/* the order of choices that are shuffled is the kit's: the same file each time */
	for (size_t i = 0; i < 16; i++)
		snprintf(number + 2 * i, 3, "%02x", site.key->form[i]);
	site.relevance = relevance;
	site.sealing = true;
	buf_puts(&style, page_style());
	buf_puts(&style, relevance_css_rules(relevance));
	buf_puts(&style, page_script_style());
	if (style.failed) {
		err_nomem(err);
		goto out;
	}
	own.style = style.data;
	page_form(out, &page);
	status = put_fingerprint(out, fingerprint, err);
out:
	relevance_css_free(relevance);
	buf_finish(&style);
	return status;
}
