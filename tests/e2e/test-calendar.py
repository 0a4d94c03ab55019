#!/usr/bin/env python3
"""followup calendar: interviews and follow-ups as another program reads them, always under the same names."""
import contextlib
import os
import re
import socket
import sqlite3
import threading
import time

from dav import Radicale, events
from program import Home, equal, holds, main, one_sentence, test, wait_for
from serving import Clock, Serving

TUESDAY = "2026-11-17T12:00:00-07:00"
PANEL = ["interview", "Globex", "today 10am", "--for", "1h30", "--position", "Data analyst", "--with", "Huck Finn <finn@globex.example>, hiring-manager",
         "--with", "Ada Okoro <okoro@globex.example>"]


@test
def written():
    """An interview and what follows it, with alarms."""
    with Home(now=TUESDAY) as home:
        home.run(*PANEL)
        text = home.run("calendar").out
        assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n"), text
        holds(text, "BEGIN:VTIMEZONE", "TZID:America/Phoenix", "DTSTART;TZID=America/Phoenix:20261117T100000")
        shown = events(text)
        interview = [event for event in shown if event["CATEGORIES"] == "Interview"]
        equal(len(interview), 1, "interviews")
        equal(interview[0]["SUMMARY"], "Panel interview: Globex (Data analyst)")
        equal(interview[0]["alarms"], ["-P1D", "-PT1H"])
        holds(interview[0]["DESCRIPTION"], "Huck Finn", "okoro@globex.example")
        thanks = [event for event in shown if "Thank Huck Finn and Ada Okoro" in event["SUMMARY"]]
        equal(len(thanks), 1, "events for the thank-yous")
        equal(thanks[0]["DTSTART"], "20261117T113000")
        equal(len({event["UID"] for event in shown}), len(shown), "different names")


@test
def stable():
    """The same thing keeps its name; what is done goes; what moves says that it is newer."""
    with Home(now=TUESDAY) as home:
        home.run(*PANEL)
        before = {event["SUMMARY"]: event for event in events(home.run("calendar").out)}
        home.run("log", "globex", "finn", "--step", "thank-you", "--channel", "email")
        home.run("debrief", "globex", "--topic", "finn: the forecast")
        home.run("interview", "Globex", "today 9am", "--id", home.json("show", "globex")["interviews"][0]["id"])
        after = {event["SUMMARY"]: event for event in events(home.run("calendar").out)}
        name = "Panel interview: Globex (Data analyst)"
        equal(after[name]["UID"], before[name]["UID"])
        equal(after[name]["DTSTART"], "20261117T090000")
        assert int(after[name]["SEQUENCE"]) > int(before[name]["SEQUENCE"])
        assert not any("Write down" in summary for summary in after), "what is done is still there"
        assert not any("Thank Huck Finn" in summary for summary in after), after
        assert any("Thank Ada Okoro" in summary for summary in after), after


@test
def file():
    """A file is whole and private; a folder that is not there is said."""
    with Home(now=TUESDAY) as home:
        home.run(*PANEL)
        path = os.path.join(home.folder, "jobs.ics")
        holds(home.run("calendar", "--output", path).out, "1 interview", "follow-ups", path)
        equal(os.stat(path).st_mode & 0o777, 0o600)
        with open(path, newline="", encoding="utf-8") as written_file:
            equal(written_file.read(), home.run("calendar", "--output", "-").out.replace("\n", "\n"))
        found = home.json("calendar", "--output", path)["events"]
        equal({event["kind"] for event in found}, {"interview", "follow-up"})
        assert all(re.fullmatch(r"[0-9a-f-]{36}@followup", event["uid"]) for event in found), found
        one_sentence(home.run("calendar", "--output", os.path.join(home.folder, "no", "x.ics"), status=1).err)
        holds(home.run("read", path).out, '"kind":"interview"')


@test
def empty():
    """Nothing on record is an empty calendar."""
    with Home(now=TUESDAY) as home:
        equal(events(home.run("calendar").out), [])


# ---- on a server ----

def set_up(home, server, password="pw"):
    secret = home.write("secret", password + "\n")
    os.chmod(secret, 0o600)
    return ["config", "calendar", "--url", server.url, "--user", "ana", "--secret-file", secret]


@test
def published():
    """Created, then as they were, then changed and removed; what others put there stays."""
    with Home(now=TUESDAY) as home, Radicale(home.folder) as server:
        home.run(*PANEL)
        one_sentence(home.run(*set_up(home, server, "wrong"), status=1).err)
        home.run(*set_up(home, server))
        foreign = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:dentist\r\nDTSTAMP:20261101T000000Z\r\n" \
                  "DTSTART:20261120T100000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        server.ask("PUT", "dentist.ics", foreign.encode())
        told = home.json("calendar", "publish")
        ours = {event["UID"]: event for event in events(home.run("calendar").out)}
        equal((told["created"], told["updated"], told["removed"]), (len(ours), 0, 0), "the first time")
        there = server.events()
        equal(set(there), set(ours) | {"dentist"}, "what lies there")
        for uid, event in ours.items():
            equal((there[uid]["SUMMARY"], there[uid]["DTSTART"]), (event["SUMMARY"], event["DTSTART"]))
        told = home.json("calendar", "publish")
        equal((told["created"], told["updated"], told["removed"], told["kept"]), (0, 0, 0, len(ours)), "the second time")
        home.run("log", "globex", "finn", "--step", "thank-you", "--channel", "email")
        home.run("log", "globex", "okoro", "--step", "thank-you", "--channel", "email")
        home.run("interview", "Globex", "today 9am", "--id", home.json("show", "globex")["interviews"][0]["id"])
        told = home.json("calendar", "publish")
        assert told["updated"] > 0 and told["removed"] > 0, told
        now = {event["UID"]: event for event in events(home.run("calendar").out)}
        equal(set(server.events()), set(now) | {"dentist"}, "what lies there in the end")
        home.run("delete", "globex", "--yes")
        home.run("calendar", "publish")
        equal(set(server.events()), {"dentist"}, "what lies there after all was deleted")


