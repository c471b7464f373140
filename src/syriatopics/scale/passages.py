"""From the parts of a source to the passages of partitions: split, put in order, parse."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from syriatopics import __version__
from syriatopics.files import sha256_of, write_atomically
from syriatopics.scale.ledger import Task, forget, key_of
from syriatopics.scale.parts import Part
from syriatopics.scale.plans import Plan, read_plan, write_plan
from syriatopics.scale.reading import learn_from_partitions, parse, settle
from syriatopics.scale.splitting import Order, gather, order_of, split
from syriatopics.scale.stages import Run, Stage, run_stage
from syriatopics.scale.totals import parts_table

__all__ = ["lay_documents", "read_passages"]


def lay_documents(
    run: Run,
    parts: Sequence[Part],
    columns: Mapping[str, str | None] | None,
    metadata: str | Path | None,
    outlets: Mapping[str, str],
    size: int,
    filenames: str | None = None,
) -> tuple[Stage, Mapping[str, Any]]:
    """Read the parts and lay the articles down in the order of their ids.

    Parameters
    ----------
    run : Run
    parts : sequence of Part
    columns, metadata, filenames
        As in :func:`syriatopics.read_corpus`.
    outlets : mapping of str to str
        The user's own list in the store with its hash, or nothing (see :mod:`.press`).
    size : int
        Articles in a partition.

    Returns
    -------
    documents : Stage
    met : mapping
        What the parts held, for the account.
    """
    known = sha256_of(Path(metadata)) if metadata is not None and Path(metadata).is_file() else None
    common = {
        "columns": dict(columns) if columns else None,
        "metadata": str(Path(metadata).absolute()) if metadata is not None else None,
        "metadata_content": known,
        "filenames": filenames,
        "version": __version__,
    }
    tasks = [
        Task(str(run.folder), "runs", number, outlets, {**common, **part.as_options()})
        for number, part in enumerate(parts)
    ]
    key = key_of([task.key for task in tasks], size, run.on_bad)
    plan = read_plan(run.folder, "documents", key)
    if plan is None or plan.missing():
        laid = run.stage(split, tasks, "read")
        said = parts_table(parts, laid)
        order = order_of(run.folder, list(laid.files), size, run.on_bad)
        plan = write_plan(
            run.folder,
            "documents",
            key,
            _gathering(run, order, key),
            {**said, "order": order.said()},
        )
    documents = run.stage(gather, plan.tasks, "put in order")
    forget(run.folder, "runs")
    return documents, plan.said


def _gathering(run: Run, order: Order, key: str) -> list[Task]:
    return [
        Task(
            str(run.folder),
            "documents",
            number,
            {},
            {"stretches": [list(s) for s in stretches], "renamed": renamed, "source": key},
            size,
        )
        for number, (stretches, renamed, size) in enumerate(
            zip(order.partitions, order.renamed, order.sizes, strict=True)
        )
    ]


def read_passages(
    run: Run,
    documents: Stage,
    outlets: Mapping[str, str],
    unit: str | int,
    known: Sequence[tuple[str | None, Sequence[str]]] | None = None,
) -> tuple[Stage, Plan]:
    """Parse the articles, and those again that hold lines which recur, or are known to."""
    options = {"unit": unit, "version": __version__}
    parsing = run.tasks("parsed", documents, ["documents/"], options, **outlets)
    key = key_of([task.key for task in parsing], *([] if known is None else [known]))
    plan = read_plan(run.folder, "passages", key)
    if plan is None:
        parsed = run.stage(parse, parsing, "clean")
        recurring, keys = learn_from_partitions(run.folder, parsed.made)
        said = {"recurring": keys, "lines": json.loads(recurring.table.to_json(orient="records"))}
        text = json.dumps(keys if known is None else known, ensure_ascii=False)
        write_atomically(run.folder / "recurring.json", text.encode())
        plan = write_plan(
            run.folder, "passages", key, _settling(run, documents, parsed, outlets, unit), said
        )
    elif missing := plan.missing():
        run_stage(
            run.engine, parse, [t for t in parsing if t.number in missing], "clean", run.on_bad
        )
    read = run.stage(settle, plan.tasks, "passages")
    forget(run.folder, "parsed")
    return read, plan


def _settling(
    run: Run, documents: Stage, parsed: Stage, outlets: Mapping[str, str], unit: str | int
) -> list[Task]:
    recurring = {"recurring.json": sha256_of(run.folder / "recurring.json")}
    held = {made.number: made.files for made in documents.made}
    return [
        Task(
            str(run.folder),
            "passages",
            made.number,
            {**made.files, **held[made.number], **recurring, **outlets},
            {"unit": unit, "totals": made.totals},
            made.totals["articles"],
        )
        for made in parsed.made
    ]
