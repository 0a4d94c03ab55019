"""A mailbox over IMAP at a Dovecot of its own, a program that watches it, and what the server tells it of new mail."""
import contextlib
import email.utils
import os
import queue
import re
import smtplib
import socket
import ssl
import subprocess
import sys
import threading
import time

import measure

FILLER = ("The forecast of the week, and what is to be said of it before the meeting on the second floor. " * 6 + "\r\n") * 2
PATIENCE = 300

sys.path.insert(0, os.path.join(measure.ROOT, "tests", "servers"))
import start  # noqa: E402


class Server(start.Stack):
    """Dovecot for as long as the block runs; a context manager. It keeps its mails as servers of many mails do: of a Maildir it reads
    all names anew for each mail that comes."""

    def __init__(self):
        super().__init__(["dovecot"])

    def fill(self, template, name, **more):
        path = super().fill(template, name, **more)
        with open(path, encoding="utf-8") as file:
            text = file.read().replace("maildir:~/Maildir", "mdbox:~/mdbox")
        return self.write(name, text + ("mail_fsync = never\n" if name == "dovecot.conf" else ""))

    def put(self, mails):
        """So many mails that concern nobody, with one command."""
        with socket.create_connection(("127.0.0.1", self.info["dovecot"]["imap"])) as server:
            answers = server.makefile("rb")
            server.sendall(b"a LOGIN %s %s\r\n" % (self.info["user"].encode(), self.info["password"].encode()))
            self.await_line(answers, b"a OK")
            server.sendall(b"b APPEND INBOX")
            for begin in range(0, mails, 1000):
                batch = (self.mail(number) for number in range(begin, min(begin + 1000, mails)))
                server.sendall(b"".join(b" {%d+}\r\n%s" % (len(mail), mail) for mail in batch))
            server.sendall(b"\r\n")
            self.await_line(answers, b"b OK")

    @staticmethod
    def await_line(answers, start_of_line):
        for line in answers:
            if line.startswith(start_of_line):
                return
            if line[:1] in start_of_line[:1]:
                break
        raise SystemExit("Dovecot does not take the mails")

    @staticmethod
    def mail(number):
        return ("Return-Path: <x@initech.example>\r\nFrom: Person %d <p%d@initech%d.example>\r\nTo: Ana Reyes <ana@example.net>\r\n"
                "Subject: Hello %d\r\nDate: Wed, 18 Nov 2026 10:00:00 -0700\r\nMessage-ID: <m%d@initech.example>\r\n\r\n%s" %
                (number, number, number % 900, number, number, FILLER)).encode()

    def settings(self, scratch, port):
        """The options of "config inbox" for it."""
        secret = scratch.path("secret")
        with open(secret, "w", encoding="utf-8") as file:
            file.write(self.info["password"])
        os.chmod(secret, 0o600)
        return ["--imap", "localhost", "--port", str(port), "--user", self.info["user"], "--auth", "plain",
                "--secret-file", secret, "--ca-file", self.info["ca"], "--no-probe"]

    def deliver(self, sender, answers, subject):
        mail = "From: %s\r\nTo: ana@example.net\r\nSubject: %s\r\nDate: %s\r\nMessage-ID: <%s@globex.example>\r\nIn-Reply-To: %s\r\n\r\n" \
               "We need until Friday week to decide.\r\n" % (sender, subject, email.utils.formatdate(), subject.replace(" ", "-"), answers)
        with smtplib.LMTP("127.0.0.1", self.info["dovecot"]["lmtp"]) as lmtp:
            lmtp.sendmail("x@globex.example", [self.info["address"]], mail)


class Relay:
    """Hands on what a client and the server say, in TLS and out of it, and notes when the server tells of a new mail; a context
    manager."""

    def __init__(self, info):
        self.info, self.told = info, queue.Queue()

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *exception):
        self.listener.close()

    def serve(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.info["ca"], self.info["key"])
        with context.wrap_socket(self.listener.accept()[0], server_side=True) as client, \
                socket.create_connection(("127.0.0.1", self.info["dovecot"]["imap"])) as server:
            threading.Thread(target=self.hand_on, args=(client, server), daemon=True).start()
            self.hand_on(server, client)

    def hand_on(self, source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
                if b" EXISTS\r\n" in data:
                    self.told.put(time.monotonic())

    def wait(self):
        """The moment at which the client had the notice of a new mail."""
        return self.told.get(timeout=PATIENCE)

    def forget(self):
        while not self.told.empty():
            self.told.get()


class Watch:
    """A program that watches until the block ends, and what it prints; a context manager."""

    def __init__(self, command, env):
        self.command, self.env, self.lines, self.more = command, env, [], threading.Condition()

    def __enter__(self):
        self.process = subprocess.Popen(self.command, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        threading.Thread(target=self.read, daemon=True).start()
        return self

    def __exit__(self, *exception):
        self.process.terminate()
        self.process.wait(30)

    def read(self):
        for line in self.process.stdout:
            with self.more:
                self.lines.append((time.monotonic(), line))
                self.more.notify_all()

    def wait_for(self, text):
        """The moment at which a line with that text was printed, now or before."""
        with self.more:
            if not self.more.wait_for(lambda: any(text in line for _, line in self.lines), PATIENCE):
                raise SystemExit("%s: nothing of %s within %d s" % (" ".join(self.command), text, PATIENCE))
            return next(at for at, line in self.lines if text in line)

    def resident(self):
        """The most memory it had at once, in KiB."""
        with open("/proc/%d/status" % self.process.pid, encoding="utf-8") as file:
            return int(re.search(r"VmHWM:\s+(\d+)", file.read())[1])
