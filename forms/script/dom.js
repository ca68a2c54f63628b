// dom.js - what the parts of the script share: the form, what is known of it, its words.
import { expand } from './expand.js';

export const $ = (id) => document.getElementById(id);

export const form = $('form');
export const about = expand(JSON.parse($('about').textContent), (field) => [...form.elements]
	.filter((c) => c.name === field)
	.flatMap((c) => c.tagName === 'SELECT' ? [...c.options].map((o) => o.value) : c.value));

// An element with properties and what is in it; text stays text.
export function el(name, properties, ...inside) {
	const e = Object.assign(document.createElement(name), properties);

	e.append(...inside);
	return e;
}

// One of the page's words, with its {places} filled.
export const word = (name, places = {}) =>
	about.words[name].replace(/\{(\w+)\}/g, (whole, place) => places[place] ?? whole);

// Did the style sheet take this out, because it is not asked or an exclusive choice is ticked? Its
// rules are the only ones: they set a property that is inherited. Without :has() nothing is out.
const live = typeof CSS !== 'undefined' && CSS.supports('selector(:has(a))');
export const isOff = (e) => live && getComputedStyle(e).getPropertyValue('--off').trim() === '1';

export const button = (text, className, onclick) => el('button', { type: 'button', className, onclick }, text);
