#!/usr/bin/env python3
"""The commands as a person types them: what they say, what they suggest, what they refuse, and the same as JSON.

What is suggested is pasted into a shell and has to work.  Questions are answered through a terminal of the test's own.
"""
import fcntl
import json
import os
import pty
import re
import resource
import select
import signal
import sqlite3
import stat
import struct
import subprocess
import termios
import time
import unicodedata

from program import PROGRAM, ROOT, Home, cases, equal, facts, holds, main, one_sentence, test
from rows import copy_opportunity

TUESDAY = "2026-11-17T12:00:00-07:00"
PANEL = ["interview", "Globex", "today 10am", "--for", "1h30", "--position", "Data analyst", "--with", "Huck Finn <finn@globex.example>, hiring-manager",
         "--with", "Ada Okoro <okoro@globex.example>", "--with", "Tom Lind, interviewer"]
DEBRIEF = ["debrief", "globex", "--topic", "finn: moving the forecast off spreadsheets", "--topic", "okoro: how the team reviews queries",
           "--topic", "lind: who answers at night", "--fit", "five years of SQL in a team of three"]

with open(os.path.join(ROOT, "playbooks", "morning-after.playbook"), encoding="utf-8") as playbook_file:
    SHIPPED = playbook_file.read()


def recorded(home):
    return home.begin(PANEL, ["config", "me", "--name", "Ana Reyes", "--email", "ana@example.net", "--skill", "SQL"], DEBRIEF)


def suggestions(out):
    """The command lines that a text suggests, whole."""
    lines = re.sub(r"\\\n +", "", out).split("\n")
    return [line.strip() for line in lines if re.match(r" {6}followup\b", line)]


def paste(home, line, now=None):
    """Runs a line in a shell, its words in capitals filled in; returns (status, out, err)."""
    folder = os.path.join(home.folder, "bin")
    if not os.path.isdir(folder):
        os.mkdir(folder)
        os.symlink(PROGRAM, os.path.join(folder, "followup"))
    line = line.replace("ADDRESS", "somebody@globex.example").replace("NAME", "Some Body").replace("NUMBER", "'+1 602 555 0100'")
    if re.fullmatch(r"followup debrief \S+", line):
        line += " --fit 'five years of SQL'"  # a person would be asked
    env = dict(home.env, PATH=folder + ":" + os.environ.get("PATH", "/usr/bin:/bin"))
    moment = now or home.now
    done = subprocess.run(["bash", "-c", line + (" --now=%s" % moment if moment else "")], env=env, cwd=home.folder, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


class Terminal:
    """A command in a terminal of 80 columns; a context manager."""

    def __init__(self, home, *arguments, now=None, **env):
        self.home, self.arguments, self.now, self.env, self.text = home, arguments, now, env, ""

    def __enter__(self):
        command = self.home.command(*self.arguments, now=self.now)
        self.pid, self.end = pty.fork()
        if self.pid == 0:
            signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may ignore it
            os.chdir(self.home.folder)
            os.execve(command[0], command, {**self.home.env, "TERM": "xterm", **self.env})
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        return self

    def read_until(self, part, seconds=20):
        """Reads until the text read since the last answer holds a part, or, with None, to the end."""
        limit = time.monotonic() + seconds
        while part is None or part not in self.text:
            ready, _, _ = select.select([self.end], [], [], 0.2)
            data = b""
            if ready:
                try:
                    data = os.read(self.end, 4096)
                except OSError:
                    pass
                if not data:
                    if part is not None:
                        raise AssertionError("it ended without %r:\n%s" % (part, self.text))
                    return self.text
                self.text += data.decode("utf-8", "replace")
            if time.monotonic() > limit:
                raise AssertionError("waited in vain for %r:\n%s" % (part, self.text))
        return self.text

    def answer(self, prompt, text):
        """Waits for a prompt and types a line."""
        self.read_until(prompt)
        self.text = self.text.split(prompt, 1)[1]
        os.write(self.end, (text if isinstance(text, bytes) else text.encode()) + b"\n")

    def finish(self):
        """(status, what was said since the last answer)"""
        text = self.read_until(None)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1]), text

    def __exit__(self, kind, *_):
        if kind is not None:
            try:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
            except (ProcessLookupError, ChildProcessError):
                pass
        os.close(self.end)


# ---- the first minutes ----

@test
def an_empty_home():
    """A newcomer is led to the first interview, and nothing is made by looking."""
    with Home(now=TUESDAY) as home:
        told = home.run().out
        holds(told, "Nothing is on record yet", "followup help")
        equal(len(suggestions(told)), 1, "commands suggested")
        for command in (["list"], ["show"], ["people"], ["export"], ["config"]):
            home.run(*command, status=None)
        assert not os.path.exists(home.db), "looking made a database"
        status, out, err = paste(home, suggestions(told)[0])
        equal((status, err), (0, ""), "the first command, pasted")
        holds(" ".join(out.split()), "Huck Finn", "America/Phoenix", "10:00")
        holds(home.run().out, "Globex (Data analyst)", "followup debrief globex")


@test
def suggestions_lead_on():
    """Whatever is suggested works when it is pasted, for days on end."""
    with Home(now=TUESDAY) as home:
        pasted, seen = set(), 0
        status, _, err = paste(home, suggestions(home.run().out)[0])
        for moment in ("2026-11-17T12:00", "2026-11-17T13:00", "2026-11-18T09:30", "2026-11-20T09:30", "2026-12-01T09:30", "2026-12-08T10:00", "2026-12-30T10:00"):
            home.now = moment
            for _ in range(12):
                told = home.run().out + home.run("people", "globex").out + home.run("config").out
                fresh = [line for line in suggestions(told) if (moment, line) not in pasted]
                if not fresh:
                    break
                pasted.add((moment, fresh[0]))
                status, out, err = paste(home, fresh[0])
                assert status != 2 and (status == 0 or fresh[0].split()[1] in ("send", "approve", "config")), "%s (%s): %s%s" % (fresh[0], moment, out, err)
                for line in suggestions(out):
                    if " edit " not in line:  # which opens an editor, and there is no terminal
                        status, _, err = paste(home, line)
                        assert status != 2, "%s after %s: %s" % (line, fresh[0], err)
                        seen += 1
        assert len({line.split()[1] for _, line in pasted}) >= 6, "kinds of commands: %s" % sorted({line for _, line in pasted})
        assert seen > 2, "few suggestions: %d" % seen


