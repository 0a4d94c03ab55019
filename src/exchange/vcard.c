/* vcard.c - cards of people, as address books, phones and mail programs write them.
 *
 * Of several addresses the one for work (or the preferred) is taken.  A card without a beginning or an end is read all
 * the same, and said to be so; pictures are passed over.
 */
#include "format.h"

#include "content-line.h"
#include "foreign.h"
#include "guess.h"
#include "problem.h"

#include <base/error.h>
#include <base/limits.h>
#include <string.h>

enum { LINKS_MAX = 32, LINK_BYTES = 512, UID_BYTES = 256, NOTE_BYTES = 4096, NOT_THIS = -1000 };

typedef struct Link {
	char *group, *url;
} Link;

typedef struct Card {
	Item *item;
	ItemPerson *person;
	char *parts_name, *nickname, *kind, *linkedin_group;
	int email_score, phone_score, address_score;
	GArray *links; /* of Link: addresses of the web, until labels say what they are */
	int nested;    /* cards within this one */
	bool agent;    /* the line before was an AGENT, which holds a card */
} Card;

static void link_clear(void *data)
{
	Link *link = data;
	g_free(link->group);
	g_free(link->url);
}

static Card *card_new(int line)
{
	Card *card = g_new0(Card, 1);
	card->item = item_new(ITEM_PERSON, line);
	card->person = item_add_person(card->item);
	card->email_score = card->phone_score = card->address_score = NOT_THIS;
	card->links = g_array_new(FALSE, FALSE, sizeof(Link));
	g_array_set_clear_func(card->links, link_clear);
	return card;
}

static void card_free(Card *card)
{
	if (card == NULL)
		return;
	item_free(card->item);
	g_free(card->parts_name);
	g_free(card->nickname);
	g_free(card->kind);
	g_free(card->linkedin_group);
	g_array_unref(card->links);
	g_free(card);
}

static char *text_of(const ContentLine *line, size_t limit, TextKind kind)
{
	g_autofree char *text = content_unescape(line->value);
	return foreign_clean(text, limit, kind);
}

static void take_first(char **field, char *text)
{
	if (*field == NULL)
		*field = text;
	else
		g_free(text);
}

static bool has_type(const ContentLine *line, const char *type)
{
	return content_line_has(line, "TYPE", type);
}

/* How much a value is the one to take: preferred, then for work, then the first. */
static int score(const ContentLine *line)
{
	const char *number = content_line_param(line, "PREF");
	int preferred =
		number == NULL ? has_type(line, "PREF") * 100 : 101 - (int)CLAMP(g_ascii_strtoll(number, NULL, 10), 1, 100);
	return preferred + has_type(line, "WORK") * 20 - has_type(line, "HOME") * 5;
}

static void take_better(char **field, int *best, int value, char *text)
{
	if (text == NULL || value <= *best) {
		g_free(text);
		return;
	}
	g_free(*field);
	*field = text;
	*best = value;
}

static void on_name(Card *card, const ContentLine *line)
{
	take_first(&card->person->name, text_of(line, LIMIT_NAME_BYTES, TEXT_NAME));
}

