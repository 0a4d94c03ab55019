/* format.h - the readers of the room, one for each format, as read.c calls them.
 *
 * For the files of this room only.  Each appends its items to what is there already; one that fails leaves an error,
 * and read.c throws the items away.
 */
#pragma once

#include <exchange/read.h>

/* Reads iCalendar (RFC 5545, and vCalendar 1.0 as far as it is the same). */
bool ical_read(const ReadRequest *request, GPtrArray *items, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350). */
bool vcard_read(const ReadRequest *request, GPtrArray *items, GError **error) G_GNUC_WARN_UNUSED_RESULT;
