"""The review from outside: other opportunities on record, rules switched off, words and lists of one's own."""
import os

from program import Home, equal, main, test

NOTE = """Subject: Thank you

Dear Mr. Finn,

Thank you for the talk about the forecast yesterday. Nora Keller told me much the same at Initech, and I
definitly agree. I would love to work with you on it, since I have written SQL for six years.

Ana Reyes
"""


def two_opportunities(home):
    home.run("config", "me", "--name", "Ana Reyes", "--email", "ana@example.net", "--skill", "SQL")
    home.run("interview", "Globex", "yesterday 10am", "--with", "Huck Finn <finn@globex.example>, hiring-manager", "--position", "Data analyst")
    home.run("people", "globex", "finn", "--salutation", "Mr. Finn")
    home.run("interview", "Initech", "2 days ago 10am", "--with", "Nora Keller <nora@initech.example>")
    home.run("draft", "globex", "--step", "thank-you")
    home.run("edit", "globex", "--step", "thank-you", input=NOTE.encode())


def rules(home, *arguments):
    found = home.json("review", "globex", *arguments, status=None)["findings"]
    return sorted((finding["rule"], finding["text"]) for finding in found)


@test
def other_opportunities_are_compared():
    with Home(now="2026-11-18T09:00") as home:
        two_opportunities(home)
        found = rules(home)
        equal(("wrong-company", "Initech") in found, True, found)
        equal(("wrong-name", "Nora Keller") in found, True, found)
        equal(("spelling", "definitly") in found, True, found)


@test
def a_rule_is_switched_off_for_a_note():
    with Home(now="2026-11-18T09:00") as home:
        two_opportunities(home)
        equal("wrong-company" not in dict(rules(home, "--off", "wrong-company")), True, "off")
        equal("wrong-company" not in dict(rules(home)), True, "it is kept with the note")
        equal("wrong-company" in dict(rules(home, "--on", "wrong-company")), True, "on again")
        home.refuses("review", "globex", "--off", "wrong-compny")


@test
def a_rule_is_switched_off_for_good():
    with Home(now="2026-11-18T09:00") as home:
        two_opportunities(home)
        equal(home.json("config", "review", "--off", "spelling")["review.off"], "spelling")
        equal("spelling" not in dict(rules(home)), True, "off")
        home.run("config", "review", "--on", "spelling", "--word", "definitly")
        equal("spelling" not in dict(rules(home)), True, "a word of one's own")


@test
def lists_of_ones_own_come_on_top_or_instead():
    with Home(now="2026-11-18T09:00") as home:
        copied = home.json("review", "--words", "tone.words")["file"]
        equal(os.path.exists(copied), True, copied)
        home.refuses("review", "--words", "tone.words", status=1)
        folder = os.path.dirname(copied)
        with open(os.path.join(folder, "mine.words"), "w", encoding="utf-8") as file:
            file.write("[rule informal]\n= is not said here\nbodacious\n")
        text = b"Dear Ann,\n\nThat was bodacious, and it was awesome.\n\nBo Lee\n"
        found = home.json("review", input=text, status=None)["findings"]
        equal([f["text"] for f in found if f["rule"] == "informal"], ["bodacious", "awesome"])
        with open(os.path.join(folder, "mine.words"), "w", encoding="utf-8") as file:
            file.write("[rule informal]\nbodacious\n")
        equal("mine.words:2" in home.refuses("review", input=text), True, "the line is named")


@test
def without_facts_the_step_asks_for_what_needs_none():
    with Home() as home:
        text = b"Subject: Hello\n\nDear Ann,\n\nI hope that all is well with you and that the move to the lake went as you planned it.\n\nBo Lee\n"
        found = {f["rule"] for f in home.json("review", "--step", "check-in", input=text, status=None)["findings"]}
        equal(found, {"missing-question", "missing-offer-info"})
        found = {f["rule"] for f in home.json("review", "--step", "thank-you", input=text, status=None)["findings"]}
        equal({"missing-thanks", "missing-interest"} <= found and "missing-specific" not in found, True, found)


