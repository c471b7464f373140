"""How long the notebooks of a study took, so that a run can say what it will take."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from syriatopics.files import write_atomically

__all__ = ["Times"]


# So many bytes of a notebook that never ran stand for a second: only the order comes of it.
_A_SECOND = 1000


@dataclass(frozen=True)
class Times:
    """The seconds that each notebook took when it last ran through; they decide nothing."""

    path: Path

    def announce(self, names: Sequence[str], tell: Callable[[str], None], workers: int = 2) -> None:
        """Say how many notebooks are to be run, and how long that took last time."""
        before = self._read()
        if not names:
            return
        count = f"{len(names)} notebook{'s' * (len(names) > 1)} to run"
        known = [before[name] for name in names if name in before]
        if len(known) < len(names):
            tell(f"{count}, not timed before")
        else:
            tell(f"{count}, about {max(max(known), sum(known) / workers):.0f} s as last time")

    def longest_first(self, notebooks: Sequence[Path]) -> list[Path]:
        """Put first what took longest, or has most to run: nothing long begins when all else is done."""
        before = self._read()
        return sorted(notebooks, key=lambda n: -before.get(n.stem, n.stat().st_size / _A_SECOND))

    def keep(self, name: str, seconds: float) -> None:
        """Note how long a notebook took."""
        times = {**self._read(), name: round(seconds, 1)}
        write_atomically(self.path, json.dumps(times, indent=1, sort_keys=True).encode())

    def _read(self) -> dict[str, float]:
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
            return {str(name): float(seconds) for name, seconds in found.items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return {}
