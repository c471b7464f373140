"""Checks for readers and scorers of one's own: does one keep the contract that others rest on?"""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from syriatopics.corpus import Passages, load_seeds
from syriatopics.corpus.documents import FIELDS, Document
from syriatopics.corpus.parse import parse_article
from syriatopics.corpus.read.contract import Reader, Reading, Sure
from syriatopics.corpus.read.piece import Piece, piece_of
from syriatopics.errors import SyriaTopicsError
from syriatopics.files import unfinished_folder
from syriatopics.framing import load_themes
from syriatopics.lexicons.schema import Themes
from syriatopics.scorers import Scored, Scorer

__all__ = ["CheckedReader", "CheckedScorer", "check_reader", "check_scorer", "mutations"]

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


class CheckedScorer(NamedTuple):
    """What a check of a scorer saw.

    Attributes
    ----------
    n_passages : int
    n_missing : int
        Passages of which it says nothing.
    labels : list of str
    """

    n_passages: int
    n_missing: int
    labels: list[str]


def check_scorer(
    scorer: Scorer, passages: Passages | None = None, themes: Themes | None = None, *, seed: int = 0
) -> CheckedScorer:
    """Check that a scorer keeps the contract of :mod:`syriatopics.scorers`.

    Parameters
    ----------
    scorer : Scorer
        An object with ``name``, ``threshold`` and ``score(passages, themes)``.
    passages : Passages, optional
        By default those of the seed articles.
    themes : Themes, optional
        The codebook; by default the shipped one.
    seed : int
        Of the order in which the passages are given a second time.

    Returns
    -------
    CheckedScorer

    Raises
    ------
    AssertionError
        If it breaks the contract; the message says how: names, threshold, shape, range, labels,
        notes, a second answer that differs, an answer that hangs on the order of the passages, no
        passages, what it does with passages without a word, a change to what it was given.

    Examples
    --------
    >>> from syriatopics.scorers import Lexicon
    >>> check_scorer(Lexicon()).n_missing
    0
    """
    passages = load_seeds().passages() if passages is None else passages
    codebook = load_themes() if themes is None else themes
    name = getattr(scorer, "name", None)
    assert isinstance(name, str) and name.strip(), f"{scorer!r}: no name"
    assert isinstance(scorer, Scorer), f"{name}: no threshold, or no score(passages, themes)"
    assert 0 < float(scorer.threshold) <= 1, (
        f"{name}: threshold {scorer.threshold!r} is not in (0, 1]"
    )
    before = passages.table.copy(deep=True)
    said = scorer.score(passages, codebook)
    values = _check_scored(name, said, len(passages))
    pd.testing.assert_frame_equal(passages.table, before, obj=f"{name}: the passages given")
    again = scorer.score(passages, codebook)
    assert again.labels == said.labels, f"{name}: a second answer has other labels"
    assert np.array_equal(again.values, values, equal_nan=True), f"{name}: a second answer differs"
    order = np.random.default_rng(seed).permutation(len(passages))
    turned = Passages(passages.table.iloc[order].reset_index(drop=True), passages.unit)
    other = scorer.score(turned, codebook)
    assert other.labels == said.labels, f"{name}: labels hang on the order of the passages"
    assert np.array_equal(other.values, values[order], equal_nan=True), (
        f"{name}: scores hang on the order of the passages"
    )
    _check_few(scorer, passages, codebook)
    missing = int(np.isnan(values).any(axis=1).sum())
    return CheckedScorer(len(passages), missing, list(said.labels))


def _check_scored(name: str, said: Scored, n: int) -> np.ndarray[Any, Any]:
    values = np.asarray(said.values)
    labels = list(said.labels)
    assert labels and all(isinstance(label, str) and label for label in labels), (
        f"{name}: no labels"
    )
    assert len(set(labels)) == len(labels), f"{name}: a label stands twice"
    assert values.shape == (n, len(labels)), (
        f"{name}: {values.shape} values for {n} passages and {len(labels)} labels"
    )
    assert values.dtype.kind == "f", (
        f"{name}: values are {values.dtype}, not numbers with a fraction"
    )
    known = values[~np.isnan(values)]
    assert ((known >= 0) & (known <= 1)).all(), f"{name}: a score outside [0, 1]"
    for note in said.notes:
        assert isinstance(note, str) and "\n" not in note and len(note) < _MESSAGE, (
            f"{name}: a note is one line: {note!r:.99}"
        )
    strange = set(said.thresholds) - set(labels)
    assert not strange, f"{name}: thresholds of unknown labels {strange}"
    return values


def _check_few(scorer: Scorer, passages: Passages, themes: Themes) -> None:
    """Give it nothing, and passages without a word: an answer, or an error in one line."""
    bare = passages.table.head(3).assign(text=["", " ", "…"][: len(passages.table.head(3))])
    for table in (passages.table.head(0), bare):
        try:
            few = Passages(table.reset_index(drop=True), passages.unit)
            values = np.asarray(scorer.score(few, themes).values)
        except SyriaTopicsError as error:
            assert "\n" not in str(error), f"{scorer.name}: an error is one line: {error}"
        else:
            assert len(values) == len(table), f"{scorer.name}: {len(values)} rows for {len(table)}"
