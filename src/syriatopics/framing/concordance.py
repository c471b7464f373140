"""Concordance: every place of a word or phrase with the words around it (KWIC)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.arabic import PhraseMatcher, running_keys, variant_table
from syriatopics.arabic.tokenize import Token
from syriatopics.corpus import Passages
from syriatopics.errors import InputError
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.results import Result

__all__ = ["Concordance", "concordance_of_term", "kwic"]

COLUMNS = ("passage_id", "article_id", "outlet", "date", "left", "match", "right", "start", "end")
_Places = Callable[[str], Iterator[tuple[int, int]]]


@dataclass(frozen=True, eq=False, kw_only=True)
class Concordance(Result):
    """A row per place: ``passage_id, article_id, outlet, date, left, match, right, start, end``.

    Offsets count in the passage.
    """


def kwic(
    passages: Passages, pattern: str, width: int = 8, *, part: str | None = None
) -> Concordance:
    """Show a word or phrase with the words around it, wherever it stands.

    Parameters
    ----------
    passages : Passages
    pattern : str
        A word or phrase as in the lexicons: its first word may carry و ف ب ك ل and the
        article; ``لاجئ*`` finds every word that begins so, ``(ال)`` before a later word
        makes its article optional. It is no regular expression.
    width : int
        Words on either side.
    part : {"headline", "lead", "body", "all"}, optional
        Which part of the articles; by default the passages as they are.

    Returns
    -------
    Concordance

    Raises
    ------
    InputError
        If the pattern holds no word, or the width is negative.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> kwic(load_seeds().passages(), "النظام السوري", width=3).table["match"].iloc[0]
    'النظام السوري'
    """
    try:
        matcher = PhraseMatcher({"match": [pattern]}, fold=variant_table())
    except ValueError:
        raise InputError(f"The pattern {pattern!r} holds no Arabic word and no number.") from None

    def places(text: str) -> Iterator[tuple[int, int]]:
        for match in matcher.find_in(text):
            yield match.start, match.end

    return _lines(passages.part(part).table, places, width, pattern)


def concordance_of_term(
    dtm: DocumentTermMatrix,
    term: str,
    chosen: Sequence[bool] | np.ndarray[Any, Any],
    *,
    width: int = 8,
) -> Concordance:
    """Show a term of a document-term matrix with the words around it.

    Parameters
    ----------
    dtm : DocumentTermMatrix
    term : str
    chosen : sequence of bool
        The passages to look into.
    width : int
    """
    column = int(np.searchsorted(dtm.terms.astype(str), term))
    holding = np.asarray(dtm.counts[:, column].toarray()).ravel() > 0
    table = dtm.passages.table[holding & np.asarray(chosen, dtype=bool)]
    read = dtm.analyzer.vocabulary_analyzer()

    def places(text: str) -> Iterator[tuple[int, int]]:
        yield from ((m.start, m.end) for m in read.find(text) if m.term == term)

    return _lines(table, places, width, dtm.display[term])


def _lines(table: pd.DataFrame, places: _Places, width: int, what: str) -> Concordance:
    if width < 0:
        raise InputError(f"A width of {width} words is not possible: 0 or more.")
    rows = []
    for row in table[["passage_id", "article_id", "outlet", "date", "text"]].itertuples(
        index=False
    ):
        found = list(places(row.text))
        tokens = [token for token in running_keys(row.text)[0] if token.text] if found else []
        rows += [(*row[:4], *_around(row.text, tokens, *place, width), *place) for place in found]
    lines = pd.DataFrame(rows, columns=list(COLUMNS))
    lines["date"] = pd.to_datetime(lines["date"])
    n = lines["article_id"].nunique()
    return Concordance(table=lines, notes=(f"{what}: {len(lines):,} places in {n:,} articles.",))


def _around(
    text: str, tokens: Sequence[Token], start: int, end: int, width: int
) -> tuple[str, str, str]:
    before = [token.start for token in tokens if token.end <= start][-width:] if width else []
    behind = [token.end for token in tokens if token.start >= end][:width]
    left = text[before[0] : start] if before else ""
    right = text[end : behind[-1]] if behind else ""
    return " ".join(left.split()), text[start:end], " ".join(right.split())
