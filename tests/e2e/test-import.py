#!/usr/bin/env python3
"""What other programs wrote: shown by "read", put on record by "import", taken back by "undo", and written by "export".
"""
import base64
import json
import os
import pty
import select
import signal
import time

from program import ROOT, Home, equal, holds, main, one_sentence, test

NOW = "2026-11-20T09:00:00-07:00"


def invitation(uid="one@globex.example", sequence=0, start="20261124T170000Z", end="20261124T180000Z", method="REQUEST", extra="",
               people=("Huck Finn:mailto:finn@globex.example", "Ada Okoro:mailto:ada@globex.example")):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:" + method, "BEGIN:VEVENT", "UID:" + uid, "SEQUENCE:%d" % sequence,
             "DTSTAMP:20261115T000000Z", "DTSTART:" + start, "DTEND:" + end, "SUMMARY:Interview"]
    lines += ["ATTENDEE;CN=" + person for person in people] + ([extra] if extra else []) + ["END:VEVENT", "END:VCALENDAR"]
    return "\r\n".join(lines) + "\r\n"


def card(name, company=None, **fields):
    lines = ["BEGIN:VCARD", "VERSION:3.0", "FN:" + name] + (["ORG:" + company] if company else [])
    return "\r\n".join(lines + ["%s:%s" % (key.upper(), value) for key, value in fields.items()] + ["END:VCARD"]) + "\r\n"


def home_of_ana():
    home = Home(now=NOW)
    home.run("config", "me", "--name", "Ana Reyes", "--email", "ana@example.net")
    return home


def on_record(home):
    return home.json("export")["opportunities"]


def interviews(home):
    return [interview for one in on_record(home) for interview in one["facts"].get("interviews", [])]


def actions(told):
    return [row["action"] for row in told["rows"]]


def answered(home, arguments, answers):
    """Runs it in a terminal; answers: what is waited for, and what is typed then."""
    command = home.command(*arguments)
    pid, end = pty.fork()
    if pid == 0:
        os.chdir(home.folder)
        os.execve(command[0], command, home.env)
    text, limit = "", time.monotonic() + 30
    answers = list(answers)
    while time.monotonic() < limit:
        if not select.select([end], [], [], 0.2)[0]:
            continue
        try:
            data = os.read(end, 4096)
        except OSError:
            data = b""
        if not data:
            break
        text += data.decode("utf-8", "replace")
        if answers and answers[0][0] in text:
            os.write(end, (answers.pop(0)[1] + "\n").encode())
    else:
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    os.close(end)
    equal(answers, [], "answers that nobody wanted (%s)" % text)
    return os.waitstatus_to_exitcode(status), text


# ---- reading ----

@test
def where_it_is_comes_along():
    """The place and the call's link of an invitation: kept, shown, moved by an update, written into the calendar and the export."""
    with home_of_ana() as home:
        first = home.write("one.ics", invitation(extra="LOCATION:12 Main St\\, Phoenix\r\nURL:https://zoom.us/j/123?pwd=a%2Fb"))
        home.run("import", first, "--yes")
        kept = interviews(home)[0]
        equal((kept["place"], kept["link"]), ("12 Main St, Phoenix", "https://zoom.us/j/123?pwd=a%2Fb"))
        holds(" ".join(home.run("show", "globex").out.split()), "at 12 Main St, Phoenix, by https://zoom.us/j/123?pwd=a%2Fb")
        text = home.run("calendar").out
        holds(text, "LOCATION:12 Main St\\, Phoenix\r\n", "URL:https://zoom.us/j/123?pwd=a%2Fb\r\n")
        equal(actions(home.json("import", first, "--yes")), ["same"])
        home.run("import", home.write("two.ics", invitation(sequence=1, extra="LOCATION:Room 7")), "--yes")
        kept = interviews(home)[0]
        equal((kept["place"], kept["link"]), ("Room 7", "https://zoom.us/j/123?pwd=a%2Fb"))
        home.run("interview", "globex", "2026-11-24T10:00", "--id", kept["id"], "--place", "-", "--link", "https://meet.globex.example/j/9")
        kept = interviews(home)[0]
        equal((kept.get("place"), kept["link"]), (None, "https://meet.globex.example/j/9"))
        whole = home.run("export").out
        with Home(now=NOW) as other:
            other.run("import", other.write("all.json", whole), "--yes")
            equal(interviews(other)[0]["link"], "https://meet.globex.example/j/9")


