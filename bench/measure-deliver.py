#!/usr/bin/env python3
"""A thousand approved notes delivered to smtp-sink, every outcome committed to disk.

The reference is Postfix's smtp-source sending as many messages of that size on one connection, keeping nothing.
"""
import os
import sqlite3
import sys

import mailing
import measure

sys.path.insert(0, os.path.join(measure.ROOT, "tests", "e2e"))
from rows import copy_opportunity  # noqa: E402

NOTES = 1000


def main():
    source = measure.tool("smtp-source")
    if not measure.tool("smtp-sink"):
        return
    with measure.Scratch() as scratch, mailing.Sink() as sink:
        original, path = mailing.approved_note(scratch, sink.port), scratch.path("copy.db")
        copy_opportunity(original, NOTES // 2 - 1, lambda number: mailing.SENDING_AT_SECONDS)
        connection = sqlite3.connect(original)
        size = connection.execute("SELECT avg(length(body)) FROM outbox").fetchone()[0] + 600  # with its headers
        connection.close()
        commands = {"followup": [measure.PROGRAM, "--db", path, "deliver", "--once", "--now", mailing.SENDING_AT]}
        if source:
            commands["smtp-source"] = [source, "-d", "-s", "1", "-m", str(NOTES), "-l", "%d" % size, "-f", "ana@example.net",
                                       "-t", "finn@globex.example", "127.0.0.1:%d" % sink.port]
        times = measure.side_by_side(commands, 5, scratch.env, before=lambda name: mailing.copy_database(original, path))
        mailing.copy_database(original, path)
        measure.run_once(commands["followup"], scratch.env)
        states = sqlite3.connect(path).execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall()
        if states != [("sent", NOTES)]:
            raise SystemExit("not every note was sent: %s" % states)
        if source:
            measure.rate_line("deliver, notes", NOTES / times["followup"], "smtp-source, one connection", NOTES / times["smtp-source"])


main()
