// desk.mjs - a desk of its own for a test file, and browsers to sit at it.
//
// A Home is an empty home folder with its own database, filled by the program's own commands; nothing of the machine's user
// is seen or touched.  FOLLOWUP names the program, FOLLOWUP_NODE the folder that tools/install-node-modules filled.  Every
// page is held to what holds for all: no error in its console, nothing loaded from elsewhere, no answer of status 5xx.
import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const NODE = process.env.FOLLOWUP_NODE ?? path.join(ROOT, 'build-test/node');
const PROGRAM = path.resolve(process.env.FOLLOWUP ?? path.join(ROOT, 'build-test/followup'));
// The one without windows of its own costs half.
const CHROMIUM = process.env.CHROMIUM ?? ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(name => fs.existsSync(name));
// What the sanitizers and GLib are told goes through; nothing else of the caller's environment does.
const PASSED_ON = ['PATH', 'ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS', 'G_DEBUG', 'G_SLICE', 'LD_LIBRARY_PATH'];
const BROKEN_SEARCH = 'LeakSanitizer has encountered a fatal error'; // its tracer ends by a signal now and then
const COMPLAINT = /Sanitizer|runtime error:|CRITICAL/;

export const modules = createRequire(path.join(NODE, 'package.json'));

// The moment of every test that names no other: a Wednesday.
export const NOW = '2026-11-18T09:00';

// Desks that a broken test left open end with it.
const running = new Set();
process.once('exit', () => running.forEach(child => child.kill('SIGKILL')));

export class Home {
	constructor({now = NOW, zone = 'America/Phoenix', folder} = {}) {
		this.folder = folder ?? fs.mkdtempSync(path.join(os.tmpdir(), 'followup-desk-'));
		fs.mkdirSync(this.folder, {recursive: true});
		this.db = path.join(this.folder, 'followup.db');
		this.now = now;
		this.port = 0;
		this.env = Object.fromEntries(PASSED_ON.filter(name => name in process.env).map(name => [name, process.env[name]]));
		Object.assign(this.env, {HOME: this.folder, TZ: zone, LC_ALL: 'C.UTF-8', FOLLOWUP_DB: this.db, TERM: 'dumb', TMPDIR: this.folder});
		for (const kind of ['CONFIG_HOME', 'DATA_HOME', 'STATE_HOME', 'CACHE_HOME', 'RUNTIME_DIR'])
			this.env['XDG_' + kind] = path.join(this.folder, kind.toLowerCase());
	}

	// Another home with a copy of what this one holds; the desk of this one is not open.
	copy() {
		const other = new Home({now: this.now, zone: this.env.TZ});
		if (fs.existsSync(this.db))
			fs.copyFileSync(this.db, other.db);
		return other;
	}

	words(words, now = this.now) {
		return now === null ? words : [...words, '--now', now];
	}

	// Runs a command to its end, as another process beside the desk; gives back what it printed.
	run(words, {now = this.now, input = ''} = {}) {
		const done = spawnSync(PROGRAM, this.words(words, now), {env: this.env, cwd: this.folder, input, encoding: 'utf8', timeout: 60000});
		const broken = done.stderr.includes(BROKEN_SEARCH);
		assert.ok(broken || (done.status === 0 && !COMPLAINT.test(done.stderr)), `${words.join(' ')}: status ${done.status}\n${done.stdout}\n${done.stderr}`);
		return done.stdout;
	}

	json(words, options) {
		return JSON.parse(this.run([...words, '--format', 'json'], options));
	}

	// The made-up search of tools/demo, with its dates around the day of `now`.
	makeDemo() {
		const folder = path.join(this.folder, 'demo');
		const done = spawnSync('python3', [path.join(ROOT, 'tools/demo'), PROGRAM, folder],
			{env: {...this.env, DEMO_TODAY: this.now.slice(0, 10)}, encoding: 'utf8', timeout: 120000});
		assert.equal(done.status, 0, done.stderr);
		fs.renameSync(path.join(folder, 'followup.db'), this.db);
	}

