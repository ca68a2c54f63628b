/* server.h - a real survey-collect as a child, and what the kernel says about it. */
#ifndef TESTS_BENCH_SERVER_H
#define TESTS_BENCH_SERVER_H

#include "lib/base/err.h"

#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

struct server {
	pid_t pid; /* 0: not running */
	struct sockaddr_in address;
	FILE *said; /* its standard output */
};

/* Run `program STUDY --listen 127.0.0.1:0` and wait until it listens. */
int server_start(struct server *out, const char *program, const char *study, struct err *err);

/* SIGTERM; the exit status, or -1. Not running is 0. */
int server_stop(struct server *s);

struct server_use {
	size_t resident, peak; /* kB */
	double user, system;   /* seconds of processor since it was started */
};
int server_use(struct server_use *out, const struct server *s, struct err *err);

#endif
