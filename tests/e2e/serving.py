"""followup serve as it runs: with a note that is approved, and a clock of the test's own.

What goes on by itself goes by the real clock, so that approved notes are made in the past; a sleep of the computer is a
jump of the wall's clock that the steady one does not see.
"""
import datetime
import glob
import os
import signal
import threading
import time

from program import Skip, equal, holds, wait_for


def stamp(**ago):
    return (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(**ago)).isoformat(timespec="seconds")


def approved(home, port, **ago):
    """A thank-you that was approved that long ago, to leave at once; and a mail account."""
    then = stamp(**ago)
    home.run("config", "me", "--name", "Ana Reyes", "--email", "ana@example.net", "--skill", "SQL", now=then)
    home.run("config", "mail", "--address", "ana@example.net", "--host", "127.0.0.1", "--port", port, "--security", "plaintext", "--auth", "none",
             "--no-probe", now=then)
    home.run("interview", "Globex", "2 hours ago", "--for", "1h", "--position", "Data analyst", "--with", "Huck Finn <finn@globex.example>, hiring-manager", now=then)
    home.run("people", "globex", "finn", "--salutation", "Mr. Finn", now=then)
    home.run("debrief", "globex", "--topic", "finn: moving the forecast off spreadsheets", "--fit", "five years of SQL in a team of three", now=then)
    home.run("draft", "globex", "finn", "--step", "thank-you", "--channel", "email", now=then)
    home.run("approve", "globex", "finn", "--now", now=then)


class Serving:
    """followup serve, as it runs; a context manager that ends it. said(): all it said so far."""

    def __init__(self, home, *words):
        self.home, self.words, self.lines = home, words, []

    def __enter__(self):
        self.process = self.home.start("serve", *self.words)
        self.reader = threading.Thread(target=lambda: self.lines.extend(iter(self.process.stdout.readline, "")), daemon=True)
        self.reader.start()
        self.wait_for("Here:" if "json" not in self.words else '"serving"')
        return self

    def __exit__(self, *exception):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.reader.join()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()

    def said(self):
        return "".join(self.lines)

    def wait_for(self, text, seconds=20):
        wait_for("%r of serve, which said:\n%s" % (text, self.said()), seconds, lambda: text in self.said() or self.process.poll() is not None)
        holds(self.said(), text)

    def end(self, number=signal.SIGTERM):
        """Seconds until it had ended, with status 0."""
        begun = time.monotonic()
        self.process.send_signal(number)
        equal(self.process.wait(15), 0, "exit status")
        equal(self.process.stderr.read(), "", "what it said to standard error")
        return time.monotonic() - begun


class Clock:
    """From here on the wall's clock of whatever the home runs is ahead() by that much; needs libfaketime."""

    def __init__(self, home):
        found = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")
        if not found:
            raise Skip("libfaketime is not installed")
        self.path, self.seconds = home.write("clock", "+0\n"), 0
        home.env.update(LD_PRELOAD=found[0], FAKETIME_TIMESTAMP_FILE=self.path, FAKETIME_NO_CACHE="1", FAKETIME_DONT_FAKE_MONOTONIC="1",
                        NO_FAKE_STAT="1", ASAN_OPTIONS=home.env.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0")

    def ahead(self, **more):
        self.seconds += datetime.timedelta(**more).total_seconds()
        with open(self.path + ".new", "w", encoding="utf-8") as file:
            file.write("%+d\n" % self.seconds)
        os.rename(self.path + ".new", self.path)

    def now(self):
        return time.time() + self.seconds
