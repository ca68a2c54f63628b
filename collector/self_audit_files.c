/*
 * self_audit_files.c - the study folder and what lies around it. In: folders. Out: a finding for
 * every file that should not be there, and for those that may what they say of one person. What a
 * file is, its first bytes tell and not its name; nothing is followed out of the folder.
 */
#include "collector/self_audit_inner.h"

#include "lib/base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_MOST = 8, FILES_MOST = 20000, NEIGHBOURS_MOST = 10000 };

struct looking {
	struct self_audit *a;
	struct findings *f;
	const struct self_audit_ids *ids;
	char *bytes;      /* SELF_AUDIT_SNIFF of them */
	uid_t owner;      /* of the store: the collector's user */
	size_t files, neighbours, published;
	bool stopped;
};

/* One thing in a folder. */
struct entry {
	const char *path;  /* to open it by */
	const char *place; /* inside the study, to name it by */
	const char *name;
	struct stat about;
};

static void no_memory(struct looking *l)
{
	l->f->failed = 1;
}

static bool ends(const char *name, const char *with)
{
	size_t n = strlen(name), k = strlen(with);

	return n > k && strcmp(name + n - k, with) == 0;
}

/* --- who may read and change it --- */

static bool is_secretive(const struct entry *e)
{
	return strncmp(e->name, "responses.db", 12) == 0 || S_ISSOCK(e->about.st_mode);
}

static void check_mode(struct looking *l, const struct entry *e)
{
	const mode_t mode = e->about.st_mode;

	if ((mode & S_IWOTH) != 0 && (mode & S_ISVTX) == 0)
		findings_add(l->f, FINDING_ERROR, e->place, "everybody on this machine can change "
			"it: chmod o-w");
	else if ((mode & S_IWGRP) != 0 && !(S_ISDIR(mode) && (mode & S_ISVTX) != 0))
		findings_add(l->f, FINDING_WARNING, e->place, "its group can change it: chmod g-w");
	if (is_secretive(e) && (mode & (S_IROTH | S_IWOTH)) != 0)
		findings_add(l->f, FINDING_ERROR, e->place, "everybody on this machine can %s it: "
			"chmod 600", S_ISSOCK(mode) ? "reach" : "read");
	else if (is_secretive(e) && (mode & (S_IRGRP | S_IWGRP)) != 0)
		findings_add(l->f, FINDING_ERROR, e->place, "its group can %s it: chmod 600",
			S_ISSOCK(mode) ? "reach" : "read");
	if (e->about.st_uid != l->owner && e->about.st_uid != 0)
		findings_add(l->f, is_secretive(e) ? FINDING_ERROR : FINDING_WARNING, e->place,
			"belongs neither to root nor to the store's user");
	if (S_ISREG(mode) && e->about.st_nlink > 1)
		findings_add(l->f, is_secretive(e) ? FINDING_ERROR : FINDING_WARNING, e->place,
			"has a second name somewhere (a hard link), under which an older state of "
			"it can stay");
}

/* --- what it holds --- */

static bool is_editors(const char *name)
{
	static const char *const endings[] = {"~", ".bak", ".old", ".orig", ".save", ".swp", ".swo",
		".tmp", ".part"};

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (ends(name, endings[i]))
			return true;
	return strncmp(name, ".#", 2) == 0 || *name == '#' || strncmp(name, ".~lock", 6) == 0;
}

/* Text of unknown use: a log, perhaps. */
static void check_text(struct looking *l, const struct entry *e)
{
	struct self_audit_seen seen = {0};
	struct err err;
	int fd = open(e->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);

	if (fd >= 0 && self_audit_log_scan(&seen, fd, l->ids, &err) == 0)
		for (int k = 0; k < SELF_AUDIT_KINDS; k++)
			if (seen.kind[k].lines > 0)
				findings_add(l->f, FINDING_ERROR, e->place, "a text that holds %s "
					"(first in line %llu)", self_audit_log_name(
					(enum self_audit_kind)k),
					(unsigned long long)seen.kind[k].first);
	l->a->log_kinds |= seen.kinds;
	if (fd >= 0)
		close(fd);
	if (seen.kinds == 0)
		findings_add(l->f, FINDING_WARNING, e->place, "%s: see what it says, and move it "
			"away", is_editors(e->name) ? "an editor's or a program's copy of something"
			                    : "not a file of this program");
}

