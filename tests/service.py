"""A service on this machine that answers as it is told: well, late, broken, or not at all."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Say nothing of those that went away before their answer."""


@contextmanager
def service(answer):
    """Serve `answer(path, request, headers, number)`, which gives (status, headers, bytes or object)."""
    asked = []
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers.get("Content-Length") or 0)
            request = json.loads(self.rfile.read(length))
            with lock:
                asked.append((self.path, request, dict(self.headers)))
                number = len(asked)
            status, headers, body = answer(self.path, request, dict(self.headers), number)
            if status is None:  # the line goes dead
                return
            data = (
                body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
            )
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            """Keep the output of tests clean."""

    server = _Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def late(seconds):
    time.sleep(seconds)


def said(content, finish="stop", **more):
    """Return the answer of a model, as services give it."""
    choice = {"message": {"content": content, **more}, "finish_reason": finish}
    used = {"prompt_tokens": 1000, "completion_tokens": 10}
    return 200, {}, {"model": "tiny-1", "choices": [choice], "usage": used}
