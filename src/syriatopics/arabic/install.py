"""Installing CAMeL's morphology: the one place that reaches the network, when asked by name."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from syriatopics import extras
from syriatopics.arabic.morphology import (
    PACKAGE,
    MorphologyStatus,
    load_morphology,
    morphology_status,
)
from syriatopics.errors import InputError, NotInstalledError

__all__ = ["install_morphology"]


def install_morphology(
    tell: Callable[[str], None] = lambda message: None, command: list[str] | None = None
) -> MorphologyStatus:
    """Install the morphology with CAMeL's own downloader, and check what came.

    The downloader does not look at the answer of the server: an error page is saved as if
    it were the data. What cannot be opened as a database is removed again.

    Parameters
    ----------
    tell : callable
        Is told what happens, a line at a time.
    command : list of str, optional
        The downloader; by default ``camel_data -i`` of this environment.

    Returns
    -------
    MorphologyStatus

    Raises
    ------
    NotInstalledError
        If CAMeL Tools are not installed, or nothing usable came; the message says why in one line.
    """
    before = morphology_status()
    if before.available:
        return before
    if command is None:
        extras.require("camel", "Fetching the morphology")
    run = command or [sys.executable, "-m", "camel_tools.cli.camel_data", "-i", PACKAGE]
    tell(f"Fetching {PACKAGE} into {before.folder} …")
    done = subprocess.run(run, capture_output=True, text=True, check=False)  # noqa: S603
    status = morphology_status()
    if status.database is None:
        _drop_broken_catalogue(before.folder)
        last = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
        raise NotInstalledError(f"The data did not come: {last}")
    try:
        load_morphology().analyse("مجلس")
    except InputError as error:
        shutil.rmtree(status.database.parent)
        raise NotInstalledError(f"What came is no morphology and was removed: {error}") from None
    return status


def _drop_broken_catalogue(folder: Path) -> None:
    """Remove a catalogue that is an error page: it would stand in the way of the next try."""
    catalogue = folder / "catalogue.json"
    if catalogue.is_file() and not catalogue.read_bytes().lstrip().startswith(b"{"):
        catalogue.unlink()
