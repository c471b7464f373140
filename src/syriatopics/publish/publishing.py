"""The pieces of a paper in a folder: texts, tables, figures, data, a script, a crate."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from syriatopics.corpus.pseudonyms import Pseudonyms
from syriatopics.errors import InputError, StudyError
from syriatopics.escaping import guarded
from syriatopics.files import folder_made_whole, inside
from syriatopics.publish.check import Checked, compare
from syriatopics.publish.columns import dictionary
from syriatopics.publish.crate import write_crate
from syriatopics.publish.facts import Facts, facts_of
from syriatopics.publish.formats import FORMATS
from syriatopics.publish.model import Language, Paper
from syriatopics.publish.people import hidden_people
from syriatopics.publish.script import SCRIPT, scores_table, terms_table
from syriatopics.publish.sections import make_paper
from syriatopics.study import Study, check_figures, open_study, read_manifest
from syriatopics.study.steps import waiting

__all__ = ["check_paper", "publish_study"]

_LANGUAGES: dict[str, tuple[Language, ...]] = {"en": ("en",), "ar": ("ar",), "both": ("en", "ar")}
_PICTURES = ("pdf", "png", "svg")
# What a manifest says of a figure in words.
_WORDS = ("title", "title_ar", "note")


def publish_study(
    study: Study | str | Path = "study.toml",
    to: str | Path = "paper",
    *,
    pseudonyms: str | Path | None = None,
    tell: Callable[[str], None] = lambda message: None,
) -> Path:
    """Write what a paper needs of a study: from the figures and tables that stand, nothing is fitted.

    Parameters
    ----------
    study : Study or path
    to : path
        A new folder. It gets ``paper.<language>.docx``, ``.tex`` and ``.qmd`` with the sections of
        data, method and limits and every table; ``figures/``; ``data/`` with every table as csv,
        ``dictionary.csv``, ``scores.csv`` and ``terms.csv``; ``analysis.R``, which makes shares,
        differences and, with quanteda, words from these again, and says how far it comes from the tables;
        ``numbers.csv``, in which each number of the text has its anchor and source; and
        ``ro-crate-metadata.json``. No text of an article goes in.
    pseudonyms : path, optional
        A file with a key of yours, drawn where there is none: bylines, and persons who are quoted and
        stand in no lexicon, then have pseudonyms that only who has the key can tell. Keep it, and keep it
        to yourself. A figure whose table names such a person goes without its picture.
    tell : callable
        Is told what an author should know, a line at a time.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    StudyError
        If the study was not run whole (what is left is named), or its figures are not those of the
        corpus and the manifest.
    InputError
        If the folder is there already.
    """
    study = study if isinstance(study, Study) else open_study(study)
    target = Path(to)
    if target.exists():
        raise InputError(f"{target} is there already: name a new folder.")
    if not (study.folder / study.options.figures.folder / "manifest.json").is_file():
        left = ", ".join(waiting(study))
        raise StudyError(f"{study.path} has no figures yet: run it first. Still to run: {left}.")
    differences = check_figures(study)
    if differences:
        raise StudyError(f"The figures are not those of the study, run it first: {differences[0]}")
    hidden = hidden_people(study.corpus, pseudonyms) if pseudonyms else None
    manifest, tables, named = _results(study, hidden)
    for name in named:
        tell(f"{name} names a person: its picture is left out")
    facts = facts_of(study, manifest)
    papers = {
        language: _paper(study, language, facts, manifest, tables, named)
        for language in _LANGUAGES[study.options.figures.language]
    }
    if "pdf" not in study.options.figures.formats:
        tell('no figure is a PDF: formats = ["svg", "png", "pdf"] under [figures], and run')
    with folder_made_whole(target) as folder:
        for language, paper in papers.items():
            for form in FORMATS.values():
                (folder / f"paper.{language}.{form.ending}").write_bytes(form.write(paper))
        _copy_figures(study, manifest, folder / "figures", named)
        _write_data(study, tables, hidden, folder / "data")
        _write_numbers(papers, folder / "numbers.csv")
        (folder / "analysis.R").write_text(SCRIPT, encoding="utf-8")
        write_crate(folder, study, manifest)
    return target


def check_paper(
    study: Study | str | Path = "study.toml",
    paper: str | Path = "paper",
    *,
    pseudonyms: str | Path | None = None,
) -> dict[Path, Checked]:
    """Compare the numbers of manuscripts with the study as it stands now.

    Parameters
    ----------
    study : Study or path
    paper : path
        A manuscript that :func:`publish_study` began (``.docx``, ``.tex``, ``.qmd``), or a folder of
        such. Its name says its language: ``….ar.docx``; without it the study's first.
    pseudonyms : path, optional
        The key by which it was made, if it was.

    Returns
    -------
    dict of Path to Checked

    Raises
    ------
    InputError
        If there is no manuscript, or it cannot be read.
    """
    study = study if isinstance(study, Study) else open_study(study)
    place = Path(paper)
    files = [place] if place.is_file() else sorted(
        file for form in FORMATS for file in place.glob(f"*.{form}")
    )  # fmt: skip
    if not files:
        raise InputError(f"{place} holds no manuscript: {', '.join(FORMATS)}.")
    hidden = hidden_people(study.corpus, pseudonyms) if pseudonyms else None
    manifest, tables, named = _results(study, hidden)
    facts = facts_of(study, manifest)
    first = _LANGUAGES[study.options.figures.language][0]
    papers: dict[str, Paper] = {}
    checked = {}
    for file in files:
        written = file.stem.rpartition(".")[2]
        language: Language = first if written not in ("en", "ar") else written  # type: ignore[assignment]
        if language not in papers:
            papers[language] = _paper(study, language, facts, manifest, tables, named)
        checked[file] = compare(file, papers[language])
    return checked


def _results(
    study: Study, hidden: Pseudonyms | None
) -> tuple[dict[str, Any], dict[str, pd.DataFrame], tuple[str, ...]]:
    """Return the manifest of a study, the table of each figure as text, and which named somebody."""
    folder = study.folder / study.options.figures.folder
    manifest = read_manifest(folder)
    tables = {}
    for name in manifest["figures"]:
        file = inside(folder, f"{name}.csv", "manifest.json", StudyError)
        tables[name] = pd.read_csv(file, dtype=str, keep_default_na=False)
    if hidden is None:
        return manifest, tables, ()
    after = {name: hidden.table(table) for name, table in tables.items()}
    records = {
        name: {word: hidden.hide(said) if word in _WORDS else said for word, said in record.items()}
        for name, record in manifest["figures"].items()
    }
    named = (
        name
        for name, record in manifest["figures"].items()
        if record != records[name] or not after[name].equals(tables[name])
    )
    return {**manifest, "figures": records}, after, tuple(named)


def _paper(
    study: Study,
    language: Language,
    facts: Facts,
    manifest: Mapping[str, Any],
    tables: Mapping[str, pd.DataFrame],
    named: Collection[str],
) -> Paper:
    outlets = {o: study.corpus.publishers.name_of(o, language) for o in study.corpus.outlets}
    themes = {theme: names[language == "ar"] for theme, names in facts.themes.items()}
    labels = {"outlet": outlets, "a": outlets, "b": outlets, "theme": themes}
    files = {n: () if n in named else _pictures(study, n) for n in manifest["figures"]}
    figures = manifest["figures"]
    return make_paper(study.options.title, language, facts, tables, figures, files, labels)


def _pictures(study: Study, name: str) -> tuple[Path, ...]:
    folder = study.folder / study.options.figures.folder
    files = (folder / f"{name}.{ending}" for ending in _PICTURES)
    return tuple(file for file in files if file.is_file())


def _copy_figures(
    study: Study, manifest: Mapping[str, Any], folder: Path, named: Collection[str]
) -> None:
    folder.mkdir()
    for name in manifest["figures"].keys() - set(named):
        for file in _pictures(study, name):
            shutil.copyfile(file, folder / file.name)


def _write_data(
    study: Study, tables: dict[str, pd.DataFrame], hidden: Pseudonyms | None, folder: Path
) -> None:
    folder.mkdir()
    terms = terms_table(study)
    more = {"scores": scores_table(study), "terms": hidden.table(terms) if hidden else terms}
    for name, table in {**tables, **{name: guarded(table) for name, table in more.items()}}.items():
        _csv(table, folder / f"{name}.csv")
    _csv(dictionary({**tables, **more}), folder / "dictionary.csv")


def _write_numbers(papers: Mapping[Language, Paper], file: Path) -> None:
    rows = [
        (language, number.anchor, number.shown, number.source)
        for language, paper in papers.items()
        for number in paper.numbers.values()
    ]
    _csv(guarded(pd.DataFrame(rows, columns=["language", "anchor", "shown", "source"])), file)


def _csv(table: pd.DataFrame, file: Path) -> None:
    file.write_bytes(table.to_csv(index=False, lineterminator="\n").encode("utf-8", "replace"))
