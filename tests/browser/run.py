#!/usr/bin/env python3
"""Run one test program of Node's as a test of Meson's; where Node, its modules or Chromium are missing it is skipped.

usage: run.py NAME.mjs [OPTION...]      (an option of Node, such as --test-name-pattern=WORDS)

FOLLOWUP_NODE names the folder that tools/install-node-modules filled; CHROMIUM another browser than one of Debian's.
"""
import os
import pathlib
import shutil
import subprocess
import sys

# Debian's; the first has no windows of its own, and costs half.
BROWSERS = [os.environ.get("CHROMIUM"), "/usr/bin/chromium-headless-shell", "/usr/bin/chromium"]


def browser():
    """The path of the first browser that is there; None where none is."""
    return next((path for path in BROWSERS if path and os.access(path, os.X_OK)), None)


def missing():
    """What is not there, as a reason to skip; None where all is."""
    if not shutil.which("node"):
        return "node is not installed"
    if not os.path.exists(os.path.join(os.environ["FOLLOWUP_NODE"], "installed.json")):
        return "tools/install-node-modules %s was not run" % os.environ["FOLLOWUP_NODE"]
    if not browser():
        return "chromium is not installed"
    return None


def main():
    script = sys.argv[1]
    reason = missing()
    if reason:
        print("1..1\nok 1 - %s # SKIP %s" % (os.path.basename(script), reason))
        return 0
    reporter = pathlib.Path(__file__).resolve().with_name("tap.mjs").as_uri()
    command = ["node", "--test-reporter=" + reporter, *sys.argv[2:], script]
    return subprocess.run(command, env={**os.environ, "CHROMIUM": browser()}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
