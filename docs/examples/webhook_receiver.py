"""Takes Sagesman's webhooks on port 9000 (or `PORT`): checks the signature, drops doubles, prints what happened."""

import base64
import hashlib
import hmac
import json
import os
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

KEY = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))
seen: set[str] = set()  # a CMS keeps these in its database


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        message, sent = self.headers.get("webhook-id", ""), self.headers.get("webhook-timestamp", "0")
        signed = f"{message}.{sent}.".encode() + body
        right = "v1," + base64.b64encode(hmac.digest(KEY, signed, hashlib.sha256)).decode()
        given = self.headers.get("webhook-signature", "").split()
        genuine = any(hmac.compare_digest(right.encode(), each.encode()) for each in given)
        if not genuine or not sent.isdecimal() or abs(time.time() - int(sent)) > 300:
            self.send_error(401)
            return
        if message not in seen:
            seen.add(message)
            event = json.loads(body)
            print(event["type"], json.dumps(event["data"], ensure_ascii=False), flush=True)
        self.send_response(204)
        self.end_headers()


HTTPServer(("127.0.0.1", int(os.environ.get("PORT", "9000"))), Receiver).serve_forever()
