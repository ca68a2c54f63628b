// kit-storage.js - sealed submissions on a shared device. All places exist from the start, filled with
// random bytes, in one piece of constant size; a submission is written over a random free one, and
// the whole piece takes the place of the one before. So what is kept tells how many, but neither
// order nor time, and has one length. The same idea as the collector's store (lib/record/store.h);
// survey-record(5), KIT.
import { hash, random } from './seal.js';

export const PLACES = 100;
const TAG = 16, DOMAIN = 'peer-survey kit place 1\n', STORE = 's', IMAGE = 0;

let db = null, size = 0; // bytes of a submission

const done = (request) => new Promise((resolve, reject) => {
	request.onsuccess = () => resolve(request.result);
	request.onerror = () => reject(request.error);
});

const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
const place = (image, i) => image.subarray(i * (size + TAG), (i + 1) * (size + TAG));
const used = (bytes) => same(hash(TAG, DOMAIN, bytes.subarray(0, size)), bytes.subarray(size));

// A whole number below n, each as likely.
function below(n) {
	const most = 2 ** 32 - (2 ** 32 % n);

	for (;;) {
		const [x] = new Uint32Array(random(4).buffer);
		if (x < most)
			return x % n;
	}
}

function shuffle(list) {
	for (let i = list.length - 1; i > 0; i--) {
		const k = below(i + 1);
		[list[i], list[k]] = [list[k], list[i]];
	}
	return list;
}

function noise(bytes) {
	for (let at = 0; at < bytes.length; at += 32768)
		bytes.set(random(Math.min(32768, bytes.length - at)), at);
}

// Change the piece in one transaction, then read it back: what is wanted is there, and nothing else.
async function rewrite(change) {
	const write = db.transaction(STORE, 'readwrite', { durability: 'strict' });
	const finished = new Promise((resolve, reject) => {
		write.oncomplete = resolve;
		write.onabort = write.onerror = () => reject(write.error);
	});
	const image = await done(write.objectStore(STORE).get(IMAGE)) ?? null;
	const next = image ?? new Uint8Array(PLACES * (size + TAG));

	if (!image)
		noise(next);
	const result = change(next);
	write.objectStore(STORE).put(next, IMAGE);
	await finished;
	if (!same(await read(), next))
		throw new Error('not what was written');
	return result;
}

const read = () => done(db.transaction(STORE).objectStore(STORE).get(IMAGE));
const numbers = Array.from({ length: PLACES }, (_, i) => i);

export async function open(name, bytes) {
	const request = indexedDB.open(name, 1);

	size = bytes;
	request.onupgradeneeded = () => request.result.createObjectStore(STORE);
	db = await done(request);
	await rewrite(() => {});
}

export async function count() {
	const image = await read();

	return numbers.filter((i) => used(place(image, i))).length;
}

// Keep one. False: there is no place left.
export const keep = (submission) => rewrite((image) => {
	const free = numbers.filter((i) => !used(place(image, i)));

	if (!free.length)
		return false;
	const bytes = place(image, free[below(free.length)]);
	bytes.set(submission);
	bytes.set(hash(TAG, DOMAIN, submission), size);
	return true;
});

// All that are kept, in random order.
export async function all() {
	const image = await read();

	return shuffle(numbers.filter((i) => used(place(image, i)))).map((i) => place(image, i).slice(0, size));
}

// Write random bytes over these (or all), and see that they are gone.
export async function erase(list) {
	await rewrite((image) => {
		for (const i of numbers)
			if (!list || list.some((one) => same(one, place(image, i).subarray(0, size))))
				noise(place(image, i));
	});
	const left = await all();

	if (list ? left.some((one) => list.some((other) => same(one, other))) : left.length)
		throw new Error('not erased');
}
