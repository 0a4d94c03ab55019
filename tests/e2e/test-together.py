#!/usr/bin/env python3
"""Two programs at once on one file, and programs killed at any moment: all or nothing, and nothing lost."""
import contextlib
import datetime
import os
import random
import signal
import sqlite3
import subprocess
import threading
import time

from program import Home, equal, main, one_sentence, test, wait_for

NOW = "2026-11-17T12:00:00-07:00"
KILLS = 60


def interview(company):
    return ["interview", company, "2026-11-17T10:00", "--position", "Data analyst", "--with", "Huck Finn <finn@globex.example>",
            "--with", "Ada Okoro <okoro@globex.example>", "--decision-by", "2026-11-19"]


def all_at_once(jobs):
    """Runs each list of calls in a thread of its own; raises what the first that failed raised."""
    failures = []

    def work(job):
        try:
            for call in job:
                call()
        except BaseException as error:  # pylint: disable=broad-except
            failures.append(error)
    threads = [threading.Thread(target=work, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


@test
def the_first_run_twice():
    """Two programs that both find no database yet: one makes it, both succeed."""
    for _ in range(5):
        with Home(now=NOW) as home:
            all_at_once([[lambda n=n: home.run(*interview("Company %d" % n))] for n in range(3)])
            equal(len(home.rows("SELECT id FROM opportunity")), 3)


@test
def many_writers():
    """Three programs add ten opportunities each; all thirty are there, each once."""
    with Home(now=NOW) as home:
        all_at_once([[lambda n=n, m=m: home.run(*interview("Company %d-%d" % (n, m))) for m in range(10)] for n in range(3)])
        equal(sorted(name for name, in home.rows("SELECT company FROM opportunity")),
              sorted("Company %d-%d" % (n, m) for n in range(3) for m in range(10)))


@test
def one_opportunity_two_writers():
    """Both change the same one: each change is stored or refused in a sentence, and what was stored is all there."""
    with Home(now=NOW) as home:
        home.run(*interview("Globex"))
        stored = []

        def promise(day):
            told = home.run("promise", "Globex", "--decision-by", "2026-12-%02d" % day, status=None)
            if told.status == 0:
                stored.append("2026-12-%02d" % day)
            else:
                equal(told.status, 1, "status")
                one_sentence(told.err)
        all_at_once([[lambda day=day: promise(day) for day in range(start, 29, 2)] for start in (1, 2)])
        assert stored, "no change went through"
        events = home.json("export")["opportunities"][0]["facts"]["events"]
        equal(sorted(event["decision_by"] for event in events if event["kind"] == "promise"), sorted(stored))


@test
def a_reader_beside_writers():
    """Whoever reads while others write sees whole opportunities."""
    with Home(now=NOW) as home:
        home.run(*interview("Globex"))
        seen = []

        def read():
            for one in home.json("export")["opportunities"]:
                seen.append(len(one.get("people") or one["facts"]["people"]))
        all_at_once([[lambda n=n: home.run(*interview("Company %d" % n)) for n in range(8)], [read] * 8])
        equal(set(seen), {2}, "people of an opportunity")


@test
def today_beside_writers():
    """Today has the file to itself for a moment: whoever writes waits, and nobody is refused."""
    with Home(now=NOW) as home:
        home.run(*interview("Globex"))
        all_at_once([[lambda n=n, m=m: home.run(*interview("Company %d-%d" % (n, m))) for m in range(5)] for n in range(2)]
                    + [[lambda: home.run("today")] * 8] * 2)
        equal(len(home.rows("SELECT id FROM opportunity")), 11)


@test
def an_output_that_nobody_reads():
    """A pager that waits holds nobody up: today has let go of the file before it prints."""
    with Home(now=NOW) as home:
        home.run(*interview("Globex"))
        ours, its = os.pipe()
        os.set_blocking(its, False)
        try:
            while True:
                os.write(its, b"x" * 4096)
        except BlockingIOError:
            os.set_blocking(its, True)
        today = subprocess.Popen(home.command("today"), env=home.env, cwd=home.folder, stdin=subprocess.DEVNULL, stdout=its,
                                 stderr=subprocess.DEVNULL)
        slept = []

        def has_slept_long():
            with open("/proc/%d/stat" % today.pid, encoding="utf-8") as file:
                slept.append(file.read().rsplit(")", 1)[1].split()[0] == "S")
            return slept[-15:] == [True] * 15
        wait_for("a write that waits for a reader", 20, has_slept_long)
        home.run(*interview("Initech"), timeout=4)
        assert today.poll() is None, "today has ended"
        os.close(its)
        os.close(ours)
        today.wait(10)
        equal(len(home.rows("SELECT id FROM opportunity")), 2)


@test
def a_place_on_the_agenda_that_is_over():
    """What was to be looked at and has nothing to do yet is told once, and gets its new place."""
    with Home() as home:
        day = datetime.date.today() + datetime.timedelta(days=14)
        home.run("interview", "Globex", "%sT10:00" % day, "--with", "Huck Finn")
        (place,), = home.rows("SELECT next_at FROM opportunity")
        with contextlib.closing(sqlite3.connect(home.db)) as db, db:
            db.execute("UPDATE opportunity SET next_at = 1700000000")
        for _ in range(2):
            equal(home.run("today").out.count("Globex"), 1, "Globex")
        equal(home.rows("SELECT next_at FROM opportunity"), [(place,)])


@test
def killed_while_it_stores():
    """SIGKILL at a moment drawn from the whole run: an opportunity with all its rows, or none of it."""
    chance = random.Random(7)
    with Home(now=NOW) as home:
        home.run(*interview("Globex"))
        start = time.monotonic()
        for n in range(3):
            home.run(*interview("Timed %d" % n))
        whole = (time.monotonic() - start) / 3
        for n in range(KILLS):
            process = subprocess.Popen(home.command(*interview("Killed %d" % n)), env=home.env, cwd=home.folder, stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.3, 1.05) * whole)
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        equal(home.rows("PRAGMA integrity_check"), [("ok",)])
        equal(home.rows("PRAGMA foreign_key_check"), [])
        found = home.rows("SELECT o.company, (SELECT count(*) FROM person p WHERE p.opportunity = o.id), "
                          "(SELECT count(*) FROM interview_person i WHERE i.opportunity = o.id) FROM opportunity o")
        equal({(people, seats) for _, people, seats in found}, {(2, 2)}, "people and seats of an opportunity")
        home.run(*interview("Afterwards"))
        print("# %d of %d killed runs had stored" % (sum(name.startswith("Killed") for name, _, _ in found), KILLS))


main()
