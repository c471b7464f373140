"""A column of dates has one order: which, and how is it known?

``4/5/2016`` alone is a day in April or in May. A column that holds ``4/28/2016`` as well is written
month first, in every row. So the whole column is looked at before a cell is read: numbers that can
be a day only (above 12) decide, then weekdays beside the numbers; where nothing decides, it is
said. Serial numbers of spreadsheets and seconds since 1970 are known by the column as well: a single
42488 is a number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, get_args

from syriatopics.arabic import clean
from syriatopics.corpus.parse.printed.cell import (
    NUMERIC,
    Order,
    day_of,
    is_plausible,
    parse_date,
    plain_digits,
)

__all__ = ["DateColumn", "DateOrder", "read_date_column"]

_NUMBER = re.compile(r"\d{5}(?:\.\d+)?|\d{9,19}(?:\.\d+)?")
_EXCEL = datetime(1899, 12, 30)
_SERIALS = (18_264, 73_051)  # 1950 to 2100
_EPOCH = datetime(1970, 1, 1)
_UNITS = {"seconds": 1, "milliseconds": 10**3, "microseconds": 10**6, "nanoseconds": 10**9}
_SECONDS = (315_532_800, 4_102_444_800)  # 1980 to 2100
# The share of the cells that decide which has to agree before cells that can be either are read.
_AGREED = 0.95
_SHOWN = 3
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("mon", "lun", "الاثنين", "الإثنين"),
            ("tue", "mardi", "الثلاثاء"),
            ("wed", "mer", "الأربعاء", "الاربعاء"),
            ("thu", "jeu", "الخميس"),
            ("fri", "ven", "الجمعة"),
            ("sat", "sam", "السبت"),
            ("sun", "dim", "الأحد", "الاحد"),
        )
    )
    for name in names
}
_WEEKDAY = re.compile("|".join(sorted(_WEEKDAYS, key=len, reverse=True)))
_CLOCK = re.compile(r"\d:\d\d:\d\d\s*[AP]M\b")


class DateOrder:
    """In which order the dates of a column are written, learned from all its cells.

    Parameters
    ----------
    cells : iterable
        The cells of the column, in any order; they are looked at once and not kept.

    Attributes
    ----------
    order : {"day first", "month first", "year first"} or None
        How numbers are read that can be either; None where the column needs no order, or holds
        two and neither prevails.
    kind : str
        "dates", "serial numbers of a spreadsheet", or "seconds since 1970" and its parts.
    decided : bool
        Whether cells of the column decide the order.
    why : str
        The order and its reason, in words.

    Examples
    --------
    >>> order = DateOrder(["4/28/2016", "4/5/2016"])
    >>> order.why
    "month first: 1 of 2 cells can be read in no other order ('4/28/2016')"
    >>> order.read("4/5/2016")
    (datetime.datetime(2016, 4, 5, 0, 0), 'day')
    """

    def __init__(self, cells: Iterable[Any]) -> None:
        self._either = self._clocks = 0
        self._proofs: Counter[str] = Counter()
        self._first: dict[str, str] = {}
        self._units: Counter[str] = Counter()
        n_cells = n_dates = 0
        for cell in cells:
            text = _text(cell)
            if not text:
                continue
            n_cells += 1
            if (unit := _unit_of(text)) is not None:
                self._units[unit] += 1
            elif (match := NUMERIC.search(plain_digits(text))) is not None:
                n_dates += 1
                self._look_at(text, match)
            else:
                n_dates += parse_date(text) is not None
        self.kind = "dates"
        if self._units and not n_dates:
            self.kind = self._units.most_common(1)[0][0]
        self.order, self.decided, self.why = self._decide(n_cells)
        if self._units and n_dates:
            self.why += f"; {sum(self._units.values()):,} numbers among the dates are not read"

    def _look_at(self, text: str, match: re.Match[str]) -> None:
        a, b, c = int(match["a"]), int(match["b"]), int(match["c"])
        if a > 31:
            return  # a year, a month, a day: nothing to decide
        orders: tuple[Order, ...] = get_args(Order)
        readings = {n: _day(n, a, b, c) for n in (orders[:2] if len(match["c"]) == 4 else orders)}
        possible = {name: day for name, day in readings.items() if day is not None}
        said = _WEEKDAY.search(clean(text).lower()) if len(possible) > 1 else None
        if said is not None:
            right = {n: d for n, d in possible.items() if d.weekday() == _WEEKDAYS[said.group()]}
            possible = right or possible
        if not possible or (len(set(possible.values())) == 1 and len(possible) > 1):
            return  # no date, or 4/4/2016
        if len(possible) > 1:
            self._either += 1
            self._clocks += _CLOCK.search(text) is not None
            # Three short numbers: what cannot be excludes an order, though it proves none.
            self._proofs.update(f"not {name}" for name in set(readings) - set(possible))
            return
        (name,) = possible
        self._proofs[name] += 1
        self._first.setdefault(name, text)

    def _decide(self, n_cells: int) -> tuple[Order | None, bool, str]:
        if self.kind != "dates":
            return None, True, f"{self.kind}: every cell is such a number"
        proofs = Counter({name: self._proofs[name] for name in get_args(Order)})
        total = sum(proofs.values())
        if not total and not self._either:
            return None, True, "every cell says by itself what is day and month"
        if not total:
            return self._undecided()
        name, n = proofs.most_common(1)[0]
        proof = f"can be read in no other order ({self._first[name]!r:.40})"
        if n == total:
            return _order(name), True, f"{name}: {n:,} of {n_cells:,} cells {proof}"
        others = {k: v for k, v in proofs.items() if v and k != name}
        shown = ", ".join(f"{v:,} {k} ({self._first[k]!r:.40})" for k, v in others.items())
        said = f"two orders in one column: {n:,} {name} ({self._first[name]!r:.40}), {shown}"
        if n >= _AGREED * total:
            return _order(name), True, f"{said}; cells that can be either are read {name}"
        return None, False, f"{said}; cells that can be either ({self._either:,}) are not read"

    def _undecided(self) -> tuple[Order, bool, str]:
        """Say what is assumed where every cell can be either."""
        said = f"no cell decides between day and month ({self._either:,} can be either)"
        if self._clocks > self._either / 2:
            return (
                "month first",
                False,
                f"month first, assumed: {said}, but times are written as 5:30:00 PM",
            )
        excluded = {k[4:] for k in self._proofs if k.startswith("not ")}
        name = next((n for n in get_args(Order) if n not in excluded), "day first")
        return _order(name), False, f"{name}, assumed: {said}"

    def read(self, cell: Any) -> tuple[datetime, str] | None:
        """Read a cell of the column in its order.

        Returns
        -------
        (datetime, precision) or None
            As :func:`parse_date`.
        """
        text = _text(cell)
        if not text:
            return None
        if (unit := _unit_of(text)) is not None:
            return _from_number(float(text), self.kind) if unit == self.kind else None
        if self.order is None and not self.decided and _is_either(text):
            return None
        return parse_date(text, self.order)

    def iso(self, cell: Any) -> str | None:
        """Read a cell and write what is known of it in ISO form: ``2016-04``, ``2016-04-28T17:30``."""
        found = self.read(cell)
        if found is None:
            return None
        when, precision = found
        length = {"year": 4, "month": 7, "day": 10, "minute": 16}[precision]
        return when.isoformat()[:length]


class DateColumn(NamedTuple):
    """A column of dates, read in one order.

    Attributes
    ----------
    dates : list of (datetime, precision) or None
        One per cell.
    order : {"day first", "month first", "year first"} or None
    decided : bool
        Whether the column decides its order.
    why : str
        The order and its reason, in words.
    unread : list of str
        The first cells that hold something and are no date.
    """

    dates: list[tuple[datetime, str] | None]
    order: Order | None
    decided: bool
    why: str
    unread: list[str]


def read_date_column(cells: Sequence[Any]) -> DateColumn:
    """Read a whole column of dates.

    Parameters
    ----------
    cells : sequence
        Text, numbers, datetimes or None.

    Returns
    -------
    DateColumn

    Examples
    --------
    >>> [day.date().isoformat() for day, _ in read_date_column(["28/4/2016", "4/5/2016"]).dates]
    ['2016-04-28', '2016-05-04']
    """
    order = DateOrder(cells)
    dates = [order.read(cell) for cell in cells]
    unread = [_text(c) for c, found in zip(cells, dates, strict=True) if found is None and _text(c)]
    return DateColumn(dates, order.order, order.decided, order.why, unread[:_SHOWN])


def _order(name: str) -> Order:
    return next(order for order in get_args(Order) if order == name)


def _text(cell: Any) -> str:
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def _day(order: Order, a: int, b: int, c: int) -> date | None:
    """Return the day that three numbers mean in an order; nothing was published tomorrow."""
    day = day_of(order, a, b, c)
    return day if day is not None and day <= date.today() + timedelta(days=1) else None


def _is_either(text: str) -> bool:
    match = NUMERIC.search(plain_digits(text))
    if match is None or int(match["a"]) > 31:
        return False
    return int(match["a"]) <= 12 and int(match["b"]) <= 12 and match["a"] != match["b"]


def _unit_of(text: str) -> str | None:
    """Say of what a bare number counts, if it can be a date."""
    plain = plain_digits(text)
    if _NUMBER.fullmatch(plain) is None:
        return None
    number = float(plain)
    if _SERIALS[0] <= number < _SERIALS[1]:
        return "serial numbers of a spreadsheet"
    for unit, parts in _UNITS.items():
        if _SECONDS[0] <= number / parts < _SECONDS[1]:
            return f"{unit} since 1970"
    return None


def _from_number(number: float, kind: str) -> tuple[datetime, str] | None:
    if kind == "serial numbers of a spreadsheet":
        when = _EXCEL + timedelta(days=number)
    else:
        when = _EPOCH + timedelta(seconds=number / _UNITS[kind.split()[0]])
    when = when.replace(microsecond=0)
    midnight = not (when.hour or when.minute)
    return (when, "day" if midnight else "minute") if is_plausible(when.date()) else None
