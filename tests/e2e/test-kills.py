#!/usr/bin/env python3
"""SIGKILL at every step of the dialogue with a mail server, hundreds of times: no note is lost, none goes twice.

Notes wait in the outbox, a few more become due before each run of `deliver`, and a wire between it and a real server
kills it at a chosen byte.  The next run is the recovery of the last one and the next to be killed.  In the end the
server's own count of what arrived is held against what the database says of each note.
"""
import collections
import concurrent.futures
import datetime
import random
import re
import subprocess

from program import UNSEARCHED, Home, equal, main, test
from rows import copy_opportunity
from wire import CountingServer, Wire

START = datetime.datetime.fromisoformat("2026-11-17T12:00:00-07:00")
STEP = datetime.timedelta(minutes=20)  # longer than a lease
KILLS = 110                            # in each of the two chains
ALONE = 8                              # so many notes of one run are each committed by themselves;
GROUP = 8                              # of more, so many share a commit, or some more where the disk is slow
# Texts that are true on any day: the runs go on for days.
NOTES = {
    "finn": """Subject: Thank you for Tuesday's conversation

Dear Mr. Finn,

Thank you for the time you took on Tuesday to talk about the Data analyst position. What you said about moving the
forecast off spreadsheets stayed with me: I did the same for a team of three, in SQL, and would enjoy doing it with you.
I am very interested in the position.

Kind regards,
Ana Reyes
""",
    "okoro": """Subject: Queries, and thank you

Dear Ms. Okoro,

I enjoyed hearing how the team reviews each other's queries, and thank you for explaining it so patiently. After five
years of SQL I know how much a second pair of eyes is worth. The Data analyst role has my full interest, and I would be
glad to show you some of my own work.

With best wishes,
Ana Reyes
"""}


def moment(number):
    return (START + STEP * number).isoformat()


