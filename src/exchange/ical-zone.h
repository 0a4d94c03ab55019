/* ical-zone.h - the VTIMEZONE parts of a calendar, gathered before its events are read: they may stand behind them.
 *
 * For the files of this room only.
 */
#pragma once

#include "content-line.h"
#include "zone-book.h"

/* Looks ahead from the reader (which is a copy, and stays where it was for its owner) to the end of the calendar it is
 * in, and puts into the book what zones are defined there. */
void ical_zones_gather(LineReader ahead, ContentLine *line, ZoneBook *book);
