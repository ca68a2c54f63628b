/* check_match.h - find words and phrases of the linter's lists in texts of six languages. */
#ifndef FORMS_CHECK_MATCH_H
#define FORMS_CHECK_MATCH_H

#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum check_topic {
	CHECK_NAME,    /* asks for a person's name */
	CHECK_CONTACT, /* phone, e-mail, accounts */
	CHECK_ADDRESS, /* postal address, coordinates */
	CHECK_NUMBER,  /* passport, identity card, file */
	CHECK_BIRTH,   /* date or year of birth */
	CHECK_DATE,    /* an exact date */
	CHECK_AREA,    /* a town, a clinic, a district */
	CHECK_WHERE,   /* an open "where" */
	CHECK_ID,      /* words in a question's id that say the same */
	CHECK_AGE, CHECK_GENDER, CHECK_ORIGIN, CHECK_WORK, CHECK_FAMILY, CHECK_SCHOOL,
	CHECK_SENSITIVE, /* HIV, prison, violence, ... */
	CHECK_NOT,       /* "do not", "without" */
	CHECK_NAMING,    /* "name", "identify": with "not" it is a warning not to */
	CHECK_MINUTE,    /* "minutes" */
	CHECK_TOPICS
};

/*
 * A topic's phrases in a language, with '|' between them. Within a phrase: "=" before it stands
 * for the whole text, "^" for the beginning of a sentence (one word may stand before), "*" behind a
 * word for any ending.
 */
struct check_words {
	enum check_topic topic;
	const char *language, *phrases;
};
extern const struct check_words check_words[]; /* check_words.c; ends with language NULL */

struct check_match; /* the lists, ready for use */

/* ERR_NOMEM. */
int check_match_create(struct check_match **out, struct err *err);
void check_match_free(struct check_match *m); /* NULL is fine */
/* Is there a list for this language ("pt-BR": as "pt")? */
bool check_match_knows(const struct check_match *m, const char *language);

struct check_token {
	char *word;      /* folded: case, compatibility forms, Arabic letters and articles */
	size_t sentence; /* 0, 1, ... */
	size_t at;       /* place in its sentence */
};
struct check_tokens {
	struct check_token *list;
	size_t n;
};

/* Cut a text into words (ICU's word boundaries; apostrophes and '_' part words, too). */
int check_match_cut(struct check_tokens *out, const char *text, struct err *err);
void check_match_finish(struct check_tokens *t);

/*
 * The first place at or behind `from` where a phrase of the topic begins, or -1. The list of the
 * language alone is used; an unknown language has none.
 */
long check_match_find(const struct check_match *m, enum check_topic topic, const char *language,
                      const struct check_tokens *text, size_t from);

/* The same, leaving out what a word such as "not" stands before in its sentence. */
bool check_match_asks(const struct check_match *m, enum check_topic topic, const char *language,
                      const struct check_tokens *text);
/* Does a sentence say not to name anybody? */
bool check_match_warns(const struct check_match *m, const char *language,
                       const struct check_tokens *text);

#endif
