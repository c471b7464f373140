"""Questions with an intruder: shown to readers without the key, answered, and scored with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from syriatopics.errors import InputError, choices
from syriatopics.escaping import to_bytes
from syriatopics.files import read_json, require_free, write_atomically
from syriatopics.results import Result
from syriatopics.validation.coding.decisions import Log, describe, now
from syriatopics.validation.coding.sheets import (
    add_answer,
    read_rows,
    record_new,
    sheet_coder,
    write_rows,
)

if TYPE_CHECKING:
    from syriatopics.validation.coding.workbench import Workbench
    from syriatopics.validation.intrusion.scores import IntrusionScores

__all__ = ["IntrusionSet", "kept"]

FORMAT, FORMAT_VERSION = "syriatopics.IntrusionSet", 1
_FILE, _DECISIONS = "questions.json", "decisions"
_ASKED = {
    "words": (
        "أيّ كلمة ليست من عائلة الأخريات؟",
        "Which word does not belong with the others?",
    ),
    "topics": (
        "أيّ مجموعة كلمات لا علاقة لها بهذه الفقرة؟",
        "Which group of words has nothing to do with this passage?",
    ),
}


@dataclass(frozen=True, eq=False, kw_only=True)
class IntrusionSet(Result):
    """Questions in a folder, and, in memory only, the key to them.

    Attributes
    ----------
    table : DataFrame
        A row per question, in the order in which it is asked: ``question, text, option_1, …``.
        Nothing in it says which option is the intruder.
    key : DataFrame
        ``question, topic, intruder, article_id``, and ``theta_1, …`` in topic intrusion. It is
        computed again from the topics and the random state, and never written: the folder can be
        given to readers as it is.
    kind : {"words", "topics"}
    folder : Path
    model : str
        Fingerprint of the model that was asked about.
    labels : dict of str to str
        The readable name of each topic, for the scores.
    """

    kind: str
    folder: Path
    model: str
    key: pd.DataFrame = field(repr=False)
    labels: dict[str, str] = field(repr=False)

    @property
    def options(self) -> list[str]:
        """The columns of the options."""
        return [name for name in self.table.columns if name.startswith("option_")]

    @property
    def coders(self) -> list[str]:
        """Who has answered something."""
        return Log.coders(self.folder / _DECISIONS)

    def log(self, coder: str, clock: Callable[[], str] = now) -> Log:
        """Return the answers of a reader, to go on with them.

        Raises
        ------
        InputError
            If the file holds a question or an option that is not here; the message names file
            and line.
        """
        numbers = tuple(name.removeprefix("option_") for name in self.options)
        allowed = dict.fromkeys(self.table["question"], numbers)
        return Log(self.folder / _DECISIONS, coder, allowed, clock)

    def describe(self, coder: str, text: str) -> None:
        """Write down who a reader is: scores will say so."""
        describe(self.folder / _DECISIONS, coder, text)

    def workbench(self, coder: str) -> Workbench:
        """Return the workbench of a reader, which goes on where the reader stopped."""
        from syriatopics.validation.coding.workbench import Item, Option, Workbench, asked_html

        items = [
            Item(
                str(row["question"]),
                str(row["text"]),
                tuple(Option(o.removeprefix("option_"), str(row[o])) for o in self.options),
            )
            for row in self.table.to_dict("records")
        ]
        return Workbench(
            items, self.log(coder), several=False, beside=asked_html(*_ASKED[self.kind])
        )

    def export_sheet(self, path: str | Path, coder: str) -> None:
        """Write a sheet for a reader who works in a spreadsheet: ``answer`` takes a number."""
        held = self.log(coder).decisions
        rows = []
        for row in self.table.astype(str).to_dict("records"):
            decision = held.get(row["question"])
            answer = decision.answer[0] if decision else ""
            shown = [row[name] for name in ("question", "text", *self.options)]
            rows.append([coder, self.model, *shown, answer, decision.note if decision else ""])
        header = ["coder", "task", "question", "text", *self.options, "answer", "note"]
        write_rows(Path(path), header, rows)

    def import_sheet(self, path: str | Path, coder: str | None = None) -> int:
        """Read a filled sheet, record its answers, and return the number of new ones.

        Raises
        ------
        InputError
            If a question or an answer is wrong, or the sheet is of another model; the message
            names file and line. Nothing is recorded then.
        """
        path = Path(path)
        rows = list(read_rows(path, ("coder", "task", "question", "answer")))
        log = self.log(sheet_coder(rows, coder, path))
        found: dict[str, tuple[tuple[str, ...], str]] = {}
        for line, row in rows:
            where = f"{path}, line {line}"
            if row["task"] != self.model:
                raise InputError(
                    f"{where}: a sheet of model {row['task']!r}; these questions are of "
                    f"{self.model!r}."
                )
            if row["answer"]:
                answer = (row["answer"],)
                add_answer(found, log, row["question"], answer, row.get("note", ""), where)
        return record_new(log, found)

    def answers(self) -> pd.DataFrame:
        """Return what was answered: ``question, coder, answer`` (the number of the option)."""
        rows = [
            (d.item, d.coder, int(d.answer[0]))
            for coder in self.coders
            for d in self.log(coder).decisions.values()
            if d.answer
        ]
        return pd.DataFrame(rows, columns=["question", "coder", "answer"])

    def score(self, level: float = 0.95) -> IntrusionScores:
        """Score the answers with the key."""
        from syriatopics.validation.intrusion.scores import score_answers

        return score_answers(self, level)


def kept(found: IntrusionSet) -> IntrusionSet:
    """Write the questions into their folder, or check that those in it are the same.

    Raises
    ------
    InputError
        If other questions stand in the folder, or something else.
    """
    path = found.folder / _FILE
    content = {
        "format": FORMAT, "format_version": FORMAT_VERSION, "kind": found.kind,
        "questions": found.table.astype(str).to_dict("records"),
    }  # fmt: skip
    if not path.exists():
        require_free(found.folder, "the questions")
        text = json.dumps({**content, "model": found.model}, ensure_ascii=False, indent=1) + "\n"
        write_atomically(path, to_bytes(text))
        return found
    try:
        stands = read_json(path)
        model = str(stands.pop("model"))
    except (OSError, ValueError, AttributeError, KeyError) as error:
        raise InputError(f"{path} cannot be read: {error!r}.") from None
    if stands != content:
        raise InputError(
            f"{path} asks about other topics, or other draws, than these: the model asked was "
            f"{model}, this one is {found.model}. Name a new folder. Folders beside it: "
            f"{choices(p.name for p in found.folder.parent.iterdir() if p.is_dir())}."
        )
    return found
