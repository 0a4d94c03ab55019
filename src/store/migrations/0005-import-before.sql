-- What an import changed beside opportunities is kept too, so that it can be taken back.

ALTER TABLE import ADD COLUMN before TEXT;
