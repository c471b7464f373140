"""Who is hidden where a paper is to name nobody: bylines, and persons who are quoted and hold no office."""

from __future__ import annotations

import re

from syriatopics.framing import quotations
from syriatopics.framing.voices.identity import is_private_person
from syriatopics.study import Study

__all__ = ["people_of"]

_BETWEEN = re.compile(r"[،,؛;/|&]")


def people_of(study: Study) -> set[str]:
    """Return authors and translators, and the persons who are quoted and stand in no lexicon.

    Outlets and agencies that stand in a byline are no persons.
    """
    corpus = study.corpus
    bylines = corpus.table[["author", "translator"]].stack().dropna().astype(str).unique()
    parts = {part.strip() for line in bylines for part in (line, *_BETWEEN.split(line))}
    houses = {corpus.publishers.name_of(o, lang) for o in corpus.outlets for lang in ("en", "ar")}
    said = quotations(corpus.passages()).table
    named = said.loc[said["source"] == "named", "speaker_resolved"].dropna().unique()
    return (parts - houses - {""}) | {name for name in named if is_private_person(name)}
