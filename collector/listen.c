/*
 * listen.c - from what stands on the command line to listening sockets. Names are not looked up:
 * the collector never asks another machine anything. The service manager's sockets are taken as
 * sd_listen_fds(3) describes: descriptors from 3 on, counted in LISTEN_FDS, for LISTEN_PID.
 */
#include "collector/listen.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 1024, FIRST_HANDED = 3 };

static const char unix_prefix[] = "unix:";

/* Is a socket file left over from a process that has gone? */
static bool is_stale(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool stale = false;
	struct stat about;

	if (fd >= 0 && lstat(address->sun_path, &about) == 0 && S_ISSOCK(about.st_mode))
		stale = connect(fd, (const struct sockaddr *)address, sizeof *address) != 0 &&
		        errno == ECONNREFUSED;
	if (fd >= 0)
		close(fd);
	return stale;
}

static int open_unix(int *fd, const char *path, struct err *err)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	mode_t before;
	int bound;

	if (strlen(path) == 0 || strlen(path) >= sizeof address.sun_path)
		return err_set(err, ERR_INPUT, "unix:%s: the path is too long, or empty", path);
	strcpy(address.sun_path, path);
	*fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (*fd < 0)
		return err_set(err, ERR_IO, "unix:%s: %s", path, strerror(errno));
	if (is_stale(&address))
		unlink(path);
	before = umask(0117); /* the proxy is in our group */
	bound = bind(*fd, (struct sockaddr *)&address, sizeof address);
	umask(before);
	if (bound != 0 || listen(*fd, BACKLOG) != 0) {
		err_set(err, ERR_IO, "unix:%s: %s", path, strerror(errno));
		close(*fd);
		return -1;
	}
	return 0;
}

/* "127.0.0.1:80" or "[::1]:80" -> host and port. */
static int split(char host[64], char port[8], const char *where)
{
	const char *colon = strrchr(where, ':'), *start = where, *end = colon;

	if (colon == NULL || strlen(colon + 1) == 0 || strlen(colon + 1) > 5)
		return -1;
	if (*start == '[') {
		start++;
		end--;
		if (end < start || *end != ']')
			return -1;
	}
	if (end <= start || end - start >= 64)
		return -1;
	memcpy(host, start, (size_t)(end - start));
	host[end - start] = '\0';
	strcpy(port, colon + 1);
	return 0;
}

/* The address of a socket as it is printed. */
static void describe(char out[LISTEN_ADDRESS], int fd)
{
	struct sockaddr_storage own = {0};
	socklen_t n = sizeof own;
	char host[64] = "", port[8] = "";

	if (getsockname(fd, (struct sockaddr *)&own, &n) == 0 && own.ss_family == AF_UNIX) {
		snprintf(out, LISTEN_ADDRESS, "%s%.100s", unix_prefix,
			((struct sockaddr_un *)&own)->sun_path);
		return;
	}
	getnameinfo((struct sockaddr *)&own, n, host, sizeof host, port, sizeof port,
		NI_NUMERICHOST | NI_NUMERICSERV);
	snprintf(out, LISTEN_ADDRESS, strchr(host, ':') ? "http://[%s]:%s/" : "http://%s:%s/",
		host, port);
}

static int open_tcp(int *fd, const char *where, struct err *err)
{
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
	                               .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};
	struct addrinfo *found = NULL;
	char host[64], port[8];
	const int on = 1;
	int status = -1;

	if (split(host, port, where) != 0 || getaddrinfo(host, port, &hints, &found) != 0)
		return err_set(err, ERR_INPUT, "--listen %s: must be ADDRESS:PORT in digits, or "
			"unix:PATH", where);
	*fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (*fd >= 0)
		setsockopt(*fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (*fd < 0 || bind(*fd, found->ai_addr, found->ai_addrlen) != 0 ||
	    listen(*fd, BACKLOG) != 0) {
		err_set(err, ERR_IO, "%s: %s", where,
			errno == EADDRINUSE ? "is in use by another program" : strerror(errno));
		if (*fd >= 0)
			close(*fd);
	} else {
		status = 0;
	}
	freeaddrinfo(found);
	return status;
}

static int add(struct listen *l, int fd, const char *path, struct err *err)
{
	if (l->n == LISTEN_MOST) {
		close(fd);
		return err_set(err, ERR_INPUT, "--listen: at most %d sockets", LISTEN_MOST);
	}
	l->fds[l->n] = fd;
	/* only now: what stands at an address that we have is removed at the end */
	l->paths[l->n] = path;
	describe(l->addresses[l->n], fd);
	l->n++;
	return 0;
}

/* A socket that was handed over must be one that connections come from. */
static bool is_listening(int fd)
{
	int type = 0, on = 0;
	socklen_t n = sizeof type, m = sizeof on;

	return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &n) == 0 && type == SOCK_STREAM &&
	       getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &on, &m) == 0 && on != 0;
}

static int take_handed(struct listen *l, struct err *err)
{
	const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
	long n = count != NULL ? strtol(count, NULL, 10) : 0;

	if (pid == NULL || strtol(pid, NULL, 10) != (long)getpid() || n < 1 || n > LISTEN_MOST)
		return err_set(err, ERR_INPUT, "--listen systemd: the service manager handed over no "
			"socket");
	for (int fd = FIRST_HANDED; fd < FIRST_HANDED + (int)n; fd++) {
		if (!is_listening(fd) || fcntl(fd, F_SETFD, FD_CLOEXEC) != 0 ||
		    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) != 0)
			return err_set(err, ERR_INPUT, "--listen systemd: descriptor %d is not a "
				"listening socket", fd);
		if (add(l, fd, NULL, err) != 0)
			return -1;
	}
	return 0;
}

int listen_open(struct listen *l, const char *where, struct err *err)
{
	const char *path = strncmp(where, unix_prefix, sizeof unix_prefix - 1) == 0
		? where + sizeof unix_prefix - 1 : NULL;
	int fd;

	if (strcmp(where, "systemd") == 0)
		return take_handed(l, err);
	if (path != NULL ? open_unix(&fd, path, err) != 0 : open_tcp(&fd, where, err) != 0)
		return -1;
	return add(l, fd, path, err);
}

void listen_finish(struct listen *l)
{
	for (size_t i = 0; i < l->n; i++) {
		if (l->fds[i] >= 0)
			close(l->fds[i]);
		if (l->paths[i] != NULL)
			unlink(l->paths[i]);
	}
	*l = (struct listen){0};
}
