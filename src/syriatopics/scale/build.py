"""From a source of any size to a counted store: split, put in order, parse, count."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    strange_terms,
)
from syriatopics.scale.engine import open_engine
from syriatopics.scale.extras import union_of
from syriatopics.scale.learned import Learned
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

__all__ = ["Counted", "build_store", "count_documents", "is_store", "write_manifest"]

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
    learned: Learned | None = None,
) -> Partitions:
    """Read, clean and count a corpus of any size, partition by partition; see :func:`.open_corpus`.

    What comes out is what :func:`syriatopics.read_corpus`, ``.passages(unit)`` and
    :func:`syriatopics.count_terms` give in memory, cut into partitions: the same passages in
    the same order, the same vocabulary, the same counts. Memory is that of one partition, plus
    the words of the corpus. With `learned`, lines that recur, analyzer and vocabulary are those of
    another store, and nothing is learned.
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
        _refuse_grown(folder)
        run = Run(folder, engine, on_bad)
        press = keep_outlets(folder, outlets)
        pattern, said = _names(parts, filenames, folder, press)
        documents, met = lay_documents(run, parts, columns, metadata, press, size, pattern)
        options = {"min_df": min_df, "max_df": max_df, "size": size, "on_bad": on_bad}
        counted = count_documents(run, documents, press, unit, analyzer, options, learned)
        content = {"unit": unit_name, **counted.content(met, said)}
        content["files"] |= press
        write_manifest(folder, content)
        forget_outlets(folder, press)
    return open_store(folder)


def _refuse_grown(folder: Path) -> None:
    """Refuse to read a source into a store to which articles were added: they would be gone."""
    path = folder / MANIFEST
    try:
        added = open_store(folder).manifest.get("added") if path.is_file() else None
    except InputError:
        return  # what cannot be opened is made again
    if added:
        raise InputError(
            f"{folder} has grown by {added[-1]['source']}: reading the first source again would lose it. "
            "`syriatopics add STORE --refit` learns anew from all; or take another folder."
        )


@dataclass(frozen=True)
class Counted:
    """What came of the documents: passages, counts, and what was learned on the way."""

    documents: Stage
    read: Stage
    counts: Stage
    files: Mapping[str, str]
    options: Mapping[str, Any]
    said: Mapping[str, Any]

    def content(self, met: Mapping[str, Any], notes: Sequence[str] = ()) -> dict[str, Any]:
        """Return what the manifest tells; `met` is what the parts of the source held."""
        added_up = account(met, self.documents, self.read, self.counts)
        files = (self.documents.files, self.read.files, self.counts.files, self.files)
        return {
            "options": dict(self.options),
            "files": {name: sha for held in files for name, sha in held.items()},
            "extra": union_of(made.totals["extra"] for made in self.read.made),
            **self.said,
            **added_up,
            "notes": [*notes, *added_up["notes"]],
        }


def count_documents(
    run: Run,
    documents: Stage,
    press: Mapping[str, str],
    unit: str | int,
    analyzer: ArabicAnalyzer | None,
    options: Mapping[str, Any],
    learned: Learned | None = None,
) -> Counted:
    """Parse the documents of a store and count their terms."""
    known = None if learned is None else learned.recurring
    read, plan = read_passages(run, documents, press, unit, known)
    chosen = _fitted(run, read, analyzer if learned is None else learned.analyzer)
    terms = None if learned is None else learned.terms
    counts, common, counted = _count(run, read, chosen, options, terms)
    said = dict(plan.said)
    if learned is not None:
        held = {(outlet, key) for outlet, keys in learned.recurring for key in keys}
        found = ((outlet, key) for outlet, keys in said["recurring"] for key in keys)
        counted["lines"] = [key for outlet, key in found if (outlet, key) not in held]
        said = {"recurring": learned.recurring, "lines": learned.lines}
    return Counted(documents, read, counts, common, options, {**said, "counted": counted})


def write_manifest(folder: Path, content: Mapping[str, Any]) -> None:
    """Write the manifest of a store: from now on it is what the manifest says."""
    head = {"format": FORMAT, "format_version": FORMAT_VERSION, "version": __version__}
    text = json.dumps({**head, **content}, ensure_ascii=False, indent=1, sort_keys=True)
    write_atomically(folder / MANIFEST, text.encode())


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
    run: Run,
    read: Stage,
    chosen: dict[str, str],
    limits: Mapping[str, Any],
    known: Sequence[str] | None,
) -> tuple[Stage, dict[str, str], dict[str, Any]]:
    """Count the terms, choose the vocabulary, and put the counts into its columns."""
    options = {"analyzer": chosen["analyzer.json"], "lists": chosen, "version": __version__}
    terms = run.stage(count_terms_in, run.tasks("terms", read, ["passages/"], options), "terms")
    n, least = read.total("passages"), limits["min_df"]
    words = choose_vocabulary(run.folder, terms.made, least, limits["max_df"], n, known)
    analyzer = ArabicAnalyzer.load(run.folder / "analyzer.json")
    words.insert(1, "display", [analyzer.display(term) for term in words["term"]])
    write_atomically(run.folder / "vocabulary.parquet", parquet_of(words))
    vocabulary = {"vocabulary.parquet": sha256_of(run.folder / "vocabulary.parquet")}
    counts = run.stage(
        put_in_columns, run.tasks("counts", terms, ["terms/"], {}, **vocabulary), "counts"
    )
    said: dict[str, Any] = {"read": terms.total("tokens"), "counted": counts.total("tokens")}
    if known is not None:
        fewest = least if isinstance(least, int) else max(2, round(least * n))
        said["strange"] = strange_terms(run.folder, terms.made, known, fewest)
    return counts, {**vocabulary, "analyzer.json": chosen["analyzer.json"]}, said
