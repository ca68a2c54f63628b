/* test_sandbox_files.c - with Landlock alone: which paths, programs and peers are out of reach. */
#include "tests/unit/collector/sandbox_place.h"

#include <stdio.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>

static int restricted(void)
{
	struct err err;
	bool done;

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	       sandbox_files_restrict(&done, &place_paths, &err) != 0 || !done;
}

static int opened(const char *path, int flags)
{
	return result(open(path, flags, 0600));
}

static int read_outside(void) { return opened("out/file", O_RDONLY); }
static int read_system(void) { return opened("/etc/passwd", O_RDONLY); }
static int read_self(void) { return opened("/proc/self/status", O_RDONLY); }
static int read_up(void) { return opened("in/../out/file", O_RDONLY); }
static int read_link(void) { return opened("in/way-out", O_RDONLY); }
static int read_beside_socket(void) { return opened("sock/other", O_RDONLY); }
static int list_outside(void) { return opened("out", O_RDONLY | O_DIRECTORY); }
static int list_sockets(void) { return opened("sock", O_RDONLY | O_DIRECTORY); }
static int write_outside(void) { return opened("out/file", O_WRONLY); }
static int empty_outside(void) { return opened("out/file", O_WRONLY | O_TRUNC); }
static int make_outside(void) { return opened("out/new", O_WRONLY | O_CREAT); }
static int make_unnamed(void) { return opened("out", O_WRONLY | O_TMPFILE); }
static int make_beside_socket(void) { return opened("sock/new", O_WRONLY | O_CREAT); }
static int truncate_outside(void) { return result(truncate("out/file", 0)); }
static int make_folder(void) { return result(mkdir("in/folder", 0700)); }
static int make_link(void) { return result(symlink("file", "in/link")); }
static int make_pipe(void) { return result(mkfifo("in/pipe", 0600)); }
static int remove_outside(void) { return result(unlink("out/file")); }
static int rename_out(void) { return result(rename("in/file", "out/new")); }
static int rename_in(void) { return result(rename("out/file", "in/new")); }
static int link_out(void) { return result(link("in/file", "out/new")); }
static int link_in(void) { return result(link("out/file", "in/new")); }

static int exchange(void)
{
	return result(renameat2(AT_FDCWD, "in/file", AT_FDCWD, "out/file", RENAME_EXCHANGE));
}

static int run_program(void) { return result(execl("/bin/true", "true", (char *)NULL)); }
static int signal_other(void) { return result(kill(place.parent, 0)); }

static int trace_other(void)
{
	return result(ptrace(PTRACE_SEIZE, place.parent, NULL, NULL));
}

static int connect_tcp(void)
{
	return result(connect(place.tcp, (struct sockaddr *)&place.tcp_address,
		sizeof place.tcp_address));
}

static int connect_abstract(void)
{
	return result(connect(place.local, (struct sockaddr *)&place.abstract_address,
		sizeof place.abstract_address));
}

static int bind_tcp(void)
{
	const struct sockaddr_in any = {.sin_family = AF_INET};

	return result(bind(place.tcp, (const struct sockaddr *)&any, sizeof any));
}

static const struct refused refused[] = {
	{"bad-read outside", read_outside, EACCES, 1},
	{"bad-read a system file", read_system, EACCES, 1},
	{"bad-read of itself in /proc", read_self, EACCES, 1, .leak_check = true},
	{"bad-read by ..", read_up, EACCES, 1},
	{"bad-read by a symbolic link", read_link, EACCES, 1},
	{"bad-read beside the socket", read_beside_socket, EACCES, 1},
	{"bad-list outside", list_outside, EACCES, 1},
	{"bad-list the socket's folder", list_sockets, EACCES, 1},
	{"bad-write outside", write_outside, EACCES, 1},
	{"bad-empty outside by opening", empty_outside, EACCES, 1},
	{"bad-empty outside", truncate_outside, EACCES, 3},
	{"bad-make a file outside", make_outside, EACCES, 1},
	{"bad-make a file without a name", make_unnamed, EACCES, 1, .may_lack = true},
	{"bad-make a file beside the socket", make_beside_socket, EACCES, 1},
	{"bad-make a folder", make_folder, EACCES, 1},
	{"bad-make a symbolic link", make_link, EACCES, 1},
	{"bad-make a pipe", make_pipe, EACCES, 1},
	{"bad-remove outside", remove_outside, EACCES, 1},
	{"bad-rename out of the folder", rename_out, EACCES, 1},
	{"bad-rename into the folder", rename_in, EACCES, 1},
	{"bad-exchange with a file outside", exchange, EACCES, 1, .may_lack = true},
	{"bad-link out of the folder", link_out, EACCES, 1},
	{"bad-link into the folder", link_in, EXDEV, 1},
	{"bad-run a program", run_program, EACCES, 1},
	{"bad-trace another process", trace_other, EPERM, 1, .may_lack = true},
	{"bad-connect TCP", connect_tcp, EACCES, 4},
	{"bad-bind TCP", bind_tcp, EACCES, 4},
	{"bad-connect to an abstract socket", connect_abstract, EPERM, 6},
	{"bad-signal another process", signal_other, EPERM, 6},
};

static void test_refused(void **state)
{
	(void)state;
	print_message("this kernel's Landlock: version %d\n", landlock_version());
	check_refused(refused, COUNT(refused), restricted);
}

/* --- what the folder is for --- */

static int use_folder(void)
{
	int fd = open("in/new", O_RDWR | O_CREAT | O_EXCL, 0600);
	int folder = open("in", O_RDONLY | O_DIRECTORY);

	if (fd < 0 || folder < 0 || write(fd, "x", 1) != 1 || ftruncate(fd, 0) != 0)
		return 1;
	if (rename("in/new", "in/file") != 0 || link("in/file", "in/twin") != 0 ||
	    unlink("in/file") != 0 || fsync(folder) != 0)
		return 2;
	return result(open("in/twin", O_RDWR | O_TRUNC));
}

static int remove_sockets(void)
{
	return result(unlink("sock/page")) | result(unlink("in/file"));
}

static int use_open(void)
{
	char c;

	/* the parent's end of the pair writes; descriptors from before stay what they were */
	return read(place.pair[0], &c, 1) == 1 && write(place.pair[0], &c, 1) == 1 ? 0 : 1;
}

static void test_works(void **state)
{
	char c = 'c';
	pid_t child;

	(void)state;
	if (landlock_version() == 0) {
		print_message("skipped: this kernel has no Landlock\n");
		skip();
	}
	assert_int_equal(in_place(restricted, use_folder), 0);
	assert_int_equal(in_place(restricted, remove_sockets), 0);
	place_fill();
	child = start_child(restricted, use_open);
	assert_int_equal(write(place.pair[1], &c, 1), 1);
	assert_int_equal(child_result(child), 0);
	place_close();
}

/* --- what cannot be restricted is an error --- */

static void test_bad_paths(void **state)
{
	const struct sandbox_paths no_folder = {"nowhere", NULL, 0};
	const struct sandbox_paths no_sockets = {"in", (const char *const[]){"nowhere/s"}, 1};
	struct err err;
	bool done;

	(void)state;
	if (landlock_version() == 0)
		skip();
	place_fill();
	assert_int_equal(sandbox_files_restrict(&done, &no_folder, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_false(done);
	assert_int_equal(sandbox_files_restrict(&done, &no_sockets, &err), -1);
	assert_non_null(strstr(err.msg, "nowhere"));
	place_close();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_works),
		cmocka_unit_test(test_bad_paths),
	};

	return cmocka_run_group_tests(tests, place_init, place_finish);
}
