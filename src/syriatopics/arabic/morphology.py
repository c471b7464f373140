"""CAMeL's morphology without surprises: what is installed, and lemmas where it is.

Importing CAMeL's data modules fetches a catalogue over the network. Here they are imported
behind an empty catalogue, databases are opened by their path, and nothing is downloaded
unless ``syriatopics data install`` is called by name.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from syriatopics import extras
from syriatopics.arabic.normalize import clean, key
from syriatopics.errors import InputError, NotInstalledError
from syriatopics.files import unfinished_folder

__all__ = [
    "COMMAND",
    "PACKAGE",
    "Analysis",
    "Morphology",
    "MorphologyStatus",
    "load_morphology",
    "morphology_status",
]

# 129 MB with its database, under GPL-2; nothing of it is part of this package.
PACKAGE = "disambig-mle-calima-msa-r13"
COMMAND = "syriatopics data install"
_DATABASE = Path("data", "morphology_db", "calima-msa-r13", "morphology.db")
_MODEL = Path("data", "disambig_mle", "calima-msa-r13", "model.json")
_CLITICS = ("prc3", "prc2", "prc1", "prc0")


@dataclass(frozen=True, slots=True)
class MorphologyStatus:
    """What CAMeL data is installed.

    Attributes
    ----------
    available : bool
        Whether lemmas can be had.
    folder : Path
        Where the data is looked for: ``$CAMELTOOLS_DATA``, or ``.camel_tools`` in the home
        folder.
    database, model : Path or None
        The morphology database, and the model that chooses among its analyses.
    command : str
        Installs what is missing.
    """

    available: bool
    folder: Path
    database: Path | None
    model: Path | None
    command: str = COMMAND

    def __str__(self) -> str:
        if not self.available:
            return f"No CAMeL morphology in {self.folder}. Install it with: {self.command}"
        model = self.model or "none (lemmas by the frequency of their analyses)"
        return f"CAMeL morphology: {self.database}; model: {model}"


def morphology_status() -> MorphologyStatus:
    """Say what CAMeL data is installed, and the command that installs the rest.

    Looks at files only: nothing is imported from CAMeL's data modules, nothing touches
    the network.

    Examples
    --------
    >>> morphology_status().command
    'syriatopics data install'
    """
    chosen = os.environ.get("CAMELTOOLS_DATA")
    folder = Path(chosen).expanduser() if chosen else Path.home() / ".camel_tools"
    database, model = folder / _DATABASE, folder / _MODEL
    return MorphologyStatus(
        available=database.is_file(),
        folder=folder,
        database=database if database.is_file() else None,
        model=model if model.is_file() else None,
    )


@dataclass(frozen=True, slots=True)
class Analysis:
    """The likeliest analysis of a word.

    Attributes
    ----------
    lemma : str
        Without vowel marks.
    pos : str
        Part of speech, as CAMeL names it.
    gloss : str
        English, of the lemma; empty where there is none.
    clitics : tuple of str
        The proclitics found, from the outside: ``("wa_conj", "Al_det")``.
    """

    lemma: str
    pos: str
    gloss: str
    clitics: tuple[str, ...] = ()


class Morphology:
    """Lemma, part of speech and gloss of words, worked out once per word type.

    Parameters
    ----------
    database : path
        A morphology database in CAMeL's format.
    model : path, optional
        An MLE model; without it the analysis with the highest ``pos_lex_logprob`` is taken.

    Raises
    ------
    InputError
        If the database cannot be read.
    """

    def __init__(self, database: str | Path, model: str | Path | None = None) -> None:
        self.database = Path(database)
        self.model = Path(model) if model is not None else None
        self._memo: dict[str, Analysis | None] = {}
        if not self.database.is_file():
            raise InputError(f"No morphology database at {self.database}.")
        extras.require("camel", "The morphology")

    @cached_property
    def _analyze(self) -> Any:
        with _offline():
            disambiguator, analyzer_of, database_of = (
                extras.load(f"camel_tools.{name}", "The morphology")
                for name in (
                    "disambig.mle:MLEDisambiguator",
                    "morphology.analyzer:Analyzer",
                    "morphology.database:MorphologyDB",
                )
            )
        try:
            database = database_of(str(self.database), "a")
            if not database.stem_hash:
                raise ValueError("it holds no stem")
            analyzer = analyzer_of(database, backoff="NONE")
            # Its own cache evaluates its default eagerly and so never fills; ours does.
            model = str(self.model) if self.model else None
            return disambiguator(analyzer, model, cache_size=0)
        except Exception as error:
            # A truncated download fails anywhere in CAMeL's parser, with any exception.
            reason = " ".join(str(error).split()) or type(error).__name__
            raise InputError(f"{self.database} is no morphology database: {reason}.") from error

    def analyse(self, word: str) -> Analysis | None:
        """Return the likeliest analysis of a word, or None if it has none.

        Parameters
        ----------
        word : str
            In any spelling; letters of Persian keyboards are folded first.
        """
        word = clean(word)
        if word not in self._memo:
            self._memo[word] = self._best(word)
        return self._memo[word]

    def lemma(self, word: str) -> str | None:
        """Return the lemma of a word without vowel marks, or None if it is not known."""
        analysis = self.analyse(word)
        return analysis.lemma if analysis else None

    def _best(self, word: str) -> Analysis | None:
        found = self._analyze.disambiguate_word([word], 0).analyses
        known = [scored.analysis for scored in found if scored.analysis.get("source") != "backoff"]
        known = [analysis for analysis in known if analysis.get("pos") not in (None, "none")]
        return _plain(known[0]) if known else None


def _plain(analysis: Mapping[str, Any]) -> Analysis:
    lemma = clean(str(analysis["lex"]).split("_")[0])
    gloss = str(analysis.get("stemgloss") or analysis.get("gloss") or "")
    prefixes = tuple(
        str(analysis[name]) for name in _CLITICS if analysis.get(name) not in (None, "0", "na")
    )
    return Analysis(lemma, str(analysis.get("pos", "")), gloss.replace("_", " "), prefixes)


def load_morphology(database: str | Path | None = None) -> Morphology:
    """Return the installed morphology, or that of a database file.

    Raises
    ------
    NotInstalledError
        If CAMeL Tools or their data are not installed; the message gives the command.
    """
    if database is not None:
        return Morphology(database)
    extras.require("camel", "The morphology")
    status = morphology_status()
    if status.database is None:
        raise NotInstalledError(str(status))
    return Morphology(status.database, status.model)


@contextmanager
def _offline() -> Iterator[None]:
    """Let CAMeL's data modules be imported without their reaching the network.

    They read a catalogue on import and fetch it where it is missing. Paths are given to
    them explicitly here, so that an empty catalogue does.
    """
    status = morphology_status()
    if (status.folder / "catalogue.json").is_file():
        yield
        return
    before = os.environ.get("CAMELTOOLS_DATA")
    with unfinished_folder() as folder:
        empty = {"version": "1.6.0", "packages": {}, "components": {}}
        (folder / "catalogue.json").write_text(json.dumps(empty), encoding="utf-8")
        os.environ["CAMELTOOLS_DATA"] = str(folder)
        try:
            yield
        finally:
            if before is None:
                del os.environ["CAMELTOOLS_DATA"]
            else:
                os.environ["CAMELTOOLS_DATA"] = before


def lemma_key(morphology: Morphology, word: str) -> str | None:
    """Return the match key of the lemma of a word."""
    lemma = morphology.lemma(word)
    return key(lemma) if lemma else None
