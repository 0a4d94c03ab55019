#!/usr/bin/env python3
"""The dialogue with real servers: ways to log in, what is refused, the four outcomes, and bytes that arrive as they left."""
import imaplib
import os
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from trying import Stack, account, free_port, run, send  # noqa: E402
from tap import Skip, cases, equal, holds, main, test, wait_for  # noqa: E402


@cases([("%s-%s" % (security, auth), security, auth) for security in ("tls", "starttls") for auth in ("plain", "login", "xoauth2")])
def logins_work(security, auth):
    info = Stack.get()
    status, out = run("probe", account(security, auth), info["token"] if auth == "xoauth2" else info["password"])
    equal((status, out), (0, ""))


@cases([("%s-%s" % (security, auth), security, auth) for security in ("tls", "starttls") for auth in ("plain", "login")])
def exim_takes_mail(security, auth):
    """A real MTA, which delivers it"""
    user = "exim-%s-%s-%d" % (security, auth, os.getpid())
    got = send(account(security, auth, "exim"), ["%s@globex.example" % user, "nouser@globex.example", "greylist@globex.example"])
    equal([one[:3] for one in got], [("sent", "4", "250"), ("refused", "2", "550"), ("retry", "2", "451")])
    holds(read_mail(user).decode(), "Text.")


@cases([
    ("wrong-password", {}, "not it", "conflict user", "password"),
    ("wrong-token", {"auth": "xoauth2"}, "not.a.token", "conflict user", "password"),
    ("untrusted-certificate", {"ca": None}, "pw", "conflict ca-file", "certificate"),
    ("another-name", {"host": "127.0.0.1.nip.invalid"}, "pw", "temporary host", "not found"),
    ("no-server", {"port": 1}, "pw", "temporary port", "port"),
    ("plaintext-elsewhere", {"security": "plaintext", "host": "mail.example.net", "port": 25}, "pw", "invalid", "laintext"),
    ("no-port", {"port": 0}, "pw", "invalid port", "port"),
    ("no-host", {"host": ""}, "pw", "invalid host", "server"),
])
def what_does_not_work_is_said(changes, secret, code, word):
    status, out = run("probe", account(**changes), secret)
    equal((status, out.count("\n")), (1, 1), out)
    holds(out, "error %s" % code, word)


@test
def the_wrong_protection_is_said():
    """TLS spoken to a STARTTLS port"""
    info = Stack.get()
    status, out = run("probe", account("tls", port=info["dovecot"]["submission"]))
    equal(status, 1)
    holds(out, "error conflict security")


@test
def no_login_offered():
    """A login is asked for and the server knows none"""
    status, out = run("probe", account("plaintext", server="bridge"))
    equal(status, 1)
    holds(out, "error conflict auth")


@cases([("pipelined", "dovecot", "starttls", "plain"), ("not-pipelined", "bridge", "plaintext", "none")])
def bytes_arrive_as_they_left(server, security, auth):
    """Dots at the beginning of lines, long lines, eight bits in quoted-printable"""
    raw = b"Subject: Dots\r\n\r\n.\r\n..\r\n.hidden\r\n" + b"x" * 990 + b"\r\nlast\r\n"
    user = "dots-%s-%d" % (server, os.getpid())
    words = account(security, auth, server)
    equal([one[0] for one in send(words, ["%s@globex.example" % user], raw)], ["sent"])
    got = read_mail(user)
    equal(got.split(b"\r\n\r\n", 1)[1].rstrip(b"\r\n"), raw.split(b"\r\n\r\n", 1)[1].rstrip(b"\r\n"))


def read_mail(user):
    info = Stack.get()
    context = ssl.create_default_context(cafile=info["ca"])

    def look():
        with imaplib.IMAP4_SSL("127.0.0.1", info["dovecot"]["imaps"], ssl_context=context) as imap:
            imap.login(user, info["password"])
            imap.select("INBOX", readonly=True)
            numbers = imap.search(None, "ALL")[1][0].split()
            return imap.fetch(numbers[0], "(RFC822)")[1][0][1] if numbers else None
    return wait_for("mail for %s" % user, 20, look)