@test
def reading_stores_nothing():
    with home_of_ana() as home:
        ics, vcf = home.write("invite.ics", invitation()), home.write("finn.vcf", card("Huck Finn", "Globex", email="finn@globex.example"))
        csv = home.write("jobs.csv", "Company,Position,Status,Date Applied\nGlobex,Analyst,Applied,2026-11-02\n,Clerk,,\n")
        told = [json.loads(line) for line in home.run("read", ics, vcf, csv).out.splitlines()]
        equal([(one["file"], one["kind"]) for one in told],
              [(ics, "interview"), (vcf, "person"), (csv, "opportunity"), (csv, "unknown")], "kinds")
        equal((told[0]["start"], told[0]["end"]), ("2026-11-24T10:00:00-07:00", "2026-11-24T11:00:00-07:00"), "instants")
        equal([person["email"] for person in told[0]["people"]], ["finn@globex.example", "ada@globex.example"], "people")
        equal((told[1]["name"], told[1]["company"]), ("Huck Finn", "Globex"), "card")
        equal((told[2]["position"], told[2]["status"], told[2]["applied"]), ("Analyst", "applied", "2026-11-02"), "application")
        holds(told[3]["error"], "no company")
        equal(told[3]["line"], 3, "line")
        equal(on_record(home), [], "stored")


@test
def a_series_tells_its_coming_starts():
    with home_of_ana() as home:
        series = home.write("series.ics", invitation().replace("SUMMARY", "RRULE:FREQ=WEEKLY;COUNT=4\r\nEXDATE:20261201T170000Z\r\nSUMMARY", 1))
        told = [json.loads(line) for line in home.run("read", series).out.splitlines()]
        equal((told[0]["start"], told[0]["next"]),
              ("2026-11-24T10:00:00-07:00", ["2026-11-24T10:00:00-07:00", "2026-12-08T10:00:00-07:00", "2026-12-15T10:00:00-07:00"]), "starts")


@test
def reading_goes_on_behind_a_bad_file():
    with home_of_ana() as home:
        good = home.write("finn.vcf", card("Huck Finn"))
        for name, content in (("empty.csv", b""), ("junk.ics", b"BEGIN:VCALENDAR\n" + bytes(range(256)) * 40), ("book.xlsx", b"PK\x03\x04...."),
                            ("nothing.csv", b"a,b\n1,2\n"), ("all.json", b"{}")):
            bad = home.write(name, content)
            told = home.run("read", bad, good, status=None)
            lines = [json.loads(line) for line in told.out.splitlines()]
            equal((lines[-1]["file"], lines[-1]["kind"]), (good, "person"), "behind " + name)
            if told.status != 0:
                holds(one_sentence(told.err), name)
                holds(lines[0]["error"], name)
        holds(one_sentence(home.run("read", os.path.join(home.folder, "none.ics"), status=1).err), "none.ics")
        equal(json.loads(home.run("read", input=card("Ann Lee")).out)["name"], "Ann Lee", "from standard input")


# ---- invitations ----

