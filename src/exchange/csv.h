/* csv.h - a sheet of applications or of people as items.
 *
 * For the files of this room only.
 */
#pragma once

#include <exchange/read.h>

/* Reads a sheet in any encoding and with any of the usual separators. INVALID where no line of it names columns that
 * are known, or it is no text at all. */
bool csv_read(const ReadRequest *request, GPtrArray *items, GError **error) G_GNUC_WARN_UNUSED_RESULT;
