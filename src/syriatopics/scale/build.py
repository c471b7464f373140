"""From a source of any size to a counted store: split, put in order, parse, count."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syriatopics import __version__
from syriatopics.arabic import ArabicAnalyzer
from syriatopics.corpus.passages import make_passages
from syriatopics.errors import InputError
from syriatopics.files import sha256_of, write_atomically
from syriatopics.scale.counting import (
    add_types,
    choose_vocabulary,
    count_terms_in,
    count_types,
    put_in_columns,
)
from syriatopics.scale.engine import Engine, open_engine
from syriatopics.scale.ledger import Task, forget, key_of
from syriatopics.scale.parts import Part, parts_of
from syriatopics.scale.plans import Plan, read_plan, write_plan
from syriatopics.scale.reading import learn_from_partitions, parse, settle
from syriatopics.scale.splitting import Order, gather, order_of, split
from syriatopics.scale.stages import Stage, require_choice, run_stage
from syriatopics.scale.store import (
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    Partitions,
    open_partitions,
    taken,
)
from syriatopics.scale.tables import parquet_of
from syriatopics.scale.totals import account, parts_table

__all__ = ["build_partitions"]

_SIZE = 2000


@dataclass(frozen=True)
class _Run:
    """What every stage of one run needs."""

    folder: Path
    engine: Engine
    on_bad: str

    def stage(self, step: Any, tasks: Sequence[Task], said: str) -> Stage:
        return run_stage(self.engine, step, tasks, said, self.on_bad)

    def tasks(
        self,
        stage: str,
        before: Stage,
        kinds: Sequence[str],
        options: Mapping[str, Any],
        **more: Any,
    ) -> list[Task]:
        """Make a task for each partition that stands, reading some files of the stage before."""
        tasks = []
        for made in before.made:
            inputs = {
                name: sha for name, sha in made.files.items() if name.startswith(tuple(kinds))
            }
            weight = int(made.totals.get("articles", 1))
            tasks.append(
                Task(str(self.folder), stage, made.number, {**inputs, **more}, options, weight)
            )
        return tasks


def build_partitions(
    source: str | Path,
    folder: str | Path,
    *,
    columns: Mapping[str, str | None] | None = None,
    metadata: str | Path | None = None,
    unit: str | int = "paragraph",
    analyzer: ArabicAnalyzer | None = None,
    min_df: int | float = 2,
    max_df: int | float = 0.5,
    size: int = _SIZE,
    scheduler: str = "none",
    workers: int | None = None,
    on_bad: str = "stop",
) -> Partitions:
    """Read, clean and count a corpus of any size, partition by partition.

    What comes out is what :func:`syriatopics.read_corpus`, ``.passages(unit)`` and
    :func:`syriatopics.count_terms` give in memory, cut into partitions: the same passages in
    the same order, the same vocabulary, the same counts. Memory is that of one partition, plus
    the words of the corpus. A run that was ended goes on where it was.

    Parameters
    ----------
    source : path
        As in :func:`syriatopics.read_corpus`, or a folder of tables or web archives.
    folder : path
        Of the store: new, or one that this function wrote.
    columns, metadata
        As in :func:`syriatopics.read_corpus`.
    unit : {"paragraph", "sentence", "article"} or int
        What a passage is.
    analyzer : ArabicAnalyzer, optional
        A fitted analyzer is used as it is; an unfitted one, and the default one, is fitted on
        all passages.
    min_df, max_df : int or float
        As in :func:`syriatopics.count_terms`.
    size : int
        Articles in a partition. It changes no result.
    scheduler : str
        "none": this process; "processes": processes beside it; or the address of a Dask
        scheduler, such as ``tcp://host:8786``. It changes no result.
    workers : int, optional
        How many processes; by default as many as there are processors.
    on_bad : {"stop", "skip"}
        Whether a part that cannot be read, or an id that comes twice, ends the run, or is left
        out, named and counted.

    Returns
    -------
    Partitions

    Raises
    ------
    CorpusError
        If the source, or a part of it, cannot be read.
    InputError
        If the folder holds something else, or an option cannot be used.
    SchedulerError
        If the scheduler cannot be reached.

    Examples
    --------
    >>> import tempfile
    >>> from syriatopics.corpus.seeds import seeds_folder
    >>> store = build_partitions(seeds_folder(), tempfile.mkdtemp() + "/store", size=2)
    >>> [part.shape[0] > 0 for part in store]
    [True, True, True]
    """
    require_choice(on_bad)
    unit_name = make_passages([], unit).unit  # an unknown unit is said before anything is read
    if size < 1:
        raise InputError(f"size={size}: a partition holds one article or more.")
    parts = parts_of(Path(source).absolute())
    folder = Path(folder).absolute()
    with _mine(folder), open_engine(folder, scheduler, workers) as engine:
        run = _Run(folder, engine, on_bad)
        documents, met = _documents(run, parts, columns, metadata, size)
        read, recurring = _read(run, documents, unit)
        chosen = _fitted(run, read, analyzer)
        counts, common = _count(run, read, chosen, min_df, max_df)
        content = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "version": __version__,
            "unit": unit_name,
            "options": {"min_df": min_df, "max_df": max_df, "size": size, "on_bad": on_bad},
            "files": {**documents.files, **read.files, **counts.files, **common},
            **recurring.said,
            **account(met, documents, read, counts),
        }
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
        write_atomically(folder / MANIFEST, text.encode())
    return open_partitions(folder)


@contextmanager
def _mine(folder: Path) -> Iterator[None]:
    """Take the folder for this run alone."""
    ours = (folder / MANIFEST).exists() or (folder / "records").is_dir()
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file: name a folder for the store.")
    if folder.exists() and not ours and any(folder.iterdir()):
        raise InputError(f"{folder} holds something else: name a new folder for the store.")
    (folder / "records").mkdir(parents=True, exist_ok=True)
    with taken(folder):
        yield


def _documents(
    run: _Run,
    parts: Sequence[Part],
    columns: Mapping[str, str | None] | None,
    metadata: str | Path | None,
    size: int,
) -> tuple[Stage, Mapping[str, Any]]:
    """Read the parts and lay the articles down in the order of their ids."""
    known = sha256_of(Path(metadata)) if metadata is not None and Path(metadata).is_file() else None
    common = {
        "columns": dict(columns) if columns else None,
        "metadata": str(Path(metadata).absolute()) if metadata is not None else None,
        "metadata_content": known,
        "lenient": run.on_bad == "skip",
        "version": __version__,
    }
    tasks = [
        Task(str(run.folder), "runs", number, {}, {**common, **part.as_options()})
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


def _gathering(run: _Run, order: Order, key: str) -> list[Task]:
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


def _read(run: _Run, documents: Stage, unit: str | int) -> tuple[Stage, Plan]:
    """Parse the articles, and those again that hold lines which recur."""
    parsing = run.tasks("parsed", documents, ["documents/"], {"unit": unit, "version": __version__})
    key = key_of([task.key for task in parsing])
    plan = read_plan(run.folder, "passages", key)
    if plan is None:
        parsed = run.stage(parse, parsing, "clean")
        recurring, keys = learn_from_partitions(run.folder, parsed.made)
        said = {"recurring": keys, "lines": json.loads(recurring.table.to_json(orient="records"))}
        text = json.dumps(keys, ensure_ascii=False)
        write_atomically(run.folder / "recurring.json", text.encode())
        plan = write_plan(
            run.folder, "passages", key, _settling(run, documents, parsed, unit), said
        )
    elif missing := plan.missing():
        run_stage(
            run.engine, parse, [t for t in parsing if t.number in missing], "clean", run.on_bad
        )
    read = run.stage(settle, plan.tasks, "passages")
    forget(run.folder, "parsed")
    return read, plan


def _settling(run: _Run, documents: Stage, parsed: Stage, unit: str | int) -> list[Task]:
    recurring = {"recurring.json": sha256_of(run.folder / "recurring.json")}
    held = {made.number: made.files for made in documents.made}
    return [
        Task(
            str(run.folder),
            "passages",
            made.number,
            {**made.files, **held[made.number], **recurring},
            {"unit": unit, "totals": made.totals},
            made.totals["articles"],
        )
        for made in parsed.made
    ]


def _fitted(run: _Run, read: Stage, analyzer: ArabicAnalyzer | None) -> dict[str, str]:
    """Write the analyzer into the store, fitted on all passages; return its hash."""
    analyzer = ArabicAnalyzer() if analyzer is None else analyzer
    if not hasattr(analyzer, "counts_"):
        types = run.stage(
            count_types, run.tasks("types", read, ["passages/"], {"version": __version__}), "words"
        )
        analyzer = ArabicAnalyzer(**analyzer.get_params()).fit_counts(
            add_types(run.folder, types.made)
        )
    path = run.folder / "analyzer.json"
    analyzer.save(path)
    return {"analyzer.json": sha256_of(path), **_lists(analyzer)}


def _lists(analyzer: ArabicAnalyzer) -> dict[str, str]:
    """Return the hashes of the user's own lists, on which the terms rest too."""
    options = analyzer.get_params().values()
    paths = [Path(v) for v in options if isinstance(v, Path) or str(v).endswith(".toml")]
    return {str(path): sha256_of(path) for path in paths}


def _count(
    run: _Run, read: Stage, chosen: dict[str, str], min_df: int | float, max_df: int | float
) -> tuple[Stage, dict[str, str]]:
    """Count the terms, choose the vocabulary, and put the counts into its columns."""
    options = {"analyzer": chosen["analyzer.json"], "lists": chosen, "version": __version__}
    terms = run.stage(count_terms_in, run.tasks("terms", read, ["passages/"], options), "terms")
    n = read.total("passages")
    words = choose_vocabulary(run.folder, terms.made, min_df, max_df, n)
    analyzer = ArabicAnalyzer.load(run.folder / "analyzer.json")
    words.insert(1, "display", [analyzer.display(term) for term in words["term"]])
    write_atomically(run.folder / "vocabulary.parquet", parquet_of(words))
    vocabulary = {"vocabulary.parquet": sha256_of(run.folder / "vocabulary.parquet")}
    counts = run.stage(
        put_in_columns, run.tasks("counts", terms, ["terms/"], {}, **vocabulary), "counts"
    )
    return counts, {**vocabulary, "analyzer.json": chosen["analyzer.json"]}
