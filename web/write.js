// write.js - notes are looked over while they are written: what is typed is saved at every pause, what a careful friend
// would say is marked in the text, and one tap takes it.  Without it the same form does the same at the press of a button.

import { Kept } from './kept.js';

const PAUSE = 600, AGAIN = 4000;
const form = document.getElementById('notes');
const saved = document.getElementById('saved');
const path = form.getAttribute('action').split('?')[0];
const notes = new Map();
const say = (text) => { if (saved && saved.textContent !== text) saved.textContent = text; };
const make = (name, className, text) => { const made = document.createElement(name); made.className = className; made.textContent = text; return made; };
const button = (className, text, press) => { const made = make('button', className, text); made.type = 'button'; made.addEventListener('click', press); return made; };

// ---- places in a text that goes on changing ----

// Where a place is after an edit; null where the edit was in it.
function move(range, before, after) {
	const most = Math.min(before.length, after.length);
	let head = 0, tail = 0;
	while (head < most && before[head] === after[head]) head++;
	while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
	if (range.to <= head) return range;
	const by = after.length - before.length;
	return range.from >= before.length - tail ? { ...range, from: range.from + by, to: range.to + by } : null;
}

function readFindings(article) {
	return [...article.querySelectorAll('.finding')].map((item) => ({
		item, part: item.dataset.part, level: item.dataset.level, from: Number(item.dataset.from), to: Number(item.dataset.to),
	}));
}

// ---- the desk ----

// A desk that was closed and opened again, or a new sign-in, has another token for its forms.
async function renew() {
	const page = new DOMParser().parseFromString(await (await fetch(form.getAttribute('action'), { cache: 'no-store' })).text(), 'text/html');
	const token = page.querySelector('#notes input[name="csrf"]');
	if (token === null) throw new Error('This browser is no longer signed in; what you typed is kept. Sign in in another window, and it is saved.');
	form.elements.csrf.value = token.value;
}

async function ask(makeBody) {
	const send = () => fetch(form.getAttribute('action'), { method: 'POST', body: makeBody() });
	const response = await send();
	if (response.status !== 401 && response.status !== 403) return response;
	await renew();
	return send();
}

// ---- one note ----

class Note {
	constructor(article) {
		this.id = article.dataset.note;
		this.kept = new Kept(`followup note ${path} ${this.id}`);
		this.saving = null;
		this.bind(article);
	}

	bind(article) {
		this.article = article;
		this.text = article.querySelector('textarea');
		this.subject = article.querySelector('input[type="text"]');
		this.version = article.querySelector('input[type="hidden"]');
		this.marks = article.querySelector('.sheet-marks');
		this.dirty = false;
		this.conflict = null;
		for (const copy of article.querySelectorAll('[data-copy]')) copy.hidden = !navigator.clipboard;
		if (this.text === null) return;
		this.seen = this.text.value;
		this.ranges = readFindings(article);
		this.paint();
		this.addShow();
	}

	// The text once more behind the field, with the places of the findings in it.
	paint() {
		const text = this.text.value;
		const ranges = this.ranges.filter((range) => range.part === 'text' && range.to > range.from && range.to <= text.length).sort((a, b) => a.from - b.from || b.to - a.to);
		let at = 0;
		this.marks.replaceChildren();
		for (const range of ranges) {
			range.mark = null;
			if (range.from < at || range.to - range.from > 400) continue;
			range.mark = make('mark', range.level, text.slice(range.from, range.to));
			this.marks.append(text.slice(at, range.from), range.mark);
			at = range.to;
		}
		this.marks.append(`${text.slice(at)}\u200b`);
		for (const shown of this.article.querySelectorAll('[data-count]')) shown.textContent = text.trim().length;
		for (const preview of this.article.querySelectorAll('[data-preview-text]')) preview.textContent = text;
		for (const preview of this.article.querySelectorAll('[data-preview-subject]')) preview.textContent = this.subject?.value ?? '';
	}

	addShow() {
		for (const range of this.ranges) {
			const acts = range.item.querySelector('.finding-acts');
			if (range.mark && acts && !acts.querySelector('.show')) acts.append(button('quiet show', 'Show it', () => this.show(range)));
		}
	}

	show(range) {
		this.text.focus();
		this.text.setSelectionRange(range.from, range.to);
		range.mark?.scrollIntoView({ block: 'center' });
		this.point();
	}

