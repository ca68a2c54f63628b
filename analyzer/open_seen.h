/* open_seen.h - which sealed records were there before. For open_scan.c. */
#ifndef ANALYZER_OPEN_SEEN_H
#define ANALYZER_OPEN_SEEN_H

#include <stddef.h>
#include <stdint.h>

struct open_seen;

struct open_seen *open_seen_create(void); /* NULL: out of memory */
void open_seen_free(struct open_seen *s); /* NULL is fine */

/* 1: these bytes were there before, last in file *before; 0: not before; -1: out of memory. */
int open_seen_add(struct open_seen *s, uint32_t *before, const uint8_t *sealed, size_t n,
                  uint32_t file);

#endif
