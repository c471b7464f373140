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
from syriatopics.errors import StudyError
from syriatopics.escaping import guarded
from syriatopics.files import inside, write_atomically
from syriatopics.plots.style import style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["MANIFEST", "RECORDS", "FigureStore", "package_versions", "publish", "read_manifest"]

MANIFEST = "manifest.json"

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
        _write_manifest(self.folder, manifest)
        return manifest


def publish(staged: Path, folder: Path) -> None:
    """Move the figures of a finished run into their folder; what earlier runs made and it did not goes.

    What no manifest names is not ours, and stays. The manifest first names old and new figures,
    so that a run that is killed here leaves nothing that the next one does not know of.
    """
    made = {file.name for file in staged.iterdir() if file.is_file()}
    before = _figures_in(folder)
    if (staged / MANIFEST).is_file():
        new = read_manifest(staged)
        _write_manifest(folder, {**new, "figures": {**before, **new["figures"]}})
    for name in sorted(made - {MANIFEST}):
        write_atomically(folder / name, (staged / name).read_bytes())
    for name, figure in before.items():
        for suffix in figure["sha256"]:
            if suffix in _SUFFIXES and f"{name}.{suffix}" not in made:
                (folder / f"{name}.{suffix}").unlink(missing_ok=True)
    if MANIFEST in made:
        write_atomically(folder / MANIFEST, (staged / MANIFEST).read_bytes())
    shutil.rmtree(staged)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a folder of figures; every name in it is that of a file there.

    Raises
    ------
    StudyError
        If there is none, it cannot be read, or a name in it leads elsewhere.
    """
    file = folder / MANIFEST
    try:
        content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        names = [
            f"{n}.{s}"
            for n, f in content.setdefault("figures", {}).items()
            for s in ("csv", *f["sha256"])
        ]
    except (OSError, ValueError, RecursionError, TypeError, KeyError, AttributeError):
        raise StudyError(f"{file} is missing, or no manifest: run the study first.") from None
    for name in names:
        inside(folder, name, file, StudyError)
    return content


def _figures_in(folder: Path) -> dict[str, Any]:
    try:
        return dict(read_manifest(folder)["figures"])
    except StudyError:
        return {}


def _write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    encoded = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_atomically(folder / MANIFEST, encoded.encode())


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
    guarded(table).to_csv(
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
