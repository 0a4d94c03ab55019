// kept.js - what is typed and not yet with the desk, kept in this browser: for each window its own, so that none loses
// another's.  What a window left behind that is gone is found by the next one.

const OLD = 10000;

function windowName() {
	try {
		const known = sessionStorage.getItem('followup window') ?? crypto.randomUUID();
		sessionStorage.setItem('followup window', known);
		return known;
	} catch { return 'only'; }
}

export class Kept {
	constructor(name) {
		this.name = name;
		this.own = `${name} ${windowName()}`;
	}

	save(value) {
		try { localStorage.setItem(this.own, JSON.stringify({ at: Date.now(), value })); } catch { /* the desk has it soon */ }
	}

	forget() {
		try { localStorage.removeItem(this.own); } catch { /* there is none */ }
	}

	// This window's, else one that nobody has touched for a while, which is this window's then; or null.
	take() {
		try {
			const all = Object.keys(localStorage).filter((key) => key.startsWith(`${this.name} `));
			for (const key of [this.own, ...all.filter((one) => one !== this.own)]) {
				const kept = JSON.parse(localStorage.getItem(key));
				if (kept === null || (key !== this.own && Date.now() - kept.at < OLD)) continue;
				localStorage.removeItem(key);
				this.save(kept.value);
				return kept.value;
			}
		} catch { /* there is none that can be read */ }
		return null;
	}
}
