"""The codebook: which topics a reader takes for which theme, who said so, and of which model."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as day
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from syriatopics.corpus.read.opening import csv_rows, open_text
from syriatopics.encoders import Encoder, nearest_names
from syriatopics.errors import InputError, ModelError, choices
from syriatopics.escaping import from_cell, to_cell, toml_string
from syriatopics.files import write_atomically
from syriatopics.inference import Scores
from syriatopics.lexicons import load
from syriatopics.results import Result
from syriatopics.topics.editing import read_edit
from syriatopics.topics.fitted import FittedTopics
from syriatopics.topics.naming import propose_names

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Codebook", "code_topics", "read_codebook", "theme_shares"]

COLUMNS = ("topic", "theme", "ar", "en", "edit", "words", "coder", "date", "note")
_MODEL = "model"


@dataclass(frozen=True, eq=False, kw_only=True)
class Codebook(Result):
    """A row per topic: ``topic, theme, ar, en, edit, words, coder, date, note``.

    An empty theme is none. ``ar`` and ``en`` are names, proposed until a reader writes better ones;
    ``edit`` is "merge 3", "drop", "split 2" or nothing: see :meth:`FittedTopics.edited`.

    Attributes
    ----------
    fingerprint : str
        Of the model whose topics were coded.
    """

    fingerprint: str

    @property
    def themes(self) -> list[str]:
        """The themes that topics were given to."""
        return sorted({theme for theme in self.table["theme"] if theme})

    def require_of(self, topics: FittedTopics) -> None:
        """Refuse topics of another model, which would be named wrongly."""
        if self.fingerprint != topics.fingerprint:
            model = self.fingerprint or "none that it names (column 'model')"
            raise ModelError(
                f"The codebook is of model {model}, these topics are of "
                f"{topics.fingerprint}: code the topics of this model."
            )
        strange = sorted(set(self.table["topic"]) - set(range(topics.n_topics)))
        if strange:
            raise InputError(f"No topic {strange[0]}. Topics here: 0 to {topics.n_topics - 1}.")

    def save(self, path: str | Path) -> None:
        """Write the codebook as .csv or .toml, to be looked through and corrected by hand."""
        path = Path(path)
        if path.suffix == ".csv":
            # The mark at the start tells spreadsheets that the file is UTF-8.
            write_atomically(path, ("\ufeff" + self._csv()).encode("utf-8", "replace"))
        elif path.suffix == ".toml":
            write_atomically(path, self._toml().encode())
        else:
            raise InputError(f"{path.name}: a codebook is a .csv or a .toml file.")

    def plot(self, ax: Axes | None = None, **options: Any) -> Axes:
        """Draw how many topics each theme has."""
        from syriatopics.plots import bars

        counts = self.table["theme"].replace("", "—").value_counts().sort_index()
        table = counts.rename("topics").rename_axis("theme").reset_index()
        return bars(
            table, ax, **{"name": "theme", "value": "topics", "xlabel": "topics", **options}
        )

    def _full(self) -> pd.DataFrame:
        return self.table.reindex(columns=list(COLUMNS), fill_value="")

    def _csv(self) -> str:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([*COLUMNS, _MODEL])
        for row in self._full().itertuples(index=False, name=None):
            writer.writerow([*(to_cell(value) for value in row), self.fingerprint])
        return out.getvalue()

    def _toml(self) -> str:
        lines = [f"{_MODEL} = {toml_string(self.fingerprint)}"]
        for row in self._full().to_dict("records"):
            lines += ["", "[[topic]]", f"topic = {row['topic']}"]
            lines += [f"{name} = {toml_string(row[name])}" for name in COLUMNS[1:]]
        return "\n".join(lines) + "\n"


def code_topics(
    topics: FittedTopics,
    themes: Mapping[int, str] | None = None,
    *,
    coder: str,
    date: str | day,
    notes: Mapping[int, str] | None = None,
    encoder: str | Encoder | None = None,
    english: Sequence[str] | None = None,
) -> Codebook:
    """Begin a codebook: propose names for topics, and give topics to themes.

    Parameters
    ----------
    topics : FittedTopics
    themes : mapping of int to str, optional
        Topic → theme; the others get none.
    coder : str
        Who read the passages.
    date : str or date
        When, as YYYY-MM-DD.
    notes : mapping of int to str, optional
    encoder : str or Encoder, optional
        One that knows both languages, such as "e5": where the English of a name is not all known, the
        nearest of `english` is proposed, and the note says so.
    english : sequence of str, optional
        By default what the lexicons call events and themes.

    Raises
    ------
    InputError
        If a topic is not there, or the date cannot be read.

    Examples
    --------
    >>> from syriatopics.corpus import load_seeds
    >>> from syriatopics.topics import NMF
    >>> topics = NMF(n_topics=3).fit(load_seeds().passages())
    >>> code_topics(topics, {0: "accountability"}, coder="RA", date="2026-01-31").themes
    ['accountability']
    """
    themes = themes or {}
    strange = sorted(set(themes) - set(range(topics.n_topics)))
    if strange:
        raise InputError(f"No topic {strange[0]}. Topics here: 0 to {topics.n_topics - 1}.")
    names = [(topics.names or {}).get(t, name) for t, name in enumerate(propose_names(topics))]
    said = {topic: (notes or {}).get(topic, "") for topic in range(topics.n_topics)}
    if encoder is not None:
        unknown = [t for t, (_, en) in enumerate(names) if not en]
        texts = [f"{names[t][0]}، {topics.table['words'].iloc[t]}" for t in unknown]
        known = list(english if english is not None else _english())
        for t, name in zip(unknown, nearest_names(texts, known, encoder=encoder), strict=True):
            names[t] = (names[t][0], name)
            said[t] = "; ".join(filter(None, (said[t], f"en: the nearest of {len(known)} names")))
    table = pd.DataFrame(
        {
            "topic": range(topics.n_topics),
            "theme": [themes.get(topic, "") for topic in range(topics.n_topics)],
            "ar": [ar for ar, _ in names],
            "en": [en for _, en in names],
            "edit": "",
            "words": topics.table["words"],
            "coder": coder,
            "date": _day(str(date), "date"),
            "note": list(said.values()),
        }
    )
    return Codebook(table=table, fingerprint=topics.fingerprint)


def _english() -> list[str]:
    """Return what the lexicons call events and themes in English."""
    events, themes = load("events").event, load("themes").theme
    return [*(event.en for event in events), *(theme.en for theme in themes)]


def read_codebook(path: str | Path) -> Codebook:
    """Read a codebook that was saved, and maybe corrected by hand.

    Raises
    ------
    InputError
        If it cannot be read, a column is missing, a topic stands twice, or a date is none;
        the message names the place.
    """
    path = Path(path)
    try:
        text = open_text(path)
        rows, model = _from_csv(text) if path.suffix == ".csv" else _from_toml(text, path)
    except OSError as error:
        raise InputError(f"No codebook at {path}: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, csv.Error) as error:
        raise InputError(f"{path}: {error}.") from None
    rows = [row for row in rows if any(str(value or "").strip() for value in row.values())]
    if not rows:
        raise InputError(f"{path} holds no topic.")
    for number, row in enumerate(rows, start=1):
        missing = [name for name in ("topic", "theme") if row.get(name) is None]
        if missing:
            raise InputError(f"{path}, topic {number}: {missing[0]!r} is missing.")
    table = pd.DataFrame([{name: row.get(name, "") for name in COLUMNS} for row in rows])
    table["topic"] = [_whole(value, path) for value in table["topic"]]
    for name in COLUMNS[1:]:
        table[name] = table[name].astype(str).str.strip().map(from_cell)
    table["date"] = [
        _day(value, f"{path}, topic {topic}, date") if value else ""
        for topic, value in zip(table["topic"], table["date"], strict=True)
    ]
    for number, edit in zip(table["topic"], table["edit"], strict=True):
        try:
            read_edit(edit)
        except InputError as error:
            raise InputError(f"{path}, topic {number}: {error}") from None
    twice = table["topic"][table["topic"].duplicated()]
    if len(twice):
        raise InputError(f"{path}: topic {twice.iloc[0]} stands twice.")
    return Codebook(table=table.sort_values("topic", ignore_index=True), fingerprint=model)


def theme_shares(topics: FittedTopics, codebook: Codebook) -> Scores:
    """Return how much of each theme is in each passage: the sum of θ over its topics.

    Topics without a theme make up the rest, so rows may sum to less than 1.

    Raises
    ------
    ModelError
        If the codebook is of another model: its topics would be named wrongly.
    InputError
        If no topic has a theme.
    """
    codebook.require_of(topics)
    if not codebook.themes:
        raise InputError("No topic of the codebook has a theme.")
    coded = codebook.table[codebook.table["theme"] != ""]
    columns = {
        theme: topics.theta[:, coded["topic"][coded["theme"] == theme].to_numpy()].sum(axis=1)
        for theme in codebook.themes
    }
    table = pd.DataFrame(
        {theme: np.clip(column, 0, 1) for theme, column in columns.items()},
        index=pd.Index(topics.documents["passage_id"], name="passage_id"),
    )
    coders = (
        ", ".join(sorted({coder for coder in codebook.table["coder"] if coder})) or "nobody named"
    )
    return Scores(
        table=table,
        passages=topics.dtm.passages,
        notes=(*topics.notes, f"{len(coded)} of {topics.n_topics} topics coded by {coders}."),
    )


def _from_csv(text: str) -> tuple[list[dict[str, Any]], str]:
    read = csv_rows(text)
    read.fieldnames = [name.strip().casefold() for name in read.fieldnames or ()]
    rows = list(read)
    models = {str(row[_MODEL]) for row in rows if row.get(_MODEL)}
    if len(models) > 1:
        raise InputError(f"The codebook names several models: {choices(models)}.")
    return rows, models.pop() if models else ""


def _from_toml(text: str, path: Path) -> tuple[list[dict[str, Any]], str]:
    if path.suffix != ".toml":
        raise InputError(f"{path.name}: a codebook is a .csv or a .toml file.")
    data = tomllib.loads(text)
    rows = data.get("topic", [])
    if not isinstance(rows, Sequence) or not all(isinstance(row, dict) for row in rows):
        raise InputError(f"{path}: topics stand under [[topic]].")
    return list(rows), str(data.get(_MODEL, ""))


def _whole(value: object, path: Path) -> int:
    try:
        return int(str(value).strip().removesuffix(".0"))
    except ValueError:
        raise InputError(f"{path}: topic {value!r} is no number.") from None


def _day(text: str, where: str) -> str:
    try:
        return day.fromisoformat(text).isoformat()
    except ValueError:
        raise InputError(f"{where}: {text!r} is no date; write YYYY-MM-DD.") from None
