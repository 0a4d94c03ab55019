#!/usr/bin/env python3
"""What goes on without its user: what is put off, what they are reminded of, and the one program that sees to it."""
import contextlib
import datetime
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
import time

from program import Home, Skip, equal, holds, main, one_sentence, test, wait_for
from rows import copy_opportunity
from serving import Serving, approved, stamp
from wire import CountingServer, free_port

NOW = "2026-11-17T12:00:00-07:00"
PANEL = ["interview", "Globex", "today 10am", "--for", "1h30", "--position", "Data analyst", "--with", "Huck Finn <finn@globex.example>, hiring-manager"]


def moment(day, hour):
    return "2026-11-%02dT%02d:00:00-07:00" % (day, hour)


def begun(home):
    return home.begin(
        ["config", "me", "--name", "Ana Reyes", "--email", "ana@example.net", "--skill", "SQL", "--zone", "America/Phoenix"], PANEL,
        ["people", "globex", "finn", "--salutation", "Mr. Finn"],
        ["debrief", "globex", "--topic", "finn: moving the forecast off spreadsheets", "--fit", "five years of SQL in a team of three"])


def test_lists(told):
    return {name: len(told[name]) for name in ("due", "optional", "coming")}


# ---- later ----

@test
def later_is_not_shown_and_comes_back():
    with Home(now=NOW) as home:
        begun(home)
        plan = home.json("show", "globex")["plan"]
        assert test_lists(home.json("today"))["due"] > 0
        told = home.run("later", "globex", "fri").out
        holds(told, "put off until Friday 20 November", "Meanwhile: Thank Huck Finn")
        today = home.json("today")
        equal(test_lists(today), {"due": 0, "optional": 0, "coming": 1}, "what is shown")
        equal(today["coming"][0]["later_until"], moment(20, 0))
        holds(home.run().out, "Nothing to do now", "Later", "Put off until Friday 20 November")
        shown = home.json("show", "globex")
        equal(shown["later_until"], moment(20, 0))
        equal(shown["plan"], plan, "the plan")
        equal(test_lists(home.json("today", now=moment(19, 23)))["due"], 0, "on the day before")
        assert test_lists(home.json("today", now=moment(20, 0)))["due"] > 0, "it did not come back"
        equal(home.json("show", "globex", now=moment(20, 0))["later_until"], None)


@test
def later_ends_by_a_word_or_an_answer():
    with Home(now=NOW) as home:
        begun(home)
        home.run("later", "globex", "fri")
        holds(home.run("later", "globex", "now").out, "not put off any more")
        assert test_lists(home.json("today"))["due"] > 0
        home.run("later", "globex", "fri")
        home.run("reply", "globex", "finn", "--says", "other", now=moment(17, 15))
        assert test_lists(home.json("today", now=moment(17, 15)))["due"] > 0, "an answer was hidden"
        one_sentence(home.run("later", "globex", "someday", status=2).err)


@test
def a_question_does_not_leave_meanwhile():
    """It waits for working hours after that; where the putting off ends early, it may leave."""
    with Home(now=NOW) as home:
        begun(home)
        home.run("log", "globex", "finn", "--step", "thank-you", "--channel", "email")
        home.run("promise", "globex", "--decision-by", "thu")
        friday = moment(20, 9)
        home.run("draft", "globex", "finn", "--step", "check-in", "--channel", "email", now=friday)
        home.run("approve", "globex", "finn", "--step", "check-in", "--now", now=friday)
        home.run("later", "globex", "sat", now=friday)
        told = home.json("deliver", "--once", now=moment(20, 10))
        equal((told["sent"], told["held"]), (0, 1), "what became of it")
        monday = home.rows("SELECT send_at FROM outbox")[0][0]
        equal(monday, 1795446000, "Monday 23 November, 08:00")
        home.run("later", "globex", "now", now=moment(20, 11))
        equal(home.rows("SELECT send_at FROM outbox"), [(1795446000 - 3 * 86400 + 3 * 3600,)])


@test
def what_is_put_off_is_exported_and_comes_back():
    with Home(now=NOW) as home, Home(now=NOW) as other:
        begun(home)
        home.run("later", "globex", "fri")
        other.run("import", "--yes", input=home.run("export").out)
        equal(other.json("show", "globex")["later_until"], moment(20, 0))


# ---- serve: by the real clock ----

