"""HTML as text: what a reader sees of a page, a line per block, however it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from syriatopics.corpus.read.encodings import decode
from syriatopics.corpus.read.utf8 import Decoded

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["DEEPEST", "PageLine", "decode_page", "flatten", "parse_html", "visible_lines"]

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
_HEAD = frozenset((
    "title", "meta", "link", "base", "script", "style", "noscript", "template", "object", "bgsound",
))  # fmt: skip
# A form is a block like any other (ASP.NET puts whole pages into one); its controls are not read.
_UNSEEN = frozenset((
    "script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select",
    "option", "optgroup", "datalist", "button", "textarea", "meter", "progress",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li", "main", "nav", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "br",
))  # fmt: skip
_SPACE = re.compile(r"\s+")
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class PageLine(NamedTuple):
    """A line that a reader of a page sees, and the element in which it begins."""

    text: str
    element: _Element | None


def decode_page(data: bytes, charset: str | None, place: str) -> Decoded:
    """Decode a page as a file; what its server or its head says counts where nothing else tells."""
    declared = _CHARSET.search(data, 0, 4096)
    said = declared[1].decode("ascii", "ignore") if declared else None
    return decode(data, place, (charset, said))


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
        tree = lxml.etree.fromstring(text, parser)
    except lxml.etree.LxmlError:
        return None
    if tree is not None:
        _free_head(tree)
    return tree


def _free_head(tree: _Element) -> None:
    """Take out of the head what belongs to the body: the parser is older than ``<article>``.

    Where a page leaves out ``<body>``, which it may, an element that the parser does not know ends no head.
    """
    head, body = tree.find("head"), tree.find("body")
    held = [] if head is None else list(head)
    first = next((n for n, element in enumerate(held) if element.tag not in _HEAD), len(held))
    if first == len(held):
        return
    body = tree.makeelement("body") if body is None else body
    if body.getparent() is None:
        tree.append(body)
    for n, element in enumerate(held[first:]):
        body.insert(n, element)


def visible_lines(tree: _Element) -> list[PageLine]:
    """Return the visible text of a page, a line per block, blank lines between paragraphs."""
    from lxml.etree import iterwalk

    lines: list[PageLine] = []
    inline: list[str] = []
    begins: list[_Element] = []

    def add(text: str | None, element: _Element) -> None:
        if text:
            inline.append(text)
            if not begins and not text.isspace():
                begins.append(element)

    def flush(blank: bool) -> None:
        line = _SPACE.sub(" ", "".join(inline)).strip()
        if line:
            lines.append(PageLine(line, begins[0] if begins else None))
        inline.clear()
        begins.clear()
        if blank and lines and lines[-1].text:
            lines.append(PageLine("", None))

    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and (tag in _UNSEEN or _is_hidden(element)):
            walk.skip_subtree()
            continue
        if tag in _BLOCKS:
            flush(tag not in ("br", "li", "td", "tr"))
        if event == "start":
            add(element.text, element)
        else:
            parent = element.getparent()
            add(element.tail, element if parent is None else parent)
    flush(False)
    return lines


def _is_hidden(element: _Element) -> bool:
    """Say whether the page itself hides an element from who reads it."""
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _NOT_SHOWN.search(style))
