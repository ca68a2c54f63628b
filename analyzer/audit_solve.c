/*
 * audit_solve.c - minima and maxima of hidden counts. In: a system. Out: for each variable whether
 * enough values remain possible, with whole tables as witnesses.
 *
 * A component's rows become one linear program that stays warm: for one variable after the other
 * only the objective changes (primal simplex, the last basis). Corners of transport-like systems
 * are mostly whole numbers: each that is widens every variable it differs in. Linear bounds
 * alone prove that a count is narrow, never that it is safe; where a corner is no whole table,
 * branch and bound looks for one. (G. Sande 1984; M. Fischetti, J. Salazar 2001.)
 */
#include "analyzer/audit_solve.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>

enum { ITERATIONS = 20000, NODES = 400, GENEROUS = 3 };

static const double whole_within = 1e-6;

/* One component while it is being examined. */
struct probe {
	struct audit_system *system;
	const struct audit_demand *demand;
	struct audit_effort *effort;
	glp_prob *lp;
	glp_smcp simplex;
	size_t *variable; /* of each column, from 1 */
	int *column;      /* of each of the system's variables; 0: not in the component */
	const size_t *rows; /* of the system, one for each row of the program */
	long *table;      /* room for one solution, by column */
	int n;
	int nodes; /* of the running branch and bound */
};

static struct audit_variable *at(const struct probe *p, int column)
{
	return &p->system->variables[p->variable[column]];
}

static bool among(long value, long first, long last)
{
	return value >= first && value <= last;
}

/* Would this value give somebody away? */
static bool telling(const struct audit_variable *v, long value)
{
	return among(value, v->small_first, v->small_last) ||
		among(value, v->great_first, v->great_last);
}

static bool overlap(long low, long high, long first, long last)
{
	return first <= last && low <= last && high >= first;
}

/* Might the variable have such a value at all? */
static bool concerned(const struct audit_variable *v)
{
	return !v->exempt && (overlap(v->low, v->high, v->small_first, v->small_last) ||
		overlap(v->low, v->high, v->great_first, v->great_last));
}

static bool proved(const struct audit_variable *v, long values)
{
	return v->seen_low <= v->seen_high && v->seen_high - v->seen_low + 1 >= values;
}

/* A whole table that fits: it widens what has been seen of every variable. */
static void witness(struct probe *p)
{
	bool reason = !p->demand->reason;

	for (int j = 1; j <= p->n && !reason; j++)
		reason = telling(at(p, j), p->table[j]);
	for (int j = 1; j <= p->n && reason; j++) {
		struct audit_variable *v = at(p, j);

		if (p->table[j] < v->seen_low)
			v->seen_low = p->table[j];
		if (p->table[j] > v->seen_high)
			v->seen_high = p->table[j];
	}
}

/* Do the whole numbers of a solution really fit? Rounding must not decide what is safe. */
static bool fits(const struct probe *p)
{
	const struct audit_system *s = p->system;

	for (int j = 1; j <= p->n; j++)
		if (p->table[j] < at(p, j)->low || p->table[j] > at(p, j)->high)
			return false;
	for (int i = 1; i <= glp_get_num_rows(p->lp); i++) {
		const struct audit_row *row = &s->rows[p->rows[i - 1]];
		long sum = 0;

		for (size_t k = 0; k < row->n; k++) {
			const struct audit_term *t = &s->terms[row->first + k];
			int j = p->column[t->variable];

			sum += t->coefficient *
				(j > 0 ? p->table[j] : s->variables[t->variable].low);
		}
		if (sum < row->low || sum > row->high)
			return false;
	}
	return true;
}

static void take_solution(struct probe *p, bool integer)
{
	for (int j = 1; j <= p->n; j++) {
		double x = integer ? glp_mip_col_val(p->lp, j) : glp_get_col_prim(p->lp, j);

		if (fabs(x - rint(x)) > whole_within)
			return;
		p->table[j] = lrint(x);
	}
	if (fits(p))
		witness(p);
}