@contextlib.contextmanager
def silent_server():
    """A port that takes connections and says nothing; gives the port and the connections taken."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = []
        server.settimeout(0.1)
        over = threading.Event()

        def take():
            while not over.is_set():
                with contextlib.suppress(OSError):
                    taken.append(server.accept()[0])
        taker = threading.Thread(target=take, daemon=True)
        taker.start()
        try:
            yield server.getsockname()[1], taken
        finally:
            over.set()
            taker.join()
            for one in taken:
                one.close()


def outbox(home):
    return home.rows("SELECT state, lease_until IS NULL FROM outbox")


@test
def serve_delivers_and_ends():
    for number in (signal.SIGTERM, signal.SIGINT):
        with Home() as home, CountingServer(home.folder) as server:
            approved(home, server.port, minutes=5)
            with Serving(home) as serving:
                serving.wait_for("Sent:")
                took = serving.end(number)
                assert took < 1.5, "it took %.1f s to end" % took
            equal(outbox(home), [("sent", 1)])
            equal(sum(server.arrived().values()), 1, "notes that arrived")


@test
def what_is_approved_meanwhile_leaves():
    with Home() as home, CountingServer(home.folder) as server:
        approved(home, server.port, minutes=5)
        home.run("edit", "globex", "finn", "--text", "Subject: x\n\nnot yet", now=stamp(minutes=4))
        with Serving(home, "--format", "json") as serving:
            time.sleep(1)
            home.run("draft", "globex", "finn", "--step", "thank-you", "--channel", "email", "--again")
            home.run("approve", "globex", "finn", "--now")
            serving.wait_for('"message_id"')
            serving.end()
            holds(serving.said().replace(" ", ""), '"sent":1')


@test
def leases_are_given_back():
    """Ended while a server does not answer: within a second or so, and the note is ready again."""
    with Home() as home, silent_server() as (port, taken):
        approved(home, port, minutes=5)
        with Serving(home) as serving:
            wait_for("a connection", 20, lambda: taken)
            equal(outbox(home)[0][0], "claimed")
            took = serving.end()
            assert took < 2.5, "it took %.1f s to end" % took
        equal(outbox(home), [("ready", 1)])


@test
def a_password_command_that_hangs_is_ended_too():
    with Home() as home:
        approved(home, free_port(), minutes=5)
        home.run("config", "mail", "--auth", "plain", "--user", "ana", "--secret-command", "sleep 60", "--no-probe")
        with Serving(home) as serving:
            wait_for("the claim", 20, lambda: outbox(home)[0][0] == "claimed")
            time.sleep(0.3)
            assert serving.end() < 1.5
        equal(outbox(home), [("ready", 1)])


@test
def a_server_that_is_away_ends_nothing():
    with Home() as home:
        approved(home, free_port(), minutes=5)
        with Serving(home) as serving:
            serving.wait_for("127.0.0.1")
            time.sleep(0.2)
            assert serving.process.poll() is None, "it ended"
            serving.end()
        equal(outbox(home), [("ready", 1)])


@test
def one_for_each_database():
    with Home() as home, Home() as other:
        home.run("config", "me", "--name", "Ana Reyes")
        with Serving(home) as serving, Serving(other):
            refused = one_sentence(home.run("serve", status=1).err)
            holds(refused, "Another", str(serving.process.pid))
            os.kill(serving.process.pid, signal.SIGKILL)
            serving.process.wait()
            with Serving(home) as again:
                again.end()
        one_sentence(home.run("serve", now=NOW, status=2).err)


@test
def a_note_whose_moment_passed_is_asked_about():
    """Three days late it is a draft again, and approving it sends it; who sends it by hand is not asked."""
    with Home() as home, CountingServer(home.folder) as server:
        approved(home, server.port, days=3)
        with Serving(home) as serving:
            serving.wait_for("Not sent:")
            serving.end()
        equal(outbox(home), [("cancelled", 1)])
        equal(home.rows("SELECT state FROM draft"), [("open",)])
        holds(" ".join(home.run().out.split()), "should it still go?", "followup approve globex")
        equal(server.arrived(), {}, "notes that arrived")
    with Home() as home, CountingServer(home.folder) as server:
        approved(home, server.port, days=3)
        told = home.json("deliver", "--once")
        equal((told["late"], told["sent"], [note["state"] for note in told["notes"]]), (1, 0, ["late"]))
    with Home() as home, CountingServer(home.folder) as server:
        approved(home, server.port, days=3)
        told = home.run("send", "--format", "json", status=None).json()
        equal(told["late"], 0, "notes that are asked about although their user sends them")


@test
def so_is_each_of_many():
    """However many there are, none leaves unasked beside those that were looked at."""
    copies = 230
    with Home() as home, CountingServer(home.folder) as server:
        approved(home, server.port, days=3)
        late = home.rows("SELECT send_at FROM outbox")[0][0]
        copy_opportunity(home.db, copies, lambda number: late + number)
        told = home.json("deliver", "--once", timeout=300)
        equal((told["late"], told["sent"]), (copies + 1, 0), "notes that were asked about, and that went")
        equal(home.rows("SELECT state, count(*) FROM outbox GROUP BY state"), [("cancelled", copies + 1)])
        equal(server.arrived(), {}, "notes that arrived")


@test
def so_is_one_that_a_killed_program_had_in_hand():
    with Home() as home, CountingServer(home.folder) as server:
        approved(home, server.port, days=3)
        connection = sqlite3.connect(home.db)
        with connection:
            connection.execute("UPDATE opportunity SET outline = NULL")
            connection.execute("UPDATE outbox SET state = 'claimed', claims = 1, lease_until = send_at + 300")
        connection.close()
        told = home.json("deliver", "--once")
        equal((told["late"], told["sent"]), (1, 0), "notes that were asked about, and that went")
        equal(server.arrived(), {}, "notes that arrived")


@test
def an_outage_is_told():
    with Home() as home, CountingServer(home.folder) as server:
        approved(home, server.port, minutes=30)
        with Serving(home) as serving:
            serving.end()
        home.run("log", "globex", "--undo", status=None)
        gone = time.time() - 2 * 86400
        os.utime(home.db + ".serve", (gone, gone))
        with Serving(home) as serving:
            serving.wait_for("Nobody was here from")
            serving.end()
        with Serving(home) as serving:
            time.sleep(0.3)
            assert "Nobody" not in serving.said(), serving.said()
            serving.end()


# ---- reminders ----

DESKTOP = """
import json, subprocess, sys, dbusmock, dbus
from dbusmock import DBusTestCase
mock, daemon = DBusTestCase.spawn_server_template("notification_daemon", {}, stdout=subprocess.PIPE)
try:
    status = subprocess.run(json.loads(sys.argv[1])).returncode
