"""Figures to the byte: each as SVG and PNG beside the CSV that it draws, and a manifest."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriatopics import __version__
from syriatopics.files import write_atomically
from syriatopics.plots.style import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["RECORDS", "FigureStore", "package_versions", "publish"]

# Holds one file for each figure until the manifest is assembled from them.
RECORDS = ".records"

_PACKAGES = ("bertopic", "camel-tools", "matplotlib", "numpy", "pandas", "scikit-learn", "scipy")
_SUFFIXES = ("csv", "pdf", "png", "svg")


class FigureStore:
    """A folder of figures with its manifest.

    Parameters
    ----------
    folder : Path
    header : mapping
        What every figure shares: corpus fingerprint, random state, command.
    formats : sequence of {"svg", "png", "pdf"}
        In which figures are written, beside their table.
    settings : mapping, optional
        Of matplotlib, on top of the style of the package.
    """

    def __init__(
        self,
        folder: Path,
        header: Mapping[str, Any],
        formats: Sequence[str] = ("svg", "png"),
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self.folder = folder
        self.header = dict(header)
        self.formats = tuple(formats)
        self.settings = dict(settings or {})

    def save(
        self, name: str, figure: Figure | None, table: pd.DataFrame, record: Mapping[str, Any]
    ) -> None:
        """Write a table and the figure of it, if there is one, and put them into the manifest.

        The CSV holds six decimals and Unix line ends; no file holds a date.
        """
        fingerprint = str(self.header.get("corpus_fingerprint", ""))[:16]
        about = f"{name}; corpus {fingerprint}; {self.header.get('command', '')}"
        contents = {"csv": _csv(table)}
        if figure is not None:
            with style(**self.settings):
                contents |= {format_: _drawn(figure, format_, about) for format_ in self.formats}
        for suffix, content in contents.items():
            write_atomically(self.folder / f"{name}.{suffix}", content)
        hashes = {suffix: hashlib.sha256(c).hexdigest() for suffix, c in contents.items()}
        entry = {**record, "rows": len(table), "sha256": hashes}
        encoded = json.dumps(entry, ensure_ascii=False, indent=1, sort_keys=True, default=str)
        write_atomically(self._records / f"{name}.json", encoded.encode())
        self.write_manifest()

    @property
    def _records(self) -> Path:
        return self.folder / RECORDS

    def write_manifest(self) -> dict[str, Any]:
        """Assemble manifest.json from the records of all figures, and return it."""
        figures = {
            record.stem: json.loads(record.read_text(encoding="utf-8"))
            for record in sorted(self._records.glob("*.json"))
        }
        manifest = {
            "library": {"name": "syriatopics", "version": __version__},
            "versions": package_versions(),
            **self.header,
            "figures": figures,
        }
        encoded = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        write_atomically(self.folder / "manifest.json", encoded.encode())
        return manifest


def publish(staged: Path, folder: Path) -> None:
    """Move the figures of a finished run into their folder; what the run did not make goes."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {file.name for file in staged.iterdir() if file.is_file()}
    for name in sorted(made):
        write_atomically(folder / name, (staged / name).read_bytes())
    for old in folder.iterdir():
        if old.suffix[1:] in _SUFFIXES and old.name not in made:
            old.unlink()
    shutil.rmtree(staged)


def package_versions() -> dict[str, str]:
    """Return the versions on which the bytes of a figure depend."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _csv(table: pd.DataFrame) -> bytes:
    text = StringIO()
    table.to_csv(
        text, index=False, float_format="%.6f", lineterminator="\n", date_format="%Y-%m-%d"
    )
    return text.getvalue().encode("utf-8")


# No date and no version of the program: the same figure is the same bytes.
_METADATA: dict[str, dict[str, str | None]] = {
    "svg": {"Date": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
_ABOUT = {"svg": "Description", "png": "Description", "pdf": "Subject"}


def _drawn(figure: Figure, format_: str, about: str) -> bytes:
    buffer = BytesIO()
    metadata = {**_METADATA[format_], _ABOUT[format_]: about}
    figure.savefig(buffer, format=format_, metadata=metadata)
    return buffer.getvalue()
