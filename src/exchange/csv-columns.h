/* csv-columns.h - what the columns of a sheet are about, by the names they bear.
 *
 * For the CSV reader only.  Names are data: a table of aliases in the languages and programs that sheets come from.
 * Several columns may be about one thing (three phone numbers): each has a rank, and the best that is filled counts.
 */
#pragma once

#include "csv-cells.h"

typedef enum {
	COLUMN_NONE,
	COLUMN_COMPANY,
	COLUMN_POSITION,
	COLUMN_TITLE, /* of a job, or of a person: the sheet decides */
	COLUMN_SUBJECT,
	COLUMN_STATUS,
	COLUMN_APPLIED,
	COLUMN_SAVED,
	COLUMN_DEADLINE,
	COLUMN_INTERVIEWED,
	COLUMN_FOLLOW_UP,
	COLUMN_JOB_URL,
	COLUMN_URL,
	COLUMN_SALARY,
	COLUMN_PLACE,
	COLUMN_NOTES,
	COLUMN_CONTACT,
	COLUMN_CONTACT_EMAIL,
	COLUMN_CONTACT_PHONE,
	COLUMN_CONTACT_TITLE,
	COLUMN_CONTACT_LINKEDIN,
	COLUMN_NAME,
	COLUMN_DISPLAY_NAME,
	COLUMN_FIRST,
	COLUMN_MIDDLE,
	COLUMN_LAST,
	COLUMN_SUFFIX,
	COLUMN_NICK,
	COLUMN_EMAIL,
	COLUMN_PHONE,
	COLUMN_JOB_TITLE,
	COLUMN_LINKEDIN,
	COLUMN_ROLE,
	COLUMN_CONNECTED, /* LinkedIn's own columns, by which its files are known */
	COLUMN_RESUME,
	COLUMN_ADDRESS, /* whole, in lines */
	COLUMN_STREET,
	COLUMN_STREET_2,
	COLUMN_CITY,
	COLUMN_REGION,
	COLUMN_ZIP,
	COLUMN_COUNTRY,
	COLUMN_TYPE, /* says of the next column whether it is of work or of home */
	COLUMN_COUNT
} Column;

/* Which of several addresses or numbers; the smaller is tried first. */
typedef enum { GROUP_WORK, GROUP_PRIMARY, GROUP_MOBILE, GROUP_NONE, GROUP_OTHER, GROUP_HOME, GROUP_COUNT } ColumnGroup;

typedef enum { SHEET_JOBS, SHEET_PEOPLE } SheetKind;

typedef struct Heading {
	Column column;
	ColumnGroup group;
	int rank;   /* within the group: how sure the name is */
	int type;   /* the column that says of what kind this one's values are, or -1 */
	char *name; /* as the file has it */
} Heading;

typedef struct Headings {
	GArray *headings; /* of Heading */
	bool has[COLUMN_COUNT];
	int known; /* columns that mean something */
	SheetKind kind;
	bool month_first; /* of a program that always writes dates so */
} Headings;

/* What the row that was just read says as a row of names. */
Headings *headings_new(const CsvCells *cells);
void headings_free(Headings *headings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Headings, headings_free)

/* True if a sheet can begin with it: at least two columns that mean something, or the only one. */
bool headings_are_good(const Headings *headings);

/* True if the row that was just read is the row of names again. */
bool headings_are_repeated(const Headings *headings, const CsvCells *cells);

/* The best filled cell of the row about something; "" where there is none. Borrowed until the next row. */
const char *headings_get(const Headings *headings, const CsvCells *cells, Column column);

/* The same of one group only; of several the first. */
const char *headings_get_of(const Headings *headings, const CsvCells *cells, Column column, ColumnGroup group);
