"""The desk from outside: a program that serves, and requests to it byte for byte.

A Desk is `followup desk` on a free port of loopback; a Browser keeps its cookie and the token of its forms.  What goes over
the wire is written here by hand, so that a test can send what no browser would.
"""
import json
import re
import signal
import socket
import ssl
import threading
import urllib.parse

from program import BROKEN_SEARCH, equal, wait_for


class Desk:
    """A running desk; a context manager that ends it and holds it to a clean end."""

    def __init__(self, home, *options, listen="127.0.0.1:0", now=None, tls=False):
        self.home, self.tls = home, tls
        self.process = home.start("desk", "--listen", listen, "--format", "json", *options, now=now)
        self.link = self._opening()["link"]
        self.url = urllib.parse.urlsplit(self.link)
        self.host, self.port = "127.0.0.1", self.url.port
        self.key = urllib.parse.parse_qs(self.url.query)["key"][0]
        # What it says goes on being read, so that it never waits for its reader.
        self.err = []
        self.reader = threading.Thread(target=lambda: self.err.extend(self.process.stderr), daemon=True)
        self.reader.start()

    def _opening(self):
        """What it tells when it is open, on a few lines."""
        text = ""
        while not text.endswith("}\n"):
            line = self.process.stdout.readline()
            if not line:
                raise AssertionError("the desk did not open: %s" % self.process.stderr.read()[-3000:])
            text += line
        return json.loads(text)

    def __enter__(self):
        return self

    def __exit__(self, kind, *exception):
        if self.process.poll() is None:
            self.end() if kind is None else self.process.kill()
        self.process.stdout.close()
        self.process.stdin.close()
        self.process.wait()
        self.reader.join(10)
        self.process.stderr.close()

    def end(self, how=signal.SIGTERM, seconds=20):
        """Asks it to end; it has to, with status 0 and no word of a sanitizer."""
        self.process.send_signal(how)
        wait_for("the desk to end", seconds, lambda: self.process.poll() is not None)
        self.reader.join(10)
        told = "".join(self.err)
        if BROKEN_SEARCH in told and "runtime error" not in told and "CRITICAL" not in told:
            return  # the search for leaks fell itself (program.py); what the desk did before was whole
        if self.process.returncode != 0 or "Sanitizer" in told or "runtime error" in told or "CRITICAL" in told:
            raise AssertionError("the desk ended with %s:\n%s" % (self.process.returncode, told[-4000:]))

    def connect(self, seconds=20):
        plain = socket.create_connection((self.host, self.port), timeout=seconds)
        if not self.tls:
            return plain
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context.wrap_socket(plain, server_hostname="localhost")

    def raw(self, *pieces, seconds=20):
        """What comes back for the pieces until the other side closes, or nothing more comes of a whole answer."""
        with self.connect(seconds) as connection:
            for piece in pieces:
                try:
                    connection.sendall(piece if isinstance(piece, bytes) else piece.encode())
                except (BrokenPipeError, ConnectionResetError):
                    break
            return Reply(connection)

    def ask(self, method, target, headers=(), body=b"", host=None):
        """One request as a careful client sends it."""
        head = ["%s %s HTTP/1.1" % (method, target), "Host: %s" % (host or "%s:%d" % (self.host, self.port)), "Connection: close"]
        head += ["%s: %s" % pair for pair in (headers.items() if isinstance(headers, dict) else headers)]
        if body or method == "POST":
            head.append("Content-Length: %d" % len(body))
        return self.raw("\r\n".join(head).encode() + b"\r\n\r\n" + (body if isinstance(body, bytes) else body.encode()))

    def browser(self):
        return Browser(self, self.key)


class Reply:
    """Status, headers (lower case) and body of what a connection brought; status 0 where it brought nothing."""

    def __init__(self, connection):
        data, ended = b"", False
        try:
            while not self._whole(data):
                piece = connection.recv(65536)
                if not piece:
                    ended = True
                    break
                data += piece
                if data.startswith(b"HTTP/1.1 100 ") and b"\r\n\r\n" in data:
                    data = data.split(b"\r\n\r\n", 1)[1]
        except (ConnectionResetError, ssl.SSLError):
            ended = True
        self.closed = ended
        head, _, self.body = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split(" ")[1]) if lines[0].startswith("HTTP/") else 0
        self.headers = [(name.strip().lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines[1:])]
        if self.header("transfer-encoding") == "chunked":
            self.body = unchunk(self.body)

    @staticmethod
    def _whole(data):
        head, found, body = data.partition(b"\r\n\r\n")
        length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
        return found and length and len(body) >= int(length[1])

    def header(self, name):
        found = [value for key, value in self.headers if key == name.lower()]
        return found[-1] if found else None

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.body)


def unchunk(body):
    """The bytes of a chunked body, as far as it came."""
    whole = b""
    while body:
        size, _, rest = body.partition(b"\r\n")
        try:
            length = int(size, 16)
        except ValueError:
            break
        if length == 0:
            break
        whole, body = whole + rest[:length], rest[length + 2:]
    return whole


class Browser:
    """A browser that was let in."""

    def __init__(self, desk, key):
        self.desk = desk
        entered = desk.ask("GET", "/enter?key=" + key)
        equal(entered.status, 303, "the link's answer")
        self.cookie = entered.header("set-cookie").split(";")[0]
        self.csrf = re.search('name="csrf" value="([^"]+)"', self.get("/do/add").text)[1]

    def ask(self, method, target, headers=(), body=b""):
        headers = list(headers.items() if isinstance(headers, dict) else headers)
        return self.desk.ask(method, target, [("Cookie", self.cookie), *headers], body)

    def get(self, target, **options):
        return self.ask("GET", target, **options)

    def post(self, target, **fields):
        """A form, as a page sends it."""
        fields.setdefault("csrf", self.csrf)
        body = urllib.parse.urlencode(fields, doseq=True)
        return self.ask("POST", target, {"Content-Type": "application/x-www-form-urlencoded"}, body)

    def api(self, op, values=None, method="POST"):
        """An op of the API as a script of a page asks for it."""
        headers = {"Content-Type": "application/json", "X-Followup-Form": self.csrf}
        return self.ask(method, "/api/v1/" + op, headers if method == "POST" else {}, b"" if values is None else json.dumps(values).encode())
