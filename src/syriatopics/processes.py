"""Processes that end when they should: a child with its parent, and a run when it is told to.

Run as a script (``python -I processes.py WAY PARENT COMMAND …``) it ties a command to its parent.
It imports nothing of the package, so that it is there at once.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

__all__ = ["Ended", "TiedCall", "end_with_parent", "ended_by_signals", "tied"]

_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG
_PAUSE = 0.5


class Ended(SystemExit):
    """The process was told to end, by TERM or HUP; the exit code is that of a shell."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.name = signal.Signals(number).name


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let TERM and HUP end a run as Ctrl-C does: everything that it began is taken down.

    Who is ignored (``nohup``) stays so. A second signal ends the process at once.
    """

    def end(number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        raise Ended(number)

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    mine = [signal.Signals[name] for name in names]
    if threading.current_thread() is not threading.main_thread():
        mine = []
    mine = [number for number in mine if signal.getsignal(number) == signal.SIG_DFL]
    for number in mine:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in mine:
            signal.signal(number, signal.SIG_DFL)


def end_with_parent(parent: int | None = None, number: int = signal.SIGKILL) -> None:
    """Let this process be killed when its parent ends, however that ends.

    Parameters
    ----------
    parent : int, optional
        Who the parent is; by default who it is now. Where it has ended already, this process does.
    number : int
        The signal by which it is told, where the system can.
    """
    parent = os.getppid() if parent is None else parent
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, number, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)
    else:  # pragma: no cover
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def tied(command: Sequence[str], *, family: bool = False) -> list[str]:
    """Return a command that ends with this process, however this ends.

    Parameters
    ----------
    command : sequence of str
    family : bool
        Whether what the command begins ends as well; it has to be started in a session of its own.
    """
    way = "family" if family else "alone"
    return [sys.executable, "-I", "-S", __file__, way, str(os.getpid()), *command]


class TiedCall:
    """A function for another process to call, which is tied to this one before it loads anything.

    Who receives a function has first to import what it is from, for seconds; a process whose parent
    has ended meanwhile should not have to finish that.

    Parameters
    ----------
    function : callable
        Of a module, so that the other process finds it.
    """

    def __init__(self, function: Callable[..., object]) -> None:
        self._function, self._parent = function, os.getpid()

    def __call__(self, *arguments: object) -> object:
        """Call the function."""
        return self._function(*arguments)

    def __reduce__(self) -> tuple[Any, ...]:
        """Give what another process puts together, the bond first."""
        return _bound, (_Bond(self._parent), self._function)


class _Bond:
    def __init__(self, parent: int) -> None:
        self._parent = parent

    def __reduce__(self) -> tuple[Any, ...]:
        return end_with_parent, (self._parent,)


def _bound(bond: None, function: Callable[..., object]) -> Callable[..., object]:
    return function


def _watch(parent: int) -> None:  # pragma: no cover
    while os.getppid() == parent:
        time.sleep(_PAUSE)
    os._exit(1)


def _guarded(parent: int, command: list[str]) -> int:
    """Wait for a command beside it; when the parent ends, end all of this group of processes."""
    signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))
    # An interruption of the group is for the command. Who ignores it hands that on, so it is caught.
    signal.signal(signal.SIGINT, lambda *_: None)
    end_with_parent(parent, signal.SIGTERM)
    with subprocess.Popen(tied(command)) as child:  # noqa: S603 - it is the parent's own command
        code = child.wait()
    return code if code >= 0 else 128 - code


def _main(way: str, parent: int, command: list[str]) -> int:
    if sys.platform == "linux":
        if way == "family" and os.getpgrp() == os.getpid():
            return _guarded(parent, command)
        end_with_parent(parent)
        os.execv(command[0], command)  # noqa: S606 - it is the parent's own command
    with subprocess.Popen(command) as child:  # noqa: S603  # pragma: no cover
        while child.poll() is None and os.getppid() == parent:
            time.sleep(_PAUSE)
        child.kill()
        return child.returncode or 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1], int(sys.argv[2]), sys.argv[3:]))
