#!/usr/bin/env python3
"""A Maildir of 20,000 mails read against 500 sent notes: answers with and without threading headers, bounces, absences.

The reference is mairix indexing the same folder, which finds neither a bounce nor a bare "Re:".  Then 100 new mails, and how
much memory it takes (--large: with 100,000 mails).

Then a mailbox of 100,000 mails over IMAP, at a Dovecot of its own, watched: the memory of that, and how long after the
server's notice an answer is on record.
"""
import json
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time

import imap_box
import mailing
import measure

sys.path.insert(0, os.path.join(measure.ROOT, "tests", "e2e"))
from rows import copy_opportunity  # noqa: E402

NOTES, MAILS, NEW = 500, 20000, 100
READ_AT = "2026-11-18T12:00:00-07:00"
REACH_NEW = 50e-3
REACH_KIB = 30 * 1024
IMAP_MAILS, ANSWERS, REACH_ANSWER = 100000, 9, 1.0
FILLER = ("The forecast of the week, and what is to be said of it before the meeting on the second floor. " * 6 + "\r\n") * 5


def sent_notes(scratch):
    """A database in which 500 notes went, each to an address of its own, and their [(Message-ID, address)]."""
    with mailing.Sink() as sink:
        path = mailing.approved_note(scratch, sink.port)
        copy_opportunity(path, NOTES // 2 - 1, lambda number: mailing.SENDING_AT_SECONDS)
        subprocess.run([measure.PROGRAM, "--db", path, "deliver", "--once", "--now", mailing.SENDING_AT], env=scratch.env, check=True,
                       stdout=subprocess.DEVNULL)
    connection = sqlite3.connect(path)
    with connection:
        for table, column in (("person", "email"), ("outbox", "to_address")):
            connection.execute("UPDATE %s SET %s = replace(%s, 'globex', 'globex' || opportunity)" % (table, column, column))
        connection.execute("UPDATE opportunity SET outline = NULL")
    notes = connection.execute("SELECT message_id, to_address FROM outbox WHERE state = 'sent'").fetchall()
    connection.close()
    return path, notes


class Folder:
    """A Maildir that grows by mails of which some concern a note."""

    def __init__(self, path, notes):
        self.path, self.notes, self.count, self.dice = path, notes, 0, random.Random(1)
        for name in ("cur", "new", "tmp"):
            os.makedirs(os.path.join(path, name))

    def put(self, sender, subject, text, more=""):
        self.count += 1
        hops = "".join("Received: from mx%d.example by mx.example.net (Postfix) with ESMTPS id %08x\r\n\tfor <ana@example.net>;"
                       " Wed, 18 Nov 2026 10:00:00 -0700 (MST)\r\n" % (hop, self.count) for hop in range(3))
        mail = "Return-Path: <x@initech.example>\r\n%sFrom: %s\r\nTo: Ana Reyes <ana@example.net>\r\nSubject: %s\r\n" \
               "Date: Wed, 18 Nov 2026 10:00:00 -0700\r\nMessage-ID: <m%d@initech.example>\r\n%sMIME-Version: 1.0\r\n" \
               "Content-Type: text/plain; charset=utf-8\r\n\r\n%s" % (hops, sender, subject, self.count, more, text)
        with open(os.path.join(self.path, "cur", "%d.M%dP1.host:2,S" % (1795000000 + self.count, self.count)), "w", encoding="utf-8",
                  newline="") as file:
            file.write(mail)

    def put_one_of_concern(self):
        id, address = self.dice.choice(self.notes)
        kind = self.dice.randrange(4)
        if kind == 0:
            self.put(address, "Re: Thank you", "We need until Friday week to decide.\r\n" + FILLER, "In-Reply-To: %s\r\n" % id)
        elif kind == 1:
            self.put(address, "Re: Thank you", "We have decided to go with another candidate.\r\n" + FILLER)
        elif kind == 2:
            self.put("MAILER-DAEMON@initech.example", "Undelivered Mail Returned to Sender",
                     "550 5.1.1 user unknown: %s\r\nMessage-ID: %s\r\n" % (address, id))
        else:
            self.put(address, "Automatic reply: Thank you", "I am out of the office until 30 November 2026.\r\n",
                     "Auto-Submitted: auto-replied\r\n")

    def grow(self, mails, of_concern):
        for number in range(mails):
            if number % (mails // of_concern) == 0:
                self.put_one_of_concern()
            else:
                self.put("Person %d <p%d@initech%d.example>" % (number, number, number % 900), "Hello %d" % number, FILLER,
                         "References: <q%d@initech.example> <r%d@initech.example>\r\n" % (number, number))


def memory_line(what, kib):
    print("  %-44s %6d KiB   of %d KiB                    ratio %.2f" % (what, kib, REACH_KIB, kib / REACH_KIB))


def over_imap():
    """Prints how much memory watching a large mailbox over IMAP takes, and how soon an answer is on record."""
    if not measure.tool("dovecot"):
        return
    with measure.Scratch() as scratch, imap_box.Server() as server, imap_box.Relay(server.info) as relay:
        path, notes = sent_notes(scratch)
        server.put(IMAP_MAILS)
        subprocess.run([measure.PROGRAM, "--db", path, "config", "inbox", *server.settings(scratch, relay.port)], env=scratch.env, check=True,
                       stdout=subprocess.DEVNULL)
        watching = imap_box.Watch([measure.PROGRAM, "--db", path, "watch", "--format", "json"], scratch.env)
        with watching as watch:
            watch.wait_for('"settled"')
            waits = []
            for number, (id, address) in enumerate(notes[:ANSWERS]):
                subject = "Answer %d" % number
                relay.forget()
                server.deliver(address, id, subject)
                waits.append(watch.wait_for('"subject": "%s"' % subject) - relay.wait())
            measure.line("an answer on record after the server's notice", statistics.median(waits), "reach", REACH_ANSWER)
            measure.line("the slowest of %d" % ANSWERS, max(waits), "reach", REACH_ANSWER)
            memory_line("memory, %s mails watched over IMAP" % format(IMAP_MAILS, ","), watch.resident())


def main():
    mails = 100000 if "--large" in sys.argv else MAILS
    mairix = measure.tool("mairix")
    with measure.Scratch() as scratch:
        path, notes = sent_notes(scratch)
        folder = Folder(scratch.path("Mail"), notes)
        folder.grow(mails, NOTES)
        subprocess.run([measure.PROGRAM, "--db", path, "config", "inbox", "--maildir", folder.path], env=scratch.env, check=True,
                       stdout=subprocess.DEVNULL)
        copy, index, settings = scratch.path("copy.db"), scratch.path("mairix.db"), scratch.path("mairixrc")
        with open(settings, "w", encoding="utf-8") as file:
            file.write("base=%s\nmaildir=Mail\nmfolder=found\ndatabase=%s\n" % (scratch.folder, index))
        watch = [measure.PROGRAM, "--db", copy, "watch", "--once", "--format", "json", "--now", READ_AT]
        commands = {"followup": watch}
        if mairix:
            commands["mairix"] = [mairix, "-f", settings]

        def afresh(name):
            mailing.copy_database(path, copy)
            if os.path.exists(index):
                os.unlink(index)
        times = measure.side_by_side(commands, 5, scratch.env, before=afresh)
        if mairix:
            measure.line("a mailbox of %s read" % format(mails, ","), times["followup"], "mairix indexes it", times["mairix"])
        afresh("followup")
        kib = measure.resident(watch, scratch.env)
        memory_line("memory", kib)
        shutil.copyfile(copy, path)
        folder.grow(NEW, 5)
        new = measure.side_by_side({"followup": watch}, 10, scratch.env, before=lambda name: mailing.copy_database(path, copy))
        measure.line("%d new ones after that" % NEW, new["followup"], "reach", REACH_NEW)
        mailing.copy_database(path, copy)
        told = json.loads(subprocess.run(watch, env=scratch.env, check=True, capture_output=True).stdout)
        print("  of these recorded %d, asked about %d, noted %d" % (told["recorded"], told["proposed"], told["noted"]))

    over_imap()


main()