@test
def an_invitation_becomes_the_interview():
    with home_of_ana() as home:
        path = home.write("invite.ics", invitation(people=("Huck Finn:mailto:finn@globex.example", "Ada Okoro:mailto:ada@globex.example",
                                                           "Ana Reyes:mailto:ana@example.net")))
        told = home.json("import", path, status=1)
        equal((actions(told), told["stored"]), (["new"], False), "what it would do")
        equal(on_record(home), [], "stored unasked")
        holds(home.run("import", path, "--yes").out, "New: 1", "followup undo")
        facts = on_record(home)[0]["facts"]
        equal(facts["opportunity"]["company"], "Globex", "company")
        equal(sorted(person["name"] for person in facts["people"]), ["Ada Okoro", "Huck Finn"], "people without oneself")
        equal(facts["interviews"][0]["start"], "2026-11-24T10:00:00-07:00", "start")
        equal(actions(home.json("import", path)), ["same"], "a second time")
        holds(home.run("undo").out, "Taken back", "invite.ics")
        equal(on_record(home), [], "after undo")
        holds(one_sentence(home.run("undo", status=1).err), "no import")


@test
def a_newer_version_moves_it_and_an_older_does_not():
    with home_of_ana() as home:
        home.run("import", home.write("1.ics", invitation(sequence=1)), "--yes")
        equal(actions(home.json("import", home.write("2.ics", invitation(sequence=2, start="20261125T170000Z", end="20261125T173000Z")), "--yes")),
              ["update"], "moved")
        equal([(one["start"], one["end"]) for one in interviews(home)], [("2026-11-25T10:00:00-07:00", "2026-11-25T10:30:00-07:00")], "moved to")
        told = home.json("import", home.write("0.ics", invitation(sequence=0, start="20261127T170000Z", end="20261127T180000Z")))
        equal(actions(told), ["same"], "an older version")
        holds(told["rows"][0]["reason"], "later version")
        home.run("import", home.write("3.ics", invitation(sequence=2, start="20261126T170000Z", end="20261126T180000Z")), "--yes")
        equal(interviews(home)[0]["start"], "2026-11-26T10:00:00-07:00", "of an equal sequence the later message counts")
        home.run("undo")
        equal(interviews(home)[0]["start"], "2026-11-25T10:00:00-07:00", "only the last is taken back")


@test
def a_cancellation_withdraws_it():
    with home_of_ana() as home:
        home.run("import", home.write("1.ics", invitation()), "--yes")
        off = home.write("off.ics", invitation(sequence=1, method="CANCEL", extra="STATUS:CANCELLED"))
        equal(actions(home.json("import", off, "--yes")), ["update"], "called off")
        equal((len(on_record(home)), interviews(home)), (1, []), "the opportunity stays")
        equal(actions(home.json("import", off)), ["same"], "called off twice")
        equal(actions(home.json("import", home.write("1.ics", invitation()))), ["same"], "the first version does not bring it back")
        home.run("undo")
        equal(len(interviews(home)), 1, "after undo")
        home.run("debrief", "globex", "--topic", "the forecast", now="2026-11-24T12:00")
        told = home.json("import", off, "--yes", status=1)
        holds(told["error"]["message"], "was held")
        equal(len(interviews(home)), 1, "one that was held stays")


@test
def nobody_is_interviewed_by_nobody():
    with home_of_ana() as home:
        path = home.write("alone.ics", invitation(people=()))
        holds(home.refuses("import", path, "--yes", status=1), "--with")
        equal(on_record(home), [], "stored")
        home.run("import", path, "--yes", "--company", "Initech", "--with", "Bill Lumbergh <bill@initech.example>, hiring-manager")
        facts = on_record(home)[0]["facts"]
        equal([(person["name"], person["role"]) for person in facts["people"]], [("Bill Lumbergh", "hiring-manager")], "with")
        equal(facts["interviews"][0]["with"], ["lumbergh"], "the interview's")
        home.run("import", path, "--with", "Bill, boss", "--yes", status=2)