	// The reason stands beside the words the caret is in.
	point() {
		const at = document.activeElement === this.text ? this.text.selectionStart : -1;
		const range = this.ranges?.find((one) => one.mark && one.from <= at && at <= one.to) ?? null;
		if (range === this.pointed && this.article.querySelector('.bubble')) return;
		this.unpoint();
		if (range === null) return;
		this.pointed = range;
		range.mark.classList.add('at');
		range.item.classList.add('at');
		const bubble = make('div', `bubble bubble-${range.level}`, '');
		bubble.append(...[...range.item.children].map((child) => child.cloneNode(true)));
		bubble.querySelector('.show')?.remove();
		bubble.style.top = `${range.mark.offsetTop + range.mark.offsetHeight + 8}px`;
		this.text.after(bubble);
	}

	unpoint() {
		this.article.querySelector('.bubble')?.remove();
		for (const one of this.article.querySelectorAll('.at')) one.classList.remove('at');
		this.pointed = null;
	}

	keep() {
		this.kept.save({ version: this.version.value, text: this.text.value, subject: this.subject?.value ?? null });
	}

	// What the last visit could not save any more.
	restore() {
		const kept = this.text === null ? null : this.kept.take();
		if (kept === null) return;
		if (kept.text === this.text.value && (this.subject === null || kept.subject === this.subject.value)) {
			this.kept.forget();
			return;
		}
		this.version.value = kept.version;
		this.text.value = kept.text;
		if (this.subject !== null && kept.subject !== null) this.subject.value = kept.subject;
		this.touch();
	}

	touch() {
		this.ranges = this.ranges.map((range) => range.part === 'text' ? move(range, this.seen, this.text.value) : range).filter((range) => range !== null);
		this.seen = this.text.value;
		this.dirty = true;
		this.unpoint();
		this.paint();
		this.keep();
		clearTimeout(this.timer);
		if (this.conflict === null) this.timer = setTimeout(() => this.save(), PAUSE);
	}

	// Other words for those of a place; what was there can be had back.
	replace(from, to, words) {
		const before = this.state();
		this.text.setRangeText(words, from, to, 'end');
		this.touch();
		this.offerUndo(before);
	}

	state() {
		return { text: this.text.value, subject: this.subject?.value };
	}

	offerUndo(before) {
		this.article.querySelector('.undo')?.remove();
		const undo = button('quiet undo', 'Undo that', () => {
			this.text.value = before.text;
			if (this.subject !== null) this.subject.value = before.subject;
			undo.remove();
			this.touch();
			this.text.focus({ preventScroll: true });
		});
		this.article.querySelector('.sheet').after(undo);
	}

	body(what) {
		const fields = new URLSearchParams({ csrf: form.elements.csrf.value, part: this.id, do: what });
		if (this.text !== null) {
			fields.set(`text ${this.id}`, this.text.value);
			fields.set(`version ${this.id}`, this.version.value);
			if (this.subject !== null) fields.set(`subject ${this.id}`, this.subject.value);
		}
		return fields;
	}

	async save() {
		while (this.saving) await this.saving;
		return !this.dirty || this.conflict !== null ? !this.dirty : this.post(`look ${this.id}`);
	}

	// One request at a time; false where it was not done.
	async post(what) {
		clearTimeout(this.timer);
		while (this.saving) await this.saving;
		this.saving = this.send(what);
		try { return await this.saving; } finally { this.saving = null; }
	}

	async send(what) {
		const sent = this.text?.value, subject = this.subject?.value;
		this.dirty = false;
		try {
			const response = await ask(() => this.body(what));
			const page = new DOMParser().parseFromString(await response.text(), 'text/html');
			const fresh = page.querySelector(`[data-note="${this.id}"]`);
			if (response.status === 404) { // it has left meanwhile; what was typed stays in this browser
				leaving = true;
				location.reload();
				return false;
			}
			if (fresh === null) throw new Error(page.querySelector('.problem, .lead')?.textContent ?? '');
			this.dirty = this.dirty || this.text?.value !== sent || this.subject?.value !== subject;
			this.take(fresh, sent, page.querySelector('body > .problem')?.textContent ?? '');
			if (response.ok && !this.dirty) {
				this.kept.forget();
				say(page.querySelector('body > .flash')?.textContent || 'Saved.');
			}
			if (this.dirty && this.conflict === null) this.timer = setTimeout(() => this.save(), PAUSE);
			return response.ok;
		} catch (error) {
			this.dirty = true;
			say(error instanceof TypeError ? 'Kept in this browser; the desk cannot be reached.' : error.message);
			this.timer = setTimeout(() => this.save(), AGAIN);
			return false;
		}
	}

