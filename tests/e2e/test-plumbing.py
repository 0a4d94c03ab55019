#!/usr/bin/env python3
"""plan, draft and review as other programs use them: standard input to JSON, and nothing kept.

What it holds is the contract of docs: keys, words, exit statuses, the same bytes for the same input.
"""
import email
import email.policy
import glob
import itertools
import json
import os

from program import ROOT, Home, cases, equal, facts, holds, main, sent, test

NOW = "2026-11-20T09:00:00-07:00"
PLAYBOOKS = ["note-and-email", "morning-after", "stay-in-touch", "rule-of-three", "seven-steps", "standard"]
STATES = {"upcoming", "due", "overdue", "done", "blocked", "skipped", "missed"}
STEP_KEYS = {"step", "interview", "to", "state", "optional", "channels", "opens", "due", "closes", "done_at", "attempt", "needs",
             "reason", "about", "must", "because"}


def plan(home, given, now=NOW, playbook="morning-after", **options):
    return home.run("plan", "--playbook", playbook, "--now", now, input=given, **options).json()


def key(step):
    return step["step"], step.get("interview"), step.get("to"), step.get("about"), step.get("attempt", 1)


def worked_cases():
    paths = sorted(glob.glob(os.path.join(ROOT, "tests", "plan", "cases", "*.json")))
    return [(os.path.basename(path)[:-5], path) for path in paths] or [("none-there", None)]


@cases(worked_cases())
def worked_case(path):
    with open(path, encoding="utf-8") as file:
        case = json.load(file)
    with Home() as home:
        got = plan(home, case["facts"], case["now"], case["playbook"])
    want = case["expect"]
    equal((got["verdict"], got["next_at"]), (want["verdict"], want["next_at"]), "verdict and next_at")
    steps = {key(step): step for step in got["steps"]}
    equal(sorted(map(str, steps)), sorted(str(key(step)) for step in want["steps"]), "the steps")
    for step in want["steps"]:
        for word, value in step.items():
            found = steps[key(step)].get(word)
            equal(sorted(found) if word == "must" else found, sorted(value) if word == "must" else value, "%s of %s" % (word, key(step)))


@cases([(name, name) for name in PLAYBOOKS])
def every_playbook_plans(name):
    with Home() as home:
        got = plan(home, facts(events=[sent(), sent(to="okoro")]), playbook=name)
    equal((got["version"], got["playbook"], got["now"]), (1, name, NOW))
    assert got["verdict"] in ("act", "wait", "move-on", "offer", "closed"), got["verdict"]
    for step in got["steps"]:
        equal(STEP_KEYS - set(step), set(), "keys that %s lacks" % step["step"])
        assert step["state"] in STATES, step
        assert step["because"], "no reason for %s" % step["step"]
        for reason in step["because"]:
            assert reason["rule"] and reason["source"] and reason["text"].strip(), reason


@test
def the_morning_after():
    """They said Thursday; on Friday at nine the call is due, and says why."""
    with Home() as home:
        got = plan(home, facts(events=[sent(), sent(to="okoro")]))
    call = next(step for step in got["steps"] if step["step"] == "check-in")
    equal((call["state"], call["to"], call["opens"], call["due"]), ("due", "finn", NOW, "2026-11-20T12:00:00-07:00"))
    holds(call["because"][0]["text"], "19 November")


@test
def the_same_bytes():
    """The same input gives the same bytes, in any zone and language of the caller's, and the order of events is none."""
    events = [sent(), sent(to="okoro", at="2026-11-17T16:00"), {"at": "2026-11-18T10:00", "kind": "reply", "from": "finn", "says": "other"}]
    found = set()
    for zone, order in itertools.product(["America/Phoenix", "Asia/Tokyo"], itertools.permutations(events)):
        with Home(zone=zone, LANG="de_DE.UTF-8") as home:
            found.add(home.run("plan", "--now", NOW, input=facts(events=list(order))).out)
    equal(len(found), 1, "different outputs")


