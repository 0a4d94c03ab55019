"""Measuring side by side: what every script of this folder does the same way.

Two or more commands are run in turn, round after round, so that a noisy moment hits all of them; medians are compared,
and each line prints the figure, its reference of the same run, and the ratio.  Nothing is asserted.  Needs a build in
build-bench (bench/run makes it).
"""
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
BUILD = os.environ.get("BENCH_BUILD") or os.path.join(ROOT, "build-bench")
PROGRAM = os.path.join(BUILD, "followup")


def tool(name):
    """The path of a tool of the machine, or None with a word about it."""
    found = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/bin")
    if not found:
        print("  %s is not installed: that comparison is left out" % name)
    return found


def run_once(command, env=None, stdin=None):
    """Seconds of wall clock from start to end; fails where the command does."""
    actions = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
               (os.POSIX_SPAWN_OPEN, 0, stdin or os.devnull, os.O_RDONLY, 0)]
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ if env is None else env, file_actions=actions)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit("%s: status %d" % (" ".join(command), status))
    return seconds


def side_by_side(commands, rounds=40, env=None, before=None, stdin=None, warm=False):
    """{name: median seconds} of commands ({name: argv}) run in turn; before(name) prepares each run unmeasured.  With warm
    each is measured right after a run of its own, so that none pays for what another left in the machine's caches."""
    times = {name: [] for name in commands}
    for round_number in range(rounds + 2):
        for name, command in commands.items():
            if before:
                before(name)
            if warm:
                run_once(command, env, stdin)
            seconds = run_once(command, env, stdin)
            if round_number >= 2:  # the first two warm the caches
                times[name].append(seconds)
    return {name: statistics.median(values) for name, values in times.items()}


def resident(command, env=None):
    """The most memory a command had at once, in KiB, as the kernel counted it; None without GNU time."""
    if not os.path.exists("/usr/bin/time"):
        return None
    told = subprocess.run(["/usr/bin/time", "-f", "resident %M", *command], env=env, capture_output=True, text=True)
    return int(re.search(r"resident (\d+)", told.stderr)[1])


def shown(seconds):
    return "%.2f s" % seconds if seconds >= 1 else "%.2f ms" % (seconds * 1e3) if seconds >= 1e-3 else "%.1f µs" % (seconds * 1e6)


def line(what, figure, reference_name, reference):
    """One line of a table of times: smaller is better, the ratio says how many times as long as the reference."""
    print("  %-44s %10s   %-28s %10s   ratio %.2f" % (what, shown(figure), reference_name, shown(reference), figure / reference))


def rate_line(what, rate, reference_name, reference):
    """One line of a table of rates: larger is better."""
    print("  %-44s %10s   %-28s %10s   ratio %.2f" % (what, "%s/s" % format(round(rate), ","), reference_name,
                                                  "%s/s" % format(round(reference), ","), rate / reference))


class Scratch:
    """A folder for one measurement with an environment of its own; a context manager."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="followup-bench-")
        self.env = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": self.folder, "TZ": "America/Phoenix", "LC_ALL": "C.UTF-8",
                    "TMPDIR": self.folder}
        return self

    def __exit__(self, *exception):
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)


# Every measurement happens at this moment, in data made for it.
NOW = "2026-11-20T09:00:00-07:00"
NOW_AT = 1795190400
DUE = 25


def make_db(path, count, due=DUE):
    """A database of so many opportunities, so many of them due at NOW (bench/make-db.c)."""
    maker = os.path.join(BUILD, "bench", "bench-make-db")
    if not os.path.exists(maker):
        sys.exit("bench: %s is not built" % maker)
    subprocess.run([maker, path, str(count), str(due), str(NOW_AT)], check=True)
