-- What is put off, what its user was reminded of, and what a calendar server was given.

ALTER TABLE opportunity ADD COLUMN later_until INTEGER;
ALTER TABLE opportunity ADD COLUMN later_since INTEGER;

CREATE TABLE reminded (
	account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	opportunity INTEGER NOT NULL,
	what TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (account, opportunity, what)
) STRICT, WITHOUT ROWID;

CREATE TABLE published (
	account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	collection TEXT NOT NULL,
	uid TEXT NOT NULL,
	etag TEXT,
	seal TEXT NOT NULL,
	PRIMARY KEY (account, collection, uid)
) STRICT, WITHOUT ROWID;
