"""Hostile and broken answers: each is bounded, named, and takes nothing else with it."""

import gzip
import zlib
from itertools import pairwise

import pytest
from web import MISSING, PUBLIC, World, article, day_of, page

from syriatopics.collecting import Limits, collect
from syriatopics.collecting.fetcher import Fetcher
from syriatopics.collecting.world import NoAnswerError

pytestmark = pytest.mark.needs("collect")
MB = 2**20
HOST = "https://a.example"


def forever(chunk=b"x" * 65536):
    while True:
        yield chunk


def slowly(world):
    while True:
        world.time += 9
        yield b"<p>"


def cut(start):
    yield start
    raise NoAnswerError("the connection was cut")


def moved(to):
    return 302, {"Location": to}, b""


def outlet(answers, robots=MISSING, ips=None, **hosts):
    """Return a world with one outlet, which answers as it is told by path."""

    def app(url, headers):
        path = url.partition("//")[2].partition("/")[2]
        if path == "robots.txt":
            return robots(url, headers) if callable(robots) else robots
        found = answers.get(path, MISSING)
        return found(url, headers) if callable(found) else found

    return World({"a.example": app, **hosts}, ips=ips)


def fetch(world, path="x", **limits):
    return Fetcher(world, Limits(**limits), "me@example.org").get(f"{HOST}/{path}", MB)


HOSTILE = {
    "endless": ((200, {}, forever), "larger than 1 MB"),
    "bomb": (
        (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(50 * MB))),
        "unpacks to more than 1 MB",
    ),
    "bomb_twice": (
        (200, {"Content-Encoding": "gzip, gzip"}, gzip.compress(gzip.compress(bytes(50 * MB)))),
        "unpacks to more than 1 MB",
    ),
    "packings": ((200, {"Content-Encoding": "gzip, " * 99 + "gzip"}, b"x"), "unpacks to more than"),
    "strange": ((200, {"Content-Encoding": "rot13"}, b"x"), "its packing is damaged"),
    "damaged": (
        (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(range(256)))[:60]),
        "its packing is damaged",
    ),
    "half": ((200, {}, lambda: cut(b"<html>")), "no answer: the connection was cut"),
    "circle": (lambda url, _: moved(url), "redirects in a circle"),
    "away": (moved("https://b.example/x"), "robots.txt cannot be had: its host is not known"),
    "inside": (moved("http://127.0.0.1/admin"), "a private address"),
    "metadata": (moved("http://169.254.169.254/latest/"), "a private address"),
    "by_dns": (moved("http://inside.example/"), "a private address"),
    "mapped": (moved("http://[::ffff:10.0.0.1]/"), "a private address"),
    "compatible": (moved("http://[::7f00:1]/"), "a private address"),
    "file": (moved("file:/etc/passwd"), "neither http nor https"),
    "password": (moved("https://u:" + "p@a.example/y"), "it holds a password"),
    "folders": (moved("/a/b" * 12), "a trap: folders without end"),
    "forbidden": ((403, {}, b"no"), "status 403"),
    "dead": (NoAnswerError("ReadTimeoutError"), "no answer: ReadTimeoutError"),
}
IPS = {
    "inside.example": [PUBLIC, "192.168.1.1"], "127.0.0.1": "127.0.0.1", "169.254.169.254": "169.254.169.254",
    "::ffff:10.0.0.1": "::ffff:10.0.0.1", "::7f00:1": "::7f00:1",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_every_hostile_answer_is_bounded_and_named(name):
    answer, says = HOSTILE[name]
    world = outlet({name: answer}, ips=IPS)
    found = fetch(world, name)
    assert found.fault.startswith(says)
    assert not {"127.0.0.1", "169.254.169.254", "inside.example"} & {
        h for _, h, _, _ in world.asked
    }


def test_a_chain_of_redirects_ends():
    world = outlet({str(n): moved(f"/{n + 1}") for n in range(50)})
    found = fetch(world, "0")
    assert found.fault == "more than 5 redirects" and len(world.asked) == 7


def test_a_slow_server_is_left():
    world = outlet({})
    world.apps["a.example"] = lambda url, _: (
        MISSING if "robots" in url else (200, {}, lambda: slowly(world))
    )
    found = fetch(world, seconds=60)
    assert found.fault == "slower than 60 s" and world.time < 90


def test_a_name_that_changes_its_number_leads_nowhere():
    numbers = iter([PUBLIC, "127.0.0.1", "127.0.0.1"])
    world = outlet({"x": page("<p>x</p>")}, ips={"a.example": lambda: next(numbers)})
    assert (
        fetch(world).fault == "a private address"
    )  # robots.txt was had, the page is not asked for


def test_all_hostile_answers_together_take_no_article_with_them(tmp_path):
    answers = {
        f"news/{name}-{n}00": answer for n, (name, (answer, _)) in enumerate(HOSTILE.items())
    }
    good = {f"news/good-{k}": page(article(k, day_of(k))) for k in range(1000, 1010)}
    rows = "".join(f"<url><loc>{HOST}/{path}</loc></url>" for path in [*answers, *good])
    bad = "<url><loc>https://[::1</loc></url><url><loc>javascript:alert(1)</loc></url><url><loc></loc></url>"
    sitemap = (200, {}, f"<urlset>{bad}{rows}</urlset>".encode())
    world = outlet(
        {"map.xml": sitemap, "": page("<p>-</p>"), **answers, **good},
        robots=(200, {}, f"Sitemap: {HOST}/map.xml".encode()),
        ips=IPS,
    )
    found = collect(HOST + "/", tmp_path / "out", contact="me@example.org", world=world)
    table = found.table.set_index("url")
    assert (table["state"] == "kept").sum() == 10
    for n, (name, (_, says)) in enumerate(HOSTILE.items()):
        fault = table.loc[f"{HOST}/news/{name}-{n}00", "fault"]
        says = "larger than 10" if name == "endless" else says.replace("1 MB", "10 MB")
        assert fault.startswith(says), name
    assert table.loc["javascript:alert(1)", "fault"] == "neither http nor https"


# ---- robots.txt --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("robots", "says"),
    [
        (MISSING, ""),
        ((401, {}, b""), ""),
        ((200, {}, b"User-agent: *\nDisallow: /x"), "robots.txt forbids it"),
        ((200, {}, b"\xef\xbb\xbfUser-agent: *\nDisallow: /x"), "robots.txt forbids it"),
        ((200, {}, b"User-agent: syriatopics\nDisallow: /\n\nUser-agent: *\nAllow: /"), "robots.txt forbids it"),
        ((200, {}, b"<html>no rules here</html>"), ""),
        ((200, {"Content-Encoding": "gzip"}, zlib.compress(b"User-agent: *\nDisallow: /x")), "robots.txt forbids it"),
        ((503, {}, b""), "robots.txt cannot be had: status 503"),
        (NoAnswerError("reset"), "robots.txt cannot be had: reset"),
        ((200, {}, forever), "robots.txt cannot be had: larger than 0.5 MB"),
        (moved("https://a.example/robots.txt"), ""),
    ],
)  # fmt: skip
def test_robots(robots, says):
    world = outlet({"x": page("<p>x</p>")}, robots=robots)
    assert fetch(world).fault == says


