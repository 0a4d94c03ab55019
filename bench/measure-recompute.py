#!/usr/bin/env python3
"""Every plan of 100,000 opportunities computed anew, as after a change of playbook.

The reference is the least that it could be: the sqlite3 shell moving the time of each in one statement.
"""
import shutil

import measure

COUNT = 100_000


def main():
    shell = measure.tool("sqlite3")
    with measure.Scratch() as scratch:
        original, path = scratch.path("original.db"), scratch.path("copy.db")
        measure.make_db(original, COUNT)
        commands = {"followup": [measure.PROGRAM, "--db", path, "recompute", "--now", measure.NOW]}
        if shell:
            commands["sqlite3"] = [shell, path, "UPDATE opportunity SET next_at = next_at + 1"]
        times = measure.side_by_side(commands, 3, scratch.env, before=lambda name: shutil.copyfile(original, path))
        if shell:
            measure.rate_line("recompute, opportunities", COUNT / times["followup"], "sqlite3, one UPDATE", COUNT / times["sqlite3"])
        print("  to reach 20,000/s: ratio %.2f" % (COUNT / times["followup"] / 20_000))


main()
