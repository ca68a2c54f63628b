/*
 * workbook_xml.c - the only file that knows the XML parser. Elements and text of a part go to
 * calls, while the part is inflated: no part is ever whole in memory.
 *
 * A part may hold anything, so there are bounds on what the parser keeps: the depth, the length of
 * a tag, and how many different names there are. A document type is refused where it begins, and
 * with it every entity but the five of XML.
 */
#include "forms/pool.h"
#include "forms/workbook_parts.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 64
#define TAG_MAX (256u << 10) /* bytes without an element or text: a tag, a comment */
#define NAME_MAX_BYTES 1024
#define NAMES_MAX 4096
#define NAMES_ROOM 8192 /* a power of two, more than NAMES_MAX */

struct reading {
	XML_Parser parser;
	const struct workbook_xml_calls *calls;
	void *arg;
	struct err *err;
	unsigned depth;
	bool failed;
	size_t unread; /* bytes since the last element or text */
	size_t n_names;
	struct pool *pool;
	const char *names[NAMES_ROOM]; /* those met, by hash */
};

static void stop(struct reading *r)
{
	r->failed = true;
	XML_StopParser(r->parser, XML_FALSE);
}

static const char *local(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon == NULL ? name : colon + 1;
}

/* Count a name if it is new: the parser remembers each until its end. */
static bool name_allowed(struct reading *r, const char *name)
{
	uint64_t hash = 14695981039346656037u; /* FNV-1a */
	size_t n = 0, at;

	if (name[0] != '\0' && name[1] == '\0')
		return true;
	for (; name[n] != '\0'; n++)
		hash = (hash ^ (unsigned char)name[n]) * 1099511628211u;
	if (n > NAME_MAX_BYTES)
		return false;
	for (at = hash % NAMES_ROOM; r->names[at] != NULL; at = (at + 1) % NAMES_ROOM)
		if (strcmp(r->names[at], name) == 0)
			return true;
	r->names[at] = pool_stringn(r->pool, name, n);
	return r->names[at] != NULL && ++r->n_names <= NAMES_MAX;
}

static void XMLCALL on_open(void *arg, const XML_Char *name, const XML_Char **attributes)
{
	struct reading *r = arg;
	bool allowed;

	if (r->failed)
		return;
	r->unread = 0;
	allowed = name_allowed(r, name);
	for (size_t i = 0; allowed && attributes[i] != NULL; i += 2)
		allowed = name_allowed(r, attributes[i]);
	if (!allowed) {
		err_set(r->err, ERR_INPUT, "too many or too long names of elements");
		stop(r);
	} else if (++r->depth > DEPTH_MAX) {
		err_set(r->err, ERR_INPUT, "elements more than %d deep", DEPTH_MAX);
		stop(r);
	} else if (r->calls->open(r->arg, r->depth, local(name),
			(const char *const *)attributes, r->err) != 0) {
		stop(r);
	}
}

static void XMLCALL on_close(void *arg, const XML_Char *name)
{
	struct reading *r = arg;

	if (r->failed)
		return;
	r->unread = 0;
	if (r->calls->close != NULL && r->calls->close(r->arg, r->depth, local(name), r->err) != 0)
		stop(r);
	r->depth--;
}

static void XMLCALL on_text(void *arg, const XML_Char *s, int n)
{
	struct reading *r = arg;

	if (r->failed)
		return;
	r->unread = 0;
	if (r->calls->text != NULL && r->calls->text(r->arg, s, (size_t)n, r->err) != 0)
		stop(r);
}

static void XMLCALL on_doctype(void *arg, const XML_Char *name, const XML_Char *system,
	const XML_Char *public, int internal)
{
	struct reading *r = arg;

	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	if (r->failed)
		return;
	err_set(r->err, ERR_INPUT, "holds a document type, which no workbook needs");
	stop(r);
}

static int parse(struct reading *r, const char *bytes, size_t n, bool last, struct err *err)
{
	r->err = err;
	if (XML_Parse(r->parser, bytes, (int)n, last) == XML_STATUS_OK)
		return 0;
	if (r->failed)
		return -1;
	if (XML_GetErrorCode(r->parser) == XML_ERROR_NO_MEMORY)
		return err_nomem(err);
	return err_set(err, ERR_INPUT, "line %lu: not XML: %s",
		(unsigned long)XML_GetCurrentLineNumber(r->parser),
		XML_ErrorString(XML_GetErrorCode(r->parser)));
}

static int feed(void *arg, const char *bytes, size_t n, struct err *err)
{
	struct reading *r = arg;

	r->unread += n;
	if (parse(r, bytes, n, false, err) != 0)
		return -1;
	if (r->unread > TAG_MAX)
		return err_set(err, ERR_INPUT, "a tag or a comment longer than %u KB",
			TAG_MAX >> 10);
	return 0;
}

int workbook_xml_part(struct workbook_zip *z, const char *part,
	const struct workbook_xml_calls *calls, void *arg, struct err *err)
{
	struct reading *r = calloc(1, sizeof *r);
	int status = -1;

	if (r == NULL)
		return err_nomem(err);
	r->calls = calls;
	r->arg = arg;
	r->pool = pool_create();
	r->parser = XML_ParserCreate(NULL);
	if (r->pool == NULL || r->parser == NULL) {
		err_nomem(err);
		goto out;
	}
	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, on_open, on_close);
	XML_SetCharacterDataHandler(r->parser, on_text);
	XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
	if (workbook_zip_part(z, part, feed, r, err) != 0)
		goto out;
	if (parse(r, "", 0, true, err) != 0) {
		if (err->code != ERR_NOMEM)
			err_prefix(err, "%s", part);
		goto out;
	}
	status = 0;
out:
	if (r->parser != NULL)
		XML_ParserFree(r->parser);
	pool_free(r->pool);
	free(r);
	return status;
}

const char *workbook_xml_attribute(const char *const *attributes, const char *name)
{
	for (; attributes[0] != NULL; attributes += 2)
		if (strcmp(local(attributes[0]), name) == 0)
			return attributes[1];
	return NULL;
}
