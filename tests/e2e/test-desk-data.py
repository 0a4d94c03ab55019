#!/usr/bin/env python3
"""What pages and programs are told: the agenda, an opportunity, lists, people, as data that is whole and bounded.

Keys are held here once named: they may grow, never change.  Sentences for people are looked at elsewhere.
"""
import json
import os
import re

from program import ROOT, Home, cases, equal, holds, main, test
from wire import CountingServer

TUESDAY = "2026-11-17T12:00:00-07:00"
PANEL = ["interview", "Globex", "2026-11-17T10:00", "--for", "1h", "--position", "Data analyst", "--requirement", "SQL", "--decision-by", "2026-11-19",
         "--with", "Huck Finn <finn@globex.example>, hiring-manager", "--with", "Ada Okoro <okoro@globex.example>", "--with", "Tom Lind, interviewer"]
DEBRIEF = ["debrief", "globex", "--topic", "finn: moving the forecast off spreadsheets", "--topic", "who answers at night", "--strong", "slow queries",
           "--unsaid", "the course on forecasting", "--fit", "five years of SQL in a team of three"]
PLAIN = """Subject: Thank you for the interview

Dear Ada Okoro,

Thank you for the talk about the position of Data analyst. I keep thinking of who answers at night, and of moving the forecast off spreadsheets.

I am keen to join Globex, and five years of SQL in a team of three would fit well.

Kind regards,
Ana Reyes
"""
STEP_KEYS = {"step", "interview", "interview_kind", "to", "to_name", "about", "about_name", "attempt", "state", "reason", "optional", "channels", "needs",
             "must", "opens", "due", "closes", "done_at", "text", "when", "because", "action", "draft"}
OF_EACH = {"opportunity", "company", "position"}


def recorded(home):
    home.run(*PANEL)
    home.run("config", "me", "--name", "Ana Reyes", "--email", "ana@example.net", "--skill", "SQL")
    home.run(*DEBRIEF)
    return home


def step_of(steps, step, to=None):
    found = [one for one in steps if one["step"] == step and one["to"] == to]
    equal(len(found), 1, "steps %s to %s" % (step, to))
    return found[0]


def lacks(want, got, what):
    missing = set(want) - set(got)
    assert not missing, "%s lacks %s" % (what, sorted(missing))


# ---- today ----

@test
def the_agenda_of_an_empty_home():
    with Home(now=TUESDAY) as home:
        today = home.json()
        equal((today["empty"], today["nothing_to_do"], today["next"], today["next_at"]), (True, True, None, None))
        equal([today[key] for key in ("due", "optional", "questions", "inbox", "move_on", "coming", "leaving", "left")], [[]] * 8)
        equal(today["tasks"], {"late": [], "to_do": [], "optional": []})


@test
def a_step_says_all_that_a_page_shows():
    with Home(now=TUESDAY) as home:
        recorded(home)
        home.run("draft", "globex", "finn")
        today = home.json()
        equal((today["empty"], today["nothing_to_do"]), (False, False))
        for step in today["due"] + today["optional"]:
            lacks(STEP_KEYS | OF_EACH | {"command"}, step, "a step of the agenda")
        thank = step_of(today["due"], "thank-you", "finn")
        equal((thank["to_name"], thank["interview_kind"], thank["channels"], thank["needs"], thank["attempt"], thank["action"]),
              ("Huck Finn", "panel", ["email"], [], 1, "approve"))
        equal((thank["opens"], thank["due"]), ("2026-11-17T11:00:00-07:00", "2026-11-18T11:00:00-07:00"))
        equal((thank["text"], thank["when"]), ("Thank Huck Finn", "by tomorrow, 11:00"))
        equal({key: thank["draft"][key] for key in ("id", "state", "channel", "send_at")}, {"id": 0, "state": "open", "channel": "email", "send_at": None})
        equal(step_of(today["due"], "thank-you", "okoro")["draft"], None)
        blocked = step_of(today["due"], "thank-you", "lind")
        equal((blocked["state"], blocked["needs"], blocked["action"]), ("blocked", ["email"], "address"))
        ask = step_of(today["due"], "get-contact")
        equal((ask["about"], ask["about_name"], ask["action"]), ("lind", "Tom Lind", "ask-for-contact"))


