"""The files of a folder that hold articles, wherever they stand in it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

__all__ = ["ARCHIVES", "PAGES", "TABLES", "TEXTS", "article_files", "bundle_files", "names_of"]

TEXTS = (".txt", ".md", ".text")
PAGES = (".html", ".htm", ".xhtml")
TABLES = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")
ARCHIVES = (".warc", ".warc.gz")
# Kinds that people keep articles in and that are not read: their number is said.
_PAPERS = frozenset((
    ".pdf", ".doc", ".docx", ".rtf", ".odt", ".epub", ".json", ".xml", ".xlsx", ".csv", ".tsv",
    ".jsonl", ".parquet", ".warc", ".gz", ".zip", ".mht",
))  # fmt: skip


def article_files(folder: Path, skipped: Counter[str], metadata: Path | None = None) -> list[Path]:
    """Return the files of a folder and its subfolders, in order.

    Links to folders are not followed, so that a loop of links ends; links that lead out of
    the folder are not read. What may hold articles and is not read is counted in `skipped`.
    """
    root = folder.resolve()
    found = []
    for place, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if Path(place, name).is_symlink()]
        if links:
            skipped["link to a folder"] += len(links)
        for name in sorted(files):
            path = Path(place, name)
            kind = path.suffix.lower()
            if name.startswith(".") or (metadata is not None and path.resolve() == metadata):
                continue
            if kind not in (*TEXTS, *PAGES):
                if kind in _PAPERS:
                    skipped[f"file of kind {kind}"] += 1
            elif _leads_out(path, root):
                skipped["link out of the folder"] += 1
            elif path.is_file():
                found.append(path)
    return sorted(found)


def bundle_files(folder: Path) -> list[Path]:
    """Return the tables and web archives of a folder and its subfolders, in order.

    Names that begin with a dot or an underscore are marks of the programs that wrote the others.
    """
    root = folder.resolve()
    packed = tuple(f"{ending}.gz" for ending in TABLES if ending != ".parquet")
    found = []
    for place, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        for name in files:
            path = Path(place, name)
            if name.startswith((".", "_")) or not name.lower().endswith(
                (*TABLES, *packed, *ARCHIVES)
            ):
                continue
            if path.is_file() and not _leads_out(path, root):
                found.append(path)
    return sorted(found)


def _leads_out(path: Path, root: Path) -> bool:
    if not path.is_symlink():
        return False
    try:
        return not path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):  # a broken link, or one that leads to itself
        return True


def names_of(files: list[Path], folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file with the id of its article.

    The name without its ending; where two files in different subfolders have the same one,
    their paths inside the folder.
    """
    stems = Counter(file.stem for file in files)
    for file in files:
        inside = file.relative_to(folder).with_suffix("")
        yield file, file.stem if stems[file.stem] == 1 else inside.as_posix()
