/*
 * release.h - the protected tables: what analysis publishes and the only thing a report may read.
 * The JSON is specified in survey-release(5).
 */
#ifndef RELEASE_RELEASE_H
#define RELEASE_RELEASE_H

#include "lib/base/buf.h"
#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	RELEASE_VERSION = 2,
	RELEASE_SUPPRESSED = -1, /* a count that is not published */
	RELEASE_FILE = 64 << 20,
};

enum release_by {
	RELEASE_TOTAL,
	RELEASE_REGION,
	RELEASE_LANGUAGE,
	RELEASE_REGION_LANGUAGE,
	RELEASE_CROSSED, /* by answers: the researcher's own view, in no release file */
};

/*
 * A group of people: one region (or several merged), one language (or several merged), or a pair.
 * A merged group is named "other" and its members are listed.
 */
struct release_group {
	enum release_by by;
	char *id;       /* "150", "fr", "150/fr", "other", "" for the total */
	char **members; /* codes of merged regions or languages, NULL at the end; one if not merged */
	long people;    /* submissions in the group, protected like any other base */
};

/* What the answers of a table are. */
enum release_measure {
	RELEASE_CHOICE,   /* one of these: answers add up to the base */
	RELEASE_MULTIPLE, /* any of these: shares of respondents */
	RELEASE_SCALE,    /* answers are whole numbers */
	RELEASE_BANDS,    /* numbers in bands "0-4", "5-9", "10+" */
	RELEASE_FIRST,    /* ranking: put first */
	RELEASE_RANKED,   /* ranking: ranked at all */
	RELEASE_DATE,     /* answers are years or months */
	RELEASE_COUNTRY,  /* answers are countries, or regions where the country was not kept */
	RELEASE_WRITTEN,  /* free text: how many wrote something; one answer, "written" */
};

/* One table's counts for one group. Any count may be RELEASE_SUPPRESSED, but never `base`. */
struct release_slot {
	size_t group;       /* index in release.groups */
	long base;          /* gave an answer (not declined, blank or not asked) */
	long declined, blank, not_asked;
	long *counts;       /* one for each answer of the table */
	double mean, median; /* NAN unless the whole distribution is published */
	double lower, upper; /* quartiles; in no release file, and so are the next */
	double *ranks;       /* RELEASE_RANKED: mean rank of each answer (NAN: nobody's); or NULL */
};

/*
 * Who was asked a question, as far as other tables say it: exactly, at most or at least those who
 * gave one of these answers of another table ("declined", "blank" and "not_asked" stand for
 * themselves there), or with `others` all who did not.
 */
enum release_relation { RELEASE_EXACTLY, RELEASE_AT_MOST, RELEASE_AT_LEAST };

struct release_route {
	enum release_relation relation;
	bool others;
	char *question, *row; /* row: NULL unless of a matrix */
	char **answers;       /* NULL at the end; one where people may give several */
};

struct release_table {
	char *question;
	char *row; /* matrix row's id, or NULL */
	enum release_measure measure;
	char **answers; /* values, NULL at the end */
	size_t n_answers;
	struct release_slot *slots; /* the total first; then regions, languages, pairs */
	size_t n_slots;
	char *note; /* why a breakdown is not there ("region": base too small), or NULL */
	bool full; /* an answer that everybody in a group gave is suppressed, too */
	struct release_route *routes; /* none: asked of everybody, or in no way that is said here */
	size_t n_routes;
};

/* What the audit found. */
struct release_certificate {
	long cells;        /* suppressed counts that might be small, each proved to stay open */
	long narrowest;    /* how many values at least the narrowest of them may have */
	long non_response; /* suppressed counts of non-response that people less base bounds */
	long releases;     /* that were audited together, this one among them */
	char digest[65];   /* release_tables_digest() */
	char **not_modelled; /* names, NULL at the end */
};

struct release {
	char *study, *round;
	char questionnaire[65]; /* hex digest of the frozen form */
	unsigned number;        /* releases/R-NN: NN */
	char previous[65];      /* hex digest of the release before, or "" */
	char counts[65];        /* hex digest of R-NN.counts, its sealed exact counts, or "" */
	unsigned threshold, coalition;
	bool demonstration;
	long people;    /* core records counted */
	long set_aside; /* records that could not be opened or were not valid */
	struct release_group *groups; /* the total first */
	size_t n_groups;
	struct release_table *tables; /* in question order */
	size_t n_tables;
	long suppressed_primary, suppressed_complementary; /* cells, for the methods chapter */
	bool audited; /* every suppressed count was proved to stay open; there is a certificate */
	struct release_certificate *certificate; /* NULL unless audited */
};

/* The canonical bytes: the release's JSON without the signature, on one line. */
void release_write(struct buf *out, const struct release *r);
/* What is signed: "peer-survey release 2", a line feed, and the canonical bytes. */
void release_message(struct buf *out, const struct release *r);
/* Groups and tables as they stand in the canonical bytes, and BLAKE2b-256 of them in hex. */
void release_write_tables(struct buf *out, const struct release *r);
int release_tables_digest(char out[65], const struct release *r, struct err *err);
/* The file: {"release":{...},"signature":"hex"} and a newline. */
void release_write_file(struct buf *out, const struct release *r, const uint8_t signature[64]);

/*
 * Read the bytes of a release file. The JSON is untrusted: sizes, counts and sums are checked
 * (ERR_INPUT). If `sign` (32 bytes, the round's public signing key) is not NULL the signature must
 * be right (ERR_CRYPTO). The caller owns *out.
 */
int release_parse(struct release **out, const char *text, size_t n, const uint8_t *sign,
                  struct err *err);
/* The same for a file of at most RELEASE_FILE bytes; faults begin with its path. */
int release_load(struct release **out, const char *path, const uint8_t *sign, struct err *err);
void release_free(struct release *r);
void release_certificate_free(struct release_certificate *c); /* NULL is fine */

/* Groups, tables, people and rule of a release; its names and digests are not copied. */
int release_copy(struct release **out, const struct release *r, struct err *err);

void release_slot_finish(struct release_slot *s); /* of one that is left out of its table */

/* Take a table out, so that nothing of it is published. */
void release_remove_table(struct release *r, size_t table);

/* The table of a question (and row, or NULL) with this measure, or NULL. */
const struct release_table *release_table(const struct release *r, const char *question,
                                          const char *row, enum release_measure measure);
/*
 * Is group `part` of breakdown `by` inside group `whole`? Regions, languages and pairs are inside
 * the total, pairs also inside their region and their language.
 */
bool release_inside(const struct release *r, size_t part, size_t whole, enum release_by by);
const struct release_slot *release_slot(const struct release_table *t, size_t group);
const char *release_measure_name(enum release_measure m); /* "choice" ... */
const char *release_by_name(enum release_by by);           /* "total", "region" ... */
/* Do the answers of one slot add up to its base? (Not those of which people give several.) */
bool release_exclusive(enum release_measure m);

/*
 * The percentage that is printed: share of `base`, rounded half up to one decimal, in tenths
 * (712 is 71.2%). -1 when suppressed or the base is 0.
 */
int release_tenths(long count, long base);

#endif
