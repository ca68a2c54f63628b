// exit.js - leaving at once: the link, or three times Shift. The page is blank before anything is
// loaded, its place in the history is taken by where it goes, and the form is empty behind it.
const PRESSES = 3, WITHIN = 2000; // ms

let presses = [];
export const leaving = { done: false };

function leave() {
	const link = document.getElementById('exit');
	const to = link?.href || 'about:blank';

	leaving.done = true;
	document.querySelectorAll('form').forEach((f) => f.reset());
	document.body.replaceChildren();
	document.title = '';
	location.replace(to);
}

export function start() {
	document.addEventListener('click', (event) => {
		if (event.target.closest?.('#exit')) {
			event.preventDefault();
			leave();
		}
	}, true);
	document.addEventListener('keydown', (event) => {
		if (event.repeat)
			return;
		presses = event.key === 'Shift' ? [...presses.filter((t) => event.timeStamp - t < WITHIN), event.timeStamp] : [];
		if (presses.length >= PRESSES)
			leave();
	}, true);
}
