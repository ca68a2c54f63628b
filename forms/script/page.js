// page.js - the page's optional script. The page is whole without it: every part of it adds to what
// is there, and where a browser lacks something the page stays as it was sent.
import { accept } from './accept.js';
import { collect } from './collect.js';
import { $, about, form } from './dom.js';
import * as exit from './exit.js';
import * as faults from './faults.js';
import * as send from './send.js';
import * as stepper from './stepper.js';
import { sealSubmission } from './submission.js';

// Say which protection there is now; both are in the page, one of them hidden.
function tell() {
	document.querySelectorAll('.kind-plain').forEach((e) => { e.hidden = true; });
	document.querySelectorAll('.kind-sealed').forEach((e) => { e.hidden = false; });
}

function submit(event) {
	if (!stepper.atEnd()) {
		event.preventDefault();
		stepper.forward();
		return;
	}
	if (!about.key)
		return; // the collector checks, and seals
	event.preventDefault();
	faults.clear(form);
	const { answers, faults: found } = accept(about, collect());
	const consent = $('consent'), missing = Boolean(consent && !consent.checked);
	const boxes = faults.show(found, missing);

	faults.summarise(boxes, stepper.goTo);
	// the field that people do not see: the collector's own reply says what is wrong
	if ($('decoy').value) {
		form.removeEventListener('submit', submit);
		form.requestSubmit();
	} else if (!boxes.length) {
		send.send(sealSubmission(about, answers));
	}
}

exit.start();
if (form && crypto?.getRandomValues) {
	stepper.start();
	form.addEventListener('submit', submit);
	if (about.key) {
		// what is typed need not survive Back: sealed, it is in memory until it is sent
		form.autocomplete = 'off';
		tell();
		send.start();
	}
}
