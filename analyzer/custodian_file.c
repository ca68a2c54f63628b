/*
 * custodian_file.c - one custodian's key file, a text file that a person can read and print.
 *
 * Enters and leaves: struct custodian. The format is specified in survey-keys(1): comment lines
 * that tell a person what the file is, then one "name: value" a line in a fixed order, the last of
 * which is a checksum of the others, so that damage is told from a wrong passphrase. Blanks at the
 * ends of lines, CRLF and comments do not matter: such files travel by mail and memory stick.
 */
#include "analyzer/custodian.h"
#include "forms/study.h"
#include "lib/base/file.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

_Static_assert(CUSTODIAN_SALT == crypto_pwhash_SALTBYTES, "Argon2id");
_Static_assert(CUSTODIAN_NONCE == crypto_secretbox_NONCEBYTES, "secretbox");
_Static_assert(CUSTODIAN_LOCKED ==
               crypto_secretbox_MACBYTES + CUSTODIAN_SEED + CUSTODIAN_CHECK, "secretbox");

#define FORMAT "peer-survey-custodian-key"

enum {
	FILE_MAX = 16384,
	VALUE_MAX = 256,
	CHECK_LINE = 16,                  /* bytes of the check line's digest */
	OPERATIONS_MAX = 16,              /* a file may not make us work for hours */
	MEMORY_MAX = 1 << 30,
};

static const char HEADING[] =
	"# Peer Survey: the key file of custodian %u of %u. Keep it.\n"
	"#\n"
	"# Any %u of the %u custodians of this survey round can open its answers\n"
	"# together; fewer cannot. This file is your part. It is locked with the\n"
	"# passphrase that you chose, and it is of use only together with that\n"
	"# passphrase and with the files of other custodians. Keep it on a memory stick\n"
	"# or on a computer that is not connected to the internet, never in mail, chat\n"
	"# or a cloud folder, and not beside the other custodians' files. Tell nobody\n"
	"# the passphrase: nobody who runs the survey needs to know it. If you lose this\n"
	"# file or forget the passphrase, tell the others now, while the round is\n"
	"# running: if fewer than %u custodians are left, the answers are lost for\n"
	"# everybody, for ever. When the round is analysed and done with, destroy it:\n"
	"# survey-keys destroy FILE.\n"
	"\n";

/* The fields that the check line covers. */
static void write_fields(struct buf *out, const struct custodian *c)
{
	buf_printf(out, "format: " FORMAT " %d\n", CUSTODIAN_VERSION);
	buf_printf(out, "study: %s\n", c->study);
	buf_printf(out, "round: %s\n", c->round);
	buf_printf(out, "custodian: %u of %u\n", c->number, c->custodians);
	buf_printf(out, "quorum: %u\n", c->quorum);
	buf_printf(out, "fingerprint: %s\n", c->fingerprint);
	buf_puts(out, "public-key: ");
	buf_hex(out, c->key, sizeof(c->key));
	buf_printf(out, "\npassphrase: argon2id13 %" PRIu64 " %" PRIu64 "\n", c->operations,
	           c->memory);
	buf_puts(out, "salt: ");
	buf_hex(out, c->salt, sizeof(c->salt));
	buf_puts(out, "\nnonce: ");
	buf_hex(out, c->nonce, sizeof(c->nonce));
	buf_puts(out, "\nshare: ");
	buf_hex(out, c->locked, sizeof(c->locked));
	buf_putc(out, '\n');
}

/* False: out of memory. */
static bool check_line(uint8_t out[CHECK_LINE], const struct custodian *c)
{
	struct buf fields = {0};
	bool ok;

	write_fields(&fields, c);
	ok = !fields.failed;
	if (ok)
		crypto_generichash(out, CHECK_LINE, (const uint8_t *)fields.data, fields.len,
		                   NULL, 0);
	buf_finish(&fields);
	return ok;
}

