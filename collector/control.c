/*
 * control.c - the collector's side of the control socket. In: requests of the operator's other
 * processes, one connection at a time. Out: jobs for the commit thread, and its results as replies.
 */
#include "collector/control.h"

#include "collector/self_audit.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { PATIENCE = 30 /* seconds that a client may be silent */ };

struct control {
	const struct round *round;
	struct commit *commit;
	struct quota *quota;
	pthread_t thread;
	bool running;
	int listening, stopping; /* a socket; an eventfd that ends the thread */
	pthread_mutex_t lock;    /* over `client` */
	int client;              /* the connection in hand, or -1 */
};

/* --- requests --- */

static void put_fault(struct buf *out, const struct err *err)
{
	buf_putc(out, (char)err->code);
	buf_puts(out, err->msg);
}

/* A submission in a message -> pointers into it. */
static void point_at(struct store_submission *out, const uint8_t *bytes,
                     const struct store_shape *shape)
{
	memcpy(out->receipt, bytes, STORE_RECEIPT);
	bytes += STORE_RECEIPT;
	for (size_t kind = 0; kind < RECORD_KINDS; kind++) {
		out->records[kind] = bytes;
		bytes += shape->size[kind] * shape->each[kind];
	}
}

static int do_submit(struct control *c, const struct buf *body, struct buf *reply, struct err *err)
{
	struct store_submission submissions[CONTROL_GROUP];
	struct commit_job jobs[CONTROL_GROUP];
	const size_t size = STORE_RECEIPT + round_submission_size(c->round);
	size_t n = body->len / size;

	if (n == 0 || n > CONTROL_GROUP || body->len % size != 0)
		return err_set(err, ERR_INPUT, "control.sock: not whole submissions");
	for (size_t i = 0; i < n; i++) {
		point_at(&submissions[i], (const uint8_t *)body->data + i * size,
			&c->round->shape);
		jobs[i] = (struct commit_job){.kind = COMMIT_SUBMISSION,
			.submission = &submissions[i]};
	}
	commit_wait(c->commit, jobs, n);
	for (size_t i = 0; i < n; i++) {
		if (jobs[i].result == COMMIT_BUSY || jobs[i].result == COMMIT_FAILED) {
			*err = jobs[i].err;
			return -1;
		}
		buf_putc(reply, (char)jobs[i].result);
	}
	return 0;
}

static int do_job(struct control *c, enum commit_kind kind, int file, struct err *err)
{
	struct commit_job job = {.kind = kind, .file = file};

	commit_wait(c->commit, &job, 1);
	if (job.result == COMMIT_DONE)
		return 0;
	if (job.result == COMMIT_CLOSED)
		return err_set(err, ERR_INPUT, "the round is closed already");
	*err = job.err;
	return -1;
}

static int do_hello(const struct control *c, const struct buf *body, struct err *err)
{
	const struct store_shape *shape = &c->round->shape;

	if (body->len != sizeof shape->key + sizeof shape->form ||
	    memcmp(body->data, shape->key, sizeof shape->key) != 0 ||
	    memcmp(body->data + sizeof shape->key, shape->form, sizeof shape->form) != 0)
		return err_set(err, ERR_INPUT,
			"the collector that is running has another key or questionnaire");
	return 0;
}

/* The operator has opened the file: what may be written is theirs to say, not ours. */
static int do_backup(struct control *c, int file, struct err *err)
{
	struct stat about;

	if (file < 0 || fstat(file, &about) != 0 || !S_ISREG(about.st_mode))
		return err_set(err, ERR_INPUT, "control.sock: a backup without a file");
	return do_job(c, COMMIT_BACKUP, file, err);
}

static int do_flood(struct control *c, const struct buf *body, struct err *err)
{
	if (body->len != 1 || body->data[0] < QUOTA_NORMAL || body->data[0] > QUOTA_PAUSED)
		return err_set(err, ERR_INPUT, "control.sock: not a way to take submissions");
	quota_set(c->quota, (enum quota_mode)body->data[0]);
	return 0;
}

/* What the store looks like from outside: the operator's process cannot open it meanwhile. */
static int do_audit(struct control *c, struct buf *reply, struct err *err)
{
	struct store_audit audit;
	struct commit_job job = {.kind = COMMIT_AUDIT, .audit = &audit};

	commit_wait(c->commit, &job, 1);
	if (job.result != COMMIT_DONE) {
		*err = job.err;
		return -1;
	}
	self_audit_store_put(reply, &audit);
	return 0;
}

