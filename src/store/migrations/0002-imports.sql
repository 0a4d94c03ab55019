-- The last import, so that it can be taken back, and which interview an invitation made.

CREATE TABLE import (
	account INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
	at INTEGER NOT NULL,
	name TEXT NOT NULL
) STRICT;

CREATE TABLE import_part (
	account INTEGER NOT NULL REFERENCES import (account) ON DELETE CASCADE,
	opportunity INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	before TEXT,
	PRIMARY KEY (account, opportunity),
	FOREIGN KEY (account, opportunity) REFERENCES opportunity (account, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE invitation (
	account INTEGER NOT NULL,
	opportunity INTEGER NOT NULL,
	uid TEXT NOT NULL,
	interview TEXT,
	sequence INTEGER NOT NULL,
	PRIMARY KEY (account, uid),
	FOREIGN KEY (account, opportunity) REFERENCES opportunity (account, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX invitation_by_opportunity ON invitation (account, opportunity);
