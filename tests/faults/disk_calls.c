/*
 * disk_calls.c - calls in the place of the C library's. In: what the program, our libraries and
 * SQLite call. Out: the same, done, and noted by the simulated disk.
 */
#include "tests/faults/disk_inner.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
	struct file *f = disk_sectors_of(fd);
	ssize_t put;

	if (f != NULL)
		disk_sectors_keep(f, fd, at, n);
	put = disk_pwrite(fd, bytes, n, at);
	if (f != NULL && disk_ends_here())
		disk_end_here();
	return put;
}

ssize_t write(int fd, const void *bytes, size_t n)
{
	struct file *f = disk_sectors_of(fd);
	ssize_t put;

	if (f != NULL)
		disk_sectors_keep(f, fd, lseek(fd, 0, SEEK_CUR), n);
	put = syscall(SYS_write, fd, bytes, n);
	if (f != NULL && disk_ends_here())
		disk_end_here();
	return put;
}

int ftruncate64(int fd, off64_t size)
{
	struct file *f = disk_sectors_of(fd);
	struct stat about;

	if (f != NULL && fstat(fd, &about) == 0 && about.st_size > size)
		disk_sectors_keep(f, fd, size, (size_t)(about.st_size - size));
	return (int)syscall(SYS_ftruncate, fd, size);
}

int fsync(int fd)
{
	struct file *f = disk_sectors_of(fd);

	if (f != NULL)
		return disk_sync_file(f, fd);
	return disk_is_folder(fd) ? disk_sync_folder() : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	return fsync(fd);
}

int posix_fadvise64(int fd, off64_t at, off64_t n, int advice)
{
	struct file *f = disk_sectors_of(fd);

	(void)at;
	(void)n;
	if (f != NULL && advice == POSIX_FADV_DONTNEED)
		disk_sectors_forget(f, fd);
	return 0;
}

int rename(const char *from, const char *to)
{
	const char *a = disk_names_in_folder(from), *b = disk_names_in_folder(to);
	struct names before;

	if (a != NULL && b != NULL) {
		disk_names_keep_files();
		disk_names_list(&before);
	}
	if (syscall(SYS_rename, from, to) != 0)
		return -1;
	if (a != NULL && b != NULL) {
		disk_names_change(a, 0, b, disk_names_find(&before, a));
		if (disk_ends_here())
			disk_end_here();
	}
	return 0;
}

int link(const char *from, const char *to)
{
	const char *a = disk_names_in_folder(from), *b = disk_names_in_folder(to);
	struct names now;

	if (syscall(SYS_link, from, to) != 0)
		return -1;
	if (a != NULL && b != NULL) {
		disk_names_list(&now);
		disk_names_change(b, disk_names_find(&now, a), NULL, 0);
		if (disk_ends_here())
			disk_end_here();
	}
	return 0;
}

int unlink(const char *path)
{
	const char *a = disk_names_in_folder(path);

	if (a != NULL)
		disk_names_keep_files();
	if (syscall(SYS_unlink, path) != 0)
		return -1;
	if (a != NULL) {
		disk_names_change(a, 0, NULL, 0);
		if (disk_ends_here())
			disk_end_here();
	}
	return 0;
}
