/*
 * check_match.c - words and phrases in texts. In: the lists of check_words.c and a text. Out:
 * whether a phrase stands in it, word by word.
 *
 * Words are cut at ICU's word boundaries (UAX #29) and folded by NFKC_Casefold. Beyond that Arabic
 * loses its vowel marks, the forms of alef and the article with the particles that are written
 * together with it, and Russian the dots of ё, because people write with or without them. Accents
 * stay: "ou" and "où" are two words.
 */
#include "forms/check_match.h"

#include "forms/pool.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

enum { PHRASE_WORDS = 8, LANGUAGE = 16 };

struct phrase {
	char *words[PHRASE_WORDS];
	bool prefix[PHRASE_WORDS];
	size_t n;
	bool whole, first;
};

struct list {
	enum check_topic topic;
	const char *language;
	struct phrase *phrases;
	size_t n;
};

struct check_match {
	struct list *lists;
	size_t n;
	struct pool *pool;
};

/* --- folding --- */

static bool dropped(UChar c)
{
	return (c >= 0x064b && c <= 0x0652) || c == 0x0670 || c == 0x0640;
}

static UChar letter(UChar c)
{
	switch (c) {
	case 0x0622: case 0x0623: case 0x0625: case 0x0671:
		return 0x0627; /* alef */
	case 0x0649:
		return 0x064a; /* yeh */
	case 0x0451:
		return 0x0435; /* ё */
	case '\'': case 0x2019: case 0x2018: case 0x02bc: case '_':
		return ' ';
	default:
		return c;
	}
}

/* Case, compatibility forms and letters that are one to a reader. The caller frees *out. */
static int fold(UChar **out, int32_t *length, const char *text, struct err *err)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance(&status);
	size_t bytes = strlen(text), room = 18 * (bytes + 1);
	UChar *plain = malloc((bytes + 1) * sizeof *plain), *folded = malloc(room * sizeof *folded);
	int32_t n = 0, kept = 0;

	if (plain != NULL && folded != NULL && bytes < (1 << 24)) {
		u_strFromUTF8(plain, (int32_t)bytes + 1, &n, text, (int32_t)bytes, &status);
		n = unorm2_normalize(form, plain, n, folded, (int32_t)room, &status);
	}
	free(plain);
	if (plain == NULL || folded == NULL || bytes >= (1 << 24) || U_FAILURE(status)) {
		free(folded);
		return err_nomem(err);
	}
	for (int32_t i = 0; i < n; i++)
		if (!dropped(folded[i]))
			folded[kept++] = letter(folded[i]);
	*out = folded;
	*length = kept;
	return 0;
}

/* Letters of the Arabic article and what is written together with it, to be left out. */
static int32_t article(const UChar *word, int32_t n)
{
	static const UChar alef = 0x0627, lam = 0x0644;
	static const UChar particles[] = {0x0648, 0x0641, 0x0628, 0x0643}; /* و ف ب ك */

	if (n > 3 && word[0] == alef && word[1] == lam)
		return 2;
	if (n > 3 && word[0] == lam && word[1] == lam)
		return 2;
	for (size_t i = 0; i < 4; i++)
		if (n > 4 && word[0] == particles[i] && word[1] == alef && word[2] == lam)
			return 3;
	return 0;
}

static char *to_utf8(const UChar *word, int32_t n)
{
	int32_t room = 3 * n + 1, length;
	char *out = malloc((size_t)room);
	UErrorCode status = U_ZERO_ERROR;

	if (out != NULL)
		u_strToUTF8WithSub(out, room, &length, word, n, 0xfffd, NULL, &status);
	return out;
}

static bool ends_sentence(UChar c)
{
	return c == '.' || c == '!' || c == '?' || c == '\n' || c == ';' || c == 0x061f ||
	       c == 0x3002 || c == 0xff1f || c == 0x06d4 || c == 0x0964;
}

