"""Which column of a table holds which field: asked for, known by a shape, by its name, or by what it holds.

A name is one half of the answer. A column whose name fits and whose content does not is not taken, and
said; a column that could also be meant is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from syriatopics.corpus.read.contents import fitting_contents, speaks_against
from syriatopics.corpus.read.headings import field_names, name_key, names_of_field
from syriatopics.corpus.read.others import other_columns
from syriatopics.corpus.read.survey import Profile
from syriatopics.errors import CorpusError, choices
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import Shape

__all__ = [
    "COLUMNS",
    "Chosen",
    "check_columns",
    "choose_columns",
]

COLUMNS = ("column", "as", "why")
# Programs that wrap a record put its fields below one of these.
_WRAPPERS = (
    "_source",
    "fields",
    "attributes",
    "data",
    "doc",
    "document",
    "article",
    "item",
    "node",
)
_OFTEN = 0.5
_MUCH_LONGER = 3


class Choice(NamedTuple):
    """What became of a column."""

    column: str
    field: str
    why: str


@dataclass(frozen=True)
class Chosen:
    """Which column holds which field, and what becomes of the others.

    Attributes
    ----------
    fields : dict of str to str
        Field to column.
    joined : tuple of str
        The columns that hold the text in pieces; empty where one holds it.
    kept : dict of str to str
        The other columns, with the names under which they stand in the tables of the corpus.
    numeric : frozenset of str
        Of these, those that hold numbers in every row.
    table : tuple of Choice
        A row per column.
    notes : tuple of str
    """

    fields: dict[str, str]
    joined: tuple[str, ...]
    kept: dict[str, str]
    numeric: frozenset[str]
    table: tuple[Choice, ...]
    notes: tuple[str, ...]


def check_columns(columns: Mapping[str, str | None] | None) -> dict[str, str | None]:
    """Return the columns asked for, or say which field is none."""
    asked = dict(columns or {})
    unknown = sorted(set(asked) - set(field_names()))
    if unknown:
        raise CorpusError(
            f"columns: {unknown[0]!r} is no field of an article. Fields: {choices(field_names())}."
        )
    return asked


def choose_columns(
    name: str,
    profiles: Mapping[str, Profile],
    asked: Mapping[str, str | None],
    is_outlet: Callable[[str], bool] = lambda _: False,
) -> Chosen:
    """Say which column holds which field.

    Parameters
    ----------
    name : str
        The table, for messages.
    profiles : mapping of str to Profile
        The columns that are there, and what they hold.
    asked : mapping of str to str or None
        Field to column where the user said so; None leaves a field out.
    is_outlet : function
        Whether a value is the name or the host of a known outlet.

    Raises
    ------
    CorpusError
        If a column asked for is missing, or none holds the text.
    """
    return _Choosing(name, profiles, asked, is_outlet).chosen()


class _Choosing:
    def __init__(
        self,
        name: str,
        profiles: Mapping[str, Profile],
        asked: Mapping[str, str | None],
        is_outlet: Callable[[str], bool],
    ) -> None:
        self.name = name
        self.profiles = profiles
        self.asked = asked
        self.is_outlet = is_outlet
        self.by_key: dict[str, str] = {}
        for column in profiles:
            self.by_key.setdefault(name_key(column), column)
        for column in profiles:  # what a wrapper holds is found by the name inside it
            wrapper, dot, inner = column.partition(".")
            if dot and wrapper.lower() in _WRAPPERS:
                self.by_key.setdefault(name_key(inner), column)
        self.shape = self._shape()
        self.doubled = {name_key(c) for c in self.shape.dropped} if self.shape else set()
        self.fields: dict[str, str] = {}
        self.why: dict[str, str] = {}
        self.also: dict[str, list[str]] = {}
        self.against: dict[str, str] = {}

    def _shape(self) -> Shape | None:
        known = [
            s for s in load("shapes").shape if all(name_key(c) in self.by_key for c in s.signs)
        ]
        return max(known, key=lambda shape: len(shape.signs), default=None)

    def chosen(self) -> Chosen:
        self._take_asked()
        joined = self._joined()
        wanted = [f for f in field_names() if f not in self.asked and not (f == "text" and joined)]
        for field in wanted:
            self._take(field, self._by_name(field))
        for field in wanted:  # what a column holds tells only where no name does
            if field not in self.fields:
                self._take(field, self._by_content(field))
        if "text" not in self.fields and not joined:
            raise CorpusError(
                f"{self.name}: no column holds the text. Columns here: {choices(self.profiles)}. "
                "Say which with columns={'text': …}."
            )
        used = {*self.fields.values(), *joined}
        kept, dropped = other_columns(
            {c: held for c, held in self.profiles.items() if c not in used}, self.doubled
        )
        return Chosen(
            self.fields,
            joined,
            kept,
            frozenset(c for c in kept if self.profiles[c].numeric and self.profiles[c].filled),
            tuple(self._table(joined, kept, dropped)),
            tuple(self._notes(joined)),
        )

    # ---- choosing --------------------------------------------------------------------

    def _take_asked(self) -> None:
        for field, column in self.asked.items():
            if column is not None and column not in self.profiles:
                raise CorpusError(
                    f"{self.name}: no column {column!r} for {field}. "
                    f"Columns here: {choices(self.profiles)}."
                )
            if column is not None:
                self.fields[field] = column
                self.why[column] = "asked for"

    def _joined(self) -> tuple[str, ...]:
        if self.shape is None or "text" in self.asked:
            return ()
        held = (self.by_key.get(name_key(column)) for column in self.shape.joined)
        return tuple(column for column in held if column and self.profiles[column].filled)

    def _take(self, field: str, fitting: list[tuple[str, str]]) -> None:
        if fitting:
            column, why = self._best(field, fitting)
            self.fields[field] = column
            self.why[column] = why
            self.also[field] = [other for other, _ in fitting if other != column]

    def _by_name(self, field: str) -> list[tuple[str, str]]:
        """Return the columns whose name speaks for a field, and whose content not against it."""
        named = [c for c in self._named(field) if c[0] not in self.fields.values()]
        fitting = []
        for column, why in named:
            against = speaks_against(field, self.profiles[column])
            if against is None:
                fitting.append((column, why))
            elif self.profiles[column].filled:
                self.against.setdefault(column, f"called like {field}, but {against}")
        if not fitting and field == "text":
            fitting = [pair for pair in named if not self.profiles[pair[0]].filled][:1]
        return fitting

    def _named(self, field: str) -> Iterator[tuple[str, str]]:
        """Yield the columns whose names speak for a field, the surest first."""
        seen = set()
        if self.shape is not None:
            for name in self.shape.columns.get(field, ()):  # type: ignore[call-overload]
                column = self.by_key.get(name_key(name))
                if column is not None and column not in seen:
                    seen.add(column)
                    yield column, f"so in an export of {self.shape.name}"
        ranks = names_of_field(field)
        found = [
            (ranks[key], column)
            for key, column in self.by_key.items()
            if key in ranks and key not in self.doubled
        ]
        for _, column in sorted(found, key=lambda pair: pair[0]):
            if column not in seen:
                seen.add(column)
                yield column, "a usual name"

    def _best(self, field: str, fitting: list[tuple[str, str]]) -> tuple[str, str]:
        """Return the first; of texts a much longer one goes before, if it stands in as many rows."""
        first = fitting[0]
        if field != "text":
            return first
        held = self.profiles[first[0]]
        for column, _ in fitting[1:]:
            other = self.profiles[column]
            longer = other.mean_words > _MUCH_LONGER * held.mean_words
            if longer and other.filled >= held.filled and other.share("tags") <= held.share("tags"):
                return column, f"much longer than {first[0]!r}"
            if held.filled < _OFTEN * other.filled and other.mean_words >= held.mean_words:
                return column, f"filled in more rows than {first[0]!r}"
        return first

    def _by_content(self, field: str) -> list[tuple[str, str]]:
        never = next(entry.never for entry in load("shapes").field if entry.id == field)
        free = {
            column: held
            for column, held in self.profiles.items()
            if held.looked
            and column not in self.fields.values()
            and not any(part in column.lower() for part in never)
        }
        return list(fitting_contents(field, free, self.is_outlet, self._nameless()))

    def _nameless(self) -> bool:
        return all(column.isdigit() or column.startswith("column ") for column in self.profiles)

    # ---- what becomes of the others --------------------------------------------------

    def _table(
        self, joined: tuple[str, ...], kept: Mapping[str, str], dropped: Mapping[str, str]
    ) -> Iterator[Choice]:
        field_of = {column: field for field, column in self.fields.items()}
        for column in self.profiles:
            if column in field_of:
                field = field_of[column]
                also = self.also.get(field, [])
                rest = f"; could also be meant: {choices(also)}" if also else ""
                yield Choice(column, field, f"{self.why[column]}{rest}")
            elif column in joined:
                yield Choice(column, "text", "a piece of the text")
            elif column in kept:
                rival = next((f for f, others in self.also.items() if column in others), None)
                own = kept[column] == column.strip().removeprefix("\ufeff")
                as_it_is = (
                    "kept as it is" if own else f"kept as {kept[column]}: tables have that name"
                )
                why = f"could also be {rival}; kept" if rival else as_it_is
                why = f"{self.against[column]}; kept" if column in self.against else why
                yield Choice(column, kept[column], why)
            else:
                yield Choice(column, "", f"left out: {dropped[column]}")

    def _notes(self, joined: tuple[str, ...]) -> Iterator[str]:
        guessed = [f"{f} from {c!r}" for f, c in self.fields.items() if f not in self.asked]
        if joined:
            guessed.insert(0, f"text from {' and '.join(map(repr, joined))}")
        if guessed:
            like = f" (like an export of {self.shape.name})" if self.shape else ""
            yield f"{self.name}: columns guessed{like}: {', '.join(guessed)}."
        also = [
            f"{field} from {choices(others)}"
            for field, others in self.also.items()
            if others and field in ("text", "outlet", "date_printed")
        ]
        if also:
            yield f"{self.name}: could also be meant: {'; '.join(also)}. columns={{…}} decides."
        missing = [
            field.removesuffix("_printed")
            for field in ("outlet", "date_printed")
            if field not in self.fields and field not in self.asked
        ]
        if missing and self.profiles:
            rest = [c for c in self.profiles if c not in self.fields.values() and c not in joined]
            unused = f" Not used: {choices(rest)}." if rest else ""
            hosts = " Outlets are told by the addresses." if "url" in self.fields else ""
            told = hosts if "outlet" in missing else ""
            yield f"{self.name}: no column for {' or '.join(missing)}.{told}{unused}"
        if self.shape is not None and self.shape.note:
            yield f"{self.name}: {self.shape.name}: {self.shape.note}."