@test
def outcomes_by_recipient():
    """Refused, not now, sent: each message has its own, and the session goes on"""
    words = account("plaintext", "none", "bridge")
    got = send(words, ["a@globex.example", "code550-x@globex.example", "b@globex.example", "code451-x@globex.example", "c@globex.example"])
    equal([one[0] for one in got], ["sent", "refused", "sent", "retry", "sent"])
    equal([one[2] for one in got], ["250", "550", "250", "451", "250"])


@test
def a_connection_that_dies_after_the_text():
    """It may have arrived: unknown; what comes after it was not reached"""
    words = account("plaintext", "none", "bridge")
    got = send(words, ["a@globex.example", "drop-x@globex.example", "b@globex.example"])
    equal([one[0] for one in got], ["sent", "unknown", "unreached"])


@cases([
    ("refused", "code550-x", "refused 2 550"), ("put-off", "code451-x", "retry 2 451"), ("text-refused", "end550-x", "refused 4 550"),
    ("text-put-off", "end451-x", "retry 4 451"), ("lost-behind", "drop-x", "unknown 4 421"), ("lost-behind-but-taken", "deliver-drop-x", "unknown 4 421"),
    ("nonsense-behind", "garbage-x", "unknown 4 421"),
])
def outcomes_behind_a_proxy(to, want):
    """Dovecot hands on, and its answer stands for the server behind: one it lost may have taken the mail"""
    equal(" ".join(send(account("tls"), ["%s@globex.example" % to])[0][:3]), want)


@cases([("taken", "deliver-drop", 1), ("not-taken", "drop", 0), ("nonsense", "garbage", 0)])
def unknown_means_either(word, delivered):
    """The same answer, or none, whether the message arrived or not"""
    user = "%s-%d" % (word, os.getpid())
    got = send(account("plaintext", "none", "bridge"), ["%s@globex.example" % user])
    equal(got[0][0], "unknown")
    with open(Stack.get()["bridge"]["accepted"], encoding="utf-8") as file:
        equal(file.read().count(" %s@" % user), delivered)


@test
def no_secret_stays_in_memory():
    """After the login the token is in no page of the process"""
    info = Stack.get()
    equal(run("wipe", account("tls", "xoauth2"), info["token"]), (0, "logged in, and not found\n"))


@test
def a_server_too_slow():
    """No answer to the whole message within the time: unknown"""
    words = account("plaintext", "none", "bridge", finish=700)
    equal(send(words, ["slow-x@globex.example"])[0][0], "unknown")


@test
def held_back_by_the_caller():
    """Where the caller says no, nothing is delivered, and the rest is not begun"""
    user = "held-%d" % os.getpid()
    words = account("plaintext", "none", "bridge", refuse_at=1)
    got = send(words, ["free-%s@globex.example" % user, "%s@globex.example" % user, "%s@globex.example" % user])
    equal([one[0] for one in got], ["sent", "unreached", "unreached"])
    time.sleep(0.5)
    assert not os.path.isdir(os.path.join(Stack.get()["home"], user)), "something was delivered"


@cases([("pipelined", []), ("no-pipelining", ["-p"])])
def a_thousand_notes(options):
    """Counted by smtp-sink"""
    sink = "/usr/sbin/smtp-sink"
    if not os.path.exists(sink):
        raise Skip("smtp-sink (package postfix) is not installed")
    count = 1000
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        user = ["-u", "nobody"] if os.geteuid() == 0 else []
        process = subprocess.Popen([sink, *user, *options, "-d", "%s/%%M." % folder, "127.0.0.1:%d" % port, "100"], stderr=subprocess.DEVNULL)
        try:
            wait_for("smtp-sink", 10, lambda: socket.socket().connect_ex(("127.0.0.1", port)) == 0)
            words = {"host": "127.0.0.1", "port": port, "security": "plaintext", "auth": "none", "from": "ana@example.net"}
            got = send(words, ["user%d@globex.example" % i for i in range(count)])
            equal({one[0] for one in got}, {"sent"})
            texts = []
            for name in os.listdir(folder):
                with open(os.path.join(folder, name), encoding="latin-1") as file:
                    texts += re.findall(r"user\d+@globex\.example", file.read())
            equal(len(set(texts)), count, "different recipients")
        finally:
            process.terminate()
            process.wait()


try:
    main()
finally:
    Stack.stop()