/* Family; given; further; titles before; after. */
static void on_name_parts(Card *card, const ContentLine *line)
{
	static const guint order[] = {1, 2, 0};
	g_auto(GStrv) parts = content_split(line->value, ';');
	g_autoptr(GString) name = g_string_new(NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
		if (order[i] < g_strv_length(parts))
			g_string_append_printf(name, "%s ", parts[order[i]]);
	take_first(&card->parts_name, foreign_clean(name->str, LIMIT_NAME_BYTES, TEXT_NAME));
}

static void on_nickname(Card *card, const ContentLine *line)
{
	take_first(&card->nickname, text_of(line, LIMIT_NAME_BYTES, TEXT_NAME));
}

static void on_company(Card *card, const ContentLine *line)
{
	g_auto(GStrv) parts = content_split(line->value, ';');
	take_first(&card->person->company, foreign_clean(parts[0], LIMIT_NAME_BYTES, TEXT_NAME));
}

static void on_title(Card *card, const ContentLine *line)
{
	take_first(&card->person->title, text_of(line, LIMIT_NAME_BYTES, TEXT_LINE));
}

static void on_email(Card *card, const ContentLine *line)
{
	g_autofree char *text = text_of(line, LIMIT_NAME_BYTES, TEXT_NAME);
	const char *address = text != NULL && g_ascii_strncasecmp(text, "mailto:", 7) == 0 ? text + 7 : text;
	if (address == NULL || strchr(address, '@') == NULL || strpbrk(address, " <>,;") != NULL)
		return;
	take_better(&card->person->email, &card->email_score, score(line), g_strdup(address));
}

/* "tel:+1-602-555-0142;ext=7" */
static char *plain_number(const char *text)
{
	if (text == NULL || g_ascii_strncasecmp(text, "tel:", 4) != 0)
		return g_strdup(text);
	const char *start = text + 4, *extension = strstr(start, ";ext=");
	g_autofree char *number = g_strndup(start, strcspn(start, ";"));
	g_autofree char *inner = extension == NULL ? NULL : g_strndup(extension + 5, strcspn(extension + 5, ";"));
	g_autofree char *whole = text_is_blank(inner) ? g_strdup(number) : g_strdup_printf("%s ext. %s", number, inner);
	return foreign_clean(whole, LIMIT_NAME_BYTES, TEXT_NAME);
}

static void on_phone(Card *card, const ContentLine *line)
{
	static const char *const others[] = {"FAX", "PAGER", "MODEM", "BBS", "TEXTPHONE", "TELEX", "ISDN"};
	for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
		if (has_type(line, others[i]))
			return;
	g_autofree char *text = text_of(line, LIMIT_NAME_BYTES, TEXT_NAME);
	int value = score(line) + (has_type(line, "CELL") || has_type(line, "MOBILE")) * 15;
	take_better(&card->person->phone, &card->phone_score, value, plain_number(text));
}

static void append_part(GString *out, const char *part, const char *separator)
{
	g_autofree char *clean = foreign_clean(part, LIMIT_TEXT_BYTES, TEXT_BLOCK);
	if (clean == NULL)
		return;
	if (out->len > 0)
		g_string_append(out, separator);
	g_string_append(out, clean);
}

/* Box; further; street; town; region; code; country: as lines of an envelope. */
static void on_address(Card *card, const ContentLine *line)
{
	enum { BOX, FURTHER, STREET, TOWN, REGION, CODE, COUNTRY, PARTS };
	g_auto(GStrv) given = content_split(line->value, ';');
	const char *parts[PARTS] = {NULL};
	for (guint i = 0; i < PARTS && given[i] != NULL; i++)
		parts[i] = given[i];
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GString) town = g_string_new(NULL);
	append_part(out, parts[BOX], "\n");
	append_part(out, parts[FURTHER], "\n");
	append_part(out, parts[STREET], "\n");
	/* Where a region is told the code stands behind it, else before the town. */
	bool region = !text_is_blank(parts[REGION]);
	append_part(town, region ? parts[TOWN] : parts[CODE], " ");
	append_part(town, region ? parts[REGION] : parts[TOWN], region ? ", " : " ");
	append_part(town, region ? parts[CODE] : NULL, " ");
	append_part(out, town->str, "\n");
	append_part(out, parts[COUNTRY], "\n");
	take_better(
		&card->person->address, &card->address_score, score(line),
		foreign_clean(out->str, LIMIT_TEXT_BYTES, TEXT_BLOCK));
}

static void on_label(Card *card, const ContentLine *line)
{
	/* The parts of an address say more than its label; the label counts where there are none. */
	take_better(
		&card->person->address, &card->address_score, score(line) - 500, text_of(line, LIMIT_TEXT_BYTES, TEXT_BLOCK));
}

static void add_link(Card *card, const ContentLine *line, char *url)
{
	if (url == NULL || card->links->len >= LINKS_MAX) {
		g_free(url);
		return;
	}
	Link link = {g_strdup(line->group), url};
	g_array_append_val(card->links, link);
}

static void on_url(Card *card, const ContentLine *line)
{
	add_link(card, line, text_of(line, LINK_BYTES, TEXT_NAME));
}

