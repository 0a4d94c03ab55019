#!/usr/bin/env python3
"""Servers that break the rules: a scripted one says, command by command, what no well-behaved server would say.

What counts is what became of each message, and what the server got to see of it.
"""
import os
import socket
import ssl
import struct
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from trying import Stack, run, send  # noqa: E402
from tap import cases, equal, holds, main, test  # noqa: E402

HELLO = "250-localhost\r\n250 PIPELINING\r\n"
USUAL = {"EHLO": HELLO, "MAIL": "250 2.1.0 ok\r\n", "RCPT": "250 2.1.5 ok\r\n", "DATA": "354 go ahead\r\n", ".": "250 2.0.0 taken\r\n",
         "RSET": "250 2.0.0 ok\r\n", "QUIT": "221 bye\r\n"}
CLOSE, RESET, SILENT, TLS = object(), object(), object(), object()


class Scripted:
    """One connection's server. A script maps a command word to what is said to it: a text, a list with a text for each
    time it comes (the last for all later ones), or CLOSE, RESET, SILENT; a pair (text, CLOSE) says it and then does it. After
    (text, TLS) the connection goes on protected."""

    def __init__(self, greeting="220 localhost\r\n", slowly=False, **script):
        self.script = dict(USUAL, **{"." if word == "END" else word: answer for word, answer in script.items()})
        self.greeting, self.slowly = greeting, slowly
        self.commands, self.texts, self.reads = [], [], []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(20)
        self.thread = threading.Thread(target=self.serve, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *exception):
        self.listener.close()
        self.thread.join(20)

    def words(self, **changes):
        return {"host": "127.0.0.1", "port": self.listener.getsockname()[1], "security": "plaintext", "auth": "none", "timeout": 1500,
                "finish": 1500, "from": "ana@example.net", **changes}

    def serve(self):
        try:
            connection = self.listener.accept()[0]
        except OSError:
            return
        with connection:
            connection.settimeout(20)
            try:
                if self.answer(connection, self.greeting):
                    self.listen(connection)
            except OSError:
                pass

    def say(self, connection, text):
        for piece in text if self.slowly else [text]:
            connection.sendall(piece.encode("latin-1"))
            time.sleep(0.001 if self.slowly else 0)

    def answer(self, connection, answer):
        """Says or does it; False when the connection is over."""
        if isinstance(answer, tuple):
            return self.answer(connection, answer[0]) and self.answer(connection, answer[1])
        if answer is SILENT:
            while connection.recv(4096):
                pass
        if answer is RESET:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if not isinstance(answer, str):
            return False
        self.say(connection, answer)
        return True

    def next_answer(self, word):
        answer = self.script.get(word, "500 5.5.2 what?\r\n")
        if isinstance(answer, list):
            return answer.pop(0) if len(answer) > 1 else answer[0]
        return answer

    def listen(self, connection):
        waiting, text = b"", None
        while True:
            got = connection.recv(65536)
            if not got:
                return
            self.reads.append(got)
            waiting += got
            if got.upper().startswith(b"STARTTLS") and self.script.get("STARTTLS", "")[1] is TLS:
                self.say(connection, self.script["STARTTLS"][0])
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(Stack.get()["ca"], Stack.get()["key"])
                connection, waiting = context.wrap_socket(connection, server_side=True), b""
            while b"\n" in waiting:
                line, waiting = waiting.split(b"\n", 1)
                if text is not None and line != b".\r":
                    text.append(line + b"\n")
                    continue
                word = "." if text is not None else line.decode("latin-1").split(" ")[0].strip().upper()
                if text is not None:
                    self.texts.append(b"".join(text))
                else:
                    self.commands.append(line.decode("latin-1").strip())
                answer, text = self.next_answer(word), None
                if not self.answer(connection, answer):
                    return
                text = [] if word == "DATA" and isinstance(answer, str) and answer.startswith("354") else None


def outcomes(server, count=3, **more):
    return [one[0] for one in send(server.words(), ["user%d@globex.example" % i for i in range(count)], secret="", **more)]


@test
def envelope_and_text_leave_in_one_write():
    """The three commands come together, and so do a text, its end, and the next three"""
    with Scripted() as server:
        equal(outcomes(server, 2), ["sent", "sent"])
    envelope = b"MAIL FROM:<ana@example.net>\r\nRCPT TO:<user%d@globex.example>\r\nDATA\r\n"
    text = b"Subject: Hi\r\n\r\nText.\r\n.\r\n"
    equal(server.reads[1:4], [envelope % 0, text + envelope % 1, text])
    equal(server.commands[-1], "QUIT")


