/*
 * narrative_read.c - the bytes of a narrative enter, blocks with lines leave, or the first fault.
 *
 * md4c tells no lines, but the texts that it hands over lie in the source: where they lie, says the
 * line. A block without a text begins at the first line with words behind the text before it.
 */
#include "report/narrative_read.h"

#include "lib/base/buf.h"
#include "lib/base/utf8.h"

#include <md4c.h>
#include <stdlib.h>
#include <string.h>

enum { OUTPUT = 4 * NARRATIVE_FILE }; /* what references to one long address may grow to */

static const char no_table[] =
	"a table cannot be typed: {{table QUESTION}} prints one from the release";

struct reader {
	struct pool *pool;
	struct err *err;
	const char *place, *source, *end;
	const char *at;   /* end of the last text */
	const char *seen; /* counting of lines has come so far */
	size_t line;      /* there */
	struct buf blocks, runs, text; /* arrays; the last two of the open block */
	bool open;
	struct narrative_block block; /* the open one */
	unsigned nesting, strong, emphasis;
	const char *link;
	size_t output;
};

/* The line of a place in the source; places mostly ascend, and others are near. */
static size_t line_of(struct reader *r, const char *at)
{
	for (; r->seen < at; r->seen++)
		r->line += *r->seen == '\n';
	for (; r->seen > at; r->seen--)
		r->line -= r->seen[-1] == '\n';
	return r->line;
}

/* The first line with words behind the last text. */
static size_t next_line(struct reader *r)
{
	const char *at = r->at, *start;

	while (at > r->source && at < r->end && at[-1] != '\n' && *at != '\n')
		at++;
	start = at;
	while (at < r->end && strchr(" \t\r\n", *at))
		at++;
	return line_of(r, at < r->end ? at : start);
}

/* Where something that has no text of its own begins within a block. */
static size_t here(struct reader *r)
{
	bool at_start = !r->text.len || r->text.data[r->text.len - 1] == '\n';

	return at_start ? next_line(r) : line_of(r, r->at);
}

static int refuse(struct reader *r, size_t line, const char *why)
{
	return err_set(r->err, ERR_INPUT, "%s: line %zu: %s", r->place, line, why);
}

static int nomem(struct reader *r)
{
	return err_nomem(r->err);
}

static int put_block(struct reader *r, const struct narrative_block *b)
{
	if (r->blocks.len / sizeof *b == NARRATIVE_BLOCKS)
		return refuse(r, b->line, "the narrative has too many paragraphs, headings and "
		                          "items of lists");
	buf_put(&r->blocks, b, sizeof *b);
	return r->blocks.failed ? nomem(r) : 0;
}

static void open_block(struct reader *r, enum narrative_block_kind kind, unsigned level)
{
	r->block = (struct narrative_block){ .kind = kind, .level = level, .line = next_line(r) };
	r->open = true;
	r->strong = r->emphasis = 0;
	r->link = NULL;
}

/* A line like "---|---", which makes a table elsewhere. */
static bool has_table(const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n"), marks = strspn(text, "-:| \t");

		if (n && marks == n && memchr(text, '|', n) && memchr(text, '-', n))
			return true;
		text += n + (text[n] == '\n');
	}
	return false;
}

/* The open block's text and runs are complete. */
static int close_block(struct reader *r)
{
	struct narrative_block *b = &r->block;
	struct narrative_run *runs;

	if (!r->open)
		return 0;
	r->open = false;
	b->n = r->text.len;
	b->n_runs = r->runs.len / sizeof *runs;
	b->text = pool_stringn(r->pool, r->text.data ? r->text.data : "", b->n);
	b->runs = runs = pool_array(r->pool, b->n_runs, sizeof *runs);
	if (r->text.failed || r->runs.failed || !b->text || !runs)
		return nomem(r);
	if (b->n > NARRATIVE_PARAGRAPH_MAX)
		return refuse(r, b->line, "this paragraph is too long to be read: part it by an "
		                          "empty line");
	if (has_table(b->text))
		return refuse(r, b->line, no_table);
	if (b->n_runs > 0)
		memcpy(runs, r->runs.data, r->runs.len);
	buf_clear(&r->text);
	buf_clear(&r->runs);
	return put_block(r, b);
}

static int open_container(struct reader *r, enum narrative_block_kind kind, bool ordered)
{
	struct narrative_block b = { .kind = kind, .ordered = ordered, .line = next_line(r) };

	if (close_block(r))
		return -1;
	if (kind != NARRATIVE_OPEN_ITEM && ++r->nesting > NARRATIVE_NESTING)
		return refuse(r, b.line, "lists and quotations are nested too deeply");
	return put_block(r, &b);
}

