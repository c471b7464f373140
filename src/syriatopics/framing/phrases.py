"""Phrases as units: rows of words that recur are counted as one term, beside words and names.

Every word is counted once, in the longest phrase that it stands in: n-grams that overlap would count
it several times, and what is compared would be no rate of anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.arabic.encoder import Encoded
from syriatopics.arabic.terms import TermMatch, TermReader
from syriatopics.corpus import Corpus, Passages, passages_of
from syriatopics.errors import InputError
from syriatopics.matrix import DocumentTermMatrix, fitted_on, matrix_of

__all__ = ["count_phrases", "runs", "standing"]

_PAUSE = re.compile(r"[^\w\s]")
# Below this logDice (14: always together) a row of words is chance among frequent words.
_TOGETHER = 8.0

Run = list[TermMatch]


def count_phrases(
    passages: Corpus | Passages,
    analyzer: ArabicAnalyzer | None = None,
    *,
    longest: int = 4,
    min_count: int = 5,
    min_df: int | float = 2,
    max_df: int | float = 0.5,
) -> DocumentTermMatrix:
    """Count words, names and the phrases that recur, each word once.

    What it gives goes into :func:`syriatopics.keyness`: which phrases set outlets apart? Counts of other
    passages in its vocabulary (:meth:`DocumentTermMatrix.count`) know words and names only.

    Parameters
    ----------
    passages : Corpus or Passages
    analyzer : ArabicAnalyzer, optional
        As of :func:`syriatopics.count_terms`.
    longest : int
        So many terms a phrase has at the most, stop words between them not counted; none reaches
        across punctuation.
    min_count : int
        A phrase stands so often, in three articles or more, and its words oftener together than
        chance among frequent words brings (logDice of its parts 8 or more).
    min_df, max_df : int or float
        As of :func:`syriatopics.count_terms`.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> dtm = count_phrases(load_seeds(), min_count=3)
    >>> any(" " in term for term in dtm.terms)
    True
    """
    if longest < 2 or min_count < 2:
        raise InputError(f"longest={longest} and min_count={min_count}: both are 2 or more.")
    passages = passages_of(passages)
    texts = passages.texts
    analyzer = fitted_on(passages, analyzer)
    read = analyzer.vocabulary_analyzer()
    found = [runs(read, text) for text in texts]
    articles = passages.table["article_id"].tolist()
    phrases = _recurring(found, articles, longest, min_count)
    cut = [[unit for run in rows for unit in _cut(run, phrases, longest)] for rows in found]
    dtm = matrix_of(_encoded(cut), passages, analyzer, min_df=min_df, max_df=max_df)
    shown = _displays(cut, texts)
    display = {term: shown.get(term, form) for term, form in dtm.display.items()}
    n = sum(" " in term for term in dtm.terms)
    return replace(dtm, display=display, notes=(*dtm.notes, f"{n:,} phrases are terms."))


def runs(read: TermReader, text: str) -> list[Run]:
    """Return the terms of a text, parted where punctuation stands."""
    found: list[Run] = []
    for match in read.find(text):
        if not found or _PAUSE.search(text, found[-1][-1].end, match.start):
            found.append([])
        found[-1].append(match)
    return found


def standing(read: TermReader, term: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a term stands: a word, a name, or a phrase."""
    words = term.split(" ")
    for run in runs(read, text):
        for start in range(len(run) - len(words) + 1):
            if all(run[start + k].term == word for k, word in enumerate(words)):
                yield run[start].start, run[start + len(words) - 1].end


def _recurring(
    found: Sequence[list[Run]], articles: Sequence[str], longest: int, min_count: int
) -> frozenset[tuple[str, ...]]:
    counts: Counter[tuple[str, ...]] = Counter()
    holders: dict[tuple[str, ...], set[str]] = {}
    for size in range(1, longest + 1):
        for rows, article in zip(found, articles, strict=True):
            for run in rows:
                terms = [match.term for match in run]
                for start in range(len(terms) - size + 1):
                    gram = tuple(terms[start : start + size])
                    # A phrase is as frequent as its parts at the most.
                    if size > 1 and min(counts[gram[1:]], counts[gram[:-1]]) < min_count:
                        continue
                    counts[gram] += 1
                    if size > 1 and len(held := holders.setdefault(gram, set())) < 3:
                        held.add(article)
    return frozenset(
        gram
        for gram, held in holders.items()
        if len(held) >= 3 and counts[gram] >= min_count and _together(gram, counts) >= _TOGETHER
    )


def _together(gram: tuple[str, ...], counts: Counter[tuple[str, ...]]) -> float:
    """Return the logDice of the two parts between which a row of words hangs together least."""
    apart = max(counts[gram[:k]] + counts[gram[k:]] for k in range(1, len(gram)))
    return float(14 + np.log2(2 * counts[gram] / apart))


def _cut(run: Run, phrases: frozenset[tuple[str, ...]], longest: int) -> Iterator[TermMatch]:
    """Yield words and phrases of a run, each word once: the longest phrase from the left."""
    start = 0
    while start < len(run):
        size = next(
            (
                size
                for size in range(min(longest, len(run) - start), 1, -1)
                if tuple(match.term for match in run[start : start + size]) in phrases
            ),
            1,
        )
        unit = run[start : start + size]
        yield TermMatch(" ".join(match.term for match in unit), unit[0].start, unit[-1].end)
        start += size


def _encoded(cut: list[list[TermMatch]]) -> Encoded:
    terms = sorted({unit.term for units in cut for unit in units})
    codes = {term: code for code, term in enumerate(terms)}
    rows = np.repeat(np.arange(len(cut)), [len(units) for units in cut])
    return Encoded(
        terms, rows, np.array([codes[u.term] for units in cut for u in units], dtype=np.int32)
    )


def _displays(cut: list[list[TermMatch]], texts: Sequence[str]) -> dict[str, str]:
    """Return phrases as they are written most, with the stop words between their words."""
    seen: dict[str, Counter[str]] = {}
    for units, text in zip(cut, texts, strict=True):
        for unit in units:
            if " " in unit.term:
                written = " ".join(text[unit.start : unit.end].split())
                seen.setdefault(unit.term, Counter())[written] += 1
    return {term: min(forms, key=lambda f: (-forms[f], f)) for term, forms in seen.items()}
