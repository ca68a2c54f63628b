/* directive.c - the text between double braces enters, a directive leaves, or why it is none. */
#include "report/directive.h"

#include "lib/base/suggest.h"

#include <string.h>

/* What a kind takes behind its name. */
enum {
	PATH = 1,   /* must have one */
	BY = 2,     /* by region ... */
	AS = 4,     /* as bars ... */
	VALUE = 8,  /* percent, count ... */
	IN = 16,    /* in GROUP */
	WORDS = 32, /* words, nothing else */
};

static const struct {
	const char *name;
	int takes;
	const char *example;
} kinds[] = {
	[DIRECTIVE_CHART] = { "chart", PATH | BY | AS, "{{chart QUESTION by region}}" },
	[DIRECTIVE_TABLE] = { "table", PATH | BY, "{{table QUESTION by region}}" },
	[DIRECTIVE_CALLOUT] = { "callout", PATH | VALUE | IN,
	                        "{{callout QUESTION.ANSWER}} Words." },
	[DIRECTIVE_PARAGRAPH] = { "paragraph", PATH | BY, "{{paragraph QUESTION}}" },
	[DIRECTIVE_FINDINGS] = { "findings", 0, "{{findings}}" },
	[DIRECTIVE_SIDE] = { "side", 0, "{{side}} Words." },
	[DIRECTIVE_PEOPLE] = { "people", 0, "{{people}}" },
	[DIRECTIVE_CHANGES] = { "changes", 0, "{{changes}}" },
	[DIRECTIVE_NUMBER] = { "number", PATH | VALUE | IN, "{{number QUESTION.ANSWER}}" },
	[DIRECTIVE_CHANGE] = { "change", PATH | IN, "{{change QUESTION.ANSWER}}" },
	[DIRECTIVE_LABEL] = { "label", PATH, "{{label QUESTION.ANSWER}}" },
	[DIRECTIVE_GROUP] = { "group", PATH, "{{group 150}}" },
	[DIRECTIVE_TITLE] = { "title", PATH, "{{title SECTION}}" },
	[DIRECTIVE_NOTE] = { "note", WORDS, "{{note Words.}}" },
	[DIRECTIVE_CITED] = { "cited", WORDS, "{{cited 45%}}" },
};

enum { KINDS = sizeof kinds / sizeof *kinds };

static const char *const by_names[] = {
	[FIGURE_TOTAL] = NULL,
	[FIGURE_REGION] = "region",
	[FIGURE_LANGUAGE] = "language",
	[FIGURE_ROUND] = "round",
};

enum { WORD_MAX = 200 };

struct words {
	const char *at, *end;
};

size_t directive_space(const char *at, const char *end)
{
	static const char *const spaces[] = {
		" ", "\t", "\n", "\r", "\u00a0", "\u2007", "\u202f",
	};

	for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
		size_t n = strlen(spaces[i]);

		if ((size_t)(end - at) >= n && !memcmp(at, spaces[i], n))
			return n;
	}
	return 0;
}

static void skip_spaces(struct words *w)
{
	for (size_t n; (n = directive_space(w->at, w->end)) > 0;)
		w->at += n;
}

/* Less the spaces at its end: they are at most three bytes long. */
static void trim_end(struct words *w)
{
	for (size_t n = 1; n <= 3 && w->end - w->at >= (ptrdiff_t)n;) {
		if (directive_space(w->end - n, w->end) == n) {
			w->end -= n;
			n = 1;
		} else {
			n++;
		}
	}
}

/* The next word; false: there is none, or it is longer than any that means something. */
static bool next_word(char out[WORD_MAX], struct words *w)
{
	const char *start;
	size_t n;

	skip_spaces(w);
	start = w->at;
	while (w->at < w->end && !directive_space(w->at, w->end))
		w->at++;
	n = (size_t)(w->at - start);
	if (n >= WORD_MAX)
		n = WORD_MAX - 1;
	while (n > 0 && n == WORD_MAX - 1 && ((unsigned char)start[n] & 0xc0) == 0x80)
		n--;
	memcpy(out, start, n);
	out[n] = '\0';
	return n > 0;
}

/* "unknown kind of chart “pie”: did you mean ...? It can be: bars, grouped, ..." */
static int unknown(const struct suggest *s, const char *what, const char *const *list,
                   size_t n, struct err *err)
{
	struct buf all = { 0 };
	char words[128];

	for (size_t i = 0; i < n; i++)
		if (list[i])
			buf_printf(&all, "%s%s", all.len ? ", " : "", list[i]);
	err_set(err, ERR_INPUT, "unknown %s “%s”%s It can be: %s", what, s->word,
	        s->best ? suggest_words(words, s) : ".",
	        all.failed ? "" : all.data);
	buf_finish(&all);
	return -1;
}

/* Index of a word in a list, or -1 with the fault. */
static int choose(const char *word, const char *const *list, size_t n, const char *what,
                  struct err *err)
{
	struct suggest s = { .word = word };

