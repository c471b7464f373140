"""Steps of a study: each notebook with what it read, so that unchanged ones are skipped."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syriatopics.errors import StudyError
from syriatopics.files import package_hash, sha256_of, write_atomically
from syriatopics.study.store import RECORDS, package_versions
from syriatopics.study.study import Study

__all__ = ["Step", "assemble", "plan_steps", "shared_inputs"]

_READS_CODINGS = "study.coding"


@dataclass(frozen=True)
class Step:
    """One notebook, the folder of what it makes, and the hash of all that it depends on.

    Attributes
    ----------
    notebook : Path
    folder : Path
        ``build/steps/<name>``; holds ``figures`` and, once the step is done, ``done.json``.
    key : str
        Changes when the notebook, the options, the corpus, a lexicon, the code of the
        package, a version, or what people have coded changes.
    """

    notebook: Path
    folder: Path
    key: str

    @property
    def name(self) -> str:
        """The name of the notebook."""
        return self.notebook.stem

    @property
    def figures(self) -> Path:
        """Where the notebook puts its figures and tables."""
        return self.folder / "figures"

    def is_done(self) -> bool:
        """Say whether the step was done from the same inputs and what it made is still whole."""
        try:
            done = json.loads(self._done.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return bool(done["key"] == self.key and done["made"] == self._made())

    def begin(self) -> None:
        """Throw away what an earlier run of the step made."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.figures.mkdir(parents=True)

    def finish(self) -> None:
        """Note that the step is done."""
        done = {"key": self.key, "made": self._made()}
        write_atomically(self._done, json.dumps(done, indent=1).encode())

    @property
    def _done(self) -> Path:
        return self.folder / "done.json"

    def _made(self) -> dict[str, str]:
        files = sorted(file for file in self.figures.rglob("*") if file.is_file())
        return {file.relative_to(self.figures).as_posix(): sha256_of(file) for file in files}


def plan_steps(
    shared: str, notebooks: list[Path], folder: Path, coding: Path | None = None
) -> list[Step]:
    """Return the steps of a study, one for each notebook, in their order.

    Parameters
    ----------
    shared : str
        The hash that :func:`shared_inputs` gives.
    notebooks : list of Path
    folder : Path
        Where steps keep what they make.
    coding : Path, optional
        The folder of what people have coded; a notebook that names it depends on it.
    """
    coded = _coded(coding) if coding is not None else ""
    steps = []
    for path in notebooks:
        text = path.read_text(encoding="utf-8")
        read = [coded] if _READS_CODINGS in text else []
        steps.append(Step(path, folder / path.stem, _hash([shared, text, *read])))
    return steps


def assemble(steps: list[Step], staged: Path) -> None:
    """Bring the figures of all steps together.

    Raises
    ------
    StudyError
        If two notebooks made a figure of the same name.
    """
    maker: dict[str, str] = {}
    (staged / RECORDS).mkdir(parents=True)
    for step in steps:
        for record in sorted((step.figures / RECORDS).glob("*.json")):
            if record.stem in maker:
                raise StudyError(
                    f"Figure {record.stem!r} is made by two notebooks: {maker[record.stem]} "
                    f"and {step.name}. Rename one."
                )
            maker[record.stem] = step.name
            content = json.loads(record.read_text(encoding="utf-8")) | {"notebook": step.name}
            text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
            (staged / RECORDS / record.name).write_text(text, encoding="utf-8")
        for file in step.figures.iterdir():
            if file.is_file() and file.name != "manifest.json":
                shutil.copy(file, staged)


def shared_inputs(study: Study) -> str:
    """Return the hash of what every step depends on: options, corpus, lexicon, code, versions."""
    options: Mapping[str, Any] = study.options.model_dump(mode="json")
    own = (study.options.themes.lexicon, study.options.corpus.outlets)
    return _hash(
        [
            json.dumps(options, sort_keys=True),
            study.corpus.fingerprint,
            *((study.folder / file).read_text(encoding="utf-8") if file else "" for file in own),
            package_hash(),
            json.dumps(package_versions(), sort_keys=True),
        ]
    )


def _coded(coding: Path) -> str:
    """Hash the decisions; what is drawn to be coded follows from what else is hashed."""
    files = sorted(coding.rglob("decisions/*.json*"))
    return _hash([text for file in files for text in (file.name, sha256_of(file))])


def _hash(texts: list[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass") + b"\x1e")
    return digest.hexdigest()
