#!/usr/bin/env python3
"""A note reviewed, the dictionary loaded: a good one, and one with mistakes in it; 10,000 of each in one process.

The reference is the dictionary alone, asked for every word of the same note.
"""
import glob
import json
import os
import re
import subprocess
import sys

import measure

sys.path.insert(0, os.path.join(measure.ROOT, "tests", "e2e"))
from program import facts  # noqa: E402

REACH = 1e-3
LOAD_REACH = 50e-3
ROUNDS = "10000"
GOOD = """Subject: Thank you for Tuesday's conversation

Dear Mr. Finn,

Thank you for the time you took on Tuesday to talk about the Data analyst position at Globex. What you said about moving
the forecast off spreadsheets stayed with me: I did the same for a team of three, in SQL, and would enjoy doing it with
you. After our conversation I am even more interested in the position, and I believe that my experience with forecasting
would be of use to your team from the first week on.

If there is anything else that would help you decide, I am glad to send it.

Kind regards,
Ana Reyes
"""
BAD = GOOD.replace("Mr. Finn", "Mr. Sawyer").replace("conversation I", "convresation I").replace("experience", "experiance").replace("Globex", "Initech")


def main():
    found = glob.glob(os.path.join(measure.BUILD, "src", "**", "followup-dict.so"), recursive=True)
    tool = os.path.join(measure.BUILD, "bench", "bench-review")
    if not found or not os.path.exists(tool):
        sys.exit("review: the dictionary module or bench-review is not built")
    with measure.Scratch() as scratch:
        with open(scratch.path("facts.json"), "w", encoding="utf-8") as file:
            json.dump(facts(), file)
        for name, note in (("a good note", GOOD), ("a note with mistakes", BAD)):
            with open(scratch.path("note.txt"), "w", encoding="utf-8") as file:
                file.write(note)
            told = subprocess.run([tool, found[0], scratch.path("dict"), scratch.path("facts.json"), scratch.path("note.txt"), ROUNDS],
                                  env=scratch.env, capture_output=True, text=True, check=True).stdout
            ours, theirs, findings, load, growth = re.match(r"review (\S+) dictionary (\S+) findings (\d+) load (\S+) growth (\S+)", told).groups()
            measure.line("%s (%d words, %s findings)" % (name, len(note.split()), findings), float(ours) / 1e6, "the dictionary alone", float(theirs) / 1e6)
            print("  to stay under 1 ms: ratio %.2f" % (float(ours) / 1e6 / REACH))
            print("  memory added by the last nine of ten of %s reviews: %s KiB" % (ROUNDS, growth))
            print("  the dictionary loaded, both spellings: %.1f ms; to stay under 50 ms: ratio %.2f" % (float(load) / 1e3, float(load) / 1e6 / LOAD_REACH))


main()
