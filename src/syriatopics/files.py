"""Files and folders that are never half written, and what is in them."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

__all__ = ["folder_hash", "folder_made_whole", "package_hash", "sha256_of", "write_atomically"]


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def folder_made_whole(folder: Path, *, replace: bool = False) -> Iterator[Path]:
    """Give a folder to write into, which takes the place of `folder` when all went well.

    If anything fails, what stood there stands, and nothing else is left behind. Without
    `replace` only an empty folder gives way.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        yield staging
        staging.chmod(0o755)
        if folder.exists():
            (shutil.rmtree if replace else Path.rmdir)(folder)
        staging.replace(folder)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def package_hash() -> str:
    """Hash the package itself: who develops it must not see yesterday's results."""
    return folder_hash(Path(__file__).resolve().parent)


def folder_hash(package: Path) -> str:
    """Hash all files of a package: templates and scripts are as much of it as code.

    Seeds and notebooks that a wheel carries (``_data``) are a study's own, hashed where it is read.
    """
    digest = hashlib.sha256()
    for file in sorted(package.rglob("*")):
        inside = file.relative_to(package)
        if file.is_file() and not {"_data", "__pycache__"} & set(inside.parts):
            digest.update(inside.as_posix().encode() + b"\x1e")
            digest.update(file.read_bytes() + b"\x1e")
    return digest.hexdigest()
