// desk-pages.mjs - how long pages of the desk take in a browser until they are complete, beside a plain static page.
//
// usage: node desk-pages.mjs '{"desk": ADDRESS, "static": ADDRESS, "cookie": "NAME=VALUE"}'; prints JSON, a page an entry: medians in
// milliseconds on a warm start, and the bytes and layout shift of a first visit.
import os from 'node:os';
import {launch} from '../tests/browser/desk.mjs';

const ROUNDS = 15;
const {desk, static: plain, cookie} = JSON.parse(process.argv[2]);
const [name, value] = cookie.split('=');
const browser = await launch({folder: os.tmpdir()});
const context = await browser.newContext({viewport: {width: 1280, height: 800}});
await context.addCookies([{name, value, url: desk}]);

const median = list => list.sort((a, b) => a - b)[list.length >> 1];

// From asking for the page until all that it loads is there.
async function complete(page, address) {
	await page.goto(address, {waitUntil: 'load'});
	return page.evaluate(() => performance.getEntriesByType('navigation')[0].loadEventStart);
}

async function firstVisit(address) {
	const page = await context.newPage(), network = await context.newCDPSession(page);
	let bytes = 0;
	await network.send('Network.enable');
	await network.send('Network.setCacheDisabled', {cacheDisabled: true});
	network.on('Network.loadingFinished', ({encodedDataLength}) => { bytes += encodedDataLength; });
	await page.addInitScript(() => {
		window.shift = 0;
		new PerformanceObserver(list => list.getEntries().forEach(entry => { window.shift += entry.value; })).observe({type: 'layout-shift', buffered: true});
	});
	await page.goto(address, {waitUntil: 'load'});
	await page.waitForTimeout(300);
	const shift = await page.evaluate(() => window.shift);
	await page.close();
	return {bytes, shift};
}

const found = [];
for (const path of ['/', '/o/1', '/board', '/numbers']) {
	const page = await context.newPage(), times = [], references = [];
	for (let round = 0; round < ROUNDS; round++) {
		times.push(await complete(page, desk + path));
		references.push(await complete(page, plain + '/'));
	}
	await page.close();
	found.push({path, complete: median(times), reference: median(references), ...await firstVisit(desk + path)});
}
await browser.close();
console.log(JSON.stringify(found));
