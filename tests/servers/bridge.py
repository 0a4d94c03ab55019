"""bridge.py - an SMTP server that delivers into Dovecot over LMTP, with faults chosen by the recipient's local part.

    code451-x@  code550-x@   that reply to RCPT TO, and to MAIL FROM
    end451-x@   end550-x@    that reply to the whole message
    drop-x@                  the connection dies after the message's end; nothing is delivered
    deliver-drop-x@          the same, but the message is delivered first
    silent-x@                no answer to the message's end, ever; nothing is delivered
    slow-x@                  the answer comes after three seconds
    garbage-x@               the answer to the message's end is no SMTP reply

Every message that was delivered is one line, "MESSAGE-ID RECIPIENT", at the end of --accepted FILE: what a test counts.
It speaks STARTTLS and AUTH PLAIN and LOGIN over it, or TLS from the first byte with --tls; it never offers PIPELINING
unless --pipelining says so.
"""
import argparse
import asyncio
import email
import re
import smtplib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Handler:
    def __init__(self, options):
        self.options = options

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        return responses[:1] + (["250-PIPELINING"] if self.options.pipelining else []) + responses[1:]

    async def handle_MAIL(self, server, session, envelope, address, options):
        asked = re.match(r"code(\d{3})\b", address)
        if asked:
            return f"{asked[1]} {asked[1][0]}.7.1 asked for by the test"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        asked = re.match(r"code(\d{3})\b", address)
        if asked:
            return f"{asked[1]} {asked[1][0]}.1.1 asked for by the test"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    def deliver(self, envelope):
        if self.options.lmtp:
            with smtplib.LMTP("127.0.0.1", self.options.lmtp) as lmtp:
                lmtp.sendmail(envelope.mail_from, envelope.rcpt_tos, envelope.content)
        if self.options.accepted:
            name = email.message_from_bytes(envelope.content).get("Message-ID", "-").strip()
            with open(self.options.accepted, "a", encoding="utf-8") as file:
                for address in envelope.rcpt_tos:
                    file.write(f"{name} {address}\n")

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        asked = re.match(r"end(\d{3})\b", address)
        if asked:
            return f"{asked[1]} {asked[1][0]}.6.0 asked for by the test"
        if address.startswith("silent"):
            await asyncio.sleep(3600)
        if address.startswith("slow"):
            await asyncio.sleep(3)
        if not address.startswith(("drop", "garbage")):
            await asyncio.get_running_loop().run_in_executor(None, self.deliver, envelope)
        if address.startswith(("drop", "deliver-drop")):
            server.transport.abort()
        return "what?" if address.startswith("garbage") else "250 2.0.0 queued"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--lmtp", type=int)
    parser.add_argument("--accepted")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--password", help="AUTH is wanted before MAIL, with this password")
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--pipelining", action="store_true")
    options = parser.parse_args()
    context = None
    if options.cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.cert, options.key)

    def authenticate(server, session, envelope, mechanism, data):
        fits = isinstance(data, LoginPassword) and data.password == options.password.encode()
        return AuthResult(success=fits, handled=False)

    def connection():
        return SMTP(
            Handler(options), hostname="localhost", tls_context=None if options.tls else context,
            authenticator=authenticate if options.password else None, auth_required=bool(options.password),
            auth_require_tls=not options.tls, enable_SMTPUTF8=True)

    async def serve():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            connection, "127.0.0.1", options.port, ssl=context if options.tls else None)
        await server.serve_forever()

    asyncio.run(serve())


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(0)
