/* exchange-try.c - the room from the command line: reads files and prints their items as JSON, one a line.
 *
 * exchange-try ZONE NOW OWN-ADDRESS|- FILE...; with --count in the place of OWN-ADDRESS it prints only how many there
 * are. It is driven by scripts that hold the room against other readers, and measures nothing itself.
 */
#include <base/json-out.h>
#include <base/zone.h>
#include <exchange/module.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void key_text(JsonOut *out, const char *key, const char *value)
{
	if (value != NULL)
		json_out_key_string(out, key, value);
}

static void key_time(JsonOut *out, const char *key, int64_t at)
{
	if (at != TIME_NONE)
		json_out_key_int(out, key, at);
}

static void key_day(JsonOut *out, const char *key, Day day)
{
	char text[DAY_TEXT_BYTES];
	if (day != DAY_NONE)
		json_out_key_string(out, key, day_format(day, text));
}

static void print_person(JsonOut *out, const ItemPerson *person)
{
	key_text(out, "person_uid", person->uid);
	key_text(out, "name", person->name);
	key_text(out, "email", person->email);
	key_text(out, "phone", person->phone);
	key_text(out, "address", person->address);
	key_text(out, "linkedin", person->linkedin);
	key_text(out, "person_company", person->company);
	key_text(out, "title", person->title);
	key_text(out, "role", word_text(WORDS_ROLE, person->role));
	key_text(out, "answer", person->answer);
	if (person->organizer)
		json_out_key_bool(out, "organizer", true);
}

static void print_people(JsonOut *out, const Item *item)
{
	json_out_key(out, "people");
	json_out_array(out);
	for (guint i = 0; i < item->people->len; i++) {
		json_out_object(out);
		print_person(out, item->people->pdata[i]);
		json_out_object_end(out);
	}
	json_out_array_end(out);
}

static void print_event(JsonOut *out, const Item *item)
{
	json_out_key_int(out, "method", item->method);
	key_text(out, "uid", item->uid);
	json_out_key_int(out, "sequence", item->sequence);
	key_time(out, "stamp", item->stamp);
	key_time(out, "recurrence", item->recurrence);
	key_text(out, "summary", item->summary);
	key_text(out, "description", item->description);
	key_time(out, "start", item->start);
	key_time(out, "end", item->end);
	key_text(out, "timezone", item->zone);
	key_text(out, "timezone_said", item->zone_said);
	json_out_key_bool(out, "all_day", item->all_day);
	json_out_key_bool(out, "floating", item->floating);
	key_text(out, "rule", item->rule);
	json_out_key(out, "next");
	json_out_array(out);
	for (guint i = 0; i < item->next->len; i++)
		json_out_int(out, g_array_index(item->next, int64_t, i));
	json_out_array_end(out);
	key_text(out, "video", item->video);
	key_text(out, "interview_kind", word_text(WORDS_INTERVIEW_KIND, item->interview_kind));
}

static void print_item(const Item *item, const char *file)
{
	static const char *const kinds[] = {"unknown", "interview", "cancellation", "person", "opportunity"};
	g_autoptr(GString) text = g_string_new(NULL);
	JsonOut out = json_out(text, false);
	json_out_object(&out);
	json_out_key_string(&out, "file", file);
	json_out_key_string(&out, "kind", kinds[item->kind]);
	json_out_key_int(&out, "line", item->line);
	key_text(&out, "error", item->error);
	if (item->kind <= ITEM_CANCELLATION)
		print_event(&out, item);
	key_text(&out, "location", item->place);
	key_text(&out, "company", item->company);
	key_text(&out, "position", item->position);
	key_text(&out, "status_said", item->status_said);
	key_day(&out, "applied", item->applied);
	key_text(&out, "notes", item->notes);
	print_people(&out, item);
	json_out_object_end(&out);
	puts(text->str);
}

static int read_file(const ReadRequest *shape, const char *path, bool count)
{
	g_autofree char *bytes = NULL;
	gsize length;
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) items = NULL;
	ReadRequest request = *shape;
	if (!g_file_get_contents(path, &bytes, &length, &error)) {
		fprintf(stderr, "%s\n", error->message);
		return 1;
	}
	request.bytes = bytes;
	request.length = length;
	request.file = path;
	if (!followup_exchange_module()->read(&request, &items, &error)) {
		printf("{\"file\":\"%s\",\"failed\":true}\n", path);
		fprintf(stderr, "%s\n", error->message);
		return 0;
	}
	if (count)
		printf("%u\n", items->len);
	for (guint i = 0; !count && i < items->len; i++)
		print_item(items->pdata[i], path);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc < 5) {
		fprintf(stderr, "usage: exchange-try ZONE NOW OWN-ADDRESS|-|--count FILE...\n");
		return 2;
	}
	g_autoptr(GError) error = NULL;
	g_autoptr(Zone) zone = zone_load(argv[1], &error);
	if (zone == NULL) {
		fprintf(stderr, "%s\n", error->message);
		return 2;
	}
	const char *own[] = {argv[3], NULL};
	ReadRequest shape = {.zone = zone, .now = strtoll(argv[2], NULL, 10), .own = own};
	int failed = 0;
	for (int i = 4; i < argc; i++)
		failed |= read_file(&shape, argv[i], strcmp(argv[3], "--count") == 0);
	return failed;
}