void custodian_write(struct buf *out, const struct custodian *c)
{
	uint8_t check[CHECK_LINE];

	buf_printf(out, HEADING, c->number, c->custodians, c->quorum, c->custodians, c->quorum);
	write_fields(out, c);
	if (!check_line(check, c)) {
		out->failed = true;
		return;
	}
	buf_puts(out, "check: ");
	buf_hex(out, check, sizeof(check));
	buf_putc(out, '\n');
}

/* The lines of a file, one after another. */
struct lines {
	const char *at, *end;
};

/* The next line that is neither empty nor a comment, without the blanks at its ends. */
static bool next_line(struct lines *l, const char **line, size_t *n)
{
	while (l->at < l->end) {
		const char *stop = memchr(l->at, '\n', (size_t)(l->end - l->at));
		const char *from = l->at;

		if (stop == NULL)
			stop = l->end;
		l->at = stop < l->end ? stop + 1 : stop;
		while (from < stop && strchr(" \t\r", *from) != NULL && *from != '\0')
			from++;
		while (stop > from && strchr(" \t\r", stop[-1]) != NULL && stop[-1] != '\0')
			stop--;
		if (from == stop || *from == '#')
			continue;
		*line = from;
		*n = (size_t)(stop - from);
		return true;
	}
	return false;
}

/* The value of the next line, which must have this name. */
static bool next_value(struct lines *l, const char *name, char value[VALUE_MAX])
{
	const char *line;
	size_t n, skip = strlen(name);

	if (!next_line(l, &line, &n) || n <= skip + 1 || memcmp(line, name, skip) != 0 ||
	    line[skip] != ':')
		return false;
	skip++;
	while (skip < n && (line[skip] == ' ' || line[skip] == '\t'))
		skip++;
	if (n - skip >= VALUE_MAX || memchr(line + skip, '\0', n - skip) != NULL)
		return false;
	memcpy(value, line + skip, n - skip);
	value[n - skip] = '\0';
	return true;
}

/* Take a decimal number without sign, blanks or leading zeros, and step over it. */
static bool take_number(const char **s, uint64_t max, uint64_t *out)
{
	uint64_t number = 0;
	const char *at = *s;

	if (*at < '1' || *at > '9')
		return false;
	for (; *at >= '0' && *at <= '9'; at++) {
		number = number * 10 + (uint64_t)(*at - '0');
		if (number > max)
			return false;
	}
	*out = number;
	*s = at;
	return true;
}

static bool take_text(const char **s, const char *text)
{
	size_t n = strlen(text);

	if (strncmp(*s, text, n) != 0)
		return false;
	*s += n;
	return true;
}

static bool read_hex(struct lines *l, const char *name, uint8_t *out, size_t n)
{
	char value[VALUE_MAX];
	size_t got;

	return next_value(l, name, value) && strlen(value) == 2 * n &&
	       sodium_hex2bin(out, n, value, 2 * n, NULL, &got, NULL) == 0 && got == n;
}

static bool read_text(struct lines *l, const char *name, char *out, size_t size)
{
	char value[VALUE_MAX];

	if (!next_value(l, name, value) || strlen(value) >= size)
		return false;
	strcpy(out, value);
	return true;
}

static bool read_people(struct lines *l, struct custodian *c)
{
	char value[VALUE_MAX];
	const char *at = value;
	uint64_t number, custodians, quorum;

	if (!next_value(l, "custodian", value) || !take_number(&at, CUSTODIAN_MAX, &number) ||
	    !take_text(&at, " of ") || !take_number(&at, CUSTODIAN_MAX, &custodians) || *at != '\0')
		return false;
	at = value;
	if (!next_value(l, "quorum", value) || !take_number(&at, custodians, &quorum) ||
	    *at != '\0' || number > custodians || quorum < CUSTODIAN_QUORUM_MIN)
		return false;
	c->number = (unsigned)number;
	c->custodians = (unsigned)custodians;
	c->quorum = (unsigned)quorum;
	return true;
}

