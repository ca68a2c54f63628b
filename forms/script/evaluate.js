// evaluate.js - a condition, rule or calculation over the answers. In: the tree that
// forms/page_script_about.c writes (a number, "text", or [operator, operand...]) and the answers. Out: an
// XPath 1.0 value. The C side is forms/expression*.c; what is not here makes the page leave the
// sealing to the collector, so the two never disagree.
//
// Values: a boolean, a number, a text, or a list (an answer with several values).

const BLANK = /^[ \t\r\n]+|[ \t\r\n]+$/g;
const DAY = 864e5;

// Days since 1970-01-01 of "2020", "2020-04" or "2020-04-05", and how exact it is; null: no date.
function dateOf(text) {
	const m = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
	const [year, month, day] = m ? [+m[1], +(m[2] ?? 1), +(m[3] ?? 1)] : [];
	const date = m && new Date(0).setUTCFullYear(year, month - 1, day);

	if (!m || year < 1 || month < 1 || day < 1 || new Date(date).getUTCMonth() !== month - 1)
		return null;
	return { days: date / DAY, exact: m[3] ? 2 : m[2] ? 1 : 0 };
}

// A number as XPath writes it: never with an exponent.
function numberText(n) {
	if (Number.isNaN(n) || !Number.isFinite(n))
		return String(n);
	if (Number.isInteger(n))
		return BigInt(n).toString();
	const m = /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(String(n));
	return m ? `${m[1]}0.${'0'.repeat(m[4] - 1)}${m[2]}${m[3] ?? ''}` : String(n);
}

export function text(v) {
	return typeof v === 'number' ? numberText(v) : Array.isArray(v) ? v.join(' ') : String(v ?? '');
}

function number(v) {
	if (typeof v === 'number' || typeof v === 'boolean')
		return +v;
	if (Array.isArray(v) && v.length > 1)
		return NaN;
	const s = text(v);
	if (/^[ \t\r\n]*-?(\d+\.?\d*|\.\d+)[ \t\r\n]*$/.test(s))
		return +s;
	const date = dateOf(s);
	return date && date.exact > 0 ? date.days : NaN;
}

function boolean(v) {
	if (typeof v === 'boolean')
		return v;
	return typeof v === 'number' ? v !== 0 && !Number.isNaN(v) : text(v) !== '';
}

const items = (v) => Array.isArray(v) ? v : text(v).split(/[ \t\r\n]+/).filter(Boolean);

function equal(a, b) {
	if (typeof a === 'boolean' || typeof b === 'boolean')
		return boolean(a) === boolean(b);
	if (typeof a === 'number' || typeof b === 'number')
		return number(a) === number(b);
	return text(a) === text(b);
}

// Two numbers to compare: days, where both are dates and one of them is more than a year.
function ordered(a, b) {
	const written = (v) => typeof v !== 'number' && typeof v !== 'boolean' ? dateOf(text(v)) : null;
	const da = written(a), db = written(b);

	return da && db && (da.exact > 0 || db.exact > 0) ? [da.days, db.days] : [number(a), number(b)];
}

function dayOf(v) {
	const date = typeof v === 'number' || typeof v === 'boolean' ? null : dateOf(text(v));
	const n = date ? date.days : Math.floor(number(v));

	return n >= -719162 && n < 2932897 ? n : NaN;
}

function round(n, places) {
	places = Math.max(-15, Math.min(15, Math.trunc(places)));
	const half = (x) => x - Math.floor(x) >= 0.5 ? Math.floor(x) + 1 : Math.floor(x);
	const scale = 10 ** Math.abs(places);
	const r = places < 0 ? half(n / scale) * scale : half(n * scale) / scale;

	return Number.isFinite(n) && !Number.isFinite(r) && !Number.isNaN(places) ? n : r;
}

// NaN where one of them is.
const extreme = (most) => (...v) => most(...v.map(number));

const OPERATORS = {
	'=': equal,
	'!=': (a, b) => !equal(a, b),
	'<': (a, b) => (([x, y]) => x < y)(ordered(a, b)),
	'<=': (a, b) => (([x, y]) => x <= y)(ordered(a, b)),
	'>': (a, b) => (([x, y]) => x > y)(ordered(a, b)),
	'>=': (a, b) => (([x, y]) => x >= y)(ordered(a, b)),
	'+': (a, b) => number(a) + number(b),
	'-': (a, b) => number(a) - number(b),
	'*': (a, b) => number(a) * number(b),
	div: (a, b) => number(a) / number(b),
	mod: (a, b) => number(a) % number(b),
	neg: (a) => -number(a),
	abs: (a) => Math.abs(number(a)),
	boolean,
	'boolean-from-string': (a) => ['true', '1'].includes(text(a)),
	ceiling: (a) => Math.ceil(number(a)),
	coalesce: (...v) => v.find((x) => text(x) !== '') ?? '',
	concat: (...v) => v.map(text).join(''),
	contains: (a, b) => text(a).includes(text(b)),
	'count-non-empty': (...v) => v.filter((x) => text(x) !== '').length,
	'count-selected': (a) => items(a).length,
	date: (a) => ((days) => Number.isNaN(days) ? '' : new Date(days * DAY).toISOString().slice(0, 10))(dayOf(a)),
	'decimal-date-time': dayOf,
	'ends-with': (a, b) => text(a).endsWith(text(b)),
	false: () => false,
	floor: (a) => Math.floor(number(a)),
	int: (a) => Math.trunc(number(a)),
	max: extreme(Math.max),
	min: extreme(Math.min),
	not: (a) => !boolean(a),
	number,
	once: (a) => a,
	round: (a, b = 0) => round(number(a), number(b)),
	selected: (a, b) => items(a).includes(text(b).replace(BLANK, '')),
	'selected-at': (a, b) => items(a)[Math.trunc(number(b))] ?? '',
	'starts-with': (a, b) => text(a).startsWith(text(b)),
	string: (a) => typeof a === 'number' || typeof a === 'boolean' ? text(a) : a,
	'string-length': (a) => [...text(a)].length,
	sum: (...v) => v.reduce((sum, x) => sum + number(x), 0),
	today: () => new Date().toISOString().slice(0, 10),
	true: () => true,
};

// `answers`: a Map of fields. `self`: the field that "." means. `columns`: of one choice.
export function evaluate(e, answers, self, columns) {
	const walk = (x) => evaluate(x, answers, self, columns);

	if (!Array.isArray(e))
		return e;
	const [operator, ...operands] = e;
	switch (operator) {
	case '$': return answers.get(operands[0]) ?? '';
	case '.': return answers.get(self) ?? '';
	case '@': return columns?.[operands[0]] ?? '';
	case 'or': return operands.some((x) => boolean(walk(x)));
	case 'and': return operands.every((x) => boolean(walk(x)));
	case 'if': return walk(operands[boolean(walk(operands[0])) ? 1 : 2]);
	default: return OPERATORS[operator](...operands.map(walk));
	}
}

export const holds = (e, answers, self, columns) => e === undefined || boolean(evaluate(e, answers, self, columns));
