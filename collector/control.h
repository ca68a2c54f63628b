/*
 * control.h - what an operator does to a round while its collector runs: over rounds/R/control.sock,
 * which only the collector's own user can open. Whoever else needs the store is refused by its lock.
 *
 * A message is one byte (what), four bytes (length, big-endian), and the body. Each request has one
 * reply. Requests: HELLO, body = the store shape's digests of key and form; SUBMIT, body = sealed
 * submissions, each its receipt and its records; BACKUP, body = an absolute path; CLOSE, no body.
 * Replies: OK, body of SUBMIT = one byte of enum commit_result for each submission; FAULT, body =
 * one byte of enum err_code and the message (of SUBMIT: then some may be stored).
 */
#ifndef COLLECTOR_CONTROL_H
#define COLLECTOR_CONTROL_H

#include "collector/commit.h"
#include "collector/round.h"
#include "lib/base/buf.h"
#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	CONTROL_HELLO = 'H',
	CONTROL_SUBMIT = 'S',
	CONTROL_BACKUP = 'B',
	CONTROL_CLOSE = 'C',
	CONTROL_OK = 'O',
	CONTROL_FAULT = 'E',
	CONTROL_GROUP = 64, /* submissions in one message at most */
};

struct control; /* the collector's side: a socket and its thread */

/*
 * Make the socket, and listen; nothing is taken yet. A socket that is left from before is replaced:
 * the caller holds the store's lock, so nobody else can be using it. `round` must outlive it.
 */
int control_listen(struct control **out, const struct round *round, struct err *err);

/* Start the thread that takes requests. `commit` must outlive control_stop(). */
int control_start(struct control *c, struct commit *commit, struct err *err);

/* End the thread, if it was started, and remove the socket. NULL is fine. */
void control_stop(struct control *c);

/*
 * The other side. Connect to the round's collector: `*fd` is -1 if none is running. ERR_INPUT if it
 * serves another key or questionnaire.
 */
int control_connect(int *fd, const struct round *round, struct err *err);

/* Ask and take the reply's body into `reply`. A fault that was replied is returned as it is. */
int control_ask(int fd, uint8_t what, const struct buf *body, struct buf *reply, struct err *err);

/* One message, read or written whole. `*closed` (may be NULL): the other side has gone, between. */
int control_put(int fd, uint8_t what, const void *body, size_t n, struct err *err);
int control_get(int fd, uint8_t *what, struct buf *body, size_t most, bool *closed,
                struct err *err);

/* The round's socket as an address; the folder's descriptor in `*folder` must stay open with it. */
struct sockaddr_un;
int control_address(struct sockaddr_un *out, int *folder, const struct round *round,
                    struct err *err);

/* The most bytes a message of this round can have. */
size_t control_most(const struct round *round);

#endif
