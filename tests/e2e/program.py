"""The program as a person or a script meets it: run from outside, in a home of its own.

A Home is an empty home folder with its own database; nothing of the machine's user is seen or touched.  FOLLOWUP names
the binary under test.  Every run is held to what holds for all commands: no sanitizer speaks, nobody is killed, an error
is one sentence on standard error.  It knows commands by name only.
"""
import atexit
import collections
import contextlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tap import Skip, cases, equal, holds, main, test, wait_for  # noqa: E402,F401  (for the tests, all from one place)

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
PROGRAM = os.path.abspath(os.environ.get("FOLLOWUP") or os.path.join(ROOT, "build", "followup"))
# What the sanitizers and GLib are told goes through; nothing else of the caller's environment does.
PASSED_ON = ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "G_DEBUG", "G_SLICE", "LD_LIBRARY_PATH")

# The search for leaks at a program's end fails by itself about once in a thousand runs (its tracer ends by a signal);
# what the program did before stands, but how it ended, and whether something leaked, is then not known.
BROKEN_SEARCH = "LeakSanitizer has encountered a fatal error"


def spelt_out(report):
    """A sanitizer's report with its places named.  The program is told not to look them up: that takes it longer than
    all else it does, even where what leaked is a library's and suppressed."""
    def place(match):
        done = subprocess.run(["addr2line", "-fpe", *match.groups()], capture_output=True, text=True)
        return done.stdout.strip() or match.group(0)
    return re.sub(r"\((/[^()+]+)\+(0x[0-9a-f]+)\)", place, report)


# The search, with the stacks that are kept for it, costs a third of a run, and finds in the thousandth what it found in
# the first: a test program has it made in so many runs of each command for each way to end.
SEARCHES = 3
UNSEARCHED = ":detect_leaks=0:malloc_context_size=1"
searches = collections.Counter()


class Result:
    """What a run left: status, out, err."""

    def __init__(self, command, status, out, err):
        self.command, self.status, self.out, self.err = command, status, out, err

    def json(self):
        try:
            return json.loads(self.out)
        except ValueError:
            raise AssertionError("%s printed no JSON:\n%s\n%s" % (self.command, self.out[:2000], self.err)) from None


class Home:
    """An empty home; a context manager that removes it."""

    _begun = {}  # what a home held after a beginning: {what was run: a folder}

    def __init__(self, now=None, zone="America/Phoenix", **env):
        if not os.access(PROGRAM, os.X_OK):
            sys.exit("Bail out! there is no program at %s; build it, or set FOLLOWUP" % PROGRAM)
        self.folder = tempfile.mkdtemp(prefix="followup-test-")
        self.db = os.path.join(self.folder, "data", "followup.db")
        os.mkdir(os.path.dirname(self.db))
        self.now = now
        self.env = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        if "ASAN_OPTIONS" in self.env:
            self.env["ASAN_OPTIONS"] += ":symbolize=0"  # spelt_out() does, where there is something to tell
        self.env.update(HOME=self.folder, TZ=zone, LC_ALL="C.UTF-8", FOLLOWUP_DB=self.db, TERM="dumb",
                        XDG_CONFIG_HOME=os.path.join(self.folder, "config"), XDG_DATA_HOME=os.path.join(self.folder, "share"),
                        XDG_STATE_HOME=os.path.join(self.folder, "state"), XDG_CACHE_HOME=os.path.join(self.folder, "cache"),
                        XDG_RUNTIME_DIR=os.path.join(self.folder, "runtime"), TMPDIR=self.folder, **env)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, *arguments, now=None):
        moment = now or self.now
        given = [PROGRAM, *map(str, arguments)]
        # A bare --now (approve, send: at once) says no moment
        said = any(word == "--now" and not after.startswith("--") for word, after in zip(given, given[1:]))
        return given + (["--now", moment] if moment and not said else [])

    def start(self, *arguments, now=None, **options):
        """The running process, its three streams piped as text."""
        return subprocess.Popen(self.command(*arguments, now=now), env=self.env, cwd=self.folder, stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)

    def run(self, *arguments, input="", now=None, status=0, timeout=60):
        """Runs to the end and holds the status against `status` (None: any but a crash)."""
        command = self.command(*arguments, now=now)
        if isinstance(input, (dict, list)):
            input = json.dumps(input)
        data = input if isinstance(input, bytes) else input.encode()
        options = {"env": self.searched("".join(map(str, arguments[:1])), status), "cwd": self.folder, "input": data, "capture_output": True, "timeout": timeout}
        before, done, told = self.files(), subprocess.run(command, **options), " ".join(command[1:])
        if BROKEN_SEARCH.encode() in done.stderr and self.files() == before:
            done = subprocess.run(command, **options)  # it changed nothing, so that it can be run once more
        elif BROKEN_SEARCH.encode() in done.stderr:
            done.returncode, done.stderr = status or 0, done.stderr.split(b"Tracer caught signal")[0].rstrip()
        out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        if done.returncode not in (0, 1, 2) or "Sanitizer" in err or "runtime error:" in err or "CRITICAL" in err:
            raise AssertionError("%s: status %d:\n%s" % (told, done.returncode, spelt_out(err)[-4000:]))
        if status is not None and done.returncode != status:
            raise AssertionError("%s: status %d, not %d:\n%s\n%s" % (told, done.returncode, status, out[-1500:], err[-1500:]))
        return Result(told, done.returncode, out, err)

    def searched(self, word, status):
        """The environment of a run: with a search for leaks, or without."""
        searches[word, status] += 1
        if searches[word, status] <= SEARCHES or "ASAN_OPTIONS" not in self.env:
            return self.env
        return {**self.env, "ASAN_OPTIONS": self.env["ASAN_OPTIONS"] + UNSEARCHED}

    def files(self):
        """Every file of the home with its size and time."""
        there = {}
        for folder, _, names in os.walk(self.folder):
            for path in (os.path.join(folder, name) for name in names):
                with contextlib.suppress(FileNotFoundError):  # another program may run in this home
                    there[path] = (os.lstat(path).st_size, os.lstat(path).st_mtime_ns)
        return there

    def begin(self, *commands):
        """Runs commands, each a list of words, in a home without a database.  What they do is seen once: a home of the
        same file that begins as another did gets a copy of what that one then held."""
        assert not os.path.exists(self.db), "a home begins once"
        told = {name: value.replace(self.folder, "") for name, value in self.env.items()}
        said = json.dumps([commands, self.now, told], default=str)
        kept = self._begun.get(said)
        if kept is None:
            for words in commands:
                self.run(*words)
            kept = self._begun[said] = tempfile.mkdtemp(prefix="followup-begun-")
            atexit.register(shutil.rmtree, kept, True)
            shutil.copytree(self.folder, kept, dirs_exist_ok=True)
        else:
            shutil.copytree(kept, self.folder, dirs_exist_ok=True)
        return self

    def json(self, *arguments, **options):
        """What a command prints with --format json."""
        return self.run(*arguments, "--format", "json", **options).json()

    def refuses(self, *arguments, status=2, **options):
        """The sentence with which a run refuses; held to be one sentence, and to be the JSON form's message too."""
        plain = self.run(*arguments, status=status, **options)
        sentence = one_sentence(plain.err)
        if "--format" not in arguments and "--ndjson" not in arguments:
            told = self.run(*arguments, "--format", "json", status=status, **options).json()["error"]
            equal(sorted(set(told) | {"where"}), ["code", "message", "where"], "the keys of an error")
            holds(sentence, told["message"].rstrip("."))
        return sentence

    def rows(self, query, *values):
        """What the database holds, read beside the program."""
        connection = sqlite3.connect("file:%s?mode=ro" % self.db, uri=True, timeout=10)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
        return path


