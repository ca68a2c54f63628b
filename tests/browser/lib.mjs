// lib.mjs - what the browser tests share: a real Chromium, a collector with a study of its own,
// and counting into $COUNTS as the shell scripts do (tests/flow/lib.sh).
import { chromium } from 'playwright-core';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const SOURCE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const BUILD = path.resolve(process.env.BUILD ?? path.join(SOURCE, 'build/check'));
export const WORK = fs.mkdtempSync(path.join(os.tmpdir(), 'peer-survey-browser.'));
export const LANGUAGES = ['en', 'fr', 'es', 'pt', 'ru', 'ar'];
export const PHONE = { width: 360, height: 740 };
export const NARROW = { width: 320, height: 640 };
export const DESKTOP = { width: 1280, height: 900 };

const FORM = path.join(BUILD, 'forms/survey-form');
const KEYS = path.join(BUILD, 'analyzer/survey-keys');
const COLLECT = path.join(BUILD, 'collector/survey-collect');
const children = new Map(); // by folder
let failures = 0;
let browser = null;

// --- counting ---

function count(what) {
	if (process.env.COUNTS)
		fs.appendFileSync(process.env.COUNTS, what + '\n');
}

export function check(good, label, ...more) {
	count(good ? 'passed' : 'failed');
	console.log(`  ${good ? 'ok     ' : 'FAILED '} ${label}`);
	if (good)
		return;
	failures++;
	for (const line of more.flat().slice(0, 12))
		console.log(`          ${String(line).slice(0, 600)}`);
}

export function same(wanted, got, label) {
	const w = JSON.stringify(wanted), g = JSON.stringify(got);
	check(w === g, label, `wanted: ${w}`, `got:    ${g}`);
}

// Run the test; everything that was started ends with it.
export async function main(test) {
	try {
		await test();
	} catch (error) {
		check(false, 'the test runs to its end', error.stack ?? error);
	} finally {
		await browser?.close();
		for (const child of children.values())
			child.kill();
		fs.rmSync(WORK, { recursive: true, force: true });
	}
	process.exitCode = failures > 0 ? 1 : 0;
}

// --- a study and its collector ---

export const run = (program, ...words) =>
	execFileSync(program, words, { cwd: WORK, stdio: ['ignore', 'pipe', 'pipe'] }).toString();

// A study of a questionnaire of the library, or of `form`, with keys; `edit` may change study.json.
export function study(name, { from = 'covid-peer-experience', form = null, edit = () => {} } = {}) {
	const folder = path.join(WORK, name), keys = folder + '-keys';
	const file = path.join(folder, 'study.json'), passphrases = path.join(keys, 'passphrases');

	run(FORM, 'new', folder, '--from', from);
	if (form)
		fs.writeFileSync(path.join(folder, 'form.json'), form);
	const settings = JSON.parse(fs.readFileSync(file));
	settings.demonstration = true;
	edit(settings);
	fs.writeFileSync(file, JSON.stringify(settings));
	fs.mkdirSync(keys, { mode: 0o700 });
	fs.writeFileSync(passphrases, ['first', 'second', 'third'].map((n) => `${n} test passphrase\n`).join(''));
	run(KEYS, 'create', folder, '--round', '2020-05', '--custodians', '3', '--quorum', '2',
		'-o', keys, '--passphrase-file', passphrases);
	return folder;
}

export const roundForm = (folder) => path.join(folder, 'rounds/2020-05/form.json');

// Start a collector; resolves to its URL.
export function serve(folder) {
	const child = spawn(COLLECT, [folder, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });

	children.set(folder, child);
	return new Promise((resolve, reject) => {
		let said = '';

		child.stdout.on('data', (bytes) => {
			said += bytes;
			const url = said.match(/Listening on (http:\/\/[0-9.:]+)/);
			if (url)
				resolve(url[1]);
		});
		child.on('exit', (code) => reject(new Error(`survey-collect ended with ${code}`)));
	});
}

// End a study's collector gently; resolves when it has ended.
export function stop(folder) {
	const child = children.get(folder);

	return new Promise((resolve) => {
		child.on('exit', resolve);
		child.kill();
	});
}

export const close = (folder) => run(COLLECT, folder, '--close');

// --- Chromium ---

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
	'--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function launch() {
	browser ??= await chromium.launch({ headless: true, args: FLAGS,
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' });
	return browser;
}

// A new page, without a script, in a context of its own; `context` are playwright's options.
export async function open(context = {}) {
	const c = await (await launch()).newContext({ viewport: PHONE, javaScriptEnabled: false,
		reducedMotion: 'reduce', ...context });
	return c.newPage();
}

// --- chance that is the same every time (mulberry32) ---

export function random(seed) {
	let s = seed >>> 0;
	const next = () => {
		s = (s + 0x6D2B79F5) | 0;
		let t = Math.imul(s ^ (s >>> 15), 1 | s);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	return { next, below: (n) => Math.floor(next() * n), pick: (list) => list[Math.floor(next() * list.length)] };
}
