/*
 * power.c - power losses at any moment of a round's life: making the store, collecting,
 * withdrawals, backups, growth, the end of the round. In: how many, and a seed. Out: whether all
 * that was acknowledged is there, and nothing that was withdrawn.
 *
 *   power LOSSES SEED [no-sync | no-commit | no-folder]
 *
 * Each start of the collector is a process of its own on a simulated disk (disk.h). People whose
 * submission or withdrawal was not acknowledged try again after the next start. Some
 * synchronisations fail with EIO instead. The disks in the third argument do not do what they say,
 * and must be found out. Exit status 0: nothing was lost, 1: something was.
 */
#include "tests/backup.h"
#include "tests/die.h"
#include "tests/faults/disk.h"
#include "tests/faults/found.h"
#include "tests/made.h"

#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { GROUP = 4, PEOPLE = 24, ROOM = 12, ROOM_MOST = 100, BACKUPS_MOST = 4 };
enum { ENDED = 0, FAILED = 1, FAULTY = 2 }; /* how a process ends, but for DISK_POWER_GONE */

struct person {
	uint32_t attempts;      /* to be stored; 0 before the first */
	bool stored;            /* acknowledged */
	bool asked, taken_back; /* a withdrawal was begun; was acknowledged */
};

enum deed { OPENING, MAKING, STORING, WITHDRAWING, GROWING, BACKING_UP, ENDING, DEEDS };

/* What people and the operator know; shared with the processes. */
struct world {
	enum deed doing;
	struct person people[PEOPLE];
	bool made, end_asked, ended;
	uint32_t backups_begun;
	bool backup_done[BACKUPS_MOST];
	char fault[256]; /* a process saw what must not be */
};

struct place {
	char folder[64], disk[80], cache[80], store[100];
	struct seal_key key;
	uint8_t secret[crypto_box_SECRETKEYBYTES];
	struct store_shape shape;
};

static const char *const kinds[] = {"honest", "no-sync", "no-commit", "no-folder"};
static const char *const deeds[DEEDS] = {"opening", "making", "storing", "withdrawing", "growing",
	"backing up", "ending"};

static struct world *world;
static struct place place;
static bool may_fail; /* a synchronisation of this process fails */

/* --- one process --- */

static int faulty(const char *what, const char *why)
{
	snprintf(world->fault, sizeof world->fault, "%s: %.160s", what, why);
	return FAULTY;
}

/* A call has failed: is that what must be? */
static int failed(const char *what, struct store *s, const struct err *err)
{
	struct err again;

	if (!may_fail)
		return faulty(what, err->msg);
	/* once a write has failed nothing is acknowledged */
	if (s != NULL && (!store_failed(s) || store_begin(s, &again) == 0))
		return faulty(what, "the store goes on");
	return FAILED;
}

/* A new file could not be made: the store may go on as it was, as the collector lets it. */
static int not_made(const char *what, struct store *s, const struct err *err)
{
	return may_fail && !store_failed(s) ? ENDED : failed(what, s, err);
}

static void backup_path(char path[200], uint32_t i)
{
	snprintf(path, 200, "%s/backup-%u", place.disk, i);
}

static int act_backup(struct store *s)
{
	uint32_t i = world->backups_begun;
	char path[200];
	struct err err;
	int status;

	if (i >= BACKUPS_MOST)
		return ENDED;
	world->doing = BACKING_UP;
	world->backups_begun++;
	backup_path(path, i);
	status = backup_to(s, &place.key, path, &err);
	if (status == 0)
		status = file_sync_parent(path, &err);
	if (status == 0)
		world->backup_done[i] = true;
	return status == 0 ? ENDED : not_made("backup", s, &err);
}

static int act_grow(struct store *s, size_t submissions)
{
	struct err err;

	world->doing = GROWING;
	return store_grow(s, submissions, &err) == 0 ? ENDED : not_made("grow", s, &err);
}

static int act_withdraw(struct store *s, struct person *p)
{
	const bool again = p->asked;
	bool found;
	struct made m;
	struct err err;
	int status;

	made_init(&m, &place.shape, (uint32_t)(p - world->people), 0);
	p->asked = true;
	world->doing = WITHDRAWING;
	status = store_withdraw(s, m.sub.receipt, &found, &err);
	made_finish(&m);
	if (status != 0)
		return failed("withdraw", s, &err);
	if (!found && !again)
		return faulty("withdraw", "what was stored is not found");
	p->taken_back = true;
	return ENDED;
}

/* Who might send now? Who was not answered tries again, mostly; who was may do so, too. */
static bool might_send(const struct person *p)
{
	if (p->asked || (p->stored && randombytes_uniform(8) > 0))
		return false;
	return p->attempts > 0 || randombytes_uniform(4) == 0;
}

