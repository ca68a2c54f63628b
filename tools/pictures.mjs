// pictures.mjs - pictures of the survey's pages (docs/form-*.png, docs/pictures/) and of a report as a
// web page (docs/report-phone-*.png), in Chromium without a script. Run by tools/pictures.sh with BUILD
// set to a build folder and PAGES to one with web pages of reports.
import { DESKTOP, PHONE, SOURCE, main, open, serve, study } from '../tests/browser/lib.mjs';
import fs from 'node:fs';
import path from 'node:path';

const DOCS = path.join(SOURCE, 'docs'), MORE = path.join(DOCS, 'pictures');

const tick = (page, ids) => page.evaluate((list) => {
	for (const id of list)
		document.getElementById(id).checked = true;
}, ids);
const to = (page, selector) => page.evaluate((s) => document.querySelector(s).scrollIntoView(), selector);
const send = (page) => Promise.all([page.waitForNavigation(), page.evaluate(() => document.querySelector('#end button').click())]);

async function shot(url, code, name, context, act) {
	const page = await open(context);
	await page.goto(`${url}/${code}`);
	await act(page);
	await page.screenshot({ path: `${name}.png` });
	await page.context().close();
}

async function language(url, code) {
	const name = (what) => path.join(MORE, `${code}-${what}`);

	await shot(url, code, path.join(DOCS, `form-${code}`), { viewport: PHONE, deviceScaleFactor: 1.25 }, async (page) => {
		await tick(page, ['q-substances-heroin', 'q-substances-cannabis']);
		await to(page, '#q-substances');
	});
	for (const colorScheme of ['light', 'dark']) {
		await shot(url, code, name(`phone-${colorScheme}`), { viewport: PHONE, colorScheme }, () => {});
		await shot(url, code, name(`desktop-${colorScheme}`), { viewport: DESKTOP, colorScheme }, async (page) => {
			await tick(page, ['q-services-nsp-harder', 'q-services-naloxone-same']);
			await to(page, '#q-services');
		});
	}
	await shot(url, code, name('mistakes'), { viewport: PHONE }, async (page) => {
		await page.evaluate(() => { document.getElementById('i-days_used').value = '99'; });
		await send(page);
	});
	await shot(url, code, name('thanks'), { viewport: PHONE }, async (page) => {
		await tick(page, ['consent', 'q-gender-woman']);
		await send(page);
	});
}

// A chart and what stands around it.
const report = (code) => shot(`file://${path.resolve(process.env.PAGES)}`, `health-services-${code}.html`,
	path.join(DOCS, `report-phone-${code}`), { viewport: PHONE, deviceScaleFactor: 1.25 },
	(page) => page.evaluate(() => document.querySelector('figure:has(a[href="#table-services"])').closest('section').scrollIntoView()));

await main(async () => {
	for (const code of process.env.PAGES ? ['en', 'ar'] : [])
		await report(code);
	const url = await serve(study('pictures'));

	fs.mkdirSync(MORE, { recursive: true });
	await language(url, 'en');
	await language(url, 'ar');
});
