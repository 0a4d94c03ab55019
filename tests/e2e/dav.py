"""A calendar server: Debian's Radicale on loopback, and what lies there as a calendar program reads it."""
import contextlib
import os
import socket
import subprocess
import time
import urllib.request

from program import Skip
from wire import free_port


def events(text):
    """[{property: value}] of the events of a calendar, its lines unfolded."""
    lines = text.replace("\r\n ", "").split("\r\n")
    found, alarm = [], False
    for line in lines:
        if line == "BEGIN:VEVENT":
            found.append({"alarms": []})
        alarm = line == "BEGIN:VALARM" or (alarm and line != "END:VALARM")
        name, _, value = line.partition(":")
        if found and alarm and name == "TRIGGER":
            found[-1]["alarms"].append(value)
        elif found and not alarm:
            found[-1][name.split(";")[0]] = value
    return found


class Radicale:
    """Debian's Radicale on loopback, with one calendar and one login; a context manager."""

    def __init__(self, folder, port=None):
        self.folder = os.path.join(folder, "radicale")
        os.mkdir(self.folder)
        self.port = port or free_port()
        self.url = "http://127.0.0.1:%d/ana/jobs/" % self.port

    def __enter__(self):
        if subprocess.run(["/usr/bin/python3", "-c", "import radicale"], capture_output=True).returncode:
            raise Skip("radicale is not installed")
        users = os.path.join(self.folder, "users")
        with open(users, "w", encoding="utf-8") as file:
            file.write("ana:pw\n")
        options = ["--server-hosts=127.0.0.1:%d" % self.port, "--auth-type=htpasswd", "--auth-htpasswd-filename=" + users,
                   "--auth-htpasswd-encryption=plain", "--auth-delay=0", "--storage-filesystem-folder=" + os.path.join(self.folder, "data"), "--config="]
        self.process = subprocess.Popen(["/usr/bin/python3", "-m", "radicale", *options], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=open(os.path.join(self.folder, "log"), "w", encoding="utf-8"))
        end = time.monotonic() + 15
        while True:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                break
            if time.monotonic() > end or self.process.poll() is not None:
                with open(os.path.join(self.folder, "log"), encoding="utf-8") as log:
                    raise AssertionError("radicale did not answer: " + log.read()[-2000:])
            time.sleep(0.05)
        self.ask("MKCALENDAR", "")
        return self

    def __exit__(self, *exception):
        self.process.terminate()
        self.process.wait()

    def ask(self, method, name, body=None):
        login = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        login.add_password(None, self.url, "ana", "pw")
        opener = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(login))
        request = urllib.request.Request(self.url + name, method=method, data=body, headers={"Content-Type": "text/calendar"})
        with opener.open(request) as answer:
            return answer.read().decode()

    def events(self):
        return {event["UID"]: event for event in events(self.ask("GET", "").replace("\r\n", "\n").replace("\n", "\r\n"))}
