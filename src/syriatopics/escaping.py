"""What a stranger wrote, put into a format as text: escaped by whoever writes that format.

An outlet, a title, a column may hold anything: line ends, quotation marks, the start of a formula.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "from_cell",
    "guarded",
    "latex",
    "markdown",
    "one_line",
    "to_cell",
    "toml_string",
    "whole",
]

_HALF = re.compile("[\ud800-\udfff]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>&|~$])|(?<!\S)([#+-])(?=\s)")
# What follows the end of a row in brackets, or a star, would be taken for an option of it.
_LATEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_{}"}
    | {sign: f"{{{sign}}}" for sign in "[]*"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    # No font has glyphs of what parts directions; commands of the language do that.
    | dict.fromkeys("\u2066\u2067\u2068\u2069", "")
    | {"<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}"}
)
_LINE_ENDS = ("Cc", "Zl", "Zp")
# A spreadsheet computes what begins so, also in the wide forms of East Asian keyboards; and what
# looks like a time of day (the passage 7:009) comes back as another one.
_FORMULA = re.compile(r"'*(?:[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]|\d{1,4}:\d{1,3}\Z)")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?%?")


def whole(text: str) -> str:
    r"""Replace halves of characters, which JSON can hold and nothing can write.

    Examples
    --------
    >>> whole("a\ud800b")
    'a�b'
    """
    if _HALF.search(text) is None:
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def to_bytes(text: str) -> bytes:
    r"""Encode text of elsewhere in UTF-8, halves of characters as well: a hash or a record must not fail.

    Examples
    --------
    >>> to_bytes("a\ud800")
    b'a\xed\xa0\x80'
    """
    return text.encode("utf-8", "surrogatepass")


def number_of(n: int, one: str, many: str | None = None) -> str:
    """Say how many there are.

    Examples
    --------
    >>> number_of(1, "article"), number_of(1200, "article")
    ('1 article', '1,200 articles')
    """
    return f"{n:,} {one if n == 1 else many or f'{one}s'}"


def toml_string(value: object) -> str:
    r"""Write a string of TOML; it holds no line end and no control character.

    Examples
    --------
    >>> toml_string('a"b\n[x]')
    '"a\\"b\\n[x]"'
    """
    text = json.dumps(_HALF.sub("\ufffd", str(value)), ensure_ascii=False)
    return text.replace("\x7f", "\\u007f")


def one_line(value: object) -> str:
    r"""Put what may hold line ends and control characters on one line: for comments, for messages.

    Examples
    --------
    >>> one_line("a\n[corpus]\x00")
    'a [corpus]'
    """
    text = _HALF.sub("\ufffd", str(value))
    signs = (" " if unicodedata.category(sign) in _LINE_ENDS else sign for sign in text)
    return " ".join("".join(signs).split())


def markdown(value: object) -> str:
    r"""Write text into Markdown as text: no heading, link, emphasis or HTML of its own.

    Examples
    --------
    >>> markdown("a\n# b <script>")
    'a \\# b \\<script\\>'
    """
    return _MARKDOWN.sub(r"\\\1\2", one_line(value))


def latex(value: object) -> str:
    r"""Write text into LaTeX as text: no command, comment, cell or end of a row of its own.

    Examples
    --------
    >>> print(latex("5% of \input{x} & [b]"))
    5\% of \textbackslash{}input\{x\} \& {[}b{]}
    """
    return one_line(value).translate(_LATEX)


def to_cell(value: object) -> object:
    """Keep a spreadsheet from taking text for a formula or a time: ``'`` goes before it. Numbers stay.

    Examples
    --------
    >>> to_cell("=1+1"), to_cell("-5"), to_cell(-5), to_cell("7:009")
    ("'=1+1", '-5', -5, "'7:009")
    """
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def from_cell(text: str) -> str:
    """Return the text that :func:`to_cell` was given.

    Examples
    --------
    >>> from_cell("'=1+1")
    '=1+1'
    """
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text


def guarded(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose texts, and names of columns, no spreadsheet takes for formulas."""
    texts = [name for name, kind in table.dtypes.items() if kind.kind not in "biufcmM"]
    found = table.assign(**{}) if not texts else table.copy(deep=False)
    for name in texts:
        found[name] = table[name].map(to_cell)
    return found.rename(columns=to_cell)
