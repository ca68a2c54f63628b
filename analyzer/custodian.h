/*
 * custodian.h - the custodians' side of a round's keys.
 *
 * A round has one random 32-byte seed. The key that opens its records and the key that signs its
 * releases come from it. It is split so that a quorum of the custodians can put it together again
 * and fewer learn nothing. Each share is locked with its custodian's passphrase in a text file,
 * specified in survey-keys(1). Seed, shares, passphrases and secret keys are only ever in memory
 * from sodium_malloc(): never swapped, never in a core file, wiped when freed.
 */
#ifndef ANALYZER_CUSTODIAN_H
#define ANALYZER_CUSTODIAN_H

#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "lib/record/seal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	CUSTODIAN_VERSION = 1,
	CUSTODIAN_SEED = 32,
	CUSTODIAN_SIGN = 64,            /* Ed25519 secret key */
	CUSTODIAN_QUORUM_MIN = 2,       /* nobody opens anything alone */
	CUSTODIAN_MAX = 32,             /* custodians of one round */
	CUSTODIAN_STUDY = 65,           /* a study's id and a NUL */
	CUSTODIAN_SALT = 16,
	CUSTODIAN_NONCE = 24,
	CUSTODIAN_CHECK = 32,           /* checksum that goes with a share */
	CUSTODIAN_LOCKED = 16 + CUSTODIAN_SEED + CUSTODIAN_CHECK, /* secretbox of both */
	CUSTODIAN_PASSPHRASE_MIN = 12,  /* characters */
	CUSTODIAN_PASSPHRASE = 1024,    /* bytes, with a NUL */
	CUSTODIAN_TRIES = 3,            /* at typing a passphrase */
};

/* custodian.c - the seed, what comes from it, and splitting it. */

struct custodian_secret {
	uint8_t seed[CUSTODIAN_SEED];
	uint8_t box[SEAL_KEY]; /* X25519 secret key */
	uint8_t sign[CUSTODIAN_SIGN];
	uint8_t box_public[SEAL_KEY], sign_public[SEAL_KEY];
};

struct custodian_share {
	unsigned number; /* of the custodian: 1, 2, ... */
	uint8_t bytes[CUSTODIAN_SEED];
};

/* A fresh random seed and its keys. The caller owns *out. ERR_NOMEM, ERR_CRYPTO. */
int custodian_secret_create(struct custodian_secret **out, struct err *err);
void custodian_secret_free(struct custodian_secret *s); /* wipes; NULL is fine */

/* `n` shares in guarded memory, or NULL. */
struct custodian_share *custodian_shares_create(size_t n, struct err *err);
void custodian_shares_free(struct custodian_share *shares); /* wipes; NULL is fine */

/*
 * Split the seed into shares[0 .. n-1] of the custodians 1 .. n, any `quorum` of which suffice.
 * QUORUM_MIN <= quorum <= n <= CUSTODIAN_MAX is the caller's to check.
 */
int custodian_split(struct custodian_share *shares, unsigned n, unsigned quorum,
                    const struct custodian_secret *secret, struct err *err);

/*
 * Put the seed together and compare its public halves with `key`. Faults are ERR_CRYPTO: too few
 * shares, the same share twice, shares that do not belong together. The caller owns *out.
 */
int custodian_combine(struct custodian_secret **out, const struct custodian_share *shares,
                      size_t n, const struct seal_key *key, struct err *err);

/* custodian_file.c - one custodian's key file. */

/* What a key file says. Nothing in it is secret: the share is locked. */
struct custodian {
	char study[CUSTODIAN_STUDY];
	char round[32];
	unsigned number, custodians, quorum;
	char fingerprint[SEAL_FINGERPRINT];
	uint8_t key[RECORD_DIGEST]; /* digest of the bytes of public.key */
	uint64_t operations;        /* Argon2id */
	uint64_t memory;            /* Argon2id, bytes */
	uint8_t salt[CUSTODIAN_SALT];
	uint8_t nonce[CUSTODIAN_NONCE];
	uint8_t locked[CUSTODIAN_LOCKED];
};