@test
def published_again_by_another_database():
    """Where nothing is known of what was put there, it is found by its name, and not put there twice."""
    with Home(now=TUESDAY) as home, Radicale(home.folder) as server:
        home.run(*PANEL)
        home.run(*set_up(home, server))
        count = home.json("calendar", "publish")["created"]
        with contextlib.closing(sqlite3.connect(home.db)) as database, database:
            database.execute("DELETE FROM published")
        told = home.json("calendar", "publish")
        equal((told["created"], told["updated"]), (0, count))
        first = sorted(server.events())[0]
        server.ask("DELETE", first + ".ics")
        equal(home.json("calendar", "publish")["created"], 1, "what somebody removed there")


# ---- by itself ----

def is_published(home, server):
    there = {uid: event["DTSTART"] for uid, event in server.events().items()}
    return there == {event["UID"]: event["DTSTART"] for event in events(home.run("calendar").out)}


def tomorrow(company):
    return ["interview", company, "tomorrow 10am", "--with", "Huck Finn"]


@test
def serve_publishes_what_changed():
    """When it begins, soon after a change, and again after the next; what is as it was there is not said."""
    with Home() as home, Radicale(home.folder) as server:
        clock = Clock(home)
        home.run(*tomorrow("Globex"))
        home.run(*set_up(home, server))
        with Serving(home) as serving:
            wait_for("the calendar", 30, lambda: is_published(home, server))
            serving.wait_for("The calendar is up to date")
            equal(serving.said().count("The calendar is up to date"), 1)
            for company in ("Initech", "Hooli"):
                home.run(*tomorrow(company))
                for _ in range(3):  # a few minutes after the last time; in steps that are no sleep
                    clock.ahead(seconds=45)
                    time.sleep(6)
                wait_for(company + " in the calendar", 30, lambda: is_published(home, server))
            serving.end()
            equal(serving.said().count("The calendar is up to date"), 3)
        with Serving(home) as serving:
            time.sleep(2)
            serving.end()
            assert "The calendar" not in serving.said(), serving.said()


@test
def serve_publishes_as_its_user_wants_it():
    with Home() as home, Radicale(home.folder) as server:
        home.run(*tomorrow("Globex"))
        home.run(*set_up(home, server), "--automatic", "no")
        with Serving(home) as serving:
            time.sleep(7)
            equal(server.events(), {})
            home.run("config", "calendar", "--automatic", "yes")
            wait_for("the calendar", 30, lambda: is_published(home, server))
            home.run("delete", "globex", "--yes")
            serving.end()


@contextlib.contextmanager
def broken_server():
    """A port that ends every connection; gives it, and a list that grows with each."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken, over = [], threading.Event()
        server.settimeout(0.1)

        def take():
            while not over.is_set():
                with contextlib.suppress(OSError):
                    server.accept()[0].close()
                    taken.append(1)
        taker = threading.Thread(target=take, daemon=True)
        taker.start()
        try:
            yield server.getsockname()[1], taken
        finally:
            over.set()
            taker.join()


@test
def a_calendar_server_that_is_away():
    """It is said once, however often it is tried; notes are not held up, and when it is there again so is the calendar."""
    with Home() as home:
        clock = Clock(home)
        home.run(*tomorrow("Globex"))
        secret = home.write("secret", "pw\n")
        os.chmod(secret, 0o600)
        with broken_server() as (port, taken):
            home.run("config", "calendar", "--url", "http://127.0.0.1:%d/ana/jobs/" % port, "--user", "ana", "--secret-file", secret, "--no-probe")
            with Serving(home) as serving:
                serving.wait_for("could not be published")
                tries = len(taken)
                for _ in range(2):
                    clock.ahead(seconds=45)
                    time.sleep(6)
                wait_for("another try", 20, lambda: len(taken) > tries)
                time.sleep(1)
                equal(serving.said().count("could not be published"), 1)
                serving.end()
        with Serving(home) as serving, Radicale(home.folder, port) as server:
            serving.wait_for("could not be published")
            for _ in range(2):
                clock.ahead(seconds=45)
                time.sleep(6)
            wait_for("the calendar", 30, lambda: is_published(home, server))
            serving.end()


@test
def no_calendar_there():
    with Home(now=TUESDAY) as home, Radicale(home.folder) as server:
        secret = set_up(home, server)
        missing = [word.replace("/ana/jobs/", "/ana/none/") for word in secret]
        holds(one_sentence(home.run(*missing, status=1).err), "/ana/none/")
        holds(one_sentence(home.run(*[word.replace("/ana/jobs/", "/ana/") for word in secret], status=2).err), "calendar itself")
        holds(one_sentence(home.run("config", "calendar", "--url", "http://dav.example.net/x/", status=2).err), "https")
        holds(one_sentence(home.run("config", "calendar", "--url", "http://127.evil.example/x/", status=2).err), "https")
        one_sentence(home.run("calendar", "publish", status=1).err)


main()
