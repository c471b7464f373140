"""The register of claims: what was declared, in which words, and when the data was first seen.

A light pre-registration. Entries are only added, and each carries the hash of the one before:
who edits an old one has to write all later ones anew. That is no proof against the owner of the
file; a commit in a public repository, or a deposit, is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from syriatopics.errors import InputError
from syriatopics.files import read_json, write_atomically
from syriatopics.validation.claims.claim import Claim

__all__ = ["CHANGED", "DECLARED", "EXPLORED", "Register", "Standing"]

DECLARED, EXPLORED = "declared", "explored"
CHANGED = "changed after the data was seen"
_FORMAT = "syriatopics.claims"
_START = "0" * 64


@dataclass(frozen=True)
class Standing:
    """Whether a claim was made before the data was seen.

    Attributes
    ----------
    status : {"declared", "explored", "changed after the data was seen"}
    time : str
        When these words were first declared, in UTC; empty if never.
    digest : str
        The hash of the declaration.
    note : str
    """

    status: str = EXPLORED
    time: str = ""
    digest: str = ""
    note: str = ""


@dataclass(frozen=True)
class Register:
    """The entries of a claims.lock.json, in order of time.

    An entry holds ``event`` ("declared" or "seen"), ``time``, ``claims`` (id → hash of the
    declaration) or ``corpus`` (fingerprint), ``previous`` and ``sha256``.
    """

    entries: tuple[dict[str, Any], ...] = ()

    @classmethod
    def read(cls, path: Path) -> Register:
        """Read a register; an empty one where there is no file.

        Raises
        ------
        InputError
            If the file is broken, or an entry does not follow from the one before it.
        """
        if not path.is_file():
            return cls()
        try:
            content = read_json(path)
            entries = tuple(content["entries"])
            whole = content["format"] == _FORMAT and content["format_version"] == 1
            hashes = [(entry["previous"], entry["sha256"], entry["event"]) for entry in entries]
        except (ValueError, KeyError, TypeError):
            raise InputError(f"{path}: no register of claims; take it from a backup.") from None
        before = _START
        for number, (entry, (previous, own, _)) in enumerate(zip(entries, hashes, strict=True), 1):
            if not whole or previous != before or own != _hash(entry):
                raise InputError(
                    f"{path}: entry {number} was changed after it was written: "
                    "what is declared cannot be shown any more. Take the file from a backup."
                )
            before = own
        return cls(entries)

    def write(self, path: Path) -> None:
        """Write the register, whole or not at all."""
        content = {"format": _FORMAT, "format_version": 1, "entries": list(self.entries)}
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        write_atomically(path, text.encode())

    def declare(self, claims: Iterable[Claim], now: datetime | None = None) -> Register:
        """Return the register with every claim whose words it does not hold as the last ones."""
        last = self._last()
        new = {c.id: c.digest for c in claims if last.get(c.id) != c.digest}
        return self._with({"event": DECLARED, "claims": new}, now) if new else self

    def see(self, fingerprint: str, now: datetime | None = None, note: str = "") -> Register:
        """Return the register with the first sight of a corpus, if this is it."""
        if any(entry.get("corpus") == fingerprint for entry in self.entries):
            return self
        said = {"note": note} if note else {}
        return self._with({"event": "seen", "corpus": fingerprint, **said}, now)

    def standing(self, claim: Claim, fingerprint: str) -> Standing:
        """Say whether a claim was declared before a corpus was seen."""
        before = self._before(fingerprint)
        digest = claim.digest
        stamps = [
            (n, entry["time"])
            for n, entry in enumerate(self.entries)
            if entry.get("claims", {}).get(claim.id) == digest
        ]
        time = stamps[0][1] if stamps else ""
        declared = self._last(before).get(claim.id)
        if declared == digest:
            others = any(e["event"] == "seen" for e in self.entries[: stamps[0][0]])
            note = "Another corpus of this study had been seen before." if others else ""
            return Standing(DECLARED, time, digest, note)
        if declared is not None:
            return Standing(CHANGED, time, digest, f"Declared before as {declared[:16]}.")
        return Standing(EXPLORED, time, digest)

    def withdrawn(self, claims: Sequence[Claim]) -> list[str]:
        """Return the claims that were declared and are claimed no more."""
        return sorted(set(self._last()) - {claim.id for claim in claims})

    def _before(self, fingerprint: str) -> int:
        for number, entry in enumerate(self.entries):
            if entry.get("corpus") == fingerprint:
                return number
        return len(self.entries)

    def _last(self, end: int | None = None) -> dict[str, str]:
        """Return the last declaration of each claim before the entry `end`."""
        last: dict[str, str] = {}
        for entry in self.entries[:end]:
            last |= entry.get("claims", {})
        return last

    def _with(self, said: dict[str, Any], now: datetime | None) -> Register:
        time = (now or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
        previous = self.entries[-1]["sha256"] if self.entries else _START
        entry = {**said, "time": time, "previous": previous}
        return Register((*self.entries, {**entry, "sha256": _hash(entry)}))


def _hash(entry: dict[str, Any]) -> str:
    said = {name: value for name, value in entry.items() if name != "sha256"}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
