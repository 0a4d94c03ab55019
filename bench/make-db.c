/* make-db.c - a store with as many opportunities as asked for, made of invented people and firms: for measuring.
 *
 * usage: make-db PATH COUNT DUE NOW
 *
 * DUE of the COUNT opportunities, spread evenly, have something to do at NOW (Unix seconds): their last interview, with
 * one person, ended a few hours before.  Of the others one in three waits for a day after NOW, the rest is over.  The
 * same arguments give the same rows.
 */
#include <stdio.h>
#include <stdlib.h>
#include <store/store.h>
#include <string.h>

#define HOUR 3600
#define DAY (24 * HOUR)

enum { BATCH = 1000 };

static const char *const FIRMS[] = {"Globex", "Initech", "Umbrella", "Hooli", "Acme", "Vandelay", "Stark", "Wonka"};
static const char *const TRADES[] = {"Logistics", "Foods", "Energy", "Textiles", "Software", "Insurance", "Optics"};
static const char *const POSITIONS[] = {"Data analyst", "Baker", "Accountant", "Nurse", "Welder", "Web developer"};
static const char *const FIRST[] = {"Huck", "Ada", "Zoë", "Ravi", "Mei", "Omar", "Ingrid", "Tomás", "Wanjiru"};
static const char *const LAST[] = {"Finn",   "Okoro", "Lind",  "Patel", "Chen",
								   "Haddad", "Berg",  "Silva", "Kamau", "Novak"};
static const char *const ZONES[] = {"America/Phoenix", "Europe/Berlin", "Asia/Tokyo"};
static const char *const TALKED[] = {
	"moving the forecast off spreadsheets before the spring season begins",
	"how the night shift hands over to the day shift, and what gets lost",
	"the new warehouse in the north and who will run its first year",
	"why the last release took three months longer than planned",
};
static const char BODY[] =
	"Dear %s,\n\n"
	"Thank you for taking the time to speak with me today about the position of %s. I enjoyed hearing about %s, and "
	"have thought about it since.\n\n"
	"In my last position I worked on something very close to it: we began with two people and a whiteboard, and after "
	"half a year the numbers came in by themselves every Monday. I would like to do the same with your team, and "
	"believe that I could be useful from the first week on.\n\n"
	"If there is anything else that would help you decide, I am glad to send it.\n\n"
	"With kind regards,\nAna Reyes\n+1 602 555 0142\n";

#define PICK(list, n) ((list)[(size_t)(n) % G_N_ELEMENTS(list)])

/* What one opportunity is made for. */
typedef struct Plot {
	gint64 number;
	bool due;
	bool waits;
	int64_t last_end; /* when its last interview ended */
	int64_t now;
} Plot;

static void add_people(Facts *facts, const Plot *plot)
{
	static const Role roles[] = {ROLE_HIRING_MANAGER, ROLE_INTERVIEWER, ROLE_RECRUITER};
	for (int i = 0; i < 3; i++) {
		const char *last = PICK(LAST, plot->number * 7 + i * 3);
		g_autofree char *id = g_strdup_printf("p%d", i);
		g_autofree char *name = g_strdup_printf("%s %s", PICK(FIRST, plot->number * 5 + i), last);
		g_autofree char *email = g_strdup_printf("%c%d@firm%" G_GINT64_FORMAT ".example", 'a' + i, i, plot->number);
		Person person = {
			.id = id,
			.name = name,
			.role = roles[i],
			.email = email,
			.phone = i == 0 ? "+1 602 555 0100" : NULL,
			.address = i == 0 ? "12 High Street, Springfield" : NULL};
		facts_add_person(facts, &person);
	}
}