@test
def help_examples_are_real():
    """Each example of each command's help is read without complaint about usage."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        home.write("facts.json", json.dumps(facts()))
        home.write("note.txt", "Subject: Thank you\n\nDear Mr. Finn,\n\nThank you for your time.\n\nAna Reyes\n")
        home.write("mine.playbook", SHIPPED)
        home.write("all.json", home.run("export").out)
        for op in home.json("help")["commands"]:
            if op["name"] in ("deliver", "desk", "mcp", "serve", "watch"):  # they run until they are stopped
                continue
            told = home.run("help", op["name"]).out
            examples = suggestions(told)
            equal(len(examples), len(home.json("help", op["name"])["examples"]), "examples of %s" % op["name"])
            holds(told, op["summary"], "Usage")
            for line in examples:
                line = line if "--now" not in line else line.replace("--now 2026-11-20T09:00", "")
                status, _, err = paste(home, line)
                for part in ("no option", "no command", "does not know what to do", "needs a value", "missing"):
                    assert part not in err, "%s: %s" % (line, err)
                assert status in (0, 1) or line.endswith("edit globex finn"), "%s: status %d: %s" % (line, status, err)


# ---- what is shown ----

@test
def a_panel_is_one_task():
    """Three people thanked by the same hour are one line, and still three steps for programs."""
    with Home(now=TUESDAY) as home:
        home.run(*PANEL[:-1], "Tom Lind <lind@globex.example>")
        told = home.run().out
        holds(told, "Thank Huck Finn, Ada Okoro and Tom Lind by e-mail", "followup draft globex")
        equal(told.count("Thank "), 1, "lines that thank")
        due = home.json()["due"]
        equal(sorted(step["to"] for step in due if step["step"] == "thank-you"), ["finn", "lind", "okoro"])
        for step in due:
            holds(step["command"], "followup ")
            assert step["because"] and step["due"], step


@test
def what_is_late_stands_first():
    with Home(now=TUESDAY) as home:
        recorded(home)
        told = home.run(now="2026-11-18T11:00").out
        holds(told, "To do")
        late = home.run(now="2026-11-18T13:00").out
        assert late.startswith("Late\n"), late
        holds(late, "! Thank", "was due")
        equal(home.run(now="2026-11-17T12:00").out.startswith("To do\n"), True, "in time")


@test
def two_clocks():
    """With an employer elsewhere both clocks are said."""
    with Home(now=TUESDAY) as home:
        told = home.run("interview", "Asahi", "2026-11-17T09:00", "--zone", "Asia/Tokyo", "--with", "Ren Sato <sato@asahi.example>").out
        holds(told, "Asia/Tokyo")
        shown = home.run(now="2026-11-16T20:00").out
        holds(" ".join(shown.split()), "by tomorrow, 07:59 (23:59 in Tokyo)", "by tomorrow, 18:00 (Wednesday 10:00 in Tokyo)")
        holds(" ".join(home.run("show", "asahi", now="2026-11-16T20:00").out.split()), "by Tuesday 17 November, 23:59 in Tokyo; and 1 more.",
              "What happened (times in Tokyo)")
        home.run("interview", "Globex", "tomorrow 10am", "--with", "Huck Finn <finn@globex.example>")
        assert " in " not in home.run("show", "globex").out.split("What is next")[0].split("times in")[1], "one clock"


def too_wide(out, width):
    def columns(line):
        return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
    lines = re.sub(r"(?m)^ {6}followup.*(?:(?<=\\)\n.*)*", "", out).split("\n")  # words of a command stay whole
    return [line for line in lines if columns(line) > width and len(line.split()) > 2]


@cases([("%s-columns" % width, width) for width in (40, 80, 200)])
def it_fits_the_terminal(width):
    with Home(now=TUESDAY, COLUMNS=str(width)) as home:
        recorded(home)
        home.run("draft", "globex")
        home.run("interview", "\u6771\u4eac\u5546\u4e8b Vandelay Industries International Holdings", "fri 3pm", "--position", "Senior analyst of imports, exports and what lies between",
                 "--with", "Art Vandelay <vandelay@vandelay.example>")
        for command in ([], ["show", "globex"], ["list"], ["people", "globex"], ["help"], ["help", "config"], ["config"], ["playbook", "show", "standard"]):
            equal(too_wide(home.run(*command).out, min(width, 100)), [], "lines too wide of %s" % command)


@test
def colours_only_on_a_terminal():
    with Home(now=TUESDAY) as home:
        recorded(home)
        assert "\x1b" not in home.run().out
        for env, coloured in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
            with Terminal(home, "today", **env) as terminal:
                status, text = terminal.finish()
            equal((status, "\x1b[" in text), (0, coloured), "colours with %s" % env)


@test
def foreign_text_is_tamed():
    """What comes from outside cannot speak to the terminal."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        path = home.write("in.json", home.run("export").out.replace("who answers at night", "x\\u202ey"))
        with Home(now=TUESDAY) as other:
            other.run("import", path)
            for command in (["show"], ["draft"]):
                assert "\u202e" not in other.run(*command).out, command


# ---- JSON everywhere ----

@test
def json_everywhere():
    """Every command prints valid JSON, whatever becomes of it."""
    with Home(now=TUESDAY) as home:
        home.json()
        home.json("list")
        for words in (PANEL, DEBRIEF, ["draft", "globex"], ["people", "globex", "lind", "--email", "lind@globex.example"]):
            home.json(*words)
        home.json("config", "me", "--name", "Ana Reyes", "--email", "ana@example.net")
        export = os.path.join(home.folder, "all.json")
        for words in ([], ["today"], ["list"], ["list", "glo"], ["show", "globex"], ["people", "globex"], ["config"], ["playbook"],
                      ["playbook", "show", "standard"], ["playbook", "check", "standard"], ["review", "--explain", "wrong-name"],
                      ["add", "Initech"], ["promise", "globex", "--decision-by", "thu"], ["log", "globex", "--step", "sound-out"],
                      ["reply", "globex", "finn", "--says", "more-time"], ["outcome", "initech", "withdrawn"], ["export"], ["export", export],
                      ["import", export], ["backup", os.path.join(home.folder, "b.db")], ["recompute"], ["delete", "initech", "--yes"],
                      ["help"], ["help", "show"], ["show", "--help"], ["--version"], ["completion", "bash"]):
            assert isinstance(home.json(*words), dict), words
        equal(home.json("edit", "globex", "finn", input="Subject: Thanks\n\nDear Mr. Finn,\n\nthank you.\n")["subject"], "Thanks")
        for words, status, code in ((["approve", "globex", "finn"], 1, "conflict"), (["send"], 0, None), (["send", "globex"], 1, "conflict"),
                                    (["deliver", "--once"], 0, None),
                                    (["delete", "globex"], 1, "conflict"), (["show", "nobody"], 1, "missing"), (["dance"], 2, "invalid"),
                                    (["list", "--quick"], 2, "invalid"), (["interview", "X", "30 feb 9am", "--with", "A B"], 2, "invalid"),
                                    (["plan"], 2, "invalid"), (["import"], 2, "invalid"), (["settle", "globex", "finn", "sent"], 1, "missing"),
                                    (["help", "dance"], 2, "invalid"), (["completion", "tcsh"], 2, "invalid"),
                                    (["review", "globex", "finn"], 1, None), (["playbook", "check", "nothing"], 1, "missing")):
            told = home.run(*words, "--format", "json", status=status).json()
            equal(told.get("error", {}).get("code"), code, "code of %s" % words)


# ---- names ----

