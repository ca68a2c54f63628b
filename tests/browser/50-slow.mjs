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
	await page.goto(`${url}/${code}`);
	// all is there, styled: the first question takes a tap
	await page.locator('#form .o>label').first().click();
	const usable = Date.now() - start;
	const total = [...bytes.values()].reduce((a, b) => a + b, 0);

	check(await page.evaluate(() => document.querySelector('#form .o>input:checked') !== null), `${code}: the first question takes a tap`);
	check(usable <= 5000, `${code}: whole and usable after ${(usable / 1000).toFixed(1)} s`);
	check(total <= 30 * 1024, `${code}: ${total} bytes with the heads of the replies`, total);
	check(bytes.size <= 2, `${code}: ${bytes.size} requests`);
	await page.context().close();
}

await main(async () => {
	const url = await serve(study('slow'));
	for (const code of LANGUAGES)
		await slow(url, code);
});
