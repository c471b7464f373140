"""Quarto's Markdown: every number is a span with an id, every table a pipe table with one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import ClassVar

from syriatopics.escaping import markdown
from syriatopics.publish.formats.contract import Found, Marked, directed, isolated, plain, within
from syriatopics.publish.model import Block, Heading, Language, Paper, Picture, Table, Text

__all__ = ["Quarto"]

_NUMBER = re.compile(r"(\w?)\[((?:[^\[\]\\]|\\.)*)\]\{#st-([^{}\s]*)\}(\w?)")
_TABLE = re.compile(r": .*\{#tbl-([\w.-]+)\}")
_CELL = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\|(?::?-+:?\|)+")


class Quarto(Marked):
    """Writes and reads Quarto's Markdown."""

    ending: ClassVar[str] = "qmd"
    escape = staticmethod(markdown)

    def write(self, paper: Paper) -> bytes:
        """Write a paper."""
        head = [f"title: {json.dumps(paper.title, ensure_ascii=False)}", f"lang: {paper.language}"]
        head += ["dir: rtl"] if paper.language == "ar" else []
        lines = ["---", *head, "---", ""]
        lines += [line for block in paper.blocks for line in _block(block, paper.language)]
        return "\n".join(lines).encode()

    def read(self, content: bytes) -> Found:
        """Read the numbers and tables of a manuscript."""
        text = plain(content.decode("utf-8", "replace"))
        found = Found()
        for before, shown, anchor, after in _NUMBER.findall(text):
            found.add(anchor, before + shown + after)
        rows: list[tuple[str, ...]] = []
        for line in map(str.strip, text.splitlines()):
            if line.startswith("|"):
                if not _RULE.fullmatch(line):
                    rows.append(tuple(cell.strip() for cell in _CELL.split(line[1:-1])))
            elif line:
                if caption := _TABLE.fullmatch(line):
                    found.tables[caption[1]] = rows
                rows = []
        return found


def _block(block: Block, language: Language) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {_text(block.text)}\n"
        case Text():
            yield f"{_text(block)}\n"
        case Picture():
            if (file := block.file("png", "svg")) is not None:
                yield f"![{_text(block.title)}](figures/{file.name}){{#fig-{block.name}}}\n"
        case Table():
            cells = (
                [markdown(directed(c, language)) for c in r] for r in (block.header, *block.rows)
            )
            rows = [f"| {' | '.join(row)} |" for row in cells]
            yield rows[0]
            yield f"|{'---|' * len(block.header)}"
            yield from rows[1:]
            yield f"\n: {_text(block.title)} {{#tbl-{block.name}}}\n"


def _text(text: Text) -> str:
    rtl = text.language == "ar"
    return "".join(
        within(part, markdown)
        if isinstance(part, str)
        else f"[{markdown(isolated(part.shown) if rtl else part.shown)}]{{#st-{part.anchor}}}"
        for part in text.parts
    )
