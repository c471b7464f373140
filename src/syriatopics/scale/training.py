"""Topics of a store: learned from batches of all partitions, θ written partition by partition."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from syriatopics import __version__
from syriatopics.corpus import Passages
from syriatopics.errors import DamagedError, InputError
from syriatopics.files import read_json, sha256_of, write_atomically
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.scale.engine import Engine, open_engine
from syriatopics.scale.ledger import Task, forget, key_of, taken_store
from syriatopics.scale.readers import store_options
from syriatopics.scale.runs import Runs, lay_run
from syriatopics.scale.stages import Stage, require_choice, run_stage
from syriatopics.scale.store import Partitions
from syriatopics.scale.stored_topics import (
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    StoredTopics,
    open_topics,
    read_manifest,
)
from syriatopics.scale.transforming import LEARNED, learned_npz, put_topics, read_learned
from syriatopics.topics.assembly import assemble
from syriatopics.topics.engine import require_size
from syriatopics.topics.learning import Learned, LearnsInBatches
from syriatopics.topics.projection import project

__all__ = ["fit_topics"]

# So many passages, a sample of all, stand behind the words of topics and are shown to readers.
SAMPLE = 20_000


def fit_topics(
    model: LearnsInBatches,
    store: Partitions,
    folder: str | Path,
    *,
    scheduler: str = "none",
    workers: int | None = None,
    on_bad: str = "error",
) -> StoredTopics:
    """Fit NMF or LDA to a store, with the memory of a few partitions.

    The topics are those that ``model.fit`` gives for the same passages in memory, digit by
    digit: the model sees the same batches in the same order. θ is written by partition.
    A run that was ended goes on where it was.

    Parameters
    ----------
    model : NMF or LDA
        The specification, the same as in memory.
    store : Partitions
        From :func:`build_partitions`.
    folder : path
        Of the topics: new, or one that this function wrote.
    scheduler, workers
        Where partitions are worked on, as in :func:`build_partitions`. The topics themselves
        are learned in this process.
    on_bad : {"skip", "error"}
        Whether a partition that cannot be used ends the run, or is left out, named and counted.

    Returns
    -------
    StoredTopics

    Raises
    ------
    InputError
        If the model does not learn in batches, or the folder holds something else.
    TooSmallError
        If the store has too few passages or terms.
    DamagedError
        If a partition is damaged.

    Examples
    --------
    >>> import tempfile
    >>> from syriatopics.corpus.seeds import seeds_folder
    >>> from syriatopics.scale import build_partitions
    >>> from syriatopics.topics import NMF
    >>> work = tempfile.mkdtemp()
    >>> store = build_partitions(seeds_folder(), work + "/store")
    >>> fit_topics(NMF(n_topics=4), store, work + "/topics").n_topics
    4
    """
    if not hasattr(model, "learn"):
        raise InputError(
            f"{type(model).__name__} wants all passages in memory. From a store learn: 'LDA', 'NMF'."
        )
    require_choice(on_bad)
    folder = Path(folder)
    with (
        taken_store(folder, MANIFEST, "the topics"),
        open_engine(store.folder, scheduler, workers) as engine,
    ):
        run = _Run(model, store, folder, engine, on_bad)
        if not run.is_done():
            # From here on the folder holds no whole topics, until they are made.
            (folder / MANIFEST).unlink(missing_ok=True)
            learned, runs = run.learn()
            run.finish(learned, runs, run.transform())
    return open_topics(folder, store)


class _Run:
    """One run: laying runs down, learning, θ, and the manifest at the end."""

    def __init__(
        self, model: LearnsInBatches, store: Partitions, folder: Path, engine: Engine, on_bad: str
    ) -> None:
        self.model, self.store, self.folder = model, store, folder
        self.engine, self.on_bad = engine, on_bad
        self.options = {**store_options(store), "version": __version__}
        self.key = key_of(repr(model), self.options, on_bad)

    def is_done(self) -> bool:
        """Say whether the folder holds the topics of this run already."""
        try:
            return bool(read_manifest(self.folder)["key"] == self.key)
        except (InputError, DamagedError):
            return False

    def learn(self) -> tuple[Learned, Runs]:
        """Learn the topics, or read what was learned before."""
        laid = self._stage(lay_run, "runs", {})
        runs = Runs(self.folder, laid.made, int(laid.made[0].totals["terms"]))
        key = key_of(repr(self.model), self.options, laid.files)
        path, said = self.folder / LEARNED, self.folder / "learned.json"
        if said.is_file() and path.is_file():
            before = read_json(said)
            if before == {"key": key, "sha256": sha256_of(path)}:
                return read_learned(path.read_bytes()), runs
        require_size(
            self.model.n_topics,
            (runs.n_passages, runs.n_terms),
            type(self.model).__name__,
            self.model.floor,
        )
        content = learned_npz(self.model.learn(runs))
        write_atomically(path, content)
        text = json.dumps({"key": key, "sha256": sha256_of(path)})
        write_atomically(said, text.encode())
        return read_learned(content), runs

    def transform(self) -> Stage:
        """Write θ of every partition."""
        return self._stage(put_topics, "theta", {LEARNED: sha256_of(self.folder / LEARNED)})

    def finish(self, learned: Learned, runs: Runs, theta: Stage) -> None:
        """Number the topics, keep a sample for readers, write the manifest."""
        counted = theta.total("passages") - theta.total("without")
        shares = np.sum([made.totals["share"] for made in theta.made], axis=0) / counted
        first = np.sum([made.totals["first"] for made in theta.made], axis=0)
        dtm = sample_of(self.store, runs, SAMPLE)
        sample = assemble(
            np.nan_to_num(project(learned.projection, dtm.counts, dtm.documents)),
            learned.phi,
            dtm,
            self.model.name,
            [*learned.notes, *_said(theta)],
            projection=learned.projection,
            share=shares,
        )
        sample.save(self.folder / "sample")
        # Which column of the files each topic is.
        assert sample.mapping is not None
        order = sample.mapping.argmax(axis=0)
        manifest = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "key": self.key,
            "store": self.options["manifest"],
            "columns": order.tolist(),
            "shares": shares[order].tolist(),
            "n_passages": first[order].tolist(),
            "partitions": [made.number for made in theta.made],
            "files": theta.files,
            "totals": {
                "passages": theta.total("passages"),
                "without": theta.total("without"),
                "refused": len(theta.refused),
            },
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
        write_atomically(self.folder / MANIFEST, text.encode())
        forget(self.folder, "runs")

    def _stage(self, step: Any, name: str, inputs: dict[str, str]) -> Stage:
        tasks = [
            Task(str(self.folder), name, number, inputs, self.options, int(said["articles"]))
            for number, said in enumerate(self.store.manifest["partitions"])
        ]
        stage = run_stage(self.engine, step, tasks, name, self.on_bad)
        if not stage.made:
            raise InputError(f"{self.store.folder}: no partition can be used.")
        forget(self.folder, name, since=len(tasks))
        return stage


def sample_of(store: Partitions, runs: Runs, n: int) -> DocumentTermMatrix:
    """Return the first passages in canonical order, which are a sample, in the order of the store."""
    parts = []
    for made, rows in zip(runs.made, runs.first_rows(n), strict=True):
        if len(rows):
            dtm = store.partition(made.number).content()
            chosen = dtm.passages.table.iloc[rows].reset_index(drop=True)
            parts.append((dtm.counts[rows], chosen))
    table = pd.concat([chosen for _, chosen in parts], ignore_index=True)
    return DocumentTermMatrix(
        counts=sparse.vstack([counts for counts, _ in parts], format="csr"),
        terms=dtm.terms,
        display=dtm.display,
        passages=Passages(table, store.unit),
        analyzer=dtm.analyzer,
    )


def _said(theta: Stage) -> list[str]:
    total, without = theta.total("passages"), theta.total("without")
    notes = [f"Partition {r.number} is left out: {r.reason}" for r in theta.refused]
    if without:
        notes.append(f"{without:,} of {total:,} passages have no known term, and no topics.")
    if total - without > SAMPLE:
        notes.append(
            f"Words and passages are shown from a sample of {SAMPLE:,}; shares are of all "
            f"{total - without:,} passages."
        )
    return notes
