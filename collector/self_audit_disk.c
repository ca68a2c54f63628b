/*
 * self_audit_disk.c - the disk under a file. In: a path; /proc/self/mountinfo (proc(5)) and sysfs.
 * Out: the file system's type, and whether everything it lies on is encrypted by dm-crypt, whose
 * devices have a uuid that begins with CRYPT- (cryptsetup's FAQ). Encryption by the disk itself, or
 * by whoever runs a virtual machine, cannot be seen from here.
 */
#include "collector/self_audit_inner.h"

#include "lib/base/file.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

enum { DEPTH_MOST = 8, SMALL = 4096, TABLE = 1 << 20, NAME = 512 };

struct device {
	unsigned major, minor;
};

/* A small file under `root` without its newline; false if it is not there. */
static bool read_text(struct buf *out, const char *root, const char *path, size_t most)
{
	struct buf whole = {0};
	struct err err;
	bool there;

	buf_clear(out);
	buf_puts(&whole, root);
	buf_puts(&whole, path);
	there = !whole.failed && file_read(out, whole.data, most, &err) == 0 && out->data != NULL;
	buf_finish(&whole);
	while (there && out->len > 0 && out->data[out->len - 1] == '\n')
		out->data[--out->len] = '\0';
	return there;
}

static bool read_device(struct device *out, const char *root, const char *path)
{
	struct buf text = {0};
	bool read = read_text(&text, root, path, SMALL) &&
		sscanf(text.data, "%u:%u", &out->major, &out->minor) == 2;

	buf_finish(&text);
	return read;
}

/* --- encrypted? --- */

static enum self_audit_answer encrypted(struct device d, const char *root, int depth);

/* All that it is made of: one that is not makes the whole not. */
static enum self_audit_answer slaves_encrypted(const char *folder, const char *root, int depth)
{
	size_t n[SELF_AUDIT_YES + 1] = {0}; /* of each answer */
	char path[2 * NAME], whole[2 * NAME];
	enum self_audit_answer answer;
	struct dirent *entry;
	struct device d;
	DIR *list;

	snprintf(whole, sizeof whole, "%s%s/slaves", root, folder);
	list = opendir(whole);
	while (list != NULL && (entry = readdir(list)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/slaves/%s/dev", folder, entry->d_name);
		answer = read_device(&d, root, path) ? encrypted(d, root, depth + 1)
		                                     : SELF_AUDIT_UNKNOWN;
		n[answer]++;
	}
	if (list != NULL)
		closedir(list);
	if (n[SELF_AUDIT_NO] > 0)
		return SELF_AUDIT_NO;
	if (n[SELF_AUDIT_UNKNOWN] > 0)
		return SELF_AUDIT_UNKNOWN;
	return n[SELF_AUDIT_YES] > 0 ? SELF_AUDIT_YES : SELF_AUDIT_NO;
}

static enum self_audit_answer encrypted(struct device d, const char *root, int depth)
{
	char folder[64], path[NAME];
	struct buf text = {0};
	enum self_audit_answer answer = SELF_AUDIT_UNKNOWN;
	struct device whole;

	snprintf(folder, sizeof folder, "/sys/dev/block/%u:%u", d.major, d.minor);
	snprintf(path, sizeof path, "%s/dev", folder);
	if (depth > DEPTH_MOST || !read_text(&text, root, path, SMALL))
		goto out;
	snprintf(path, sizeof path, "%s/dm/uuid", folder);
	if (read_text(&text, root, path, SMALL) && strncmp(text.data, "CRYPT-", 6) == 0) {
		answer = SELF_AUDIT_YES;
		goto out;
	}
	/* a partition has no slaves of its own; its disk is the folder around it */
	snprintf(path, sizeof path, "%s/partition", folder);
	if (read_text(&text, root, path, SMALL)) {
		snprintf(path, sizeof path, "%s/../dev", folder);
		answer = read_device(&whole, root, path) ? encrypted(whole, root, depth + 1)
		                                         : SELF_AUDIT_NO;
		goto out;
	}
	answer = slaves_encrypted(folder, root, depth);
out:
	buf_finish(&text);
	return answer;
}

static bool is_solid(struct device d, const char *root)
{
	static const char *const places[] = {"queue/rotational", "../queue/rotational"};
	struct buf text = {0};
	bool solid = false;
	char path[NAME];

	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "/sys/dev/block/%u:%u/%s", d.major, d.minor, places[i]);
		if (read_text(&text, root, path, SMALL)) {
			solid = strcmp(text.data, "0") == 0;
			break;
		}
	}
	buf_finish(&text);
	return solid;
}

