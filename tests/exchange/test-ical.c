/* test-ical.c - calendars as programs write them: when, where, with whom, and what is said of the rest.
 */
#include "reading.h"

#include <base/zone.h>
#include <string.h>

/* An instant as UTC, to be read by people. */
static char *utc(int64_t at)
{
	if (at == TIME_NONE)
		return g_strdup("none");
	char text[STAMP_TEXT_BYTES];
	stamp_format(at, 0, text);
	text[16] = '\0';
	return g_strdup(text);
}

#define US_EASTERN                                                                                                     \
	"BEGIN:STANDARD\nDTSTART:16010101T020000\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\n"                                  \
	"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11\nEND:STANDARD\n"                                                \
	"BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\n"                                  \
	"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3\nEND:DAYLIGHT\n"

/* long: a table of times */
static void test_times(void)
{
	static const struct {
		const char *name, *lines, *start, *end, *zone;
	} cases[] = {
		{"UTC", "DTSTART:20261117T170000Z\nDTEND:20261117T180000Z", "2026-11-17T17:00", "2026-11-17T18:00",
		 "America/Phoenix"},
		{"floating", "DTSTART:20261117T100000\nDURATION:PT45M", "2026-11-17T17:00", "2026-11-17T17:45",
		 "America/Phoenix"},
		{"IANA name", "DTSTART;TZID=Europe/Berlin:20260717T100000", "2026-07-17T08:00", "2026-07-17T08:00",
		 "Europe/Berlin"},
		{"name with a path", "DTSTART;TZID=/globex.example/20261101_1/Europe/Berlin:20260717T100000",
		 "2026-07-17T08:00", "2026-07-17T08:00", "Europe/Berlin"},
		{"name of Windows", "DTSTART;TZID=Pacific Standard Time:20260717T100000", "2026-07-17T17:00",
		 "2026-07-17T17:00", "America/Los_Angeles"},
		{"name of Windows in quotes", "DTSTART;TZID=\"India Standard Time\":20260717T100000", "2026-07-17T04:30",
		 "2026-07-17T04:30", "Asia/Kolkata"},
		{"menu of Outlook", "DTSTART;TZID=\"(UTC-05:00) Eastern Time (US & Canada)\":20261103T100000",
		 "2026-11-03T15:00", "2026-11-03T15:00", "America/New_York"},
		{"menu without quotes", "DTSTART;TZID=(GMT+01:00) Amsterdam, Berlin, Bern:20261103T100000", "2026-11-03T09:00",
		 "2026-11-03T09:00", "Europe/Amsterdam"},
		{"towns", "DTSTART;TZID=\"Canberra, Melbourne, Sydney\":20261103T100000", "2026-11-02T23:00",
		 "2026-11-02T23:00", "Australia/Sydney"},
		{"plain offset", "DTSTART;TZID=GMT+3:20261103T100000", "2026-11-03T07:00", "2026-11-03T07:00", "Europe/Moscow"},
		{"respelled", "DTSTART;TZID=us-eastern:20261103T100000", "2026-11-03T15:00", "2026-11-03T15:00",
		 "America/New_York"},
		{"quotes in the wrong place", "DTSTART;TZID=\"Europe/Berlin:20260717T100000\"", "2026-07-17T08:00",
		 "2026-07-17T08:00", "Europe/Berlin"},
		{"UTC beside a zone", "DTSTART;TZID=Europe/Berlin:20260717T100000Z", "2026-07-17T10:00", "2026-07-17T10:00",
		 "Europe/Berlin"},
		{"written out", "DTSTART:2026-07-17T10:00:00+02:00", "2026-07-17T08:00", "2026-07-17T08:00", "America/Phoenix"},
		{"an offset behind it", "DTSTART:20260717T100000+0200", "2026-07-17T08:00", "2026-07-17T08:00",
		 "America/Phoenix"},
		{"without seconds", "DTSTART:20261117T1000Z", "2026-11-17T10:00", "2026-11-17T10:00", "America/Phoenix"},
		{"end of the day", "DTSTART:20261117T240000Z", "2026-11-18T00:00", "2026-11-18T00:00", "America/Phoenix"},
		{"all day", "DTSTART;VALUE=DATE:20261117", "2026-11-17T07:00", "2026-11-18T07:00", "America/Phoenix"},
		{"all day, not said so", "DTSTART;TZID=Europe/Berlin:20261117\nDURATION:PT86400S", "2026-11-17T07:00",
		 "2026-11-18T07:00", "America/Phoenix"},
		{"all day, three of them", "DTSTART;VALUE=DATE:20261117\nDTEND;VALUE=DATE:20261120", "2026-11-17T07:00",
		 "2026-11-20T07:00", "America/Phoenix"},
		{"all day, ending on its day", "DTSTART;VALUE=DATE:20261117\nDTEND;VALUE=DATE:20261117", "2026-11-17T07:00",
		 "2026-11-18T07:00", "America/Phoenix"},
		{"a day over the change of clocks", "DTSTART;TZID=Europe/Berlin:20261024T120000\nDURATION:P1DT1H",
		 "2026-10-24T10:00", "2026-10-25T12:00", "Europe/Berlin"},
		{"end without its zone", "DTSTART;TZID=Europe/Berlin:20260717T100000\nDTEND:20260717T110000",
		 "2026-07-17T08:00", "2026-07-17T09:00", "Europe/Berlin"},
		{"start without the end's zone", "DTSTART:20260717T100000\nDTEND;TZID=Europe/Berlin:20260717T110000",
		 "2026-07-17T08:00", "2026-07-17T09:00", "Europe/Berlin"},
		{"skipped hour", "DTSTART;TZID=Europe/Berlin:20260329T023000", "2026-03-29T01:30", "2026-03-29T01:30",
		 "Europe/Berlin"},
		{"hour that comes twice", "DTSTART;TZID=Europe/Berlin:20261025T023000", "2026-10-25T00:30", "2026-10-25T00:30",
		 "Europe/Berlin"},
		{"first of two starts", "DTSTART:20261117T170000Z\nDTSTART:20261118T170000Z", "2026-11-17T17:00",
		 "2026-11-17T17:00", "America/Phoenix"},
		{"end before the start", "DTSTART:20261117T170000Z\nDTEND:20261117T160000Z", "2026-11-17T17:00",
		 "2026-11-17T17:00", "America/Phoenix"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		g_autofree char *text = calendar_with(cases[i].lines);
		g_autoptr(GPtrArray) items = read_items(text);
		const Item *item = item_at(items, 0);
		g_autofree char *start = utc(item->start), *end = utc(item->end);
		g_assert_cmpstr(start, ==, cases[i].start);
		g_assert_cmpstr(end, ==, cases[i].end);
		g_assert_cmpstr(item->zone, ==, cases[i].zone);
		g_assert_cmpstr(item->error, ==, NULL);
	}
}

static void test_definitions(void)
{
	static const struct {
		const char *name, *zone, *parts, *local, *at, *called;
	} cases[] = {
		{"name that says nothing", "Customized Time Zone", US_EASTERN, "20260717T100000", "2026-07-17T14:00",
		 "America/New_York"},
		{"the same in winter", "Customized Time Zone", US_EASTERN, "20261217T100000", "2026-12-17T15:00",
		 "America/New_York"},
		{"skipped hour", "Ours", US_EASTERN, "20260308T023000", "2026-03-08T07:30", "America/New_York"},
		{"hour that comes twice", "Ours", US_EASTERN, "20261101T013000", "2026-11-01T05:30", "America/New_York"},
		{"name and definition agree", "Eastern Standard Time", US_EASTERN, "20260717T100000", "2026-07-17T14:00",
		 "America/New_York"},
		{"definition contradicts the name", "Europe/Berlin", US_EASTERN, "20260717T100000", "2026-07-17T14:00",
		 "America/New_York"},
		{"an old law's dates under a known name", "America/New_York",
		 "BEGIN:STANDARD\nDTSTART:19701025T020000\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\n"
		 "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\n"
		 "BEGIN:DAYLIGHT\nDTSTART:19700405T020000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\n"
		 "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=4\nEND:DAYLIGHT\n",
		 "20260320T100000", "2026-03-20T14:00", "America/New_York"},
		{"summer time is not kept here", "Europe/Berlin",
		 "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nEND:STANDARD\n",
		 "20260717T100000", "2026-07-17T09:00", "Africa/Lagos"},
		{"definition of later years only", "Europe/Berlin",
		 "BEGIN:STANDARD\nDTSTART:20300101T000000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0300\nEND:STANDARD\n",
		 "20260717T100000", "2026-07-17T08:00", "Europe/Berlin"},
		{"onsets one by one", "Ours",
		 "BEGIN:STANDARD\nDTSTART:20200101T000000\nTZOFFSETFROM:+0530\nTZOFFSETTO:+0530\nEND:STANDARD\n"
		 "BEGIN:DAYLIGHT\nDTSTART:20210101T000000\nRDATE:20210101T000000,20260601T000000\nTZOFFSETFROM:+0530\n"
		 "TZOFFSETTO:+0545\nEND:DAYLIGHT\n",
		 "20260717T100000", "2026-07-17T04:15", "Asia/Kathmandu"},
		{"a rule that has ended", "Ours",
		 "BEGIN:STANDARD\nDTSTART:19701025T020000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
		 "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10;UNTIL=20151025T000000Z\nEND:STANDARD\n"
		 "BEGIN:DAYLIGHT\nDTSTART:19700329T010000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
		 "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3;UNTIL=20160327T000000Z\nEND:DAYLIGHT\n",
		 "20261217T100000", "2026-12-17T08:00", "Africa/Johannesburg"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		/* The zone stands behind the event that needs it. */
		g_autofree char *text = g_strdup_printf(
			"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=%s:%s\nEND:VEVENT\nBEGIN:VTIMEZONE\nTZID:%s\n%sEND:VTIMEZONE\n"
			"END:VCALENDAR\n",
			cases[i].zone, cases[i].local, cases[i].zone, cases[i].parts);
		g_autoptr(GPtrArray) items = read_items(text);
		g_autofree char *at = utc(item_at(items, 0)->start);
		g_assert_cmpstr(at, ==, cases[i].at);
		g_assert_cmpstr(item_at(items, 0)->zone, ==, cases[i].called);
		g_assert_cmpuint(items->len, ==, 1);
	}
}

static void test_definitions_stay_in_their_calendar(void)
{
	g_autoptr(GPtrArray) items =
		read_items("BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Ours\n" US_EASTERN "END:VTIMEZONE\nEND:VCALENDAR\n"
				   "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=Ours:20260717T100000\nEND:VEVENT\nEND:VCALENDAR\n");
	g_assert_true(item_at(items, 0)->floating);
	g_autofree char *at = utc(item_at(items, 0)->start);
	g_assert_cmpstr(at, ==, "2026-07-17T17:00");
	g_assert_nonnull(strstr(item_at(items, 1)->error, "“Ours”"));
	g_assert_cmpint(item_at(items, 1)->line, ==, 20);
}

static void test_flags(void)
{
	g_autoptr(GPtrArray) items = read_items(
		"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261117T100000\nEND:VEVENT\n"
		"BEGIN:VEVENT\nDTSTART:20261117\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART;TZID=Eastern Standard Time:20261117T100000\n"
		"END:VEVENT\nEND:VCALENDAR\n");
	g_assert_true(item_at(items, 0)->floating && !item_at(items, 0)->all_day);
	g_assert_true(!item_at(items, 1)->floating && item_at(items, 1)->all_day);
	g_assert_cmpstr(item_at(items, 2)->zone_said, ==, "Eastern Standard Time");
	g_assert_cmpint(item_at(items, 2)->line, ==, 8);
}

static void test_series(void)
{
	static const struct {
		const char *name, *lines, *next;
	} cases[] = {
		{"weekly", "DTSTART:20260105T100000Z\nRRULE:FREQ=WEEKLY;UNTIL=20261201T000000Z", "2026-11-23 2026-11-30"},
		{"a count that ends", "DTSTART:20261112T100000Z\nRRULE:FREQ=DAILY;COUNT=6", "2026-11-17"},
		{"a count of a million", "DTSTART:19900101T100000Z\nRRULE:FREQ=DAILY;INTERVAL=365;COUNT=1000000",
		 "2026-12-23 2027-12-23 2028-12-22"},
		{"until an hour before", "DTSTART:20261110T100000Z\nRRULE:FREQ=DAILY;UNTIL=20261118T090000Z", "2026-11-17"},
		{"over", "DTSTART:20200105T100000Z\nRRULE:FREQ=WEEKLY;COUNT=4", ""},
		{"left out", "DTSTART:20261110T100000Z\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE:20261124T100000Z",
		 "2026-11-17 2026-12-01"},
		{"left out by the day", "DTSTART:20261110T100000Z\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;VALUE=DATE:20261117",
		 "2026-11-24 2026-12-01"},
		{"more dates", "DTSTART:20261110T100000Z\nRDATE:20261120T100000Z,20261119T100000Z", "2026-11-19 2026-11-20"},
		{"periods", "DTSTART:20261110T100000Z\nRDATE;VALUE=PERIOD:20261120T100000Z/PT1H", "2026-11-20"},
		{"last workday",
		 "DTSTART:20260130T100000Z\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20270101T000000Z",
		 "2026-11-30 2026-12-31"},
		{"never", "DTSTART:20260130T100000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", ""},
		{"every second", "DTSTART:20260130T100000Z\nRRULE:FREQ=SECONDLY;COUNT=1000000", ""},
		{"hours of the zone", "DTSTART;TZID=Europe/Berlin:20260105T003000\nRRULE:FREQ=WEEKLY;UNTIL=20261201",
		 "2026-11-22 2026-11-29"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		g_autofree char *text = calendar_with(cases[i].lines);
		g_autoptr(GPtrArray) items = read_items(text);
		g_autoptr(GString) next = g_string_new(NULL);
		for (guint n = 0; n < item_at(items, 0)->next->len; n++) {
			g_autofree char *at = utc(g_array_index(item_at(items, 0)->next, int64_t, n));
			g_string_append_printf(next, "%s%.10s", n ? " " : "", at);
		}
		g_assert_cmpstr(next->str, ==, cases[i].next);
		g_assert_cmpuint(items->len, ==, 1);
	}
}

static void test_override(void)
{
	g_autoptr(GPtrArray) items = read_items(
		"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:s\nDTSTART:20261110T100000Z\nRRULE:FREQ=WEEKLY;COUNT=4\nEND:VEVENT\n"
		"BEGIN:VEVENT\nUID:s\nSEQUENCE:3\nRECURRENCE-ID:20261117T100000Z\nDTSTART:20261118T150000Z\nEND:VEVENT\n"
		"BEGIN:VEVENT\nUID:s\nRECURRENCE-ID:20261201T100000Z\nDTSTART:20261201T100000Z\nSTATUS:CANCELLED\nEND:VEVENT\n"
		"END:VCALENDAR\n");
	const Item *series = item_at(items, 0), *moved = item_at(items, 1), *dropped = item_at(items, 2);
	g_assert_cmpuint(series->next->len, ==, 1);
	g_autofree char *left = utc(g_array_index(series->next, int64_t, 0)), *was = utc(moved->recurrence);
	g_assert_cmpstr(left, ==, "2026-11-24T10:00");
	g_assert_cmpstr(was, ==, "2026-11-17T10:00");
	g_assert_cmpint(moved->sequence, ==, 3);
	g_assert_cmpint(dropped->kind, ==, ITEM_CANCELLATION);
}

static void test_methods(void)
{
	static const struct {
		const char *method, *lines;
		ItemKind kind;
		ItemMethod read;
	} cases[] = {
		{"REQUEST", "DTSTART:20261117T100000Z", ITEM_INTERVIEW, METHOD_REQUEST},
		{"PUBLISH", "DTSTART:20261117T100000Z", ITEM_INTERVIEW, METHOD_PUBLISH},
		{"CANCEL", "UID:x", ITEM_CANCELLATION, METHOD_CANCEL},
		{"REQUEST", "DTSTART:20261117T100000Z\nSTATUS:CANCELLED", ITEM_CANCELLATION, METHOD_REQUEST},
		{"REPLY", "DTSTART:20261117T100000Z\nSTATUS:CANCELLED", ITEM_INTERVIEW, METHOD_REPLY},
		{"COUNTER", "DTSTART:20261117T100000Z", ITEM_INTERVIEW, METHOD_COUNTER},
		{"declinecounter", "UID:x", ITEM_UNKNOWN, METHOD_DECLINE_COUNTER},
		{"X-OURS", "DTSTART:20261117T100000Z", ITEM_INTERVIEW, METHOD_NONE},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].method);
		g_autofree char *text = g_strdup_printf(
			"BEGIN:VCALENDAR\nMETHOD:%s\nBEGIN:VEVENT\n%s\nEND:VEVENT\nEND:VCALENDAR\n", cases[i].method,
			cases[i].lines);
		g_autoptr(GPtrArray) items = read_items(text);
		g_assert_cmpint(item_at(items, 0)->kind, ==, cases[i].kind);
		g_assert_cmpint(item_at(items, 0)->method, ==, cases[i].read);
		g_assert_cmpstr(item_at(items, 0)->error, ==, NULL);
	}
}

static void test_people(void)
{
	g_autofree char *text = calendar_with(
		"DTSTART:20261117T100000Z\nORGANIZER;CN=\"Rita Reyes (Recruiting)\":MAILTO:rita@mail.globex.example\n"
		"ATTENDEE;CN=Huck Finn;PARTSTAT=ACCEPTED:mailto:huck@globex.example\n"
		"ATTENDEE;CN=\"'Tom Sawyer'\":mailto:\n  tom@globex.example\n"
		"ATTENDEE;CN=becky.thatcher@globex.example:mailto:becky.thatcher@globex.example\n"
		"ATTENDEE;CUTYPE=ROOM;CN=Room "
		"4:mailto:room4@globex.example\nATTENDEE;CUTYPE=RESOURCE:mailto:beamer@globex.example\n"
		"ATTENDEE;ROLE=NON-PARTICIPANT;CN=Nobody:mailto:nobody@globex.example\n"
		"ATTENDEE;CN=Ana Reyes:mailto:Ana@Example.net\nATTENDEE;CN=Huck Finn:mailto:HUCK@globex.example\n"
		"ATTENDEE;CN=Jim;EMAIL=jim@globex.example:invalid:nomail");
	g_autoptr(GPtrArray) items = read_items(text);
	const Item *item = item_at(items, 0);
	static const struct {
		const char *name, *email, *answer;
		int role;
	} expected[] = {
		{"Rita Reyes (Recruiting)", "rita@mail.globex.example", NULL, ROLE_RECRUITER},
		{"Huck Finn", "huck@globex.example", "accepted", ROLE_INTERVIEWER},
		{"Tom Sawyer", "tom@globex.example", NULL, ROLE_INTERVIEWER},
		{"Becky Thatcher", "becky.thatcher@globex.example", NULL, ROLE_INTERVIEWER},
		{"Jim", "jim@globex.example", NULL, ROLE_INTERVIEWER},
	};
	g_assert_cmpuint(item->people->len, ==, G_N_ELEMENTS(expected));
	for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
		g_assert_cmpstr(person_at(item, i)->name, ==, expected[i].name);
		g_assert_cmpstr(person_at(item, i)->email, ==, expected[i].email);
		g_assert_cmpstr(person_at(item, i)->answer, ==, expected[i].answer);
		g_assert_cmpint(person_at(item, i)->role, ==, expected[i].role);
		g_assert_true(person_at(item, i)->organizer == (i == 0));
	}
	g_assert_cmpstr(item->company, ==, "Globex");
	g_assert_true(item->company_guessed);
	g_assert_cmpint(item->interview_kind, ==, INTERVIEW_PANEL);
}

