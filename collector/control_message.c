/*
 * control_message.c - both sides of the control socket: its address, whole messages, asking.
 */
#include "collector/control.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { HEAD = 5, REPLY_MOST = 65536 };

size_t control_most(const struct round *round)
{
	size_t group = CONTROL_GROUP * (STORE_RECEIPT + round_submission_size(round));

	return group > REPLY_MOST ? group : REPLY_MOST;
}

int control_address(struct sockaddr_un *out, int *folder, const struct round *round,
                    struct err *err)
{
	*out = (struct sockaddr_un){.sun_family = AF_UNIX};
	*folder = open(round->folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (*folder < 0)
		return err_set(err, ERR_IO, "%s: %s", round->folder, strerror(errno));
	/* an address has 107 bytes, a folder's path can have more: by way of its descriptor */
	snprintf(out->sun_path, sizeof out->sun_path, "/proc/self/fd/%d/control.sock", *folder);
	return 0;
}

static int put_bytes(int fd, const void *bytes, size_t n, struct err *err)
{
	const char *from = bytes;

	while (n > 0) {
		ssize_t put = send(fd, from, n, MSG_NOSIGNAL);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return err_set(err, ERR_IO, "control.sock: %s", strerror(errno));
		from += put;
		n -= (size_t)put;
	}
	return 0;
}

/* Returns how many of `n` bytes came before the end, or -1. */
static ssize_t get_bytes(int fd, void *bytes, size_t n, struct err *err)
{
	size_t have = 0;

	while (have < n) {
		ssize_t got = recv(fd, (char *)bytes + have, n - have, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(err, ERR_IO, "control.sock: %s", strerror(errno));
		if (got == 0)
			break;
		have += (size_t)got;
	}
	return (ssize_t)have;
}

/* The head of a message, and with its first byte the descriptor that goes along. */
static int put_head(int fd, const uint8_t head[HEAD], int file, struct err *err)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(sizeof(int))];
	} space = {0};
	struct iovec part = {(void *)(uintptr_t)head, 1};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = space.bytes,
	                         .msg_controllen = sizeof space.bytes};
	struct cmsghdr *passed = CMSG_FIRSTHDR(&message);
	ssize_t put;

	if (file < 0)
		return put_bytes(fd, head, HEAD, err);
	passed->cmsg_level = SOL_SOCKET;
	passed->cmsg_type = SCM_RIGHTS;
	passed->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(passed), &file, sizeof file);
	do {
		put = sendmsg(fd, &message, MSG_NOSIGNAL);
	} while (put < 0 && errno == EINTR);
	if (put != 1)
		return err_set(err, ERR_IO, "control.sock: %s", strerror(errno));
	return put_bytes(fd, head + 1, HEAD - 1, err);
}

/* Take the descriptors of a message: the first is kept, more than one is somebody's mistake. */
static void take_files(struct msghdr *message, int *file)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c != NULL; c = CMSG_NXTHDR(message, c)) {
		size_t n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);

		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		for (size_t i = 0; i < n; i++) {
			int fd;

			memcpy(&fd, CMSG_DATA(c) + i * sizeof fd, sizeof fd);
			if (*file < 0)
				*file = fd;
			else
				close(fd);
		}
	}
}

/* 1, 0 at the end, or -1. */
static int get_head(int fd, uint8_t head[HEAD], int *file, struct err *err)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(4 * sizeof(int))];
	} space = {0};
	struct iovec part = {head, 1};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = space.bytes,
	                         .msg_controllen = sizeof space.bytes};
	ssize_t got;

	do {
		got = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		return err_set(err, ERR_IO, "control.sock: %s", strerror(errno));
	take_files(&message, file);
	if (got == 0)
		return 0;
	got = get_bytes(fd, head + 1, HEAD - 1, err);
	return got < 0 ? -1 : got == HEAD - 1;
}

int control_put(int fd, const struct control_message *m, struct err *err)
{
	size_t n = m->body.len;
	uint8_t head[HEAD] = {m->what, (uint8_t)(n >> 24), (uint8_t)(n >> 16), (uint8_t)(n >> 8),
	                      (uint8_t)n};

	if (m->body.failed)
		return err_nomem(err);
	if (put_head(fd, head, m->file, err) != 0)
		return -1;
	return put_bytes(fd, m->body.data, n, err);
}

int control_get(int fd, struct control_message *m, size_t most, struct err *err)
{
	uint8_t head[HEAD];
	int whole = get_head(fd, head, &m->file, err);
	ssize_t got;
	size_t n;
	void *to;

	if (whole < 0)
		return -1;
	if (whole == 0)
		return err_set(err, ERR_IO, "control.sock: the collector has gone");
	m->what = head[0];
	n = (size_t)head[1] << 24 | (size_t)head[2] << 16 | (size_t)head[3] << 8 | head[4];
	if (n > most)
		return err_set(err, ERR_INPUT, "control.sock: a message is too long");
	buf_clear(&m->body);
	to = buf_room(&m->body, n + 1);
	if (to == NULL)
		return err_nomem(err);
	got = get_bytes(fd, to, n, err);
	if (got < 0)
		return -1;
	if ((size_t)got < n)
		return err_set(err, ERR_IO, "control.sock: the collector has gone");
	((char *)to)[n] = '\0';
	m->body.len += n;
	return 0;
}

int control_ask(int fd, const struct control_message *request, struct buf *reply, struct err *err)
{
	struct control_message answer = {.body = *reply, .file = -1};
	int status = -1;

	if (control_put(fd, request, err) == 0 && control_get(fd, &answer, REPLY_MOST, err) == 0)
		status = 0;
	*reply = answer.body;
	if (answer.file >= 0)
		close(answer.file);
	if (status != 0 || answer.what == CONTROL_OK)
		return status;
	if (answer.what == CONTROL_FAULT && reply->len > 1)
		return err_set(err, (enum err_code)reply->data[0], "%s", reply->data + 1);
	return err_set(err, ERR_IO, "control.sock: the collector's reply is not one");
}

static int say_hello(int fd, const struct round *round, struct err *err)
{
	struct control_message hello = {.what = CONTROL_HELLO, .file = -1};
	struct buf reply = {0};
	int status;

	buf_put(&hello.body, round->shape.key, sizeof round->shape.key);
	buf_put(&hello.body, round->shape.form, sizeof round->shape.form);
	status = control_ask(fd, &hello, &reply, err);
	buf_finish(&hello.body);
	buf_finish(&reply);
	return status;
}

int control_connect(int *fd, const struct round *round, struct err *err)
{
	struct sockaddr_un address;
	int folder, status = 0;

	*fd = -1;
	if (control_address(&address, &folder, round, err) != 0)
		return -1;
	*fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (*fd < 0) {
		status = err_set(err, ERR_IO, "control.sock: %s", strerror(errno));
	} else if (connect(*fd, (struct sockaddr *)&address, sizeof address) != 0) {
		if (errno != ENOENT && errno != ECONNREFUSED)
			status = err_set(err, ERR_IO, "%s/control.sock: %s", round->folder,
				strerror(errno));
		close(*fd);
		*fd = -1;
	}
	close(folder);
	if (status == 0 && *fd >= 0 && say_hello(*fd, round, err) != 0) {
		close(*fd);
		*fd = -1;
		status = -1;
	}
	return status;
}
