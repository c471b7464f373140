"""Work that goes on beside the notebooks of a run, which are processes of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable

__all__ = ["begun"]


def begun(work: Callable[[], object]) -> Callable[[], None]:
    """Begin a piece of work in a thread that ends with the process; return what waits for its end.

    What it raises is raised by who waits; where nobody does, a run has failed already.

    Examples
    --------
    >>> done = []
    >>> wait = begun(lambda: done.append(1))
    >>> wait()
    >>> done
    [1]
    """
    failed: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as failure:  # handed to who waits
            failed.append(failure)

    thread = threading.Thread(target=run, name="beside", daemon=True)
    thread.start()

    def wait() -> None:
        thread.join()
        if failed:
            raise failed[0]

    return wait
