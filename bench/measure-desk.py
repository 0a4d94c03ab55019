#!/usr/bin/env python3
"""The desk with 10,000 opportunities on record: pages by wrk over one connection, its first page, its memory, its streams.

The reference is a page of 2 KB from memory, served by libmicrohttpd alone in the same run.  "kept": the page was asked for
before and nothing has changed; "made": it is another opportunity's each time, and none was asked for before.  With --large a
million requests are made before the memory is read.  In the browser (Playwright with Debian's Chromium) a page is complete
when all it loads is there.
"""
import http.client
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import time

import measure

OPPORTUNITIES = 10000
SECONDS = 5
REQUESTS = 1000000 if "--large" in sys.argv else 100000
STREAMS = 200
STATIC_BYTES = 2048
STARTS = 15
RESIDENT_KIB, STREAMS_KIB = 40 * 1024, 5 * 1024
ALL_OPPORTUNITIES = """
local number = 0
request = function()
  number = number %% %d + 1
  return wrk.format("GET", "/o/" .. number)
end
"""


def get(port, path, cookie=None):
    """The status, headers and body of a page, over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    return reply.status, reply.headers, body


class Static:
    def __init__(self):
        self.process = subprocess.Popen([os.path.join(measure.BUILD, "bench", "bench-static-page"), str(STATIC_BYTES)],
                                        stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        self.headers = {}

    def end(self):
        self.process.terminate()
        self.process.wait()


class Desk:
    """A desk on a database; the link it prints lets this program in."""

    def __init__(self, scratch, path):
        self.process = subprocess.Popen([measure.PROGRAM, "--db", path, "desk", "--listen", "127.0.0.1:0", "--now", measure.NOW],
                                        env=scratch.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        told = ""
        while not re.search(r"http://127\.0\.0\.1:(\d+)(/\S+)", told):
            told += self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)(/\S+)", told)
        self.port = int(found[1])
        status, headers, _ = get(self.port, found[2])
        assert status in (200, 303), status
        self.cookie = headers["Set-Cookie"].split(";")[0]
        self.headers = {"Cookie": self.cookie}

    def page(self, path):
        status, _, body = get(self.port, path, self.cookie)
        assert status == 200, "%s: %d" % (path, status)
        return body

    def resident(self):
        with open("/proc/%d/status" % self.process.pid, encoding="ascii") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1])

    def processor_time(self):
        with open("/proc/%d/stat" % self.process.pid, encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self):
        self.process.terminate()
        self.process.wait()


def run_wrk(server, path, script=None, seconds=SECONDS):
    """(pages a second, p50, p99 in seconds) over one connection."""
    headers = [word for name, value in server.headers.items() for word in ("-H", "%s: %s" % (name, value))]
    command = ["wrk", "-t1", "-c1", "-d%ds" % seconds, "--latency", *headers, *(["-s", script] if script else []),
               "http://127.0.0.1:%d%s" % (server.port, path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        sys.exit("wrk %s:\n%s" % (path, told))
    unit = {"us": 1e-6, "ms": 1e-3, "s": 1}

    def latency(name):
        number, of = re.search(r"%s\s+([\d.]+)(us|ms|s)" % name, told).groups()
        return float(number) * unit[of]
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]), latency("50%"), latency("99%")


def starts(scratch, path):
    """Medians of (start to the first whole page of the desk, of the static page)."""
    times = {"desk": [], "static": []}
    for _ in range(STARTS):
        begin = time.perf_counter()
        desk = Desk(scratch, path)
        assert b"</html>" in desk.page("/")
        times["desk"].append(time.perf_counter() - begin)
        desk.end()
        begin = time.perf_counter()
        static = Static()
        get(static.port, "/")
        times["static"].append(time.perf_counter() - begin)
        static.end()
    return statistics.median(times["desk"]), statistics.median(times["static"])


def pages(desk, static, scratch):
    lua = scratch.path("all.lua")
    with open(lua, "w", encoding="ascii") as file:
        file.write(ALL_OPPORTUNITIES % OPPORTUNITIES)
    desk.page("/")
    desk.page("/o/1")
    for what, path, script in (("today, kept", "/", None), ("an opportunity, kept", "/o/1", None), ("opportunities, made", "/o/1", lua)):
        plain, page = run_wrk(static, "/"), run_wrk(desk, path, script)
        measure.rate_line(what, page[0], "static page of 2 KB", plain[0])
        measure.line(what + ", p50 (1 ms)", page[1], "static page of 2 KB", plain[1])
        measure.line(what + ", p99 (3 ms)", page[2], "static page of 2 KB", plain[2])


def after_changes(scratch, path, desk):
    """Median time of the first page after another program changed something."""
    times = []
    for number in range(1, 12):
        subprocess.run([measure.PROGRAM, "--db", path, "people", "#%d" % number, "Ada Okoro <ada@okoro.example>", "--now", measure.NOW],
                       env=scratch.env, stdout=subprocess.DEVNULL, check=True)
        begin = time.perf_counter()
        desk.page("/")
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def ask_for_all_kinds(desk):
    """Makes REQUESTS requests, of one kind of page after the other."""
    asked = 0
    while asked < REQUESTS:
        for target in ("/", "/o/7", "/board", "/people", "/search?words=forecast"):
            asked += int(run_wrk(desk, target, seconds=3)[0] * 3)


def streams(desk):
    """(KiB that open event streams cost, processor time of 10 seconds with them at rest)."""
    before, held = desk.resident(), []
    for _ in range(STREAMS):
        connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=20)
        connection.request("GET", "/events", headers=desk.headers)
        connection.getresponse().fp.readline()
        held.append(connection)
    time.sleep(35)  # whatever was stored before was looked for by now
    cost, begin = desk.resident() - before, desk.processor_time()
    time.sleep(10)
    return cost, desk.processor_time() - begin


def browser(desk, static):
    """What Chromium says of pages (bench/desk-pages.mjs); nothing without it."""
    node = os.path.join(measure.BUILD, "node")
    subprocess.run([os.path.join(measure.ROOT, "tools", "install-node-modules"), node], check=False)
    asked = {"desk": "http://127.0.0.1:%d" % desk.port, "static": "http://127.0.0.1:%d" % static.port, "cookie": desk.cookie}
    done = subprocess.run(["node", os.path.join(measure.ROOT, "bench", "desk-pages.mjs"), json.dumps(asked)], capture_output=True, text=True,
                          env={**os.environ, "FOLLOWUP_NODE": os.path.abspath(node)})
    if done.returncode != 0:
        print("  in the browser: left out (%s)" % (done.stderr.strip().splitlines() or ["node failed"])[-1])
        return
    for one in json.loads(done.stdout):
        measure.line("%s in the browser, complete (100 ms)" % one["path"], one["complete"] / 1e3, "static page of 2 KB", one["reference"] / 1e3)
        print("    %d bytes on a first visit (ratio to 60 KB: %.2f), layout shift %.4f" % (one["bytes"], one["bytes"] / 61440, one["shift"]))


def main():
    if not measure.tool("wrk"):
        return
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    with measure.Scratch() as scratch:
        path = scratch.path("desk.db")
        measure.make_db(path, OPPORTUNITIES)
        desk_start, static_start = starts(scratch, path)
        measure.line("start to the first page (50 ms)", desk_start, "static page of 2 KB", static_start)
        desk, static = Desk(scratch, path), Static()
        try:
            pages(desk, static, scratch)
            print("  today after another program's change: %s" % measure.shown(after_changes(scratch, path, desk)))
            ask_for_all_kinds(desk)
            print("  resident after %s requests: %s KiB, to stay under %s KiB: ratio %.2f" % (
                format(REQUESTS, ","), format(desk.resident(), ","), format(RESIDENT_KIB, ","), desk.resident() / RESIDENT_KIB))
            cost, busy = streams(desk)
            print("  %d event streams: %s KiB, to stay under %s KiB: ratio %.2f; %.2f s of processor time in 10 s at rest" % (
                STREAMS, format(cost, ","), format(STREAMS_KIB, ","), cost / STREAMS_KIB, busy))
            browser(desk, static)
        finally:
            desk.end()
            static.end()


main()
