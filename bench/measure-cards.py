#!/usr/bin/env python3
"""A thousand cards as one PDF, four a page: the reach is two seconds.

The reference is what cairo and pango take for the same texts set once in a size known before; then the command itself,
for one card with its envelope, beside its start.
"""
import os
import statistics
import subprocess
import sys

import measure

COUNT, ROUNDS = 1000, 5


def seconds(*arguments):
    return float(subprocess.run([os.path.join(measure.BUILD, "bench", "bench-cards"), str(COUNT), *arguments],
                                capture_output=True, text=True, check=True).stdout)


def main():
    if not os.path.exists(os.path.join(measure.BUILD, "bench", "bench-cards")):
        sys.exit("bench: bench-cards is not built")
    ours, floor = [], []
    for _ in range(ROUNDS):
        ours.append(seconds())
        floor.append(seconds("floor"))
    measure.line("%d cards, fitted, four a page" % COUNT, statistics.median(ours), "cairo and pango alone", statistics.median(floor))
    measure.line("the same", statistics.median(ours), "the reach", 2.0)
    with measure.Scratch() as scratch:
        path = scratch.path("cards.db")
        followup = [measure.PROGRAM, "--db", path]
        now = ["--now", "2026-11-17T15:00:00-07:00"]
        for words in (["config", "me", "--name", "Ana Reyes", "--address", "27 Cactus Road, Tempe, AZ 85281"],
                      ["interview", "Globex", "2026-11-17 10am", "--with", "Huck Finn", "--kind", "in-person"],
                      ["people", "globex", "finn", "--address", "1 Main St, Phoenix, AZ 85001", "--salutation", "Mr. Finn"],
                      ["debrief", "globex", "--topic", "finn: moving the forecast off spreadsheets"],
                      ["edit", "globex", "finn", "--step", "card"]):
            if words[0] == "edit":
                subprocess.run([*followup, "draft", "globex", "finn", "--step", "card", *now], env=scratch.env, capture_output=True, check=True)
                words = [*words, "--text", "Dear Mr. Finn,\n\nThank you for your time on Tuesday.\n\nWith thanks,\nAna Reyes"]
            subprocess.run([*followup, *words, *now], env=scratch.env, capture_output=True, check=True)
        card = [*followup, "card", "globex", "finn", "--envelope", "--force", "--output", scratch.path("card.pdf"), *now]
        times = measure.side_by_side({"card": card, "show": [*followup, "show", "globex", *now]}, 20, scratch.env)
        measure.line("followup card, with its envelope", times["card"], "followup show", times["show"])


main()
