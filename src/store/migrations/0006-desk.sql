-- The desk in a browser: who is let in; and every text as it is searched for.

ALTER TABLE account ADD COLUMN desk_password TEXT;

CREATE TABLE access (
	account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	number INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('browser', 'token')),
	name TEXT NOT NULL,
	secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
	may_send INTEGER NOT NULL CHECK (may_send IN (0, 1)),
	created_at INTEGER NOT NULL,
	seen_at INTEGER NOT NULL,
	expires_at INTEGER,
	PRIMARY KEY (account, number),
	UNIQUE (account, secret_hash)
) STRICT;

CREATE INDEX outbox_sent ON outbox (account, sent_at) WHERE state = 'sent';

-- What can be found, and where it stands: number and part are those of the kind's own table; a mail stands under
-- opportunity 0, because it may be about none, or come to be about another.  That a note went has no text of its own.
CREATE VIEW passage_source (account, opportunity, kind, number, part, text) AS
	SELECT account, id, 'opportunity', 0, 0,
		company || coalesce(char(10) || position, '') || coalesce(char(10) || requirements, '')
	FROM opportunity
	UNION ALL
	SELECT account, opportunity, 'person', number, 0,
		name || coalesce(char(10) || email, '') || coalesce(char(10) || phone, '') || coalesce(char(10) || address, '') ||
		coalesce(char(10) || linkedin, '')
	FROM person
	UNION ALL
	SELECT account, opportunity, 'debrief', debrief, number, text FROM debrief_item
	UNION ALL
	SELECT account, opportunity, 'event', number, 0,
		kind || coalesce(' ' || step, '') || coalesce(' ' || result, '') || coalesce(' ' || says, '') ||
		coalesce(' ' || address, '')
	FROM event WHERE kind <> 'sent'
	UNION ALL
	SELECT account, opportunity, 'note', number, 0, coalesce(subject || char(10), '') || body
	FROM draft WHERE state <> 'discarded'
	UNION ALL
	SELECT account, 0, 'mail', number, 0,
		coalesce(subject || char(10), '') || coalesce(quote || char(10), '') || coalesce(from_name || ' ', '') ||
		coalesce(from_address, '')
	FROM mail;

-- A copy of it, as it is in the index.
CREATE TABLE passage (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	opportunity INTEGER NOT NULL,
	kind TEXT NOT NULL,
	number INTEGER NOT NULL,
	part INTEGER NOT NULL,
	text TEXT NOT NULL,
	UNIQUE (account, opportunity, kind, number, part)
) STRICT;

CREATE VIRTUAL TABLE passage_index USING fts5 (
	text, content = 'passage', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);

INSERT INTO passage (account, opportunity, kind, number, part, text)
	SELECT account, opportunity, kind, number, part, text FROM passage_source;
INSERT INTO passage_index (passage_index) VALUES ('rebuild');
