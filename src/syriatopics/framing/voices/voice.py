"""In whose voice words stand: the outlet's own, reported, direct, or held at arm's length."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import NamedTuple

import pandas as pd

from syriatopics.corpus import Passages
from syriatopics.framing.voices.finder import Piece, find_pieces
from syriatopics.framing.voices.marks import Mark
from syriatopics.framing.voices.reading import Reading
from syriatopics.framing.voices.speakers import Speakers
from syriatopics.framing.voices.wordlists import group

__all__ = ["VOICES", "Heard", "listen", "voice_of"]

VOICES = ("own", "reported", "direct", "scare")
# The longest mark of distance has so many words (ما أطلقت عليه).
_LONGEST = 3


class Heard(NamedTuple):
    """A passage as it was read: its row in the table, its words, who speaks in it."""

    row: int
    reading: Reading
    pieces: list[Piece]


def listen(passages: Passages) -> Iterator[list[Heard]]:
    """Yield the passages of each article, read in order, with what is said in them.

    Parameters
    ----------
    passages : Passages
        The speakers of an article are remembered from one passage to the next.
    """
    before = 0
    for piece in passages.pieces():
        table = piece.table
        texts, dates = table["text"].to_numpy(), table["date"].to_numpy()
        for rows in table.groupby("article_id", sort=True).indices.values():
            when = pd.Timestamp(dates[rows[0]])
            day = None if pd.isna(when) else when.date()
            yield _told.listen(day, [(int(row) + before, str(texts[row])) for row in rows])
        before += len(piece)


class _Told:
    """What was heard in articles: naming and quotations ask for the same ones, one after the other.

    Only who said what is kept, of so many articles; the words are read again.
    """

    def __init__(self, most: int = 1 << 15) -> None:
        self._most = most
        self._pieces: dict[
            tuple[dt.date | None, tuple[str, ...]], tuple[tuple[Piece, ...], ...]
        ] = {}
        self._lock = Lock()

    def listen(self, day: dt.date | None, passages: Sequence[tuple[int, str]]) -> list[Heard]:
        """Return the passages of an article with what is said in them."""
        article = day, tuple(text for _, text in passages)
        told = self._pieces.get(article)
        if told is not None:
            again = zip(passages, told, strict=True)
            return [Heard(row, Reading(text), list(pieces)) for (row, text), pieces in again]
        speakers = Speakers(day)
        heard = [_hear(row, text, speakers) for row, text in passages]
        with self._lock:
            while len(self._pieces) >= self._most:
                del self._pieces[next(iter(self._pieces))]
            self._pieces[article] = tuple(tuple(h.pieces) for h in heard)
        return heard


_told = _Told()


def _hear(row: int, text: str, speakers: Speakers) -> Heard:
    reading = Reading(text)
    speakers.meet(reading)
    return Heard(row, reading, find_pieces(reading, speakers))


def voice_of(reading: Reading, pieces: Sequence[Piece], start: int, end: int) -> str:
    """Say in whose voice ``text[start:end]`` stands.

    Returns
    -------
    {"own", "reported", "direct", "scare"}
        "direct" where it stands in quotation marks that hold more than itself, or in a direct
        quotation; "scare" where it is in marks by itself, or behind a mark of distance (ما
        يسمى), outside of direct speech; "reported" inside reported speech.
    """
    around = [piece for piece in pieces if piece.start <= start and end <= piece.end]
    if any(piece.direct for piece in around):
        return "direct"
    mark = reading.mark_at(start)
    mark = mark if mark is not None and end <= mark.end else None
    if mark is not None and (reading.is_speech(mark) or _is_fragment(reading, mark, start, end)):
        return "direct"
    if mark is not None or _at_distance(reading, start):
        return "scare"
    return "reported" if around else "own"


def _is_fragment(reading: Reading, mark: Mark, start: int, end: int) -> bool:
    """Say whether marks hold more than these words and one beside them: somebody's own wording."""
    inside = reading.words_of(mark)
    words = reading.words[inside.first : inside.last]
    return sum(not (start < word.end and word.start < end) for word in words) > 1


def _at_distance(reading: Reading, start: int) -> bool:
    first = reading.behind(start)
    before = [word.key for word in reading.words[max(0, first - _LONGEST) : first]]
    marks = group("scare")
    # ب of ما يسمى ب stands on the word behind it
    return any(
        tail in marks or (*tail, "ب") in marks
        for tail in (tuple(before[n:]) for n in range(len(before)))
        for tail in (tail, (tail[0].removeprefix("و"), *tail[1:]))
    )
