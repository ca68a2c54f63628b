/*
 * page_notice.c - the short pages: thanks, receipt, withdrawal, closed, and what went wrong.
 * A receipt is made visible only when its button is pressed, because whoever finds it knows that
 * somebody took part.
 */
#include "forms/html.h"
#include "forms/page_parts.h"

#include <string.h>

static void put_heading(struct buf *out, const struct page *p, const char *name)
{
	buf_puts(out, "<h1>");
	page_word(out, p, name);
	buf_puts(out, "</h1>\n");
}

static void put_paragraph(struct buf *out, const struct page *p, const char *name,
                          const char *class)
{
	buf_puts(out, "<p");
	if (class != NULL)
		html_attribute(out, "class", class);
	buf_putc(out, '>');
	page_word(out, p, name);
	buf_puts(out, "</p>\n");
}

static void put_button(struct buf *out, const struct page *p, const char *name, const char *class)
{
	buf_puts(out, "<p><button");
	if (class != NULL)
		html_attribute(out, "class", class);
	buf_putc(out, '>');
	page_word(out, p, name);
	buf_puts(out, "</button></p>\n");
}

/* A link to one of the pages of this language. */
static void put_link(struct buf *out, const struct page *p, const char *path, const char *name)
{
	buf_puts(out, "<p><a href=\"/");
	html_text(out, page_language(p));
	html_text(out, path);
	buf_puts(out, "\">");
	page_word(out, p, name);
	buf_puts(out, "</a></p>\n");
}

static void form_begin(struct buf *out, const struct page *p, const char *path)
{
	buf_puts(out, "<form method=\"post\" action=\"/");
	html_text(out, page_language(p));
	html_text(out, path);
	buf_puts(out, "\" accept-charset=\"utf-8\" novalidate>\n");
}

void page_thanks(struct buf *out, const struct page *p, const char *receipt)
{
	const char *thanks = page_label(p, &p->site->form->thanks);

	page_begin(out, p, "", false);
	put_heading(out, p, "thanks.title");
	html_paragraphs(out, thanks, "lead");
	put_paragraph(out, p, "thanks.stored", NULL);
	buf_puts(out, "<section>\n<h2>");
	page_word(out, p, "thanks.receipt_title");
	buf_puts(out, "</h2>\n");
	put_paragraph(out, p, "thanks.receipt_text", NULL);
	form_begin(out, p, "/receipt");
	buf_puts(out, "<input type=\"hidden\" name=\"" PAGE_RECEIPT "\"");
	html_attribute(out, "value", receipt);
	buf_puts(out, ">\n");
	put_button(out, p, "thanks.receipt_button", "second");
	buf_puts(out, "</form>\n</section>\n");
	put_link(out, p, "", "thanks.next");
	page_end(out, p);
}

void page_receipt(struct buf *out, const struct page *p, const char *receipt)
{
	page_begin(out, p, "", false);
	put_heading(out, p, "receipt.title");
	buf_puts(out, "<p class=\"receipt\" dir=\"ltr\"><code>");
	for (size_t i = 0; receipt[i] != '\0'; i++) {
		if (i > 0 && i % 4 == 0)
			buf_putc(out, ' ');
		buf_putc(out, receipt[i]);
	}
	buf_puts(out, "</code></p>\n");
	put_paragraph(out, p, "receipt.text", "lead");
	put_paragraph(out, p, "receipt.how", NULL);
	put_link(out, p, "/withdraw", "receipt.link");
	page_end(out, p);
}

static void put_code_field(struct buf *out, const struct page *p, const char *problem,
                           const char *typed)
{
	bool bad = problem != NULL;

	buf_printf(out, "<div class=\"q%s\"><label class=\"l\" for=\"code\">", bad ? " bad" : "");
	page_word(out, p, "withdraw.label");
	buf_puts(out, "</label>\n<p class=\"hint\" id=\"h-code\">");
	page_word(out, p, "withdraw.hint");
	buf_puts(out, "</p>\n");
	if (bad) {
		buf_puts(out, "<div class=\"error\" id=\"e-code\" role=\"alert\"><p><b>");
		page_word(out, p, "errors.mark");
		buf_puts(out, "</b> ");
		page_word(out, p, problem);
		buf_puts(out, "</p></div>\n");
	}
	buf_puts(out, "<input id=\"code\" name=\"" PAGE_RECEIPT "\" dir=\"ltr\" autocomplete=\"off\""
	              " autocapitalize=\"none\" spellcheck=\"false\"");
	buf_printf(out, " aria-describedby=\"h-code%s\"%s", bad ? " e-code" : "",
		bad ? " aria-invalid=\"true\"" : "");
	html_attribute(out, "value", typed != NULL ? typed : "");
	buf_puts(out, "></div>\n");
}

void page_withdraw(struct buf *out, const struct page *p, enum page_withdrawal state,
                   const char *typed)
{
	const char *problem = NULL;

	if (state == PAGE_WITHDRAW_MALFORMED)
		problem = "withdraw.malformed";
	else if (state == PAGE_WITHDRAW_UNKNOWN)
		problem = "withdraw.unknown";
	page_begin(out, p, "/withdraw", problem != NULL);
	if (state == PAGE_WITHDRAW_DONE) {
		put_heading(out, p, "withdraw.done_title");
		put_paragraph(out, p, "withdraw.done_text", "lead");
	} else {
		put_heading(out, p, "withdraw.title");
		put_paragraph(out, p, "withdraw.text", "lead");
		form_begin(out, p, "/withdraw");
		put_code_field(out, p, problem, typed);
		put_button(out, p, "withdraw.button", NULL);
		buf_puts(out, "</form>\n");
	}
	page_end(out, p);
}

void page_closed(struct buf *out, const struct page *p)
{
	page_begin(out, p, "", false);
	put_heading(out, p, "closed.title");
	put_paragraph(out, p, "closed.text", "lead");
	page_end(out, p);
}

void page_unsent(struct buf *out, const struct page *p)
{
	static const char *const texts[] = {
		[PAGE_UNSENT_BUSY] = "unsent.busy", [PAGE_UNSENT_FAILED] = "unsent.failed",
		[PAGE_UNSENT_MUCH] = "unsent.much", [PAGE_UNSENT_PAUSED] = "unsent.paused"};

	buf_puts(out, "<div class=\"summary\" id=\"errors\" role=\"alert\""
	              " aria-labelledby=\"errors-title\" tabindex=\"-1\" autofocus>"
	              "<h2 id=\"errors-title\">");
	page_word(out, p, "unsent.title");
	buf_puts(out, "</h2>\n");
	put_paragraph(out, p, texts[p->unsent], NULL);
	buf_puts(out, "</div>\n");
}

void page_error(struct buf *out, const struct page *p, unsigned status)
{
	static const struct {
		unsigned from, to;
		const char *title, *text;
	} pages[] = {
		{404, 405, "status.missing.title", "status.missing.text"},
		{413, 413, "status.large.title", "status.large.text"},
		{400, 499, "status.bad.title", "status.bad.text"},
		{503, 503, "status.busy.title", "status.busy.text"},
		{0, 999, "status.failed.title", "status.failed.text"},
	};
	size_t i = 0;

	while (status < pages[i].from || status > pages[i].to)
		i++;
	page_begin(out, p, "", false);
	put_heading(out, p, pages[i].title);
	put_paragraph(out, p, pages[i].text, "lead");
	put_link(out, p, "", "status.form");
	page_end(out, p);
}
