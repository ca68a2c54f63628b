/*
 * inspect_object.c - handles of libqpdf enter, plain values leave; a stream is inflated up to a
 * bound.
 */
#include "report/inspect_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static void tell(struct inspect *in, const char *place, const char *fmt, va_list args)
{
	char text[400];

	if (in->told++ >= INSPECT_FINDINGS)
		return;
	vsnprintf(text, sizeof text, fmt, args);
	findings_add(in->findings, FINDING_ERROR, place, "%s", text);
}

void inspect_find(struct inspect *in, const char *place, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	tell(in, place, fmt, args);
	va_end(args);
}

void inspect_find_page(struct inspect *in, size_t page, const char *fmt, ...)
{
	char place[32];
	va_list args;

	snprintf(place, sizeof place, "page %zu", page + 1);
	va_start(args, fmt);
	tell(in, place, fmt, args);
	va_end(args);
}

qpdf_oh inspect_key(struct inspect *in, qpdf_oh dict, const char *key)
{
	if (qpdf_oh_is_stream(in->q, dict))
		dict = qpdf_oh_get_dict(in->q, dict);
	if (!qpdf_oh_is_dictionary(in->q, dict))
		return qpdf_oh_new_null(in->q);
	return qpdf_oh_get_key(in->q, dict, key);
}

bool inspect_null(struct inspect *in, qpdf_oh o)
{
	return !qpdf_oh_is_initialized(in->q, o) || qpdf_oh_is_null(in->q, o);
}

bool inspect_integer(struct inspect *in, qpdf_oh o, int *out)
{
	long long v;

	*out = 0;
	if (!qpdf_oh_is_integer(in->q, o) || !qpdf_oh_get_value_as_longlong(in->q, o, &v) ||
	    v < 0 || v > INT32_MAX)
		return false;
	*out = (int)v;
	return true;
}

bool inspect_is(struct inspect *in, qpdf_oh o, const char *name)
{
	return qpdf_oh_is_name_and_equals(in->q, o, name);
}

void inspect_name(struct inspect *in, qpdf_oh o, char *out, size_t cap)
{
	const char *name = qpdf_oh_is_name(in->q, o) ? qpdf_oh_get_name(in->q, o) : "";

	snprintf(out, cap, "%s", name[0] == '/' ? name + 1 : name);
}

int inspect_id(struct inspect *in, qpdf_oh o)
{
	return qpdf_oh_get_object_id(in->q, o);
}

int inspect_count(struct inspect *in, qpdf_oh array)
{
	return qpdf_oh_is_array(in->q, array) ? qpdf_oh_get_array_n_items(in->q, array) : 0;
}

qpdf_oh inspect_item(struct inspect *in, qpdf_oh array, int i)
{
	if (i < 0 || i >= inspect_count(in, array))
		return qpdf_oh_new_null(in->q);
	return qpdf_oh_get_array_item(in->q, array, i);
}

bool inspect_text(struct inspect *in, qpdf_oh string, struct buf *out)
{
	const char *text;
	size_t n;

	if (!qpdf_oh_is_string(in->q, string))
		return false;
	text = qpdf_oh_get_binary_utf8_value(in->q, string, &n);
	for (size_t i = 0; i < n; i++)
		buf_putc(out, text[i] ? text[i] : ' ');
	return true;
}

static bool inflate_bounded(struct buf *out, const unsigned char *bytes, size_t n)
{
	z_stream z = { .next_in = (unsigned char *)bytes, .avail_in = (uInt)n };
	size_t before = out->len;
	int r = inflateInit(&z);

	while (r == Z_OK && out->len - before < INSPECT_STREAM) {
		enum { STEP = 1 << 16 };
		unsigned char *room = buf_room(out, STEP);

		if (!room)
			break;
		z.next_out = room;
		z.avail_out = STEP;
		r = inflate(&z, Z_NO_FLUSH);
		out->len += STEP - z.avail_out;
		if (r == Z_OK && z.avail_out == STEP)
			break;
	}
	inflateEnd(&z);
	buf_put(out, "", 0);
	return r == Z_STREAM_END;
}

bool inspect_stream(struct inspect *in, qpdf_oh stream, struct buf *out)
{
	qpdf_oh filter = inspect_key(in, stream, "/Filter");
	unsigned char *bytes = NULL;
	size_t n = 0;
	bool good = false;

	if (inspect_count(in, filter) == 1)
		filter = inspect_item(in, filter, 0);
	if (!qpdf_oh_is_stream(in->q, stream) ||
	    (!inspect_null(in, filter) && !inspect_is(in, filter, "/FlateDecode")) ||
	    !inspect_null(in, inspect_key(in, stream, "/DecodeParms")))
		return false;
	if (qpdf_oh_get_stream_data(in->q, stream, qpdf_dl_none, NULL, &bytes, &n) & QPDF_ERRORS)
		goto out;
	if (n > INSPECT_STREAM)
		goto out;
	if (inspect_null(in, filter) || !n) {
		buf_put(out, bytes, n);
		good = true;
	} else {
		good = inflate_bounded(out, bytes, n);
	}
out:
	free(bytes);
	in->nomem |= out->failed;
	return good;
}
