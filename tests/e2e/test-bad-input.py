#!/usr/bin/env python3
"""What must be refused is refused: one sentence on standard error, exit 2, and nothing kept.

Every case names what its sentence has to speak of.
"""
import json
import os
import subprocess

from program import ROOT, Home, cases, equal, facts, holds, main, one_sentence, sent, test

NOW = "2026-11-20T09:00:00-07:00"


def changed(path, value):
    """facts() with the value at a path of keys and indexes replaced."""
    given = facts()
    at = given
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return json.dumps(given)


with open(os.path.join(ROOT, "playbooks", "standard.playbook"), encoding="utf-8") as playbook_file:
    SHIPPED = playbook_file.read()
PERSON = {"id": "finn", "name": "Another Finn", "role": "other"}
TWICE = '{"version": 1, "version": 1}'
DEEP = "[" * 100000

BAD_FACTS = [
    ("empty", "", ["empty"]),
    ("white-space", " \n\t", ["empty"]),
    ("no-json", "nonsense", []),
    ("half", json.dumps(facts())[:200], []),
    ("two-documents", json.dumps(facts()) + json.dumps(facts()), []),
    ("an-array", "[]", ["object"]),
    ("deep", DEEP, []),
    ("nul", json.dumps(facts()) + "\0", []),
    ("not-utf-8", json.dumps(facts()).encode().replace(b"Globex", b"Gl\xffbex"), ["utf-8"]),
    ("version-2", changed(["version"], 2), ["version"]),
    ("no-version", json.dumps(facts(version=None)), ["version"]),
    ("zone-of-nowhere", changed(["timezone"], "Atlantis/Capital"), ["Atlantis/Capital"]),
    ("zone-that-climbs", changed(["timezone"], "../../etc/passwd"), ["time zone"]),
    ("zone-absolute", changed(["timezone"], "/etc/localtime"), ["time zone"]),
    ("zone-a-number", changed(["timezone"], 7), ["timezone"]),
    ("end-before-start", changed(["interviews", 0, "end"], "2026-11-17T09:00"), ["interviews[0]"]),
    ("interview-with-a-stranger", changed(["interviews", 0, "with"], ["sawyer"]), ["sawyer"]),
    ("two-people-of-one-id", json.dumps(facts(people=facts()["people"] + [PERSON])), ["finn"]),
    ("two-interviews-of-one-id", json.dumps(facts(interviews=facts()["interviews"] * 2)), ["onsite"]),
    ("promise-before-the-interview", changed(["interviews", 0, "promise"], {"decision_by": "2026-11-10"}), ["promise"]),
    ("year-9999", changed(["events"], [dict(sent(), at="9999-12-31T23:59")]), ["events[0]"]),
    ("year-0", changed(["interviews", 0, "start"], "0000-01-01T00:00"), ["interviews[0]"]),
    ("no-such-day", changed(["interviews", 0, "start"], "2026-02-30T10:00"), ["2026-02-30"]),
    ("no-such-hour", changed(["interviews", 0, "start"], "2026-11-17T25:00"), ["interviews[0]"]),
    ("name-with-a-line-break", changed(["people", 0, "name"], "Huck\nFinn"), ["people[0].name"]),
    ("name-right-to-left", changed(["people", 0, "name"], "Huck \u202eFinn"), ["people[0].name"]),
    ("name-with-emoji", changed(["people", 0, "name"], "Huck \U0001f600"), ["people[0].name"]),
    ("name-empty", changed(["people", 0, "name"], ""), ["people[0].name"]),
    ("address-with-a-header", changed(["people", 0, "email"], "finn@globex.example\r\nBcc: all@globex.example"), ["people[0].email"]),
    ("topic-with-escape", changed(["debriefs", 0, "topics", 0, "text"], "red \x1b[31m"), ["topics[0]"]),
    ("role-unknown", changed(["people", 0, "role"], "boss"), ["boss"]),
    ("kind-unknown", changed(["interviews", 0, "kind"], "lunch"), ["lunch"]),
    ("event-unknown", changed(["events"], [{"at": "2026-11-18T10:00", "kind": "ghosted"}]), ["ghosted"]),
    ("event-to-a-stranger", changed(["events"], [sent(to="sawyer")]), ["sawyer"]),
    ("event-of-no-interview", changed(["events"], [sent(interview="lunch")]), ["lunch"]),
    ("event-without-time", changed(["events"], [{"kind": "offer"}]), ["events[0]"]),
    ("unknown-key", changed(["people", 1, "emial"], "x"), ["emial"]),
    ("number-for-text", changed(["people", 0, "name"], 5), ["people[0].name"]),
    ("ten-megabytes", changed(["debriefs", 0, "topics", 0, "text"], "x" * 10_000_000), []),
    ("a-hundred-thousand-events", changed(["events"], [sent()] * 100000), []),
    ("weeks-without-end", changed(["interviews", 0, "promise"], {"process_weeks": 10 ** 12}), ["process_weeks"]),
]


