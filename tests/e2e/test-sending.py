#!/usr/bin/env python3
"""What holds back a note at the last moment, and that it is given back: no server, no password, no form, new facts.

Whatever ends a run of `send`, no note stays in hand: each is ready again, a draft again, or gone.
"""
import sqlite3

from program import Home, equal, holds, main, one_sentence, test
from wire import free_port, shared_server

NOW = "2026-11-17T12:00:00-07:00"


def prepare(home, port, *mail):
    """One opportunity with an approved note to each of two people, and a mail account."""
    account = ["config", "mail", "--host", "127.0.0.1", "--security", "plaintext", "--no-probe", "--port"]
    home.begin(
        ["config", "me", "--name", "Ana Reyes", "--email", "ana@example.net", "--skill", "SQL"],
        [*account, 25, "--address", "ana@example.net", "--auth", "none"],
        ["interview", "Globex", "2026-11-17T10:00", "--position", "Data analyst", "--requirement", "SQL",
         "--with", "Huck Finn <finn@globex.example>, hiring-manager", "--with", "Ada Okoro <okoro@globex.example>"],
        *(["people", "Globex", person, "--salutation", name] for person, name in (("finn", "Mr. Finn"), ("okoro", "Ms. Okoro"))),
        ["debrief", "Globex", "--topic", "finn: moving the forecast off spreadsheets", "--topic",
         "okoro: how the team reviews each other's queries", "--fit", "five years of SQL in a team of three"],
        ["draft", "Globex"], ["approve", "Globex", "--all", "--now"])
    home.run(*account, port, *mail, *([] if "--auth" in mail else ["--auth", "none"]))


def edit(home, *statements):
    connection = sqlite3.connect(home.db)
    with connection:
        for statement in (*statements, "UPDATE opportunity SET outline = NULL"):
            connection.execute(statement)
    connection.close()


def states(home):
    return dict(home.rows("SELECT substr(to_address, 1, instr(to_address, '@') - 1), state FROM outbox"))


@test
def a_server_that_is_down():
    with Home(now=NOW) as home:
        prepare(home, free_port())
        for words in (("send",), ("send", "Globex", "finn"), ("deliver", "--once")):
            sentence = one_sentence(home.run(*words, status=None).err)
            holds(sentence, "127.0.0.1")
            equal(states(home), {"finn": "ready", "okoro": "ready"}, "after " + " ".join(words))
        equal(home.rows("SELECT count(*) FROM outbox WHERE lease_until IS NOT NULL OR attempts > 0"), [(0,)])


@test
def a_password_that_cannot_be_had():
    for command, word in (("false", "false"), ("no-such-command-anywhere", "no-such-command-anywhere"), ("true", "true")):
        with Home(now=NOW) as home:
            prepare(home, free_port(), "--auth", "plain", "--user", "ana@example.net", "--secret-command", command)
            holds(one_sentence(home.run("send", status=None).err), word)
            equal(states(home), {"finn": "ready", "okoro": "ready"}, "after a command that is " + command)


@test
def a_sender_that_is_refused():
    """That is a matter of one's settings: the notes stay approved, and go from the address that is set up then."""
    for sender, options, word in (("code550-ana@example.net", (), "550"), ("code553-ana@example.net", ("--pipelining",), "553"),
                                  ("ana@example.net", ("--password", "pw"), "530")):
        with Home(now=NOW) as home:
            prepare(home, shared_server(*options).port, "--address", sender)
            told = home.run("deliver", "--once")
            equal(states(home), {"finn": "ready", "okoro": "ready"}, "after " + word)
            equal(home.rows("SELECT DISTINCT state FROM draft"), [("approved",)])
            equal(home.rows("SELECT count(*) FROM event WHERE kind IN ('sent', 'bounced')"), [(0,)])
            for reason in (told.out, home.rows("SELECT last_error FROM outbox")[0][0]):
                holds(" ".join(reason.split()), word, sender, "followup config mail")
            equal(home.json("deliver", "--once")["notes"], [], "again at once")
            home.run("config", "mail", "--host", "127.0.0.1", "--security", "plaintext", "--auth", "none", "--no-probe",
                     "--port", shared_server().port, "--address", "ana.reyes@example.net")
            home.run("send", "--now")
            equal(states(home), {"finn": "sent", "okoro": "sent"}, "with other settings")


@test
def a_note_that_cannot_be_written():
    """It becomes a draft again, with the reason; the others go."""
    with Home(now=NOW) as home:
        server = shared_server()
        prepare(home, server.port)
        edit(home, "UPDATE outbox SET to_name = 'Huck' || char(10) || 'Bcc: eve@initech.example' WHERE to_address LIKE 'finn%'")
        told = home.json("send", status=None)
        equal(states(home), {"finn": "cancelled", "okoro": "sent"})
        equal(sum(server.arrived().values()), 1, "arrivals")
        equal(home.rows("SELECT d.state FROM draft d JOIN person p ON p.number = d.person WHERE p.id = 'finn'"), [("open",)])
        why = home.rows("SELECT last_error FROM outbox WHERE state = 'cancelled'")[0][0]
        holds(why, "to_name")
        assert told is not None


@test
def the_review_counts_at_the_moment_of_sending():
    """What was approved is not reviewed again while all that the review read is the same; else it is, and an error holds (E12)."""
    renamed = "UPDATE person SET name = 'Jim Boyle', salutation = 'Mr. Boyle' WHERE id = 'finn'"
    for name, statement, expected in (
            ("nothing", "SELECT 1", "sent"),
            ("the seal", "UPDATE outbox SET review_seal = 'another'", "sent"),
            ("no seal", "UPDATE outbox SET review_seal = NULL", "sent"),
            ("their name", renamed, "cancelled"),
            ("both texts", "UPDATE draft SET body = replace(body, 'Finn', 'Boyle') WHERE person = 0", "cancelled")):
        with Home(now=NOW) as home:
            prepare(home, shared_server().port)
            equal(home.rows("SELECT count(*) FROM outbox WHERE length(review_seal) = 32"), [(2,)])
            edit(home, statement, *(["UPDATE outbox SET body = replace(body, 'Finn', 'Boyle') WHERE to_address LIKE 'finn%'"]
                                    if name == "both texts" else []))
            home.run("send", status=None)
            equal(states(home)["finn"], expected, "after a change of " + name)
            if expected == "cancelled":
                holds(home.rows("SELECT last_error FROM outbox WHERE state = 'cancelled'")[0][0], "E12")


main()
