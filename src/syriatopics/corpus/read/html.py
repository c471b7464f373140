"""HTML as text: what a reader sees of a page, a line per block, however it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from syriatopics.corpus.read.encodings import decode

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["DEEPEST", "decode_page", "flatten", "parse_html", "visible_lines"]

# Parsers stop at some depth; deeper tags say nothing about the text and are left out.
DEEPEST = 150
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*+)[^<>]*+>")
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
    "track", "wbr",
))  # fmt: skip
_CHARSET = re.compile(
    rb"<meta[^<>]{0,200}?charset\s{0,4}=\s{0,4}[\"']?\s{0,4}([\w-]{3,20})", re.IGNORECASE
)
_UNSEEN = frozenset((
    "script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select",
    "option", "button", "form", "textarea",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul", "br",
))  # fmt: skip
_SPACE = re.compile(r"\s+")


def decode_page(data: bytes, charset: str | None, place: str) -> tuple[str, str]:
    """Decode a page as its server or its head says where that holds, else as a file."""
    declared = _CHARSET.search(data, 0, 4096)
    for name in (charset, declared[1].decode("ascii", "ignore") if declared else None):
        if name:
            try:
                return data.decode(name), name.lower()
            except (LookupError, UnicodeDecodeError):
                continue  # what is declared is often wrong
    return decode(data, place)


def flatten(html: str) -> tuple[str, bool]:
    """Leave out the tags that stand deeper than parsers go."""
    if html.count("<") <= DEEPEST:
        return html, False
    depth = 0
    flattened = False

    def shallow(match: re.Match[str]) -> str:
        nonlocal depth, flattened
        if match["name"].lower() in _VOID or match.group().endswith("/>"):
            return match.group()
        if match["close"]:
            depth = max(0, depth - 1)
            kept = depth < DEEPEST
        else:
            kept = depth < DEEPEST
            depth += 1
        flattened = flattened or not kept
        return match.group() if kept else "\n"

    return _TAG.sub(shallow, html), flattened


def parse_html(html: str) -> _Element | None:
    """Parse a page, broken as it may be; None where nothing can be made of it."""
    import lxml.etree
    import lxml.html

    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    text = html.replace("\x00", "").encode("utf-8", "replace")
    try:
        return lxml.etree.fromstring(text, parser)
    except lxml.etree.LxmlError:
        return None


def visible_lines(tree: _Element) -> list[str]:
    """Return the visible text of a page, a line per block, blank lines between paragraphs."""
    lines: list[str] = []
    inline: list[str] = []

    def flush(blank: bool) -> None:
        line = _SPACE.sub(" ", "".join(inline)).strip()
        inline.clear()
        if line:
            lines.append(line)
        if blank and lines and lines[-1]:
            lines.append("")

    from lxml.etree import iterwalk

    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        block = tag in _BLOCKS
        if event == "start":
            if tag in _UNSEEN:
                walk.skip_subtree()
                continue
            if block:
                flush(tag not in ("br", "li", "td", "tr"))
            inline.append(element.text or "")
        else:
            if block:
                flush(tag not in ("br", "li", "td", "tr"))
            inline.append(element.tail or "")
    flush(False)
    return lines