@test
def names():
    """A unique start is enough, an ambiguous one lists and stops, a number always works."""
    with Home(now=TUESDAY) as home:
        home.run("add", "Globex", "--position", "Data analyst")
        equal(home.json("show", "glo")["company"], "Globex")
        equal(home.json("show", "GLOBEX data")["company"], "Globex")
        home.run("add", "Globe Trotters")
        holds(home.refuses("show", "glob"), "Globex (Data analyst) #1", "Globe Trotters #2")
        equal(home.json("show", "globex")["opportunity"], 1)
        home.run("add", "Globex", "--position", "Data engineer")
        holds(home.refuses("show", "globex"), "#1", "#3")
        equal([home.json("show", name)["opportunity"] for name in ("#3", "globex#3", "globex data e")], [3, 3, 3])
        holds(home.refuses("show", "globe#3x", status=1), "globe#3x")
        holds(home.refuses("show", "trotters#1"), "Globex")
        holds(home.refuses("add", "Globex"), "2 opportunities")
        holds(home.refuses("show", "#77", status=1), "77")
        # what is suggested for one of two is not ambiguous
        home.run("interview", "globex data e", "today 10am", "--with", "Ada Okoro <okoro@globex.example>")
        for line in suggestions(home.run().out):
            status, _, err = paste(home, line)
            equal(status, 0, "%s: %s" % (line, err))


@test
def a_new_company_beside_its_namesake():
    """The start of a name on record is not taken for it where a new name may be meant."""
    with Home(now=TUESDAY) as home:
        with_ann = ["--with", "Ann Lee <lee@meta.example>"]
        home.run("interview", "Metabase", "fri 9am", *with_ann)
        equal(home.json("interview", "Meta", "fri 10am", *with_ann)["new"], True)
        equal(home.json("interview", "metab", "fri 11am", *with_ann)["company"], "Metabase")
        home.run("interview", "Vandelay Industries", "fri 9am", *with_ann)
        equal(home.json("interview", "Vandelay", "fri 2pm", *with_ann)["company"], "Vandelay Industries")
        home.run("add", "Metabase", "--position", "Cook")
        holds(home.refuses("interview", "Metabase", "fri 4pm", "--position", "Chef", *with_ann, status=1), "followup add")


@test
def people():
    with Home(now=TUESDAY) as home:
        recorded(home)
        holds(home.refuses("people", "globex", "sawyer", "--phone", "1", status=1), "sawyer", "ADDRESS")
        holds(home.refuses("people", "globex", "lind", "--email", "nonsense"), "nonsense")
        holds(home.refuses("people", "globex", "--email", "a@b.example"), "PERSON")
        home.run("people", "globex", "Rosa Diaz <diaz@globex.example>, recruiter")
        home.run("people", "globex", "lind", "--email", "lind@globex.example", "--role", "hr", "--phone", "+1 602 555 0100")
        home.run("people", "globex", "lind", "--phone", "-")
        found = {person["id"]: person for person in home.json("people", "globex")["people"]}
        equal(sorted(found), ["diaz", "finn", "lind", "okoro"])
        equal((found["lind"]["email"], found["lind"]["role"], found["lind"]["phone"]), ("lind@globex.example", "hr", None))


# ---- interviews ----

@test
def an_interview_said_twice():
    """It is one; what is not said again stays; with its id it is moved."""
    with Home(now=TUESDAY) as home:
        home.run("interview", "Globex", "fri 10am", "--for", "1h30", "--kind", "in-person", "--with", "Huck Finn", "--with", "Ada Okoro")
        home.run("interview", "Globex", "fri 10am", "--decision-by", "30 nov")
        one = home.json("show", "globex")["interviews"]
        equal(len(one), 1, "interviews")
        equal((one[0]["kind"], one[0]["with"], one[0]["end"]), ("in-person", ["finn", "okoro"], "2026-11-20T11:30:00-07:00"))
        told = home.run("interview", "Globex", "mon 2pm", "--with", "Huck Finn").out
        holds(told, "--id in-person")
        home.run("interview", "Globex", "mon 4pm", "--id", "in-person")
        moved = {one["id"]: one["start"] for one in home.json("show", "globex")["interviews"]}
        equal(moved["in-person"], "2026-11-23T16:00:00-07:00")
        holds(home.refuses("interview", "Globex", "tue 9am"), "--with")


@test
def reopened():
    """A later interview at a closed opportunity asks; in a terminal it can be answered."""
    again = ["interview", "globex", "fri 2pm", "--with", "finn"]
    with Home(now=TUESDAY) as home:
        recorded(home)
        home.run("outcome", "globex", "rejected")
        holds(home.refuses(*again, status=1), "--reopen")
        with Terminal(home, *again) as terminal:
            terminal.answer("open again? [y/N] ", "n")
            equal(terminal.finish()[0], 1)
        equal(len(home.json("show", "globex")["interviews"]), 1)
        with Terminal(home, *again) as terminal:
            terminal.answer("open again? [y/N] ", "y")
            status, told = terminal.finish()
            equal(status, 0, told)
        equal(len(home.json("show", "globex")["interviews"]), 2)
        home.run("outcome", "globex", "withdrawn")
        home.run("interview", "globex", "2026-11-10T10:00", "--with", "finn")  # one that was forgotten, from before


# ---- a debrief ----

@test
def debrief_in_a_terminal():
    """Questions in a terminal: lines can be edited, a day is said back or asked again, and all of it is kept."""
    with Home(now=TUESDAY) as home:
        home.begin(PANEL)
        with Terminal(home, "debrief") as terminal:
            holds(terminal.read_until("Huck Finn? "), "panel today, 10:00 at Globex")
            terminal.answer("Huck Finn? ", "moving the foracast".encode() + b"\x08" * 4 + "".encode() + b"cast, Zo\xc3\xab")
            terminal.answer("and? ", "")
            for question in ("Ada Okoro? ", "Tom Lind? ", "went well? ", "clear up? ", "unsaid? ", "good match? "):
                terminal.answer(question, "")
            terminal.answer("nov)? ", "soon")
            holds(terminal.read_until("nov)? "), "\"soon\" is not a date")
            terminal.answer("nov)? ", "17:30")
            holds(terminal.read_until("nov)? "), "A day is needed")
            terminal.answer("nov)? ", "thu")
            holds(terminal.read_until("may ask? "), "Thursday 19 November.")
            terminal.answer("may ask? ", "")
            status, told = terminal.finish()
            equal(status, 0, told)
            holds(told, "on record", "Thursday 19 November")
        kept = home.json("export")["opportunities"][0]["facts"]
        equal(kept["interviews"][0]["promise"]["decision_by"], "2026-11-19")
        equal(kept["debriefs"][0]["topics"], [{"with": "finn", "text": "moving the foracast, Zo\u00eb"}])


def kept(home):
    """The files that keep the answers of a debrief."""
    return [os.path.join(os.path.dirname(home.db), name) for name in os.listdir(os.path.dirname(home.db)) if "-debrief-" in name]


