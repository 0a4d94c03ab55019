// debrief.js - nothing said right after an interview is lost: every change is kept in this browser at once, and by the
// desk as soon as it can be reached.  What another window or the command line kept meanwhile is added, never replaced.

import { Kept } from './kept.js';

const form = document.getElementById('debrief');
const status = document.getElementById('kept');
const dots = document.getElementById('dots');
const local = new Kept(`followup debrief ${form.getAttribute('action')}`);
const PAUSE = 400, AGAIN = 4000;
let timer = 0, busy = false, changed = false;

const say = (text) => { if (status.textContent !== text) status.textContent = text; };

// ---- what is in the form ----

const lines = (question) => [...form.querySelectorAll('textarea')].filter((field) => field.name === question);
const unsent = ['csrf', 'mark', 'later'];
const answers = (from = form) => [...new FormData(from)].filter(([key, value]) => value !== '' && !unsent.includes(key));
const fit = (field) => { if (!CSS.supports('field-sizing', 'content')) { field.style.height = 'auto'; field.style.height = `${field.scrollHeight + 2}px`; } };

// A field that has something in it is followed by an empty one.
function grow(field) {
	fit(field);
	const all = lines(field.name), last = all[all.length - 1];
	if (last.value.trim() === '') return last;
	const next = last.cloneNode();
	next.value = '';
	next.id = `${last.id}x`;
	last.after(next);
	fit(next);
	return next;
}

function put(question, value) {
	if (lines(question).some((field) => field.value.split('\n').map((line) => line.trim()).includes(value.trim()))) return;
	const field = lines(question).find((one) => one.value.trim() === '') ?? grow(lines(question)[0]);
	field.value = value;
	grow(field);
}

// Adds what is not there yet; of a choice only where nothing is chosen.
function add(list) {
	for (const [key, value] of list) {
		const field = form.elements.namedItem(key);
		if (lines(key).length > 0) put(key, value);
		else if (field instanceof RadioNodeList && field.value === '') field.value = value;
		else if (field instanceof HTMLInputElement && field.value === '') field.value = value;
	}
}

function clear() {
	for (const field of form.querySelectorAll('textarea')) field.value = '';
	for (const field of form.querySelectorAll('input')) {
		if (field.type === 'radio') field.checked = false;
		else if (field.type === 'date') field.value = '';
	}
}

// ---- how far it is ----

const isFilled = (part) => [...part.querySelectorAll('textarea')].some((field) => field.value.trim() !== '') || part.querySelector('input:checked') !== null;

function show() {
	const parts = [...form.querySelectorAll('[data-ask]')];
	parts.forEach((part, index) => {
		part.classList.toggle('filled', isFilled(part));
		dots.children[index].classList.toggle('filled', isFilled(part));
	});
	dots.setAttribute('aria-label', `${parts.filter(isFilled).length} of ${parts.length} answered`);
}

// ---- keeping ----

const body = () => new URLSearchParams(new FormData(form));

// A desk that was closed and opened again, or a new sign-in, has another token for its forms.
async function ask() {
	const send = () => fetch(`${form.getAttribute('action')}/keep`, { method: 'POST', body: body() });
	const response = await send();
	if (response.status !== 401 && response.status !== 403) return response;
	const page = new DOMParser().parseFromString(await (await fetch(form.getAttribute('action'))).text(), 'text/html');
	const token = page.querySelector('#debrief input[name="csrf"]');
	if (token === null) throw new Error('This browser is no longer signed in; what you typed is kept. Sign in in another window, and it is saved.');
	form.elements.csrf.value = token.value;
	return send();
}

// What is kept elsewhere since comes in beside what is here.
async function merge() {
	const response = await fetch(form.getAttribute('action'));
	const page = new DOMParser().parseFromString(await response.text(), 'text/html').getElementById('debrief');
	if (!response.ok || page === null) throw new Error(response.statusText);
	add(answers(page));
	form.elements.mark.value = page.elements.mark.value;
	changed = true;
}

async function keep() {
	const response = await ask();
	if (response.status === 409) {
		await merge();
		say('What was kept elsewhere is added.');
		return;
	}
	if (!response.ok) throw new Error(response.statusText);
	form.elements.mark.value = await response.text();
	if (!changed) {
		local.forget();
		say('Kept.');
	}
}

// One at a time, until nothing is left to keep; false where the desk cannot be reached.
async function flush() {
	clearTimeout(timer);
	while (busy) await new Promise((resume) => setTimeout(resume, 50));
	busy = true;
	try {
		while (changed) {
			changed = false;
			await keep();
		}
	} catch (error) {
		changed = true;
		say(error instanceof TypeError || error.message === '' ? 'Kept in this browser; the desk cannot be reached.' : error.message);
		timer = setTimeout(flush, AGAIN);
	} finally {
		busy = false;
	}
	return !changed;
}

function touch(event) {
	const field = event.target;
	if (field instanceof HTMLTextAreaElement) grow(field);
	else if (field.type === 'date' && field.value !== '') field.closest('.pick').querySelector('[type=radio]').checked = true;
	changed = true;
	local.save({ mark: form.elements.mark.value, answers: answers() });
	show();
	clearTimeout(timer);
	timer = setTimeout(flush, PAUSE);
}

function begin() {
	for (const part of form.querySelectorAll('[data-ask]')) {
		const dot = document.createElement('span');
		dot.className = 'dot';
		dots.append(dot);
		part.querySelectorAll('textarea').forEach(fit);
	}
	dots.setAttribute('role', 'img');
	dots.hidden = false;
	const left = local.take();
	if (left !== null) {
		if (left.mark === form.elements.mark.value) clear();
		add(left.answers);
		changed = true;
		flush();
	}
	show();
}

form.addEventListener('input', touch);
form.addEventListener('change', touch);
form.addEventListener('submit', async (event) => {
	event.preventDefault();
	const button = form.querySelector('button.primary');
	button.disabled = true;
	if (await flush()) form.submit();
	else button.disabled = false;
});
addEventListener('online', () => { if (changed) flush(); });
addEventListener('pagehide', () => { if (changed) navigator.sendBeacon(`${form.getAttribute('action')}/keep`, body()); });
addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
begin();
