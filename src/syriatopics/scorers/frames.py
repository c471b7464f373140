"""Frames as a codebook: for people, a classifier or a language model, and not for a word list."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from syriatopics.errors import LexiconError
from syriatopics.files import read_bounded
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
    where = files(__package__).joinpath("frames.toml") if path is None else Path(path)
    try:
        data = where.read_bytes() if path is None else read_bounded(Path(path))
        return Themes.model_validate(tomllib.loads(data.decode("utf-8-sig")))
    except FileNotFoundError:
        raise LexiconError(f"No codebook of frames at {path}.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{path}: {error}.") from None
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise LexiconError(f"{path}: {key}: {first['msg']}.") from None
