// test-first.mjs - the first visit: from the link in the terminal to the first interview on record.
//
// Told by mouse, by keys, on a telephone and without JavaScript: it is the same story.
import assert from 'node:assert/strict';
import test, {after, before} from 'node:test';
import {Home, TELEPHONE, launch, leave, sit, stranger, tabTo} from './desk.mjs';

let browser;
const nobody = new Home();

before(async () => { browser = await launch(nobody); });
after(async () => {
	await browser?.close();
	await nobody.remove();
});

async function fillIn(page) {
	await page.getByLabel('Company', {exact: true}).fill('Globex');
	await page.getByLabel('Position', {exact: true}).fill('Data analyst');
	await page.getByLabel('Day', {exact: true}).fill('2026-11-17');
	await page.getByLabel('Begins at', {exact: true}).fill('10:00');
	await page.getByLabel('A panel', {exact: true}).check();
	await page.getByLabel('Name', {exact: true}).nth(0).fill('Huck Finn');
	await page.getByLabel('E-mail', {exact: true}).nth(0).fill('finn@globex.example');
	await page.getByLabel('Part', {exact: true}).nth(0).selectOption('hiring-manager');
	await page.getByLabel('Name', {exact: true}).nth(1).fill('Ada Okoro');
}

function isOnRecord(home) {
	const told = home.json(['show', 'globex']);
	assert.deepEqual(told.people.map(({name, email, role}) => [name, email ?? null, role]),
		[['Huck Finn', 'finn@globex.example', 'hiring-manager'], ['Ada Okoro', null, 'interviewer']]);
	assert.deepEqual(told.interviews.map(({kind, start}) => [kind, start.slice(0, 16)]), [['panel', '2026-11-17T10:00']]);
}

for (const [name, options] of [
	['with a mouse', {}],
	['on a telephone', TELEPHONE],
	['without JavaScript', {javaScriptEnabled: false}],
	['on a telephone without JavaScript', {javaScriptEnabled: false, ...TELEPHONE}],
]) {
	test(`the first interview ${name}`, async t => {
		const {home, page} = await sit(t, browser, {isSignedIn: false, ...options});
		await page.goto(home.link);
		assert.equal(page.url(), `${home.url}/`, 'the link is not left in the address');
		await page.getByRole('link', {name: 'Put the first interview on record'}).click();
		await fillIn(page);
		await page.getByRole('button', {name: 'Put it on record'}).click();
		await page.waitForURL('**/o/1/**');
		isOnRecord(home);
		await page.getByRole('link', {name: 'Today', exact: true}).click();
		await page.getByRole('link', {name: 'Two minutes of debrief'}).waitFor();
		});
}

test('the first interview by keys alone', async t => {
	const {home, page} = await sit(t, browser, {isSignedIn: false});
	await page.goto(home.link);
	await page.keyboard.press('n');
	await page.getByLabel('Company', {exact: true}).waitFor();
	for (const [label, typed] of [['Company', 'Globex'], ['Position', 'Data analyst'], ['Day', '11172026'], ['Begins at', '1000AM']]) {
		await tabTo(page, page.getByLabel(label, {exact: true}));
		await page.keyboard.type(typed);
	}
	await tabTo(page, page.getByLabel('By phone', {exact: true}));
	for (const press of ['Space', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Tab'])
		await page.keyboard.press(press);
	await page.keyboard.type('Huck Finn');
	await page.keyboard.press('Tab');
	await page.keyboard.type('finn@globex.example');
	await page.keyboard.press('Tab');
	await page.keyboard.type('Hiring');
	await page.keyboard.press('Tab');
	await page.keyboard.type('Ada Okoro');
	await page.keyboard.press('Enter');
	await page.waitForURL('**/o/1/**');
	isOnRecord(home);
});

test('the link lets one browser in, once', async t => {
	const {home, page} = await sit(t, browser, {isSignedIn: false});
	await page.goto(home.link);
	const other = await stranger(browser, home);
	assert.equal((await other.goto(home.link)).status(), 409);
	assert.match(await other.locator('main').innerText(), /used already/);
	assert.equal((await other.goto('/')).status(), 401);
	await leave(other);
	assert.equal((await page.goto('/')).status(), 200);
});

test('what was typed stays where a field is wrong', async t => {
	const {home, page} = await sit(t, browser, {isSignedIn: false, javaScriptEnabled: false});
	await page.goto(home.link);
	await page.goto('/new');
	await fillIn(page);
	await page.getByText('Elsewhere?').click();
	await page.getByLabel('Their time zone', {exact: true}).fill('America/Atlantis');
	await page.getByRole('button', {name: 'Put it on record'}).click();
	await page.getByRole('alert').waitFor();
	assert.match(await page.getByRole('alert').innerText(), /America\/Atlantis/);
	assert.equal(await page.getByLabel('Company', {exact: true}).inputValue(), 'Globex');
	assert.equal(await page.getByLabel('Day', {exact: true}).inputValue(), '2026-11-17');
	assert.equal(await page.getByLabel('Name', {exact: true}).nth(1).inputValue(), 'Ada Okoro');
	assert.equal(await page.getByLabel('A panel', {exact: true}).isChecked(), true);
	await page.getByLabel('Their time zone', {exact: true}).fill('');
	await page.getByRole('button', {name: 'Put it on record'}).click();
	await page.waitForURL('**/o/1/**');
	isOnRecord(home);
});
