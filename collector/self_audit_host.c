/*
 * self_audit_host.c - the machine around the store. In: /proc, /sys and a few folders of /var, all
 * under `root`. Out: findings about where memory or older states of the disk can stay: swap, dumps,
 * hibernation, file systems that keep history, what a proxy wrote down. What has happened must not
 * be there; what can happen should not.
 */
#include "collector/self_audit_inner.h"

#include "lib/base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEXT_MOST = 1 << 20, FILES_MOST = 1000, DEPTH_MOST = 3 };

struct host {
	struct self_audit *a;
	struct findings *f;
	const char *root;
	struct buf text; /* of the file that was read last */
};

/* A file under `root` into h->text, without its last newline; false if it cannot be read. */
static bool read_text(struct host *h, const char *path)
{
	struct buf whole = {0};
	struct err err;
	bool there;

	buf_clear(&h->text);
	buf_puts(&whole, h->root);
	buf_puts(&whole, path);
	there = !whole.failed && file_read(&h->text, whole.data, TEXT_MOST, &err) == 0 &&
	        h->text.data != NULL;
	buf_finish(&whole);
	if (there && h->text.len > 0 && h->text.data[h->text.len - 1] == '\n')
		h->text.data[--h->text.len] = '\0';
	return there;
}

static bool is_one(struct host *h, const char *path)
{
	return read_text(h, path) && strcmp(h->text.data, "1") == 0;
}

/* The number behind a name at the start of a line ("VmSwap:", in kB); -1: not there. */
static long number_of(struct host *h, const char *path, const char *name)
{
	const char *line;
	long v;

	if (!read_text(h, path))
		return -1;
	for (line = h->text.data; line != NULL; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(line, name, strlen(name)) == 0 &&
		    sscanf(line + strlen(name), " %ld", &v) == 1)
			return v;
	}
	return -1;
}

/* --- memory that goes to the disk --- */

/* How many swap spaces are on that are neither encrypted nor in memory themselves. */
static size_t count_open_swaps(struct host *h)
{
	char name[512], type[32], *line, *rest = NULL;
	size_t open = 0;

	if (!read_text(h, "/proc/swaps"))
		return 0;
	for (line = strtok_r(h->text.data, "\n", &rest); line != NULL;
	     line = strtok_r(NULL, "\n", &rest)) {
		struct self_audit_disk disk = {0};

		if (sscanf(line, "%511s %31s", name, type) != 2 || *name != '/' ||
		    strncmp(name, "/dev/zram", 9) == 0)
			continue;
		if (strcmp(type, "partition") == 0)
			disk.encrypted = self_audit_disk_encrypted(name, h->root);
		else
			self_audit_disk(&disk, name, h->root);
		open += disk.encrypted != SELF_AUDIT_YES;
	}
	return open;
}

/* All of its memory is locked, or it is in a unit with MemorySwapMax=0, as the kernel has it. */
static bool never_swapped(struct host *h, pid_t collector)
{
	struct buf path = {0};
	const char *group;
	char name[64];
	long locked;
	bool never;

	if (collector == 0)
		return false;
	snprintf(name, sizeof name, "/proc/%ld/status", (long)collector);
	locked = number_of(h, name, "VmLck:");
	if (locked > 0 && locked >= number_of(h, name, "VmRSS:"))
		return true;
	snprintf(name, sizeof name, "/proc/%ld/cgroup", (long)collector);
	if (!read_text(h, name) || (group = strstr(h->text.data, "0::/")) == NULL)
		return false;
	group += 3;
	buf_printf(&path, "/sys/fs/cgroup%.*s/memory.swap.max", (int)strcspn(group, "\n"), group);
	never = !path.failed && read_text(h, path.data) && strcmp(h->text.data, "0") == 0;
	buf_finish(&path);
	return never;
}

static void check_swap(struct host *h, pid_t collector)
{
	size_t open = count_open_swaps(h);
	char status[64];
	long swapped;

	snprintf(status, sizeof status, "/proc/%ld/status", (long)collector);
	swapped = collector != 0 ? number_of(h, status, "VmSwap:") : 0;
	if (open > 0 && swapped > 0)
		findings_add(h->f, FINDING_ERROR, "swap", "%ld kB of the running collector's "
			"memory are on a swap space that is not encrypted: swapoff -a, overwrite "
			"the space, and set MemorySwapMax=0 in the collector's unit", swapped);
	else if (open > 0 && never_swapped(h, collector))
		findings_add(h->f, FINDING_ADVICE, "swap", "on and not encrypted, but the "
			"collector's memory is kept out of it; see that the proxy's is, too "
			"(MemorySwapMax=0)");
	else if (open > 0)
		findings_add(h->f, FINDING_WARNING, "swap", "on and not encrypted as far as can be "
			"seen: memory with answers can be written to the disk; swapoff -a, or "
			"encrypt it, and MemorySwapMax=0 in the units of the collector and the "
			"proxy");
	if (open > 0 && read_text(h, "/sys/power/state") && strstr(h->text.data, "disk") != NULL)
		findings_add(h->f, FINDING_WARNING, "hibernation", "possible: it writes the whole "
			"memory to the swap space; systemctl mask hibernate.target "
			"hybrid-sleep.target suspend-then-hibernate.target");
}

