"""Word: every number is bookmarked, Arabic runs from right to left, tables too in an Arabic paper."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, ClassVar

from lxml import etree

from syriatopics import extras
from syriatopics.errors import InputError
from syriatopics.escaping import one_line
from syriatopics.publish.formats.contract import Found, begins_in, directed, isolated, plain
from syriatopics.publish.model import Block, Heading, Language, Number, Paper, Picture, Table, Text

__all__ = ["Word"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FONT, _SMALL, _LONGEST = "DejaVu Sans", 7, 40
_MOST_BYTES = 200_000_000
# WD_STYLE_TYPE.PARAGRAPH
_PARAGRAPH = 1


class Word:
    """Writes and reads Word files."""

    ending: ClassVar[str] = "docx"

    def write(self, paper: Paper) -> bytes:
        """Write a paper."""
        writer = _Writer(paper.language)
        writer.title(paper.title)
        for block in paper.blocks:
            writer.block(block)
        return writer.content()

    def key(self, name: str) -> str:
        """A name as a bookmark can have it: letters, digits and underscores, forty at most."""
        return _key(name)

    def cells(self, table: Table) -> list[tuple[str, ...]]:
        """The rows of a table, the header first."""
        return [tuple(map(plain, row)) for row in (table.header, *table.rows)]

    def number(self, shown: str) -> str:
        """A number as it is written."""
        return shown

    def read(self, content: bytes) -> Found:
        """Read the numbers and tables of a manuscript."""
        found, table = Found(), ""
        for element in _document(content).iter(f"{_W}p", f"{_W}tbl"):
            if element.tag == f"{_W}tbl":
                if table:
                    found.tables[table] = list(_rows(element))
                table = ""
                continue
            for name, shown in _bookmarked(element):
                if name.startswith("stt_"):
                    table = name.removeprefix("stt_")
                elif name.startswith("st_"):
                    found.add(name.removeprefix("st_"), shown)
        return found


def _key(name: str) -> str:
    kept = re.sub(r"\W", "_", name)
    if len(kept) <= _LONGEST - 4:
        return kept
    return hashlib.sha256(name.encode()).hexdigest()[:32]


class _Writer:
    """A Word file that grows by blocks."""

    def __init__(self, language: Language) -> None:
        docx = extras.load("docx", "Writing Word files")
        self._rtl = language == "ar"
        self._document = docx.Document()
        self._oxml = extras.load("docx.oxml", "Writing Word files").OxmlElement
        self._points = extras.load("docx.shared", "Writing Word files").Pt
        self._n_bookmarks = 0
        section = self._document.sections[0]
        section.page_width, section.page_height = section.page_height, section.page_width
        font = self._document.styles["Normal"].font
        font.name, font.size = _FONT, self._points(10)
        self._cell_style, self._head_style = self._small("Cell", False), self._small("Head", True)

    def title(self, title: str) -> None:
        """Begin with the title."""
        paragraph = self._document.add_heading(level=0)
        self._run(paragraph, title, self._rtl)
        self._directed(paragraph, self._rtl)

    def block(self, block: Block) -> None:
        """Add a block."""
        match block:
            case Heading():
                self._paragraph(block.text, self._document.add_heading(level=block.level))
            case Text():
                self._paragraph(block, self._document.add_paragraph())
            case Picture():
                self._picture(block)
            case Table():
                self._table(block)

    def content(self) -> bytes:
        """The file; its parts bear no date, so that the same paper is the same bytes."""
        plain, written = BytesIO(), BytesIO()
        self._document.save(plain)
        with zipfile.ZipFile(plain) as parts, zipfile.ZipFile(written, "w") as target:
            for name in parts.namelist():
                entry = zipfile.ZipInfo(name)
                target.writestr(entry, parts.read(name), zipfile.ZIP_DEFLATED)
        return written.getvalue()

    def _picture(self, picture: Picture) -> None:
        file = picture.file("png")
        if file is None:
            return
        section = self._document.sections[0]
        width = section.page_width - section.left_margin - section.right_margin
        self._document.add_picture(str(file), width=int(width * 0.7))
        shape = self._document.inline_shapes[-1]._inline.docPr
        shape.set(
            "descr", "".join(p if isinstance(p, str) else p.shown for p in picture.title.parts)
        )

    def _table(self, table: Table) -> None:
        caption = self._document.add_paragraph(style="Caption")
        with _Bookmark(self, caption, f"stt_{_key(table.name)}"):
            pass
        self._paragraph(table.title, caption)
        rows = [table.header, *table.rows]
        made = self._document.add_table(len(rows), len(table.header), style="Table Grid")
        if self._rtl:
            made._tbl.tblPr.append(self._oxml("w:bidiVisual"))
        for at, (row, cells) in enumerate(zip(made.rows, rows, strict=True)):
            for cell, text in zip(row.cells, cells, strict=True):
                paragraph = cell.paragraphs[0]
                paragraph._p.get_or_add_pPr().append(self._styled(at == 0))
                shown = directed(text, "ar" if self._rtl else "en")
                self._run(paragraph, shown, begins_in(text) == "ar")
                self._directed(paragraph, self._rtl)
        made.rows[0]._tr.get_or_add_trPr().append(self._oxml("w:tblHeader"))
        if table.n_left_out:
            more = f"… {table.n_left_out:,} · {table.name}.csv"
            self._run(self._document.add_paragraph(), more, rtl=False)

    def _paragraph(self, text: Text, paragraph: Any) -> None:
        rtl = text.language == "ar"
        for part in text.parts:
            if isinstance(part, Number):
                with _Bookmark(self, paragraph, f"st_{_key(part.anchor)}"):
                    self._run(paragraph, isolated(part.shown) if rtl else part.shown, rtl=False)
            else:
                self._run(paragraph, part, rtl)
        self._directed(paragraph, rtl)

    def _run(self, paragraph: Any, text: str, rtl: bool) -> Any:
        run = paragraph.add_run(text)
        if rtl:
            run._r.get_or_add_rPr().append(self._oxml("w:rtl"))
        return run

    def _small(self, name: str, bold: bool) -> str:
        """Make the style of cells: small letters; those of Arabic have a size and a weight of their own."""
        style = self._document.styles.add_style(f"Table {name}", _PARAGRAPH)
        style.base_style = self._document.styles["Normal"]
        style.font.size, style.font.bold, style.font.cs_bold = self._points(_SMALL), bold, bold
        size = self._oxml("w:szCs")
        size.set(f"{_W}val", str(2 * _SMALL))
        style.element.rPr.append(size)
        return str(style.style_id)

    def _styled(self, head: bool) -> Any:
        style = self._oxml("w:pStyle")
        style.set(f"{_W}val", self._head_style if head else self._cell_style)
        return style

    def _directed(self, paragraph: Any, rtl: bool) -> None:
        if rtl:
            paragraph._p.get_or_add_pPr().append(self._oxml("w:bidi"))


class _Bookmark:
    """What is added to the paragraph within stands between the two ends of a bookmark."""

    def __init__(self, writer: _Writer, paragraph: Any, name: str) -> None:
        self._writer, self._paragraph, self._name = writer, paragraph, name

    def __enter__(self) -> None:
        self._writer._n_bookmarks += 1
        self._add("w:bookmarkStart", name=self._name)

    def __exit__(self, *failure: object) -> None:
        self._add("w:bookmarkEnd")

    def _add(self, tag: str, **values: str) -> None:
        element = self._writer._oxml(tag)
        element.set(f"{_W}id", str(self._writer._n_bookmarks))
        for key, value in values.items():
            element.set(f"{_W}{key}", value)
        self._paragraph._p.append(element)


# ---- reading -----------------------------------------------------------------------------


def _document(content: bytes) -> Any:
    """Return the root of a Word file's text; nothing outside the file is looked up."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            entry = parts.getinfo("word/document.xml")
            if entry.file_size > _MOST_BYTES:
                raise InputError(f"The Word file unpacks to {entry.file_size:,} bytes: too large.")
            body = parts.read(entry)
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return etree.fromstring(body, parser)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as failure:
        raise InputError(f"No Word file: {one_line(failure)}") from None