@test
def replies_in_pieces():
    """Replies that come byte by byte, of several lines, without a text"""
    with Scripted(slowly=True, MAIL="250-one\r\n250-two\r\n250\r\n", END="250-\r\n250 done\r\n") as server:
        equal(outcomes(server), ["sent"] * 3)


@cases([("not-offered", "250-localhost\r\n250 SIZE 1000\r\n"), ("a-word-like-it", "250-localhost\r\n250 PIPELININGS\r\n")])
def nothing_is_sent_ahead_unless_offered(hello):
    with Scripted(EHLO=hello) as server:
        equal(outcomes(server, 2), ["sent", "sent"])
    equal([read.count(b"\r\n") for read in server.reads if read.startswith((b"MAIL", b"RCPT", b"DATA"))], [1] * 6)


@test
def nothing_is_sent_ahead_that_tls_took_back():
    """What a server offers counts as of its last EHLO, the one under TLS"""
    plain = "250-localhost\r\n250-PIPELINING\r\n250 STARTTLS\r\n"
    with Scripted(EHLO=[plain, "250 localhost\r\n"], STARTTLS=("220 go\r\n", TLS)) as server:
        got = send(server.words(security="starttls", host="localhost", ca=Stack.get()["ca"]), ["user@globex.example"], secret="")
    equal(got[0][0], "sent")
    equal([read.count(b"\r\n") for read in server.reads if read.startswith((b"MAIL", b"RCPT", b"DATA"))], [1] * 3)


@test
def words_before_tls_count_for_nothing():
    """Replies that a stranger slips in before TLS are not taken for the server's"""
    plain = "250-localhost\r\n250 STARTTLS\r\n"
    with Scripted(EHLO=[plain, "250 localhost\r\n"], STARTTLS=("220 go\r\n250-evil\r\n250 AUTH PLAIN\r\n235 in\r\n", TLS)) as server:
        status, out = run("probe", server.words(security="starttls", auth="plain", user="ana", host="localhost", ca=Stack.get()["ca"]))
    equal(status, 1, out)
    assert not any(command.startswith("AUTH") for command in server.commands), server.commands


@test
def no_more_is_asked_of_a_refused_message():
    """Without pipelining DATA is not sent after a refusal; either way the next message begins anew"""
    for hello, words in ((HELLO, ["MAIL", "RCPT", "DATA", "RSET"]), ("250 localhost\r\n", ["MAIL", "RCPT", "RSET"])):
        with Scripted(EHLO=hello, RCPT=["550 5.1.1 nobody\r\n", "250 ok\r\n"], DATA=["503 no\r\n"] * (hello == HELLO) + ["354 go\r\n"]) as server:
            equal(outcomes(server, 2), ["refused", "sent"])
        equal([command.split(" ")[0] for command in server.commands[1:]], words + ["MAIL", "RCPT", "DATA", "QUIT"])


@test
def an_old_server():
    """EHLO is unknown to it: HELO serves"""
    with Scripted(EHLO="502 5.5.1 what?\r\n", HELO="250 localhost\r\n") as server:
        equal(outcomes(server, 2), ["sent", "sent"])


