"""The five seed articles, from a checkout or from an installed wheel."""

from __future__ import annotations

from pathlib import Path

from syriatopics.corpus.corpus import Corpus
from syriatopics.corpus.read import read_corpus
from syriatopics.errors import CorpusError

__all__ = ["load_seeds", "seeds_folder"]


def seeds_folder() -> Path:
    """Return the folder of the seed articles.

    The checkout's own folder goes first: in an editable install the packaged copy may
    be older than it.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package.parents[1] / "seeds", package / "_data" / "seeds"):
        if (folder / "articles.toml").is_file():
            return folder
    raise CorpusError("The seed articles are not installed with this copy of syriatopics.")


def load_seeds() -> Corpus:
    """Return the five seed articles, with what a reader knows of each.

    Examples
    --------
    >>> load_seeds().outlets
    ['alhal', 'amad', 'noonpost']
    """
    folder = seeds_folder()
    return read_corpus(folder, metadata=folder / "articles.toml")
