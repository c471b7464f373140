"""Files and folders that are never half written, are on the disk when we say so, and leave nothing.

Whatever is not finished yet lies beside its place under a name that begins with
``.syriatopics-``, and is locked by the process that writes it. The lock ends with the process,
however it ends: what nobody holds was left by a run that was killed, and is removed by the next.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from syriatopics.errors import InputError

try:
    import fcntl
except ImportError:  # pragma: no cover - no locks of this kind on Windows: nothing is swept there
    fcntl = None  # type: ignore[assignment]

__all__ = [
    "append_line",
    "clear_unfinished",
    "file_made_whole",
    "folder_made_whole",
    "move_files",
    "require_free",
    "taken",
    "unfinished_folder",
    "write_atomically",
]

_UNFINISHED = ".syriatopics-"
# Follow no link, wait for no pipe.
_CAREFUL = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
# Folders that this process has looked through already.
_swept: set[str] = set()
# Folders that a thread of this process has for itself.
_taken: set[tuple[str, int]] = set()


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half.

    When this returns, the file is on the disk, and its name is.
    """
    with file_made_whole(path) as unfinished:
        unfinished.write_bytes(content)


@contextmanager
def file_made_whole(path: Path) -> Iterator[Path]:
    """Give a file to write into, which takes the place of `path` when all went well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _unfinished(path.parent, folder=False) as unfinished:
        yield unfinished
        _sync(unfinished)
        unfinished.replace(path)
        _sync(path.parent)


@contextmanager
def folder_made_whole(folder: Path, *, replace: bool = False) -> Iterator[Path]:
    """Give a folder to write into, which takes the place of `folder` when all went well.

    If anything fails, what stood there stands, and nothing else is left behind. Without
    `replace` only an empty folder gives way.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _unfinished(folder.parent, folder=True) as unfinished:
        yield unfinished
        for place, _, files in os.walk(unfinished, topdown=False):
            for name in files:
                _sync(Path(place, name))
            _sync(Path(place))
        if replace and folder.exists():
            _exchange(unfinished, folder)
        else:
            unfinished.replace(folder)
        _sync(folder.parent)


@contextmanager
def unfinished_folder(parent: Path | None = None) -> Iterator[Path]:
    """Give a folder for what is not finished, or needed only now; it goes with the process.

    Parameters
    ----------
    parent : Path, optional
        Where it lies; by default where the system keeps what is temporary.
    """
    parent = Path(tempfile.gettempdir()) if parent is None else parent
    with _unfinished(parent, folder=True) as folder:
        folder.chmod(0o700)  # nobody else's, wherever it lies
        yield folder


def move_files(source: Path, names: Iterable[str], folder: Path) -> None:
    """Move those files that are there into a folder on the same disk, each in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in (source / name for name in names):
        if file.is_file():
            _sync(file)
            file.replace(folder / file.name)
    _sync(folder)


def append_line(path: Path, line: bytes) -> None:
    """Add a line to a file; it is on the disk when this returns.

    What a crash has cut off before gets an end of its own, so that the new line stands alone.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    with path.open("a+b") as file:
        _hold(file.fileno())
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - 1))
        whole = file.read(1) in (b"", b"\n")
        file.write((b"" if whole else b"\n") + line + b"\n")
        file.flush()
        os.fsync(file.fileno())
    if new:
        _sync(path.parent)


@contextmanager
def taken(folder: Path, error: type[InputError] = InputError) -> Iterator[None]:
    """Take a folder for one run alone; what killed runs left in it unfinished is removed.

    The lock ends with the process, however it ends. Who has the folder may take it again.

    Raises
    ------
    InputError
        If another run has it; `error` is what is raised.
    """
    folder.mkdir(parents=True, exist_ok=True)
    mine = str(folder.resolve()), threading.get_ident()
    if mine in _taken:
        yield
        return
    try:
        with FileLock(folder / ".lock", timeout=0):
            _taken.add(mine)
            clear_unfinished(folder, deep=True)
            yield
    except Timeout:
        raise error(f"Another run is at work in {folder}: wait until it has ended.") from None
    finally:
        _taken.discard(mine)


def require_free(folder: Path, what: str, error: type[InputError] = InputError) -> None:
    """Refuse a folder that holds something; what a killed run began in it is nothing, and goes.

    Parameters
    ----------
    folder : Path
        May not be there yet.
    what : str
        What is to stand there, for the message: "the archive".
    error : type
        What is raised.

    Raises
    ------
    InputError
        If it is a file, or not empty.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise error(f"{folder} is a file: name a folder for {what}.")
    clear_unfinished(folder)
    if any(folder.iterdir()):
        raise error(f"{folder} exists and is not empty: name a new folder for {what}.")


def clear_unfinished(folder: Path, *, deep: bool = False) -> None:
    """Remove what killed runs left unfinished in a folder; what a living process holds stays.

    Parameters
    ----------
    folder : Path
    deep : bool
        Also in the folders inside it.
    """
    for place, folders, files in os.walk(folder):
        _swept.add(place)
        for name in [name for name in (*folders, *files) if name.startswith(_UNFINISHED)]:
            _remove_if_free(Path(place, name))
        folders[:] = [name for name in folders if deep and not name.startswith(_UNFINISHED)]


def _remove_if_free(path: Path) -> None:
    # What belongs to somebody else, or is gone by now, is not ours to look at.
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY | _CAREFUL)
        try:
            if fcntl is not None:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()
        finally:
            os.close(handle)


@contextmanager
def _unfinished(parent: Path, *, folder: bool) -> Iterator[Path]:
    """Make a file or folder beside its later place, held as long as this process writes it."""
    if str(parent) not in _swept:
        clear_unfinished(parent)
    path, handle = _made(parent, folder)
    try:
        yield path
    finally:
        # After it was moved, nothing stands here but what it took the place of.
        shutil.rmtree(path, ignore_errors=True) if folder else path.unlink(missing_ok=True)
        os.close(handle)


def _made(parent: Path, folder: bool) -> tuple[Path, int]:
    while True:
        path = parent / f"{_UNFINISHED}{secrets.token_hex(6)}"
        if folder:
            path.mkdir()
            handle = os.open(path, os.O_RDONLY)
        else:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
        _hold(handle)
        with suppress(FileNotFoundError):  # swept before it was held: another one is made
            if os.path.samestat(path.stat(), os.fstat(handle)):
                return path, handle
        os.close(handle)


def _hold(handle: int) -> None:
    """Lock a file until it is closed; a file system without locks does without."""
    if fcntl is not None:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)


def _sync(path: Path) -> None:
    """Bring a file, or the names in a folder, onto the disk; with folders not every system can."""
    with suppress(OSError) if path.is_dir() else nullcontext():
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _exchange(new: Path, old: Path) -> None:
    """Let two folders change places, in one step where the system can."""
    if sys.platform == "linux":
        here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
        with suppress(AttributeError):
            rename = ctypes.CDLL(None).renameat2
            if not rename(here, os.fsencode(new), here, os.fsencode(old), exchange):
                return
    # Two steps: who is killed between them finds the old one under a name that nobody sweeps.
    aside = old.with_name(f"{old.name}.old")
    old.replace(aside)
    new.replace(old)
    shutil.rmtree(aside)
