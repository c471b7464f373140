"""What changed between a sentence and its telling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.arabic import clean, key
from syriatopics.framing.tellings.marks import Mark, across, within
from syriatopics.framing.tellings.texts import Sentences
from syriatopics.framing.themes.lexicon import compiled

__all__ = ["abroad_changes", "changes_of"]

_KEY = ["source_id", "article_id", "link"]
_GOVERNMENT = ("syrian_state", "syrian_army", "syrian_president", "former_state")
_LINE = ("aspect", "of", "change", "source", "target", "source_words", "words")


def changes_of(links: pd.DataFrame, sides: tuple[Sentences, Sentences]) -> pd.DataFrame:
    """Return what sentences and their counterparts say otherwise, and the themes of the others.

    Parameters
    ----------
    links : DataFrame
        Of :class:`syriatopics.framing.tellings.Tellings`.
    sides : two Sentences
    """
    abroad = _abroad(links, sides)
    arabic = links["article_id"].map(sides[1].arabic).to_numpy(dtype=bool)
    here = links[~abroad & arabic]
    parts = [
        abroad_changes(links[abroad | ~arabic], sides),
        _changes(here, tuple(within(side, _rows(here, n)) for n, side in enumerate(sides)), sides),
        _themes(links, sides),
    ]
    found = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    order = {name: n for n, name in enumerate(dict.fromkeys(_keys(links)))}
    place = [order[name] for name in _keys(found)]
    found = found.iloc[np.argsort(place, kind="stable")].reset_index(drop=True)
    outlets = links.drop_duplicates("article_id").set_index("article_id")["outlet"]
    found.insert(2, "outlet", found["article_id"].map(outlets).astype(object))
    return found


def abroad_changes(links: pd.DataFrame, sides: tuple[Sentences, Sentences]) -> pd.DataFrame:
    """Return changes in numbers, dates and known names: what two languages have in common."""
    return _changes(
        links, tuple(across(side, _rows(links, n)) for n, side in enumerate(sides)), None
    )


def _keys(links: pd.DataFrame) -> list[tuple[Any, ...]]:
    return list(links[_KEY].itertuples(index=False, name=None))


def _rows(links: pd.DataFrame, side: int) -> list[int]:
    return sorted(set(links.loc[_told(links), ("source_row", "row")[side]]))


def _told(links: pd.DataFrame) -> Any:
    return ~links["kind"].isin(["added", "dropped"])


def _abroad(links: pd.DataFrame, sides: tuple[Sentences, Sentences]) -> Any:
    languages = [
        links[name].map(side.arabic).to_numpy(dtype=bool)
        for name, side in zip(("source_id", "article_id"), sides, strict=True)
    ]
    return languages[0] != languages[1]


def _changes(
    links: pd.DataFrame, marks: Any, sides: tuple[Sentences, Sentences] | None
) -> pd.DataFrame:
    rows: list[tuple[Any, ...]] = []
    texts: tuple[str, ...]
    for name, part in links[_told(links)].groupby(_KEY, sort=False):
        held = [
            {mark for row in set(part[column]) for mark in of.get(row, ())}
            for of, column in zip(marks, ("source_row", "row"), strict=True)
        ]
        if sides is None:
            held = list(_comparable(*held))
            texts = ("", "")
        else:
            texts = tuple(
                " ".join(_keyed(side.table["text"].iat[row]) for row in dict.fromkeys(part[column]))
                for side, column in zip(sides, ("source_row", "row"), strict=True)
            )
        rows += [(*name, *line) for line in _paired(_compared(held[0], held[1], *texts))]
    return pd.DataFrame(rows, columns=[*_KEY, *_LINE])


def _comparable(source: set[Mark], target: set[Mark]) -> Iterator[set[Mark]]:
    """Leave out names that only Arabic is read for, unless the source names the same.

    A label of a referent may have no English form here, and a short form may be another word.
    """
    of_source = {mark.of for mark in source if mark.aspect == "name"}
    whole = {m for m in target if m.of == m.how and " " in m.said}
    yield source
    yield {m for m in target if m.aspect != "name" or m.of in of_source or m in whole}


def _held(mark: Mark, other: set[str], text: str) -> bool:
    """Say whether the other side has it: in the same words, or a date that says no more or no less."""
    if mark.how in other or (mark.said and _keyed(mark.said).strip() in text):
        return True
    return mark.aspect == "date" and any(
        all(
            a == b or "·" in (a[0], b[0])
            for a, b in zip(mark.how.split("-"), how.split("-"), strict=True)
        )
        for how in other
    )


def _paired(lines: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Take the one name of the government that fell and the one that came for each other.

    طائرات النظام names its army and طائرات الحكومة the state: the same planes.
    """
    found = list(lines)
    one, two = (
        [k for k in found if _is_government(k) and k[2] == kind] for kind in ("dropped", "added")
    )
    if len(one) != 1 or len(two) != 1:
        return found
    (_, of, _, was, _, words, _), (_, _, _, _, now, _, other) = one[0], two[0]
    rest = [line for line in found if line not in (one[0], two[0])]
    return [("name", of, "replaced", was, now, words, other), *rest]


