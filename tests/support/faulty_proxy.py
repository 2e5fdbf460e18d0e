#!/usr/bin/env python3
"""A proxy between a client and a real server that spoils replies: faulty_proxy.py UPSTREAM [MODE].

UPSTREAM is e.g. http://127.0.0.1:8080. Only POSTs to completions are spoiled, so that a client can open its
model. Without a mode in the address, MODE counts (none); http://127.0.0.1:PORT/MODE/v1 chooses another one:

  none       the server's reply as it is
  half       half of the body, then the connection is closed
  malformed  half of the body, as if it were whole
  choices    two choices where one was asked for
  nothing    an empty list of choices
  html       an error page of a proxy, with status 200
  types      a number where the text should be
  unfinished no reason why the answer ended
  endless    the body again and again, never ending
  drip       one byte each 0.2 s
  silent     no answer at all
  busy       429 with Retry-After: 1, two times of three
  broken     status 500, with a page
  reset      the connection is reset
  refused    status 401
  mixed      each third request one of the faults above that can pass, in turn

Prints its port; ends when its standard input does. As a module: `with Proxy(upstream) as proxy`.
"""
import http.client
import http.server
import json
import socket
import struct
import sys
import threading
import time
import urllib.parse

PASSING = ("half", "malformed", "choices", "nothing", "html", "types", "unfinished", "busy", "broken", "reset")
MODES = ("none", *PASSING, "endless", "drip", "silent", "refused", "mixed")
PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def forward(self, path, body):
        """The real server's (status, content type, body)."""
        link = http.client.HTTPConnection(self.server.upstream, timeout=120)
        try:
            headers = {k: v for k, v in self.headers.items()
                       if k.lower() in ("content-type", "authorization", "accept")}
            link.request(self.command, path, body, headers)
            reply = link.getresponse()
            return reply.status, reply.getheader("Content-Type", "application/json"), reply.read()
        except (OSError, http.client.HTTPException):  # the real server is gone
            return 502, "text/html", PAGE
        finally:
            link.close()

    def answer(self, status, kind, body, headers=(), length=True):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for key, value in headers:
            self.send_header(key, value)
        if length:
            self.send_header("Content-Length", str(len(body)))
        else:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()

    def reset(self):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def serve(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path, mode = self.path, self.server.mode
        first = path.split("/")[1]
        if first in MODES:
            mode, path = first, path[len(first) + 1:]
        asked = self.command == "POST" and urllib.parse.urlsplit(path).path.endswith("/completions")
        meant = asked and self.server.only in body
        with self.server.lock:
            number = self.server.asked
            self.server.asked += meant  # what other requests do in between changes nothing
        if not meant:
            mode = "none"
        if mode == "mixed":
            mode = PASSING[number // 3 % len(PASSING)] if number % 3 == 0 else "none"
        elif mode == "busy" and number % 3 == 2:
            mode = "none"
        try:
            self.spoil(mode, path, body)
        except OSError:  # the client has gone
            self.close_connection = True

    do_GET = do_POST = serve

    def spoil(self, mode, path, body):
        if mode == "reset":
            return self.reset()
        if mode == "silent":
            self.server.stopped.wait(60)
            return self.reset()
        if mode == "html":
            return self.whole(200, "text/html", PAGE)
        if mode == "broken":
            return self.whole(500, "text/html", PAGE)
        if mode == "busy":
            return self.whole(429, "application/json", b'{"error":{"message":"slow down"}}', [("Retry-After", "1")])
        if mode == "refused":
            told = self.headers.get("Authorization", "")
            return self.whole(401, "application/json", json.dumps({"error": {"message": f"bad key: {told}"}}).encode())
        status, kind, reply = self.forward(path, body)
        if mode == "none" or status != 200:
            return self.whole(status, kind, reply)
        if mode == "malformed":
            return self.whole(status, kind, reply[:len(reply) // 2])
        if mode == "half":
            self.answer(status, kind, reply)
            self.wfile.write(reply[:len(reply) // 2])
            self.close_connection = True
            return None
        if mode == "endless":
            self.answer(status, kind, reply, length=False)
            while not self.server.stopped.is_set():
                self.wfile.write(reply * 64)
            return None
        if mode == "drip":
            self.answer(status, kind, reply)
            for byte in reply:
                self.wfile.write(bytes([byte]))
                time.sleep(0.2)
            return None
        return self.whole(status, kind, self.lie(mode, reply))

    @staticmethod
    def lie(mode, reply):
        told = json.loads(reply)
        choices = told["choices"]
        if mode == "choices":
            choices.append(dict(choices[0]))
        elif mode == "nothing":
            choices.clear()
        elif mode == "unfinished":
            choices[0]["finish_reason"] = None
        elif mode == "types":
            place = choices[0].get("message", choices[0])
            place["content" if "message" in choices[0] else "text"] = 4
        return json.dumps(told).encode()

    def whole(self, status, kind, body, headers=()):
        self.answer(status, kind, body, headers)
        self.wfile.write(body)


class Proxy(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def __init__(self, upstream, mode="none"):
        assert mode in MODES, f"{mode} is none of {', '.join(MODES)}"
        super().__init__(("127.0.0.1", 0), Handler)
        self.upstream = urllib.parse.urlsplit(upstream).netloc
        self.mode = mode
        self.only = b""  # spoil only requests that hold these bytes
        self.asked = 0
        self.lock = threading.Lock()
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], (OSError, ValueError)):
            super().handle_error(request, client_address)

    def url(self, mode=""):
        return f"http://127.0.0.1:{self.server_port}{'/' if mode else ''}{mode}/v1"

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.shutdown()
        self.server_close()


if __name__ == "__main__":
    with Proxy(*sys.argv[1:3]) as running:
        print(running.server_port, flush=True)
        sys.stdin.read()
