"""The boundary: one bad document is skipped, counted and named, and never ends the reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

from syriatopics.errors import (
    CorpusError,
    InputError,
    NotInstalledError,
    SyriaTopicsError,
    choices,
)

__all__ = ["ON_BAD", "Boundary", "Skipped", "reason_of"]

ON_BAD = ("skip", "error")
_T = TypeVar("_T")
_P = ParamSpec("_P")
# So many are listed of each reason; all are counted.
_LISTED = 10_000
_SHOWN = 3
_REASONS = 8


class Skipped(NamedTuple):
    """What was not read: the file, the place in it, and why."""

    path: str
    place: str
    reason: str

    def __str__(self) -> str:
        """Say it in a sentence."""
        where = f"{self.path}, {self.place}" if self.place else self.path
        return f"{where}{' ' if self.reason.startswith('is ') else ': '}{self.reason}."


class Boundary:
    """Keeps account of what is skipped.

    Parameters
    ----------
    on_bad : {"skip", "error"}
        Whether what cannot be read is skipped and counted, or ends the reading.

    Attributes
    ----------
    skipped : list of Skipped
        At most 10,000 of each reason.
    counts : Counter of str
        How many were skipped, by reason.
    left : Counter of str
        What was met and is no article (an image in a web archive), by kind.
    alone : bool
        Whether one file is read: that what reads it is not installed is no skip then.
    """

    def __init__(self, on_bad: str = "skip") -> None:
        if on_bad not in ON_BAD:
            raise InputError(f"on_bad={on_bad!r} is not known. Choices: {choices(ON_BAD)}.")
        self.on_bad = on_bad
        self.skipped: list[Skipped] = []
        self.counts: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        self.alone = False

    def skip(self, path: Path | str, place: str, reason: str) -> None:
        """Count what is skipped, or raise.

        Raises
        ------
        CorpusError
            If `on_bad` is "error".
        """
        if self.on_bad == "error":
            raise CorpusError(str(Skipped(str(path), place, reason))) from None
        self.counts[reason] += 1
        if self.counts[reason] <= _LISTED:
            self.skipped.append(Skipped(str(path), place, reason))

    def fail(self, path: Path | str, place: str, error: Exception) -> None:
        """Skip what an error came from; a fault of the machine or the installation is raised."""
        # No fault of a document; everything else that a parser throws is.
        if isinstance(error, MemoryError) or (self.alone and isinstance(error, NotInstalledError)):
            raise error
        if self.on_bad == "error" and isinstance(error, CorpusError):
            raise error
        self.skip(path, place, reason_of(error, str(path), place))

    def attempt(
        self, path: Path | str, place: str, work: Callable[_P, _T], *args: _P.args, **kw: _P.kwargs
    ) -> _T | None:
        """Do a work on one document; None where it fails."""
        try:
            return work(*args, **kw)
        except Exception as error:
            self.fail(path, place, error)
            return None

    def each(self, items: Iterable[_T], path: Path | str, place: str = "") -> Iterator[_T]:
        """Yield the items of a reader until it fails."""
        iterator = iter(items)
        while True:
            try:
                item = next(iterator)
            except StopIteration:
                return
            except Exception as error:
                self.fail(path, place, error)
                return
            yield item

    def said(self, name: str) -> Iterator[str]:
        """Say in one note what was skipped, and in one what is no article."""
        if self.counts:
            most = self.counts.most_common(_REASONS)
            single = len(self.counts) == 1
            parts = [f"{'' if single else f'{n:,} '}{w}{self._where(w, n)}" for w, n in most]
            more = len(self.counts) - len(parts)
            parts += [f"and {more} other reasons"] if more > 0 else []
            yield f"{name}: {self.counts.total():,} skipped: {'; '.join(parts)}."
        if self.left:
            kinds = ", ".join(f"{n:,} {kind}" for kind, n in self.left.most_common(_REASONS))
            yield f"{name}: no articles, and left out: {kinds}."

    def _where(self, reason: str, n: int) -> str:
        places = [s for s in self.skipped if s.reason == reason][:_SHOWN]
        shown = ", ".join(" ".join(filter(None, (Path(s.path).name, s.place)))[:80] for s in places)
        return f" ({shown}{', …' if n > len(places) else ''})"


def reason_of(error: Exception, *places: str) -> str:
    """Say in some words why a document cannot be read; no bytes of it."""
    message = " ".join(str(error).split())
    for place in sorted(places, key=len, reverse=True):
        if place:
            message = message.removeprefix(place).lstrip(" ,:")
    message = "".join(c if c.isprintable() else "\ufffd" for c in message).rstrip(".")
    if isinstance(error, SyriaTopicsError):
        return message[:200] or "cannot be read"
    return f"{type(error).__name__}: {message[:120]}" if message else type(error).__name__
