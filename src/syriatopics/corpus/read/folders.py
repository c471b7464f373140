"""The files of a folder that hold articles, wherever they stand in it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from syriatopics.corpus.read.boundary import Boundary
from syriatopics.corpus.read.contract import Sure
from syriatopics.corpus.read.piece import PACKED_ENDINGS, piece_of
from syriatopics.corpus.read.registry import WAYS_OUT, kinds, readers

__all__ = ["article_files", "is_bundle", "is_wanted", "names_of"]

# Kinds that hold many articles, and are read by themselves where a corpus is built in parts.
_BUNDLES = (
    ".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".warc", ".wacz", ".zip", ".tar", ".tgz",
    ".xlsx", ".ods",
)  # fmt: skip
# What a saved page brings along. Nobody looks inside.
_ASSETS = frozenset((
    ".css", ".js", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".woff", ".woff2",
    ".ttf", ".eot", ".mp4", ".mp3", ".map", ".avif", ".py", ".ipynb", ".toml", ".log", ".yml",
    ".yaml", ".r", ".cdx", ".cdxj",
))  # fmt: skip


def article_files(
    folder: Path, boundary: Boundary | None = None, metadata: Path | None = None
) -> list[Path]:
    """Return the files of a folder and its subfolders that hold articles, in order.

    Links to folders are not followed, so that a loop of links ends; links that lead out of
    the folder are not read. What may hold articles and is not read is told to the boundary.
    """
    account = boundary or Boundary()
    root = folder.resolve()
    found = []
    for place, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(n for n in folders if not n.startswith((".", "__MACOSX")))
        links = [name for name in folders if Path(place, name).is_symlink()]
        if links:
            account.left["link to a folder"] += len(links)
        for name in sorted(files):
            path = Path(place, name)
            # Marks of the programs that wrote the others begin with a dot or an underscore.
            if name.startswith((".", "_SUCCESS", "_common_metadata", "_metadata")):
                continue
            if metadata is not None and path.resolve() == metadata:
                continue
            if _wanted(path, root, account):
                found.append(path)
    return sorted(found)


def is_bundle(path: Path) -> bool:
    """Say whether a file is of a kind that holds many articles."""
    return _kind(path.name) in _BUNDLES


def is_wanted(name: str) -> bool:
    """Say whether a name in an archive may be that of an article: nobody looks inside."""
    kind = _kind(name)
    return kind not in _ASSETS and kind not in WAYS_OUT


def names_of(files: list[Path], folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file with the id of its article.

    The name without its ending; where two files in different subfolders have the same one,
    their paths inside the folder.
    """
    stems = Counter(file.stem for file in files)
    for file in files:
        inside = file.relative_to(folder).with_suffix("")
        yield file, file.stem if stems[file.stem] == 1 else inside.as_posix()


def _kind(name: str) -> str:
    path = PurePosixPath(name.lower())
    return PurePosixPath(path.stem).suffix if path.suffix in PACKED_ENDINGS else path.suffix


def _wanted(path: Path, root: Path, account: Boundary) -> bool:
    kind = _kind(path.name)
    if kind in _ASSETS:
        return False
    if _leads_out(path, root):
        account.left["link out of the folder"] += 1
        return False
    if not path.is_file():
        return False
    if kind in kinds():
        return True
    if kind in WAYS_OUT:
        account.skip(path, "", f"files of kind {kind} are not read: {WAYS_OUT[kind]}")
        return False
    # Pages are often saved under the name of their address, without an ending that tells.
    piece = account.attempt(path, "", piece_of, path)
    return piece is not None and any(r.sniff(piece.unpacked) >= Sure.SHAPED for r in readers())


def _leads_out(path: Path, root: Path) -> bool:
    if not path.is_symlink():
        return False
    try:
        return not path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):  # a broken link, or one that leads to itself
        return True
