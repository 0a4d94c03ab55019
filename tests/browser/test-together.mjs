// test-together.mjs - a page is not alone: another program writes, another tab is open, the desk is closed and opened again.
//
// Nothing typed is lost, nothing is done twice, and a page that is open shows what is so.
import assert from 'node:assert/strict';
import test, {after, before} from 'node:test';
import {Home, TELEPHONE, launch, sit, tab} from './desk.mjs';

const demo = new Home();
let browser;

before(async () => {
	demo.makeDemo();
	browser = await launch(demo);
});

after(async () => {
	await browser?.close();
	await demo.remove();
});

const answers = home => home.json(['show', 'globex']).timeline.filter(({kind}) => kind === 'reply').map(({says}) => says);

for (const [name, options] of [['at a desk', {}], ['on a telephone', TELEPHONE]])
	test(`an answer arrives while the page is open (${name})`, async t => {
		const {home, page} = await sit(t, browser, {like: demo, ...options});
		await page.goto('/');
		await page.getByText('Check in with Mei Chen').waitFor();
		await page.evaluate(() => { window.isSamePage = true; });
		home.run(['reply', 'initech', 'chen', '--says', 'next-round']);
		await page.getByText('Check in with Mei Chen').waitFor({state: 'detached'});
		assert.equal(await page.evaluate(() => window.isSamePage), true, 'the page was not loaded anew');
	});

test('a story goes on while its page is open', async t => {
	const {home, page} = await sit(t, browser, {like: demo});
	await page.goto('/o/2');
	const story = page.getByRole('list').filter({hasText: 'thank-you to Mei Chen'});
	const before = await story.getByRole('listitem').count();
	home.run(['reply', 'initech', 'chen', '--says', 'more-time', '--decision-by', '2026-11-27']);
	await page.waitForFunction(([count]) => document.querySelectorAll('.story > li').length > count, [before]);
	assert.match(await page.locator('main').innerText(), /27 November/);
});

test('what is being typed stays when something changes', async t => {
	const {home, page} = await sit(t, browser, {like: demo});
	await page.goto('/o/1');
	await page.getByLabel('They decide by').fill('2026-12-01');
	await page.getByLabel('The next round').check();
	home.run(['log', 'globex', 'finn', '--step', 'thank-you', '--channel', 'email']);
	await page.getByText('Something changed meanwhile').waitFor();
	assert.equal(await page.getByLabel('They decide by').inputValue(), '2026-12-01');
	await page.getByRole('button', {name: 'Put it on record', exact: true}).click();
	await page.getByText('Something changed meanwhile').waitFor({state: 'detached'});
	assert.deepEqual(answers(home), ['next-round']);
});

test('two tabs: what one does the other shows, and what stands on record is not lost', async t => {
	const {home, page} = await sit(t, browser, {like: demo});
	const other = await tab(page, home);
	await page.goto('/o/1');
	await other.goto('/o/1');
	await page.getByLabel('They need more time').check();
	await page.getByRole('button', {name: 'Put it on record', exact: true}).click();
	await other.waitForFunction(() => /more.time/i.test(document.querySelector('.story').textContent));
	await other.getByLabel('The next round').check();
	await other.getByRole('button', {name: 'Put it on record', exact: true}).click();
	await page.waitForFunction(() => /next.round/i.test(document.querySelector('.story').textContent));
	assert.deepEqual(answers(home), ['more-time', 'next-round']);
});

test('the desk is closed and opened again in the middle of a form: nothing typed is lost', async t => {
	const {home, page} = await sit(t, browser);
	await page.goto('/new');
	await page.getByLabel('Company').fill('Globex');
	await page.getByLabel('Day', {exact: true}).fill('2026-11-17');
	await page.getByLabel('Begins at').fill('10:00');
	await page.getByLabel('Name', {exact: true}).nth(0).fill('Huck Finn');
	await home.close();
	await page.getByLabel('Name', {exact: true}).nth(1).fill('Ada Okoro');
	await page.getByRole('button', {name: 'Put it on record'}).click();
	await page.waitForURL('chrome-error://**'); // nobody is there
	await home.open();
	await page.goto('/new');
	assert.equal(await page.getByLabel('Company').inputValue(), 'Globex');
	assert.equal(await page.getByLabel('Name', {exact: true}).nth(1).inputValue(), 'Ada Okoro');
	await page.getByRole('button', {name: 'Put it on record'}).click();
	await page.waitForURL('**/o/1/**');
	assert.deepEqual(home.json(['show', 'globex']).people.map(({name}) => name), ['Huck Finn', 'Ada Okoro']);
	await page.goto('/new');
	assert.equal(await page.getByLabel('Company').inputValue(), '', 'what is on record is not typed again');
});
test('the desk is closed and opened again: the page goes on by itself', async t => {
	const {home, page} = await sit(t, browser, {like: demo});
	await page.goto('/');
	await page.getByText('Check in with Mei Chen').waitFor();
	await home.close();
	home.run(['reply', 'initech', 'chen', '--says', 'next-round']);
	await home.open();
	await page.getByText('Check in with Mei Chen').waitFor({state: 'detached'});
});

