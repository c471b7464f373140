"""The store: a corpus in partitions, counted, in a folder that any program can read."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from syriatopics.arabic import ArabicAnalyzer
from syriatopics.corpus import Passages
from syriatopics.corpus.parse import parse_article
from syriatopics.corpus.parse.publishers import Publishers
from syriatopics.corpus.passages import make_passages
from syriatopics.corpus.tables import fingerprint
from syriatopics.errors import DamagedError, InputError
from syriatopics.files import inside, read_json, taken
from syriatopics.matrix import DocumentTermMatrix, empty_notes
from syriatopics.records import Article
from syriatopics.scale.extras import EXTRA, MET, more_columns, unfolded
from syriatopics.scale.ledger import read_whole
from syriatopics.scale.press import publishers_of
from syriatopics.scale.tables import arrays_of, counts_of, documents_of, frame_of, table_of

__all__ = ["FORMAT", "FORMAT_VERSION", "MANIFEST", "Partitions", "open_store", "read_manifest"]

FORMAT = "syriatopics.Partitions"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
_WORDS = "vocabulary"


@dataclass(frozen=True, eq=False)
class Partitions:
    """A counted corpus in partitions, of which one at a time is in memory.

    Articles stand in the order of their ids, so that the partitions one after the other are
    what :func:`syriatopics.read_corpus` and :func:`syriatopics.count_terms` would have given.

    Attributes
    ----------
    folder : Path
    manifest : dict
        What was read, kept and refused, by part and by partition; options; hashes of files.
    """

    folder: Path
    manifest: Mapping[str, Any]

    def __len__(self) -> int:
        return len(self.manifest["partitions"])

    def __iter__(self) -> Iterator[DocumentTermMatrix]:
        return (self.partition(number) for number in range(len(self)))

    @property
    def n_articles(self) -> int:
        """Articles in all partitions."""
        return int(self.manifest["totals"]["kept"])

    @property
    def n_passages(self) -> int:
        """Passages in all partitions."""
        return int(self.manifest["totals"]["passages"])

    @property
    def notes(self) -> tuple[str, ...]:
        """What reading and counting needed."""
        return tuple(self.manifest["notes"])

    @property
    def unit(self) -> str:
        """What a passage is."""
        return str(self.manifest["unit"])

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """The terms, in alphabetical order: the columns of every partition."""
        return tuple(self.words["term"].to_pylist())

    @cached_property
    def display(self) -> dict[str, str]:
        """For each term the form that people read."""
        words = self.words
        return dict(zip(words["term"].to_pylist(), words["display"].to_pylist(), strict=True))

    @cached_property
    def words(self) -> pa.Table:
        """A row for each term: as it is shown, how often it stands, and in how many passages."""
        return table_of(self._read(self.word_file))

    @property
    def word_file(self) -> str:
        """The file of the vocabulary; one that grew has a name of its own, so that the old one stays."""
        return next(str(name) for name in self.manifest["files"] if name.startswith(_WORDS))

    @cached_property
    def _terms(self) -> np.ndarray[Any, np.dtype[Any]]:
        return np.array(self.vocabulary, dtype=object)

    @cached_property
    def analyzer(self) -> ArabicAnalyzer:
        """The analyzer that gave the terms, fitted on all partitions."""
        self._read("analyzer.json")
        return ArabicAnalyzer.load(self.folder / "analyzer.json")

    def partition(self, number: int) -> DocumentTermMatrix:
        """Return the counts of one partition, in the vocabulary of all.

        Raises
        ------
        InputError
            If there is no such partition.
        DamagedError
            If its files are missing, or are not what was written.
        """
        passages = self.passages(number)
        counts = self.counts(number)
        return DocumentTermMatrix(
            counts=counts,
            terms=self._terms,
            display=self.display,
            passages=passages,
            analyzer=self.analyzer,
            notes=tuple(empty_notes(counts, passages)),
        )

    def counts(self, number: int) -> sparse.csr_matrix:
        """Return the counts of one partition alone, without its passages."""
        return counts_of(arrays_of(self._read(self._file("counts", number))))

    @property
    def publishers(self) -> Publishers:
        """The outlets, agencies and papers by which the articles were read."""
        return publishers_of(self.folder, self.manifest["files"])

    @property
    def cut_by(self) -> str | int:
        """The unit as reading takes it: a word, or so many words."""
        unit = self.unit.removesuffix(" words")
        return int(unit) if unit.isdigit() else unit

    def passages(self, number: int, part: str = "body") -> Passages:
        """Return the passages of one partition; headlines are cut anew from its articles."""
        if part in ("headline", "all"):
            articles = self.read_articles(number)
            more = more_columns(articles, self.publishers, self.extra)
            return make_passages(articles, self.cut_by, part, more)
        table = frame_of(self._read(self._file("passages", number)))
        return Passages(unfolded(table, self.extra), self.unit).part(part)

    def articles(self, number: int) -> pd.DataFrame:
        """Return what is known of the articles of one partition, a row each."""
        return unfolded(
            self._articles(number).drop(columns=["evidence", MET], errors="ignore"), self.extra
        )

    @property
    def extra(self) -> Mapping[str, list[str]]:
        """The other columns of the sources, with the kinds of their values."""
        found: Mapping[str, list[str]] = self.manifest.get("extra", {})
        return found

    def _articles(self, number: int) -> pd.DataFrame:
        return frame_of(self._read(self._file("articles", number)))

    def outlines(self, number: int) -> list[Article]:
        """Return the articles of one partition without their text: what is known of each, and why."""
        table = self._articles(number)
        days = ["date_printed", "event_start", "event_end"]
        plain = table[days].astype(object).where(table[days].notna(), None)
        table = table.astype(object).where(table.notna(), None)
        return [
            Article(
                raw="",
                evidence=json.loads(row.pop("evidence")),
                extra=json.loads(row.pop(EXTRA, "{}")),
                date_printed=printed and printed.to_pydatetime(),
                event_start=start and start.date(),
                event_end=end and end.date(),
                **row,
            )
            for row, (printed, start, end) in zip(
                table.drop(columns=[*days, "n_passages", MET], errors="ignore").to_dict("records"),
                plain.itertuples(index=False, name=None),
                strict=True,
            )
        ]

    def article(self, article_id: str) -> Article:
        """Return an article with its raw text.

        Raises
        ------
        InputError
            If there is no such article.
        """
        number = self._holder(article_id)
        if number is not None and (found := self.read_articles(number, article_id)):
            return found[0]
        raise InputError(f"No article {article_id!r} in {self.folder}.")

    def holds(self, number: int, article_ids: Container[str]) -> bool:
        """Say whether any of these articles stands in a partition."""
        return any(article_id in article_ids for article_id in self._articles(number)["article_id"])

    @cached_property
    def fingerprint(self) -> str:
        """A hash of every id, raw text and stated value: that of the same corpus in memory."""
        return fingerprint(
            replace(outline, raw=raws[outline.article_id])
            for number in range(len(self))
            for raws in (self._raws(number),)
            for outline in self.outlines(number)
        )

    def _raws(self, number: int) -> dict[str, str]:
        table = table_of(self._read(self._file("documents", number)), ["article_id", "raw"])
        return dict(zip(table["article_id"].to_pylist(), table["raw"].to_pylist(), strict=True))

    @property
    def sizes(self) -> list[int]:
        """How many articles each partition has."""
        return [part["articles"] for part in self.manifest["partitions"]]

    def _holder(self, article_id: str) -> int | None:
        """Return the partition in which an article stands, if it stands in any."""
        last = [part["last"] for part in self.manifest["partitions"]]
        number = bisect_left(last, article_id)
        return number if number < len(last) else None

    def read_articles(self, number: int, only: str | None = None) -> list[Article]:
        """Return the articles of one partition, or one of them, with their raw text."""
        recurring = {outlet: frozenset(keys) for outlet, keys in self.manifest["recurring"]}
        ((name, sha256),) = self.files("documents", number).items()
        table = _documents(self.folder, name, sha256)
        if only is not None:
            table = table.filter(pc.equal(table["article_id"], only))
        articles = self._articles(number)
        # Of what broke the parser there is a document, and no article.
        outlet_of = dict(zip(articles["article_id"], articles["outlet"], strict=True))
        known = self.publishers
        return [
            parse_article(document, recurring.get(o if isinstance(o, str) else None, ()), known)
            for document in documents_of(table)
            if (o := outlet_of.get(document.article_id, document)) is not document
        ]

    def damaged(self) -> list[str]:
        """Return the files that are missing, or are not what was written, and why."""
        found = []
        for name in self.manifest["files"]:
            try:
                self._read(name)
            except DamagedError as error:
                found.append(str(error))
        return found

    def files(self, kind: str, number: int) -> dict[str, str]:
        """Return the file of a partition with its hash, as a task reads it."""
        name = self._file(kind, number)
        return {name: self.manifest["files"][name]}

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Take the folder for one run alone."""
        with taken(self.folder):
            yield

    def _file(self, kind: str, number: int) -> str:
        if not 0 <= number < len(self):
            raise InputError(f"No partition {number}. Partitions here: 0 to {len(self) - 1}.")
        return f"{kind}/{self.manifest['partitions'][number]['number']:05d}.{_ENDINGS[kind]}"

    def _read(self, name: str) -> bytes:
        return read_whole(self.folder, name, self.manifest["files"][name])

    def __repr__(self) -> str:
        return (
            f"<Partitions: {len(self):,} of {self.n_articles:,} articles, {self.n_passages:,} "
            f"passages, {self.manifest['totals']['terms']:,} terms>"
        )