def test_a_robots_that_is_busy_once_is_asked_again():
    answers = iter([(503, {"Retry-After": "5"}, b""), (200, {}, b"User-agent: *\nDisallow: /y")])
    world = outlet({"x": page("<p>x</p>")}, robots=lambda *_: next(answers))
    assert fetch(world).fault == ""


def test_rules_of_where_a_redirect_leads_are_kept():
    def other(url, _):
        return (200, {}, b"User-agent: *\nDisallow: /") if "robots" in url else page("<p>-</p>")

    world = outlet({"x": moved("https://b.example/y")}, **{"b.example": other})
    assert fetch(world).fault == "robots.txt forbids it"
    assert "https://b.example/y" not in world.urls()


# ---- waiting -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("90", 90, 120), ("Sun, 01 Mar 2026 00:01:40 GMT", 90, 120), ("Sun, 01 Mar 2020 00:00:00 GMT", 2, 10),
        ("soon", 2, 10), ("-5", 2, 10), ("nan", 2, 10), ("", 2, 10), ("Sun, 99 Mar", 2, 10),
    ],
)  # fmt: skip
def test_retry_after_in_both_its_forms(said, least, most):
    answers = iter([(429, {"Retry-After": said}, b""), page("<p>x</p>")])
    world = outlet({"x": lambda *_: next(answers)})
    fetcher = Fetcher(world, Limits(), "me@example.org")
    assert fetcher.get(f"{HOST}/x", MB).later
    assert fetcher.get(f"{HOST}/x", MB).fault == ""
    waited = world.asked[2][0] - world.asked[1][0]
    assert least <= waited <= most


@pytest.mark.parametrize("said", ["inf", "1e400", "999999"])
def test_a_host_that_asks_for_too_much_patience_is_left_for_another_time(tmp_path, said):
    world = outlet({"": page("<p>-</p>"), "sitemap.xml": (503, {"Retry-After": said}, b"")})
    found = collect(HOST + "/", tmp_path / "out", contact="me@example.org", world=world)
    assert found.ended.endswith(f"left for another time: {HOST}") and world.time < 3600


def test_a_host_that_is_silent_is_given_up():
    world = outlet({str(n): NoAnswerError("timeout") for n in range(30)})
    fetcher = Fetcher(world, Limits(), "me@example.org")
    for n in range(10):
        assert not fetcher.gave_up(HOST)
        fetcher.get(f"{HOST}/{n}", MB)
    assert fetcher.gave_up(HOST)


def test_a_slower_pace_is_kept_and_found_again():
    busy = [(503, {}, b"")] * 3
    answers = iter([*busy, *[page("<p>x</p>")] * 40])
    world = outlet({"x": lambda *_: next(answers)})
    fetcher = Fetcher(world, Limits(delay=2), "me@example.org")
    for _ in range(40):
        fetcher.get(f"{HOST}/x", MB)
    times = [time for time, *_ in world.asked]
    waits = [b - a for a, b in pairwise(times)]
    assert waits[3] >= 8 and waits[-1] < 5 and min(waits) >= 2
