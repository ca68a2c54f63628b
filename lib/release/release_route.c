/*
 * release_route.c - who was asked a question, in terms of other tables. In: the JSON of a table's
 * "asked", or the relations. Out: the other.
 */
#include "lib/release/release_parts.h"

#include "lib/release/release_json.h"

#include <stdlib.h>
#include <string.h>

static const char *const relations[] = {
	[RELEASE_EXACTLY] = "exactly",
	[RELEASE_AT_MOST] = "at_most",
	[RELEASE_AT_LEAST] = "at_least",
};

void release_routes_free(struct release_table *t)
{
	for (size_t i = 0; i < t->n_routes; i++) {
		struct release_route *route = &t->routes[i];

		free(route->question);
		free(route->row);
		for (size_t a = 0; route->answers != NULL && route->answers[a] != NULL; a++)
			free(route->answers[a]);
		free(route->answers);
	}
	free(t->routes);
	t->routes = NULL;
	t->n_routes = 0;
}

static int read_relation(enum release_relation *out, const char *name, struct err *err)
{
	for (size_t i = 0; i < sizeof relations / sizeof *relations; i++)
		if (name != NULL && strcmp(relations[i], name) == 0) {
			*out = (enum release_relation)i;
			return 0;
		}
	return err_set(err, ERR_INPUT, "relation: unknown");
}

static int read_route(struct release_route *route, const struct json *v, struct err *err)
{
	static const char *const names[] = {"relation", "question", "answers", "others", "row"};

	if (RELEASE_JSON_MEMBERS(v, names, 4, err) != 0 ||
		read_relation(&route->relation, json_string(json_get(v, "relation")), err) != 0 ||
		release_json_text(&route->question, v, "question", err) != 0 ||
		release_json_list(&route->answers, NULL, v, "answers", false, err) != 0 ||
		release_json_bool(&route->others, v, "others", err) != 0)
		return -1;
	if (json_get(v, "row") != NULL && release_json_text(&route->row, v, "row", err) != 0)
		return -1;
	return 0;
}

int release_routes_read(struct release_table *t, const struct json *list, struct err *err)
{
	size_t n = json_count(list);

	if (list == NULL || json_type(list) != JSON_ARRAY || n == 0 || n > RELEASE_JSON_LIST)
		return err_set(err, ERR_INPUT, "asked: not a list, empty or too long");
	t->routes = calloc(n, sizeof *t->routes);
	if (t->routes == NULL)
		return err_nomem(err);
	for (const struct json *v = json_first(list); v != NULL; v = json_next(v))
		if (read_route(&t->routes[t->n_routes++], v, err) != 0)
			return err_prefix(err, "asked[%zu]", t->n_routes - 1);
	return 0;
}

static void put_route(struct buf *out, const struct release_route *route)
{
	buf_printf(out, "{\"relation\":\"%s\",\"question\":", relations[route->relation]);
	json_put_string(out, route->question);
	if (route->row != NULL) {
		buf_puts(out, ",\"row\":");
		json_put_string(out, route->row);
	}
	buf_puts(out, ",\"answers\":");
	release_write_list(out, route->answers);
	buf_puts(out, route->others ? ",\"others\":true}" : ",\"others\":false}");
}

void release_routes_write(struct buf *out, const struct release_table *t)
{
	if (t->n_routes == 0)
		return;
	buf_puts(out, "\"asked\":[");
	for (size_t i = 0; i < t->n_routes; i++) {
		if (i > 0)
			buf_putc(out, ',');
		put_route(out, &t->routes[i]);
	}
	buf_puts(out, "],");
}
