"""XML, element by element: nothing is fetched, no entity is expanded, damage ends nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any, BinaryIO

from syriatopics.corpus.read.contract import Reading
from syriatopics.corpus.read.encodings import decode
from syriatopics.corpus.read.piece import Piece
from syriatopics.errors import CorpusError

__all__ = ["Element", "elements", "text_of"]

_CDATA, _TAG = "<![CDATA[", 300
_OPENED = re.compile(r"<([\w:.-]{1,80})(?:\s[^<>]{0,200})?>\s{0,9}\Z")
_ENTITY = re.compile(rb"<!ENTITY\b", re.IGNORECASE)
_SELF = re.compile(r"<[^<>]*+/>")
_ROOT = re.compile(r"\s*+(?:<\?xml|<!DOCTYPE|<!--|<[A-Za-z][\w.:-]*+(?:\s|>|/))")


class Element:
    """An element, asked by the names of its children without their name spaces."""

    def __init__(self, node: Any) -> None:
        self.node = node

    @property
    def name(self) -> str:
        """Its name without the name space."""
        return _local(self.node)

    def all(self, name: str) -> list[Element]:
        """Return the descendants of a name, in order."""
        return [Element(node) for node in self.node.iter() if _local(node) == name]

    def children(self, name: str) -> list[Element]:
        """Return the children of a name, in order."""
        return [Element(node) for node in self.node if _local(node) == name]

    def first(self, *names: str) -> Element | None:
        """Return the first child of the first of these names that is there."""
        for name in names:
            for node in self.node:
                if _local(node) == name:
                    return Element(node)
        return None

    def text(self, *names: str) -> str:
        """Return the text of the first child of these names that has some."""
        for name in names:
            for node in self.node:
                if _local(node) == name and (held := text_of(Element(node))):
                    return held
        return ""

    def holds_one(self, *names: str) -> None:
        """Refuse an element that holds one of these names twice: a lost tag has merged two.

        Raises
        ------
        CorpusError
        """
        counts = Counter(_local(node) for node in self.node.iter())
        if any(counts[name] > 1 for name in names):
            raise CorpusError("several articles that cannot be told apart")

    def attribute(self, name: str) -> str:
        """Return an attribute, of whatever namespace, or nothing."""
        if (value := self.node.get(name)) is not None:
            return str(value)
        ending = "}" + name
        return next((str(v) for k, v in self.node.attrib.items() if str(k).endswith(ending)), "")


def text_of(element: Element) -> str:
    """Return the text of an element, blanks folded."""
    return " ".join("".join(element.node.itertext()).split())


def elements(
    piece: Piece, reading: Reading, names: Collection[str], apart: bool = True
) -> Iterator[Element]:
    """Yield the elements of some names, each forgotten when the next one is asked for.

    Parameters
    ----------
    piece, reading
    names : collection of str
    apart : bool
        Whether a damaged file is cut where such elements begin and each is read by itself, so
        that damage stays in one. Else a parser goes on as well as it can.

    Raises
    ------
    CorpusError
        If the file declares entities, as those do that are to burst a reader.
    """
    if _ENTITY.search(piece.sample.encode("utf-8", "replace")):
        raise CorpusError(f"{piece.place}: XML that declares entities is not read.")
    fault, given = "", 0
    with piece.open() as file:
        context = _events(_Begun(file, piece))
        for _, node in context:
            if _local(node) not in names or _inside(node, names):
                continue
            if apart and (fault := _fault(context.error_log)):
                break
            yield Element(node)
            given += 1
            node.clear()
            parent = node.getparent()
            while parent is not None and node.getprevious() is not None:
                del parent[0]
        fault = fault or _fault(context.error_log)
    if fault:
        reading.note(f"{piece.name}: damaged XML, {fault}; what is whole is read.")
        if apart:
            yield from _each_apart(piece, reading, names, given)


def _events(file: _Begun) -> Any:
    from lxml import etree

    return etree.iterparse(
        file,
        events=("end",),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _fault(log: Any) -> str:
    return f"line {log[0].line}" if log is not None and len(log) else ""


def _each_apart(
    piece: Piece, reading: Reading, names: Collection[str], given: int
) -> Iterator[Element]:
    """Cut a damaged file where elements begin, pass over those that were given, and parse each."""
    from lxml import etree

    text, _ = decode(piece.read(), piece.place)
    either = "|".join(map(re.escape, names))
    begins = list(re.finditer(rf"<(?:[\w.-]{{1,40}}:)?(?:{either})(?=[\s>/])", text))
    ends = re.compile(rf"</(?:[\w.-]{{1,40}}:)?(?:{either})\s{{0,9}}>")
    for number, begin in enumerate(begins[given:], start=given + 1):
        last = number == len(begins)
        stop = len(text) if last else begins[number].start()
        end = ends.search(text, begin.start(), stop)
        if end is None and last and not _SELF.match(text, begin.start()):
            reading.skip(piece, f"element {number}", "an article without its end")
            return
        chunk = _unnested(text[begin.start() : end.end() if end else stop])
        parser = etree.XMLParser(
            recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True, encoding="utf-8",
        )  # fmt: skip
        root = etree.fromstring(f"<cut>{chunk}</cut>".encode("utf-8", "replace"), parser)
        node = next((n for n in root if _local(n) in names), None) if root is not None else None
        if node is None:
            reading.skip(piece, f"element {number}", "an article whose tags are damaged")
        else:
            yield Element(node)


def _unnested(chunk: str) -> str:
    """Take marks of CDATA out of CDATA: some programs put pages with such marks into it as they are."""
    held: list[str] = []
    done = 0
    while (begin := chunk.find(_CDATA, done)) >= 0:
        above = _OPENED.search(chunk, max(done, begin - _TAG), begin)
        closed = above and re.compile(rf"\]\]>\s{{0,9}}</{re.escape(above[1])}\s{{0,9}}>")
        end = closed.search(chunk, begin) if closed else None
        if end is None:
            break
        body = chunk[begin + len(_CDATA) : end.start()]
        held += [
            chunk[done:begin],
            _CDATA,
            body.replace(_CDATA, "").replace("]]>", ""),
            end.group(),
        ]
        done = end.end()
    return "".join([*held, chunk[done:]])


class _Begun:
    """A file whose beginning is lost is read below a root of ours, so that what is whole is found."""

    def __init__(self, file: BinaryIO, piece: Piece) -> None:
        self._file = file
        self._due = b"" if _ROOT.match(piece.sample) else b"<cut>"

    def read(self, size: int = -1) -> bytes:
        due, self._due = self._due, b""
        return due or self._file.read(size)


def _inside(node: Any, names: Collection[str]) -> bool:
    return any(_local(above) in names for above in node.iterancestors())


def _local(node: Any) -> str:
    tag = node.tag
    return re.split("[}:]", tag)[-1] if isinstance(tag, str) else ""