/* A profile is a link, or only what its owner is called there. */
static void on_profile(Card *card, const ContentLine *line)
{
	bool linkedin = has_type(line, "LINKEDIN") || content_line_has(line, "SERVICE-TYPE", "LINKEDIN") ||
					g_str_has_prefix(line->name, "X-LINKEDIN");
	g_autofree char *text = text_of(line, LINK_BYTES, TEXT_NAME);
	const char *user = content_line_param(line, "X-USER");
	if (text != NULL && g_ascii_strncasecmp(text, "http", 4) == 0)
		add_link(card, line, g_steal_pointer(&text));
	else if (linkedin && text != NULL && strstr(text, "linkedin.com/") != NULL)
		add_link(card, line, g_strconcat("https://", text, NULL));
	else if (linkedin && (user != NULL || text != NULL)) {
		const char *called = user != NULL ? user : text;
		called = g_ascii_strncasecmp(called, "x-apple:", 8) == 0 ? called + 8 : called;
		add_link(card, line, g_strconcat("https://www.linkedin.com/in/", called, NULL));
	}
}

static void on_group_label(Card *card, const ContentLine *line)
{
	g_autofree char *label = g_ascii_strdown(line->value, -1);
	if (line->group != NULL && strstr(label, "linkedin") != NULL)
		take_first(&card->linkedin_group, g_strdup(line->group));
}

static void on_note(Card *card, const ContentLine *line)
{
	take_first(&card->item->notes, text_of(line, NOTE_BYTES, TEXT_BLOCK));
}

static void on_uid(Card *card, const ContentLine *line)
{
	take_first(&card->person->uid, text_of(line, UID_BYTES, TEXT_LINE));
}

static void on_kind(Card *card, const ContentLine *line)
{
	take_first(&card->kind, text_of(line, LIMIT_NAME_BYTES, TEXT_LINE));
}

typedef struct Property {
	const char *name;
	void (*take)(Card *card, const ContentLine *line);
} Property;

static const Property PROPERTIES[] = {
	{"FN", on_name},
	{"N", on_name_parts},
	{"NICKNAME", on_nickname},
	{"ORG", on_company},
	{"TITLE", on_title},
	{"ROLE", on_title},
	{"EMAIL", on_email},
	{"TEL", on_phone},
	{"ADR", on_address},
	{"LABEL", on_label},
	{"URL", on_url},
	{"X-SOCIALPROFILE", on_profile},
	{"SOCIALPROFILE", on_profile},
	{"X-LINKEDIN", on_profile},
	{"X-LINKEDIN-URL", on_profile},
	{"X-ABLABEL", on_group_label},
	{"NOTE", on_note},
	{"UID", on_uid},
	{"KIND", on_kind},
	{"X-ADDRESSBOOKSERVER-KIND", on_kind},
};

static const Property *find_property(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(PROPERTIES); i++)
		if (strcmp(name, PROPERTIES[i].name) == 0)
			return &PROPERTIES[i];
	return NULL;
}

static void set_linkedin(Card *card)
{
	for (guint i = 0; i < card->links->len; i++) {
		const Link *link = &g_array_index(card->links, Link, i);
		bool labelled = card->linkedin_group != NULL && g_strcmp0(link->group, card->linkedin_group) == 0;
		if (card->person->linkedin == NULL && (labelled || strstr(link->url, "linkedin.com/") != NULL))
			card->person->linkedin = g_strdup(link->url);
	}
}

static void set_name(Card *card)
{
	ItemPerson *person = card->person;
	char **others[] = {&card->parts_name, &card->nickname};
	for (size_t i = 0; i < G_N_ELEMENTS(others) && person->name == NULL; i++)
		person->name = g_steal_pointer(others[i]);
	if (person->name == NULL)
		person->name = guess_name(person->email);
	if (person->name == NULL)
		person->name = g_strdup(person->company);
}

