#!/usr/bin/env python3
"""What goes on without its user: what is put off, what they are reminded of, and the one program that sees to it."""
from program import Home, equal, holds, main, one_sentence, test

NOW = "2026-11-17T12:00:00-07:00"
PANEL = ["interview", "Globex", "today 10am", "--for", "1h30", "--position", "Data analyst", "--with", "Huck Finn <finn@globex.example>, hiring-manager"]


def moment(day, hour):
    return "2026-11-%02dT%02d:00:00-07:00" % (day, hour)


def begun(home):
    home.run("config", "me", "--name", "Ana Reyes", "--email", "ana@example.net", "--skill", "SQL", "--zone", "America/Phoenix")
    home.run(*PANEL)
    home.run("people", "globex", "finn", "--salutation", "Mr. Finn")
    home.run("debrief", "globex", "--topic", "finn: moving the forecast off spreadsheets", "--fit", "five years of SQL in a team of three")


def test_lists(told):
    return {name: len(told[name]) for name in ("due", "optional", "coming")}


# ---- later ----

@test
def later_is_not_shown_and_comes_back():
    with Home(now=NOW) as home:
        begun(home)
        plan = home.json("show", "globex")["plan"]
        assert test_lists(home.json("today"))["due"] > 0
        told = home.run("later", "globex", "fri").out
        holds(told, "put off until Friday 20 November", "Meanwhile: Thank Huck Finn")
        today = home.json("today")
        equal(test_lists(today), {"due": 0, "optional": 0, "coming": 1}, "what is shown")
        equal(today["coming"][0]["later_until"], moment(20, 0))
        holds(home.run().out, "Nothing to do now", "Later", "Put off until Friday 20 November")
        shown = home.json("show", "globex")
        equal(shown["later_until"], moment(20, 0))
        equal(shown["plan"], plan, "the plan")
        equal(test_lists(home.json("today", now=moment(19, 23)))["due"], 0, "on the day before")
        assert test_lists(home.json("today", now=moment(20, 0)))["due"] > 0, "it did not come back"
        equal(home.json("show", "globex", now=moment(20, 0))["later_until"], None)


@test
def later_ends_by_a_word_or_an_answer():
    with Home(now=NOW) as home:
        begun(home)
        home.run("later", "globex", "fri")
        holds(home.run("later", "globex", "now").out, "not put off any more")
        assert test_lists(home.json("today"))["due"] > 0
        home.run("later", "globex", "fri")
        home.run("reply", "globex", "finn", "--says", "other", now=moment(17, 15))
        assert test_lists(home.json("today", now=moment(17, 15)))["due"] > 0, "an answer was hidden"
        one_sentence(home.run("later", "globex", "someday", status=2).err)


@test
def a_question_does_not_leave_meanwhile():
    """It waits for working hours after that; where the putting off ends early, it may leave."""
    with Home(now=NOW) as home:
        begun(home)
        home.run("log", "globex", "finn", "--step", "thank-you", "--channel", "email")
        home.run("promise", "globex", "--decision-by", "thu")
        friday = moment(20, 9)
        home.run("draft", "globex", "finn", "--step", "check-in", "--channel", "email", now=friday)
        home.run("approve", "globex", "finn", "--step", "check-in", "--now", now=friday)
        home.run("later", "globex", "sat", now=friday)
        told = home.json("deliver", "--once", now=moment(20, 10))
        equal((told["sent"], told["held"]), (0, 1), "what became of it")
        monday = home.rows("SELECT send_at FROM outbox")[0][0]
        equal(monday, 1795446000, "Monday 23 November, 08:00")
        home.run("later", "globex", "now", now=moment(20, 11))
        equal(home.rows("SELECT send_at FROM outbox"), [(1795446000 - 3 * 86400 + 3 * 3600,)])


@test
def what_is_put_off_is_exported_and_comes_back():
    with Home(now=NOW) as home, Home(now=NOW) as other:
        begun(home)
        home.run("later", "globex", "fri")
        other.run("import", "--yes", input=home.run("export").out)
        equal(other.json("show", "globex")["later_until"], moment(20, 0))


main()
