-- Where an interview is: a place, a link to a video call, or both.

ALTER TABLE interview ADD COLUMN place TEXT;
ALTER TABLE interview ADD COLUMN link TEXT;
