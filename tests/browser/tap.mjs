// tap.mjs - what Node's test runner found, as plain TAP: a line a test, and why it failed.
export default async function* tap(events) {
	let count = 0;
	for await (const {type, data} of events) {
		const isGroup = data?.details?.type === 'suite';
		if ((type !== 'test:pass' && type !== 'test:fail') || (isGroup && type === 'test:pass'))
			continue;
		count++;
		const skip = data.skip === undefined ? '' : ` # SKIP ${data.skip}`;
		if (type === 'test:fail') {
			const {cause = data.details.error} = data.details.error;
			const told = String(cause?.stack ?? cause).replace(/\x1b\[\d+m/g, '');
			yield told.split('\n').map(line => `# ${line}\n`).join('');
		}
		yield `${type === 'test:pass' ? 'ok' : 'not ok'} ${count} - ${data.name.replace(/#/g, '')} (${(data.details.duration_ms / 1000).toFixed(2)} s)${skip}\n`;
	}
	yield `1..${count}\n`;
}
