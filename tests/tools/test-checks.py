#!/usr/bin/env python3
"""The checks can fail: each is shown a small tree with one fault, and must name the place and the fault.

Every fault is planted in a tree that passes without it, so that a check which refuses everything fails here too.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
from tap import cases, equal, holds, main, test  # noqa: E402

TOOLS = os.path.join(HERE, "..", "..", "tools")

GOOD = {
    "src/base/include/base/day.h": "/* day.h - days.\n *\n * A day.\n */\n#pragma once\n#include <stdint.h>\nint32_t day_next(int32_t day);\n",
    "src/base/day.c": "/* day.c - days.\n *\n * A day.\n */\n#include <base/day.h>\n\nint32_t day_next(int32_t day)\n{\n\treturn day + 1;\n}\n",
    "src/plan/include/plan/plan.h": "/* plan.h - plans.\n *\n * A plan.\n */\n#pragma once\n#include <base/day.h>\nint plan_of(int32_t day);\n",
    "src/plan/plan.c": "/* plan.c - plans.\n *\n * A plan.\n */\n#include <plan/plan.h>\n\nint plan_of(int32_t day)\n{\n\treturn day_next(day);\n}\n",
    "src/note/note.c": "/* note.c - notes.\n *\n * A note.\n */\n#include \"note.h\"\n",
    "src/note/note.h": "/* note.h - notes.\n *\n * A note.\n */\n#pragma once\nint note_of(int n);\n",
    "tests/plan/test-plan.c": "/* test-plan.c - plans.\n *\n * A test.\n */\n#include <glib.h>\n#include <plan/plan.h>\n",
}


def plant(folder, files):
    for path, text in files.items():
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


def run(tool, *arguments):
    done = subprocess.run([sys.executable, os.path.join(TOOLS, tool), *arguments], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def body(lines):
    """A C file with one function of so many lines in all."""
    return "/* x.c - x.\n *\n * X.\n */\nint x_of(int n);\n\nint x_of(int n)\n{\n" + "\tn++;\n" * (lines - 4) + "\treturn n;\n}\n"


@test
def the_good_tree_passes():
    with tempfile.TemporaryDirectory() as folder:
        plant(folder, GOOD)
        equal(run("check-rooms", folder), (0, ""))
        equal(run("check-source", folder), (0, ""))


HEAD = "/* x.c - x.\n *\n * X.\n */\n"


@cases([
    ("climbing", "src/plan/x.c", HEAD + '#include "../base/day.h"\n', "src/plan/x.c:5", "climbs"),
    ("another-room", "src/base/x.c", HEAD + "#include <plan/plan.h>\n", "src/base/x.c:5", "uses room plan"),
    ("rooms-beside", "src/note/x.c", HEAD + "#include <plan/plan.h>\n", "src/note/x.c:5", "uses room plan"),
    ("a-test-beyond-its-room", "tests/note/x.c", HEAD + "#include <plan/plan.h>\n", "tests/note/x.c:5", "uses room plan"),
    ("foreign-library", "src/note/x.c", HEAD + "#include <sqlite3.h>\n", "src/note/x.c:5", "room store alone"),
    ("unknown-library", "src/note/x.c", HEAD + "#include <bzlib.h>\n", "src/note/x.c:5", "no room is its home"),
    ("library-in-public", "src/store/include/store/x.h", "/* x.h - x.\n *\n * X.\n */\n#include <sqlite3.h>\n", "x.h:5", "public header"),
    ("the-planner-and-the-clock", "src/plan/x.c", HEAD + "#include <time.h>\n", "src/plan/x.c:5", "keeps off"),
    ("private-in-public", "src/note/include/note/x.h", '/* x.h - x.\n *\n * X.\n */\n#include "note.h"\n', "x.h:5", "private"),
    ("two-way", "src/note/note.h", '/* note.h - n.\n *\n * N.\n */\n#include "pair.h"\n', "src/note/note.h:5", "include each other"),
    ("not-alone", "src/plan/include/plan/x.h", "/* x.h - x.\n *\n * X.\n */\nint64_t x_of(int n);\n", "x.h:1", "compile alone"),
    ("no-room", "src/attic/x.c", HEAD, "src/attic/x.c:1", "no room of the table"),
])
def check_rooms(path, text, place, what):
    with tempfile.TemporaryDirectory() as folder:
        plant(folder, GOOD)
        plant(folder, {"src/note/pair.h": '/* pair.h - p.\n *\n * P.\n */\n#pragma once\n#include "note.h"\n'})
        plant(folder, {path: text})
        status, told = run("check-rooms", folder)
        equal(status, 1, "status")
        holds(told, place, what)


@cases([
    ("function-of-61-lines", "src/plan/x.c", body(61), "src/plan/x.c:7", "61 lines"),
    ("median", "src/attic/x.c", body(30), "src/attic:1", "median of 30"),
    ("file-of-801-lines", "tests/plan/x.c", HEAD + "int n;\n" * 797, "tests/plan/x.c:1", "801 lines"),
    ("nesting", "tests/plan/x.c", HEAD + "int f(int n)\n{\n\tif (n)\n\t\tfor (;;)\n\t\t\twhile (n)\n\t\t\t\tif (n)\n\t\t\t\t\tswitch (n) {\n"
     "\t\t\t\t\tcase 1:\n\t\t\t\t\t\treturn 1;\n\t\t\t\t\t}\n\treturn 0;\n}\n", "tests/plan/x.c:12", "nests 5 deep"),
    ("goto", "src/plan/x.c", HEAD + "int f(int n)\n{\nagain:\n\tif (n--)\n\t\tgoto again;\n\treturn 0;\n}\n", "src/plan/x.c:9", "goto"),
    ("no-head", "src/plan/x.c", "int n;\n", "src/plan/x.c:1", "no head comment"),
    ("head-of-another-file", "src/plan/x.c", "/* y.c - y.\n *\n * Y.\n */\n", "src/plan/x.c:1", "file's name"),
    ("width", "src/plan/x.c", HEAD + "/* " + "n" * 120 + " */\n", "src/plan/x.c:5", "126 columns"),
    ("spaces", "src/plan/x.c", HEAD + "int f(int n)\n{\n    return n;\n}\n", "src/plan/x.c:7", "spaces"),
    ("vague-name", "src/plan/" + "ut" "ils.c", "/* ut" "ils.c - x.\n *\n * X.\n */\n", "ils.c:1", "no subject"),
    ("left-to-do", "docs/x.md", "words\nTO" "DO: more\n", "docs/x.md:2", "TO" "DO"),
    ("workplace", "docs/x.md", "see ../sha" "red/x\n", "docs/x.md:1", "speaks of itself"),
])
def check_source(path, text, place, what):
    with tempfile.TemporaryDirectory() as folder:
        plant(folder, GOOD)
        plant(folder, {path: text})
        status, told = run("check-source", folder)
        equal(status, 1, "status")
        holds(told, place, what)


@cases([
    ("sixty-lines", body(60)),
    ("long-with-a-reason", body(80).replace("int x_of(int n)\n{", "/* long: a table of words, one a line */\nint x_of(int n)\n{")),
    ("else-ifs-are-one-level", HEAD + "int f(int n)\n{\n" + "".join("\t%sif (n == %d)\n\t\treturn %d;\n" % ("else " if n else "", n, n) for n in range(8))
     + "\treturn 9;\n}\n"),
    ("goto-in-a-comment", HEAD + "/* a goto, a \"goto\" */\nstatic const char text[] = \"goto\";\n"),
])
def check_source_lets_pass(text):
    with tempfile.TemporaryDirectory() as folder:
        plant(folder, {"tests/plan/x.c": text})
        equal(run("check-source", folder), (0, ""))


def library(folder, code):
    plant(folder, {"x.c": code})
    flags = subprocess.run(["pkg-config", "--cflags", "glib-2.0"], capture_output=True, text=True).stdout.split()
    subprocess.run(["cc", "-O1", "-c", *flags, "x.c", "-o", "x.c.o"], cwd=folder, check=True)
    subprocess.run(["ar", "rcsT", "libx.a", "x.c.o"], cwd=folder, check=True)
    return os.path.join(folder, "libx.a")


@cases([
    ("clock", "#include <time.h>\nlong x(void); long x(void) { return time(0); }", "plan", "calls time"),
    ("glib-clock", "#include <glib.h>\nlong x(void); long x(void) { return g_get_real_time(); }", "base", "calls g_get_real_time"),
    ("file", "#include <stdio.h>\nvoid *x(void); void *x(void) { return fopen(\"x\", \"r\"); }", "plan", "calls fopen"),
    ("environment", "#include <stdlib.h>\nchar *x(void); char *x(void) { return getenv(\"TZ\"); }", "plan", "calls getenv"),
    ("fortified-print", "#define _FORTIFY_SOURCE 2\n#include <stdio.h>\nint x(int n); int x(int n) { return printf(\"%d\", n); }", "plan", "calls printf"),
    ("locale", "#include <ctype.h>\nint x(int n); int x(int n) { return isalpha(n); }", "plan", "the locale"),
    ("log", "#include <glib.h>\nvoid x(void); void x(void) { g_warning(\"x\"); }", "plan", "calls g_log"),
    ("empty", "int x;", "plan", "nothing to look at"),
])
def check_pure(code, room, what):
    with tempfile.TemporaryDirectory() as folder:
        status, told = run("check-pure", room, library(folder, code))
        equal(status, 1, "status")
        holds(told, what)


@test
def check_pure_lets_pure_code_pass():
    code = "#include <stdio.h>\n#include <string.h>\nint x(char *b); int x(char *b) { return snprintf(b, 9, \"%d\", (int)strlen(b)); }"
    with tempfile.TemporaryDirectory() as folder:
        equal(run("check-pure", "plan", library(folder, code)), (0, ""))


@test
def check_rooms_sees_calls():
    """Two rooms that call each other are seen by their symbols, and so are two files of a room."""
    with tempfile.TemporaryDirectory() as folder:
        plant(folder, {"a.c": "int b_two(int); int a_one(int n); int a_one(int n) { return b_two(n); }\n",
                       "b.c": "int a_one(int); int b_two(int n); int b_two(int n) { return n ? a_one(n - 1) : 0; }\n",
                       "c.c": "int a_one(int); int c_three(int n); int c_three(int n) { return a_one(n); }\n"})
        os.makedirs(os.path.join(folder, "src/plan"))
        os.makedirs(os.path.join(folder, "src/base"))
        for name in "abc":
            subprocess.run(["cc", "-c", name + ".c", "-o", name + ".c.o"], cwd=folder, check=True)
        subprocess.run(["ar", "rcs", "src/plan/libplan.a", "a.c.o", "b.c.o"], cwd=folder, check=True)
        subprocess.run(["ar", "rcs", "src/base/libbase.a", "c.c.o"], cwd=folder, check=True)
        status, told = run("check-rooms", "--no-compile", "--build", folder, folder)
        equal(status, 1, "status")
        holds(told, "src/base (c.c): calls a_one of room plan", "src/plan (a.c, b.c): call each other")


@cases([
    ("all-well", [{"result": "OK", "stdout": "1..2\nok 1 - a\nok 2 - b # SKIP none\n"}], 0, "1 passed, 0 failed, 1 skipped"),
    ("a-failed-line", [{"result": "FAIL", "stdout": "ok 1 - a\nnot ok 2 - b\n"}], 1, "1 passed, 1 failed"),
    ("a-crash", [{"result": "FAIL", "returncode": -11, "stdout": "ok 1 - a\n"}], 1, "1 passed, 1 failed"),
    ("a-leak-at-the-end", [{"result": "ERROR", "returncode": 23, "stdout": "ok 1 - a\nok 2 - b\n"}], 1, "2 passed, 1 failed"),
    ("no-tap", [{"result": "OK", "stdout": "fine"}, {"result": "TIMEOUT", "stdout": ""}], 1, "1 passed, 1 failed"),
    ("nothing", [], 1, "0 passed, 0 failed"),
])
def count_tests(entries, status, last):
    with tempfile.TemporaryDirectory() as folder:
        entries = [{"name": "x%d" % n, "duration": 0.1, **entry} for n, entry in enumerate(entries)]
        plant(folder, {"log.json": "".join(json.dumps(entry) + "\n" for entry in entries)})
        got, told = run("count-tests", os.path.join(folder, "log.json"))
        equal((got, told.splitlines()[-1]), (status, last))


@test
def settled_runs_again_what_changed():
    """A test that passed and reads files alone is not due again, until its files change; one from outside always is, but for
    those that start our program alone, which are due when it changes."""
    with tempfile.TemporaryDirectory() as folder:
        plant(folder, {
            "meson.build": "project('a', 'c')\nsh = find_program('sh')\ntest('unit', sh, args : files('tests/a.sh'), suite : 'note')\n"
                           "test('bad', sh, args : files('tests/bad.sh'), suite : 'note')\ntest('outside', sh, args : files('tests/a.sh'), suite : 'e2e')\n"
                           "test('e2e-commands', sh, args : files('tests/a.sh'), suite : 'e2e', env : {'FOLLOWUP' : meson.current_source_dir() / 'program'})\n",
            "program": "one", "tests/a.sh": "echo fine\n", "tests/bad.sh": "exit 1\n"})
        os.mkdir(os.path.join(folder, "tools"))
        for tool in ("settled", "count-tests"):
            shutil.copy(os.path.join(TOOLS, tool), os.path.join(folder, "tools", tool))
        build = os.path.join(folder, "build")
        subprocess.run(["meson", "setup", build, folder], capture_output=True, check=True)

        def settled(*arguments):
            done = subprocess.run([sys.executable, os.path.join(folder, "tools", "settled"), *arguments], capture_output=True, text=True, check=True)
            return done.stdout

        def go_around():
            names = settled("due", build).split()
            subprocess.run(["meson", "test", "-C", build, *names], capture_output=True)
            return names, settled("note", build, os.path.join(build, "meson-logs", "testlog.json"))
        equal(go_around(), (["unit", "bad", "outside", "e2e-commands"], ""))
        names, told = go_around()
        equal(names, ["bad", "outside"])
        holds(told, "2 more, of 2 programs, passed before")
        plant(folder, {"program": "two"})
        equal(go_around()[0], ["bad", "outside", "e2e-commands"])
        plant(folder, {"tests/a.sh": "echo fine, still\n"})
        equal(go_around(), (["unit", "bad", "outside", "e2e-commands"], ""))


@test
def embed_keeps_every_byte():
    """What tools/embed.py puts into the program is what was in the file."""
    with tempfile.TemporaryDirectory() as folder:
        text = bytes(range(256)) + b'\n"??=\\ caf\xc3\xa9\n7'
        with open(os.path.join(folder, "b.txt"), "wb") as file:
            file.write(text)
        plant(folder, {"a.txt": "", "main.c": "#include <stdio.h>\n#include \"t.h\"\nint main(void)\n{\n\tprintf(\"%s %zu %s %zu \", table[0].name, "
                       "table[0].length, table[1].name, table[1].length);\n\tfwrite(table[1].text, 1, table[1].length, stdout);\n\treturn table[2].name != 0;\n}\n"})
        equal(run("embed.py", os.path.join(folder, "t.c"), "table", os.path.join(folder, "b.txt"), os.path.join(folder, "a.txt")), (0, ""))
        subprocess.run(["cc", "-Wall", "-Wextra", "-Werror", "t.c", "main.c", "-o", "t"], cwd=folder, check=True)
        equal(subprocess.run([os.path.join(folder, "t")], capture_output=True).stdout, b"a.txt 0 b.txt %d " % len(text) + text)


main()
