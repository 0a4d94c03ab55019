-- What left lately is read in the order of an index, however much left at one time.

DROP INDEX outbox_sent;
CREATE INDEX outbox_sent ON outbox (account, sent_at, opportunity, number) WHERE state = 'sent';
