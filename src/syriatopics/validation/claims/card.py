"""The claim card: what is known of one claim, on one page, with the way back to the text."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.files import write_atomically
from syriatopics.results import Result
from syriatopics.validation.claims.claim import Claim
from syriatopics.validation.claims.register import Standing
from syriatopics.validation.multiverse import Multiverse

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ClaimCard", "card_table"]

_FORMAT = "syriatopics.ClaimCard"


@dataclass(frozen=True, eq=False, kw_only=True)
class ClaimCard(Result):
    """What is known of a claim: ``item, value``.

    Attributes
    ----------
    claim : Claim
    standing : Standing
        Declared before the data was seen, or explored.
    estimate : dict
        ``estimate, low, high, p, share_a, share_b, n_a, n_b, note``. Positive: as claimed.
    coverage : DataFrame
        What the method does on planted articles of this size: see :func:`coverage_at_size`.
    alpha : DataFrame or None
        The rows of the agreement on this theme.
    multiverse : Multiverse or None
    passages_for, passages_against : DataFrame
        ``passage_id, article_id, outlet, date, score, text``: the theme where there should be
        more of it, and where there should be less. One passage of an article.
    corpus : dict
        ``fingerprint, n_articles, n_passages``.
    versions : dict
    command : str
        What makes the card again.
    """

    claim: Claim
    standing: Standing
    estimate: dict[str, Any]
    coverage: pd.DataFrame
    alpha: pd.DataFrame | None
    multiverse: Multiverse | None
    passages_for: pd.DataFrame
    passages_against: pd.DataFrame
    corpus: dict[str, Any]
    versions: dict[str, str]
    command: str

    @cached_property
    def content(self) -> dict[str, Any]:
        """Everything on the card, as plain values."""
        found = self.multiverse
        return {
            "format": _FORMAT,
            "format_version": 1,
            "claim": {**self.claim.model_dump(mode="json"), "words": self.claim.words},
            "standing": vars(self.standing),
            "estimate": self.estimate,
            "coverage": _records(self.coverage),
            "alpha": None if self.alpha is None else _records(self.alpha),
            "multiverse": None if found is None else {
                "survival": found.survival._asdict(),
                "joint": _records(found.joint),
                "by_choice": _records(found.by_choice()),
                "specifications": _records(found.table),
                "notes": list(found.notes),
            },
            "passages": {"for": _records(self.passages_for), "against": _records(self.passages_against)},
            "corpus": self.corpus,
            "versions": self.versions,
            "command": self.command,
            "notes": list(self.notes),
        }  # fmt: skip

    def json(self) -> bytes:
        """Return the card as JSON: the same for the same claim, corpus and versions."""
        text = json.dumps(_plain(self.content), ensure_ascii=False, indent=1, allow_nan=False)
        return (text + "\n").encode("utf-8", "replace")

    def html(self, language: str | None = None) -> bytes:
        """Return the card as one HTML file that needs no other, and no script.

        Parameters
        ----------
        language : {"ar", "en"}, optional
            Of the card's own words; by default that of the claim.
        """
        from syriatopics.validation.claims.page import render

        return render(self, language)

    def save(self, folder: str | Path) -> tuple[Path, Path]:
        """Write ``<id>.html`` and ``<id>.json`` into a folder, and return both."""
        files = (Path(folder) / f"{self.claim.id}.html", Path(folder) / f"{self.claim.id}.json")
        for file, content in zip(files, (self.html(), self.json()), strict=True):
            write_atomically(file, content)
        return files

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw the specification curve, or the estimate alone where there is none."""
        if self.multiverse is not None:
            return self.multiverse.plot(ax, **options)
        from syriatopics.plots import differences

        a, b = self.claim.sides
        row = {"a": a, "b": b, "theme": self.claim.theme, "difference": self.estimate["estimate"]}
        row |= {"q": np.nan} | {name: self.estimate[name] for name in ("low", "high")}
        return differences(pd.DataFrame([row]), ax, **options)


def card_table(
    claim: Claim,
    standing: Standing,
    estimate: dict[str, Any],
    coverage: pd.DataFrame,
    alpha: pd.DataFrame | None,
    found: Multiverse | None,
) -> pd.DataFrame:
    """Return the card as ``item, value``."""
    a, b = claim.sides
    rows = [
        ("claim", claim.words),
        ("standing", f"{standing.status} {standing.time}".strip()),
        ("difference", _reach(estimate["estimate"], estimate["low"], estimate["high"])),
        ("shares", f"{a}: {estimate['share_a']:.3f}; {b}: {estimate['share_b']:.3f}"),
        ("articles", f"{a}: {estimate['n_a']:,}; {b}: {estimate['n_b']:,}"),
    ]
    if len(coverage) and coverage["n_intervals"].iloc[0]:
        first, null = coverage.iloc[0], coverage.iloc[1]
        rows += [
            ("coverage at this size", _reach(first["coverage"], first["low"], first["high"])),
            (f"power at a difference of {abs(first['planted']):.3f}", f"{first['detected']:.3f}"),
            ("false alarms at this size", f"{null['detected']:.3f}"),
        ]
    if "equivalent" in estimate:
        said = "yes" if estimate["equivalent"] else "not shown"
        rows.append((f"no difference beyond {estimate['margin']:g}", said))
    if alpha is not None:
        rows += [
            (f"alpha, {row.comparison}", _reach(row.alpha, row.low, row.high))
            for row in alpha.itertuples()
        ]
    if found is not None:
        rows.append(("multiverse", str(found.survival)))
    if estimate["note"]:
        rows.append(("note", estimate["note"]))
    return pd.DataFrame(rows, columns=["item", "value"])


def _reach(value: float, low: float, high: float) -> str:
    return f"{value:.3f}" + (f" [{low:.3f}, {high:.3f}]" if low == low else " (no interval)")


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(k): v for k, v in row.items()} for row in table.to_dict("records")]


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: no NaN, no dates, no types of numpy."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, np.generic):
        return _plain(value.item())
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    if value is pd.NaT or (isinstance(value, float) and not np.isfinite(value)):
        return None
    return value
