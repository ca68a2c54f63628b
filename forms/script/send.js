// send.js - a sealed submission to the collector, over connections that come and go. It is kept in
// memory and sent again until it is acknowledged; on the device only if the person asks for it.
import { $, about, button, el, form, word } from './dom.js';
import { leaving } from './exit.js';

const KEPT = 'peer-survey', FIRST = 4, MOST = 60; // seconds between attempts

const state = el('p', {}), offer = el('p', {}), place = el('div', { className: 'sending' }, state, offer);
let queue = [], wait = 0, timer = 0, kept = false;

state.setAttribute('role', 'status');

// --- what is kept on the device ---

const encode = (bytes) => btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''));
const decode = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

function load() {
	try {
		return JSON.parse(localStorage.getItem(KEPT) ?? '[]').map(decode);
	} catch {
		return [];
	}
}

// True if the device keeps it.
function keep() {
	try {
		if (queue.length)
			localStorage.setItem(KEPT, JSON.stringify(queue.map(encode)));
		else
			localStorage.removeItem(KEPT);
		return true;
	} catch {
		return false;
	}
}

// --- sending ---

// The collector's page in place of this one.
function become(html) {
	const page = new DOMParser().parseFromString(html, 'text/html'), heading = page.querySelector('h1');

	document.title = page.title;
	document.body.replaceWith(document.adoptNode(page.body));
	if (heading) {
		heading.tabIndex = -1;
		heading.focus();
	}
	scrollTo(0, 0);
}

async function post(bytes) {
	const reply = await fetch(`/${about.language}/sealed`, {
		method: 'POST', body: bytes, credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer',
		headers: { 'Content-Type': 'application/octet-stream' },
	});

	// later is better: too much at a time, or the collector is busy
	if (reply.status === 429 || reply.status >= 500)
		throw new Error();
	return reply.text();
}

function wantToKeep() {
	kept = keep();
	offer.replaceChildren();
	if (kept)
		state.textContent = word('script.kept');
}

function later() {
	wait = Math.min(MOST, wait ? 2 * wait : FIRST);
	timer = setTimeout(flush, wait * (750 + 500 * Math.random()));
	state.textContent = word(kept ? 'script.kept' : 'script.waiting');
	if (!kept && !offer.firstChild)
		offer.append(button(word('script.keep'), 'second', wantToKeep));
}

async function flush() {
	let page = '';

	clearTimeout(timer);
	timer = 0;
	while (queue.length) {
		try {
			page = await post(queue[0]);
		} catch {
			later();
			return;
		}
		queue.shift();
		wait = 0;
		if (kept)
			keep();
	}
	if (form.hidden)
		become(page);
	else
		state.textContent = word('script.sent');
}

// Send one, and show how it goes in place of the form.
export function send(bytes) {
	queue.push(bytes);
	form.reset();
	form.hidden = true;
	document.querySelectorAll('.progress,#errors').forEach((e) => e.remove());
	form.after(place);
	state.textContent = word('script.sending');
	flush();
}

export function start() {
	addEventListener('online', () => timer && flush());
	addEventListener('beforeunload', (event) => {
		if (queue.length && !kept && !leaving.done)
			event.preventDefault();
	});
	queue = load();
	if (queue.length) {
		kept = true;
		$('main').prepend(place);
		state.textContent = word('script.sending');
		flush();
	}
}
