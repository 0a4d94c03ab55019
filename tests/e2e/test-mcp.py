#!/usr/bin/env python3
"""followup mcp, a line in and a line out: what a program that speaks JSON-RPC sends, and what one sends that does not."""
import json

from program import Home, cases, equal, holds, main, test

NOW = "2026-11-17T12:00:00-07:00"
HELLO = {"jsonrpc": "2.0", "id": 0, "method": "initialize",
         "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}


class Session:
    """A running `followup mcp`; a context manager that ends it by closing its input."""

    def __init__(self, home):
        self.process = home.start("mcp")

    def __enter__(self):
        return self

    def __exit__(self, kind, *exception):
        if kind is not None:
            self.process.kill()
        out, err = self.process.communicate(timeout=30)
        if kind is None:
            equal((out, err, self.process.returncode), ("", "", 0), "how it ended")

    def send(self, message):
        self.process.stdin.write((message if isinstance(message, str) else json.dumps(message)) + "\n")
        self.process.stdin.flush()

    def answer(self):
        line = self.process.stdout.readline()
        assert line, "it ended: " + self.process.stderr.read()
        return json.loads(line)

    def ask(self, method, params=None, number=1):
        self.send({"jsonrpc": "2.0", "id": number, "method": method, **({} if params is None else {"params": params})})
        told = self.answer()
        equal((told["jsonrpc"], told["id"]), ("2.0", number))
        return told

    def call(self, tool, **arguments):
        return self.ask("tools/call", {"name": tool, "arguments": arguments})["result"]


@test
def a_conversation():
    """From the greeting to a draft; nothing is told that was not asked for"""
    with Home(now=NOW) as home, Session(home) as session:
        session.send(HELLO)
        told = session.answer()["result"]
        equal((told["protocolVersion"], told["serverInfo"]["name"], list(told["capabilities"])), ("2025-06-18", "followup", ["tools"]))
        session.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
        equal(session.ask("ping")["result"], {})
        tools = {tool["name"]: tool for tool in session.ask("tools/list")["result"]["tools"]}
        for name in ("approve", "send", "deliver", "settle", "delete", "remind", "serve", "desk", "mcp"):
            assert name not in tools, name
        equal(tools["outcome"]["inputSchema"]["required"], ["opportunity", "outcome"])
        session.call("config", topic="me", name="Ana Reyes", email="ana@example.net", skill=["SQL"])
        told = session.call("interview", opportunity="Globex", when="today 10am", **{"for": "1h", "with": ["Huck Finn <finn@globex.example>, hiring-manager"]})
        equal(told["isError"], False, told)
        session.call("people", opportunity="globex", person="finn", salutation="Mr. Finn")
        session.call("debrief", opportunity="globex", topic=["finn: moving the forecast off spreadsheets"], fit=["five years of SQL"])
        draft = session.call("draft", opportunity="globex", person="finn")
        equal(draft["isError"], False, draft)
        equal(home.rows("SELECT count(*) FROM outbox"), [(0,)], "what waits to leave")
        equal(json.loads(session.call("today")["content"][0]["text"]), home.json("today"))
        lines = session.call("read", file=[{"name": "a.vcf", "text": "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Okoro\nEND:VCARD\n"}])
        equal(lines["structuredContent"]["items"][0]["file"], "a.vcf", lines)


@cases([
    ("an older revision", "2024-11-05", "2024-11-05"), ("a newer one", "2099-01-01", "2025-06-18"), ("none", None, "2025-06-18"),
    ("a number", 7, "2025-06-18"),
])
def the_revision(asked, told):
    with Home(now=NOW) as home, Session(home) as session:
        hello = dict(HELLO, params={"protocolVersion": asked} if asked is not None else {})
        session.send(hello)
        equal(session.answer()["result"]["protocolVersion"], told)


@cases([
    ("no JSON", "hello", -32700, None),
    ("half a message", '{"jsonrpc":"2.0","id":1,"method":', -32700, None),
    ("a NUL", '{"jsonrpc":"2.0","id":1,"method":"pi\0ng"}', -32700, None),
    ("deep nesting", "[" * 5000, -32700, None),
    ("a batch", '[{"jsonrpc":"2.0","id":1,"method":"ping"}]', -32600, None),
    ("a text", '"ping"', -32600, None),
    ("a null", 'null', -32700, None),
    ("another protocol", '{"jsonrpc":"1.0","id":1,"method":"ping"}', -32600, 1),
    ("no protocol", '{"id":1,"method":"ping"}', -32600, 1),
    ("no method", '{"jsonrpc":"2.0","id":1}', -32600, 1),
    ("a method that is no text", '{"jsonrpc":"2.0","id":1,"method":7}', -32600, 1),
    ("an id that is none", '{"jsonrpc":"2.0","id":{"a":1},"method":"ping"}', -32600, None),
    ("an id with a point", '{"jsonrpc":"2.0","id":1.5,"method":"ping"}', -32600, None),
    ("a method nobody knows", '{"jsonrpc":"2.0","id":"x","method":"resources/list"}', -32601, "x"),
    ("a page that there is not", '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"2"}}', -32602, 1),
    ("no tool", '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}', -32602, 1),
    ("no such tool", '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"approve"}}', -32602, 1),
    ("a tool that is no text", '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":["today"]}}', -32602, 1),
    ("params that are none", '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":"today"}', -32602, 1),
])
def a_message_that_is_none(message, code, number):
    with Home(now=NOW) as home, Session(home) as session:
        session.send(message)
        told = session.answer()
        equal((told["error"]["code"], told["id"]), (code, number), told)
        equal(session.ask("ping")["result"], {}, "the next one's answer")


@test
def what_is_not_answered():
    """Notifications, answers to nothing, empty lines"""
    with Home(now=NOW) as home, Session(home) as session:
        for silent in ('{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}', '{"jsonrpc":"2.0","method":"nothing"}', "", "   ",
                       '{"jsonrpc":"2.0","id":9,"result":{}}'):
            session.send(silent)
        equal(session.ask("ping", number=5)["id"], 5)


@cases([
    ("a parameter nobody knows", "show", {"oportunity": "globex"}, "invalid", "oportunity"),
    ("a value of another type", "show", {"opportunity": ["globex"]}, "invalid", "opportunity"),
    ("what there is not", "show", {"opportunity": "globex"}, "missing", None),
    ("what a person decides", "config", {"topic": "mail", "host": "mail.example.net"}, "conflict", "config"),
    ("a command to run", "config", {"topic": "inbox", "secret-command": "touch broken"}, "conflict", "config"),
    ("a file of this machine", "playbook", {"action": "show", "name": "/etc/passwd"}, "invalid", "name"),
])
def a_call_that_fails(tool, arguments, code, where):
    with Home(now=NOW) as home, Session(home) as session:
        home.run("config", "me", "--name", "Ana Reyes")
        told = session.call(tool, **arguments)
        equal((told["isError"], told["structuredContent"]["error"]["code"]), (True, code), told)
        if where:
            equal(told["structuredContent"]["error"]["where"], where)
        holds(told["content"][0]["text"], told["structuredContent"]["error"]["message"])


@test
def a_line_that_is_too_long():
    with Home(now=NOW) as home, Session(home) as session:
        session.send('{"jsonrpc":"2.0","id":1,"method":"' + "a" * (17 << 20) + '"}')
        equal(session.answer()["error"]["code"], -32700)
        equal(session.ask("ping")["result"], {})


@test
def many_at_once():
    """A hundred messages before the first answer is read; each is answered, in order"""
    with Home(now=NOW) as home, Session(home) as session:
        session.send("\n".join(json.dumps({"jsonrpc": "2.0", "id": number, "method": "ping"}) for number in range(100)))
        equal([session.answer()["id"] for _ in range(100)], list(range(100)))


@test
def nobody_reads():
    """Whoever started it leaves without a word: it ends"""
    with Home(now=NOW) as home:
        process = home.start("mcp")
        process.stdout.close()
        process.stdin.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n')
        process.stdin.close()
        err = process.stderr.read()
        process.stderr.close()
        equal(process.wait(30), 1)
        holds(err, "Nobody reads the answers")


if __name__ == "__main__":
    main()
