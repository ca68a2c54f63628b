/*
 * control.h - what an operator does to a round while its collector runs: over rounds/R/control.sock,
 * which only the collector's own user can open. Whoever else needs the store is refused by its lock.
 *
 * A message is one byte (what), four bytes (length, big-endian), and the body. Each request has one
 * reply. Requests: HELLO, body = the store shape's digests of key and form; SUBMIT, body = sealed
 * submissions, each its receipt and its records; BACKUP, no body, but with the first byte comes the
 * descriptor of the file to write to (SCM_RIGHTS, unix(7)): the collector itself can open no file
 * outside its round's folder; CLOSE, no body; FLOOD, body = one byte of enum quota_mode; AUDIT, no
 * body.
 * Replies: OK, body of SUBMIT = one byte of enum commit_result for each submission, body of AUDIT =
 * counts (self_audit_store.c); FAULT, body = one byte of enum err_code and the message (of SUBMIT:
 * then some may be stored).
 */
#ifndef COLLECTOR_CONTROL_H
#define COLLECTOR_CONTROL_H

#include "collector/commit.h"
#include "collector/quota.h"
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
	CONTROL_FLOOD = 'F',
	CONTROL_AUDIT = 'A',
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

/* Start the thread that takes requests. `commit` and `quota` must outlive control_stop(). */
int control_start(struct control *c, struct commit *commit, struct quota *quota, struct err *err);

/* End the thread, if it was started, and remove the socket. NULL is fine. */
void control_stop(struct control *c);

/*
 * The other side. Connect to the round's collector: `*fd` is -1 if none is running. ERR_INPUT if it
 * serves another key or questionnaire.
 */
int control_connect(int *fd, const struct round *round, struct err *err);

/* A message. Start as `struct control_message m = {.file = -1}`; ends with its body's. */
struct control_message {
	uint8_t what;
	struct buf body;
	int file; /* a descriptor that goes or came with it, owned by the caller; or -1 */
};

/* Ask and take the reply's body into `reply`. A fault that was replied is returned as it is. */
int control_ask(int fd, const struct control_message *request, struct buf *reply, struct err *err);

/* One message, written or read whole; the body's bytes are followed by a NUL. */
int control_put(int fd, const struct control_message *m, struct err *err);
int control_get(int fd, struct control_message *m, size_t most, struct err *err);

/* The round's socket as an address; the folder's descriptor in `*folder` must stay open with it. */
struct sockaddr_un;
int control_address(struct sockaddr_un *out, int *folder, const struct round *round,
                    struct err *err);

/* The most bytes a message of this round can have. */
size_t control_most(const struct round *round);

#endif
