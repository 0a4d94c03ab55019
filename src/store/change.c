/* change.c - collects what a save is to write.
 */
#include "store-private.h"

static void clear_move(void *data)
{
	g_free(((OutboxMove *)data)->why);
}

Change *change_new(Record *record)
{
	Change *change = g_new0(Change, 1);
	change->record = record;
	change->parts = g_array_new(FALSE, FALSE, sizeof(NamedPart));
	change->moves = g_array_new(FALSE, FALSE, sizeof(OutboxMove));
	g_array_set_clear_func(change->moves, clear_move);
	return change;
}

void change_free(Change *change)
{
	if (change == NULL)
		return;
	g_array_unref(change->parts);
	g_array_unref(change->moves);
	g_free(change);
}

void change_put(Change *change, Part part, int index)
{
	NamedPart named = {part, part == PART_OPPORTUNITY ? 0 : index};
	for (guint i = 0; i < change->parts->len; i++) {
		const NamedPart *other = &g_array_index(change->parts, NamedPart, i);
		if (other->part == named.part && other->index == named.index)
			return;
	}
	g_array_append_val(change->parts, named);
}

void change_put_all(Change *change)
{
	change->all = true;
}

void change_cancel_outbox(Change *change, int index, const char *why)
{
	OutboxMove move = {.index = index, .cancel = true, .why = g_strdup(why)};
	g_array_append_val(change->moves, move);
}

void change_move_outbox(Change *change, int index, int64_t send_at)
{
	OutboxMove move = {.index = index, .send_at = send_at};
	g_array_append_val(change->moves, move);
}