@cases([
    ("ctrl-c", lambda terminal: os.write(terminal.end, b"\x03")),
    ("killed", lambda terminal: os.kill(terminal.pid, signal.SIGKILL)),
    ("hung-up", lambda terminal: os.kill(terminal.pid, signal.SIGHUP)),
])
def a_debrief_broken_off(end):
    """What was said is kept, for its user alone, and gone on with; a day is the day that was meant."""
    with Home(now=TUESDAY) as home:
        home.begin(PANEL)
        with Terminal(home, "debrief", "globex") as terminal:
            holds(terminal.read_until("Huck Finn? ").replace("\r\n", " "), "Ctrl-C keeps what you said")
            terminal.answer("Huck Finn? ", "a topic")
            for question in ("and? ", "Ada Okoro? ", "Tom Lind? "):
                terminal.answer(question, "")
            terminal.answer("went well? ", "it's a good one")
            for question in ("and? ", "clear up? ", "unsaid? ", "good match? "):
                terminal.answer(question, "")
            terminal.answer("nov)? ", "thu")
            terminal.read_until("may ask? ")
            end(terminal)
            assert terminal.finish()[0] != 0
        equal(home.json("export")["opportunities"][0]["facts"].get("debriefs", []), [])
        equal([stat.S_IMODE(os.stat(path).st_mode) for path in kept(home)], [0o600], "modes of what is kept")
        home.now = "2026-11-18T12:00:00-07:00"
        with Terminal(home, "debrief", "globex") as terminal:
            holds(terminal.read_until("[Y/n] "), "a topic", "a good one", "2026-11-19")
            terminal.answer("[Y/n] ", "")
            terminal.answer("may ask? ", "")  # the question it was broken off at
            status, told = terminal.finish()
            equal(status, 0, told)
        facts = home.json("export")["opportunities"][0]["facts"]
        equal((facts["debriefs"][0]["topics"], len(facts["debriefs"][0]["strong"])), ([{"with": "finn", "text": "a topic"}], 1))
        equal(facts["interviews"][0]["promise"]["decision_by"], "2026-11-19")
        equal(kept(home), [])


@test
def answers_that_are_not_wanted():
    """What was kept is gone when it is declined, and with what it belongs to."""
    with Home(now=TUESDAY) as home:
        home.begin(PANEL)

        def begin(*answers):
            with Terminal(home, "debrief", "globex") as terminal:
                for prompt, answer in answers:
                    terminal.answer(prompt, answer)
                terminal.answer("Huck Finn? ", "a secret")
                terminal.read_until("and? ")
                os.write(terminal.end, b"\x03")
                terminal.finish()
            equal(len(kept(home)), 1, "files")

        begin()
        begin(("[Y/n] ", "n"))
        equal(open(kept(home)[0]).read().count("secret"), 1, "what is kept of two beginnings")
        home.run("interview", "globex", "--called-off")
        equal(kept(home), [])
        home.run(*PANEL)
        begin()
        home.run("delete", "globex", "--yes")
        equal(kept(home), [])


@test
def answers_are_not_lost():
    """Where they cannot be stored they are given back as a command line."""
    with Home(now=TUESDAY) as home:
        home.begin(PANEL)
        with Terminal(home, "debrief", "globex") as terminal:
            terminal.answer("Huck Finn? ", "it's a topic")
            for question in ("and? ", "Ada Okoro? ", "Tom Lind? ", "went well? ", "clear up? ", "unsaid? ", "good match? "):
                terminal.answer(question, "")
            terminal.answer("nov)? ", "2026-11-10")
            terminal.answer("may ask? ", "")
            status, told = terminal.finish()
        equal(status, 2, told)
        line = re.search(r"followup debrief.*", told.replace("\r", ""))[0]
        status, _, err = paste(home, line.replace("2026-11-10", "2026-11-19"))
        equal((status, err), (0, ""), line)


def editor(home, script):
    path = home.write("bin-editor/editor", "#!/bin/sh\n" + script)
    os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
    home.env.update(EDITOR="'%s'" % path, VISUAL="")


@test
def the_editor():
    """A note and a debrief in the editor; what cannot be taken is not lost."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        home.run("draft", "globex", "finn")
        editor(home, "sed -i 's/^Dear .*/Dear Mr. Sawyer,/' \"$1\"")
        with Terminal(home, "edit", "globex", "finn") as terminal:
            status, told = terminal.finish()
        equal(status, 0, told)
        holds(told, "Changed.", "Sawyer")
        editor(home, "exit 3")
        with Terminal(home, "edit", "globex", "finn") as terminal:
            status, told = terminal.finish()
        equal(status, 1, told)
        holds(told, "nothing was changed")
        editor(home, "true")
        with Terminal(home, "edit", "globex", "finn") as terminal:
            equal(terminal.finish()[0], 1)
        editor(home, "printf 'Dear Mr. Finn,\\n' > \"$1\"; rm -f '%s'; ln -s /nowhere/x '%s'" % (home.db, home.db))
        before = open(home.db, "rb").read()
        with Terminal(home, "edit", "globex", "finn") as terminal:
            status, told = terminal.finish()
        equal(status, 1, told)
        kept = re.search(r"What you wrote is in (\S+)", told)[1]
        equal(open(kept).read(), "Dear Mr. Finn,\n")
        os.unlink(home.db)
        open(home.db, "wb").write(before)
        editor(home, "sed -i '/^#: unsaid/a the course I gave' \"$1\"")
        told = home.run("debrief", "globex", "--editor").out
        holds(told, "on record")
        equal(home.json("export")["opportunities"][0]["facts"]["debriefs"][0]["unsaid"], ["the course I gave"])


# ---- what happens ----

@test
def what_is_logged():
    """A call finds its step; what came back is what was sent last; a day that is to come is none."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        holds(home.refuses("log", "globex", "finn", "--bounced", status=1), "Nothing on record was sent")
        home.run("log", "globex", "finn")
        home.run("log", "globex", "finn", "--bounced")
        plan = {(step["step"], step["to"]): step["state"] for step in home.json("show", "globex")["plan"]["steps"]}
        equal(plan["thank-you", "finn"], "blocked")
        home.run("people", "globex", "finn", "--email", "huck@globex.example", "--phone", "+1 602 555 0111")
        home.run("log", "globex", "finn", "--step", "thank-you")
        holds(home.refuses("log", "globex", "finn", "--at", "tomorrow"), "still to come")
        holds(home.refuses("log", "globex", "finn", "--step", "card", "--result", "reached", "--bounced"), "--result")
        home.run("promise", "globex", "--decision-by", "thu")
        home.now = "2026-11-20T09:30"
        holds(home.refuses("log", "globex", "finn", "--step", "check-in"), "--result reached")
        holds(home.run("log", "globex", "finn", "--result", "message-left").out, "check-in")
        plan = {(step["step"], step["to"], step["attempt"]): step["state"] for step in home.json("show", "globex")["plan"]["steps"]}
        equal(plan["check-in", "finn", 1], "done")
        told = home.run("reply", "globex", "finn", "--says", "more-time", "--decision-by", "4 dec", "--follow-up-after", "3 dec").out
        holds(re.sub(r"\s+", " ", told), "Friday 4 December", "Thursday 3 December")
        last = home.json("export")["opportunities"][0]["facts"]["events"][-1]  # both dates together: later dates replace earlier ones
        equal((last["kind"], last["decision_by"], last["follow_up_after"]), ("promise", "2026-12-04", "2026-12-03"))