class Chain:
    """A home with a mail account behind a wire, and notes that become due a few at a time."""

    def __init__(self, home, wire, server, a_time):
        self.home, self.wire, self.server, self.a_time = home, wire, server, a_time
        self.run_number = 0
        # Leaks are looked for where nobody is killed: the search for them at the end of a run does not bear it.
        home.env["ASAN_OPTIONS"] = home.env.get("ASAN_OPTIONS", "") + UNSEARCHED
        self.settings()
        self.template()

    def settings(self):
        self.home.run("config", "me", "--name", "Ana Reyes", "--email", "ana@example.net", "--skill", "SQL", now=moment(0))
        self.home.run("config", "mail", "--address", "ana@example.net", "--host", "127.0.0.1", "--port", self.wire.port, "--security", "plaintext",
                      "--auth", "none", "--no-probe", now=moment(0))

    def template(self):
        """One opportunity with an approved note to each of two people, made as a person would."""
        def run(*words):
            self.home.run(*words, now=moment(0))
        run("interview", "Globex", "2026-11-17T10:00", "--position", "Data analyst", "--requirement", "SQL",
            "--with", "Huck Finn <finn@globex.example>, hiring-manager", "--with", "Ada Okoro <okoro@globex.example>")
        for person, name in (("finn", "Mr. Finn"), ("okoro", "Ms. Okoro")):
            run("people", "Globex", person, "--salutation", name)
        run("debrief", "Globex", "--topic", "finn: moving the forecast off spreadsheets", "--topic",
            "okoro: how the team reviews each other's queries", "--fit", "five years of SQL in a team of three")
        run("draft", "Globex")
        for person, text in NOTES.items():
            run("edit", "Globex", person, "--text", text)
        run("approve", "Globex", "--all", "--now")
        equal(self.home.rows("SELECT state, count(*) FROM outbox GROUP BY state"), [("ready", 2)])

    def multiply(self, opportunities):
        """Copies the opportunity, each copy due some runs later; the first is left for the trial run."""
        copy_opportunity(self.home.db, opportunities, lambda number: int((START + STEP * (1 + (number - 2) * 2 // self.a_time)).timestamp()))

    def deliver(self, *cut):
        """One run, killed where the wire says; returns whether it was."""
        self.wire.arm(*cut)
        process = subprocess.Popen(self.home.command("deliver", "--once", now=moment(self.run_number)), env=self.home.env, cwd=self.home.folder,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.wire.client = process
        self.run_number += 1
        out, err = process.communicate(timeout=60)
        if process.returncode not in (0, -9):
            raise AssertionError("deliver: status %d:\n%s\n%s" % (process.returncode, out, err[-3000:]))
        return process.returncode == -9

    def waiting(self):
        """How many notes the next run will find."""
        return self.home.rows("SELECT count(*) FROM outbox WHERE state = 'claimed' OR state IN ('ready', 'retry') AND send_at <= ?",
                              int((START + STEP * self.run_number).timestamp()))[0][0]

    def states(self):
        """{Message-ID without brackets: state}"""
        return {name.strip("<>"): state for name, state in self.home.rows("SELECT message_id, state FROM outbox")}

    def arrived(self):
        return {name.strip("<>"): count for name, count in self.server.arrived().items()}


def cuts(chance, told):
    """Where to cut: at both sides of every line's end in the dialogue of the trial run, then anywhere."""
    places = [("out", 0, 0), ("in", 0, 0)]
    for direction in ("in", "out"):
        for match in re.finditer(rb"\r\n", bytes(told[direction])):
            line = bytes(told[direction])[:match.start()].rsplit(b"\r\n", 1)[-1]
            if direction == "in" or re.match(rb"EHLO|MAIL|RCPT|DATA|\.$|QUIT|From:|Subject:|$", line):
                places += [(direction, match.end() + by, delay) for by, delay in ((-1, 0), (0, 0), (0, chance.choice((0.001, 0.004, 0.015))))]
    chance.shuffle(places)
    while len(places) < KILLS:
        direction = chance.choice(("in", "out"))
        places.append((direction, chance.randrange(1, len(told[direction])), chance.choice((0, 0, 0.002))))
    return places[:KILLS]


def kill_again_and_again(seed, a_time, *server_options):
    chance = random.Random(seed)
    with Home() as home, CountingServer(home.folder, *server_options) as server, Wire(server.port) as wire:
        chain = Chain(home, wire, server, a_time)
        chain.multiply(KILLS * a_time)
        assert not chain.deliver(), "the trial run was killed"
        told = wire.told
        equal(collections.Counter(chain.states().values())["sent"], 2, "notes sent in the trial run")
        killed = 0
        for cut in cuts(chance, told):
            if a_time <= ALONE // 2 and chain.waiting() > ALONE - a_time:
                chain.deliver()  # what earlier kills left over would be committed in a group
            killed += chain.deliver(*cut)
        # Whatever is still leased, waits for a later try, or comes due only then.
        while any(state in ("ready", "retry", "claimed", "sending") for state in chain.states().values()):
            assert not chain.deliver(), "the last run was killed"
            chain.run_number += 20
            assert chain.run_number < 4 * KILLS + 500, "notes that never settle: %s" % collections.Counter(chain.states().values())
        check(chain, killed)


def check(chain, killed):
    states, arrived = chain.states(), chain.arrived()
    twice = {name: count for name, count in arrived.items() if count > 1}
    equal(twice, {}, "notes that arrived more than once")
    equal(set(arrived) - set(states), set(), "notes that nobody approved")
    kinds = collections.Counter((state, arrived.get(name, 0)) for name, state in states.items())
    print("# %d runs killed; %s" % (killed, ", ".join("%d %s, arrived %d times" % (n, *kind) for kind, n in sorted(kinds.items()))))
    # A note that one kill after the other kept for more than a day is asked about, and did not go.
    equal(set(kinds) - {("sent", 1), ("unknown", 0), ("unknown", 1), ("cancelled", 0)}, set(), "states and arrivals that may not be")
    equal(chain.home.rows("SELECT count(*) FROM outbox WHERE state = 'cancelled' AND last_error NOT LIKE '%should it still go%'"), [(0,)])
    assert kinds["cancelled", 0] < len(states) // 4, "too many notes grew late"
    assert killed > KILLS * 3 // 4, "only %d runs of %d were killed" % (killed, KILLS)
    doubt = kinds["unknown", 0] + kinds["unknown", 1]
    at_a_time = GROUP if chain.a_time > ALONE else 1
    assert doubt <= killed * at_a_time, "%d notes in doubt after %d kills: at most %d is on its way at a time" % (doubt, killed, at_a_time)
    equal(chain.home.rows("PRAGMA integrity_check"), [("ok",)])
    # A note that is sent is on record as a contact, once; one in doubt is not, and is asked about.
    equal(chain.home.rows("SELECT o.opportunity, o.number FROM outbox o WHERE (SELECT count(*) FROM event e JOIN draft d ON d.opportunity = o.opportunity "
                          "AND d.number = o.draft WHERE e.opportunity = o.opportunity AND e.kind = 'sent' AND e.person = d.person) <> (o.state = 'sent')"), [])
    if doubt:
        shown = chain.home.run("today", now=moment(chain.run_number)).out
        assert "settle" in shown, "a note in doubt is not asked about:\n%s" % shown[:1500]


@test
def killed_hundreds_of_times():
    """Two chains at once: few notes a run, each committed by itself; and many a run, committed in groups and pipelined."""
    with concurrent.futures.ThreadPoolExecutor() as pool:
        for done in [pool.submit(kill_again_and_again, 1, 4), pool.submit(kill_again_and_again, 2, 12, "--pipelining")]:
            done.result()


@test
def a_note_in_doubt_is_settled_by_its_user():
    """Not sent: it waits again and goes once. Sent: it stays gone."""
    for answer, more in (("not-sent", 1), ("sent", 0)):
        with Home() as home, CountingServer(home.folder) as server, Wire(server.port) as wire:
            chain = Chain(home, wire, server, 4)
            chain.deliver()
            dot = bytes(wire.told["out"]).index(b"\r\n.\r\n") + 3
        with Home() as home, CountingServer(home.folder) as server, Wire(server.port) as wire:
            chain = Chain(home, wire, server, 4)
            assert chain.deliver("out", dot), "not killed"
            chain.deliver()
            unknown = [name for name, state in chain.states().items() if state == "unknown"]
            equal(len(unknown), 1, "notes in doubt")
            equal(chain.arrived().get(unknown[0], 0), 0, "arrivals: the dot never got through")
            person = home.rows("SELECT p.id FROM outbox o JOIN draft d ON d.number = o.draft JOIN person p ON p.number = d.person WHERE o.state = 'unknown'")[0][0]
            home.run("settle", "Globex", person, answer, now=moment(chain.run_number))
            chain.deliver()
            equal(chain.arrived().get(unknown[0], 0), more, "arrivals after %s" % answer)
            equal(set(chain.states().values()), {"sent"}, "states")


main()
