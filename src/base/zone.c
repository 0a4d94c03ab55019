/* zone.c - reads a compiled zone file (RFC 8536) into one table of changes.
 *
 * The file lists changes up to some year, and ends in a rule for all years after (a POSIX TZ string); the rule is
 * played forward to LAST_YEAR at load, so that asking is one look into the table.  An index by spans of 2^24 seconds
 * (194 days) says where to begin; a sentinel ends the walk.  The files are read here and nowhere else; TZ is not looked
 * at.
 */
#include <base/error.h>
#include <base/limits.h>
#include <base/text.h>
#include <base/zone.h>
#include <string.h>

#define LAST_YEAR (LIMIT_YEAR_MAX + 6) /* a plan runs some years beyond the last date of its facts */
#define SPAN_SHIFT 24
#define SPAN_COUNT 448         /* from 1970 into 2208 */
#define OFFSET_MAX (26 * 3600) /* RFC 8536: less than this, either way */
#define NAME_MAX_BYTES 64
#define CHANGES_MAX 4000

typedef struct Change {
	int64_t at; /* from then on */
	int offset; /* seconds east */
} Change;

struct Zone {
	int references;
	char *name;
	Change *changes; /* [0] is in force from the beginning; one more than the last is at INT64_MAX */
	uint16_t spans[SPAN_COUNT];
};

/* ---- the rule at the end of a file: "EST5EDT,M3.2.0,M11.1.0" ---- */

/* A day of the year as the rule names it, and the wall-clock second of the change. */
typedef struct RuleDay {
	char form; /* 'M' month.week.weekday; 'J' day 1 to 365, never 29 February; 'D' day 0 to 365 */
	int month, week, weekday, number;
	int second;
} RuleDay;

typedef struct Rule {
	int standard, summer; /* offsets; equal where there is no summer time */
	bool has_summer;
	RuleDay begin, end; /* of summer time */
} Rule;

static bool read_number(const char **text, int maximum, int *ret_value)
{
	const char *at = *text;
	int value = 0;
	while (*at >= '0' && *at <= '9' && value <= maximum)
		value = value * 10 + (*at++ - '0');
	if (at == *text || value > maximum)
		return false;
	*text = at;
	*ret_value = value;
	return true;
}

/* "[+-]hh[:mm[:ss]]" as seconds. Hours reach to 167 either way (RFC 8536, 3.3.1). */
static bool read_duration(const char **text, int *ret_seconds)
{
	int sign = **text == '-' ? -1 : 1;
	*text += **text == '-' || **text == '+';
	int parts[3] = {0, 0, 0};
	if (!read_number(text, 167, &parts[0]))
		return false;
	for (int i = 1; i < 3 && **text == ':'; i++) {
		(*text)++;
		if (!read_number(text, 59, &parts[i]))
			return false;
	}
	*ret_seconds = sign * (parts[0] * 3600 + parts[1] * 60 + parts[2]);
	return true;
}

/* "EST" or "<+03>": at least one character; what it says is of no interest. */
static bool skip_abbreviation(const char **text)
{
	bool quoted = **text == '<';
	size_t length = quoted ? strcspn(*text, ">") + 1 : strcspn(*text, "+-,0123456789");
	if (length == 0 || length > strlen(*text))
		return false;
	*text += length;
	return true;
}

static bool read_char(const char **text, char expected)
{
	if (**text != expected)
		return false;
	(*text)++;
	return true;
}

/* ",M3.2.0/2", ",J60" or ",59" */
static bool read_rule_day(const char **text, RuleDay *day)
{
	*day = (RuleDay){.form = 'D', .second = 2 * 3600};
	if (!read_char(text, ','))
		return false;
	bool good;
	if (read_char(text, 'M')) {
		day->form = 'M';
		good = read_number(text, 12, &day->month) && day->month >= 1 && read_char(text, '.') &&
			   read_number(text, 5, &day->week) && day->week >= 1 && read_char(text, '.') &&
			   read_number(text, 6, &day->weekday);
	} else {
		if (read_char(text, 'J'))
			day->form = 'J';
		good = read_number(text, 365, &day->number) && (day->form == 'D' || day->number >= 1);
	}
	return good && (!read_char(text, '/') || read_duration(text, &day->second));
}