/* "/dev/dm-0" by its name in sysfs, "/dev/mapper/x" by asking the file. */
static bool find_device(struct device *out, const char *name, const char *root)
{
	const char *slash = strrchr(name, '/');
	struct stat about;
	char path[NAME];

	snprintf(path, sizeof path, "/sys/class/block/%s/dev", slash != NULL ? slash + 1 : name);
	if (read_device(out, root, path))
		return true;
	if (*root != '\0' || stat(name, &about) != 0 || !S_ISBLK(about.st_mode))
		return false;
	*out = (struct device){major(about.st_rdev), minor(about.st_rdev)};
	return true;
}

enum self_audit_answer self_audit_disk_encrypted(const char *device, const char *root)
{
	struct device d;

	return find_device(&d, device, root) ? encrypted(d, root, 0) : SELF_AUDIT_UNKNOWN;
}

/* --- which file system? --- */

struct mount {
	struct device device;
	char point[NAME], type[32], source[NAME], options[NAME];
};

/* "\040" -> ' ', as proc(5) writes them. */
static void unescape(char *s)
{
	char *to = s;

	while (*s != '\0') {
		unsigned v;

		if (*s == '\\' && sscanf(s + 1, "%3o", &v) == 1 && strlen(s) >= 4) {
			*to++ = (char)v;
			s += 4;
		} else {
			*to++ = *s++;
		}
	}
	*to = '\0';
}

/* "ID PARENT MAJ:MIN ROOT POINT OPTIONS [...] - TYPE SOURCE OPTIONS" */
static bool read_mount(struct mount *m, const char *line)
{
	const char *dash = strstr(line, " - ");

	if (dash == NULL ||
	    sscanf(line, "%*s %*s %u:%u %*s %511s", &m->device.major, &m->device.minor,
		    m->point) != 3 ||
	    sscanf(dash, " - %31s %511s %511s", m->type, m->source, m->options) != 3)
		return false;
	unescape(m->point);
	unescape(m->source);
	return true;
}

static bool holds(const char *point, const char *path)
{
	size_t n = strlen(point);

	if (strcmp(point, "/") == 0)
		return true;
	return strncmp(point, path, n) == 0 && (path[n] == '/' || path[n] == '\0');
}

/* The innermost mount that holds the path; of two at one place the later. */
static bool find_mount(struct mount *out, const char *path, const char *root)
{
	char *real = realpath(path, NULL), *line, *rest = NULL;
	struct buf table = {0};
	bool found = false;
	struct mount m;

	if (real != NULL && read_text(&table, root, "/proc/self/mountinfo", TABLE))
		for (line = strtok_r(table.data, "\n", &rest); line != NULL;
		     line = strtok_r(NULL, "\n", &rest))
			if (read_mount(&m, line) && holds(m.point, real) &&
			    (!found || strlen(m.point) >= strlen(out->point))) {
				*out = m;
				found = true;
			}
	buf_finish(&table);
	free(real);
	return found;
}

void self_audit_disk(struct self_audit_disk *out, const char *path, const char *root)
{
	struct mount m;

	*out = (struct self_audit_disk){0};
	if (!find_mount(&m, path, root))
		return;
	snprintf(out->type, sizeof out->type, "%s", m.type);
	out->data_journal = strstr(m.options, "data=journal") != NULL;
	/* some file systems have a number of their own that is no device's */
	if (m.device.major == 0 && !find_device(&m.device, m.source, root))
		return;
	out->encrypted = encrypted(m.device, root, 0);
	out->solid = is_solid(m.device, root);
}
