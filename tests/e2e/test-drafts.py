"""Drafts and their templates from outside: what `followup draft` writes is what `followup review` has nothing against.

With complete facts no draft of any playbook has a gap or a finding, spelling included; with one fact missing exactly its
gap shows.  The user's own templates take part in the same way.
"""
import itertools
import json

from program import Home, cases, equal, facts, holds, main, test

PLAYBOOKS = ("standard", "note-and-email", "morning-after", "stay-in-touch", "rule-of-three", "seven-steps")
KINDS = ("phone-screen", "video", "in-person", "panel")
# Step, channel, when it is written
NOTES = (("thank-you", "email", "2026-11-17T14:00"), ("thank-you", "call", "2026-11-18T09:00"), ("thank-you", "hand-delivered", "2026-11-18T09:00"),
         ("thank-you", "card", "2026-11-18T09:00"), ("card", "card", "2026-11-18T09:00"), ("connect", "linkedin", "2026-11-18T09:00"),
         ("additional-info", "email", "2026-11-18T09:00"), ("second-note", "email", "2026-11-27T09:00"),
         ("second-note", "call", "2026-11-27T09:00"), ("check-in", "email", "2026-11-27T09:00"), ("check-in", "call", "2026-11-20T09:00"),
         ("final-check", "email", "2026-12-07T09:00"), ("final-check", "call", "2026-12-07T09:00"))
NAMES = (("Huck Finn", "Mr. Finn"), ("Ada Okoro", "Ms. Okoro"), ("Ludwig van Beethoven", None), ("Cher", None))
COMPANIES = ("Globex", "The Weather Group", "Marks & Spencer", "Initech, Inc.")


def complete(kind, turn):
    """Facts that leave nothing open, of a panel of three or of one."""
    made = facts(opportunity={"company": COMPANIES[turn % len(COMPANIES)], "position": "Data analyst", "requirements": ["SQL", "clear writing"]})
    people = 3 if kind == "panel" else 1
    ids = ["one", "two", "three"][:people]
    made["people"] = [dict(id=who, name=NAMES[(turn + i) % 4][0], salutation=NAMES[(turn + i) % 4][1], role="interviewer",
                           email=who + "@globex.example", phone="+1 602 555 0111", address="1 Main St, Phoenix AZ 85001")
                      for i, who in enumerate(ids)]
    for person in made["people"]:
        if person["salutation"] is None:
            del person["salutation"]
    made["interviews"][0].update({"kind": kind, "with": ids})
    topics = ["moving the forecast off spreadsheets", "How the team reviews each other's queries.", "I told them about my thesis on late trains"]
    made["debriefs"][0].update(topics=[{"with": who, "text": topics[(turn + i) % 3]} for i, who in enumerate(ids)],
                               strong=["the question about stock levels"], fit=["small team that ships weekly", "five years of SQL"],
                               unsaid=["led the billing migration at Initrode"])
    return made, ids


def draft(home, made, to, note, playbook="standard", *more):
    step, channel, now = note
    return home.json("draft", "--step", step, "--to", to, "--channel", channel, "--playbook", playbook, *more, input=made, now=now)


def whole(note):
    return ("Subject: %s\n\n" % note["subject"] if note["subject"] else "") + note["body"]


def findings(home, made, to, note, text, others, playbook):
    step, channel, now = note
    path = home.write("facts.json", json.dumps(made))
    more = itertools.chain.from_iterable(("--others", home.write("other-%d" % i, other)) for i, other in enumerate(others))
    found = home.json("review", "--step", step, "--to", to, "--channel", channel, "--playbook", playbook, "--facts", path, *more,
                      input=text.encode(), now=now, status=None)
    return found["findings"]


@cases([(name, name) for name in PLAYBOOKS])
def nothing_to_mend(playbook):
    with Home() as home:
        for turn, note in enumerate(NOTES):
            kind = KINDS[(turn + PLAYBOOKS.index(playbook)) % len(KINDS)]
            made, ids = complete(kind, turn)
            if note[0] == "card" and kind == "phone-screen" and playbook == "note-and-email":
                continue
            written = [draft(home, made, who, note, playbook) for who in (ids if note[0] in ("thank-you", "card") else ids[:1])]
            texts = [whole(one) for one in written]
            equal([one["gaps"] for one in written], [[]] * len(written), "gaps in:\n" + "\n".join(texts))
            for i, text in enumerate(texts):
                others = texts[:i] + texts[i + 1:] if note[1] != "call" else []
                found = findings(home, made, ids[i], note, text, others, playbook)
                equal([(one["rule"], one["message"]) for one in found], [], "findings in:\n" + text)


MISSING = {
    "topic": (lambda made: made["debriefs"][0].update(topics=[]), "something you talked about with Mr. Finn", ("thank-you", "email")),
    "fit": (lambda made: made["debriefs"][0].update(fit=[]), "what makes Globex a good fit for you", ("thank-you", "email")),
    "name": (lambda made: made["me"].pop("name"), "your name", ("thank-you", "email")),
    "phone": (lambda made: made["me"].pop("phone"), "your phone number", ("check-in", "call")),
    "position": (lambda made: made["opportunity"].pop("position"), "name of the position", ("check-in", "call")),
    "detail": (lambda made: made["debriefs"][0].update(unsaid=[]), "a detail you have not mentioned yet", ("additional-info", "email")),
}