@test
def two_interviews_at_once():
    """A command about one of several interviews names it; words to say in one are none for the next."""
    with Home(now="2026-11-17T09:00") as home:
        home.begin(PANEL)
        home.run("interview", "globex", "tomorrow 10am", "--with", "finn", "--kind", "video")
        home.run("draft", "globex", "--step", "prepare-close")
        holds(home.refuses("approve", "globex", "--step", "prepare-close", "--interview", "panel", status=1), "for yourself")
        home.run("draft", "globex", "--step", "prepare-close", now="2026-11-17T13:00")
        home.run("edit", "globex", "--step", "prepare-close", "--text", "Thank you.", now="2026-11-17T13:00")
        home.now = "2026-11-18T12:00"
        told = home.run().out
        holds(told, "followup debrief globex --interview panel", "followup debrief globex --interview video")
        for id in ("panel", "video"):
            home.run("debrief", "globex", "--interview", id, "--topic", "finn: the rota")
        holds(home.run().out, "--step sound-out --interview video")
        home.run("log", "globex", "--step", "sound-out", "--interview", "panel")
        holds(home.run().out, "log globex --step sound-out\n")


@test
def an_interview_is_called_off():
    """One goes off the record; what is on record of the others stays theirs, and what is next is said."""
    with Home(now=TUESDAY) as home:
        home.run("interview", "Globex", "2026-11-10T10:00", "--kind", "phone-screen", "--id", "screen", "--with", "Huck Finn <finn@globex.example>")
        home.run("interview", "globex", "tomorrow 10am", "--with", "okoro", "--with", "finn", "--id", "wrong")
        home.run("interview", "globex", "2026-11-16T10:00", "--kind", "video", "--id", "talk", "--with", "finn")
        home.run("debrief", "globex", "--interview", "talk", "--topic", "finn: the rota")
        home.run("log", "globex", "finn", "--step", "thank-you", "--interview", "talk")
        home.run("draft", "globex", "--step", "prepare-close")
        holds(home.refuses("interview", "globex", "--called-off"), "--id screen", "--id wrong", "--id talk")
        holds(home.refuses("interview", "globex", "--id", "none", "--called-off", status=1), "screen, wrong, talk")
        holds(home.refuses("interview", "globex", "fri 10am", "--id", "wrong", "--called-off"), "--called-off")
        holds(home.refuses("interview", "globex", "--id", "wrong"), "when")
        holds(home.refuses("interview", "Initech", "--called-off", status=1), "Initech")
        before = home.run("export").out
        stays = home.refuses("interview", "globex", "--id", "talk", "--called-off", status=1)
        holds(stays, "thank-you", "Huck Finn", 'followup interview globex "WHEN" --id talk', "followup log globex --undo")
        equal(home.run("export").out, before, "the record after what was refused")
        told = home.run("interview", "globex", "--id", "wrong", "--called-off").out
        holds(told, "Off the record at Globex", "tomorrow")
        facts = home.json("export")["opportunities"][0]
        equal([one["id"] for one in facts["facts"]["interviews"]], ["screen", "talk"])
        equal([one["interview"] for one in facts["facts"]["debriefs"]], ["talk"])
        equal([one["interview"] for one in facts["facts"]["events"]], ["talk"])
        equal([(one["state"], one["interview"]) for one in facts["drafts"]], [("discarded", -1)])
        home.run("log", "globex", "--undo")
        holds(home.refuses("interview", "globex", "--id", "talk", "--called-off", status=1), "debrief", "--yes")
        equal(home.json("interview", "globex", "--id", "talk", "--called-off", "--yes")["interviews"], 1)
        told = home.run("interview", "globex", "--called-off").out  # the only one there is
        equal(suggestions(told), ['followup interview globex "WHEN" --with NAME'])
        equal(home.json("show", "globex")["interviews"], [])
        home.run("interview", "globex", "mon 3pm", "--with", "finn", "--id", "again")
        home.run("interview", "globex", "tue 4pm", "--id", "again")
        equal([one["start"] for one in home.json("show", "globex")["interviews"]], ["2026-11-24T16:00:00-07:00"])


@test
def a_note_that_waits_for_an_interview_called_off():
    """It is taken back with the interview."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        home.run("config", "mail", "--address", "ana@example.net", "--host", "127.0.0.1", "--port", 9, "--security", "plaintext", "--auth", "none", "--no-probe")
        home.run("draft", "globex", "finn", "--step", "thank-you")
        home.run("approve", "globex", "finn", "--step", "thank-you")
        equal(home.rows("SELECT state FROM outbox"), [("ready",)])
        home.run("interview", "globex", "--called-off", "--yes")
        equal(home.rows("SELECT state, last_error FROM outbox"), [("cancelled", "the interview was called off")])


@test
def words_to_say_in_the_next_interview():
    """Of interviews that are to come words are written for the next, or for the one that is named; and what is
    suggested means that note."""
    with Home(now="2026-11-10T09:00") as home:
        home.run("interview", "Globex", "2026-11-17T10:00", "--with", "Huck Finn <finn@globex.example>", "--kind", "video", "--id", "first talk")
        home.run("interview", "globex", "2026-11-19T10:00", "--with", "finn", "--kind", "video", "--id", "second")
        told = home.json("draft", "globex", "--step", "prepare-close")
        equal(len(told["drafts"]), 1, "notes for the next interview")
        told = home.run("draft", "globex", "--step", "prepare-close", "--interview", "second").out
        equal(suggestions(told), ["followup edit globex --step prepare-close --interview second"])
        equal([row[0] for row in home.rows("SELECT i.id FROM draft d JOIN interview i ON i.number = d.interview ORDER BY d.number")], ["first talk", "second"])
        told = home.run("draft", "globex", "--step", "prepare-close").out
        equal(suggestions(told), ["followup edit globex --step prepare-close --interview 'first talk'"])
        equal(home.rows("SELECT count(*) FROM draft"), [(2,)], "notes")
        holds(home.refuses("draft", "globex", "--step", "prepare-close", "--interview", "third", status=1), "first talk, second")


@test
def what_may_be_written_too():
    """Where nothing has to be written, what may be is named."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        for who in ("finn", "okoro"):
            home.run("log", "globex", who, "--step", "thank-you")
        home.run("people", "globex", "lind", "--email", "lind@globex.example")
        home.run("log", "globex", "lind", "--step", "thank-you")
        home.now = "2026-11-18T12:00:00-07:00"
        told = home.run("draft", "globex").out
        assert "nothing to write" not in told, told
        equal(suggestions(told), ["followup draft globex %s --step connect" % who for who in ("finn", "okoro", "lind")])
        for line in suggestions(told):
            equal(paste(home, line)[0], 0, line)
        equal(suggestions(home.run("draft", "globex").out), [], "what is left to be written")


