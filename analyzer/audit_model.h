/* audit_model.h - a release as an attacker's system. Private to the audit. */
#ifndef ANALYZER_AUDIT_MODEL_H
#define ANALYZER_AUDIT_MODEL_H

#include "analyzer/audit.h"
#include "analyzer/audit_system.h"

struct audit_place {
	size_t table, slot, column;
};

struct audit_model {
	const struct release *release;
	struct audit_system system;
	struct audit_place *place; /* of each variable */
	size_t **variable;         /* by table: [slot * columns + column], SIZE_MAX: published */
};

/* Everything the release says. The caller finishes it, on failure, too. */
int audit_model_create(struct audit_model *m, const struct release *r, struct err *err);
void audit_model_finish(struct audit_model *m);

/* A published count, or RELEASE_SUPPRESSED; column n_answers and on are the kinds. */
long audit_model_count(const struct release_table *t, const struct release_slot *s, size_t column);
size_t audit_model_columns(const struct release_table *t);

/* audit_model_rows.c: what sums say. */
void audit_model_rows(struct audit_model *m);
void audit_model_put(struct audit_model *m, long *known, const struct audit_place *at, int sign);
/* audit_model_routes.c: what tables say of each other. */
void audit_model_routes(struct audit_model *m);

#endif
