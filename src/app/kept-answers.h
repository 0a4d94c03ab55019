/* kept-answers.h - where the answers of a debrief are kept until it is on record.
 *
 * For the files of this room only; what a door does with them is in app.h.
 */
#pragma once

#include "desk.h"

/* The file for an interview of an opportunity, beside the database; NULL where none can be made. Free with g_free. */
char *kept_answers_path(const App *app, int64_t opportunity, const char *interview);

/* Removes those of an opportunity, or (0) of all. */
void kept_answers_forget_all(const App *app, int64_t opportunity);
