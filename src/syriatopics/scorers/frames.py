"""Frames as a codebook: for people, a classifier or a language model, and not for a word list."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import cast

from syriatopics.lexicons import read_alone
from syriatopics.lexicons.schema import Themes

__all__ = ["frames"]


def frames(path: str | Path | None = None) -> Themes:
    """Return the codebook of frames, or one of your own of the same form.

    Entman's four elements, five generic frames, and evaluation of the Syrian authorities; each with a
    definition in Arabic and English, examples and boundary cases. Give it to :func:`coding_task` and to
    :class:`LanguageModel`, and correct what is estimated.

    Parameters
    ----------
    path : path, optional
        A TOML file with ``[[theme]]`` as the shipped one has them.

    Raises
    ------
    LexiconError
        If the file is no such codebook.

    References
    ----------
    .. [1] Entman, R. M. (1993). Framing: toward clarification of a fractured paradigm. Journal of
       Communication 43.
    .. [2] Semetko, H. A. & Valkenburg, P. M. (2000). Framing European politics. Journal of
       Communication 50.

    Examples
    --------
    >>> frames().ids[:4]
    ['problem', 'cause', 'judgement', 'remedy']
    """
    with as_file(files(__package__) / "frames.toml") as shipped:
        return cast("Themes", read_alone("themes", shipped if path is None else path))