static int open_heading(struct reader *r, unsigned level)
{
	if (r->nesting > 0)
		return refuse(r, next_line(r), "a heading cannot stand in a list or a quotation");
	if (level > 3)
		return refuse(r, next_line(r), "headings have three levels: #, ## and ###");
	open_block(r, NARRATIVE_HEADING, level);
	return 0;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *user)
{
	struct reader *r = user;

	switch (type) {
	case MD_BLOCK_DOC:
		return 0;
	case MD_BLOCK_QUOTE:
		return open_container(r, NARRATIVE_OPEN_QUOTE, false);
	case MD_BLOCK_UL:
	case MD_BLOCK_OL:
		return open_container(r, NARRATIVE_OPEN_LIST, type == MD_BLOCK_OL);
	case MD_BLOCK_LI:
		return open_container(r, NARRATIVE_OPEN_ITEM, false);
	case MD_BLOCK_H:
		return open_heading(r, ((const MD_BLOCK_H_DETAIL *)detail)->level);
	case MD_BLOCK_P:
		open_block(r, NARRATIVE_PARAGRAPH, 0);
		return 0;
	case MD_BLOCK_HR:
		return refuse(r, next_line(r), "a rule has no place here: part the text by "
		                               "headings (## Words)");
	case MD_BLOCK_CODE:
		return refuse(r, next_line(r), "this would be program code: begin lines without "
		                               "spaces or tabs, and do not use ``` or ~~~");
	case MD_BLOCK_HTML:
		return refuse(r, next_line(r), "HTML has no place here: write **strong**, "
		                               "*emphasis* or a directive");
	default:
		return refuse(r, next_line(r), no_table);
	}
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *user)
{
	struct reader *r = user;
	const struct narrative_block end = { .kind = NARRATIVE_CLOSE, .line = r->line };

	(void)detail;
	if (close_block(r))
		return -1;
	switch (type) {
	case MD_BLOCK_QUOTE:
	case MD_BLOCK_UL:
	case MD_BLOCK_OL:
		r->nesting--;
		return put_block(r, &end);
	case MD_BLOCK_LI:
		return put_block(r, &end);
	default:
		return 0;
	}
}

/* An address that a reader may be sent to. */
static int take_link(struct reader *r, const MD_ATTRIBUTE *href)
{
	size_t line = here(r);

	if (href->size < 9 ||
	    (strncmp(href->text, "https://", 8) && strncmp(href->text, "mailto:", 7)))
		return refuse(r, line, "a link leads to https://... or mailto:...");
	for (size_t i = 0; i < href->size; i++)
		if ((unsigned char)href->text[i] <= ' ' || strchr("<>\"\\^`{}|\x7f", href->text[i]))
			return refuse(r, line, "a link's address has a character that none may "
			                       "have");
	r->output += href->size;
	r->link = pool_stringn(r->pool, href->text, href->size);
	return r->link ? 0 : nomem(r);
}

/* Text of a tight list's item has no paragraph of its own. */
static void need_block(struct reader *r)
{
	if (!r->open)
		open_block(r, NARRATIVE_PARAGRAPH, 0);
}

static int enter_span(MD_SPANTYPE type, void *detail, void *user)
{
	struct reader *r = user;

	need_block(r);
	switch (type) {
	case MD_SPAN_EM:
		r->emphasis++;
		return 0;
	case MD_SPAN_STRONG:
		r->strong++;
		return 0;
	case MD_SPAN_A:
		return take_link(r, &((const MD_SPAN_A_DETAIL *)detail)->href);
	case MD_SPAN_IMG:
		return refuse(r, here(r), "a picture cannot be placed: {{chart QUESTION}} draws "
		                          "one from the release");
	default:
		return refuse(r, here(r),
		              "this would be program code: leave out the backticks (`)");
	}
}

static int leave_span(MD_SPANTYPE type, void *detail, void *user)
{
	struct reader *r = user;

	(void)detail;
	if (type == MD_SPAN_EM)
		r->emphasis--;
	else if (type == MD_SPAN_STRONG)
		r->strong--;
	else
		r->link = NULL;
	return 0;
}

