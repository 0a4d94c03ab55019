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

from program import PROGRAM, ROOT, Home, Skip, equal, holds, main, one_sentence, test

NOW = "2026-11-17T12:00:00-07:00"
WHOLE = PROGRAM + "-full"
FIXTURES = os.path.join(ROOT, "tests", "store", "fixtures")
NEWEST = max((name for name in os.listdir(FIXTURES) if name.endswith(".db")), key=lambda name: int(re.sub(r"\D", "", name)))
ARCHIVES = {"glib-2.0": "libglib-2.0.a", "sqlite3": "libsqlite3.a", "json-c": "libjson-c.a", "libpcre2-8": "libpcre2-8.a", "zlib": "libz.a"}
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
        program = alone(home)
        status, out, err = run(program, home, "list")
        if status == 0:
            raise Skip("the whole program is installed here too")
        equal((status, out), (1, ""))
        one_sentence(err)
        holds(err, "followup-full cannot be started (No such file")
        status, out, err = run(program, home, "list", "--format", "json")
        equal((status, json.loads(out)["error"]["code"]), (1, "internal"))


@test
def what_lies_beside_it_is_broken():
    """What is there and cannot be started is named; nothing else is started in its place."""
    with Home(now=NOW) as home:
        program = alone(home)
        beside = program + "-full"
        with open(beside, "w", encoding="ascii") as file:
            file.write("no program\n")
        equal(run(program, home, "list")[0], 1)
        holds(run(program, home, "list")[2], beside, "Permission denied")
        os.chmod(beside, 0o755)
        holds(run(program, home, "list")[2], beside, "Exec format error")


@test
def completion_that_cannot_be_written():
    """A full disk is an error for both."""
    with Home(now=NOW) as home:
        for program in (PROGRAM, WHOLE):
            with open("/dev/full", "wb") as full:
                equal(subprocess.run([program, "complete", "--", "in"], env=home.env, stdout=full, stderr=subprocess.DEVNULL).returncode, 1)


@test
def the_rest_is_handed_over():
    """With the arguments, standard input, the exit status, and what is loaded when first needed."""
    with Home(now=NOW) as home:
        home.run("interview", "Globex", "2026-11-17T10:00", "--with", "Huck Finn <finn@globex.example>", "--position", "Data analyst")
        holds(home.run("list").out, "Globex")
        with open(os.path.join(ROOT, "docs", "facts.md"), encoding="utf-8") as file:
            documented = re.search(r"```json\n(.*?)```", file.read(), re.S).group(1)
        steps = json.loads(home.run("plan", input=documented, now="2026-11-18T09:00:00-07:00").out)["steps"]
        assert any(step["step"] == "thank-you" and step["state"] == "done" for step in steps), "no thanks among the documented facts"
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


def has_archives():
    """Whether what the quick one is made of is there to be linked statically."""
    found = [subprocess.run(["pkg-config", "--variable=libdir", name], capture_output=True, text=True).stdout.strip() for name in ARCHIVES]
    return all(folder and os.path.exists(os.path.join(folder, archive)) for folder, archive in zip(found, ARCHIVES.values()))


if not os.path.exists(PROGRAM):
    print("1..0 # SKIP ./test builds it, and was not called")
elif not os.path.exists(WHOLE) and not has_archives():
    print("1..0 # SKIP nothing can be linked statically here, and there is one program only")
else:
    main()
