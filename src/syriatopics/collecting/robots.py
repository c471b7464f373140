"""robots.txt, after RFC 9309: what may be asked of a host, how often, and where its sitemaps are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from syriatopics.extras import load

__all__ = ["AGENT", "LARGEST", "Rules", "parse_rules"]

AGENT = "syriatopics"
LARGEST = 512 * 2**10
_LONGEST = 24 * 3600.0


@dataclass(frozen=True)
class Rules:
    """What a host allows.

    Attributes
    ----------
    delay : float
        Seconds between two requests that it asks for; 0 where it asks for none.
    sitemaps : tuple of str
    unreachable : str
        Why robots.txt could not be had, though there may be one: nothing is asked then.
    """

    parsed: Any = None
    delay: float = 0.0
    sitemaps: tuple[str, ...] = ()
    unreachable: str = ""

    def allow(self, url: str) -> bool:
        """Say whether an address may be asked."""
        if self.unreachable:
            return False
        return self.parsed is None or bool(self.parsed.can_fetch(url, AGENT))


def parse_rules(content: bytes) -> Rules:
    r"""Read a robots.txt; what is no rule in it is passed over.

    Examples
    --------
    >>> rules = parse_rules(b"User-agent: *\nDisallow: /private\nCrawl-delay: 5")
    >>> rules.delay, rules.allow("https://a.org/private/x"), rules.allow("https://a.org/x")
    (5.0, False, True)
    """
    parser = load("protego:Protego", "Collecting")
    parsed = parser.parse(content[:LARGEST].decode("utf-8-sig", "replace").replace("\0", ""))
    delay = float(parsed.crawl_delay(AGENT) or 0.0)
    if (rate := parsed.request_rate(AGENT)) is not None and rate.requests:
        delay = max(delay, rate.seconds / rate.requests)
    sitemaps = tuple(url for url in parsed.sitemaps if not url.rstrip("/").endswith("/robots.txt"))
    return Rules(parsed, min(delay, _LONGEST) if delay > 0 else 0.0, sitemaps)
