// collect.js - the page's controls -> answers as they were given: a Map of field and list of values,
// as the collector decodes a posted form (collector/decode.c). What the style sheet has taken out is
// not there.
import { about, form, isOff } from './dom.js';
import { DECLINED } from './submission.js';

const chosen = (control) => !['radio', 'checkbox'].includes(control.type) || control.checked;

// The controls that hold an answer, in the order of the page.
export const answered = () => [...form.elements].filter((c) =>
	c.name && !c.name.startsWith('page.') && chosen(c) && !isOff(c));

function dateOf(q, [year = ''], [month = '']) {
	if (year === DECLINED)
		return DECLINED;
	return year || month ? year + (q.precision === 'month' ? '-' + month : '') : '';
}

export function collect() {
	const given = new Map();

	for (const c of answered())
		given.set(c.name, [...(given.get(c.name) ?? []), c.value]);
	for (const q of about.questions)
		if (q.type === 'date')
			given.set(q.id, [dateOf(q, given.get(q.id + '.year') ?? [], given.get(q.id + '.month') ?? [])]);
	return given;
}