@cases([
    ("recipient-refused", {"RCPT": ["550 5.1.1 nobody\r\n", "250 ok\r\n"], "DATA": ["503 5.5.1 no\r\n", "354 go\r\n"]},
     ["refused", "sent", "sent"], 2),
    ("recipient-put-off", {"RCPT": ["450 4.2.1 later\r\n", "250 ok\r\n"], "DATA": ["503 5.5.1 no\r\n", "354 go\r\n"]},
     ["retry", "sent", "sent"], 2),
    ("sender-refused", {"MAIL": ["553 5.7.1 not you\r\n", "250 ok\r\n"], "RCPT": ["503 no\r\n", "250 ok\r\n"], "DATA": ["503 no\r\n", "354 go\r\n"]},
     ["refused", "sent", "sent"], 2),
    ("data-refused", {"DATA": ["554 5.5.1 no\r\n", "354 go\r\n"]}, ["refused", "sent", "sent"], 2),
    ("text-refused", {".": ["554 5.7.1 spam\r\n", "250 ok\r\n"]}, ["refused", "sent", "sent"], 3),
    ("text-put-off", {".": ["452 4.3.1 full\r\n", "250 ok\r\n"]}, ["retry", "sent", "sent"], 3),
    ("lost-behind", {".": ["451 4.4.0 the one behind is gone\r\n", "250 ok\r\n"]}, ["unknown", "sent", "sent"], 3),
    ("lost-behind-and-bye", {".": ("421 4.4.0 the one behind is gone\r\n", CLOSE)}, ["unknown", "unreached", "unreached"], 1),
    ("bye-at-the-text", {".": ("421 4.3.2 going down\r\n", CLOSE)}, ["retry", "unreached", "unreached"], 1),
    ("bye-at-the-sender", {"MAIL": ["250 ok\r\n", ("421 4.7.0 too many\r\n", CLOSE)]}, ["sent", "retry", "unreached"], 1),
    ("closed-at-the-sender", {"MAIL": CLOSE}, ["retry", "unreached", "unreached"], 0),
    ("closed-at-data", {"DATA": CLOSE}, ["retry", "unreached", "unreached"], 0),
    ("reset-at-data", {"DATA": RESET}, ["retry", "unreached", "unreached"], 0),
    ("silent-at-data", {"DATA": SILENT}, ["retry", "unreached", "unreached"], 0),
    ("closed-at-the-text", {".": CLOSE}, ["unknown", "unreached", "unreached"], 1),
    ("reset-at-the-text", {".": ["250 ok\r\n", RESET]}, ["sent", "unknown", "unreached"], 2),
    ("silent-at-the-text", {".": SILENT}, ["unknown", "unreached", "unreached"], 1),
    ("half-a-reply", {".": ("250-and so", CLOSE)}, ["unknown", "unreached", "unreached"], 1),
    ("no-reply-at-all", {".": "hm\r\n"}, ["unknown", "unreached", "unreached"], 1),
    ("another-code-inside", {".": "250-one\r\n550 two\r\n"}, ["unknown", "unreached", "unreached"], 1),
    ("a-question-at-the-end", {".": "354 go on\r\n"}, ["unknown", "unreached", "unreached"], 1),
    ("a-line-without-end", {".": "250 " + "x" * 9000}, ["unknown", "unreached", "unreached"], 1),
    ("nonsense-at-the-sender", {"MAIL": "hello?\r\n"}, ["retry", "unreached", "unreached"], 0),
    ("endless-reply", {"MAIL": "250-x\r\n" * 2000}, ["retry", "unreached", "unreached"], 0),
])
def what_becomes_of_three_messages(script, want, texts):
    with Scripted(**{("END" if word == "." else word): answer for word, answer in script.items()}) as server:
        equal(outcomes(server), want)
    equal(len(server.texts), texts, "texts that arrived whole")


@test
def data_in_spite_of_a_refused_recipient():
    """It gets an empty text, which reaches nobody, and the next message is sent"""
    with Scripted(RCPT=["550 5.1.1 nobody\r\n", "250 ok\r\n"], END=["554 5.5.1 nobody to send to\r\n", "250 ok\r\n"]) as server:
        equal(outcomes(server, 2), ["refused", "sent"])
    equal(server.texts, [b"", b"Subject: Hi\r\n\r\nText.\r\n"])


@test
def data_in_spite_of_a_refused_sender():
    """Nobody knows what it would deliver: the connection is cut, and no text ends"""
    with Scripted(MAIL="550 5.7.1 not you\r\n") as server:
        equal(outcomes(server, 2), ["refused", "unreached"])
    equal(server.texts, [])


@test
def held_back_in_the_middle():
    """What the caller does not allow ends in no way that delivers it"""
    with Scripted() as server:
        got = send(server.words(refuse_at=1), ["user%d@globex.example" % i for i in range(3)], secret="")
    equal([one[0] for one in got], ["sent", "unreached", "unreached"])
    equal((len(server.texts), server.commands.count("QUIT")), (1, 0))


@test
def a_reply_for_the_terminal():
    """Control characters of a server's reply never reach a terminal"""
    with Scripted(RCPT="550 5.1.1 \x1b]0;owned\x07\x1b[2J\x85 " + "long " * 400 + "\r\n") as server:
        got = send(server.words(), ["user@globex.example"], secret="")[0]
    equal(got[:3], ("refused", "2", "550"))
    assert got[3].isprintable() and len(got[3].encode()) < 240, repr(got[3])


