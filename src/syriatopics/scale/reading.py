"""From documents to articles and passages, with what only the whole corpus tells.

Parsing is what takes long, and is done once for each article. Lines that recur in an outlet are
known when all partitions were parsed; only the articles that hold such a line are parsed again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from syriatopics.corpus.documents import Document
from syriatopics.corpus.parse import parse_article
from syriatopics.corpus.parse.publishers import Publishers
from syriatopics.corpus.parse.recurring import (
    COLUMNS,
    LineCounts,
    Recurring,
    ShortLines,
    any_recurring,
    candidates,
    count_lines,
    often_lines,
    recurring_of,
    short_lines,
)
from syriatopics.corpus.passages import make_passages
from syriatopics.corpus.read.account import met_in, unread_in
from syriatopics.corpus.read.boundary import Boundary
from syriatopics.corpus.read.stream import whole
from syriatopics.corpus.tables import article_table
from syriatopics.records import Article
from syriatopics.scale.extras import EXTRA, MET, SAID, extra_of, kinds_of
from syriatopics.scale.ledger import Files, Made, Task, read_whole
from syriatopics.scale.press import publishers_of
from syriatopics.scale.tables import arrays_of, arrow_of, documents_of, npz_of, parquet_of, table_of

__all__ = ["learn_from_partitions", "parse", "settle"]


def parse(task: Task, files: Files) -> dict[str, Any]:
    """Parse the documents of a partition, each by itself."""
    documents = documents_of(table_of(files.read("documents/")))
    publishers = publishers_of(task.folder, task.inputs)
    articles = [parse_article(document, (), publishers) for document in documents]
    lines = [short_lines(article) for article in articles]
    files.write(f"parsed/lines-{task.number:05d}.parquet", parquet_of(_lines_table(lines)))
    files.write(f"parsed/counts-{task.number:05d}.npz", _counts_npz(count_lines(lines)))
    kept, skips = _kept(documents, articles, task.number)
    tables = _tables(kept, task.options["unit"], publishers)
    return {**_write(task, files, "parsed", tables), **skips}


def _kept(
    documents: Sequence[Document], articles: Sequence[Article], number: int
) -> tuple[list[Article], dict[str, Any]]:
    """Return the articles that did not break the parser, and what is said of the others."""
    boundary = Boundary()
    kept = [a for d, a in zip(documents, articles, strict=True) if whole(d, a, boundary)]
    said = list(boundary.said(f"Partition {number}"))
    return kept, {"skipped": dict(sorted(boundary.counts.items())), "skips": said}


def _tables(
    articles: Sequence[Article], unit: str | int, publishers: Publishers
) -> dict[str, pa.Table]:
    """Return the passages of articles, and what is known of the articles."""
    passages = make_passages(articles, unit)
    paragraphs = passages if unit == "paragraph" else make_passages(articles)
    evidence = [json.dumps(dict(article.evidence), ensure_ascii=False) for article in articles]
    extra = extra_of(articles, publishers)
    met = [json.dumps(met_in(article), ensure_ascii=False) for article in articles]
    table = article_table(articles, paragraphs).assign(
        evidence=evidence, **{MET: met, EXTRA: extra}
    )
    of = dict(zip(table["article_id"], extra, strict=True))
    cut = passages.table.assign(**{EXTRA: passages.table["article_id"].map(of)})
    return {"passages": arrow_of(cut), "articles": arrow_of(table)}


def _write(task: Task, files: Files, where: str, tables: Mapping[str, pa.Table]) -> dict[str, Any]:
    for kind, table in tables.items():
        files.write(_named(where, kind, f"{task.number:05d}.parquet"), parquet_of(table))
    articles = tables["articles"]
    met = [json.loads(held) for held in articles[MET].to_pylist()]
    unread = unread_in([json.loads(held) for held in articles["evidence"].to_pylist()])
    return {
        "articles": articles.num_rows,
        "passages": tables["passages"].num_rows,
        "words": int(pc.sum(articles["n_words"]).as_py() or 0),
        "unread": {field: list(said) for field, said in unread.fields.items()},
        "in_future": unread.in_future,
        **{name: dict(Counter(k for held in met for k in held[n])) for n, name in enumerate(SAID)},
        "extra": kinds_of(articles[EXTRA].to_pylist()),
    }


def _named(where: str, kind: str, name: str) -> str:
    return f"{where}/{kind}-{name}" if where else f"{kind}/{name}"


def settle(task: Task, files: Files) -> dict[str, Any]:
    """Take what parsing gave; parse again the articles that hold a line that recurs."""
    keys = {outlet: frozenset(lines) for outlet, lines in json.loads(files.read("recurring.json"))}
    recurring = Recurring(pd.DataFrame(columns=list(COLUMNS)), keys)
    lines = _lines_of(table_of(files.read("parsed/lines-")))
    again = [place for place, held in enumerate(lines) if any_recurring(held, recurring)]
    if not again:
        name = f"{task.number:05d}.parquet"
        for kind in ("passages", "articles"):
            files.write(f"{kind}/{name}", files.read(f"parsed/{kind}-"))
        return {**task.options["totals"], "parsed_again": 0}
    laid = table_of(files.read("documents/"))
    order = laid["article_id"]
    documents = documents_of(laid.take(pa.array(again)))
    publishers = publishers_of(task.folder, task.inputs)
    articles = [
        parse_article(document, recurring[lines[place].outlet], publishers)
        for place, document in zip(again, documents, strict=True)
    ]
    articles, skips = _kept(documents, articles, task.number)
    before = task.options["totals"]
    both = {
        "skipped": dict(Counter(before["skipped"]) + Counter(skips["skipped"])),
        "skips": [*before["skips"], *skips["skips"]],
    }
    tables = {
        kind: _replaced(
            table_of(files.read(f"parsed/{kind}-")), table, order.take(pa.array(again)), order
        )
        for kind, table in _tables(articles, task.options["unit"], publishers).items()
    }
    return {**_write(task, files, "", tables), **both, "parsed_again": len(again)}


def _replaced(
    before: pa.Table, after: pa.Table, articles: pa.ChunkedArray, order: pa.ChunkedArray
) -> pa.Table:
    """Put the rows of some articles in the place of those that stood there."""
    rest = before.filter(pc.invert(pc.is_in(before["article_id"], articles.combine_chunks())))
    whole = pa.concat_tables([rest, after.cast(rest.schema)])
    places = pc.index_in(whole["article_id"], order.combine_chunks())
    return whole.take(np.argsort(places.to_numpy(), kind="stable"))


def learn_from_partitions(
    folder: Path, parsed: Sequence[Made]
) -> tuple[Recurring, list[tuple[str | None, list[str]]]]:
    """Find the lines that recur in an outlet, from what parsing left of each partition.

    Returns
    -------
    recurring : Recurring
    keys : list of (outlet, list of str)
        The same as plain values, in a fixed order.
    """
    counts = [_counts_of(_read(folder, made, "parsed/counts-")) for made in parsed]
    often = often_lines(counts)
    found = []
    for made in parsed if often else ():
        lines = _lines_of(table_of(_read(folder, made, "parsed/lines-")))
        found.append(candidates(lines, often))
    sizes: dict[str | None, int] = {}
    for part in counts:
        for outlet, n in part.sizes.items():
            sizes[outlet] = sizes.get(outlet, 0) + n
    recurring = recurring_of(found, sizes)
    outlets = sorted(recurring, key=lambda outlet: outlet or "")
    return recurring, [(outlet, sorted(recurring[outlet])) for outlet in outlets]


def _read(folder: Path, made: Made, kind: str) -> bytes:
    name = made.file(kind)
    return read_whole(folder, name, made.files[name])


def _lines_table(lines: Sequence[ShortLines]) -> pa.Table:
    return pa.table(
        {
            "outlet": pa.array([held.outlet for held in lines], pa.string()),
            "texts": pa.array([held.texts for held in lines], pa.list_(pa.string())),
            "rests": pa.array([held.rests for held in lines], pa.list_(pa.uint64())),
        }
    )


def _lines_of(table: pa.Table) -> list[ShortLines]:
    return [ShortLines(row["outlet"], row["texts"], row["rests"]) for row in table.to_pylist()]


def _counts_npz(counts: LineCounts) -> bytes:
    outlets = list(counts.sizes)
    known = [outlet for outlet in outlets if outlet is not None]
    arrays: dict[str, Any] = {"outlets": known, "none": np.array(len(known) < len(outlets))}
    for place, outlet in enumerate([*known, *([None] if None in outlets else [])]):
        arrays[f"size{place}"] = np.array(counts.sizes[outlet])
        arrays[f"lines{place}"], arrays[f"n{place}"] = counts.lines[outlet]
    return npz_of(**arrays)


def _counts_of(content: bytes) -> LineCounts:
    arrays: Mapping[str, Any] = arrays_of(content)
    outlets = [*arrays["outlets"], *([None] if arrays["none"] else [])]
    return LineCounts(
        {outlet: int(arrays[f"size{place}"]) for place, outlet in enumerate(outlets)},
        {outlet: (arrays[f"lines{p}"], arrays[f"n{p}"]) for p, outlet in enumerate(outlets)},
    )