/* The signs of a rule are west of Greenwich, ours are east. */
static bool read_rule(const char *text, Rule *rule)
{
	*rule = (Rule){0};
	if (!skip_abbreviation(&text) || !read_duration(&text, &rule->standard))
		return false;
	rule->standard = -rule->standard;
	if (*text == '\0')
		return true;
	rule->has_summer = true;
	if (!skip_abbreviation(&text))
		return false;
	rule->summer = -(rule->standard + 3600);
	if (*text != ',' && !read_duration(&text, &rule->summer))
		return false;
	rule->summer = *text != '\0' ? -rule->summer : rule->summer;
	return read_rule_day(&text, &rule->begin) && read_rule_day(&text, &rule->end) && *text == '\0';
}

/* The second, counted from 1970 on the wall clock, of a rule's change in a year. */
static int64_t rule_day_in(const RuleDay *rule, int year)
{
	Day first = civil_to_day((Civil){year, rule->form == 'M' ? rule->month : 1, 1});
	Day day = first + rule->number;
	if (rule->form == 'J') {
		day -= !(civil_is_valid(year, 2, 29) && rule->number >= 60);
	} else if (rule->form == 'M') {
		day = first + (rule->weekday - day_weekday(first) % 7 + 7) % 7 + 7 * (rule->week - 1);
		if (day >= first + 28 && !civil_is_valid(year, rule->month, day - first + 1))
			day -= 7; /* the fifth is the last */
	}
	return (int64_t)day * DAY_SECONDS + rule->second;
}

/* ---- the table ---- */

/* Adds a change; of what was in force up to 1970 only the last is kept. */
static void add_change(GArray *changes, int64_t at, int offset)
{
	Change change = {at, offset};
	Change *last = changes->len > 0 ? &g_array_index(changes, Change, changes->len - 1) : NULL;
	if (last != NULL && at <= 0)
		last->offset = offset;
	else if (last == NULL || last->offset != offset)
		g_array_append_val(changes, change);
}

/* Plays the rule from the year of the last change in the file to LAST_YEAR. */
static void extend_by_rule(GArray *changes, const Rule *rule, int64_t after)
{
	if (!rule->has_summer)
		return;
	Day day = (Day)(MAX(after, 0) / DAY_SECONDS);
	for (int year = civil_from_day(day).year; year <= LAST_YEAR; year++) {
		Change begin = {rule_day_in(&rule->begin, year) - rule->standard, rule->summer};
		Change end = {rule_day_in(&rule->end, year) - rule->summer, rule->standard};
		bool in_order = begin.at <= end.at;
		const Change *const both[2] = {in_order ? &begin : &end, in_order ? &end : &begin};
		for (int i = 0; i < 2; i++)
			if (both[i]->at > after)
				add_change(changes, both[i]->at, both[i]->offset);
	}
}

/* The parts of one data block of a file (RFC 8536, 3.2). */
typedef struct Block {
	const unsigned char *times, *types, *infos;
	uint32_t time_count, type_count, leap_count;
	const char *rest; /* what follows the block */
} Block;

