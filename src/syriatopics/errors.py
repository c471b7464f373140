"""The exceptions of syriatopics: one small tree, so that a caller can catch one name.

Every message names the value, the choices and the place, and fits on one line:
the command line prints it as it stands and exits with 1.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "CorpusError",
    "DamagedError",
    "DecodingError",
    "InputError",
    "LexiconError",
    "ModelError",
    "NotInstalledError",
    "SchedulerError",
    "StudyError",
    "SyriaTopicsError",
    "TooSmallError",
    "choices",
]


class SyriaTopicsError(Exception):
    """Base of every error that syriatopics raises on purpose."""


class InputError(SyriaTopicsError, ValueError):
    """A value that cannot be used; the message names it, the choices and the place."""


class CorpusError(InputError):
    """A corpus, or a file of one, that cannot be read or holds nothing to analyse."""


class DamagedError(CorpusError):
    """A file of a partitioned store that is missing, or not what was written."""


class DecodingError(CorpusError):
    """Bytes that decode as text in no encoding that Arabic pages come in."""


class LexiconError(InputError):
    """A lexicon file that breaks its schema; the message names file and line."""


class StudyError(InputError):
    """A study.toml, or a step of a study, that cannot be carried out."""


class ModelError(SyriaTopicsError, RuntimeError):
    """A model gave a result that must not be shown, or is used on foreign data."""


class TooSmallError(InputError):
    """A corpus below the floor of a model; the message names the alternative."""


class NotInstalledError(SyriaTopicsError, ImportError):
    """An optional part or data package is missing; the message gives the one command."""


class SchedulerError(SyriaTopicsError, RuntimeError):
    """A scheduler that cannot be reached, or whose workers end before the work does."""


def choices(values: Iterable[object]) -> str:
    """Return the choices of an error message: sorted, quoted, at most twelve.

    Examples
    --------
    >>> choices(["noonpost", "alhal"])
    "'alhal', 'noonpost'"
    """
    ordered = sorted(str(value) for value in values)
    shown = ", ".join(repr(value) for value in ordered[:12])
    return shown + (f" and {len(ordered) - 12} more" if len(ordered) > 12 else "")