@test
def tasks_are_the_steps_that_go_together():
    with Home(now=TUESDAY) as home:
        recorded(home)
        tasks = home.json()["tasks"]
        thanks = [task for task in tasks["to_do"] if task["steps"][0]["step"] == "thank-you"]
        equal([step["to"] for step in thanks[0]["steps"]], ["finn", "okoro"], "thanked in one go")
        equal(len(thanks), 1, "the one without an address is asked about elsewhere")
        holds(thanks[0]["text"], "Thank Huck Finn and Ada Okoro by e-mail")
        equal((thanks[0]["action"], thanks[0]["commands"]), ("draft", ["followup draft globex --step thank-you"]))
        said = " ".join(home.run().out.split())
        for task in [task for part in tasks.values() for task in part]:
            holds(said, "%s, %s." % (task["text"], task["when"]), task["because"], *[" ".join(command.split()) for command in task["commands"]])
            lacks(STEP_KEYS, task["steps"][0], "a step of a task")
        late = home.json(now="2026-11-18T13:00")["tasks"]
        equal([task["steps"][0]["step"] for task in late["late"] if task["opportunity"] == 1][-1], "thank-you")


@test
def what_comes_next_has_a_moment_and_a_sentence():
    with Home(now=TUESDAY) as home:
        home.run("interview", "Initech", "2026-11-27T15:00", "--with", "Bill Lum <lum@initech.example>")
        home.run("interview", "Globex", "2026-11-20T10:00", "--with", "Huck Finn <finn@globex.example>")
        today = home.json()
        equal((today["nothing_to_do"], today["next_at"]), (True, "2026-11-19T10:00:00-07:00"))
        equal((today["next"]["company"], today["next"]["step"]), ("Globex", "prepare-close"))
        holds(today["next"]["sentence"], "Nothing until Thursday 19 November, 10:00; then: prepare how to close the interview", "(Globex).")
        coming = today["coming"][0]
        lacks(OF_EACH | {"step", "to", "to_name", "opens", "text", "when", "next_at"}, coming, "what comes")
        equal((coming["step"], coming["opens"]), ("prepare-close", "2026-11-19T10:00:00-07:00"))
        home.run("later", "globex", "2026-11-25")
        today = home.json()
        equal((today["next"]["company"], today["next_at"]), ("Globex", "2026-11-25T00:00:00-07:00"))
        holds(today["next"]["sentence"], "Nothing until Wednesday 25 November; then: Globex, which was put off.")


@test
def what_comes_first_is_found_behind_what_only_changes():
    """Plans that change sooner, with nothing to do then, do not hide it."""
    with Home(now="2026-11-17T09:00:00-07:00") as home:
        for number in range(7):
            home.run("interview", "Hooli %d" % number, "2026-11-02T10:00", "--with", "Wei Chan <wei@hooli%d.example>" % number)
            home.run("outcome", "Hooli %d" % number, "rejected", "--at", "2026-11-12T10:0%d" % number)
        for number in range(7):
            home.run("log", "Hooli %d" % number, "wei", "--step", "thank-for-answer", "--at", "2026-11-12T11:00")
        home.run("interview", "Globex", "2027-01-08T10:00", "--with", "Huck Finn <finn@globex.example>")
        today = home.json()
        assert today["nothing_to_do"] or today["optional"], today["due"]
        moments = [row["opens"] for row in today["coming"] if row["opens"]]
        assert today["next_at"] and all(today["next_at"] <= moment for moment in moments), (today["next_at"], moments)


@test
def what_leaves_and_what_left():
    with Home(now=TUESDAY) as home, CountingServer(home.folder) as server:
        recorded(home)
        home.run("config", "mail", "--address", "ana@example.net", "--host", "127.0.0.1", "--port", server.port, "--security", "plaintext", "--auth", "none",
                 "--no-probe")
        home.run("draft", "globex", "finn")
        home.run("approve", "globex", "finn", "--now")
        home.run("draft", "globex", "okoro")
        home.run("edit", "globex", "okoro", input=PLAIN)
        home.run("approve", "globex", "okoro", now="2026-11-17T20:00")
        today = home.json()
        equal([(note["to"], note["step"], note["state"]) for note in today["leaving"]], [("finn", "thank-you", "ready"), ("okoro", "thank-you", "ready")])
        equal(step_of(today["due"], "thank-you", "okoro")["draft"]["send_at"], "2026-11-18T08:00:00-07:00")
        equal(today["leaving"][1]["send_at"], "2026-11-18T08:00:00-07:00")
        holds(today["leaving"][1]["when"], "tomorrow, 08:00")
        home.run("send", now="2026-11-17T12:10")
        today = home.json(now="2026-11-17T12:30")
        equal([(note["to_name"], note["sent_at"]) for note in today["left"]], [("Huck Finn", "2026-11-17T12:10:00-07:00")])
        equal([note["to"] for note in today["leaving"]], ["okoro"])
        equal(home.json(now="2026-11-20T12:30")["left"], [], "after three days")


