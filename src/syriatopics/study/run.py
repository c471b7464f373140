"""Running a study: its notebooks, and its figures only if every one of them ran through."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

from syriatopics import extras
from syriatopics.errors import StudyError
from syriatopics.files import clear_unfinished, move_files, taken, unfinished_folder
from syriatopics.study.beside import begun
from syriatopics.study.claims import card_files, claims_state, register_claims, write_claims
from syriatopics.study.notebooks import Executed, Places, execute_all, find_notebooks
from syriatopics.study.reporting import REPORT, explorer_beside, write_report
from syriatopics.study.steps import Note, Step, assemble, plan_steps, seen_now, shared_inputs
from syriatopics.study.store import RECORDS, FigureStore, publish
from syriatopics.study.study import STAGING, Study, open_study
from syriatopics.study.times import Times

__all__ = ["run_study"]

# What executing a notebook leaves: the copies, and what kernel and process said.
_PAGES = ("html", "ipynb", "log")
# Where the report is made while notebooks run.
_REPORT = "report"


def run_study(
    path: str | Path = "study.toml",
    *,
    folder: Path | None = None,
    build: Path | None = None,
    again: bool = False,
    only: Collection[str] = (),
    report: bool = True,
    tell: Callable[[str], None] = lambda message: None,
) -> Path:
    """Run the notebooks of a study and make its figures.

    A notebook whose inputs did not change since it last ran through is skipped, so that an
    interrupted run resumes. Figures are moved into their folder when everything has run: if
    a notebook fails, the last good figures stand. What a run makes lies in a folder of its own
    until a notebook has run through; only this run takes it from there.

    Parameters
    ----------
    path : path
        The study.
    folder : Path, optional
        Where figures go instead of the study's own folder.
    build : Path, optional
        Where executed notebooks and steps go instead of ``build`` beside study.toml.
    again : bool
        Run every notebook, also where nothing changed.
    only : collection of str
        The notebooks to be run, by the beginnings of their names, ``"03"``; by default all. Figures
        come from one state of a study: they are put into their folder when no other notebook is
        waiting to be run.
    report : bool
        Also stamp the claims of the study and make their cards, and make the report,
        ``report.html`` in the build folder.
    tell : callable
        Is told about the progress, a line at a time.

    Returns
    -------
    Path
        The folder of the figures, with manifest.json.

    Raises
    ------
    StudyError
        If no notebook is called as `only` says, if one fails (the message names the cell, the
        executed copy is kept), if an input changes meanwhile, or if another run is at work.
    NotInstalledError
        If what runs notebooks is not installed.
    """
    study = open_study(path)
    notebooks = find_notebooks(study.folder / study.options.notebooks)
    extras.require("notebooks", "Running notebooks")
    study.ask(tell)
    before = seen_now(open_study(path))
    study = open_study(path)
    build = build or study.folder / "build"
    study.corpus  # noqa: B018 - bad input is told in one line before any kernel starts
    inputs = shared_inputs(study)
    target = folder or study.folder / study.options.figures.folder
    with (
        taken(build, StudyError),
        unfinished_folder(build) as staging,
        unfinished_folder() as aside,
    ):
        for place in (study.folder, target):
            clear_unfinished(place)
        if report:
            register_claims(study, seen=True)
        unchanged = partial(_require_unchanged, study, before)
        steps = plan_steps(inputs, notebooks, build / "steps", study.coding)
        chosen = _chosen(steps, only)
        begin = report and all(step.is_done() or step in chosen for step in steps)
        written = _begin_report(study, build, staging, inputs, again) if begin else None
        _run_steps(study, chosen, staging, aside, build, again, unchanged, tell)
        unchanged()
        waiting = [step.name for step in steps if not step.is_done()]
        if waiting:
            tell(f"Figures are as they were until these have run: {', '.join(waiting)}")
            return target
        assemble(steps, staging / "figures")
        _finish(study, staging / "figures")
        publish(staging / "figures", target)
        if report:
            make = partial(_make, build=build, again=again, unchanged=unchanged, tell=tell)
            cards, key = card_files(study, build), inputs + claims_state(study)
            make("claims", cards, key, lambda: write_claims(study, build=build, tell=tell))
            adopt = partial(_place_report, written, staging / _REPORT, build)
            make("report", [build / REPORT], inputs, adopt)
    return target


def _begin_report(
    study: Study, build: Path, staging: Path, inputs: str, again: bool
) -> Callable[[], None] | None:
    """Begin the report, in which nothing hangs on notebooks, beside them; None where the last one stands."""
    if _stands("report", [build / REPORT], inputs, build, again):
        return None
    return begun(lambda: write_report(study, to=staging / _REPORT / REPORT))


def _place_report(written: Callable[[], None] | None, made: Path, build: Path) -> None:
    """Wait for the report and put it, with the explorer if there is one, in the place of the last."""
    if written is None:  # it was there when the run began, and is no more
        raise StudyError(f"{build / REPORT} changed while the run was at work: run again.")
    written()
    explorer = explorer_beside(made / REPORT)
    if not explorer.is_file():
        explorer_beside(build / REPORT).unlink(missing_ok=True)
    move_files(made, [explorer.name, REPORT], build)


def _stands(name: str, files: list[Path], key: str, build: Path, again: bool) -> bool:
    """Say whether files stand as they were made of the same, and are not to be made again."""
    return not again and _note(name, build).holds(_digest(key), files)


def _note(name: str, build: Path) -> Note:
    return Note(build / "steps" / f"{name}.json")


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _make(
    name: str,
    files: list[Path],
    key: str,
    write: Callable[[], object],
    *,
    build: Path,
    again: bool,
    unchanged: Callable[[], None],
    tell: Callable[[str], None],
) -> None:
    """Write files, unless they stand and nothing that they depend on has changed."""
    if _stands(name, files, key, build, again):
        tell(f"{name}: unchanged")
    elif files:
        write()
        unchanged()
        _note(name, build).write(_digest(key), files)
        tell(f"{name}: done, {files[0] if len(files) == 1 else files[0].parent}")


def _require_unchanged(study: Study, before: dict[str, tuple[int, int, int]]) -> None:
    """Refuse to go on where results would be of other inputs than the record of them says."""
    now = seen_now(study)
    changed = sorted(file for file in {*before, *now} if before.get(file) != now.get(file))
    if changed:
        raise StudyError(f"{changed[0]} changed while the run was at work: run again.")


def _chosen(steps: list[Step], only: Collection[str]) -> list[Step]:
    """Return the steps whose names begin as one of `only`; all of them if it is empty."""
    for beginning in only:
        if not any(step.name.startswith(beginning) for step in steps):
            names = ", ".join(step.name for step in steps)
            raise StudyError(f"No notebook's name begins with {beginning!r}: there are {names}.")
    return [step for step in steps if not only or step.name.startswith(tuple(only))]


def _run_steps(
    study: Study,
    steps: list[Step],
    staging: Path,
    aside: Path,
    build: Path,
    again: bool,
    unchanged: Callable[[], None],
    tell: Callable[[str], None],
) -> None:
    pages = build / "notebooks"
    waiting = [
        step
        for step in steps
        if again or not step.is_done() or not (pages / f"{step.name}.html").is_file()
    ]
    for step in steps:
        if step not in waiting:
            tell(f"{step.name}: unchanged")
    by_name = {step.name: step for step in waiting}
    times, failed = Times(build / "times.json"), list[str]()
    times.announce(list(by_name), tell)
    started, ended = time.monotonic(), 0

    def figures(name: str) -> Path:
        return staging / "steps" / name

    def done(run: Executed) -> None:
        nonlocal ended
        ended += 1
        move_files(run.page.parent, [f"{run.name}.{end}" for end in _PAGES], pages)
        try:
            if not run.error:
                unchanged()
                by_name[run.name].adopt(figures(run.name))
                times.keep(run.name, run.seconds)
            error = run.error
        except StudyError as changed:
            error = str(changed)
        if error:
            failed.append(
                f"{run.name} failed: {str(error).rstrip('.')}. Its pages: {pages / run.page.name}"
            )
        seconds = time.monotonic() - started
        tell(f"{run.name}: {error or 'done'} ({ended} of {len(waiting)}, {seconds:.0f} s)")

    def pulse(places: Places) -> None:
        at = [f"{name} at cell {cell} of {cells}" for name, (cell, cells) in sorted(places.items())]
        tell(f"  {time.monotonic() - started:.0f} s: {', '.join(at)}")

    for step in waiting:
        figures(step.name).mkdir(parents=True)
    execute_all(
        times.longest_first([step.notebook for step in waiting]),
        staging / "notebooks",
        {"study_path": str(study.path)},
        lambda notebook: {STAGING: str(figures(notebook.stem)), **_apart(aside)},
        tell=done,
        pulse=pulse,
    )
    if failed:
        raise StudyError(min(failed))


def _apart(folder: Path) -> dict[str, str]:
    """Keep in one folder what notebooks and their kernels write for the time of a run.

    So it goes with the run, however that ends. And a kernel neither runs what the user has start with
    every IPython, nor waits for others at their common history.
    """
    # Names of sockets have about a hundred letters: the folder lies where temporary ones do.
    names = ("TMPDIR", "JOBLIB_TEMP_FOLDER", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    return dict.fromkeys(names, str(folder))


def _finish(study: Study, staged: Path) -> None:
    if not any((staged / RECORDS).iterdir()):
        raise StudyError(f"No notebook of {study.path} made a figure.")
    FigureStore(staged, study.figures.header).write_manifest()
    shutil.rmtree(staged / RECORDS)
