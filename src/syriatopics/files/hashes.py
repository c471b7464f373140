"""What is in a file, and in the package itself, as hashes."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

__all__ = ["folder_hash", "package_hash", "sha256_of"]


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def package_hash() -> str:
    """Hash the package itself: who develops it must not see yesterday's results."""
    return folder_hash(Path(__file__).resolve().parents[1])


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
