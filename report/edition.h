/*
 * edition.h - one report: a series of a study, in one language, from one release. It names what
 * the release holds only as codes. Names are texts of the caller's buffers.
 */
#ifndef REPORT_EDITION_H
#define REPORT_EDITION_H

#include "forms/form.h"
#include "forms/regions.h"
#include "forms/study.h"
#include "forms/words.h"
#include "lib/release/release.h"
#include "report/number.h"
#include "report/theme.h"

struct edition {
	const struct study *study;
	const char *fingerprint; /* of the round's key */
	unsigned custodians, quorum; /* who hold that key, who can open together; 0: not known */
	const struct form *form; /* the frozen one */
	const struct regions *regions;
	const struct release *release;
	const struct words *words;
	const struct number *number;
	const char *language;
	size_t form_language; /* the language's index in the form */
	size_t series;        /* index in form->series */
	unsigned number_in_series; /* of the report: rounds of the study up to this one */
	bool right_to_left;
	const struct release *previous;   /* the newest of the round before, or NULL */
	const struct form *previous_form; /* of that round, or NULL */
	const struct theme *theme;
	/* Languages of the series' reports that are made together with this one, which is
	   among them; NULL at the end. Or NULL: it is made alone. */
	const char *const *languages;
};

/* The mark of a figure that is not published. */
extern const char edition_dot[];

const char *edition_word(const struct edition *e, const char *name);
const char *edition_text(const struct edition *e, const struct form_text *t);

/* A group of people: "All", "Europe", "Français", "Other regions". */
void edition_group(struct buf *out, const struct edition *e, const struct release_group *g);
/* The members of a merged group, in a list. */
void edition_members(struct buf *out, const struct edition *e, const struct release_group *g);

/* An answer of a table as the questionnaire words it; bands, months and countries as CLDR does. */
void edition_answer(struct buf *out, const struct edition *e, const struct form_question *q,
                    const struct release_table *t, size_t answer);

/* A count, or the dot. */
void edition_count(struct buf *out, const struct edition *e, long count);

/* Is a section's series this one? */
bool edition_has(const struct edition *e, const struct form_section *s);

#endif
