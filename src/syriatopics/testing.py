"""Checks for readers of one's own: does a reader keep the contract that the corpus rests on?"""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from syriatopics.corpus.documents import FIELDS, Document
from syriatopics.corpus.parse import parse_article
from syriatopics.corpus.read.contract import Reader, Reading, Sure
from syriatopics.corpus.read.piece import Piece, piece_of
from syriatopics.files import unfinished_folder

__all__ = ["CheckedReader", "check_reader", "mutations"]

# What is of no special format: no reader may claim to know it.
_FOREIGN = {
    "empty": b"",
    "zeros.bin": bytes(4096),
    "a.txt": "عقد مجلس الأمن جلسة حول سوريا.".encode(),
    "a.html": "<html><body><p>عقد مجلس الأمن جلسة.</p></body></html>".encode(),
    "a.csv": "id,text\n1,عقد مجلس الأمن جلسة\n".encode(),
    "a.json": b'{"a": 1}',
    "a.xml": b"<?xml version='1.0'?><a/>",
    "a.zip": b"PK\x05\x06" + bytes(18),
}
_MESSAGE = 500


class CheckedReader(NamedTuple):
    """What a check of a reader saw.

    Attributes
    ----------
    n_documents : int
        Articles in the sample.
    n_damaged : int
        Damaged copies of the sample that were read.
    n_skips : int
        What was skipped by name in them.
    peak : int
        Bytes of memory that Python held at most while the sample was read.
    """

    n_documents: int
    n_damaged: int
    n_skips: int
    peak: int


def check_reader(
    reader: Reader, sample: str | Path, *, n_damaged: int = 40, seed: int = 0
) -> CheckedReader:
    """Check that a reader keeps the contract of :mod:`syriatopics.corpus.read.contract`.

    Parameters
    ----------
    reader : Reader
        A module or object with ``NAME``, ``KINDS``, ``sniff`` and ``documents``.
    sample : path
        A small file of its format, with two articles at least where the format holds many.
    n_damaged : int
        How many damaged copies of the sample are read: cut, with bytes changed, left out,
        doubled or moved.
    seed : int
        Of the damage.

    Returns
    -------
    CheckedReader

    Raises
    ------
    AssertionError
        If it breaks the contract; the message says how: names, recognition (its own format,
        and none that is not), ids, fields, places, order, offsets (body and removed spans
        partition the raw text), streaming, memory, and damaged input, which must end in
        articles or in a skip that is named.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from syriatopics.corpus.read.formats import texts
    >>> sample = pathlib.Path(tempfile.mkdtemp(), "a.txt")
    >>> _ = sample.write_text("عقد مجلس الأمن جلسة حول سوريا.", encoding="utf-8")
    >>> check_reader(texts, sample).n_documents
    1
    """
    piece = piece_of(Path(sample)).unpacked
    _check_names(reader)
    _check_recognition(reader, piece)
    documents, peak = _streamed(reader, piece)
    _check_documents(documents)
    again, _ = _streamed(reader, piece)
    assert documents == again, f"{reader.NAME}: a second reading gives other articles or order"
    n_skips = 0
    suffix = "".join(Path(sample).suffixes)
    with unfinished_folder() as scratch:
        for number, data in enumerate(mutations(Path(sample).read_bytes(), n_damaged, seed)):
            path = Path(scratch, f"damaged{number}{suffix}")
            path.write_bytes(data)
            n_skips += _check_damaged(reader, path, n_bytes=len(data))
    return CheckedReader(len(documents), n_damaged, n_skips, peak)


def mutations(data: bytes, n: int, seed: int = 0) -> Iterator[bytes]:
    """Yield damaged copies of bytes, the same for the same seed.

    Cut at the end or at the beginning, bytes changed, a stretch left out, doubled, moved or
    set to zero.
    """
    draw = random.Random(seed)  # noqa: S311
    for _ in range(n):
        yield _mutated(data, draw)


