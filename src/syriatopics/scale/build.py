"""From a source of any size to a counted store: split, put in order, parse, count."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from syriatopics import __version__
from syriatopics.arabic import ArabicAnalyzer
from syriatopics.corpus.passages import make_passages
from syriatopics.corpus.read.filenames import guess_pattern, read_pattern
from syriatopics.errors import InputError
from syriatopics.files import sha256_of, write_atomically
from syriatopics.scale.counting import (
    add_types,
    choose_vocabulary,
    count_terms_in,
    count_types,
    put_in_columns,
)
from syriatopics.scale.engine import open_engine
from syriatopics.scale.extras import union_of
from syriatopics.scale.ledger import taken_store
from syriatopics.scale.parts import Part, parts_of
from syriatopics.scale.passages import lay_documents, read_passages
from syriatopics.scale.press import forget_outlets, keep_outlets, publishers_of
from syriatopics.scale.stages import Run, Stage, require_choice
from syriatopics.scale.store import (
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    Partitions,
    open_store,
)
from syriatopics.scale.tables import parquet_of
from syriatopics.scale.totals import account

__all__ = ["build_store", "is_store"]

_SIZE = 2000


def build_store(
    source: str | Path,
    folder: str | Path,
    *,
    columns: Mapping[str, str | None] | None = None,
    metadata: str | Path | None = None,
    outlets: str | Path | None = None,
    filenames: str | None = None,
    unit: str | int = "paragraph",
    analyzer: ArabicAnalyzer | None = None,
    min_df: int | float = 2,
    max_df: int | float = 0.5,
    size: int = _SIZE,
    scheduler: str = "none",
    workers: int | None = None,
    on_bad: str = "error",
) -> Partitions:
    """Read, clean and count a corpus of any size, partition by partition; see :func:`.open_corpus`.

    What comes out is what :func:`syriatopics.read_corpus`, ``.passages(unit)`` and
    :func:`syriatopics.count_terms` give in memory, cut into partitions: the same passages in
    the same order, the same vocabulary, the same counts. Memory is that of one partition, plus
    the words of the corpus.
    """
    require_choice(on_bad)
    if filenames is not None:
        read_pattern(filenames)  # what is wrong with it is said before anything is read
    unit_name = make_passages([], unit).unit  # an unknown unit is said before anything is read
    if size < 1:
        raise InputError(f"size={size}: a partition holds one article or more.")
    parts = parts_of(Path(source).absolute())
    folder = Path(folder).absolute()
    with (
        taken_store(folder, MANIFEST, "the store"),
        open_engine(folder, scheduler, workers) as engine,
    ):
        run = Run(folder, engine, on_bad)
        press = keep_outlets(folder, outlets)
        pattern, said = _names(parts, filenames, folder, press)
        documents, met = lay_documents(run, parts, columns, metadata, press, size, pattern)
        read, recurring = read_passages(run, documents, press, unit)
        chosen = _fitted(run, read, analyzer)
        counts, common = _count(run, read, chosen, min_df, max_df)
        content = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "version": __version__,
            "unit": unit_name,
            "options": {"min_df": min_df, "max_df": max_df, "size": size, "on_bad": on_bad},
            "files": {**documents.files, **read.files, **counts.files, **common, **press},
            "extra": union_of(made.totals["extra"] for made in read.made),
            **recurring.said,
            **account(met, documents, read, counts),
        }
        content["notes"] = [*said, *content["notes"]]
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
        write_atomically(folder / MANIFEST, text.encode())
        forget_outlets(folder, press)
    return open_store(folder)


def is_store(path: Path) -> bool:
    """Say whether a folder is a store, or one that a run of ours began."""
    return (path / "records").is_dir() and any(
        (path / name).is_file() for name in (MANIFEST, ".lock")
    )


def _names(
    parts: Sequence[Part], filenames: str | None, folder: Path, press: Mapping[str, str]
) -> tuple[str | None, list[str]]:
    """Return what names of files say, and what is said of it: of many parts it is guessed once."""
    if filenames is not None or len(parts) == 1:
        return filenames, []
    known = publishers_of(str(folder), press)
    found = guess_pattern(
        [part.name for part in parts], lambda n: known.outlet_named(n) is not None
    )
    if found is None:
        return "*", []
    return found.text, [f"Names of files are read as {found.text}; filenames=… decides."]


def _fitted(run: Run, read: Stage, analyzer: ArabicAnalyzer | None) -> dict[str, str]:
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
    run: Run, read: Stage, chosen: dict[str, str], min_df: int | float, max_df: int | float
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
