"""A small real HTTP server for the client's tests; prints its port, then serves until stdin closes.

/file          BODY, honouring Range          /whole   BODY, ignoring Range
/broken        half of BODY, then hangs up    /flaky   hangs up once in the middle, Range works
/moved         redirects to /file             /loop    redirects to itself
/status/N      status N with a page           /auth    needs user "u", password "p"
/slow          a byte every 50 ms             /empty   nothing
/simple/thing/ a package index page (JSON if accepted, unless ?html)
"""
import base64
import http.server
import json
import sys
import threading
import time

BODY = bytes(i * 7 % 251 for i in range(300_000))


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    flaky_done = False

    def log_message(self, *_):
        pass

    def send(self, status, body, headers=(), length=None):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def send_range(self):
        span = self.headers.get("Range")
        if not span:
            return self.send(200, BODY)
        first = int(span.removeprefix("bytes=").split("-")[0])
        if first >= len(BODY):
            return self.send(416, b"no such range")
        total = len(BODY)
        self.send(206, BODY[first:], [("Content-Range", f"bytes {first}-{total - 1}/{total}")])

    def hang_up(self):
        self.send(200, BODY[: len(BODY) // 2], length=len(BODY))
        self.wfile.flush()
        self.close_connection = True

    def do_GET(self):
        path = self.path.split("?")[0]
        if path == "/file":
            self.send_range()
        elif path == "/whole":
            self.send(200, BODY)
        elif path == "/broken":
            self.hang_up()
        elif path == "/flaky":
            if Handler.flaky_done:
                return self.send_range()
            Handler.flaky_done = True
            self.hang_up()
        elif path in ("/moved", "/loop"):
            self.send(302, b"", [("Location", "/file" if path == "/moved" else "/loop")])
        elif path.startswith("/status/"):
            self.send(int(path.rsplit("/", 1)[1]), b"an error page")
        elif path == "/auth":
            good = "Basic " + base64.b64encode(b"u:p").decode()
            self.send(200 if self.headers.get("Authorization") == good else 401, b"secret")
        elif path == "/slow":
            self.send_response(200)
            self.send_header("Content-Length", "1000000")
            self.end_headers()
            try:
                for _ in range(1000):
                    self.wfile.write(b"x")
                    time.sleep(0.05)
            except OSError:
                self.close_connection = True
        elif path == "/simple/thing/" and "json" in self.headers.get("Accept", ""):
            page = {"files": [{"filename": "thing-1.whl", "url": "../../file"}]}
            self.send(200, json.dumps(page).encode(),
                      [("Content-Type", "application/vnd.pypi.simple.v1+json")])
        else:
            self.send(200, b"", [("Content-Type", "text/html")])


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # clients of these tests hang up on purpose


server = Server(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
