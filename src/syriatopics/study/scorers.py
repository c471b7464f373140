"""The scorers of a study, as study.toml declares them: the first is the study's, all are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

from syriatopics.corpus import Corpus
from syriatopics.lexicons.schema import Themes
from syriatopics.scorers import Scorer, scorer_of
from syriatopics.scorers.registry import checked, files_of
from syriatopics.scorers.scoring import scored_by
from syriatopics.validation import read_codings

__all__ = ["ScorerOptions", "ask_models", "scorer_files", "scorers_of"]

_CODED = "coded"


class ScorerOptions(BaseModel):
    """One scorer: its method, what the study calls it, and the options of that method."""

    model_config = ConfigDict(frozen=True, extra="allow")
    method: str
    name: str = ""

    @model_validator(mode="after")
    def _known(self) -> ScorerOptions:
        checked(self.method, self.options)
        if any(letter.isspace() for letter in self.name):
            raise ValueError(f"name = {self.name!r} holds a space")
        return self

    @property
    def called(self) -> str:
        """What the study calls it: by default as its method."""
        return self.name or self.method

    @property
    def options(self) -> dict[str, Any]:
        """The options of the method."""
        return dict(self.model_extra or {})


def scorer_files(declared: Sequence[ScorerOptions], folder: Path) -> Iterator[Path]:
    """Yield the files that scorers rest on; of a coding task what was decided."""
    for one in declared:
        for _, path in files_of(one.method, one.options):
            place = folder / path
            yield from sorted(place.rglob("decisions/*.json*")) if place.is_dir() else [place]


def scorers_of(
    declared: Sequence[ScorerOptions], folder: Path, corpus: Callable[[], Corpus], themes: Themes
) -> dict[str, Scorer]:
    """Return the scorers of a study by their names, with files where the study has them."""
    found = {}
    for one in declared:
        options = checked(one.method, one.options)
        options |= {name: folder / path for name, path in files_of(one.method, options)}
        if _CODED in options:
            options[_CODED] = read_codings(options[_CODED], corpus(), themes=themes)
        found[one.called] = scorer_of(one.method, themes=themes, **options)
    return found


def ask_models(
    scorers: dict[str, Scorer],
    corpus: Callable[[], Corpus],
    themes: Themes,
    tell: Callable[[str], None],
) -> None:
    """Ask the models that have an address for what their cassettes lack.

    A run does this once, before anything else, and nothing else in a study sends anything.
    """
    for name, scorer in scorers.items():
        if getattr(scorer, "endpoint", None):
            for note in scored_by(scorer, corpus().passages(), themes).notes:
                tell(f"{name}: {note}")


def replaying(scorers: dict[str, Scorer]) -> dict[str, Scorer]:
    """Return scorers of which none sends anything."""
    return {name: getattr(scorer, "replaying", scorer) for name, scorer in scorers.items()}
