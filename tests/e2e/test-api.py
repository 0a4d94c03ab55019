#!/usr/bin/env python3
"""The desk's API over a real socket: the same results as the command line's, files and documents, and what waits for a server."""
import base64
import json
import os
import socket
import threading
import time
import urllib.parse

from deskwire import Desk
from program import Home, cases, equal, facts, holds, main, test, wait_for
from wire import CountingServer, free_port

NOW = "2026-11-17T12:00:00-07:00"
INVITATION = """BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:talk-1@globex.example\r\nDTSTAMP:20261110T120000Z\r\n\
DTSTART:20261120T170000Z\r\nDTEND:20261120T180000Z\r\nSUMMARY:Interview with Globex\r\nORGANIZER;CN=Huck Finn:mailto:finn@globex.example\r\n\
ATTENDEE;CN=Ana Reyes:mailto:ana@example.net\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""


def begun(home):
    home.run("config", "me", "--name", "Ana Reyes", "--email", "ana@example.net", "--skill", "SQL", "--zone", "America/Phoenix")
    home.run("interview", "Globex", "today 10am", "--for", "1h", "--position", "Data analyst", "--with",
             "Huck Finn <finn@globex.example>, hiring-manager", "--with", "Ada Okoro <okoro@globex.example>")
    home.run("people", "globex", "finn", "--salutation", "Mr. Finn", "--address", "1 Main St, Phoenix AZ 85001")
    home.run("people", "globex", "okoro", "--salutation", "Ms. Okoro")
    home.run("debrief", "globex", "--topic", "finn: moving the forecast off spreadsheets", "--topic",
             "okoro: how the team reviews each other's queries", "--fit", "five years of SQL in a team of three")


def mail(home, port, **more):
    home.run("config", "mail", "--address", "ana@example.net", "--host", "127.0.0.1", "--port", port, "--security", "plaintext", "--auth", "none",
             "--no-probe")


@cases([
    ("today", ["today"], {}), ("show", ["show", "globex"], {"opportunity": "globex"}), ("list", ["list"], {}),
    ("list a part", ["list", "--limit", "1"], {"limit": 1}), ("people", ["people", "globex"], {"opportunity": "globex"}),
    ("config", ["config"], {}), ("playbook", ["playbook", "show", "standard"], {"action": "show", "name": "standard"}),
    ("template", ["template", "list"], {"action": "list"}), ("inbox", ["inbox"], {}),
    ("calendar", ["calendar", "list"], {"action": "list"}), ("review", ["review", "--explain", "wrong-name"], {"explain": "wrong-name"}),
])
def it_says_what_the_command_line_says(command, values):
    with Home(now=NOW) as home:
        begun(home)
        want = home.run(*command, "--format", "json").json()
        with Desk(home) as desk:
            browser = desk.browser()
            op = command[0]
            got = browser.get("/api/v1/%s?%s" % (op, urllib.parse.urlencode(values)))
            equal((got.status, got.header("content-type")), (200, "application/json"), got.text[:500])
            equal(got.json(), want, "by GET")
            equal(browser.api(op, values).json(), want, "by POST")


@test
def the_plumbing():
    """plan, classify, review, draft: what is piped in comes under a key"""
    with Home(now=NOW) as home:
        want = home.run("plan", "--playbook", "morning-after", input=facts(), now=NOW).json()
        mailed = "From: Huck Finn <finn@globex.example>\r\nSubject: Re: Thanks\r\nDate: Tue, 17 Nov 2026 12:00:00 -0700\r\n\r\nWe need until Friday.\r\n"
        with Desk(home) as desk:
            browser = desk.browser()
            equal(browser.api("plan", {"playbook": "morning-after", "input": facts()}).json(), want, "the plan")
            lines = browser.api("plan", {"playbook": "morning-after", "ndjson": True, "input": "\n".join([json.dumps(facts())] * 2)})
            equal((lines.header("content-type"), len(lines.text.splitlines())), ("application/x-ndjson", 2), "plans")
            told = browser.api("classify", {"input": mailed, "facts": json.dumps(facts())})
            equal(told.json()["kind"], "reply", told.text)
            draft = browser.api("draft", {"step": "thank-you", "to": "finn", "input": facts()}).json()
            holds(json.dumps(draft), "Mr. Finn")
            review = browser.api("review", {"step": "thank-you", "to": "finn", "facts": {"name": "facts.json", "text": json.dumps(facts())},
                                            "input": "Dear Mr. Fnin,\n\nThanks.\n\nAna Reyes"})
            equal(review.status, 200)
            holds(review.text, "wrong-name")
            read = browser.api("read", {"file": {"name": "talk.ics", "text": INVITATION}})
            equal((read.status, read.json()["kind"], read.json()["file"]), (200, "interview", "talk.ics"), read.text)


@test
def files_come_in():
    """As text, coded, and as a form with a file; nothing of them stays behind on the disk"""
    with Home(now=NOW) as home, Desk(home) as desk:
        browser = desk.browser()
        home.run("config", "me", "--name", "Ana Reyes", "--email", "ana@example.net")
        coded = {"name": "talk.ics", "base64": base64.b64encode(INVITATION.encode()).decode()}
        asks = browser.api("import", {"file": [coded], "company": "Globex"})
        equal((asks.status, asks.json()["error"]["where"]), (409, "yes"), asks.text)
        equal(home.rows("SELECT count(*) FROM opportunity"), [(0,)], "before it was told to")
        done = browser.api("import", {"file": [coded], "company": "Globex", "yes": True})
        equal(done.status, 200, done.text)
        equal(home.rows("SELECT company FROM opportunity"), [("Globex",)])
        card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Okoro\r\nEMAIL:okoro@globex.example\r\nEND:VCARD\r\n"
        parts = "".join("--parts\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n" % part for part in [
            ("csrf", "", browser.csrf), ("opportunity", "", "globex"), ("yes", "", "1"), ("file", "; filename=\"../ada.vcf\"", card)]) + "--parts--\r\n"
        for target in ("/do/import", "/api/v1/import"):
            reply = browser.ask("POST", target, {"Content-Type": "multipart/form-data; boundary=parts"}, parts.encode())
            equal(reply.status, 200, reply.text)
        holds(home.run("people", "globex").out, "Ada Okoro")
        equal([name for name in os.listdir(home.folder) if "followup-" in name], [], "what is left of them")


@test
def documents_go_out():
    with Home(now=NOW) as home:
        begun(home)
        with Desk(home) as desk:
            browser = desk.browser()
            for op, values, kind, begin in [("card", {"opportunity": "globex", "person": "finn"}, "application/pdf", b"%PDF"),
                                            ("call", {"opportunity": "globex", "pdf": True}, "application/pdf", b"%PDF"),
                                            ("calendar", {}, "text/calendar; charset=utf-8", b"BEGIN:VCALENDAR"),
                                            ("export", {"format": "vcard"}, "text/vcard; charset=utf-8", b"BEGIN:VCARD"),
                                            ("export", {}, "application/json", b"{")]:
                reply = browser.api(op, values)
                equal((reply.status, reply.header("content-type"), reply.body[:len(begin)]), (200, kind, begin), op + reply.text[:300])
            page = browser.post("/do/card", opportunity="globex", person="finn")
            equal(page.header("content-type"), "application/pdf")
            holds(page.header("content-disposition"), "followup-card.pdf")


@test
def a_body_has_its_bounds():
    """Much is taken from who is signed in, little from a stranger"""
    with Home(now=NOW) as home, Desk(home) as desk:
        browser = desk.browser()
        body = json.dumps({"input": "x" * 3000000})
        equal(browser.ask("POST", "/api/v1/plan", {"Content-Type": "application/json", "X-Followup-Form": browser.csrf}, body).status, 422)
        equal(browser.ask("POST", "/api/v1/plan", {"Content-Type": "application/json", "Content-Length": "17000000"}).status, 400, "two lengths")
        for length, status in ((20000, 413), (2000, 401)):
            reply = desk.ask("POST", "/api/v1/plan", {"Content-Type": "application/json"}, b"{" + b" " * length + b"}")
            equal(reply.status, status, "a stranger's %d bytes" % length)
        deep = browser.api("plan", None)
        assert deep.status == 422, deep.text
        deep = browser.ask("POST", "/api/v1/plan", {"Content-Type": "application/json", "X-Followup-Form": browser.csrf}, b'{"input":' + b"[" * 100000)
        equal((deep.status, deep.json()["error"]["code"]), (422, "invalid"), deep.text[:300])


# ---- what waits for a server ----

class Silent:
    """A server that takes connections and says nothing, until it is told to close them."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.taken = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                self.taken.append(self.listener.accept()[0])
            except OSError:
                return

    def close(self):
        self.listener.close()
        for connection in self.taken:
            connection.close()