def panel(home):
    """A panel of three that is debriefed, with its notes; Huck Finn's is a draft with the id 0."""
    home.run("config", "me", "--name", "Ana Reyes", "--email", "ana@example.net", "--skill", "SQL")
    home.run("interview", "Globex", "2026-11-17T10:00", "--kind", "panel", "--position", "Data analyst",
             "--with", "Huck Finn <finn@globex.example>, hiring-manager", "--with", "Ada Okoro <okoro@globex.example>", "--with", "Tom Lind")
    home.run("debrief", "globex", "--topic", "finn: moving the forecast off spreadsheets", "--topic", "okoro: how queries are reviewed",
             "--topic", "lind: who is called at night", "--fit", "five years of SQL")
    home.run("draft", "globex", "--step", "thank-you")


@test
def the_notes_of_a_panel_beside_each_other():
    with Home(now="2026-11-17T19:30") as home:
        panel(home)
        told = home.json("review", "globex", "--all", status=None)
        equal([(note["id"], note["to"], note["state"]) for note in told["notes"]], [(0, "finn", "open"), (1, "okoro", "open"), (2, "lind", "open")])
        finn, okoro, lind = told["notes"]
        equal((finn["may_leave"], finn["leaves_at"]), (True, "2026-11-18T08:00:00-07:00"), "working hours")
        equal((lind["may_leave"], lind["leaves_at"], lind["address"]), (False, None, None), "no address")
        equal(finn["from"], "Ana Reyes <ana@example.net>")
        equal([one["must"] for one in finn["holds"]], finn["must"])
        equal(all(one["met"] for one in finn["holds"]), True, finn["holds"])
        equal([one["id"] for one in finn["alike"]], [1, 2])
        equal(finn["alike"][0]["percent"], [one for one in okoro["alike"] if one["id"] == 0][0]["percent"], "of the shorter one")
        equal(finn["findings"], [], "a note that leaves tomorrow does not say today")
        equal([step["step"] for step in told["unwritten"] if not step["optional"]], ["get-contact"] if told["unwritten"] else [])
        equal([note["id"] for note in home.json("review", "globex", "finn", "--all", status=None)["notes"]], [0])
        equal(home.json("review", "globex", "--draft", "1", status=None)["to"], "okoro")
        home.refuses("review", "globex", "--draft", "7", status=1)


@test
def a_change_says_what_it_was_made_from():
    with Home(now="2026-11-17T19:30") as home:
        panel(home)
        version = home.json("review", "globex", "--draft", "0", status=None)["version"]
        changed = home.json("edit", "globex", "--draft", "0", "--seen", version, input=b"Subject: Thank you\n\nDear Huck Finn, thank you.\n")
        equal((changed["id"], changed["edited"], changed["version"] != version), (0, True, True))
        home.refuses("edit", "globex", "--draft", "0", "--seen", version, input=b"Dear Huck Finn, I did not know of that.\n", status=1)
        equal(home.json("review", "globex", "--draft", "0", status=None)["body"], "Dear Huck Finn, thank you.\n")
        same = home.json("edit", "globex", "--draft", "1", input=home.json("review", "globex", "--draft", "1", status=None)["body"].encode())
        equal(same["edited"], False, "the same words are no change")


@test
def a_note_is_approved_and_taken_back_by_its_id():
    with Home(now="2026-11-17T19:30") as home:
        panel(home)
        approved = home.json("approve", "globex", "--draft", "1")["approved"]
        equal([(one["id"], one["to"], one["approved"]) for one in approved], [(1, "okoro", True)])
        note = home.json("review", "globex", "--draft", "1", status=None)
        equal((note["state"], note["leaves_at"]), ("ready", "2026-11-18T08:00:00-07:00"))
        home.run("edit", "globex", "--draft", "1", input=note["body"].encode())
        note = home.json("review", "globex", "--draft", "1", status=None)
        equal((note["state"], note["edited"], note["subject"] != ""), ("open", False, True), "an edit takes it back")


main()