@cases([(name, name) for name in sorted(MISSING)])
def one_fact_missing(name):
    take, gap, shown_in = MISSING[name]
    made, ids = complete("in-person", 0)
    take(made)
    with Home() as home:
        for note in NOTES:
            got = draft(home, made, ids[0], note)
            expected = [gap] if note[:2] == shown_in else [[], [gap]][len(got["gaps"]) > 0]
            equal(got["gaps"], expected, "gaps of %s by %s:\n%s" % (note[0], note[1], whole(got)))
            equal("[[" in whole(got), bool(got["gaps"]), "what shows is what is listed")


@test
def variants_differ():
    made, ids = complete("in-person", 0)
    with Home() as home:
        bodies = [draft(home, made, ids[0], NOTES[0], "standard", "--variant", number)["body"] for number in range(4)]
        equal(len(set(bodies)), 4, "different bodies")
        equal(draft(home, made, ids[0], NOTES[0])["body"], bodies[0], "no --variant is the first")


@test
def linkedin_counts_as_linkedin_does():
    made, ids = complete("in-person", 0)
    made["debriefs"][0]["topics"] = [{"with": "one", "text": "the launch \U0001f680\U0001f680\U0001f680 of the new app in forty shops at once"}]
    made["people"][0]["salutation"] = "Professor Huckleberry Finn of the Weather Bureau in Tucson"
    with Home() as home:
        note = ("connect", "linkedin", "2026-11-18T09:00")
        short, long = draft(home, made, "one", note), draft(home, made, "one", note, "standard", "--linkedin-characters", 300)
        units = [len(one["body"].encode("utf-16-le")) // 2 for one in (short, long)]
        equal((units[0] <= 200, 200 < units[1] <= 300), (True, True), "units %r" % units)
        home.run("config", "me", "--linkedin-characters", "300")
        holds(home.run("config").out, "300")


@test
def whose_address_is_asked_for():
    made, _ = complete("panel", 0)
    made["people"].append({"id": "moss", "name": "Rita Moss", "salutation": "Ms. Moss", "role": "recruiter", "email": "moss@globex.example"})
    with Home() as home:
        got = draft(home, made, "moss", ("get-contact", "email", "2026-11-17T14:00"), "standard", "--about", "two")
        holds(got["body"], "Ms. Okoro")
        equal(got["gaps"], [], "gaps")


# ---- templates of one's own ----

@test
def own_template_takes_part():
    made, ids = complete("in-person", 0)
    with Home() as home:
        shipped = draft(home, made, "one", NOTES[0])
        path = home.json("template", "new", "thank-you.email")["path"]
        equal(draft(home, made, "one", NOTES[0]), shipped, "an untouched copy writes the same note")
        holds(home.refuses("template", "new", "thank-you.email", status=1), "thank-you.email")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace("{{interest_line}}", "I hope to hear {{good}}.") + "\n== good ==\ngood news\n")
        holds(home.run("template", "check", "thank-you.email").out, "I hope to hear good news.")
        holds(draft(home, made, "one", NOTES[0])["body"], "I hope to hear good news.")
        holds(home.run("template", "show", "thank-you.email").out, "I hope to hear {{good}}.")
        listed = {one["name"]: one["origin"] for one in home.json("template", "list")["templates"]}
        equal((listed["thank-you.email"], listed["card"]), ("yours", "shipped"), "origins")


@test
def own_shared_wordings():
    made, _ = complete("in-person", 0)
    with Home() as home:
        home.write("config/followup/templates/common.mustache", "== sign_off ==\nYours from the hills,\n")
        holds(draft(home, made, "one", NOTES[0])["body"], "Yours from the hills,\n")
        home.run("template", "check", "common")


FAULTS = {
    "misspelt": ("Dear {{salutaton}},\n", ["line 1", "{{salutaton}}", "{{salutation}}"]),
    "in-a-wording": ("{{hi}}\n== hi ==\n{{compnay}}\n", ["line 3", "{{company}}", "== hi =="]),
    "open": ("{{#fit}}\n", ["line 1", "{{/fit}} is expected"]),
    "empty-wordings": ("{{hi}}\n== hi ==\n", ["line 2", "at least one line"]),
}


@cases([(name, name) for name in sorted(FAULTS)])
def fault(name):
    text, parts = FAULTS[name]
    made, _ = complete("in-person", 0)
    with Home() as home:
        path = home.write("mine.mustache", text)
        sentences = [home.refuses("template", "check", path),
                     home.refuses("draft", "--step", "thank-you", "--to", "one", "--template", path, input=made)]
        home.write("config/followup/templates/thank-you.email.mustache", text)
        sentences.append(home.refuses("draft", "--step", "thank-you", "--to", "one", input=made))
        equal(len(home.json("template", "list")["faults"]), 1, "faults listed")
        for sentence, part in itertools.product(sentences, parts):
            holds(sentence, part)


@test
def names():
    with Home() as home:
        holds(home.refuses("template", "show", "pigeon", status=1), "thank-you.email.panel")
        holds(home.refuses("template", "new", "debrief", status=1), "no template")
        holds(home.refuses("template", "check"), "thank-you.email")
        holds(home.run("template", "show", "variables").out, "topic_phrase")
        home.run("template", "new", "check-in.card")
        home.run("template", "check", "check-in.card")


@test
def check_says_what_a_friend_would():
    with Home() as home:
        path = home.write("thank-you.email.mustache", "Subject: Hello\n\nDear {{salutation}},\n\nI want an answer by tomorrow.\n\n{{my_name}}\n")
        rules = {one["rule"] for one in home.json("template", "check", path)["findings"]}
        equal({"missing-thanks", "missing-specific"} <= rules, True, "found %r" % rules)


main()