static bool ends_sentences(const UChar *text, int32_t from, int32_t to)
{
	for (int32_t i = from; i < to; i++)
		if (ends_sentence(text[i]))
			return true;
	return false;
}

static int add_token(struct check_tokens *out, size_t *cap, const UChar *word, int32_t n,
                     struct err *err)
{
	int32_t skip = article(word, n);

	if (out->n == *cap) {
		size_t more = *cap ? 2 * *cap : 16;
		struct check_token *list = reallocarray(out->list, more, sizeof *list);

		if (list == NULL)
			return err_nomem(err);
		out->list = list;
		*cap = more;
	}
	out->list[out->n] = (struct check_token){.word = to_utf8(word + skip, n - skip)};
	if (out->list[out->n].word == NULL)
		return err_nomem(err);
	out->n++;
	return 0;
}

/* The words between boundaries, in their sentences. */
static int cut(struct check_tokens *out, UBreakIterator *words, const UChar *text, struct err *err)
{
	size_t cap = 0, sentence = 0, at = 0;
	int32_t from = ubrk_first(words), to;

	for (; (to = ubrk_next(words)) != UBRK_DONE; from = to) {
		if (ubrk_getRuleStatus(words) < UBRK_WORD_NUMBER) {
			if (ends_sentences(text, from, to) && at > 0) {
				sentence++;
				at = 0;
			}
			continue;
		}
		if (add_token(out, &cap, text + from, to - from, err) != 0)
			return -1;
		out->list[out->n - 1].sentence = sentence;
		out->list[out->n - 1].at = at++;
	}
	return 0;
}

int check_match_cut(struct check_tokens *out, const char *text, struct err *err)
{
	UErrorCode status = U_ZERO_ERROR;
	UBreakIterator *words = NULL;
	UChar *folded = NULL;
	int32_t n;
	int result = -1;

	*out = (struct check_tokens){0};
	if (fold(&folded, &n, text, err) != 0)
		return -1;
	words = ubrk_open(UBRK_WORD, "", folded, n, &status);
	if (U_FAILURE(status))
		err_nomem(err);
	else
		result = cut(out, words, folded, err);
	ubrk_close(words);
	free(folded);
	if (result != 0)
		check_match_finish(out);
	return result;
}

void check_match_finish(struct check_tokens *t)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->list[i].word);
	free(t->list);
	*t = (struct check_tokens){0};
}

/* --- lists --- */

/* One phrase: marks are taken off first, the rest is cut as a text is. */
static int read_phrase(struct check_match *m, struct phrase *p, const char *text, size_t n,
                       struct err *err)
{
	struct check_tokens tokens;
	char *copy;
	int status = 0;

	p->whole = *text == '=';
	p->first = *text == '^';
	copy = pool_stringn(m->pool, text + (p->whole || p->first), n - (p->whole || p->first));
	if (copy == NULL)
		return err_nomem(err);
	if (check_match_cut(&tokens, copy, err) != 0)
		return -1;
	assert(tokens.n > 0 && tokens.n <= PHRASE_WORDS);
	for (const char *word = copy; p->n < tokens.n && status == 0; p->n++) {
		size_t length;

		/* endings are open where '*' stands behind the word as it was written */
		word += strspn(word, " ");
		length = strcspn(word, " ");
		p->prefix[p->n] = length > 0 && word[length - 1] == '*';
		word += length;
		p->words[p->n] = pool_string(m->pool, tokens.list[p->n].word);
		if (p->words[p->n] == NULL)
			status = err_nomem(err);
	}
	check_match_finish(&tokens);
	return status;
}

static int read_list(struct check_match *m, struct list *l, const struct check_words *words,
                     struct err *err)
{
	size_t n = 1;

