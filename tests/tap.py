"""A small test runner: functions marked with @test, run in order, told as TAP.

A test fails by an AssertionError or any other exception, and is passed over by raising Skip with the reason.  With names
on the command line only those run.  It knows nothing of the program.
"""
import sys
import time
import traceback

_tests = []


class Skip(Exception):
    """What the test needs is not on this machine; the text says what."""


def test(function):
    """Marks a function as a test; its name and the first line of its docstring are its title."""
    _tests.append((function.__name__.replace("_", "-"), (function.__doc__ or "").split("\n")[0].rstrip("."), function, ()))
    return function


def cases(table):
    """Marks a function as a table test: table is a list of (name, argument...), each told as a test of its own."""
    def mark(function):
        for name, *arguments in table:
            _tests.append(("%s/%s" % (function.__name__.replace("_", "-"), name), "", function, tuple(arguments)))
        return function
    return mark


def equal(got, want, what="value"):
    """Fails, showing both, where got is not want."""
    if got != want:
        raise AssertionError("%s:\n  want %r\n  got  %r" % (what, want, got))


def holds(text, *parts):
    """Fails where a part is missing from the text."""
    for part in parts:
        if part not in text:
            raise AssertionError("%r is not in:\n%s" % (part, text))


def wait_for(what, seconds, probe):
    """Polls until probe() is true; returns what it returned."""
    end = time.monotonic() + seconds
    while True:
        found = probe()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError("waited %g s in vain for %s" % (seconds, what))
        time.sleep(0.02)


def _run_one(function, arguments):
    """("ok" or "not ok", the note after the title, what to tell about it)"""
    try:
        function(*arguments)
    except Skip as skip:
        return "ok", " # SKIP %s" % skip, ""
    except AssertionError as error:
        place = traceback.extract_tb(error.__traceback__)
        lines = ["line %d: %s" % (frame.lineno, frame.line) for frame in place if frame.filename.endswith(".py")][1:3]
        return "not ok", "", "\n".join(lines + [str(error)])
    except Exception:  # pylint: disable=broad-except
        return "not ok", "", traceback.format_exc()
    return "ok", "", ""


def main():
    """Runs what was marked and leaves with the fitting status."""
    names = sys.argv[1:]
    chosen = [one for one in _tests if not names or any(name in one[0] for name in names)]
    print("1..%d" % len(chosen), flush=True)
    failed = 0
    for number, (name, title, function, arguments) in enumerate(chosen, 1):
        start = time.monotonic()
        verdict, note, told = _run_one(function, arguments)
        failed += verdict != "ok"
        for line in told.splitlines():
            print("# " + line)
        print("%s %d - %s%s (%.2f s)%s" % (verdict, number, name, ": " + title if title else "", time.monotonic() - start, note),
              flush=True)
    sys.exit(1 if failed or not chosen else 0)