@test
def what_is_no_interview_is_left_out():
    with home_of_ana() as home:
        path = home.write("all.ics", "".join(part for part in (
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
            "BEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20261115T000000Z\r\nDTSTART;VALUE=DATE:20261126\r\nSUMMARY:Holiday\r\nEND:VEVENT\r\n",
            "BEGIN:VEVENT\r\nUID:b\r\nDTSTAMP:20261115T000000Z\r\nDTSTART:20261124T170000Z\r\nRRULE:FREQ=DAILY\r\nSUMMARY:Standup\r\n"
            "ATTENDEE;CN=Ann Lee:mailto:ann@globex.example\r\nEND:VEVENT\r\n",
            "BEGIN:VEVENT\r\nUID:c\r\nDTSTAMP:20261115T000000Z\r\nDTSTART:20261124T190000Z\r\nSUMMARY:Interview\r\n"
            "ATTENDEE;CN=Ann Lee:mailto:ann@globex.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")))
        told = home.json("import", path, "--yes")
        equal(actions(told), ["cannot", "cannot", "new"], "rows")
        holds(told["rows"][0]["reason"], "whole day")
        holds(told["rows"][1]["reason"], "repeats")


@test
def a_mail_that_carries_one():
    with home_of_ana() as home:
        body = base64.encodebytes(invitation().encode()).decode()
        mail = ("From: Huck Finn <finn@globex.example>\r\nTo: ana@example.net\r\nSubject: Interview\r\nMessage-ID: <1@globex.example>\r\n"
                "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nSee you then.\r\n"
                "--x\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + body +
                "--x\r\nContent-Type: application/ics; name=invite.ics\r\nContent-Transfer-Encoding: base64\r\n"
                "Content-Disposition: attachment; filename=invite.ics\r\n\r\n" + body + "--x--\r\n")
        told = [json.loads(line) for line in home.run("read", input=mail).out.splitlines()]
        equal([one["kind"] for one in told], ["interview"], "once, though it is there twice")
        home.run("import", home.write("mail.eml", mail), "--yes")
        equal(interviews(home)[0]["start"], "2026-11-24T10:00:00-07:00", "start")
        plain = "From: finn@globex.example\r\nSubject: Hello\r\nDate: Tue, 17 Nov 2026 10:00:00 -0700\r\n\r\nThank you, we will be in touch.\r\n"
        equal(json.loads(home.run("read", input=plain).out)["kind"], "unknown", "a mail without one")
        home.run("import", home.write("plain.eml", plain), "--yes", status=1)


# ---- sheets ----

TRACKER = """<<<<<<< HEAD
Company,Position,Status,Date Applied,Recruiter
Globex,Data analyst,Applied,25/10/2026,Huck Finn <finn@globex.example>
"Initech, Inc.",Clerk,Rejected,03/11/2026,
Globex,Data analyst,Applied,25/10/2026,
Globex,Data analyst,Rejected,12/11/2026,
,Nothing,,,
"""


@test
def a_tracker_makes_the_opportunities():
    with home_of_ana() as home:
        home.run("add", "Initech", "--position", "Clerk")
        path = home.write("jobs.csv", TRACKER)
        told = home.json("import", path, "--yes")
        equal(actions(told), ["cannot", "new", "update", "same", "update", "cannot"], "rows")
        equal([row["line"] for row in told["rows"] if row["action"] == "cannot"], [1, 7], "lines")
        facts = {one["facts"]["opportunity"]["company"]: one["facts"] for one in on_record(home)}
        equal(sorted(facts), ["Globex", "Initech"], "companies")
        equal([(event["kind"], event["at"][:10]) for event in facts["Globex"]["events"]], [("rejected", "2026-11-12")], "how it ended")
        equal(facts["Initech"]["events"][0]["at"][:10], "2026-11-03", "day first, as the column shows")
        equal(facts["Globex"]["people"][0]["role"], "recruiter", "role")
        equal(set(actions(home.json("import", path))), {"same", "cannot"}, "a second time")
        home.run("undo")
        facts = [one["facts"] for one in on_record(home)]
        equal([(one["opportunity"]["company"], one.get("events", [])) for one in facts], [("Initech", [])], "after undo")