static void check_unknown(struct looking *l, const struct entry *e)
{
	ssize_t n = self_audit_sniff_file(l->bytes, e->path);
	enum self_audit_content content;

	if (n < 0) {
		findings_add(l->f, FINDING_ERROR, e->place, "not looked at: %s", strerror(errno));
		return;
	}
	content = self_audit_sniff(l->bytes, (size_t)n, l->ids);
	if (self_audit_sniff_say(l->a, e->place, content))
		return;
	switch (content) {
	case SELF_AUDIT_DATABASE:
		findings_add(l->f, FINDING_ERROR, e->place, "a database that is not this "
			"program's: see what it holds, and move it away");
		break;
	case SELF_AUDIT_BACKUP:
		l->a->copies = true;
		findings_add(l->f, FINDING_ERROR, e->place, "a backup: it is encrypted, but keeps "
			"what people withdraw later; keep it on another machine");
		break;
	case SELF_AUDIT_CORE:
		l->a->in_clear = true;
		findings_add(l->f, FINDING_ERROR, e->place, "a core dump: a program's memory, with "
			"whatever answers were in it; destroy it");
		break;
	case SELF_AUDIT_PACKED:
		findings_add(l->f, FINDING_WARNING, e->place, "an archive or a workbook, not "
			"looked into: see whether it holds answers or a copy of the store, and "
			"move it away");
		break;
	case SELF_AUDIT_BINARY:
	case SELF_AUDIT_EMPTY:
		findings_add(l->f, FINDING_WARNING, e->place, "not a file of this program: see "
			"what it is, and move it away");
		break;
	default:
		check_text(l, e);
	}
}

/* --- what belongs there --- */

static bool is_journal(const char *name)
{
	return ends(name, "-journal") || ends(name, "-wal") || ends(name, "-shm");
}

/* The store's own leftovers, known by their names. Returns whether it is one. */
static bool check_leftover(struct looking *l, const struct entry *e)
{
	if (strcmp(e->name, "responses.db.new") == 0) {
		if (l->a->running) {
			findings_add(l->f, FINDING_ADVICE, e->place, "the collector is rebuilding "
				"its store just now");
		} else {
			l->a->copies = true;
			findings_add(l->f, FINDING_ERROR, e->place, "left by an interrupted "
				"rebuild: it can keep what has been withdrawn since; the next "
				"start of the collector removes it");
		}
		return true;
	}
	if (is_journal(e->name)) {
		l->a->journals = true;
		findings_add(l->f, FINDING_ERROR, e->place, "a database's journal, which a store "
			"never has: it can show which records came last; another program has "
			"opened the store; destroy it");
		return true;
	}
	return false;
}

/* In rounds/R. Returns whether it belongs there. */
static bool check_round_file(struct looking *l, const struct entry *e)
{
	const bool socket = S_ISSOCK(e->about.st_mode);

	if (strcmp(e->name, "control.sock") == 0 && socket) {
		findings_add(l->f, FINDING_ADVICE, e->place, "%s; it holds nothing",
			l->a->running ? "where an operator's commands reach the collector"
			              : "left by a collector that did not end gently");
		return true;
	}
	if (!S_ISREG(e->about.st_mode))
		return false;
	if (strcmp(e->name, "form.json") == 0)
		findings_add(l->f, FINDING_ADVICE, e->place, "the questions, as everybody sees "
			"them: nothing about one person");
	else if (strcmp(e->name, "public.key") == 0)
		findings_add(l->f, FINDING_ADVICE, e->place, "seals answers and opens none: "
			"nothing about one person");
	else if (strcmp(e->name, "responses.db") == 0)
		findings_add(l->f, FINDING_ADVICE, e->place, "sealed answers: says how many "
			"submissions there are; of one person neither who, nor when, nor what");
	else
		return false;
	return true;
}

static bool check_top_file(struct looking *l, const struct entry *e)
{
	if (!S_ISREG(e->about.st_mode))
		return false;
	if (strcmp(e->name, "study.json") == 0)
		findings_add(l->f, FINDING_ADVICE, e->place, "the study's title, contact and "
			"settings: nothing about one person who answers");
	else if (strcmp(e->name, "form.json") == 0 || strcmp(e->name, "regions.json") == 0)
		findings_add(l->f, FINDING_ADVICE, e->place, "written by staff: nothing about one "
			"person");
	else
		return false;
	return true;
}