/* Append the text of the file. */
void custodian_write(struct buf *out, const struct custodian *c);
/*
 * Read the text of a file. Faults are ERR_CRYPTO: not a key file, of a later version, damaged
 * (its check line is not right).
 */
int custodian_read(struct custodian *out, const char *text, size_t n, struct err *err);

/*
 * The same from a file, faults prefixed with its path. A file inside a study folder is
 * ERR_REFUSED.
 */
int custodian_load(struct custodian *out, const char *path, struct err *err);
/*
 * Make the file: mode 0600, exclusively (an existing one is ERR_INPUT), durable; on failure it is
 * not there. Hard links are not needed, so that a memory stick's file system will do.
 */
int custodian_save(const struct custodian *c, const char *path, struct err *err);

/* Is it of this study and round and of these keys (`digest`: of public.key)? Else ERR_CRYPTO. */
int custodian_match(const struct custodian *c, const char *study, const struct seal_key *key,
                    const uint8_t digest[RECORD_DIGEST], struct err *err);

/* "2 of 3 custodians are needed, 1 given" or the same custodian twice: ERR_CRYPTO. */
int custodian_enough(const struct custodian *list, size_t n, struct err *err);

/* custodian_lock.c - locking a share with a passphrase: Argon2id, then secretbox. */

/*
 * Lock the share into `c`, whose other fields stand already. `fast` takes Argon2id's interactive
 * limits instead of the moderate ones: for passphrases that a file gave away anyway.
 */
int custodian_lock(struct custodian *c, const struct custodian_share *share,
                   const char *passphrase, bool fast, struct err *err);
/*
 * Take the share out. Returns 0; 1 with `err` set for a wrong passphrase; -1 for anything else
 * (ERR_NOMEM; ERR_CRYPTO: the share is damaged or its file was put together from several).
 */
int custodian_unlock(struct custodian_share *share, const struct custodian *c,
                     const char *passphrase, struct err *err);

/* custodian_place.c - where keys must not be. */

/*
 * Refuse (ERR_REFUSED) a path inside a study folder, also through symbolic links: any folder on
 * the way to it that holds study.json. What does not exist yet is judged by where it would be.
 * `study` names one study folder more, or is NULL.
 */
int custodian_place(const char *path, const char *study, struct err *err);

/* custodian_source.c - passphrases, typed on the terminal or from a file. */

/* CUSTODIAN_PASSPHRASE bytes of guarded memory, empty; NULL with err set. */
char *custodian_passphrase_create(struct err *err);
void custodian_passphrase_free(char *passphrase); /* wipes; NULL is fine */

/* Where passphrases come from. */
struct custodian_source;

/*
 * From the lines of these files one after another; n = 0: typed on the terminal. Files are for
 * demonstrations and tests. ERR_INPUT: a line is too short or too long. The caller owns *out.
 */
int custodian_source_create(struct custodian_source **out, char *const *files, size_t n,
                            struct err *err);
void custodian_source_free(struct custodian_source *s); /* wipes; the terminal as before */
bool custodian_source_typed(const struct custodian_source *s);
/* Passphrases of the files. */
size_t custodian_source_count(const struct custodian_source *s);

/*
 * The passphrase of an existing key file. From files: the line of the custodian's number if there
 * is one line for each custodian of the round, else line `position` (0 is the first; the order of
 * the key files). Typed: asked once, without echo. ERR_IO without a terminal or when interrupted.
 */
int custodian_source_ask(char *passphrase, struct custodian_source *s,
                         const struct custodian *c, const char *path, size_t position,
                         struct err *err);

/*
 * A new passphrase for custodian `number`. Typed: twice, without echo, until both agree and it is
 * long enough; three times wrong is ERR_INPUT.
 */
int custodian_source_choose(char *passphrase, struct custodian_source *s, unsigned number,
                            struct err *err);

/*
 * Ask and unlock; a wrong passphrase is asked for again when it is typed, CUSTODIAN_TRIES times in
 * all. Faults are prefixed with `path`.
 */
int custodian_source_unlock(struct custodian_share *share, struct custodian_source *s,
                            const struct custodian *c, const char *path, size_t position,
                            struct err *err);

#endif
