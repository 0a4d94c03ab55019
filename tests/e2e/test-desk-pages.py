#!/usr/bin/env python3
"""The desk's pages as a browser walks through them: every link leads somewhere, every form does what it says."""
import html
import html.parser
import json
import os
import signal
import time
import urllib.parse

from deskwire import Desk
from program import Home, cases, equal, holds, main, test, wait_for
from wire import free_port, shared_server

NOW = "2026-11-17T12:00:00-07:00"


class Page(html.parser.HTMLParser):
    """What a page has to offer: links, and forms with their fields and buttons."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.links, self.forms, self.inside, self.area = [], [], None, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "a" and given.get("href", "").startswith("/"):
            self.links.append(given["href"].split("#")[0])
        if tag == "form":
            self.inside = {"action": given.get("action"), "fields": {}, "buttons": []}
            self.forms.append(self.inside)
        if self.inside is None or "name" not in given:
            return
        if tag == "button":
            self.inside["buttons"].append((given["name"], given.get("value", "")))
        elif tag == "input" and given.get("type") in ("radio", "checkbox") and "checked" not in given:
            return
        elif tag in ("input", "textarea"):
            self.inside["fields"].setdefault(given["name"], given.get("value", ""))
        elif tag == "select":
            self.inside["fields"].setdefault(given["name"], "")
        if tag == "textarea" and self.inside["fields"][given["name"]] == "":
            self.area = given["name"]

    def handle_data(self, data):
        if self.area is not None:
            self.inside["fields"][self.area] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None
        if tag == "form":
            self.inside = None

    def form(self, action):
        """The one form that goes there, or whose address begins so."""
        found = [form for form in self.forms if form["action"].startswith(action)]
        assert found, "no form goes to %s: %s" % (action, [form["action"] for form in self.forms])
        return found[0]

    def link(self, begin):
        found = [link for link in self.links if link.startswith(begin)]
        assert found, "no link begins with %s: %s" % (begin, self.links)
        return found[0]


def see(browser, target):
    """A page at an address, as a browser asks for it: a part that is only dots would lead elsewhere."""
    for part in urllib.parse.urlsplit(target).path.lower().replace("%2e", ".").split("/"):
        assert part not in (".", ".."), target
    reply = browser.get(target)
    equal(reply.status, 200, target)
    return Page(reply.text)


def submit(browser, form, **more):
    """The page, or the address, that an answered form leads to."""
    reply = browser.post(form["action"], **{**form["fields"], **more})
    if reply.status == 303:
        return reply.header("location")
    assert reply.status == 200, "%s: %d\n%s" % (form["action"], reply.status, [line for line in reply.text.split("\n") if "problem" in line or "flash" in line])
    return reply.text


# ---- ids ----

IDS = ["a/b", "/", "..", ".", "=..", "a b", "50%", "%2F", "a?b#c", "a&b;c=d", "a+b", "\\", "\"quoted\"'", "<b>{{csrf}}</b>", "zoë", "a: b", "über/..//x", "x" * 256]


def with_ids(home, other):
    """Opportunities of the other home whose interview and person have these ids, each."""
    home.run("config", "me", "--name", "Ana Reyes", "--email", "ana@example.net")
    for number in range(len(IDS)):
        home.run("interview", "Globex %d" % number, "today 10am", "--for", "1h", "--kind", "in-person", "--with", "Huck Finn <finn@globex.example>, hiring-manager")
        home.run("people", "Globex %d" % number, "huck", "--phone", "+1 602 555 0100", "--address", "1 Main St, Phoenix AZ 85001")
    told = home.json("export")
    for one in told["opportunities"]:
        name = IDS[int(one["facts"]["opportunity"]["company"].split()[1])]
        one["facts"]["people"][0]["id"] = name
        one["facts"]["interviews"][0].update({"id": name, "with": [name]})
    other.run("import", other.write("all.json", json.dumps(told)))
    return {one["facts"]["opportunity"]["company"]: one["facts"] for one in other.json("export")["opportunities"]}


@test
def every_id_can_be_addressed():
    """Whatever an id holds, the links with it lead to their pages, and the forms there are taken"""
    with Home(now=NOW) as first, Home(now=NOW) as home:
        facts = with_ids(first, home)
        numbers = dict(home.rows("SELECT company, id FROM opportunity"))
        with Desk(home) as desk:
            browser = desk.browser()
            for number, name in enumerate(IDS):
                company = "Globex %d" % number
                equal(facts[company]["interviews"][0]["id"], name, "the id on record")
                walk(browser, "/o/%d" % numbers[company], name)
            for link in sorted(set(see(browser, "/").links + see(browser, "/people").links)):
                see(browser, link)


def walk(browser, address, name):
    page = see(browser, address)
    for link in page.links:
        see(browser, link)
    debrief = see(browser, page.link(address + "/debrief/")).form(address + "/debrief/")
    topic = [field for field in debrief["fields"] if field.startswith("topic ")]
    equal(topic, ["topic " + name])
    kept = browser.post(debrief["action"] + "/keep", **{**debrief["fields"], topic[0]: "the data model"})
    equal(kept.status, 200, "kept: " + name)
    write = submit(browser, debrief, **{topic[0]: "the data model", "fit": "I built one like it"})
    notes = see(browser, write)
    assert any(field.startswith("text ") for field in notes.form(address + "/write")["fields"]), "no note: " + name
    submit(browser, notes.form(address + "/write"), do="save")
    page = see(browser, address)
    for link in page.links + notes.links:
        see(browser, link)
    changed = see(browser, page.link(address + "/interview/")).form(address + "/interview/")
    equal(submit(browser, changed, clock="09:30").split("?")[0].rsplit("/", 1)[0], address + "/debrief", "after a change")
    called = see(browser, page.link(address + "/call/")).form("/do/log")
    submit(browser, called, result="reached")
    person = see(browser, page.link(address + "/people/")).form("/do/people")
    submit(browser, person, role="hiring-manager", phone="+1 602 555 0101")
    holds(browser.get(address).text, "+1 602 555 0101", "called Huck Finn")


# ---- a note that is approved goes at once ----

def with_approved(home, port):
    """A note to each of two people, approved in the evening to leave in the morning, and a mail account."""
    home.run("config", "me", "--name", "Ana Reyes", "--email", "ana@example.net", "--skill", "SQL")
    home.run("config", "mail", "--host", "127.0.0.1", "--security", "plaintext", "--auth", "none", "--no-probe", "--address", "ana@example.net", "--port", port)
    home.run("interview", "Globex", "2026-11-17T17:00", "--position", "Data analyst", "--requirement", "SQL",
             "--with", "Huck Finn <finn@globex.example>, hiring-manager", "--with", "Ada Okoro <okoro@globex.example>")
    for person, name in (("finn", "Mr. Finn"), ("okoro", "Ms. Okoro")):
        home.run("people", "Globex", person, "--salutation", name)
    home.run("debrief", "Globex", "--topic", "finn: moving the forecast off spreadsheets", "--topic",
             "okoro: how the team reviews each other's queries", "--fit", "five years of SQL in a team of three")
    home.run("draft", "Globex")
    home.run("approve", "Globex", "--all")
    equal(set(states(home).values()), {"ready"}, "approved")


def states(home):
    return dict(home.rows("SELECT substr(to_address, 1, instr(to_address, '@') - 1), state FROM outbox"))


def press(browser, page, what):
    """Presses a button of Write, and waits for what it set going; the page that it comes to."""
    form = page.form("/o/1/write")
    assert ("do", what) in form["buttons"], "no button %s: %s" % (what, form["buttons"])
    where = submit(browser, form, do=what)
    for _ in range(200):
        reply = browser.get(where.split("#")[0])
        if reply.status == 303:
            where = reply.header("location")
        elif reply.header("refresh") is None:
            return reply
        time.sleep(0.1)
    raise AssertionError("it goes on for ever: %s" % where)


@test
def send_at_once():
    """One approved note leaves before its time, the other stays; who answered meanwhile is not written to"""
    with Home(now="2026-11-17T19:00:00-07:00") as home:
        with_approved(home, shared_server().port)
        with Desk(home) as desk:
            browser = desk.browser()
            page = see(browser, "/o/1/write")
            told = press(browser, page, "send 0")
            equal(states(home), {"finn": "sent", "okoro": "ready"}, "after one was sent")
            holds(told.text, "Sent", "Huck Finn")
            home.run("reply", "Globex", "okoro", "--says", "rejection")
            told = press(browser, see(browser, "/o/1/write"), "send 1")
            assert states(home)["okoro"] != "sent", "it went to somebody who had answered"
            holds(told.text, "flash-error")


@test
def no_server_to_send_by():
    """That is said on the page, and the note stays approved"""
    with Home(now="2026-11-17T19:00:00-07:00") as home:
        with_approved(home, free_port())
        with Desk(home) as desk:
            browser = desk.browser()
            told = press(browser, see(browser, "/o/1/write"), "send 0")
            holds(told.text, "flash-error", "127.0.0.1")
            equal(set(states(home).values()), {"ready"}, "where no server answers")


@test
def a_subject_is_emptied_by_saying_so():
    """On the command line too: without a word of it, it stays"""
    with Home(now="2026-11-17T19:00:00-07:00") as home:
        with_approved(home, 25)
        subject = home.json("show", "Globex")["notes"][0]["subject"]
        for text, left in [("Dear Mr. Finn,\n\nThank you.", subject), ("Subject:\n\nDear Mr. Finn,\n\nThank you.", None),
                           ("Dear Mr. Finn,\n\nThanks again.", None), ("Subject: Thanks\n\nDear Mr. Finn,", "Thanks")]:
            home.run("edit", "Globex", "finn", "--text", text)
            equal(home.json("show", "Globex")["notes"][0]["subject"], left, text)


# ---- what sends beside the desk ----

UNSERVED = "Approved notes do not leave by themselves now."


def serving(home):
    """The process of "followup serve" that sees to a home's database; 0 where none does."""
    try:
        with open(home.db + ".serve", encoding="ascii") as file:
            return int(file.read() or 0)
    except FileNotFoundError:
        return 0


