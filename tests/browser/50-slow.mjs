// Goal: on 2G (50 kbit/s, 400 ms) the survey can be begun within 5 seconds in every language; page
// and style together are at most 30 KiB, and no more than two requests.
import { LANGUAGES, check, main, open, serve, study } from './lib.mjs';

async function slow(url, code) {
	const page = await open(), cdp = await page.context().newCDPSession(page);
	const bytes = new Map();

	await cdp.send('Network.enable');
	cdp.on('Network.loadingFinished', (e) => bytes.set(e.requestId, e.encodedDataLength));
	await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 400,
		downloadThroughput: 50_000 / 8, uploadThroughput: 50_000 / 8 });
	const start = Date.now();
	const loaded = page.goto(`${url}/${code}`).then(() => Date.now() - start);
	// the rest may still be coming: the first question is there, styled, and takes a tap
	let at = null;
	while (at === null) {
		await new Promise((resolve) => setTimeout(resolve, 50));
		at = await page.evaluate(() => {
			const label = document.querySelector('#form .o>label');
			if (label === null || getComputedStyle(label).borderTopStyle !== 'solid')
				return null;
			label.scrollIntoView({ block: 'center' });
			const r = label.getBoundingClientRect();
			return { x: r.x + r.width / 2, y: r.y + r.height / 2 };
		}).catch(() => null);
	}
	await page.mouse.click(at.x, at.y);
	const usable = Date.now() - start, tapped = await page.evaluate(() => document.querySelector('#form .o>input:checked') !== null);
	const whole = await loaded;
	for (let i = 0; i < 50 && bytes.size < 2; i++)
		await new Promise((resolve) => setTimeout(resolve, 50));
	const total = [...bytes.values()].reduce((a, b) => a + b, 0);

	check(tapped, `${code}: the first question takes a tap`);
	check(usable <= 5000, `${code}: usable after ${(usable / 1000).toFixed(1)} s, whole after ${(whole / 1000).toFixed(1)} s`);
	check(total <= 30 * 1024, `${code}: ${total} bytes with the heads of the replies`, total);
	check(bytes.size === 2, `${code}: ${bytes.size} requests`);
	await page.context().close();
}

await main(async () => {
	const url = await serve(study('slow'));
	for (const code of LANGUAGES)
		await slow(url, code);
});
