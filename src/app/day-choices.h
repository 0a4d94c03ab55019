/* day-choices.h - the days that people promise most often, as a door offers them: tomorrow, Thursday, in a week.
 *
 * For the files of this room only.
 */
#pragma once

#include <app/app.h>
#include <facts/facts.h>

/* Business days of the employer's after the day of now, ascending: those of the next days, a week and two weeks from
 * now. Of DayChoice. */
GPtrArray *day_choices_new(const Facts *facts, int64_t now);
