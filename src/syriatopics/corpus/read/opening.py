"""One opening of the text files that people edit: sidecars, coding sheets, codebooks, coded passages.

They come back from spreadsheets and editors in any of the encodings that a corpus comes in, with a
byte order mark or without.
"""

from __future__ import annotations

from pathlib import Path

from syriatopics.corpus.read.encodings import decode
from syriatopics.errors import InputError
from syriatopics.files import LARGEST_TEXT, read_bounded

__all__ = ["open_text"]


def open_text(path: Path, longest: int = LARGEST_TEXT, error: type[InputError] = InputError) -> str:
    """Return the text of a file, whatever its encoding.

    Parameters
    ----------
    path : Path
    longest : int
        In bytes.
    error : type
        What is raised where it is too large, or no file.

    Raises
    ------
    InputError
        If it is a pipe or a device, larger, or no text.
    OSError
        If it cannot be read.
    """
    return decode(read_bounded(path, longest, error), str(path)).text
