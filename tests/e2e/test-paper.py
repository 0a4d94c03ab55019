#!/usr/bin/env python3
"""Cards and calls from outside: what comes out of the printer, when it arrives, and how a call is put on record.

The PDFs are read back with poppler's tools; a call's keys are pressed in a terminal of the test's own.
"""
import os
import pty
import re
import select
import shutil
import subprocess
import time

from program import Home, Skip, cases, equal, holds, main, test

TUESDAY, WEDNESDAY = "2026-11-17T12:00:00-07:00", "2026-11-18T12:00:00-07:00"
ARABIC, HEBREW = "ليلى حداد", "דנה כהן"


def recorded(home, kind="in-person", *more):
    return home.begin(
        ["config", "me", "--name", "Ana Reyes", "--email", "ana@example.net", "--phone", "+1 602 555 0142"],
        ["interview", "Globex", "today 10am", "--position", "Data analyst", "--kind", kind,
         "--with", "Huck Finn <finn@globex.example>, hiring-manager", "--with", "Ada Okoro <okoro@globex.example>", *more],
        ["debrief", "globex", "--topic", "finn: moving the forecast off spreadsheets", "--topic", "okoro: how the team reviews queries",
         "--fit", "five years of SQL in a team of three", "--decision-by", "27 nov"],
        ["people", "globex", "finn", "--address", "1 Main St, Phoenix, AZ 85001", "--phone", "+1 602 555 0111", "--salutation", "Mr. Finn"])


def poppler(tool, home, name, *arguments):
    if not shutil.which(tool):
        raise Skip("poppler-utils is not installed")
    return subprocess.run([tool, *arguments, os.path.join(home.folder, name), *(["-"] if tool == "pdftotext" else [])],
                          capture_output=True, text=True, check=True).stdout


def words(text):
    return re.sub(r"[\s\u202a-\u202e]+", " ", text)


# ---- cards ----

@test
def a_card_and_its_envelope():
    """The card's words are the draft's; the day it arrives is the plan's; nothing is written over."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        told = home.run("card", "globex", "finn", "--envelope").out
        holds(words(told), "card-globex-finn.pdf: 2 pages", "arrives on Friday 20 November", "they decide by Friday 27 November",
              "Tuesday 24 November is the last day to mail it", "followup config me --address", "followup log globex finn --step card")
        read = words(poppler("pdftotext", home, "card-globex-finn.pdf", "-layout"))
        holds(read, "Dear Mr. Finn,", "moving the forecast off spreadsheets", "Ana Reyes", "Huck Finn Globex 1 Main St Phoenix, AZ 85001")
        holds(poppler("pdfinfo", home, "card-globex-finn.pdf"), "Card to Huck Finn, Globex", "432 x 288 pts")
        holds(home.refuses("card", "globex", "finn", status=1), "card-globex-finn.pdf", "--force")
        home.run("config", "me", "--address", "27 Cactus Road, Tempe, AZ 85281")
        known = home.json("card", "globex", "finn", "--envelope", "--size", "a6", "--output", "mine.pdf")
        equal((known["file"], known["size"], known["pages"], known["envelopes"]), ("mine.pdf", "a6", 2, 1), "what was printed")
        card = known["cards"][0]
        equal((card["to"], card["arrives"], card["decision_by"], card["mail_by"], card["late"]),
              ("finn", "2026-11-20", "2026-11-27", "2026-11-24", False), "the card's days")
        holds(words(poppler("pdftotext", home, "mine.pdf", "-layout")), "Ana Reyes 27 Cactus Road Tempe, AZ 85281")
        told = home.run("log", "globex", "finn", "--step", "card", "--channel", "card").out
        holds(told, "card to Huck Finn")
        holds(home.refuses("card", "globex", "finn", status=1), "on record as mailed", "--anyway")


@test
def the_kept_words_are_printed():
    """What was edited is what is printed; the same request gives the same bytes; - is standard output."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        home.run("draft", "globex", "finn", "--step", "card")
        home.run("edit", "globex", "finn", "--step", "card", input="Dear Mr. Finn,\n\nThank you for <b>showing</b> me the &amp; archive.\n\nYours,\nAna Reyes\n")
        home.run("card", "globex", "finn", "--output", "one.pdf")
        holds(words(poppler("pdftotext", home, "one.pdf", "-layout")), "Thank you for <b>showing</b> me the &amp; archive. Yours, Ana Reyes")
        with open(os.path.join(home.folder, "one.pdf"), "rb") as file:
            one = file.read()
        done = subprocess.run(home.command("card", "globex", "finn", "--output", "-"), env=home.env, cwd=home.folder, capture_output=True, check=True)
        equal(done.stdout == one, True, "the same bytes on standard output")
        home.run("edit", "globex", "finn", "--step", "card", input="Dear Mr. Finn,\n\nThank you for [[what he showed]].\n\nAna Reyes\n")
        holds(home.refuses("card", "globex", "finn", "--output", "two.pdf", status=1), "[[what he showed]]", "followup edit globex finn --step card")
        home.run("edit", "globex", "finn", "--step", "card", input="Dear Mr. Finn,\n\n" + "Thank you once more. " * 120 + "\n\nAna Reyes\n")
        holds(home.refuses("card", "globex", "finn", "--output", "two.pdf", status=1), "words", "make it shorter")
        equal(os.path.exists(os.path.join(home.folder, "two.pdf")), False, "a file of a card that was refused")