@test
def days_that_are_past():
    """Nobody promises a day that is over, and a time of day is no day."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        for words in (["promise", "globex"], ["reply", "globex", "finn"]):
            holds(home.refuses(*words, "--decision-by", "16 nov"), "Monday 16 November", "is past")
            holds(home.refuses(*words, "--follow-up-after", "10 nov"), "is past")
            holds(home.refuses(*words, "--decision-by", "17:30"), "names no day")
        equal(home.rows("SELECT count(*) FROM event"), [(0,)])
        home.run("promise", "globex", "--decision-by", "today")
        home.run("promise", "globex", "--decision-by", "18 nov", "--at", "2026-11-17T11:45", now="2026-11-23T09:00")


@test
def the_next_step_without_a_mail_account():
    with Home(now=TUESDAY) as home:
        recorded(home)
        home.run("draft", "globex")
        holds(home.run("approve", "globex", "finn").out, "followup config mail --address", "followup log globex finn --step thank-you --channel email")
        holds(home.run("reply", "globex", "finn", "--says", "next-round").out, 'followup interview globex "WHEN" --with finn')
        home.run("add", "Initech")
        home.run("add", "Initech Labs")
        holds(home.run("show", "Initech").out, 'followup interview initech "tomorrow 10am" --with', "No interview is on record yet")
        holds(home.run("show", "initech l").out, "followup interview 'initech labs'")


@test
def a_playbook_that_is_gone():
    """What goes by a playbook of one's own is shown although that is gone, with what to do about it."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        own = home.write("config/followup/playbooks/mine.playbook", SHIPPED)
        home.run("add", "globex", "--position", "Data analyst", "--playbook", "mine")
        for gone in (lambda: home.write("config/followup/playbooks/mine.playbook", "[no playbook"), lambda: os.unlink(own)):
            gone()
            for words in ([], ["show", "globex"], ["draft", "globex"], ["recompute"]):
                told = home.run(*words)
                holds(one_sentence(told.err), "Globex", 'followup add "#1" --playbook standard', "mine")
                home.json(*words)
        home.run("add", "#1", "--playbook", "standard")
        equal(home.run().err, "", "told when all is well")


@test
def a_slip_is_taken_back():
    """What was recorded last goes off the record, and the plan is as it was; nothing else is lost."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        holds(home.refuses("log", "globex", "--undo", status=1), "Nothing is recorded")
        before = home.run("export").out
        for words in (["log", "globex", "finn", "--step", "thank-you"], ["reply", "globex", "finn", "--says", "rejection"], ["outcome", "globex", "offer"],
                      ["promise", "globex", "--weeks", "3"], ["log", "globex", "--step", "sound-out"], ["log", "globex", "finn", "--away-until", "1 dec"]):
            home.run(*words)
            assert home.run("export").out != before, words
            told = home.run("log", "globex", "--undo").out
            holds(told, "taken back: ")
            equal(home.run("export").out, before, "the record after %s and --undo" % words)
        holds(home.refuses("log", "globex", "finn", "--undo"), "say it alone")
        home.run("interview", "globex", "tomorrow 10am", "--with", "finn", "--position", "DATA analyst")
        equal(home.json("show", "globex")["position"], "Data analyst")


@test
def an_overtaken_question_is_written_anew():
    """A check-in that was drafted before they answered is not the one to send after it."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        for person in ("finn", "okoro"):
            home.run("log", "globex", person, "--step", "thank-you")
        home.run("promise", "globex", "--decision-by", "thu")
        home.now = "2026-11-20T09:30"
        home.run("draft", "globex", "finn", "--step", "check-in")
        holds(home.run().out, "followup approve globex")
        home.run("reply", "globex", "finn", "--says", "more-time", "--decision-by", "4 dec", now="2026-11-20T12:00")
        home.now = "2026-12-07T09:30"
        holds(home.run().out, "followup draft globex")
        holds(home.refuses("approve", "globex", "finn", status=1), "no such draft")
        holds(home.run("draft", "globex", "finn", "--step", "check-in").out, "check-in for Huck Finn")
        equal([note["state"] for note in home.json("show", "globex")["notes"]], ["open"], "notes")


@test
def approval():
    """What passes is approved although another is not; what is over, or not known yet, is refused."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        home.run("people", "globex", "lind", "--email", "lind@globex.example")
        home.run("draft", "globex")
        home.run("edit", "globex", "finn", "--text", "Subject: Hello\n\nDear Mr. Sawyer,\n\nthanks.")
        told = home.run("approve", "globex", "--all", status=1)
        holds(told.out, "wrong-name", "Approved: the thank-you to Ada Okoro", "Approved: the thank-you to Tom Lind")
        holds(one_sentence(told.err), "Huck Finn", "Sawyer")
        equal(home.rows("SELECT count(*) FROM outbox"), [(2,)])
        holds(home.refuses("approve", "globex", "okoro", status=1), "already")
        home.run("edit", "globex", "okoro", "--text", "Subject: Hello\n\nDear Ms. Okoro,\n\nthank you for explaining how the team reviews queries; "
                 "five years of SQL in a team of three make me a good fit, and I am very interested in the position.\n\nAna Reyes")
        equal(home.rows("SELECT state, count(*) FROM outbox GROUP BY state ORDER BY state"), [("cancelled", 1), ("ready", 1)])
        home.run("outcome", "globex", "withdrawn")
        holds(home.refuses("approve", "globex", "okoro", status=1), "withdrawn")


# ---- all of it ----

@test
def out_and_in_again():
    """What is exported and taken in elsewhere is exported the same; a second time nothing is added."""
    with Home(now=TUESDAY) as home, Home(now=TUESDAY) as other:
        recorded(home)
        home.run("draft", "globex", "--step", "prepare-close", now="2026-11-17T09:00:00-07:00")
        home.run("config", "me", "--zone", "America/Phoenix", "--holiday", "2026-11-26", "--playbook", "stay-in-touch")
        home.run("draft", "globex", "finn")
        home.run("log", "globex", "okoro")
        home.run("add", "Initech", "--position", "Reporting lead", "--zone", "Europe/Berlin")
        path = os.path.join(home.folder, "all.json")
        home.run("export", path)
        equal(stat.S_IMODE(os.stat(path).st_mode), 0o600, "mode of the export")
        equal(other.json("import", path), {"added": 2, "present": 0, "mails": 0})
        equal(other.run("export").out, open(path).read(), "the export of what was taken in")
        equal(other.json("import", path), {"added": 0, "present": 2, "mails": 0})
        equal(home.run().out, other.run().out, "today")
        for broken in ('"opportunitys": [],', '"settings": {"x": 1}, "colour": 1,'):
            text = open(path).read().replace('"opportunities"', broken + '"opportunities"', 1)
            holds(other.refuses("import", other.write("b.json", text)), "key")


@test
def an_import_is_one_whole():
    """Two opportunities of one id change nothing; a new id is none that the document has; what fails at the end leaves
    the account alone too."""
    with Home(now=TUESDAY) as home, Home(now=TUESDAY) as other:
        recorded(home)
        document = home.json("export")
        document["opportunities"] += [dict(document["opportunities"][0], id=2, drafts=[]), dict(document["opportunities"][0], id=3, drafts=[])]
        twice = json.loads(json.dumps(document))
        twice["opportunities"][2]["id"] = 1
        other.run("list")
        before = other.run("export").out
        holds(other.refuses("import", other.write("twice.json", json.dumps(twice))), "opportunities[2].id", "opportunities[0]")
        equal(other.run("export").out, before, "what is on record")
        other.run("add", "Initech")  # has the id 1, so that Globex gets another one
        before = other.run("export").out
        connection = sqlite3.connect(other.db)
        with connection:
            connection.execute("CREATE TRIGGER full BEFORE INSERT ON import_part BEGIN SELECT RAISE(ABORT, 'no'); END")
        other.run("import", other.write("three.json", json.dumps(document)), status=1)
        equal(other.run("export").out, before, "what is on record")
        with connection:
            connection.execute("DROP TRIGGER full")
        connection.close()
        equal(other.json("import", other.write("three.json", json.dumps(document)))["added"], 3)
        equal([(one["id"], one["facts"]["opportunity"]["company"]) for one in other.json("export")["opportunities"]],
              [(1, "Initech"), (2, "Globex"), (3, "Globex"), (4, "Globex")])
        equal(other.json("export")["account"]["name"], "Ana Reyes")


@test
def a_killed_export():
    """An export that is killed leaves the file that was there, and one part, which the next export takes."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        copy_opportunity(home.db, 300, lambda number: 0)
        home.run("list")  # the store's own files have their size
        path = home.write("out/all.json", "what was there")
        small = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100000, 100000))  # more is a signal that kills
        with home.start("export", path, preexec_fn=small) as process:
            process.communicate(timeout=60)
        equal(process.returncode, -signal.SIGXFSZ, "how it ended")
        equal(sorted(os.listdir(os.path.dirname(path))), ["all.json", "all.json.followup-part"])
        equal(open(path).read(), "what was there")
        home.run("export", path)
        equal(os.listdir(os.path.dirname(path)), ["all.json"])
        equal(open(path).read(), home.run("export").out)