/* Some people at once. */
static int act_put(struct store *s)
{
	size_t at[GROUP], n = 0, wanted = 1 + randombytes_uniform(GROUP);
	struct err err;
	bool known;

	for (int tries = 0; tries < 20 && n < wanted; tries++) {
		size_t i = randombytes_uniform(PEOPLE);
		bool twice = false;

		for (size_t k = 0; k < n; k++)
			twice |= at[k] == i;
		if (!twice && might_send(&world->people[i]))
			at[n++] = i;
	}
	world->doing = STORING;
	if (store_begin(s, &err) != 0)
		return failed("begin", s, &err);
	for (size_t k = 0; k < n; k++) {
		struct person *p = &world->people[at[k]];
		struct made m;
		int status;

		made_init(&m, &place.shape, (uint32_t)at[k], p->attempts++);
		status = store_put(s, &m.sub, &known, &err);
		made_finish(&m);
		if (status != 0)
			return failed("put", s, &err);
		if (p->stored && !known)
			return faulty("put", "what was acknowledged is not known");
	}
	if (store_commit(s, &err) != 0)
		return failed("commit", s, &err);
	for (size_t k = 0; k < n; k++)
		world->people[at[k]].stored = true;
	return ENDED;
}

static bool all_done(void)
{
	for (size_t i = 0; i < PEOPLE; i++)
		if (!world->people[i].stored ||
		    world->people[i].asked != world->people[i].taken_back)
			return false;
	return true;
}

/* Something that people or the operator might do next. */
static int act(struct store *s)
{
	struct person *p = &world->people[randombytes_uniform(PEOPLE)];
	const size_t room = store_count(s) + store_room(s);
	const uint32_t draw = randombytes_uniform(100);

	for (size_t i = 0; i < PEOPLE; i++)
		if (world->people[i].asked && !world->people[i].taken_back)
			return act_withdraw(s, &world->people[i]);
	if (draw < 15 && p->stored && !p->asked)
		return act_withdraw(s, p);
	if (draw < 22)
		return act_backup(s);
	if (store_room(s) < GROUP || (draw < 28 && room < ROOM_MOST))
		return act_grow(s, room + ROOM);
	return act_put(s);
}

static int end_round(struct store *s)
{
	struct err err;

	world->end_asked = true;
	world->doing = ENDING;
	if (store_close_round(s, &err) != 0)
		return not_made("close", s, &err);
	world->ended = true;
	return ENDED;
}

static int collect(struct store **s)
{
	struct err err;
	int status = ENDED;

	world->doing = OPENING;
	if (access(place.store, F_OK) != 0) {
		world->doing = MAKING;
		if (world->made)
			return faulty("start", "the store is gone");
		if (store_create(place.store, &place.shape, ROOM + randombytes_uniform(3 * ROOM),
			    &err) != 0)
			return failed("create", NULL, &err);
	}
	if (store_open(s, place.store, &place.shape, &err) != 0) {
		if (!world->end_asked || strstr(err.msg, "closed") == NULL)
			return failed("open", NULL, &err);
		world->ended = true;
		return ENDED;
	}
	world->made = true;
	while (status == ENDED && !store_failed(*s)) {
		if (world->ended)
			return ENDED;
		status = all_done() ? end_round(*s) : act(*s);
	}
	return status;
}

static void live(const struct disk_plan *plan, const char *seed, bool power_goes_then)
{
	struct store *s = NULL;
	int status;

	if (die_seed(seed) != 0)
		_exit(FAULTY);
	may_fail = plan->sync_until != 0;
	disk_start(place.disk, plan);
	status = collect(&s);
	store_free(s);
	disk_stop(power_goes_then);
	_exit(status);
}

/* --- what is there afterwards --- */

struct tally {
	size_t losses, kills, starts, rounds, failures;
	size_t in[DEEDS]; /* losses while doing that */
	size_t corrupt, lost, came_back, strange, other;
};

/* How many of a person's records are there? */
static size_t count_records(const struct found *f, size_t i, size_t *all)
{
	const struct person *p = &world->people[i];
	size_t most = 0;

	*all = 0;
	for (int k = 0; k < RECORD_KINDS; k++)
		*all += place.shape.each[k];
	/* each attempt sealed them anew: records of any mixture of attempts are the person's */
	for (int k = 0; k < RECORD_KINDS; k++) {
		for (size_t j = 0; j < place.shape.each[k]; j++) {
			bool there = false;

			for (uint32_t attempt = 0; attempt < p->attempts && !there; attempt++) {
				struct made m;

				made_init(&m, &place.shape, (uint32_t)i, attempt);
				there = found_sealed(f, (enum record_kind)k,
					m.sub.records[k] + j * place.shape.size[k]);
				made_finish(&m);
			}
			most += there;
		}
	}
	return most;
}

static void look(struct tally *t)
{
	struct found f;
	size_t known = 0;

	if (access(place.store, F_OK) != 0) {
		t->lost += world->made;
		return;
	}
	if (found_load(&f, place.store, &place.shape) != 0) {
		t->corrupt++;
		return;
	}
	for (size_t i = 0; i < PEOPLE; i++) {
		const struct person *p = &world->people[i];
		size_t all, n = count_records(&f, i, &all);

		known += n;
		if (p->stored && !p->asked && n < all) {
			t->lost++;
			printf("person %zu was acknowledged: %zu of %zu records are there\n", i, n,
				all);
		} else if (p->taken_back && n > 0) {
			t->came_back++;
			printf("person %zu had withdrawn: %zu records are there\n", i, n);
		}
	}
	if (f.n != known) {
		t->strange++;
		printf("%zu rows are nobody's, or there twice\n", f.n - known);
	}
	found_finish(&f);
}

