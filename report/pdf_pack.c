/*
 * pdf_pack.c - the bytes of a PDF enter, fewer bytes of the same PDF leave. A structure tree is
 * thousands of small objects, which libharu writes one by one and as they are; libqpdf puts them
 * into compressed streams.
 */
#include "report/pdf_pack.h"

#include <qpdf/qpdf-c.h>

static int fault(qpdf_data q, struct err *err)
{
	qpdf_error e = qpdf_get_error(q);

	if (!e && qpdf_more_warnings(q))
		e = qpdf_next_warning(q);
	return err_set(err, ERR_IO, "packing a PDF: %s",
	               e ? qpdf_get_error_message_detail(q, e) : "the PDF library failed");
}

int pdf_pack(struct buf *out, const struct buf *plain, struct err *err)
{
	qpdf_data q = qpdf_init();
	int r = -1;

	qpdf_silence_errors(q);
	qpdf_set_suppress_warnings(q, QPDF_TRUE);
	qpdf_set_attempt_recovery(q, QPDF_FALSE);
	if (qpdf_read_memory(q, "report", plain->data, plain->len, NULL) != QPDF_SUCCESS ||
	    qpdf_init_write_memory(q) != QPDF_SUCCESS) {
		fault(q, err);
		goto out;
	}
	qpdf_set_object_stream_mode(q, qpdf_o_generate);
	qpdf_set_stream_data_mode(q, qpdf_s_preserve);
	qpdf_set_deterministic_ID(q, QPDF_TRUE); /* else it is made of the time */
	if (qpdf_write(q) != QPDF_SUCCESS) {
		fault(q, err);
		goto out;
	}
	buf_put(out, qpdf_get_buffer(q), qpdf_get_buffer_length(q));
	r = out->failed ? err_nomem(err) : 0;
out:
	qpdf_cleanup(&q);
	return r;
}
