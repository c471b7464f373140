"""``syriatopics new``: a study of one's own, with values that fit its corpus."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from syriatopics.collecting import LEDGER, open_collection
from syriatopics.errors import StudyError
from syriatopics.escaping import markdown, number_of, one_line, toml_string
from syriatopics.files import folder_made_whole, require_free
from syriatopics.scale import open_corpus

if TYPE_CHECKING:
    from syriatopics.corpus import Corpus

__all__ = ["new_study", "notebooks_folder"]

# Fewer articles of an outlet get no interval, and fewer passages no topics that come again.
_FEWEST_ARTICLES, _FEWEST_PASSAGES = 15, 120

_STUDY = """\
{too_few}# What is studied. Every key is written out; what you do not need may go.
title = {title}
# Seeds every model and every resampling: the same number gives the same figures.
random_state = 7
# Which outlets are compared; empty: all. Here: {outlets}
outlets = []
# D, W, M, Q or Y. The articles span {span}.
trend_period = "{period}"
notebooks = "notebooks"

[corpus]
path = {path}
{metadata}
{press}
{pages}
# What the names of files say, where it is not guessed aright: "{{outlet}}_{{date}}"
{filenames}
# Where the names of the columns are not the usual ones: columns = {{ text = "corps" }}
{columns}{on_bad}# Refuses another corpus than this one, once you have published:
# fingerprint = "{fingerprint}"

[selection]
# How the articles were chosen, for the corpus statement. Nobody can read it off the articles:
{selection}
# precision = {{ hits = 188, checked = 200 }}
# recall = {{ hits = 45, checked = 60 }}
{output}
# gaps = [{{ outlet = "amad", start = 2016-07-10, end = 2016-07-12, reason = "site down" }}]

[period]
# start = 2011-03-15
# end = 2025-12-31

[themes]
# Your own themes, on top of the nine shipped ones:
# lexicon = "themes.toml"

# What scores passages, where it is not to be the theme lexicon: the first stands in figures, report and
# claims, and all of them are models of the multiverse. A table of your own labels, a classifier that learns
# from coded passages, or a language model; a model that has an address is asked by `run`, and nowhere else.
# [[scorers]]
# method = "table"  # or lexicon, keywords, classifier, taught, zero_shot, language_model
# table = "labels.csv"  # passage_id or article_id, and a column for each theme
# [[scorers]]
# method = "language_model"
# model = "…"  # name and version
# endpoint = "http://localhost:8000/v1"  # where it is to be asked; without it the cassette alone answers
# cassette = "calls.jsonl"  # what it answered: no text of a passage is in it

[models]
n_topics = {n_topics}
min_df = {min_df}
max_df = 0.5
# Names, merges, drops and splits of topics by hand; begun by `syriatopics topics . --to codebook.csv`:
# codebook = "codebook.csv"

[figures]
# en, ar or both
language = "both"
# screen, one_column, two_columns or slide
preset = "screen"
# svg, png and, with its fonts inside, pdf
formats = ["svg", "png", "pdf"]
font = "DejaVu Sans"
glosses = false
folder = "figures"

# What you claim, best before you have seen a figure: `syriatopics claims .` stamps it in
# claims.lock.json (commit that file), and `--write` makes a card of each.
# [[claims]]
# id = "aid"
# text = "…"                 in your own words, as it will stand in the paper
# kind = "contrast"          or trend (a and b are periods: 2018-03), or break (date, direction)
# theme = "humanitarian"
# a = "…"                    the outlet with more of it
# b = "…"
# [multiverse]
# conflation = ["words", "none"]
# model = ["lexicon", "terms", "nmf"]
"""

# What of the selection nobody can read off the articles, where nothing was collected.
_UNSTATED = {
    "selection": '# query = "سوريا OR سورية"\n# source = "the archive of the outlet"',
    "output": '# output = [{ outlet = "amad", start = 2016-07-01, end = 2016-07-31, n_articles = 400 }]',
}

_README = """\
# {title}

A study made with `syriatopics`: {summary}

