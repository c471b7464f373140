"""Who is hidden where nobody is to be named: bylines, and persons who are quoted and hold no office."""

from __future__ import annotations

import re
from pathlib import Path

from syriatopics.corpus import Corpus, read_corpus
from syriatopics.corpus.archive import row_of
from syriatopics.corpus.pseudonyms import Pseudonyms, pseudonym_key
from syriatopics.framing import quotations
from syriatopics.framing.voices.identity import is_private_person

__all__ = ["hidden_people", "naming_nobody"]

_BETWEEN = re.compile(r"[،,؛;/|&]")
# What leads back to an article, or is read by machines.
_STAY = ("article_id", "url", "outlet", "origin", "production", "genre", "date_printed", "event_start",
         "event_end", "date_status")  # fmt: skip


def hidden_people(corpus: Corpus, key: str | Path) -> Pseudonyms:
    """Return pseudonyms of authors and translators, and of who is quoted and stands in no lexicon.

    Outlets and agencies that stand in a byline are no persons.

    Parameters
    ----------
    corpus : Corpus
    key : path
        A file with the user's key, drawn where there is none.
    """
    bylines = corpus.table[["author", "translator"]].stack().dropna().astype(str).unique()
    parts = {part.strip() for line in bylines for part in (line, *_BETWEEN.split(line))}
    houses = {corpus.publishers.name_of(o, lang) for o in corpus.outlets for lang in ("en", "ar")}
    said = quotations(corpus.passages()).table
    # A name of two words in what counts as an unnamed source is oftener a person's than not: better a place
    # too many is hidden than a person is named.
    sure = said["source"].eq("named") | said["speaker_resolved"].str.contains(" ", na=False)
    speakers = said.loc[sure, "speaker_resolved"].dropna().unique()
    private = {name for name in speakers if is_private_person(name)}
    return Pseudonyms(pseudonym_key(key), (parts - houses - {""}) | private)


def naming_nobody(corpus: Corpus, key: str | Path, outlets: str | Path | None = None) -> Corpus:
    """Return a corpus whose texts, titles and bylines have pseudonyms, read anew.

    Ids, addresses and outlets stay.

    Parameters
    ----------
    corpus : Corpus
    key : path
        As in :func:`hidden_people`.
    outlets : path, optional
        As in :func:`syriatopics.read_corpus`.
    """
    hidden = hidden_people(corpus, key)
    rows = [
        {
            name: hidden.hide(value) if isinstance(value, str) and name not in _STAY else value
            for name, value in row_of(article).items()
        }
        for article in corpus.articles
    ]
    return read_corpus(rows, outlets=outlets, selection=corpus.selection)
