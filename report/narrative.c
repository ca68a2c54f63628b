/*
 * narrative.c - a narrative's Markdown and an edition's release enter, chapters of the document
 * leave.
 */
#include "report/narrative.h"

#include "report/narrative_block.h"
#include "report/narrative_build.h"
#include "report/narrative_read.h"
#include "report/narrative_text.h"

#include <string.h>

enum { LEVELS = 3, DEPTH = 2 * NARRATIVE_NESTING + 2 };

struct builder {
	struct narrative n;
	struct document_block *sections[LEVELS + 1]; /* the open ones by level; [0] is the list's */
	struct document_block *containers[DEPTH];    /* open lists, items, quotations */
	size_t depth;
	const struct narrative_block *heading; /* the last one, while nothing stands below it */
};

static struct document_block *section_of(const struct builder *b)
{
	for (size_t i = LEVELS; i > 0; i--)
		if (b->sections[i])
			return b->sections[i];
	return b->sections[0];
}

static struct document_block *parent_of(const struct builder *b)
{
	return b->depth ? b->containers[b->depth - 1] : section_of(b);
}

/* Nothing stands below the last heading, and nothing will. */
static void warn_heading(struct builder *b)
{
	if (b->heading) {
		struct narrative_part p = narrative_part(b->heading);

		narrative_part_warn(&b->n, &p, 0, "a heading with nothing below it");
	}
	b->heading = NULL;
}

static int add_heading(struct builder *b, const struct narrative_part *p)
{
	unsigned level = p->block->level;
	struct document_block *s;
	struct document_text title;

	if (level > 1 && !b->sections[level - 1])
		return narrative_part_refuse(&b->n, p, p->start,
		                             level == 2 ? "## without a chapter (#) before it"
		                                        : "### without a heading (##) before it");
	if (narrative_text(&title, &b->n, *p, false))
		return -1;
	if (!title.n)
		return narrative_part_refuse(&b->n, p, p->start, "a heading without words");
	if (b->heading && b->heading->level >= level)
		warn_heading(b);
	b->heading = p->block;
	s = document_add_section(b->n.d, level > 1 ? b->sections[level - 1] : NULL, level, "");
	s->title = title;
	b->sections[level] = s;
	for (unsigned i = level + 1; i <= LEVELS; i++)
		b->sections[i] = NULL;
	return 0;
}

static int no_chapter(struct builder *b, const struct narrative_part *p)
{
	return narrative_part_refuse(&b->n, p, p->start, "a chapter must be opened first: # Words");
}

/* Word processors make lists of such lines; to Markdown they are words. */
static void warn_bullets(struct builder *b, const struct narrative_part *p)
{
	static const char *const bullets[] = { "•", "◦", "▪", "‣", "·", "\uf0b7" };
	const char *text = p->block->text, *end = text + p->end;

	for (size_t at = p->start; at < p->end; at++) {
		for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++) {
			size_t n = strlen(bullets[i]);

			if ((at > p->start && text[at - 1] != '\n') || p->end - at <= n ||
			    memcmp(text + at, bullets[i], n) ||
			    !directive_space(text + at + n, end))
				continue;
			narrative_part_warn(&b->n, p, at,
			                    "a bullet (•) was typed: write - and a space for a "
			                    "list");
			return;
		}
	}
}

/* A dash and a space: "— A woman, 34". */
static bool has_dash(const struct narrative_part *p, size_t at)
{
	const char *text = p->block->text + at;

	return p->end - at > 3 && (!memcmp(text, "—", 3) || !memcmp(text, "–", 3)) &&
	       directive_space(text + 3, p->block->text + p->end);
}

/*
 * Where the last line of a quotation begins, if it says who spoke; else p->end. Lines that all
 * begin with a dash are a talk.
 */
static size_t speaker_at(const struct builder *b, const struct narrative_part *p)
{
	const struct document_block *parent = parent_of(b);
	size_t at = p->end;

	if (parent->kind != DOCUMENT_QUOTE || p->block[1].kind != NARRATIVE_CLOSE)
		return p->end;
	while (at > p->start && p->block->text[at - 1] != '\n')
		at--;
	if (!has_dash(p, at) || (at == p->start ? !parent->first : has_dash(p, p->start)))
		return p->end;
	return at;
}

