"""Other passages than those of which a store was counted: cut once, and kept beside them."""

from __future__ import annotations

from typing import Any

from syriatopics.corpus.passages import make_passages
from syriatopics.scale.engine import Engine
from syriatopics.scale.extras import EXTRA, extra_of
from syriatopics.scale.ledger import Files, Task
from syriatopics.scale.readers import opened_store, store_options
from syriatopics.scale.stages import run_stage
from syriatopics.scale.store import Partitions
from syriatopics.scale.tables import parquet_of

__all__ = ["cut_passages"]


def cut_passages(store: Partitions, engine: Engine, unit: str | int, part: str) -> dict[str, str]:
    """Cut the articles of every partition; return the files with their hashes, in order.

    Parameters
    ----------
    store : Partitions
        Taken for this run.
    engine : Engine
    unit, part
        As in :meth:`syriatopics.Corpus.passages`.
    """
    stage = f"cut-{unit}-{part}"
    options = {**store_options(store), "unit": unit, "part": part}
    tasks = [
        Task(str(store.folder), stage, number, store.files("documents", number), options, n)
        for number, n in enumerate(store.sizes)
    ]
    return run_stage(engine, cut, tasks, "passages").files


def cut(task: Task, files: Files) -> dict[str, Any]:
    """Cut the articles of a partition into passages."""
    store = opened_store(task)
    articles = store.read_articles(task.number)
    passages = make_passages(articles, task.options["unit"], task.options["part"])
    extra = dict(
        zip((a.article_id for a in articles), extra_of(articles, store.publishers), strict=True)
    )
    table = passages.table.assign(**{EXTRA: passages.table["article_id"].map(extra)})
    files.write(f"{task.stage}/{task.number:05d}.parquet", parquet_of(table))
    return {"articles": len(articles), "passages": len(table)}
