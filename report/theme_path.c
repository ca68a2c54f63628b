/*
 * theme_path.c - lines, curves and arcs of an untrusted vector enter; moves, lines, cubic curves
 * and closes leave, in the logo's own coordinates.
 */
#include "report/theme_parts.h"

#include <math.h>
#include <stdlib.h>

static const double FARTHEST = 1e7; /* of a coordinate */

void theme_path_finish(struct theme_shape *s)
{
	free(s->commands);
	free(s->points);
	*s = (struct theme_shape){ 0 };
}

/* Room for one command more with `points` points. */
static int make_room(struct theme_shape *s, size_t points, struct err *err)
{
	if (points > s->room)
		return err_set(err, ERR_INPUT, "more than %d points", THEME_POINTS);
	if (s->n == s->cap) {
		size_t cap = s->cap ? 2 * s->cap : 32;
		char *more = realloc(s->commands, cap);

		if (!more)
			return err_nomem(err);
		s->commands = more;
		s->cap = cap;
	}
	if (s->n_points + points > s->cap_points) {
		size_t cap = s->cap_points ? 2 * s->cap_points : 64;
		double *more = realloc(s->points, cap * 2 * sizeof *more);

		if (!more)
			return err_nomem(err);
		s->points = more;
		s->cap_points = cap;
	}
	return 0;
}

static int add(struct theme_shape *s, char command, const double *at, size_t points,
               struct err *err)
{
	const struct theme_matrix *m = &s->to;

	if (make_room(s, points, err))
		return -1;
	for (size_t i = 0; i < points; i++) {
		double x = m->a * at[2 * i] + m->c * at[2 * i + 1] + m->e;
		double y = m->b * at[2 * i] + m->d * at[2 * i + 1] + m->f;

		if (!(fabs(x) <= FARTHEST && fabs(y) <= FARTHEST))
			return err_set(err, ERR_INPUT, "a point is too far away");
		s->points[2 * (s->n_points + i)] = x;
		s->points[2 * (s->n_points + i) + 1] = y;
	}
	s->commands[s->n++] = command;
	s->n_points += points;
	s->room -= points;
	if (points) {
		s->x = at[2 * points - 2];
		s->y = at[2 * points - 1];
	}
	return 0;
}

int theme_path_move(struct theme_shape *s, double x, double y, struct err *err)
{
	const double at[] = { x, y };

	if (add(s, 'M', at, 1, err))
		return -1;
	s->x0 = x;
	s->y0 = y;
	s->open = true;
	return 0;
}

/* What follows a close begins where the closed part began. */
static int begin(struct theme_shape *s, struct err *err)
{
	return s->open ? 0 : theme_path_move(s, s->x, s->y, err);
}

int theme_path_line(struct theme_shape *s, double x, double y, struct err *err)
{
	const double at[] = { x, y };

	return begin(s, err) || add(s, 'L', at, 1, err) ? -1 : 0;
}

int theme_path_cubic(struct theme_shape *s, const double at[6], struct err *err)
{
	return begin(s, err) || add(s, 'C', at, 3, err) ? -1 : 0;
}

int theme_path_close(struct theme_shape *s, struct err *err)
{
	if (!s->open)
		return 0;
	if (add(s, 'Z', NULL, 0, err))
		return -1;
	s->x = s->x0;
	s->y = s->y0;
	s->open = false;
	return 0;
}

/* A part of an ellipse around x, y, at most a quarter: from angle `from` to `to`. */
struct quarter {
	double x, y, rx, ry, cosine, sine; /* of the ellipse's turn */
	double from, to;
};

static int add_quarter(struct theme_shape *s, const struct quarter *q, struct err *err)
{
	/* Control points on the tangents: Maisonobe, 2003. */
	double k = 4.0 / 3 * tan((q->to - q->from) / 4), at[6];
	double unit[3][2] = {
		{ cos(q->from) - k * sin(q->from), sin(q->from) + k * cos(q->from) },
		{ cos(q->to) + k * sin(q->to), sin(q->to) - k * cos(q->to) },
		{ cos(q->to), sin(q->to) },
	};

	for (size_t i = 0; i < 3; i++) {
		double x = unit[i][0] * q->rx, y = unit[i][1] * q->ry;

		at[2 * i] = q->x + q->cosine * x - q->sine * y;
		at[2 * i + 1] = q->y + q->sine * x + q->cosine * y;
	}
	return theme_path_cubic(s, at, err);
}

static int add_turn(struct theme_shape *s, struct quarter q, double start, double turn,
                    struct err *err)
{
	int n = (int)ceil(fabs(turn) / (M_PI / 2) - 1e-9);

	for (int i = 0; i < n; i++) {
		q.from = start + turn * i / n;
		q.to = start + turn * (i + 1) / n;
		if (add_quarter(s, &q, err))
			return -1;
	}
	return 0;
}

/* From endpoints to centre: SVG 2, appendix B.2.4 and B.2.5. */
int theme_path_arc(struct theme_shape *s, const struct theme_arc *arc, struct err *err)
{
	double turn = arc->turn * M_PI / 180, rx = fabs(arc->rx), ry = fabs(arc->ry);
	struct quarter q = { .cosine = cos(turn), .sine = sin(turn) };
	double dx = (s->x - arc->x) / 2, dy = (s->y - arc->y) / 2;
	double x = q.cosine * dx + q.sine * dy, y = q.cosine * dy - q.sine * dx;
	double large, root, cx, cy, start, sweep;

	if (dx == 0 && dy == 0)
		return 0;
	if (!(rx > 1e-9 && ry > 1e-9))
		return theme_path_line(s, arc->x, arc->y, err);
	large = x * x / (rx * rx) + y * y / (ry * ry);
	if (large > 1) {
		rx *= sqrt(large);
		ry *= sqrt(large);
	}
	root = rx * rx * y * y + ry * ry * x * x;
	root = fmax(0, (rx * rx * ry * ry - root) / root);
	root = arc->large == arc->sweep ? -sqrt(root) : sqrt(root);
	cx = root * rx * y / ry;
	cy = -root * ry * x / rx;
	q.rx = rx;
	q.ry = ry;
	q.x = q.cosine * cx - q.sine * cy + (s->x + arc->x) / 2;
	q.y = q.sine * cx + q.cosine * cy + (s->y + arc->y) / 2;
	start = atan2((y - cy) / ry, (x - cx) / rx);
	sweep = atan2((-y - cy) / ry, (-x - cx) / rx) - start;
	if (arc->sweep && sweep < 0)
		sweep += 2 * M_PI;
	if (!arc->sweep && sweep > 0)
		sweep -= 2 * M_PI;
	return add_turn(s, q, start, sweep, err);
}

int theme_path_ellipse(struct theme_shape *s, double x, double y, double rx, double ry,
                       struct err *err)
{
	struct quarter q = { .x = x, .y = y, .rx = rx, .ry = ry, .cosine = 1 };

	if (theme_path_move(s, x + rx, y, err) || add_turn(s, q, 0, 2 * M_PI, err))
		return -1;
	return theme_path_close(s, err);
}