def _rows(table: Any) -> Iterator[tuple[str, ...]]:
    for row in table.iterfind(f"{_W}tr"):
        yield tuple(_text_of(cell) for cell in row.iterfind(f"{_W}tc"))


def _text_of(element: Any) -> str:
    return plain("".join(text.text or "" for text in element.iter(f"{_W}t")))


def _bookmarked(paragraph: Any) -> Iterator[tuple[str, str]]:
    """Yield what stands in each bookmark of a paragraph, with letters that touch it from outside."""
    text, begun, ranges = "", dict[str, tuple[str, int]](), list[tuple[str, int, int]]()
    for element in paragraph.iter(f"{_W}t", f"{_W}bookmarkStart", f"{_W}bookmarkEnd"):
        number = element.get(f"{_W}id", "")
        if element.tag == f"{_W}t":
            text += plain(element.text or "")
        elif element.tag == f"{_W}bookmarkStart":
            begun[number] = element.get(f"{_W}name", ""), len(text)
        elif number in begun:
            name, start = begun.pop(number)
            ranges.append((name, start, len(text)))
    for name, start, end in ranges:
        before = re.search(r"\w*\Z", text[:start])
        after = re.match(r"\w*", text[end:])
        yield name, (before[0] if before else "") + text[start:end] + (after[0] if after else "")