	for (size_t i = 0; i < n; i++) {
		if (list[i] && !strcmp(list[i], word))
			return (int)i;
		suggest_try(&s, list[i]);
	}
	return unknown(&s, what, list, n, err);
}

static int take_kind(struct directive *out, const char *word, struct err *err)
{
	struct suggest s = { .word = word };
	const char *names[KINDS];

	for (size_t i = 0; i < KINDS; i++) {
		names[i] = kinds[i].name;
		if (!strcmp(kinds[i].name, word)) {
			out->kind = (enum directive_kind)i;
			return 0;
		}
		suggest_try(&s, kinds[i].name);
	}
	return unknown(&s, "directive", names, KINDS, err);
}

static int example(const struct directive *v, const char *why, struct err *err)
{
	return err_set(err, ERR_INPUT, "{{%s}}: %s, for example %s", kinds[v->kind].name, why,
	               kinds[v->kind].example);
}

/* "by region", "as bars", "in 150", "count". */
static int take_option(struct directive *v, struct pool *pool, const char *word, struct words *w,
                       struct err *err)
{
	int takes = kinds[v->kind].takes, i;
	char value[WORD_MAX];
	bool by = takes & BY && !strcmp(word, "by"), as = takes & AS && !strcmp(word, "as");
	bool in = takes & IN && !strcmp(word, "in");

	if ((by || as || in) && !next_word(value, w))
		return err_set(err, ERR_INPUT, "{{%s}}: a word is missing behind “%s”",
		               kinds[v->kind].name, word);
	if ((by && v->by != FIGURE_TOTAL) || (as && v->chosen) || (in && v->group))
		return err_set(err, ERR_INPUT, "{{%s}}: “%s” stands there twice",
		               kinds[v->kind].name, word);
	if (by || as) {
		i = by ? choose(value, by_names, sizeof by_names / sizeof *by_names,
		                "breakdown", err)
		       : choose(value, chart_kind_names, CHART_KINDS,
		                "kind of chart", err);
		if (i < 0)
			return -1;
		v->chosen |= as;
		if (by)
			v->by = (enum figure_by)i;
		else
			v->as = (enum chart_kind)i;
		return 0;
	}
	if (in) {
		v->group = pool_string(pool, value);
		return v->group ? 0 : err_nomem(err);
	}
	if (!(takes & VALUE) || v->given)
		return err_set(err, ERR_INPUT, "{{%s}}: “%s” has no meaning here",
		               kinds[v->kind].name, word);
	if (value_kind(&v->value, word, err))
		return -1;
	v->given = true;
	return 0;
}

int directive_parse(struct directive *out, struct pool *pool, const char *text, size_t n,
                    struct err *err)
{
	struct words w = { text, text + n };
	char word[WORD_MAX];
	int takes;

	*out = (struct directive){ .value = VALUE_PERCENT };
	if (!next_word(word, &w))
		return err_set(err, ERR_INPUT, "{{}}: a directive is missing between the braces");
	if (take_kind(out, word, err))
		return -1;
	takes = kinds[out->kind].takes;
	if (takes & WORDS) {
		skip_spaces(&w);
		trim_end(&w);
		out->words = (size_t)(w.at - text);
		out->n_words = (size_t)(w.end - w.at);
		return out->n_words ? 0 : example(out, "words are missing", err);
	}
	if (takes & PATH) {
		if (!next_word(word, &w))
			return example(out, "what it is about is missing", err);
		out->path = pool_string(pool, word);
		if (!out->path)
			return err_nomem(err);
	}
	while (next_word(word, &w))
		if (take_option(out, pool, word, &w, err))
			return -1;
	return 0;
}

bool directive_begins(const char *text, size_t n)
{
	const char *end = text + n;
	size_t letters = 0;

	for (size_t space; (space = directive_space(text, end)) > 0;)
		text += space;
	while (text + letters < end && text[letters] >= 'a' && text[letters] <= 'z')
		letters++;
	if (text + letters < end && text[letters] != '}' &&
	    !directive_space(text + letters, end))
		return false;
	for (size_t i = 0; i < KINDS; i++)
		if (strlen(kinds[i].name) == letters && !memcmp(kinds[i].name, text, letters))
			return true;
	return false;
}

bool directive_is_block(enum directive_kind kind)
{
	return kind <= DIRECTIVE_CHANGES;
}

const char *directive_name(enum directive_kind kind)
{
	return kinds[kind].name;
}

void directive_write(struct buf *out, const struct directive *v)
{
	buf_puts(out, kinds[v->kind].name);
	if (v->path)
		buf_printf(out, " %s", v->path);
	if (v->by != FIGURE_TOTAL)
		buf_printf(out, " by %s", by_names[v->by]);
	if (v->chosen)
		buf_printf(out, " as %s", chart_kind_names[v->as]);
	if (v->value != VALUE_PERCENT || (v->given && v->kind == DIRECTIVE_CALLOUT))
		buf_printf(out, " %s", value_name(v->value));
	if (v->group)
		buf_printf(out, " in %s", v->group);
}
