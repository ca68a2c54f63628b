// stepper.js - one section at a time. In: the page's sections. Out: Back and Continue, progress, the
// review at the end. Nothing is moved or copied: a section that is not in turn is hidden.
import { accept } from './accept.js';
import { collect } from './collect.js';
import { $, about, button, el, form, isOff, word } from './dom.js';
import * as faults from './faults.js';
import { review } from './review.js';

const sections = [...form.querySelectorAll('section')], end = $('end');
const header = document.querySelector('main>header'), others = sections.filter((s) => s !== end);
let at = 0, warned = null;

const summaryOfAnswers = el('div', { className: 'review' });
const bar = el('progress', {}), text = el('p', { className: 'part' });
const progress = el('div', { className: 'progress' }, text, bar);
const back = button(word('script.back'), 'second', () => go(-1));
const next = button(word('script.next'), '', () => forward());

const open = () => sections.filter((s) => !isOff(s));

// Show one section; `focus` its heading, which says where one is.
export function show(section, focus) {
	at = sections.indexOf(section);
	const turn = open(), n = turn.indexOf(section) + 1, heading = section.querySelector('h2');

	sections.forEach((s) => { s.hidden = s !== section; });
	header.classList.toggle('later', n > 1);
	document.body.classList.toggle('on-the-way', n > 1);
	text.textContent = word('section.part', { n, total: turn.length });
	bar.max = turn.length;
	bar.value = n;
	back.hidden = n === 1;
	next.hidden = section === end;
	if (section === end)
		review(summaryOfAnswers, others.filter((s) => !isOff(s)), (s) => show(s, true));
	if (!focus)
		return;
	heading.focus({ preventScroll: true });
	scrollTo(0, n > 1 ? 0 : progress.offsetTop);
}

function go(step) {
	const turn = open(), here = turn.indexOf(sections[at]);

	show(turn[Math.max(0, Math.min(turn.length - 1, here + step))], true);
}

// Mistakes are told once where they are; who goes on all the same may, and meets them at the end.
export function forward() {
	const section = sections[at];

	faults.clear(section);
	if (about.key) {
		const found = faults.within(accept(about, collect()).faults, section);
		const said = JSON.stringify(found.map((f) => [f.question.id, f.row, f.fault]));
		const boxes = faults.show(found);

		if (boxes.length && said !== warned) {
			warned = said;
			faults.focus(boxes[0]);
			return;
		}
	}
	warned = null;
	go(1);
}

// Go to a question, wherever it is.
export function goTo(box) {
	const section = box.closest('section');

	if (section.hidden)
		show(section);
	faults.focus(box);
}

export const atEnd = () => sections[at] === end;

// Prepare the page; called again for the next person, it starts from the first section.
export function start() {
	if (progress.isConnected) {
		sections.forEach(faults.clear);
		show(sections[0], true);
		return;
	}
	for (const s of sections) {
		const h2 = s.querySelector('h2');

		h2.dataset.title = [...h2.childNodes].filter((n) => !n.classList?.contains('part')).map((n) => n.textContent).join('').trim();
		h2.querySelector('.part')?.remove();
		h2.tabIndex = -1;
	}
	bar.setAttribute('aria-hidden', 'true');
	form.before(progress);
	end.querySelector('h2').textContent = end.querySelector('h2').dataset.title = word('script.review');
	end.querySelector('h2').after(summaryOfAnswers);
	form.append(el('div', { className: 'steps' }, back, next));
	// after mistakes that the collector found: to the first
	const link = document.querySelector('#errors a');
	document.querySelectorAll('#errors a').forEach((a) => a.addEventListener('click', (event) => {
		const control = $(a.hash.slice(1));

		if (control) {
			event.preventDefault();
			goTo(control.closest('.row,.q') ?? control);
		}
	}));
	show((link && $(link.hash.slice(1))?.closest('section')) ?? sections[0]);
}
