"""A claim: one sentence about a theme that a corpus can bear out or not."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Annotated, Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from syriatopics.corpus import Corpus
from syriatopics.errors import InputError, choices
from syriatopics.inference.periods import span
from syriatopics.lexicons.schema import Themes

__all__ = ["Claim", "check_claim", "groups_of_claim"]

_BEFORE, _AFTER = "before", "after"


class Claim(BaseModel):
    """A contrast, a trend or a break: more of a theme in one group of articles than in another.

    Parameters
    ----------
    id : str
        Small Latin letters, digits, ``-`` and ``_``: the name of its card.
    theme : str
        Of the theme lexicon.
    kind : {"contrast", "trend", "break"}
        "contrast": more in outlet `a` than in outlet `b`. "trend": more in period `a` than in
        period `b`. "break": from `date` on more (or less) than before.
    a, b : str
        Outlets; or periods, as 2018, 2018-03, 2018Q1 or 2018-02-18..2018-03-31.
    text : str
        The claim in words, as it will stand in the paper.
    outlet : str, optional
        Trend and break: only there.
    date : date, optional
        Break: the first day of the new level.
    direction : {"rise", "fall"}
        Break.
    weeks : int
        Break: how many weeks before and after the day are compared.
    production : {"own", "all"}
        Whether wire copy, translations and republished articles count.
    smallest : float, optional
        The smallest difference of shares that would matter: power is told at it, and a claim of
        "no difference" is held against it (two one-sided tests).
    blocks : {"auto", "article", "day", "week", "month", "story"}
        What is taken as independent, as in :func:`syriatopics.contrasts`.

    Examples
    --------
    >>> Claim(id="aid", theme="humanitarian", a="amad", b="noonpost").words
    'More humanitarian in amad than in noonpost.'
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
    theme: str
    kind: Literal["contrast", "trend", "break"] = "contrast"
    a: str = ""
    b: str = ""
    text: str = ""
    outlet: str | None = None
    date: dt.date | None = None
    direction: Literal["rise", "fall"] = "rise"
    weeks: Annotated[int, Field(ge=2, le=520)] = 8
    production: Literal["own", "all"] = "own"
    smallest: Annotated[float, Field(gt=0, lt=1)] | None = None
    blocks: Literal["auto", "article", "day", "week", "month", "story"] = "auto"

    def __init__(self, **given: Any) -> None:
        try:
            super().__init__(**given)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "claim"
            shown = (
                ""
                if first["type"] in ("missing", "value_error")
                else f" (given: {first['input']!r})"
            )
            said = first["msg"].removeprefix("Value error, ").rstrip(".")
            raise InputError(f"Claim {given.get('id', '')!r}: {where}: {said}{shown}.") from None

    @model_validator(mode="after")
    def _complete(self) -> Claim:
        if self.kind == "break":
            if self.date is None or self.a or self.b:
                raise ValueError("a break has a date, and neither a nor b")
            return self
        if not self.a or not self.b or self.a == self.b:
            raise ValueError(f"a {self.kind} compares a with b: two different names are needed")
        if self.date is not None:
            raise ValueError(f"a {self.kind} has no date")
        if self.kind == "contrast" and self.outlet is not None:
            raise ValueError("a contrast names its outlets as a and b")
        if self.kind == "trend":
            first, second = span(self.a), span(self.b)
            if first[0] <= second[1] and second[0] <= first[1]:
                raise ValueError(f"the periods {self.a} and {self.b} overlap")
        return self

    @property
    def digest(self) -> str:
        """A hash of the declaration: of every word of it."""
        words = self.model_dump(mode="json")
        # What came later and was not asked for is no word of the declaration.
        for name, default in (("blocks", "auto"), ("smallest", None)):
            if words[name] == default:
                del words[name]
        said = json.dumps(words, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def sides(self) -> tuple[str, str]:
        """The two groups; the claim is that there is more of the theme in the first."""
        if self.kind != "break":
            return self.a, self.b
        return (_AFTER, _BEFORE) if self.direction == "rise" else (_BEFORE, _AFTER)

    @property
    def words(self) -> str:
        """The claim in words: as given, or as it is computed."""
        if self.text:
            return self.text
        a, b = self.sides
        where = f", in {self.outlet}" if self.outlet else ""
        if self.kind == "break":
            return f"More {self.theme} {a} {self.date} than {b}, {self.weeks} weeks each{where}."
        return f"More {self.theme} in {a} than in {b}{where}."

    @property
    def spans(self) -> dict[str, tuple[pd.Timestamp, pd.Timestamp]]:
        """The days of each side; nothing for a contrast of outlets."""
        if self.kind == "trend":
            return {self.a: span(self.a), self.b: span(self.b)}
        if self.kind == "contrast":
            return {}
        day, reach = pd.Timestamp(self.date), pd.Timedelta(weeks=self.weeks)
        one = pd.Timedelta(days=1)
        return {_BEFORE: (day - reach, day - one), _AFTER: (day, day + reach - one)}


def check_claim(claim: Claim, outlets: list[str], themes: Themes) -> None:
    """Check that a claim speaks of outlets and themes that are there.

    Raises
    ------
    InputError
        The message names claim, key, value and choices.
    """
    asked = [("theme", claim.theme, themes.ids)]
    if claim.kind == "contrast":
        asked += [("a", claim.a, outlets), ("b", claim.b, outlets)]
    elif claim.outlet is not None:
        asked.append(("outlet", claim.outlet, outlets))
    for key, value, known in asked:
        if value not in known:
            what = "theme" if key == "theme" else "outlet"
            raise InputError(
                f"claims.{claim.id}: {key} = {value!r}: no such {what}. Choices: {choices(known)}."
            )


def groups_of_claim(claim: Claim, corpus: Corpus) -> pd.Series:
    """Return the side of each article by its id; NaN where it is on none.

    An article is in a period if the days on which it can have been written are.

    Raises
    ------
    InputError
        If no article is on one of the sides.
    """
    table = corpus.passages().table.drop_duplicates("article_id").set_index("article_id")
    if claim.kind == "contrast":
        side = table["outlet"].where(table["outlet"].isin(claim.sides))
    else:
        printed = (table["date_status"] == "printed") & table["date"].notna()
        first = table["date_start"].where(~printed, table["date"])
        last = table["date_end"].where(~printed, table["date"])
        side = pd.Series(None, index=table.index, dtype=object)
        for name, (begin, end) in claim.spans.items():
            side[(first >= begin) & (last < end + pd.Timedelta(days=1))] = name
        if claim.outlet is not None:
            side = side.where(table["outlet"] == claim.outlet)
    for name in claim.sides:
        if not (side == name).any():
            raise InputError(
                f"claims.{claim.id}: no article is on the side {name!r}: nothing to compare."
            )
    return side
