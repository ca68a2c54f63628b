/*
 * custodian_source.c - where passphrases come from.
 *
 * Enters: what custodians type, or the lines of --passphrase-file. Leaves: passphrases in guarded
 * memory. A file gives every passphrase to whoever has it: it is for demonstrations and tests.
 */
#include "analyzer/custodian.h"
#include "analyzer/custodian_terminal.h"
#include "lib/base/file.h"
#include "lib/base/utf8.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SOURCE_FILE = 65536 };

struct custodian_source {
	size_t n, cap;
	char (*line)[CUSTODIAN_PASSPHRASE]; /* guarded memory; NULL while there is none */
	struct custodian_terminal *terminal; /* while passphrases are typed; NULL before */
};

char *custodian_passphrase_create(struct err *err)
{
	char *p = NULL;

	if (sodium_init() < 0)
		err_set(err, ERR_CRYPTO, "libsodium does not start");
	else if ((p = sodium_malloc(CUSTODIAN_PASSPHRASE)) == NULL)
		err_nomem(err);
	else
		sodium_memzero(p, CUSTODIAN_PASSPHRASE);
	return p;
}

void custodian_passphrase_free(char *passphrase)
{
	sodium_free(passphrase);
}

/* Is it long enough? The reason is said without the passphrase. */
static int check_length(const char *passphrase, struct err *err)
{
	if (!utf8_valid(passphrase, strlen(passphrase)))
		return err_set(err, ERR_INPUT, "the passphrase is not UTF-8 text");
	if (utf8_length(passphrase) < CUSTODIAN_PASSPHRASE_MIN)
		return err_set(err, ERR_INPUT, "the passphrase has fewer than %d characters",
		               CUSTODIAN_PASSPHRASE_MIN);
	return 0;
}

static int grow(struct custodian_source *s, struct err *err)
{
	char (*line)[CUSTODIAN_PASSPHRASE];
	size_t cap = s->cap * 2 + 4;

	if (s->n < s->cap)
		return 0;
	line = sodium_allocarray(cap, sizeof(*line));
	if (line == NULL)
		return err_nomem(err);
	if (s->n > 0)
		memcpy(line, s->line, s->n * sizeof(*line));
	sodium_free(s->line);
	s->line = line;
	s->cap = cap;
	return 0;
}

static int add_line(struct custodian_source *s, const char *from, size_t n, struct err *err)
{
	if (n > 0 && from[n - 1] == '\r')
		n--;
	if (n >= CUSTODIAN_PASSPHRASE || memchr(from, '\0', n) != NULL)
		return err_set(err, ERR_INPUT, "the passphrase is too long");
	if (grow(s, err) != 0)
		return -1;
	memcpy(s->line[s->n], from, n);
	s->line[s->n][n] = '\0';
	return check_length(s->line[s->n++], err);
}

static int add_file(struct custodian_source *s, const char *path, struct err *err)
{
	struct buf text = {0};
	int status = file_read(&text, path, SOURCE_FILE, err);
	const char *at = text.data, *end = text.data + text.len;

	for (unsigned number = 1; status == 0 && at < end; number++) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));

		if (stop == NULL)
			stop = end;
		if (add_line(s, at, (size_t)(stop - at), err) != 0)
			status = err_prefix(err, "%s: line %u", path, number);
		at = stop < end ? stop + 1 : end;
	}
	buf_wipe(&text);
	return status;
}

int custodian_source_create(struct custodian_source **out, char *const *files, size_t n,
                            struct err *err)
{
	struct custodian_source *s;

	if (sodium_init() < 0)
		return err_set(err, ERR_CRYPTO, "libsodium does not start");
	s = calloc(1, sizeof(*s));
	if (s == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < n; i++)
		if (add_file(s, files[i], err) != 0)
			goto fail;
	if (n > 0 && s->n == 0) {
		err_set(err, ERR_INPUT, "%s: no passphrase in it", files[0]);
		goto fail;
	}
	*out = s;
	return 0;
fail:
	custodian_source_free(s);
	return -1;
}

