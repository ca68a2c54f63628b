/*
 * self_audit_log.c - log files. In: paths, or standard input. Out: findings that say in which line
 * a kind of trace is found first and in how many, what it tells of people, and what to change.
 * A log is read as a stream, so that its size does not matter; of its content nothing is kept.
 */
#include "collector/self_audit_inner.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	PIECE = 65536,  /* what is looked at together: a line, or a part of a longer one */
	OVERLAP = 1024, /* of such parts, so that nothing is cut in two */
	START = 8,      /* bytes that tell what a file is */
};

struct scan {
	struct self_audit_seen *out;
	const struct self_audit_ids *ids;
	unsigned line; /* the kinds in the line so far */
	size_t have;
	char bytes[PIECE];
	char copy[PIECE];
};

/* What is not text is named by its first bytes. */
static const char *unreadable(const char *s, size_t n)
{
	static const struct {
		const char *start;
		size_t n;
		const char *what;
	} known[] = {
		{"\x1f\x8b", 2, "compressed"}, {"\xfd" "7zXZ", 5, "compressed"},
		{"BZh", 3, "compressed"}, {"\x28\xb5\x2f\xfd", 4, "compressed"},
		{"\x04\x22\x4d\x18", 4, "compressed"}, {"PK\x03\x04", 4, "compressed"},
		{"LPKSHHRH", 8, "a journal of systemd"},
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (n >= known[i].n && memcmp(s, known[i].start, known[i].n) == 0)
			return known[i].what;
	return NULL;
}

static void look(struct scan *s, const char *from, size_t n)
{
	unsigned programs = 0;

	memcpy(s->copy, from, n);
	s->line |= self_audit_line(&programs, s->copy, n, s->ids);
	s->out->programs |= programs;
}

static void end_line(struct scan *s)
{
	struct self_audit_seen *out = s->out;

	out->lines++;
	for (int k = 0; k < SELF_AUDIT_KINDS; k++) {
		if ((s->line >> k & 1) == 0)
			continue;
		if (out->kind[k].lines++ == 0)
			out->kind[k].first = out->lines;
	}
	out->kinds |= s->line;
	s->line = 0;
}

/* Take the whole lines out of the buffer; of a line that fills it, a part. */
static void take_lines(struct scan *s, bool end)
{
	char *from = s->bytes, *newline;

	while ((newline = memchr(from, '\n', s->have - (size_t)(from - s->bytes))) != NULL) {
		look(s, from, (size_t)(newline - from));
		end_line(s);
		from = newline + 1;
	}
	s->have -= (size_t)(from - s->bytes);
	memmove(s->bytes, from, s->have);
	if (end && s->have > 0) {
		look(s, s->bytes, s->have);
		end_line(s);
		s->have = 0;
	} else if (s->have == PIECE) {
		look(s, s->bytes, s->have);
		memmove(s->bytes, s->bytes + PIECE - OVERLAP, OVERLAP);
		s->have = OVERLAP;
	}
}

static int scan_all(struct scan *s, int fd, struct err *err)
{
	bool started = false;
	ssize_t got;

	do {
		got = read(fd, s->bytes + s->have, PIECE - s->have);
		if (got < 0 && errno == EINTR) {
			got = 1;
			continue;
		}
		if (got < 0)
			return err_set(err, ERR_IO, "%s", strerror(errno));
		s->have += (size_t)got;
		if (!started && (s->have >= START || got == 0)) {
			started = true;
			s->out->unread = unreadable(s->bytes, s->have);
		}
		if (s->out->unread == NULL &&
		    memchr(s->bytes + s->have - got, '\0', (size_t)got) != NULL)
			s->out->unread = "not text";
		if (s->out->unread != NULL)
			return 0;
		if (started)
			take_lines(s, got == 0);
	} while (got > 0);
	return 0;
}

int self_audit_log_scan(struct self_audit_seen *out, int fd, const struct self_audit_ids *ids,
                        struct err *err)
{
	struct scan *s = calloc(1, sizeof *s);
	int status;

	*out = (struct self_audit_seen){0};
	if (s == NULL)
		return err_nomem(err);
	s->out = out;
	s->ids = ids;
	status = scan_all(s, fd, err);
	sodium_memzero(s, sizeof *s);
	free(s);
	return status;
}

/* --- findings --- */

static const struct {
	const char *name, *tells;
} kinds[SELF_AUDIT_KINDS] = {
	[SELF_AUDIT_IPV4] = {"an IPv4 address",
		"names the connection of somebody who came; their provider can name the person"},
	[SELF_AUDIT_IPV6] = {"an IPv6 address",
		"names the connection, often the device, of somebody who came"},
	[SELF_AUDIT_HARDWARE] = {"a hardware (MAC) address", "names one device for ever"},
	[SELF_AUDIT_NAME] = {"the name of a visitor's machine, or something that stands for it",
		"names the connection of somebody who came, or shows what one person did"},
	[SELF_AUDIT_USER] = {"the name of a user", "names a person who had to log in"},
	[SELF_AUDIT_TIMED] = {"a request with its time",
		"tells when somebody opened or sent the survey, in which language, and in which "
		"order people came; beside any other record (a provider's, a camera's) that names "
		"them"},
	[SELF_AUDIT_REQUEST] = {"a request",
		"tells in which order people came, and in which language"},
	[SELF_AUDIT_SENT] = {"a request that sends something",
		"tells that somebody answered, not only looked"},
	[SELF_AUDIT_AGENT] = {"a browser's name (User-Agent)",
		"tells the kind of device and often singles out one person"},
	[SELF_AUDIT_LANGUAGE] = {"a browser's languages (Accept-Language)",
		"tells where somebody comes from"},
	[SELF_AUDIT_REFERRER] = {"a referring page (Referer)", "tells where somebody found it"},
	[SELF_AUDIT_COOKIE] = {"a cookie",
		"ties visits of one person together; the survey sets none"},
	[SELF_AUDIT_ANSWERS] = {"answers in clear", "is what somebody said, before it was sealed"},
	[SELF_AUDIT_SPOOLED] = {"a note that a request or a page was written to a temporary file",
		"means that answers in clear were on the disk; deleted files can be recovered"},
	[SELF_AUDIT_CIRCUIT] = {"Tor's account of visits",
		"tells when somebody came, or how many within hours"},
};

static const char *const advice[SELF_AUDIT_PROGRAMS] = {
	[SELF_AUDIT_ACCESS] = "looks like an access log: for nginx set \"access_log off;\" (see "
		"deploy/nginx.conf), for Apache take out CustomLog, for Caddy leave out \"log\"; "
		"then reload",
	[SELF_AUDIT_NGINX] = "looks like nginx's error log, which names whoever met an error: set "
		"\"error_log /dev/null emerg;\", and client_body_buffer_size as large as "
		"client_max_body_size (see deploy/nginx.conf); then reload",
	[SELF_AUDIT_CADDY] = "looks like Caddy's: leave out \"log\" in the survey's site, and set "
		"\"log default { output discard }\", since errors are logged with the whole "
		"request (see deploy/Caddyfile); then restart",
	[SELF_AUDIT_TOR] = "looks like Tor's: set \"Log err syslog\", \"HeartbeatPeriod 0\" and "
		"\"SafeLogging 1\", never info or debug (see deploy/torrc); then reload",
	[SELF_AUDIT_JOURNAL] = "looks like the journal: make the program that wrote it log less, "
		"or set StandardOutput=null and StandardError=null in its unit, and "
		"Storage=volatile in journald.conf; then journalctl --rotate --vacuum-time=1s",
};

const char *self_audit_log_name(enum self_audit_kind kind)
{
	return kinds[kind].name;
}

static void add_kinds(struct findings *f, const char *name, const struct self_audit_seen *seen)
{
	for (int k = 0; k < SELF_AUDIT_KINDS; k++) {
		uint64_t lines = seen->kind[k].lines;
		struct buf place = {0};

		if (lines == 0)
			continue;
		buf_printf(&place, "%s: line %" PRIu64, name, seen->kind[k].first);
		if (place.failed)
			f->failed = 1;
		else if (lines == 1)
			findings_add(f, FINDING_ERROR, place.data, "%s: %s", kinds[k].name,
				kinds[k].tells);
		else
			findings_add(f, FINDING_ERROR, place.data,
				"and %" PRIu64 " more: %s: %s", lines - 1, kinds[k].name,
				kinds[k].tells);
		buf_finish(&place);
	}
}

static void add_advice(struct findings *f, const char *name, const struct self_audit_seen *seen)
{
	for (int p = 0; p < SELF_AUDIT_PROGRAMS; p++)
		if ((seen->programs >> p & 1) != 0)
			findings_add(f, FINDING_ADVICE, name, "%s", advice[p]);
	findings_add(f, FINDING_ADVICE, name, "destroy it and its older parts: what was logged "
		"stays until it is overwritten (shred; not reliable on solid-state disks and file "
		"systems that copy on write)");
}

static void say_unread(struct findings *f, const char *name, const char *what)
{
	if (strcmp(what, "compressed") == 0)
		findings_add(f, FINDING_ERROR, name, "compressed, so not looked at: give it as "
			"text, for example zcat FILE | survey-collect STUDY --self-audit --log -");
	else if (strcmp(what, "not text") == 0)
		findings_add(f, FINDING_ERROR, name, "not text, so not looked at");
	else
		findings_add(f, FINDING_ERROR, name, "%s, so not looked at: give it as text, for "
			"example journalctl -u UNIT | survey-collect STUDY --self-audit --log "
			"-", what);
}

static void look_at_log(struct self_audit *a, const char *path, const struct self_audit_ids *ids)
{
	struct findings *f = &a->part[SELF_AUDIT_LOGS];
	const bool standard = strcmp(path, "-") == 0;
	const char *name = standard ? "standard input" : path;
	struct self_audit_seen seen;
	struct err err;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0) {
		findings_add(f, FINDING_ERROR, name, "not looked at: %s", strerror(errno));
		return;
	}
	if (self_audit_log_scan(&seen, fd, ids, &err) != 0) {
		if (err.code == ERR_NOMEM)
			f->failed = 1;
		findings_add(f, FINDING_ERROR, name, "not looked at: %s", err.msg);
	} else if (seen.unread != NULL) {
		say_unread(f, name, seen.unread);
	} else if (seen.kinds == 0) {
		a->logs++;
		findings_add(f, FINDING_ADVICE, name, "%" PRIu64 " lines say nothing about anybody",
			seen.lines);
	} else {
		a->logs++;
		a->log_kinds |= seen.kinds;
		add_kinds(f, name, &seen);
		add_advice(f, name, &seen);
	}
	if (!standard)
		close(fd);
}