_ENDINGS = {
    "articles": "parquet",
    "counts": "npz",
    "documents": "parquet",
    "passages": "parquet",
}


@lru_cache(maxsize=1)
def _documents(folder: Path, name: str, sha256: str) -> pa.Table:
    return table_of(read_whole(folder, name, sha256))


def open_store(folder: str | Path) -> Partitions:
    """Open a store that :func:`.build_store` wrote.

    Raises
    ------
    InputError
        If the folder holds no store, or one that is not finished.
    DamagedError
        If its manifest cannot be read.
    """
    folder = Path(folder)
    path = folder / MANIFEST
    if not path.is_file():
        half = (folder / "records").is_dir()
        why = "is not finished: run the same command again" if half else "holds no partitions"
        raise InputError(f"{folder} {why}.")
    return Partitions(folder, read_manifest(path, FORMAT, FORMAT_VERSION, _whole))


def read_manifest(
    path: Path, form: str, version: int, whole: Callable[[dict[str, Any]], bool]
) -> dict[str, Any]:
    """Return a manifest of which every value is of the kind that it must be, and every path inside.

    Raises
    ------
    InputError
        If it is of another format or version.
    DamagedError
        If it cannot be read, or names a file elsewhere.
    """
    try:
        manifest: dict[str, Any] = read_json(path, DamagedError)
        said = manifest["format"], manifest["format_version"]
        known = said == (form, version)
        names = list(manifest["files"]) if known else []
        if known and not (whole(manifest) and all(map(_text, manifest["files"].values()))):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DamagedError(f"{path} cannot be read: run the same command again.") from None
    if not known:
        raise InputError(
            f"{path.parent}: format {said[0]!r} version {said[1]!r}; this version of "
            f"syriatopics reads {form} {version}."
        )
    for name in names:
        inside(path.parent, name, path, DamagedError)
    return manifest


def _whole(manifest: dict[str, Any]) -> bool:
    totals, parts = manifest["totals"], manifest["partitions"]
    counts = [totals[name] for name in ("rows", "kept", "passages", "terms")]
    counts += [
        totals["parts_of_unknown_size"],
        *(p[n] for p in parts for n in ("number", "articles")),
    ]
    counts += [n for kind in ("skipped", "refused") for n in totals[kind].values()]
    texts = [*manifest["notes"], *(part["last"] for part in parts)]
    texts += [key for outlet, keys in manifest["recurring"] for key in (outlet or "", *keys)]
    texts += [value for one in manifest.get("added", ()) for value in (one["key"], one["source"])]
    files = manifest["files"]
    named = all(f"{k}/{p['number']:05d}.{e}" in files for p in parts for k, e in _ENDINGS.items())
    return (
        all(type(n) is int and n >= 0 for n in counts)
        and all(map(_text, texts))
        and isinstance(manifest["unit"], str | int)
        and "analyzer.json" in files
        and sum(name.startswith(_WORDS) for name in files) == 1
        and named
    )


def _text(value: object) -> bool:
    return isinstance(value, str)
