"""What the explorer carries: passages, what they can be sifted by, and what shares are summed from.

Blocks and the choice of the dial are made here, once for a measure; the page only sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.arabic import key
from syriatopics.arabic.tokenize import runs
from syriatopics.explore.layout import layout
from syriatopics.explore.measures import measures, theme_labels, topic_labels
from syriatopics.explore.packing import chunked, packed, packed_columns, packed_json
from syriatopics.order import largest
from syriatopics.report.context import Context
from syriatopics.report.folding import folding_tables
from syriatopics.report.words import PRODUCTION, STATUS, visible

__all__ = ["NO_DAY", "gather"]

NO_DAY = -(2**31)
_CHUNK = 500
_STATUS = {
    "printed": "printed",
    "inferred": "inferred",
    "conflict": "contradicted",
    "unknown": "no date",
}
_MADE = {
    "own": "own text", "wire": "news agency", "translated": "translated",
    "republished": "republished", "unknown": "unknown",
}  # fmt: skip
# Whether a passage says anything in the words of others.
_VOICES = (
    ("بصوت الناشر وحده", "outlet's voice alone"),
    ("فيها كلام منقول بالمعنى", "with reported speech"),
    ("فيها كلام منقول بحرفه", "with direct speech"),
)


def gather(context: Context, text: bool) -> dict[str, Any]:
    """Collect what the page carries.

    Parameters
    ----------
    context : Context
    text : bool
        Whether the texts go with it; without them passages are named by their place.
    """
    table = context.passages.table.reset_index(drop=True)
    articles, first, article = _articles(table)
    placed = layout(context.dtm, context.topics.theta, context.options.random_state)
    keys, holding = _word_index(context.passages.texts)
    titles = [visible(context.corpus[name].title or "") for name in articles]
    day = table["date"].iloc[first]
    return {
        "fold": folding_tables(),
        "n": len(table),
        "articles": len(articles),
        "article": packed(article, "u4"),
        "day": packed(_days(day), "i4"),
        "x": packed(placed.x, "u2"),
        "y": packed(placed.y, "u2"),
        "dimensions": placed.vectors.shape[1],
        "vectors": packed(placed.vectors, "i1"),
        "axes": packed(placed.axes, "i1"),
        "facets": _facets(context, table.iloc[first]),
        "measures": measures(context, article),
        "terms": packed_json([context.dtm.display[term] for term in context.dtm.terms]),
        "termKeys": packed_json([_keys(context.dtm.display[term]) for term in context.dtm.terms]),
        "counts": packed_columns(context.dtm.counts),
        "keys": packed_json(keys),
        "words": packed_columns(holding, numbers=False),
        "ids": packed_json([visible(str(name)) for name in articles]),
        "titles": packed_json(titles),
        "urls": packed_json([visible(context.corpus[name].url or "") for name in articles]),
        "names": packed_json([visible(str(name)) for name in table["passage_id"]]),
        "start": packed(table["start"].to_numpy(), "u4"),
        "end": packed(table["end"].to_numpy(), "u4"),
        "chunk": _CHUNK,
        "texts": chunked(context.passages.texts, _CHUNK) if text else [],
    }


def _articles(table: pd.DataFrame) -> tuple[list[str], Any, Any]:
    """Return the articles in the order in which they stand, their first rows, and that of each row."""
    codes, names = pd.factorize(table["article_id"])
    first = np.unique(codes, return_index=True)[1]
    return list(names), first, codes


def _days(dates: pd.Series) -> np.ndarray[Any, Any]:
    known = dates.notna().to_numpy()
    day = np.full(len(dates), NO_DAY, dtype=np.int64)
    day[known] = dates[known].to_numpy().astype("datetime64[D]").astype(np.int64)
    return day


def _keys(shown: str) -> str:
    """Return the match keys of a term as people read it, by which a question finds it."""
    return " ".join(key(word) for word in runs(shown)[0])


def _word_index(texts: Sequence[str]) -> tuple[list[str], Any]:
    """Return the match keys of all words, and which passage holds which."""
    from scipy import sparse

    known: dict[str, str] = {}
    number: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for row, text in enumerate(texts):
        found = set()
        for word in runs(text)[0]:
            if (folded := known.get(word)) is None:
                folded = known[word] = key(word)
            found.add(number.setdefault(folded, len(number)))
        columns += sorted(found)
        rows += [row] * len(found)
    shape = (len(texts), len(number))
    held = sparse.csc_matrix((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape)
    return list(number), held


def _facets(context: Context, first: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what passages are sifted by: of their article, or their own."""
    facets = [_outlets(context, first["outlet"])]
    for name, said, known, english in (
        ("status", ("حال التاريخ", "Date"), STATUS, _STATUS),
        ("production", ("مصدر النص", "Production"), PRODUCTION, _MADE),
    ):
        column = "date_status" if name == "status" else name
        place = {value: n for n, value in enumerate(known)}
        codes = first[column].fillna("unknown").map(place).fillna(place["unknown"])
        labels = [[known[value], english[value]] for value in known]
        facets.append(_facet(name, said, labels, article=packed(codes.to_numpy(), "u1")))
    held = context.scores.assigned.fillna(False).to_numpy(dtype=bool)
    facets.append(
        _facet(
            "theme",
            ("المحور", "Theme"),
            theme_labels(context),
            columns=[packed(c, "u1") for c in held.T],
        )
    )
    theta = context.topics.theta
    known_rows = ~np.isnan(theta).any(axis=1)
    topic = np.full(len(theta), theta.shape[1])
    topic[known_rows] = largest(theta[known_rows])
    names = [*topic_labels(context), ["بلا موضوع", "no topic"]]
    facets.append(_facet("topic", ("الموضوع", "Topic"), names, passage=packed(topic, "u2")))
    spoken = context.said.spoken[["reported", "direct"]].to_numpy() > 0
    voices = np.column_stack([~spoken.any(axis=1), spoken])
    labels = [list(pair) for pair in _VOICES]
    facets.append(
        _facet("voice", ("الصوت", "Voice"), labels, columns=[packed(c, "u1") for c in voices.T])
    )
    return facets


def _facet(name: str, said: Sequence[str], labels: Sequence[Any], **values: Any) -> dict[str, Any]:
    return {"id": name, "said": list(said), "labels": list(labels), **values}


def _outlets(context: Context, outlets: pd.Series) -> dict[str, Any]:
    names = sorted(outlets.dropna().unique())
    place = {name: n for n, name in enumerate(names)}
    publishers = context.corpus.publishers
    labels = [[context.outlet(name), visible(publishers.name_of(name, "en"))] for name in names]
    codes = outlets.map(place).astype(float).fillna(len(names)).to_numpy()
    if (codes == len(names)).any():
        labels.append(["بلا ناشر معروف", "no known outlet"])
    return _facet("outlet", ("الناشر", "Outlet"), labels, article=packed(codes, "u2"))