def one_sentence(err):
    """The one line of standard error; fails where it is none, more, or holds what a terminal must not get."""
    lines = err.splitlines()
    equal(len(lines), 1, "lines on standard error (%r)" % err)
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", lines[0]):
        raise AssertionError("control characters reach the terminal: %r" % lines[0])
    if len(lines[0]) > 1000:
        raise AssertionError("a sentence of %d characters" % len(lines[0]))
    return lines[0]


def facts(**changes):
    """Facts of one interview that every test can start from; keyword arguments replace whole keys."""
    base = {
        "version": 1, "timezone": "America/Phoenix", "holidays": ["2026-11-26"],
        "me": {"name": "Ana Reyes", "email": "ana@example.net", "phone": "+1 602 555 0142", "skills": ["SQL", "forecasting"]},
        "opportunity": {"company": "Globex", "position": "Data analyst", "requirements": ["SQL", "clear writing"]},
        "people": [
            {"id": "finn", "name": "Huck Finn", "salutation": "Mr. Finn", "role": "hiring-manager", "email": "finn@globex.example",
             "phone": "+1 602 555 0111", "address": "1 Main St, Phoenix AZ 85001"},
            {"id": "okoro", "name": "Ada Okoro", "salutation": "Ms. Okoro", "role": "interviewer", "email": "okoro@globex.example"}],
        "interviews": [{"id": "onsite", "kind": "panel", "start": "2026-11-17T10:00", "end": "2026-11-17T11:00", "with": ["finn", "okoro"],
                        "promise": {"decision_by": "2026-11-19"}}],
        "debriefs": [{"interview": "onsite", "at": "2026-11-17T12:00",
                      "topics": [{"with": "finn", "text": "moving the forecast off spreadsheets"},
                                 {"with": "okoro", "text": "how the team reviews each other's queries"}],
                      "strong": ["the question about slow queries"], "fit": ["five years of SQL in a team of three"],
                      "unsaid": ["the course on forecasting I gave last spring"]}],
        "events": []}
    base.update(changes)
    return {key: value for key, value in base.items() if value is not None}


def sent(step="thank-you", to="finn", at="2026-11-17T15:00", channel="email", interview="onsite"):
    return {"at": at, "kind": "sent", "step": step, "interview": interview, "to": to, "channel": channel}
