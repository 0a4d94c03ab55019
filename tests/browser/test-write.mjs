// test-write.mjs - from a panel's interview to notes that leave: debrief, drafts side by side, their review, approval.
//
// Told by taps, by keys, on a telephone and without JavaScript; with a second tab, and with a desk that goes away.
import assert from 'node:assert/strict';
import test, {after, before} from 'node:test';
import {Home, TELEPHONE, launch, sit, tab, tabTo} from './desk.mjs';

const TAPS_MOST = 12;
const TALKED = [['Huck Finn', 'moving the forecast off spreadsheets'], ['Ada Okoro', 'how the team reviews each other\'s queries'],
	['Tom Lind', 'who answers when a report breaks at night']];
const FIT = 'five years of SQL in a team of three';

const panel = new Home({now: '2026-11-17T12:30'}), drafted = new Home({now: '2026-11-17T12:30'});
let browser;

function meet(home) {
	home.run(['config', 'me', '--name', 'Ana Reyes', '--email', 'ana@example.net', '--phone', '+1 602 555 0142', '--skill', 'SQL']);
	home.run(['interview', 'Globex', '2026-11-17T10:00', '--for', '1h30', '--position', 'Data analyst', '--kind', 'panel',
		'--with', 'Huck Finn <finn@globex.example>, hiring-manager', '--with', 'Ada Okoro <okoro@globex.example>, interviewer',
		'--with', 'Tom Lind <lind@globex.example>, interviewer', '--requirement', 'SQL'], {now: '2026-11-12T09:00'});
}

before(async () => {
	meet(panel);
	meet(drafted);
	drafted.run(['debrief', 'globex', ...TALKED.flatMap(([name, text]) => ['--topic', `${name.split(' ')[1].toLowerCase()}: ${text}`]), '--fit', FIT]);
	drafted.run(['draft', 'globex']);
	browser = await launch(panel);
});

after(async () => {
	await browser?.close();
	await panel.remove();
	await drafted.remove();
});

const notes = home => home.json(['show', 'globex']).notes.map(({to, state}) => `${to} ${state}`).sort();
const APPROVED = ['finn ready', 'lind ready', 'okoro ready'];
const textOf = (page, name) => page.getByRole('article', {name: new RegExp(name)}).getByLabel('Text');

for (const [name, options] of [
	['with a mouse', {}],
	['on a telephone', TELEPHONE],
	['without JavaScript', {javaScriptEnabled: false}],
	['on a telephone without JavaScript', {...TELEPHONE, javaScriptEnabled: false}],
])
	test(`a panel's debrief to three approved notes within ${TAPS_MOST} taps beside the text (${name})`, async t => {
		const {home, page} = await sit(t, browser, {like: panel, ...options});
		let taps = 0;
		const tap = async locator => {
			taps++;
			await (options.hasTouch ? locator.tap() : locator.click());
		};
		const type = async (locator, text) => {
			await tap(locator);
			// While Chromium moves a field above the keyboard on the screen it takes no text: as a person does, wait for it.
			if (options.hasTouch)
				await page.waitForTimeout(600);
			await page.keyboard.insertText(text);
		};
		await page.goto('/');
		await tap(page.getByRole('link', {name: 'Two minutes of debrief'}));
		for (const [who, text] of TALKED)
			await type(page.getByRole('textbox', {name: who}).first(), text);
		await type(page.getByRole('textbox', {name: 'Why would it be a good match?'}).first(), FIT);
		await tap(page.getByRole('radio', {name: /^in a week/}));
		await tap(page.getByRole('button', {name: 'Done: write the notes'}));
		const writeAll = page.getByRole('button', {name: 'Write all that is due'});
		await page.getByRole('heading', {name: 'Write to Globex'}).waitFor();
		if (await writeAll.isVisible())
			await tap(writeAll);
		await tap(page.getByRole('button', {name: 'Approve all 3'}));
		await page.getByRole('button', {name: 'Take it back'}).nth(2).waitFor();
		assert.deepEqual(notes(home), APPROVED);
		t.diagnostic(`${taps} taps`);
		assert.ok(taps <= TAPS_MOST, `${taps} taps`);
	});

test('the whole of writing by keys alone', async t => {
	const {home, page} = await sit(t, browser, {like: panel});
	await page.goto('/');
	await tabTo(page, page.getByRole('link', {name: 'Two minutes of debrief'}));
	await page.keyboard.press('Enter');
	for (const [who, text] of TALKED) {
		await page.getByRole('textbox', {name: who}).first().waitFor();
		await tabTo(page, page.getByRole('textbox', {name: who}).first());
		await page.keyboard.type(text);
	}
	await tabTo(page, page.getByRole('textbox', {name: 'Why would it be a good match?'}).first());
	await page.keyboard.type(FIT);
	await tabTo(page, page.getByRole('button', {name: 'Done: write the notes'}));
	await page.keyboard.press('Enter');
	await page.getByRole('heading', {name: 'Write to Globex'}).waitFor();
	const writeAll = page.getByRole('button', {name: 'Write all that is due'});
	if (await writeAll.isVisible()) {
		await tabTo(page, writeAll);
		await page.keyboard.press('Enter');
	}
	await textOf(page, 'Ada Okoro').waitFor();
	await tabTo(page, textOf(page, 'Ada Okoro'));
	await page.keyboard.press('Control+Home');
	await page.keyboard.press('End');
	await page.keyboard.type(' I recieved your card.');
	const take = page.getByRole('article', {name: /Ada Okoro/}).getByRole('button', {name: 'Say “received”'}).first();
	await take.waitFor();
	await tabTo(page, take);
	await page.keyboard.press('Enter');
	await page.waitForFunction(() => [...document.querySelectorAll('textarea')].some(({value}) => value.includes('I received your card.')));
	await tabTo(page, page.getByRole('button', {name: 'Approve all 3'}));
	await page.keyboard.press('Enter');
	await page.getByRole('button', {name: 'Take it back'}).nth(2).waitFor();
	assert.deepEqual(notes(home), APPROVED);
	await tabTo(page, page.getByRole('button', {name: 'Take it back'}).first());
	await page.keyboard.press('Enter');
	await page.getByRole('button', {name: 'Approve', exact: true}).waitFor();
	assert.equal(notes(home).filter(note => note.endsWith('ready')).length, 2);
});

