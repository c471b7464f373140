"""Concordance: every place of a word or phrase with the words around it (KWIC)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from syriatopics.arabic import ArabicAnalyzer, key, running_keys
from syriatopics.arabic.tokenize import Token, tokenize
from syriatopics.corpus import Corpus, Passages, passages_of
from syriatopics.errors import InputError, choices
from syriatopics.framing.phrases import standing
from syriatopics.framing.query import Query
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.results import Result, table_html

__all__ = ["Concordance", "concordance_of_term", "kwic"]

COLUMNS = ("passage_id", "article_id", "outlet", "date", "left", "match", "right", "start", "end")
_Places = Callable[[str], Iterator[tuple[int, int]]]


@dataclass(frozen=True, eq=False, kw_only=True)
class Concordance(Result):
    """A row per place: ``passage_id, article_id, outlet, date, left, match, right, start, end``.

    Offsets count in the passage. ``left`` is what comes before in reading, ``right`` what follows;
    a notebook shows them from right to left, each at the side of the match.
    """

    def sorted(self, by: Literal["left", "right", "match"] = "right") -> Concordance:
        """Return the lines in the order of their contexts: what is said again stands together.

        Parameters
        ----------
        by : {"left", "right", "match"}
            "right": by the words that follow, the nearest first; "left": by those before, the
            nearest (the last of them) first; "match": by the words that were found. Marks and spelling
            of alif and hamza do not count.

        Examples
        --------
        >>> from syriatopics import load_seeds
        >>> lines = kwic(load_seeds().passages(), "النظام", width=2).sorted("right").table["right"]
        >>> keys = [[key(word) for word in tokenize(line)] for line in lines]
        >>> keys == sorted(keys)
        True
        """
        if by not in ("left", "right", "match"):
            raise InputError(
                f"by={by!r} is not known. Choices: {choices(('left', 'right', 'match'))}."
            )
        step = -1 if by == "left" else 1
        words = [[key(w) for w in tokenize(line)][::step] for line in self.table[by]]
        order = sorted(range(len(words)), key=words.__getitem__)
        return replace(self, table=self.table.iloc[order].reset_index(drop=True))

    def _repr_html_(self) -> str:
        shown = self.table.drop(columns=["passage_id", "article_id", "start", "end"])
        # From right to left the words before stand at the right of the match, and end beside it.
        return table_html(shown, ends=("left",)) + super()._repr_html_().partition("</div>")[2]


def kwic(
    passages: Corpus | Passages,
    pattern: str,
    width: int = 8,
    *,
    part: str | None = None,
    analyzer: ArabicAnalyzer | None = None,
) -> Concordance:
    """Show a word or phrase with the words around it, wherever it stands.

    Parameters
    ----------
    passages : Corpus or Passages
    pattern : str
        A word or phrase as in the lexicons: its first word may carry و ف ب ك ل and the
        article; ``لاجئ*`` finds every word that begins so, ``(ال)`` before a later word
        makes its article optional. ``~منطقة`` is the word in any form (المناطق, لمنطقتهم), ``=القصف`` as
        it is written. Behind a phrase conditions may stand: ``قصف NEAR/5 مدرسة`` (within five words),
        ``قصف NOT/5 روسي`` (none so near), ``AND`` and ``NOT`` (anywhere in the passage); ``OR`` parts
        alternatives. It is no regular expression.
    width : int
        Words on either side.
    part : {"headline", "lead", "body", "all"}, optional
        Which part of the articles; by default the passages as they are.
    analyzer : ArabicAnalyzer, optional
        Fitted; says what the forms of ``~`` are. By default one that is fitted on the passages.

    Returns
    -------
    Concordance

    Raises
    ------
    InputError
        If the pattern holds no word, an operator lacks one, or the width is negative.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> kwic(load_seeds().passages(), "النظام السوري", width=3).table["match"].iloc[0]
    'النظام السوري'
    """
    passages = passages_of(passages, part)
    query = Query(pattern, lambda: analyzer or ArabicAnalyzer().fit(passages.texts))
    return _lines(passages, query.places, width, pattern)


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
    passages = dtm.passages.where(holding & np.asarray(chosen, dtype=bool))
    read = dtm.analyzer.vocabulary_analyzer()

    def places(text: str) -> Iterator[tuple[int, int]]:
        return standing(read, term, text)

    return _lines(passages, places, width, dtm.display[term])


def _lines(passages: Passages, places: _Places, width: int, what: str) -> Concordance:
    if width < 0:
        raise InputError(f"A width of {width} words is not possible: 0 or more.")
    rows = []
    about = passages.table[["passage_id", "article_id", "outlet", "date"]]
    for row, text in zip(about.itertuples(index=False), passages.texts, strict=True):
        found = list(places(text))
        tokens = [token for token in running_keys(text)[0] if token.text] if found else []
        rows += [(*row, *_around(text, tokens, *place, width), *place) for place in found]
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
