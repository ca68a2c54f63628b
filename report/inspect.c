/*
 * inspect.c - the bytes of a PDF enter, findings and its text leave. libqpdf reads objects and
 * checks that the file is whole; what content streams and the structure say is read here.
 */
#include "report/inspect.h"

#include "lib/base/file.h"
#include "report/inspect_parts.h"

#include <stdlib.h>

static void finish(struct inspect *in)
{
	for (size_t i = 0; i < in->n_pages; i++) {
		buf_finish(&in->pages[i].text);
		free(in->pages[i].marks);
		free(in->pages[i].annotations);
	}
	for (size_t i = 0; i < in->n_fonts; i++)
		inspect_font_free(in->fonts[i]);
	free(in->pages);
	free(in->keys);
	free(in->parents);
	qpdf_cleanup(&in->q);
}

/* libqpdf's own findings. */
static void tell_warnings(struct inspect *in)
{
	while (qpdf_more_warnings(in->q)) {
		qpdf_error e = qpdf_next_warning(in->q);

		inspect_find(in, "document", "%s", qpdf_get_error_message_detail(in->q, e));
	}
	if (qpdf_has_error(in->q)) {
		qpdf_error e = qpdf_get_error(in->q);

		inspect_find(in, "document", "%s", qpdf_get_error_message_detail(in->q, e));
	}
}

static int open_file(struct inspect *in, const char *name, const void *bytes, size_t n,
                     struct err *err)
{
	in->q = qpdf_init();
	qpdf_silence_errors(in->q);
	qpdf_set_suppress_warnings(in->q, QPDF_TRUE);
	qpdf_set_attempt_recovery(in->q, QPDF_FALSE);
	if (qpdf_read_memory(in->q, "file", bytes, n, NULL) & QPDF_ERRORS) {
		qpdf_error e = qpdf_get_error(in->q);

		return err_set(err, ERR_INPUT, "%s: not a PDF: %s", name,
		               e ? qpdf_get_error_message_detail(in->q, e) : "it cannot be read");
	}
	if (qpdf_is_encrypted(in->q))
		return err_set(err, ERR_INPUT, "%s: it is encrypted", name);
	in->root = qpdf_get_root(in->q);
	if (!qpdf_oh_is_dictionary(in->q, in->root))
		return err_set(err, ERR_INPUT, "%s: not a PDF: it has no catalog", name);
	return 0;
}

int inspect_bytes(struct buf *text, struct findings *f, const char *name, const void *bytes,
                  size_t n, struct err *err)
{
	struct inspect in = { .findings = f, .text = text };
	int r = -1;

	if (open_file(&in, name, bytes, n, err))
		goto out;
	inspect_document(&in, n);
	inspect_parents(&in);
	inspect_pages(&in);
	if (!in.nomem)
		inspect_tree(&in);
	if (qpdf_check_pdf(in.q) != QPDF_SUCCESS || qpdf_more_warnings(in.q))
		tell_warnings(&in);
	if (in.told > INSPECT_FINDINGS)
		findings_add(f, FINDING_ERROR, "document", "and %zu findings more",
		             in.told - INSPECT_FINDINGS);
	r = in.nomem || f->failed || (text && text->failed) ? err_nomem(err) : 0;
out:
	finish(&in);
	return r;
}

int inspect_pdf(struct buf *text, struct findings *f, const char *path, struct err *err)
{
	struct buf bytes = { 0 };
	int r = file_read(&bytes, path, INSPECT_READ, err);

	if (!r)
		r = inspect_bytes(text, f, path, bytes.data ? bytes.data : "", bytes.len, err);
	buf_finish(&bytes);
	return r;
}
