// test-pages.mjs - what holds for every page: for those who see badly, use no mouse, have a small screen or a slow line.
//
// Each page is looked at in light and dark, wide and narrow, with the made-up search in it.  Colours do not know the width,
// so two looks show what four would.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import test, {after, before} from 'node:test';
import {Home, NARROW, NARROWEST, WIDE, launch, modules, visit} from './desk.mjs';
import {PAGES} from './pages.mjs';

const AXE = fs.readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');
const RULES = {
	runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']},
	rules: {'target-size': {enabled: true}},
	resultTypes: ['violations'],
};
const TRANSFER_BYTES_MAX = 60 * 1024;
const LOOKS = [
	{name: 'light, wide', colorScheme: 'light', viewport: WIDE},
	{name: 'dark, narrow', colorScheme: 'dark', viewport: NARROW},
];

const SMALL = {viewport: NARROWEST, reducedMotion: 'reduce'};

const home = new Home();
let browser;

before(async () => {
	home.makeDemo();
	await home.open();
	browser = await launch(home);
});

// One page for each look: the checks go from address to address in it, as people do.
const seats = new Map();

async function open(look, path) {
	if (!seats.has(look))
		seats.set(look, await visit(browser, home, look));
	const page = seats.get(look);
	page.faults.length = 0;
	await page.goto(path);
	return page;
}

after(async () => {
	await browser?.close();
	await home.remove();
});

// A page that counts the bytes it takes, as on a first visit, and what moves in it.
let measured;

async function measure() {
	const page = await visit(browser, home);
	const network = await page.context().newCDPSession(page);
	await network.send('Network.enable');
	await network.send('Network.setCacheDisabled', {cacheDisabled: true});
	network.on('Network.loadingFinished', ({encodedDataLength}) => { page.bytes += encodedDataLength; });
	await page.addInitScript(() => {
		const told = ({node, previousRect, currentRect}) => `${node?.outerHTML?.slice(0, 120)} ${JSON.stringify([previousRect, currentRect])}`;
		window.shifts = [];
		new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(({value, sources}) => [value, ...sources.map(told)])))
			.observe({type: 'layout-shift', buffered: true});
	});
	return page;
}

// What would have to be scrolled sideways for, and does not scroll by itself.
function tooWide() {
	const width = document.documentElement.clientWidth, found = [];
	const scrolls = element => element && (/auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
	for (const element of document.body.querySelectorAll('*'))
		if (element.getBoundingClientRect().right > width + 1 && !scrolls(element.parentElement))
			found.push(`${element.tagName}.${element.className} to ${Math.round(element.getBoundingClientRect().right)}`);
	if (document.documentElement.scrollWidth > width)
		found.unshift(`the page is ${document.documentElement.scrollWidth} wide`);
	return found.slice(0, 5);
}

// Names everything that Tab has to reach; radio buttons of one name are one stop.  Within a date or time there are more stops.
function markStops() {
	const names = new Set();
	let inner = 2;
	for (const [number, one] of document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]').entries()) {
		if (one.disabled || one.type === 'hidden' || one.tabIndex < 0 || !one.checkVisibility({visibilityProperty: true}))
			continue;
		one.dataset.stop = one.type === 'radio' ? `radio ${one.name} of form ${[...document.forms].indexOf(one.form)}` :
			`${number} ${one.tagName} ${one.name ?? ''} ${one.textContent.trim().slice(0, 30)}`;
		names.add(one.dataset.stop);
		inner += /^(date|time|month|week)/.test(one.type) ? 4 : 0;
	}
	return {names: [...names], inner};
}

// Where the focus is, and whether one sees it.  The button inside a date or time is the browser's own, with a ring of its own.
function lookAtFocus() {
	const one = document.activeElement, box = one.getBoundingClientRect();
	const shows = element => {
		const style = getComputedStyle(element);
		return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== 'none';
	};
	// What stays where it is while a page scrolls must not lie over what has the focus.
	const covers = over => over !== null && !over.contains(one) && (/sticky|fixed/.test(getComputedStyle(over).position) || covers(over.parentElement));
	return {
		name: one.dataset.stop,
		told: one.dataset.stop ?? one.outerHTML.slice(0, 200),
		shown: shows(one) || [...one.labels ?? []].some(shows) || (/^(date|time|month|week)/.test(one.type) && !one.matches(':focus-visible')),
		covered: covers(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)),
		inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
	};
}

for (const look of LOOKS) {
	for (const {name, path} of PAGES) {
		test(`${name}: axe finds nothing (${look.name})`, async () => {
			const page = await open(look, path);
			await page.evaluate(AXE);
			const {violations} = await page.evaluate(rules => window.axe.run(document, rules), RULES);
			const told = violations.flatMap(({id, help, nodes}) => nodes.map(node => `${id}: ${help}: ${node.html}\n    ${node.failureSummary}`));
			assert.equal(told.length, 0, told.join('\n'));
			assert.deepEqual(await page.evaluate(tooWide), []);
			assert.deepEqual(page.faults, []);
		});
	}
}

for (const {name, path} of PAGES) {
	test(`${name}: nothing is too wide at 320 px, and motion stops where it is unwanted`, async () => {
		const page = await open(SMALL, path);
		assert.deepEqual(await page.evaluate(tooWide), []);
		const moving = await page.evaluate(() => [...document.querySelectorAll('*')].flatMap(element => [null, '::before', '::after'].flatMap(part => {
			const {transitionDuration, animationDuration, scrollBehavior} = getComputedStyle(element, part);
			const longest = Math.max(...`${transitionDuration}, ${animationDuration}`.split(',').map(parseFloat));
			return longest > 0.001 || scrollBehavior === 'smooth' ? [`${element.tagName}.${element.className}${part ?? ''}`] : [];
		})));
		assert.deepEqual(moving, []);
		assert.deepEqual(page.faults, []);
	});

	test(`${name}: nothing jumps, and little is sent`, async () => {
		const page = measured ??= await measure();
		page.faults.length = page.bytes = 0;
		await page.goto(path);
		await page.mouse.wheel(0, 4000);
		await page.waitForTimeout(300);
		assert.deepEqual(await page.evaluate(() => window.shifts), []);
		assert.ok(page.bytes > 0 && page.bytes < TRANSFER_BYTES_MAX, `${page.bytes} bytes`);
		assert.deepEqual(page.faults, []);
	});

	test(`${name}: Tab reaches everything, and one sees where one is`, async () => {
		const page = await open(LOOKS[0], path);
		const stops = await page.evaluate(markStops);
		const reached = new Set();
		for (let presses = stops.names.length + stops.inner; presses > 0 && reached.size < stops.names.length; presses--) {
			await page.keyboard.press('Tab');
			const at = await page.evaluate(lookAtFocus);
			assert.ok(at.shown, `focus is not visible: ${at.told}`);
			assert.ok(at.inside, `what has the focus is out of sight: ${at.told}`);
			assert.ok(!at.covered, `what has the focus is covered: ${at.told}`);
			reached.add(at.name);
		}
		assert.deepEqual(stops.names.filter(one => !reached.has(one)), [], 'what Tab does not reach');
	});
}
