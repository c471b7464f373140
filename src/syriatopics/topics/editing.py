"""Topics edited by hand: named, merged, dropped and split as a codebook says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from syriatopics.errors import InputError
from syriatopics.topics.assembly import assemble
from syriatopics.topics.engine import Ready
from syriatopics.topics.hierarchy import gathered
from syriatopics.topics.movement import Parted, part_words
from syriatopics.topics.nmf import NMF

if TYPE_CHECKING:
    from syriatopics.topics.fitted import FittedTopics

__all__ = ["EDITS", "edit_topics", "read_edit"]

Array = np.ndarray[Any, np.dtype[np.float64]]
EDITS = "merge N (into topic N), drop, split N (into N topics), or nothing"
_EDIT = re.compile(r"(merge|split) (\d{1,3})|drop")


def read_edit(text: str) -> tuple[str, int]:
    """Return what is done to a topic, and its number; nothing is ("", 0).

    Raises
    ------
    InputError
        If it is none of :data:`EDITS`.

    Examples
    --------
    >>> read_edit("merge 3"), read_edit("drop")
    (('merge', 3), ('drop', 0))
    """
    # Marks of direction come with Arabic text that is pasted; digits may be Arabic ones.
    said = "".join(c for c in text if unicodedata.category(c) != "Cf")
    said = " ".join(said.split()).casefold()
    if not said:
        return "", 0
    found = _EDIT.fullmatch(said)
    if found is None or (found[1] == "split" and int(found[2]) < 2):
        raise InputError(f"edit {text!r} is none of: {EDITS}.")
    return (found[1], int(found[2])) if found[1] else ("drop", 0)


def edit_topics(
    topics: FittedTopics, edits: Mapping[int, str], names: Mapping[int, tuple[str, str]]
) -> FittedTopics:
    """Return topics that were merged, dropped, split and named; numbered anew by share.

    Parameters
    ----------
    topics : FittedTopics
    edits : mapping of int to str
        Topic → one of :data:`EDITS`.
    names : mapping of int to (str, str)
        Arabic and English, by the numbers before the edits. A merged topic has the name of that
        into which it went; the parts of a split one have none.

    Raises
    ------
    InputError
        If an edit cannot be done, or fewer than two topics are left.
    """
    done = {topic: read_edit(text) for topic, text in edits.items() if text.strip()}
    if not done:
        return topics.named(names) if names else topics
    target = _targets(topics, done)
    stay = sorted(set(target.values()))
    split = [topic for topic in stay if done.get(topic, ("", 0))[0] == "split"]
    if len(stay) < 2 and not split:
        raise InputError("The codebook leaves fewer than two topics; at least two must be left.")
    gather, theta, phi = gathered(
        topics, [[t for t, into in target.items() if into == topic] for topic in stay]
    )
    said = [f"Topic {t} {_done(*edit)}, by hand." for t, edit in sorted(done.items())]
    if split:
        said.append("New passages get no topics: the parts of a split topic are of these alone.")
        kept = ~np.isin(stay, split)
        own = part_words(topics.dtm.counts, topics.theta, topics.phi)
        parts = [_split(topics, own, topic, done[topic][1]) for topic in split]
        theta = np.column_stack([theta[:, kept], *(part for part, _ in parts)])
        phi = np.vstack([phi[kept], *(part for _, part in parts)])
    places = [topic for topic in stay if topic not in split]
    return assemble(
        theta,
        phi,
        topics.dtm,
        f"{topics.model} edited: {', '.join(f'{t} {_done(*e)}' for t, e in sorted(done.items()))}",
        (*topics.notes, *said),
        projection=None if split else topics.projection,
        mapping=None if split or topics.mapping is None else topics.mapping @ gather,
        names={new: names[topic] for new, topic in enumerate(places) if topic in names},
    )


def _targets(topics: FittedTopics, done: Mapping[int, tuple[str, int]]) -> dict[int, int]:
    """Return into which topic each goes that is not dropped."""
    target = {}
    for topic in range(topics.n_topics):
        what, into = done.get(topic, ("", 0))
        if what == "drop":
            continue
        if what == "merge" and (into == topic or into >= topics.n_topics):
            raise InputError(
                f"Topic {topic} is merged into {'itself' if into == topic else into}: name another of "
                f"the topics 0 to {topics.n_topics - 1}."
            )
        target[topic] = into if what == "merge" else topic
        if what == "merge" and (done.get(into, ("", 0))[0] in ("merge", "drop")):
            raise InputError(
                f"Topic {topic} is merged into {into}, which is itself merged or dropped: name the "
                "topic that stays."
            )
        if what == "merge" and done.get(into, ("", 0))[0] == "split":
            raise InputError(
                f"Topic {topic} is merged into {into}, which is split: do one of both."
            )
    return target


def _done(what: str, number: int) -> str:
    return {
        "merge": f"merged into {number}",
        "split": f"split into {number}",
        "drop": "dropped (shares are of what is left)",
    }[what]


def _split(topics: FittedTopics, own: Parted, topic: int, parts: int) -> tuple[Array, Array]:
    """Part the words that passages owe to a topic into topics of their own: their θ and φ."""
    counts = own.of(topic, np.arange(topics.dtm.shape[0]))
    counts.data = np.rint(counts.data)
    counts.eliminate_zeros()
    held = np.flatnonzero(np.diff(counts.indptr))
    if len(held) < parts:
        raise InputError(
            f"Topic {topic} stands in {len(held)} passages: too few to split into {parts}."
        )
    learned = NMF(n_topics=parts, batches=False).learn(Ready(topics.dtm, held, counts[held]))
    theta, phi = np.asarray(learned.theta), learned.phi
    # A passage without a whole word of the topic parts it as the topic is parted on the whole.
    shares = np.tile(theta.sum(axis=0) / theta.sum(), (topics.dtm.shape[0], 1))
    total = theta.sum(axis=1, keepdims=True)
    shares[held] = np.where(total > 0, theta / np.maximum(total, 1e-300), shares[held])
    weight = np.nan_to_num(topics.theta[:, topic])
    return weight[:, None] * shares, phi
