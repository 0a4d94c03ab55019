// desk.js - what every page does beyond its forms: it follows changes, lists its keys, keeps what is being typed.
// Without it everything still works.

const main = document.getElementById('main');

// ---- changes, pushed by the server ----

let dirty = false;
// What a page says of what was just done stays until the next page; all else may be shown anew.
const flash = main && main.querySelector(':scope > .flash');
const inside = (page) => [...page.children].filter((part) => part !== flash).map((part) => part.outerHTML).join('');
let shown = main ? inside(main) : '';

addEventListener('input', (event) => {
	if (event.target.form && event.target.form.method === 'post') dirty = true;
});
addEventListener('submit', () => { dirty = false; });

async function fresh() {
	const response = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-cache' });
	if (!response.ok) return null;
	return new DOMParser().parseFromString(await response.text(), 'text/html').getElementById('main');
}

// A form keeps what is in it, an open part stays open, and whoever is at a button stays there.
function take(next) {
	if (inside(next) === shown) return;
	shown = inside(next);
	const open = [...main.querySelectorAll('details[open]')].map((part) => part.id || part.querySelector('summary').textContent);
	const focus = document.activeElement && main.contains(document.activeElement) ? document.activeElement : null;
	const place = focus ? [...main.querySelectorAll('a, button, input, select, textarea, summary')].indexOf(focus) : -1;
	main.replaceChildren(...(flash ? [flash] : []), ...next.childNodes);
	for (const part of main.querySelectorAll('details'))
		if (open.includes(part.id || part.querySelector('summary').textContent)) part.open = true;
	if (place >= 0) main.querySelectorAll('a, button, input, select, textarea, summary')[place]?.focus({ preventScroll: true });
	dispatchEvent(new CustomEvent('desk-fresh'));
}

function offer() {
	if (document.getElementById('changed')) return;
	const bar = document.createElement('p');
	bar.id = 'changed';
	bar.className = 'flash changed';
	bar.setAttribute('role', 'status');
	const button = document.createElement('button');
	button.className = 'button';
	button.textContent = 'Show it';
	button.addEventListener('click', async () => { const next = await fresh(); bar.remove(); if (next) { dirty = false; take(next); } });
	bar.append('Something changed meanwhile. What you typed is still here. ', button);
	document.body.append(bar);
}

if (main && 'live' in main.dataset && !main.querySelector('[data-own-changes]')) {
	let running = false, again = false;
	const follow = async () => {
		if (running) { again = true; return; }
		running = true;
		do {
			again = false;
			try {
				const next = await fresh();
				if (next && dirty && inside(next) !== shown) offer();
				else if (next && !dirty) take(next);
			} catch { /* the desk is away; the stream says when it is back */ }
		} while (again);
		running = false;
	};
	const events = new EventSource('/events');
	events.addEventListener('change', follow);
	events.addEventListener('open', follow); // something may have changed since the page was made, or while the desk was away
	addEventListener('pagehide', () => events.close());
}

// ---- rows that grow ----

function grow(event) {
	const box = event.target.closest('[data-grow]');
	if (!box) return;
	const rows = box.querySelectorAll('.person-row');
	const last = rows[rows.length - 1];
	if (!last.contains(event.target) || !event.target.value || rows.length >= 50) return;
	const row = last.cloneNode(true);
	const number = rows.length + 1;
	for (const part of row.querySelectorAll('[id]')) part.id = part.id.replace(/\d+$/, number);
	for (const label of row.querySelectorAll('label')) label.htmlFor = label.htmlFor.replace(/\d+$/, number);
	for (const input of row.querySelectorAll('input')) input.value = '';
	box.append(row);
}
addEventListener('input', grow);

// ---- what is typed into a long form is kept until it has come in ----

// This page is what a form was answered with, and no failure.
if (sessionStorage.getItem('sent') === document.referrer && main && main.dataset.csrf && !('failed' in main.dataset)) {
	localStorage.removeItem('form ' + new URL(document.referrer).pathname);
	sessionStorage.removeItem('sent');
}

