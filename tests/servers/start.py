#!/usr/bin/python3
"""start.py [SERVER...] - real mail servers on free ports of 127.0.0.1, as an ordinary user, for as long as a test wants them.

    dovecot    IMAP, LMTP, and submission (STARTTLS and TLS; PLAIN, LOGIN, XOAUTH2; pipelining), which hands on to the bridge
    bridge     SMTP with faults by recipient, without login (see bridge.py); it delivers into Dovecot
    exim       a real MTA: queue, STARTTLS and TLS with login, 4xx, 5xx and bounces (see exim.conf.in); into Dovecot

Without a name it starts all of them.  When they answer, one line of JSON goes to standard output: ports, paths, process
ids, the password, a token.  They stop, and the scratch folder goes, when standard input ends or SIGTERM comes.  Any
local part is a user; mail to finn@... lies in home/finn/Maildir and is read over IMAP as finn.

As root, the servers run as nobody.  Exim is unpacked from its Debian package into a cache folder, not installed; where that
cannot be had, "exim" is null and "exim_missing" says why, unless exim was named.
"""
import base64
import glob
import json
import os
import pwd
import grp
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
import mkjwt

HERE = os.path.dirname(os.path.abspath(__file__))
PASSWORD = "pw"
USER = "ana"


class Failed(Exception):
    """A server that cannot be had; the message is one sentence."""


def free_ports(count):
    """Ports that were free a moment ago, all different."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def wait_for_port(port, process, seconds=15):
    """Returns when something answers on the port; raises Failed where the process ended or the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process is not None and process.poll() not in (None, 0):
            raise Failed(f"a server on port {port} ended with status {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise Failed(f"nothing answered on port {port} within {seconds} s")


def as_user(command):
    """The command, run as nobody where we are root."""
    if os.geteuid() == 0:
        return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] + command
    return command


class Stack:
    """The servers and their scratch folder; a context manager whose `info` is what start.py prints."""

    def __init__(self, servers=()):
        self.wanted = set(servers) or {"dovecot", "bridge", "exim"}
        self.named = set(servers)
        uid, gid = (65534, 65534) if os.geteuid() == 0 else (os.geteuid(), os.getegid())
        self.user = pwd.getpwuid(uid).pw_name
        self.group = grp.getgrgid(gid).gr_name
        self.dir = tempfile.mkdtemp(prefix="followup-mail-")
        self.processes = []
        self.pid_files = []
        self.info = {"dir": self.dir, "password": PASSWORD, "user": USER, "address": f"{USER}@example.net"}
        names = ["imap", "imaps", "submission", "submissions", "lmtp", "bridge", "smtp", "exim-submission", "exim-submissions"]
        self.port = dict(zip(names, free_ports(len(names))))

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *exception):
        self.stop()

    def start(self):
        self.make_certificate()
        for folder in ("run", "state", "home", "keys/default/HS256", "spool", "log"):
            os.makedirs(os.path.join(self.dir, folder))
        key = secrets.token_bytes(32)
        key_file = self.write("keys/default/HS256/default", base64.b64encode(key).decode())
        self.info.update(home=os.path.join(self.dir, "home"), token=mkjwt.token(key, USER, 3600), token_key=key_file)
        if "dovecot" in self.wanted:
            self.fill("oauth2.conf.ext.in", "oauth2.conf.ext")
            self.fill("dovecot.conf.in", "dovecot.conf")
        self.give_away()
        for name in ("bridge", "dovecot", "exim"):
            if name in self.wanted:
                getattr(self, "start_" + name)()
        self.await_ports()

    def write(self, name, text):
        path = os.path.join(self.dir, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def fill(self, template, name, **more):
        with open(os.path.join(HERE, template), encoding="utf-8") as file:
            text = file.read()
        values = {"DIR": self.dir, "USER": self.user, "GROUP": self.group, "PASSWORD": PASSWORD}
        values.update({word.upper(): str(port) for word, port in self.port.items()})
        values.update(more)
        for word, value in values.items():
            text = text.replace(f"@{word}@", value)
        return self.write(name, text)

    def make_certificate(self):
        cert, key = os.path.join(self.dir, "cert.pem"), os.path.join(self.dir, "key.pem")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3650",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", cert],
            check=True, capture_output=True)
        self.info.update(ca=cert, key=key)

    def give_away(self):
        """Hands the scratch folder to the servers' user; others may look in, for a test that runs as somebody else."""
        os.chmod(self.dir, 0o755)
        if os.geteuid() == 0:
            subprocess.run(["chown", "-R", f"{self.user}:{self.group}", self.dir], check=True)

    def spawn(self, name, command, env=None):
        with open(os.path.join(self.dir, name + ".out"), "ab") as out:
            process = subprocess.Popen(as_user(command), stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=env)
        self.processes.append((name, process))
        return process

    def start_bridge(self):
        accepted = self.write("accepted", "")
        self.give_away()
        command = [
            "/usr/bin/python3", os.path.join(HERE, "bridge.py"), str(self.port["bridge"]), "--accepted", accepted,
            "--cert", os.path.join(self.dir, "cert.pem"), "--key", os.path.join(self.dir, "key.pem")]
        if "dovecot" in self.wanted:
            command += ["--lmtp", str(self.port["lmtp"])]
        process = self.spawn("bridge", command)
        self.info["bridge"] = {"smtp": self.port["bridge"], "accepted": accepted, "pid": process.pid}

    def start_dovecot(self):
        process = self.spawn("dovecot", ["/usr/sbin/dovecot", "-F", "-c", os.path.join(self.dir, "dovecot.conf")])
        ports = {word: self.port[word] for word in ("imap", "imaps", "submission", "submissions", "lmtp")}
        self.info["dovecot"] = dict(ports, pid=process.pid, log=os.path.join(self.dir, "dovecot.log"))

    def start_exim(self):
        try:
            wrapper = find_wrapper()
            # A copy without the set-uid bit, where the servers' user may run it.
            binary = shutil.copyfile(find_exim(), os.path.join(self.dir, "exim4"))
        except Failed as failure:
            if "exim" in self.named:
                raise
            self.info.update(exim=None, exim_missing=str(failure))
            return
        uid = pwd.getpwnam(self.user).pw_uid
        gid = grp.getgrnam(self.group).gr_gid
        users = {"root": (0, 0), "nobody": (65534, 65534), "Debian-exim": (uid, gid), self.user: (uid, gid)}
        groups = {"root": 0, "mail": 8, "nogroup": 65534, "Debian-exim": gid, self.group: gid}
        passwd = "".join(f"{name}:x:{u}:{g}::{self.dir}:/bin/sh\n" for name, (u, g) in users.items())
        os.chmod(binary, 0o755)
        config = self.fill("exim.conf.in", "exim.conf", EXIM=binary, SUBMISSION=str(self.port["exim-submission"]),
                           SUBMISSIONS=str(self.port["exim-submissions"]))
        env = dict(os.environ, LD_PRELOAD=wrapper, NSS_WRAPPER_PASSWD=self.write("passwd", passwd),
                   NSS_WRAPPER_GROUP=self.write("group", "".join(f"{name}:x:{g}:\n" for name, g in groups.items())))
        self.give_away()
        process = self.spawn("exim", [binary, "-C", config, "-bdf", "-q2s"], env)
        self.info["exim"] = {
            "smtp": self.port["smtp"], "submission": self.port["exim-submission"], "submissions": self.port["exim-submissions"],
            "pid": process.pid, "log": os.path.join(self.dir, "log", "mainlog")}

    def await_ports(self):
        for name, process in self.processes:
            for word, port in self.info[name].items():
                if word not in ("pid", "log", "accepted"):
                    wait_for_port(port, process)

    def stop(self):
        for _, process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
        for _, process in self.processes:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes = []
        shutil.rmtree(self.dir, ignore_errors=True)


