"""Paths that stand in what we read: checked once, here, before anything is opened or removed.

A manifest, a record, a sidecar, an archive may come from a stranger. A name in it is a name
inside a folder that we were given, or it is refused.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

from syriatopics.errors import InputError

__all__ = ["inside", "named_path", "relative_name", "require_file"]

_SHOWN = 120


def relative_name(name: object, where: object, error: type[InputError] = InputError) -> str:
    r"""Return a name with ``/`` between its parts, if it cannot lead out of a folder.

    Parameters
    ----------
    name : object
        What stands in the file that was read.
    where : object
        That file, for the message.
    error : type
        What is raised.

    Raises
    ------
    InputError
        If it is no text, empty, absolute (also on Windows), holds ``..``, a drive, a control
        character, or what the name of a file cannot hold.

    Examples
    --------
    >>> relative_name("a\\b.txt", "sidecar.csv")
    'a/b.txt'
    """
    text = _plain(name, where, error)
    windows, path = PureWindowsPath(text), PurePosixPath(text.replace("\\", "/"))
    if windows.drive or windows.root or path.is_absolute() or ".." in path.parts:
        raise error(f"{where}: the file {_shown(text)} leads out of the folder.")
    if not path.parts:
        raise error(f"{where}: the path {_shown(text)} names no file.")
    return path.as_posix()


def inside(folder: Path, name: object, where: object, error: type[InputError] = InputError) -> Path:
    """Return the place of a file that something we read names, if it lies in a folder.

    Parameters
    ----------
    folder : Path
    name, where, error
        As in :func:`relative_name`.

    Raises
    ------
    InputError
        As in :func:`relative_name`; and if the place is reached over a link that leads out of
        the folder, or is a pipe, a device or a socket.
    """
    path = folder / relative_name(name, where, error)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise error(
            f"{where}: the path {_shown(str(name))} is a link that leads out of its folder."
        )
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise error(f"{where}: the path {_shown(str(name))} is neither a file nor a folder.")
    return path


def named_path(
    folder: Path, name: object, where: object, error: type[InputError] = InputError
) -> Path:
    """Return a path that a person wrote into a file of their own: it may lead elsewhere.

    Raises
    ------
    InputError
        If it is no text, empty, or holds what the name of a file cannot hold.
    """
    return folder / _plain(name, where, error)


def require_file(path: Path, error: type[InputError] = InputError) -> None:
    """Refuse what a reader would wait for, or never come to the end of: a pipe, a device.

    Raises
    ------
    InputError
        If it is there, and neither a file nor a folder.
    FileNotFoundError
        If it is not there.
    """
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        kind = (
            "a pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a device"
        )
        raise error(f"{path} is {kind}, and no file: write what it gives into a file first.")


def _plain(name: object, where: object, error: type[InputError]) -> str:
    if not isinstance(name, str) or not name.strip():
        raise error(f"{where}: {_shown(repr(name))} is no path.")
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        raise error(f"{where}: {_shown(name)} cannot be the name of a file.") from None
    if any(unicodedata.category(sign) == "Cc" for sign in name):
        raise error(f"{where}: the path {_shown(name)} holds a control character.")
    return name


def _shown(name: str) -> str:
    """Show a name in a message: on one line, and not the whole of a very long one."""
    return ascii(name) if len(name) <= _SHOWN else f"{name[:_SHOWN]!a}…"
