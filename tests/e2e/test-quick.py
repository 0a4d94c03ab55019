#!/usr/bin/env python3
"""The program as people get it: the quick one that they call, and the whole one that it hands over to.

Built as ./run builds it, without sanitizers.  What both can do comes out the same, byte for byte; what the quick one
cannot do it hands over with all it was given; and what it is for it does alone.
"""
import json
import os
import re
import shutil
import struct
import subprocess

from program import PROGRAM, ROOT, Home, Skip, equal, facts, holds, main, one_sentence, test

NOW = "2026-11-17T12:00:00-07:00"
WHOLE = PROGRAM + "-full"
FIXTURES = os.path.join(ROOT, "tests", "store", "fixtures")
NEWEST = max((name for name in os.listdir(FIXTURES) if name.endswith(".db")), key=lambda name: int(re.sub(r"\D", "", name)))
MOMENTS = ("2026-11-10T09:00:00-07:00", "2026-11-20T09:00:00-07:00", "2026-11-27T17:30:00+01:00", "2027-03-01T09:00:00Z")


def is_static(path):
    """Whether an ELF file names no program that is to load it."""
    with open(path, "rb") as file:
        head = file.read(64)
        assert head[:5] == b"\x7fELF\x02", "no 64-bit program"
        start, = struct.unpack_from("<Q", head, 32)
        size, count = struct.unpack_from("<HH", head, 54)
        file.seek(start)
        table = file.read(size * count)
    return all(struct.unpack_from("<I", table, size * n)[0] != 3 for n in range(count))


def run(program, home, *arguments, input="", env=None):
    done = subprocess.run([program, *arguments], env=env or home.env, cwd=home.folder, input=input.encode(), capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def same(home, *arguments):
    """Both say the same; returns what."""
    quick, whole = run(PROGRAM, home, *arguments), run(WHOLE, home, *arguments)
    equal(quick, whole, " ".join(arguments))
    return quick


def alone(home):
    """The quick one in a folder of its own, with nothing to hand over to."""
    folder = os.path.join(home.folder, "alone")
    os.makedirs(folder, exist_ok=True)
    return shutil.copy(PROGRAM, folder)


def full_of_things(home):
    """A database with rows of every kind."""
    shutil.copy(os.path.join(FIXTURES, NEWEST), home.db)
    os.chmod(home.db, 0o600)


@test
def it_is_static():
    """The quick one is loaded by nobody, the whole one by the system's loader."""
    assert is_static(PROGRAM) and not is_static(WHOLE)


@test
def the_same_today():
    """As text and as JSON, on an empty file, after an interview, and with rows of every kind at several moments."""
    with Home() as home:
        equal(same(home, "--now", NOW)[0], 0)
        run(PROGRAM, home, "interview", "Globex", "2026-11-17T10:00", "--with", "Huck Finn <finn@globex.example>", "--zone", "Europe/Berlin", "--now", NOW)
        holds(same(home, "today", "--now", NOW)[1], "Globex")
        full_of_things(home)
        for moment in MOMENTS:
            same(home, "today", "--now", moment)
            json.loads(same(home, "today", "--now", moment, "--format", "json")[1])
        env = dict(home.env, COLUMNS="60", LC_ALL="C", TZ="Asia/Tokyo")
        equal(run(PROGRAM, home, "--now", NOW, env=env), run(WHOLE, home, "--now", NOW, env=env), "in another environment")


@test
def the_same_of_itself():
    """Help, version, completion and mistakes."""
    with Home(now=NOW) as home:
        for arguments in (["help"], ["help", "interview"], ["--version"], ["completion", "bash"], ["frobnicate"], ["today", "--no-such"],
                          ["interview", "Globex", "--kind", "tea"], ["today", "--format", "xml"], ["--format", "json", "frobnicate"],
                          ["complete", "--", "inter"], ["complete", "--", "show", "g"]):
            same(home, *arguments)


@test
def alone_it_shows_today():
    """It asks for nothing that lies beside it, whatever is on record."""
    with Home() as home:
        program = alone(home)
        equal(run(program, home, "--now", NOW)[0], 0)
        full_of_things(home)
        for moment in MOMENTS:
            for form in ([], ["--format", "json"]):
                equal(run(program, home, "today", "--now", moment, *form), run(WHOLE, home, "today", "--now", moment, *form))


@test
def alone_it_says_what_is_missing():
    """In one sentence, and as JSON where that was asked for."""
    with Home(now=NOW) as home:
        if os.path.exists("/usr/local/lib/followup") or shutil.which("followup"):
            raise Skip("it is installed here too")
        program = alone(home)
        status, out, err = run(program, home, "list")
        equal((status, out), (1, ""))
        one_sentence(err)
        holds(err, "followup-full cannot be started")
        status, out, err = run(program, home, "list", "--format", "json")
        equal((status, json.loads(out)["error"]["code"]), (1, "internal"))


@test
def the_rest_is_handed_over():
    """With the arguments, standard input, the exit status, and what is loaded when first needed."""
    with Home(now=NOW) as home:
        home.run("interview", "Globex", "2026-11-17T10:00", "--with", "Huck Finn <finn@globex.example>", "--position", "Data analyst")
        holds(home.run("list").out, "Globex")
        equal(json.loads(home.run("plan", input=facts()).out)["version"], 1)
        one_sentence(home.run("plan", input="{", status=2).err)
        holds(home.run("review", "--step", "thank-you", input="Dear Huck,\n\nThank you for the talk on teh roadmap.\n\nBest,\nAna\n", status=None).out, "teh")
        home.run("call", "globex", "finn", "--pdf", "call.pdf")
        with open(os.path.join(home.folder, "call.pdf"), "rb") as file:
            equal(file.read(5), b"%PDF-")


@test
def without_a_home():
    """Whose home it is, the user database knows: the whole one asks it."""
    with Home(now=NOW) as home:
        env = {name: value for name, value in home.env.items() if name != "HOME"}
        equal(run(PROGRAM, home, "today", "--now", NOW, env=env), run(WHOLE, home, "today", "--now", NOW, env=env))


if not os.path.exists(PROGRAM):
    print("1..0 # SKIP it is not built")
elif not os.path.exists(WHOLE):
    print("1..0 # SKIP nothing can be linked statically here, and there is one program only")
else:
    main()