static bool is_published(struct looking *l, const struct entry *e, const char *folder)
{
	bool published = S_ISREG(e->about.st_mode) &&
		(strcmp(folder, "releases") == 0
		         ? ends(e->name, ".json") || ends(e->name, ".counts") ||
		                   ends(e->name, ".csv")
		         : ends(e->name, ".pdf") || ends(e->name, ".html"));
	ssize_t n;

	/* tables are published, rows are not */
	if (published && ends(e->name, ".csv") &&
	    (n = self_audit_sniff_file(l->bytes, e->path)) > 0 &&
	    self_audit_sniff(l->bytes, (size_t)n, l->ids) == SELF_AUDIT_CLEAR)
		return false;
	l->published += published;
	return published;
}

/* Is it where the program puts it? What belongs there is said once, by name. */
static bool belongs(struct looking *l, const struct entry *e)
{
	const char *slash = strchr(e->place, '/'), *second;

	if (slash == NULL)
		return check_top_file(l, e);
	second = strchr(slash + 1, '/');
	if (strncmp(e->place, "rounds/", 7) == 0)
		return second != NULL && strchr(second + 1, '/') == NULL && check_round_file(l, e);
	if (strncmp(e->place, "releases/", 9) == 0)
		return second == NULL && is_published(l, e, "releases");
	if (strncmp(e->place, "reports/", 8) == 0)
		return is_published(l, e, "reports");
	return false;
}

static bool is_folder_of_ours(const char *place)
{
	return strcmp(place, "rounds") == 0 || strcmp(place, "releases") == 0 ||
	       strcmp(place, "reports") == 0 || strncmp(place, "reports/", 8) == 0 ||
	       (strncmp(place, "rounds/", 7) == 0 && study_round_valid(place + 7));
}

/* --- the study folder --- */

static void check_link(struct looking *l, const struct entry *e)
{
	char *real = realpath(e->path, NULL), *study = realpath(l->a->round->study->folder, NULL);
	size_t n = study != NULL ? strlen(study) : 0;

	if (real != NULL && study != NULL && strncmp(real, study, n) == 0 && real[n] == '/')
		findings_add(l->f, FINDING_WARNING, e->place, "a symbolic link, not followed");
	else
		findings_add(l->f, FINDING_ERROR, e->place, "a symbolic link that leads out of the "
			"study: what it names was not looked at, and others may control it");
	free(real);
	free(study);
}

static void look_into(struct looking *l, const char *path, const char *place, int depth);

static void look_at(struct looking *l, const struct entry *e, int depth)
{
	if (S_ISLNK(e->about.st_mode)) {
		check_link(l, e);
		return;
	}
	check_mode(l, e);
	if (!S_ISDIR(e->about.st_mode)) {
		if (check_leftover(l, e) || belongs(l, e))
			return;
		if (S_ISREG(e->about.st_mode))
			check_unknown(l, e);
		else
			findings_add(l->f, FINDING_WARNING, e->place, "not a file: see what it is");
		return;
	}
	if (strcmp(e->name, ".git") == 0) {
		findings_add(l->f, FINDING_WARNING, e->place, "a history of the study, with names "
			"and times of who worked on it: keep it on another machine");
		return;
	}
	if (!is_folder_of_ours(e->place))
		findings_add(l->f, FINDING_WARNING, e->place, "not a folder of this program");
	look_into(l, e->path, e->place, depth + 1);
}

