"""Hijri dates as Gregorian ones, after the Umm al-Qura calendar."""

from __future__ import annotations

__all__ = ["from_hijri"]


def from_hijri(year: int, month: int, day: int | None) -> tuple[int, int, int | None] | None:
    """Return the Gregorian day of a Hijri one; without a day, the month of its middle."""
    from hijridate import Hijri

    try:
        found = Hijri(year, month, day or 15).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return found.year, found.month, found.day if day else None