@test
def its_companion_ends():
    """Said once in the terminal, and on Today; not any more once another serve runs"""
    with Home() as home, Desk(home, "--serve") as desk:
        browser = desk.browser()
        wait_for("the companion to be there", 20, lambda: serving(home) > 0)
        lacks(browser.get("/").text, UNSERVED)
        os.kill(serving(home), signal.SIGKILL)
        wait_for("it to be said", 20, lambda: UNSERVED in " ".join(browser.get("/").text.split()))
        holds(browser.get("/").text, "which runs beside the desk, was ended.", "“followup serve” starts that again.")
        other = home.start("serve")
        try:
            holds(other.stdout.readline(), "Here")
            browser.post("/do/add", company="Globex")
            lacks(browser.get("/").text, UNSERVED)
        finally:
            other.terminate()
            other.communicate()
        desk.end()
        told = "".join(desk.process.stdout.readlines())
        equal(told.count('"unserved"'), 1, told)


@test
def its_companion_cannot_begin():
    """With --now there is no clock to send by; where another serve runs already, nothing is amiss"""
    with Home(now=NOW) as home, Desk(home, "--serve") as desk:
        holds(desk.browser().get("/").text, UNSERVED, "A desk that was opened with --now has no clock to send by.")
    with Home() as home:
        other = home.start("serve")
        try:
            holds(other.stdout.readline(), "Here")
            with Desk(home, "--serve") as desk:
                browser = desk.browser()
                time.sleep(1)
                lacks(browser.get("/").text, UNSERVED)
                desk.end()
                equal("".join(desk.process.stdout.readlines()), "")
        finally:
            other.terminate()
            other.communicate()