@cases(BAD_FACTS)
def facts_are_refused(given, parts):
    with Home() as home:
        holds(home.refuses("plan", "--now", NOW, input=given), *parts)


@cases([one for one in BAD_FACTS if one[0] in ("empty", "two-people-of-one-id", "zone-of-nowhere", "name-with-a-line-break")])
def draft_refuses_them_too(given, parts):
    with Home() as home:
        holds(home.refuses("draft", "--step", "thank-you", "--to", "finn", "--now", NOW, input=given), *parts)


@cases([
    ("no-such-command", ["thank"], ["thank"]),
    ("no-such-option", ["plan", "--playbok", "standard"], ["playbok"]),
    ("option-without-value", ["plan", "--playbook"], ["playbook"]),
    ("no-such-playbook", ["plan", "--playbook", "the-secret"], ["the-secret"]),
    ("playbook-that-climbs", ["plan", "--playbook", "../../../etc/passwd"], []),
    ("no-such-time", ["plan", "--now", "whenever"], ["whenever"]),
    ("time-that-is-none", ["plan", "--now", "2026-13-01T09:00"], ["2026-13-01"]),
    ("no-such-format", ["plan", "--format", "yaml"], ["json"]),
    ("draft-without-step", ["draft", "--to", "finn"], ["step"]),
    ("draft-no-such-step", ["draft", "--step", "beg", "--to", "finn"], ["beg"]),
    ("draft-to-a-stranger", ["draft", "--step", "thank-you", "--to", "sawyer"], ["sawyer"]),
    ("draft-no-such-channel", ["draft", "--step", "thank-you", "--to", "finn", "--channel", "pigeon"], ["pigeon"]),
    ("a-control-character", ["plan", "--playbook", "x\x1b[31my"], []),
    ("interview-with-nobody", ["interview", "Globex", "2026-11-17T10:00"], ["with"]),
])
def usage_is_refused(arguments, parts):
    with Home() as home:
        told = home.run(*arguments, input=facts(), status=None)
        assert told.status in (1, 2), "status %d" % told.status
        holds(one_sentence(told.err), *parts)


PLAYBOOK = "[playbook]\nname=mine\n"
MISTAKEN = SHIPPED.replace("[D3]\n", "[D3]\ncolour = red\n")


@cases([
    ("empty", ""),
    ("no-key-file", "{}"),
    ("nothing-in-it", PLAYBOOK),
    ("unknown-section", PLAYBOOK + "[nonsense]\na=b\n"),
    ("unknown-key", PLAYBOOK + "colour=red\n"),
    ("nul", PLAYBOOK + "\0"),
    ("large", PLAYBOOK + "# " + "x" * 8_000_000 + "\n"),
])
def playbooks_are_refused(text):
    with Home() as home:
        path = home.write("mine.playbook", text)
        told = home.run("plan", "--playbook", path, "--now", NOW, input=facts(), status=2)
        one_sentence(told.err)


@cases([
    ("by-path", "mine.playbook", "{folder}/mine.playbook", MISTAKEN, "[D3] colour"),
    ("by-name", "config/followup/playbooks/mine.playbook", "mine", MISTAKEN, "[D3] colour"),
    ("no-key-file", "mine.playbook", "{folder}/mine.playbook", "{}", "key file"),
])
def a_mistake_in_a_playbook(file, name, text, place):
    """The sentence and the place name the file, and where in it the mistake is."""
    with Home() as home:
        path = home.write(file, text)
        command = ["plan", "--playbook", name.format(folder=home.folder), "--now", NOW]
        holds(one_sentence(home.run(*command, input=facts(), status=2).err), path, place)
        told = home.json("playbook", "show", command[2], status=2)["error"]
        holds(told["where"], path, place.split()[0] if place[0] == "[" else "")
        holds(" ".join(home.run("playbook").out.split()) if name == "mine" else path, path)