static Item *card_finish(Card *card)
{
	Item *item = card->item;
	set_name(card);
	set_linkedin(card);
	card->person->role = guess_role(card->person);
	if (card->kind != NULL && g_ascii_strcasecmp(card->kind, "group") == 0) {
		item->kind = ITEM_UNKNOWN;
		item->summary = g_strdup(card->person->name);
	} else if (card->person->name == NULL && card->person->email == NULL) {
		item->error = g_strdup_printf(
			"The card on line %d has neither a name nor an e-mail address; FN or EMAIL is expected.", item->line);
	}
	return g_steal_pointer(&card->item);
}

typedef struct Reading {
	GPtrArray *items;
	Problems *problems;
	Card *card;
} Reading;

static void end_card(Reading *reading)
{
	if (reading->card == NULL)
		return;
	g_ptr_array_add(reading->items, card_finish(reading->card));
	g_clear_pointer(&reading->card, card_free);
	problems_hand_over(reading->problems, reading->items);
}

static void end_unended(Reading *reading)
{
	if (reading->card == NULL)
		return;
	int line = reading->card->item->line;
	problems_add(reading->problems, line, "The card that begins on line %d is not ended; END:VCARD is expected.", line);
	end_card(reading);
}

static void begin_card(Reading *reading, int line)
{
	if (reading->card != NULL && reading->card->agent) {
		reading->card->nested++;
		reading->card->agent = false;
		return;
	}
	end_unended(reading);
	reading->card = card_new(line);
}

/* A property outside of any card begins one, if it is one that cards have. */
static void begin_by_property(Reading *reading, const ContentLine *line)
{
	if (find_property(line->name) == NULL && strcmp(line->name, "VERSION") != 0)
		return;
	problems_add(
		reading->problems, line->number, "The card on line %d has no beginning; BEGIN:VCARD is expected.",
		line->number);
	reading->card = card_new(line->number);
}

static void add_property(Reading *reading, const ContentLine *line)
{
	Card *card = reading->card;
	if (card->nested > 0)
		return;
	card->agent =
		strcmp(line->name, "AGENT") == 0 && (line->value[0] == '\0' || content_line_is(line, "AGENT", "BEGIN:VCARD"));
	if (card->agent && line->value[0] != '\0') {
		card->nested = 1;
		card->agent = false;
	}
	const Property *property = find_property(line->name);
	if (property != NULL)
		property->take(card, line);
}

static void read_line(Reading *reading, const ContentLine *line)
{
	if (content_line_is(line, "BEGIN", "VCARD")) {
		begin_card(reading, line->number);
	} else if (content_line_is(line, "END", "VCARD")) {
		if (reading->card != NULL && reading->card->nested > 0)
			reading->card->nested--;
		else
			end_card(reading);
	} else if (line->fault != NULL) {
		problems_add(reading->problems, line->number, "Line %d (“%s”) %s.", line->number, line->name, line->fault);
	} else {
		if (reading->card == NULL)
			begin_by_property(reading, line);
		if (reading->card != NULL)
			add_property(reading, line);
	}
}

static void read_all(Reading *reading, const ReadRequest *request, const char *bytes, size_t length)
{
	LineReader lines = line_reader(bytes, length, request->charset);
	g_autoptr(ContentLine) line = content_line_new();
	while (!problems_are_too_many(reading->problems) && line_reader_next(&lines, line)) {
		read_line(reading, line);
		if (reading->items->len < LIMIT_IMPORT_ITEMS)
			continue;
		problems_add(
			reading->problems, line->number,
			"%s has more than %d entries; what comes after line %d was not read, divide it into smaller files.",
			request->file, LIMIT_IMPORT_ITEMS, line->number);
		break;
	}
	end_unended(reading);
	problems_end(reading->problems, reading->items);
}

bool vcard_read(const ReadRequest *request, GPtrArray *items, GError **error)
{
	g_autoptr(GString) wide = foreign_from_utf16(request->bytes, request->length);
	g_autoptr(Problems) problems = problems_new();
	Reading reading = {.items = items, .problems = problems};
	read_all(&reading, request, wide == NULL ? request->bytes : wide->str, wide == NULL ? request->length : wide->len);
	return items->len > 0 ||
		   base_error_set(
			   error, BASE_ERROR_INVALID, request->file, "%s holds no card; BEGIN:VCARD is expected.", request->file);
}