finally:
    mock.terminate()
    log = mock.communicate()[0].decode()
    sys.stderr.write("".join(line + "\\n" for line in log.splitlines() if " Notify " in line))
sys.exit(status)
"""


def on_desktop(home, *words, now=NOW):
    """Runs it in a desktop session of its own that shows notices: (what it told as JSON, the notices)."""
    if subprocess.run(["/usr/bin/python3", "-c", "import dbusmock"], capture_output=True).returncode or not shutil.which("dbus-run-session"):
        raise Skip("python3-dbusmock and dbus-daemon are not installed")
    script = home.write("desktop.py", DESKTOP)
    command = [home.command(*words, "--format", "json", now=now)]
    done = subprocess.run(["dbus-run-session", "--", "/usr/bin/python3", script, json.dumps(command[0])], env=home.env, cwd=home.folder,
                          capture_output=True, text=True, timeout=60)
    equal(done.returncode, 0, "exit status, with %s" % done.stderr)
    return json.loads(done.stdout), [line for line in done.stderr.splitlines() if " Notify " in line]


@test
def each_thing_is_told_once():
    with Home(now=NOW) as home:
        home.run("config", "me", "--zone", "America/Phoenix")
        home.run(*PANEL)
        told, notices = on_desktop(home, "remind", "--once")
        equal(len(told["reminders"]), 2, "things: the debrief and the thank-you")
        equal(len(notices), 2, "notices")
        holds("\n".join(notices), "Globex", "Thank Huck Finn")
        told, notices = on_desktop(home, "remind", "--once")
        equal((told["reminders"], notices), ([], []), "the second time")
        home.run("later", "globex", "fri")
        home.run("interview", "Initech", "today 9am", "--with", "Bill Lum")
        _, notices = on_desktop(home, "remind", "--once")
        assert notices and all("Initech" in notice for notice in notices), notices


@test
def not_in_the_quiet_hours_nor_of_what_is_put_off():
    with Home(now=NOW) as home:
        home.run("config", "me", "--zone", "America/Phoenix")
        home.run(*PANEL)
        home.run("config", "reminders", "--quiet", "21:00-08:00")
        told, notices = on_desktop(home, "remind", "--once", now=moment(17, 22))
        equal((len(told["reminders"]), told["waiting"] > 0, notices), (0, True, []))
        told, notices = on_desktop(home, "remind", "--once", now=moment(18, 7))
        equal(notices, [])
        _, notices = on_desktop(home, "remind", "--once", now=moment(18, 8))
        assert notices, "nothing in the morning"
    with Home(now=NOW) as home:
        home.run(*PANEL)
        home.run("config", "reminders", "--desktop", "no")
        _, notices = on_desktop(home, "remind", "--once")
        equal(notices, [])
        one_sentence(home.run("config", "reminders", "--quiet", "late", status=2).err)
        one_sentence(home.run("config", "reminders", "--digest", "25:00", status=2).err)


@test
def without_a_desktop_it_is_said_and_told_later():
    with Home(now=NOW) as home:
        home.run("config", "me", "--zone", "America/Phoenix")
        home.run(*PANEL)
        holds(one_sentence(home.run("remind", "--once", status=1).err), "desktop")
        _, notices = on_desktop(home, "remind", "--once")
        equal(len(notices), 2, "notices")


@test
def one_mail_in_the_morning():
    with Home(now=NOW) as home, CountingServer(home.folder) as server:
        begun(home)
        home.run("config", "mail", "--address", "ana@example.net", "--host", "127.0.0.1", "--port", server.port, "--security", "plaintext",
                 "--auth", "none", "--no-probe")
        home.run("config", "reminders", "--desktop", "no", "--digest", "08:00")
        equal(home.json("remind", "--once", now=moment(18, 7))["digest"], 0, "before its time")
        equal(home.json("remind", "--once", now=moment(18, 8))["digest"], 1)
        equal(home.json("remind", "--once", now=moment(18, 9))["digest"], 0, "the second of the day")
        equal(sum(server.arrived().values()), 1, "mails")
        home.run("later", "globex", "30 nov", now=moment(18, 10))
        equal(home.json("remind", "--once", now=moment(19, 9))["digest"], 0, "with nothing due")
        equal(sum(server.arrived().values()), 1, "mails")


@test
def a_mail_that_cannot_leave_is_tried_again_that_day():
    with Home(now=NOW) as home:
        begun(home)
        port = free_port()
        home.run("config", "mail", "--address", "ana@example.net", "--host", "127.0.0.1", "--port", port, "--security", "plaintext", "--auth", "none",
                 "--no-probe")
        home.run("config", "reminders", "--desktop", "no", "--digest", "08:00")
        one_sentence(home.run("remind", "--once", now=moment(18, 8), status=1).err)
        with CountingServer(home.folder) as server:
            home.run("config", "mail", "--port", server.port, "--no-probe")
            equal(home.json("remind", "--once", now=moment(18, 10))["digest"], 1)
            equal(sum(server.arrived().values()), 1, "mails")


# ---- service ----

def with_systemctl(home, answer):
    """A systemctl of the test's own, first in the path: it writes down its words and ends with that status."""
    folder = os.path.join(home.folder, "bin")
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "systemctl")
    with open(path, "w", encoding="utf-8") as script:
        script.write('#!/bin/sh\necho "$@" >>%s/systemctl.log\n%s\n' % (home.folder, answer))
    os.chmod(path, 0o755)
    home.env["PATH"] = folder + ":" + home.env["PATH"]
    return os.path.join(home.folder, "systemctl.log")


