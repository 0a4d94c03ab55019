#!/usr/bin/env python3
"""The desk over a real socket: what a careless or hostile client sends, many of them at once, and what changes while they look."""
import os
import signal
import socket
import time
import urllib.parse

from deskwire import Desk, Reply
from program import Home, cases, equal, holds, main, test, wait_for

NOW = "2026-11-17T12:00:00-07:00"
PANEL = ["interview", "Globex", "today 10am", "--for", "1h30", "--with", "Huck Finn <finn@globex.example>, hiring-manager"]
HEAD = "GET / HTTP/1.1\r\nHost: {host}\r\n"


def head(desk, *lines, target="/", method="GET"):
    """A request of those header lines, closed by an empty one."""
    return "\r\n".join(["%s %s HTTP/1.1" % (method, target), "Host: 127.0.0.1:%d" % desk.port, *lines, "", ""])


# ---- what no browser sends ----

@cases([
    ("two Hosts", "GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n", 400),
    ("no Host", "GET / HTTP/1.1\r\n\r\n", 400),
    ("no Host in an old request", "GET / HTTP/1.0\r\n\r\n", 400),
    ("another Host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
    ("an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 421),
    ("a length beside an encoding", "POST /leave HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ("an encoding beside a length", "POST /leave HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400),
    ("two lengths", "POST /leave HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400),
    ("a length that is no number", "POST /leave HTTP/1.1\r\nHost: {host}\r\nContent-Length: five\r\n\r\nhello", 400),
    ("a length below nothing", "POST /leave HTTP/1.1\r\nHost: {host}\r\nContent-Length: -5\r\n\r\nhello", 400),
    ("a length with a sign", "POST /leave HTTP/1.1\r\nHost: {host}\r\nContent-Length: +5\r\n\r\nhello", 400),
    ("a length beyond all numbers", "POST /leave HTTP/1.1\r\nHost: {host}\r\nContent-Length: 99999999999999999999\r\n\r\nhello", (400, 413)),
    ("a length that is too much", "POST /leave HTTP/1.1\r\nHost: {host}\r\nContent-Length: 99999999\r\n\r\n", 413),
    ("an encoding nobody knows", "POST /leave HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: gzip\r\n\r\n", 400),
    ("a control byte in a header", "GET / HTTP/1.1\r\nHost: {host}\r\nX-A: b\x01c\r\n\r\n", 400),
    ("a DEL in a header", "GET / HTTP/1.1\r\nHost: {host}\r\nX-A: b\x7fc\r\n\r\n", 400),
    ("a NUL in a header, behind which nothing is read", "GET / HTTP/1.1\r\nHost: {host}\r\nX-A: b\0c\r\n\r\n", (400, 401)),
    ("a NUL in the Host", "GET / HTTP/1.1\r\nHost: evil.example\0{host}\r\n\r\n", (400, 421)),
    ("a control byte in the target", "GET /\x01 HTTP/1.1\r\nHost: {host}\r\n\r\n", 400),
    ("a NUL in the target", "GET /do\0/add HTTP/1.1\r\nHost: {host}\r\n\r\n", (400, 401)),
    ("an encoded NUL in the path", "GET /do/add%00 HTTP/1.1\r\nHost: {host}\r\n\r\n", 400),
    ("an encoded NUL in the query", "GET /do/add?company=%00 HTTP/1.1\r\nHost: {host}\r\n\r\n", 400),
    ("a target that is not ASCII", "GET /do/\xe4 HTTP/1.1\r\nHost: {host}\r\n\r\n", 400),
    ("a whole address as the target", "GET http://evil.example/ HTTP/1.1\r\nHost: {host}\r\n\r\n", 400),
    ("a target that is no path", "GET do/add HTTP/1.1\r\nHost: {host}\r\n\r\n", 400),
    ("an asterisk", "OPTIONS * HTTP/1.1\r\nHost: {host}\r\n\r\n", (400, 405)),
    ("a method nobody knows", "BREW / HTTP/1.1\r\nHost: {host}\r\n\r\n", 405),
    ("a method that we have no use for", "DELETE / HTTP/1.1\r\nHost: {host}\r\n\r\n", 405),
    ("a trace", "TRACE / HTTP/1.1\r\nHost: {host}\r\n\r\n", 405),
    ("a tunnel", "CONNECT evil.example:443 HTTP/1.1\r\nHost: {host}\r\n\r\n", (400, 405)),
    ("no HTTP at all", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", (0, 400)),
    ("a greeting of mail", "EHLO evil.example\r\n\r\n", (0, 400)),
    ("a folded header", "GET / HTTP/1.1\r\nHost: {host}\r\nX-A: b\r\n Host: evil.example\r\n\r\n", (400, 401)),
    ("a header without a colon", "GET / HTTP/1.1\r\nHost: {host}\r\nnonsense\r\n\r\n", 400),
])
def a_request_no_browser_sends(request, status):
    with Home() as home, Desk(home) as desk:
        reply = desk.raw(request.replace("{host}", "127.0.0.1:%d" % desk.port).encode("latin-1") + b"")
        assert reply.status in (status if isinstance(status, tuple) else (status,)), "status %d\n%s" % (reply.status, reply.text[:400])
        equal(desk.ask("GET", "/").status, 401, "the next one's answer")


@test
def too_much_of_everything():
    """Targets, headers, bodies: each has an end"""
    with Home() as home, Desk(home) as desk:
        browser = desk.browser()
        signed = "Cookie: " + browser.cookie
        equal(desk.raw(head(desk, target="/" + "a" * 3000)).status, 400, "a long path")
        assert desk.raw(head(desk, target="/" + "a" * 60000)).status in (400, 414, 431), "a longer path"
        assert desk.raw(head(desk, target="/?" + "a=b&" * 15000)).status in (400, 414, 431), "a long query"
        assert desk.raw(head(desk, "X-A: " + "a" * 60000)).status in (400, 413, 431), "a long header"
        assert desk.raw(head(desk, *["X-%d: a" % number for number in range(150)])).status in (400, 431), "many headers"
        # What fills all of a connection's memory gets no answer at all; nobody else is the worse for it.
        equal(desk.raw(head(desk, "Cookie: " + "; ".join("a%d=b" % number for number in range(900)))).status, 0, "many cookies")
        with desk.connect() as full:
            full.sendall(head(desk, target="/?" + "a=b&" * 600).encode())
            equal(desk.ask("GET", "/").status, 401, "beside many parameters")
        form = "Content-Type: application/x-www-form-urlencoded"
        for name, body, status in [("a large form", "company=" + "a" * 1100000, 413), ("many fields", "&".join("a%d=b" % number for number in range(700)), 400),
                                   ("a long field", "csrf=%s&company=%s" % (browser.csrf, "a" * 20000), 422), ("no form at all", "company", 400)]:
            reply = browser.ask("POST", "/do/add", {"Content-Type": "application/x-www-form-urlencoded"}, body)
            equal(reply.status, status, name)
        chunks = ("%x\r\n%s\r\n" % (60000, "a" * 60000)) * 20 + "0\r\n\r\n"
        equal(desk.raw(head(desk, signed, form, "Transfer-Encoding: chunked", method="POST", target="/do/add"), chunks).status, 413, "a large form in chunks")
        equal(browser.get("/").status, 200, "what a browser sees afterwards")


@test
def forms_as_they_come():
    """The last field counts, however it was cut into pieces; files, chunks and continuations too"""
    with Home() as home, Desk(home) as desk:
        browser = desk.browser()
        form, signed = "Content-Type: application/x-www-form-urlencoded", "Cookie: " + browser.cookie
        body = "csrf=%s&position=Data%%20analyst&company=Globex" % browser.csrf
        pieces = [head(desk, signed, form, "Content-Length: %d" % len(body), method="POST", target="/do/add"), *body]
        equal(desk.raw(*pieces).status, 200, "byte by byte")
        equal(home.rows("SELECT company, position FROM opportunity"), [("Globex", "Data analyst")])
        body = body.replace("Globex", "Initech")
        chunked = head(desk, signed, form, "Transfer-Encoding: chunked", method="POST", target="/do/add")
        equal(desk.raw(chunked, "".join("1\r\n%s\r\n" % byte for byte in body), "0\r\n\r\n").status, 200, "in chunks of one byte")
        waits = head(desk, signed, form, "Content-Length: %d" % len(body), "Expect: 100-continue", method="POST", target="/do/add")
        equal(desk.raw(waits, body).status, 200, "after being told to go on")
        parts = "".join("--parts\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n" % pair for pair in
                        [("csrf", browser.csrf), ("company", "Hooli"), ("position", "A \u00fcber-analyst")]) + "--parts--\r\n"
        reply = browser.ask("POST", "/do/add", {"Content-Type": "multipart/form-data; boundary=parts"}, parts.encode())
        equal(reply.status, 200, "in parts")
        equal(home.rows("SELECT position FROM opportunity WHERE company = 'Hooli'"), [("A \u00fcber-analyst",)])
        for wrong in ("multipart/form-data", "multipart/form-data; boundary="):
            assert browser.ask("POST", "/do/add", {"Content-Type": wrong}, parts.encode()).status in (400, 403), wrong


# ---- what every answer has ----

@test
def every_answer_is_careful():
    """The policy, the type, no frames; HEAD is GET without the body"""
    with Home() as home, Desk(home) as desk:
        browser = desk.browser()
        for target in ("/", "/nowhere", "/do", "/do/add", "/assets/x/desk.css", "/favicon.ico", "/enter?key=x"):
            got, looked = browser.get(target), browser.ask("HEAD", target)
            for reply in (got, looked):
                policy = reply.header("content-security-policy")
                holds(policy, "default-src 'none'", "frame-ancestors 'none'", "script-src 'self'", "base-uri 'none'", "form-action 'self'")
                assert "unsafe" not in policy, policy
                equal(reply.header("x-content-type-options"), "nosniff", target)
                assert reply.header("content-type"), target
            if target != "/enter?key=x":
                equal((looked.status, looked.header("content-type"), looked.body), (got.status, got.header("content-type"), b""), "HEAD " + target)
        holds(desk.ask("PUT", "/").header("allow"), "GET", "POST")
        assert "no-cache" in browser.get("/").header("cache-control"), "a page is kept by browsers"


@test
def one_link_one_browser():
    with Home() as home, Desk(home) as desk:
        browser = desk.browser()
        again = desk.ask("GET", "/enter?key=" + desk.key)
        equal((again.status, again.header("set-cookie")), (409, None), "the link again")
        holds(again.text, "was used already")
        equal(browser.get("/").status, 200)
        equal(browser.post("/leave").status, 200)
        equal(browser.get("/").status, 401, "after it left")


# ---- many, and slow ones ----

@test
def hundreds_of_connections():
    """Three hundred are open and say nothing; those that say something are answered"""
    with Home() as home, Desk(home) as desk:
        browser = desk.browser()
        idle = [desk.connect() for _ in range(300)]
        try:
            for number, connection in enumerate(idle):
                if number % 2:
                    connection.sendall(b"GET / HTTP/1.1\r\nHo")
            for _ in range(5):
                equal(browser.get("/").status, 200)
            for connection in idle[1::2]:
                connection.sendall(("st: 127.0.0.1:%d\r\nConnection: close\r\n\r\n" % desk.port).encode())
            equal({Reply(connection).status for connection in idle[1::2]}, {401}, "what the slow ones got")
        finally:
            for connection in idle:
                connection.close()
        equal(browser.get("/").status, 200)


@test
def a_connection_is_used_again():
    """Twenty requests on one connection, sent at once"""
    with Home() as home, Desk(home) as desk:
        browser = desk.browser()
        one = head(desk, "Cookie: " + browser.cookie)
        last = head(desk, "Cookie: " + browser.cookie, "Connection: close")
        with desk.connect() as connection:
            connection.sendall((one * 19 + last).encode())
            data = b""
            while True:
                piece = connection.recv(65536)
                if not piece:
                    break
                data += piece
        equal(data.count(b"HTTP/1.1 200 OK"), 20, "answers")


@test
def whoever_leaves_early_is_forgotten():
    with Home() as home, Desk(home) as desk:
        browser = desk.browser()
        for stage in ("GET", "GET / HTTP/1.1\r\nHost: x", head(desk, "Content-Length: 400", method="POST", target="/do/add") + "company=",
                      head(desk, "Cookie: " + browser.cookie), head(desk, "Cookie: " + browser.cookie, target="/events")):
            for _ in range(20):
                connection = desk.connect()
                connection.sendall(stage.encode())
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # a reset, not an end
                connection.close()
        equal(browser.get("/").status, 200)


# ---- what changes is pushed ----

def listen(desk, browser):
    """An open stream of events, its head read."""
    connection = desk.connect(seconds=30)
    connection.sendall(head(desk, "Cookie: " + browser.cookie, "Accept: text/event-stream", target="/events").encode())
    data = b""
    while b"retry:" not in data:
        piece = connection.recv(4096)
        assert piece, "the stream ended: %r" % data
        data += piece
    holds(data.decode(), "200 OK", "text/event-stream")
    return connection


def next_event(connection):
    data = b""
    while b"event: change" not in data or not data.endswith(b"\r\n"):
        piece = connection.recv(4096)
        assert piece, "the stream ended: %r" % data
        data += piece
    return data.decode()


@test
def a_change_is_pushed():
    """Whoever makes it: a page, or a command of another process"""
    with Home(now=NOW) as home, Desk(home) as desk:
        browser = desk.browser()
        with listen(desk, browser) as stream:
            home.run(*PANEL)
            holds(next_event(stream), "event: change")
            holds(browser.get("/").text, "Globex")
            browser.post("/do/add", company="Initech")
            holds(next_event(stream), "event: change")
        equal(desk.ask("GET", "/events").status, 401, "a stranger's stream")


@test
def two_hundred_streams():
    """Each hears of the change; at rest the desk uses no time; those who leave make place"""
    with Home() as home, Desk(home) as desk:
        browser = desk.browser()
        streams = [listen(desk, browser) for _ in range(200)]
        try:
            browser.post("/do/add", company="Globex")
            for stream in streams:
                next_event(stream)
            before = ticks(desk)
            time.sleep(2)
            equal(ticks(desk) - before <= 3, True, "at rest (%d ticks in two seconds)" % (ticks(desk) - before))
        finally:
            for stream in streams:
                stream.close()
        equal(browser.get("/").status, 200)
        more = [listen(desk, browser) for _ in range(200)]
        desk.end()
        for stream in more:
            stream.close()


def ticks(desk):
    with open("/proc/%d/stat" % desk.process.pid, encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


@cases([("TERM", signal.SIGTERM), ("INT", signal.SIGINT), ("HUP", signal.SIGHUP)])
def it_ends_when_told(how):
    """With a stream, a half request and an idle connection open"""
    with Home() as home, Desk(home) as desk:
        browser = desk.browser()
        stream, half, idle = listen(desk, browser), desk.connect(), desk.connect()
        half.sendall(b"POST /do/add HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\ncompany")
        desk.end(how)
        while stream.recv(4096):
            pass
        for connection in (stream, half, idle):
            connection.close()


@test
def the_port_is_said_to_be_taken():
    with Home() as home, Home() as other, Desk(home) as desk:
        holds(other.refuses("desk", "--listen", desk.port, status=1), str(desk.port), "--listen")


@cases([
    ("not a place", ["--listen", "nowhere"], "no place to listen at"),
    ("a port beyond all ports", ["--listen", "70000"], "no place to listen at"),
    ("a name", ["--listen", "desk.globex.example:80"], "no address of a network"),
    ("a certificate without its key", ["--certificate", "x"], "give --certificate and --key"),
    ("where others can reach it", ["--listen", "0.0.0.0:0"], "password"),
    ("where others can reach it by the newer protocol", ["--listen", "[::]:0"], "password"),
])
def a_place_it_refuses(options, *parts):
    with Home() as home:
        holds(home.refuses("desk", *options), *parts)


if __name__ == "__main__":
    main()
