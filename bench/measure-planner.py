#!/usr/bin/env python3
"""The planner alone, on the worked cases: plans a second on one core.

The reference is what it takes to print the same plan as JSON too, and the figure to reach.
"""
import os
import re
import subprocess

import measure

REACH = 500_000


def main():
    told = subprocess.run([os.path.join(measure.BUILD, "bench", "bench-planner"), os.path.join(measure.ROOT, "tests", "plan", "cases")],
                          capture_output=True, text=True, check=True).stdout
    for name, plans, with_json, case in re.findall(r"^(\w+) +(\d+) plans/s .*?(\d+) with JSON .*?(\S+)$", told, re.MULTILINE):
        measure.rate_line("plans, %s case (%s)" % (name, case), int(plans), "with its JSON", int(with_json))
        print("  to reach {:,}/s: ratio {:.2f}".format(REACH, int(plans) / REACH))


main()
