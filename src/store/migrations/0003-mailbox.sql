-- The mailbox: how far each was read, and the mails that concern an opportunity: recorded, or waiting for a word.

CREATE TABLE mailbox (
	account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	name TEXT NOT NULL,
	mark BLOB,
	read_at INTEGER NOT NULL,
	PRIMARY KEY (account, name)
) STRICT;

CREATE TABLE mail (
	account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	number INTEGER NOT NULL,
	message_id TEXT NOT NULL,
	state TEXT NOT NULL,
	kind TEXT NOT NULL,
	reason TEXT,
	at INTEGER NOT NULL,
	from_name TEXT,
	from_address TEXT,
	subject TEXT,
	says TEXT,
	decision_by TEXT,
	back_on TEXT,
	address TEXT,
	quote TEXT,
	opportunity INTEGER,
	person TEXT,
	answers TEXT,
	step TEXT,
	calendar BLOB,
	PRIMARY KEY (account, number),
	UNIQUE (account, message_id),
	FOREIGN KEY (account, opportunity) REFERENCES opportunity (account, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX mail_by_opportunity ON mail (account, opportunity);
CREATE INDEX mail_open ON mail (account, at) WHERE state = 'open';
