/* foreign-file.h - files of other programs as items: what the op "read" shows and the op "import" takes in.
 *
 * For the files of this room only.  A calendar, cards or a sheet goes to the room exchange; a mail is taken apart by
 * the room mail, and the calendar or the cards in it go to exchange: the two rooms do not meet.
 */
#pragma once

#include "desk.h"

#include <exchange/module.h>

/* One file and what it holds. */
typedef struct ForeignFile {
	char *name;  /* as it was given */
	char *bytes; /* of an export of ours only; else NULL */
	size_t length;
	GPtrArray *items;   /* of Item; NULL where nothing could be read */
	MailIncoming *mail; /* a mail without a calendar or cards, and what it is; else NULL */
	MailVerdict *verdict;
	const MailModule *module; /* that made these two */
	GError *error;            /* why; else NULL */
} ForeignFile;

void foreign_file_free(ForeignFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ForeignFile, foreign_file_free)

/* Reads every file of the parameter "file", or, where there is none (or it is "-"), what is piped in. What cannot be
 * read has its error. The option "dates" says how the dates of sheets are meant. Of ForeignFile. */
GPtrArray *foreign_load(App *app, const OpArgs *args);

/* The other day that an open date of a sheet can be: day and month changed round. */
Day foreign_other_day(Day day);

/* The exchange room's functions, loaded when first asked for. */
bool desk_exchange_load(App *app, const ExchangeModule **ret_exchange, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How a sheet's dates can be meant, as the option "dates" has it; ends with NULL. */
extern const char *const foreign_date_orders[];

/* What an invitation's calendar is about, and when: "Interview, Tuesday 24 November, 10:00". NULL where it cannot be
 * read. Free with g_free. */
char *foreign_describe_calendar(App *app, GBytes *calendar);