# ---- documents ----

@test
def where_an_interview_is():
    """It is asked for, kept, changed and taken away; a page follows no link that is not one of the web."""
    with Home(now=NOW) as home, Desk(home, now=NOW) as desk:
        browser = desk.browser()
        fields = {"opportunity": "Globex", "day": "2026-11-18", "clock": "10:00", "person-name": "Huck Finn", "place": "12 Main St <b>",
                  "link": "javascript:alert(1)"}
        submit(browser, see(browser, "/new").form("/new"), **fields)
        page = browser.get("/o/1").text
        holds(page, "12 Main St &lt;b&gt;", "javascript:alert(1)")
        assert 'href="javascript' not in page, "a link that is none of the web"
        change = see(browser, "/o/1").link("/o/1/interview/")
        form = see(browser, change).form(change)
        equal((form["fields"]["place"], form["fields"]["link"]), ("12 Main St <b>", "javascript:alert(1)"))
        submit(browser, form, place="", link="https://meet.globex.example/j/7")
        kept = home.json("show", "globex")["interviews"][0]
        equal((kept["place"], kept["link"]), (None, "https://meet.globex.example/j/7"))
        holds(browser.get("/o/1").text, '<a href="https://meet.globex.example/j/7" rel="noreferrer">')


@test
def documents():
    """What there is as files is offered on the opportunity's page, and is what it says"""
    with Home(now="2026-11-17T19:00:00-07:00") as home:
        with_approved(home, 25)
        home.run("people", "Globex", "finn", "--phone", "+1 602 555 0100", "--address", "1 Main St, Phoenix AZ 85001")
        home.run("draft", "Globex", "finn", "--step", "card")
        home.run("interview", "Initech", "2026-11-18T10:00", "--with", "Bill Lum")
        with Desk(home) as desk:
            browser = desk.browser()
            page = see(browser, "/o/1")
            kinds = {"/o/1/calendar": ("text/calendar", b"BEGIN:VCALENDAR"), "/o/1/call/finn/sheet": ("application/pdf", b"%PDF-"),
                     "/o/1/card/finn": ("application/pdf", b"%PDF-"), "/o/1/mail/0": ("message/rfc822", b"From: Ana Reyes <ana@example.net>")}
            for link, (kind, begin) in kinds.items():
                equal(page.links.count(link) > 0, True, link)
                reply = browser.get(link)
                equal((reply.status, reply.header("content-type").split(";")[0]), (200, kind), link)
                assert begin in reply.body[:2000], reply.body[:400]
            lacks(browser.get("/o/1/calendar").text, "Initech")
            program = browser.get("/api/v1/show?opportunity=%231&eml=0")
            equal((program.status, program.header("content-type")), (200, "message/rfc822"), "the same for a program")
            mail = browser.get("/o/1/mail/0").text
            holds(mail, "To: Huck Finn <finn@globex.example>", "Message-ID: " + home.rows("SELECT message_id FROM outbox ORDER BY number")[0][0])
            equal([browser.get("/o/1/mail/%s" % number).status for number in ("99", "x")], [404, 422], "no such note")


