#!/usr/bin/env python3
"""Facts in, plans out: `plan --ndjson`, in facts a second on one core.

The reference is Python's own JSON reader (written in C) reading the same lines and doing nothing with them.
"""
import glob
import json
import os
import resource
import subprocess
import time

import measure

LINES = 40_000


def facts_lines():
    """The facts of the planner's worked cases, each with a company of its own, until there are enough."""
    cases = []
    for path in sorted(glob.glob(os.path.join(measure.ROOT, "tests", "plan", "cases", "*.json"))):
        with open(path, encoding="utf-8") as file:
            cases.append(json.load(file)["facts"])
    for n in range(LINES):
        facts = dict(cases[n % len(cases)])
        facts["opportunity"] = dict(facts["opportunity"], company="Company %d" % n)
        yield json.dumps(facts)


def used(function):
    """(wall seconds, processor seconds of children) of a call."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    function()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    with measure.Scratch() as scratch:
        path = scratch.path("facts.ndjson")
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in facts_lines())
        reader = ["/usr/bin/python3", "-c", "import json, sys\nfor line in open(sys.argv[1]): json.loads(line)", path]

        def plan():
            with open(path, "rb") as source:
                subprocess.run([measure.PROGRAM, "plan", "--ndjson", "--now", measure.NOW], stdin=source, stdout=subprocess.DEVNULL, check=True,
                               env=scratch.env)
        rounds = [(used(plan), used(lambda: subprocess.run(reader, check=True))) for _ in range(3)]
        ours, theirs = min(one[0][0] for one in rounds), min(one[1][0] for one in rounds)
        measure.rate_line("plan --ndjson, facts", LINES / ours, "Python's json.loads alone", LINES / theirs)
        print("  processor time for each fact: %s; %.0f bytes of JSON a fact; to reach 40,000/s: ratio %.2f"
              % (measure.shown(min(one[0][1] for one in rounds) / LINES), os.path.getsize(path) / LINES, LINES / ours / 40_000))


main()
