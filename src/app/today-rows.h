/* today-rows.h - the agenda as programs see it: every step, question, ending and what comes next, in lists.
 *
 * For the files of this room only.  A case is only borrowed while it is added: nothing of it stays but the values.
 */
#pragma once

#include "desk.h"

#include <store/inbox.h>

typedef struct TodayRows TodayRows;

TodayRows *today_rows_new(App *app);
void today_rows_free(TodayRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TodayRows, today_rows_free)

/* An opportunity with something to do or to answer now; and one that has something to do later. */
void today_rows_add_due(TodayRows *rows, const Case *item);
void today_rows_add_coming(TodayRows *rows, const Case *item);

/* A mail that waits for its user's word; facts of its opportunity, or NULL. */
void today_rows_add_mail(TodayRows *rows, const InboxItem *item, const Facts *facts);

/* When something is to do again at one of those that were added as coming; TIME_NONE where never. */
int64_t today_rows_get_next(const TodayRows *rows);

/* Tells the lists "questions", "inbox", "due", "optional", "move_on" and "coming", each in order of time; the same
 * steps as the tasks that people see, "tasks"; and "next", the first of what comes. */
void today_rows_tell(TodayRows *rows, int coming_max, Printer *printer);
