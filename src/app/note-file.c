/* note-file.c - see note-file.h.
 */
#include "note-file.h"

#include <base/address.h>
#include <mail/module.h>
#include <string.h>

/* "<a@globex.example>" without the brackets. Free with g_free. */
static char *bare_id(const char *id)
{
	g_autofree char *bare = g_strdup(id + (id[0] == '<'));
	size_t length = strlen(bare);
	if (length > 0 && bare[length - 1] == '>')
		bare[length - 1] = '\0';
	return g_steal_pointer(&bare);
}

/* The same note, the same bytes: its id is made from what is in it. */
static bool make_id(const char *address, const char *body, char **ret_id, GError **error)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	uint8_t digest[32], random[ADDRESS_RANDOM_BYTES];
	gsize length = sizeof digest;
	g_checksum_update(sum, (const guchar *)body, -1);
	g_checksum_get_digest(sum, digest, &length);
	memcpy(random, digest, sizeof random);
	return address_new_message_id(address, random, ret_id, error);
}

static bool pick(const Case *item, int64_t draft, const Draft **ret_draft, GError **error)
{
	if (draft < 0 || draft >= (int64_t)item->record->drafts->len ||
		record_draft(item->record, (int)draft)->state == DRAFT_DISCARDED)
		return base_error_set(
			error, BASE_ERROR_MISSING, "eml", "There is no note %" G_GINT64_FORMAT " at %s.", draft,
			item->record->facts->company);
	const Draft *found = record_draft(item->record, (int)draft);
	if (found->channel != CHANNEL_EMAIL)
		return base_error_set(
			error, BASE_ERROR_INVALID, "eml", "Only an e-mail has a mail file; this note goes another way.");
	*ret_draft = found;
	return true;
}

bool note_file_tell(App *app, const Case *item, int64_t draft, Printer *printer, GError **error)
{
	const Facts *facts = item->record->facts;
	const MailModule *mail = NULL;
	const Draft *note = NULL;
	g_autofree char *id = NULL;
	GString *eml = NULL;
	if (!pick(item, draft, &note, error))
		return false;
	const OutboxRow *row = case_find_outbox(item, (int)draft);
	const Person *to = note->person == NOBODY ? NULL : facts_person(facts, note->person);
	const char *own = desk_setting(app, "mail.from"), *from = own != NULL ? own : facts->me.email;
	const char *address = row != NULL ? row->to_address : to != NULL ? to->email : NULL;
	if (from == NULL || address == NULL)
		return base_error_set(
			error, BASE_ERROR_INVALID, "eml", "A mail file needs both addresses, your own and theirs; %s is not known.",
			from == NULL ? "yours" : "theirs");
	if (row != NULL)
		id = bare_id(row->message_id);
	else if (!make_id(from, note->body, &id, error))
		return false;
	int64_t at = row != NULL && row->sent_at != TIME_NONE ? row->sent_at : app->now;
	const MailMessage message = {
		.from_name = facts->me.name,
		.from_address = from,
		.to_name = row != NULL ? row->to_name : to->name,
		.to_address = address,
		.subject = note->subject == NULL ? "" : note->subject,
		.body = note->body,
		.message_id = id,
		.date_at = at,
		.date_offset = zone_offset_at(app->zone, at),
		.user_agent = "followup",
	};
	if (!desk_mail_load(app, &mail, error) || !mail->compose(&message, &eml, error))
		return false;
	printer_document(printer, eml->str, eml->len);
	g_string_free(eml, TRUE);
	return true;
}
