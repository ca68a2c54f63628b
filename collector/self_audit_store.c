/*
 * self_audit_store.c - the store's part. In: a running collector, asked over its control socket, or
 * a store that nobody has open. Out: findings about what can be measured; and the reply's bytes:
 * the members of struct store_audit in their order, 8 bytes each, big-endian.
 */
#include "collector/self_audit_inner.h"

#include "collector/control.h"
#include "lib/base/file.h"

#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { NUMBERS = 11 + 3 * RECORD_KINDS };

/* --- the reply --- */

static void put(struct buf *out, uint64_t v)
{
	for (int shift = 56; shift >= 0; shift -= 8)
		buf_putc(out, (char)(v >> shift));
}

static uint64_t get(const char **from)
{
	uint64_t v = 0;

	for (int i = 0; i < 8; i++)
		v = v << 8 | (unsigned char)*(*from)++;
	return v;
}

void self_audit_store_put(struct buf *out, const struct store_audit *a)
{
	put(out, a->closed);
	put(out, a->blurred);
	put(out, a->incomplete);
	put(out, a->skewed);
	put(out, a->bytes);
	put(out, a->openings);
	for (int k = 0; k < RECORD_KINDS; k++) {
		put(out, a->rows[k]);
		put(out, a->used[k]);
		put(out, a->size[k]);
	}
	put(out, a->odd_used);
	put(out, a->odd_free);
	put(out, a->readable);
	put(out, a->alike);
	put(out, a->slack);
}

int self_audit_store_get(struct store_audit *out, const struct buf *bytes, struct err *err)
{
	const char *from = bytes->data;

	*out = (struct store_audit){0};
	if (bytes->len != 8 * NUMBERS)
		return err_set(err, ERR_IO, "control.sock: the collector's reply is not one");
	out->closed = get(&from) != 0;
	out->blurred = get(&from) != 0;
	out->incomplete = get(&from) != 0;
	out->skewed = get(&from) != 0;
	out->bytes = get(&from);
	out->openings = get(&from);
	for (int k = 0; k < RECORD_KINDS; k++) {
		out->rows[k] = get(&from);
		out->used[k] = get(&from);
		out->size[k] = get(&from);
	}
	out->odd_used = get(&from);
	out->odd_free = get(&from);
	out->readable = get(&from);
	out->alike = get(&from);
	out->slack = get(&from);
	return 0;
}

/* --- asking --- */

static int ask(struct self_audit *a, int fd, struct err *err)
{
	struct control_message request = {.what = CONTROL_AUDIT, .file = -1};
	struct buf reply = {0};
	int status = control_ask(fd, &request, &reply, err);

	if (status == 0)
		status = self_audit_store_get(&a->store, &reply, err);
	buf_finish(&reply);
	return status;
}

/* 0: `a->store` is set, or there is no store. */
static int look(struct self_audit *a, pid_t *collector, struct err *err)
{
	const struct round *round = a->round;
	struct ucred peer;
	socklen_t n = sizeof peer;
	int fd, status = 0;

	if (control_connect(&fd, round, err) != 0)
		return -1;
	if (fd >= 0) {
		a->running = true;
		if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &n) == 0)
			*collector = peer.pid;
		status = ask(a, fd, err);
		a->looked = status == 0;
		close(fd);
	} else if (file_exists(round->store)) {
		status = store_audit_file(&a->store, round->store, &round->shape, err);
		a->looked = status == 0;
	}
	return status;
}

/* --- saying --- */

static void say_counts(struct findings *f, const struct store_audit *s)
{
	static const char *const names[RECORD_KINDS] = {"core", "short", "long"};

	findings_add(f, FINDING_ADVICE, "responses.db", "%" PRIu64 " submissions can be counted; "
		"nothing says when they came or in which order, and no length how much anybody "
		"wrote",
		s->used[RECORD_CORE]);
	for (int k = 0; k < RECORD_KINDS; k++)
		if (s->size[k] > 0)
			findings_add(f, FINDING_ADVICE, names[k], "%" PRIu64 " rows of %" PRIu64
				" bytes each, %" PRIu64 " of them used", s->rows[k], s->size[k],
				s->used[k]);
	findings_add(f, FINDING_ADVICE, "responses.db", "%" PRIu64 " bytes%s; a counter in it, "
		"that goes up at most once each time it is opened, stands at %" PRIu64, s->bytes,
		s->closed ? "; the round is closed" : ", however many of the rows are used",
		s->openings);
	if (s->incomplete)
		findings_add(f, FINDING_ADVICE, "rows", "some belong to no whole submission: the "
			"machine lost power while one was written, and it was never acknowledged");
}

void self_audit_store_faults(struct findings *f, const struct store_audit *s)
{
	if (s->odd_free > 0)
		findings_add(f, FINDING_ERROR, "free rows", "%" PRIu64 " do not look random: "
			"something was left in them or they were never filled", s->odd_free);
	if (s->odd_used > 0)
		findings_add(f, FINDING_ERROR, "used rows", "%" PRIu64 " do not look random: they "
			"are not sealed records", s->odd_used);
	if (s->readable > 0)
		findings_add(f, FINDING_ERROR, "rows", "%" PRIu64 " hold text that can be read",
			s->readable);
	if (s->skewed)
		findings_add(f, FINDING_ERROR, "free rows", "all of them together do not look "
			"random: the random generator of this machine is not to be trusted");
	if (s->alike > 0)
		findings_add(f, FINDING_ERROR, "rows", "%" PRIu64 " begin as another does: the "
			"random generator of this machine has repeated itself (a copied virtual "
			"machine?), and what it sealed may be opened", s->alike);
	if (s->slack > 0)
		findings_add(f, FINDING_ERROR, "pages", "%" PRIu64 " hold bytes that belong to no "
			"row: another program has changed the store", s->slack);
	if (!s->blurred)
		findings_add(f, FINDING_ERROR, "responses.db", "its time of modification is not "
			"rounded to the day, so it can be that of a submission: the next write "
			"rounds it, or touch -d \"$(date -u +%%F)T00:00:00Z\"");
	if (s->odd_free + s->odd_used + s->readable + s->alike + s->slack == 0 && !s->skewed)
		findings_add(f, FINDING_ADVICE, "rows", "used and free ones look alike: random "
			"bytes; nothing can be read, and nothing lies between them");
}

void self_audit_store(struct self_audit *a, pid_t *collector)
{
	struct findings *f = &a->part[SELF_AUDIT_STORE];
	struct err err;

	*collector = 0;
	if (look(a, collector, &err) != 0) {
		if (err.code == ERR_NOMEM)
			f->failed = 1;
		findings_add(f, FINDING_ERROR, "responses.db", "not looked at: %s", err.msg);
	} else if (!a->looked) {
		findings_add(f, FINDING_ADVICE, "responses.db", "there is none yet");
	} else {
		say_counts(f, &a->store);
		self_audit_store_faults(f, &a->store);
	}
}
