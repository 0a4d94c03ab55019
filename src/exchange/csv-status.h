/* csv-status.h - how far an application has come, in the words that people and programs use for it.
 *
 * For the CSV reader only.
 */
#pragma once

#include <exchange/item.h>

/* The ItemStatus of a cell; STATUS_NONE where its words say nothing that is known. */
int csv_status_find(const char *cell);
