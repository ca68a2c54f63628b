/*
 * listen.c - from an address on the command line to a listening socket. Names are not looked up:
 * the collector never asks another machine anything.
 */
#include "collector/listen.h"

#include <errno.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 512 };

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

static void describe(char out[LISTEN_ADDRESS], int fd)
{
	struct sockaddr_storage own;
	socklen_t n = sizeof own;
	char host[64] = "", port[8] = "";

	if (getsockname(fd, (struct sockaddr *)&own, &n) == 0)
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

int listen_open(int *fd, char address[LISTEN_ADDRESS], const char *where, struct err *err)
{
	size_t n = strlen(unix_prefix);

	if (strncmp(where, unix_prefix, n) == 0) {
		if (open_unix(fd, where + n, err) != 0)
			return -1;
		/* only now: what stands at an address that we have is removed at the end */
		snprintf(address, LISTEN_ADDRESS, "%s", where);
		return 0;
	}
	if (open_tcp(fd, where, err) != 0)
		return -1;
	describe(address, *fd);
	return 0;
}

void listen_remove(const char *where)
{
	size_t n = strlen(unix_prefix);

	if (strncmp(where, unix_prefix, n) == 0)
		unlink(where + n);
}
