"""A coding task: which passages are to be read, with which codebook, and what was decided so far.

A task is a folder: ``task.json`` (corpus, codebook, sample; never changed) and ``decisions/``, a
file per coder, one line per decision. It can be copied to another machine and back.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from syriatopics.corpus import Corpus
from syriatopics.errors import InputError
from syriatopics.escaping import to_bytes
from syriatopics.files import read_json, require_free, write_atomically
from syriatopics.framing import load_themes
from syriatopics.inference import Codings, Scores, check_texts, read_coded
from syriatopics.inference.codings import COLUMNS
from syriatopics.inference.codings import SAMPLE as _KEPT
from syriatopics.lexicons.schema import Theme, Themes
from syriatopics.validation.coding.decisions import Log, describe, now
from syriatopics.validation.coding.sampling import draw_sample

if TYPE_CHECKING:
    from syriatopics.validation.coding.workbench import Workbench

__all__ = ["CodingTask", "coding_task", "open_coding_task", "read_codings"]

FORMAT, FORMAT_VERSION = "syriatopics.CodingTask", 1
_FILE, _DECISIONS = "task.json", "decisions"


@dataclass(frozen=True, eq=False)
class CodingTask:
    """Passages to be read with a codebook.

    Attributes
    ----------
    folder : Path
    sample : DataFrame
        ``passage_id, article_id, outlet, date, text, stratum, probability``, in the order in
        which everybody reads them. The order is random: whoever stops early has read a
        random part.
    themes : tuple of Theme
        The codebook.
    fingerprint : str
        Of the corpus.
    design : dict
        How the sample was drawn: ``design, n, unit, period, random_state, n_passages``.
    """

    folder: Path
    sample: pd.DataFrame
    themes: tuple[Theme, ...]
    fingerprint: str
    design: dict[str, Any]

    def __len__(self) -> int:
        return len(self.sample)

    @property
    def theme_ids(self) -> tuple[str, ...]:
        """The ids of the themes, in the order of the codebook."""
        return tuple(theme.id for theme in self.themes)

    @property
    def coders(self) -> list[str]:
        """Who has a file of decisions."""
        return Log.coders(self.folder / _DECISIONS)

    def log(self, coder: str, clock: Callable[[], str] = now) -> Log:
        """Return the decisions of a coder, to go on with them.

        Raises
        ------
        InputError
            If the file holds a passage or a theme that the task does not have; the message
            names file and line.
        """
        allowed = dict.fromkeys(self.sample["passage_id"], self.theme_ids)
        return Log(self.folder / _DECISIONS, coder, allowed, clock)

    def describe(self, coder: str, text: str) -> None:
        """Write down who a coder is (training, language, a machine): results will say so.

        Raises
        ------
        InputError
            If nobody of that name has coded.
        """
        describe(self.folder / _DECISIONS, coder, text)

    def codings(self) -> Codings:
        """Return what all coders have decided so far."""
        article = dict(zip(self.sample["passage_id"], self.sample["article_id"], strict=True))
        rows, notes = [], []
        for coder in self.coders:
            log = self.log(coder)
            made = log.decisions.values()
            rows += [
                (d.item, article[d.item], d.coder, " ".join(d.answer), d.time, d.note) for d in made
            ]
            notes += [f"{log.who}: {len(made):,} of {len(self):,} passages decided.", *log.notes]
        table = pd.DataFrame(rows, columns=list(COLUMNS)).astype(str)
        return Codings(
            table=table.sort_values(["passage_id", "coder"], ignore_index=True),
            notes=tuple(notes) or ("Nobody has coded yet.",),
            sample=self.sample,
            themes=self.theme_ids,
            labels={theme.id: theme.en for theme in self.themes},
            fingerprint=self.fingerprint,
            design=str(self.design["design"]),
        )

    def workbench(self, coder: str) -> Workbench:
        """Return the workbench of a coder, which goes on where the coder stopped."""
        from syriatopics.validation.coding.workbench import theme_workbench

        return theme_workbench(self, coder)

    def export_sheet(self, path: str | Path, coder: str) -> None:
        """Write a sheet for a coder who works in a spreadsheet; see :meth:`import_sheet`."""
        from syriatopics.validation.coding.sheets import write_theme_sheet

        write_theme_sheet(self, Path(path), coder)

    def import_sheet(self, path: str | Path, coder: str | None = None) -> int:
        """Read a filled sheet, record its decisions, and return their number.

        Rows that are not marked as read are left for later; what the log holds already is
        not written again. Nothing is recorded if a row is wrong.

        Raises
        ------
        InputError
            If a passage, a theme or a mark is wrong; the message names file and line.
        """
        from syriatopics.validation.coding.sheets import read_theme_sheet

        return read_theme_sheet(self, Path(path), coder)

    def _repr_html_(self) -> str:
        return self.codings()._repr_html_()


def coding_task(
    corpus: Corpus,
    folder: str | Path,
    n: int = 200,
    *,
    design: str = "stratified",
    unit: str | int = "paragraph",
    period: str | None = "Y",
    scores: Scores | None = None,
    themes: Themes | None = None,
    random_state: int = 0,
) -> CodingTask:
    """Draw passages to be coded by hand, and keep them in a folder.

    A task that stands in the folder already is opened and not drawn again: what was coded
    stays, whatever `n` says now.

    Parameters
    ----------
    corpus : Corpus
    folder : path
    n : int
        How many passages.
    design : {"stratified", "random", "uncertain", "rare"}
        "stratified" draws as many from each outlet and period; "random" gives all passages
        the same chance; "uncertain" prefers those of which `scores` are least sure,
        "rare" those that `scores` give to themes of which there are few. The chances are kept, so that
        :func:`corrected_shares` can weigh them out.
    unit : str or int
        Of :meth:`Corpus.passages`.
    period : {"D", "W", "M", "Q", "Y"}, optional
        Of the strata; None: outlets only.
    scores : Scores, optional
        Needed by "uncertain" and "rare".
    themes : Themes, optional
        The codebook; by default the shipped one.
    random_state : int

    Returns
    -------
    CodingTask

    Raises
    ------
    InputError
        If the folder holds a task of another corpus, or something else; if the design or
        the period is not known.

    Examples
    --------
    >>> import tempfile
    >>> from syriatopics import load_seeds
    >>> task = coding_task(load_seeds(), tempfile.mkdtemp(), n=20)
    >>> int(task.sample["outlet"].value_counts()["amad"])
    4
    """
    folder = Path(folder)
    if (folder / _FILE).exists():
        return open_coding_task(folder, corpus)
    require_free(folder, "the coding task")
    passages = corpus.passages(unit)
    codebook = load_themes() if themes is None else themes
    drawn = draw_sample(
        passages.loaded().table, n, design, period=period, scores=scores, random_state=random_state
    )
    how = {
        "design": design, "n": n, "unit": unit, "period": period,
        "random_state": random_state, "n_passages": len(passages),
    }  # fmt: skip
    sample = drawn[list(_KEPT)].astype({"outlet": object})
    task = CodingTask(folder, sample, codebook.theme, corpus.fingerprint, how)
    write_atomically(folder / _FILE, to_bytes(_json(task)))
    return open_coding_task(folder, corpus)


def open_coding_task(folder: str | Path, corpus: Corpus | None = None) -> CodingTask:
    """Open a coding task.

    Parameters
    ----------
    folder : path
    corpus : Corpus, optional
        Checked against the corpus that the sample was drawn from.

    Raises
    ------
    InputError
        If there is no task, it cannot be read, or it is of another corpus.
    """
    folder = Path(folder)
    path = folder / _FILE
    try:
        content = read_json(path)
    except FileNotFoundError:
        raise InputError(f"No coding task at {folder}: {_FILE} is not there.") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error}.") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise InputError(f"{path} is no coding task.")
    if content.get("format_version") != FORMAT_VERSION:
        raise InputError(
            f"{path}: format version {content.get('format_version')!r}; this version of "
            f"syriatopics reads {FORMAT_VERSION}."
        )
    task = _task(folder, content)
    if corpus is not None and corpus.fingerprint != task.fingerprint:
        raise InputError(
            f"{path}: the sample was drawn from the corpus {task.fingerprint[:16]}, this one is "
            f"{corpus.fingerprint[:16]}: take the corpus that was coded, or draw a new sample "
            "into another folder."
        )
    return task


def read_codings(
    path: str | Path,
    corpus: Corpus | None = None,
    *,
    codes: str | None = None,
    themes: Themes | None = None,
) -> Codings:
    """Return what coders have decided: in a coding task, or in a file that was coded elsewhere.

    Parameters
    ----------
    path : path
        The folder of a task; or a csv or jsonl file with ``text``, ``article_id``, ``passage_id`` and
        ``themes`` (ids, in csv separated by spaces), and where it is known ``probability``, the chance
        with which each was drawn.
    corpus : Corpus, optional
        Checked against the corpus that was coded.
    codes : str, optional
        In a file, the column of the codes.
    themes : Themes, optional
        In a file, which themes there are; by default the shipped ones.

    Raises
    ------
    InputError
        If there is nothing, it is of another corpus, or a file is wrong; the message names file and
        line.
    """
    path = Path(path)
    if path.suffix not in (".csv", ".jsonl"):
        return open_coding_task(path, corpus).codings()
    found = read_coded(path, codes=codes, themes=themes)
    if corpus is not None:
        check_texts(found, corpus.passages().loaded().table.set_index("passage_id")["text"])
    return found


def _json(task: CodingTask) -> str:
    sample = task.sample.assign(date=task.sample["date"].dt.strftime("%Y-%m-%d"))
    rows = sample.astype(object).where(sample.notna(), None).to_dict("records")
    content = {
        "format": FORMAT, "format_version": FORMAT_VERSION,
        "corpus_fingerprint": task.fingerprint, "drawn": task.design,
        "themes": [theme.model_dump(mode="json", by_alias=True) for theme in task.themes],
        "sample": rows,
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _task(folder: Path, content: dict[str, Any]) -> CodingTask:
    path = folder / _FILE
    try:
        sample = pd.DataFrame(content["sample"], columns=list(_KEPT))
        sample["date"] = pd.to_datetime(sample["date"], format="%Y-%m-%d").astype("datetime64[s]")
        sample["probability"] = sample["probability"].astype(float)
        themes = tuple(Theme.model_validate(theme) for theme in content["themes"])
        task = CodingTask(
            folder, sample, themes, str(content["corpus_fingerprint"]), dict(content["drawn"])
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path} holds no coding task that can be read: {error!r}.") from None
    wrong = sample["passage_id"].duplicated() | ~sample["probability"].between(0, 1)
    wrong |= sample["probability"] == 0
    if wrong.any():
        raise InputError(
            f"{path}: passage {sample['passage_id'][wrong].iloc[0]!r} stands twice, or its "
            "probability is not in (0, 1]."
        )
    if "design" not in task.design or not themes:
        raise InputError(f"{path} says nothing of the design, or holds no theme.")
    return task
