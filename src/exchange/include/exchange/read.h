/* read.h - one entry for everything that is read: bytes in, items out.
 *
 * What the bytes are is found out from the bytes themselves (BEGIN:VCALENDAR, BEGIN:VCARD, else a sheet with columns);
 * a mail is taken apart by the room mail, and its calendar part given here.  Reads no file, asks no clock, stores
 * nothing.
 */
#pragma once

#include <base/zone.h>
#include <exchange/item.h>
#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum { DATE_ORDER_OPEN, DATE_ORDER_DAY_FIRST, DATE_ORDER_MONTH_FIRST } DateOrder;

typedef struct ReadRequest {
	const char *bytes; /* need not end in a NUL */
	size_t length;
	const char *file;       /* for messages */
	const char *charset;    /* what a mail said of its part; or NULL */
	const Zone *zone;       /* in which what floats is read, and days without a time */
	int64_t now;            /* from when on a series' next starts are listed */
	const char *const *own; /* the user's own addresses, to be left out of the people; NULL-terminated, or NULL */
	DateOrder date_order;   /* of a sheet's dates; OPEN: found out from the whole column */
} ReadRequest;

/* The items of one file in its order (a GPtrArray of Item* that frees them). What could not be read is an item with an
 * error; the rest goes in. INVALID where nothing of the whole can be read: it is empty, over LIMIT_IMPORT_BYTES, or
 * none of the formats. */
bool exchange_read(const ReadRequest *request, GPtrArray **ret_items, GError **error) G_GNUC_WARN_UNUSED_RESULT;