static void set_bounds(struct probe *p, int column, long low, long high)
{
	glp_set_col_bnds(p->lp, column, low == high ? GLP_FX : GLP_DB, (double)low, (double)high);
}

static void add_row(struct probe *p, size_t r, int *index, double *value)
{
	const struct audit_system *s = p->system;
	const struct audit_row *row = &s->rows[r];
	long known = 0;
	int n = 0, i;

	for (size_t k = 0; k < row->n; k++) {
		const struct audit_term *t = &s->terms[row->first + k];
		int j = p->column[t->variable];

		if (j == 0) {
			known += t->coefficient * s->variables[t->variable].low;
			continue;
		}
		index[++n] = j;
		value[n] = t->coefficient;
	}
	i = glp_add_rows(p->lp, 1);
	glp_set_mat_row(p->lp, i, n, index, value);
	if (row->low == row->high)
		glp_set_row_bnds(p->lp, i, GLP_FX, (double)(row->low - known), 0);
	else if (row->low == LONG_MIN)
		glp_set_row_bnds(p->lp, i, GLP_UP, 0, (double)(row->high - known));
	else if (row->high == LONG_MAX)
		glp_set_row_bnds(p->lp, i, GLP_LO, (double)(row->low - known), 0);
	else
		glp_set_row_bnds(p->lp, i, GLP_DB, (double)(row->low - known),
			(double)(row->high - known));
}

/* The component's columns are numbered already. */
static int build(struct probe *p, size_t n_rows, struct err *err)
{
	int *index = calloc((size_t)p->n + 2, sizeof *index);
	double *value = calloc((size_t)p->n + 2, sizeof *value);
	int status = -1;

	if (index == NULL || value == NULL) {
		err_nomem(err);
		goto out;
	}
	p->lp = glp_create_prob();
	glp_add_cols(p->lp, p->n);
	for (int j = 1; j <= p->n; j++)
		set_bounds(p, j, at(p, j)->low, at(p, j)->high);
	for (size_t r = 0; r < n_rows; r++)
		add_row(p, p->rows[r], index, value);
	glp_init_smcp(&p->simplex);
	p->simplex.msg_lev = GLP_MSG_OFF;
	p->simplex.meth = GLP_PRIMAL;
	p->simplex.it_lim = ITERATIONS;
	status = 0;
out:
	free(index);
	free(value);
	return status;
}

/* Run the simplex method from the last basis, or from scratch where that is no good. */
static bool simplex(struct probe *p)
{
	int status = glp_simplex(p->lp, &p->simplex);

	p->effort->lps++;
	if (status == GLP_EBADB || status == GLP_ESING || status == GLP_ECOND) {
		glp_std_basis(p->lp);
		status = glp_simplex(p->lp, &p->simplex);
	}
	return status == 0 && glp_get_status(p->lp) == GLP_OPT;
}

static void count_node(glp_tree *tree, void *info)
{
	struct probe *p = info;

	if (glp_ios_reason(tree) == GLP_ISELECT && ++p->nodes > NODES)
		glp_ios_terminate(tree);
}

/* The same with whole numbers; the simplex method has just found an optimum. */
static void branch(struct probe *p)
{
	glp_iocp how;

	glp_init_iocp(&how);
	how.msg_lev = GLP_MSG_OFF;
	how.cb_func = count_node;
	how.cb_info = p;
	p->nodes = 0;
	for (int j = 1; j <= p->n; j++)
		glp_set_col_kind(p->lp, j, GLP_IV);
	p->effort->mips++;
	glp_intopt(p->lp, &how);
	if (glp_mip_status(p->lp) == GLP_OPT || glp_mip_status(p->lp) == GLP_FEAS)
		take_solution(p, true);
	for (int j = 1; j <= p->n; j++)
		glp_set_col_kind(p->lp, j, GLP_CV);
}

