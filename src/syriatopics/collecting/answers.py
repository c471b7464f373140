"""What came of asking: the steps of a redirect, the answer, and what its headers say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from syriatopics.collecting.world import Headers

__all__ = ["Exchange", "Fetched", "header", "seconds_in"]


def header(headers: Headers, name: str) -> str:
    """Return the first header of a name, or nothing."""
    return next((value for key, value in headers if key.lower() == name.lower()), "")


@dataclass(frozen=True)
class Exchange:
    """One request and what came back: a step of a redirect, or the answer itself."""

    url: str
    ip: str
    asked: Headers
    at: datetime
    status: int = 0
    reason: str = ""
    headers: Headers = ()
    body: bytes = b""


@dataclass(frozen=True)
class Fetched:
    """What became of an address.

    Attributes
    ----------
    fault : str
        Why there is no whole page; nothing where there is one.
    later : bool
        Whether it may be had another time.
    exchanges : tuple of Exchange
        Redirects, and the answer at the end.
    sitemaps : tuple of str
        What the robots.txt of the host names.
    """

    url: str
    fault: str = ""
    later: bool = False
    exchanges: tuple[Exchange, ...] = ()
    content: bytes = b""
    sitemaps: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """The last status, 0 where nothing answered."""
        return self.exchanges[-1].status if self.exchanges else 0

    @property
    def final(self) -> str:
        """The address that answered."""
        return self.exchanges[-1].url if self.exchanges else self.url

    def header(self, name: str) -> str:
        """Return a header of the answer, or nothing."""
        return header(self.exchanges[-1].headers, name) if self.exchanges else ""


def seconds_in(said: str, now: datetime) -> float | None:
    """Read Retry-After: seconds, or the time of day at which to come again."""
    try:
        return max(0.0, float(said))
    except ValueError:
        pass
    try:
        when = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())