static void test_company(void)
{
	static const char *const cases[][2] = {
		{"rita@globex.example", "Globex"},
		{"rita@eu.globex-labs.co.uk", "Globex Labs"},
		{"rita@gmail.com", NULL},
		{"rita@yahoo.co.uk", NULL},
		{"no-reply@globex.example", NULL},
		{"abc123@greenhouse.io", NULL},
		{"globex@eu.lever.co", NULL},
		{"x@group.calendar.google.com", NULL},
		{"rita@liverpool-works.example", "Liverpool Works"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i][0]);
		g_autofree char *lines = g_strdup_printf("DTSTART:20261117T100000Z\nORGANIZER;CN=Rita:mailto:%s", cases[i][0]);
		g_autofree char *text = calendar_with(lines);
		g_autoptr(GPtrArray) items = read_items(text);
		g_assert_cmpstr(item_at(items, 0)->company, ==, cases[i][1]);
	}
}

static void test_place_and_kind(void)
{
	static const struct {
		const char *name, *lines, *place, *video;
		int kind;
	} cases[] = {
		{"link as the place", "LOCATION:https://zoom.us/j/123?pwd=a", NULL, "https://zoom.us/j/123?pwd=a",
		 INTERVIEW_VIDEO},
		{"link in the text",
		 "LOCATION:Microsoft Teams Meeting\nDESCRIPTION:Join <https://teams.microsoft.com/l/meetup-join/1>.",
		 "Microsoft Teams Meeting", "https://teams.microsoft.com/l/meetup-join/1", INTERVIEW_VIDEO},
		{"link of its own property", "X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij", NULL,
		 "https://meet.google.com/abc-defg-hij", INTERVIEW_VIDEO},
		{"conference", "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://video.globex.example/7", NULL,
		 "https://video.globex.example/7", INTERVIEW_VIDEO},
		{"behind a gateway",
		 "DESCRIPTION:https://eur01.safelinks.protection.outlook.com/"
		 "?url=https%3A%2F%2Fglobex.webex.com%2Fmeet%2Frita&data=x",
		 NULL, "https://globex.webex.com/meet/rita", INTERVIEW_VIDEO},
		{"in HTML", "DESCRIPTION:<p>Join <a href=\"https://us02web.zoom.us/j/5?a=1&amp;b=2\">here</a></p>", NULL,
		 "https://us02web.zoom.us/j/5?a=1&b=2", INTERVIEW_VIDEO},
		{"a link that is no meeting", "DESCRIPTION:See https://globex.example/about\nLOCATION:1 River Rd\\, Hannibal",
		 "1 River Rd, Hannibal", NULL, INTERVIEW_IN_PERSON},
		{"telephone", "LOCATION:+1 602 555 0142", "+1 602 555 0142", NULL, INTERVIEW_PHONE_SCREEN},
		{"telephone by its name", "SUMMARY:Phone screen with Rita", NULL, NULL, INTERVIEW_PHONE_SCREEN},
		{"nothing said", "SUMMARY:Interview", NULL, NULL, WORD_NONE},
		{"a host that only ends like one", "DESCRIPTION:https://notzoom.us/j/123", NULL, NULL, WORD_NONE},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		g_autofree char *lines = g_strconcat("DTSTART:20261117T100000Z\n", cases[i].lines, NULL);
		g_autofree char *text = calendar_with(lines);
		g_autoptr(GPtrArray) items = read_items(text);
		g_assert_cmpstr(item_at(items, 0)->place, ==, cases[i].place);
		g_assert_cmpstr(item_at(items, 0)->video, ==, cases[i].video);
		g_assert_cmpint(item_at(items, 0)->interview_kind, ==, cases[i].kind);
	}
}

