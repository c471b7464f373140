"""Mentions: where a referent is named, by which label, in whose voice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import pandas as pd

from syriatopics.corpus import Passages
from syriatopics.framing.naming.context import Country, capital_acts, is_anothers
from syriatopics.framing.naming.labels import LabelKey, Labels, Valid
from syriatopics.framing.voices.voice import Heard, listen, voice_of
from syriatopics.lexicons import load
from syriatopics.lexicons.schema import Naming

__all__ = ["Mention", "find_mentions", "mention_table"]


class Mention(NamedTuple):
    """A referent is named at ``text[start:end]`` of the passage in a row of the table."""

    row: int
    start: int
    end: int
    surface: str
    referent: str
    label: str
    voice: str


class _Found(NamedTuple):
    heard: Heard
    start: int
    end: int
    key: LabelKey
    words: frozenset[str]
    place: int
    behind: int


def find_mentions(passages: Passages, lexicon: Naming | None = None) -> Iterator[Mention]:
    """Yield every mention, article by article, passage by passage.

    Parameters
    ----------
    passages : Passages
    lexicon : Naming, optional
        By default the shipped one.
    """
    labels = _shipped() if lexicon is None else Labels(lexicon)
    table = passages.table
    for article in listen(passages):
        day = pd.Timestamp(table["date"].iloc[article[0].row])
        valid = labels.on(None if pd.isna(day) else day.date())
        found = [match for heard in article for match in _matches(heard, valid)]
        readings = [heard.reading for heard in article]
        outlet = str(table["outlet"].iloc[article[0].row]) if "outlet" in table else ""
        for match in _meant(found, labels, Country(readings, labels, outlet)):
            yield _mention(match)


@cache
def _shipped() -> Labels:
    return Labels(load("naming"))


def _matches(heard: Heard, valid: Valid) -> list[_Found]:
    reading = heard.reading
    keys, words, places = reading.keys, reading.words, reading.places
    said = frozenset(word.key for word in words)
    return [
        _Found(
            heard,
            words[places[m.start]].start,
            words[places[m.end - 1]].end,
            m.id,
            said,
            places[m.start],
            places[m.end - 1] + 1,
        )
        for matcher in valid.matchers
        for m in matcher.find(keys)
    ]


def _meant(found: Sequence[_Found], labels: Labels, country: Country) -> Iterator[_Found]:
    """Drop bare forms that nothing else in the article or the passage makes clear."""
    clear = {(f.key.referent, f.key.label) for f in found if not f.key.bare}
    referents = {referent for referent, _ in clear}
    others = {
        n
        for n, f in enumerate(found)
        if f.key.bare and is_anothers(f.heard.reading, f.behind, country.anchors(f.heard.reading))
    }
    # Where an article names the army of another country, the bare word means that one, unless both are named.
    foreign = {
        _word(f) for n, f in enumerate(found) if n in others or f.key.referent in labels.foreign
    }
    for n, match in enumerate(found):
        if n in others or labels.is_others(match.key, match.words):
            continue
        referent, label, bare = match.key
        known = labels.by_key[referent, label]
        reading = match.heard.reading
        if bare and known.bare_context == "country":
            shared = _word(match) in foreign and (referent, label) not in clear
            if not shared and country.is_syria(reading, match.place):
                yield match
            continue
        there = (
            referent in referents
            if known.bare_context == "referent"
            else (referent, label) in clear
        )
        if not bare or there or labels.needed(match.key, match.words):
            yield match


def _word(match: _Found) -> str:
    """Return the first word of a mention from its article on: الجيش of للجيش and of الجيش التركي."""
    word = match.heard.reading.words[match.place].key
    word = word.replace("لل", "ال", 1) if word.startswith("لل") else word
    return word[word.find("ال") :] if "ال" in word else word


def _label(match: _Found) -> str:
    """Return the label; a capital that is no place by its words may act all the same."""
    referent, label, _ = match.key
    if referent != "damascus_metonym" or label == "actor":
        return label
    reading, capital = match.heard.reading, match.behind - 1
    relative = match.behind < len(reading.words) and reading.words[match.behind].key == "التي"
    acts = (label == "undecided" or relative) and capital_acts(reading, capital)
    return "actor" if acts else label


def _mention(match: _Found) -> Mention:
    heard = match.heard
    return Mention(
        heard.row,
        match.start,
        match.end,
        heard.reading.text[match.start : match.end],
        match.key.referent,
        _label(match),
        voice_of(heard.reading, heard.pieces, match.start, match.end),
    )


def mention_table(passages: Passages, lexicon: Naming | None = None) -> pd.DataFrame:
    """Return the mentions as a table, in the order of the passages and their text."""
    found = pd.DataFrame(find_mentions(passages, lexicon), columns=list(Mention._fields))
    found = found.astype({"row": "int64", "start": "int64", "end": "int64"})
    found = found.sort_values(["row", "start", "end", "referent"], ignore_index=True)
    kept = ["passage_id", "article_id", "outlet", "date"]
    where = passages.table.reset_index(drop=True).loc[found["row"], kept].reset_index(drop=True)
    return pd.concat([where, found], axis=1)
