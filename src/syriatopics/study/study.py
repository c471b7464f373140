"""A study: a folder with a study.toml, from which corpus, themes and figures are derived."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriatopics import __version__
from syriatopics.arabic import load_morphology, term_labels
from syriatopics.corpus import Corpus
from syriatopics.errors import InputError, StudyError
from syriatopics.framing import load_themes
from syriatopics.lexicons.schema import Themes
from syriatopics.matrix import DocumentTermMatrix, count_terms
from syriatopics.plots.presets import font_settings, preset_settings
from syriatopics.plots.style import NOTHING
from syriatopics.results import Result, round_table
from syriatopics.scale import open_corpus
from syriatopics.scorers import DEFAULT, Scorer, ThemeScores, scorer_of
from syriatopics.scorers.scoring import scored_by
from syriatopics.study.config import StudyOptions, read_options
from syriatopics.study.drawing import Look, draw_figure
from syriatopics.study.findings import Finding, finding
from syriatopics.study.scorers import ask_models, replaying, scorers_of
from syriatopics.study.store import FigureStore
from syriatopics.topics import NMF, Codebook, FittedTopics, read_codebook

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Study", "open_study"]

# Where a run puts its figures before it is known to have succeeded.
STAGING = "SYRIATOPICS_FIGURES"


class Study:
    """An opened study.

    Attributes
    ----------
    path : Path
        Its study.toml.
    options : StudyOptions
        What study.toml says, with the defaults filled in.
    """

    def __init__(self, path: Path, options: StudyOptions) -> None:
        self.path = path
        self.options = options

    @property
    def folder(self) -> Path:
        """The folder of the study; paths in study.toml start here."""
        return self.path.parent

    @cached_property
    def corpus(self) -> Corpus:
        """The articles of the study: read, and cut to its outlets and period."""
        options = self.options.corpus
        metadata, outlets, pages = (
            self.folder / name if name else None
            for name in (options.metadata, options.outlets, options.pages)
        )
        corpus = open_corpus(
            self.folder / options.path,
            columns={field: name or None for field, name in (options.columns or {}).items()},
            metadata=metadata,
            outlets=outlets,
            selection=self.options.selection,
            on_bad=options.on_bad,
            pages=pages,
            filenames=options.filenames,
        )
        if options.fingerprint and not corpus.fingerprint.startswith(options.fingerprint):
            raise StudyError(
                f"{self.path}: the corpus has changed: its fingerprint is "
                f"{corpus.fingerprint[:16]}, the study was made on {options.fingerprint[:16]}."
            )
        if self.options.outlets:
            corpus = corpus.of_outlets(*self.options.outlets)
        period = self.options.period
        if period.start or period.end:
            corpus = corpus.between(
                str(period.start or "1900-01-01"), str(period.end or "2100-01-01")
            )
        return corpus

    @cached_property
    def themes(self) -> Themes:
        """The theme lexicon of the study."""
        own = self.options.themes.lexicon
        return load_themes(self.folder / own if own else None)

    @cached_property
    def dtm(self) -> DocumentTermMatrix:
        """The counts of the study's passages."""
        models = self.options.models
        return count_terms(self.corpus, min_df=models.min_df, max_df=models.max_df)

    @property
    def model(self) -> NMF:
        """The topic model of the study."""
        return NMF(n_topics=self.options.models.n_topics, random_state=self.options.random_state)

    @property
    def codebook(self) -> Codebook | None:
        """What a reader made of the topics, where study.toml names a codebook."""
        name = self.options.models.codebook
        return read_codebook(self.folder / name) if name else None

    @cached_property
    def fitted(self) -> FittedTopics:
        """The topics as the model gives them, whose numbers a codebook speaks of."""
        return self.model.fit(self.dtm)

    @cached_property
    def topics(self) -> FittedTopics:
        """The topics of the study, named and edited as its codebook says."""
        codebook = self.codebook
        return self.fitted.edited(codebook) if codebook is not None else self.fitted

    @cached_property
    def scorers(self) -> dict[str, Scorer]:
        """The scorers that study.toml declares, by name; models replay what was asked, and ask nothing."""
        return replaying(self._declared())

    @property
    def scorer(self) -> Scorer:
        """The scorer of figures, report and claims: the first that is declared, or the theme lexicon."""
        return next(iter(self.scorers.values()), scorer_of(DEFAULT))

    @cached_property
    def scores(self) -> ThemeScores:
        """What the study's scorer says of its passages."""
        return scored_by(self.scorer, self.corpus.passages(), self.themes)

    def methods(self) -> dict[str, ThemeScores]:
        """Return what each scorer says of the passages, by the names of study.toml."""
        passages, themes = self.corpus.passages(), self.themes
        others = list(self.scorers.items())[1:]
        first = next(iter(self.scorers), self.scorer.name)
        return {first: self.scores} | {
            name: scored_by(scorer, passages, themes) for name, scorer in others
        }

    def ask(self, tell: Callable[[str], None] = lambda message: None) -> None:
        """Ask the models that have an address in study.toml for what their cassettes lack."""
        ask_models(self._declared(), lambda: self.corpus, self.themes, tell)

    def _declared(self) -> dict[str, Scorer]:
        return scorers_of(self.options.scorers, self.folder, lambda: self.corpus, self.themes)

    @property
    def coding(self) -> Path:
        """The folder of what people code: passages, and questions about topics."""
        return self.folder / "coding"

    @property
    def theme_labels(self) -> dict[str, str]:
        """The readable name of each theme, in the language of the figures."""
        return {t.id: self._in_language(t.en, t.ar) for t in self.themes.theme}

    @property
    def outlet_labels(self) -> dict[str, str]:
        """The readable name of each outlet, and of each article that has none."""
        name_of = self.corpus.publishers.name_of
        labels = {o: self._in_language(name_of(o), name_of(o, "ar")) for o in self.corpus.outlets}
        for article in self.corpus.outlines:
            if article.outlet is None:
                short = (
                    f"{article.article_id[:8]}…"
                    if len(article.article_id) > 9
                    else article.article_id
                )
                unnamed = "no outlet" if self.options.figures.language == "en" else "بلا ناشر"
                labels[f"{article.article_id} (no outlet)"] = f"{short} · {unnamed}"
        return labels

    @property
    def article_labels(self) -> dict[str, str]:
        """A short readable name for each article: its id, and its outlet."""
        outlets = self.outlet_labels
        return {
            a.article_id: outlets[f"{a.article_id} (no outlet)"]
            if a.outlet is None
            else f"{a.article_id[:8]}… {outlets[a.outlet]}"
            for a in self.corpus.outlines
        }

    def label_terms(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return a table of terms with a column ``label`` in the language of the figures.

        Parameters
        ----------
        table : DataFrame
            Columns ``term`` and ``display``.

        Raises
        ------
        NotInstalledError
            If study.toml asks for glosses and CAMeL's data is not installed.
        """
        options = self.options.figures
        gloss = load_morphology() if options.glosses else None
        shown = dict(zip(table["term"], table["display"], strict=True))
        labels = term_labels(shown, options.language, shown.__getitem__, gloss)
        return table.assign(label=table["term"].map(labels))

    def _in_language(self, en: str, ar: str) -> str:
        chosen = self.options.figures.language
        if chosen == "en" or en == ar:
            return en
        return ar if chosen == "ar" else f"{en} · {ar}"

    @cached_property
    def figures(self) -> FigureStore:
        """The store of the figures."""
        folder = Path(os.environ.get(STAGING) or self.folder / self.options.figures.folder)
        header = {
            "study": self.options.title,
            "corpus_fingerprint": self.corpus.fingerprint,
            "n_articles": len(self.corpus),
            "random_state": self.options.random_state,
            "command": "syriatopics run",
        }
        return FigureStore(folder, header, self.options.figures.formats, self._look.settings)

    @cached_property
    def _look(self) -> Look:
        options = self.options.figures
        try:
            font = font_settings(options.font, self.folder / "fonts")
        except InputError as error:
            raise StudyError(f"{self.path}: figures.font: {error}") from None
        return Look(options.language, options.preset, {**font, **preset_settings(options.preset)})

    def figure(
        self,
        name: str,
        result: Result | pd.DataFrame,
        draw: Callable[..., Axes] | None = None,
        /,
        *,
        title: str = "",
        title_ar: str = "",
        note: str = "",
        **options: Any,
    ) -> Figure:
        """Draw a result, save figure and table, and return the figure.

        Parameters
        ----------
        name : str
            File name without ending, such as ``06_theme_shares``.
        result : Result or DataFrame
            Its table is rounded to six decimals first, and drawn from the rounded values.
        draw : callable, optional
            ``(table, ax, **options) → ax``; by default the result's own ``plot``.
        title, title_ar : str
            Above the picture, in English and Arabic; the language of the figures decides.
        note : str
            Below the picture: what the reader must know. Below Arabic figures it stands in Arabic, as
            far as that is known; the manifest holds it as it is.

        Notes
        -----
        Where there is nothing to be seen yet, such as agreement where nobody has coded, the table is
        saved alone, and the figure that is returned says why.
        """
        table = _rounded(result)
        figure = draw_figure(result, table, draw, self._look, (title, title_ar), note, options)
        seen = figure if any(ax.get_gid() != NOTHING for ax in figure.axes) else None
        self.figures.save(name, seen, table, _record(result, table, title, title_ar, note))
        return figure

    def table(
        self,
        name: str,
        result: Result | pd.DataFrame,
        /,
        *,
        title: str = "",
        title_ar: str = "",
        note: str = "",
    ) -> Result | pd.DataFrame:
        """Save a table without a picture beside the figures, and return it to be shown.

        Parameters
        ----------
        name : str
            File name without ending, such as ``34_contrasts``.
        result : Result or DataFrame
            Written with six decimals.
        title, title_ar, note : str
            For the manifest and the report.
        """
        table = _rounded(result)
        self.figures.save(name, None, table, _record(result, table, title, title_ar, note))
        return result

    def found(self, result: object) -> Finding:
        """Say in a sentence what a result found, in the languages of the figures, with its basis.

        The page of a notebook shows what its cell tagged ``found`` says below the title.

        Parameters
        ----------
        result : Corpus, Contrasts, Changepoints, FittedTopics or Agreement
        """
        chosen = self.options.figures.language
        return Finding(
            {
                language: finding(result, language, self._names(language))
                for language in (("en", "ar") if chosen == "both" else (chosen,))
            }
        )

    def _names(self, language: str) -> dict[str, str]:
        """The names of outlets and themes in a language, and what stands for all outlets."""
        names = {"all": "كل الناشرين" if language == "ar" else "all outlets"}
        names |= {o: self.corpus.publishers.name_of(o, language) for o in self.corpus.outlets}
        return names | {t.id: t.ar if language == "ar" else t.en for t in self.themes.theme}

    def stamp(self, notebook: str, version: str) -> str:
        """Return the line by which a notebook says what made it and what it was run on."""
        return (
            f"{notebook} {version} · syriatopics {__version__} · {self.options.title} · "
            f"corpus {self.corpus.fingerprint[:16]} ({len(self.corpus)} articles)"
        )

    def __repr__(self) -> str:
        return f"<Study {self.options.title!r} at {self.folder}>"


def _rounded(result: Result | pd.DataFrame) -> pd.DataFrame:
    return result.rounded().table if isinstance(result, Result) else round_table(result)


def _record(
    result: Result | pd.DataFrame, table: pd.DataFrame, title: str, title_ar: str, note: str
) -> dict[str, Any]:
    return {
        "title": title,
        "title_ar": title_ar,
        "note": note,
        "notes": list(result.notes) if isinstance(result, Result) else [],
        "columns": list(map(str, table.columns)),
    }


def open_study(path: str | Path = "study.toml") -> Study:
    """Open a study.

    Parameters
    ----------
    path : path
        A study.toml, or the folder that holds one.

    Returns
    -------
    Study
        With ``.corpus``, ``.themes`` and ``.options``; the corpus is read on first use.

    Raises
    ------
    StudyError
        If there is no study.toml, or it is broken.
    """
    path = Path(path)
    path = path / "study.toml" if path.is_dir() else path
    return Study(path.resolve(), read_options(path))
