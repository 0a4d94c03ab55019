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


main()
