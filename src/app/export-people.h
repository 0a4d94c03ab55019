/* export-people.h - what is on record as other programs read it: a sheet of everything, people as cards.
 *
 * For the files of this room only.
 */
#pragma once

#include "archive.h"

/* A sheet (CSV, RFC 4180): a row for each opportunity and person, with how far it has come; "import" reads it back as
 * far as a sheet goes. *ret_count: opportunities. */
bool export_sheet(App *app, const ArchiveSink *sink, Printer *progress, int64_t *ret_count, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Everybody on record as a card (vCard 3.0), whoever is there twice once; a card has the same UID in every export.
 * *ret_count: cards. */
bool export_cards(App *app, const ArchiveSink *sink, Printer *progress, int64_t *ret_count, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;