	for (const char *c = words->phrases; *c != '\0'; c++)
		n += *c == '|';
	l->topic = words->topic;
	l->language = words->language;
	l->phrases = pool_array(m->pool, n, sizeof *l->phrases);
	if (l->phrases == NULL)
		return err_nomem(err);
	for (const char *c = words->phrases; l->n < n; l->n++) {
		size_t length = strcspn(c, "|");

		if (read_phrase(m, &l->phrases[l->n], c, length, err) != 0)
			return -1;
		c += length + (c[length] == '|');
	}
	return 0;
}

int check_match_create(struct check_match **out, struct err *err)
{
	struct check_match *m = calloc(1, sizeof *m);
	size_t n = 0;

	while (check_words[n].language != NULL)
		n++;
	if (m == NULL || (m->pool = pool_create()) == NULL ||
	    (m->lists = pool_array(m->pool, n, sizeof *m->lists)) == NULL) {
		check_match_free(m);
		return err_nomem(err);
	}
	for (; m->n < n; m->n++) {
		if (read_list(m, &m->lists[m->n], &check_words[m->n], err) != 0) {
			check_match_free(m);
			return -1;
		}
	}
	*out = m;
	return 0;
}

void check_match_free(struct check_match *m)
{
	if (m != NULL)
		pool_free(m->pool);
	free(m);
}

/* "pt-BR" is looked up as "pt". */
static bool same_language(const char *list, const char *language)
{
	size_t n = strcspn(language, "-");

	return strncmp(list, language, n) == 0 && list[n] == '\0';
}

bool check_match_knows(const struct check_match *m, const char *language)
{
	for (size_t i = 0; i < m->n; i++)
		if (same_language(m->lists[i].language, language))
			return true;
	return false;
}

/* --- finding --- */

static bool same_word(const struct phrase *p, size_t i, const char *word)
{
	return p->prefix[i] ? strncmp(word, p->words[i], strlen(p->words[i])) == 0
	                    : strcmp(word, p->words[i]) == 0;
}

static bool stands(const struct phrase *p, const struct check_tokens *text, size_t at)
{
	const struct check_token *first = &text->list[at];

	if (at + p->n > text->n || (p->first && first->at > 1) ||
	    (p->whole && (at != 0 || text->n != p->n)))
		return false;
	for (size_t i = 0; i < p->n; i++)
		if (first[i].sentence != first->sentence || !same_word(p, i, first[i].word))
			return false;
	return true;
}

long check_match_find(const struct check_match *m, enum check_topic topic, const char *language,
                      const struct check_tokens *text, size_t from)
{
	for (size_t at = from; at < text->n; at++)
		for (size_t i = 0; i < m->n; i++)
			if (m->lists[i].topic == topic &&
			    same_language(m->lists[i].language, language))
				for (size_t k = 0; k < m->lists[i].n; k++)
					if (stands(&m->lists[i].phrases[k], text, at))
						return (long)at;
	return -1;
}

bool check_match_asks(const struct check_match *m, enum check_topic topic, const char *language,
                      const struct check_tokens *text)
{
	long at = -1;

	while ((at = check_match_find(m, topic, language, text, (size_t)(at + 1))) >= 0) {
		size_t sentence = text->list[at].sentence, start = (size_t)at;
		long no;

		while (start > 0 && text->list[start - 1].sentence == sentence)
			start--;
		no = check_match_find(m, CHECK_NOT, language, text, start);
		if (no < 0 || no > at)
			return true;
	}
	return false;
}

bool check_match_warns(const struct check_match *m, const char *language,
                       const struct check_tokens *text)
{
	long no = -1, naming;

	while ((no = check_match_find(m, CHECK_NOT, language, text, (size_t)(no + 1))) >= 0) {
		size_t sentence = text->list[no].sentence, start = (size_t)no;

		while (start > 0 && text->list[start - 1].sentence == sentence)
			start--;
		naming = check_match_find(m, CHECK_NAMING, language, text, start);
		if (naming >= 0 && text->list[naming].sentence == sentence)
			return true;
	}
	return false;
}
