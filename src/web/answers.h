/* answers.h - the functions that answer, one for each route; a family a file.
 *
 * Each fills the visit's response, or sets an error, which is then shown as one.
 */
#pragma once

#include "desk.h"

typedef bool Answer(Visit *visit, GError **error);

/* What stands below pages. */
Answer answer_api;                                                   /* api.c */
Answer answer_openapi;                                               /* openapi.c */
Answer answer_job;                                                   /* answer-do.c */
Answer answer_sign_in, answer_sign_in_post;                          /* answer-enter.c */
Answer answer_access, answer_password, answer_new_feed, answer_feed; /* answer-access.c */

/* An op that talks to other machines, asked for on a page: it is begun, and the visitor sent to where its work is shown
 * (answer-do.c). fields: what was typed, to be shown again where it fails, "next", and "back": a page that says why it
 * failed instead. */
bool answer_with_job(Visit *visit, const Op *op, const OpArgs *args, GPtrArray *fields, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

Answer answer_enter, answer_leave;                     /* answer-enter.c */
Answer answer_asset, answer_favicon;                   /* answer-asset.c */
Answer answer_events;                                  /* answer-events.c */
Answer answer_numbers;                                 /* answer-numbers.c */
Answer answer_search;                                  /* answer-search.c */
Answer answer_compare;                                 /* answer-compare.c */
Answer answer_board, answer_people;                    /* answer-board.c */
Answer answer_calendar;                                /* answer-calendar.c */
Answer answer_import, answer_import_post;              /* answer-import.c */
Answer answer_playbooks, answer_playbook;              /* answer-playbooks.c */
Answer answer_settings, answer_settings_mail;          /* answer-settings.c */
Answer answer_opportunity, answer_person, answer_call; /* answer-opportunity.c */
/* answer-document.c */
Answer answer_call_sheet, answer_calendar_file, answer_mail_file;
Answer answer_new, answer_new_post;             /* answer-new.c */
Answer answer_inbox;                            /* answer-inbox.c */
Answer answer_today;                            /* answer-today.c */
Answer answer_commands, answer_form, answer_do; /* answer-do.c */
/* answer-debrief.c */
Answer answer_debrief_latest, answer_debrief, answer_debrief_record, answer_debrief_keep;
Answer answer_write, answer_write_post, answer_rule, answer_card; /* answer-write.c */