@cases([
    ("recipient-line", "a@b.example>\r\nRCPT TO:<x@y.example", None, "2"), ("recipient-space", "a@b.example SIZE=1", None, "2"),
    ("recipient-empty", "", None, "2"), ("recipient-bracket", "a@b.example>", None, "2"), ("recipient-utf8", "ä@b.example", None, "2"),
    ("bare-feed", "a@b.example", b"Subject: x\r\n\r\nHi\n.\nMAIL FROM:<x@y>\r\n", "4"),
    ("bare-return", "a@b.example", b"Subject: x\r\n\r\nHi\r.\r\nx\r\n", "4"), ("no-end", "a@b.example", b"Subject: x\r\n\r\nHi", "4"),
    ("nothing", "a@b.example", b"", "4"),
])
def smuggling_is_refused(to, raw, stage):
    with Scripted() as server:
        got = send(server.words(), [to, "after@globex.example"], raw or b"Subject: Hi\r\n\r\nText.\r\n", secret="") if raw != b"" else \
            send(server.words(), [to], raw, secret="")
    equal(got[0][:3], ("refused", stage, "0"))
    if raw is None:
        equal(got[1][0], "sent")
    assert not any("y.example" in command or "x@y" in command for command in server.commands), server.commands


@cases([
    ("no-greeting", {"greeting": SILENT}, {}, "temporary", "did not answer"),
    ("busy", {"greeting": ("554 5.3.2 not today\r\n", CLOSE)}, {}, "temporary", "not today"),
    ("closed", {"greeting": CLOSE}, {}, "temporary", "ended the dialogue"),
    ("no-smtp", {"greeting": "HTTP/1.1 400 Bad Request\r\n\r\n"}, {}, "temporary", ""),
    ("silent-at-ehlo", {"EHLO": SILENT}, {}, "temporary", "did not answer"),
    ("no-starttls", {}, {"security": "starttls"}, "conflict security", "STARTTLS"),
    ("starttls-refused", {"EHLO": "250-localhost\r\n250 STARTTLS\r\n", "STARTTLS": "454 4.7.0 no\r\n"}, {"security": "starttls"},
     "conflict security", "STARTTLS"),
    ("tls-to-plain", {}, {"security": "tls"}, "", "TLS"),
    ("no-login", {}, {"auth": "plain", "user": "ana"}, "conflict auth", "offers no login"),
    ("another-login", {"EHLO": "250-localhost\r\n250 AUTH CRAM-MD5 NTLM\r\n"}, {"auth": "plain", "user": "ana"}, "conflict auth",
     "CRAM-MD5 NTLM"),
    ("login-later", {"EHLO": "250-localhost\r\n250 AUTH PLAIN\r\n", "AUTH": "454 4.7.0 the database is away\r\n"},
     {"auth": "plain", "user": "ana"}, "temporary", "database is away"),
    ("login-refused", {"EHLO": "250-localhost\r\n250 AUTH PLAIN\r\n", "AUTH": "535 5.7.8 \x1b[31mno\r\n"},
     {"auth": "plain", "user": "ana"}, "conflict user", "535"),
])
def a_login_that_cannot_be(script, changes, code, word):
    with Scripted(**script) as server:
        begun = time.monotonic()
        status, out = run("probe", server.words(**changes), "s3cret-one")
        took = time.monotonic() - begun
    equal((status, out.count("\n")), (1, 1), out)
    holds(out, "error " + code, word)
    assert out.strip().isprintable(), repr(out)
    assert took < 8, "%.1f s" % took
    if "security" in changes or changes.get("auth") != "plain" or "AUTH" not in script:
        assert not any(command.startswith(("AUTH", "MAIL")) for command in server.commands), server.commands


@test
def a_login_takes_one_round_trip():
    """The first message of AUTH goes with the command"""
    with Scripted(EHLO="250-localhost\r\n250 AUTH PLAIN LOGIN\r\n", AUTH="235 2.7.0 welcome\r\n") as server:
        equal(run("probe", server.words(auth="plain", user="ana"), "s3cret-one"), (0, ""))
    equal([command.split(" ")[:2] for command in server.commands if command.startswith("AUTH")], [["AUTH", "PLAIN"]])
    equal(server.commands[0], "EHLO [127.0.0.1]", "the name of this machine is nobody's business")


try:
    main()
finally:
    Stack.stop()
