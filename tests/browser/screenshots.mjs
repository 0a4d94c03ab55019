// screenshots.mjs - every page as a picture; see tools/screenshots, which calls this.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {Home, launch, leave, visit} from './desk.mjs';
import {EMPTY_PAGES, PAGES} from './pages.mjs';

const LOOKS = ['light', 'dark'].flatMap(colorScheme => [[1280, 800], [390, 844], [320, 568]].map(([width, height]) =>
	({suffix: `${colorScheme}-${width}`, colorScheme, viewport: {width, height}, reducedMotion: 'reduce'})));

async function take(home, pages, folder) {
	await home.open();
	const browser = await launch(home);
	for (const look of LOOKS) {
		const page = await visit(browser, home, look);
		for (const {name, path: address} of pages) {
			await page.setViewportSize(look.viewport);
			await page.goto(address);
			// A window as long as the page: what sticks to its edge then stands at the end.
			const height = await page.evaluate(() => document.documentElement.scrollHeight);
			await page.setViewportSize({...look.viewport, height: Math.max(height, look.viewport.height)});
			await page.screenshot({path: path.join(folder, `${name}-${look.suffix}.png`), fullPage: true, caret: 'hide'});
		}
		await leave(page);
	}
	await browser.close();
}

const [folder, ...names] = process.argv.slice(2);
fs.mkdirSync(folder, {recursive: true});
const chosen = pages => pages.filter(({name}) => names.length === 0 || names.includes(name));
for (const [pages, isEmpty] of [[chosen(PAGES), false], [chosen(EMPTY_PAGES), true]]) {
	if (pages.length === 0)
		continue;
	const home = new Home({folder: path.join(os.tmpdir(), 'followup-screenshots')}); // its name is on a page
	try {
		if (!isEmpty)
			home.makeDemo();
		await take(home, pages, folder);
	} finally {
		await home.remove();
	}
}
