#!/usr/bin/env python3
"""The desktop's keyring: a real one in a session bus of its own, and what is said where there is none."""
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from trying import TRY  # noqa: E402
from tap import Skip, equal, holds, main, test  # noqa: E402

KEY = ["kind=keyring", "host=smtp.example.net", "user=ana@example.net"]


def clean_env(folder):
    """Nothing of the desktop that may be running here."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "GNOME_", "XDG_")) and name != "DISPLAY"}
    # GDBus and libsecret keep what they cached until the program ends; the rest of the room is held to account elsewhere
    kept["ASAN_OPTIONS"] = kept.get("ASAN_OPTIONS", "").replace("detect_leaks=1", "detect_leaks=0")
    return {**kept, "HOME": folder, "XDG_RUNTIME_DIR": folder, "XDG_DATA_HOME": os.path.join(folder, "data")}


@test
def kept_and_found_again():
    """Stored, read by secret-tool too, replaced, removed"""
    for tool in ("dbus-run-session", "gnome-keyring-daemon", "secret-tool"):
        if not shutil.which(tool):
            raise Skip("%s is not installed" % tool)
    script = """
        printf 'login' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
        show() { "$TRY" secret "$@"; }
        show "$@"
        echo first | "$TRY" store "$@" && show "$@"
        secret-tool lookup service smtp server smtp.example.net user ana@example.net && echo
        echo s3cret | "$TRY" store "$@" && show "$@"
        show "$1" "$2" user=bob@example.net
        echo | "$TRY" store "$@" && show "$@"
        echo | "$TRY" store "$@"
    """
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["dbus-run-session", "--", "sh", "-c", script, "sh", *KEY], env={**clean_env(folder), "TRY": TRY},
                              capture_output=True, text=True, timeout=60)
    lines = done.stdout.splitlines()
    missing = "error missing -: The keyring holds no password for %s at smtp.example.net;"
    if lines and "No keyring answers" in lines[0]:
        raise Skip("the keyring does not start here")
    equal([line if not line.startswith("error") else line[:len(missing % "ana@example.net")] for line in lines],
          [missing % "ana@example.net", "first", "first", "s3cret", (missing % "bob@example.net"), missing % "ana@example.net"],
          done.stderr)


@test
def no_keyring():
    """A machine without one: a sentence that names the other ways"""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([TRY, "secret", *KEY], env=clean_env(folder), capture_output=True, text=True, timeout=30)
    equal(done.returncode, 1)
    holds(done.stdout, "error missing", "No keyring answers here", "use a command or a file")


main()
