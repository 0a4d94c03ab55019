"""mkjwt.py KEY_FILE USER [SECONDS] - prints an access token for USER that Dovecot takes for that many seconds (3600).

KEY_FILE holds the base64 key that Dovecot's oauth2 settings validate against.
"""
import base64
import hashlib
import hmac
import json
import sys
import time


def encode(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def token(key, user, seconds):
    now = int(time.time())
    head = {"alg": "HS256", "typ": "JWT", "kid": "default"}
    claims = {"sub": user, "iat": now - 5, "nbf": now - 5, "exp": now + seconds, "scope": "mail"}
    text = encode(json.dumps(head).encode()) + b"." + encode(json.dumps(claims).encode())
    return (text + b"." + encode(hmac.new(key, text, hashlib.sha256).digest())).decode()


if __name__ == "__main__":
    with open(sys.argv[1], encoding="ascii") as file:
        secret = base64.b64decode(file.read())
    print(token(secret, sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 3600))