void custodian_source_free(struct custodian_source *s)
{
	if (s == NULL)
		return;
	custodian_terminal_close(s->terminal);
	sodium_free(s->line);
	free(s);
}

bool custodian_source_typed(const struct custodian_source *s)
{
	return s->n == 0;
}

size_t custodian_source_count(const struct custodian_source *s)
{
	return s->n;
}

/* Ask on the terminal, which then stays silent until the source is freed. */
static int type(char *passphrase, struct custodian_source *s, const char *prompt, struct err *err)
{
	if (s->terminal == NULL && custodian_terminal_open(&s->terminal, err) != 0)
		return -1;
	return custodian_terminal_secret(passphrase, CUSTODIAN_PASSPHRASE, s->terminal, prompt,
		err);
}

int custodian_source_ask(char *passphrase, struct custodian_source *s,
                         const struct custodian *c, const char *path, size_t position,
                         struct err *err)
{
	char prompt[512];

	if (custodian_source_typed(s)) {
		snprintf(prompt, sizeof(prompt),
		         "Custodian %u of %u, round %s: your passphrase (it is not shown): ",
		         c->number, c->custodians, c->round);
		return type(passphrase, s, prompt, err);
	}
	if (s->n == c->custodians)
		position = c->number - 1;
	if (position >= s->n)
		return err_set(err, ERR_INPUT, "%s: no line of the passphrase file is for it",
		               path);
	strcpy(passphrase, s->line[position]);
	return 0;
}

/* Type a new passphrase once. 0: usable; 1: `err` says why not; -1: no terminal, interrupted. */
static int choose_once(char *passphrase, char *again, struct custodian_source *s, unsigned number,
                       struct err *err)
{
	char prompt[128];

	snprintf(prompt, sizeof(prompt), "Custodian %u: choose your passphrase (it is not shown): ",
	         number);
	if (type(passphrase, s, prompt, err) != 0)
		return err->code == ERR_INPUT ? 1 : -1;
	if (check_length(passphrase, err) != 0)
		return 1;
	snprintf(prompt, sizeof(prompt), "Custodian %u: the same passphrase again: ", number);
	if (type(again, s, prompt, err) != 0)
		return err->code == ERR_INPUT ? 1 : -1;
	if (strcmp(passphrase, again) != 0) {
		err_set(err, ERR_INPUT, "the two passphrases are not the same");
		return 1;
	}
	return 0;
}

int custodian_source_choose(char *passphrase, struct custodian_source *s, unsigned number,
                            struct err *err)
{
	char *again;
	int status = 1;

	if (!custodian_source_typed(s)) {
		if (number > s->n)
			return err_set(err, ERR_INPUT,
			               "the passphrase file has %zu lines, none for custodian %u",
			               s->n, number);
		strcpy(passphrase, s->line[number - 1]);
		return 0;
	}
	again = custodian_passphrase_create(err);
	if (again == NULL)
		return -1;
	for (int tries = 0; status == 1 && tries < CUSTODIAN_TRIES; tries++) {
		status = choose_once(passphrase, again, s, number, err);
		if (status == 1)
			custodian_terminal_say(err->msg);
	}
	custodian_passphrase_free(again);
	return status == 0 ? 0 : -1;
}

int custodian_source_unlock(struct custodian_share *share, struct custodian_source *s,
                            const struct custodian *c, const char *path, size_t position,
                            struct err *err)
{
	char *passphrase = custodian_passphrase_create(err);
	int status = 1;

	if (passphrase == NULL)
		return -1;
	for (int tries = 0; status == 1 && tries < CUSTODIAN_TRIES; tries++) {
		if (custodian_source_ask(passphrase, s, c, path, position, err) != 0) {
			status = -1;
			break;
		}
		status = custodian_unlock(share, c, passphrase, err);
		if (status == 1 && !custodian_source_typed(s))
			break;
		if (status == 1)
			custodian_terminal_say("This passphrase does not open the file.");
	}
	custodian_passphrase_free(passphrase);
	return status == 0 ? 0 : err_prefix(err, "%s", path);
}