# ---- playbooks ----

@cases([(name, name, articles) for name, articles in [("standard", 5), ("note-and-email", 1), ("morning-after", 1), ("stay-in-touch", 1), ("rule-of-three", 1), ("seven-steps", 1)]])
def a_playbook_is_a_story(name, articles):
    """Every rule is told once, with its reason and its article; the steps come in the order they happen"""
    with Home(now=NOW) as home, Desk(home) as desk:
        told = home.json("playbook", "show", name)
        page = html.unescape(desk.browser().get("/playbooks/" + name).text)
        for rule in told["rules"]:
            holds(page, "<p>%s</p>" % rule["text"], "from “%s” · %s" % (rule["article"], rule["source"]), *[reason["text"] for reason in rule["reasons"]])
            for reason in rule["reasons"]:
                lacks(reason["text"], "{")
        equal(page.count('<p class="tiny">') - 1, len(told["rules"]), "rules that are told")
        equal(len({rule["source"] for rule in told["rules"]}), articles)
        heads = [page.index("<h2>%s</h2>" % heading) for heading in ("Thank everyone", "When to stop")]
        equal(heads, sorted(heads))


# ---- settings ----

@test
def settings_show_what_holds():
    """Each form begins with what is set, or with what holds where nothing is; sent as it is, it changes nothing"""
    with Home(now=NOW) as home, Desk(home) as desk:
        browser = desk.browser()
        page = browser.get("/settings").text
        holds(page, 'name="quiet" type="text" value="21:00-08:00"', 'name="digest" type="text" value="no"', 'value="yes" checked', "Not set up")
        home.run("config", "reminders", "--quiet", "22:30-07:15", "--digest", "06:45", "--desktop", "no")
        home.run("config", "mail", "--host", "mail.example.net", "--port", 587, "--security", "starttls", "--auth", "none", "--no-probe", "--address", "ana@example.net")
        home.run("config", "inbox", "--host", "imap.example.net", "--user", "ana", "--no-probe", status=None)
        page = browser.get("/settings").text
        holds(page, 'name="quiet" type="text" value="22:30-07:15"', 'name="digest" type="text" value="06:45"', 'value="no" checked')
        holds(page, "Notes leave as ana@example.net through mail.example.net.", 'name="port" type="number" min="1" max="65535" value="587"',
              '<option value="starttls" selected>')
        form = [form for form in Page(page).forms if form["fields"].get("topic") == "reminders"][0]
        submit(browser, form)
        equal(home.json("config")["reminders"], {"desktop": False, "quiet": "22:30-07:15", "digest": "06:45"})


def lacks(text, part):
    assert part not in text, "%r is in:\n%s" % (part, text)


if __name__ == "__main__":
    main()
