/* usage.h - how the doors of this room may use an op: what the table of ops does not say.
 *
 * Which ops only read, which talk to other machines, which are a person's alone, and what a parameter that names a file
 * means to somebody who has no way to the files of this machine.
 */
#pragma once

#include <app/op.h>
#include <glib.h>
#include <stdbool.h>

/* How the room may use an op. */
typedef enum {
	USAGE_RUN,  /* as it is */
	USAGE_SLOW, /* it may talk to a server (usage_is_slow) */
	USAGE_NOT,  /* it goes on for ever, or is about this machine: the command line's alone */
} Usage;

Usage usage_of(const Op *op);

/* True if it talks to other machines with these args, and so belongs in a process of its own. */
bool usage_is_slow(const Op *op, const OpArgs *args);

/* True if it leaves what is stored, and everything else, as it is. */
bool usage_reads(const Op *op, const OpArgs *args);

/* True if it can be asked to only read at all: what there is a GET for. */
bool usage_may_read(const Op *op);

/* True for what a person decides, or a program that may send: to approve and send notes, to say how mail is sent, to
 * let somebody in, to delete. What else there is only proposes. */
bool usage_decides(const Op *op, const OpArgs *args);

/* True for what only a person may, by a browser that is signed in: to say who else may come in, and which command of
 * this machine prints a password. */
bool usage_is_a_persons(const Op *op, const OpArgs *args);

/* True if every use of it decides: whoever may only propose need not know of it. */
bool usage_always_decides(const Op *op);

/* True if it reads what is piped in. */
bool usage_takes_input(const Op *op);

/* What a parameter of the type PARAM_FILE means here. */
typedef enum {
	FILE_GIVEN,  /* what is in it comes with the request */
	FILE_OUTPUT, /* what would be written there comes back as the answer */
	FILE_PLACE,  /* a place on this machine, by its path, that is looked for later */
} FileUse;

FileUse usage_of_file(const Op *op, const OpParam *param);

/* True if its result is always a document (a calendar, a PDF), not data. */
bool usage_is_document(const Op *op);

/* True if its result is one JSON object a line. */
bool usage_is_lines(const Op *op, const OpArgs *args);

/* INVALID if an arg would have a file of this machine read: a playbook by its path. */
bool usage_check_paths(const Op *op, const OpArgs *args, GError **error) G_GNUC_WARN_UNUSED_RESULT;
