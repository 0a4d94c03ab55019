#!/usr/bin/env python3
"""What is due today, against taskwarrior's `task next` and remind with as many entries, 25 of them due.

usage: measure-rivals.py [--large]      (--large: with 100,000 too, where `task next` takes seconds a run)
"""
import datetime
import os
import sys
import uuid

import measure

TODAY = datetime.datetime.fromtimestamp(measure.NOW_AT, datetime.timezone.utc).date()


def task_data(folder, count):
    """Taskwarrior's own file: pending tasks, all but 25 of them due later this year and next."""
    os.makedirs(folder)
    with open(os.path.join(folder, "pending.data"), "w", encoding="utf-8") as file:
        for n in range(count):
            due = measure.NOW_AT - 3600 if n < measure.DUE else measure.NOW_AT + 86400 * (1 + n % 300)
            file.write('[description:"Thank the people at Company %d" due:"%d" entry:"%d" modified:"%d" status:"pending" uuid:"%s"]\n'
                       % (n, due, measure.NOW_AT - 86400, measure.NOW_AT - 86400, uuid.UUID(int=n + 1, version=4)))
    with open(os.path.join(folder, "taskrc"), "w", encoding="utf-8") as file:
        file.write("data.location=%s\nconfirmation=no\ngc=on\nhooks=off\nverbose=nothing\n" % folder)
    return os.path.join(folder, "taskrc")


def remind_file(path, count):
    with open(path, "w", encoding="utf-8") as file:
        for n in range(count):
            day = TODAY if n < measure.DUE else TODAY + datetime.timedelta(days=1 + n % 300)
            file.write("REM %d %s %d MSG Thank the people at Company %d\n" % (day.day, day.strftime("%b"), day.year, n))


def main():
    task, remind = measure.tool("task"), measure.tool("remind")
    with measure.Scratch() as scratch:
        for count in (100, 1000, 10_000) + ((100_000,) if "--large" in sys.argv else ()):
            path = scratch.path("%d.db" % count)
            measure.make_db(path, count)
            commands = {"followup": [measure.PROGRAM, "--db", path, "today", "--now", measure.NOW]}
            if task:
                rc = task_data(scratch.path("task-%d" % count), count)
                commands["taskwarrior"] = [task, "rc:" + rc, "next"]
            if remind:
                remind_file(scratch.path("%d.rem" % count), count)
                commands["remind"] = [remind, "-q", scratch.path("%d.rem" % count), TODAY.isoformat()]
            rounds = 100 if count <= 1000 else 20 if count <= 10_000 else 5
            times = measure.side_by_side(commands, rounds, scratch.env, warm=True)
            for name in list(commands)[1:]:
                measure.line("today, {:,} opportunities".format(count), times["followup"], "{}, {:,}".format(name, count), times[name])


main()
