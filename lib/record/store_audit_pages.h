/* store_audit_pages.h - what a store's file holds outside its rows. */
#ifndef RECORD_STORE_AUDIT_PAGES_H
#define RECORD_STORE_AUDIT_PAGES_H

#include "lib/record/store_file.h"

/*
 * Count the pages that hold bytes outside their rows, where a store that was never changed but in
 * place has zeros. Read through the descriptor that has the lock. ERR_IO, ERR_NOMEM, ERR_INPUT
 * ("damaged").
 */
int store_audit_pages(uint64_t *out, const struct store_file *f, struct err *err);

#endif
