"""What did an outlet do to copy that it shares: which sentences are added, dropped, changed?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from syriatopics.arabic import clean
from syriatopics.corpus.passages import make_passages
from syriatopics.corpus.reprints.align import Match, align, moved
from syriatopics.corpus.reprints.view import edits_html
from syriatopics.corpus.words import pieces_of, words_of
from syriatopics.records import Article
from syriatopics.results import Result

__all__ = ["COLUMNS", "Edits", "compare"]

COLUMNS = (
    "article_id",
    "outlet",
    "change",
    "moved",
    "similarity",
    "text",
    "start",
    "end",
    "base_text",
    "base_start",
    "base_end",
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Edits(Result):
    """A row per sentence that an article treats otherwise than the base does.

    Attributes
    ----------
    table : DataFrame
        ``article_id, outlet, change`` (added, dropped, changed, or same for a sentence that
        only ``moved``), ``moved, similarity`` (common words, Dice), ``text, start, end`` in
        the article and ``base_text, base_start, base_end`` in the base. Offsets count in the
        raw text of each; they are missing where there is no sentence.
    sentences : DataFrame
        The same with a row for every sentence, the untouched ones too.
    base_id : str
        The article with which the others are compared.
    """

    sentences: pd.DataFrame
    base_id: str

    def html(self) -> str:
        """Return the changes word by word, from right to left; all text is escaped."""
        return edits_html(self.sentences, self.base_id)

    def _repr_html_(self) -> str:
        return self.html()


class _Sentence(NamedTuple):
    text: str
    start: int
    end: int
    words: list[str]


def compare(base: Article, others: Sequence[Article], why: str = "") -> Edits:
    """Compare articles with a base, sentence by sentence.

    Parameters
    ----------
    base : Article
    others : sequence of Article
    why : str
        Why this one is the base, for the notes.
    """
    original = _sentences(base)
    rows: list[tuple[object, ...]] = []
    for article in sorted(others, key=lambda a: a.article_id):
        rows += _rows(article, _sentences(article), original)
    sentences = pd.DataFrame(rows, columns=list(COLUMNS))
    for column in ("start", "end", "base_start", "base_end"):
        sentences[column] = sentences[column].astype("Int64")
    for column in ("outlet", "text", "base_text"):
        sentences[column] = sentences[column].astype(object).where(sentences[column].notna(), None)
    edited = (sentences["change"] != "same") | sentences["moved"].astype(bool)
    counts = sentences["change"].value_counts()
    said = ", ".join(
        f"{counts.get(kind, 0):,} {kind}" for kind in ("same", "changed", "added", "dropped")
    )
    outlet = f" of {base.outlet}" if base.outlet else ""
    return Edits(
        table=sentences[edited].reset_index(drop=True),
        notes=(
            f"Compared with {base.article_id}{outlet}" + (f": {why}." if why else "."),
            f"Sentences of {len(others):,} other articles: {said}; "
            f"{int(sentences['moved'].sum()):,} stand in another order.",
        ),
        sentences=sentences,
        base_id=base.article_id,
    )


def _sentences(article: Article) -> list[_Sentence]:
    table = make_passages([article], "sentence").table
    cut = [
        _Sentence(row.text, int(row.start), int(row.end), words_of(pieces_of(clean(row.text))))
        for row in table.itertuples()
    ]
    return [sentence for sentence in cut if sentence.words]


def _rows(
    article: Article, copy: list[_Sentence], original: list[_Sentence]
) -> list[tuple[object, ...]]:
    matches = align([s.words for s in original], [s.words for s in copy])
    out_of_place = moved(matches)
    rows = []
    for match in _in_reading_order(matches):
        here = (None, None, None) if match.copy is None else copy[match.copy][:3]
        there = (None, None, None) if match.base is None else original[match.base][:3]
        rows.append(
            (
                article.article_id,
                article.outlet,
                _change(match),
                match.copy in out_of_place and match.base is not None,
                match.similarity,
                *here,
                *there,
            )
        )
    return rows


def _change(match: Match) -> str:
    if match.equal:
        return "same"
    if match.base is None:
        return "added"
    return "dropped" if match.copy is None else "changed"


def _in_reading_order(matches: Sequence[Match]) -> list[Match]:
    """Order by the place in the copy; what was dropped stands behind what it stood behind."""
    place = {m.base: m.copy for m in matches if m.base is not None and m.copy is not None}
    ordered = []
    last = -1
    where: dict[int, int] = {}
    for base in sorted(m.base for m in matches if m.base is not None):
        last = place.get(base, last)
        where[base] = last
    for match in matches:
        if match.copy is not None:
            ordered.append(((match.copy, 0, match.base if match.base is not None else -1), match))
        elif match.base is not None:
            ordered.append(((where[match.base], 1, match.base), match))
    return [match for _, match in sorted(ordered, key=lambda pair: pair[0])]
