/* watch-known.h - which mails are worth reading whole: by their headers alone, against what is on record.
 *
 * For the files of this room only.  The sets are made once a look into the mailbox, from a few small queries; asking
 * them costs the reading of the headers, and nothing of the store.
 */
#pragma once

#include "desk.h"

#include <store/inbox.h>

typedef struct Known Known;

bool known_load(App *app, Known **ret_known, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void known_free(Known *known);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Known, known_free)

/* Whether a mail with these headers may concern an opportunity: it answers a note of ours, it is by somebody on record
 * or from their company's domain (not one that everybody can have an address at), or it looks as if something came
 * back. Never where we wrote it. */
bool known_wants(const Known *known, const char *head, size_t length);

/* A note of ours by its Message-ID without brackets; NULL where it is none. */
const SentNote *known_find_note(const Known *known, const char *message_id);

/* The last note that went to an address, in lower case. */
const SentNote *known_find_note_to(const Known *known, const char *address);

/* People of an address, in lower case; and with an address under the same domain, or one above it. Of Correspondent, or
 * NULL. Borrowed. */
const GPtrArray *known_find_people(const Known *known, const char *address);
const GPtrArray *known_find_colleagues(const Known *known, const char *address);

bool known_is_own(const Known *known, const char *address);