@test
def four_on_a_sheet():
    """All who are due a card are on one sheet; an envelope needs an address; a card that does not fit one is refused."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        home.run("card", "globex", "--size", "a4")
        read = words(poppler("pdftotext", home, "card-globex.pdf", "-layout"))
        holds(read, "Dear Mr. Finn,", "Ada Okoro")
        holds(words(poppler("pdfinfo", home, "card-globex.pdf")), "841.89 x 595.276 pts", "Pages: 1 ")
        holds(home.refuses("card", "globex", "--size", "a4", "--envelope", "--force", status=1), "postal address of Ada Okoro",
              "followup people globex okoro --address")
        holds(home.refuses("card", "globex", "finn", "--size", "a6", "--envelope-size", "no10", status=1), "does not go into", "C6")
        home.run("card", "globex", "finn", "--ruled", "--size", "letter", "--output", "ruled.pdf")
        holds(words(poppler("pdftotext", home, "ruled.pdf", "-layout")), "to copy by hand", "moving the forecast")


@cases([("friday", "2026-11-17T12:00", "20 nov", None), ("wednesday", "2026-11-17T12:00", "19 nov", "Friday 20 November"),
        ("thanksgiving", "2026-11-24T12:00", "27 nov", "Monday 30 November"), ("no-holiday", "2026-12-01T12:00", "4 dec", None)])
def late_cards(now, decision, arrives):
    """A card that would come after the decision is refused, with both days, and printed all the same when told to."""
    with Home(now=now + ":00-07:00") as home:
        home.run("config", "me", "--name", "Ana Reyes", "--holiday", "2026-11-26")
        home.run("interview", "Globex", "today 10am", "--kind", "in-person", "--with", "Huck Finn", "--decision-by", decision)
        home.run("debrief", "globex", "--topic", "finn: the archive")
        if arrives is None:
            equal(home.json("card", "globex", "finn")["cards"][0]["late"], False, "late")
            return
        holds(home.refuses("card", "globex", "finn", status=1), "would arrive on " + arrives, "they decide by", "--anyway")
        equal(home.json("card", "globex", "finn", "--anyway")["cards"][0]["late"], True, "late")


@cases([("arabic", ARABIC, "ليلى"), ("hebrew", HEBREW, "דנה"), ("cyrillic", "Анна Петрова", "Анна Петрова"), ("polish", "Łukasz Żółć", "Łukasz Żółć"),
        ("han", "王小明", "王小明")])
def names_of_the_world(name, part):
    with Home(now=TUESDAY) as home:
        home.run("config", "me", "--name", "Ana Reyes")
        home.run("interview", "Globex", "today 10am", "--kind", "in-person", "--with", name)
        home.run("debrief", "globex", "--topic", "the archive")
        home.run("people", "globex", name.split()[0], "--address", "1 Main St; Phoenix", "--salutation", name)
        home.run("card", "globex", "--envelope", "--output", "card.pdf")
        read = words(poppler("pdftotext", home, "card.pdf", "-layout"))
        equal(read.count(part) >= 2, True, "the name %r on card and envelope: %s" % (name, read))


@test
def no_card_is_planned():
    """A playbook that sends none says so; an unknown person is named."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        home.run("add", "Globex", "--playbook", "morning-after")
        holds(home.refuses("card", "globex", "finn", status=1), "asks for no card to Huck Finn")
        home.run("card", "globex", "finn", "--anyway")
        holds(home.refuses("card", "globex", "nobody", status=1), "Nobody at Globex")
        home.refuses("card", "globex", "finn", "--size", "a5")


