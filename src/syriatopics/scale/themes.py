"""Theme scores by partition, kept as sums by article."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from syriatopics.corpus import Passages
from syriatopics.errors import InputError
from syriatopics.files import sha256_of, unfinished_folder, write_atomically
from syriatopics.framing import load_themes
from syriatopics.inference import ArticleScores
from syriatopics.lexicons.schema import Themes
from syriatopics.scale.engine import open_engine
from syriatopics.scale.ledger import Files, Task
from syriatopics.scale.stages import run_stage
from syriatopics.scale.store import Partitions
from syriatopics.scale.sums import scores_of, sums_of
from syriatopics.scale.tables import frame_of, parquet_of
from syriatopics.scorers import DEFAULT, Scorer, ready, scorer_of
from syriatopics.scorers.registry import shared
from syriatopics.scorers.scoring import scored_by

__all__ = ["DEFAULT", "score_partitions"]

_CODED = "coded"


def score_partitions(
    store: Partitions,
    method: str | Scorer = DEFAULT,
    *,
    themes: Themes | None = None,
    coded: str | Path | None = None,
    encoder: Any = None,
    random_state: int = 0,
    part: str | None = None,
    scheduler: str = "none",
    workers: int | None = None,
    on_bad: str = "error",
) -> ArticleScores:
    """Score how much each article deals with each theme, partition by partition.

    The scores of passages are those of :func:`syriatopics.score_themes`; what is kept of them
    are sums by article. Shares, contrasts, trends and breaks estimated from these are the same
    to the last bit.

    Parameters
    ----------
    store : Partitions
    method : str or Scorer
        The lexicon and the classifier, by name, in processes, and resumed; any other scorer is asked here,
        partition by partition. One that looks at all passages at once cannot be had.
    themes : Themes, optional
        The lexicon; by default the shipped one.
    coded : path, optional
        Coded passages for the classifier, a csv or jsonl file as :func:`syriatopics.read_codings` reads it.
    encoder, random_state
        As in :func:`syriatopics.score_themes`; an encoder by its name.
    part : {"headline", "lead", "body", "all"}, optional
        Which part of the articles, as for :func:`syriatopics.score_themes`; by default the text.
        Another part is scored here, partition by partition: headlines are cut anew.
    scheduler, workers
        As in :func:`build_partitions`.
    on_bad : {"skip", "error"}
        Whether a partition that is damaged ends the run, or is left out; the notes name it.

    Returns
    -------
    ArticleScores

    Raises
    ------
    InputError
        If the method or the part is not known, or the classifier has no coded passages.
    DamagedError
        If a partition is damaged and the run is to stop.

    Examples
    --------
    >>> import tempfile
    >>> from syriatopics import prevalence
    >>> from syriatopics.corpus.seeds import seeds_folder
    >>> from syriatopics.scale import build_partitions
    >>> store = build_partitions(seeds_folder(), tempfile.mkdtemp() + "/store")
    >>> len(prevalence(score_partitions(store), production="all").table)
    45
    """
    lexicon = load_themes() if themes is None else themes
    given = {"encoder": encoder, "random_state": random_state}
    if part is not None or not shared(method) or not isinstance(encoder, str | None):
        scorer = scorer_of(method, coded=coded, themes=lexicon, **given)
        return _scored_here(store, scorer, lexicon, part)
    assert isinstance(method, str)
    options, held = _options(store, method, lexicon, coded, given)
    tasks = [
        Task(
            str(store.folder), "themes", part["number"], {**store.files("passages", number), **held},
            options, part["articles"],
        )
        for number, part in enumerate(store.manifest["partitions"])
    ]  # fmt: skip
    with store.lock(), open_engine(store.folder, scheduler, workers) as engine:
        stage = run_stage(engine, score, tasks, "themes", on_bad)
    notes = [*stage.made[0].totals["notes"]] if stage.made else []
    weights = {task.number: task.weight for task in tasks}
    notes += [
        f"Partition {bad.number}, {weights[bad.number]:,} articles, is left out: {bad.reason}"
        for bad in stage.refused
    ]
    labels = stage.made[0].totals["labels"] if stage.made else []
    return scores_of(
        list(_tables(store, stage.files)),
        labels,
        names={theme.id: theme.en for theme in Themes.model_validate(options["themes"]).theme},
        notes=notes,
    )


def _scored_here(
    store: Partitions, scorer: Scorer, themes: Themes, part: str | None
) -> ArticleScores:
    """Ask any scorer, a partition at a time; one that reads no text sees all ids at once."""
    if getattr(scorer, "looks_at_all", False):
        raise InputError(
            f"The scorer {scorer.name!r} looks at all passages at once and cannot be had by partition."
        )
    wanted = "body" if part is None else part
    parts: Iterator[Passages] = (store.passages(n, wanted) for n in range(len(store)))
    if not getattr(scorer, "reads_text", True):
        rows = [piece.table.drop(columns="text", errors="ignore") for piece in parts]
        parts = iter([Passages(pd.concat(rows, ignore_index=True))])
    sums, last, taught = [], None, ready(scorer, themes)
    for passages in parts:
        last = scored_by(taught, passages, themes)
        sums.append(sums_of(last))
    if last is None:
        raise InputError("The store holds no partition: there is nothing to score.")
    return scores_of(sums, list(last.table.columns), names=last.labels or {}, notes=last.notes)


def _tables(store: Partitions, files: dict[str, str]) -> Iterator[Any]:
    from syriatopics.scale.ledger import read_whole

    for name, sha256 in files.items():
        yield frame_of(read_whole(store.folder, name, sha256))


def _options(
    store: Partitions, method: str, lexicon: Themes, coded: str | Path | None, given: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what each task is told, and the files that it is given."""
    # What is wrong with it is said before anything is scored.
    scorer_of(method, coded=coded, themes=lexicon, **given)
    plain = lexicon.model_dump(mode="json", by_alias=True)
    options = {
        "method": method,
        "themes": plain,
        "given": given,
        "version": store.manifest["version"],
    }
    if coded is None:
        return options, {}
    name = f"{_CODED}{Path(coded).suffix}"
    write_atomically(store.folder / name, Path(coded).read_bytes())
    return options, {name: sha256_of(store.folder / name)}


def score(task: Task, files: Files) -> dict[str, Any]:
    """Score the passages of a partition, and add up by article."""
    passages = Passages(frame_of(files.read("passages/")))
    themes = Themes.model_validate(task.options["themes"])
    name = next((name for name in task.inputs if name.startswith(_CODED)), "")
    scorer = _ready(
        task.options["method"],
        themes.model_dump_json(by_alias=True),
        json.dumps(task.options["given"]),
        name,
        files.read(_CODED) if name else b"",
    )
    scores = scored_by(scorer, passages, themes)
    sums = sums_of(scores)
    files.write(f"themes/{task.number:05d}.parquet", parquet_of(sums))
    return {
        "articles": len(sums),
        "passages": len(passages),
        "labels": list(scores.table.columns),
        "notes": list(scores.notes),
    }


@lru_cache(maxsize=1)
def _ready(method: str, themes: str, given: str, name: str, content: bytes) -> Scorer:
    """Return a scorer that learns once in each process."""
    codebook, coded = Themes.model_validate_json(themes), None
    with unfinished_folder() as folder:
        if name:
            coded = folder / name
            coded.write_bytes(content)
        scorer = scorer_of(method, coded=coded, themes=codebook, **json.loads(given))
        return ready(scorer, codebook)
