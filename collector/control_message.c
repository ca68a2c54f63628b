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

enum { HEAD = 5, PATH_MOST = 4096 };

size_t control_most(const struct round *round)
{
	size_t group = CONTROL_GROUP * (STORE_RECEIPT + round_submission_size(round));

	return group > PATH_MOST ? group : PATH_MOST;
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

int control_put(int fd, uint8_t what, const void *body, size_t n, struct err *err)
{
	uint8_t head[HEAD] = {what, (uint8_t)(n >> 24), (uint8_t)(n >> 16), (uint8_t)(n >> 8),
	                      (uint8_t)n};

	if (put_bytes(fd, head, sizeof head, err) != 0)
		return -1;
	return put_bytes(fd, body, n, err);
}

int control_get(int fd, uint8_t *what, struct buf *body, size_t most, bool *closed,
                struct err *err)
{
	uint8_t head[HEAD];
	ssize_t got = get_bytes(fd, head, sizeof head, err);
	size_t n;
	void *to;

	if (closed != NULL)
		*closed = got == 0;
	if (got < 0)
		return -1;
	if (got < HEAD)
		return err_set(err, ERR_IO, "control.sock: the collector has gone");
	*what = head[0];
	n = (size_t)head[1] << 24 | (size_t)head[2] << 16 | (size_t)head[3] << 8 | head[4];
	if (n > most)
		return err_set(err, ERR_INPUT, "control.sock: a message is too long");
	buf_clear(body);
	to = buf_room(body, n + 1);
	if (to == NULL)
		return err_nomem(err);
	got = get_bytes(fd, to, n, err);
	if (got < 0)
		return -1;
	if ((size_t)got < n)
		return err_set(err, ERR_IO, "control.sock: the collector has gone");
	((char *)to)[n] = '\0';
	body->len += n;
	return 0;
}

int control_ask(int fd, uint8_t what, const struct buf *body, struct buf *reply, struct err *err)
{
	uint8_t status;

	if (control_put(fd, what, body->data, body->len, err) != 0 ||
	    control_get(fd, &status, reply, PATH_MOST, NULL, err) != 0)
		return -1;
	if (status == CONTROL_OK)
		return 0;
	if (status == CONTROL_FAULT && reply->len > 1)
		return err_set(err, (enum err_code)reply->data[0], "%s", reply->data + 1);
	return err_set(err, ERR_IO, "control.sock: the collector's reply is not one");
}

static int say_hello(int fd, const struct round *round, struct err *err)
{
	struct buf hello = {0}, reply = {0};
	int status = -1;

	buf_put(&hello, round->shape.key, sizeof round->shape.key);
	buf_put(&hello, round->shape.form, sizeof round->shape.form);
	if (hello.failed)
		err_nomem(err);
	else
		status = control_ask(fd, CONTROL_HELLO, &hello, &reply, err);
	buf_finish(&hello);
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
