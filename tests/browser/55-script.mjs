// Goal: with a script the same page goes section by section, by keyboard alone if need be, shows
// everything before it is sent, seals it, and posts nothing that can be read; it counts like plain
// answers. Mistakes are told where they are. A connection that breaks loses nothing. Three times
// Shift leaves at once. Nothing is requested from elsewhere, and little at all.
import { BUILD, LANGUAGES, NARROW, DESKTOP, SOURCE, WORK, check, main, open, run, same, serve, study } from './lib.mjs';
import fs from 'node:fs';
import path from 'node:path';

const AXE = fs.readFileSync(path.join(SOURCE, 'tests/browser/node_modules/axe-core/axe.min.js'), 'utf8');
const COLLECT = path.join(BUILD, 'collector/survey-collect'), ANALYZE = path.join(BUILD, 'analyzer/survey-analyze');

const folder = study('script');
let url = await serve(folder);

// A page with the script, its requests, and every complaint of the browser.
async function visit(where, context = {}) {
	const page = await open({ javaScriptEnabled: true, ...context });

	page.requests = [];
	page.complaints = [];
	page.on('request', (r) => page.requests.push(r));
	page.on('console', (m) => ['error', 'warning'].includes(m.type()) && page.complaints.push(m.text()));
	page.on('pageerror', (e) => page.complaints.push(String(e)));
	await page.goto(url + where);
	await page.waitForSelector('.progress');
	return page;
}

