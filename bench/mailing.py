"""A sink for mail and a database with approved notes: what the measurements of sending share."""
import os
import pwd
import shutil
import socket
import subprocess
import time

import measure

SENDING_AT = "2026-11-17T12:00:00-07:00"
SENDING_AT_SECONDS = 1794942000


class Sink:
    """Postfix's smtp-sink on a free port of loopback; a context manager. Takes everything and keeps nothing."""

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        user = ["-u", pwd.getpwuid(65534).pw_name] if os.geteuid() == 0 else []
        self.process = subprocess.Popen([measure.tool("smtp-sink"), *user, "127.0.0.1:%d" % self.port, "128"])
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.02)
        raise SystemExit("smtp-sink did not answer")

    def __exit__(self, *exception):
        self.process.terminate()
        self.process.wait()


def approved_note(scratch, port):
    """The path of a database in which one note to each of two people is approved and due at SENDING_AT."""
    path = scratch.path("approved.db")

    def run(*words):
        subprocess.run([measure.PROGRAM, "--db", path, *words, "--now", SENDING_AT], env=scratch.env, check=True, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL)
    run("config", "me", "--name", "Ana Reyes", "--email", "ana@example.net", "--skill", "SQL")
    run("config", "mail", "--address", "ana@example.net", "--host", "127.0.0.1", "--port", str(port), "--security", "plaintext", "--auth", "none", "--no-probe")
    run("interview", "Globex", "2026-11-17T10:00", "--position", "Data analyst", "--requirement", "SQL",
        "--with", "Huck Finn <finn@globex.example>, hiring-manager", "--with", "Ada Okoro <okoro@globex.example>")
    run("people", "globex", "finn", "--salutation", "Mr. Finn")
    run("people", "globex", "okoro", "--salutation", "Ms. Okoro")
    run("debrief", "globex", "--topic", "finn: moving the forecast off spreadsheets", "--topic", "okoro: how the team reviews each other's queries",
        "--fit", "five years of SQL in a team of three")
    run("draft", "globex")
    run("approve", "globex", "--all", "--now")
    return path


def copy_database(source, target):
    for ending in ("-wal", "-shm"):
        if os.path.exists(target + ending):
            os.unlink(target + ending)
    shutil.copyfile(source, target)
