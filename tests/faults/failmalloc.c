/*
 * failmalloc.c - a library to be preloaded into the collector, so that one allocation fails for
 * each connection: for the first that is accepted the FAIL_FIRST-th after it, for the next the one
 * after that, and so on. In: the environment, and the program's calls. Out: the file FAIL_REPORT,
 * which must be there, with how many connections there were and how many allocations have failed.
 *
 * Nothing of start-up fails. The file is mapped before the program confines itself.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* glibc's own, which the names below hide */
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void *__libc_memalign(size_t align, size_t n);

struct report {
	atomic_uint_least64_t connections, failed;
};

static struct report *report;
static uint64_t first;
static atomic_int_least64_t left; /* allocations until one fails; 0 or less: none does */

__attribute__((constructor)) static void start(void)
{
	const char *path = getenv("FAIL_REPORT"), *number = getenv("FAIL_FIRST");
	int fd = path != NULL ? open(path, O_RDWR | O_CLOEXEC) : -1;
	void *map = MAP_FAILED;

	if (fd >= 0)
		map = mmap(NULL, sizeof *report, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED || number == NULL)
		abort();
	close(fd);
	first = strtoull(number, NULL, 10);
	report = map;
}

static int fails(void)
{
	if (atomic_load(&left) <= 0 || atomic_fetch_sub(&left, 1) != 1)
		return 0;
	atomic_fetch_add(&report->failed, 1);
	errno = ENOMEM;
	return 1;
}

int accept4(int fd, struct sockaddr *peer, socklen_t *n, int flags)
{
	int connection = (int)syscall(SYS_accept4, fd, peer, n, flags);

	if (connection >= 0 && report != NULL)
		atomic_store(&left,
			(int64_t)(first + atomic_fetch_add(&report->connections, 1)));
	return connection;
}

void *malloc(size_t n)
{
	return fails() ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
	return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
	return fails() ? NULL : __libc_realloc(p, n);
}

int posix_memalign(void **out, size_t align, size_t n)
{
	void *p = fails() ? NULL : __libc_memalign(align, n);

	if (p == NULL)
		return ENOMEM;
	*out = p;
	return 0;
}

void *aligned_alloc(size_t align, size_t n)
{
	return fails() ? NULL : __libc_memalign(align, n);
}