@test
def an_open_date_is_asked_about():
    with home_of_ana() as home:
        path = home.write("open.csv", "Company,Date Applied\nGlobex,03/04/2026\n")
        sentence = home.refuses("import", path, "--yes", status=1)
        holds(sentence, "3 April", "4 March", "--dates day-first")
        equal(on_record(home), [], "stored")
        equal(json.loads(home.run("read", path).out)["applied_readings"], ["2026-04-03", "2026-03-04"], "readings")
        equal(json.loads(home.run("read", path, "--dates", "month-first").out)["applied"], "2026-03-04", "said")
        home.run("import", path, "--yes", "--dates", "day-first")
        equal(len(on_record(home)), 1, "stored")


# ---- people ----

@test
def cards_find_their_place():
    with home_of_ana() as home:
        home.run("interview", "Globex", "mon 10am", "--with", "Huck Finn")
        told = home.json("import", home.write("finn.vcf", card("Huck Finn", "Globex Inc.", email="finn@globex.example", tel="+1 602 555 0101")), "--yes")
        equal(actions(told), ["update"], "what was missing is filled in")
        book = home.write("book.vcf", card("Ada Okoro", "Globex", email="ada@globex.example") + card("Ann Lee", "Hooli") + card("Bo"))
        equal(actions(home.json("import", book, "--yes")), ["new", "cannot", "cannot"], "an address book")
        equal(len(on_record(home)), 1, "an address book makes no opportunities")
        equal(actions(home.json("import", home.write("lee.vcf", card("Ann Lee", "Hooli")), "--yes")), ["new"], "a business card does")
        equal(actions(home.json("import", home.write("bo.vcf", card("Bo Ek")), "--opportunity", "globex", "--yes")), ["new"], "said where")
        holds(home.refuses("import", book, "--opportunity", "nowhere", "--yes", status=1), "nowhere")


@test
def people_and_everything_go_out_again():
    with home_of_ana() as home:
        home.run("interview", "Globex", "mon 10am", "--position", "Analyst, senior", "--with", "Huck Finn <finn@globex.example>")
        home.run("people", "globex", "finn", "--phone", "+1 602 555 0101")
        cards = home.run("export", "--format", "vcard").out
        holds(cards, "FN:Huck Finn", "ORG:Globex", "VERSION:3.0", "UID:")
        equal(home.run("export", "--format", "vcard").out, cards, "the same UID each time")
        equal(json.loads(home.run("read", input=cards).out)["email"], "finn@globex.example", "read back")
        sheet = home.run("export", "--format", "csv").out
        holds(sheet, '"Analyst, senior"', "2026-11-23 10:00")
        with home_of_ana() as other:
            other.run("import", other.write("all.csv", sheet), "--yes")
            equal([one["start"] for one in interviews(other)], ["2026-11-23T10:00:00-07:00"], "the interview")
        holds(home.run("export", "people.vcf", "--format", "vcard").out, "1 card is")


# ---- taking back ----

@test
def undo_refuses_what_was_built_on():
    with home_of_ana() as home:
        home.run("import", home.write("invite.ics", invitation()), "--yes")
        home.run("debrief", "globex", "--topic", "the forecast", now="2026-11-24T12:00")
        sentence = home.refuses("undo", status=1)
        holds(sentence, "Globex", "1 debrief", "invite.ics")
        equal(len(interviews(home)), 1, "nothing was taken")


@test
def an_export_of_ours_goes_back_too():
    with home_of_ana() as home, home_of_ana() as other:
        home.run("interview", "Globex", "mon 10am", "--with", "Huck Finn")
        path = other.write("all.json", home.run("export").out)
        equal(other.json("import", path)["added"], 1, "added")
        other.run("undo")
        equal(on_record(other), [], "after undo")


@test
def no_file_names_another():
    """A playbook by its path, or where a password lies: nothing that comes in has a file of this machine read"""
    with home_of_ana() as home, Home(now=NOW) as other:
        own = home.write("mine.playbook", open(os.path.join(ROOT, "playbooks", "standard.playbook"), encoding="utf-8").read())
        home.run("interview", "Globex", "mon 10am", "--with", "Huck Finn", "--playbook", own)
        home.run("config", "me", "--playbook", own)
        told = home.json("export")
        told["account"]["settings"].update({"mail.secret-file": "/etc/passwd", "mail.host": "mail.example.net"})
        done = other.run("import", other.write("all.json", json.dumps(told)))
        holds(" ".join((done.out + done.err).split()), "A playbook that is named by its file is not taken over", "What gives your mail password")
        taken = other.json("export")
        equal((taken["opportunities"][0]["playbook"], taken["account"]["settings"]), (None, {"mail.host": "mail.example.net"}))
        equal(other.json("show", "Globex")["playbook"], "standard")