# ---- calls ----

MONDAY = "2026-11-30T09:30:00-07:00"


def thanked(home):
    recorded(home, "in-person")
    home.run("log", "globex", "finn", "--step", "thank-you", "--channel", "email", now=TUESDAY)
    home.run("log", "globex", "okoro", "--step", "thank-you", "--channel", "email", now=TUESDAY)
    return home


@test
def what_is_at_hand_for_a_call():
    """Number, whom to ask for, the script, what was promised and noted down, and commands that work when pasted."""
    with Home(now=TUESDAY) as home:
        thanked(home)
        told = home.run("call", "globex", now=MONDAY).out
        holds(words(told), "Call Huck Finn: +1 602 555 0111", "Ask for Mr. Finn.", "A message to leave:", "They promised a decision by Friday 27 November",
              "Talked about: moving the forecast off spreadsheets", "A good match: five years of SQL", "thank-you to Huck Finn by e-mail")
        known = home.json("call", "globex", "--pdf", "call.pdf", now=MONDAY)
        equal((known["step"], known["to"], known["number"], known["promise"]["decision_by"], known["file"]),
              ("check-in", "finn", "+1 602 555 0111", "2026-11-27", "call.pdf"), "the call")
        equal([one["key"] for one in known["record"]], list("rmbwn"), "the keys")
        read = words(poppler("pdftotext", home, "call.pdf", "-layout"))
        holds(read, "Call Huck Finn", "+1 602 555 0111", "If someone else answers:", "--result message-left", "Noted down")
        holds(home.refuses("call", "globex", "--pdf", "call.pdf", now=MONDAY, status=1), "call.pdf", "--force")
        command = known["record"][1]["command"].split()[1:]
        holds(words(home.run(*command, now=MONDAY).out), "a call to Huck Finn (check-in, message-left)")


@test
def calls_that_are_not_due():
    """One that is to come says when; one to somebody without a number says how to put it on record; none is refused."""
    with Home(now=TUESDAY) as home:
        thanked(home)
        holds(words(home.run("call", "globex", "finn", now=WEDNESDAY).out), "Not before Monday 30 November, 09:00")
        holds(words(home.run("call", "globex", "okoro", now=WEDNESDAY).out), "The plan asks for no such call now", "No number of Ada Okoro",
              "followup people globex okoro --phone")
        home.run("outcome", "globex", "withdrawn", now=WEDNESDAY)
        holds(home.refuses("call", "globex", now=WEDNESDAY, status=1), "asks for no call")
        holds(home.refuses("call", "globex", "finn", "--step", "card", now=WEDNESDAY), "not made by telephone")


def said_commands(home, now, *steps):
    """Under the first entry of today that says each of these: its commands."""
    entries = re.split(r"\n(?=  [-!] )", home.run("today", now=now).out)
    return [[line.strip() for line in next(entry for entry in entries if step in words(entry)).splitlines() if line.startswith("      followup")]
            for step in steps]


