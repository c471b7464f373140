"""Asking politely: one request at a time, after robots.txt, no faster than a host likes, within bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from syriatopics.collecting.addresses import fault_of, host_of, joined, tidy
from syriatopics.collecting.answers import Exchange, Fetched, header, seconds_in
from syriatopics.collecting.guard import PRIVATE, checked_ip
from syriatopics.collecting.limits import Limits
from syriatopics.collecting.robots import LARGEST, Rules, parse_rules
from syriatopics.collecting.unpacking import PackedTooLargeError, unpacked
from syriatopics.collecting.world import Headers, NoAnswerError, Reply, World
from syriatopics.errors import NotInstalledError

__all__ = ["Fetcher", "SpentError"]

_FORBIDDEN = "robots.txt forbids it"
_UNREACHABLE = "robots.txt cannot be had"
_BUSY = {408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529}
_MOVED = {301, 302, 303, 307, 308}
_SLOWER, _SLOWEST = 2.0, 300.0
_CHECKED = 24 * 3600.0  # how long a robots.txt is believed
_GIVEN_UP = 10  # answers that did not come, one after the other


class SpentError(Exception):
    """A bound of the whole run is reached; what it says is which."""


@dataclass
class _Host:
    """What is known of a host: when it may be asked again, how slow it likes it, what it forbids."""

    delay: float
    least: float
    free: float = 0.0
    rules: Rules | None = None
    read: float = 0.0
    silent: int = 0


@dataclass
class Fetcher:
    """Asks for pages, one after the other.

    Parameters
    ----------
    world : World
    limits : Limits
    contact : str
        Where a host can reach who collects; stands in the user agent.
    allow_private : bool
        For tests.
    paces : mapping of str to float
        Seconds between two requests to hosts that bear less than others.
    """

    world: World
    limits: Limits
    contact: str
    allow_private: bool = False
    paces: Mapping[str, float] = field(default_factory=dict)
    asked: int = 0
    received: int = 0
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _began: float | None = None

    def free(self, host: str) -> float:
        """Return in how many seconds a host may be asked."""
        return max(0.0, self._host(host).free - self.world.ticks())

    def pace(self, host: str) -> float:
        """Return the seconds between two requests to a host."""
        return self._host(host).delay

    def gave_up(self, host: str) -> bool:
        """Say whether a host did not answer so often that it is left alone in this run."""
        return self._host(host).silent >= _GIVEN_UP

    def get(
        self, url: str, most: int, known: Headers = (), span: tuple[int, int] | None = None
    ) -> Fetched:
        """Ask for an address, and follow where it leads.

        Parameters
        ----------
        url : str
        most : int
            Bytes that are read, packed or unpacked.
        known : headers
            What the last answer said of its version, as the headers of a conditional request.
        span : (int, int), optional
            First byte and number of bytes of a range.

        Raises
        ------
        SpentError
            If the run has reached one of its bounds.
        """
        current, seen, done = tidy(url) if not fault_of(url) else url, set[str](), list[Exchange]()
        while True:
            if fault := self._refusal(current):
                return Fetched(url, fault, fault.startswith(_UNREACHABLE), tuple(done))
            seen.add(current)
            try:
                exchange = self._once(current, most, () if done else known, span)
            except NoAnswerError as error:
                busy = str(error) != PRIVATE
                return Fetched(url, f"no answer: {error}" if busy else PRIVATE, busy, tuple(done))
            except (_TooLargeError, _TooSlowError) as error:
                return Fetched(url, str(error), exchanges=tuple(done))
            done.append(exchange)
            target = joined(current, header(exchange.headers, "location"))
            if exchange.status not in _MOVED or not target:
                return self._read(url, done, most)
            current = tidy(target) if not fault_of(target) else target
            if current in seen:
                return Fetched(url, "redirects in a circle", exchanges=tuple(done))
            if len(done) > self.limits.redirects:
                return Fetched(
                    url, f"more than {self.limits.redirects} redirects", exchanges=tuple(done)
                )

    def rules(self, url: str) -> Rules:
        """Return what the host of an address allows; its robots.txt is asked for once a day."""
        host = self._host(host_of(url))
        if host.rules is None or self.world.ticks() - host.read > _CHECKED:
            host.rules, host.read = self._robots(host_of(url)), self.world.ticks()
            host.least = max(host.least, host.rules.delay)
            host.delay = max(host.delay, host.least)
            host.free = max(host.free, self.world.ticks() + host.rules.delay)
        return host.rules

    # ---- one request ---------------------------------------------------------------------

    def _refusal(self, url: str) -> str:
        if fault := fault_of(url):
            return fault
        rules = self.rules(url)
        if rules.unreachable:
            return f"{_UNREACHABLE}: {rules.unreachable}"
        return "" if rules.allow(url) else _FORBIDDEN

    def _once(
        self, url: str, most: int, known: Headers = (), span: tuple[int, int] | None = None
    ) -> Exchange:
        """Wait for the turn of a host, ask it, and read its answer within bounds."""
        host = self._host(host_of(url))
        self._wait(host)
        ip = checked_ip(self.world, url, self.allow_private)
        if not ip:
            raise NoAnswerError(PRIVATE)
        headers = dict(self._headers(url, known, span))
        self.asked += 1
        began, at = self.world.ticks(), self.world.now()
        try:
            reply = self.world.send(url, ip, headers, min(30.0, self.limits.seconds))
            body = b"".join(self._body(reply, most, began))
        except NoAnswerError:
            host.silent += 1
            host.delay = min(host.delay * _SLOWER, max(_SLOWEST, host.delay))
            raise
        finally:
            host.free = self.world.ticks() + host.delay
        host.silent = 0
        self._heed(host, reply)
        return Exchange(
            url, ip, tuple(headers.items()), at, reply.status, reply.reason, reply.headers, body
        )

    def _body(self, reply: Reply, most: int, began: float) -> Iterator[bytes]:
        """Yield the body as it comes, and end the connection where it is too long or too slow."""
        n = 0
        try:
            for chunk in reply.chunks:
                n += len(chunk)
                self.received += len(chunk)
                if n > most:
                    raise _TooLargeError(f"larger than {most / 2**20:.3g} MB")
                if self.world.ticks() - began > self.limits.seconds:
                    raise _TooSlowError(f"slower than {self.limits.seconds:.0f} s")
                yield chunk
        finally:
            if n > most or self.world.ticks() - began > self.limits.seconds:
                reply.close()

    def _heed(self, host: _Host, reply: Reply) -> None:
        """Slow down for a host that is too busy; come back, by and by, to the pace before."""
        if reply.status not in _BUSY:
            host.delay = max(host.least, host.delay * 0.95)
            return
        host.delay = min(host.delay * _SLOWER, max(_SLOWEST, host.delay))
        wait = seconds_in(header(reply.headers, "retry-after"), self.world.now())
        host.free = self.world.ticks() + max(host.delay, wait or 0.0)

    def _read(self, url: str, done: list[Exchange], most: int) -> Fetched:
        last = done[-1]
        sitemaps = self.rules(last.url).sitemaps
        if last.status == 304:
            return Fetched(url, "", False, tuple(done), b"", sitemaps)
        if last.status not in (200, 203, 206):
            busy = last.status in _BUSY
            return Fetched(url, f"status {last.status}", busy, tuple(done), b"", sitemaps)
        try:
            content = unpacked(last.body, header(last.headers, "content-encoding"), most)
        except PackedTooLargeError:
            return Fetched(
                url, f"unpacks to more than {most / 2**20:.3g} MB", exchanges=tuple(done)
            )
        except Exception as error:  # what a damaged packing raises hangs on who packed it
            fault = f"its packing is damaged ({type(error).__name__})"
            return Fetched(url, fault, exchanges=tuple(done))
        return Fetched(url, "", False, tuple(done), content, sitemaps)

    def _headers(self, url: str, known: Headers, span: tuple[int, int] | None) -> Headers:
        from syriatopics import __version__

        ranged = (("Range", f"bytes={span[0]}-{span[0] + span[1] - 1}"),) if span else ()
        return (
            ("Host", urlsplit(url).netloc),
            ("User-Agent", f"syriatopics/{__version__} (+{self.contact})"),
            ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"),
            ("Accept-Language", "ar,*;q=0.5"),
            ("Accept-Encoding", "identity" if span else "gzip"),
            *known,
            *ranged,
        )

    # ---- hosts ---------------------------------------------------------------------------

    def _host(self, host: str) -> _Host:
        if host not in self._hosts:
            pace = max(self.limits.delay, self.paces.get(host, 0.0))
            self._hosts[host] = _Host(pace, pace)
        return self._hosts[host]

    def _wait(self, host: _Host) -> None:
        """Wait until a host may be asked, unless the run is to end before that."""
        if self._began is None:
            self._began = self.world.ticks()
        if self.asked >= self.limits.pages:
            raise SpentError(f"{self.limits.pages:,} pages were asked for")
        if self.received >= self.limits.bytes:
            raise SpentError(f"{self.limits.bytes / 2**20:,.0f} MB were received")
        wait = max(0.0, host.free - self.world.ticks())
        if wait > max(self.limits.patience, host.delay):
            raise NoAnswerError(f"its host asks us to wait for {wait:.0f} s")
        if self.world.ticks() + wait - self._began > self.limits.hours * 3600:
            raise SpentError(f"{self.limits.hours:g} hours are over")
        if wait:
            self.world.rest(wait)

    def _robots(self, host: str) -> Rules:
        """Ask for the rules of a host: none is a yes to all, an error a no for now."""
        current, moved, failed, why = f"{host}/robots.txt", 0, 0, ""
        while failed < self.limits.attempts:
            try:
                exchange = self._once(current, LARGEST)
            except (NoAnswerError, _TooLargeError, _TooSlowError) as error:
                if str(error) == PRIVATE:  # named as such when the page itself is asked
                    return Rules()
                failed, why = failed + 1, str(error)
                continue
            target = joined(current, header(exchange.headers, "location"))
            if exchange.status in _BUSY:
                failed, why = failed + 1, f"status {exchange.status}"
            elif exchange.status in (200, 203):
                return self._rules_in(exchange)
            elif exchange.status in _MOVED and target and not fault_of(target):
                current, moved = target, moved + 1
                if moved > self.limits.redirects:
                    return Rules()
            else:
                return Rules()
        return Rules(unreachable=why)

    def _rules_in(self, exchange: Exchange) -> Rules:
        try:
            packing = header(exchange.headers, "content-encoding")
            return parse_rules(unpacked(exchange.body, packing, LARGEST))
        except NotInstalledError:
            raise
        except Exception as error:  # what cannot be read may forbid anything
            return Rules(unreachable=f"it cannot be read ({type(error).__name__})")


class _TooLargeError(Exception):
    """A body longer than its bound."""


class _TooSlowError(Exception):
    """An answer that takes too long."""