test('what a careful friend would say is marked while one types, and taken by one tap', async t => {
	const {home, page} = await sit(t, browser, {like: drafted});
	await page.goto('/o/1/write');
	const note = page.getByRole('article', {name: /Huck Finn/}), text = textOf(page, 'Huck Finn');
	const before = await text.inputValue();
	await text.fill(before.replace('Globex', 'Globax'));
	await note.locator('mark', {hasText: 'Globax'}).waitFor({state: 'attached'});
	assert.match(await note.getByRole('list', {name: 'What a careful friend would say'}).innerText(), /Globax/);
	await note.getByRole('button', {name: 'Say “Globex”'}).first().click();
	assert.equal(await text.inputValue(), before);
	await note.locator('mark', {hasText: 'Globax'}).waitFor({state: 'detached'});
	await note.getByRole('button', {name: 'Undo that'}).click();
	assert.match(await text.inputValue(), /Globax/);
	await note.locator('mark', {hasText: 'Globax'}).waitFor({state: 'attached'});
	await page.waitForFunction(() => document.getElementById('saved').textContent === 'Saved.');
	assert.match(home.json(['show', 'globex']).notes.find(({to}) => to === 'finn').body, /Globax/);
});

test('two tabs write at one note: both texts are there to choose from', async t => {
	const {home, page} = await sit(t, browser, {like: drafted});
	const other = await tab(page, home);
	await page.goto('/o/1/write');
	await other.goto('/o/1/write');
	const mine = textOf(page, 'Tom Lind'), theirs = textOf(other, 'Tom Lind');
	await theirs.pressSequentially(' From the other tab.');
	await mine.pressSequentially(' From this tab.');
	// Which of them is the later to be saved is not known.
	const [asked, first, second] = await Promise.any([[page, mine, theirs], [other, theirs, mine]].map(async sides => {
		await sides[0].getByText('It was changed in another window.').waitFor();
		return sides;
	}));
	const kept = await first.inputValue(), stored = await second.inputValue();
	assert.notEqual(kept, stored);
	assert.ok((await asked.getByRole('article', {name: /Tom Lind/}).innerText()).includes(stored.trim().split('\n').at(-1).trim()), 'the other text is shown');
	await asked.getByRole('button', {name: 'Keep what I typed here'}).click();
	await asked.getByText('It was changed in another window.').waitFor({state: 'detached'});
	await asked.waitForFunction(() => document.getElementById('saved').textContent === 'Saved.');
	assert.equal(home.json(['show', 'globex']).notes.find(({to}) => to === 'lind').body.trim(), kept.trim());
});

test('the desk goes away while a note is written: nothing typed is lost', async t => {
	const {home, page} = await sit(t, browser, {like: drafted});
	await page.goto('/o/1/write');
	await home.close();
	await textOf(page, 'Tom Lind').fill('Dear Tom Lind,\n\nthank you for the talk about reports that break at night.');
	await page.getByText('Kept in this browser; the desk cannot be reached.').waitFor();
	await home.open();
	await page.goto('/o/1/write');
	assert.match(await textOf(page, 'Tom Lind').inputValue(), /reports that break at night/);
	await page.waitForFunction(() => document.getElementById('saved').textContent === 'Saved.');
	assert.match(home.json(['show', 'globex']).notes.find(({to}) => to === 'lind').body, /reports that break at night/);
});

test('the desk goes away in the middle of a debrief, and the tab is closed: nothing said is lost', async t => {
	const {home, page} = await sit(t, browser, {like: panel});
	await page.goto('/o/1/debrief');
	await page.getByRole('textbox', {name: 'Huck Finn'}).first().fill(TALKED[0][1]);
	await page.getByText('Kept.', {exact: true}).waitFor();
	await home.close();
	await page.getByRole('textbox', {name: 'Ada Okoro'}).first().fill(TALKED[1][1]);
	await page.getByText('Kept in this browser; the desk cannot be reached.').waitFor();
	const next = await tab(page, home);
	await page.close();
	await home.open();
	await next.waitForTimeout(10500); // what another window left is taken over once it is surely gone
	await next.goto('/o/1/debrief');
	assert.equal(await next.getByRole('textbox', {name: 'Huck Finn'}).first().inputValue(), TALKED[0][1]);
	assert.equal(await next.getByRole('textbox', {name: 'Ada Okoro'}).first().inputValue(), TALKED[1][1]);
	await next.getByRole('button', {name: 'Done: write the notes'}).click();
	await next.getByRole('heading', {name: 'Write to Globex'}).waitFor();
	assert.deepEqual(home.json(['show', 'globex']).debriefs[0].topics.map(({text}) => text), [TALKED[0][1], TALKED[1][1]]);
});
