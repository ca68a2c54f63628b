/*
 * crowd.c - two thousand slow phones. In: made-up people. Out: connections that hold half of a form
 * each, for as long as memory is measured, and then the other half.
 */
#include "tests/bench/crowd.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { PATIENCE = 30 /* seconds */ };

struct member {
	int fd;
	struct buf out;
};

struct crowd {
	struct member *list;
	size_t n;
};

static int join(struct member *m, const struct load *load, const struct person *p,
                struct err *err)
{
	const struct timeval patience = {.tv_sec = PATIENCE};

	people_submit(&m->out, p);
	m->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (m->out.failed || m->fd < 0 ||
	    setsockopt(m->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0 ||
	    setsockopt(m->fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) != 0 ||
	    connect(m->fd, (const struct sockaddr *)&load->to, sizeof load->to) != 0 ||
	    send(m->fd, m->out.data, m->out.len / 2, MSG_NOSIGNAL) < 0)
		return err_set(err, ERR_IO, "a crowd of connections: %s", strerror(errno));
	return 0;
}

int crowd_gather(struct crowd **out, const struct load *load, size_t n, struct err *err)
{
	struct crowd *c = calloc(1, sizeof *c);

	if (c == NULL || (c->list = calloc(n, sizeof *c->list)) == NULL) {
		free(c);
		return err_nomem(err);
	}
	for (; c->n < n; c->n++) {
		if (join(&c->list[c->n], load, &load->people[c->n % load->n_people], err) != 0) {
			c->n++;
			crowd_free(c);
			return -1;
		}
	}
	*out = c;
	return 0;
}

/* Is the reply 200? Read to its end, as the server closes first. */
static bool answered(int fd)
{
	char reply[4096];
	ssize_t n = recv(fd, reply, sizeof reply, MSG_WAITALL);
	bool good = n > 12 && memcmp(reply + 8, " 200", 4) == 0;

	while (n > 0)
		n = recv(fd, reply, sizeof reply, 0);
	return good && n == 0;
}

size_t crowd_finish(struct crowd *c)
{
	size_t good = 0;

	for (size_t i = 0; i < c->n; i++) {
		struct member *m = &c->list[i];
		size_t half = m->out.len / 2;

		send(m->fd, m->out.data + half, m->out.len - half, MSG_NOSIGNAL);
	}
	for (size_t i = 0; i < c->n; i++)
		good += answered(c->list[i].fd);
	return good;
}

void crowd_free(struct crowd *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->n; i++) {
		if (c->list[i].fd >= 0)
			close(c->list[i].fd);
		buf_finish(&c->list[i].out);
	}
	free(c->list);
	free(c);
}
