-- The first form of the store.  Every table begins with the account; what belongs to an opportunity lies together, in
-- order of its number, so that a whole opportunity is read without a sort.  docs/data.md says what the columns mean.

CREATE TABLE account (
	id INTEGER PRIMARY KEY,
	revision INTEGER NOT NULL,
	zone TEXT,
	name TEXT,
	email TEXT,
	phone TEXT,
	linkedin TEXT,
	skills TEXT,
	holidays TEXT,
	last_opportunity INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
	account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	key TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (account, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE opportunity (
	account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
	id INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	next_at INTEGER,
	created_at INTEGER NOT NULL,
	company TEXT NOT NULL,
	position TEXT,
	match_key TEXT NOT NULL,
	zone TEXT NOT NULL,
	pace TEXT NOT NULL,
	stage TEXT NOT NULL,
	requirements TEXT,
	playbook TEXT,
	outline BLOB,
	PRIMARY KEY (account, id)
) STRICT;
CREATE INDEX agenda ON opportunity (account, next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX opportunity_by_name ON opportunity (account, match_key, id);

CREATE TABLE person (
	account INTEGER NOT NULL,
	opportunity INTEGER NOT NULL,
	number INTEGER NOT NULL,
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	match_key TEXT NOT NULL,
	salutation TEXT,
	role TEXT NOT NULL,
	email TEXT,
	phone TEXT,
	address TEXT,
	linkedin TEXT,
	PRIMARY KEY (account, opportunity, number),
	FOREIGN KEY (account, opportunity) REFERENCES opportunity (account, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX person_by_name ON person (account, match_key, opportunity, number);

CREATE TABLE interview (
	account INTEGER NOT NULL,
	opportunity INTEGER NOT NULL,
	number INTEGER NOT NULL,
	id TEXT NOT NULL,
	kind TEXT NOT NULL,
	start_at INTEGER NOT NULL,
	end_at INTEGER NOT NULL CHECK (end_at >= start_at),
	decision_by TEXT,
	follow_up_after TEXT,
	process_weeks INTEGER,
	PRIMARY KEY (account, opportunity, number),
	FOREIGN KEY (account, opportunity) REFERENCES opportunity (account, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE interview_person (
	account INTEGER NOT NULL,
	opportunity INTEGER NOT NULL,
	interview INTEGER NOT NULL,
	number INTEGER NOT NULL,
	person INTEGER NOT NULL,
	PRIMARY KEY (account, opportunity, interview, number),
	FOREIGN KEY (account, opportunity) REFERENCES opportunity (account, id) ON DELETE CASCADE,
	FOREIGN KEY (account, opportunity, interview) REFERENCES interview DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (account, opportunity, person) REFERENCES person DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE debrief (
	account INTEGER NOT NULL,
	opportunity INTEGER NOT NULL,
	number INTEGER NOT NULL,
	interview INTEGER NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (account, opportunity, number),
	FOREIGN KEY (account, opportunity) REFERENCES opportunity (account, id) ON DELETE CASCADE,
	FOREIGN KEY (account, opportunity, interview) REFERENCES interview DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE debrief_item (
	account INTEGER NOT NULL,
	opportunity INTEGER NOT NULL,
	debrief INTEGER NOT NULL,
	number INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('topic', 'strong', 'weak', 'unsaid', 'fit')),
	person INTEGER CHECK (person IS NULL OR kind = 'topic'),
	text TEXT NOT NULL,
	PRIMARY KEY (account, opportunity, debrief, number),
	FOREIGN KEY (account, opportunity) REFERENCES opportunity (account, id) ON DELETE CASCADE,
	FOREIGN KEY (account, opportunity, debrief) REFERENCES debrief DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (account, opportunity, person) REFERENCES person DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
	account INTEGER NOT NULL,
	opportunity INTEGER NOT NULL,
	number INTEGER NOT NULL,
	at INTEGER NOT NULL,
	kind TEXT NOT NULL,
	step TEXT,
	interview INTEGER,
	person INTEGER,
	channel TEXT,
	result TEXT,
	says TEXT,
	decision_by TEXT,
	follow_up_after TEXT,
	process_weeks INTEGER,
	back_on TEXT,
	address TEXT,
	PRIMARY KEY (account, opportunity, number),
	FOREIGN KEY (account, opportunity) REFERENCES opportunity (account, id) ON DELETE CASCADE,
	FOREIGN KEY (account, opportunity, interview) REFERENCES interview DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (account, opportunity, person) REFERENCES person DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
	account INTEGER NOT NULL,
	opportunity INTEGER NOT NULL,
	number INTEGER NOT NULL,
	step TEXT NOT NULL,
	interview INTEGER,
	person INTEGER,
	channel TEXT NOT NULL,
	subject TEXT,
	body TEXT NOT NULL,
	state TEXT NOT NULL,
	playbook TEXT,
	variant TEXT,
	created_at INTEGER NOT NULL,
	edited_at INTEGER,
	approved_at INTEGER,
	PRIMARY KEY (account, opportunity, number),
	FOREIGN KEY (account, opportunity) REFERENCES opportunity (account, id) ON DELETE CASCADE,
	FOREIGN KEY (account, opportunity, interview) REFERENCES interview DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (account, opportunity, person) REFERENCES person DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE outbox (
	account INTEGER NOT NULL,
	opportunity INTEGER NOT NULL,
	number INTEGER NOT NULL,
	draft INTEGER,
	message_id TEXT NOT NULL,
	from_name TEXT,
	from_address TEXT NOT NULL,
	to_name TEXT,
	to_address TEXT NOT NULL,
	subject TEXT NOT NULL,
	body TEXT NOT NULL,
	in_reply_to TEXT,
	reference_ids TEXT,
	created_at INTEGER NOT NULL,
	send_at INTEGER NOT NULL,
	state TEXT NOT NULL,
	attempts INTEGER NOT NULL,
	claims INTEGER NOT NULL,
	lease_until INTEGER,
	sent_at INTEGER,
	response TEXT,
	last_error TEXT,
	review_seal TEXT,
	PRIMARY KEY (account, opportunity, number),
	UNIQUE (account, message_id),
	FOREIGN KEY (account, opportunity) REFERENCES opportunity (account, id) ON DELETE CASCADE,
	FOREIGN KEY (account, opportunity, draft) REFERENCES draft (account, opportunity, number) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX outbox_by_state ON outbox (account, state, send_at);
CREATE INDEX outbox_waiting ON outbox (send_at) WHERE state IN ('ready', 'retry');
CREATE INDEX outbox_leased ON outbox (lease_until) WHERE state IN ('claimed', 'sending');

INSERT INTO account (id, revision, last_opportunity) VALUES (1, 1, 0);
