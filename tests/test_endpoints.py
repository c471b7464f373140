"""Services at an address: asked again where they are busy, given up where they refuse, no key told."""

import pytest
from service import late, service

from syriatopics.endpoints import Endpoint, EndpointError, is_here
from syriatopics.errors import InputError


def answers(*given):
    return lambda path, request, headers, number: given[min(number, len(given)) - 1]


GOOD = (200, {}, {"ok": 1})


@pytest.mark.parametrize(
    "first",
    [
        (429, {"Retry-After": "2"}, b"busy"),
        (500, {}, b""),
        (503, {"Retry-After": "soon"}, {"error": "overloaded"}),
        (200, {}, b'{"ok": '),  # half of an answer
        (200, {}, b"[1]"),
        (200, {}, b""),
        (None, {}, b""),
    ],
)
def test_a_busy_or_broken_service_is_asked_again(first):
    waits = []
    with service(answers(first, GOOD)) as (address, asked):
        assert Endpoint(address, wait=waits.append).post("/x", {"a": "سوريا"}) == {"ok": 1}
        assert len(asked) == 2 and asked[1][1] == {"a": "سوريا"}
    assert len(waits) == 1 and 0 < waits[0] < 3
    assert waits[0] == 2.0 or first[0] != 429


def test_it_says_later_and_later_and_never_longer_than_a_minute():
    """A Retry-After of years must not hold a run for years."""
    waits = []
    with service(answers((429, {"Retry-After": "999999999"}, b""), (500, {}, b""))) as (
        address,
        asked,
    ):
        with pytest.raises(EndpointError, match=r"/x gave no answer: status 500"):
            Endpoint(address, attempts=4, wait=waits.append).post("/x", {})
        assert len(asked) == 4
    assert waits[0] == 60.0 and waits[1] < waits[2]


def test_a_refusal_is_not_asked_again():
    with service(answers((401, {}, b"no"))) as (address, asked):
        with pytest.raises(EndpointError, match="status 401"):
            Endpoint(address, wait=lambda _: None).post("/x", {})
        assert len(asked) == 1


def test_one_that_moves_elsewhere_is_not_followed():
    """A redirect would carry text and key to another machine."""
    with service(answers((302, {"Location": "http://127.0.0.1:9/"}, b""))) as (address, asked):
        with pytest.raises(EndpointError, match="status 302"):
            Endpoint(address, attempts=2, wait=lambda _: None).post("/x", {})
        assert all(path == "/v1/x" for path, _, _ in asked)


def test_one_that_is_too_slow_is_given_up():
    def slow(path, request, headers, number):
        late(0.5)
        return GOOD

    with service(slow) as (address, _), pytest.raises(EndpointError, match="ReadTimeout"):
        Endpoint(address, timeout=0.1, attempts=1).post("/x", {})


def test_the_key_comes_from_the_environment_and_is_told_nobody(monkeypatch):
    monkeypatch.setenv("MY_KEY", "s3cret")
    with service(answers((200, {}, b"s"))) as (address, asked):
        one = Endpoint(address, "MY_KEY", attempts=1)
        with pytest.raises(EndpointError) as failed:
            one.post("/x", {"text": "نص سري"})
        assert asked[0][2]["Authorization"] == "Bearer s3cret"
    assert "s3cret" not in str(failed.value) + repr(one) and "سري" not in str(failed.value)
    monkeypatch.delenv("MY_KEY")
    with pytest.raises(InputError, match="'MY_KEY' holds no key"):
        one.post("/x", {})


@pytest.mark.parametrize(
    "address", ["", "gopher://a/v1", "localhost:80", "ftp://a/v1", "http:///v1"]
)
def test_what_is_no_address(address):
    with pytest.raises(InputError, match="is none"):
        Endpoint(address)
    with pytest.raises(InputError, match="holds no key"):
        Endpoint("http://user:pass@localhost/v1")


def test_where_an_address_is():
    assert is_here("http://127.0.0.1:1/v1") and is_here("http://[::1]:1/v1")
    assert not is_here("http://localhost.example.org/v1") and not is_here("https://127.example.org")
