#!/usr/bin/env python3
"""When the disk is full, read-only or damaged: a clear sentence, and nothing half written.

The disk is a small one of its own: this script starts itself again in a mount namespace, which root may do, and an
ordinary user where the system allows user namespaces; elsewhere these tests are passed over.
"""
import os
import sqlite3
import subprocess
import sys

from program import Home, Skip, cases, equal, holds, main, one_sentence, test

NOW = "2026-11-17T12:00:00-07:00"
INSIDE = "FOLLOWUP_TEST_NAMESPACE"
ADD = ["interview", "--with", "Huck Finn <finn@globex.example>", "--with", "Ada Okoro <okoro@globex.example>", "--position", "Data analyst"]


def add(company):
    return ADD[:1] + [company, "2026-11-17T10:00"] + ADD[1:]


def enter_namespace():
    """Starts this script again where it may mount; returns where it cannot."""
    flags = ["-m"] if os.geteuid() == 0 else ["-Urm"]
    if subprocess.run(["unshare", *flags, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True).returncode == 0:
        os.environ[INSIDE] = "yes"
        os.execvp("unshare", ["unshare", *flags, sys.executable, *sys.argv])


class SmallDisk(Home):
    """A Home whose database lies on a disk of so many KiB."""

    def __init__(self, kilobytes):
        super().__init__(now=NOW)
        if INSIDE not in os.environ:
            raise Skip("this system lets us mount no disk of our own")
        self.disk = os.path.dirname(self.db)
        self.mount("-t", "tmpfs", "-o", "size=%dk" % kilobytes, "none")

    def mount(self, *arguments):
        subprocess.run(["mount", *arguments, self.disk], check=True)

    def __exit__(self, *exception):
        subprocess.run(["umount", self.disk], check=True)
        super().__exit__(*exception)

    def free(self):
        told = os.statvfs(self.disk)
        return told.f_bavail * told.f_bsize

    def fill(self, leave):
        """Fills the disk but for so many bytes."""
        with open(os.path.join(self.disk, "filler"), "wb") as file:
            file.write(b"x" * max(self.free() - leave, 0))

    def empty(self):
        os.unlink(os.path.join(self.disk, "filler"))


def check_whole(home):
    """The file is sound, and every opportunity has its interview and both its people."""
    equal(home.rows("PRAGMA integrity_check"), [("ok",)])
    equal(home.rows("PRAGMA foreign_key_check"), [])
    return {one["company"]: len(one["people"]) for one in opportunities(home)}


def opportunities(home):
    rows = home.rows("SELECT id, company FROM opportunity ORDER BY id")
    return [{"company": company, "people": home.rows("SELECT id FROM person WHERE opportunity = ?", number)} for number, company in rows]


@cases([("%d-bytes-left" % left, left) for left in (0, 4096, 8192, 16384, 32768, 65536, 131072)])
def a_full_disk(left):
    """With less room than it takes, nothing is stored and the sentence says why; with room again, all goes on."""
    with SmallDisk(2048) as home:
        home.run(*add("Globex"))
        home.fill(left)
        told = home.run(*add("Initech"), status=None)
        assert told.status or left, "stored on a disk without a byte left"
        if told.status:
            equal(told.status, 1, "status")
            assert any(word in one_sentence(told.err) for word in ("full", "space")), told.err
        home.empty()
        equal(check_whole(home), {"Globex": 2, **({} if told.status else {"Initech": 2})}, "people by company")
        home.run(*add("Hooli"))
        assert "Hooli" in check_whole(home)


@test
def a_full_disk_from_the_start():
    with SmallDisk(64) as home:
        home.fill(0)
        told = home.run(*add("Globex"), status=1)
        assert any(word in one_sentence(told.err) for word in ("full", "space")), told.err
        home.empty()


@test
def a_full_disk_and_a_copy():
    """A backup that does not fit leaves no file behind."""
    with SmallDisk(600) as home:
        home.run(*add("Globex"))
        home.fill(20000)
        target = os.path.join(home.disk, "copy.db")
        one_sentence(home.run("backup", target, status=1).err)
        equal([name for name in os.listdir(home.disk) if name.startswith("copy")], [])
        home.empty()


@test
def a_read_only_disk():
    """What can be read is shown; what cannot be stored is said."""
    with SmallDisk(2048) as home:
        home.run(*add("Globex"))
        home.mount("-o", "remount,bind,ro")
        holds(home.run("show", "Globex").out, "Huck Finn")
        holds(home.run().out, "Globex")
        told = one_sentence(home.run(*add("Initech"), status=1).err)
        assert "read" in told or "writ" in told, told
        home.mount("-o", "remount,bind,rw")


def run_as_nobody(home, *arguments):
    """As root, whom no right stops, somebody else runs the program; an ordinary user is somebody else already."""
    options = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    try:
        return subprocess.run(home.command(*arguments), env=home.env, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, **options)
    except (PermissionError, OSError) as error:
        raise Skip("nobody else may run the program here (%s)" % error) from None


@test
def a_read_only_file():
    """Another user's file that may only be read is shown; what cannot be stored is said."""
    with Home(now=NOW) as home:
        home.run(*add("Globex"))
        for path, mode in ((home.folder, 0o755), (os.path.dirname(home.db), 0o555), (home.db, 0o444)):
            os.chmod(path, mode)
        shown = run_as_nobody(home, "show", "Globex")
        equal((shown.returncode, shown.stderr), (0, ""), "show")
        holds(shown.stdout, "Huck Finn")
        refused = run_as_nobody(home, *add("Initech"))
        equal(refused.returncode, 1, "status of a change")
        one_sentence(refused.stderr)
        os.chmod(os.path.dirname(home.db), 0o755)


def damaged(home, how):
    home.run(*add("Globex"))
    connection = sqlite3.connect(home.db)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    with open(home.db, "rb") as file:
        data = bytearray(file.read())
    if how == "header":
        data[:16] = b"not a database!!"
    elif how == "short":
        del data[len(data) // 2:]
    elif how == "pages":
        data[4096:] = bytes(len(data) - 4096)
    elif how == "text":
        data = bytearray(b"Dear diary,\n" * 500)
    with open(home.db, "wb") as file:
        file.write(data)
    return bytes(data)


@cases([(how, how) for how in ("header", "short", "pages", "text")])
def a_damaged_file(how):
    """It is named as damaged or as none of ours, and not a byte of it is changed."""
    with Home(now=NOW) as home:
        data = damaged(home, how)
        for command in (["show", "Globex"], add("Initech"), ["export"]):
            told = home.run(*command, status=None)
            assert told.status in (1, 2), "%s: status %d: %s" % (command[0], told.status, told.out)
            one_sentence(told.err)
        with open(home.db, "rb") as file:
            equal(file.read() == data, True, "the file's bytes are untouched")


@test
def a_file_of_a_newer_version():
    with Home(now=NOW) as home:
        home.run(*add("Globex"))
        connection = sqlite3.connect(home.db)
        connection.execute("PRAGMA user_version = 9999")
        connection.commit()
        connection.close()
        for command in (["show", "Globex"], add("Initech"), []):
            holds(one_sentence(home.run(*command, status=1).err), "newer")
        equal(home.rows("PRAGMA user_version"), [(9999,)])


@test
def another_programs_database():
    """A database that is not ours is refused, and gets no table of ours."""
    with Home(now=NOW) as home:
        connection = sqlite3.connect(home.db)
        connection.execute("CREATE TABLE birds (name TEXT)")
        connection.commit()
        connection.close()
        told = home.run(*add("Globex"), status=None)
        assert told.status in (1, 2), told.out
        one_sentence(told.err)
        equal(home.rows("SELECT name FROM sqlite_master"), [("birds",)])


@cases([("folder", "is a folder", os.mkdir), ("pipe", "is no file", os.mkfifo)])
def no_file_for_a_database(what, make):
    with Home(now=NOW) as home:
        make(home.db)
        for command in (["list"], [], add("Globex"), ["export"]):
            holds(home.refuses(*command), what, home.db)


if INSIDE not in os.environ:
    enter_namespace()
main()
