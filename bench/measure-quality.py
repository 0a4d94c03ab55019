#!/usr/bin/env python3
"""How good the review is: recall per rule and findings per clean note, over the notes and faults of tests/note/review.

To reach: 95 % recall for every rule, no error on a clean note, at most one warning on ten of them.  The second table is of
notes and faults that the review was not made with.  bench/review-quality takes folders of one's own and says what was
missed.
"""
import glob
import os
import subprocess
import sys

import measure


def main():
    found = glob.glob(os.path.join(measure.BUILD, "src", "**", "followup-dict.so"), recursive=True)
    tool = os.path.join(measure.BUILD, "bench", "bench-review-quality")
    if not os.path.exists(tool):
        sys.exit("quality: bench-review-quality is not built")
    env = dict(os.environ, **({"FOLLOWUP_DICT": found[0]} if found else {}))
    kept = os.path.join(measure.ROOT, "tests", "note", "review")
    subprocess.run([tool, kept], env=env, check=True)
    print("not made with:", flush=True)
    subprocess.run([tool, *sorted(glob.glob(os.path.join(kept, "unseen", "*")))], env=env, check=True)


main()
