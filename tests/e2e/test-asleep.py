#!/usr/bin/env python3
"""The computer slept while followup serve ran: it says what it missed, and sends nothing whose moment has passed unasked.

To a program a sleep is two clocks that part: the wall's goes on, the steady one stands still.
"""
import signal
import sqlite3
import time

from program import Home, cases, equal, holds, main, test
from serving import Clock, Serving, approved
from wire import CountingServer


class Night:
    """A home in which a thank-you waits to leave in half an hour, and a server to send it to; serve runs."""

    def __init__(self):
        self.home = Home()
        self.clock = Clock(self.home)
        self.server = CountingServer(self.home.folder)

    def __enter__(self):
        self.home.__enter__()
        self.server.__enter__()
        approved(self.home, self.server.port, minutes=5)
        connection = sqlite3.connect(self.home.db)
        with connection:
            connection.execute("UPDATE opportunity SET outline = NULL")
            connection.execute("UPDATE outbox SET send_at = ?", (int(time.time()) + 1800,))
        connection.close()
        self.serving = Serving(self.home).__enter__()
        time.sleep(1)  # once around
        return self

    def __exit__(self, *exception):
        self.serving.__exit__(*exception)
        self.server.__exit__(*exception)
        self.home.__exit__(*exception)

    def sleep(self, **long):
        """The process stands still meanwhile, as all do."""
        self.serving.process.send_signal(signal.SIGSTOP)
        self.clock.ahead(**long)
        self.serving.process.send_signal(signal.SIGCONT)

    def states(self):
        return self.home.rows("SELECT state FROM outbox")[0][0], self.home.rows("SELECT state FROM draft")[0][0]

    def arrived(self):
        return sum(self.server.arrived().values())

    def said(self):
        return " ".join(self.serving.said().split())


@test
def a_nap():
    """What became due meanwhile, and is not late, leaves; and it is said that it was to."""
    with Night() as night:
        equal((night.states(), night.arrived()), (("ready", "approved"), 0), "before")
        night.sleep(hours=3)
        night.serving.wait_for("Sent:")
        holds(night.said(), "Nobody was here from", "to Huck Finn was to leave")
        equal((night.states(), night.arrived()), (("sent", "used"), 1), "after")
        night.serving.end()
        equal(night.said().count("Nobody was here"), 1)


@test
def days():
    """What was to leave days ago is asked about, and does not leave until its user says so."""
    with Night() as night:
        night.sleep(days=4)
        night.serving.wait_for("Not sent:")
        holds(night.said(), "Nobody was here from", "to Huck Finn was to leave", "should it still go?")
        time.sleep(6)  # once around more
        equal((night.states(), night.arrived()), (("cancelled", "open"), 0), "after")
        night.serving.end()
        holds(" ".join(night.home.run().out.split()), "should it still go?", "followup approve globex")
        night.home.run("draft", "globex", "finn", "--step", "thank-you", "--channel", "email", "--again")  # it was written for another day
        night.home.run("approve", "globex", "finn", "--now")
        night.home.run("send")
        equal((night.states()[1], night.arrived()), ("used", 1), "when its user said so")


@test
def nights_one_after_the_other():
    """Each is told of by itself; what was to leave in the first is not told of again."""
    with Night() as night:
        night.sleep(minutes=20)
        night.serving.wait_for("Nobody was here from")
        equal((night.said().count("was to leave"), night.states()[0]), (0, "ready"), "before its time")
        night.sleep(minutes=20)
        night.serving.wait_for("Sent:")
        equal((night.said().count("Nobody was here"), night.said().count("was to leave")), (2, 1), "what was told")
        night.serving.end()


@cases([("a-moment", {"seconds": 40}), ("set-back", {"hours": -3})])
def what_is_no_sleep(long):
    """A busy machine, or a clock that is set back: nothing is told, nothing leaves, and it goes on."""
    with Night() as night:
        night.sleep(**long)
        time.sleep(7)
        assert "Nobody" not in night.said(), night.said()
        equal((night.states(), night.arrived()), (("ready", "approved"), 0))
        night.clock.ahead(seconds=-night.clock.seconds)
        night.sleep(hours=1)
        night.serving.wait_for("Sent:")
        night.serving.end()


main()