static int do_request(struct control *c, const struct control_message *m, struct buf *reply,
                      struct err *err)
{
	switch (m->what) {
	case CONTROL_HELLO:
		return do_hello(c, &m->body, err);
	case CONTROL_SUBMIT:
		return do_submit(c, &m->body, reply, err);
	case CONTROL_BACKUP:
		return do_backup(c, m->file, err);
	case CONTROL_CLOSE:
		return do_job(c, COMMIT_CLOSE, -1, err);
	case CONTROL_FLOOD:
		return do_flood(c, &m->body, err);
	case CONTROL_AUDIT:
		return do_audit(c, reply, err);
	default:
		return err_set(err, ERR_INPUT, "control.sock: not a request");
	}
}

/* --- connections --- */

/* Only the collector's own user, and root. */
static bool is_owner(int fd)
{
	struct ucred peer;
	socklen_t n = sizeof peer;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &n) != 0)
		return false;
	return peer.uid == geteuid() || peer.uid == 0;
}

static void close_file(struct control_message *m)
{
	if (m->file >= 0)
		close(m->file);
	m->file = -1;
}

static void serve(struct control *c, int fd)
{
	const struct timeval patience = {.tv_sec = PATIENCE};
	struct control_message request = {.file = -1}, answer = {.file = -1};
	struct err err = {0};

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	while (is_owner(fd) &&
	       control_get(fd, &request, control_most(c->round), &err) == 0) {
		buf_clear(&answer.body);
		answer.what = CONTROL_OK;
		if (do_request(c, &request, &answer.body, &err) != 0) {
			buf_clear(&answer.body);
			put_fault(&answer.body, &err);
			answer.what = CONTROL_FAULT;
		}
		close_file(&request);
		if (control_put(fd, &answer, &err) != 0)
			break;
	}
	close_file(&request);
	buf_finish(&request.body);
	buf_finish(&answer.body);
}

/* A client in hand would keep the thread from ending: it is hung up on. */
static void set_client(struct control *c, int fd)
{
	pthread_mutex_lock(&c->lock);
	c->client = fd;
	pthread_mutex_unlock(&c->lock);
}

static void hang_up(struct control *c)
{
	pthread_mutex_lock(&c->lock);
	if (c->client >= 0)
		shutdown(c->client, SHUT_RD);
	pthread_mutex_unlock(&c->lock);
}

static void *run(void *arg)
{
	struct control *c = arg;
	struct pollfd ready[] = {{c->stopping, POLLIN, 0}, {c->listening, POLLIN, 0}};

	for (;;) {
		int fd;

		if (poll(ready, 2, -1) < 0 && errno != EINTR)
			return NULL;
		if (ready[0].revents != 0)
			return NULL;
		if (ready[1].revents == 0)
			continue;
		fd = accept4(c->listening, NULL, NULL, SOCK_CLOEXEC);
		if (fd < 0)
			continue;
		set_client(c, fd);
		serve(c, fd);
		set_client(c, -1);
		close(fd);
	}
}

static int listen_here(struct control *c, struct err *err)
{
	struct sockaddr_un address;
	int folder, status = -1;
	mode_t before;

	if (control_address(&address, &folder, c->round, err) != 0)
		return -1;
	c->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	unlinkat(folder, "control.sock", 0);
	before = umask(0177);
	if (c->listening < 0 ||
	    bind(c->listening, (struct sockaddr *)&address, sizeof address) != 0 ||
	    listen(c->listening, 4) != 0)
		err_set(err, ERR_IO, "%s/control.sock: %s", c->round->folder, strerror(errno));
	else
		status = 0;
	umask(before);
	close(folder);
	return status;
}

static void finish(struct control *c)
{
	if (c->listening >= 0)
		close(c->listening);
	if (c->stopping >= 0)
		close(c->stopping);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

int control_listen(struct control **out, const struct round *round, struct err *err)
{
	struct control *c = calloc(1, sizeof *c);

	if (c == NULL)
		return err_nomem(err);
	*c = (struct control){.round = round, .listening = -1, .client = -1};
	pthread_mutex_init(&c->lock, NULL);
	c->stopping = eventfd(0, EFD_CLOEXEC);
	if (c->stopping < 0)
		err_set(err, ERR_IO, "no descriptor: %s", strerror(errno));
	else if (listen_here(c, err) == 0) {
		*out = c;
		return 0;
	}
	finish(c);
	return -1;
}

int control_start(struct control *c, struct commit *commit, struct quota *quota, struct err *err)
{
	c->commit = commit;
	c->quota = quota;
	if (pthread_create(&c->thread, NULL, run, c) != 0)
		return err_set(err, ERR_IO, "no thread can be started");
	c->running = true;
	return 0;
}

void control_stop(struct control *c)
{
	const uint64_t one = 1;
	struct sockaddr_un address;
	struct err err;
	int folder;

	if (c == NULL)
		return;
	if (c->running && write(c->stopping, &one, sizeof one) == sizeof one) {
		hang_up(c);
		pthread_join(c->thread, NULL);
	}
	if (control_address(&address, &folder, c->round, &err) == 0) {
		unlinkat(folder, "control.sock", 0);
		close(folder);
	}
	finish(c);
}