static void look_at_backups(struct tally *t)
{
	for (uint32_t i = 0; i < world->backups_begun; i++) {
		struct buf image = {0};
		char path[200];

		backup_path(path, i);
		if (world->backup_done[i] && made_open_backup(&image, path, place.secret) != 0) {
			t->lost++;
			printf("backup %u was acknowledged and is not whole\n", i);
		}
		buf_finish(&image);
	}
}

/* --- all of it --- */

static void clear(const char *path)
{
	char command[200];

	snprintf(command, sizeof command, "rm -rf '%s'*", path);
	if (system(command) != 0)
		abort();
}

static size_t faults(const struct tally *t)
{
	return t->corrupt + t->lost + t->came_back + t->strange + t->other;
}

static void start_once(struct tally *t, enum disk_kind kind, const char *seed)
{
	struct disk_plan plan = {.kind = kind, .seed = randombytes_random(), .cache = place.cache,
		.only_killed = randombytes_uniform(4) == 0};
	char own[64];
	bool then = randombytes_uniform(4) == 0, gone;
	int status;
	pid_t child;

	/* often soon, sometimes late */
	plan.until = 1 + randombytes_uniform(1u << randombytes_uniform(11));
	if (kind == DISK_HONEST && randombytes_uniform(3) == 0)
		plan.sync_until = 1 + randombytes_uniform(24);
	snprintf(own, sizeof own, "%s-%zu", seed, ++t->starts);
	fflush(stdout);
	child = fork();
	if (child == 0)
		live(&plan, own, then);
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status)) {
		t->other++;
		printf("start %zu: the process crashed\n", t->starts);
		return;
	}
	gone = WEXITSTATUS(status) == DISK_POWER_GONE;
	t->in[world->doing] += gone;
	t->kills += WEXITSTATUS(status) == DISK_KILLED;
	if (gone || (then && WEXITSTATUS(status) != DISK_KILLED)) {
		t->losses++;
		clear(place.cache);
	}
	t->failures += WEXITSTATUS(status) == FAILED;
	if (WEXITSTATUS(status) == FAULTY) {
		t->other++;
		printf("start %zu: %s\n", t->starts, world->fault);
	}
	look(t);
	look_at_backups(t);
}

/* A round from its first start to its end, or to a fault. */
static void run_round(struct tally *t, size_t losses, enum disk_kind kind, const char *seed)
{
	size_t before = faults(t);

	clear(place.disk);
	clear(place.cache);
	if (mkdir(place.disk, 0700) != 0)
		abort();
	*world = (struct world){0};
	t->rounds++;
	while (!world->ended && t->losses < losses && faults(t) == before)
		start_once(t, kind, seed);
}

int main(int argc, char **argv)
{
	const size_t losses = argc > 2 ? strtoul(argv[1], NULL, 10) : 0;
	enum disk_kind kind = DISK_HONEST;
	struct tally t = {0};

	for (int i = DISK_NO_SYNC; argc == 4 && i <= DISK_NO_FOLDER; i++)
		if (strcmp(argv[3], kinds[i]) == 0)
			kind = (enum disk_kind)i;
	if (losses == 0 || argc > 4 || (argc == 4 && kind == DISK_HONEST)) {
		fprintf(stderr, "usage: power LOSSES SEED [no-sync | no-commit | no-folder]\n");
		return 2;
	}
	world = mmap(NULL, sizeof *world, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		0);
	strcpy(place.folder, "/tmp/test-power-XXXXXX");
	if (world == MAP_FAILED || mkdtemp(place.folder) == NULL || die_seed(argv[2]) != 0)
		return 2;
	snprintf(place.disk, sizeof place.disk, "%s/disk", place.folder);
	snprintf(place.cache, sizeof place.cache, "%s/cache", place.folder);
	snprintf(place.store, sizeof place.store, "%s/responses.db", place.disk);
	made_key(&place.key, place.secret);
	made_shape(&place.shape, &place.key, MADE_LONG);
	while (t.losses < losses)
		run_round(&t, losses, kind, argv[2]);
	printf("while");
	for (int i = 0; i < DEEDS; i++)
		printf(" %s %zu%s", deeds[i], t.in[i], i + 1 < DEEDS ? "," : "\n");
	printf("%zu power losses, %zu kills and %zu failed writes in %zu starts, %zu rounds: ",
		t.losses, t.kills, t.failures, t.starts, t.rounds);
	printf("%zu corrupt, %zu lost, %zu withdrawn came back, %zu with strange rows, "
	       "%zu other faults\n", t.corrupt, t.lost, t.came_back, t.strange, t.other);
	clear(place.folder);
	return faults(&t) > 0;
}
