"""What the scripts of this folder share: the room's try-out program, and the servers, started once for a whole script."""
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))
from tap import Skip, equal  # noqa: E402

TRY = os.environ["MAIL_TRY"]


class Stack:
    """tests/servers, started once for the whole program."""
    process = info = None

    @classmethod
    def get(cls):
        if cls.info is None:
            cls.process = subprocess.Popen(["/usr/bin/python3", os.path.join(HERE, "..", "servers", "start.py")], stdin=subprocess.PIPE,
                                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            line = cls.process.stdout.readline()
            cls.info = json.loads(line) if line else {"missing": cls.process.stderr.read().strip().split("\n")[-1]}
        if "missing" in cls.info:
            raise Skip(cls.info["missing"])
        return cls.info

    @classmethod
    def stop(cls):
        if cls.process:
            cls.process.stdin.close()
            cls.process.wait(30)


def run(action, words, secret="pw", rest=(), timeout=60):
    command = [TRY, action, *("%s=%s" % item for item in words.items() if item[1] is not None), *(["--", *rest] if rest else [])]
    done = subprocess.run(command, input=secret + "\n", capture_output=True, text=True, timeout=timeout, errors="replace")
    assert "Sanitizer" not in done.stderr and "runtime error" not in done.stderr, done.stderr[-3000:]
    assert secret == "" or len(secret) < 4 or secret not in done.stdout, "the secret was shown"
    return done.returncode, done.stdout


def account(security="starttls", auth="plain", server="dovecot", **changes):
    info = Stack.get()
    if info[server] is None:
        raise Skip(info[server + "_missing"])
    port = info[server].get("smtp" if security == "plaintext" else "submissions" if security == "tls" else "submission")
    return {"host": "localhost", "port": port, "security": security, "auth": auth, "user": info["user"], "ca": info["ca"],
            "timeout": 15000, "from": "ana@example.net", **changes}


def send(words, to, raw=b"Subject: Hi\r\n\r\nText.\r\n", secret="pw"):
    with tempfile.NamedTemporaryFile(suffix=".eml") as file:
        file.write(raw)
        file.flush()
        status, out = run("send", words, secret, [file.name, *to])
    assert status == 0, out
    lines = out.split("\n")[:-1]
    results = [tuple(line.split(" ", 3)) for line in lines[:-1]]
    done, asked = lines[-1].split(" asked ")
    equal(done.split(" ", 2)[2], "told %d of %d" % (sum(line.split()[0] != "unreached" for line in lines[:-1]), len(to)), "told of once, or not reached")
    left = sum(one[0] in ("sent", "unknown") for one in results)
    assert int(asked) >= left, "%d messages left, %s were asked for" % (left, asked)
    return results


def free_port():
    with contextlib.closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
