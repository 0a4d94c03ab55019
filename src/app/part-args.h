/* part-args.h - the parameters by which a part of a long list is asked for.
 *
 * For the files of this room only.
 */
#pragma once

#include "desk.h"

/* *ret_part: limit as --limit says, else usual, and one more, so that it shows whether there are others; offset as
 * --offset says. INVALID below 1 or 0, or above most (which is at least usual). The text is left alone. */
bool part_from_args(const OpArgs *args, int usual, int most, ListPart *ret_part, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Takes the one too many off the list of what was found; true if there was one. Tells "offset" and "more". */
bool part_tell(const ListPart *part, GPtrArray *rows, Printer *printer);

#define PARAMS_PART                                                                                                    \
	{"limit", PARAM_INT, 0, "how many at most", NULL},                                                                 \
	{                                                                                                                  \
		"offset", PARAM_INT, 0, "how many of them to leave out first", NULL                                            \
	}
