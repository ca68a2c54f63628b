/*
 * inspect_content.c - a page's content stream enters; the text of each marked content leaves, and
 * what is drawn outside of any (ISO 32000-1, 7.8.2 and 14.6).
 */
#include "report/inspect_parts.h"

#include <string.h>

enum { MARKS_DEEP = 8, STATES_DEEP = 28, DICT_DEEP = 4 };

enum mark_kind { MARK_CONTENT, MARK_ARTIFACT, MARK_SPAN };

struct open_mark {
	enum mark_kind kind;
	int number;        /* of content */
	bool in_text;      /* began inside BT, ET */
	bool replaced;     /* its text is said already */
};

/* What a dictionary before BDC says. */
struct properties {
	int number; /* MCID, or -1 */
	bool has_text;
	struct buf text; /* ActualText, UTF-8 */
};

struct content {
	struct inspect *in;
	size_t page;
	qpdf_oh fonts, pictures; /* of the resources */
	struct inspect_scan scan;
	char name[64]; /* the first name before an operator; or "" */
	char last[64]; /* the last one */
	struct properties properties;
	struct buf codes; /* all strings before an operator */
	struct inspect_font *font;
	struct open_mark open[MARKS_DEEP];
	size_t depth;
	unsigned states; /* q without Q */
	bool in_text, strange;
	size_t unknown; /* codes that mean nothing */
};

static void copy_name(char *out, size_t cap, const struct inspect_scan *s)
{
	size_t n = s->n < cap - 1 ? s->n : cap - 1;

	memcpy(out, s->word, n);
	out[n] = '\0';
}

/* Behind "<<" of the properties: the values that matter; others are skipped. */
static bool read_properties(struct content *c)
{
	struct inspect_scan *s = &c->scan;
	struct properties *p = &c->properties;

	while (inspect_next(s) == INSPECT_NAME) {
		bool number = inspect_word(s, "MCID"), text = inspect_word(s, "ActualText");
		int deep = 0;

		do {
			enum inspect_kind kind = inspect_next(s);

			if (kind == INSPECT_END || kind == INSPECT_BAD)
				return false;
			deep += kind == INSPECT_ARRAY || kind == INSPECT_DICT;
			deep -= kind == INSPECT_ARRAY_END || kind == INSPECT_DICT_END;
			if (deep < 0 || deep > DICT_DEEP)
				return false;
		} while (deep);
		if (number && (s->kind != INSPECT_NUMBER || s->number < 0 ||
		               s->number >= INSPECT_MARKS))
			return false;
		if (number)
			p->number = (int)s->number;
		if (text) {
			p->has_text = true;
			buf_clear(&p->text);
			inspect_utf16(&p->text, s->string.data, s->string.len);
		}
	}
	return s->kind == INSPECT_DICT_END;
}

static struct open_mark *top(struct content *c)
{
	return c->depth ? &c->open[c->depth - 1] : NULL;
}

static bool hidden(const struct content *c)
{
	for (size_t i = 0; i < c->depth; i++)
		if (c->open[i].replaced || c->open[i].kind == MARK_ARTIFACT)
			return true;
	return false;
}

static void begin_content(struct content *c, struct open_mark *m)
{
	struct inspect_mark *mark = inspect_mark(c->in, c->page, m->number);

	for (size_t i = 0; i < c->depth; i++)
		if (c->open[i].kind != MARK_SPAN)
			inspect_find_page(c->in, c->page, "marked content %d inside of another",
			                  m->number);
	if (!mark)
		return;
	if (mark->there)
		inspect_find_page(c->in, c->page, "two marked contents have the number %d",
		                  m->number);
	mark->there = true;
	mark->start = c->in->pages[c->page].text.len;
	mark->n = 0;
}

static void begin_mark(struct content *c)
{
	struct buf *text = &c->in->pages[c->page].text;
	struct open_mark m = { .in_text = c->in_text, .number = c->properties.number };

	m.kind = !strcmp(c->name, "Artifact") ? MARK_ARTIFACT
	         : m.number >= 0              ? MARK_CONTENT
	                                      : MARK_SPAN;
	if (m.kind == MARK_CONTENT)
		begin_content(c, &m);
	if (m.kind == MARK_ARTIFACT)
		for (size_t i = 0; i < c->depth; i++)
			if (c->open[i].kind == MARK_CONTENT)
				inspect_find_page(c->in, c->page,
				                  "an artifact inside of marked content");
	if (c->properties.has_text) {
		if (!hidden(c))
			buf_put(text, c->properties.text.data, c->properties.text.len);
		m.replaced = true;
	}
	if (c->depth == MARKS_DEEP) {
		inspect_find_page(c->in, c->page, "marked content is nested too deep");
		c->strange = true;
		return;
	}
	c->open[c->depth++] = m;
}

static void end_mark(struct content *c)
{
	struct open_mark *m = top(c);

	if (!m) {
		inspect_find_page(c->in, c->page, "EMC without a beginning");
		return;
	}
	if (m->in_text != c->in_text)
		inspect_find_page(c->in, c->page, "marked content crosses a text object");
	if (m->kind == MARK_CONTENT) {
		struct inspect_mark *mark = inspect_mark(c->in, c->page, m->number);

		if (mark)
			mark->n = c->in->pages[c->page].text.len - mark->start;
	}
	c->depth--;
}