static void add_interviews(Facts *facts, const Plot *plot)
{
	int64_t screen_end = plot->last_end - 9 * DAY;
	Interview screen = {
		.id = "screen",
		.kind = INTERVIEW_PHONE_SCREEN,
		.start = screen_end - HOUR,
		.end = screen_end,
		.promise = PROMISE_NONE};
	Interview last = {
		.id = "onsite",
		.kind = plot->due ? INTERVIEW_IN_PERSON : INTERVIEW_PANEL,
		.start = plot->last_end - HOUR,
		.end = plot->last_end,
		.promise = PROMISE_NONE};
	last.promise.decision_by = zone_to_day(facts->zone, plot->last_end + 12 * DAY, NULL);
	int recruiter = 2, manager = 0, peer = 1;
	g_array_append_val(facts_add_interview(facts, &screen)->with, recruiter);
	Interview *added = facts_add_interview(facts, &last);
	g_array_append_val(added->with, manager);
	if (!plot->due)
		g_array_append_val(added->with, peer);
}

static void add_debrief(Facts *facts, const Plot *plot)
{
	Debrief *debrief = facts_add_debrief(facts, 1, plot->last_end + HOUR / 2);
	debrief_add_topic(debrief, 0, PICK(TALKED, plot->number));
	debrief_add_topic(debrief, plot->due ? NOBODY : 1, PICK(TALKED, plot->number + 1));
	g_ptr_array_add(debrief->strong, g_strdup("the question about planning under uncertainty"));
	g_ptr_array_add(debrief->weak, g_strdup("figures of the last project were not at hand"));
	g_ptr_array_add(debrief->unsaid, g_strdup("the course in statistics finished last year"));
	g_ptr_array_add(debrief->fit, g_strdup("they need someone who writes clearly"));
}

static void add_sent(Facts *facts, int interview, int person, int64_t at)
{
	Event sent = EVENT_INIT(EVENT_SENT);
	sent.at = at;
	sent.step = STEP_THANK_YOU;
	sent.interview = interview;
	sent.person = person;
	sent.channel = CHANNEL_EMAIL;
	facts_add_event(facts, &sent);
}

static void add_events(Facts *facts, const Plot *plot)
{
	add_sent(facts, 0, 2, plot->last_end - 9 * DAY + 2 * HOUR);
	Event invited = EVENT_INIT(EVENT_REPLY);
	invited.at = plot->last_end - 6 * DAY;
	invited.person = 2;
	invited.says = SAYS_NEXT_ROUND;
	invited.promise.decision_by = zone_to_day(facts->zone, plot->last_end + 9 * DAY, NULL);
	facts_add_event(facts, &invited);
	Event talked = EVENT_INIT(EVENT_SOUNDED_OUT);
	talked.at = plot->last_end + HOUR;
	talked.interview = 1;
	facts_add_event(facts, &talked);
	if (plot->due)
		return;
	add_sent(facts, 1, 0, plot->last_end + 3 * HOUR);
	add_sent(facts, 1, 1, plot->last_end + 4 * HOUR);
	if (!plot->waits) {
		Event over = EVENT_INIT(EVENT_REJECTED);
		over.at = plot->last_end + 11 * DAY;
		facts_add_event(facts, &over);
	}
}

static void add_note(Record *record, const Plot *plot, int person, bool sent)
{
	const Facts *facts = record->facts;
	Draft *draft = record_add_draft(record);
	draft->step = STEP_THANK_YOU;
	draft->interview = 1;
	draft->person = person;
	draft->channel = CHANNEL_EMAIL;
	draft->subject = g_strdup_printf("Thank you for the talk about %s", facts->position);
	draft->body =
		g_strdup_printf(BODY, facts_person(facts, person)->name, facts->position, PICK(TALKED, plot->number + person));
	draft->state = sent ? DRAFT_USED : DRAFT_OPEN;
	draft->created_at = plot->last_end + HOUR;
	if (!sent)
		return;
	draft->approved_at = plot->last_end + 2 * HOUR;
	OutboxRow *row = record_add_outbox(record);
	row->draft = (int)record->drafts->len - 1;
	row->message_id = g_strdup_printf("<%" G_GINT64_FORMAT ".%d@followup.example>", plot->number, person);
	row->from_name = g_strdup("Ana Reyes");
	row->from_address = g_strdup("ana@example.net");
	row->to_name = g_strdup(facts_person(facts, person)->name);
	row->to_address = g_strdup(facts_person(facts, person)->email);
	row->subject = g_strdup(draft->subject);
	row->body = g_strdup(draft->body);
	row->created_at = draft->approved_at;
	row->send_at = row->sent_at = plot->last_end + 3 * HOUR;
	row->state = OUTBOX_SENT;
	row->attempts = 1;
	row->claims = 1;
	row->response = g_strdup("250 2.0.0 Ok: queued as 4F2A1");
}

