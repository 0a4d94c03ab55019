#!/usr/bin/env python3
"""The made-up job search of ./run demo: made by real commands, around today, with something of everything in it."""
import os
import subprocess
import sys

from program import PROGRAM, ROOT, Home, equal, holds, main, test


@test
def the_demo_shows_a_search():
    with Home() as home:
        def demo(*words):
            done = subprocess.run([sys.executable, os.path.join(ROOT, "tools", "demo"), PROGRAM, os.path.join(home.folder, "demo"), *words],
                                  env=home.env, capture_output=True, text=True, timeout=120)
            equal((done.returncode, done.stderr), (0, ""), "the demo ended (%s)" % done.stdout[-300:])
            return done.stdout
        holds(demo(), "Globex", "Initech")
        first = demo("list")
        holds(first, "Globex", "Initech", "Vandelay", "Hooli", "Umbrella", "Wonka")
        demo("log", "globex", "finn", "--step", "thank-you", "--channel", "email")
        holds(demo("show", "globex"), "Huck Finn")
        assert not os.path.exists(home.db), "the demo touched the user's own data"


main()
