"""Making tellings: which article tells which source, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.corpus import Corpus
from syriatopics.corpus.words import line_key
from syriatopics.encoders import Encoder
from syriatopics.encoders.lsa import LSA
from syriatopics.escaping import number_of
from syriatopics.framing.tellings.aligning import Bead, Chance, align
from syriatopics.framing.tellings.changes import abroad_changes
from syriatopics.framing.tellings.pairs import candidates, reprinted, tells, unrelated_rows
from syriatopics.framing.tellings.result import Tellings
from syriatopics.framing.tellings.space import Space, space_of
from syriatopics.framing.tellings.texts import Sentences, as_corpus
from syriatopics.records import Article

__all__ = ["tellings"]

COLUMNS = (
    "source_id", "article_id", "outlet", "link", "kind", "similarity", "source_sentence", "source_start",
    "source_end", "target_sentence", "start", "end", "n_others", "others_told", "source_row", "row",
)  # fmt: skip
PAIRS = (
    "source_id", "article_id", "outlet", "source_language", "direction", "days", "told", "new", "by_length",
    "by_style",
)  # fmt: skip
# A text of more sentences is a book, and a table of all against all would fill the memory.
_MOST = 2_000
# Of fewer sentences nothing tells what all of a language share from what one of them says.
_FEW = 3


def tellings(
    articles: Corpus | Article | str,
    sources: Corpus | Article | str | None = None,
    *,
    encoder: str | Encoder | LSA | None = None,
) -> Tellings:
    """Align articles with the sources that they tell, sentence by sentence.

    Parameters
    ----------
    articles : Corpus, Article or str
        In Arabic, or any language that the encoder knows.
    sources : Corpus, Article or str, optional
        What is told. One source and one article are a pair; of several, each article is given the source
        that it is most like, if it is more like it than chance allows and was not written before it.
        Without sources the near copies of the corpus are the pairs, each with the first of its cluster.
    encoder : str or Encoder, optional
        As of :func:`syriatopics.embed`. By default sentences are alike by the words that they share, in
        all their forms, the rare ones weighing more; a source in another language needs "e5" or a model
        that knows both. Of one language an encoder's likeness and that of words count half and half.

    Returns
    -------
    Tellings

    Raises
    ------
    InputError
        If source and article are in two languages and no encoder is given that knows both.

    Notes
    -----
    Who told whom is not seen in an alignment: both may tell a third text, and a translation may have gone
    through a third language. What is held against what is what was given, and the dates say no more than
    which was written first. How alike two sentences must be is learnt from sentences of texts that
    are no pair; of one pair alone, from the spread of all its sentences, which is less sure.

    Examples
    --------
    >>> told = "قصفت الطائرات مدينة دوما. وقال السكان إن المشفى دمر. ودعت الأمم المتحدة إلى هدنة."
    >>> again = "قصفت الطائرات مدينة دوما. ودعت الأمم المتحدة إلى هدنة."
    >>> tellings(again, told).table["kind"].tolist()
    ['kept', 'dropped', 'kept']
    """
    target = as_corpus(articles, "articles")
    source = target if sources is None else as_corpus(sources, "sources")
    sides = Sentences.of(source), Sentences.of(target)
    space = space_of(sides, encoder)
    pairs = reprinted(target) if sources is None else candidates(*sides, space)
    at = [side.table.groupby("article_id").indices for side in sides]
    long = [pair for pair in pairs if max(len(at[k][pair[k]]) for k in (0, 1)) > _MOST]
    expected = space.chance(*unrelated_rows(*sides, pairs))
    # Who names one source and one article means them; of many, only those that tell a source are pairs.
    sought = sources is not None and max(len(source), len(target)) > 1
    rows: list[tuple[Any, ...]] = []
    for pair in pairs:
        places = at[0][pair[0]], at[1][pair[1]]
        links = [] if pair in long else _links(sides, places, space, expected)
        told = len({link[0] for link in links if link[3] >= 0 and link[4] >= 0})
        if not sought or tells(told, min(map(len, places))):
            rows += [(*pair, *link) for link in links]
    table = _beside(_told_abroad(_table(rows, sides), sides))
    known = _pairs(table, sides)
    return Tellings(
        table=table,
        notes=tuple(_notes(known, long, sides, space, expected)),
        pairs=known,
        sources=sides[0],
        articles=sides[1],
    )


def _links(
    sides: tuple[Sentences, Sentences],
    rows: tuple[Any, Any],
    space: Space,
    expected: Chance,
) -> list[tuple[Any, ...]]:
    """Return ``link, kind, similarity, source_row, row`` of a pair; -1 where there is no sentence."""
    tables = [side.table.iloc[k] for side, k in zip(sides, rows, strict=True)]
    words = [table["n_words"].to_numpy(dtype=float) for table in tables]
    texts = [table["text"].tolist() for table in tables]
    languages = {
        bool(side.arabic[table["article_id"].iloc[0]])
        for side, table in zip(sides, tables, strict=True)
    }
    keys = [[line_key(text) for text in side] for side in texts]
    same = np.array(keys[0])[:, None] == np.array(keys[1])[None, :]
    beads = align(*space.of(*rows), (words[0], words[1]), expected, same)
    return [
        (
            number, _kind(bead, same, len(languages) > 1), bead.similarity,
            -1 if i is None else int(rows[0][i]), -1 if j is None else int(rows[1][j]),
        )
        for number, bead in enumerate(beads)
        for i in bead.source or (None,)
        for j in bead.target or (None,)
    ]  # fmt: skip


def _kind(bead: Bead, same: Any, abroad: bool) -> str:
    if not bead.source:
        return "added"
    if not bead.target:
        return "dropped"
    if bead.crossing:
        return "moved"
    if len(bead.target) > 1:
        return "split"
    if len(bead.source) > 1:
        return "merged"
    return "kept" if abroad or same[bead.source[0], bead.target[0]] else "changed"


def _table(rows: list[tuple[Any, ...]], sides: tuple[Sentences, Sentences]) -> pd.DataFrame:
    names = ["source_id", "article_id", "link", "kind", "similarity", "source_row", "row"]
    links = pd.DataFrame(rows, columns=names).astype(
        {"link": "int64", "similarity": float, "source_row": "int64", "row": "int64"}
    )
    outlets = {article.article_id: article.outlet for article in sides[1].corpus}
    links["outlet"] = links["article_id"].map(outlets).astype(object)
    shown = ["text", "start", "end"]
    for side, column, called in zip(
        sides, ("source_row", "row"),
        (["source_sentence", "source_start", "source_end"], ["target_sentence", "start", "end"]),
        strict=True,
    ):  # fmt: skip
        part = side.table[shown].reindex(links[column]).reset_index(drop=True)
        part.columns = pd.Index(called)
        for name in called[1:]:
            part[name] = part[name].astype("Int64")
        links = pd.concat([links, part], axis=1)
    return links


def _told_abroad(links: pd.DataFrame, sides: tuple[Sentences, Sentences]) -> pd.DataFrame:
    """Call changed what another language tells with other numbers, dates or names."""
    abroad = links["source_id"].map(sides[0].arabic) != links["article_id"].map(sides[1].arabic)
    kept = links[abroad & (links["kind"] == "kept")]
    keys = ["source_id", "article_id", "link"]
    changed = pd.MultiIndex.from_frame(abroad_changes(kept, sides)[keys])
    found = pd.MultiIndex.from_frame(links[keys]).isin(changed)
    return links.assign(kind=links["kind"].mask(found, "changed"))


def _beside(links: pd.DataFrame) -> pd.DataFrame:
    """Say of each sentence of a source how many other articles tell that source, and how many tell it."""
    of_source = links[links["source_row"] >= 0]
    told = (of_source["kind"] != "dropped").groupby(
        [of_source[k] for k in ("article_id", "source_row")]
    )
    told = told.max().astype(float).rename("told").reset_index()
    every = told.groupby("source_row")["told"].agg(["sum", "size"])
    own = pd.Series(
        told["told"].to_numpy(),
        pd.MultiIndex.from_arrays([told["article_id"], told["source_row"]]),
    )
    key = pd.MultiIndex.from_frame(links[["article_id", "source_row"]])
    others = every["size"].reindex(links["source_row"]).to_numpy() - 1
    n_others = np.where(links["source_row"] >= 0, others, 0)
    count = every["sum"].reindex(links["source_row"]).to_numpy() - own.reindex(key).to_numpy()
    share = np.divide(count, n_others, out=np.full(len(links), np.nan), where=n_others > 0)
    return links.assign(n_others=n_others.astype(np.int64), others_told=share)[list(COLUMNS)]


def _pairs(table: pd.DataFrame, sides: tuple[Sentences, Sentences]) -> pd.DataFrame:
    """Return what is known of each pair: languages, dates, how much is told and how much is new."""
    rows = []
    for (source_id, article_id), links in table.groupby(["source_id", "article_id"], sort=False):
        days = sides[1].days[article_id] - sides[0].days[source_id]
        told = _share(
            sides[0], links.loc[links["kind"] != "added", ["source_row", "kind"]], "dropped"
        )
        new = 1 - _share(sides[1], links.loc[links["kind"] != "dropped", ["row", "kind"]], "added")
        language = "ar" if sides[0].arabic[source_id] else "other"
        words = [
            side.table.loc[side.table["article_id"] == name, "n_words"].sum()
            for side, name in zip(sides, (source_id, article_id), strict=True)
        ]
        by_length = max(0.0, 1 - words[1] / max(words[0], 1)) if language == "ar" else np.nan
        rows.append(
            (source_id, article_id, links["outlet"].iloc[0], language, _direction(days), days, told, new,
             by_length)
        )  # fmt: skip
    pairs = pd.DataFrame(rows, columns=list(PAIRS[:-1]))
    dropped = 1 - pairs["told"]
    total = dropped.groupby(pairs["outlet"]).transform("sum")
    others = pairs.groupby("outlet")["told"].transform("size") - 1
    return pairs.assign(by_style=((total - dropped) / others.where(others > 0)).astype(float))


def _share(side: Sentences, links: pd.DataFrame, without: str) -> float:
    """Return the share of words whose sentences have a counterpart."""
    links = links.drop_duplicates(links.columns[0])
    words = side.table["n_words"].to_numpy()[links[links.columns[0]]]
    return float(words[links["kind"] != without].sum() / max(words.sum(), 1))


def _direction(days: float) -> str:
    if pd.isna(days):
        return "unknown"
    return "same day" if days == 0 else "source first" if days > 0 else "article first"


def _notes(
    pairs: pd.DataFrame,
    long: Sequence[tuple[str, str]],
    sides: tuple[Sentences, Sentences],
    space: Space,
    expected: Chance,
) -> Iterator[str]:
    told = len({*pairs["article_id"], *(article for _, article in long)})
    yield (
        f"{number_of(len(pairs), 'pair')}; "
        f"{number_of(len(sides[1].corpus) - told, 'article tells', 'articles tell')} no source that is here."
    )
    yield (
        f"Likeness by {space.name}; of 20 unrelated sentences the most alike reaches "
        f"{expected.reached(20):.2f} in one case of twenty."
    )
    if not len(expected.known):
        yield (
            "Too few unrelated sentences to see what chance gives: it is taken from the spread of all; "
            "give whole articles, or several."
        )
    for source, article in long:
        yield f"{article} with {source}: more than {_MOST:,} sentences, not aligned."
    if (pairs["source_id"].map(sides[0].arabic) != pairs["article_id"].map(sides[1].arabic)).any():
        yield (
            "Sources in another language: a translation may have gone through a third one, which is not "
            "seen here."
        )
        if min(len(side.table) for side in sides) < _FEW:
            yield (
                f"Fewer than {_FEW} sentences on a side: too few to see across languages which are alike; "
                "give the whole article."
            )
