"""Running a study: all its notebooks, and its figures only if every one of them ran through."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from syriatopics.errors import StudyError
from syriatopics.study.notebooks import execute_all, find_notebooks
from syriatopics.study.store import publish
from syriatopics.study.study import STAGING, Study, open_study

__all__ = ["check_figures", "run_study"]


def run_study(
    path: str | Path = "study.toml",
    *,
    folder: Path | None = None,
    tell: Callable[[str], None] = lambda message: None,
) -> Path:
    """Run the notebooks of a study and make its figures.

    Figures are made in a staging folder and moved when everything has run: if a notebook
    fails, the last good figures stand.

    Parameters
    ----------
    path : path
        The study.
    folder : Path, optional
        Where figures go instead of the study's own folder.
    tell : callable
        Is told about the progress, a line at a time.

    Returns
    -------
    Path
        The folder of the figures, with manifest.json.

    Raises
    ------
    StudyError
        If a notebook fails; the message names the cell, and the executed copy is kept.
    """
    study = open_study(path)
    notebooks = find_notebooks(study.folder / study.options.notebooks)
    build = study.folder / "build"
    build.mkdir(exist_ok=True)
    study.corpus  # noqa: B018 - bad input is told in one line before any kernel starts
    with tempfile.TemporaryDirectory(prefix="figures-", dir=build) as temporary:
        staged = Path(temporary) / "figures"
        runs = execute_all(
            notebooks,
            build / "notebooks",
            {"study_path": str(study.path)},
            {STAGING: str(staged)},
            tell=lambda run: tell(f"{run.name}: {run.error or 'done'}"),
        )
        failed = [run for run in runs if run.error]
        if failed:
            first = failed[0]
            raise StudyError(f"{first.name} failed: {first.error}. Its pages: {first.page}")
        target = folder or study.folder / study.options.figures.folder
        _finish(study, staged)
        publish(staged, target)
    return target


def _finish(study: Study, staged: Path) -> None:
    from syriatopics.study.store import FigureStore

    if not staged.is_dir():
        raise StudyError(f"No notebook of {study.path} made a figure.")
    FigureStore(staged, study.figures._header).write_manifest()
    shutil.rmtree(staged / ".records")


def check_figures(
    path: str | Path = "study.toml", tell: Callable[[str], None] = lambda message: None
) -> list[str]:
    """Make every figure again in a temporary folder and compare it with the manifest.

    Returns
    -------
    list of str
        What differs, one line each; empty when everything is the same to the byte.
    """
    study = open_study(path)
    old = _manifest(study.folder / study.options.figures.folder)
    with tempfile.TemporaryDirectory() as temporary:
        new = _manifest(run_study(path, folder=Path(temporary), tell=tell))
    return _differences(old, new)


def _manifest(folder: Path) -> dict[str, Any]:
    file = folder / "manifest.json"
    try:
        content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return content
    except (OSError, json.JSONDecodeError):
        raise StudyError(f"{file} is missing or no JSON: run the study first.") from None


def _differences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    lines = [
        f"{key}: {old.get(key)} in the manifest, {new.get(key)} now"
        for key in ("corpus_fingerprint", "random_state", "versions", "library")
        if old.get(key) != new.get(key)
    ]
    for name in sorted(set(old["figures"]) | set(new["figures"])):
        before, after = old["figures"].get(name), new["figures"].get(name)
        if before is None or after is None:
            lines.append(
                f"{name}: {'not in the manifest' if before is None else 'is not made any more'}"
            )
            continue
        changed = [s for s in before["sha256"] if before["sha256"][s] != after["sha256"].get(s)]
        if changed:
            lines.append(f"{name}: {', '.join(changed)} differ")
    return lines