@test
def ndjson_keeps_order():
    """A bad line gives an error object in its place; the others give what a single plan gives."""
    good, other = facts(events=[sent()]), facts(opportunity={"company": "Initech", "position": "Tester"})
    lines = [json.dumps(good), '{"version": 1, "peple": []}', json.dumps(other), "nonsense", json.dumps(good)]
    with Home() as home:
        told = home.run("plan", "--ndjson", "--now", NOW, input="\n".join(lines) + "\n", status=None)
        got = [json.loads(line) for line in told.out.splitlines()]
        equal(len(got), 5, "lines")
        equal([("error" in one) for one in got], [False, True, False, True, False])
        equal(got[0], home.run("plan", "--now", NOW, input=good).json())
        equal(got[2], home.run("plan", "--now", NOW, input=other).json())
        equal(got[1]["error"]["code"], "invalid")
        holds(got[1]["error"]["message"] + (got[1]["error"].get("where") or ""), "peple")


@test
def ndjson_lines_stay_apart():
    """A NUL, a line over the limit, an empty one or bytes that are no text: an error for that line alone."""
    good = json.dumps(facts(events=[sent()]))
    for bad in (good.replace("Globex", "Glo\0bex"), "\0" * 10, "", "x" * (5 << 20), "\0" * 9000 + good):
        with Home() as home:
            told = home.run("plan", "--ndjson", "--now", NOW, input="\n".join([good, bad, good]), status=None)
            got = [json.loads(line) for line in told.out.splitlines()]
            equal([("error" in one) for one in got], [False, True, False], "lines of %r" % bad[:30])


@test
def unknown_keys_are_named():
    given = facts()
    given["people"][1]["emial"] = "x"
    with Home() as home:
        told = home.run("plan", "--now", NOW, "--format", "json", input=given, status=2).json()["error"]
        equal((told["code"], told["where"]), ("invalid", "facts.people[1].emial"))
        holds(home.refuses("plan", "--now", NOW, input=given), "emial")


@test
def nothing_is_kept():
    """The plumbing leaves no file behind, not even an empty database (the dictionary's own cache is none of ours)."""
    with Home() as home:
        before = sorted(os.listdir(home.folder))
        home.run("plan", "--now", NOW, input=facts())
        home.run("draft", "--step", "thank-you", "--to", "finn", "--now", NOW, input=facts())
        home.run("review", "--step", "thank-you", "--to", "finn", input="Subject: x\n\nThank you.\n", status=None)
        equal(sorted(set(os.listdir(home.folder)) - {"cache"}), before, "the home folder")
        equal(os.listdir(os.path.dirname(home.db)), [], "the data folder")


def draft(home, *more, step="thank-you", to="finn", given=None, now=NOW):
    return home.json("draft", "--step", step, "--to", to, "--now", now, *more, input=given or facts())


@cases([(channel, channel) for channel in ("email", "card", "linkedin", "call")])
def draft_by_channel(channel):
    step = {"email": "thank-you", "card": "card", "linkedin": "connect", "call": "check-in"}[channel]
    with Home() as home:
        got = draft(home, "--channel", channel, "--playbook", "standard", step=step)
    equal(sorted({"channel", "to", "subject", "body", "gaps", "must"} - set(got)), [], "keys that are missing")
    equal((got["channel"], got["to"]), (channel, "finn"))
    assert got["body"].strip(), "an empty body"
    assert "{{" not in got["body"], got["body"]
    if channel == "linkedin":
        assert len(got["body"]) <= 200, "%d characters" % len(got["body"])
    if channel == "email":
        assert got["subject"].strip() and "\n" not in got["subject"], got["subject"]
        holds(got["body"], "Mr. Finn", "Ana Reyes")


@test
def a_panel_gets_different_notes():
    with Home() as home:
        finn, okoro = draft(home), draft(home, to="okoro")
    holds(finn["body"], "moving the forecast off spreadsheets")
    holds(okoro["body"], "how the team reviews each other's queries")
    assert "spreadsheets" not in okoro["body"] and "each other's" not in finn["body"], "one person's topic in the other's note"


@test
def gaps_stay_visible():
    """What the facts do not say is a gap in the text and in the list, never an empty salutation."""
    given = facts(debriefs=[], me={"name": "Ana Reyes", "email": "ana@example.net"})
    given["people"][0] = {"id": "finn", "name": "Huck Finn", "role": "hiring-manager", "email": "finn@globex.example"}
    with Home() as home:
        got = draft(home, given=given)
    assert got["gaps"], got["body"]
    for gap in got["gaps"]:
        holds(got["body"] + (got["subject"] or ""), "[[%s]]" % gap)
    assert "Dear ," not in got["body"] and "Dear  " not in got["body"], got["body"]