def cache_folder():
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "followup-tests", "exim")


def find_exim():
    """Exim's binary: the one installed, else unpacked once into the cache folder."""
    found = shutil.which("exim4", path="/usr/sbin:/usr/bin")
    target = os.path.join(cache_folder(), "usr", "sbin", "exim4")
    if not found and not os.path.exists(target):
        unpack_exim(cache_folder())
    return found or target


def unpack_exim(folder):
    with tempfile.TemporaryDirectory(prefix="followup-exim-") as scratch:
        try:
            subprocess.run(["apt-get", "download", "exim4-daemon-light"], cwd=scratch, check=True, capture_output=True)
            package = glob.glob(os.path.join(scratch, "*.deb"))[0]
            subprocess.run(["dpkg", "-x", package, os.path.join(scratch, "x")], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError, IndexError) as failure:
            raise Failed(f"Exim's package could not be fetched and unpacked ({failure})") from failure
        binary = os.path.join(scratch, "x", "usr", "sbin", "exim4")
        os.chmod(binary, 0o755)
        target = os.path.join(folder, "usr", "sbin")
        os.makedirs(target, exist_ok=True)
        shutil.copy2(binary, os.path.join(target, f"exim4.{os.getpid()}"))
        os.replace(os.path.join(target, f"exim4.{os.getpid()}"), os.path.join(target, "exim4"))


def find_wrapper():
    found = glob.glob("/usr/lib/*/libnss_wrapper.so")
    if not found:
        raise Failed("Exim needs the package libnss-wrapper, which is not installed")
    return found[0]


def main():
    done = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: done.set())
    known = {"dovecot", "bridge", "exim"}
    for word in sys.argv[1:]:
        if word not in known:
            sys.exit(f"start.py: {word} is none of {', '.join(sorted(known))}")
    try:
        with Stack(sys.argv[1:]) as stack:
            print(json.dumps(stack.info), flush=True)
            threading.Thread(target=lambda: (sys.stdin.buffer.read(), done.set()), daemon=True).start()
            done.wait()
    except Failed as failure:
        sys.exit(f"start.py: {failure}")


if __name__ == "__main__":
    main()
