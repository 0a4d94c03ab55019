/* item.c - making and releasing what the readers yield.
 */
#include <exchange/item.h>

Item *item_new(ItemKind kind, int line)
{
	Item *item = g_new0(Item, 1);
	item->kind = kind;
	item->line = line;
	item->sequence = -1;
	item->stamp = item->recurrence = item->start = item->end = TIME_NONE;
	item->interview_kind = WORD_NONE;
	item->status = STATUS_NONE;
	item->applied = item->interviewed = item->follow_up = DAY_NONE;
	item->next = g_array_new(FALSE, FALSE, sizeof(int64_t));
	item->people = g_ptr_array_new_with_free_func((GDestroyNotify)item_person_free);
	return item;
}

void item_free(Item *item)
{
	if (item == NULL)
		return;
	char *const texts[] = {
		item->error, item->uid,   item->summary, item->description, item->zone,        item->rule, item->zone_said,
		item->place, item->video, item->company, item->position,    item->status_said, item->url,  item->notes,
	};
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		g_free(texts[i]);
	g_array_unref(item->next);
	g_ptr_array_unref(item->people);
	g_free(item);
}

ItemPerson *item_person_new(void)
{
	ItemPerson *person = g_new0(ItemPerson, 1);
	person->role = WORD_NONE;
	return person;
}

void item_person_free(ItemPerson *person)
{
	if (person == NULL)
		return;
	char *const texts[] = {
		person->uid,      person->name,    person->email, person->phone,  person->address,
		person->linkedin, person->company, person->title, person->answer,
	};
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		g_free(texts[i]);
	g_free(person);
}

ItemPerson *item_add_person(Item *item)
{
	ItemPerson *person = item_person_new();
	g_ptr_array_add(item->people, person);
	return person;
}