def _mutated(data: bytes, draw: random.Random) -> bytes:
    if not data:
        return data
    a = draw.randrange(len(data))
    b = min(len(data), a + 1 + int(draw.expovariate(1 / 64)))
    way = draw.randrange(8)
    if way == 0:
        return data[:a]
    if way == 1:
        return data[a:]
    if way == 2:
        return data[:a] + data[b:]
    if way == 3:
        return data[:b] + data[a:b] + data[b:]
    if way == 4:
        return data[:a] + bytes(b - a) + data[b:]
    if way == 5:
        to = draw.randrange(len(data))
        rest = data[:a] + data[b:]
        return rest[:to] + data[a:b] + rest[to:]
    changed = bytearray(data)
    for _ in range(1 + draw.randrange(4)):
        changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


def _check_names(reader: Reader) -> None:
    for name in ("NAME", "KINDS", "sniff", "documents"):
        assert hasattr(reader, name), f"{reader!r}: no {name}"
    assert isinstance(reader.NAME, str) and reader.NAME.strip(), f"{reader!r}: NAME is empty"
    for kind in reader.KINDS:
        assert kind.startswith(".") and kind == kind.lower(), (
            f"{reader.NAME}: the kind {kind!r} is written as '.xyz', in lower case"
        )


def _check_recognition(reader: Reader, piece: Piece) -> None:
    assert reader.sniff(piece) > Sure.NO, f"{reader.NAME}: does not recognise {piece.place}"
    with unfinished_folder() as scratch:
        for name, data in _FOREIGN.items():
            path = Path(scratch, name)
            path.write_bytes(data)
            said = reader.sniff(piece_of(path))
            assert said < Sure.KNOWN, f"{reader.NAME}: claims to know {name}: {data[:40]!r}"


def _streamed(reader: Reader, piece: Piece) -> tuple[list[Document], int]:
    found: list[Document] = []
    stream = reader.documents(piece, Reading())
    assert isinstance(stream, Iterator), f"{reader.NAME}: documents() is no generator"
    tracemalloc.start()
    try:
        found.extend(stream)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    size = max(piece.size or 0, sum([len(d.raw) for d in found]))
    assert peak < 64 * 2**20 + 40 * size, f"{reader.NAME}: {peak >> 20} MB for {size:,} bytes"
    return found, peak


def _check_documents(documents: list[Document]) -> None:
    assert documents, "the sample gives no article"
    ids = [(d.article_id, d.hashed) for d in documents]
    assert all(name for name, _ in ids), "an article without an id"
    given = [name for name, hashed in ids if not hashed]
    assert len(set(given)) == len(given), "an id stands twice"
    places = [d.place for d in documents]
    assert all(places), "an article without a place"
    assert len(set(places)) == len(places), "two articles have one place"
    for document in documents:
        assert document.raw.strip(), f"{document.place}: no text"
        document.raw.encode("utf-8")
        unknown = set(document.given) - set(FIELDS)
        assert not unknown, f"{document.place}: unknown fields {unknown}"
        for name, value in document.given.items():
            assert value.value and value.evidence, f"{document.place}: {name} without evidence"
        _check_offsets(document)


def _check_offsets(document: Document) -> None:
    article = parse_article(document)
    assert article.raw == document.raw, f"{document.place}: the raw text changes"
    spans = sorted([*article.body_spans, *((s.start, s.end) for s in article.removed)])
    position = 0
    for start, end in spans:
        assert start == position, f"{document.place}: a gap or overlap at {position}"
        position = end
    assert position == len(document.raw), f"{document.place}: the end is not covered"


def _check_damaged(reader: Reader, path: Path, n_bytes: int) -> int:
    """Read a damaged copy; return how many skips were named."""
    reading = Reading()
    piece = piece_of(path).unpacked
    documents = [
        replace(d, notes=()) for d in reading.boundary.each(reading.through(reader, piece), path)
    ]
    skips = reading.boundary.skipped
    for document in documents:
        document.raw.encode("utf-8")
    for said in (*reading.notes, *(s.reason for s in skips)):
        assert len(said) < _MESSAGE and "\n" not in said, f"{reader.NAME}: a message: {said!r:.99}"
    assert documents or skips or reading.boundary.left or n_bytes < 64, (
        f"{reader.NAME}: {path.name} gives neither an article nor a skip that is named"
    )
    return len(skips)