static uint32_t read_u32(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static int64_t read_i64(const unsigned char *at)
{
	return (int64_t)((uint64_t)read_u32(at) << 32 | read_u32(at + 4));
}

#define HEADER_BYTES 44

/* Finds the parts of the block whose header begins at `at`; its times have `width` bytes each. */
static bool read_block(const char *at, const char *end, size_t width, Block *block)
{
	if (end - at < HEADER_BYTES || memcmp(at, "TZif", 4) != 0 || at[4] < '2')
		return false;
	const unsigned char *header = (const unsigned char *)at;
	size_t universal = read_u32(header + 20), standard = read_u32(header + 24), leaps = read_u32(header + 28);
	size_t times = read_u32(header + 32), types = read_u32(header + 36), chars = read_u32(header + 40);
	size_t size = times * (width + 1) + types * 6 + chars + leaps * (width + 4) + standard + universal;
	if (size > (size_t)(end - at) - HEADER_BYTES)
		return false;
	*block = (Block){
		.times = header + HEADER_BYTES,
		.types = header + HEADER_BYTES + times * width,
		.infos = header + HEADER_BYTES + times * (width + 1),
		.time_count = (uint32_t)times,
		.type_count = (uint32_t)types,
		.leap_count = (uint32_t)leaps,
		.rest = at + HEADER_BYTES + size,
	};
	return true;
}

/* The offset of a type; false where there is no such type or it is beyond reason. */
static bool read_type(const Block *block, uint32_t type, int *ret_offset)
{
	if (type >= block->type_count)
		return false;
	int32_t offset = (int32_t)read_u32(block->infos + (size_t)type * 6);
	if (offset <= -OFFSET_MAX || offset >= OFFSET_MAX)
		return false;
	*ret_offset = offset;
	return true;
}

static bool read_changes(const Block *block, GArray *changes)
{
	int offset;
	if (!read_type(block, 0, &offset))
		return false;
	add_change(changes, INT64_MIN, offset);
	for (uint32_t i = 0; i < block->time_count; i++) {
		if (!read_type(block, block->types[i], &offset))
			return false;
		int64_t at = read_i64(block->times + (size_t)i * 8);
		if (at > g_array_index(changes, Change, changes->len - 1).at)
			add_change(changes, at, offset);
	}
	return true;
}

/* All changes of a file; false where it is no zone file, is damaged, or counts leap seconds. */
static bool read_file(const char *bytes, size_t length, GArray *changes)
{
	Block old, block;
	const char *end = bytes + length;
	if (!read_block(bytes, end, 4, &old) || !read_block(old.rest, end, 8, &block))
		return false;
	if (block.leap_count > 0 || block.time_count > CHANGES_MAX || !read_changes(&block, changes))
		return false;
	const char *foot = block.rest;
	const char *foot_end = foot < end && *foot == '\n' ? memchr(foot + 1, '\n', (size_t)(end - foot - 1)) : NULL;
	if (foot_end == NULL)
		return false;
	if (foot_end == foot + 1)
		return true; /* no rule: what is in force last stays */
	g_autofree char *text = g_strndup(foot + 1, (gsize)(foot_end - foot - 1));
	Rule rule;
	if (!read_rule(text, &rule))
		return false;
	uint32_t count = block.time_count;
	extend_by_rule(changes, &rule, count > 0 ? read_i64(block.times + (size_t)(count - 1) * 8) : INT64_MIN);
	return true;
}

static Zone *zone_new(const char *name, GArray *changes)
{
	Change end = {INT64_MAX, 0};
	g_array_append_val(changes, end);
	Zone *zone = g_new0(Zone, 1);
	zone->references = 1;
	zone->name = g_strdup(name);
	zone->changes = (Change *)(void *)g_array_free(changes, FALSE);
	uint16_t current = 0;
	for (int i = 0; i < SPAN_COUNT; i++) {
		while (zone->changes[current + 1].at <= (int64_t)i << SPAN_SHIFT)
			current++;
		zone->spans[i] = current;
	}
	return zone;
}

/* ---- names and files ---- */

/* Only what a name of the database is made of; and not what lies beside the zones in their folder. */
static bool name_is_plausible(const char *name)
{
	size_t length = strlen(name);
	if (length == 0 || length > NAME_MAX_BYTES || name[0] == '/' || name[0] == '-' || name[length - 1] == '/')
		return false;
	for (size_t i = 0; i < length; i++)
		if (!g_ascii_isalnum(name[i]) && strchr("_+-/", name[i]) == NULL)
			return false;
	return !g_str_has_prefix(name, "posix/") && strstr(name, "//") == NULL && strcmp(name, "posixrules") != 0 &&
		   strcmp(name, "localtime") != 0;
}

/* The folder of the database: that of TZDIR, as the C library has it, or the usual one. */
static const char *find_folder(void)
{
	const char *folder = g_getenv("TZDIR");
	return folder != NULL && folder[0] != '\0' ? folder : "/usr/share/zoneinfo";
}

static bool read_zone_file(const char *name, char **ret_bytes, gsize *ret_length)
{
	g_autofree char *path = g_strconcat(find_folder(), "/", name, NULL);
	return g_file_get_contents(path, ret_bytes, ret_length, NULL);
}

static bool refuse_name(const char *name, GError **error)
{
	if (!g_file_test(find_folder(), G_FILE_TEST_IS_DIR))
		return base_error_set(
			error, BASE_ERROR_MISSING, NULL,
			"The time zone database is not on this machine; the package tzdata, in %s, is expected.", find_folder());
	g_autofree char *shown = text_to_show(name, NAME_MAX_BYTES);
	return base_error_set(
		error, BASE_ERROR_INVALID, NULL,
		"The time zone \"%s\" does not exist; one like \"America/New_York\" is expected.", shown);
}

Zone *zone_load(const char *name, GError **error)
{
	GArray *changes = g_array_sized_new(FALSE, FALSE, sizeof(Change), 32); /* most zones of today */
	g_autofree char *bytes = NULL;
	gsize length = 0;
	if (strcmp(name, "UTC") == 0) {
		add_change(changes, INT64_MIN, 0);
		return zone_new(name, changes);
	}
	bool good = name_is_plausible(name) && read_zone_file(name, &bytes, &length) && read_file(bytes, length, changes);
	if (good)
		return zone_new(name, changes);
	g_array_unref(changes);
	refuse_name(name, error);
	return NULL;
}

Zone *zone_ref(Zone *zone)
{
	g_atomic_int_inc(&zone->references);
	return zone;
}

void zone_unref(Zone *zone)
{
	if (zone == NULL || !g_atomic_int_dec_and_test(&zone->references))
		return;
	g_free(zone->name);
	g_free(zone->changes);
	g_free(zone);
}

const char *zone_get_name(const Zone *zone)
{
	return zone->name;
}

/* ---- asking ---- */

/* The change in force at an instant. */
static const Change *find_change(const Zone *zone, int64_t at)
{
	int64_t span = at >> SPAN_SHIFT;
	const Change *change = zone->changes + zone->spans[span < 0 ? 0 : span >= SPAN_COUNT ? SPAN_COUNT - 1 : span];
	while (change[1].at <= at && change[1].at != INT64_MAX)
		change++;
	return change;
}

void zone_append_place(const Zone *zone, GString *text)
{
	const char *slash = strrchr(zone->name, '/');
	for (const char *p = slash == NULL ? zone->name : slash + 1; *p != '\0'; p++)
		g_string_append_c(text, *p == '_' ? ' ' : *p);
}

int zone_offset_at(const Zone *zone, int64_t at)
{
	return find_change(zone, at)->offset;
}

int64_t zone_to_instant(const Zone *zone, Day day, int second_of_day)
{
	int64_t wall = (int64_t)day * DAY_SECONDS + second_of_day;
	const Change *change = find_change(zone, wall - OFFSET_MAX);
	while (change[1].at != INT64_MAX && change[1].at + MAX(change[0].offset, change[1].offset) <= wall)
		change++;
	return wall - change->offset;
}

Day zone_to_day(const Zone *zone, int64_t at, int *ret_second)
{
	int64_t local = at + zone_offset_at(zone, at);
	int64_t day = local / DAY_SECONDS - (local % DAY_SECONDS < 0);
	if (ret_second != NULL)
		*ret_second = (int)(local - day * DAY_SECONDS);
	return (Day)day;
}

int zone_format(const Zone *zone, int64_t at, char buffer[STAMP_TEXT_BYTES])
{
	return stamp_format(at, zone_offset_at(zone, at), buffer);
}

int64_t zone_resolve(const Zone *zone, Stamp stamp)
{
	if (stamp.has_offset)
		return (int64_t)stamp.day * DAY_SECONDS + stamp.second - stamp.offset;
	return zone_to_instant(zone, stamp.day, stamp.second);
}
