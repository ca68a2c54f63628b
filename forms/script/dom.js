// dom.js - what the parts of the script share: the form, what is known of it, its words.

export const $ = (id) => document.getElementById(id);

export const about = JSON.parse($('about').textContent);
export const form = $('form');

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
