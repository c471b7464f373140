"""Fitted topics in a folder: JSON, npz and Parquet. Nothing in it is ever executed."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.corpus import Passages
from syriatopics.errors import InputError, ModelError
from syriatopics.files import folder_made_whole, read_json, require_free, sha256_of
from syriatopics.matrix import DocumentTermMatrix
from syriatopics.topics.fitted import FittedTopics
from syriatopics.topics.projection import Projection, projection_of

__all__ = ["FORMAT_VERSION", "load_topics", "save_topics"]

FORMAT = "syriatopics.FittedTopics"
FORMAT_VERSION = 2
_FILES = ("arrays.npz", "passages.parquet", "terms.parquet", "topics.parquet", "analyzer.json")


def save_topics(topics: FittedTopics, folder: str | Path) -> None:
    """Write fitted topics into a folder, whole or not at all.

    Parameters
    ----------
    topics : FittedTopics
    folder : path
        New, or a folder that holds saved topics, which are replaced.

    Raises
    ------
    InputError
        If the folder holds anything else.
    """
    folder = Path(folder)
    if not _is_ours(folder):
        require_free(folder, "the topics")
    with folder_made_whole(folder, replace=True) as staging:
        _write(topics, staging)


def load_topics(folder: str | Path) -> FittedTopics:
    """Read fitted topics that :meth:`FittedTopics.save` wrote.

    Raises
    ------
    InputError
        If there is no such folder, or it is no folder of saved topics.
    ModelError
        If a file is missing or damaged, or the format is of another version.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from syriatopics.corpus import load_seeds
    >>> from syriatopics.topics import NMF
    >>> topics = NMF(n_topics=3).fit(load_seeds().passages())
    >>> folder = pathlib.Path(tempfile.mkdtemp()) / "model"
    >>> topics.save(folder)
    >>> load_topics(folder).fingerprint == topics.fingerprint
    True
    """
    folder = Path(folder)
    manifest = _manifest(folder)
    if manifest.get("format_version") != FORMAT_VERSION:
        raise ModelError(
            f"{folder}: format version {manifest.get('format_version')!r}; this version of "
            f"syriatopics reads {FORMAT_VERSION}."
        )
    for name in _FILES:
        path = folder / name
        if not path.is_file():
            raise ModelError(f"{folder}: {name} is missing.")
        if sha256_of(path) != manifest.get("files", {}).get(name):
            raise ModelError(f"{folder}: {name} is damaged, or was changed after it was saved.")
    try:
        return _read(folder, manifest)
    except (KeyError, ValueError, TypeError, IndexError, OSError, zipfile.BadZipFile) as error:
        raise ModelError(f"{folder} holds topics that cannot be read: {error}") from error


def _write(topics: FittedTopics, folder: Path) -> None:
    counts = topics.dtm.counts
    arrays: dict[str, Any] = {
        "theta": topics.theta,
        "phi": topics.phi,
        "counts_data": counts.data,
        "counts_indices": counts.indices,
        "counts_indptr": counts.indptr,
    }
    if topics.mapping is not None:
        arrays["mapping"] = topics.mapping
    state = topics.projection.state() if topics.projection else {}
    plain = {}
    for name, value in state.items():
        if isinstance(value, np.ndarray):
            arrays[f"projection_{name}"] = value
        else:
            plain[name] = value
    np.savez_compressed(folder / "arrays.npz", **arrays)
    topics.dtm.passages.loaded().table.to_parquet(folder / "passages.parquet", index=False)
    terms = pd.DataFrame({"term": topics.terms.astype(str)})
    terms["display"] = [topics.dtm.display[term] for term in topics.terms]
    terms.to_parquet(folder / "terms.parquet", index=False)
    topics.table.to_parquet(folder / "topics.parquet", index=False)
    topics.dtm.analyzer.save(folder / "analyzer.json")
    manifest = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "model": topics.model,
        "fingerprint": topics.fingerprint,
        "notes": list(topics.notes),
        "unit": topics.dtm.passages.unit,
        "passage_notes": list(topics.dtm.passages.notes),
        "matrix_notes": list(topics.dtm.notes),
        "names": {str(t): list(label) for t, label in (topics.names or {}).items()},
        "projection": {"kind": topics.projection.kind if topics.projection else None, **plain},
        "files": {name: sha256_of(folder / name) for name in _FILES},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "topics.json").write_text(text, encoding="utf-8")


def _read(folder: Path, manifest: dict[str, Any]) -> FittedTopics:
    with np.load(folder / "arrays.npz", allow_pickle=False) as file:
        arrays = dict(file.items())
    passages = pd.read_parquet(folder / "passages.parquet")
    terms = pd.read_parquet(folder / "terms.parquet")
    table = pd.read_parquet(folder / "topics.parquet")
    shape = (len(passages), len(terms))
    counts = sparse.csr_matrix(
        tuple(arrays[f"counts_{part}"] for part in ("data", "indices", "indptr")), shape=shape
    )
    counts.check_format()
    n_topics = len(table)
    if arrays["theta"].shape != (shape[0], n_topics) or arrays["phi"].shape != (n_topics, shape[1]):
        raise ValueError("the shapes of θ, φ and the counts do not fit together")
    for column in ("date", "date_start", "date_end"):
        passages[column] = passages[column].astype("datetime64[s]")
    dtm = DocumentTermMatrix(
        counts=counts,
        terms=terms["term"].to_numpy(dtype=object),
        display=dict(zip(terms["term"], terms["display"], strict=True)),
        passages=Passages(passages, manifest["unit"], tuple(manifest["passage_notes"])),
        analyzer=ArabicAnalyzer.load(folder / "analyzer.json"),
        notes=tuple(manifest["matrix_notes"]),
    )
    topics = FittedTopics(
        table=table,
        notes=tuple(manifest["notes"]),
        theta=arrays["theta"],
        phi=arrays["phi"],
        dtm=dtm,
        model=manifest["model"],
        projection=_projection(dict(manifest["projection"]), arrays),
        mapping=arrays.get("mapping"),
        names={int(t): (ar, en) for t, (ar, en) in manifest["names"].items()} or None,
    )
    if topics.fingerprint != manifest["fingerprint"]:
        raise ValueError("the fingerprint is not that of the model")
    return topics


def _projection(plain: dict[str, Any], arrays: dict[str, Any]) -> Projection | None:
    kind = plain.pop("kind")
    if kind is None:
        return None
    prefix = "projection_"
    own = {name.removeprefix(prefix): a for name, a in arrays.items() if name.startswith(prefix)}
    return projection_of(kind, {**plain, **own})


def _manifest(folder: Path) -> dict[str, Any]:
    if not folder.is_dir():
        raise InputError(f"No saved topics at {folder}: there is no such folder.")
    try:
        manifest = read_json(folder / "topics.json")
        if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
            raise ValueError
    except (OSError, ValueError):
        raise InputError(f"{folder} is no folder of saved topics.") from None
    return manifest


def _is_ours(folder: Path) -> bool:
    try:
        _manifest(folder)
    except InputError:
        return False
    return {path.name for path in folder.iterdir()} <= {*_FILES, "topics.json"}
