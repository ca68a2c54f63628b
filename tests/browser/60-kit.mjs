// Goal: the kit works from a file without any connection: one person after another, only sealed
// answers kept, in places that tell neither order nor time; a file that the collector takes in, or an
// upload, and nothing left when it is erased. It shows the fingerprints that were printed.
import { chromium } from 'playwright-core';
import { BUILD, LANGUAGES, PHONE, SOURCE, WORK, check, main, run, same, serve, study } from './lib.mjs';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const FORM = path.join(BUILD, 'forms/survey-form'), COLLECT = path.join(BUILD, 'collector/survey-collect');
const ANALYZE = path.join(BUILD, 'analyzer/survey-analyze');
const AXE = fs.readFileSync(path.join(SOURCE, 'tests/browser/node_modules/axe-core/axe.min.js'), 'utf8');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
	'--disable-background-networking', '--disable-component-update', '--disable-sync'];
const profile = path.join(WORK, 'profile');
const folder = study('kit');
let context;

// A browser with a folder of its own, so that what it leaves behind can be looked for.
const start = () => chromium.launchPersistentContext(profile, { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	headless: true, args: FLAGS, viewport: PHONE, reducedMotion: 'reduce', acceptDownloads: true });

async function visit(file, offline = true) {
	const page = context.pages()[0] ?? await context.newPage();

	await context.setOffline(offline);
	page.removeAllListeners();
	page.requests = [];
	page.complaints = [];
	page.on('request', (r) => page.requests.push(r.url()));
	page.on('console', (m) => ['error', 'warning'].includes(m.type()) && page.complaints.push(m.text()));
	page.on('pageerror', (e) => page.complaints.push(String(e)));
	page.on('dialog', (d) => d.accept());
	await page.goto('file://' + file);
	await page.waitForSelector('.progress');
	return page;
}

