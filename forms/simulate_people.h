/* simulate_people.h - where simulated people live, and what they write. */
#ifndef FORMS_SIMULATE_PEOPLE_H
#define FORMS_SIMULATE_PEOPLE_H

struct simulate_country {
	const char *code, *language;
	unsigned weight; /* of 1,000 or so */
};

/* Ends with code NULL. The weights follow what peer networks' online surveys see: many from
 * Europe and the Americas, a long tail of countries with few. */
extern const struct simulate_country simulate_countries[];

struct simulate_sentences {
	const char *language;
	const char *sentence[6];
};

/* What people write in comments, plainly made up; ends with language NULL. */
extern const struct simulate_sentences simulate_sentences[];

#endif