/* Move one column as far as it goes; *bound is how far by linear programming. */
static bool push(struct probe *p, int column, int direction, bool integer, double *bound)
{
	bool done;

	glp_set_obj_dir(p->lp, direction > 0 ? GLP_MAX : GLP_MIN);
	glp_set_obj_coef(p->lp, column, 1);
	done = simplex(p);
	if (done) {
		*bound = glp_get_obj_val(p->lp);
		if (integer)
			branch(p);
		else
			take_solution(p, false);
	}
	glp_set_obj_coef(p->lp, column, 0);
	return done;
}

/* What linear programming says of a variable narrows it. */
static void push_both(struct probe *p, int column, bool integer)
{
	struct audit_variable *v = at(p, column);
	double bound;

	if (push(p, column, 1, integer, &bound) && floor(bound + whole_within) < (double)v->high)
		v->high = (long)floor(bound + whole_within);
	if (push(p, column, -1, integer, &bound) && ceil(bound - whole_within) > (double)v->low)
		v->low = (long)ceil(bound - whole_within);
}

/*
 * Tables with a reason: hold one column after the other in one of its ranges, and push again.
 * Stops as soon as enough has been seen.
 */
static void push_with_reason(struct probe *p, int column, bool integer)
{
	for (int j = 1; j <= p->n; j++) {
		const struct audit_variable *v = at(p, j);
		const long range[2][2] = {{v->small_first, v->small_last},
			{v->great_first, v->great_last}};

		for (int k = 0; k < 2 && !proved(at(p, column), p->demand->values); k++) {
			long low = range[k][0] > v->low ? range[k][0] : v->low;
			long high = range[k][1] < v->high ? range[k][1] : v->high;
			double bound;

			if (low > high)
				continue;
			set_bounds(p, j, low, high);
			push(p, column, 1, integer, &bound);
			push(p, column, -1, integer, &bound);
			set_bounds(p, j, v->low, v->high);
		}
	}
}

/* Is this variable safe? */
static void judge(struct probe *p, int column)
{
	struct audit_variable *v = at(p, column);
	long values = p->demand->values;

	if (!concerned(v) || proved(v, GENEROUS * values))
		return;
	push_both(p, column, false);
	if (!concerned(v) || proved(v, values))
		return;
	if (v->high - v->low + 1 >= values) {
		p->effort->uncertain++;
		push_both(p, column, true);
		if (p->demand->reason && !proved(v, values))
			push_with_reason(p, column, false);
		if (p->demand->reason && !proved(v, values))
			push_with_reason(p, column, true);
	}
	v->unsafe = !proved(v, values);
}

static int examine(struct probe *p, size_t n_rows, struct err *err)
{
	bool any = false;

	for (int j = 1; j <= p->n; j++)
		any |= concerned(at(p, j));
	if (!any)
		return 0;
	p->table = calloc((size_t)p->n + 1, sizeof *p->table);
	if (p->table == NULL)
		return err_nomem(err);
	if (build(p, n_rows, err) != 0)
		return -1;
	if (!simplex(p) && glp_get_status(p->lp) == GLP_NOFEAS)
		return err_set(err, ERR_INPUT, "the published numbers contradict each other");
	for (int j = 1; j <= p->n; j++)
		judge(p, j);
	return 0;
}

/* Members of each component, one component after the other: counting sort. */
struct parts {
	size_t *variables, *first_variable; /* first_*[c] .. first_*[c+1]-1 */
	size_t *rows, *first_row;
	size_t n;
};

static void parts_finish(struct parts *p)
{
	free(p->variables);
	free(p->first_variable);
	free(p->rows);
	free(p->first_row);
}

/* The component of a row: that of its first variable that is not known. */
static size_t row_component(const struct audit_system *s, const struct audit_row *row,
	const size_t *component)
{
	for (size_t i = 0; i < row->n; i++) {
		size_t v = s->terms[row->first + i].variable;

		if (s->variables[v].low < s->variables[v].high)
			return component[v];
	}
	return SIZE_MAX;
}

