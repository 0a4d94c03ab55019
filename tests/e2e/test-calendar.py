#!/usr/bin/env python3
"""followup calendar: interviews and follow-ups as another program reads them, always under the same names."""
import contextlib
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request

from program import Home, Skip, equal, holds, main, one_sentence, test

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


# ---- on a server ----

class Radicale:
    """Debian's Radicale on loopback, with one calendar and one login; a context manager."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, "radicale")
        os.mkdir(self.folder)
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = one.getsockname()[1]
        self.url = "http://127.0.0.1:%d/ana/jobs/" % self.port

    def __enter__(self):
        if subprocess.run(["/usr/bin/python3", "-c", "import radicale"], capture_output=True).returncode:
            raise Skip("radicale is not installed")
        users = os.path.join(self.folder, "users")
        with open(users, "w", encoding="utf-8") as file:
            file.write("ana:pw\n")
        options = ["--server-hosts=127.0.0.1:%d" % self.port, "--auth-type=htpasswd", "--auth-htpasswd-filename=" + users,
                   "--auth-htpasswd-encryption=plain", "--auth-delay=0", "--storage-filesystem-folder=" + os.path.join(self.folder, "data"), "--config="]
        self.process = subprocess.Popen(["/usr/bin/python3", "-m", "radicale", *options], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=open(os.path.join(self.folder, "log"), "w", encoding="utf-8"))
        end = time.monotonic() + 15
        while True:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                break
            if time.monotonic() > end or self.process.poll() is not None:
                with open(os.path.join(self.folder, "log"), encoding="utf-8") as log:
                    raise AssertionError("radicale did not answer: " + log.read()[-2000:])
            time.sleep(0.05)
        self.ask("MKCALENDAR", "")
        return self

    def __exit__(self, *exception):
        self.process.terminate()
        self.process.wait()

    def ask(self, method, name, body=None):
        login = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        login.add_password(None, self.url, "ana", "pw")
        opener = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(login))
        request = urllib.request.Request(self.url + name, method=method, data=body, headers={"Content-Type": "text/calendar"})
        with opener.open(request) as answer:
            return answer.read().decode()

    def events(self):
        return {event["UID"]: event for event in events(self.ask("GET", "").replace("\r\n", "\n").replace("\n", "\r\n"))}


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
        import sqlite3
        with contextlib.closing(sqlite3.connect(home.db)) as database, database:
            database.execute("DELETE FROM published")
        told = home.json("calendar", "publish")
        equal((told["created"], told["updated"]), (0, count))
        first = sorted(server.events())[0]
        server.ask("DELETE", first + ".ics")
        equal(home.json("calendar", "publish")["created"], 1, "what somebody removed there")


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
