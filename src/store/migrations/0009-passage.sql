-- What can be found is asked of the tables by the program's own statement: a view is read at every start of it.

DROP VIEW passage_source;
