// faults.js - mistakes beside their questions, in the markup of forms/page_question.c.
import { $, el, form, word } from './dom.js';

const placeOf = ({ question, row }) => question.id + (row ? '-' + row[0] : '');

function textOf({ fault, question: q }) {
	const own = fault === 'constraint' ? q.constraint_message : fault === 'required' ? q.required_message : '';

	return own || word('error.' + fault, { min: q.min, max: fault === 'too_long' ? q.max_length : q.max });
}

const controls = (box) => box.querySelectorAll('input,select,textarea');
const described = (e) => (e.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean);

function describe(e, ids) {
	if (ids.length)
		e.setAttribute('aria-describedby', ids.join(' '));
	else
		e.removeAttribute('aria-describedby');
}

// Forget the mistakes of everything in `part` that were shown before.
export function clear(part) {
	for (const error of part.querySelectorAll('.error')) {
		const box = error.closest('.bad');

		error.remove();
		if (!box)
			continue;
		box.classList.remove('bad');
		for (const e of [box, ...controls(box)]) {
			describe(e, described(e).filter((id) => id !== error.id));
			e.removeAttribute('aria-invalid');
		}
	}
}

function mark(box, id, text) {
	const head = [...box.children].filter((e) => e.matches('legend,.l,.if,.hint')).pop();
	const error = el('div', { className: 'error', id }, el('p', {}, el('b', {}, word('errors.mark')), ' ', text));

	if (head)
		head.after(error);
	else
		box.prepend(error);
	box.classList.add('bad');
	describe(box, [...described(box), id]);
	for (const c of controls(box)) {
		c.setAttribute('aria-invalid', 'true');
		if (box.tagName !== 'FIELDSET')
			describe(c, [...described(c), id]);
	}
}

// The first control of what a mistake is about.
const target = (box) => [...controls(box)].find((c) => c.getClientRects().length) ?? box;

// Show mistakes (of accept.js, and of the consent); returns the boxes they are shown in.
export function show(faults, consent) {
	const boxes = [];

	for (const fault of faults) {
		const box = $('q-' + placeOf(fault));

		if (!box || boxes.includes(box))
			continue;
		mark(box, 'e-' + placeOf(fault), textOf(fault));
		boxes.push(box);
	}
	if (consent) {
		mark($('q-consent'), 'e-consent', word('error.consent'));
		boxes.push($('q-consent'));
	}
	return boxes;
}

export const focus = (box) => target(box).focus();

// The mistakes of the questions of one section.
export const within = (faults, section) => faults.filter((f) => section.contains($('q-' + f.question.id)));

const { title } = document;

// A summary at the top, as forms/page.c has it, whose links lead to the questions.
export function summarise(boxes, go) {
	$('errors')?.remove();
	document.title = title;
	if (!boxes.length)
		return;
	const list = boxes.map((box) => el('li', {}, el('a', {
		href: '#' + box.id,
		onclick(event) {
			event.preventDefault();
			go(box);
		},
	}, el('b', {}, labelOf(box)), ' ', box.querySelector('.error p').lastChild.textContent)));
	const summary = el('div', { className: 'summary', id: 'errors', tabIndex: -1 },
		el('h2', { id: 'errors-title' }, word('errors.title')), el('ul', {}, ...list));

	summary.setAttribute('role', 'alert');
	summary.setAttribute('aria-labelledby', 'errors-title');
	document.querySelector('h1').after(summary);
	summary.focus();
	document.title = word('tab.check', { title });
}

// The words of a question or row, without its marks.
export function labelOf(box) {
	const label = box.querySelector('legend,.l,label')?.cloneNode(true);

	label?.querySelectorAll('.needed').forEach((e) => e.remove());
	return label?.textContent.trim() ?? '';
}
