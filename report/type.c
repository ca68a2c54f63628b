/*
 * type.c - words, styles and widths enter, set texts leave. Leadings are multiples of half a line
 * of the body or come back to it; what has been set is found again by its words.
 */
#include "report/type.h"

#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 16384, SPANS_MAX = 256 };

struct style {
	double size, leading;
	enum font_weight weight;
	bool slanted, balanced; /* balanced: lines equally long */
	bool heading;           /* in the theme's face for headings */
};

static const struct style styles[TYPE_STYLES] = {
	[TYPE_COVER_TITLE] = { 34, 42, FONT_BOLD, false, true, true },
	[TYPE_COVER_SUBTITLE] = { 15, 21, FONT_REGULAR, false, true, false },
	[TYPE_COVER_LINE] = { 10.5, 17.5, FONT_REGULAR, false, false, false },
	[TYPE_CHAPTER] = { 23, 28, FONT_BOLD, false, true, true },
	[TYPE_HEADING] = { 13, 17.5, FONT_BOLD, false, true, true },
	[TYPE_SUBHEADING] = { 10.5, 14, FONT_BOLD, false, true, true },
	[TYPE_LEAD] = { 11.5, 17.5, FONT_REGULAR, false, false, false },
	[TYPE_BODY] = { 9.5, 14, FONT_REGULAR, false, false, false },
	[TYPE_QUOTE] = { 10.5, 17.5, FONT_REGULAR, true, false, true },
	[TYPE_SIDE] = { 7.75, 10.5, FONT_REGULAR, false, false, false },
	[TYPE_NOTE] = { 7.75, 10.5, FONT_REGULAR, false, false, false },
	[TYPE_CAPTION] = { 9, 14, FONT_BOLD, false, false, false },
	[TYPE_CELL] = { 8, 10.5, FONT_REGULAR, false, false, false },
	[TYPE_CELL_BOLD] = { 8, 10.5, FONT_BOLD, false, false, false },
	[TYPE_CELL_HEAD] = { 7, 9, FONT_BOLD, false, true, false },
	[TYPE_LABEL] = { 8.5, 10.5, FONT_REGULAR, false, true, false },
	[TYPE_VALUE] = { 8.5, 10.5, FONT_BOLD, false, false, false },
	[TYPE_SMALL] = { 7, 9, FONT_REGULAR, false, false, false },
	[TYPE_BIG] = { 34, 35, FONT_BOLD, false, false, true },
	[TYPE_BIGGISH] = { 24, 35, FONT_BOLD, false, false, true },
};

/* What has been set: words, style and width; one with spans is not found again. */
struct entry {
	struct entry *next;
	enum type_style style;
	double width;
	struct text *text;
	char utf8[];
};

struct type {
	struct type_setup setup;
	struct font_set *fonts;
	struct entry *bucket[BUCKETS];
	bool failed;
	struct err err;
};

int type_create(struct type **out, const struct type_setup *setup, struct err *err)
{
	struct type *t = calloc(1, sizeof *t);

	*out = NULL;
	if (!t)
		return err_nomem(err);
	t->setup = *setup;
	if (font_set_create(&t->fonts, NULL, err)) {
		type_free(t);
		return -1;
	}
	*out = t;
	return 0;
}

void type_free(struct type *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < BUCKETS; i++) {
		struct entry *next;

		for (struct entry *e = t->bucket[i]; e; e = next) {
			next = e->next;
			text_free(e->text);
			free(e);
		}
	}
	font_set_free(t->fonts);
	free(t);
}

struct font_set *type_fonts(struct type *t)
{
	return t->fonts;
}

const struct type_setup *type_setup(const struct type *t)
{
	return &t->setup;
}

static struct text_style style_of(const struct type *t, enum type_style style)
{
	const struct style *s = &styles[style];

	return (struct text_style){ .fonts = t->fonts,
		                    .family = s->heading ? t->setup.heading : t->setup.body,
		                    .weight = s->weight,
		                    .slanted = s->slanted,
		                    .size = s->size,
		                    .language = t->setup.language,
		                    .right_to_left = t->setup.right_to_left };
}

static void fail(struct type *t, const struct err *err)
{
	if (!t->failed)
		t->err = *err;
	t->failed = true;
}

bool type_fault(const struct type *t, struct err *err)
{
	if (t->failed)
		*err = t->err;
	return t->failed;
}

/* FNV-1a over the words. */
static size_t bucket_of(const char *utf8, enum type_style style)
{
	uint32_t h = 2166136261u + (uint32_t)style;

	for (; *utf8; utf8++)
		h = (h ^ (uint8_t)*utf8) * 16777619u;
	return h % BUCKETS;
}

/* A place for a new text in its bucket; NULL after a fault. */
static struct entry *entry_create(struct type *t, enum type_style style, const char *utf8,
                                  double width)
{
	size_t n = strlen(utf8) + 1, bucket = bucket_of(utf8, style);
	struct entry *e = malloc(sizeof *e + n);
	struct err err;

	if (!e) {
		err_nomem(&err);
		fail(t, &err);
		return NULL;
	}
	*e = (struct entry){ .next = t->bucket[bucket], .style = style, .width = width };
	memcpy(e->utf8, utf8, n);
	t->bucket[bucket] = e;
	return e;
}

const struct text *type_set_spans(struct type *t, enum type_style style, const char *utf8,
                                  const struct text_span *spans, size_t n, double width)
{
	struct text_style how = style_of(t, style);
	struct text_span own[SPANS_MAX];
	struct entry *e;
	struct err err;

	if (t->failed)
		return NULL;
	if (n > SPANS_MAX)
		n = SPANS_MAX;
	for (size_t i = 0; i < n; i++) {
		own[i] = spans[i];
		if (styles[style].weight == FONT_BOLD)
			own[i].weight = FONT_BOLD;
		own[i].slanted |= styles[style].slanted;
	}
	/* Found again by no one: its width is none that is asked for. */
	e = entry_create(t, style, utf8, n ? -1 : width);
	if (!e)
		return NULL;
	if (text_create_spans(&e->text, utf8, &how, own, n, width, styles[style].balanced, &err)) {
		fail(t, &err);
		return NULL;
	}
	return e->text;
}

const struct text *type_set(struct type *t, enum type_style style, const char *utf8, double width)
{
	for (struct entry *e = t->bucket[bucket_of(utf8, style)]; e; e = e->next)
		if (e->style == style && e->width == width && e->text && !strcmp(e->utf8, utf8))
			return e->text;
	return type_set_spans(t, style, utf8, NULL, 0, width);
}

bool type_bold(enum type_style style)
{
	return styles[style].weight == FONT_BOLD;
}

double type_size(enum type_style style)
{
	return styles[style].size;
}

double type_leading(enum type_style style)
{
	return styles[style].leading;
}

double type_baseline(enum type_style style)
{
	/* Letters are centred in their leading: half of a capital is 0.36 of the size. */
	return styles[style].leading / 2 + styles[style].size * 0.36;
}

double type_width(struct type *t, enum type_style style, const char *utf8)
{
	const struct text *set = type_set(t, style, utf8, TEXT_WIDE);

	return set ? set->width : 0;
}

double type_word(struct type *t, enum type_style style, const char *utf8)
{
	struct text_style how = style_of(t, style);
	double width = 0;
	struct err err;

	if (!t->failed && text_longest_word(&width, utf8, &how, &err))
		fail(t, &err);
	return width;
}

double type_height(struct type *t, enum type_style style, const char *utf8, double width)
{
	const struct text *set = type_set(t, style, utf8, width);

	return set ? (double)set->n * styles[style].leading : 0;
}
