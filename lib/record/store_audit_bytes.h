/*
 * store_audit_bytes.h - do bytes look random? Sealed records, keys, tags and the filling of free
 * rows all do; whatever was left, forgotten or written in clear does not.
 */
#ifndef RECORD_STORE_AUDIT_BYTES_H
#define RECORD_STORE_AUDIT_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How often each byte was seen. */
struct store_audit_tally {
	uint64_t count[256], n;
};

void store_audit_bytes_add(struct store_audit_tally *t, const uint8_t *bytes, size_t n);

/* Are the counts even enough for random bytes? Few bytes always are. */
bool store_audit_bytes_even(const struct store_audit_tally *t);

/* A run of text in any language, or of one byte repeated, that chance does not make. */
bool store_audit_bytes_text(const uint8_t *bytes, size_t n);
bool store_audit_bytes_repeat(const uint8_t *bytes, size_t n);

#endif
