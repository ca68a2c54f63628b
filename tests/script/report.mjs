// report.mjs - lines that tests/flow/14-script.sh counts.
export const hex = (bytes) => Buffer.from(bytes).toString('hex');

export function check(fine, label, ...why) {
	console.log(fine ? `ok ${label}` : `FAILED ${label}`);
	if (!fine)
		why.forEach((line) => console.log(`   ${String(line).slice(0, 400)}`));
}

export const same = (got, wanted, label) => check(got === wanted, label, `wanted: ${wanted}`, `got:    ${got}`);

export function refuses(run, label) {
	let refused = false;

	try {
		run();
	} catch (e) {
		refused = e instanceof Error && !(e instanceof TypeError);
	}
	check(refused, label, 'was taken');
}
