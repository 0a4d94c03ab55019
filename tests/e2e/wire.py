"""Between the program and a mail server: a counting server, and a wire that kills the program at a byte.

The server is the real one of tests/servers (bridge.py); it writes down each message it took, so that a test counts what
arrived, not what somebody says was sent.
"""
import atexit
import collections
import functools
import os
import select
import signal
import socket
import subprocess
import tempfile
import threading
import time

from program import ROOT, Skip

SERVERS = os.path.join(ROOT, "tests", "servers")
DEBIAN_PYTHON = "/usr/bin/python3"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@functools.cache
def has_aiosmtpd():
    return subprocess.run([DEBIAN_PYTHON, "-c", "import aiosmtpd"], capture_output=True).returncode == 0


class CountingServer:
    """bridge.py without a mailbox behind it; a context manager. arrived() counts what it took."""

    def __init__(self, folder, *options):
        if not has_aiosmtpd():
            raise Skip("python3-aiosmtpd is not installed")
        self.before = 0  # lines that are not counted
        self.port = free_port()
        self.accepted = os.path.join(folder, "accepted-%d" % self.port)
        open(self.accepted, "w", encoding="utf-8").close()
        self.command = [DEBIAN_PYTHON, os.path.join(SERVERS, "bridge.py"), str(self.port), "--accepted", self.accepted, *options]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        end = time.monotonic() + 15
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                if self.process.poll() is not None:
                    raise AssertionError("the server ended: %s" % self.process.stderr.read().decode()) from None
                time.sleep(0.02)
        raise AssertionError("the server did not answer")

    def __exit__(self, *exception):
        self.process.terminate()
        self.process.wait()
        self.process.stderr.close()

    def lines(self):
        with open(self.accepted, encoding="utf-8") as file:
            return [line for line in file if line.strip()]

    def arrived(self):
        """{Message-ID: how often}"""
        return collections.Counter(line.split()[0] for line in self.lines()[self.before:])


@functools.cache
def started_server(*options):
    folder = tempfile.TemporaryDirectory(prefix="followup-server-")
    server = CountingServer(folder.name, *options).__enter__()
    atexit.register(lambda: (server.__exit__(), folder.cleanup()))
    return server


def shared_server(*options):
    """The one server that the tests of a file send to, until they end; it counts anew from here."""
    server = started_server(*options)
    server.before = len(server.lines())
    return server


class Wire:
    """A port that passes everything on to a server, and at the Nth byte of one direction kills the client.

    What comes before that byte has reached the other side; what comes after has not.  A context manager; arm() sets the
    byte for the next connection, `cut` tells whether it was reached, `told` what each direction ("out" is the client's)
    carried.
    """

    def __init__(self, server_port):
        self.server_port = server_port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.arm()

    def arm(self, direction=None, at=None, delay=0.0):
        self.direction, self.at, self.delay = direction, at, delay
        self.client = None  # the Popen to kill
        self.cut = False
        self.told = {"out": bytearray(), "in": bytearray()}

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *exception):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(5)

    def kill(self):
        time.sleep(self.delay)
        self.cut = True
        wait = time.monotonic() + 5
        while self.client is None and time.monotonic() < wait:
            time.sleep(0.001)
        os.kill(self.client.pid, signal.SIGKILL)

    def pass_on(self, direction, data, target):
        """False when the wire is cut."""
        carried = self.told[direction]
        room = self.at - len(carried) if direction == self.direction else len(data) + 1
        part = data[:max(room, 0)]
        carried += part
        if part:
            target.sendall(part)
        if room <= len(data):
            self.kill()
            return False
        return True

    def serve(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            with near, socket.create_connection(("127.0.0.1", self.server_port)) as far:
                for one in (near, far):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                try:
                    self.shuttle(near, far)
                except OSError:
                    pass

    def shuttle(self, near, far):
        while True:
            ready, _, _ = select.select([near, far], [], [], 30)
            if not ready:
                return
            for source in ready:
                data = source.recv(65536)
                if not data:
                    return
                if not self.pass_on("out" if source is near else "in", data, far if source is near else near):
                    return
