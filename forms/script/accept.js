// accept.js - are these answers answers? In: the answers as they were given and the description of
// the form. Out: the same in canonical form, without what was not asked, and every mistake. The
// rule book is forms/accept.c and forms/route.c, line by line; tests hold the two against each other.
import { evaluate, holds, text } from './evaluate.js';
import { DECLINED } from './submission.js';
import { codePoints, isNumber, isText, tidy, tidyNumber } from './text.js';

const CALCULATED = 64;
const other = (q) => q.id + '/other', row = (q, r) => q.id + '/' + r[0];

// The fields of a question, in their order in a record.
function fieldsOf(q) {
	if (q.rows)
		return q.rows.map((r) => ({ name: row(q, r), row: r }));
	const own = { name: q.id };
	return q.other === undefined ? [own] : [own, { name: other(q), other: true }];
}

function tidyMultiple(q, values) {
	const place = (v) => (q.choices.indexOf(v) + 1 || q.choices.length + 1);
	const list = [...new Set(values)].sort((a, b) => place(a) - place(b));
	const alone = list.find((v) => v === DECLINED || q.exclusive?.includes(v));

	return alone === undefined ? list : [alone];
}

const NUMBERS = ['integer', 'decimal', 'scale'];

function tidyValues(q, field, given) {
	const values = given.map((v) => NUMBERS.includes(q.type) ? tidyNumber(v) : tidy(v, q.type === 'comment'));

	if (q.type === 'ranking') {
		// an empty place stays where it is seen as a gap
		while (values.length && values[values.length - 1] === '')
			values.pop();
		return values.includes(DECLINED) ? [DECLINED] : values;
	}
	const filled = values.filter((v) => v !== '');
	return q.type === 'select_multiple' && !field.other ? tidyMultiple(q, filled) : filled;
}

function calculate(q, answers) {
	const s = text(evaluate(q.calculation, answers));

	if (s === '' || new TextEncoder().encode(s).length > CALCULATED || !isText(s) || /[\n"\\]/.test(s))
		return null;
	return s;
}

const listed = (q) => q.type === 'ranking' || q.type === 'select_multiple';

function checkNumber(q, s) {
	if (!isNumber(s))
		return 'not_a_number';
	if (q.type !== 'decimal' && s.includes('.'))
		return 'not_whole';
	if (+s < q.min)
		return 'too_small';
	if (+s > q.max)
		return 'too_large';
	if (q.step !== undefined) {
		const steps = (+s - (q.min ?? 0)) / q.step;
		return Math.abs(steps - Math.round(steps)) > 1e-6 ? 'bad_step' : null;
	}
	return null;
}

function checkText(q, s) {
	return !isText(s) ? 'bad_text' : codePoints(s) > q.max_length ? 'too_long' : null;
}

function checkDate(q, s) {
	const shape = q.precision === 'year' ? /^\d{4}$/ : /^\d{4}-(0[1-9]|1[0-2])$/;

	return shape.test(s) && s >= q.first && s <= q.last ? null : 'bad_date';
}

function checkChoice(q, s, answers) {
	const i = q.choices.indexOf(s);

	if (i < 0)
		return 'unknown_choice';
	return q.filter && !holds(q.filter[0], answers, undefined, q.filter[1][i]) ? 'not_offered' : null;
}

function checkRanking(q, values, answers) {
	if (values.length > q.ranks)
		return 'twice';
	for (const [i, v] of values.entries()) {
		const fault = v === '' ? 'rank_gap' : checkChoice(q, v, answers) ??
			(values.indexOf(v) < i ? 'twice' : null);

		if (fault)
			return fault;
	}
	return null;
}

function checkValue(q, s, answers, known) {
	switch (q.type) {
	case 'select_one': case 'select_multiple': case 'matrix': return checkChoice(q, s, answers);
	case 'scale': case 'integer': case 'decimal': return checkNumber(q, s);
	case 'date': return checkDate(q, s);
	case 'country': return known(s) ? null : 'unknown_choice';
	case 'text': case 'comment': return checkText(q, s);
	default: return null;
	}
}

const FREE = ['text', 'comment', 'calculate'];

// The first mistake in one field, or null.
function check(q, field, answers, known) {
	const v = answers.get(field.name), values = Array.isArray(v) ? v : [v];

	if (values.length > 1 && !listed(q))
		return 'twice';
	if (field.other)
		return checkText(q, values[0]);
	if (values[0] === DECLINED && !FREE.includes(q.type))
		return q.decline ? null : 'no_decline';
	const fault = q.type === 'ranking' ? checkRanking(q, values, answers)
		: values.reduce((found, s) => found ?? checkValue(q, s, answers, known), null);
	return fault ?? (holds(q.constraint, answers, field.name) ? null : 'constraint');
}

// `given`: a Map of field and list of values. `known`: is this a country's code? Returns
// { answers, faults }: a Map of canonical answers in order, and a list of { fault, question, row }.
export function accept(form, given, known = () => true) {
	const answers = new Map(), faults = [];

	for (const q of form.questions)
		for (const field of fieldsOf(q)) {
			const values = q.type === 'calculate' ? [] : tidyValues(q, field, given.get(field.name) ?? []);

			if (values.length)
				answers.set(field.name, values.length > 1 || (listed(q) && !field.other) ? values : values[0]);
		}
	// conditions look back only: one pass settles what was asked
	const asked = new Set();
	for (const q of form.questions) {
		const on = holds(form.sections[q.section], answers) && holds(q.relevant, answers);
		const result = on && q.type === 'calculate' ? calculate(q, answers) : null;

		if (result !== null)
			answers.set(q.id, result);
		if (!on)
			answers.delete(q.id);
		const chosen = answers.get(q.id);
		if (q.other !== undefined && !(on && [chosen].flat().includes(q.other)))
			answers.delete(other(q));
		for (const r of q.rows ?? [])
			if (!on || !holds(r[1], answers))
				answers.delete(row(q, r));
			else
				asked.add(row(q, r));
		if (on)
			asked.add(q.id);
	}
	const ordered = new Map();
	for (const q of form.questions)
		for (const field of fieldsOf(q))
			if (answers.has(field.name)) {
				ordered.set(field.name, answers.get(field.name));
				const fault = check(q, field, answers, known);
				if (fault)
					faults.push({ fault, question: q, row: field.row });
			}
	for (const q of form.questions)
		if (q.required)
			for (const field of fieldsOf(q))
				if (!field.other && asked.has(field.name) && !ordered.has(field.name))
					faults.push({ fault: 'required', question: q, row: field.row });
	return { answers: ordered, faults };
}
