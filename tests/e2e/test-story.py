#!/usr/bin/env python3
"""The whole story of a job search, with a real mail server: from a panel interview to knowing when to stop.

One home, one database, days that pass by --now.  Notes go through a real MTA with TLS and login and are read back over
IMAP from the mailboxes of those they were written to.
"""
import datetime
import email
import email.policy
import imaplib
import json
import os
import re
import ssl
import subprocess
import sys

from program import ROOT, Home, Skip, equal, holds, main, one_sentence, test, wait_for

PANEL_ENDS = "2026-11-17T11:30:00-07:00"  # a Tuesday


class Servers:
    """tests/servers for as long as the test runs; a context manager that gives what start.py told."""

    def __enter__(self):
        # Debian's own interpreter: the one that its python3-aiosmtpd belongs to.
        self.process = subprocess.Popen(["/usr/bin/python3", os.path.join(ROOT, "tests", "servers", "start.py")], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise Skip("no mail servers here: %s" % self.process.stderr.read().strip().split("\n")[-1])
        return json.loads(line)

    def __exit__(self, *exception):
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()
        self.process.stderr.close()


class Story:
    def __init__(self, home, servers):
        self.home, self.servers = home, servers

    def type(self, moment, *words, **options):
        return self.home.run(*words, now=moment, **options)

    def json(self, moment, *words, **options):
        return self.home.json(*words, now=moment, **options)

    def steps(self, moment):
        """{(step, to): state} of the opportunity's plan."""
        shown = self.json(moment, "show", "globex")
        return shown, {(step["step"], step.get("to"), step.get("attempt", 1)): step["state"] for step in shown["plan"]["steps"]}

    def mailbox(self, user):
        """The messages in somebody's mailbox, oldest first."""
        context = ssl.create_default_context(cafile=self.servers["ca"])
        with imaplib.IMAP4_SSL("127.0.0.1", self.servers["dovecot"]["imaps"], ssl_context=context) as imap:
            imap.login(user, self.servers["password"])
            imap.select("INBOX", readonly=True)
            numbers = imap.search(None, "ALL")[1][0].split()
            return [email.message_from_bytes(imap.fetch(number, "(RFC822)")[1][0][1], policy=email.policy.default) for number in numbers]

    def wait_for_mail(self, user, count):
        return wait_for("%d notes in the mailbox of %s" % (count, user), 20, lambda: (lambda found: found if len(found) >= count else None)(self.mailbox(user)))


def set_up(story):
    """Who Ana is, and her mail account, proved by a login; a wrong password is refused and not kept."""
    now, servers, home = "2026-11-13T09:00:00-07:00", story.servers, story.home
    story.type(now, "config", "me", "--name", "Ana Reyes", "--email", "ana@example.net", "--phone", "+1 602 555 0142", "--skill", "SQL",
               "--skill", "forecasting", "--holiday", "2026-11-26")
    port = servers["exim"]["submission"] if servers.get("exim") else servers["dovecot"]["submission"]
    account = ["config", "mail", "--address", "ana@example.net", "--host", "localhost", "--port", port, "--security", "starttls", "--auth", "plain",
               "--user", servers["user"], "--ca-file", servers["ca"]]
    wrong = home.write("wrong", "not the password\n")
    os.chmod(wrong, 0o600)
    one_sentence(story.type(now, *account, "--secret-file", wrong, status=1).err)
    equal(home.rows("SELECT value FROM setting WHERE key = 'mail.host'"), [], "what a refused account left")
    right = home.write("password", servers["password"] + "\n")
    os.chmod(right, 0o600)
    story.type(now, *account, "--secret-file", right)
    dump = "\n".join(str(row) for row in home.rows("SELECT key, value FROM setting"))
    assert not re.search(r"'%s'" % re.escape(servers["password"]), dump), "the password is in the database"


def interview(story):
    story.type("2026-11-16T17:00:00-07:00", "interview", "Globex", "tomorrow 10am", "--for", "1h30", "--position", "Data analyst",
               "--with", "Huck Finn <finn@globex.example>, hiring-manager", "--with", "Ada Okoro <okoro@globex.example>",
               "--with", "Tom Lind <bounce-lind@globex.example>", "--requirement", "SQL", "--requirement", "clear writing")
    for person, name in (("finn", "Mr. Finn"), ("okoro", "Ms. Okoro"), ("lind", "Mr. Lind")):
        story.type("2026-11-16T17:05:00-07:00", "people", "globex", person, "--salutation", name)
    holds(story.type("2026-11-17T11:31:00-07:00", ).out, "Globex", "debrief")
    story.type("2026-11-17T11:45:00-07:00", "debrief", "globex", "--topic", "finn: moving the forecast off spreadsheets",
               "--topic", "okoro: how the team reviews each other's queries", "--topic", "lind: who answers when a report breaks at night",
               "--strong", "the question about slow queries", "--fit", "five years of SQL in a team of three")


def drafts(story):
    """Three drafts, three different notes; one with a wrong name is refused until it is mended."""
    now = "2026-11-17T12:00:00-07:00"
    story.type(now, "draft", "globex")
    rows = story.home.rows("SELECT p.id, d.subject, d.body FROM draft d JOIN person p ON p.number = d.person AND p.opportunity = d.opportunity WHERE d.step = 'thank-you'")
    bodies = {person: body for person, _, body in rows}
    equal(sorted(bodies), ["finn", "lind", "okoro"], "people with a draft")
    for person, part in (("finn", "spreadsheets"), ("okoro", "each other's"), ("lind", "at night")):
        holds(bodies[person], part)
        assert sum(part in body for body in bodies.values()) == 1, "%r stands in more than one note" % part
    subject = dict((person, subject) for person, subject, _ in rows)["finn"]
    wrong = "Subject: %s\n\n%s" % (subject, bodies["finn"].replace("Finn", "Sawyer"))
    story.type(now, "edit", "globex", "finn", "--text", wrong)
    refused = story.type(now, "approve", "globex", "finn", status=1)
    holds(refused.out + refused.err, "Sawyer")
    one_sentence(refused.err)
    equal(story.home.rows("SELECT count(*) FROM outbox"), [(0,)], "notes on their way")
    story.type(now, "edit", "globex", "finn", input="Subject: %s\n\n%s" % (subject, bodies["finn"]))
    story.type("2026-11-17T12:20:00-07:00", "approve", "globex", "--all")


def sending(story):
    """Through the MTA into three mailboxes; each note is what was approved, and no two are alike."""
    sent = story.json("2026-11-17T12:30:00-07:00", "send")
    equal((sent["sent"], sent["refused"], sent["unknown"]), (3, 0, 0), "what became of the notes")
    notes = {user: story.wait_for_mail(user, 1)[0] for user in ("finn", "okoro")}
    if not story.servers.get("exim"):  # without the MTA nothing bounces
        notes["lind"] = story.wait_for_mail("bounce-lind", 1)[0]
    texts = {user: note.get_content() for user, note in notes.items()}
    equal(len(set(texts.values())), len(texts), "different notes")
    for user, note in notes.items():
        equal(note["From"].addresses[0].addr_spec, "ana@example.net")
        equal([one.domain for one in note["To"].addresses], ["globex.example"])
        holds(texts[user], "Ana Reyes", {"finn": "spreadsheets", "okoro": "each other's", "lind": "at night"}[user])
        assert note["In-Reply-To"] is None, "a first note that answers something"
    _, states = story.steps("2026-11-17T12:31:00-07:00")
    equal({states["thank-you", person, 1] for person in ("finn", "okoro", "lind")}, {"done"}, "thank-yous")
    equal(story.json("2026-11-17T12:40:00-07:00", "send")["sent"], 0, "notes sent again")
    return notes["finn"]["Message-ID"].strip()


def bounce(story):
    """A note came back: the thank-you is open again, blocked until there is another address, and then sent."""
    if story.servers.get("exim"):
        returned = story.wait_for_mail("ana", 1)[0]
        holds(returned.as_string(), "bounce-lind@globex.example")
    now = "2026-11-17T14:00:00-07:00"
    story.type(now, "log", "globex", "lind", "--bounced")
    _, states = story.steps(now)
    equal(states["thank-you", "lind", 1], "blocked", "the thank-you that came back")
    story.type(now, "people", "globex", "lind", "--email", "tom.lind@globex.example")
    _, states = story.steps(now)
    equal(states["thank-you", "lind", 1], "due", "the thank-you with a new address")
    story.type(now, "draft", "globex", "lind", "--step", "thank-you")
    story.type(now, "approve", "globex", "lind", "--step", "thank-you")
    equal(story.json("2026-11-17T14:05:00-07:00", "send")["sent"], 1, "notes sent")
    holds(story.wait_for_mail("tom.lind", 1)[0].get_content(), "at night")


def check_in(story, thread):
    """They promised Thursday: nothing before Friday nine, then the check-in, in the thread of the thank-you."""
    story.type("2026-11-17T16:00:00-07:00", "promise", "globex", "--decision-by", "thu")
    for early in ("2026-11-18T09:00:00-07:00", "2026-11-19T17:00:00-07:00", "2026-11-20T08:59:00-07:00"):
        shown, states = story.steps(early)
        equal((states["check-in", "finn", 1], shown["plan"]["verdict"]), ("upcoming", "wait"), "the check-in at %s" % early)
    morning = "2026-11-20T09:00:00-07:00"
    _, states = story.steps(morning)
    assert states["check-in", "finn", 1] in ("due", "overdue"), states
    holds(story.type(morning).out, "Globex", "Huck Finn")
    story.type(morning, "draft", "globex", "finn", "--step", "check-in", "--channel", "email")
    story.type(morning, "approve", "globex", "finn", "--step", "check-in")
    equal(story.json("2026-11-20T09:05:00-07:00", "send")["sent"], 1, "notes sent")
    note = story.wait_for_mail("finn", 2)[1]
    equal((note["In-Reply-To"].strip(), note["References"].strip()), (thread, thread), "the thread of the check-in")
    assert note["Message-ID"].strip() != thread, "two notes of one Message-ID"


def last_ask(story, thread):
    """No answer: on its day the last question goes out, in the same thread."""
    shown, states = story.steps("2026-11-20T10:00:00-07:00")
    opens = next(step["opens"] for step in shown["plan"]["steps"] if step["step"] == "final-check")
    equal(states["final-check", "finn", 1], "upcoming", "the last ask, an hour after the one before")
    assert "2026-11-25" < opens < "2026-12-05", "the last ask opens %s" % opens
    story.type(opens, "draft", "globex", "finn", "--step", "final-check", "--channel", "email")
    story.type(opens, "approve", "globex", "finn", "--step", "final-check")
    equal(story.json(opens, "send")["sent"], 1, "notes sent")
    note = story.wait_for_mail("finn", 3)[2]
    equal(note["References"].split()[0], thread, "the thread of the last ask")
    equal(len(note["References"].split()), 2, "notes that the last one refers to")
    return opens


def the_end(story, asked):
    """No answer to that either: wait a week, then move on, and not before."""
    days = [(datetime.datetime.fromisoformat(asked) + datetime.timedelta(days)).isoformat() for days in (1, 6, 10)]
    verdicts = [story.steps(day)[0]["plan"]["verdict"] for day in days]
    equal(verdicts, ["wait", "wait", "move-on"], "verdicts one, six and ten days after the last ask")
    holds(story.type(days[-1]).out, "Globex", "move on")


@test
def a_job_search():
    """Recorded, debriefed, drafted, reviewed, approved, sent, bounced, promised, asked, and let go."""
    with Servers() as servers, Home() as home:
        story = Story(home, servers)
        print("# the MTA: %s" % ("Exim" if servers.get("exim") else "Dovecot's submission (%s)" % servers.get("exim_missing")))
        set_up(story)
        interview(story)
        drafts(story)
        thread = sending(story)
        bounce(story)
        check_in(story, thread)
        the_end(story, last_ask(story, thread))


if sys.version_info < (3, 9):
    sys.exit("these tests need Python 3.9")
main()
