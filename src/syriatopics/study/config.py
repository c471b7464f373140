"""study.toml: what a study is about, checked with messages that name key, value and choices."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from syriatopics.corpus.selection import Selection
from syriatopics.errors import StudyError
from syriatopics.files import named_path, read_toml, relative_name
from syriatopics.scorers.registry import files_of
from syriatopics.study.scorers import ScorerOptions
from syriatopics.validation import Choices, Claim

__all__ = ["StudyOptions", "read_options"]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CorpusOptions(_Section):
    """Where the articles are."""

    path: str
    metadata: str | None = None
    outlets: str | None = None
    pages: str | None = None
    columns: dict[str, str] | None = None
    filenames: str | None = None
    on_bad: Literal["skip", "error"] = "skip"
    fingerprint: str | None = None


class PeriodOptions(_Section):
    """Which days are studied; open where nothing is said."""

    start: date | None = None
    end: date | None = None


class ThemeOptions(_Section):
    """The user's own theme lexicon, on top of the shipped one."""

    lexicon: str | None = None


class ModelOptions(_Section):
    """Sizes of the models."""

    n_topics: Annotated[int, Field(ge=2, le=500)] = 8
    min_df: Annotated[int, Field(ge=1)] = 2
    max_df: Annotated[float, Field(gt=0, le=1)] = 0.5
    # Names, merges, drops and splits of topics by hand: a codebook of this model.
    codebook: str | None = None


class FigureOptions(_Section):
    """How figures are drawn."""

    language: Literal["en", "ar", "both"] = "both"
    # English of words from CAMeL's data. Off by default: figures would differ where it is absent.
    glosses: bool = False
    folder: str = "figures"
    preset: Literal["screen", "one_column", "two_columns", "slide"] = "screen"
    formats: Annotated[tuple[Literal["svg", "png", "pdf"], ...], Field(min_length=1)] = (
        "svg",
        "png",
    )
    font: str = "DejaVu Sans"

    @field_validator("folder")
    @classmethod
    def _in_the_study(cls, folder: str) -> str:
        return relative_name(folder, "what a run writes and removes stays in the study")


class StudyOptions(_Section):
    """Everything that study.toml says, defaults filled in."""

    title: str
    random_state: Annotated[int, Field(ge=0)] = 0
    outlets: tuple[str, ...] = ()
    trend_period: Literal["D", "W", "M", "Q", "Y"] = "M"
    notebooks: str = "notebooks"
    corpus: CorpusOptions
    # How the articles were chosen: query, hand checks, whole output of outlets, gaps.
    selection: Selection | None = None
    period: PeriodOptions = PeriodOptions()
    themes: ThemeOptions = ThemeOptions()
    models: ModelOptions = ModelOptions()
    # What scores passages: the first stands in figures and report, all of them in a multiverse.
    scorers: tuple[ScorerOptions, ...] = ()
    figures: FigureOptions = FigureOptions()
    # What is claimed, best before the data is seen, and the choices under which it is tried.
    claims: tuple[Claim, ...] = ()
    multiverse: Choices = Choices()

    @property
    def files(self) -> list[str]:
        """The files beside the corpus that the study reads: sidecar, outlets, lexicon, codebook."""
        corpus = self.corpus
        named = (corpus.metadata, corpus.outlets, self.themes.lexicon, self.models.codebook)
        return [name for name in named if name is not None]

    @field_validator("claims")
    @classmethod
    def _one_of_each_name(cls, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        _once("claims", [claim.id for claim in claims])
        return claims

    @field_validator("scorers")
    @classmethod
    def _one_of_each_scorer(cls, scorers: tuple[ScorerOptions, ...]) -> tuple[ScorerOptions, ...]:
        _once("scorers", [scorer.called for scorer in scorers])
        return scorers


def _once(what: str, names: list[str]) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ValueError(f"two {what} are called {twice!r}")


def read_options(path: Path) -> StudyOptions:
    """Read and check a study.toml.

    Raises
    ------
    StudyError
        If it is missing or broken; the message names file, line, key and value.
    """
    try:
        content, text = read_toml(path, StudyError)
        options = StudyOptions.model_validate(content)
        _check_paths(options, path)
        return options
    except FileNotFoundError:
        raise StudyError(f"No study at {path}: there is no such file.") from None
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        plain = first["type"] != "missing" and not isinstance(first["input"], dict | list)
        given = f" (given: {first['input']!r})" if plain else ""
        said = first["msg"].removeprefix("Value error, ").rstrip(".")
        line = _line_of(text, [str(part) for part in first["loc"]])
        raise StudyError(f"{path}{line}: {key}: {said}{given}.") from None


def _check_paths(options: StudyOptions, path: Path) -> None:
    """Refuse paths that no file can have; what a study only reads may lie anywhere."""
    read = [*options.files, options.corpus.pages]
    read += [str(file) for one in options.scorers for _, file in files_of(one.method, one.options)]
    for name in (options.corpus.path, options.notebooks, *read):
        if name is not None:
            named_path(path.parent, name, path, StudyError)


def _line_of(text: str, loc: list[str]) -> str:
    """Find the line of a key: its table first, of several of one name the right one, then the key."""
    number = next((int(part) for part in loc[1:2] if part.isdigit()), 0)
    path = [part for part in loc if not part.isdigit()]
    section, start = "", 0
    seen: dict[str, int] = {}
    for row, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if stripped.startswith("["):
            section = stripped.strip("[] ")
            seen[section] = seen.get(section, -1) + 1
            if section == path[0] and seen[section] == number:
                start = row
        here = section == ".".join(path[:-1]) and seen.get(section, 0) == number
        if here and stripped.split("=")[0].strip() == path[-1]:
            return f", line {row}"
    return f", line {start}" if start else ""