@cases([
    ("open-section", "{{#people}} x"),
    ("closed-but-never-opened", "x {{/people}}"),
    ("unknown-name", "Dear {{nobody.knows}},"),
    ("broken-tag", "Dear {{"),
    ("delimiters", "{{=| =}}"),
    ("nul", "Dear\0"),
    ("itself", "{{>mine}}"),
    ("large", "x" * 8_000_000),
])
def templates_are_refused(text):
    with Home() as home:
        path = home.write("mine.mustache", text)
        told = home.run("draft", "--step", "thank-you", "--to", "finn", "--template", path, "--now", NOW, input=facts(), status=2)
        one_sentence(told.err)


@cases([
    ("empty", ""),
    ("blank", " \n\t\n"),
    ("only-a-comment", "{{! nothing yet }}\n"),
    ("only-a-subject", "Subject: Thank you\n\n"),
])
def a_template_that_says_nothing(text):
    """It gives no empty note, neither by its path nor from the config folder; nor is it sound."""
    with Home() as home:
        path = home.write("mine.mustache", text)
        write = ["draft", "--step", "thank-you", "--to", "finn", "--now", NOW]
        holds(one_sentence(home.run(*write, "--template", path, input=facts(), status=2).err), "mine.mustache", "empty")
        own = home.write("config/followup/templates/thank-you.email.mustache", text)
        holds(one_sentence(home.run(*write, input=facts(), status=2).err), "empty")
        holds(home.refuses("template", "check", own), "empty")
        home.write("config/followup/templates/common.mustache", text)  # wordings of one's own: none
        os.unlink(own)
        holds(home.run(*write, input=facts()).out, "Dear Mr. Finn")


@cases([
    ("a-folder", "folder"),
    ("no-such-file", "nothing-here"),
])
def files_that_are_none(name):
    with Home() as home:
        os.mkdir(os.path.join(home.folder, "folder"))
        path = os.path.join(home.folder, name)
        told = home.run("plan", "--playbook", path + ".playbook" if name != "folder" else path, input=facts(), status=None)
        assert told.status in (1, 2)
        holds(one_sentence(told.err), name)


NOTE = ["review", "--step", "thank-you", "--to", "finn"]
DRAFT = ["draft", "--step", "thank-you", "--to", "finn"]


@cases([
    ("playbook", ["plan", "--playbook"]),
    ("template", [*DRAFT, "--template"]),
    ("facts", [*NOTE, "--facts"]),
    ("others", [*NOTE, "--others"]),
    ("facts-of-a-mail", ["classify", "--facts"]),
    ("template-check", ["template", "check"]),
    ("playbook-check", ["playbook", "check"]),
])
def a_file_without_end(command):
    """What has no end is read up to the limit, and refused."""
    with Home() as home:
        told = home.run(*command, "/dev/zero", input=facts(), status=2, timeout=20)
        holds(one_sentence(told.err), "/dev/zero", "larger than")


@cases([
    ("playbook", ["plan", "--playbook", "%s/rules.playbook", "--now", NOW], SHIPPED),
    ("template", [*DRAFT, "--template", "%s/rules.playbook", "--now", NOW], "Dear {{salutation}},"),
])
def a_pipe_for_a_file(command, text):
    """What is no file can be read as one."""
    with Home() as home:
        path = home.write("kept.playbook", text)
        want = home.run(*[word.replace("%s/rules", home.folder + "/kept") for word in command], input=facts()).out
        pipe = os.path.join(home.folder, "rules.playbook")
        os.mkfifo(pipe)
        with subprocess.Popen(["cp", path, pipe]):
            got = home.run(*[word.replace("%s", home.folder) for word in command], input=facts()).out
        equal(got.replace('"rules"', '"kept"'), want)


@test
def a_file_on_standard_input():
    with Home() as home:
        holds(home.run("playbook", "check", "/dev/stdin", input=SHIPPED).out, "well written")


@test
def what_is_refused_is_not_stored():
    """A refused import or interview leaves no row, and not half of one."""
    with Home(now="2026-11-17T12:00:00-07:00") as home:
        home.run("interview", "Globex", "2026-11-17T10:00", "--with", "Huck Finn <finn@globex.example>", "--position", "Data analyst")
        before = home.json("export")
        for given in ("", "{", '{"version": 99}', json.dumps(facts())[:300]):
            home.run("import", home.write("in.json", given), status=2)
        home.run("interview", "Initech", "30 feb 10am", "--with", "Ann Lee", status=2)
        home.run("interview", "Initech", "2026-11-17T10:00", "--with", "Ann\u202eLee", status=2)
        after = home.json("export")
        if before != after:
            raise AssertionError("the store changed: %s" % after)


main()
