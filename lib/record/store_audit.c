/*
 * store_audit.c - what somebody who takes a store can measure. In: a store, open for collecting or
 * only read. Out: counts and sizes, and how much of it is not as it must be; of no row more than
 * that. Nothing is changed.
 *
 * Used and free rows must look alike: both random. What does not was left behind, or was never
 * sealed. Two rows that begin alike mean that a random generator has repeated itself, as it does in
 * two copies of one virtual machine: records sealed with the same ephemeral key are not secret.
 */
#include "lib/record/store_audit_bytes.h"
#include "lib/record/store_audit_pages.h"
#include "lib/record/store_inner.h"
#include "lib/record/store_row.h"
#include "lib/record/store_scan.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHANGE_COUNTER = 24 /* where SQLite's header has it */ };

struct auditing {
	struct store_audit *out;
	struct store_audit_tally free; /* over all free rows of all kinds */
	uint64_t *starts; /* 8 bytes of every row's record: open addressing, 0 is empty */
	size_t mask;
	uint8_t seed[crypto_shorthash_KEYBYTES]; /* so that nobody can choose starts that collide */
};

/* Has another row begun so? */
static bool begins_alike(struct auditing *a, const uint8_t *record)
{
	uint64_t start, at;

	memcpy(&start, record, sizeof start);
	start |= start == 0;
	crypto_shorthash((uint8_t *)&at, record, sizeof start, a->seed);
	while (a->starts[at & a->mask] != 0 && a->starts[at & a->mask] != start)
		at++;
	if (a->starts[at & a->mask] == start)
		return true;
	a->starts[at & a->mask] = start;
	return false;
}

static int look_at_row(void *ctx, enum record_kind kind, uint32_t slot, const uint8_t *row,
	size_t n, bool used)
{
	struct store_audit_tally tally = {0};
	struct auditing *a = ctx;
	struct store_audit *out = a->out;
	bool text = store_audit_bytes_text(row, n);

	(void)slot;
	store_audit_bytes_add(&tally, row, n);
	if (!used)
		store_audit_bytes_add(&a->free, row, n);
	out->used[kind] += used;
	out->readable += text;
	if (text || store_audit_bytes_repeat(row, n) || !store_audit_bytes_even(&tally))
		*(used ? &out->odd_used : &out->odd_free) += 1;
	out->alike += begins_alike(a, row + STORE_ROW_KEY);
	return 0;
}

/* The file itself: its size, its time, and how often it was opened to be written. */
static int look_at_file(struct store_audit *out, const struct store_file *f, struct err *err)
{
	uint8_t counter[4];
	struct stat about;

	if (fstat(f->fd, &about) != 0 ||
	    pread(f->fd, counter, sizeof counter, CHANGE_COUNTER) != sizeof counter)
		return err_set(err, ERR_IO, "%s: %s", f->path, strerror(errno));
	out->bytes = (uint64_t)about.st_size;
	out->blurred = about.st_mtim.tv_sec % 86400 == 0 && about.st_mtim.tv_nsec == 0;
	out->openings = (uint64_t)counter[0] << 24 | (uint64_t)counter[1] << 16 |
	                (uint64_t)counter[2] << 8 | counter[3];
	return 0;
}

static int audit(struct store_audit *out, const struct store_file *f, const struct store_header *h,
	struct err *err)
{
	struct auditing a = {.out = out};
	size_t rows = 0, places = 16;
	int status = -1;

	*out = (struct store_audit){.closed = h->shape.closed};
	for (int k = 0; k < RECORD_KINDS; k++) {
		out->rows[k] = h->rows[k];
		out->size[k] = h->shape.each[k] > 0 ? h->shape.size[k] + STORE_ROW_FRAME : 0;
		rows += h->rows[k];
	}
	while (places < 2 * rows)
		places *= 2;
	a.mask = places - 1;
	a.starts = calloc(places, sizeof *a.starts);
	if (a.starts == NULL)
		return err_nomem(err);
	crypto_shorthash_keygen(a.seed);
	if (look_at_file(out, f, err) == 0 && store_audit_pages(&out->slack, f, err) == 0 &&
	    store_scan(f, h, look_at_row, &a, err) == 0) {
		out->skewed = !store_audit_bytes_even(&a.free);
		for (int k = 0; k < RECORD_KINDS; k++)
			out->incomplete |= out->used[k] !=
				out->used[RECORD_CORE] * h->shape.each[k];
		status = 0;
	}
	free(a.starts);
	return status;
}

int store_audit(struct store_audit *out, struct store *s, struct err *err)
{
	if (store_inner_usable(s, err) != 0)
		return -1;
	return audit(out, &s->file, &s->header, err);
}

int store_audit_file(struct store_audit *out, const char *path, const struct store_shape *expected,
	struct err *err)
{
	struct store_header h;
	struct store_file f;
	int status = -1;

	if (store_file_open(&f, path, false, err) != 0)
		return -1;
	if (store_file_check(&f, &h, err) == 0 &&
	    store_header_expect(&h.shape, expected, path, err) == 0)
		status = audit(out, &f, &h, err);
	store_file_finish(&f);
	return status;
}