@test
def eml_is_a_message():
    given = facts()
    given["people"][0]["name"] = "Héloïse Finn"
    with Home() as home:
        text = home.run("draft", "--step", "thank-you", "--to", "finn", "--now", NOW, "--format", "eml", input=given).out
    message = email.message_from_string(text, policy=email.policy.default)
    equal((message["To"].addresses[0].addr_spec, message["To"].addresses[0].display_name), ("finn@globex.example", "Héloïse Finn"))
    equal(message["From"].addresses[0].addr_spec, "ana@example.net")
    for name in ("Subject", "Date", "Message-ID", "MIME-Version"):
        assert message[name], "no %s" % name
    holds(message.get_body().get_content(), "spreadsheets")


GOOD_NOTE = """Subject: Thank you for Tuesday's conversation

Dear Mr. Finn,

Thank you for the time you took on Tuesday to talk about the Data analyst position at Globex. What you said about moving
the forecast off spreadsheets stayed with me: I did the same for a team of three, in SQL, and would enjoy doing it with
you. I am very interested in the position.

Kind regards,
Ana Reyes
"""


def review(home, note, *more, status=None, to="finn"):
    path = home.write("facts.json", json.dumps(facts()))
    return home.run("review", "--step", "thank-you", "--to", to, "--facts", path, "--format", "json", *more, input=note, status=status)


@test
def a_good_note_has_no_error():
    with Home() as home:
        told = review(home, GOOD_NOTE, status=0).json()
    equal([one for one in told["findings"] if one["level"] == "error"], [])
    assert told["words"] > 40, told["words"]


@cases([
    ("wrong-name", GOOD_NOTE.replace("Mr. Finn", "Mr. Sawyer"), "wrong-name", "Sawyer"),
    ("wrong-company", GOOD_NOTE.replace("Globex", "Initech"), "wrong-company", "Initech"),
    ("placeholder", GOOD_NOTE.replace("a team of three", "[[the team]]"), "placeholder", "[[the team]]"),
    ("wrong-day", GOOD_NOTE.replace("on Tuesday", "on Friday"), "wrong-day", "Friday"),
    ("missing-thanks", GOOD_NOTE.replace("Thank you for the time you took", "We met").replace("Thank you for", "About"), "missing-thanks", None),
])
def review_finds(note, rule, text):
    with Home() as home:
        told = review(home, note, status=1).json()
    found = [one for one in told["findings"] if one["rule"] == rule]
    assert found, "%s is not among %s" % (rule, [one["rule"] for one in told["findings"]])
    equal(found[0]["level"], "error")
    equal(sorted({"rule", "level", "start", "end", "text", "message", "suggest"} - set(found[0])), [], "keys that are missing")
    if text:
        holds(note.encode()[found[0]["start"]:found[0]["end"]].decode(), text)


@test
def offsets_are_bytes():
    note = GOOD_NOTE.replace("Dear Mr. Finn,", "Dear Mr. Finn, déjà vu — naïveté").replace("a team of three", "[[the team]]")
    with Home() as home:
        found = [one for one in review(home, note, status=1).json()["findings"] if one["rule"] == "placeholder"]
    equal(note.encode()[found[0]["start"]:found[0]["end"]].decode(), "[[the team]]")


@test
def notes_of_a_panel_may_not_read_alike():
    with Home() as home:
        other = home.write("other.txt", GOOD_NOTE.replace("Mr. Finn", "Ms. Okoro"))
        told = review(home, GOOD_NOTE, "--others", other, status=1).json()
    assert "alike" in [one["rule"] for one in told["findings"] if one["level"] == "error"], told["findings"]


@test
def review_without_facts():
    with Home() as home:
        told = home.json("review", "--step", "thank-you", input=GOOD_NOTE.replace("a team of three", "[[the team]]"), status=1)
    assert "placeholder" in [one["rule"] for one in told["findings"]]


main()
