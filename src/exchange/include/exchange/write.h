/* write.h - people as other programs read them: vCard 3.0 and CSV.
 *
 * The same people give the same bytes.  What stands in a field is escaped, so that it can neither add a field nor, in a
 * sheet, become a formula.
 */
#pragma once

#include <exchange/item.h>
#include <glib.h>
#include <stdbool.h>

/* The people (ItemPerson*) as vCard 3.0 (RFC 2426), lines folded, UTF-8. A person without a uid gets one made of their
 * address, else of their name and company: always the same for the same person. INVALID where one has no name and no
 * address; it says which. */
bool exchange_write_vcards(const GPtrArray *people, GString **ret_text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The people as CSV (RFC 4180) with a line of column names, UTF-8. */
bool exchange_write_people(const GPtrArray *people, GString **ret_text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
