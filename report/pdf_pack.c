/*
 * pdf_pack.c - the bytes that libharu wrote enter, fewer bytes of the same PDF leave (ISO 32000-1,
 * 7.5.7 and 7.5.8). A structure tree is thousands of small objects, which libharu writes one by one
 * and as they are: here they are put into compressed object streams, and the table of
 * cross-references into another.
 *
 * What is read is our own: objects in the order of their numbers, one table of cross-references.
 * The same was done with libqpdf first; it took half of a report's time, a third of its memory.
 */
#include "report/pdf_pack.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Level 9 of deflate takes three times as long as 7 and saves 1 %. */
enum { LEVEL = 7 };

enum { HEADER = 15, ENTRY = 20, PACK = 512, FIELDS = 7 };

/* Where an object is: in the file, or as one of many in an object stream. */
struct place {
	enum { FREE, PLAIN, PACKED } kind;
	size_t at;    /* offset, or number of the object stream */
	size_t index; /* in that stream */
};

struct pack {
	const char *plain;
	size_t table;            /* offset of the table of cross-references */
	size_t n;                /* objects, the free one counted */
	struct place *places;    /* of all objects, with room for the streams that are added */
	size_t total;            /* objects with those that were added */
	struct buf *out;
	size_t start;            /* of the file in `out` */
	struct buf heads, bodies; /* of the object stream that is being filled */
	size_t members[PACK], n_members;
};

static int broken(struct err *err)
{
	return err_set(err, ERR_IO, "packing a PDF: it is not as it was written");
}

static size_t offset_of(const struct pack *p, size_t object)
{
	/* "xref\n0 N\n" has been read: entries begin behind its second line. */
	const char *entries = strchr(p->plain + p->table + 5, '\n') + 1;

	return object == p->n ? p->table
	                      : (size_t)strtoul(entries + object * ENTRY, NULL, 10);
}

/* The words of an object between "N 0 obj" and "endobj". */
static bool body_of(const struct pack *p, size_t object, const char **body, size_t *n)
{
	static const char tail[] = "\nendobj\n";
	size_t at = offset_of(p, object), end = offset_of(p, object + 1), head;
	char wanted[32];

	head = (size_t)snprintf(wanted, sizeof wanted, "%zu 0 obj\n", object);
	if (at < HEADER || end > p->table || end < at + head + sizeof tail ||
	    memcmp(p->plain + at, wanted, head) ||
	    memcmp(p->plain + end - (sizeof tail - 1), tail, sizeof tail - 1))
		return false;
	*body = p->plain + at + head;
	*n = end - at - head - (sizeof tail - 1);
	return true;
}

static bool is_stream(const char *body, size_t n)
{
	static const char tail[] = "endstream";

	return n > sizeof tail && !memcmp(body + n - (sizeof tail - 1), tail, sizeof tail - 1);
}

static bool deflate_into(struct buf *out, const struct buf *in)
{
	uLongf n = compressBound((uLong)in->len);
	Bytef *room = buf_room(out, n);

	if (!room || compress2(room, &n, (const Bytef *)in->data, (uLong)in->len, LEVEL) != Z_OK)
		return false;
	out->len += n;
	return true;
}

/* A compressed stream under the next number; `dictionary` is what is said of it besides. */
static bool put_stream(struct pack *p, size_t number, const char *dictionary, const struct buf *in)
{
	struct buf packed = { 0 };
	bool done = deflate_into(&packed, in);

	p->places[number] = (struct place){ PLAIN, p->out->len - p->start, 0 };
	buf_printf(p->out, "%zu 0 obj\n<<%s/Length %zu/Filter/FlateDecode>>\nstream\n", number,
	           dictionary, packed.len);
	buf_put(p->out, packed.data, packed.len);
	buf_puts(p->out, "\nendstream\nendobj\n");
	buf_finish(&packed);
	return done;
}

/* Write the object stream that has been filled. */
static bool flush(struct pack *p)
{
	struct buf content = { 0 };
	char dictionary[64];
	size_t number = p->total;
	bool done;

	if (!p->n_members)
		return true;
	buf_put(&content, p->heads.data, p->heads.len);
	buf_put(&content, p->bodies.data, p->bodies.len);
	snprintf(dictionary, sizeof dictionary, "/Type/ObjStm/N %zu/First %zu", p->n_members,
	         p->heads.len);
	for (size_t i = 0; i < p->n_members; i++)
		p->places[p->members[i]] = (struct place){ PACKED, number, i };
	p->total++;
	done = !content.failed && !p->heads.failed && !p->bodies.failed &&
	       put_stream(p, number, dictionary, &content);
	buf_clear(&p->heads);
	buf_clear(&p->bodies);
	p->n_members = 0;
	buf_finish(&content);
	return done;
}

static bool pack_object(struct pack *p, size_t object, const char *body, size_t n)
{
	buf_printf(&p->heads, "%zu %zu ", object, p->bodies.len);
	buf_put(&p->bodies, body, n);
	buf_putc(&p->bodies, '\n');
	p->members[p->n_members++] = object;
	return p->n_members < PACK || flush(p);
}