@test
def a_unit_is_written_started_and_taken_away():
    with Home() as home:
        log = with_systemctl(home, "exit 0")
        told = home.json("service", "install")
        equal(told["started"], True)
        with open(told["unit"], encoding="utf-8") as file:
            unit = file.read()
        holds(unit, "Restart=on-failure", "NoNewPrivileges=yes", '--db "%s" serve' % home.db, "WantedBy=default.target")
        with open(log, encoding="utf-8") as file:
            holds(file.read(), "--user daemon-reload", "--user enable followup.service", "--user restart followup.service")
        if shutil.which("systemd-analyze"):
            checked = subprocess.run(["systemd-analyze", "--user", "verify", told["unit"]], env=home.env, capture_output=True, text=True)
            assert "followup.service" not in checked.stderr, checked.stderr
        equal([unit["active"] for unit in home.json("service", "status")["units"]], [True])
        equal(home.json("service", "install", "--timers")["started"], True)
        equal(len(home.json("service", "status")["units"]), 6, "units with timers")
        equal(home.json("service", "remove")["removed"], 6)
        equal(os.listdir(os.path.dirname(told["unit"])), [])


@test
def without_systemd_it_is_said_what_to_do():
    with Home() as home:
        with_systemctl(home, "echo 'Failed to connect to bus' >&2; exit 1")
        holds(" ".join(home.run("service", "install").out.split()), "followup serve", "cron", "Failed to connect")


main()
