/* today-lines.h - the agenda as people see it: tasks, by how pressing they are and by opportunity.
 *
 * For the files of this room only.  A case is only borrowed while it is added: nothing of it stays but the words.
 */
#pragma once

#include "desk.h"

#include <store/inbox.h>

typedef struct TodayLines TodayLines;

TodayLines *today_lines_new(App *app);
void today_lines_free(TodayLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TodayLines, today_lines_free)

/* From now on what may be done, but need not, is only counted: who has much to do is not shown more. */
void today_lines_set_pressing(TodayLines *lines);

/* An opportunity with something to do or to answer now; and one that has something to do later. */
void today_lines_add_due(TodayLines *lines, const Case *item);
void today_lines_add_coming(TodayLines *lines, const Case *item);

/* A mail that waits for its user's word; facts of its opportunity, or NULL. */
void today_lines_add_mail(TodayLines *lines, const InboxItem *item, const Facts *facts);

/* Says all of them, and how many were only counted; of what comes later the first few. */
void today_lines_say(TodayLines *lines, int coming_max, Printer *printer);