```sh
syriatopics run .               # notebooks, figures and their tables; skips what did not change
syriatopics figures . --check   # are the figures those of the manifest and of the corpus?
syriatopics figures . --remake  # would they be made again to the byte?
```

- `study.toml` says what is studied.
- `notebooks/` asks the questions; they are yours to change. Executed pages go to `build/notebooks/`.
- `figures/` holds each figure beside the table that it draws, and `manifest.json`.

Before you write about a number: read the passages behind it, look at its `n` and its note.
"""

_IGNORED = "build/\n.ipynb_checkpoints/\n.venv/\n"


def notebooks_folder() -> Path:
    """Return the notebooks that come with the package, from a checkout or a wheel."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package.parents[1] / "notebooks", package / "_data" / "notebooks"):
        if list(folder.glob("[0-9]*.ipynb")):
            return folder
    raise StudyError("The notebooks are not installed with this copy of syriatopics.")


def new_study(
    folder: str | Path,
    corpus: str | Path,
    *,
    metadata: str | Path | None = None,
    outlets: str | Path | None = None,
    title: str | None = None,
    columns: Mapping[str, str | None] | None = None,
    pages: str | Path | None = None,
    filenames: str | None = None,
    on_bad: str = "skip",
    tell: Callable[[str], None] = lambda message: None,
) -> Path:
    """Make the folder of a study: study.toml, the notebooks, a README, .gitignore.

    The corpus is read first, so that the values written fit its size and period. The
    folder appears whole or not at all.

    Parameters
    ----------
    folder : path
        Must not exist, or be empty.
    corpus : path
        A folder of texts, or a csv, jsonl, Parquet or WARC file.
    metadata : path, optional
        A sidecar that stands above what the pages say.
    outlets : path, optional
        Outlets, agencies and papers on top of the shipped ones.
    title : str, optional
        By default the name of the folder.
    columns : mapping of field to column, optional
        Where the names of the columns are not the usual ones; None leaves a field out.
    pages, filenames, on_bad
        As in :func:`syriatopics.read_corpus`.
    tell : callable
        Is told for what there are too few articles, a line at a time; study.toml says so too.

    Returns
    -------
    Path
        The study.toml.

    Raises
    ------
    StudyError
        If there is something in the folder already.
    CorpusError
        If the corpus cannot be read.
    """
    folder, source = Path(folder).resolve(), Path(corpus).resolve()
    require_free(folder, "the study", StudyError)
    if (source / LEDGER).is_file():  # of what was collected, the pages that were kept
        source = source / "pages"
    sidecar, own, kept = (
        Path(path).resolve() if path is not None else None for path in (metadata, outlets, pages)
    )
    articles = open_corpus(
        source,
        metadata=sidecar,
        outlets=own,
        columns=columns,
        pages=kept,
        filenames=filenames,
        on_bad=on_bad,
    )
    too_few = [f"Too few: {said}" for said in _too_few(articles)]
    values = _values(articles, folder, source, title or folder.name)
    values["too_few"] = "".join(f"# {line}\n" for line in too_few)
    values |= _selection(source.parent, articles)
    values["metadata"] = _line("metadata", folder, sidecar, "sidecar.csv")
    values["press"] = _line("outlets", folder, own, "outlets.toml")
    values["pages"] = _line("pages", folder, kept, "crawl.warc.gz")
    said = toml_string(filenames) if filenames is not None else '"{outlet}_{date}"'
    values["filenames"] = f"{'' if filenames is not None else '# '}filenames = {said}"
    values["columns"] = _columns(columns)
    values["on_bad"] = f"on_bad = {toml_string(on_bad)}\n" if on_bad != "skip" else ""
    with folder_made_whole(folder) as staging:
        _write(staging, values, title or folder.name, articles)
    for line in too_few:
        tell(line)
    return folder / "study.toml"