	// Opens the desk, at the port it had before if it was open before; sets this.link, which lets one browser in.
	async open() {
		this.told = '';
		this.child = spawn(PROGRAM, this.words(['desk', '--listen', `127.0.0.1:${this.port}`]),
			{env: this.env, cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe']});
		running.add(this.child);
		this.ended = new Promise(resolve => this.child.on('close', (status, signal) => resolve(signal ?? status)));
		this.child.stderr.on('data', data => { this.told += data; });
		this.link = await new Promise((resolve, reject) => {
			let out = '';
			this.child.stdout.on('data', data => {
				out += data;
				const found = /http:\/\/127\.0\.0\.1:(\d+)\/\S+/.exec(out);
				if (found) {
					this.port = Number(found[1]);
					resolve(found[0]);
				}
			});
			this.ended.then(status => reject(new Error(`the desk ended (${status}) before it was open: ${out}${this.told}`)));
		});
		this.url = `http://127.0.0.1:${this.port}`;
	}

	// Ends the desk as Ctrl-C would, and holds it to a clean end.
	async close() {
		if (!this.child)
			return;
		this.wasClosed = true;
		this.child.kill('SIGTERM');
		const status = await this.ended;
		running.delete(this.child);
		this.child = null;
		if (!this.told.includes(BROKEN_SEARCH))
			assert.deepEqual({status, complaints: COMPLAINT.test(this.told) ? this.told : ''}, {status: 0, complaints: ''});
	}

	async remove() {
		try {
			await this.close();
		} finally {
			fs.rmSync(this.folder, {recursive: true, force: true});
		}
	}
}

// One Chromium; what it writes it writes into the home.
export function launch(home) {
	return modules('playwright-core').chromium.launch({
		executablePath: CHROMIUM,
		chromiumSandbox: process.getuid() !== 0,
		args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', '--font-render-hinting=none'],
		env: {...process.env, HOME: home.folder, TMPDIR: home.folder},
	});
}

// A page that remembers what was wrong with it, in page.faults.
function remember(page, home) {
	page.faults = [];
	page.on('pageerror', error => page.faults.push(`error: ${error.message}`));
	page.on('console', message => {
		// Chromium logs every answer of 4xx too, which a test may have wanted, and a desk that is away.
		const wanted = home.wasClosed ? /Failed to load resource: (.* status of (4\d\d|503)|net::ERR_)/ : /Failed to load resource: (.* status of 4\d\d|net::ERR_)/;
		if (message.type() === 'error' && !wanted.test(message.text()))
			page.faults.push(`console: ${message.text()}`);
	});
	page.on('request', request => {
		if (!request.url().startsWith(home.url + '/') && !request.url().startsWith('data:'))
			page.faults.push(`asked elsewhere: ${request.url()}`);
	});
	page.on('response', response => {
		if (response.status() >= 500 && !(home.wasClosed && response.status() === 503)) // what is asked of it as it closes
			page.faults.push(`${response.status()} of ${response.url()}`);
	});
}

export const WIDE = {width: 1280, height: 800}, NARROW = {width: 390, height: 844}, NARROWEST = {width: 320, height: 568};
export const TELEPHONE = {viewport: NARROW, hasTouch: true, isMobile: true};

// A page in a browser that nobody let in yet; options are those of Playwright's contexts.
export async function stranger(browser, home, options = {}) {
	const context = await browser.newContext({baseURL: home.url, viewport: WIDE, locale: 'en-US', timezoneId: 'America/Phoenix', ...options});
	context.setDefaultTimeout(20000);
	const page = await context.newPage();
	remember(page, home);
	return page;
}

// A signed-in page.  The desk's link works once: the first takes it, others come in by the cookie of the first.
export async function visit(browser, home, options = {}) {
	const page = await stranger(browser, home, options), context = page.context();
	if (!home.cookies) {
		assert.equal((await context.request.get(home.link)).status(), 200);
		home.cookies = await context.cookies();
	}
	await context.addCookies(home.cookies);
	return page;
}

// Another tab beside a page.
export async function tab(page, home) {
	const other = await page.context().newPage();
	remember(other, home);
	other.faults = page.faults;
	return other;
}

// Closes a page's browser; fails where anything was wrong with the page.
export async function leave(page) {
	await page.context().close();
	assert.deepEqual(page.faults, []);
}

// For one test: a desk that is open, filled as `like` is, and a page at it; both end with the test, however it ends.
export async function sit(t, browser, {like, isSignedIn = true, ...options} = {}) {
	const home = like ? like.copy() : new Home();
	let page;
	t.after(async () => {
		try {
			await (page && leave(page));
		} finally {
			await home.remove();
		}
	});
	await home.open();
	page = await (isSignedIn ? visit : stranger)(browser, home, options);
	return {home, page};
}

// Presses Tab until something has the focus, as somebody does who looks for it.
export async function tabTo(page, locator) {
	for (let presses = 0; presses < 200; presses++) {
		if (await locator.evaluate(one => one === document.activeElement))
			return presses;
		await page.keyboard.press('Tab');
	}
	throw new Error(`Tab does not come to ${locator}`);
}