static void test_faults(void)
{
	static const struct {
		const char *name, *text, *part;
		int line;
		guint at;
	} cases[] = {
		{"no colon", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261117T100000Z\nX-HALF\nEND:VEVENT\nEND:VCALENDAR\n",
		 "has no colon", 4, 1},
		{"no property", "BEGIN:VCALENDAR\nA LINE; OF = TEXT:1\nBEGIN:VEVENT\nDTSTART:20261117T100000Z\nEND:VEVENT\n",
		 "is no property", 2, 1},
		{"no start", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nEND:VEVENT\nEND:VCALENDAR\n", "has no start", 2, 0},
		{"a start that is none", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:tomorrow\nEND:VEVENT\nEND:VCALENDAR\n",
		 "“tomorrow”", 3, 1},
		{"a day that does not exist",
		 "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260230T100000Z\nEND:VEVENT\nEND:VCALENDAR\n", "20260230", 3, 1},
		{"not ended", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261117T100000Z\nBEGIN:VALARM\n", "is not ended", 2, 1},
		{"the next begins",
		 "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261117T100000Z\nBEGIN:VEVENT\n"
		 "DTSTART:20261118T100000Z\nEND:VEVENT\nEND:VCALENDAR\n",
		 "is not ended", 2, 1},
		{"two starts",
		 "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261117T100000Z\nDTSTART:20261118T100000Z\nEND:VEVENT\n",
		 "stands twice", 4, 1},
		{"a rule that is none", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261117T100000Z\nRRULE:often\nEND:VEVENT\n",
		 "repeat rule", 4, 1},
		{"nothing in it", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "holds no event", 1, 0},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s", cases[i].name);
		g_autoptr(GPtrArray) items = read_items(cases[i].text);
		const Item *item = item_at(items, cases[i].at);
		g_assert_nonnull(item->error);
		g_assert_nonnull(strstr(item->error, cases[i].part));
		g_assert_cmpint(item->line, ==, cases[i].line);
	}
}

static void test_others(void)
{
	g_autoptr(GPtrArray) items = read_items(
		"BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:Mail the "
		"card\nEND:VTODO\nBEGIN:X-OURS\nBEGIN:VEVENT\nEND:VEVENT\nEND:X-OURS\n"
		"BEGIN:VEVENT\nDTSTART:20261117T100000Z\nBEGIN:VALARM\nSUMMARY:not this\nEND:VALARM\nSUMMARY:this\nEND:VEVENT\n"
		"END:VCALENDAR\n");
	g_assert_cmpint(item_at(items, 0)->kind, ==, ITEM_UNKNOWN);
	g_assert_cmpstr(item_at(items, 0)->summary, ==, "Mail the card");
	g_assert_cmpstr(item_at(items, 0)->error, ==, NULL);
	g_assert_cmpstr(item_at(items, 1)->summary, ==, "this");
	g_assert_cmpuint(items->len, ==, 2);
}

static void test_too_much(void)
{
	g_autoptr(GString) text = g_string_new("BEGIN:VCALENDAR\n");
	for (int i = 0; i < 20000; i++)
		g_string_append(text, "x\n");
	g_autoptr(GPtrArray) items = read_items(text->str);
	g_assert_cmpuint(items->len, ==, 101);
	g_assert_nonnull(strstr(item_at(items, 100)->error, "was not looked at"));
	g_autofree char *empty = read_refusal(" \n");
	g_assert_nonnull(strstr(empty, "is empty"));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/exchange/ical/times", test_times);
	g_test_add_func("/exchange/ical/definitions", test_definitions);
	g_test_add_func("/exchange/ical/definitions-stay", test_definitions_stay_in_their_calendar);
	g_test_add_func("/exchange/ical/flags", test_flags);
	g_test_add_func("/exchange/ical/series", test_series);
	g_test_add_func("/exchange/ical/override", test_override);
	g_test_add_func("/exchange/ical/methods", test_methods);
	g_test_add_func("/exchange/ical/people", test_people);
	g_test_add_func("/exchange/ical/company", test_company);
	g_test_add_func("/exchange/ical/place-and-kind", test_place_and_kind);
	g_test_add_func("/exchange/ical/faults", test_faults);
	g_test_add_func("/exchange/ical/others", test_others);
	g_test_add_func("/exchange/ical/too-much", test_too_much);
	return g_test_run();
}