/* A stream stays as it is. */
static void copy_object(struct pack *p, size_t object, const char *body, size_t n)
{
	p->places[object] = (struct place){ PLAIN, p->out->len - p->start, 0 };
	buf_printf(p->out, "%zu 0 obj\n", object);
	buf_put(p->out, body, n);
	buf_puts(p->out, "\nendobj\n");
}

static int put_objects(struct pack *p, struct err *err)
{
	for (size_t i = 1; i < p->n; i++) {
		const char *body;
		size_t n;

		if (!body_of(p, i, &body, &n))
			return broken(err);
		if (is_stream(body, n))
			copy_object(p, i, body, n);
		else if (!pack_object(p, i, body, n))
			return err_nomem(err);
	}
	return 0;
}

/* Those that libharu does not know. */
static int put_more(struct pack *p, const struct pdf_raw *more, struct err *err)
{
	if (more->base != p->n)
		return broken(err);
	for (size_t i = 0, at = 0; i < more->n; at = more->ends[i++])
		if (!pack_object(p, p->n + i, more->text.data + at, more->ends[i] - at))
			return err_nomem(err);
	return flush(p) ? 0 : err_nomem(err);
}

/* An entry of seven bytes: kind, four of a place, two of an index. */
static void put_fields(uint8_t out[FIELDS], const struct place *p)
{
	out[0] = (uint8_t)p->kind;
	for (int i = 0; i < 4; i++)
		out[1 + i] = (uint8_t)(p->at >> (8 * (3 - i)));
	out[5] = (uint8_t)(p->index >> 8);
	out[6] = (uint8_t)p->index;
}

/*
 * The cross-references as a stream. Rows that follow each other differ by little: each is written
 * as its difference to the one before (PNG's predictor "up"), which compresses well.
 */
static int put_references(struct pack *p, struct err *err)
{
	size_t number = p->total++, at = p->out->len - p->start, rest;
	const char *trailer = strstr(p->plain + p->table, "trailer\n<<\n");
	const char *end = trailer ? strstr(trailer, "/Size ") : NULL;
	uint8_t before[FIELDS] = { 0 }, now[FIELDS];
	struct buf rows = { 0 }, dictionary = { 0 };
	int r = -1;

	if (!end)
		return broken(err);
	p->places[number] = (struct place){ PLAIN, at, 0 };
	for (size_t i = 0; i < p->total; i++) {
		put_fields(now, &p->places[i]);
		buf_putc(&rows, 2);
		for (int k = 0; k < FIELDS; k++)
			buf_putc(&rows, (char)(now[k] - before[k]));
		memcpy(before, now, sizeof before);
	}
	rest = (size_t)(end - trailer) - strlen("trailer\n<<\n");
	buf_printf(&dictionary,
	           "/Type/XRef/W[1 4 2]/Size %zu/DecodeParms<</Predictor 12/Columns %d>>", p->total,
	           FIELDS);
	buf_put(&dictionary, trailer + strlen("trailer\n<<\n"), rest);
	if (rows.failed || dictionary.failed || !put_stream(p, number, dictionary.data, &rows))
		err_nomem(err);
	else
		r = 0;
	buf_printf(p->out, "startxref\n%zu\n%%%%EOF\n", at);
	buf_finish(&rows);
	buf_finish(&dictionary);
	return r;
}

/* Find the table of cross-references by what stands at the file's end. */
static bool find_table(struct pack *p, const struct buf *plain)
{
	static const char mark[] = "startxref\n";
	size_t tail = plain->len > 64 ? plain->len - 64 : 0;
	const char *at = plain->data ? strstr(plain->data + tail, mark) : NULL;
	unsigned long n = 0;

	if (!at)
		return false;
	p->plain = plain->data;
	p->table = strtoul(at + strlen(mark), NULL, 10);
	if (p->table < HEADER || p->table >= plain->len ||
	    sscanf(p->plain + p->table, "xref\n0 %lu\n", &n) != 1 || n < 2 ||
	    n > (plain->len - p->table) / ENTRY)
		return false;
	p->n = p->total = n;
	return true;
}

int pdf_pack(struct buf *out, const struct buf *plain, const struct pdf_raw *more, struct err *err)
{
	struct pack p = { .out = out, .start = out->len };
	int r;

	if (!find_table(&p, plain))
		return broken(err);
	p.total = p.n + more->n;
	p.places = calloc(p.total + p.total / PACK + 3, sizeof *p.places);
	if (!p.places)
		return err_nomem(err);
	buf_put(out, plain->data, HEADER);
	r = put_objects(&p, err);
	if (!r)
		r = put_more(&p, more, err);
	if (!r)
		r = put_references(&p, err);
	if (!r && out->failed)
		r = err_nomem(err);
	if (r)
		out->len = p.start;
	buf_finish(&p.heads);
	buf_finish(&p.bodies);
	free(p.places);
	return r;
}