static void check_dumps(struct host *h)
{
	if (read_text(h, "/proc/sys/kernel/core_pattern") && h->text.data[0] == '|')
		findings_add(h->f, FINDING_WARNING, "core dumps", "a program takes the dumps of "
			"what crashes; the collector leaves none, but the proxy's would hold "
			"answers: LimitCORE=0 in its unit, Storage=none in coredump.conf");
	if (is_one(h, "/sys/kernel/kexec_crash_loaded"))
		findings_add(h->f, FINDING_WARNING, "crash kernel", "loaded: if the kernel crashes "
			"it writes all memory to the disk; apt purge kdump-tools");
	if (read_text(h, "/proc/sys/kernel/yama/ptrace_scope") && h->text.data[0] == '0')
		findings_add(h->f, FINDING_WARNING, "ptrace", "programs can read the memory of "
			"others of the same user, the proxy's for one: sysctl "
			"kernel.yama.ptrace_scope=2");
}

/* --- the collector as it runs --- */

static void check_process(struct host *h, pid_t collector)
{
	char status[64];

	if (collector == 0)
		return;
	snprintf(status, sizeof status, "/proc/%ld/status", (long)collector);
	if (number_of(h, status, "Uid:") == 0)
		findings_add(h->f, FINDING_WARNING, "collector", "runs as root: give it a user of "
			"its own");
}

/* --- the disk --- */

static const struct {
	const char *type;
	bool history;
	const char *says;
} file_systems[] = {
	{"btrfs", true, "copies on write and makes snapshots"},
	{"zfs", true, "copies on write and makes snapshots"},
	{"bcachefs", true, "copies on write and makes snapshots"},
	{"nilfs2", true, "keeps every state it ever had"},
	{"f2fs", true, "writes changes to new places and leaves the old"},
	{"overlay", true, "is a container's: what lies under it keeps copies"},
	{"tmpfs", false, "is memory: everything is lost when the machine stops"},
	{"ramfs", false, "is memory: everything is lost when the machine stops"},
	{"nfs", true, "is another machine's, which keeps what it likes"},
	{"nfs4", true, "is another machine's, which keeps what it likes"},
	{"cifs", true, "is another machine's, which keeps what it likes"},
	{"9p", true, "is the host's of a virtual machine, which keeps what it likes"},
	{"virtiofs", true, "is the host's of a virtual machine, which keeps what it likes"},
	{"vfat", false, "knows no owners: everybody can read it"},
	{"exfat", false, "knows no owners: everybody can read it"},
};

static void check_disk(struct host *h)
{
	struct self_audit_disk disk;

	self_audit_disk(&disk, h->a->round->folder, h->root);
	h->a->encrypted = disk.encrypted;
	for (size_t i = 0; i < sizeof file_systems / sizeof *file_systems; i++) {
		if (strcmp(disk.type, file_systems[i].type) != 0)
			continue;
		h->a->keeps_history = file_systems[i].history;
		findings_add(h->f, FINDING_WARNING, "file system", "%s %s; %suse ext4 on an "
			"encrypted disk", disk.type, file_systems[i].says, file_systems[i].history
			? "older states of the store show which rows were written when; " : "");
	}
	if (disk.data_journal) {
		h->a->keeps_history = true;
		findings_add(h->f, FINDING_WARNING, "file system", "mounted with data=journal: its "
			"journal keeps what was written last; mount it without");
	}
	if (disk.encrypted == SELF_AUDIT_YES)
		findings_add(h->f, FINDING_ADVICE, "disk", "encrypted: switched off, it says "
			"nothing to who lacks its passphrase");
	else
		findings_add(h->f, FINDING_WARNING, "disk", "%s: who takes it out reads this "
			"folder as you do; put the study on a LUKS "
			"device", disk.encrypted == SELF_AUDIT_NO
			? "not encrypted" : "whether it is encrypted cannot be seen from here");
	if (disk.solid)
		findings_add(h->f, FINDING_ADVICE, "disk", "a solid-state one, or a virtual one: "
			"what is overwritten or deleted can stay in it%s",
			disk.encrypted == SELF_AUDIT_YES ? ", encrypted" : "");
}

static void check_virtual(struct host *h)
{
	const char *flags;

	if (!read_text(h, "/proc/cpuinfo") || (flags = strstr(h->text.data, "\nflags")) == NULL)
		return;
	flags++;
	h->a->virtual_machine = memmem(flags, strcspn(flags, "\n"), " hypervisor", 11) != NULL;
	if (h->a->virtual_machine)
		findings_add(h->f, FINDING_ADVICE, "machine", "a virtual one: whoever runs the "
			"hardware can copy its memory and its disk at any time, and nothing here "
			"shows it");
}

