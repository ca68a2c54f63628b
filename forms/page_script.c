/*
 * page_script.c - the optional script and its place in the page. In: a page. Out: the script's
 * element and its data behind the form, its style, its digest; the page is whole without them.
 *
 * The script applies the rule book of forms/accept.c itself, since nobody can after sealing. Where
 * a rule uses what forms/script/evaluate.js does not have, the page is not sealed in the browser
 * but by the collector, and says so.
 */
#include "forms/page_script.h"

#include "forms/page_parts.h"

#include <stdlib.h>
#include <string.h>

/* The functions of forms/script/evaluate.js, sorted. */
static const char *const functions[] = {
	"abs", "boolean", "boolean-from-string", "ceiling", "coalesce", "concat", "contains",
	"count-non-empty", "count-selected", "date", "decimal-date-time", "ends-with", "false",
	"floor", "if", "int", "max", "min", "not", "number", "once", "round", "selected",
	"selected-at", "starts-with", "string", "string-length", "sum", "today", "true",
};

static const char style[] =
	"[hidden]{display:none!important}\n"
	".progress{margin-block:1.5rem}.progress .part{margin:0 0 .35rem;color:var(--soft)}\n"
	"progress{appearance:none;-webkit-appearance:none;display:block;inline-size:100%;"
	"block-size:.5rem;border:0;border-radius:99rem;overflow:hidden;background:var(--hair);"
	"accent-color:var(--acc)}\n"
	"progress::-webkit-progress-bar{background:var(--hair)}\n"
	"progress::-webkit-progress-value{background:var(--acc)}\n"
	"progress::-moz-progress-bar{background:var(--acc)}\n"
	".progress~form section{margin-block-start:1.5rem}\n"
	".steps{display:flex;flex-wrap:wrap;gap:1rem;justify-content:space-between;"
	"margin-block-start:2rem}.steps :last-child{margin-inline-start:auto}\n"
	".later>:not(h1,.summary){display:none}.later h1{font-size:1.1875rem;margin:.5rem 0 0}\n"
	".later .summary{margin-block-start:1rem}.progress~form h2::before{content:none}\n"
	"h2:focus,h1:focus{outline:0}\n"
	".review h3{font-size:1.1875rem;margin:1.5rem 0 .5rem}\n"
	".review dl{margin:0 0 1rem}.review dl div{margin-block-end:.75rem;padding-inline-start:1rem;"
	"border-inline-start:3px solid var(--hair)}\n"
	".review dt{color:var(--soft)}.review dd{margin:0;font-weight:650;white-space:pre-wrap}\n"
	".sending{padding:1.25rem;border-radius:var(--r);background:var(--tint);"
	"margin-block-start:2rem}.sending p:last-child{margin:0}\n"
	"@media (forced-colors:active){progress{border:1px solid CanvasText}"
	"progress::-webkit-progress-value{background:Highlight}}\n"
	/* another language is another page: not in the middle of answering */
	".on-the-way .lang{display:none}\n"
	"button:disabled{opacity:.45;cursor:default}\n"
	"@media print{.progress,.steps{display:none}}\n";

const char *page_script_style(void)
{
	return style;
}

const struct script_file *page_script_file(const char *name)
{
	for (const struct script_file *s = script_files; s->name != NULL; s++)
		if (strcmp(s->name, name) == 0)
			return s;
	return NULL;
}

void page_script_integrity(char out[PAGE_INTEGRITY], const void *bytes, size_t n)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	uint8_t hash[SEAL_SHA256 + 1] = {0};
	char *to = out + 7;

	memcpy(out, "sha256-", 7);
	seal_sha256(hash, bytes, n);
	for (size_t i = 0; i < SEAL_SHA256; i += 3) {
		uint32_t three = (uint32_t)hash[i] << 16 | (uint32_t)hash[i + 1] << 8 |
			(i + 2 < SEAL_SHA256 ? hash[i + 2] : 0);

		for (int shift = 18; shift >= 0; shift -= 6)
			*to++ = digits[three >> shift & 63];
	}
	to[-1] = '='; /* 32 bytes are 43 digits */
	*to = '\0';
}

/* --- what a browser can work out --- */

static int compare_names(const void *a, const void *b)
{
	return strcmp(a, *(const char *const *)b);
}

static bool known(const struct expression *e)
{
	if (e == NULL)
		return true;
	if (e->op == EXPR_CALL && bsearch(e->text, functions, sizeof functions / sizeof *functions,
					  sizeof *functions, compare_names) == NULL)
		return false;
	for (size_t i = 0; i < e->n; i++)
		if (!known(e->operand[i]))
			return false;
	return true;
}

static bool question_known(const struct form_question *q)
{
	if (!known(q->relevant) || !known(q->constraint) || !known(q->calculation) ||
	    !known(q->choice_filter))
		return false;
	for (size_t i = 0; i < q->n_rows; i++)
		if (!known(q->rows[i].relevant))
			return false;
	return true;
}

bool page_script_seals(const struct form *f, const char **why)
{
	const char *nobody;

	if (why == NULL)
		why = &nobody;
	*why = NULL;
	for (size_t i = 0; i < f->n_sections && *why == NULL; i++)
		if (!known(f->sections[i].relevant))
			*why = f->sections[i].id;
	for (size_t i = 0; i < f->n_questions && *why == NULL; i++)
		if (!question_known(&f->questions[i]))
			*why = f->questions[i].id;
	return *why == NULL;
}

void page_script_data(struct buf *out, const char *json, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (json[i] == '<')
			buf_puts(out, "\\u003c");
		else
			buf_putc(out, json[i]);
	}
}

void page_script(struct buf *out, const struct page *p)
{
	const struct script_file *script = page_script_file("page");
	char integrity[PAGE_INTEGRITY];
	struct buf about = {0};

	if (script == NULL || p->number == NULL)
		return;
	page_script_integrity(integrity, script->text, script->n);
	page_script_about(&about, p, NULL, false);
	buf_puts(out, "<script type=\"application/json\" id=\"about\">");
	page_script_data(out, about.data, about.len);
	buf_printf(out, "</script>\n<script src=\"" PAGE_SCRIPT_PATH "\" integrity=\"%s\" defer>"
		"</script>\n", integrity);
	out->failed |= about.failed;
	buf_finish(&about);
}