async function violations(page) {
	await page.evaluate(AXE);
	const found = await page.evaluate(() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
	return found.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 200)}`);
}

let backups = 0;
function counts(options = []) {
	const backup = path.join(WORK, `backup-${++backups}`), two = path.join(WORK, 'two');

	run(COLLECT, folder, '--backup', backup);
	fs.writeFileSync(two, fs.readFileSync(`${folder}-keys/passphrases`, 'utf8').split('\n').slice(0, 2).join('\n') + '\n');
	return JSON.parse(run(ANALYZE, folder, '--store', backup, '--key', `${folder}-keys/custodian-1.key`, '--key', `${folder}-keys/custodian-2.key`,
		'--passphrase-file', two, '--format', 'json', ...options));
}
const people = () => counts().release.people;

const next = (page) => page.click('.steps button:last-child');
const visible = (page) => page.evaluate(() => [...document.querySelectorAll('#form section')].filter((s) => !s.hidden).map((s) => s.id));

// Go on until the review.
async function toEnd(page) {
	for (let i = 0; i < 40 && (await visible(page))[0] !== 'end'; i++)
		await next(page);
}

main(async () => {
	// --- section by section, in every language, narrow and wide

	for (const language of LANGUAGES) {
		const page = await visit(`/${language}`, { viewport: language === 'ar' || language === 'en' ? NARROW : DESKTOP });

		same(1, (await visible(page)).length, `${language}: one section at a time`);
		same([], await violations(page), `${language}: axe finds nothing on the first`);
		const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		check(wide <= 0, `${language}: nothing is wider than the screen`, wide);
		await next(page);
		check(await page.evaluate(() => document.activeElement.tagName === 'H2' && !document.activeElement.closest('section').hidden),
			`${language}: the next heading has the focus`);
		await toEnd(page);
		same([], await violations(page), `${language}: axe finds nothing in the review`);
		same([], page.complaints, `${language}: the browser does not complain`);
		await page.context().close();
	}

	// --- requests, protection

	let page = await visit('/en');
	check(page.requests.length <= 4 && page.requests.every((r) => r.url().startsWith(url)),
		'at most four requests, all to the collector', page.requests.map((r) => r.url()));
	check(await page.isVisible('.kind-sealed') && !await page.isVisible('.kind-plain'), 'the page says that answers are sealed here');
	const plain = await open();
	await plain.goto(`${url}/en`);
	check(await plain.isVisible('.kind-plain') && !await plain.isVisible('.kind-sealed'), 'without the script it does not');
	await plain.context().close();

	// --- skip logic, mistakes, review, sending

	await page.check('#q-gender-other');
	await page.fill('#o-gender', 'clear words of mine');
	await page.selectOption('#i-country', 'FR');
	await toEnd(page);
	check(await page.isVisible('text=clear words of mine'), 'the review shows what was written');
	check((await page.textContent('.review')).includes('France'), 'and what was chosen, in words');
	await page.click('.review button >> nth=0');
	check(await page.isVisible('#i-country'), 'it leads back');
	await toEnd(page);
	await page.click('#end button:not([type=button])');
	check(await page.isVisible('#e-consent'), 'without consent nothing is sent, and it is said');
	same('errors', await page.evaluate(() => document.activeElement.id), 'the summary has the focus');
	same([], await violations(page), 'axe finds nothing in the mistakes');
	await page.click('#errors a');
	same('consent', await page.evaluate(() => document.activeElement.id), 'its link leads to the box');
	await page.check('#consent');
	const sent = page.waitForRequest((r) => r.method() === 'POST');
	await page.click('#end button:not([type=button])');
	const body = (await sent).postDataBuffer();
	await page.waitForSelector('text=Thank you');
	check((await sent).url().endsWith('/en/sealed'), 'sealed answers go to /en/sealed');
	check(!/clear words|"answers"|gender|France/.test(body.toString('latin1')), 'no answer is in what was posted');
	same([], await violations(page), 'axe finds nothing in the thanks');
	same(url + '/en', page.url(), 'nothing is in the address');
	same([], page.complaints.filter((c) => !/422/.test(c)), 'the browser does not complain');
	same(0, await page.evaluate(() => localStorage.length + document.cookie.length), 'nothing is kept on the device');
	await page.context().close();
	same(1, people(), 'it is stored and opens');
	const length = body.length;

	const gender = counts(['--question', 'gender']);
	check(JSON.stringify(gender).includes('"other"') && gender.release.set_aside === 0, 'its answer is counted, nothing set aside');

	// --- what is written is text, also where the script shows it

	page = await visit('/en');
	await page.check('#q-gender-other');
	await page.fill('#o-gender', '<img src=x onerror="document.title=1"><script>document.title=2</script>&lt;b&gt;');
	await toEnd(page);
	check((await page.textContent('.review')).includes('<img src=x onerror="document.title=1"><script>document.title=2</script>&lt;b&gt;'), 'markup is shown as it was written');
	same([0, 'Survey'], await page.evaluate(() => [document.querySelectorAll('.review img,.review script,.review b').length, document.title]), 'and is none');
	await page.context().close();

	// --- by keyboard alone

	page = await visit('/en');
	const until = async (wanted, key = 'Tab', most = 400) => {
		for (let i = 0; i < most; i++) {
			if (await page.evaluate(wanted))
				return true;
			await page.keyboard.press(key);
		}
		return false;
	};
	let pages = 1;
	check(await until(() => document.activeElement.id === 'q-age_band-18-24' || document.activeElement.name === 'age_band'), 'Tab reaches a question');
	await page.keyboard.press('Space');
	for (; pages < 40 && (await visible(page))[0] !== 'end'; pages++) {
		if (!await until(() => document.activeElement.closest?.('.steps') && document.activeElement === document.activeElement.parentElement.lastElementChild))
			break;
		await page.keyboard.press('Enter');
	}
	same(['end'], await visible(page), `Tab and Enter reach the end (${pages} sections)`);
	check(await until(() => document.activeElement.id === 'consent'), 'Tab reaches the consent');
	await page.keyboard.press('Space');
	await page.keyboard.press('Tab');
	const again = page.waitForRequest((r) => r.method() === 'POST');
	await page.keyboard.press('Enter');
	same(length, (await again).postDataBuffer().length, 'another person sends as many bytes');
	await page.waitForSelector('text=Thank you');
	await page.context().close();
	same(2, people(), 'it is stored');

	// --- mistakes in a section: told there, once; whoever goes on meets them at the end

	page = await visit('/en');
	for (let i = 0; i < 30 && !await page.isVisible('#i-days_used'); i++)
		await next(page);
	check(await page.isVisible('#i-days_used'), 'a question for a number');
	await page.fill('#i-days_used', '99');
	const here = await visible(page);
	await next(page);
	same(here, await visible(page), 'a mistake holds once');
	same('i-days_used', await page.evaluate(() => document.activeElement.id), 'and has the focus');
	check((await page.textContent('#e-days_used')).includes('30'), 'it is told what would be right');
	await next(page);
	check(here[0] !== (await visible(page))[0], 'then one may go on');
	await toEnd(page);
	await page.check('#consent');
	await page.click('#end button:not([type=button])');
	await page.click('#errors a');
	same('i-days_used', await page.evaluate(() => document.activeElement.id), 'at the end it must be mended');
	await page.fill('#i-days_used', '٣');
	await toEnd(page);

	// --- a connection that breaks

	let broken = true;
	await page.route('**/sealed', (route) => broken ? route.abort('internetdisconnected') : route.continue());
	await page.click('#end button:not([type=button])');
	await page.waitForSelector('.sending button');
	check((await page.textContent('.sending')).includes('no connection'), 'the state is shown');
	same([], await violations(page), 'axe finds nothing while it waits');
	same(0, await page.evaluate(() => localStorage.length), 'nothing is kept that was not asked for');
	await page.click('.sending button');
	const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
	check(kept.length > length && !kept.includes('days_used'), 'on request the sealed answers are kept');
	const context = page.context();
	await page.close({ runBeforeUnload: false });
	same(2, people(), 'nothing has arrived');
	broken = false;
	page = await context.newPage();
	await page.goto(`${url}/en`);
	await page.waitForSelector('text=removed from it');
	same(0, await page.evaluate(() => localStorage.length), 'they are sent at the next visit, and removed');
	await context.close();
	same(3, people(), 'and stored once');

	// --- leaving

	page = await visit('/en');
	await page.route('https://**', (route) => route.fulfill({ body: '<title>elsewhere</title>', contentType: 'text/html' }));
	await page.check('#q-gender-woman').catch(() => {});
	const exit = await page.getAttribute('#exit', 'href');
	const length0 = await page.evaluate(() => history.length);
	await page.keyboard.press('Shift');
	await page.keyboard.press('Shift');
	await page.keyboard.press('a');
	await page.keyboard.press('Shift');
	check(page.url().startsWith(url), 'Shift between other keys does not leave');
	await page.keyboard.press('Shift');
	await page.keyboard.press('Shift');
	await page.waitForURL((u) => !String(u).startsWith(url));
	same(new URL(exit).host, new URL(page.url()).host, 'three times Shift leaves');
	same(length0, await page.evaluate(() => history.length), 'its place in the history is taken');
	await page.goBack().catch(() => null);
	check(!page.url().startsWith(url), 'Back does not lead to it');
	await page.context().close();

	page = await visit('/en');
	const asked = [], blank = [];
	await page.route('https://**', (route) => {
		asked.push(blank.length);
		setTimeout(() => route.abort(), 1000);
	});
	await page.exposeFunction('seen', (...what) => blank.push(what));
	await page.evaluate(() => new MutationObserver(() => seen(document.body.childElementCount, document.title)).observe(document.body, { childList: true }));
	await page.click('#exit', { noWaitAfter: true });
	await page.waitForTimeout(500);
	same([[0, '']], blank, 'the link blanks the page');
	same(1, asked.length, 'while it is still loading the other');
	await page.context().close();

	// --- a questionnaire with a rule that the script does not have is sealed by the collector

	const form = JSON.parse(fs.readFileSync(path.join(SOURCE, 'forms/library/covid-peer-experience.json')));
	form.sections.flatMap((s) => s.questions).find((q) => q.id === 'helped_most').constraint = "regex(., '^[a-z ]*$')";
	url = await serve(study('plain', { form: JSON.stringify(form) }));
	page = await visit('/en');
	check(await page.isVisible('.kind-plain') && await page.locator('.kind-sealed').count() === 0, 'a rule that is not there: the page says that the collector seals');
	await toEnd(page);
	const posted = page.waitForRequest((r) => r.method() === 'POST');
	await page.click('#end button:not([type=button])');
	same(`${url}/en`, (await posted).url(), 'and the answers go to it');
	await page.waitForSelector('#errors');
	check((await visible(page))[0] === 'end', 'what it has found is shown where it is');
	await page.check('#consent');
	await page.click('#end button:not([type=button])');
	await page.waitForSelector('text=Thank you');
	await page.context().close();
});
