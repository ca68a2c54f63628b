/*
 * release_write.c - a release as JSON. The form is canonical: members in one order, no blanks,
 * one way to write a number, so that the same release is the same bytes and can be signed.
 */
#include "lib/release/release.h"

#include "lib/base/json.h"
#include "lib/release/release_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void put_name(struct buf *out, const char *name)
{
	json_put_string(out, name);
	buf_putc(out, ':');
}

static void put_text(struct buf *out, const char *name, const char *value)
{
	put_name(out, name);
	json_put_string(out, value);
	buf_putc(out, ',');
}

static void put_count(struct buf *out, long count)
{
	if (count == RELEASE_SUPPRESSED)
		buf_puts(out, "null");
	else
		buf_printf(out, "%ld", count);
}

/* "name":count, */
static void put_number(struct buf *out, const char *name, long count)
{
	put_name(out, name);
	put_count(out, count);
	buf_putc(out, ',');
}

static void put_bool(struct buf *out, const char *name, bool value)
{
	put_name(out, name);
	buf_puts(out, value ? "true," : "false,");
}

void release_write_list(struct buf *out, char *const *list)
{
	buf_putc(out, '[');
	for (size_t i = 0; list != NULL && list[i] != NULL; i++) {
		if (i > 0)
			buf_putc(out, ',');
		json_put_string(out, list[i]);
	}
	buf_putc(out, ']');
}

static void put_list(struct buf *out, const char *name, char *const *list)
{
	put_name(out, name);
	release_write_list(out, list);
}

/* Two decimals at most and no trailing zeros, so that what is read is written again the same. */
static void put_decimal(struct buf *out, const char *name, double value)
{
	char text[64];
	size_t n;

	if (isnan(value))
		return;
	buf_putc(out, ',');
	put_name(out, name);
	n = (size_t)snprintf(text, sizeof text, "%.2f", value);
	if (n >= sizeof text) {
		out->failed = true;
		return;
	}
	while (text[n - 1] == '0')
		n--;
	if (text[n - 1] == '.')
		n--;
	text[n] = '\0';
	buf_puts(out, strcmp(text, "-0") == 0 ? "0" : text);
}

static void put_group(struct buf *out, const struct release_group *g)
{
	buf_putc(out, '{');
	put_text(out, "by", release_by_name(g->by));
	put_text(out, "id", g->id);
	put_list(out, "members", g->members);
	buf_printf(out, ",\"people\":%ld}", g->people);
}

static void put_slot(struct buf *out, const struct release_table *t, const struct release_slot *s)
{
	buf_printf(out, "{\"group\":%zu,\"base\":%ld,", s->group, s->base);
	put_number(out, "declined", s->declined);
	put_number(out, "blank", s->blank);
	put_number(out, "not_asked", s->not_asked);
	buf_puts(out, "\"counts\":[");
	for (size_t a = 0; a < t->n_answers; a++) {
		if (a > 0)
			buf_putc(out, ',');
		put_count(out, s->counts[a]);
	}
	buf_putc(out, ']');
	put_decimal(out, "mean", s->mean);
	put_decimal(out, "median", s->median);
	buf_putc(out, '}');
}

static void put_table(struct buf *out, const struct release_table *t)
{
	buf_putc(out, '{');
	put_text(out, "question", t->question);
	if (t->row != NULL)
		put_text(out, "row", t->row);
	put_text(out, "measure", release_measure_name(t->measure));
	if (t->note != NULL)
		put_text(out, "note", t->note);
	if (t->full)
		put_bool(out, "full", true);
	release_routes_write(out, t);
	put_list(out, "answers", t->answers);
	buf_puts(out, ",\"slots\":[");
	for (size_t i = 0; i < t->n_slots; i++) {
		if (i > 0)
			buf_putc(out, ',');
		put_slot(out, t, &t->slots[i]);
	}
	buf_puts(out, "]}");
}

static void put_head(struct buf *out, const struct release *r)
{
	put_number(out, "version", RELEASE_VERSION);
	put_text(out, "study", r->study);
	put_text(out, "round", r->round);
	put_text(out, "questionnaire", r->questionnaire);
	put_number(out, "number", (long)r->number);
	put_text(out, "previous", r->previous);
	put_text(out, "counts", r->counts);
	put_number(out, "threshold", (long)r->threshold);
	put_number(out, "coalition", (long)r->coalition);
	put_bool(out, "demonstration", r->demonstration);
	put_bool(out, "audited", r->audited);
	put_number(out, "people", r->people);
	put_number(out, "set_aside", r->set_aside);
	buf_printf(out, "\"suppressed\":{\"primary\":%ld,\"complementary\":%ld},",
		r->suppressed_primary, r->suppressed_complementary);
	if (r->certificate != NULL)
		release_certificate_write(out, r->certificate);
}

void release_write_tables(struct buf *out, const struct release *r)
{
	buf_puts(out, "\"groups\":[");
	for (size_t i = 0; i < r->n_groups; i++) {
		if (i > 0)
			buf_putc(out, ',');
		put_group(out, &r->groups[i]);
	}
	buf_puts(out, "],\"tables\":[");
	for (size_t i = 0; i < r->n_tables; i++) {
		if (i > 0)
			buf_putc(out, ',');
		put_table(out, &r->tables[i]);
	}
	buf_putc(out, ']');
}

void release_write(struct buf *out, const struct release *r)
{
	buf_putc(out, '{');
	put_head(out, r);
	release_write_tables(out, r);
	buf_putc(out, '}');
}

void release_message(struct buf *out, const struct release *r)
{
	buf_puts(out, "peer-survey release 2\n");
	release_write(out, r);
}

void release_write_file(struct buf *out, const struct release *r, const uint8_t signature[64])
{
	buf_puts(out, "{\"release\":");
	release_write(out, r);
	buf_puts(out, ",\"signature\":\"");
	buf_hex(out, signature, 64);
	buf_puts(out, "\"}\n");
}