const keep = document.querySelector('form[data-keep]');
if (keep) {
	const name = 'form ' + location.pathname;
	const read = () => JSON.stringify([...new FormData(keep)].filter(([key]) => key !== 'csrf'));
	try {
		const kept = JSON.parse(localStorage.getItem(name) || '[]');
		const seen = {};
		for (const [key, value] of kept) {
			const nth = (seen[key] = (seen[key] ?? -1) + 1);
			const field = keep.querySelectorAll(`[name="${CSS.escape(key)}"]`);
			if (field.length && field[0].type === 'radio') for (const one of field) one.checked = one.value === value;
			else if (field[nth] && !field[nth].value) { field[nth].value = value; field[nth].dispatchEvent(new Event('input', { bubbles: true })); }
		}
	} catch { localStorage.removeItem(name); }
	keep.addEventListener('input', () => localStorage.setItem(name, read()));
	keep.addEventListener('submit', () => sessionStorage.setItem('sent', location.href));
}

// ---- keys ----

const keys = [
	['?', 'these keys'], ['/', 'search'], ['n', 'a new interview'], ['t', 'today'], ['b', 'the board'], ['p', 'people'],
	['c', 'the calendar'], ['j', 'the next card'], ['k', 'the one before'], ['Enter', 'on a card: what to do about it'],
];
const places = { t: '/', b: '/board', p: '/people', c: '/calendar', n: '/new' };

function help() {
	let box = document.getElementById('keys');
	if (!box) {
		box = document.createElement('dialog');
		box.id = 'keys';
		box.className = 'card';
		box.setAttribute('aria-label', 'Keys');
		const list = document.createElement('dl');
		list.className = 'keys';
		for (const [key, what] of keys) {
			const dt = document.createElement('dt'), dd = document.createElement('dd'), kbd = document.createElement('kbd');
			kbd.textContent = key;
			dt.append(kbd);
			dd.textContent = what;
			list.append(dt, dd);
		}
		const form = document.createElement('form');
		form.method = 'dialog';
		const button = document.createElement('button');
		button.className = 'button';
		button.textContent = 'Close';
		form.append(button);
		box.append(list, form);
		document.body.append(box);
	}
	box.showModal();
}

function step(by) {
	const cards = [...main.querySelectorAll('.step')];
	if (!cards.length) return;
	const at = cards.findIndex((card) => card.contains(document.activeElement));
	const card = cards[Math.max(0, Math.min(cards.length - 1, at < 0 ? (by > 0 ? 0 : cards.length - 1) : at + by))];
	(card.querySelector('.actions .primary, .actions .button') || card.querySelector('a'))?.focus();
	card.scrollIntoView({ block: 'nearest' });
}

addEventListener('keydown', (event) => {
	if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, dialog')) return;
	if (event.key === '?') help();
	else if (event.key === '/') document.getElementById('find')?.focus();
	else if (event.key === 'j') step(1);
	else if (event.key === 'k') step(-1);
	else if (places[event.key] && main?.dataset.csrf) location.assign(places[event.key]);
	else return;
	event.preventDefault();
});

// ---- the board: a card is dragged where it belongs ----

addEventListener('dragstart', (event) => {
	const card = event.target.closest?.('[data-opportunity]');
	if (!card) return;
	event.dataTransfer.setData('text/x-opportunity', card.dataset.opportunity);
	main.classList.add('dragging');
});
addEventListener('dragend', () => main?.classList.remove('dragging'));
addEventListener('dragover', (event) => {
	const column = event.target.closest?.('[data-drop]');
	if (!column || !event.dataTransfer.types.includes('text/x-opportunity')) return;
	event.preventDefault();
	column.classList.add('over');
});
addEventListener('dragleave', (event) => event.target.closest?.('[data-drop]')?.classList.remove('over'));
addEventListener('drop', (event) => {
	const column = event.target.closest?.('[data-drop]'), number = event.dataTransfer.getData('text/x-opportunity');
	if (!column || !number) return;
	event.preventDefault();
	const form = main.querySelector(`[data-opportunity="${CSS.escape(number)}"] form`);
	const button = form?.querySelector(`button[value="${column.dataset.drop}"]`);
	if (button) form.requestSubmit(button);
});
