"""What collecting needs of the world: the time, names of hosts, one request. Tests bring their own."""

from __future__ import annotations

import socket
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

__all__ = ["Headers", "Internet", "NoAnswerError", "Reply", "World"]

Headers = tuple[tuple[str, str], ...]
_CHUNK = 2**16
_OPEN = 16
_FEW = 8 * 2**10


class NoAnswerError(Exception):
    """No whole answer came: the connection failed, was cut, or broke the protocol."""


@dataclass
class Reply:
    """An answer whose body is still to come.

    Attributes
    ----------
    chunks : iterator of bytes
        As they come: packed as the server packed them, chunks of the transfer put together.
    close : callable
        Ends the connection, wherever the body is.
    """

    status: int
    reason: str
    headers: Headers
    chunks: Iterator[bytes]
    close: Callable[[], None] = field(default=lambda: None)


class World(Protocol):
    """The time, names of hosts, one request."""

    def now(self) -> datetime:
        """Return the time of day, in UTC."""
        ...  # pragma: no cover

    def ticks(self) -> float:
        """Return seconds that only ever grow."""
        ...  # pragma: no cover

    def rest(self, seconds: float) -> None:
        """Do nothing for a while."""
        ...  # pragma: no cover

    def resolve(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host; raise :class:`NoAnswerError` where it has none."""
        ...  # pragma: no cover

    def send(self, url: str, ip: str, headers: Mapping[str, str], timeout: float) -> Reply:
        """Ask for a page, of one address of its host; raise :class:`NoAnswerError` where none comes.

        `timeout` bounds each wait for bytes, and all of them together until the head is there.
        """
        ...  # pragma: no cover


class Internet:
    """The world as it is. No proxy, no cookie, no password; nothing is followed, nothing unpacked."""

    def __init__(self) -> None:
        self._pools: OrderedDict[tuple[str, str, int, str], Any] = OrderedDict()
        self._opened: Any = None  # the connection that was opened last

    def now(self) -> datetime:
        """Return the time of day, in UTC."""
        return datetime.now(UTC)

    def ticks(self) -> float:
        """Return seconds that only ever grow."""
        return time.monotonic()

    def rest(self, seconds: float) -> None:
        """Do nothing for a while."""
        time.sleep(seconds)

    def resolve(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise NoAnswerError("its host is not known") from None
        return list(dict.fromkeys(str(entry[4][0]) for entry in found))

    def send(self, url: str, ip: str, headers: Mapping[str, str], timeout: float) -> Reply:
        """Ask for a page, of one address of its host: the one that was looked at, and no other."""
        import urllib3

        parts = urlsplit(url)
        target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        if parts.query:
            target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
        pool = self._pool(parts.scheme, ip, parts.hostname or "", parts.port)
        try:
            with self._ended_after(timeout):
                answer = pool.urlopen(
                    "GET", target, headers=dict(headers), retries=False, redirect=False,
                    preload_content=False, decode_content=False, timeout=timeout,
                )  # fmt: skip
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise NoAnswerError(_said(error)) from None
        return Reply(
            answer.status, answer.reason or "", tuple(answer.headers.items()), _chunks(answer), _ender(answer)
        )  # fmt: skip

    @contextmanager
    def _ended_after(self, seconds: float) -> Iterator[None]:
        """End the connection after a while: a head that comes byte by byte outlasts every single wait."""
        over = threading.Event()

        def end() -> None:
            over.set()
            with suppress(Exception):
                self._opened.sock.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception:
            if over.is_set():
                raise NoAnswerError(f"no head within {seconds:g} s") from None
            raise
        finally:
            timer.cancel()
        if over.is_set():  # what was there of the head was taken for all of it
            raise NoAnswerError(f"no head within {seconds:g} s")

    def _pool(self, scheme: str, ip: str, host: str, port: int | None) -> Any:
        """Return the connection to a host: opened to an address, its certificate asked for the name."""
        import urllib3

        key = (scheme, ip, port or (443 if scheme == "https" else 80), host)
        if key not in self._pools:
            kind: Any = urllib3.HTTPConnectionPool
            named: dict[str, Any] = {}
            if scheme == "https":
                kind = urllib3.HTTPSConnectionPool
                named = {"server_hostname": host, "assert_hostname": host}
            pool = self._pools[key] = kind(ip, key[2], maxsize=1, **named)
            pool.ConnectionCls = self._opening(pool.ConnectionCls)
            if len(self._pools) > _OPEN:
                self._pools.popitem(last=False)[1].close()
        self._pools.move_to_end(key)
        return self._pools[key]

    def _opening(self, kind: Callable[..., Any]) -> Callable[..., Any]:
        def opened(*args: Any, **named: Any) -> Any:
            self._opened = kind(*args, **named)
            return self._opened

        return opened


def _chunks(answer: Any) -> Iterator[bytes]:
    import urllib3

    try:
        while chunk := answer.read1(_CHUNK, decode_content=False):
            yield chunk
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise NoAnswerError(_said(error)) from None
    length = answer.length_remaining
    if length:
        raise NoAnswerError("the connection was cut")
    answer.release_conn()


def _ender(answer: Any) -> Callable[[], None]:
    def end() -> None:
        with suppress(Exception):
            answer.close()

    return end


def _said(error: Exception) -> str:
    return type(error).__name__
