#!/usr/bin/env python3
"""One approved note sent at once, from the start of the program to its end after the server's 250.

The reference is msmtp handing a message of the same size to the same server.
"""
import sqlite3

import mailing
import measure


def main():
    msmtp = measure.tool("msmtp")
    if not measure.tool("smtp-sink"):
        return
    with measure.Scratch() as scratch, mailing.Sink() as sink:
        original, path, message = mailing.approved_note(scratch, sink.port), scratch.path("copy.db"), scratch.path("note.eml")
        body = sqlite3.connect(original).execute("SELECT body FROM outbox LIMIT 1").fetchone()[0]
        with open(message, "w", encoding="utf-8") as file:
            file.write("From: Ana Reyes <ana@example.net>\nTo: Huck Finn <finn@globex.example>\nSubject: Thank you for the conversation\n"
                       "Date: Tue, 17 Nov 2026 12:00:00 -0700\nMessage-ID: <one@example.net>\nMIME-Version: 1.0\n"
                       "Content-Type: text/plain; charset=utf-8; format=flowed\n\n" + body)
        commands = {"followup": [measure.PROGRAM, "--db", path, "send", "globex", "finn", "--now", mailing.SENDING_AT]}
        if msmtp:
            commands["msmtp"] = [msmtp, "-C", "/dev/null", "--host=127.0.0.1", "--port=%d" % sink.port, "--from=ana@example.net",
                                 "--auth=off", "--tls=off", "finn@globex.example"]
        mailing.copy_database(original, path)
        measure.run_once(commands["followup"], scratch.env)
        sent = sqlite3.connect(path).execute("SELECT count(*) FROM outbox WHERE state = 'sent'").fetchone()[0]
        if not sent:
            raise SystemExit("nothing was sent")
        # Both notes of the panel are due; the one to okoro is taken out, so that one is sent.
        connection = sqlite3.connect(original)
        with connection:
            connection.execute("UPDATE outbox SET send_at = send_at + 86400 WHERE to_address LIKE 'okoro%'")
        connection.close()
        times = measure.side_by_side(commands, 40, scratch.env, before=lambda name: mailing.copy_database(original, path), stdin=message)
        if msmtp:
            measure.line("one note, {:,} bytes".format(len(body)), times["followup"], "msmtp", times["msmtp"])
        print("  resident: {:,} KiB".format(resident(commands["followup"], scratch.env, original, path) or 0))


def resident(command, env, original, path):
    mailing.copy_database(original, path)
    return measure.resident(command, env)


main()
