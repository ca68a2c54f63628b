/*
 * operate.c - --import, --backup, --close and --flood. In: what to do. Out: done by the running
 * collector over its control socket, or by a commit thread of our own.
 */
#include "collector/operate.h"

#include "collector/self_audit.h"
#include "lib/base/file.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct operate {
	const struct round *round;
	int fd;                /* of the running collector, or -1 */
	struct commit *commit; /* without one */
};

/* The jobs that are waited for have the fault. */
static void ignore_failure(void *ctx, const struct err *err)
{
	(void)ctx;
	(void)err;
}

int operate_open(struct operate **out, const struct round *round, struct err *err)
{
	struct operate *o = calloc(1, sizeof *o);
	struct store *store;

	if (o == NULL)
		return err_nomem(err);
	o->round = round;
	if (control_connect(&o->fd, round, err) != 0)
		goto fail;
	if (o->fd < 0) {
		if (round_open_store(&store, round, err) != 0 ||
		    commit_start(&o->commit, store, &round->key, ignore_failure, NULL, err) != 0)
			goto fail;
	}
	*out = o;
	return 0;
fail:
	operate_free(o);
	return -1;
}

void operate_free(struct operate *o)
{
	if (o == NULL)
		return;
	if (o->fd >= 0)
		close(o->fd);
	if (o->commit != NULL)
		commit_stop(o->commit);
	commit_free(o->commit);
	free(o);
}

static int submit_remote(struct operate *o, const struct submit *list, size_t n,
                         enum commit_result *results, struct err *err)
{
	const size_t size = round_submission_size(o->round);
	struct control_message request = {.what = CONTROL_SUBMIT, .file = -1};
	struct buf reply = {0};
	int status = -1;

	for (size_t i = 0; i < n; i++) {
		buf_put(&request.body, list[i].sealed.receipt, STORE_RECEIPT);
		buf_put(&request.body, list[i].bytes, size);
	}
	if (control_ask(o->fd, &request, &reply, err) == 0) {
		if (reply.len == n)
			status = 0;
		else
			err_set(err, ERR_IO, "control.sock: the collector's reply is not one");
	}
	for (size_t i = 0; status == 0 && i < n; i++)
		results[i] = (enum commit_result)(unsigned char)reply.data[i];
	buf_finish(&request.body);
	buf_finish(&reply);
	return status;
}

static int submit_here(struct operate *o, const struct submit *list, size_t n,
                       enum commit_result *results, struct err *err)
{
	struct commit_job jobs[CONTROL_GROUP];
	int status = 0;

	for (size_t i = 0; i < n; i++)
		jobs[i] = (struct commit_job){.kind = COMMIT_SUBMISSION,
			.submission = &list[i].sealed};
	commit_wait(o->commit, jobs, n);
	for (size_t i = 0; i < n; i++) {
		results[i] = jobs[i].result;
		if (jobs[i].result == COMMIT_BUSY || jobs[i].result == COMMIT_FAILED) {
			*err = jobs[i].err;
			status = -1;
		}
	}
	return status;
}

int operate_submit(struct operate *o, const struct submit *list, size_t n,
                   enum commit_result *results, struct err *err)
{
	int status;

	assert(n <= CONTROL_GROUP);
	if (n == 0)
		return 0;
	status = o->fd >= 0 ? submit_remote(o, list, n, results, err)
	                    : submit_here(o, list, n, results, err);
	for (size_t i = 0; status == 0 && i < n; i++) {
		if (results[i] == COMMIT_CLOSED)
			status = err_set(err, ERR_INPUT, "the round is closed");
		else if (results[i] != COMMIT_DONE && results[i] != COMMIT_KNOWN)
			status = err_set(err, ERR_IO, "control.sock: the collector's reply is not one");
	}
	return status;
}

/* A job for whoever has the store; `file` and `body` as in control.h. */
static int do_job(struct operate *o, enum commit_kind kind, uint8_t what, int file, struct err *err)
{
	struct control_message request = {.what = what, .file = file};
	struct commit_job job = {.kind = kind, .file = file};
	struct buf reply = {0};
	int status;

	if (o->fd >= 0) {
		status = control_ask(o->fd, &request, &reply, err);
		buf_finish(&reply);
		return status;
	}
	commit_wait(o->commit, &job, 1);
	if (job.result == COMMIT_DONE)
		return 0;
	if (job.result == COMMIT_CLOSED)
		return err_set(err, ERR_INPUT, "the round is closed already");
	*err = job.err;
	return -1;
}

int operate_backup(struct operate *o, const char *path, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	int status;

	if (fd < 0)
		return err_set(err, errno == EEXIST ? ERR_INPUT : ERR_IO, "%s: %s", path,
			errno == EEXIST ? "already exists" : strerror(errno));
	status = do_job(o, COMMIT_BACKUP, CONTROL_BACKUP, fd, err);
	if (status != 0)
		err_prefix(err, "%s", path);
	if (close(fd) != 0 && status == 0)
		status = err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	if (status == 0)
		status = file_sync_parent(path, err);
	if (status != 0)
		unlink(path);
	return status;
}

int operate_count(uint64_t *out, struct operate *o, struct err *err)
{
	struct control_message request = {.what = CONTROL_AUDIT, .file = -1};
	struct store_audit audit = {0};
	struct commit_job job = {.kind = COMMIT_AUDIT, .file = -1, .audit = &audit};
	struct buf reply = {0};
	int status;

	if (o->fd >= 0) {
		status = control_ask(o->fd, &request, &reply, err);
		if (status == 0)
			status = self_audit_store_get(&audit, &reply, err);
		buf_finish(&reply);
	} else {
		commit_wait(o->commit, &job, 1);
		status = job.result == COMMIT_DONE ? 0 : -1;
		if (status != 0)
			*err = job.err;
	}
	if (status == 0)
		*out = audit.used[RECORD_CORE];
	return status;
}

int operate_close(struct operate *o, struct err *err)
{
	return do_job(o, COMMIT_CLOSE, CONTROL_CLOSE, -1, err);
}

int operate_flood(struct operate *o, enum quota_mode mode, struct err *err)
{
	struct control_message request = {.what = CONTROL_FLOOD, .file = -1};
	struct buf reply = {0};
	int status;

	if (o->fd < 0)
		return err_set(err, ERR_INPUT, "no collector is running for this round");
	buf_putc(&request.body, (char)mode);
	status = control_ask(o->fd, &request, &reply, err);
	buf_finish(&request.body);
	buf_finish(&reply);
	return status;
}
