#!/usr/bin/env python3
"""What is due today, with 100, 10,000 and 100,000 opportunities on record, 25 of them due.

The reference is the sqlite3 shell running one indexed query for the same rows.
"""
import measure

COUNTS = (100, 10_000, 100_000)
QUERY = ("SELECT id, company, position, next_at FROM opportunity WHERE account = 1 AND next_at <= %d ORDER BY next_at, id LIMIT 50")


def main():
    shell = measure.tool("sqlite3")
    with measure.Scratch() as scratch:
        commands = {}
        for count in COUNTS:
            path = scratch.path("%d.db" % count)
            measure.make_db(path, count)
            commands["followup %d" % count] = [measure.PROGRAM, "--db", path, "today", "--now", measure.NOW]
            if shell:
                commands["sqlite3 %d" % count] = [shell, path, QUERY % measure.NOW_AT]
        times = measure.side_by_side(commands, 60, scratch.env, warm=True)
        for count in COUNTS:
            if shell:
                measure.line("today, {:,} opportunities".format(count), times["followup %d" % count], "sqlite3, one query", times["sqlite3 %d" % count])
        measure.line("today, {:,} opportunities".format(COUNTS[-1]), times["followup %d" % COUNTS[-1]], "today, {:,}".format(COUNTS[0]),
                     times["followup %d" % COUNTS[0]])
        for count in COUNTS:
            kilobytes = measure.resident(commands["followup %d" % count], scratch.env)
            if kilobytes:
                print("  resident, {:,} opportunities: {:,} KiB, to stay under 6,144 KiB: ratio {:.2f}".format(count, kilobytes, kilobytes / 6144))


main()
