"""Passages by meaning: those most like a question, whatever words they use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from syriatopics.corpus import Corpus, Passages, passages_of
from syriatopics.encoders.contract import Encoder, centred
from syriatopics.encoders.embed import as_encoder, encode_texts
from syriatopics.encoders.lsa import LSA
from syriatopics.errors import InputError
from syriatopics.order import ranked
from syriatopics.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Found", "nearest_names", "search"]

_HUB = 10


@dataclass(frozen=True, eq=False, kw_only=True)
class Found(Result):
    """Passages most like a question: ``passage_id, article_id, outlet, date, similarity, text``.

    ``similarity`` is the cosine of what sets the two apart from the corpus: 0 is like anything else.
    """

    query: str

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw how alike the passages are."""
        from syriatopics.plots import bars

        return bars(
            self.table, ax, **{"name": "passage_id", "value": "similarity", "xlabel": "similarity", **options}
        )  # fmt: skip


def search(
    passages: Passages | Corpus,
    query: str,
    *,
    encoder: str | Encoder | LSA | None = "lsa",
    n: int = 10,
    cache: str | Path | None = None,
) -> Found:
    """Return the passages most like a question.

    Parameters
    ----------
    passages : Passages or Corpus
    query : str
        Words, a sentence, or a passage; with "e5" and other multilingual models in any language.
    encoder, cache
        As in :func:`embed`.
    n : int
        How many.

    Raises
    ------
    InputError
        If the question holds no word that the encoder knows, or there is no passage.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> found = search(load_seeds(), "المساعدات الإنسانية", n=3)
    >>> len(found), bool(found.table["similarity"].is_monotonic_decreasing)
    (3, True)
    """
    passages = passages_of(passages)
    if n < 1 or not len(passages):
        raise InputError(f"n={n} of {len(passages)} passages: one at least is needed.")
    ready = as_encoder(encoder, passages.texts)
    vectors = encode_texts(ready, passages.texts, cache=cache)
    asked = encode_texts(ready, [query], query=True)
    if not np.abs(asked).sum():
        raise InputError(f"The question {query[:60]!r} holds no word that {ready.name!r} knows.")
    filled = np.abs(vectors).sum(axis=1) > 0
    centre = vectors[filled].mean(axis=0, dtype=np.float64)
    # A question lies in a cone of its own; what it shares with every passage tells nothing.
    likeness = centred(vectors, centre) @ centred(asked, centre)[0]
    best = ranked(likeness)[:n]
    columns = [c for c in ("passage_id", "article_id", "outlet", "date") if c in passages.table]
    table = passages.table.iloc[best][columns].reset_index(drop=True)
    return Found(
        table=table.assign(similarity=likeness[best], text=[passages.texts[k] for k in best]),
        notes=(f"Likeness by the encoder {ready.name!r} ({ready.fingerprint[:32]}).",),
        query=query,
    )


def nearest_names(
    texts: Sequence[str],
    names: Sequence[str],
    *,
    encoder: str | Encoder | LSA | None = "e5",
    cache: str | Path | None = None,
) -> list[str]:
    """Return for each text the name that is nearest in meaning, such as an English one for an Arabic one.

    Parameters
    ----------
    texts : sequence of str
    names : sequence of str
        The names that there are; with "e5" and other multilingual models in any language.
    encoder, cache
        As in :func:`embed`.

    Returns
    -------
    list of str
        Empty for a text that the encoder knows nothing of. A proposal, never sure: there is always a
        nearest one.

    Raises
    ------
    InputError
        If there is no name.

    References
    ----------
    Conneau, A. et al. (2018). Word translation without parallel data. ICLR (CSLS).

    Examples
    --------
    >>> names = ["قصف حمص وحلب", "حصار حلب ودرعا", "مؤتمر جنيف للسلام", "حصار درعا وحمص"]
    >>> nearest_names(["مؤتمر السلام في جنيف"], names, encoder="lsa")
    ['مؤتمر جنيف للسلام']
    """
    if not any(name.strip() for name in names):
        raise InputError("No name to choose from.")
    if not texts:
        return []
    ready = as_encoder(encoder, [*texts, *names])
    given, known = (encode_texts(ready, list(part), cache=cache) for part in (texts, names))
    # Each language lies in a cone of its own; few texts do not show theirs, and one has no other.
    likeness = (centred(given) if len(texts) >= _HUB else given) @ centred(known).T
    # Some names are near everything: how near each is to its own nearest ones is taken off (CSLS).
    near = [
        np.sort(likeness, axis=axis).take(range(-min(_HUB, n), 0), axis=axis)
        for axis, n in enumerate(likeness.shape)
    ]
    likeness = 2 * likeness - near[0].mean(axis=0) - near[1].mean(axis=1, keepdims=True)
    return [
        names[ranked(row)[0]] if np.abs(vector).sum() else ""
        for row, vector in zip(likeness, given, strict=True)
    ]