@test
def an_export_to_what_is_no_file():
    with Home(now=TUESDAY) as home:
        recorded(home)
        pipe = os.path.join(home.folder, "pipe")
        os.mkfifo(pipe)
        with subprocess.Popen(["timeout", "20", "cat", pipe], stdout=subprocess.PIPE, text=True) as reader:
            home.run("export", pipe)
            equal(reader.communicate()[0], home.run("export").out)
        equal(stat.S_ISFIFO(os.stat(pipe).st_mode), True, "it is still a pipe")


@test
def an_import_is_looked_at():
    """What cannot be right is refused whole, with its place."""
    with Home(now=TUESDAY) as home, Home(now=TUESDAY) as other:
        recorded(home)
        text = home.run("export").out

        def changed(change):
            whole = json.loads(text)
            change(whole)
            return json.dumps(whole)
        for name, given, part in (
                ("empty", "", "is empty"), ("blank", " \n", "is empty"), ("cut off", text[:300], "ends in the middle"),
                ("a NUL", text.replace("Globex", "Glo\0bex", 1), "NUL"), ("a word", "hello", "not JSON"), ("more", text + "{}", "at byte"),
                ("an interview with nobody", changed(lambda all: all["opportunities"][0]["facts"]["interviews"][0].update({"with": []})),
                 "opportunities[0].facts.interviews[0].with is empty"),
                ("no list", changed(lambda all: all.update(opportunities={})), "opportunities is no list"),
                ("none", changed(lambda all: all.pop("opportunities")), "opportunities is no list"),
                ("a zone of Mars", changed(lambda all: all["opportunities"][0]["facts"].update(timezone="Mars/Olympus")), "opportunities[0]: facts.timezone")):
            holds(other.refuses("import", other.write("bad.json", given)), part)
            equal((name, other.rows("SELECT count(*) FROM opportunity")), (name, [(0,)]))


@test
def an_import_runs_nothing():
    """A command to be run is taken from no file, and what waited elsewhere does not go from here too."""
    with Home(now=TUESDAY) as home, Home(now=TUESDAY) as other:
        recorded(home)
        home.run("config", "mail", "--address", "ana@example.net", "--host", "127.0.0.1", "--port", "25", "--security", "plaintext", "--auth", "plain",
                 "--user", "ana", "--secret-command", "touch owned", "--no-probe")
        home.run("draft", "globex", "okoro")
        home.run("edit", "globex", "okoro", "--text", "Subject: Hello\n\nDear Ms. Okoro,\n\nthank you for explaining how the team reviews queries; "
                 "five years of SQL in a team of three make me a good fit, and I am very interested in the position.\n\nAna Reyes")
        home.run("approve", "globex", "okoro")
        told = other.run("import", home.write("all.json", home.run("export").out)).out
        holds(told, "password", "draft again")
        equal(other.rows("SELECT count(*) FROM setting WHERE key = 'mail.secret-command'"), [(0,)])
        holds(other.run("send").out, "Nothing waits")
        assert not os.path.exists(os.path.join(other.folder, "owned"))


