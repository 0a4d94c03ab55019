/* playbook-lines.h - a playbook's file told as data, line by line, for a page that tells it as a story.
 *
 * For the files of this room only.  What the lines mean is the room plan's; here they are shown as they stand.
 */
#pragma once

#include <app/printer.h>
#include <glib.h>

typedef struct PlaybookLines PlaybookLines;

/* A text that is a playbook, which was read before without a mistake. */
PlaybookLines *playbook_lines_new(const char *text, size_t length);
void playbook_lines_free(PlaybookLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlaybookLines, playbook_lines_free)

/* The lines of the rule at an index, into the object that is open: "changes", "when", "must", "questions", and lists of
 * {if, text} for what can depend on something: "opens", "due", "closes", "not_before", "channels", "optional", "skip",
 * "reasons". What a reason puts into its gaps is said in general words. */
void tell_rule_lines(const PlaybookLines *lines, int index, Printer *printer);

/* Its two lists of asks, "asks" and "after_postponement" ({number, if, rule}), "limit", "wait" and "intervals". */
void tell_ask_lines(const PlaybookLines *lines, Printer *printer);