/* "&amp;", "&#160;", "&#xA0;": the few names that staff may meet, and numbers. */
static int put_entity(struct reader *r, const char *text, size_t n, size_t line)
{
	static const struct {
		const char *name, *is;
	} names[] = { { "&amp;", "&" },        { "&lt;", "<" },         { "&gt;", ">" },
		      { "&quot;", "\"" },      { "&nbsp;", "\u00a0" },  { "&shy;", "\u00ad" },
		      { "&ndash;", "\u2013" }, { "&mdash;", "\u2014" }, { "&hellip;", "\u2026" },
		      { "&lrm;", "\u200e" },   { "&rlm;", "\u200f" } };
	char bytes[4];
	unsigned long c;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strlen(names[i].name) == n && !memcmp(names[i].name, text, n)) {
			buf_puts(&r->text, names[i].is);
			return 0;
		}
	}
	if (n < 4 || text[1] != '#')
		return refuse(r, line,
		              "an unknown name between & and ;: type the character itself");
	c = text[2] == 'x' || text[2] == 'X' ? strtoul(text + 3, NULL, 16)
	                                     : strtoul(text + 2, NULL, 10);
	if (c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0xd800 && c < 0xe000) || c > 0x10ffff)
		return refuse(r, line, "&#...; is no character: type the character itself");
	buf_put(&r->text, bytes, utf8_write(bytes, (int32_t)c));
	return 0;
}

static int take_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE n, void *user)
{
	struct reader *r = user;
	struct narrative_run run = { .strong = r->strong > 0, .emphasis = r->emphasis > 0 };
	bool own = text >= r->source && text < r->end;

	need_block(r);
	if (own)
		r->at = text + n;
	run.line = line_of(r, own ? text : r->at);
	if (type == MD_TEXT_HTML)
		return refuse(r, run.line, "HTML has no place here: write **strong**, *emphasis* "
		                           "or a directive");
	if (!r->runs.len && own)
		r->block.line = run.line;
	run.line_break = type == MD_TEXT_BR;
	run.link = r->link;
	run.start = r->text.len;
	if (type == MD_TEXT_SOFTBR || type == MD_TEXT_BR)
		buf_putc(&r->text, '\n');
	else if (type == MD_TEXT_ENTITY && put_entity(r, text, n, run.line))
		return -1;
	else if (type != MD_TEXT_ENTITY)
		buf_put(&r->text, text, n);
	run.n = r->text.len - run.start;
	buf_put(&r->runs, &run, sizeof run);
	r->output += run.n + sizeof run / 8;
	if (r->text.failed || r->runs.failed)
		return nomem(r);
	if (r->output > OUTPUT)
		return refuse(r, run.line, "the narrative grows too long");
	return 0;
}

/* Control characters are no text. */
static int check_bytes(struct reader *r, size_t n)
{
	if (n > NARRATIVE_FILE)
		return err_set(r->err, ERR_INPUT, "%s: a narrative has at most %d bytes", r->place,
		               NARRATIVE_FILE);
	for (const char *s = r->source; s < r->end;) {
		const char *at = s;
		int32_t c = utf8_next(&s, r->end);

		if (c < 0)
			return refuse(r, line_of(r, at), "not UTF-8: save the file as UTF-8 text");
		if ((c < 0x20 && c != '\n' && c != '\t' && c != '\r') || (c >= 0x7f && c < 0xa0))
			return refuse(r, line_of(r, at), "a control character");
	}
	return 0;
}

int narrative_read(struct narrative_blocks *out, struct pool *pool, const char *markdown, size_t n,
                   const char *place, struct err *err)
{
	static const MD_PARSER parser = { 0,          MD_FLAG_TABLES, enter_block, leave_block,
		                          enter_span, leave_span,     take_text,   NULL,
		                          NULL };
	struct reader r = { .pool = pool, .err = err, .place = place };
	int status;

	*out = (struct narrative_blocks){ 0 };
	if (n >= 3 && !memcmp(markdown, "\xef\xbb\xbf", 3)) {
		markdown += 3;
		n -= 3;
	}
	r.source = r.at = r.seen = markdown;
	r.end = markdown + n;
	r.line = 1;
	if (check_bytes(&r, n))
		return -1;
	*err = (struct err){ 0 };
	status = md_parse(markdown, (MD_SIZE)n, &parser, &r);
	if (status && err->code == ERR_NONE)
		err_nomem(err);
	if (!status) {
		out->n = r.blocks.len / sizeof *out->list;
		out->list = pool_array(pool, out->n, sizeof *out->list);
		if (out->list && out->n)
			memcpy(out->list, r.blocks.data, r.blocks.len);
		if (!out->list)
			status = err_nomem(err);
	}
	buf_finish(&r.blocks);
	buf_finish(&r.runs);
	buf_finish(&r.text);
	return status ? -1 : 0;
}
