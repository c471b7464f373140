"""What a user holds an outlet for, by date: country, language, kind, owner, alignment.

Outlets change hands and sides. An attribute is of an outlet, from a day to a day, with its source;
an article has it if it was published inside these days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import pandas as pd

from syriatopics.corpus.parse.publishers import Publishers
from syriatopics.corpus.passages import article_dates
from syriatopics.errors import LexiconError
from syriatopics.lexicons.schema import Attribute
from syriatopics.records import Article

__all__ = ["outlet_attributes"]

_PREFIX = "outlet_"


def outlet_attributes(articles: Sequence[Article], publishers: Publishers) -> pd.DataFrame:
    """Return the attributes of the outlets of articles: a column ``outlet_…`` per name.

    Parameters
    ----------
    articles : sequence of Article
    publishers : Publishers
        With the user's own file, under ``[[attribute]]``.

    Returns
    -------
    DataFrame
        A row per article. None where the outlet has no such attribute on that day, and where an
        article without a date could have one of several.

    Raises
    ------
    LexiconError
        If an outlet has two values of one attribute on a day.
    """
    known = _by_outlet(publishers)
    if not known:
        return pd.DataFrame(index=range(len(articles)))
    names = dict.fromkeys(attribute.attribute for attribute in publishers.lexicon.attribute)
    columns: dict[str, list[str | None]] = {f"{_PREFIX}{name}": [] for name in names}
    for article in articles:
        when = article_dates(article)[0]
        day = when.date() if when is not None else None
        for name in names:
            held = known.get((article.outlet or "", name), [])
            columns[f"{_PREFIX}{name}"].append(_value(held, day))
    return pd.DataFrame(columns, index=range(len(articles)), dtype=object)


def _by_outlet(publishers: Publishers) -> dict[tuple[str, str], list[Attribute]]:
    found: dict[tuple[str, str], list[Attribute]] = defaultdict(list)
    for attribute in publishers.lexicon.attribute:
        key = publishers.settled(attribute.outlet), attribute.attribute
        for other in found[key]:
            if other.value != attribute.value and _overlap(other, attribute):
                raise LexiconError(
                    f"attribute {attribute.attribute!r} of {attribute.outlet!r}: {other.value!r} and "
                    f"{attribute.value!r} are held on the same days."
                )
        found[key].append(attribute)
    return found


def _overlap(one: Attribute, other: Attribute) -> bool:
    return (one.since or date.min) <= (other.until or date.max) and (other.since or date.min) <= (
        one.until or date.max
    )


def _value(held: Sequence[Attribute], day: date | None) -> str | None:
    if day is None:
        values = {a.value for a in held}
        return (
            values.pop()
            if len(values) == 1 and all(not (a.since or a.until) for a in held)
            else None
        )
    return next(
        (a.value for a in held if (a.since or date.min) <= day <= (a.until or date.max)), None
    )
