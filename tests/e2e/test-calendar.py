#!/usr/bin/env python3
"""followup calendar: interviews and follow-ups as another program reads them, always under the same names."""
import os
import re

from program import Home, equal, holds, main, one_sentence, test

TUESDAY = "2026-11-17T12:00:00-07:00"
PANEL = ["interview", "Globex", "today 10am", "--for", "1h30", "--position", "Data analyst", "--with", "Huck Finn <finn@globex.example>, hiring-manager",
         "--with", "Ada Okoro <okoro@globex.example>"]


def events(text):
    """[{property: value}] of the events of a calendar, its lines unfolded."""
    lines = text.replace("\r\n ", "").split("\r\n")
    found, alarm = [], False
    for line in lines:
        if line == "BEGIN:VEVENT":
            found.append({"alarms": []})
        alarm = line == "BEGIN:VALARM" or (alarm and line != "END:VALARM")
        name, _, value = line.partition(":")
        if found and alarm and name == "TRIGGER":
            found[-1]["alarms"].append(value)
        elif found and not alarm:
            found[-1][name.split(";")[0]] = value
    return found


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


main()