	// What the desk says of the text that was sent; what was typed since stays.
	take(fresh, sent, problem) {
		const clean = !this.dirty;
		if (fresh.dataset.state !== this.article.dataset.state) {
			this.article.replaceWith(fresh);
			this.bind(fresh);
			fresh.querySelector('.note-end button')?.focus({ preventScroll: true });
		} else {
			this.takeText(fresh, sent, clean);
			this.takeParts(fresh);
		}
		if (problem !== '' && this.conflict === null) {
			const told = make('p', 'problem', problem);
			told.setAttribute('role', 'alert');
			this.article.querySelector('.note-end').prepend(told);
		}
		count();
	}

	takeText(fresh, sent, clean) {
		const theirs = fresh.querySelector('textarea'), version = fresh.querySelector('input[type="hidden"]');
		this.conflict = fresh.querySelector('[data-theirs]') === null ? null : version?.value ?? null;
		if (this.text === null || theirs === null) return;
		if (this.conflict === null) this.version.value = version.value;
		if (clean && this.conflict === null && theirs.value !== this.text.value) {
			const before = this.state();
			this.text.value = theirs.value;
			this.offerUndo(before);
		}
		if (clean && this.subject !== null) this.subject.value = fresh.querySelector('input[type="text"]').value;
		const now = this.text.value, base = clean ? now : sent;
		this.ranges = readFindings(fresh).map((range) => range.part === 'text' ? move(range, base, now) : range).filter((range) => range !== null);
		this.seen = now;
	}

	takeParts(fresh) {
		const focus = this.article.contains(document.activeElement) ? document.activeElement : null;
		const same = (one) => focus !== null && one.tagName === focus.tagName && one.value === focus.value && one.getAttribute('href') === focus.getAttribute('href') && one.className === focus.className;
		this.unpoint();
		for (const part of fresh.querySelectorAll('[data-live]')) {
			const old = this.article.querySelector(`[data-live="${part.dataset.live}"]`);
			if (old === null) continue;
			old.replaceWith(part);
			for (const copy of part.querySelectorAll('[data-copy]')) copy.hidden = !navigator.clipboard;
			if (focus !== null && !focus.isConnected && document.activeElement !== this.text)
				([...part.querySelectorAll('button, a')].find(same) ?? part).focus({ preventScroll: true });
		}
		if (this.text === null) return;
		this.paint();
		this.addShow();
		this.point();
	}

	keepMine() {
		this.version.value = this.conflict;
		this.conflict = null;
		this.dirty = true;
		this.save();
	}

	takeTheirs() {
		const theirs = this.article.querySelector('[data-theirs]'), before = this.state();
		this.version.value = this.conflict;
		this.conflict = null;
		this.text.value = theirs.textContent;
		if (this.subject !== null) this.subject.value = theirs.dataset.subject;
		this.seen = this.text.value;
		this.ranges = [];
		this.paint();
		this.post(`look ${this.id}`);
		this.offerUndo(before);
	}
}

// ---- all of them ----

function count() {
	const all = document.getElementById('approve-all'), left = form.querySelectorAll('button.primary[value^="approve "]').length;
	if (all === null) return;
	all.hidden = left === 0;
	all.closest('.bar').classList.toggle('bar-quiet', left === 0);
	all.textContent = left === 1 ? 'Approve it' : `Approve all ${left}`;
}

function begin() {
	for (const article of form.querySelectorAll('[data-note]')) {
		const note = new Note(article);
		notes.set(note.id, note);
		note.restore();
	}
	count();
}

const noteOf = (element) => notes.get(element.closest('[data-note]')?.dataset.note);
const isBusy = () => [...notes.values()].some((note) => note.dirty || note.saving || note.conflict !== null);

async function saveAll() {
	const done = await Promise.all([...notes.values()].map((note) => note.save()));
	return done.every((good) => good);
}

// "Why?": what the rule is about, below the finding, and away again.
async function explain(link) {
	const told = link.closest('.finding, .bubble').querySelector('.rule-text');
	if (told !== null) { told.remove(); return; }
	const response = await fetch(link.href);
	const page = new DOMParser().parseFromString(await response.text(), 'text/html');
	link.closest('.finding, .bubble').append(make('p', 'rule-text tiny', page.querySelector('.rule-text')?.textContent ?? ''));
}

