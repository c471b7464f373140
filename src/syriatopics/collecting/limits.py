"""How much is asked, and how: the manners of collecting, and the bounds of every answer."""

from __future__ import annotations

from dataclasses import dataclass

from syriatopics.errors import InputError

__all__ = ["Limits"]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds of a run. What stands here is kept for each host, and never loosened by what a host says.

    Parameters
    ----------
    delay : float
        Seconds between two requests to a host; what its robots.txt asks for counts where it is more.
    pages, bytes, hours : int, int, float
        A run ends when it has asked for so many pages (lists of addresses too), has got so many
        bytes, or has gone on so long; the next one goes on.
    page_bytes, list_bytes : int
        Of a page, and of a feed or sitemap, packed or unpacked; what is longer is not kept.
    seconds : float
        For one answer, however slowly it comes.
    redirects : int
    attempts : int
        How often a page is asked for that a host is too busy to give.
    patience : float
        Seconds that a host may ask us to wait; one that asks for more is left for the next run.
    lists : int
        Pages of one list of an outlet (of a section, of an archive) that are asked for.
    steps : int
        How deep sitemaps may stand in sitemaps.

    Examples
    --------
    >>> Limits(delay=5).delay
    5
    """

    delay: float = 2.0
    pages: int = 100_000
    bytes: int = 20 * 2**30
    hours: float = 24.0
    page_bytes: int = 10 * 2**20
    list_bytes: int = 50 * 2**20
    seconds: float = 120.0
    redirects: int = 5
    attempts: int = 4
    patience: float = 900.0
    lists: int = 5000
    steps: int = 4

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
                raise InputError(f"Limit {name}={value!r} cannot be: name a number above 0.")
