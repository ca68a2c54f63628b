/*
 * kit.h - the offline kit: a round's form in one language as a file of its own, with style, script
 * and public key in it. It needs no connection; people answer one after another on a shared device,
 * and only what is sealed is kept (forms/script/kit.js).
 */
#ifndef FORMS_KIT_H
#define FORMS_KIT_H

#include "forms/page.h"
#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "lib/record/seal.h"

struct kit {
	const struct page_site *site; /* with its key */
	size_t language;              /* index in form.languages */
	const char *collector; /* "https://survey.example", where it can be sent to; NULL: handed over */
};

/*
 * Append the kit's file, the same bytes for the same kit, and say its fingerprint. ERR_INPUT where
 * the questionnaire has a rule that a browser does not (page_script.h), the collector is no address,
 * or the programs were built without the script.
 */
int kit_write(struct buf *out, char fingerprint[SEAL_FINGERPRINT], const struct kit *kit,
              struct err *err);

/* What page.c asks for while it writes a kit. */
struct page_kit {
	const char *style, *collector;
	const char *key; /* its fingerprint */
};
void kit_head(struct buf *out, const struct page_kit *kit); /* policy and style */
void kit_foot(struct buf *out, const struct page *p);       /* behind the form: panel and script */

#endif
