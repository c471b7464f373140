"""The five seed articles and the course, from a checkout or from an installed wheel."""

from __future__ import annotations

from pathlib import Path

from syriatopics.corpus.corpus import Corpus
from syriatopics.corpus.read import read_corpus
from syriatopics.errors import CorpusError

__all__ = ["course_folder", "load_seeds", "seeds_folder"]


def seeds_folder() -> Path:
    """Return the folder of the seed articles."""
    return _shipped("seeds", "articles.toml", "seed articles")


def course_folder() -> Path:
    """Return the folder of the course: its pages, and ``articles.csv``, 200 articles written for teaching.

    Examples
    --------
    >>> read_corpus(course_folder() / "articles.csv")
    <Corpus of 200 articles: جريدة الدرس الأول, جريدة الدرس الثاني>
    """
    return _shipped("docs/course", "articles.csv", "pages of the course")


def _shipped(name: str, mark: str, what: str) -> Path:
    """Return a folder that comes with the package.

    The checkout's own folder goes first: in an editable install the packaged copy may
    be older than it.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package.parents[1] / name, package / "_data" / name):
        if (folder / mark).is_file():
            return folder
    raise CorpusError(f"The {what} are not installed with this copy of syriatopics.")


def load_seeds() -> Corpus:
    """Return the five seed articles, with what a reader knows of each.

    Examples
    --------
    >>> load_seeds().outlets
    ['alhal', 'amad', 'noonpost']
    """
    folder = seeds_folder()
    return read_corpus(folder, metadata=folder / "articles.toml")
