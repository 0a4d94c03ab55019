#!/usr/bin/env python3
"""The mailbox: what comes in by mail changes the plan, is asked about, or is left alone, and nothing asks unread.

Mails are put into a Maildir, or come over LMTP into Dovecot and are read over IMAP.  Each is written here, as mail programs
write them; the day passes by --now.
"""
import datetime
import email.message
import email.utils
import imaplib
import json
import os
import pty
import select
import signal
import smtplib
import sqlite3
import ssl
import subprocess
import time

from program import ROOT, Home, Skip, cases, equal, holds, main, one_sentence, test, wait_for
from wire import free_port, shared_server

HELD = "2026-11-17T12:00:00-07:00"  # an hour after the panel of a Tuesday
NEXT_DAY = "2026-11-18T12:00:00-07:00"
FRIDAY = "2026-11-20T10:00:00-07:00"  # the check-in is open: they were to decide on Thursday
ANSWER = "Hi Ana,\n\nthank you for your note. We need until Friday week to decide.\n\nBest,\nHuck\n"
REGRET = "Dear Ana,\n\nI am sorry to tell you that we have decided to go with another candidate.\n\nRegards\nAda\n"
INVITATION = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Globex//EN
METHOD:%s
BEGIN:VEVENT
UID:talk-2@globex.example
SEQUENCE:%d
DTSTAMP:20261118T170000Z
DTSTART:%s
DTEND:%s
SUMMARY:Second interview
ORGANIZER;CN=Rita Rook:mailto:rook@globex.example
ATTENDEE;CN=Huck Finn:mailto:finn@globex.example
ATTENDEE;CN=Ana Reyes:mailto:ana@example.net
END:VEVENT
END:VCALENDAR
"""


def letter(sender, body, subject="Re: our talk", at="2026-11-18T10:00:00-07:00", answers=None, id=None, calendar=None, **headers):
    """A mail to Ana, in bytes."""
    mail = email.message.EmailMessage()
    mail["From"] = sender
    mail["To"] = "Ana Reyes <ana@example.net>"
    mail["Subject"] = subject
    mail["Date"] = email.utils.format_datetime(datetime.datetime.fromisoformat(at))
    mail["Message-ID"] = id or email.utils.make_msgid(domain="globex.example")
    if answers:
        mail["In-Reply-To"] = mail["References"] = answers
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(body)
    if calendar:
        method, text = calendar
        mail.add_alternative(text.encode(), maintype="text", subtype="calendar", params={"method": method, "charset": "utf-8"})
    return mail.as_bytes()


def bounce(address, message_id=None, code="5.1.1", action="failed", text="User unknown"):
    """What a mail server sends back (RFC 3464)."""
    lines = ["From: MAILER-DAEMON@mx.example.net", "To: ana@example.net", "Subject: Undelivered Mail Returned to Sender",
             "Date: Wed, 18 Nov 2026 09:00:00 -0700", "Message-ID: %s" % email.utils.make_msgid(domain="mx.example.net"),
             "Return-Path: <>", "MIME-Version: 1.0", 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', "",
             "--b", "Content-Type: text/plain", "", "Your message could not be delivered: %s" % text, "",
             "--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example.net", "",
             "Final-Recipient: rfc822; %s" % address, "Action: %s" % action, "Status: %s" % code,
             "Diagnostic-Code: smtp; 550 %s %s" % (code, text), ""]
    if message_id:
        lines += ["--b", "Content-Type: text/rfc822-headers", "", "Message-ID: %s" % message_id, "To: %s" % address,
                  "From: ana@example.net", "Subject: Thank you", ""]
    return "\r\n".join(lines + ["--b--", ""]).encode()


class Maildir:
    def __init__(self, path):
        self.path, self.count = path, 0
        for folder in ("cur", "new", "tmp"):
            os.makedirs(os.path.join(path, folder))

    def put(self, mail):
        self.count += 1
        with open(os.path.join(self.path, "new", "%d.%d.host" % (time.time(), self.count)), "wb") as file:
            file.write(mail)

    def state(self):
        """Every file with its size and time."""
        found = []
        for folder in ("cur", "new"):
            for name in sorted(os.listdir(os.path.join(self.path, folder))):
                info = os.stat(os.path.join(self.path, folder, name))
                found.append((folder, name, info.st_size, info.st_mtime_ns))
        return found


class Search(Home):
    """A job search in which two people were met in a panel, and a mailbox to be read."""

    more = ()  # what was done since

    def __enter__(self):
        self.server = shared_server()
        self.begin(
            ["config", "me", "--name", "Ana Reyes", "--email", "ana@example.net", "--skill", "SQL"],
            ["config", "mail", "--address", "ana@example.net", "--host", "127.0.0.1", "--port", self.server.port, "--security",
             "plaintext", "--auth", "none", "--no-probe"],
            ["interview", "Globex", "2026-11-17T10:00", "--position", "Data analyst", "--requirement", "SQL", "--decision-by",
             "2026-11-19", "--with", "Huck Finn <finn@globex.example>, hiring-manager", "--with", "Ada Okoro <okoro@globex.example>"],
            *(["people", "Globex", person, "--salutation", name] for person, name in (("finn", "Mr. Finn"), ("okoro", "Ms. Okoro"))),
            ["debrief", "Globex", "--topic", "finn: moving the forecast off spreadsheets", "--topic",
             "okoro: how the team reviews each other's queries", "--fit", "five years of SQL in a team of three",
             "--unsaid", "the churn model I built"],
            *self.more)
        self.box = Maildir(os.path.join(self.folder, "Mail"))
        self.run("config", "inbox", "--maildir", self.box.path)
        return self

    def ids(self):
        return dict(self.rows("SELECT substr(to_address, 1, instr(to_address, '@') - 1), message_id FROM outbox ORDER BY number"))

    def ask_later(self, now=FRIDAY):
        """The check-in, approved to leave at once."""
        self.run("draft", "Globex", "finn", "--step", "check-in", now=now)
        self.run("approve", "Globex", "finn", "--now", now=now)

    def look(self, *mails, now=NEXT_DAY):
        for mail in mails:
            self.box.put(mail)
        return self.json("watch", "--once", now=now)

    def events(self):
        return self.rows("SELECT kind, says, decision_by, back_on, address FROM event WHERE kind != 'sent' ORDER BY number")

    def edit(self, *statements):
        connection = sqlite3.connect(self.db)
        with connection:
            for statement in (*statements, "UPDATE opportunity SET outline = NULL"):
                connection.execute(statement)
        connection.close()


class Approved(Search):
    """One in which the thanks of both are approved, to leave at once."""

    more = (["draft", "Globex", "--step", "thank-you"], ["approve", "Globex", "--all", "--now"])

    def thank(self):
        self.run("send")
        return self.ids()


def told(document):
    """(state, kind, says) of each mail."""
    return [(mail["state"], mail["kind"], mail["says"]) for mail in document["mails"]]


# ---- what a mail comes to ----

@test
def an_answer_in_the_thread_is_recorded():
    """With the sentence it was read from, and the date in it; once, whatever becomes of the mark."""
    with Approved(now=HELD) as home:
        ids = home.thank()
        before = home.json("show", "globex", now=NEXT_DAY)
        mail = letter("Huck Finn <finn@globex.example>", ANSWER, answers=ids["finn"])
        result = home.look(mail)
        equal(told(result), [("recorded", "reply", "more-time")])
        kept = result["mails"][0]
        equal((kept["decision_by"], kept["person"], kept["step"]), ("2026-11-27", "finn", "thank-you"))
        equal(kept["quote"], "We need until Friday week to decide.")
        equal(home.events(), [("reply", "more-time", "2026-11-27", None, None)])
        after = home.json("show", "globex", now=NEXT_DAY)
        check_in = [[step["opens"][:10] for step in shown["plan"]["steps"] if step["step"] == "check-in"] for shown in (before, after)]
        equal(check_in, [["2026-11-20"], ["2026-11-30"]], "when the check-in opens")
        equal(told(home.look()), [])
        home.edit("DELETE FROM mailbox")
        equal(told(home.look(mail)), [])
        equal(len(home.events()), 1)


@test
def what_is_said_to_people():
    with Approved(now=HELD) as home:
        ids = home.thank()
        home.box.put(letter("Huck Finn <finn@globex.example>", ANSWER, answers=ids["finn"]))
        home.box.put(letter("Ada Okoro <okoro@globex.example>", REGRET))
        out = " ".join(home.run("watch", "--once", now=NEXT_DAY).out.split())
        holds(out, "Huck Finn replied: more-time, a decision by Friday 27 November", "We need until Friday week to decide.",
              "What did Ada Okoro say? It reads as a rejection.", "followup inbox 2 --confirm")
        today = " ".join(home.run("today", now=NEXT_DAY).out.split())
        holds(today, "What came by mail", "What did Ada Okoro say?")
        holds(home.run("watch", "--once", now=NEXT_DAY).out, "Nothing new")
        document = home.json("today", now=NEXT_DAY)
        equal((document["inbox_open"], document["inbox"][0]["question"]), (1, "What did Ada Okoro say?"))


@cases([
    ("by-address", "Ada Okoro <okoro@globex.example>", "address", "okoro"),
    ("by-domain", "Rita Rook <rook@globex.example>", "domain", None),
    ("by-domain-below", "Rita Rook <rook@hr.globex.example>", "domain", None),
])
def what_names_no_note_is_asked(sender, reason, person):
    with Approved(now=HELD) as home:
        home.thank()
        result = home.look(letter(sender, REGRET))
        equal(told(result), [("open", "reply", "rejection")])
        equal((result["mails"][0]["reason"], result["mails"][0]["person"]), (reason, person))
        equal(home.events(), [])
        home.run("inbox", 1, "--confirm", *([] if person else ["--person", "finn"]), now=NEXT_DAY)
        equal(home.events(), [("reply", "rejection", None, None, None)])
        equal(home.json("inbox", now=NEXT_DAY)["mails"], [])
        holds(home.refuses("inbox", 1, "--confirm", now=NEXT_DAY, status=1), "confirmed")


@test
def who_writes_for_the_company_is_put_on_record():
    with Approved(now=HELD) as home:
        home.thank()
        home.look(letter('"Rook, Rita" <rook@globex.example>', REGRET))
        home.run("inbox", 1, "--confirm", now=NEXT_DAY)
        equal(home.rows("SELECT name, email FROM person ORDER BY number")[2:], [("Rita Rook", "rook@globex.example")])
        equal(home.json("inbox", "--all", now=NEXT_DAY)["mails"][0]["person"], "rook")


@cases([
    ("stranger", "Zed <zed@initech.example>", {}),
    ("newsletter", "Globex News <news@globex.example>", {"List_Id": "<news.globex.example>", "Precedence": "bulk"}),
    ("oneself", "Ana Reyes <ana@example.net>", {}),
])
def what_concerns_nobody_is_left_alone(sender, headers):
    with Approved(now=HELD) as home:
        home.thank()
        equal(told(home.look(letter(sender, "Our autumn sale begins. Shop now!\n", subject="Autumn", **headers))), [])


@test
def nothing_in_the_mailbox_changes():
    with Approved(now=HELD) as home:
        ids = home.thank()
        for sender in ("finn", "okoro", "zed"):
            home.box.put(letter("%s@globex.example" % sender, ANSWER, answers=ids["finn"]))
        before = home.box.state()
        home.look()
        equal(home.box.state(), before)


@test
def a_mail_of_an_applicant_system_is_asked_about():
    with Approved(now=HELD) as home:
        ids = home.thank()
        result = home.look(letter("Globex Careers <no-reply@us.greenhouse-mail.io>", REGRET, answers=ids["finn"]))
        equal(told(result), [("open", "reply", "rejection")])
        equal(result["mails"][0]["reason"], "relay")
        equal(home.events(), [])


@test
def an_answer_recorded_by_hand_is_not_recorded_again():
    with Approved(now=HELD) as home:
        ids = home.thank()
        home.run("reply", "globex", "finn", "--says", "more-time", "--decision-by", "2026-11-27", now=NEXT_DAY)
        equal(told(home.look(letter("finn@globex.example", ANSWER, answers=ids["finn"]))), [("noted", "reply", "more-time")])
        equal(len(home.events()), 1)


@test
def small_talk_of_long_ago_is_no_question():
    """What says nothing and was overtaken is noted; the same after the last contact is asked about."""
    with Approved(now=HELD) as home:
        home.thank()
        chat = "Hi Ana,\n\nthe room is on the second floor.\n\nHuck\n"
        old = letter("finn@globex.example", chat, at="2026-11-17T11:30:00-07:00")
        new = letter("finn@globex.example", chat, at="2026-11-17T13:30:00-07:00")
        equal(told(home.look(old, new)), [("noted", "reply", "other"), ("open", "reply", "other")])


# ---- bounces and absences ----

@cases([
    ("with-its-id", True, "5.1.1", "failed", "User unknown", ("recorded", "bounce", None)),
    ("by-address", False, "5.1.1", "failed", "User unknown", ("recorded", "bounce", None)),
    ("full", True, "4.2.2", "delayed", "mailbox full", ("noted", "delay", None)),
])
def what_came_back(with_id, code, action, text, expected):
    with Approved(now=HELD) as home:
        ids = home.thank()
        result = home.look(bounce("okoro@globex.example", ids["okoro"] if with_id else None, code, action, text))
        equal(told(result), [expected])
        hard = expected[1] == "bounce"
        equal(home.events(), [("bounced", None, None, None, "okoro@globex.example")] if hard else [])
        steps = home.json("show", "globex", now=NEXT_DAY)["plan"]["steps"]
        thanks = {step["to"]: step["state"] for step in steps if step["step"] == "thank-you"}
        equal(thanks, {"finn": "done", "okoro": "blocked" if hard else "done"})


@test
def an_absence_moves_the_check_in():
    with Approved(now=HELD) as home:
        ids = home.thank()
        away = letter("Huck Finn <finn@globex.example>", "I am out of the office until 30 November 2026.\n",
                      subject="Automatic reply: Thank you", answers=ids["finn"], Auto_Submitted="auto-replied")
        equal(told(home.look(away)), [("recorded", "auto-reply", None)])
        equal(home.events(), [("auto-reply", None, None, "2026-11-30", None)])


# ---- what is kept goes along ----

@test
def the_quote_is_shown_with_what_it_made():
    """Under the answer, an absence, and what its user confirmed; not under what was dismissed or corrected away."""
    with Approved(now=HELD) as home:
        ids = home.thank()
        home.look(letter("Huck Finn <finn@globex.example>", ANSWER, answers=ids["finn"]), letter("Ada Okoro <okoro@globex.example>", REGRET))
        quotes = lambda: [moment["quote"] for moment in home.json("show", "globex", now=NEXT_DAY)["timeline"] if moment["kind"] == "reply"]
        equal(quotes(), ["We need until Friday week to decide."])
        holds(" ".join(home.run("show", "globex", now=NEXT_DAY).out.split()), 'Huck Finn', '"We need until Friday week to decide."')
        home.run("inbox", 2, "--confirm", now=NEXT_DAY)
        equal(len([quote for quote in quotes() if quote and "decided to go with another" in quote]), 1, "quotes of the regret")
        home.run("inbox", 1, "--dismiss", now=NEXT_DAY)
        equal(len(quotes()), 1, "answers left")
        home.run("reply", "globex", "finn", "--says", "other", now=NEXT_DAY)
        equal(sorted(quote is None for quote in quotes()), [False, True], "one by hand has none")


@test
def an_export_takes_the_inbox_along():
    """Open questions can be answered where they come in; what was decided stays decided; taken back, nothing is left."""
    with Approved(now=HELD) as home, Home(now=NEXT_DAY) as other:
        ids = home.thank()
        home.look(letter("Huck Finn <finn@globex.example>", ANSWER, answers=ids["finn"]), letter("Ada Okoro <okoro@globex.example>", REGRET),
                  letter("Rita Rook <rook@globex.example>", "See the invitation.\n", subject="Second interview",
                         calendar=("REQUEST", INVITATION % ("REQUEST", 0, "20261124T170000Z", "20261124T180000Z"))))
        mails = home.json("inbox", "--all", now=NEXT_DAY)["mails"]
        equal(sorted(mail["state"] for mail in mails), ["open", "open", "recorded"])
        path = other.write("all.json", home.run("export", now=NEXT_DAY).out)
        other.run("add", "Initech")  # has the id 1, so that Globex gets another one
        before = other.run("export").out
        told = other.json("import", path)
        equal((told["added"], told["mails"]), (1, 3))
        came = other.json("inbox", "--all")["mails"]
        drop = lambda mail: {key: value for key, value in mail.items() if key not in ("number", "opportunity", "at")}
        equal(sorted(map(drop, came), key=str), sorted(map(drop, mails), key=str), "the mails")
        equal({mail["opportunity"] for mail in came}, {2})
        equal([moment["quote"] for moment in other.json("show", "globex")["timeline"] if moment["kind"] == "reply"], ["We need until Friday week to decide."])
        equal(other.json("import", path)["mails"], 0, "the second time")
        other.run("undo")
        equal(other.run("export").out, before, "after undo")
        equal(other.rows("SELECT count(*) FROM mail"), [(0,)])
        other.run("import", path)
        for mail in sorted(other.json("inbox")["mails"], key=lambda mail: mail["kind"]):  # the invitation before the regret
            other.run("inbox", mail["number"], "--confirm")
        equal(other.json("inbox")["mails"], [])
        equal([one["start"][:13] for one in other.json("show", "globex")["interviews"]], ["2026-11-17T10", "2026-11-24T10"])
        equal([said for said, in other.rows("SELECT says FROM event WHERE kind = 'reply' ORDER BY number")], ["more-time", "rejection"])


@test
def an_inbox_that_cannot_be_right_is_refused():
    with Approved(now=HELD) as home, Home(now=NEXT_DAY) as other:
        home.thank()
        home.look(letter("Ada Okoro <okoro@globex.example>", REGRET))
        document = home.json("export")
        for name, change, part in (
                ("no id", {"message_id": None}, "inbox[0].message_id"), ("two lines", {"quote": "one\ntwo"}, "inbox[0].quote"),
                ("no state", {"state": "lost"}, "inbox[0].state"), ("no kind", {"kind": "parcel"}, "inbox[0].kind"),
                ("no reason", {"reason": "why"}, "inbox[0].reason"), ("no such answer", {"says": "perhaps"}, "inbox[0].says"),
                ("no day", {"decision_by": "soon"}, "inbox[0].decision_by"), ("the year 9999", {"at": 253402300799}, "inbox[0].at"),
                ("nobody's", {"opportunity": 77}, "inbox[0].opportunity is 77"), ("a new key", {"colour": "red"}, "inbox[0].colour"),
                ("too large", {"calendar": "A" * 400000}, "inbox[0].calendar")):
            bad = dict(document, inbox=[{**document["inbox"][0], **change}])
            holds(other.refuses("import", other.write("bad.json", json.dumps(bad))), part)
            equal((name, other.rows("SELECT count(*) FROM opportunity")), (name, [(0,)]))


# ---- words ----

@test
def a_word_corrects_or_takes_back():
    with Approved(now=HELD) as home:
        ids = home.thank()
        home.look(letter("finn@globex.example", ANSWER, answers=ids["finn"]), letter("okoro@globex.example", REGRET))
        home.run("inbox", 2, "--as", "next-round", "--decision-by", "fri", now=NEXT_DAY)
        equal(home.events()[1], ("reply", "next-round", "2026-11-20", None, None))
        home.run("inbox", 1, "--as", "rejection", now=NEXT_DAY)
        equal(home.events()[0], ("reply", "rejection", None, None, None))
        home.run("inbox", 1, "--dismiss", now=NEXT_DAY)
        equal(home.events(), [("reply", "next-round", "2026-11-20", None, None)])
        equal([mail["state"] for mail in home.json("inbox", "--all", now=NEXT_DAY)["mails"]], ["confirmed", "dismissed"])
        holds(home.refuses("inbox", 9, "--confirm", now=NEXT_DAY, status=1), "no mail 9")
        holds(home.refuses("inbox", "--confirm", now=NEXT_DAY), "number")
        holds(home.refuses("inbox", 1, "--confirm", "--dismiss", now=NEXT_DAY), "one of")


def type_keys(home, now, command, answers):
    """What a terminal shows while each answer is typed at its prompt."""
    argv, shown, seen = home.command(*command, now=now), "", 0
    pid, end = pty.fork()
    if pid == 0:
        os.chdir(home.folder)
        os.execve(argv[0], argv, {**home.env, "TERM": "xterm", "COLUMNS": "400"})
    for prompt, typed in [*answers, (None, None)]:
        limit = time.monotonic() + 30
        while prompt is None or prompt not in shown[seen:]:
            ready, _, _ = select.select([end], [], [], 0.2)
            try:
                data = os.read(end, 4096) if ready else None
            except OSError:
                data = b""
            if data == b"":
                break
            shown += (data or b"").decode("utf-8", "replace")
            if time.monotonic() > limit:
                raise AssertionError("waited in vain for %r:\n%s" % (prompt, shown))
        if prompt is not None:
            if prompt not in shown[seen:]:
                raise AssertionError("it ended without %r:\n%s" % (prompt, shown))
            seen = shown.index(prompt, seen) + len(prompt)
            time.sleep(0.1)
            os.write(end, typed.encode())
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(end)
    return status, shown


@test
def one_key_answers():
    """Each mail in turn: another reading with its day, as it was read, and one that stays open."""
    with Approved(now=HELD) as home:
        home.thank()
        home.look(*(letter("Ada Okoro <okoro@globex.example>", REGRET, at="2026-11-18T1%d:00:00-07:00" % hour) for hour in range(3)))
        status, shown = type_keys(home, NEXT_DAY, ["inbox"], [
            ("[q]uit:", "m"), ("By which day", "4 dec\n"), ("[q]uit:", "x"), ("[q]uit:", "y"), ("[q]uit:", "s")])
        equal(status, 0)
        equal(home.events(), [("reply", "more-time", "2026-12-04", None, None), ("reply", "rejection", None, None, None)])
        equal([mail["state"] for mail in home.json("inbox", "--all", now=NEXT_DAY)["mails"]], ["open", "confirmed", "confirmed"])
        holds(shown, "What did Ada Okoro say?")


@test
def the_mailbox_is_asked_for():
    with Search(now=HELD) as home:
        home.run("config", "inbox", "--maildir", "-")
        equal(home.rows("SELECT count(*) FROM setting WHERE key LIKE 'inbox%'"), [(0,)])
        status, shown = type_keys(home, HELD, ["config", "inbox"], [("1 or 2", "2\n"), ("The folder:", home.box.path + "\n")])
        equal(status, 0)
        equal(home.rows("SELECT value FROM setting WHERE key = 'inbox.maildir'"), [(home.box.path,)])


@test
def an_invitation_becomes_the_interview():
    """It is offered, taken over, moved by its next version, and called off."""
    with Approved(now=HELD) as home:
        home.thank()

        def invite(method, sequence, start, end, subject):
            text = INVITATION % (method, sequence, start, end)
            result = home.look(letter("Rita Rook <rook@globex.example>", "See the attached invitation.\n", subject=subject,
                                      calendar=(method, text)))
            equal(len(result["mails"]), 1)
            return result["mails"][0]

        first = invite("REQUEST", 0, "20261124T170000Z", "20261124T180000Z", "Invitation: Second interview")
        equal((first["state"], first["kind"]), ("open", "invitation"))
        holds(first["quote"], "Second interview", "10:00")
        home.run("inbox", first["number"], "--confirm", now=NEXT_DAY)
        starts = "SELECT datetime(start_at, 'unixepoch') FROM interview ORDER BY number"
        equal(home.rows(starts)[1:], [("2026-11-24 17:00:00",)])
        equal(home.rows("SELECT calendar IS NULL FROM mail"), [(1,)])
        moved = invite("REQUEST", 1, "20261125T170000Z", "20261125T180000Z", "Updated invitation: Second interview")
        home.run("inbox", moved["number"], "--confirm", now=NEXT_DAY)
        equal(home.rows(starts)[1:], [("2026-11-25 17:00:00",)])
        off = invite("CANCEL", 2, "20261125T170000Z", "20261125T180000Z", "Canceled: Second interview")
        equal(off["kind"], "cancellation")
        home.run("inbox", off["number"], "--confirm", now=NEXT_DAY)
        equal(home.rows(starts)[1:], [])


# ---- the gate ----

@test
def an_answer_that_just_came_holds_the_check_in():
    with Approved(now=HELD) as home:
        ids = home.thank()
        home.ask_later()
        home.box.put(letter("finn@globex.example", ANSWER, answers=ids["finn"], at="2026-11-20T09:50:00-07:00"))
        result = home.json("send", "globex", "finn", "--now", now=FRIDAY, status=None)
        equal([(note["state"]) for note in result["notes"]], ["held"])
        equal(home.events()[0][:2], ("reply", "more-time"))
        equal(sum(home.server.arrived().values()), 2, "arrivals")


@test
def a_mail_that_is_not_judged_yet_holds_the_check_in():
    with Approved(now=HELD) as home:
        home.thank()
        home.ask_later()
        home.box.put(letter("finn@globex.example", REGRET, at="2026-11-20T09:50:00-07:00"))
        result = home.json("send", "globex", "finn", now=FRIDAY, status=None)
        equal([note["state"] for note in result["notes"]], ["held"])
        holds(result["notes"][0]["why"], "inbox")
        home.run("inbox", 1, "--dismiss", now=FRIDAY)
        later = "2026-11-20T11:00:00-07:00"
        result = home.json("send", "globex", "finn", now=later)
        equal([note["state"] for note in result["notes"]], ["sent"])


@test
def without_the_mailbox_an_ask_waits_and_a_thank_you_goes():
    with Approved(now=HELD) as home:
        gone = home.box.path + "-gone"
        os.rename(home.box.path, gone)
        home.thank()
        equal(sum(home.server.arrived().values()), 2, "arrivals")
        home.ask_later()
        result = home.json("send", "globex", "finn", now=FRIDAY, status=None)
        equal([note["state"] for note in result["notes"]], ["held"])
        holds(result["notes"][0]["why"], "answered")
        os.rename(gone, home.box.path)
        result = home.json("send", "globex", "finn", now="2026-11-20T10:30:00-07:00")
        equal([note["state"] for note in result["notes"]], ["sent"])


# ---- notes nobody knows of ----

def doubt(home):
    """Both thank-yous left or did not: nobody knows."""
    home.edit("UPDATE outbox SET state = 'unknown', attempts = 1, last_error = 'the connection was lost'")
    return home.ids()


def file_copy(home, message_id):
    sent = os.path.join(home.box.path, ".Sent")
    box = Maildir(sent) if not os.path.isdir(sent) else None
    mail = letter("Ana Reyes <ana@example.net>", "Thank you.\n", subject="Thank you", id=message_id, at=HELD)
    with open(os.path.join(sent, "cur", "%d.%s:2,S" % (time.time(), message_id.strip("<>")[:8])), "wb") as file:
        file.write(mail)
    return box


@test
def a_copy_among_the_sent_settles_it():
    with Approved(now=HELD) as home:
        ids = doubt(home)
        holds(home.refuses("settle", "globex", "finn", status=1), "no folder of sent mail")
        file_copy(home, ids["finn"])
        result = home.look(now=HELD)
        equal(result["settled"], 1)
        states = dict(home.rows("SELECT to_address, state FROM outbox"))
        equal(states, {"finn@globex.example": "sent", "okoro@globex.example": "unknown"})
        why = home.rows("SELECT last_error FROM outbox WHERE state = 'unknown'")[0][0]
        holds(why, "most likely it did not go")
        holds(home.refuses("settle", "globex", "okoro", status=1), "most likely")
        file_copy(home, ids["okoro"])
        home.run("settle", "globex", "okoro")
        equal(home.rows("SELECT count(*) FROM event WHERE kind = 'sent'"), [(2,)])


@test
def an_answer_proves_that_it_went():
    with Approved(now=HELD) as home:
        ids = doubt(home)
        equal(told(home.look(letter("finn@globex.example", ANSWER, answers=ids["finn"]))), [("recorded", "reply", "more-time")])
        equal(home.rows("SELECT state FROM outbox WHERE to_address LIKE 'finn%'"), [("sent",)])
        equal(home.rows("SELECT count(*) FROM event WHERE kind = 'sent'"), [(1,)])


# ---- settings, and what is wrong ----

@test
def settings_that_cannot_be():
    with Home(now=HELD) as home:
        home.run("config", "me", "--name", "Ana Reyes", "--email", "ana@example.net")
        holds(home.refuses("watch", "--once", status=1), "config inbox")
        holds(home.refuses("config", "inbox", "--maildir", home.folder, status=1), "Maildir")
        holds(home.refuses("config", "inbox", "--maildir", "/x", "--imap", "imap.example.net"), "or")
        holds(home.refuses("config", "me", "--maildir", "/x"), "followup config inbox")
        port = free_port()
        with Home(now=HELD) as bare:
            bare.run("config", "inbox", "--imap", "127.0.0.1", "--user", "ana", "--secret-command", "echo pw", "--no-probe")
            holds(bare.refuses("config", "inbox", "--maildir", "-", "--address", "ana@example.net"), "folder")
        wrong = home.run("config", "inbox", "--imap", "127.0.0.1", "--port", port, "--security", "tls", "--secret-command", "echo pw",
                         status=None)
        holds(one_sentence(wrong.err), "127.0.0.1")
        equal(home.rows("SELECT count(*) FROM setting WHERE key LIKE 'inbox%'"), [(0,)])
        out = home.run("config", "inbox", "--address", "ana@gmail.com", "--secret-command", "echo pw", "--no-probe").out
        holds(out, "imap.gmail.com", "993", "app password")


@test
def a_command_comes_in_from_no_file():
    with Home(now=HELD) as home, Home(now=HELD) as other:
        home.run("config", "inbox", "--address", "ana@gmail.com", "--secret-command", "touch taken", "--no-probe")
        other.run("import", home.write("all.json", home.run("export").out))
        equal(other.rows("SELECT key FROM setting WHERE key LIKE '%command'"), [])
        equal(other.rows("SELECT value FROM setting WHERE key = 'inbox.host'"), [("imap.gmail.com",)])


@test
def hostile_mails_do_no_harm():
    """What a mail holds is shown escaped, bounded, and never ends a look."""
    with Approved(now=HELD) as home:
        ids = home.thank()
        head = "From: \"Huck \x1b[31mFinn\x07\" <finn@globex.example>\r\nMessage-ID: %s\r\nIn-Reply-To: %s\r\nSubject: =?utf-8?q?=1B=5B31m?=" \
               "\u202e\r\nDate: nonsense\r\n"
        mails = [
            (head % ("<a@x>", ids["finn"]) + "\r\nWe need \x1b[31m until Friday \x07week to decide.\r\n").encode(),
            (head % ("<" + "b" * 5000 + "@x>", ids["finn"]) + "X: " + "y" * 300000 + "\r\n\r\nHello\r\n").encode(),
            b"In-Reply-To: " + ids["finn"].encode(),
            b"\xff\xfe\x00\x01From: finn@globex.example\r\n\r\n",
            b"",
        ]
        for mail in mails:
            home.box.put(mail)
        out = home.run("watch", "--once", now=NEXT_DAY).out
        assert "\x1b" not in out and "\u202e" not in out, "control characters reach the terminal: %r" % out
        equal(home.json("watch", "--once", now=NEXT_DAY)["mails"], [])
        quote, = home.rows("SELECT quote FROM mail WHERE message_id = 'a@x'")[0]
        assert "\x1b" not in quote, quote


# ---- over IMAP ----

class Servers:
    """Dovecot, and SMTP that delivers into it, for as long as the test runs."""

    def __enter__(self):
        self.process = subprocess.Popen(["/usr/bin/python3", os.path.join(ROOT, "tests", "servers", "start.py"), "dovecot", "bridge"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise Skip("no mail servers here: %s" % self.process.stderr.read().strip().split("\n")[-1])
        return json.loads(line)

    def __exit__(self, *exception):
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()
        self.process.stderr.close()


def deliver(servers, mail):
    with smtplib.LMTP("127.0.0.1", servers["dovecot"]["lmtp"]) as lmtp:
        lmtp.sendmail("someone@globex.example", ["ana@example.net"], mail)


def use_imap(home, servers, *more):
    secret = home.write("secret", servers["password"])
    os.chmod(secret, 0o600)
    return home.run("config", "inbox", "--imap", "localhost", "--port", servers["dovecot"]["imaps"], "--user", servers["user"], "--auth",
                    "plain", "--secret-file", secret, "--ca-file", servers["ca"], *more, status=None)


@test
def the_whole_story_over_imap():
    """An invitation becomes the interview; thanks go out; more time moves the check-in; a rejection brings up the last thanks."""
    with Servers() as servers, Home(now=HELD) as home:
        home.run("config", "me", "--name", "Ana Reyes", "--email", "ana@example.net", "--skill", "SQL")
        home.run("config", "mail", "--address", "ana@example.net", "--host", "127.0.0.1", "--port", servers["bridge"]["smtp"],
                 "--security", "plaintext", "--auth", "none", "--no-probe")
        home.run("add", "Globex", "--position", "Data analyst", "--playbook", "stay-in-touch", now="2026-11-12T09:00:00-07:00")
        home.run("people", "Globex", "Rita Rook <rook@globex.example>", "--role", "recruiter", now="2026-11-12T09:00:00-07:00")
        holds(use_imap(home, servers).out, "The login works")
        text = INVITATION % ("REQUEST", 0, "20261117T170000Z", "20261117T180000Z")
        deliver(servers, letter("Rita Rook <rook@globex.example>", "Please see the invitation.\n", at="2026-11-13T09:00:00-07:00",
                                subject="Invitation: Interview", calendar=("REQUEST", text)))
        offered = home.json("watch", "--once", now="2026-11-13T10:00:00-07:00")["mails"]
        equal([mail["kind"] for mail in offered], ["invitation"])
        home.run("inbox", offered[0]["number"], "--confirm", now="2026-11-13T10:00:00-07:00")
        equal(home.rows("SELECT count(*) FROM interview"), [(1,)])
        home.run("people", "Globex", "finn", "--salutation", "Mr. Finn", "--role", "hiring-manager")
        home.run("promise", "Globex", "--decision-by", "2026-11-19")
        home.run("debrief", "Globex", "--topic", "finn: moving the forecast off spreadsheets", "--fit", "five years of SQL")
        home.run("draft", "Globex", "finn", "--step", "thank-you")
        home.run("approve", "Globex", "finn", "--now")
        equal([note["state"] for note in home.json("send")["notes"]], ["sent"])
        ids = dict(home.rows("SELECT to_address, message_id FROM outbox"))
        deliver(servers, letter("Huck Finn <finn@globex.example>", ANSWER, answers=ids["finn@globex.example"]))
        equal(told(home.json("watch", "--once", now=NEXT_DAY)), [("recorded", "reply", "more-time")])
        opens = [step["opens"][:10] for step in home.json("show", "globex", now=NEXT_DAY)["plan"]["steps"] if step["step"] == "check-in"]
        equal(opens, ["2026-11-30"])
        deliver(servers, letter("Huck Finn <finn@globex.example>", REGRET, answers=ids["finn@globex.example"],
                                at="2026-11-24T10:00:00-07:00"))
        closed = "2026-11-24T12:00:00-07:00"
        equal(told(home.json("watch", "--once", now=closed)), [("recorded", "reply", "rejection")])
        steps = home.json("show", "globex", now=closed)["plan"]["steps"]
        states = {step["step"]: (step["state"], step.get("reason")) for step in steps if step["step"] in ("check-in", "thank-for-answer")}
        equal(states["check-in"], ("skipped", "rejected"))
        equal(states["thank-for-answer"][0], "due")
        with imaplib.IMAP4_SSL("localhost", servers["dovecot"]["imaps"],
                               ssl_context=ssl.create_default_context(cafile=servers["ca"])) as imap:
            imap.login(servers["user"], servers["password"])
            imap.select("INBOX", readonly=True)
            equal(len(imap.search(None, "UNSEEN")[1][0].split()), 3, "mails that are still unread")


@test
def watching_over_imap_goes_on():
    """What comes while it watches is told within moments; a server that went away is tried again later."""
    with Servers() as servers, Search() as home:
        home.now = None
        home.run("config", "inbox", "--maildir", "-")
        holds(use_imap(home, servers).out, "The login works")
        home.edit("UPDATE interview SET start_at = strftime('%s') - 7200, end_at = strftime('%s') - 3600, decision_by = NULL")
        watcher = home.start("watch", "--format", "json")
        try:
            time.sleep(1)
            deliver(servers, letter("Ada Okoro <okoro@globex.example>", REGRET, at=datetime.datetime.now().astimezone().isoformat()))
            wait_for("the mail", 15, lambda: home.rows("SELECT kind, says, state FROM mail") == [("reply", "rejection", "open")])
        finally:
            watcher.send_signal(signal.SIGTERM)
            watcher.communicate(timeout=20)
        wrong = home.write("wrong", "not the password")
        os.chmod(wrong, 0o600)
        refused = home.run("config", "inbox", "--secret-file", wrong, status=None)
        one_sentence(refused.err)


main()
