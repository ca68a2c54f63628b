/*
 * page_script.h - the optional script (forms/script/), built into the programs where Node was at
 * hand, and what it has to know about the questionnaire.
 */
#ifndef FORMS_PAGE_SCRIPT_H
#define FORMS_PAGE_SCRIPT_H

#include "forms/page.h"
#include "lib/record/encode.h"
#include "lib/record/seal.h"

/* One script, embedded: "page" or "kit". */
struct script_file {
	const char *name, *text;
	size_t n;
};
extern const struct script_file script_files[]; /* made by the build; name NULL at the end */

/* The script of this name, or NULL where the programs were built without. Borrowed. */
const struct script_file *page_script_file(const char *name);

/* "sha256-BASE64": what a browser compares a script or style with (CSP 3; SRI). */
enum { PAGE_INTEGRITY = 7 + 44 + 1 };
void page_script_integrity(char out[PAGE_INTEGRITY], const void *bytes, size_t n);

/*
 * Can a browser apply all of this questionnaire's rules, so that it can seal? `*why` (may be NULL)
 * says where not: a question's or section's id, borrowed.
 */
bool page_script_seals(const struct form *f, const char **why);

/*
 * What the script has to know as a JSON object: the questions and rules, the words of the page and
 * `more` (NULL, or names with NULL at the end), and where a browser seals, key and sizes of the
 * round's records (else "key" is missing). Choices that the page shows in the questionnaire's order
 * are left to be read from it (forms/script/expand.js), unless it has to be `whole`.
 */
void page_script_about(struct buf *out, const struct page *p, const char *const *more, bool whole);

/* JSON as the text of a script element: nothing in it can end the element or open a comment. */
void page_script_data(struct buf *out, const char *json, size_t n);

/* Style for what the script adds to the page: behind page_style() and the rules of relevance. */
const char *page_script_style(void);

/* The script and its data, at the end of the form's page; nothing where there is no script. */
void page_script(struct buf *out, const struct page *p);

#endif
