/* open_seen.h - which sealed records were there before. For open_scan.c and open_block.c. */
#ifndef ANALYZER_OPEN_SEEN_H
#define ANALYZER_OPEN_SEEN_H

#include <stddef.h>
#include <stdint.h>

struct open_seen;

/* What a record is known by, in one set. */
struct open_seen_tag {
	uint8_t bytes[16];
};

struct open_seen *open_seen_create(void); /* NULL: out of memory */
void open_seen_free(struct open_seen *s); /* NULL is fine */

/* From what a sealed record begins with; may run in several threads. */
void open_seen_tag(struct open_seen_tag *out, const struct open_seen *s, const uint8_t *sealed,
                   size_t n);

/* It will be added soon: fetch the memory for it. */
void open_seen_expect(const struct open_seen *s, const struct open_seen_tag *tag);

/* 1: this one was there before, last in file *before; 0: not before; -1: out of memory. */
int open_seen_add(struct open_seen *s, uint32_t *before, const struct open_seen_tag *tag,
                  uint32_t file);

#endif
