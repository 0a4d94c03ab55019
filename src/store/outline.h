/* outline.h - a copy of an opportunity's rows in one value, beside the opportunity: for reading many fast.
 *
 * A cache of the tables, never the truth: whoever saves an opportunity writes it anew; one of another revision, or made
 * by a program with other words or columns, is not believed, and the tables are read instead.  It leaves out bodies.
 * While a note of the opportunity is on its way there is none, because its row then changes without a save.
 */
#pragma once

#include <store/record.h>

/* What the outlines of this program begin with: made of all names of columns and words. */
guint32 outline_stamp_new(void);

/* The outline of a record as it will be stored with that revision, with these outbox rows (of OutboxRow), which must be
 * the stored ones; NULL where it must have none. */
GByteArray *outline_format(const Record *record, const GPtrArray *outbox, guint32 stamp, int64_t revision);

/* Fills the lists of a record, which are empty, from an outline. False, and the lists empty again, where it is not to
 * be believed. */
bool outline_read(Record *record, guint32 stamp, const void *bytes, size_t length);
