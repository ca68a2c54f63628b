// kit.js - the offline kit: the form in a file of its own, answered by one person after another on a
// shared device. Answers are sealed at once; only sealed ones are kept (kit-storage.js), until the
// people who run the survey hand them over in a file or send them to the collector.
import { accept } from './accept.js';
import { collect } from './collect.js';
import { $, about, el, form, word } from './dom.js';
import * as exit from './exit.js';
import * as faults from './faults.js';
import * as storage from './kit-storage.js';
import { hash } from './seal.js';
import * as stepper from './stepper.js';
import { bytesOf, sealSubmission, submissionSize } from './submission.js';

const panel = $('kit'), collector = panel.dataset.collector, said = $('kit-said'), state = el('p', {});
const buttons = ['kit-file', 'kit-send', 'kit-erase'].map($).filter(Boolean);
const header = document.querySelector('main>header');

state.setAttribute('role', 'status');

// --- answering ---

function front(saved) {
	form.hidden = saved;
	header.classList.toggle('later', saved);
	document.querySelector('.progress').hidden = saved;
	panel.hidden = false;
	$('saved').hidden = !saved;
	state.textContent = '';
	if (saved)
		$('saved').querySelector('h2').focus();
	else
		stepper.start();
}

async function save(answers) {
	const submission = sealSubmission(about, answers);

	state.textContent = '';
	form.after(state);
	try {
		if (!await storage.keep(submission)) {
			state.textContent = word('kit.full');
			return;
		}
	} catch {
		state.textContent = word('kit.failed');
		return;
	}
	form.reset();
	faults.summarise([]);
	front(true);
	await tell();
}

function submit(event) {
	event.preventDefault();
	if (!stepper.atEnd()) {
		stepper.forward();
		return;
	}
	faults.clear(form);
	const { answers, faults: found } = accept(about, collect());
	const consent = $('consent'), boxes = faults.show(found, Boolean(consent && !consent.checked));

	faults.summarise(boxes, stepper.goTo);
	if (!boxes.length)
		save(answers);
}

// --- handing over ---

async function tell() {
	const n = await storage.count();

	$('kit-count').textContent = word('kit.count', { n, total: storage.PLACES });
	buttons.forEach((b) => { b.disabled = n === 0; });
}

// The file that survey-collect --import takes: survey-record(5), SEALED FILE.
async function file() {
	const parts = [new TextEncoder().encode('peer-survey sealed 1\n'), bytesOf(about.digest), bytesOf(about.key), ...await storage.all()];
	const link = el('a', {
		href: URL.createObjectURL(new Blob([...parts, hash(32, ...parts)], { type: 'application/octet-stream' })),
		download: 'collected.sealed', hidden: true,
	});

	document.body.append(link);
	link.click();
	link.remove();
	setTimeout(() => URL.revokeObjectURL(link.href), 60000);
	said.textContent = word('kit.written');
}

async function upload() {
	const list = await storage.all(), sent = [];

	for (const submission of list) {
		said.textContent = word('kit.sending', { n: sent.length, total: list.length });
		try {
			// "text/plain", because a page from elsewhere may send no other bytes without asking first
			const reply = await fetch(`${collector}/${about.language}/sealed`, {
				method: 'POST', body: submission, mode: 'cors', credentials: 'omit', cache: 'no-store',
				referrerPolicy: 'no-referrer', headers: { 'Content-Type': 'text/plain' },
			});

			if (!reply.ok)
				break;
			sent.push(submission);
		} catch {
			break;
		}
	}
	// what was acknowledged and is not erased would be known when it is sent again
	await storage.erase(sent);
	said.textContent = word(sent.length === list.length ? 'kit.sent' : 'kit.unsent', { n: sent.length, total: list.length });
}

async function erase() {
	if (!confirm(word('kit.sure')))
		return;
	await storage.erase();
	said.textContent = word('kit.erased');
}

const does = { 'kit-file': file, 'kit-send': upload, 'kit-erase': erase };

async function press(event) {
	buttons.forEach((b) => { b.disabled = true; });
	try {
		await does[event.target.id]();
	} catch {
		said.textContent = word('kit.failed');
	}
	await tell();
}

async function start() {
	form.autocomplete = 'off';
	document.querySelectorAll('.kind-plain').forEach((e) => { e.hidden = true; });
	document.querySelectorAll('.kind-sealed').forEach((e) => { e.hidden = false; });
	exit.start();
	stepper.start();
	form.addEventListener('submit', submit);
	$('next-person').addEventListener('click', () => front(false));
	buttons.forEach((b) => b.addEventListener('click', press));
	panel.hidden = false;
	try {
		await storage.open(`survey-${about.key.slice(0, 16)}`, submissionSize(about));
		await tell();
	} catch {
		// without a place to keep them no answers may be asked for
		form.hidden = true;
		header.after(state);
		state.textContent = word('kit.failed');
	}
}

start();
