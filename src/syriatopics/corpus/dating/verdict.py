"""The verdict: an event window from the evidence, held against the printed date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from syriatopics.corpus.dating.evidence import Evidence
from syriatopics.corpus.dating.periods import ALWAYS, Period, Periods, covers, hull, intersect
from syriatopics.records import DateStatus

__all__ = ["Audit", "audit_dates"]

# A page may be dated a little before or after what it tells (time zones, updates), and the
# press may use a title a little before or after it is true.
_SLACK = timedelta(days=31)
# One naming may be a retrospect that nobody marked; a printed date is refuted by two people,
# or by one that the text goes on speaking of.
_ENOUGH = 2


class Audit(NamedTuple):
    """The event window that the text allows, and what it says of the printed date."""

    earliest: date | None
    latest: date | None
    status: DateStatus
    evidence: str


def audit_dates(
    evidence: Sequence[Evidence],
    printed: date | None,
    stated: tuple[date | None, date | None] = (None, None),
    captured: date | None = None,
    today: date = date.max,
) -> Audit:
    """Hold the evidence of a text against its printed date.

    Parameters
    ----------
    evidence : sequence of Evidence
    printed : date or None
    stated : (date or None, date or None)
        An event window that a reader states; it stands above what the text gives.
    captured : date or None
        The day on which the page was fetched.
    today : date
        No page can be printed later.

    Returns
    -------
    Audit
        Status "printed" when nothing refutes the printed date, "conflict" when the window
        excludes it, "inferred" when no date is printed but the window is closed, and
        "unknown" otherwise.
    """
    if stated != (None, None):
        return _with_window((Period(*stated),), evidence, printed)
    lower, present = _present(evidence)
    window: Periods = intersect(ALWAYS, (Period(lower, captured),)) if lower or captured else ALWAYS
    for item in present:
        window = intersect(window, item.periods)
    words = "; ".join(item.words for item in evidence)
    if printed is not None and printed > today:
        earliest, latest = hull(window) if window else Period(None, None)
        note = f"printed {printed}, which lies in the future{'; ' if words else ''}{words}"
        return Audit(earliest, latest, "conflict", note)
    if not window:
        # People of two times in one text: somebody is remembered, nothing is decided.
        return _undecided(printed, words)
    if printed is not None and not _refutes(present, window, printed):
        return Audit(printed, printed, "printed", words or "nothing in the text speaks against it")
    return _with_window(_narrowed(window, evidence), evidence, printed)


def _present(evidence: Sequence[Evidence]) -> tuple[date | None, list[Evidence]]:
    """Return the first day that the text knows of, and the evidence that does not end before."""
    bounds = [item for item in evidence if item.kind != "visit"]
    starts = [item.periods[0].start for item in bounds]
    lower = max((start for start in starts if start is not None), default=None)
    if lower is None:
        return None, list(bounds)
    # A predecessor leaves on the day on which the successor comes: that day is not enough.
    since = (Period(lower + _SLACK, None),)
    return lower, [
        item for item in bounds if item.periods[0].start == lower or intersect(item.periods, since)
    ]


def _narrowed(window: Periods, evidence: Sequence[Evidence]) -> Periods:
    """Let recent visits narrow a window; one that does not fit it is no evidence."""
    for item in evidence:
        if item.kind == "visit":
            window = intersect(window, item.periods) or window
    return window


def _refutes(present: Sequence[Evidence], window: Periods, printed: date) -> bool:
    wide: Periods = ALWAYS
    for item in present:
        wide = intersect(wide, item.wide)
    if covers(wide or window, printed, _SLACK):
        return False
    against = [item for item in present if not covers(item.wide, printed, _SLACK)]
    weight = sum(item.weight for item in against if item.kind == "office")
    return weight >= _ENOUGH or len(against) >= _ENOUGH


def _with_window(window: Periods, evidence: Sequence[Evidence], printed: date | None) -> Audit:
    earliest, latest = hull(window)
    words = "; ".join(item.words for item in evidence)
    if printed is None:
        closed = earliest is not None and latest is not None
        return Audit(earliest, latest, "inferred" if closed else "unknown", words or "no evidence")
    if covers(window, printed, _SLACK):
        return Audit(printed, printed, "printed", words or "nothing in the text speaks against it")
    return Audit(
        earliest, latest, "conflict", f"printed {printed}, but {words or 'a reader knows better'}"
    )


def _undecided(printed: date | None, words: str) -> Audit:
    note = f"not decidable: {words}"
    if printed is None:
        return Audit(None, None, "unknown", note)
    return Audit(printed, printed, "printed", note)
