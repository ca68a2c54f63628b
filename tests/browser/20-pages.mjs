// Goal: every page in every language, on a narrow phone and on a desktop, light and dark, stands up
// to axe-core and html-validate; nothing is wider than the screen, also with text at 200%; targets
// are large; a page asks for its style and nothing else, keeps nothing in the browser and says
// nothing on the console.
import { DESKTOP, LANGUAGES, NARROW, check, close, main, open, same, serve, study } from './lib.mjs';
import { HtmlValidate } from 'html-validate';
import fs from 'node:fs';
import { createRequire } from 'node:module';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const validator = new HtmlValidate({
	extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
	rules: {
		'no-trailing-whitespace': 'off',
		'long-title': 'error',
		// our forms are posted by their only button; <button> in a form submits by the standard
		'no-implicit-button-type': 'off',
		// text is what an input is without a type
		'no-implicit-input-type': 'off',
		// the style comes from the same server as the page
		'require-sri': ['error', { target: 'crossorigin' }],
		// a ranking posts its places in order under one name, a number shares it with "declined"
		'form-dup-name': 'off',
	},
});

// From the top: what has scrolled behind the bar is no target.
const violations = async (page) => (await page.evaluate(async () => (globalThis.scrollTo(0, 0), await globalThis.axe.run(document, {
	runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
	resultTypes: ['violations'],
})).violations)).map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(', ')}`);

// What does not fit: elements that reach past the sides of the screen and are seen.
function too_wide() {
	const width = document.documentElement.clientWidth, list = [];

	if (document.documentElement.scrollWidth > width)
		list.push(`the page is ${document.documentElement.scrollWidth} of ${width}`);
	for (const e of document.querySelectorAll('body *')) {
		const r = e.getBoundingClientRect();
		if (r.width > 0 && !e.closest('.decoy,.skip') && (r.right > width + 1 || r.left < -1))
			list.push(`${e.tagName}.${e.className} ${e.textContent.slice(0, 30)}`);
	}
	return list;
}

// Controls that a finger may miss: less than 44 px in height or width, but for links in a text.
function too_small() {
	return [...document.querySelectorAll('a,button,select,textarea,summary,input:not([type=hidden])')].filter((e) => {
		const target = e.matches('.o>input:not(.ot)') ? e.nextElementSibling : e;
		const r = target.getBoundingClientRect();
		return r.width > 0 && !e.closest('.decoy,.skip,p,.summary') && (r.height < 44 || r.width < (e.closest('.lang') ? 24 : 44));
	}).map((e) => `${e.tagName} ${e.id || e.textContent}`);
}

// Look at the page that is open.
async function look(page, label) {
	same([], await violations(page), `${label}: axe-core has nothing to say`);
	same([], await page.evaluate(too_wide), `${label}: nothing is wider than the screen`);
	same([], await page.evaluate(too_small), `${label}: targets are large`);
}

async function valid(html, label) {
	const report = await validator.validateString(html);
	same([], report.results.flatMap((r) => r.messages.map((m) => `${m.ruleId} ${m.line}:${m.column} ${m.message}`)),
		`${label}: html-validate has nothing to say`);
}

// axe-core needs timers, which a context without scripts has not: the page's own scripts are kept out.
async function plain(context) {
	const page = await open({ ...context, javaScriptEnabled: true });
	await page.route('**/*.js', (route) => route.abort());
	return page;
}

// The page as it was served, after it was reached by `go`.
async function visit(page, label, go) {
	const [response] = await Promise.all([page.waitForNavigation(), go()]);
	await page.evaluate(axe);
	await valid(await response.text(), label);
	return response;
}

const everything = (page) => page.evaluate(() => {
	// all options, so that all that depends on others has its turn
	for (const e of document.querySelectorAll('#form .o>input[type=checkbox]:not([value=declined])'))
		e.checked = !e.closest('.x');
	for (const e of document.querySelectorAll('#form .o:nth-of-type(2)>input[type=radio]'))
		e.checked = true;
	document.querySelector('details').open = true;
});

async function language(url, code, view, scheme) {
	const where = `${code} ${view.width} ${scheme}`, asked = [], said = [];
	const page = await plain({ viewport: view, colorScheme: scheme });

	page.on('request', (r) => asked.push(new URL(r.url()).pathname));
	page.on('console', (m) => said.push(m.text()));
	await visit(page, `${where} form`, () => page.goto(`${url}/${code}`));
	// the script is aborted here (plain()), with a word of the browser's on the console
	same([`/${code}`, '/style.css'], asked.filter((p) => p !== '/script.js'), `${where}: two requests`);
	if (code === 'en')
		await look(page, `${where} form`);
	await everything(page);
	await look(page, `${where} form, all chosen`);
	await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
	same([], await page.evaluate(too_wide), `${where}: nor with text at 200%`);
	await page.evaluate(() => {
		document.documentElement.style.fontSize = '';
		Object.assign(document.body.style, { lineHeight: 1.5, letterSpacing: '.12em', wordSpacing: '.16em' });
	});
	same([], await page.evaluate(too_wide), `${where}: nor with wider text (WCAG 1.4.12)`);
	await page.evaluate(() => document.body.removeAttribute('style'));

	await page.evaluate(() => { document.getElementById('i-days_used').value = '<99>'; });
	await visit(page, `${where} mistakes`, () => page.click('#end button'));
	await look(page, `${where} mistakes`);
	same('errors', await page.evaluate(() => document.activeElement.id), `${where}: mistakes have the focus`);
	await page.evaluate(() => { document.getElementById('i-days_used').value = '9'; document.getElementById('consent').checked = true; });
	await visit(page, `${where} thanks`, () => page.click('#end button'));
	await look(page, `${where} thanks`);
	await visit(page, `${where} receipt`, () => page.click('main button'));
	await look(page, `${where} receipt`);
	await visit(page, `${where} withdraw`, () => page.goto(`${url}/${code}/withdraw`));
	await look(page, `${where} withdraw`);
	await page.evaluate(() => { document.getElementById('code').value = 'abc'; });
	await visit(page, `${where} withdraw, mistake`, () => page.click('main button'));
	await look(page, `${where} withdraw, mistake`);
	await visit(page, `${where} missing`, () => page.goto(`${url}/${code}/nothing`));
	await look(page, `${where} missing`);
	same([], said.filter((s) => !/status of 4\d\d|ERR_FAILED/.test(s)), `${where}: nothing on the console`);
	same({ cookies: 0, local: 0, session: 0, bases: 0 }, {
		cookies: (await page.context().cookies()).length,
		...await page.evaluate(async () => ({ local: localStorage.length, session: sessionStorage.length,
			bases: (await indexedDB.databases()).length })),
	}, `${where}: nothing is kept in the browser`);
	await page.context().close();
}

async function closed(folder, url) {
	close(folder);
	for (const code of ['en', 'ar']) {
		const page = await plain({ viewport: NARROW });
		await visit(page, `${code} closed`, () => page.goto(`${url}/${code}`));
		await look(page, `${code} closed`);
		await page.context().close();
	}
}

await main(async () => {
	const folder = study('pages', { edit: (s) => {
		s.contact = { en: 'Write to us: contact@example.org' };
		s.support = { en: 'Talk to a peer: support@example.org' };
	} });
	const url = await serve(folder);

	for (const code of (process.env.ONLY ?? LANGUAGES.join()).split(",")) {
		await language(url, code, NARROW, 'light');
		if (code === 'en' || code === 'ar' || process.env.LONG)
			await language(url, code, DESKTOP, 'dark');
	}
	const stigma = await serve(study('stigma', { from: 'stigma-and-services' }));
	const page = await plain({ viewport: NARROW });
	await visit(page, 'stigma', () => page.goto(`${stigma}/fr`));
	await look(page, 'stigma');
	await page.context().close();
	await closed(folder, url);
});
