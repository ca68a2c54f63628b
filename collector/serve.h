/*
 * serve.h - which page answers which request. Routes, all of them:
 *
 *   GET  /  /LANG             the form; the language of / is the browser's choice
 *   POST /LANG                a submission
 *   POST /LANG/receipt        shows the receipt that the page of thanks carries
 *   GET  /withdraw  /LANG/withdraw      POST /LANG/withdraw      withdrawal by receipt
 *   GET  /style.css
 */
#ifndef COLLECTOR_SERVE_H
#define COLLECTOR_SERVE_H

#include "collector/commit.h"
#include "collector/http.h"
#include "collector/quota.h"
#include "collector/round.h"
#include "lib/base/err.h"

struct serve;

/*
 * Prepare the pages. All that is given must outlive it, and the commit thread given later too.
 * `onion` is the survey's onion address, "http://....onion/", or NULL; ERR_INPUT if it is not one.
 */
int serve_create(struct serve **out, const struct round *round, struct quota *quota,
                 const char *onion, struct err *err);
void serve_free(struct serve *s); /* NULL is fine */

/* The handler to start the server with; submissions go to `commit`. */
struct http_handler serve_handler(struct serve *s, struct commit *commit);

#endif
