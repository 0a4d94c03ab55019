#!/usr/bin/env python3
"""Who may come in to the desk, from outside: restarts, second desks, the password, TLS, a proxy, tokens, the calendar's address."""
import json
import os
import re
import shutil
import ssl
import subprocess
import urllib.parse
import warnings

from deskwire import Browser, Desk
from program import Home, Skip, cases, equal, holds, main, test
from wire import free_port

NOW = "2026-11-17T12:00:00-07:00"
PASSWORD = "correct horse battery staple"


def certificate(home):
    if not shutil.which("openssl"):
        raise Skip("openssl is not installed")
    key, chain = os.path.join(home.folder, "key.pem"), os.path.join(home.folder, "chain.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                    "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", chain], check=True, capture_output=True)
    return ["--certificate", chain, "--key", key]


def sign_in(desk, password, **headers):
    body = urllib.parse.urlencode({"password": password, "next": "/do"})
    return desk.ask("POST", "/sign-in", [("Content-Type", "application/x-www-form-urlencoded"), *headers.items()], body)


def returned(desk, browser):
    """The same browser at a desk that was opened again."""
    browser.desk = desk
    return browser


# ---- who was in stays in ----

@test
def a_restart_signs_nobody_out():
    """The cookie and the token of a form hold, also where the desk was killed"""
    with Home(now=NOW) as home:
        with Desk(home) as desk:
            browser, port = desk.browser(), desk.port
        with Desk(home, listen="127.0.0.1:%d" % port) as desk:
            returned(desk, browser)
            equal(browser.get("/").status, 200)
            equal(browser.post("/do/add", company="Globex").status, 200, "a form of before")
            desk.process.kill()
            desk.process.wait()
        with Desk(home, listen="127.0.0.1:%d" % port) as desk:
            equal(returned(desk, browser).get("/").status, 200, "after it was killed")


@test
def a_second_desk_gives_a_link_to_the_first():
    with Home(now=NOW) as home, Desk(home) as desk:
        told = home.json("desk", "--listen", "127.0.0.1:0")
        equal(told["running"], True)
        assert told["link"].startswith("http://127.0.0.1:%d/enter?key=" % desk.port), told
        Browser(desk, urllib.parse.parse_qs(urllib.parse.urlsplit(told["link"]).query)["key"][0])
        desk.browser()  # the first one's own link works still
        holds(home.run("desk").out, "open already")
        desk.process.kill()
        desk.process.wait()
        with Desk(home) as other:
            other.browser()


@test
def whoever_is_ended_is_out():
    """By another browser, or by a command"""
    with Home(now=NOW) as home, Desk(home) as desk:
        one = desk.browser()
        other = Browser(desk, urllib.parse.parse_qs(urllib.parse.urlsplit(home.json("desk")["link"]).query)["key"][0])
        page = one.get("/settings/access").text
        number = re.search(r'name="name" value="(\d+)"', page)[1]
        equal(one.post("/do/access", action="end", name=number, next="/settings/access").status, 303)
        equal((one.get("/").status, other.get("/").status), (200, 401), "after one ended the other")
        home.run("access", "end", "--all")
        equal(one.get("/").status, 401, "after all were ended")


# ---- the password ----

@test
def the_password():
    """Set on standard input, asked for by pages, taken away"""
    with Home(now=NOW) as home:
        holds(home.refuses("config", "desk", "--password-stdin", input="short\n"), "10 characters")
        holds(home.refuses("config", "desk", "--password-stdin"), "No password came in")
        holds(home.refuses("config", "me", "--password-stdin"), "followup config desk")
        home.run("config", "desk", "--password-stdin", input=PASSWORD + "\n")
        with open(home.db, "rb") as file:
            assert PASSWORD.encode() not in file.read(), "the password lies in the database"
        assert "argon2" not in home.run("export").out + home.run("config", "--format", "json").out, "it is told"
        with Desk(home) as desk:
            asked = desk.ask("GET", "/people?find=ada")
            equal(asked.status, 401)
            holds(asked.text, 'type="password"', 'value="/people?find=ada"')
            equal(sign_in(desk, "wrong").status, 403)
            entered = sign_in(desk, PASSWORD)
            equal((entered.status, entered.header("location")), (303, "/do"))
            cookie = entered.header("set-cookie")
            holds(cookie, "HttpOnly", "SameSite=Strict")
            equal(desk.ask("GET", "/", {"Cookie": cookie.split(";")[0]}).status, 200)
            equal(sign_in(desk, PASSWORD, Origin="https://evil.example").status, 403, "from another site")
            home.run("config", "desk", "--password-stdin", input="another one altogether\n")
            equal(desk.ask("GET", "/", {"Cookie": cookie.split(";")[0]}).status, 401, "after a new password")
            equal(sign_in(desk, PASSWORD).status, 403)
            home.run("config", "desk", "--no-password")
            equal(sign_in(desk, "another one altogether").status, 404)


@test
def not_too_often():
    """Five wrong ones, then a wait that is told; the right one has to wait too"""
    with Home(now=NOW) as home:
        home.run("config", "desk", "--password-stdin", input=PASSWORD + "\n")
        with Desk(home) as desk:
            equal([sign_in(desk, "wrong").status for _ in range(5)], [403] * 5)
            refused = sign_in(desk, PASSWORD)
            equal(refused.status, 429)
            assert 1 <= int(refused.header("retry-after")) <= 5, refused.header("retry-after")
            holds(refused.text, "try again in")
            desk.browser()  # by its link the owner comes in


@test
def not_too_often_behind_a_proxy():
    """Each for itself, by the address that the proxy adds"""
    with Home(now=NOW) as home:
        home.run("config", "desk", "--password-stdin", input=PASSWORD + "\n")
        port = free_port()
        with Desk(home, "--behind-proxy", "--host", "desk.globex.example", listen="127.0.0.1:%d" % port) as desk:
            desk.port = port
            for _ in range(5):
                sign_in(desk, "wrong", **{"X-Forwarded-For": "198.51.100.9, 192.0.2.7"})
            equal(sign_in(desk, PASSWORD, **{"X-Forwarded-For": "203.0.113.5, 192.0.2.7"}).status, 429, "the same, with another word before it")
            entered = sign_in(desk, PASSWORD, **{"X-Forwarded-For": "192.0.2.7, 192.0.2.8"})
            equal(entered.status, 303, "another one")
            holds(entered.header("set-cookie"), "__Host-followup=", "Secure")
            assert desk.link.startswith("https://desk.globex.example/enter?key="), desk.link


# ---- where others can reach it ----

@cases([
    ("without a password", [], None, "has no password yet"),
    ("without TLS", [], PASSWORD, "needs TLS"),
    ("with a key that is not there", ["--certificate", "none.pem", "--key", "none.pem"], PASSWORD, "none.pem"),
    ("with a key that is none", ["--certificate", "text", "--key", "text"], PASSWORD, "no PEM file"),
])
def others_cannot_reach_it(options, password, said):
    with Home(now=NOW) as home:
        home.write("text", "hello")
        if password:
            home.run("config", "desk", "--password-stdin", input=password + "\n")
        missing = 1 if "none.pem" in options else 2
        holds(home.refuses("desk", "--listen", "0.0.0.0:0", *options, status=missing), said)


@test
def by_tls():
    """At every address: the password over TLS, a cookie for TLS alone, the host by its address only"""
    with Home(now=NOW) as home:
        home.run("config", "desk", "--password-stdin", input=PASSWORD + "\n")
        with Desk(home, *certificate(home), listen="0.0.0.0:0", tls=True) as desk:
            entered = sign_in(desk, PASSWORD)
            equal(entered.status, 303, entered.text)
            cookie = entered.header("set-cookie")
            holds(cookie, "__Host-followup=", "; Secure", "HttpOnly")
            cookie = cookie.split(";")[0]
            equal(desk.ask("GET", "/", {"Cookie": cookie}).status, 200)
            for host, status in (("192.0.2.7:%d" % desk.port, 200), ("[2001:db8::7]:%d" % desk.port, 200), ("localhost:%d" % desk.port, 200),
                                 ("evil.example:%d" % desk.port, 421), ("192.0.2.7:1", 421), ("192.0.2.7.evil.example:%d" % desk.port, 421),
                                 ("[::1].evil:%d" % desk.port, 421), ("1e3:%d" % desk.port, 421)):
                equal(desk.ask("GET", "/", {"Cookie": cookie}, host=host).status, status, host)
            desk.browser()
            many = [desk.connect() for _ in range(20)]
            big = desk.ask("GET", "/api/v1/openapi.json", {"Cookie": cookie})
            equal((big.status, big.json()["openapi"]), (200, "3.1.0"), "a large answer")
            for connection in many:
                connection.close()
            desk.tls = False
            assert desk.ask("GET", "/").status in (0, 400), "it answers without TLS"
            desk.tls = True


@test
def old_tls_is_refused():
    with Home(now=NOW) as home, Desk(home, *certificate(home), tls=True) as desk:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # that it is old is why it is tried
                context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
            context.set_ciphers("ALL:@SECLEVEL=0")
        except (ssl.SSLError, ValueError):
            raise Skip("this Python speaks no old TLS") from None
        desk.tls = False
        with desk.connect() as plain:
            try:
                context.wrap_socket(plain)
            except (ssl.SSLError, OSError):
                desk.tls = True
                return
        raise AssertionError("TLS 1.1 was taken")


# ---- programs ----

@test
def a_token():
    """Read, propose, and no more; with the other kind also send"""
    with Home(now=NOW) as home:
        home.run("interview", "Globex", "today 10am", "--with", "Huck Finn <finn@globex.example>")
        proposes, sends = home.json("access", "token", "a reader")["secret"], home.json("access", "token", "a sender", "--may-send")["secret"]
        with Desk(home) as desk:
            def ask(token, op, values=None):
                headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
                return desk.ask("GET" if values is None else "POST", "/api/v1/" + op, headers, b"" if values is None else json.dumps(values).encode())
            equal(ask(proposes, "today").json(), home.json("today"))
            equal(ask(proposes, "promise", {"opportunity": "globex", "decision-by": "fri"}).status, 200)
            refused = ask(proposes, "approve", {"opportunity": "globex", "all": True})
            equal((refused.status, refused.json()["error"]["where"]), (403, "approve"), refused.text)
            holds(refused.json()["error"]["message"], "may only propose")
            assert ask(sends, "approve", {"opportunity": "globex", "all": True}).status != 403
            equal(ask(sends, "access", {"action": "token", "name": "more"}).status, 403)
            equal(ask("x" * 43, "today").status, 401)
            number = [entry["number"] for entry in home.json("access")["access"] if entry["name"] == "a reader"][0]
            home.run("access", "end", number)
            equal((ask(proposes, "today").status, ask(sends, "today").status), (401, 200), "after its end")


@test
def a_token_is_made_on_a_page():
    """Shown once"""
    with Home(now=NOW) as home, Desk(home) as desk:
        browser = desk.browser()
        page = browser.post("/do/access", action="token", name="a reader")
        token = re.search(r">([A-Za-z0-9_-]{43})<", page.text)[1]
        equal(desk.ask("GET", "/api/v1/today", {"Authorization": "Bearer " + token}).status, 200)
        assert token not in browser.get("/settings/access").text


@test
def the_calendar_by_its_address():
    with Home(now=NOW) as home:
        home.run("interview", "Globex", "tomorrow 10am", "--with", "Huck Finn <finn@globex.example>")
        with Desk(home) as desk:
            browser = desk.browser()
            address = re.search(r"http://[^<]+/calendar/[^<]+\.ics", browser.post("/settings/feed").text)[0]
            path = urllib.parse.urlsplit(address).path
            got = desk.ask("GET", path)
            equal((got.status, got.header("content-type")), (200, "text/calendar; charset=utf-8"), got.text)
            holds(got.text, "BEGIN:VCALENDAR", "Globex", "END:VCALENDAR")
            equal(got.text, home.run("calendar").out, "what the command writes")
            equal(desk.ask("HEAD", path).status, 200)
            newer = urllib.parse.urlsplit(re.search(r"http://[^<]+/calendar/[^<]+\.ics", browser.post("/settings/feed").text)[0]).path
            equal((desk.ask("GET", path).status, desk.ask("GET", newer).status), (404, 200), "after a new one was made")
            equal(desk.ask("GET", newer, {"Cookie": ""}, host="evil.example").status, 421)


if __name__ == "__main__":
    main()