@test
def deleted():
    """It asks in a terminal, wants --yes elsewhere, and then it is gone from the file too."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        told = home.run("delete", "globex", status=1)
        holds(told.out, "3 people", "1 interview", "1 debrief")
        holds(one_sentence(told.err), "--yes")
        with Terminal(home, "delete", "globex") as terminal:
            terminal.answer("Delete it? [y/N] ", "n")
            equal(terminal.finish()[0], 1)
        holds(home.refuses("delete"), "--everything")
        with Terminal(home, "delete", "globex") as terminal:
            terminal.answer("Delete it? [y/N] ", "y")
            status, told = terminal.finish()
            equal(status, 0, told)
        equal(home.json("list")["opportunities"], [])
        home.run("delete", "--everything", "--yes")
        equal(home.json("config")["name"], None)
        with open(home.db, "rb") as file:
            assert b"spreadsheets" not in file.read(), "what was deleted can be read in the file"


@test
def backups():
    with Home(now=TUESDAY) as home:
        target = os.path.join(home.folder, "copy.db")
        holds(home.refuses("backup", target, status=1), "nothing to copy")
        recorded(home)
        home.run("backup", target)
        holds(home.refuses("backup", target, status=1), "exists")
        home.run("backup", target, "--force")
        equal(home.json("--db", target, "list")["opportunities"][0]["company"], "Globex")
        whole, part = open(target, "rb").read(), target + ".followup-part"
        os.link(target, part)  # as a kill right before the end leaves it
        home.run("backup", target, "--force")
        equal((open(target, "rb").read() == whole, os.path.exists(part)), (True, False), "after a kill at the end")
        home.write("copy.db.followup-part", "half" * 100000)  # as a kill in the middle leaves it
        home.run("backup", target, "--force")
        equal((open(target, "rb").read() == whole, os.path.exists(part)), (True, False), "after a kill in the middle")
        equal(stat.S_IMODE(os.stat(target).st_mode), 0o600, "mode of the copy")
        with open(part, "w", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            holds(home.refuses("backup", target, "--force", status=1), "Another backup")
        home.run("backup", target, "--force")
        equal([name for name in os.listdir(home.folder) if name.endswith("part")], [])


@test
def config():
    with Home(now=TUESDAY) as home:
        holds(home.refuses("config", "--name", "Ana"), "config me")
        holds(home.refuses("config", "me", "--host", "x"), "config mail")
        holds(home.refuses("config", "me", "--email", "nonsense"), "nonsense")
        holds(home.refuses("config", "me", "--playbook", "nothing", status=1), "standard")
        home.run("config", "me", "--skill", "SQL", "--skill", "writing", "--holiday", "2026-12-25")
        home.run("config", "me", "--skill", "-", "--skill", "forecasting", "--holiday", "-")
        told = home.json("config")
        equal((told["skills"], told["holidays"]), (["forecasting"], []))
        home.write("mine.playbook", SHIPPED)
        home.run("config", "me", "--playbook", "mine.playbook")
        elsewhere = subprocess.run(home.command("show"), env=home.env, cwd="/", capture_output=True, text=True)
        assert "mine.playbook" not in elsewhere.stderr, elsewhere.stderr  # found from any folder
        holds(home.refuses("config", "mail", "--address", "ana@example.net", "--host", "mail.example.net", "--security", "plaintext", "--auth", "none",
                           "--no-probe"), "plaintext")
        equal(home.rows("SELECT value FROM setting WHERE key = 'mail.host'"), [], "what was refused")


@test
def much_to_do():
    """With a lot to see to, what need not be done is counted, not listed; programs still get all of it."""
    with Home(now=TUESDAY) as home:
        for company in ("Globex", "Initech", "Hooli", "Umbrella", "Stark", "Wayne"):
            holds(home.run().out, "Talk the interview" if company == "Wayne" else "")
            home.run("interview", company, "today 9am", "--with", "Huck Finn <finn@%s.example>" % company.lower())
            home.run("debrief", company.lower(), "--fit", "five years of SQL")
        out = home.run().out
        equal(out.count("Thank Huck Finn"), 6)
        equal(out.count("Talk the interview"), 0)
        counted = int(re.search(r"- (\d+) more things, none of them pressing", out).group(1))
        equal(counted, len(home.json()["optional"]))


@test
def what_was_not_yet():
    """Thanks before the interview, or said twice, are not for the next; what is nobody's mail is no mail; a day that is past is none."""
    with Home(now=TUESDAY) as home:
        home.run("interview", "Globex", "16 nov 10am", "--kind", "phone-screen", "--with", "Huck Finn <finn@globex.example>")
        home.run("interview", "Globex", "fri 10am", "--with", "Huck Finn")
        home.run("interview", "Acme", "fri 10am", "--with", "Bo Li <li@acme.example>")
        home.run("debrief", "globex", "--interview", "phone-screen", "--fit", "five years of SQL")
        for _ in range(2):
            home.run("log", "globex", "finn", "--step", "thank-you")
        friday = "2026-11-20T14:00:00-07:00"
        holds(home.run(now=friday).out, "Thank Huck Finn by e-mail", "Thank Bo Li by e-mail")
        before = home.json("export")
        for refused, word in ((["log", "acme", "li", "--step", "thank-you"], "still to come"),
                              (["log", "globex", "finn", "--step", "card", "--interview", "video"], "still to come"),
                              (["log", "acme", "--step", "prepare-close"], "nothing to record"),
                              (["log", "acme", "li", "--step", "debrief"], "followup debrief"),
                              (["log", "globex", "finn", "--away-until", "yesterday"], "past"),
                              (["later", "globex", "yesterday"], "past"),
                              (["interview", "Globex", "fri 10am", "--id", "nosuch"], "on record are: phone-screen, video"),
                              (["debrief", "globex", "--topic", "SQL: windows"], "begin with the colon"),
                              (["people", "globex", "finn", "--name", ""], "cannot be taken away"),
                              (["add", "Globex", "--name", " "], "cannot be taken away")):
            holds(one_sentence(home.run(*refused, status=2).err), word)
        equal(home.json("export"), before)


@test
def a_debrief_without_a_word():
    """It is none: nothing is on record, and the reminder stays."""
    with Home(now=TUESDAY) as home:
        home.run("interview", "Globex", "today 10am", "--with", "Huck Finn <finn@globex.example>")
        holds(home.run("debrief", "globex", "--topic", "finn: ").out, "nothing is on record")
        holds(home.run().out, "Write down how it went")
        equal(home.rows("SELECT count(*) FROM debrief"), [(0,)])


@test
def a_mistake_in_usage():
    """Each is one sentence that says what would be right; nothing is done."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        for words, part in ((["shwo"], "followup show"), (["list", "--frmat", "json"], "--format"), (["log", "globex", "finn", "--result", "fine"], "reached"),
                            (["interview", "Initech", "tomorrow", "--with", "A B"], "10am"), (["interview", "Initech", "3/4 9am", "--with", "A B"], "3 apr"),
                            (["interview", "Initech", "fri", "9am", "--with", "A B"], "quotes"), (["reply", "globex", "finn", "--decision-by", "someday"], "20 nov"),
                            (["interview", "Initech", "fri 9am", "--with", "A B", "--decision-by", "thu"], "before the interview"),
                            (["interview", "Initech", "fri 9am", "--with", "A B, boss"], "hiring-manager"), (["outcome", "globex"], "missing"),
                            (["debrief", "globex", "--topic", "sawyer: fences"], "sawyer"), (["list", "--now"], "needs a value"),
                            (["send", "--step"], "needs a value"), (["deliver"], "--once")):
            holds(home.refuses(*words, status=None), part)
        equal(len(home.json("list")["opportunities"]), 1)


@test
def unwritable_output():
    """A full disk behind standard output is said, not swallowed."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        for words in ([], ["list", "--format", "json"], ["help"], ["export"], ["--version"]):
            with open("/dev/full", "wb") as full:
                done = subprocess.run(home.command(*words), env=home.env, stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE, text=True)
            equal(done.returncode, 1, "status of %s" % words)


@test
def the_desk_s_password_is_asked_for():
    """Twice, unseen; nothing is kept where the two differ."""
    with Home(now=TUESDAY) as home:
        for again, status in (("correct horse batterie", 2), ("correct horse battery", 0)):
            with Terminal(home, "config", "desk") as terminal:
                terminal.answer("A password for the desk: ", "correct horse battery")
                terminal.answer("The same again: ", again)
                got, text = terminal.finish()
                equal(got, status, text)
                assert "horse" not in text, text


@test
def what_another_playbook_would_have_said():
    """Steps that only one of them has are told; a playbook says the same as itself."""
    with Home(now=TUESDAY) as home:
        recorded(home)
        told = home.json("compare", "morning-after")
        equal((told["one_title"], told["other_title"], told["differing"]), ("The standard", "The morning after", 1), "what is compared")
        steps = {step["step"]: step for step in told["opportunities"][0]["differences"]}
        equal([steps["debrief"][side]["said"] for side in ("one", "other")], [True, False], "who asks for a debrief")
        alike = [step for step in steps.values() if step["one"] == step["other"]]
        equal(alike, [], "what is alike is left out")
        equal(home.json("compare", "standard")["differing"], 0, "a playbook with itself")
        equal(home.json("compare", "morning-after", "--playbook", "seven-steps", "globex")["one_title"], "Seven steps", "two others")
        one_sentence(home.run("compare", "no-such-book", status=1).err)


main()