def in_background(call):
    found = []
    thread = threading.Thread(target=lambda: found.append(call()), daemon=True)
    thread.start()
    return thread, found


def gone_on(browser, at):
    """What a page that waits has become, once it does not load itself anew any more."""
    return wait_for("the page to go on", 60, lambda: page if (page := browser.get(at)).header("refresh") is None else None)


CONFIG = {"topic": "mail", "address": "ana@example.net", "host": "127.0.0.1", "security": "plaintext", "auth": "none"}


@test
def nobody_waits_for_another():
    """While one request waits for a silent server, others are answered"""
    with Home(now=NOW) as home, Desk(home) as desk:
        browser, silent = desk.browser(), Silent()
        thread, found = in_background(lambda: browser.api("config", dict(CONFIG, port=silent.port)))
        wait_for("the server to be asked", 20, lambda: silent.taken)
        for _ in range(5):
            equal(browser.get("/api/v1/today").status, 200)
        assert not found, "it did not wait: " + found[0].text
        silent.close()
        thread.join(60)
        equal((found[0].status >= 400, bool(found[0].json()["error"]["message"])), (True, True), found[0].text)
        equal(home.rows("SELECT count(*) FROM setting WHERE key = 'mail.host'"), [(0,)], "what was not proven")


@test
def a_note_is_sent():
    """By the API, and by a page that goes on by itself; with what came of it"""
    with Home(now=NOW) as home, CountingServer(home.folder) as server:
        begun(home)
        mail(home, server.port)
        home.run("draft", "globex")
        home.run("approve", "globex", "finn", "--now")
        with Desk(home) as desk:
            browser = desk.browser()
            sent = browser.api("send", {"opportunity": "globex", "person": "finn", "now": True})
            equal(sent.status, 200, sent.text)
            equal(len(server.arrived()), 1, "what arrived")
            equal(browser.api("approve", {"opportunity": "globex", "person": "okoro", "now": True}).status, 200)
            begun_page = browser.post("/do/send", opportunity="globex", next="/do")
            equal(begun_page.status, 303, begun_page.text)
            at = begun_page.header("location")
            assert at.startswith("/job/"), at
            page = gone_on(browser, at)
            equal((page.status, page.header("location")), (303, "/do"), page.text)
            equal(len(server.arrived()), 2, "what arrived")
            holds(browser.get("/do").text, 'class="flash')


@test
def a_page_says_what_failed():
    with Home(now=NOW) as home, Desk(home) as desk:
        browser = desk.browser()
        at = browser.post("/do/config", port=str(free_port()), next="/do", **CONFIG).header("location")
        page = gone_on(browser, at)
        assert page.status >= 400, page.text
        holds(page.text, "role=\"alert\"", "127.0.0.1", "value=\"ana@example.net\"", 'name="next" value="/do"')
        equal(browser.get("/job/nothing").status, 404)


@test
def the_desk_ends_while_one_waits():
    """Who waits is told so; the work goes on by itself"""
    with Home(now=NOW) as home, Desk(home) as desk:
        browser, silent = desk.browser(), Silent()
        thread, found = in_background(lambda: browser.api("config", dict(CONFIG, port=silent.port)))
        wait_for("the server to be asked", 20, lambda: silent.taken)
        desk.end()
        thread.join(30)
        equal(found[0].status, 503, found[0].text)
        silent.close()
        time.sleep(0.2)


if __name__ == "__main__":
    main()
