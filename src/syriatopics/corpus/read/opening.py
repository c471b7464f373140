"""One opening of the text files that people edit: sidecars, coding sheets, codebooks, coded passages.

They come back from spreadsheets and editors in any of the encodings that a corpus comes in, with a
byte order mark or without.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from syriatopics.corpus.read.encodings import decode
from syriatopics.errors import InputError
from syriatopics.files import LARGEST_TEXT, read_bounded

__all__ = ["csv_rows", "open_text"]


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


def csv_rows(text: str) -> csv.DictReader[str]:
    r"""Return a reader of the rows of a csv, parted by what its header has most of.

    Spreadsheets of some countries write semicolons.

    Examples
    --------
    >>> [row["theme"] for row in csv_rows("topic;theme\n0;aid, relief\n")]
    ['aid, relief']
    """
    head = text.partition("\n")[0]
    return csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