static bool read_limits(struct lines *l, struct custodian *c)
{
	char value[VALUE_MAX];
	const char *at = value;

	return next_value(l, "passphrase", value) && take_text(&at, "argon2id13 ") &&
	       take_number(&at, OPERATIONS_MAX, &c->operations) && take_text(&at, " ") &&
	       take_number(&at, MEMORY_MAX, &c->memory) && *at == '\0' &&
	       c->operations >= crypto_pwhash_argon2id_OPSLIMIT_MIN &&
	       c->memory >= crypto_pwhash_argon2id_MEMLIMIT_MIN;
}

static bool read_fields(struct custodian *c, struct lines *l)
{
	uint8_t check[CHECK_LINE], right[CHECK_LINE];
	const char *line;
	size_t n;

	if (!read_text(l, "study", c->study, sizeof(c->study)) ||
	    !read_text(l, "round", c->round, sizeof(c->round)) || !read_people(l, c) ||
	    !read_text(l, "fingerprint", c->fingerprint, sizeof(c->fingerprint)) ||
	    !read_hex(l, "public-key", c->key, sizeof(c->key)) || !read_limits(l, c) ||
	    !read_hex(l, "salt", c->salt, sizeof(c->salt)) ||
	    !read_hex(l, "nonce", c->nonce, sizeof(c->nonce)) ||
	    !read_hex(l, "share", c->locked, sizeof(c->locked)) ||
	    !read_hex(l, "check", check, sizeof(check)) || next_line(l, &line, &n))
		return false;
	return check_line(right, c) && memcmp(check, right, sizeof(check)) == 0 &&
	       study_round_valid(c->round);
}

int custodian_read(struct custodian *out, const char *text, size_t n, struct err *err)
{
	struct lines lines = {text, text + n};
	struct custodian c = {0};
	char value[VALUE_MAX];
	const char *at = value;
	uint64_t version;

	if (!next_value(&lines, "format", value) || !take_text(&at, FORMAT " "))
		return err_set(err, ERR_CRYPTO, "not a custodian's key file");
	if (!take_number(&at, UINT32_MAX, &version) || *at != '\0')
		return err_set(err, ERR_CRYPTO, "the key file is damaged: its first lines");
	if (version != CUSTODIAN_VERSION)
		return err_set(err, ERR_CRYPTO, "a key file of version %" PRIu64
		               ", which this program does not know", version);
	if (!read_fields(&c, &lines))
		return err_set(err, ERR_CRYPTO, "the key file is damaged: take another copy of it");
	*out = c;
	return 0;
}

int custodian_load(struct custodian *out, const char *path, struct err *err)
{
	struct buf text = {0};
	int status;

	if (custodian_place(path, NULL, err) != 0)
		return -1;
	status = file_read(&text, path, FILE_MAX, err);
	if (status != 0 && err->code == ERR_INPUT)
		status = err_set(err, ERR_CRYPTO, "%s: not a custodian's key file", path);
	if (status == 0 && custodian_read(out, text.data != NULL ? text.data : "", text.len,
	                                  err) != 0)
		status = err_prefix(err, "%s", path);
	buf_finish(&text);
	return status;
}

static int put_all(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t put = write(fd, bytes, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		bytes += put;
		n -= (size_t)put;
	}
	return fsync(fd);
}

int custodian_save(const struct custodian *c, const char *path, struct err *err)
{
	struct buf text = {0};
	int fd, saved;

	custodian_write(&text, c);
	if (text.failed)
		return err_nomem(err);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0) {
		saved = errno;
		buf_finish(&text);
		if (saved == EEXIST)
			return err_set(err, ERR_INPUT, "%s: already exists", path);
		return err_set(err, ERR_IO, "%s: %s", path, strerror(saved));
	}
	saved = put_all(fd, text.data, text.len) != 0 ? errno : 0;
	if (close(fd) != 0 && saved == 0)
		saved = errno;
	buf_finish(&text);
	if (saved != 0)
		err_set(err, ERR_IO, "%s: %s", path, strerror(saved));
	if (saved != 0 || file_sync_parent(path, err) != 0) {
		unlink(path);
		return -1;
	}
	return 0;
}
