"""LaTeX, for XeLaTeX or LuaLaTeX: polyglossia sets Arabic, and every number is a command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from syriatopics.escaping import latex
from syriatopics.publish.formats.contract import Found, Marked, begins_in, within
from syriatopics.publish.model import Block, Heading, Language, Paper, Picture, Table, Text

__all__ = ["Latex"]

_PREAMBLE = r"""%% Needs XeLaTeX or LuaLaTeX, and a font with Arabic letters (here: Amiri).
\documentclass[a4paper]{article}
\usepackage{fontspec, graphicx, booktabs, longtable, pdflscape}
\usepackage{polyglossia}
\setmainlanguage{%s}
\setotherlanguage{%s}
\newfontfamily\arabicfont[Script=Arabic]{Amiri}
%s
\newcommand{\stnumber}[2]{\mbox{\textenglish{#2}}}
"""
# Headings are set in the main font, whatever the language.
_MAIN_FONT = r"\setmainfont[Script=Arabic]{Amiri}"
_NUMBER = re.compile(r"(\w?)\\stnumber\{([^{}]*)\}\{((?:[^{}\\]|\\.)*)\}(\w?)")
_CELL = re.compile(r"(?<!\\)&")
_TABLE = re.compile(r"% table ([\w.-]+)")


class Latex(Marked):
    """Writes and reads LaTeX."""

    ending: ClassVar[str] = "tex"
    escape = staticmethod(latex)

    def write(self, paper: Paper) -> bytes:
        """Write a paper."""
        languages = ("english", "arabic")
        main = languages[paper.language == "ar"]
        other = languages[paper.language == "en"]
        lines = [
            _PREAMBLE % (main, other, _MAIN_FONT if paper.language == "ar" else ""),
            f"\\title{{{_in(latex(paper.title), paper.title, paper.language)}}}",
            "\\date{}\n\\begin{document}\n\\maketitle\n",
            *(line for block in paper.blocks for line in _block(block, paper.language)),
            "\\end{document}\n",
        ]
        return "\n".join(lines).encode()

    def read(self, content: bytes) -> Found:
        """Read the numbers and tables of a manuscript."""
        text = content.decode("utf-8", "replace").replace("\r\n", "\n")
        found = Found()
        for before, anchor, shown, after in _NUMBER.findall(text):
            found.add(anchor, before + shown + after)
        rows: list[tuple[str, ...]] = []
        for line in map(str.strip, text.splitlines()):
            if begins := _TABLE.fullmatch(line):
                rows = found.tables.setdefault(begins[1], [])
            elif line.endswith(r"\\"):
                rows.append(tuple(map(_bare, _CELL.split(line.removesuffix(r"\\")))))
        return found


def _block(block: Block, language: Language) -> Iterator[str]:
    match block:
        case Heading():
            yield f"\\section{{{_text(block.text, language)}}}\n"
        case Text():
            yield f"{_text(block, language)}\n"
        case Picture():
            if (file := block.file("pdf", "png")) is not None:
                yield "\\begin{figure}\\centering"
                yield f"\\includegraphics[width=\\linewidth]{{figures/{file.name}}}"
                yield f"\\caption{{{_text(block.title, language)}}}\n\\end{{figure}}\n"
        case Table():
            yield from _table(block, language)


def _table(table: Table, language: Language) -> Iterator[str]:
    rows = [
        " & ".join(_in(latex(cell), cell, language) for cell in row) + r" \\"
        for row in (table.header, *table.rows)
    ]
    yield f"\\begin{{landscape}}\\tiny\n% table {table.name}"
    yield f"\\begin{{longtable}}{{{'l' * len(table.header)}}}"
    yield f"\\caption{{{_text(table.title, language)}}} \\tabularnewline"
    yield "\\toprule\n" + rows[0] + "\n\\midrule\n\\endhead"
    yield from rows[1:]
    yield f"\\bottomrule\n\\end{{longtable}}\n% end of {table.name}"
    yield "\\end{landscape}\n"


def _text(text: Text, language: Language) -> str:
    """Write a text, set in its language where that is another than the paper's."""
    written = "".join(
        within(part, latex)
        if isinstance(part, str)
        else f"\\stnumber{{{part.anchor}}}{{{latex(part.shown)}}}"
        for part in text.parts
    )
    if text.language == language:
        return written
    return f"\\text{'arabic' if text.language == 'ar' else 'english'}{{{written}}}"


def _in(written: str, text: str, language: Language) -> str:
    """Set a cell in the language of its first letter."""
    # Digits alone would have their parts turned about among Arabic: 2016-07-27.
    begins = begins_in(text) or "en"
    if begins == language or not text:
        return written
    return f"\\text{'arabic' if begins == 'ar' else 'english'}{{{written}}}"


_WRAPPED = re.compile(r"\\text(?:arabic|english)\{(.*)\}", re.S)


def _bare(cell: str) -> str:
    wrapped = _WRAPPED.fullmatch(cell.strip())
    return wrapped[1] if wrapped else cell.strip()
