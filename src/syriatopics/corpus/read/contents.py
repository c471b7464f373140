"""What a column holds: whether it speaks for a field of an article, or against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from syriatopics.corpus.read.survey import Profile

__all__ = ["fitting_contents", "speaks_against"]

_MOSTLY = 0.8
_OFTEN = 0.5
_FEWEST_WORDS = 5


def speaks_against(field: str, held: Profile) -> str | None:
    """Say what in a column speaks against a field, or None."""
    if not held.filled:
        return "it is empty"
    pages = held.share("addresses") - held.share("sites")
    if field == "url":
        return None if pages >= _OFTEN else "it holds no addresses of pages"
    if field == "date_printed":
        likely = held.share("dates") + held.share("stamps")
        return None if likely >= _OFTEN else "it holds no dates"
    if field in ("text", "title", "outlet", "author") and pages >= _OFTEN:
        return "it holds addresses"
    if field == "text" and held.share("numbers") >= _OFTEN:
        return "it holds numbers"
    if field in ("outlet", "author", "genre") and held.mean_characters > 150:
        return "it holds texts"
    if field == "outlet" and held.share("dates") >= _MOSTLY:
        return "it holds dates"
    return None


def fitting_contents(
    field: str,
    free: Mapping[str, Profile],
    is_outlet: Callable[[str], bool],
    nameless: bool,
) -> Iterator[tuple[str, str]]:
    """Yield the columns whose content speaks for a field, the surest first, and why.

    Parameters
    ----------
    field : str
    free : mapping of str to Profile
        The columns that no name has spoken for.
    is_outlet : function
        Whether a value is the name or the host of a known outlet.
    nameless : bool
        Whether the columns of the table have no names, so that a title is to be told by its length.
    """
    if field == "text":
        texts = [c for c, h in free.items() if speaks_against("text", h) is None]
        texts.sort(key=lambda c: -free[c].words)
        yield from (
            (c, f"its texts are the longest: {free[c].mean_words:.0f} words on average")
            for c in texts
            if free[c].mean_words >= _FEWEST_WORDS
        )
    elif field == "date_printed":
        yield from (
            (c, "it holds dates")
            for c, h in free.items()
            if h.share("dates") >= _MOSTLY and h.mean_characters <= 60
        )
    elif field == "url":
        yield from (
            (c, "it holds addresses of pages")
            for c, h in free.items()
            if h.share("addresses") - h.share("sites") >= _MOSTLY
        )
    elif field == "outlet":
        yield from (
            (c, "it holds known outlets") for c, h in free.items() if _holds_outlets(h, is_outlet)
        )
    elif field == "title" and nameless:
        yield from (
            (c, "short texts beside the text")
            for c, h in free.items()
            if 1 <= h.mean_words <= 25
            and h.mean_characters > 3
            and h.share("dates") + h.share("addresses") + h.share("hosts") < _OFTEN
        )


def _holds_outlets(held: Profile, is_outlet: Callable[[str], bool]) -> bool:
    if (
        held.mean_characters > 60
        or not held.distinct
        or held.share("addresses") > held.share("sites")
    ):
        return False
    return sum(map(is_outlet, held.distinct)) >= _MOSTLY * len(held.distinct)
