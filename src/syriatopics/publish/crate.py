"""An RO-Crate: what is in the folder of a paper, in the words that archives read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from syriatopics import __version__, extras
from syriatopics.study import Study

__all__ = ["write_crate"]

_KINDS = {
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".qmd": "text/markdown",
    ".R": "text/x-r-source",
    ".svg": "image/svg+xml",
    ".tex": "application/x-tex",
}
_LICENSE = "No licence is given: the terms of the outlets hold for what is theirs."


def write_crate(folder: Path, study: Study, manifest: Mapping[str, Any]) -> None:
    """Describe the files of a folder in ``ro-crate-metadata.json``.

    Parameters
    ----------
    folder : Path
        What lies in it is described; the metadata go there too.
    study : Study
    manifest : mapping
        Of the study's figures.
    """
    rocrate = extras.load("rocrate.rocrate", "Writing an RO-Crate")
    crate = rocrate.ROCrate(gen_preview=False, version="1.1")
    crate.name = study.options.title
    crate.description = (
        f"Tables, figures and texts of a study of {len(study.corpus):,} articles, made by syriatopics "
        f"{__version__} from the corpus {study.corpus.fingerprint[:16]}. It holds no text of an article."
    )
    terms = {"@type": "CreativeWork", "name": "Terms", "description": _LICENSE}
    entity = extras.load("rocrate.model.contextentity:ContextEntity", "Writing an RO-Crate")
    crate.license = crate.add(entity(crate, "#terms", properties=terms))
    crate.datePublished = datetime.now(UTC).replace(microsecond=0)
    records = manifest["figures"]
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_file():
            about = records.get(file.stem, {}).get("title") or file.name
            kind = _KINDS.get(file.suffix, "application/octet-stream")
            crate.add_file(file, name, properties={"name": about, "encodingFormat": kind})
    crate.metadata.extra_terms["corpusFingerprint"] = "urn:syriatopics:corpusFingerprint"
    crate.root_dataset["corpusFingerprint"] = study.corpus.fingerprint
    content = json.dumps(crate.metadata.generate(), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "ro-crate-metadata.json").write_text(content + "\n", encoding="utf-8")