def _write(folder: Path, values: dict[str, object], title: str, corpus: Corpus) -> None:
    (folder / "notebooks").mkdir()
    for notebook in sorted(notebooks_folder().glob("[0-9]*.ipynb")):
        shutil.copy(notebook, folder / "notebooks")
    (folder / "study.toml").write_text(_STUDY.format_map(values), encoding="utf-8")
    summary = markdown(corpus.summary().text.split("\n\n")[0])
    readme = _README.format(title=markdown(title), summary=summary)
    (folder / "README.md").write_text(readme, encoding="utf-8")
    (folder / ".gitignore").write_text(_IGNORED, encoding="utf-8")


def _values(corpus: Corpus, folder: Path, source: Path, title: str) -> dict[str, object]:
    dates = pd.to_datetime(corpus.table["date_printed"]).dropna()
    n_passages = len(corpus.passages())
    return {
        "title": toml_string(title),
        "path": toml_string(_from(folder, source)),
        "outlets": one_line(", ".join(map(str, corpus.outlets))) or "none is known",
        "fingerprint": corpus.fingerprint[:16],
        "span": f"{dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d}" if len(dates) else "no date",
        "period": _period(dates),
        # Some thirty passages to a topic, and not more topics than a reader can name.
        "n_topics": min(20, max(4, n_passages // 30)),
        "min_df": 2 if n_passages < 2_000 else 5,
    }


def _selection(folder: Path, corpus: Corpus) -> dict[str, str]:
    """Write how the articles were chosen, where a collection in a folder knows it."""
    if not (folder / LEDGER).is_file():
        return _UNSTATED
    stated = open_collection(folder).selection(corpus)
    outputs = ", ".join(
        f"{{ outlet = {toml_string(known.outlet)}, start = {known.start}, end = {known.end}, "
        f"n_articles = {known.n_articles}, source = {toml_string(known.source)} }}"
        for known in stated.output
    )
    query, source = toml_string(stated.query), toml_string(stated.source)
    return {"selection": f"query = {query}\nsource = {source}", "output": f"output = [{outputs}]"}


def _too_few(corpus: Corpus) -> Iterator[str]:
    """Say for what there is too little, before anybody runs anything."""
    n_passages, n_dated = len(corpus.passages()), int(corpus.table["date_printed"].notna().sum())
    counts = corpus.table["outlet"].value_counts()
    enough = int((counts >= _FEWEST_ARTICLES).sum())
    if enough < 2:
        yield (
            f"{number_of(enough, 'outlet')} with {_FEWEST_ARTICLES} articles or more; a comparison takes "
            "two, and below that shares have no intervals."
        )
    if n_passages < _FEWEST_PASSAGES:
        yield f"{n_passages:,} passages; topics that would come again take {_FEWEST_PASSAGES} and more."
    if n_dated < _FEWEST_ARTICLES:
        dated = number_of(n_dated, "article")
        yield f"{dated} with a date; trends and breaks take {_FEWEST_ARTICLES} and more."


def _line(option: str, folder: Path, path: Path | None, example: str) -> str:
    """Write an option that holds a path, as a comment where there is none."""
    return f"{option} = {toml_string(_from(folder, path))}" if path else f'# {option} = "{example}"'


def _columns(columns: Mapping[str, str | None] | None) -> str:
    """Write the names of columns as study.toml has them; a field without a column is empty."""
    if not columns:
        return ""
    pairs = ", ".join(
        f"{toml_string(field)} = {toml_string(name or '')}" for field, name in columns.items()
    )
    return f"columns = {{ {pairs} }}\n"


def _period(dates: pd.Series[pd.Timestamp]) -> str:
    if not dates.notna().any():
        return "Y"  # articles without a printed date are placed by windows, and those are long
    days = (dates.max() - dates.min()).days
    for longest, period in ((45, "D"), (200, "W"), (5 * 366, "M"), (12 * 366, "Q")):
        if days <= longest:
            return period
    return "Y"


def _from(folder: Path, path: Path) -> str:
    """Write a path as seen from the study where they lie together, else in full."""
    shared = os.path.commonpath([folder.parent, path])
    near = Path(shared) == folder.parent
    return Path(os.path.relpath(path, folder)).as_posix() if near else path.as_posix()