static int visible(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static void look_into(struct looking *l, const char *path, const char *place, int depth)
{
	struct dirent **list = NULL;
	int n = depth < DEPTH_MOST ? scandir(path, &list, visible, alphasort) : -1;
	struct err err;

	if (n < 0)
		findings_add(l->f, FINDING_ERROR, *place != '\0' ? place : path,
			"not looked at: %s", depth < DEPTH_MOST ? strerror(errno)
			                                        : "too many folders in folders");
	for (int i = 0; i < n; i++) {
		struct entry e = {.name = list[i]->d_name};
		char *whole = file_join(path, e.name, &err);
		char *inside = *place != '\0' ? file_join(place, e.name, &err) : strdup(e.name);

		e.path = whole;
		e.place = inside;
		if (whole == NULL || inside == NULL)
			no_memory(l);
		else if (++l->files > FILES_MOST)
			l->stopped = true;
		else if (lstat(whole, &e.about) == 0) /* else it has gone meanwhile */
			look_at(l, &e, depth);
		free(whole);
		free(inside);
		free(list[i]);
	}
	free(list);
}

/* --- around it --- */

/* Only what is known by its content, and never belongs on this machine, is named. */
static void look_at_neighbour(struct looking *l, const char *path, const char *place)
{
	enum self_audit_content content;
	struct stat about;
	ssize_t n;

	if (lstat(path, &about) != 0 || !S_ISREG(about.st_mode) ||
	    (n = self_audit_sniff_file(l->bytes, path)) <= 0)
		return;
	content = self_audit_sniff(l->bytes, (size_t)n, l->ids);
	if (content == SELF_AUDIT_KEY || content == SELF_AUDIT_CLEAR ||
	    content == SELF_AUDIT_STORE_FILE)
		self_audit_sniff_say(l->a, place, content);
	else if (content == SELF_AUDIT_BACKUP)
		findings_add(l->f, FINDING_WARNING, place, "a backup: it keeps what people "
			"withdraw later; keep it on another machine");
	else if (content == SELF_AUDIT_CORE &&
	         memmem(l->bytes, (size_t)n, "survey-collect", 14) != NULL)
		findings_add(l->f, FINDING_ERROR, place, "a core dump of the collector: its "
			"memory, with whatever answers were in it; destroy it");
}

/* The files of one folder, and with `folders` those of the folders in it. */
static void look_around(struct looking *l, const char *path, const char *place, const char *study,
                        bool folders)
{
	struct dirent **list = NULL;
	int n = scandir(path, &list, visible, alphasort);
	struct err err;

	for (int i = 0; i < n; i++) {
		char *whole = file_join(path, list[i]->d_name, &err);
		char *named = file_join(place, list[i]->d_name, &err);

		if (whole == NULL || named == NULL)
			no_memory(l);
		else if (list[i]->d_type != DT_DIR && l->neighbours++ < NEIGHBOURS_MOST)
			look_at_neighbour(l, whole, named);
		else if (list[i]->d_type == DT_DIR && folders && strcmp(whole, study) != 0)
			look_around(l, whole, named, study, false);
		free(whole);
		free(named);
		free(list[i]);
	}
	free(list);
}

/* The folder that holds the study, and its other folders. */
static void look_at_neighbours(struct looking *l)
{
	char *study = realpath(l->a->round->study->folder, NULL), *parent, *slash;
	struct stat about;

	parent = study != NULL ? strdup(study) : NULL;
	slash = parent != NULL ? strrchr(parent, '/') : NULL;
	if (slash == NULL || stat(study, &about) != 0) {
		no_memory(l);
	} else if (slash != parent) {
		*slash = '\0';
		if (stat(parent, &about) == 0 && (about.st_mode & S_IWOTH) != 0)
			findings_add(l->f, FINDING_WARNING, "..", "the study lies in a folder that "
				"everybody can write to; what is beside it was not looked at");
		else
			look_around(l, parent, "..", study, true);
	}
	free(study);
	free(parent);
}

void self_audit_files(struct self_audit *a, const struct self_audit_ids *ids)
{
	struct looking l = {.a = a, .f = &a->part[SELF_AUDIT_FILES], .ids = ids};
	struct stat about;

	l.bytes = malloc(SELF_AUDIT_SNIFF);
	if (l.bytes == NULL) {
		no_memory(&l);
		return;
	}
	l.owner = geteuid();
	if (lstat(a->round->store, &about) == 0 || lstat(a->round->folder, &about) == 0)
		l.owner = about.st_uid;
	look_into(&l, a->round->study->folder, "", 0);
	if (l.published > 0)
		findings_add(l.f, FINDING_ADVICE, "releases, reports", "%zu files that were made "
			"to be published, or are sealed to the custodians", l.published);
	if (l.stopped)
		findings_add(l.f, FINDING_ERROR, "study", "more than %d files: the rest was not "
			"looked at", FILES_MOST);
	look_at_neighbours(&l);
	sodium_memzero(l.bytes, SELF_AUDIT_SNIFF);
	free(l.bytes);
}
