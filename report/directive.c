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

static const char *const chart_names[] = {
	[CHART_BARS] = "bars",           [CHART_GROUPED] = "grouped",
	[CHART_STACKED] = "stacked",     [CHART_HISTOGRAM] = "histogram",
	[CHART_DOTS] = "dots",           [CHART_MULTIPLES] = "multiples",
	[CHART_CHANGE] = "change",       [CHART_RANKING] = "ranking",
};

enum { WORD_MAX = 200 };

struct words {
	const char *at, *end;
};

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_spaces(struct words *w)
{
	while (w->at < w->end && is_space(*w->at))
		w->at++;
}

/* The next word; false: there is none, or it is longer than any that means something. */
static bool next_word(char out[WORD_MAX], struct words *w)
{
	const char *start;
	size_t n;

	skip_spaces(w);
	start = w->at;
	while (w->at < w->end && !is_space(*w->at))
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

/* Index of a word in a list, or -1 with the fault. */
static int choose(const char *word, const char *const *list, size_t n, const char *what,
                  struct err *err)
{
	struct suggest s = { .word = word };
	char words[128];

	for (size_t i = 0; i < n; i++) {
		if (list[i] && !strcmp(list[i], word))
			return (int)i;
		suggest_try(&s, list[i]);
	}
	return err_set(err, ERR_INPUT, "unknown %s “%s”%s", what, word,
	               suggest_words(words, &s));
}

static int take_kind(struct directive *out, const char *word, struct err *err)
{
	struct suggest s = { .word = word };
	char words[128];

	for (size_t i = 0; i < KINDS; i++) {
		if (!strcmp(kinds[i].name, word)) {
			out->kind = (enum directive_kind)i;
			return 0;
		}
		suggest_try(&s, kinds[i].name);
	}
	return err_set(err, ERR_INPUT, "unknown directive “%s”%s", word,
	               suggest_words(words, &s));
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
		       : choose(value, chart_names, sizeof chart_names / sizeof *chart_names,
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
		while (w.end > w.at && is_space(w.end[-1]))
			w.end--;
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
		buf_printf(out, " as %s", chart_names[v->as]);
	if (v->value != VALUE_PERCENT || (v->given && v->kind == DIRECTIVE_CALLOUT))
		buf_printf(out, " %s", value_name(v->value));
	if (v->group)
		buf_printf(out, " in %s", v->group);
}