/* --- what others wrote down --- */

/* Files in a folder and those in it whose names `wanted` takes. -1: it cannot be looked into. */
static long count_files(struct host *h, const char *folder, bool (*wanted)(const char *name),
                        int depth)
{
	struct dirent *entry;
	struct buf path = {0};
	long n = 0;
	DIR *d;

	buf_puts(&path, h->root);
	buf_puts(&path, folder);
	d = path.failed ? NULL : opendir(path.data);
	buf_finish(&path);
	if (d == NULL)
		return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
	while (n >= 0 && n < FILES_MOST && (entry = readdir(d)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (entry->d_type != DT_DIR) {
			n += wanted(entry->d_name);
		} else if (depth < DEPTH_MOST) {
			struct buf inside = {0};
			long more;

			buf_printf(&inside, "%s/%s", folder, entry->d_name);
			more = inside.failed ? -1 : count_files(h, inside.data, wanted, depth + 1);
			n = more < 0 ? -1 : n + more;
			buf_finish(&inside);
		}
	}
	closedir(d);
	return n;
}

static bool any(const char *name)
{
	(void)name;
	return true;
}

/* "core.survey-collect.1000....", "_usr_bin_survey-collect.1000.crash" */
static bool is_dump(const char *name)
{
	static const char *const programs[] = {"survey-collect", "nginx", "caddy", "core.tor.",
		"_tor."};

	for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
		if (strstr(name, programs[i]) != NULL)
			return true;
	return false;
}

static void check_left_behind(struct host *h)
{
	static const struct {
		const char *folder, *what;
		bool (*wanted)(const char *name);
	} places[] = {
		{"/var/lib/nginx/body", "requests, as nginx wrote them down", any},
		{"/var/lib/nginx/proxy", "pages, as nginx wrote them down", any},
		{"/var/cache/nginx/client_temp", "requests, as nginx wrote them down", any},
		{"/var/cache/nginx/proxy_temp", "pages, as nginx wrote them down", any},
		{"/run/nginx-body", "requests, as nginx wrote them down", any},
		{"/run/nginx-proxy", "pages, as nginx wrote them down", any},
		{"/var/lib/systemd/coredump", "dumps of the memory of what crashed", is_dump},
		{"/var/crash", "dumps of the memory of what crashed", is_dump},
	};

	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		long n = count_files(h, places[i].folder, places[i].wanted, 0);

		if (n > 0) {
			h->a->in_clear = true;
			findings_add(h->f, FINDING_ERROR, places[i].folder, "%ld files: %s, "
				"answers in clear included; destroy them, and see "
				"survey-collect(8) for what to set", n, places[i].what);
		} else if (n < 0) {
			findings_add(h->f, FINDING_ADVICE, places[i].folder, "not looked at (%s): "
				"run this command as root once", strerror(EACCES));
		}
	}
}

static void check_logs(struct host *h, char *const *logs, size_t n_logs)
{
	static const char *const usual[] = {"/var/log/nginx/access.log", "/var/log/nginx/error.log",
		"/var/log/apache2/access.log", "/var/log/caddy/access.log", "/var/log/tor/log",
		"/var/log/tor/notices.log"};
	struct buf path = {0};
	struct stat about;

	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
		bool given = false;

		for (size_t k = 0; k < n_logs; k++)
			given |= strcmp(logs[k], usual[i]) == 0;
		buf_clear(&path);
		buf_puts(&path, h->root);
		buf_puts(&path, usual[i]);
		if (!given && !path.failed && stat(path.data, &about) == 0 && about.st_size > 0)
			findings_add(h->f, FINDING_WARNING, usual[i], "is there, is not empty, and "
				"was not given with --log");
	}
	buf_clear(&path);
	buf_puts(&path, h->root);
	buf_puts(&path, "/var/log/journal");
	if (!path.failed && stat(path.data, &about) == 0)
		findings_add(h->f, FINDING_ADVICE, "/var/log/journal", "systemd keeps its journal "
			"on the disk: journalctl | survey-collect STUDY --self-audit --log - says "
			"what is in it");
	buf_finish(&path);
}

void self_audit_host(struct self_audit *a, const char *root, pid_t collector, char *const *logs,
                     size_t n_logs)
{
	struct host h = {.a = a, .f = &a->part[SELF_AUDIT_HOST], .root = root};

	check_disk(&h);
	check_swap(&h, collector);
	check_dumps(&h);
	check_process(&h, collector);
	check_left_behind(&h);
	check_logs(&h, logs, n_logs);
	check_virtual(&h);
	if (h.text.failed)
		h.f->failed = 1;
	buf_finish(&h.text);
}
