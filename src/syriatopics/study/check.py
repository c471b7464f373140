"""Are the figures of a study still those that its notebooks make?

Where the versions agree, files are compared byte by byte. Where they do not, pictures may
differ in a pixel; then the tables behind them are compared with a tolerance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from syriatopics.files import sha256_of, unfinished_folder
from syriatopics.study.run import run_study
from syriatopics.study.store import package_versions, read_manifest
from syriatopics.study.study import Study, open_study

__all__ = ["check_figures", "compare_figures", "remake_figures"]

# Tables hold six decimals; other versions may round the last differently after long sums.
_RELATIVE, _ABSOLUTE = 1e-3, 1e-5


def check_figures(
    study: Study | str | Path = "study.toml", tell: Callable[[str], None] = lambda message: None
) -> list[str]:
    """Compare the figures of a study with their manifest, and the manifest with the study.

    Nothing is made again, so that it takes as long as reading the corpus: :func:`remake_figures`
    says whether the notebooks would still make the same.

    Parameters
    ----------
    study : Study or path
        Of an opened study the corpus is not read again.
    tell : callable
        Is told where the manifest was made with other versions of libraries.

    Returns
    -------
    list of str
        What differs and how, one line each; empty when everything is the same.
    """
    study = study if isinstance(study, Study) else open_study(study)
    folder = study.folder / study.options.figures.folder
    manifest = read_manifest(folder)
    now = {**study.figures.header, "versions": package_versions()}
    _tell_versions(manifest, now, tell, "The figures were made with other versions")
    stale = (_on_disk(folder, name, figure) for name, figure in manifest["figures"].items())
    return [*_headers(manifest, now), *filter(None, stale)]


def remake_figures(
    path: str | Path = "study.toml", tell: Callable[[str], None] = lambda message: None
) -> list[str]:
    """Make every figure again in a temporary folder and compare it with the manifest.

    Parameters
    ----------
    path : path
        The study.
    tell : callable
        Is told about the progress, a line at a time.

    Returns
    -------
    list of str
        What differs and how, one line each; empty when everything is the same.
    """
    study = open_study(path)
    old = study.folder / study.options.figures.folder
    read_manifest(old)
    with unfinished_folder() as temporary:
        new = temporary / "figures"
        run_study(path, folder=new, build=temporary / "build", report=False, tell=tell)
        return compare_figures(old, new, tell)


def compare_figures(
    old: Path,
    new: Path,
    tell: Callable[[str], None] = lambda message: None,
    *,
    exact: bool | None = None,
) -> list[str]:
    """Compare two folders of figures by their manifests.

    Parameters
    ----------
    old, new : Path
    tell : callable
        Is told when tables are compared with a tolerance.
    exact : bool, optional
        Whether bytes are compared; by default where the versions agree. Another processor
        can change the last digits of a model although the versions agree.

    Returns
    -------
    list of str
        One line for each thing that differs.
    """
    before, after = read_manifest(old), read_manifest(new)
    lines = list(_headers(before, after))
    to_the_byte = before.get("versions") == after.get("versions") if exact is None else exact
    _tell_versions(before, after, tell, "Tables are compared with a tolerance, pictures are not")
    for name in sorted(set(before["figures"]) | set(after["figures"])):
        if name not in before["figures"]:
            lines.append(f"{name}: not in the manifest")
        elif name not in after["figures"]:
            lines.append(f"{name}: is not made any more")
        else:
            lines += _compare(old, new, name, before["figures"][name], to_the_byte)
    return lines


def _headers(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """Say what was the corpus and the seed, where it was another."""
    for key in ("corpus_fingerprint", "random_state"):
        if before.get(key) != after.get(key):
            yield f"{key}: {before.get(key)} in the manifest, {after.get(key)} now"


def _on_disk(folder: Path, name: str, record: Mapping[str, Any]) -> str:
    """Say which files of a figure are not those that the manifest names, or nothing."""
    digests = sorted(record["sha256"].items())
    stale = [suffix for suffix, digest in digests if _sha(folder, name, suffix) != digest]
    return f"{name}: {', '.join(stale)} on disk: not what the manifest says" if stale else ""


def _compare(
    old: Path, new: Path, name: str, record: dict[str, Any], to_the_byte: bool
) -> Iterator[str]:
    stale = _on_disk(old, name, record)
    if stale:
        yield stale
    differing = [s for s in sorted(record["sha256"]) if _sha(old, name, s) != _sha(new, name, s)]
    table = _table_difference(old / f"{name}.csv", new / f"{name}.csv", exact=to_the_byte)
    if table:
        yield f"{name}: {table}"
    elif differing and to_the_byte and not stale:
        yield f"{name}: {', '.join(differing)} differ; the table is the same"


def _table_difference(old: Path, new: Path, *, exact: bool) -> str:
    """Say how two tables differ, or nothing."""
    if not old.is_file() or not new.is_file():
        return f"{(new if old.is_file() else old).name} is missing"
    if old.read_bytes() == new.read_bytes():
        return ""
    a, b = (pd.read_csv(file, dtype=str, keep_default_na=False) for file in (old, new))
    if list(a.columns) != list(b.columns):
        return f"columns were {', '.join(a.columns)}; they are {', '.join(b.columns)}"
    if len(a) != len(b):
        return f"{len(a)} rows in the manifest, {len(b)} now"
    told = [text for column in a.columns if (text := _column(a[column], b[column], exact))]
    return "; ".join(told)


def _column(a: pd.Series[str], b: pd.Series[str], exact: bool) -> str:
    changed = (a != b).to_numpy(copy=True)
    x, y = (pd.to_numeric(column, errors="coerce").to_numpy(dtype=float) for column in (a, b))
    numeric = ~np.isnan(x) & ~np.isnan(y)
    if not exact:
        changed &= ~(numeric & np.isclose(x, y, rtol=_RELATIVE, atol=_ABSOLUTE))
    if not changed.any():
        return ""
    first = int(np.flatnonzero(changed)[0])
    text = f"{changed.sum()} of {len(a)} values of {a.name!r} differ"
    text += f" (row {first}: {a.iloc[first]!r} → {b.iloc[first]!r})"
    both = changed & numeric
    return text + (f", by up to {np.abs(x - y)[both].max():.6g}" if both.any() else "")


def _tell_versions(
    before: Mapping[str, Any], after: Mapping[str, Any], tell: Callable[[str], None], what: str
) -> None:
    old, new = before.get("versions", {}), after.get("versions", {})
    names = sorted(n for n in {*old, *new} if old.get(n) != new.get(n))
    changed = ", ".join(f"{n} {old.get(n, '–')} → {new.get(n, '–')}" for n in names)
    if changed:
        tell(f"{what}: {changed}.")


def _sha(folder: Path, name: str, suffix: str) -> str:
    file = folder / f"{name}.{suffix}"
    return sha256_of(file) if file.is_file() else "missing"
