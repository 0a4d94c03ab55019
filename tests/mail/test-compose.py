#!/usr/bin/env python3
"""What is composed, read back by Python's own mail package: names, subjects, threads, flowed text; and what is refused."""
import email
import email.policy
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from tap import cases, equal, holds, main, test  # noqa: E402

TRY = os.environ["MAIL_TRY"]
USUAL = {"from_name": "Ana Reyes", "from_address": "ana@example.net", "to_name": "Huck Finn", "to_address": "finn@globex.example",
         "subject": "Thank you", "body": "Dear Mr. Finn,\n\nThank you.\n", "message_id": "abc@example.net"}


def compose(status=0, **changes):
    words = ["%s=%s" % (name, value.replace("\\", "\\\\").replace("\n", "\\n") if name == "body" else value)
             for name, value in {**USUAL, **changes}.items() if value is not None]
    done = subprocess.run([TRY, "compose", *words], capture_output=True, timeout=20)
    assert done.returncode == status, "%s: status %d\n%s%s" % (changes, done.returncode, done.stdout.decode(), done.stderr.decode())
    return done.stdout


def parse(raw):
    assert b"\n" not in raw.replace(b"\r\n", b""), "a bare line feed"
    assert all(len(line) <= 998 for line in raw.split(b"\r\n")), "a line over 998 bytes"
    assert all(byte < 128 for byte in raw), "a byte over seven bits"
    return email.message_from_bytes(raw, policy=email.policy.default)


def unflow(message):
    """format=flowed put together again (RFC 3676)."""
    out, soft = [], False
    for line in message.get_content().replace("\r\n", "\n").split("\n"):
        line = line[1:] if line.startswith(" ") else line
        if soft:
            out[-1] += line
        else:
            out.append(line)
        soft = line.endswith(" ") and line != "-- "
    return "\n".join(out)


@test
def a_plain_note():
    """All headers, each once, and the text"""
    message = parse(compose())
    equal(message["From"].addresses[0].addr_spec, "ana@example.net")
    equal(message["To"].addresses[0].display_name, "Huck Finn")
    equal((message["Subject"], message["Message-ID"]), ("Thank you", "<abc@example.net>"))
    equal(message.get_content_type(), "text/plain")
    equal(message["Content-Type"].params["format"], "flowed")
    equal([name for name in message if list(message).count(name) > 1], [])
    equal(unflow(message).rstrip("\n"), USUAL["body"].rstrip("\n"))
    holds(message["Date"], "-0700")


@test
def the_same_bytes():
    """The same message gives the same bytes"""
    equal(compose(), compose())


@test
def line_ends_of_either_kind():
    """A text with CR LF gives the message that one with LF gives"""
    equal(compose(body="One.\r\n\r\nTwo.\r\n"), compose(body="One.\n\nTwo.\n"))


@test
def a_thread():
    """In-Reply-To and References, the oldest first"""
    message = parse(compose(in_reply_to="two@example.net", references="one@example.net two@example.net"))
    equal(message["In-Reply-To"], "<two@example.net>")
    equal(message["References"].split(), ["<one@example.net>", "<two@example.net>"])


@cases([
    ("latin", "Zoë Müller"), ("greek", "Ζωή Παπαδοπούλου"), ("chinese", "陈美"), ("arabic", "عمر حداد"), ("quotes", 'Ana "Nan" Reyes'),
    ("comma", "Reyes, Ana"), ("brackets", "Ana <Reyes>"), ("parentheses", "Ana (Nan) Reyes"), ("long", "Wanjiru " * 20 + "Kamau"),
])
def names_come_back(name):
    message = parse(compose(from_name=name.strip(), to_name=name.strip()))
    equal(message["From"].addresses[0].display_name, name.strip())
    equal([one.addr_spec for one in message["To"].addresses], ["finn@globex.example"])


@cases([
    ("umlauts", "Grüße aus Köln"), ("emoji", "Thank you 🎉"), ("long", "A subject of many words " * 12), ("cjk", "面试感谢信" * 20),
    ("colon", "Re: Re: thanks"), ("empty", ""),
])
def subjects_come_back(subject):
    message = parse(compose(subject=subject.strip()))
    equal(message["Subject"], subject.strip())


@cases([
    ("paragraphs", "One.\n\nTwo.\n"), ("long-paragraph", "word " * 400 + "end\n"), ("long-word", "x" * 3000 + "\n"),
    ("dots", ".\n..\n.hidden\n"), ("from", "From the start I liked it.\n"), ("quoted", "> not a quote\n"), ("spaces", " indented\n  twice\n"),
    ("utf8", "Grüße 🎉 陈美\n"), ("trailing", "ends with a space \nnext\n"), ("no-newline", "last line"), ("signature", "-- \nAna\n"), ("no-signature", "-- " + "x" * 90 + " y\n"),
    ("equals", "a =3D b =\nc\n"), ("tabs", "\ta\tb\n"),
])
def bodies_come_back(body):
    want = "\n".join(line if line == "-- " else line.rstrip(" ") for line in body.rstrip("\n").split("\n"))
    equal(unflow(parse(compose(body=body))).rstrip("\n"), want)


@cases([
    ("subject", "subject", "Hi\nBcc: all@initech.example"), ("from-name", "from_name", "Ana\r\nX: y"), ("to-name", "to_name", "Huck\n Finn"),
    ("to-list", "to_address", "finn@globex.example, ada@globex.example"), ("to-header", "to_address", "finn@globex.example\nBcc: x@initech.example"),
    ("to-none", "to_address", "finn"), ("to-empty", "to_address", ""), ("to-brackets", "to_address", "<finn@globex.example>"),
    ("to-space", "to_address", "fi nn@globex.example"), ("message-id", "message_id", "a@b>\nX: y"), ("reply", "in_reply_to", "a b@c"),
    ("from-address", "from_address", "ana@example.net>\nRCPT TO:<x@y"), ("escape", "subject", "a\x1b[31mb"),
    ("bare-return", "body", "one\rtwo"), ("mixed-scripts", "to_address", "finn@globexךxample"),
])
def injection_is_refused(field, value):
    told = compose(status=1, **{field: value}).decode()
    assert told.startswith("error invalid ") and told.count("\n") == 1, told


main()