static void paint(struct content *c, const char *what)
{
	for (size_t i = 0; i < c->depth; i++)
		if (c->open[i].kind != MARK_SPAN)
			return;
	inspect_find_page(c->in, c->page, "%s that is neither tagged nor an artifact", what);
}

static void show(struct content *c)
{
	if (!c->in_text)
		inspect_find_page(c->in, c->page, "text outside of a text object");
	paint(c, "text");
	if (c->font && !hidden(c))
		c->unknown += inspect_font_decode(&c->in->pages[c->page].text, c->font,
		                                  c->codes.data, c->codes.len);
}

static void select_font(struct content *c)
{
	char key[sizeof c->name + 1] = "/";
	qpdf_oh font;

	memcpy(key + 1, c->name, strlen(c->name) + 1);
	font = inspect_key(c->in, c->fonts, key);
	if (inspect_null(c->in, font))
		inspect_find_page(c->in, c->page, "the font %s is not in the resources", c->name);
	c->font = inspect_font(c->in, font);
}

static void draw_object(struct content *c)
{
	char key[sizeof c->name + 1] = "/";
	qpdf_oh picture;

	paint(c, "a picture");
	memcpy(key + 1, c->name, strlen(c->name) + 1);
	picture = inspect_key(c->in, c->pictures, key);
	if (!inspect_is(c->in, inspect_key(c->in, picture, "/Subtype"), "/Image"))
		inspect_find_page(c->in, c->page, "%s is drawn, which is no image", c->name);
}

static void text_object(struct content *c, bool begins)
{
	if (c->in_text == begins)
		inspect_find_page(c->in, c->page, "text objects are nested");
	c->in_text = begins;
}

/* Is the scanner's word in a list with blanks between? */
static bool listed(const struct content *c, const char *list)
{
	const struct inspect_scan *s = &c->scan;

	for (const char *at = list; *at; at += strspn(at, " ")) {
		size_t n = strcspn(at, " ");

		if (n == s->n && !memcmp(at, s->word, n))
			return true;
		at += n;
	}
	return false;
}

static void operate(struct content *c)
{
	const struct inspect_scan *s = &c->scan;

	if (listed(c, "BDC BMC")) {
		begin_mark(c);
	} else if (inspect_word(s, "EMC")) {
		end_mark(c);
	} else if (listed(c, "BT ET")) {
		text_object(c, s->word[0] == 'B');
	} else if (inspect_word(s, "Tf")) {
		select_font(c);
	} else if (listed(c, "Tj TJ ' \"")) {
		show(c);
	} else if (listed(c, "f F f* B B* b b* S s sh")) {
		paint(c, "a shape");
	} else if (inspect_word(s, "Do")) {
		draw_object(c);
	} else if (inspect_word(s, "q")) {
		c->strange |= ++c->states > STATES_DEEP;
	} else if (inspect_word(s, "Q")) {
		if (!c->states)
			inspect_find_page(c->in, c->page, "Q without q");
		c->states -= c->states > 0;
	} else if (!listed(c, "w J j M d ri i gs cm m l c v y h re n W W* CS cs SC SCN sc scn G g "
	                      "RG rg K k Tc Tw Tz TL Tr Ts Td TD Tm T* MP DP BX EX true false "
	                      "null")) {
		inspect_find_page(c->in, c->page, "an operator that is not known: %.*s",
		                  s->n < 20 ? (int)s->n : 20, s->word);
		c->strange = true;
	}
	c->name[0] = c->last[0] = '\0';
	c->properties.number = -1;
	c->properties.has_text = false;
	buf_clear(&c->codes);
}

static void read_operand(struct content *c)
{
	const struct inspect_scan *s = &c->scan;

	switch (s->kind) {
	case INSPECT_NAME:
		copy_name(c->last, sizeof c->last, s);
		if (!c->name[0])
			copy_name(c->name, sizeof c->name, s);
		break;
	case INSPECT_STRING:
		buf_put(&c->codes, s->string.data, s->string.len);
		break;
	case INSPECT_DICT:
		c->strange |= !read_properties(c);
		break;
	case INSPECT_BAD:
	case INSPECT_DICT_END:
		c->strange = true;
		break;
	default:
		break;
	}
}

void inspect_content(struct inspect *in, size_t page, const char *bytes, size_t n,
                     qpdf_oh resources)
{
	struct content c = { .in = in, .page = page };

	c.fonts = inspect_key(in, resources, "/Font");
	c.pictures = inspect_key(in, resources, "/XObject");
	c.scan = (struct inspect_scan){ .at = bytes, .end = bytes + n };
	c.properties.number = -1;
	while (!c.strange && inspect_next(&c.scan) != INSPECT_END) {
		if (c.scan.kind == INSPECT_WORD)
			operate(&c);
		else
			read_operand(&c);
	}
	if (c.strange)
		inspect_find_page(in, page, "the content cannot be read to its end");
	else if (c.depth || c.in_text || c.states)
		inspect_find_page(in, page, "the content ends inside of something");
	if (c.unknown)
		inspect_find_page(in, page, "%zu codes of text that mean nothing", c.unknown);
	in->nomem |= in->pages[page].text.failed || c.codes.failed || c.scan.string.failed;
	buf_finish(&c.codes);
	buf_finish(&c.properties.text);
	buf_finish(&c.scan.string);
}
