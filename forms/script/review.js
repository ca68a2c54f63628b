// review.js - everything that will be sent, in the page's own words, before it is sent.
import { answered } from './collect.js';
import { el, button, word } from './dom.js';
import { labelOf } from './faults.js';

function textOf(control) {
	if (control.tagName === 'SELECT')
		return control.value && control.selectedOptions[0].text;
	const box = control.type === 'radio' || control.type === 'checkbox';
	return box ? control.value && control.labels[0].textContent : control.value.trim();
}

// "Question – row": what an answer belongs to.
function nameOf(box) {
	const outer = box.parentElement.closest('.q');

	return (outer ? labelOf(outer) + ' – ' : '') + labelOf(box);
}

// The answers of one section as a list; null if there are none.
function answersOf(section) {
	const found = new Map();

	for (const control of answered()) {
		const box = section.contains(control) && control.closest('.row,.q'), text = box && textOf(control);

		if (text)
			found.set(box, [...(found.get(box) ?? []), text]);
	}
	const entries = [...found].map(([box, texts]) => el('div', {}, el('dt', {}, nameOf(box)),
		...texts.map((text) => el('dd', { dir: 'auto' }, text))));
	return entries.length ? el('dl', {}, ...entries) : null;
}

// Fill `place` with the answers of all sections; `change` goes back to one.
export function review(place, sections, change) {
	const parts = [];

	for (const section of sections) {
		const list = answersOf(section), title = section.querySelector('h2').dataset.title;

		if (list)
			parts.push(el('h3', {}, title), list, el('p', {}, button(word('script.change', { section: title }), 'second', () => change(section))));
	}
	place.replaceChildren(...(parts.length ? parts : [el('p', {}, word('script.empty'))]));
}
