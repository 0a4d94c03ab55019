#!/usr/bin/env python3
"""Mailboxes: what came since the last look is seen once, nothing is changed, and servers that lie, stall or drop are named."""
import contextlib
import imaplib
import os
import random
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from trying import TRY, Stack, account, free_port  # noqa: E402
from tap import cases, equal, holds, main, test  # noqa: E402

LONG_AGO = 0


def eml(subject, body="Text.", sender="finn@globex.example"):
    return ("From: %s\r\nTo: ana@example.net\r\nSubject: %s\r\nMessage-ID: <%s@globex.example>\r\n"
            "Date: Fri, 20 Nov 2026 10:00:00 -0700\r\n\r\n%s\r\n" % (sender, subject, re.sub(r"\W", "-", subject), body)).encode()


class Look:
    """mail-try on a mailbox; a context manager."""

    def __init__(self, words, secret="pw", opens=True):
        command = [TRY, "mailbox", *("%s=%s" % item for item in words.items() if item[1] is not None)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace")
        self.process.stdin.write(secret + "\n")
        self.process.stdin.flush()
        self.first = self.process.stdout.readline().strip()
        if opens:
            equal(self.first, "open")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.wait(20)
        err = self.process.stderr.read()
        assert "Sanitizer" not in err and "runtime error" not in err, err[-3000:]

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        lines = []
        while True:
            one = self.process.stdout.readline()
            assert one, "it ended: " + self.process.stderr.read()[-2000:]
            if one.strip() == "done":
                return lines
            lines.append(one.strip())

    def read(self, since=LONG_AGO):
        """(subjects taken, heads seen) of what is new."""
        lines = self.ask("read %d" % since)
        assert lines[-1].startswith("heads "), lines
        return [(line + " ").split(" ", 2)[2].strip() for line in lines if line.startswith("mail ")], int(lines[-1].split()[1])


@contextlib.contextmanager
def imap(user):
    info = Stack.get()
    context = ssl.create_default_context(cafile=info["ca"])
    client = imaplib.IMAP4_SSL("localhost", info["dovecot"]["imaps"], ssl_context=context)
    client.login(user, info["password"])
    try:
        yield client
    finally:
        client.logout()


def place(user, security="tls", auth="plain", **changes):
    info = Stack.get()
    return {**account(security, auth), "port": info["dovecot"]["imaps" if security == "tls" else "imap"], "user": user, **changes}


def fresh_user(name):
    return "box-%s-%d" % (name, os.getpid())


@cases([("tls-password", "tls", "plain"), ("starttls-password", "starttls", "plain"), ("tls-token", "tls", "xoauth2")])
def what_came_is_seen_once(security, auth):
    info = Stack.get()
    user = info["user"] if auth == "xoauth2" else fresh_user(security)
    folder = "Box" if auth == "xoauth2" else "INBOX"
    with imap(user) as client:
        if folder != "INBOX":
            client.create(folder)
        for subject in ("one", "two"):
            client.append(folder, None, None, eml(subject))
        with Look(place(user, security, auth, folder=folder), info["token"] if auth == "xoauth2" else info["password"]) as look:
            equal(look.read(), (["one", "two"], 2))
            equal(look.read(), ([], 0))
            client.append(folder, None, None, eml("three"))
            equal(look.read(), (["three"], 1))
            equal(look.ask("forget"), [])
            equal(look.read()[0], ["one", "two", "three"])
        client.select(folder, readonly=True)
        equal(client.search(None, "UNSEEN")[1][0].split(), [b"1", b"2", b"3"], "nothing is marked as read")


@test
def only_what_is_wanted_is_fetched():
    user = fresh_user("want")
    with imap(user) as client:
        for subject in ("a note", "the weather", "another note"):
            client.append("INBOX", None, None, eml(subject, "x" * 5000 + "\r\n" + "ü" * 10))
        with Look(place(user, want="note")) as look:
            equal(look.read(), (["a note", "another note"], 3))


@test
def many_at_once_and_gaps():
    """More than one batch, with mails deleted in between"""
    user = fresh_user("many")
    with imap(user) as client:
        for i in range(230):
            client.append("INBOX", None, None, eml("mail %03d" % i))
        client.select("INBOX")
        for gone in (3, 4, 90, 201, 202, 229):
            client.store(str(gone), "+FLAGS", "\\Deleted")
        client.expunge()
        with Look(place(user)) as look:
            taken, heads = look.read()
            equal((len(taken), heads), (224, 224))
            equal(look.read(), ([], 0))


@test
def old_mail_is_not_looked_at():
    user = fresh_user("old")
    with imap(user) as client:
        client.append("INBOX", None, imaplib.Time2Internaldate(time.time() - 90 * 86400), eml("old"))
        client.append("INBOX", None, None, eml("new"))
        with Look(place(user)) as look:
            equal(look.read(int(time.time()) - 20 * 86400), (["new"], 1))


@test
def another_validity_begins_anew():
    """The folder was deleted and made again: the mark says nothing of it"""
    user = fresh_user("valid")
    with imap(user) as client:
        client.create("Box")
        client.append("Box", None, None, eml("before"))
        with Look(place(user, folder="Box")) as look:
            equal(look.read(), (["before"], 1))
            client.delete("Box")
            time.sleep(1.1)  # a UIDVALIDITY is a second of the clock
            client.create("Box")
            client.append("Box", None, None, eml("after"))
            equal(look.read(), (["after"], 1))


@test
def news_end_the_wait():
    user = fresh_user("idle")
    with imap(user) as client:
        client.append("INBOX", None, None, eml("one"))
        with Look(place(user)) as look:
            look.read()
            equal(look.ask("wait 1"), ["changed 0"])
            timer = threading.Timer(0.5, lambda: client.append("INBOX", None, None, eml("two")))
            timer.start()
            begun = time.monotonic()
            equal(look.ask("wait 30"), ["changed 1"])
            assert time.monotonic() - begun < 15, "it was waited out"
            timer.join()
            equal(look.read(), (["two"], 1))
            equal(look.read(), ([], 0))
            client.append("INBOX", None, None, eml("three"))
            equal(look.read(), (["three"], 1), "without a wait")


@test
def what_was_sent_is_found():
    user = fresh_user("sent")
    with imap(user) as client:
        with Look(place(user)) as look:
            client.create("Sent")
            client.append("Sent", None, None, eml("a note"))
            equal(look.ask("sent a-note@globex.example"), ["found 1"])
            equal(look.ask('sent another"\\@globex.example'), ["found 0"])
            client.append("INBOX", None, None, eml("one"))
            equal(look.read(), (["one"], 1), "the inbox is read after another folder")


@cases([("wrong-password", {}, "not it", "conflict user"), ("no-folder", {"folder": "Nowhere"}, "pw", "missing"),
        ("untrusted", {"ca": None}, "pw", "conflict ca-file"), ("no-server", {"port": 1}, "pw", "993 for tls"),
        ("no-maildir", {"maildir": "/nowhere"}, "pw", "missing maildir")])
def what_does_not_open_is_said(changes, secret, part):
    with Look(place(fresh_user("open"), **changes), secret, opens=False) as look:
        holds(look.first, "error", part)


# ---- a server that is no good ----

class Liar:
    """Logs anybody in, then answers each command by a script: command word to bytes, {tag} filled in."""

    def __init__(self, script, greeting=b"* OK ready\r\n"):
        self.script, self.greeting = script, greeting
        self.heard = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    @staticmethod
    def lines(client):
        try:
            yield from client.makefile("rb")
        except OSError:
            pass

    def serve(self):
        usual = {"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n{tag} OK\r\n", "LOGIN": b"{tag} OK\r\n", "LOGOUT": b"* BYE\r\n{tag} OK\r\n",
                 "EXAMINE": b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] .\r\n* OK [UIDNEXT 10] .\r\n{tag} OK\r\n"}
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            with client:
                client.sendall(self.greeting)
                for line in self.lines(client):
                    words = line.split()
                    self.heard.append(words)
                    word = words[1].decode().upper() if len(words) > 1 else words[0].decode().upper()
                    if word == "UID":
                        word += " " + words[2].decode().upper()
                    answer = {**usual, **self.script}.get(word, b"{tag} OK\r\n")
                    if answer is None:
                        break
                    if answer == "stall":
                        time.sleep(30)
                        break
                    try:
                        client.sendall(answer.replace(b"{tag}", words[0]))
                    except OSError:
                        break

    def place(self, **changes):
        return {"host": "127.0.0.1", "port": self.port, "security": "plaintext", "auth": "plain", "user": "ana", "timeout": 1500, **changes}


@cases([
    ("drops-in-a-mail", {"UID SEARCH": b"* SEARCH 5\r\n{tag} OK\r\n", "UID FETCH": None}, "temporary", "ended the connection"),
    ("stalls", {"UID SEARCH": "stall"}, "temporary", "in time"),
    ("short-literal", {"UID SEARCH": b"* SEARCH 5\r\n{tag} OK\r\n", "UID FETCH": b"* 1 FETCH (UID 5 BODY[HEADER] {500}\r\nSubject: x\r\n"}, "temporary", "in time"),
    ("endless-line", {"UID SEARCH": b"* SEARCH " + b"7" * 3_000_000}, "temporary", "line without an end"),
    ("huge-literal", {"UID SEARCH": b"* SEARCH 5\r\n{tag} OK\r\n", "UID FETCH": b"* 1 FETCH (UID 5 BODY[HEADER] {99999999999}\r\nSubject: x\r\n"}, "temporary", "in time"),
    ("says-no", {"UID SEARCH": b"{tag} NO not today\r\n"}, "missing", "not today"),
    ("says-bad", {"UID SEARCH": b"{tag} BAD what\r\n"}, "temporary", "what"),
    ("no-state", {"EXAMINE": b"* 3 EXISTS\r\n{tag} OK\r\n"}, "temporary", "UIDVALIDITY"),
])
def a_bad_server_is_named(script, code, part):
    with Look(Liar(script).place(), opens=False) as look:
        lines = [look.first] if look.first != "open" else look.ask("read 0")
        holds(" ".join(lines), "error %s" % code, part)


@cases([
    ("no-uid", b"* 1 FETCH (BODY[HEADER] {12}\r\nSubject: x\r\n)\r\n{tag} OK\r\n"),
    ("nil", b"* 1 FETCH (UID 5 BODY[HEADER] NIL)\r\n{tag} OK\r\n"),
    ("binary", b"* 1 FETCH (UID 5 BODY[HEADER] {6}\r\n\x00\xff\r\n\x01\x02)\r\n{tag} OK\r\n"),
    ("unasked", b"* 9 EXISTS\r\n* FLAGS (a b)\r\n* 2 FETCH (FLAGS (\\Seen))\r\n* nonsense {3\r\n* \r\n*\r\n{tag} OK\r\n"),
])
def odd_answers_do_no_harm(answer):
    with Look(Liar({"UID SEARCH": b"* SEARCH 5\r\n{tag} OK\r\n", "UID FETCH": answer}).place(want="never")) as look:
        taken, heads = look.read()
        equal(taken, [])
        assert heads in (0, 1), heads


def head(uid, subject):
    text = b"Subject: %s\r\n\r\n" % subject
    return b"* 3 FETCH (UID %d BODY[HEADER] {%d}\r\n%s)\r\n" % (uid, len(text), text)


@cases([
    ("told-by-a-poll", b"* 4 EXISTS\r\n{tag} OK\r\n", head(10, b"new"), (1, b"10:*")),
    ("the-last-one-again", b"* 4 EXISTS\r\n{tag} OK\r\n", head(5, b"old"), (0, b"10:*")),
    ("flags-of-another", b"* 4 EXISTS\r\n{tag} OK\r\n", b"* 4 FETCH (UID 12 FLAGS (x))\r\n" + head(10, b"new"), (1, b"10:*")),
])
def what_is_told_is_fetched_at_once(poll, fetched, want):
    """Without a search, which a server may read a large folder anew for; no mail counts that was not heard."""
    liar = Liar({"UID SEARCH": b"* SEARCH\r\n{tag} OK\r\n", "NOOP": poll, "UID FETCH": fetched + b"{tag} OK\r\n"})
    with Look(liar.place(want="new")) as look:
        equal(look.read(), ([], 0))
        equal(look.ask("wait 1"), ["changed 1"])
        taken, heads = look.read()
        heard = [line for line in liar.heard if line[1:3] == [b"UID", b"FETCH"]]
        equal((heads, heard[0][3]), want)
        equal(len([line for line in liar.heard if line[1:3] == [b"UID", b"SEARCH"]]), 1, "that of the first look")
        equal(look.read()[1], 0)


# ---- Maildir ----

@contextlib.contextmanager
def maildir():
    with tempfile.TemporaryDirectory() as folder:
        for name in ("cur", "new", "tmp"):
            os.mkdir(os.path.join(folder, name))
        yield folder


def put(folder, name, data, where="new", age=0):
    path = os.path.join(folder, where, name)
    with open(path, "wb") as file:
        file.write(data)
    os.utime(path, (time.time() - age, time.time() - age))
    return path


@test
def files_are_seen_once_whatever_their_flags():
    with maildir() as folder:
        put(folder, "1.a", eml("one"), age=100)
        put(folder, "2.b:2,S", eml("two"), "cur", age=50)
        with Look({"maildir": folder}) as look:
            equal(look.read(), (["one", "two"], 2))
            os.rename(os.path.join(folder, "new", "1.a"), os.path.join(folder, "cur", "1.a:2,RS"))
            os.rename(os.path.join(folder, "cur", "2.b:2,S"), os.path.join(folder, "cur", "2.b:2,"))
            equal(look.read(), ([], 0))
            put(folder, "3.c", eml("three"))
            os.remove(os.path.join(folder, "cur", "1.a:2,RS"))
            equal(look.read(), (["three"], 1))
            equal(sorted(os.listdir(os.path.join(folder, "new"))), ["3.c"], "nothing is moved")


@test
def many_files_come_and_go():
    """Of hundreds some are added, moved and removed, look after look; each is news once, and one in two places too."""
    dice, there = random.Random(7), []
    with maildir() as folder:
        with Look({"maildir": folder}) as look:
            for turn in range(6):
                fresh = ["%d.%d" % (turn, n) for n in range(dice.randrange(150))]
                for n, name in enumerate(fresh):
                    put(folder, name, eml(name), age=1000 - turn * 160 - n)
                for name in dice.sample(there, len(there) // 4):
                    there.remove(name)
                    os.remove(os.path.join(folder, "cur", name + ":2,S"))
                if fresh:
                    put(folder, fresh[0] + ":2,", eml("twice"), "cur", age=1000 - turn * 160)
                equal(look.read(), (["twice"] + fresh[1:] if fresh else [], len(fresh)), "turn %d" % turn)
                equal(look.read(), ([], 0), "turn %d again" % turn)
                for name in fresh:
                    os.rename(os.path.join(folder, "new", name), os.path.join(folder, "cur", name + ":2,S"))
                if fresh:
                    os.remove(os.path.join(folder, "cur", fresh[0] + ":2,"))
                there += fresh


@test
def a_mail_that_could_not_be_taken_comes_again():
    with maildir() as folder:
        put(folder, "1", eml("one"), age=3)
        path = put(folder, "2", eml("stop here"), age=2)
        put(folder, "3", eml("three"), age=1)
        with Look({"maildir": folder}) as look:
            holds(" ".join(look.ask("read 0")), "error conflict")
            os.remove(path)
            equal(look.read()[0], ["one", "three"])


@test
def odd_files():
    """Empty, all header, a huge header, no header, a folder, a link to nowhere, too old"""
    with maildir() as folder:
        put(folder, "1", b"", age=9)
        put(folder, "2", b"Subject: only a head", age=8)
        put(folder, "3", b"Subject: big head\r\n" + b"X-Filler: %s\r\n" % (b"y" * 900) * 400 + b"\r\nText.\r\n", age=7)
        put(folder, "4", b"no header at all\n\nsecond paragraph\n", age=6)
        os.mkdir(os.path.join(folder, "new", "5"))
        os.symlink("/nowhere", os.path.join(folder, "new", "6"))
        put(folder, ".hidden", eml("hidden"))
        put(folder, "7", eml("old"), age=100 * 86400)
        with Look({"maildir": folder}) as look:
            taken, _ = look.read(int(time.time()) - 10 * 86400)
            equal(taken[:3], ["", "only a head", "big head"][:len(taken[:3])])
            assert "old" not in taken and "hidden" not in taken, taken


@test
def new_files_end_the_wait():
    with maildir() as folder:
        with Look({"maildir": folder}) as look:
            look.ask("wait 1")  # what came before the notices began may be news
            equal(look.ask("wait 1"), ["changed 0"])
            timer = threading.Timer(0.3, lambda: put(folder, "1", eml("one")))
            timer.start()
            equal(look.ask("wait 20"), ["changed 1"])
            timer.join()
            equal(look.read(), (["one"], 1))


@test
def sent_beside_a_maildir():
    with maildir() as folder:
        with Look({"maildir": folder}) as look:
            holds(" ".join(look.ask("sent x@globex.example")), "no folder of sent mail")
            for name in ("cur", "new", "tmp"):
                os.makedirs(os.path.join(folder, ".Sent", name))
            put(os.path.join(folder, ".Sent"), "1:2,S", eml("a note"), "cur")
            equal(look.ask("sent a-note@globex.example"), ["found 1"])
            equal(look.ask("sent other@globex.example"), ["found 0"])


try:
    main()
finally:
    Stack.stop()