# ---- an opportunity ----

@test
def an_opportunity_is_told_whole():
    with Home(now=TUESDAY) as home:
        recorded(home)
        home.run("draft", "globex", "finn")
        home.run("edit", "globex", "finn", input=PLAIN.replace("Okoro", "Finn").replace("Ada", "Huck"))
        home.run("approve", "globex", "finn", now="2026-11-17T20:00")
        told = home.json("show", "globex")
        equal([told[key] for key in ("pace", "stage", "requirements", "timezone", "ended")], ["normal", "unknown", ["SQL"], "America/Phoenix", None])
        equal([set(person) for person in told["people"]], [{"id", "name", "role", "salutation", "email", "phone", "address", "linkedin"}] * 3)
        equal([(person["id"], person["role"], person["email"]) for person in told["people"]],
              [("finn", "hiring-manager", "finn@globex.example"), ("okoro", "interviewer", "okoro@globex.example"), ("lind", "interviewer", None)])
        debrief, = told["debriefs"]
        equal(debrief["topics"], [{"with": "finn", "with_name": "Huck Finn", "text": "moving the forecast off spreadsheets"},
                                  {"with": None, "with_name": None, "text": "who answers at night"}])
        equal([debrief[key] for key in ("interview", "strong", "weak", "unsaid", "fit")],
              ["panel", ["slow queries"], [], ["the course on forecasting"], ["five years of SQL in a team of three"]])
        interview, = told["interviews"]
        equal(interview["promise"], {"decision_by": "2026-11-19", "follow_up_after": None, "process_weeks": None})
        note, = told["notes"]
        equal([note[key] for key in ("id", "to", "to_name", "interview", "state", "draft_state", "outbox_state", "send_at", "sent_at")],
              [0, "finn", "Huck Finn", "panel", "ready", "approved", "ready", "2026-11-18T08:00:00-07:00", None])
        thank = step_of(told["plan"]["steps"], "thank-you", "finn")
        lacks(STEP_KEYS | {"reasons"}, thank, "a step of the plan")
        equal((thank["must"], thank["closes"]), (["thanks", "specific", "interest", "fit"], "2026-12-01T11:00:00-07:00"))
        for step in told["plan"]["steps"]:
            equal(" ".join(reason["text"] for reason in step["reasons"]), step["because"])
            assert all(reason["rule"] and reason["source"].endswith(".txt") for reason in step["reasons"]), step["reasons"]


