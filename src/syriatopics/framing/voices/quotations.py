"""Quotations as a result: every direct or reported utterance, with speaker, cue and stance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.corpus import Corpus, Passages, passages_of
from syriatopics.framing.voices.shares import VoiceShares, voice_shares
from syriatopics.framing.voices.sources import source_of
from syriatopics.framing.voices.speakers import Speaker
from syriatopics.framing.voices.voice import Heard, listen
from syriatopics.inference.blocks import BlockChoice
from syriatopics.inference.groups import PRODUCTION
from syriatopics.results import Result

__all__ = ["Quotations", "quotations"]

COLUMNS = (
    "passage_id", "article_id", "outlet", "date", "quote", "speaker", "speaker_resolved", "cue",
    "stance", "act", "direct", "role", "side", "source", "nested", "start", "end", "n_words",
)  # fmt: skip


@dataclass(frozen=True, eq=False, kw_only=True)
class Quotations(Result):
    """Who speaks, a row per quotation.

    Columns ``passage_id, article_id, outlet, date, quote, speaker, speaker_resolved, cue,
    stance, act, direct, role, side, source, nested, start, end, n_words``. ``speaker`` is as
    written where the words are attributed, ``speaker_resolved`` who that is; ``stance`` is
    that of the cue (neutral, endorsing, distancing), ``act`` whether something is said to be so
    (assertion) or called for (directive: دعا إلى). ``source`` is named (a person or body of
    the lexicons, or a proper description), unnamed (مصدر، ناشطون) or nobody. ``nested`` is
    speech inside another's speech; its words count for the outer speaker. Words that two others
    share count once: for direct speech, else for a verb's, else for what stands first. Offsets
    count in the passage.

    Attributes
    ----------
    words : Series of int
        Words per passage, in the order of `passages`.
    spoken : DataFrame
        Words in direct and in reported speech per passage: ``direct, reported``.
    """

    passages: Passages
    words: pd.Series
    spoken: pd.DataFrame

    def shares(
        self,
        by: str | Sequence[str] | pd.Series = "outlet",
        *,
        of: str = "side",
        production: str = PRODUCTION[0],
        blocks: BlockChoice = "auto",
        level: float = 0.95,
    ) -> VoiceShares:
        """Share out the words of each group among the outlet itself and those it lets speak.

        Parameters
        ----------
        by, production, blocks, level
            As in :func:`syriatopics.framing.naming`.
        of : {"side", "role", "source", "stance", "direct"}
            By what speakers are told apart.

        Returns
        -------
        VoiceShares
        """
        return voice_shares(
            self.table, self.passages, self.words, by=by, of=of, production=production,
            blocks=blocks, level=level,
        )  # fmt: skip

    def quoted(self) -> pd.Series:
        """Say for each passage whether most of its words are somebody else's.

        Returns
        -------
        Series of str
            "quoted" or "own", for :func:`syriatopics.keyness` and the other comparisons.
        """
        most = self.spoken.sum(axis=1) * 2 > self.words
        return pd.Series(np.where(most, "quoted", "own"), name="voice")

    def split(self) -> Passages:
        """Cut every passage into its own voice and what it quotes.

        Returns
        -------
        Passages
            With a column ``voice`` (own, quoted); a passage with both gives two rows, whose
            ids end in ``/own`` and ``/quoted`` and whose text is the stretches joined.
        """
        return Passages(_split(self.table, self.passages.loaded().table), self.passages.unit)

    def plot(self, ax: Any = None, **options: Any) -> Any:
        """Draw the shares of voices by outlet."""
        return self.shares().plot(ax, **options)


def quotations(passages: Corpus | Passages, *, part: str | None = None) -> Quotations:
    """Find who is quoted or reported, in whose words, and with what stance.

    Direct speech stands in quotation marks (of any kind, also unclosed) behind or before a
    cue; reported speech behind a verb of saying, or with a source (بحسب، وفق). Speakers are
    resolved through the lexicons of names and offices (by the date of the article) and
    within the article: تابلر, وأضاف, pronouns.

    Parameters
    ----------
    passages : Corpus or Passages
        Paragraphs, best: an utterance is looked for within one passage.
    part : {"headline", "lead", "body", "all"}, optional
        Which part of the articles; by default the passages as they are.

    Returns
    -------
    Quotations

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> said = quotations(load_seeds().passages())
    >>> said.table.loc[said.table["speaker"] == "تابلر", "speaker_resolved"].unique().tolist()
    ['أندرو تابلر']
    """
    passages = passages_of(passages, part)
    table = passages.table.reset_index(drop=True)
    words = np.zeros(len(table), dtype=np.int64)
    spoken = np.zeros((len(table), 2), dtype=np.int64)
    rows: list[tuple[Any, ...]] = []
    known = table[["passage_id", "article_id", "outlet", "date"]].to_numpy(dtype=object)
    for article in listen(passages):
        for heard in article:
            words[heard.row] = len(heard.reading.words)
            counts = _n_words(heard)
            for piece, n in zip(heard.pieces, counts, strict=True):
                spoken[heard.row, 0 if piece.direct else 1] += 0 if piece.nested else n
            rows += [(heard.row, *known[heard.row], *row) for row in _rows(heard, counts)]
    found = pd.DataFrame(rows, columns=["row", *COLUMNS])
    found = found.sort_values(["row", "start", "end"], kind="stable", ignore_index=True)
    found["date"] = pd.to_datetime(found["date"]).astype("datetime64[s]")
    return Quotations(
        table=found.drop(columns="row"),
        notes=(f"{len(found):,} quotations in {len(table):,} passages.",),
        passages=passages,
        words=pd.Series(words, name="n_words"),
        spoken=pd.DataFrame(spoken, columns=["direct", "reported"]),
    )


def _rows(heard: Heard, counts: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    reading = heard.reading
    for piece, n_words in zip(heard.pieces, counts, strict=True):
        who = piece.speaker or Speaker("", "")
        yield (
            reading.text[piece.start : piece.end], who.written, who.resolved, piece.cue,
            piece.stance, piece.act, piece.direct, who.role, who.side, source_of(piece.speaker), piece.nested,
            piece.start, piece.end, n_words,
        )  # fmt: skip


def _n_words(heard: Heard) -> list[int]:
    """Count the words of each quotation; of those that two share each counts once."""
    counts, held = dict[int, int](), set[int]()
    # Marks are surest, then a verb; بحسب says least of where what is said begins.
    by = [(not p.direct, p.source, p.start, n) for n, p in enumerate(heard.pieces)]
    for *_, n in sorted(by):
        piece = heard.pieces[n]
        words = set(range(*heard.reading.within(piece.start, piece.end)))
        counts[n] = len(words if piece.nested else words - held)
        held.update(() if piece.nested else words)
    return [counts[n] for n in range(len(by))]


def _split(found: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    spans: dict[str, list[tuple[int, int]]] = {}
    for name, start, end in found[["passage_id", "start", "end"]].itertuples(index=False):
        spans.setdefault(name, []).append((start, end))
    rows = []
    for row in table.to_dict("records"):
        for voice, text in _parts(row["text"], spans.get(row["passage_id"], [])):
            if text:
                changed = {"passage_id": f"{row['passage_id']}/{voice}", "text": text}
                rows.append({**row, **changed, "voice": voice})
    return pd.DataFrame(rows, columns=[*table.columns, "voice"])


def _parts(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """Yield the outlet's own words and the others', each joined by an ellipsis."""
    own, quoted, position = [], [], 0
    for start, end in sorted(spans):
        own.append(text[position : max(start, position)])
        quoted.append(text[max(start, position) : max(end, position)])
        position = max(end, position)
    own.append(text[position:])
    yield "own", " … ".join(part.strip() for part in own if part.strip())
    yield "quoted", " … ".join(part.strip() for part in quoted if part.strip())
