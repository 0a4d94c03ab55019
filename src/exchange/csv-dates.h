/* csv-dates.h - the dates of a sheet's columns, and which way round they are written.
 *
 * For the CSV reader only.  "03/04/2025" alone says nothing; a column in which "25/04/2025" stands too does.  Nothing
 * is guessed: what stays open is said to be open.
 */
#pragma once

#include <base/zone.h>
#include <exchange/read.h>

/* A date as it was written. */
typedef struct CsvDate {
	Day day;                 /* or DAY_NONE: it depends on the order */
	int first, second, year; /* where it depends */
	bool has_time;
	int second_of_day;
} CsvDate;

/* What the dates of a column have shown so far. */
typedef struct CsvDateEvidence {
	int day_first, month_first; /* dates that can only be read so */
	int open;                   /* dates that are two different days */
} CsvDateEvidence;

/* Reads a cell: ISO, numbers with / - or . between, month names (English, German, French, Spanish, Italian), Excel's
 * day numbers, Unix times; a time behind it or not. False where it is no date. */
bool csv_date_parse(const char *cell, const Zone *zone, CsvDate *ret_date);

/* True of a cell that says there is no date: empty, "-", "N/A", "TBD", "yes". */
bool csv_date_is_missing(const char *cell);

void csv_date_weigh(const CsvDate *date, CsvDateEvidence *evidence);
DateOrder csv_date_decide(const CsvDateEvidence *evidence);

/* The day in an order (OPEN: day first); one that is no day in that order is read in the other. DAY_NONE where it is
 * outside the years of limits.h. */
Day csv_date_day(const CsvDate *date, DateOrder order);

/* True if the two orders give two days. */
bool csv_date_is_open(const CsvDate *date);