async function violations(page) {
	await page.evaluate(AXE);
	const found = await page.evaluate(() => axe.run(document));
	return found.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 200)}`);
}

const current = (page) => page.evaluate(() => [...document.querySelectorAll('#form section')].find((s) => !s.hidden)?.id);

async function answer(page, days, words) {
	await page.check('#q-gender-other');
	await page.fill('#o-gender', words);
	for (let i = 0; i < 40 && await current(page) !== 'end'; i++) {
		if (await page.isVisible('#i-days_used'))
			await page.fill('#i-days_used', String(days));
		await page.click('.steps button:last-child');
	}
	await page.check('#consent');
	await page.click('#end button:not([type=button])');
	await page.waitForSelector('#saved:not([hidden])');
}

// All bytes below the browser's folder that are the same as these, by file.
function leftovers(bytes) {
	const found = [];

	for (const entry of fs.readdirSync(profile, { recursive: true, withFileTypes: true })) {
		const file = path.join(entry.parentPath ?? entry.path, entry.name);

		if (entry.isFile() && fs.readFileSync(file).includes(bytes))
			found.push(path.relative(profile, file));
	}
	return found;
}

// What the page keeps: places, and which of them are used (kit-storage.js; survey-record(5), KIT).
const kept = (page, size) => page.evaluate(async (n) => {
	const [{ name }] = await indexedDB.databases();
	const db = await new Promise((done) => { const r = indexedDB.open(name); r.onsuccess = () => done(r.result); });
	const image = await new Promise((done) => { const r = db.transaction('s').objectStore('s').get(0); r.onsuccess = () => done(r.result); });
	const keys = await new Promise((done) => { const r = db.transaction('s').objectStore('s').getAllKeys(); r.onsuccess = () => done(r.result); });
	const hex = (b) => Array.from(b, (x) => x.toString(16).padStart(2, '0')).join('');

	db.close();
	return { name, keys, length: image.length, places: Array.from({ length: image.length / n }, (_, i) => hex(image.slice(i * n, i * n + 64))) };
}, size);

const count = (page) => page.evaluate(() => document.getElementById('kit-count').textContent);
const people = () => {
	const two = path.join(WORK, 'two'), backup = path.join(WORK, `backup-${Math.random()}`);

	fs.writeFileSync(two, fs.readFileSync(`${folder}-keys/passphrases`, 'utf8').split('\n').slice(0, 2).join('\n') + '\n');
	run(COLLECT, folder, '--backup', backup);
	return JSON.parse(run(ANALYZE, folder, '--store', backup, '--key', `${folder}-keys/custodian-1.key`, '--key', `${folder}-keys/custodian-2.key`,
		'--passphrase-file', two, '--format', 'json')).release;
};

main(async () => {
	// --- the file

	const kit = path.join(WORK, 'kit.html');
	const printed = run(FORM, 'kit', folder, '--language', 'en', '-o', kit);
	const twice = run(FORM, 'kit', folder, '--language', 'en', '-o', kit + '2').replaceAll(kit + '2', kit);
	same(printed, twice, 'the same kit twice has one fingerprint');
	check(fs.readFileSync(kit).equals(fs.readFileSync(kit + '2')), 'and the same bytes');
	const html = fs.readFileSync(kit, 'utf8');
	check(!/<link|<script src|<img|src="http|@import|url\(/.test(html), 'nothing is loaded from anywhere');
	const [key, own] = ['key', 'kit'].map((what) => printed.match(new RegExp(`^${what}: ([0-9 ]{47})$`, 'm'))[1]);
	check(run(COLLECT, folder, '--help') && fs.readFileSync(`${folder}/rounds/2020-05/public.key`, 'utf8').includes(key), 'the fingerprint of the key is that of the ceremony');
	console.log(`the kit: ${html.length} bytes`);

	context = await start();
	for (const language of LANGUAGES) {
		run(FORM, 'kit', folder, '--language', language, '-o', `${kit}.${language}.html`);
		const page = await visit(`${kit}.${language}.html`);

		await page.click('#kit summary');
		same([], await violations(page), `${language}: axe finds nothing`);
		same([], page.complaints, `${language}: the browser does not complain`);
		same(1, page.requests.length, `${language}: nothing but the file is loaded`);
		await page.evaluate(async () => { for (const { name } of await indexedDB.databases()) await new Promise((done) => { const r = indexedDB.deleteDatabase(name); r.onsuccess = r.onblocked = done; }); });
	}

	// --- one after another

	let page = await visit(kit);
	check((await page.textContent('#kit')).includes(key) && (await page.textContent('#kit')).includes(own), 'both fingerprints are shown');
	check(await page.isVisible('.kind-sealed'), 'it says that answers are sealed here');
	const size = await page.evaluate(() => {
		const { sizes, texts } = JSON.parse(document.getElementById('about').textContent);
		return 32 + sizes[0] + 48 + texts.reduce((n, [, kind]) => n + sizes[kind] + 48, 0);
	});
	const before = await kept(page, size);
	same(100, before.places.length, 'every place is there from the start');
	same([0], before.keys, 'in one piece');
	const changed = [];
	let last = before;
	for (let i = 0; i < 5; i++) {
		await answer(page, i, `words of person ${i}`);
		if (i === 0)
			same([], await violations(page), 'axe finds nothing in what is said afterwards');
		same(0, await page.evaluate(() => [...document.querySelectorAll('#form input')].filter((c) => (c.type === 'checkbox' || c.type === 'radio') ? c.checked && c.value : c.name && !c.name.startsWith('page.') && c.value).length), `person ${i} leaves nothing in the form`);
		const now = await kept(page, size);
		changed.push(...now.places.map((p, k) => p === last.places[k] ? -1 : k).filter((k) => k >= 0));
		same(last.length, now.length, `person ${i}: nothing grows`);
		last = now;
		await page.click('#next-person');
		check(await page.isVisible('#q-gender-other'), `after person ${i} the form is there, empty`);
	}
	same(5, new Set(changed).size, 'each answer takes one place of its own');
	check(changed.some((k, i) => i > 0 && k < changed[i - 1]) && Math.max(...changed) > 10, 'anywhere', changed.join());
	check((await count(page)).startsWith('5 of 100'), 'five are counted');
	const text = await page.evaluate(() => JSON.stringify([Object.entries(localStorage), document.cookie]));
	same('[[],""]', text, 'nothing is kept anywhere else');
	await context.close();
	same([], leftovers(Buffer.from('words of person')), 'no answer is in the browser\'s folder');
	const sealed = Buffer.from(last.places[changed[0]], 'hex');
	check(leftovers(sealed).length > 0, 'the sealed ones are (so the search works)');
	const overwritten = Buffer.from(before.places[changed[0]], 'hex');
	console.log(`places that were written over are still in: ${leftovers(overwritten).join(', ') || 'nothing'}`);
	same([], leftovers(overwritten), 'the pieces before it are gone: no copy tells what came first');

	// --- after a restart: the file that is handed over

	context = await start();
	page = await visit(kit);
	await page.waitForFunction(() => document.getElementById('kit-count').textContent.startsWith('5 of'));
	check(true, 'after a restart five are there');
	await page.click('#kit summary');
	const download = page.waitForEvent('download');
	await page.click('#kit-file');
	const handed = path.join(WORK, 'collected.sealed');
	await (await download).saveAs(handed);
	same(21 + 64 + 5 * (size - 16) + 32, fs.statSync(handed).size, 'a file with five submissions');
	check(run(COLLECT, folder, '--import', handed).startsWith('5 stored, 0 already there, 0 refused'), 'the collector takes it in');
	check(run(COLLECT, folder, '--import', handed).startsWith('0 stored, 5 already there, 0 refused'), 'once');
	let release = people();
	same([5, 0], [release.people, release.set_aside], 'all of them open and count');
	await page.click('#kit-erase');
	await page.waitForFunction(() => document.getElementById('kit-count').textContent.startsWith('0 of'));
	const after = await kept(page, size);
	check(changed.every((k) => after.places[k] !== last.places[k]), 'erasing writes over them');

	// --- upload

	const url = await serve(folder);
	run(FORM, 'kit', folder, '--language', 'en', '--collector', url, '-o', kit);
	page = await visit(kit);
	await answer(page, 9, 'sent later');
	await page.click('#kit summary');
	await page.click('#kit-send');
	await page.waitForFunction(() => document.getElementById('kit-said').textContent.includes('still kept'));
	check((await count(page)).startsWith('1 of'), 'without a connection it stays');
	await context.setOffline(false);
	await page.click('#kit-send');
	await page.waitForFunction(() => document.getElementById('kit-count').textContent.startsWith('0 of'));
	same([], page.complaints.filter((c) => !/ERR_INTERNET_DISCONNECTED|ERR_FAILED/.test(c)), 'the browser does not complain');
	release = people();
	same([6, 0], [release.people, release.set_aside], 'it is sent, opens and counts');
	await context.close();
	same([], leftovers(sealed), 'nothing of what was erased is left in the browser\'s folder');

	// --- without the script nothing is asked

	context = await chromium.launchPersistentContext(path.join(WORK, 'other'), { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS, javaScriptEnabled: false });
	page = await context.newPage();
	await page.goto('file://' + kit);
	check((await page.textContent('body')).includes('needs JavaScript'), 'without a script the kit says so');
	await context.close();

	const form = JSON.parse(fs.readFileSync(path.join(SOURCE, 'forms/library/covid-peer-experience.json')));
	form.sections.flatMap((s) => s.questions).find((q) => q.id === 'helped_most').constraint = "regex(., '^[a-z ]*$')";
	let refused = '';
	try {
		execFileSync(FORM, ['kit', study('rule', { form: JSON.stringify(form) }), '-o', kit], { stdio: 'pipe' });
	} catch (e) {
		refused = String(e.stderr);
	}
	check(refused.includes('helped_most: its rules use a function'), 'bad-a rule that only the collector has', refused);
});
