/* ops.h - the ops' functions, for the table in op-table.c; one file a family.
 *
 * For the files of this room only.
 */
#pragma once

#include "desk.h"

#include <string.h>

typedef bool OpRun(App *app, const OpArgs *args, Printer *printer, GError **error);

/* The opportunity at exactly that company: with a position the one that has it, or has none yet; without, the only one
 * (INVALID where there are more). *ret_case is NULL where there is none, *ret_others how many there are at the company.
 */
bool case_find_at(App *app, const char *company, const char *position, Case **ret_case, int *ret_others, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* One that is not saved yet, in the zone of --zone. */
bool case_new(App *app, const OpArgs *args, const char *company, Case **ret_case, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* Takes over the options that describe an opportunity (position, zone, playbook, pace, stage, requirement). */
bool case_set_opportunity(App *app, Case *item, const OpArgs *args, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The drafts that the options person, step, channel, interview and draft mean, in that state, or with DRAFT_STATE_COUNT
 * in any that is still of use (open or approved). Appends indexes. */
bool case_list_drafts(App *app, const Case *item, const OpArgs *args, DraftState state, GArray *indexes, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* The same; MISSING where there is none. */
bool case_pick_drafts(App *app, const Case *item, const OpArgs *args, DraftState state, GArray *indexes, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* The only one of these. */
bool case_pick_draft(App *app, const Case *item, const OpArgs *args, int *ret_index, GError **error)
	G_GNUC_WARN_UNUSED_RESULT;

/* What to say behind an opportunity's name to mean a draft, no more than it takes: "finn --step card --interview
 * panel". Free with g_free. */
char *case_say_draft(const Case *item, int index);

/* Facts that were piped in; app->now becomes what --now says in their zone. */
bool facts_input_load(App *app, GString *input, Facts **ret_facts, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Computes every plan anew and keeps its place on the agenda. */
bool recompute_all(App *app, Printer *printer, int64_t *ret_count, GError **error) G_GNUC_WARN_UNUSED_RESULT;

OpRun op_today, op_list, op_show;                  /* op-today.c, op-list.c, op-show.c */
OpRun op_add, op_interview, op_people, op_debrief; /* op-add.c, op-interview.c, op-people.c, op-debrief.c */
OpRun op_draft, op_edit, op_review, op_approve, op_send, op_settle,
	op_deliver;                                 /* op-draft.c, op-edit.c, op-review.c, op-approve.c, op-send.c */
OpRun op_log, op_reply, op_promise, op_outcome; /* op-log.c */
OpRun op_card, op_call;                         /* op-card.c, op-call.c */
OpRun op_config, op_playbook, op_template;      /* op-config.c, op-playbook.c, op-template.c */
OpRun op_plan, op_recompute;                    /* op-plan.c, op-recompute.c */
OpRun op_export, op_backup, op_delete;          /* op-data.c */
OpRun op_read, op_import, op_undo;              /* op-read.c, op-import.c, op-undo.c */
OpRun op_classify;                              /* op-classify.c */
OpRun op_calendar, op_later;                    /* op-calendar.c, op-later.c */
OpRun op_serve, op_remind, op_service;          /* op-serve.c, op-remind.c, op-service.c */
OpRun op_compare;                                   /* op-compare.c */
OpRun op_desk, op_mcp;                          /* op-desk.c */
OpRun op_access, op_search, op_numbers;         /* op-access.c, op-search.c, op-numbers.c */
OpRun op_watch, op_inbox;                       /* op-watch.c, op-inbox.c */
