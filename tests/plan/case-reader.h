/* case-reader.h - reads a worked case: {"playbook", "now", "facts", …} as types of the rooms.
 *
 * Shared by the programs in this folder.
 */
#pragma once

#include <facts/facts-json.h>
#include <json-c/json.h>
#include <plan/plan.h>

typedef struct Case {
	struct json_object *json; /* the whole case */
	Facts *facts;
	Playbook *playbook;
	int64_t now;
} Case;

/* Reads a case from text; the message of *error says what is wrong with it. A playbook whose name holds a dot or a
 * slash is read from that file. */
bool case_parse(FactsReader *reader, const char *text, Case *ret_case, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void case_clear(Case *read);