/* --- the parts of a log that were rotated away --- */

static bool is_given(const char *folder, const char *name, char *const *logs, size_t n)
{
	const size_t length = strlen(folder);

	for (size_t i = 0; i < n; i++)
		if (strncmp(logs[i], folder, length) == 0 && strcmp(logs[i] + length, name) == 0)
			return true;
	return false;
}

/* "access.log" -> "access.log.1", "access.log.2.gz", "access.log-20200501". */
static void look_for_older(struct self_audit *a, const char *path, char *const *logs, size_t n)
{
	const char *slash = strrchr(path, '/'), *base = slash != NULL ? slash + 1 : path;
	char *folder = strndup(path, (size_t)(base - path));
	const size_t length = strlen(base);
	struct dirent *entry;
	size_t older = 0;
	DIR *d = NULL;

	if (folder == NULL)
		a->part[SELF_AUDIT_LOGS].failed = 1;
	else
		d = opendir(*folder != '\0' ? folder : ".");
	while (d != NULL && (entry = readdir(d)) != NULL)
		if (strncmp(entry->d_name, base, length) == 0 &&
		    (entry->d_name[length] == '.' || entry->d_name[length] == '-') &&
		    !is_given(folder, entry->d_name, logs, n))
			older++;
	if (older > 0)
		findings_add(&a->part[SELF_AUDIT_LOGS], FINDING_WARNING, path,
			"%zu more files beside it begin with its name and were not given: give its "
			"older parts, too", older);
	if (d != NULL)
		closedir(d);
	free(folder);
}

void self_audit_log(struct self_audit *a, char *const *logs, size_t n,
                    const struct self_audit_ids *ids)
{
	for (size_t i = 0; i < n; i++) {
		look_at_log(a, logs[i], ids);
		if (strcmp(logs[i], "-") != 0)
			look_for_older(a, logs[i], logs, n);
	}
	if (n == 0)
		findings_add(&a->part[SELF_AUDIT_LOGS], FINDING_WARNING, "logs",
			"none was given, so none was looked at: give those of the proxy and the "
			"journal with --log");
}
