"""The network as it is: real sockets on this machine, and what keeps us off it."""

import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from web import article, day_of

from syriatopics import read_corpus
from syriatopics.collecting import Limits, collect
from syriatopics.collecting.guard import is_private
from syriatopics.collecting.world import Internet, NoAnswerError

pytestmark = pytest.mark.needs("collect")


@contextmanager
def served(answer):
    """Serve `answer(path, write)`, which writes the whole answer by itself."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            answer(self.path, self.headers, self.wfile.write)

        def log_message(self, *_):
            """Keep the output of tests clean."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request, client_address):
            """Say nothing of those that went away before their answer."""

    server = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def whole(body, kind="text/html; charset=utf-8", status="200 OK"):
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        + body
    )


def test_an_outlet_on_this_machine(tmp_path):
    def answer(path, headers, write):
        if path == "/robots.txt":
            write(whole(b"", status="404 Not Found"))
        elif path == "/sitemap.xml":
            rows = "".join(f"<url><loc>/news/{k}?q=سوريا</loc></url>" for k in range(101, 107))
            write(whole(f"<urlset>{rows}</urlset>".encode(), "application/xml"))
        elif path.startswith("/news/"):
            assert path.endswith("q=%D8%B3%D9%88%D8%B1%D9%8A%D8%A7") and headers["Host"].startswith(
                "127.0.0.1:"
            )
            body, number = article(int(path[6:9]), day_of(5)).encode(), int(path[6:9])
            if number == 103:  # in chunks
                write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
                )
                for at in range(0, len(body), 700):
                    part = body[at : at + 700]
                    write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
                write(b"0\r\n\r\n")
            elif number == 104:  # cut
                write(whole(body)[:-50])
            else:
                write(whole(body))
        else:
            write(whole(b"<p>-</p>"))

    with served(answer) as address:
        limits = Limits(delay=0.01, attempts=1, seconds=2)
        found = collect(
            address, tmp_path / "out", contact="me@example.org", allow_private=True, limits=limits
        )
        refused = collect(address, tmp_path / "not", contact="me@example.org", limits=limits)
    table = found.table.set_index("url")
    assert (table["state"] == "kept").sum() == 5
    assert table.loc[table.index.str.contains("104"), "fault"].str.startswith("no answer").all()
    assert len(read_corpus(found.pages)) == 5
    assert refused.ledger("list")["fault"].tolist() == ["a private address"]


def test_a_dead_line_and_a_silent_one():
    net = Internet()
    with pytest.raises(NoAnswerError):
        net.send("http://127.0.0.1:9/", "127.0.0.1", {}, 1)

    def answer(path, headers, write):
        time.sleep(2)

    with served(answer) as address, pytest.raises(NoAnswerError):
        net.send(address + "/", "127.0.0.1", {}, 0.2)


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "::",
        "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "224.0.0.1",
        "255.255.255.255", "192.0.2.1", "nonsense", "",
    ],
)  # fmt: skip
def test_hosts_that_not_everybody_can_reach(ip):
    assert is_private(ip)


@pytest.mark.parametrize("ip", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_hosts_that_everybody_can_reach(ip):
    assert not is_private(ip)


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 "])
def test_a_head_that_comes_byte_by_byte_is_ended(head):
    """Each byte comes in time, and the head never."""

    def answer(path, headers, write):
        write(head)
        for _ in range(200):
            time.sleep(0.05)
            write(b"x")

    net, began = Internet(), time.monotonic()
    with served(answer) as address:
        for _ in range(2):  # the second on a connection of its own
            with pytest.raises(NoAnswerError, match="no head within 0.3 s"):
                net.send(address + "/", "127.0.0.1", {}, 0.3)
        assert time.monotonic() - began < 4


def test_a_body_may_take_longer_than_a_head():
    def answer(path, headers, write):
        write(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n")
        for _ in range(8):
            time.sleep(0.08)
            write(b"x")

    with served(answer) as address:
        reply = Internet().send(address + "/", "127.0.0.1", {}, 0.3)
        assert b"".join(reply.chunks) == b"x" * 8