@test
def settings_that_came_with_it_go_back_too():
    """What the document filled in goes, unless its user has changed it since; what was known before stays."""
    with home_of_ana() as home, Home(now=NOW) as other:
        home.run("config", "me", "--phone", "+1 602 555 0142", "--skill", "SQL", "--holiday", "2026-11-26", "--address", "1 Main St", "--playbook", "morning-after")
        home.run("config", "reminders", "--quiet", "21:00-08:00")
        home.run("interview", "Globex", "mon 10am", "--with", "Huck Finn")
        path = other.write("all.json", home.run("export").out)
        other.run("config", "me", "--name", "Ana B. Reyes")
        other.run("interview", "Initech", "mon 10am", "--with", "Bill Lum")
        before = other.run("export").out
        agenda = other.rows("SELECT id, next_at FROM opportunity")
        other.run("import", path)
        account = other.json("export")["account"]
        equal((account["name"], account["email"], account["skills"], account["holidays"]), ("Ana B. Reyes", "ana@example.net", ["SQL"], ["2026-11-26"]))
        told = other.json("undo")
        equal((told["deleted"], told["settings"]), (1, True))
        equal(other.run("export").out, before, "after undo")
        equal(other.rows("SELECT id, next_at FROM opportunity"), agenda, "the agenda")
        other.run("import", path)
        other.run("config", "me", "--phone", "+1 602 555 0199", "--skill", "Python")
        other.run("undo")
        account = other.json("export")["account"]
        equal((account["phone"], account["skills"], account["email"]), ("+1 602 555 0199", ["SQL", "Python"], None), "what was changed since stays")
        other.run("import", path)
        other.run("import", path)  # brings nothing, so that the one before stays the last
        other.run("undo")
        equal([one["facts"]["opportunity"]["company"] for one in on_record(other)], ["Initech"])


@test
def all_or_nothing():
    """A row that facts cannot hold is told; the others come in, in one transaction."""
    with home_of_ana() as home:
        rows = "".join("Globex %d,Analyst,Applied\n" % i for i in range(300))
        home.run("import", home.write("many.csv", "Company,Position,Status\n" + rows), "--yes")
        equal(len(on_record(home)), 300, "stored")
        home.run("undo")
        equal(len(on_record(home)), 0, "taken back")
        crowd = "".join(card("Person %c%c%c" % (97 + i // 676 % 26, 97 + i // 26 % 26, 97 + i % 26), "Globex") for i in range(230))
        told = home.json("import", home.write("crowd.vcf", crowd), "--yes")
        equal((told["new"], told["cannot"]), (200, 30), "as many as are kept")


# ---- asking ----

@test
def it_asks():
    with home_of_ana() as home:
        path = home.write("alone.ics", invitation(people=()))
        status, text = answered(home, ["import", path], [("Whom is it with", "Bill Lumbergh"), ("Which company is it?", "Initech"), ("Take it in?", "y")])
        equal(status, 0, "status (%s)" % text)
        equal(len(interviews(home)), 1, "stored")
        status, text = answered(home, ["import", home.write("x.ics", invitation(uid="two"))], [("Take it in?", "n")])
        equal(status, 1, "status (%s)" % text)
        equal(len(interviews(home)), 1, "not stored")
        status, text = answered(home, ["import", home.write("open.csv", "Company,Date Applied\nHooli,03/04/2026\n")],
                                [("month-first?", "day-first"), ("Take it in?", "y")])
        equal(status, 0, "status (%s)" % text)


main()