@test
def the_plan_says_the_same_everywhere():
    """The steps of `show` are those of the contract's `plan`, whose reasons are these."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        facts = home.json("export")["opportunities"][0]["facts"]
        plan = home.run("plan", input=json.dumps(facts)).json()
        shown = home.json("show", "globex")["plan"]
        equal(shown["verdict"], plan["verdict"])
        for mine, theirs in zip(shown["steps"], plan["steps"]):
            for key in ("step", "interview", "to", "about", "state", "optional", "attempt", "channels", "needs", "must", "opens", "due", "closes", "done_at"):
                equal(mine[key], theirs[key], "%s of %s" % (key, mine["step"]))
            equal(mine["reasons"], theirs["because"])


@test
def the_story_names_who_and_what_can_be_taken_back():
    with Home(now=TUESDAY) as home:
        recorded(home)
        home.run("log", "globex", "finn", "--step", "thank-you", "--channel", "email", "--at", "2026-11-17T11:30")
        home.run("reply", "globex", "okoro", "--says", "more-time", "--decision-by", "2026-12-04")
        story = home.json("show", "globex")["timeline"]
        equal([(entry["kind"], entry["who"], entry["undo"]) for entry in story],
              [("interview", None, False), ("sent", "finn", False), ("debrief", None, False), ("reply", "okoro", True)])
        equal((story[1]["step"], story[1]["channel"], story[3]["says"], story[3]["who_name"]), ("thank-you", "email", "more-time", "Ada Okoro"))
        taken = home.run("log", "globex", "--undo").out
        holds(taken, "Ada Okoro replied")
        equal([entry["kind"] for entry in home.json("show", "globex")["timeline"] if entry["undo"]], ["sent"])


@test
def what_left_from_here_is_not_taken_back():
    with Home(now=TUESDAY) as home, CountingServer(home.folder) as server:
        recorded(home)
        home.run("config", "mail", "--address", "ana@example.net", "--host", "127.0.0.1", "--port", server.port, "--security", "plaintext", "--auth", "none",
                 "--no-probe")
        home.run("draft", "globex", "finn")
        home.run("approve", "globex", "finn", "--now")
        home.run("send")
        told = home.json("show", "globex")
        equal([entry["undo"] for entry in told["timeline"]], [False] * 3)
        note, = told["notes"]
        equal((note["state"], note["draft_state"], note["outbox_state"], note["sent_at"]), ("sent", "used", "sent", TUESDAY))
        home.refuses("log", "globex", "--undo", status=1)


# ---- lists ----

@test
def a_list_says_where_each_stands():
    with Home(now=TUESDAY) as home:
        recorded(home)
        home.run("add", "Hooli")
        home.run("interview", "Initech", "2026-11-02T10:00", "--with", "Bill Lum <lum@initech.example>")
        home.run("outcome", "Initech", "rejected")
        rows = {row["company"]: row for row in home.json("list")["opportunities"]}
        equal({company: (row["column"], row["verdict"], row["ended"]) for company, row in rows.items()},
              {"Globex": ("thank", "act", None), "Hooli": ("ahead", "wait", None), "Initech": ("closed", "act", "rejected")})
        equal({key: rows["Globex"]["next"][key] for key in ("step", "about_name", "state", "opens")},
              {"step": "get-contact", "about_name": "Tom Lind", "state": "due", "opens": "2026-11-17T11:00:00-07:00"})
        equal((rows["Hooli"]["next"], rows["Initech"]["next"]["to_name"]), (None, "Bill Lum"))


@cases([
    ("all", [], ["Alpha", "Beta", "Gamma", "Gamow"], False),
    ("the first", ["--limit", 1], ["Alpha"], True),
    ("the middle", ["--limit", 2, "--offset", 1], ["Beta", "Gamma"], True),
    ("the rest", ["--limit", 9, "--offset", 3], ["Gamow"], False),
    ("as many as there are", ["--limit", 4], ["Alpha", "Beta", "Gamma", "Gamow"], False),
    ("behind the end", ["--offset", 4], [], False),
    ("of those that begin so", ["gam", "--limit", 1, "--offset", 1], ["Gamow"], False),
])
def a_list_in_parts(arguments, companies, more):
    with Home(now=TUESDAY) as home:
        for company in ("Gamow", "Beta", "Alpha", "Gamma"):
            home.run("add", company)
        told = home.json("list", *arguments)
        equal(([row["company"] for row in told["opportunities"]], told["more"]), (companies, more))
        shown = home.run("list", *arguments).out
        equal("There are more" in shown, more)
        holds(shown, *companies)


@cases([
    ("no limit", ["list", "--limit", 0], "--limit"),
    ("too much", ["list", "--limit", 1001], "--limit"),
    ("before the first", ["list", "--offset", -1], "--offset"),
    ("of people", ["people", "--all", "--limit", 0], "--limit"),
    ("of one opportunity's people", ["people", "--limit", 5], "--all"),
    ("all of one opportunity", ["people", "globex", "--all"], "--all"),
    ("all changed", ["people", "--all", "--email", "x@globex.example"], "--all"),
])
def parts_that_are_none(arguments, word):
    with Home(now=TUESDAY) as home:
        recorded(home)
        holds(home.refuses(*arguments), word)


@test
def everybody_on_record():
    with Home(now=TUESDAY) as home:
        recorded(home)
        home.run("interview", "Initech", "2026-11-27T15:00", "--with", "Zo\u00eb Berg <zoe@initech.example>")
        told = home.json("people", "--all")
        equal([(person["name"], person["company"], person["opportunity"]) for person in told["people"]],
              [("Ada Okoro", "Globex", 1), ("Huck Finn", "Globex", 1), ("Tom Lind", "Globex", 1), ("Zo\u00eb Berg", "Initech", 2)])
        equal([person["id"] for person in home.json("people", "--all", "--find", "zoe")["people"]], ["berg"])
        equal([person["id"] for person in home.json("people", "--all", "--find", "globex", "--limit", 1, "--offset", 1)["people"]], ["finn"])
        holds(home.run("people", "--all").out, "Everybody on record", "Zo\u00eb Berg", "Initech", "zoe@initech.example")
        holds(home.run("people", "--all", "--find", "nobody").out, "Nobody.")


# ---- search ----

def found(home, *words):
    told = home.json("search", *words)
    return [(hit["kind"], hit["what"]) for hit in told["found"]]


@test
def everything_written_is_found():
    with Home(now=TUESDAY) as home:
        recorded(home)
        home.run("draft", "globex", "finn")
        home.run("edit", "globex", "finn", input=PLAIN)
        home.run("reply", "globex", "okoro", "--says", "rejection")
        equal(found(home, "data", "analyst")[0], ("opportunity", "opportunity"))
        equal(found(home, "LIND"), [("person", "Tom Lind, interviewer")])
        equal(found(home, "slow"), [("debrief", "debrief of the panel today, 10:00")])
        equal(found(home, "keen", "join"), [("note", "thank-you to Huck Finn by e-mail")])
        equal(found(home, "rejec"), [("event", "Ada Okoro replied: rejection, today, 12:00")])
        hit, = home.json("search", "spreadsh", "moving", "night")["found"]
        equal({key: hit[key] for key in ("opportunity", "company", "person", "step", "note", "command")},
              {"opportunity": 1, "company": "Globex", "person": "finn", "step": "thank-you", "note": 0, "command": "followup show globex"})
        equal([part["text"].lower() for part in hit["parts"] if part["found"]], ["night", "moving", "spreadsheets"])
        equal("".join(part["text"] for part in hit["parts"]), hit["text"])
        shown = " ".join(home.run("search", "spreadsh", "moving", "night").out.split())
        holds(shown, "Globex (Data analyst): thank-you to Huck Finn by e-mail", "moving the forecast off spreadsheets", "followup show globex")
        assert not any(ord(char) < 32 and char != "\n" for char in home.run("search", "finn").out), "marks reach the terminal"
        home.run("delete", "globex", "--yes")
        equal(found(home, "finn"), [])
        holds(home.run("search", "finn").out, "Nothing on record")


@cases([
    ("quotes", ['"']), ("a star", ["*"]), ("a bracket", ["("]), ("a colon", ["text:"]), ("an operator", ["AND"]), ("two operators", ["NOT", "OR"]),
    ("near", ["NEAR(a b)"]), ("sql", ["'; DROP TABLE passage; --"]), ("a backslash", ["\\"]), ("a caret", ["^globex"]), ("an empty one", [""]),
    ("long", ["x" * 250]), ("many", ["a"] * 17), ("a phrase", ['"data analyst"', "OR", '"x']), ("a null", ["finn\u2028ada"]),
])
def no_word_is_an_operator(words):
    with Home(now=TUESDAY) as home:
        recorded(home)
        told = home.run("search", *words, status=None)
        assert told.status in (0, 2), told.err
        if told.status == 2:
            home.refuses("search", *words)
        for text in (told.out, told.err):
            for part in ("fts5", "syntax", "MATCH", "passage"):
                assert part not in text.replace("DROP TABLE passage", ""), text


@test
def a_search_in_parts():
    with Home(now=TUESDAY) as home:
        for number in range(7):
            home.run("add", "Globex %d" % number, "--requirement", "forecasting")
        seen = []
        for offset in (0, 3, 6):
            told = home.json("search", "forecast", "--limit", 3, "--offset", offset)
            equal((len(told["found"]), told["more"]), (1, False) if offset == 6 else (3, True))
            seen += [hit["opportunity"] for hit in told["found"]]
        equal(sorted(seen), list(range(1, 8)))
        holds(home.run("search", "forecast", "--limit", 3).out, "--offset 3")
        home.refuses("search", "forecast", "--limit", 101)


# ---- numbers ----

@test
def numbers_of_nothing():
    with Home(now=TUESDAY) as home:
        told = home.json("numbers")
        equal((told["opportunities"], told["by_step"], told["promises"]["n"], told["interviews"]["n"]), (0, [], 0, 0))
        holds(home.run("numbers").out, "Nothing is on record yet that could be counted.")


@test
def numbers_say_what_they_are_of():
    with Home(now=TUESDAY) as home:
        for number in range(3):
            name = "Globex %d" % number
            home.run("interview", name, "2026-11-03T10:00", "--with", "Huck Finn <finn@globex.example>", "--decision-by", "2026-11-05")
            home.run("log", name, "finn", "--step", "thank-you", "--channel", "email", "--at", "2026-11-03T%d:00" % (14 + number))
        home.run("reply", "Globex 0", "finn", "--says", "next-round", "--at", "2026-11-04T16:00")
        home.run("reply", "Globex 1", "finn", "--says", "rejection", "--at", "2026-11-09T09:00")
        told = home.json("numbers")
        line, = told["by_step"]
        equal([line[key] for key in ("step", "label", "count", "n", "percent", "share")], ["thank-you", "thank-you", 2, 3, None, "2 of 3"])
        equal([(line["channel"], line["share"]) for line in told["by_channel"]], [("email", "2 of 3")])
        equal([(line["delay"], line["n"]) for line in told["by_delay"]], [("day", 3)])
        promises = told["promises"]
        equal([promises[key]["share"] for key in ("kept", "late", "never")], ["1 of 3"] * 3)
        equal((promises["median_days_late"], told["bounces"]["share"]), (4, "0 of 3"))
        led = {line["outcome"]: line["count"] for line in told["interviews"]["led_to"]}
        equal(led, {"next-round": 1, "offer": 0, "rejection": 1, "withdrawal": 0, "silence": 0, "waiting": 1})
        shown = " ".join(home.run("numbers").out.split())
        holds(shown, "thank-you 2 of 3 after 26 hours", "later 1 of 3 by 4 days in the middle", "a rejection 1 of 3", "not known yet 1 of 3")
        assert "%" not in shown, "a percentage of three"
        home.run("log", "Globex 2", "finn", "--step", "check-in", "--channel", "email", "--at", "2026-11-16T09:00")
        equal(home.json("numbers")["too_early"], 1)


@test
def many_are_told_in_percent():
    with Home(now=TUESDAY) as home:
        people = ["--with", "Huck Finn <finn@globex.example>"]
        for number in range(10):
            home.run("interview", "Globex", "2026-10-%02dT10:00" % (number + 1), *people)
            home.run("log", "globex", "finn", "--step", "thank-you", "--channel", "email", "--at", "2026-10-%02dT14:00" % (number + 1))
        home.run("reply", "globex", "finn", "--says", "rejection", "--at", "2026-10-12T09:00")
        told = home.json("numbers")
        equal((told["by_step"][0]["percent"], told["by_step"][0]["share"]), (10, "10 % (1 of 10)"))
        holds(home.run("numbers").out, "10 % (1 of 10)", "90 % (9 of 10)")


# ---- two playbooks ----

@test
def what_another_would_have_said_of_what_is_over():
    """It is held against what was known right before the end, after which all of them say nothing."""
    with Home(now="2026-11-18T12:00:00-07:00") as home:
        recorded(home)
        home.run("log", "globex", "finn", "--step", "thank-you", "--channel", "email", "--at", "2026-11-17T14:00")
        before = home.json("compare", "seven-steps", now="2026-11-23T15:59")
        home.run("reply", "globex", "finn", "--says", "rejection", "--at", "2026-11-23T16:00", now="2026-12-20T09:00")
        after = home.json("compare", "seven-steps", now="2026-12-20T09:00")
        equal(after["opportunities"][0]["at"], "2026-11-23T15:59:59-07:00")
        strip = [[(step["step"], step["to"], step["differs"], step["one"]["opens"], step["other"]["opens"]) for step in told["opportunities"][0]["differences"]]
                 for told in (before, after)]
        equal(strip[0], strip[1], "differences")
        assert strip[0], "no differences"
        holds(" ".join(home.run("compare", "seven-steps", "globex", now="2026-12-20T09:00").out.split()),
              "as it stood Monday 23 November, 15:59, before it was over", "Seven steps:")


@test
def differences_over_all_that_is_on_record():
    with Home(now=TUESDAY) as home:
        for number in range(4):
            home.run("interview", "Globex %d" % number, "2026-11-16T10:00", "--with", "Huck Finn <finn@globex.example>")
        told = home.json("compare", "rule-of-three", "--limit", 3)
        equal((told["compared"], told["differing"], len(told["opportunities"]), told["more"]), (4, 4, 3, True))
        by_step = {line["step"]: line for line in told["by_step"]}
        equal([by_step["debrief"][key] for key in ("only_one", "only_other", "sooner", "later", "otherwise")], [4, 0, 0, 0, 0])
        equal([by_step["thank-you"][key] for key in ("only_one", "only_other", "sooner", "later", "otherwise")], [0, 0, 0, 4, 0])
        thank = [step for step in told["opportunities"][0]["differences"] if step["step"] == "thank-you"][0]
        equal((thank["differs"], thank["one"]["due"], thank["other"]["due"]), (["due"], "2026-11-17T11:00:00-07:00", "2026-11-18T11:00:00-07:00"))
        holds(home.run("compare", "rule-of-three").out, "In all", "4 later in The rule of three", "debrief")


@cases([(name, name) for name in ("morning-after", "note-and-email", "rule-of-three", "seven-steps", "standard", "stay-in-touch")])
def a_playbook_is_told_line_by_line(name):
    """What each rule says in the file is under that rule, and each ask is one of them."""
    with Home(now=TUESDAY) as home:
        told = home.json("playbook", "show", name)
        rules = [rule["rule"] for rule in told["rules"]]
        with open(os.path.join(ROOT, "playbooks", name + ".playbook"), encoding="utf-8") as file:
            groups = re.findall(r"(?m)^\[(.*)\]$", file.read())
        equal([rule["group"] for rule in told["rules"]], [group for group in groups if group not in ("playbook", "asks", "after a postponement")])
        for rule in told["rules"]:
            equal(rule["group"].split()[0], rule["rule"])
            assert rule["source"].endswith(".txt") and rule["text"], rule
            assert all(line["text"] for key in ("opens", "due", "closes", "channels", "reasons") for line in rule[key]), rule
            assert not any("{" in line["text"] for line in rule["reasons"]), rule["reasons"]
            if rule["opens"]:
                assert rule["step"] and rule["reasons"], rule
            equal([line["if"] for line in rule["opens"]].count(None), 1 if rule["opens"] else 0, "plain lines of %s" % rule["rule"])
        for ask in told["asks"] + told["after_postponement"]:
            assert ask["rule"] in rules, ask


# ---- who may come in ----

@test
def a_token_is_shown_once():
    with Home(now=TUESDAY) as home:
        holds(home.run("access").out, "Nobody is signed in")
        assert not os.path.exists(home.db), "looking made a database"
        made = home.json("access", "token", "a script", "--until", "2026-12-24")
        assert re.fullmatch(r"[A-Za-z0-9_-]{43}", made["secret"]), made["secret"]
        equal((made["number"], made["may_send"], made["expires_at"]), (1, False, "2026-12-24T00:00:00-07:00"))
        other = home.json("access", "token", "another", "--may-send")
        assert other["secret"] != made["secret"]
        listed = home.json("access")["access"]
        equal([(one["number"], one["kind"], one["name"], one["may_send"]) for one in listed], [(2, "token", "another", True), (1, "token", "a script", False)])
        for text in (json.dumps(listed), home.run("export").out, home.run("config").out):
            assert made["secret"] not in text
        with open(home.db, "rb") as file:
            assert made["secret"].encode() not in file.read(), "the secret is in the database"
        equal(len(home.json("access", now="2026-12-25T09:00")["access"]), 1, "after it ended")
        home.run("access", "end", 2)
        equal([one["number"] for one in home.json("access")["access"]], [1])
        holds(home.refuses("access", "end", 2, status=1), "followup access")


@test
def all_are_ended_but_one():
    with Home(now=TUESDAY) as home:
        for name in ("one", "two", "three"):
            home.run("access", "token", name)
        equal(home.json("access", "end", "--all", "--but", 2)["ended"], 2)
        equal([one["name"] for one in home.json("access")["access"]], ["two"])
        holds(home.run("access", "end", "--all").out, "1 token")
        equal(home.json("access")["access"], [])


@cases([
    ("a token without a name", ["token"]), ("an end of nobody", ["end"]), ("an end by name", ["end", "script"]), ("an end and all", ["end", "3", "--all"]),
    ("a list that may send", ["list", "--may-send"]), ("one kept of one", ["end", "3", "--but", "2"]), ("a token of yesterday", ["token", "x", "--until", "2026-11-16"]),
    ("another action", ["give"]), ("a name that is none", ["token", "x\ny"]), ("a number that is none", ["end", "-1"]),
])
def access_that_is_refused(arguments):
    with Home(now=TUESDAY) as home:
        home.refuses("access", *arguments)


if __name__ == "__main__":
    main()