static Record *make_record(const Plot *plot, Zone *zone)
{
	Facts *facts = facts_new(zone);
	facts->company = g_strdup_printf("%s %s", PICK(FIRMS, plot->number), PICK(TRADES, plot->number / 8));
	facts->position = g_strdup(PICK(POSITIONS, plot->number));
	facts->stage = STAGE_NEAR_END;
	g_ptr_array_add(facts->requirements, g_strdup("SQL"));
	g_ptr_array_add(facts->requirements, g_strdup("clear writing"));
	add_people(facts, plot);
	add_interviews(facts, plot);
	add_debrief(facts, plot);
	add_events(facts, plot);
	Record *record = record_new(ACCOUNT_SELF, facts);
	record->created_at = plot->last_end - 20 * DAY;
	if (plot->due)
		record->next_at = plot->last_end;
	else if (plot->waits)
		record->next_at = plot->now + DAY + plot->number * 61;
	add_note(record, plot, 0, !plot->due);
	if (!plot->due)
		add_note(record, plot, 1, true);
	return record;
}

static bool save_batch(Store *store, gint64 first, gint64 count, gint64 due, int64_t now, Zone **zones, GError **error)
{
	gint64 last = MIN(first + BATCH, count);
	g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func((GDestroyNotify)(void *)record_free);
	g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func((GDestroyNotify)(void *)change_free);
	for (gint64 i = first; i < last; i++) {
		Plot plot = {.number = i, .now = now, .due = due > 0 && i * due / count != (i + 1) * due / count};
		plot.waits = !plot.due && i % 3 == 0;
		plot.last_end = plot.due ? now - (4 + i % 12) * HOUR : now - (plot.waits ? 3 : 30 + i % 300) * DAY;
		Record *record = make_record(&plot, zones[i % G_N_ELEMENTS(ZONES)]);
		g_ptr_array_add(records, record);
		g_ptr_array_add(changes, change_new(record));
	}
	return store_save_many(store, changes, error);
}

static bool save_account(Store *store, GError **error)
{
	g_autoptr(Account) account = NULL;
	if (!store_account_load(store, ACCOUNT_SELF, &account, error))
		return false;
	account->zone = g_strdup(ZONES[0]);
	account->me.name = g_strdup("Ana Reyes");
	account->me.email = g_strdup("ana@example.net");
	account->me.phone = g_strdup("+1 602 555 0142");
	g_ptr_array_add(account->me.skills, g_strdup("SQL"));
	g_ptr_array_add(account->me.skills, g_strdup("forecasting"));
	return store_account_save(store, account, error);
}

static bool make_store(const char *path, gint64 count, gint64 due, int64_t now, GError **error)
{
	g_autoptr(Store) store = NULL;
	Zone *zones[G_N_ELEMENTS(ZONES)];
	for (guint i = 0; i < G_N_ELEMENTS(ZONES); i++)
		if ((zones[i] = zone_load(ZONES[i], error)) == NULL)
			return false;
	bool good = store_open(path, STORE_WRITE, &store, error) && save_account(store, error);
	for (gint64 first = 0; good && first < count; first += BATCH)
		good = save_batch(store, first, count, due, now, zones, error);
	for (guint i = 0; i < G_N_ELEMENTS(ZONES); i++)
		zone_unref(zones[i]);
	return good;
}

int main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	if (argc != 5) {
		fprintf(stderr, "usage: make-db PATH COUNT DUE NOW\n");
		return 2;
	}
	gint64 count = g_ascii_strtoll(argv[2], NULL, 10), due = g_ascii_strtoll(argv[3], NULL, 10);
	if (make_store(argv[1], count, MIN(due, count), g_ascii_strtoll(argv[4], NULL, 10), &error))
		return 0;
	fprintf(stderr, "make-db: %s\n", error->message);
	return 1;
}
