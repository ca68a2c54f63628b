/*
 * inspect_document.c - the catalog, the information dictionary and the metadata enter, faults
 * leave: what PDF/UA-1 (ISO 14289-1) asks of a document, and whether it tells who made it, when and
 * where.
 */
#include "report/inspect_parts.h"

#include <stdlib.h>
#include <string.h>

static const char PLACE[] = "document";

/* Text that may be a path of a machine. */
static bool is_path(const char *text)
{
	static const char *const starts[] = { "/home/", "/tmp/", "/root/", "/Users/", "/var/",
		                              "file:",  ":\\Users" };

	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (strstr(text, starts[i]))
			return true;
	return false;
}

static void check_information(struct inspect *in)
{
	static const char *const known[] = { "/Title", "/Subject", "/Creator", "/Producer" };
	qpdf_oh info = inspect_key(in, qpdf_get_trailer(in->q), "/Info");

	if (!qpdf_oh_is_dictionary(in->q, info))
		return;
	qpdf_oh_begin_dict_key_iter(in->q, info);
	while (qpdf_oh_dict_more_keys(in->q)) {
		const char *key = qpdf_oh_dict_next_key(in->q);
		struct buf text = { 0 };
		bool good = false;

		for (size_t i = 0; i < sizeof known / sizeof *known; i++)
			good |= !strcmp(known[i], key);
		if (!good)
			inspect_find(in, PLACE, "its information has %s", key + 1);
		else if (inspect_text(in, inspect_key(in, info, key), &text) && text.data &&
		         is_path(text.data))
			inspect_find(in, PLACE, "its information has a path in %s", key + 1);
		buf_finish(&text);
	}
}

static void check_metadata(struct inspect *in)
{
	static const char *const traces[] = { "CreateDate", "ModifyDate", "MetadataDate",
		                              "dc:creator", "DocumentID", "InstanceID",
		                              "History" };
	struct buf b = { 0 };

	if (!inspect_stream(in, inspect_key(in, in->root, "/Metadata"), &b) || !b.data) {
		inspect_find(in, PLACE, "it has no metadata");
		buf_finish(&b);
		return;
	}
	if (!strstr(b.data, "<pdfuaid:part>1</pdfuaid:part>") &&
	    !strstr(b.data, "pdfuaid:part=\"1\""))
		inspect_find(in, PLACE, "its metadata do not say that it follows PDF/UA-1");
	if (!strstr(b.data, "<dc:title>"))
		inspect_find(in, PLACE, "its metadata have no title");
	for (size_t i = 0; i < sizeof traces / sizeof *traces; i++)
		if (strstr(b.data, traces[i]))
			inspect_find(in, PLACE, "its metadata have %s", traces[i]);
	if (is_path(b.data))
		inspect_find(in, PLACE, "its metadata have a path");
	buf_finish(&b);
}

static bool is_true(struct inspect *in, qpdf_oh o)
{
	return qpdf_oh_is_bool(in->q, o) && qpdf_oh_get_bool_value(in->q, o);
}

static bool has_text(struct inspect *in, qpdf_oh o)
{
	struct buf b = { 0 };
	bool is = inspect_text(in, o, &b) && b.len;

	buf_finish(&b);
	return is;
}

static void check_catalog(struct inspect *in)
{
	static const char *const refused[] = { "/OpenAction", "/AA", "/AcroForm", "/PieceInfo",
		                               "/AF", "/Collection" };
	qpdf_oh root = in->root, info = inspect_key(in, qpdf_get_trailer(in->q), "/Info");
	qpdf_oh view = inspect_key(in, root, "/ViewerPreferences");

	if (!is_true(in, inspect_key(in, inspect_key(in, root, "/MarkInfo"), "/Marked")))
		inspect_find(in, PLACE, "it does not say that it is tagged");
	if (!has_text(in, inspect_key(in, root, "/Lang")))
		inspect_find(in, PLACE, "it has no language");
	if (!has_text(in, inspect_key(in, info, "/Title")))
		inspect_find(in, PLACE, "it has no title");
	if (!is_true(in, inspect_key(in, view, "/DisplayDocTitle")))
		inspect_find(in, PLACE, "its title is not shown");
	if (inspect_null(in, inspect_key(in, inspect_key(in, root, "/Outlines"), "/First")))
		inspect_find(in, PLACE, "it has no bookmarks");
	if (inspect_null(in, inspect_key(in, root, "/PageLabels")))
		inspect_find(in, PLACE, "its pages have no labels");
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		if (!inspect_null(in, inspect_key(in, root, refused[i])))
			inspect_find(in, PLACE, "it has %s", refused[i] + 1);
	if (!inspect_null(in, inspect_key(in, inspect_key(in, root, "/Names"), "/JavaScript")) ||
	    !inspect_null(in, inspect_key(in, inspect_key(in, root, "/Names"), "/EmbeddedFiles")))
		inspect_find(in, PLACE, "it holds a program or a file");
}

void inspect_document(struct inspect *in, size_t size)
{
	if (size > INSPECT_SIZE)
		inspect_find(in, PLACE, "it has %zu KiB: more than %d", size / 1024,
		             INSPECT_SIZE / 1024);
	if (strcmp(qpdf_get_pdf_version(in->q), "1.7"))
		inspect_find(in, PLACE, "it is of PDF %s, not 1.7", qpdf_get_pdf_version(in->q));
	check_catalog(in);
	check_information(in);
	check_metadata(in);
}