@test
def today_names_the_command_for_the_channel():
    """A card is printed and a call is made by commands of their own; they can be run as they are said."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        home.run("people", "globex", "okoro", "--address", "1 Main St, Phoenix, AZ 85001")
        equal(said_commands(home, TUESDAY, "Send Huck Finn and Ada Okoro a handwritten card"), [["followup card globex"]])
        home.run("card", "globex", "finn", "--output", "card.pdf")
        equal(said_commands(home, TUESDAY, "Send Huck Finn a", "Send Ada Okoro a"),
              [["followup log globex finn --step card", "followup card globex finn"], ["followup card globex okoro"]])
    with Home(now=TUESDAY) as home:
        thanked(home)
        step = next(one for one in home.json("today", now=MONDAY)["due"] if one["step"] == "check-in")
        equal(step["command"], "followup call globex finn")
        equal(said_commands(home, MONDAY, "Check in with Huck Finn"), [["followup call globex finn", "followup draft globex finn --channel email"]])
        home.run("draft", "globex", "finn", "--channel", "email", now=MONDAY)
        equal(home.rows("SELECT step, channel FROM draft"), [("check-in", "email")])
        home.run("draft", "globex", "finn", "--channel", "call", now=MONDAY)
        holds(said_commands(home, MONDAY, "Check in with Huck Finn")[0][0], "followup call globex finn")


class Keys:
    """A command in a terminal, answered line by line: [(what is waited for, what is typed)]; .text is all it said."""

    def __init__(self, home, command, answers):
        self.text, seen = "", 0
        argv = home.command(*command, now=MONDAY)
        pid, end = pty.fork()
        if pid == 0:
            os.chdir(home.folder)
            os.execve(argv[0], argv, {**home.env, "TERM": "xterm"})
        for prompt, typed in [*answers, (None, None)]:
            limit = time.monotonic() + 30
            while prompt is None or prompt not in self.text[seen:]:
                ready, _, _ = select.select([end], [], [], 0.2)
                try:
                    data = os.read(end, 4096) if ready else b" "[:0]
                except OSError:
                    data = None
                if data is None or (ready and not data):
                    break
                self.text += data.decode("utf-8", "replace")
                if time.monotonic() > limit:
                    raise AssertionError("waited in vain for %r:\n%s" % (prompt, self.text))
            if prompt is not None:
                if prompt not in self.text[seen:]:
                    raise AssertionError("it ended without %r:\n%s" % (prompt, self.text))
                seen = self.text.index(prompt, seen) + len(prompt)
                os.write(end, typed.encode() + b"\n")
        self.status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os.close(end)


KEYS = [
    ("reached-more-time", [("How did it go?", "r"), ("What did they say?", "m"), ("would decide", "4 dec"), ("you may ask", "")],
     [("called", "reached", None, None), ("reply", None, "more-time", "2026-12-04")]),
    ("reached-offer", [("How did it go?", "r"), ("What did they say?", "f")], [("called", "reached", None, None), ("reply", None, "offer", None)]),
    ("reached-nothing-said", [("How did it go?", "r"), ("What did they say?", ""), ("would decide", ""), ("you may ask", ""), ("How many weeks", "")],
     [("called", "reached", None, None)]),
    ("message", [("How did it go?", "m")], [("called", "message-left", None, None)]),
    ("call-back-with-a-day", [("How did it go?", "b"), ("would decide", "2 dec"), ("you may ask", "")],
     [("called", "call-back", None, None), ("promise", None, None, "2026-12-02")]),
    ("will-contact", [("How did it go?", "w"), ("would decide", ""), ("you may ask", ""), ("How many weeks", "")],
     [("called", "will-contact", None, None)]),
    ("no-answer", [("How did it go?", "n")], [("called", "no-answer", None, None)]),
    ("mistyped", [("How did it go?", "z"), ("How did it go?", "n")], [("called", "no-answer", None, None)]),
    ("nothing", [("How did it go?", "q")], []),
]


@cases(KEYS)
def one_key_records_it(answers, expected):
    """In a terminal the key does what the command does, and what they said is asked for."""
    with Home(now=TUESDAY) as home:
        thanked(home)
        keys = Keys(home, ["call", "globex", "finn"], answers)
        equal(keys.status, 0, "status:\n" + keys.text)
        export = home.json("export", now=MONDAY)
        events = [one for one in export["opportunities"][0]["facts"]["events"] if one["kind"] != "sent"]
        equal([(one["kind"], one.get("result"), one.get("says"), one.get("decision_by")) for one in events], expected, "events")


main()