static int add_words(struct builder *b, struct narrative_part p, bool speaker)
{
	struct document_block *parent = parent_of(b), *paragraph;
	struct document_text text;

	if (narrative_text(&text, &b->n, p, true))
		return -1;
	if (!text.n)
		return 0;
	paragraph = document_add(b->n.d, parent, DOCUMENT_PARAGRAPH);
	paragraph->text = text;
	paragraph->speaker = speaker;
	paragraph->lead = parent == b->sections[1] && parent->first == paragraph;
	return 0;
}

static int add_paragraph(struct builder *b, const struct narrative_part *p)
{
	size_t speaker;

	if (!parent_of(b))
		return no_chapter(b, p);
	warn_bullets(b, p);
	speaker = speaker_at(b, p);
	if (add_words(b, (struct narrative_part){ p->block, p->start, speaker }, false))
		return -1;
	return add_words(b, (struct narrative_part){ p->block, speaker, p->end }, true);
}

/* A paragraph of words, or of directives that are blocks. */
static int take_paragraph(struct builder *b, const struct narrative_part *p)
{
	bool directives, chapter;

	if (narrative_block_is(&directives, &b->n, p))
		return -1;
	if (!directives) {
		b->heading = NULL;
		return add_paragraph(b, p);
	}
	if (b->depth)
		return narrative_part_refuse(
			&b->n, p, p->start, "this directive cannot stand in a list or a quotation");
	if (narrative_block(&chapter, &b->n, section_of(b), p))
		return -1;
	if (chapter) {
		warn_heading(b);
		memset(b->sections, 0, sizeof b->sections);
	}
	b->heading = NULL;
	return 0;
}

static int open_container(struct builder *b, const struct narrative_part *p)
{
	struct document_block *parent = parent_of(b), *c;
	enum document_kind kind = p->block->kind == NARRATIVE_OPEN_LIST   ? DOCUMENT_LIST
	                          : p->block->kind == NARRATIVE_OPEN_ITEM ? DOCUMENT_ITEM
	                                                                  : DOCUMENT_QUOTE;

	if (!parent)
		return no_chapter(b, p);
	c = document_add(b->n.d, parent, kind);
	c->ordered = p->block->ordered;
	b->containers[b->depth++] = c;
	return 0;
}

static int take_block(struct builder *b, const struct narrative_block *block)
{
	struct narrative_part p = narrative_part_trim(narrative_part(block));

	switch (block->kind) {
	case NARRATIVE_HEADING:
		return add_heading(b, &p);
	case NARRATIVE_PARAGRAPH:
		return take_paragraph(b, &p);
	case NARRATIVE_CLOSE:
		b->depth--;
		return 0;
	default:
		return open_container(b, &p);
	}
}

/*
 * Faults of the paragraphs behind the first are counted, not told. Where a heading is at fault, or
 * there is no chapter, whatever is below would be, too: nothing is counted there.
 */
static void count_more(struct builder *b, const struct narrative_block *at,
                       const struct narrative_block *end)
{
	struct err first = *b->n.err;
	size_t more = 0;

	if (first.code != ERR_INPUT || at->kind != NARRATIVE_PARAGRAPH || !section_of(b))
		return;
	while (++at < end) {
		if (!take_block(b, at))
			continue;
		if (b->n.err->code != ERR_INPUT)
			return;
		if (at->kind != NARRATIVE_PARAGRAPH || !section_of(b))
			break;
		more++;
	}
	*b->n.err = first;
	if (more)
		err_set(b->n.err, ERR_INPUT, "%s (and %zu more)", first.msg, more);
}

int narrative_build_at(struct narrative *n, struct document_block *section, const char *markdown,
                       size_t size)
{
	struct builder b = { .n = *n, .sections = { section } };
	struct narrative_blocks blocks;

	if (narrative_read(&blocks, n->d->pool, markdown, size, n->place, n->err))
		return -1;
	for (size_t i = 0; i < blocks.n; i++) {
		if (take_block(&b, &blocks.list[i])) {
			count_more(&b, &blocks.list[i], blocks.list + blocks.n);
			return -1;
		}
	}
	warn_heading(&b);
	return document_fault(n->d, n->err) ? -1 : 0;
}

int narrative_build(struct document *d, const char *markdown, size_t n, const char *place,
                    struct findings *findings, struct err *err)
{
	struct narrative all = { d, place, findings, err };

	*err = (struct err){ 0 };
	if (narrative_build_at(&all, NULL, markdown, n))
		return -1;
	if (!d->first)
		return err_set(err, ERR_INPUT, "%s: no chapter: begin one with # Words", place);
	return 0;
}