static int parts_create(struct parts *p, const struct audit_system *s, struct err *err)
{
	size_t *component = NULL, *fill = NULL;
	int status = -1;

	if (audit_system_components(&component, &p->n, s, err) != 0)
		return -1;
	p->variables = calloc(s->n_variables + 1, sizeof *p->variables);
	p->rows = calloc(s->n_rows + 1, sizeof *p->rows);
	p->first_variable = calloc(p->n + 2, sizeof *p->first_variable);
	p->first_row = calloc(p->n + 2, sizeof *p->first_row);
	fill = calloc(p->n + 2, sizeof *fill);
	if (p->variables == NULL || p->rows == NULL || p->first_variable == NULL ||
		p->first_row == NULL || fill == NULL) {
		err_nomem(err);
		goto out;
	}
	for (size_t v = 0; v < s->n_variables; v++)
		p->first_variable[component[v] + 1]++;
	for (size_t r = 0; r < s->n_rows; r++) {
		size_t c = row_component(s, &s->rows[r], component);

		if (c != SIZE_MAX)
			p->first_row[c + 1]++;
	}
	for (size_t c = 0; c < p->n; c++) {
		p->first_variable[c + 1] += p->first_variable[c];
		p->first_row[c + 1] += p->first_row[c];
	}
	for (size_t v = 0; v < s->n_variables; v++)
		p->variables[p->first_variable[component[v]] + fill[component[v]]++] = v;
	for (size_t c = 0; c < p->n; c++)
		fill[c] = 0;
	for (size_t r = 0; r < s->n_rows; r++) {
		size_t c = row_component(s, &s->rows[r], component);

		if (c != SIZE_MAX)
			p->rows[p->first_row[c] + fill[c]++] = r;
	}
	status = 0;
out:
	free(component);
	free(fill);
	return status;
}

/* A variable that the rows leave one value: safe only if that gives nobody away. */
static void judge_known(struct audit_variable *v, const struct audit_demand *demand)
{
	v->seen_low = v->seen_high = v->low;
	v->unsafe = concerned(v) && demand->values > 1;
}

static int examine_part(struct audit_system *s, const struct audit_demand *demand,
	const struct parts *parts, size_t c, int *column, struct audit_effort *effort,
	struct err *err)
{
	size_t first = parts->first_variable[c], n = parts->first_variable[c + 1] - first;
	struct probe p = {.system = s, .demand = demand, .effort = effort, .column = column};
	int status;

	if (n == 1 && s->variables[parts->variables[first]].low ==
		s->variables[parts->variables[first]].high) {
		judge_known(&s->variables[parts->variables[first]], demand);
		return 0;
	}
	p.variable = calloc(n + 1, sizeof *p.variable);
	if (p.variable == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < n; i++) {
		p.variable[++p.n] = parts->variables[first + i];
		column[parts->variables[first + i]] = p.n;
	}
	p.rows = parts->rows + parts->first_row[c];
	status = examine(&p, parts->first_row[c + 1] - parts->first_row[c], err);
	for (size_t i = 0; i < n; i++)
		column[parts->variables[first + i]] = 0;
	if (p.lp != NULL)
		glp_delete_prob(p.lp);
	free(p.table);
	free(p.variable);
	return status;
}

int audit_solve(struct audit_system *s, const struct audit_demand *demand,
	struct audit_effort *effort, struct err *err)
{
	struct parts parts = {0};
	int *column = calloc(s->n_variables + 1, sizeof *column);
	int status = -1;

	glp_term_out(GLP_OFF);
	if (column == NULL) {
		err_nomem(err);
		goto out;
	}
	for (size_t v = 0; v < s->n_variables; v++) {
		s->variables[v].unsafe = false;
		s->variables[v].seen_low = LONG_MAX;
		s->variables[v].seen_high = LONG_MIN;
	}
	if (parts_create(&parts, s, err) != 0)
		goto out;
	for (size_t c = 0; c < parts.n; c++)
		if (examine_part(s, demand, &parts, c, column, effort, err) != 0)
			goto out;
	status = 0;
out:
	parts_finish(&parts);
	free(column);
	return status;
}