// A suggestion is taken where its words are now; where they were changed meanwhile the desk looks for them.
function takeSuggestion(note, pressed) {
	const n = pressed.closest('.bubble') ? note.pointed : note.ranges.find((range) => range.item.contains(pressed));
	if (!n || n.part !== 'text' || note.conflict !== null) return false;
	const inText = pressed.closest('.bubble') !== null;
	const isEnd = n.from === n.to && n.from === note.text.value.length;
	note.replace(n.from, n.to, (isEnd ? '\n\n' : '') + pressed.dataset.say);
	if (inText) note.text.focus({ preventScroll: true });
	return true;
}

async function press(event) {
	const link = event.target.closest('a[data-rule], a[data-take-theirs]');
	const pressed = event.target.closest('button[name="do"], button[data-copy]');
	const note = noteOf(event.target);
	if (link?.dataset.rule) {
		event.preventDefault();
		explain(link);
	} else if (link && note) {
		event.preventDefault();
		note.takeTheirs();
	} else if (pressed?.dataset.copy && note) {
		await navigator.clipboard.writeText(note.text.value);
		say('Copied.');
	} else if (pressed?.dataset.mine && note) {
		event.preventDefault();
		note.keepMine();
	} else if (pressed && note && !/^(done|send) /.test(pressed.value)) {
		event.preventDefault();
		if (!(pressed.dataset.say && takeSuggestion(note, pressed)) && (note.conflict === null)) note.post(pressed.value);
	}
}

// What is about all notes goes as a form does, once every text is saved.
let leaving = false;
form.addEventListener('submit', async (event) => {
	if (leaving) return;
	event.preventDefault();
	const pressed = event.submitter;
	if (await saveAll()) {
		await new Promise((resume) => setTimeout(resume)); // a form is not sent again while it is being sent
		leaving = true;
		form.requestSubmit(pressed);
	}
});
form.addEventListener('click', press);
form.addEventListener('input', (event) => noteOf(event.target)?.touch());
form.addEventListener('keydown', (event) => { if (event.key === 'Escape') noteOf(event.target)?.unpoint(); });
document.addEventListener('selectionchange', () => { for (const note of notes.values()) if (note.text !== null && document.activeElement === note.text) note.point(); });
form.addEventListener('focusout', (event) => {
	const note = noteOf(event.target);
	if (note && !(event.relatedTarget && event.relatedTarget.closest('.bubble'))) setTimeout(() => { if (!note.article.querySelector('.bubble')?.contains(document.activeElement) && document.activeElement !== note.text) note.unpoint(); }, 150);
});
addEventListener('pagehide', () => { for (const note of notes.values()) if ((note.dirty || note.saving) && note.text !== null && note.conflict === null && !leaving) navigator.sendBeacon(form.getAttribute('action'), note.body(`look ${note.id}`)); });
addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });

// ---- changes from elsewhere ----

let shown = '';

async function follow() {
	if (isBusy() || leaving) { setTimeout(follow, PAUSE); return; }
	const response = await fetch(form.getAttribute('action'), { cache: 'no-store' });
	const text = await response.text();
	if (!response.ok || isBusy()) return;
	const fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('notes');
	if (fresh === null || fresh.innerHTML === shown) return;
	shown = fresh.innerHTML;
	const ids = (of) => [...of.querySelectorAll('[data-note]')].map((one) => `${one.dataset.note} ${one.dataset.state}`).join();
	if (ids(fresh) === ids(form) && fresh.querySelectorAll('.step').length === form.querySelectorAll('.step').length) {
		for (const article of fresh.querySelectorAll('[data-note]')) notes.get(article.dataset.note).take(article, notes.get(article.dataset.note).text?.value, '');
	} else {
		form.replaceChildren(...fresh.childNodes);
		notes.clear();
		begin();
	}
}

// A window that nobody looks at follows nothing: a browser opens only a few connections to one place.
let soon = 0, events = null;
function listen() {
	if (document.hidden) {
		events?.close();
		events = null;
	} else if (events === null) {
		events = new EventSource('/events');
		events.addEventListener('change', () => { clearTimeout(soon); soon = setTimeout(() => follow().catch(() => {}), PAUSE); });
	}
}
document.addEventListener('visibilitychange', () => { listen(); if (!document.hidden) follow().catch(() => {}); });
addEventListener('pagehide', () => events?.close());
listen();
begin();
