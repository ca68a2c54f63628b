/*
 * self_audit_sniff.c - what a file is, whatever it is called. In: its first bytes. Out: one of the
 * kinds that matter beside a store, and a finding for those that are wrong wherever they lie. Magic
 * numbers are from file(1), SQLite's file format (1.3, 4.1) and elf(5).
 */
#include "collector/self_audit_inner.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static bool starts(const char *bytes, size_t n, const char *with, size_t length)
{
	return n >= length && memcmp(bytes, with, length) == 0;
}

static bool has(const char *bytes, size_t n, const char *text)
{
	return memmem(bytes, n, text, strlen(text)) != NULL;
}

static enum self_audit_content database(const char *bytes, size_t n)
{
	/* application_id "PSRV" (lib/record/store_file.h) */
	return n >= 72 && memcmp(bytes + 68, "PSRV", 4) == 0 ? SELF_AUDIT_STORE_FILE
	                                                     : SELF_AUDIT_DATABASE;
}

static bool is_packed(const char *bytes, size_t n)
{
	static const struct {
		const char *start;
		size_t n;
	} known[] = {{"PK\x03\x04", 4}, {"\x1f\x8b", 2}, {"\xfd" "7zXZ", 5}, {"BZh", 3},
		{"\x28\xb5\x2f\xfd", 4}, {"7z\xbc\xaf", 4}, {"Rar!", 4}};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (starts(bytes, n, known[i].start, known[i].n))
			return true;
	return n >= 262 && memcmp(bytes + 257, "ustar", 5) == 0;
}

static bool is_id(const struct self_audit_ids *ids, const char *s, size_t n)
{
	for (size_t i = 0; i < ids->n; i++)
		if (strlen(ids->list[i]) == n && memcmp(ids->list[i], s, n) == 0)
			return true;
	return false;
}

/* One name of a header, without quotes and the part behind a slash. */
static size_t trim(const char **s, size_t n)
{
	size_t end = 0;

	while (n > 0 && memchr("\" \r", **s, 3) != NULL) {
		++*s;
		n--;
	}
	while (end < n && memchr("/\" \r", (*s)[end], 4) == NULL)
		end++;
	return end;
}

/* A header between , ; or tabs, half of it or more questions, two at least. */
static bool is_table(const char *bytes, size_t n, const struct self_audit_ids *ids)
{
	const char *end = memchr(bytes, '\n', n);
	size_t found = 0, names = 0, start = 0;

	n = end != NULL ? (size_t)(end - bytes) : n;
	for (size_t i = 0; i <= n; i++) {
		const char *name = bytes + start;
		size_t length;

		if (i < n && memchr(",;\t", bytes[i], 3) == NULL)
			continue;
		length = trim(&name, i - start);
		found += is_id(ids, name, length);
		names++;
		start = i + 1;
	}
	return found >= 2 && 2 * found >= names;
}

/* JSON lines as survey-form(1) makes and survey-collect(8) imports them, or a part of such. */
static bool is_json_answers(const char *bytes, size_t n)
{
	static const char name[] = "\"answers\"";
	const char *at = bytes, *end = bytes + n;

	while ((at = memmem(at, (size_t)(end - at), name, sizeof name - 1)) != NULL) {
		at += sizeof name - 1;
		while (at < end && memchr(" \t:", *at, 3) != NULL)
			at++;
		if (at < end && *at == '{')
			return true;
	}
	return false;
}

enum self_audit_content self_audit_sniff(const char *bytes, size_t n,
                                         const struct self_audit_ids *ids)
{
	if (n == 0)
		return SELF_AUDIT_EMPTY;
	if (starts(bytes, n, "SQLite format 3", 16))
		return database(bytes, n);
	if (starts(bytes, n, "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8) ||
	    starts(bytes, n, "\x37\x7f\x06\x82", 4) || starts(bytes, n, "\x37\x7f\x06\x83", 4))
		return SELF_AUDIT_ROLLBACK;
	if (starts(bytes, n, STORE_BACKUP_MAGIC, sizeof STORE_BACKUP_MAGIC - 1))
		return SELF_AUDIT_BACKUP;
	/* e_type, in either byte order: ET_CORE */
	if (starts(bytes, n, "\x7f" "ELF", 4) && n >= 18 &&
	    (memcmp(bytes + 16, "\4\0", 2) == 0 || memcmp(bytes + 16, "\0\4", 2) == 0))
		return SELF_AUDIT_CORE;
	if (has(bytes, n, "format: peer-survey-custodian-key "))
		return SELF_AUDIT_KEY;
	/* before it is known to be text: an editor's swap file is not */
	if (is_json_answers(bytes, n) || is_table(bytes, n, ids))
		return SELF_AUDIT_CLEAR;
	if (is_packed(bytes, n))
		return SELF_AUDIT_PACKED;
	return memchr(bytes, '\0', n) != NULL ? SELF_AUDIT_BINARY : SELF_AUDIT_PLAIN;
}

ssize_t self_audit_sniff_file(char *bytes, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY), saved;
	size_t have = 0;
	ssize_t got = 1;

	if (fd < 0)
		return -1;
	while (have < SELF_AUDIT_SNIFF && got > 0) {
		got = read(fd, bytes + have, SELF_AUDIT_SNIFF - have);
		if (got > 0)
			have += (size_t)got;
	}
	saved = errno;
	close(fd);
	errno = saved;
	return got < 0 ? -1 : (ssize_t)have;
}

bool self_audit_sniff_say(struct self_audit *a, const char *place, enum self_audit_content content)
{
	struct findings *f = &a->part[SELF_AUDIT_FILES];

	switch (content) {
	case SELF_AUDIT_KEY:
		a->keys = true;
		findings_add(f, FINDING_ERROR, place, "a custodian's key file: it belongs to the "
			"custodian, never on the machine that collects; take it away, destroy it "
			"here (survey-keys destroy), and think of it as seen by whoever had this "
			"machine");
		return true;
	case SELF_AUDIT_CLEAR:
		a->in_clear = true;
		findings_add(f, FINDING_ERROR, place, "answers in clear: whoever has the file "
			"reads them; once they are imported, destroy it (shred -u); on a "
			"solid-state disk that is not encrypted count on its staying readable");
		return true;
	case SELF_AUDIT_STORE_FILE:
		a->copies = true;
		findings_add(f, FINDING_ERROR, place, "a copy of a store: compared with the store "
			"it shows which rows were written since, and it keeps what has been "
			"withdrawn; destroy it, and use --backup for copies");
		return true;
	case SELF_AUDIT_ROLLBACK:
		a->journals = true;
		findings_add(f, FINDING_ERROR, place, "a database's journal: it can show which "
			"records came last; destroy it");
		return true;
	default:
		return false;
	}
}
