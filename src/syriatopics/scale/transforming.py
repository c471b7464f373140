"""θ of the passages of one partition, with the sums of its articles."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.inference import Scores
from syriatopics.order import largest
from syriatopics.scale.ledger import Files, Task, read_whole
from syriatopics.scale.readers import opened_store
from syriatopics.scale.sums import sums_of
from syriatopics.scale.tables import arrays_of, npz_of, parquet_of
from syriatopics.topics.learning import Learned
from syriatopics.topics.projection import Projection, project, projection_of

__all__ = ["LEARNED", "columns_of", "learned_npz", "put_topics", "read_learned"]

LEARNED = "learned.npz"


def learned_npz(learned: Learned) -> bytes:
    """Return what an engine found as bytes."""
    state = {f"projection_{name}": value for name, value in learned.projection.state().items()}
    return npz_of(
        phi=learned.phi, kind=[learned.projection.kind], notes=list(learned.notes), **state
    )


def read_learned(content: bytes) -> Learned:
    """Return what :func:`learned_npz` wrote."""
    arrays = arrays_of(content)
    prefix = "projection_"
    state = {name.removeprefix(prefix): v for name, v in arrays.items() if name.startswith(prefix)}
    projection = projection_of(arrays["kind"][0], state)
    return Learned(arrays["phi"], projection, tuple(arrays["notes"]))


def put_topics(task: Task, files: Files) -> dict[str, Any]:
    """Write θ of a partition, in the numbering of the engine, and its sums by article.

    Returns
    -------
    dict
        ``passages``, ``without`` (a term, so that nothing is known of them), ``share`` (sums of
        θ by topic) and ``first`` (how many passages have most of each topic).
    """
    dtm = opened_store(task).partition(task.number).content()
    projection = _projection(str(files.path(LEARNED)), task.inputs[LEARNED])
    theta = project(projection, dtm.counts, dtm.documents)
    table = pd.DataFrame(
        theta,
        index=pd.Index(dtm.passages.table["passage_id"], name="passage_id"),
        columns=pd.Index(columns_of(theta.shape[1])),
    )
    files.write(f"theta/{task.number:05d}.parquet", parquet_of(table.reset_index()))
    sums = sums_of(Scores(table=table, passages=dtm.passages, label_name="topic"))
    files.write(f"articles/{task.number:05d}.parquet", parquet_of(sums))
    known = theta[~np.isnan(theta).any(axis=1)]
    return {
        "passages": len(theta),
        "without": len(theta) - len(known),
        "share": known.sum(axis=0).tolist(),
        "first": np.bincount(largest(known), minlength=theta.shape[1]).tolist(),
    }


def columns_of(n_topics: int) -> list[str]:
    """Return the columns of θ in the numbering of the engine."""
    return [f"column_{number:03d}" for number in range(n_topics)]


@lru_cache(maxsize=2)
def _projection(path: str, sha256: str) -> Projection:
    content = read_whole(Path(path).parent, Path(path).name, sha256)
    return read_learned(content).projection