def _is_government(line: tuple[str, ...]) -> bool:
    return line[0] == "name" and line[1] in _GOVERNMENT


def _keyed(text: str) -> str:
    return f" {' '.join(map(key, clean(text).split()))} "


def _without(text: str, marks: set[Mark]) -> str:
    """Return a text without the words of names: in الحكومة السورية الشرعية no الحكومة السورية is left."""
    for mark in marks:
        if mark.aspect == "name" and mark.said:
            text = text.replace(_keyed(mark.said).strip(), " ")
    return text


def _compared(
    source: set[Mark], target: set[Mark], source_text: str, target_text: str
) -> Iterator[tuple[str, ...]]:
    """Yield each thing that one side has and the other has not.

    Words that stand in the other text too are no change, whatever their context makes of them there.
    """
    texts = _without(target_text, target), _without(source_text, source)
    things = sorted({(mark.aspect, mark.of) for mark in source | target})
    for aspect, of in things:
        one, two = ([m for m in side if m[:2] == (aspect, of)] for side in (source, target))
        counts = [Counter(mark.how for mark in side) for side in (one, two)]
        only = [
            {mark for mark in side if not _held(mark, set(other), text)}
            for side, other, text in ((one, counts[1], texts[0]), (two, counts[0], texts[1]))
        ]
        # Of two that are named alike one may be named otherwise.
        for n, side in enumerate((one, two)):
            if aspect == "name" and only[1 - n] and not only[n]:
                only[n] = {mark for mark in side if counts[n][mark.how] > counts[1 - n][mark.how]}
        if any(only):
            change = "replaced" if all(only) else "dropped" if only[0] else "added"
            yield (
                aspect, of, change, *(", ".join(sorted({m.how for m in side})) for side in only),
                *(", ".join(sorted({m.said for m in side if m.said})) for side in only),
            )  # fmt: skip


def _themes(links: pd.DataFrame, sides: tuple[Sentences, Sentences]) -> pd.DataFrame:
    """Return the themes of Arabic sentences that were dropped or added."""
    lexicon = compiled(None)
    rows: list[tuple[Any, ...]] = []
    for row in links[~_told(links)].itertuples():
        dropped = row.kind == "dropped"
        side = sides[0] if dropped else sides[1]
        if not side.arabic[row.source_id if dropped else row.article_id]:
            continue
        text = row.source_sentence if dropped else row.target_sentence
        said: dict[str, list[str]] = {}
        for hit in lexicon.hits(text):
            if not hit.weak:
                said.setdefault(hit.theme, []).append(text[hit.start : hit.end])
        for theme, words in said.items():
            both = (
                (theme, "", ", ".join(words), "") if dropped else ("", theme, "", ", ".join(words))
            )
            rows.append((*(getattr(row, name) for name in _KEY), "theme", theme, row.kind, *both))
    return pd.DataFrame(rows, columns=[*_KEY, *_LINE])
