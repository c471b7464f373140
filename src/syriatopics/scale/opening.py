"""One way to a corpus, in memory or on the disk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.corpus import Corpus, read_corpus
from syriatopics.corpus.selection import Selection
from syriatopics.errors import InputError
from syriatopics.scale.build import build_store, is_store
from syriatopics.scale.store import open_store
from syriatopics.scale.stored import StoredCorpus

__all__ = ["open_corpus"]


def open_corpus(
    path: str | Path,
    *,
    store: str | Path | None = None,
    columns: Mapping[str, str | None] | None = None,
    metadata: str | Path | None = None,
    outlets: str | Path | None = None,
    filenames: str | None = None,
    selection: Selection | None = None,
    pages: str | Path | None = None,
    unit: str | int = "paragraph",
    analyzer: ArabicAnalyzer | None = None,
    min_df: int | float = 2,
    max_df: int | float = 0.5,
    size: int = 2000,
    scheduler: str = "none",
    workers: int | None = None,
    on_bad: str | None = None,
) -> Corpus:
    """Open a corpus of any size: a source, or a store of partitions on the disk.

    Every function takes either, and gives the same, to the last bit. Of a store the texts are read a
    partition at a time; in memory is what is known of articles and passages, and counts.

    Parameters
    ----------
    path : path
        A source as :func:`syriatopics.read_corpus` takes it, or a store.
    store : path, optional
        Read the source into this folder, in partitions: new, or one that this function wrote. A run
        that was ended goes on where it was.
    columns, metadata, outlets, filenames, selection, pages
        As in :func:`syriatopics.read_corpus`.
    unit : {"paragraph", "sentence", "article"} or int
        What is counted in the store; other passages are cut when they are asked for.
    analyzer : ArabicAnalyzer, optional
        By which the store is counted; by default one that is fitted on all passages.
    min_df, max_df : int or float
        As in :func:`syriatopics.count_terms`.
    size : int
        Articles in a partition. It changes no result.
    scheduler : str
        Where a store is worked on. "none": this process; "processes": processes beside it; or the
        address of a Dask scheduler, such as ``tcp://host:8786``. It changes no result.
    workers : int, optional
        How many processes; by default as many as there are processors.
    on_bad : {"skip", "error"}, optional
        Whether what cannot be read is left out, named and counted, or ends the reading; by default
        "skip" in memory, and "error" into a store, where a part or an id that comes twice is meant.

    Returns
    -------
    Corpus

    Raises
    ------
    CorpusError
        If the source, or a part of it, cannot be read.
    InputError
        If the folder of the store holds something else, or an option cannot be used.
    SchedulerError
        If the scheduler cannot be reached.

    Examples
    --------
    >>> import tempfile
    >>> from syriatopics.corpus.seeds import seeds_folder
    >>> folder = tempfile.mkdtemp() + "/store"
    >>> len(open_corpus(seeds_folder(), store=folder))
    5
    >>> open_corpus(folder).fingerprint == open_corpus(seeds_folder()).fingerprint
    True
    """
    read: dict[str, Any] = {
        "columns": columns, "metadata": metadata, "outlets": outlets, "filenames": filenames,
    }  # fmt: skip
    if is_store(Path(path)):
        asked = {**read, "pages": pages, "store": store}
        if said := [name for name, value in asked.items() if value]:
            raise InputError(f"{path} is a store, read already: leave {', '.join(said)} out.")
        return StoredCorpus(open_store(path), scheduler, workers, selection=selection)
    if store is None:
        return read_corpus(path, **read, selection=selection, pages=pages, on_bad=on_bad or "skip")
    if pages is not None:
        raise InputError("pages=… is for reading into memory: join them there, then `ingest`.")
    built = build_store(
        path, store, **read, unit=unit, analyzer=analyzer, min_df=min_df, max_df=max_df, size=size,
        scheduler=scheduler, workers=workers, on_bad=on_bad or "error",
    )  # fmt: skip
    return StoredCorpus(built, scheduler, workers, selection=selection)
