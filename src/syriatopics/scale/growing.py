"""A store that grows: new articles are read by what it has learned, and put in their places.

Nothing but the new articles is parsed and counted. Partitions into which one of them falls are
written anew beside the old ones; the manifest then says which stand. Until it does, the store is what it was.
"""

from __future__ import annotations

import shutil
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from syriatopics import __version__
from syriatopics.arabic import ArabicAnalyzer
from syriatopics.errors import CorpusError, InputError
from syriatopics.files import sha256_of, write_atomically
from syriatopics.scale.build import build_store, count_documents, write_manifest
from syriatopics.scale.engine import open_engine
from syriatopics.scale.extras import union_of
from syriatopics.scale.learned import drift, learned_of
from syriatopics.scale.ledger import Made, forget, key_of, read_whole
from syriatopics.scale.parts import parts_of
from syriatopics.scale.splitting import cuts
from syriatopics.scale.stages import Run, Stage
from syriatopics.scale.store import Partitions, open_store
from syriatopics.scale.tables import arrays_of, counts_of, parquet_of, table_of, write_counts
from syriatopics.scale.totals import both_totals, met_notes

__all__ = ["add_articles", "refit_store"]

_NEW = "adding"
_KINDS = ("documents", "articles", "passages")


class _Held(NamedTuple):
    """What partitions hold, in the order of the ids: tables by kind, and counts by passage."""

    tables: Mapping[str, pa.Table]
    counts: sparse.csr_matrix

    def of(self, ids: pa.Array) -> _Held:
        """Return what belongs to some articles."""
        rows = np.asarray(pc.is_in(self.tables["passages"]["article_id"], ids)).astype(bool)
        tables = {k: t.filter(pc.is_in(t["article_id"], ids)) for k, t in self.tables.items()}
        return _Held(tables, self.counts[np.flatnonzero(rows)])


def add_articles(
    folder: str | Path,
    source: str | Path,
    *,
    columns: Mapping[str, str | None] | None = None,
    metadata: str | Path | None = None,
    filenames: str | None = None,
    scheduler: str = "none",
    workers: int | None = None,
    on_bad: str = "error",
) -> Partitions:
    """Add the articles of a source to a store; see :meth:`.StoredCorpus.add`.

    Raises
    ------
    CorpusError
        If an id stands already, or the source cannot be read.
    InputError
        If the store was written by another version.
    """
    store = open_store(folder)
    if store.manifest["version"] != __version__:
        raise InputError(
            f"{folder} was written by version {store.manifest['version']}, this is {__version__}: "
            "`syriatopics add STORE --refit` reads all of it anew."
        )
    key = _key_of(Path(source).absolute(), columns, metadata, filenames)
    with store.lock():
        new_folder = store.folder / _NEW
        store = open_store(folder)
        if any(one["key"] == key for one in store.manifest.get("added", ())):
            _tidy(store, store.manifest)  # a run may have been ended before it did
            return store
        options = store.manifest["options"]
        learned = learned_of(store)
        new = build_store(
            source, new_folder, columns=columns, metadata=metadata, outlets=learned.outlets,
            filenames=filenames, unit=store.cut_by,
            min_df=options["min_df"], max_df=options["max_df"], size=options["size"],
            scheduler=scheduler, workers=workers, on_bad=on_bad, learned=learned,
        )  # fmt: skip
        places = _places(store, new)
        _refuse_twice(store, places)
        content = _joined(store, new, places)
        said = drift(store.manifest.get("counted", {}), new.manifest["counted"])
        one = {"key": key, "source": Path(source).name, "articles": new.n_articles, "said": said}
        content["added"] = [*store.manifest.get("added", ()), one]
        line = (
            f"{new.n_articles:,} articles of {one['source']} were added by what was learned before."
        )
        content["notes"] = [*content["notes"], line, *said]
        write_manifest(store.folder, content)
        _tidy(store, content)
    return open_store(folder)


def refit_store(
    folder: str | Path, *, scheduler: str = "none", workers: int | None = None
) -> Partitions:
    """Learn everything anew from all articles of a store, those that were added among them."""
    store = open_store(folder)
    manifest, place = store.manifest, Path(folder).absolute()
    options = manifest["options"]
    press = {n: sha for n, sha in manifest["files"].items() if n.startswith("outlets-")}
    twice = {k: n for k, n in manifest["totals"]["refused"].items() if k == "id stands already"}
    met = {
        "parts": manifest["parts"],
        "refused_parts": manifest["refused_parts"],
        "order": {"refused": twice, "notes": []},
    }
    with store.lock(), open_engine(place, scheduler, workers) as engine:
        run = Run(place, engine, options["on_bad"])
        documents = Stage(tuple(_laid(store)))
        # Without a look at its hash: a run that was ended here has written a new one.
        learned = ArabicAnalyzer.load(place / "analyzer.json")
        analyzer = ArabicAnalyzer(**learned.get_params())
        counted = count_documents(run, documents, press, store.cut_by, analyzer, options)
        content = {"unit": store.unit, **counted.content(met)}
        content["files"] |= press
        old = [{**one, "refitted": True} for one in manifest.get("added", ())]
        write_manifest(place, {**content, **({"added": old} if old else {})})
        _tidy(store, content)
    return open_store(folder)


def _laid(store: Partitions) -> Iterator[Made]:
    for number, part in enumerate(store.manifest["partitions"]):
        files = store.files("documents", number)
        ((name, sha256),) = files.items()
        n = table_of(read_whole(store.folder, name, sha256), ["article_id"]).num_rows
        yield Made(
            part["number"],
            sha256,
            files,
            {"articles": n, "first": part["first"], "last": part["last"]},
        )


def _key_of(
    source: Path,
    columns: Mapping[str, str | None] | None,
    metadata: str | Path | None,
    filenames: str | None,
) -> str:
    """Return a hash of a source and of how it is read."""
    told = sha256_of(Path(metadata)) if metadata is not None else None
    return key_of([p.fingerprint() for p in parts_of(source)], columns, told, filenames)


def _ids(store: Partitions, number: int) -> pa.Array:
    ((name, sha256),) = store.files("documents", number).items()
    ids = table_of(read_whole(store.folder, name, sha256), ["article_id"])["article_id"]
    return ids.combine_chunks()


def _places(store: Partitions, new: Partitions) -> dict[int, pa.Array]:
    """Return the ids of the new articles by the partition into which they fall."""
    last = [part["last"] for part in store.manifest["partitions"]]
    found: dict[int, list[pa.Array]] = defaultdict(list)
    for number in range(len(new)):
        ids = _ids(new, number)
        where = np.array([min(bisect_left(last, i), len(last) - 1) for i in ids.to_pylist()])
        for place in np.unique(where).tolist():
            found[place].append(ids.filter(pa.array(where == place)))
    return {n: pa.chunked_array(found[n]).combine_chunks() for n in sorted(found)}


def _refuse_twice(store: Partitions, places: Mapping[int, pa.Array]) -> None:
    """Refuse articles whose id stands in the store."""
    for place, ids in places.items():
        again = ids.filter(pc.is_in(ids, _ids(store, place)))
        if len(again):
            raise CorpusError(
                f"The id {again[0].as_py()!r} stands already in {store.folder}, and {len(again) - 1:,} "
                f"more do: an article is added once."
            )


def _held(store: Partitions, number: int) -> _Held:
    def read(kind: str) -> bytes:
        ((name, sha256),) = store.files(kind, number).items()
        return read_whole(store.folder, name, sha256)

    return _Held(
        {kind: table_of(read(kind)) for kind in _KINDS}, counts_of(arrays_of(read("counts")))
    )


def _joined(store: Partitions, new: Partitions, places: Mapping[int, pa.Array]) -> dict[str, Any]:
    """Write the partitions into which new articles fall; return what the manifest is to say."""
    manifest = store.manifest
    parts = {n: [part] for n, part in enumerate(manifest["partitions"])}
    free = 1 + max(part["number"] for part in manifest["partitions"])
    files = dict(manifest["files"])
    for place, wanted in places.items():
        more = [_held(new, n).of(wanted) for n in range(len(new))]
        for kind in ("counts", *_KINDS):
            for name in store.files(kind, place):
                del files[name]
        parts[place] = []
        limit = manifest["options"]["size"]
        for piece in _pieces(_together([_held(store, place), *more]), limit):
            part, written = _written(store.folder, free, piece)
            parts[place].append({**part, "parsed_again": 0})
            files |= written
            free += 1
    name, words = _added_words(store, new)
    write_atomically(store.folder / name, words)
    del files[store.word_file]
    files[name] = sha256_of(store.folder / name)
    totals = both_totals(manifest["totals"], new.manifest["totals"])
    said = [n for n in manifest["notes"] if n not in met_notes(manifest["totals"])]
    told = [n for n in new.notes if n not in met_notes(new.manifest["totals"]) and n not in said]
    counted = manifest.get("counted")
    both = (
        {n: counted[n] + new.manifest["counted"][n] for n in ("read", "counted")} if counted else {}
    )
    return {
        **{k: v for k, v in manifest.items() if k not in ("format", "format_version", "version")},
        "files": files,
        "extra": union_of([store.extra, new.extra]),
        "parts": [*manifest["parts"], *new.manifest["parts"]],
        "refused_parts": [*manifest["refused_parts"], *new.manifest["refused_parts"]],
        "partitions": [part for n in sorted(parts) for part in parts[n]],
        "totals": totals,
        "counted": both,
        "notes": [*said, *met_notes(totals), *told],
    }


def _together(held: Sequence[_Held]) -> _Held:
    """Put articles of several partitions into one, in the order of their ids."""
    orders, tables = {}, {}
    for kind in _KINDS:
        parts = [part.tables[kind] for part in held]
        table = pa.concat_tables([part.cast(parts[0].schema) for part in parts])
        keys = pa.table({"id": table["article_id"], "row": np.arange(table.num_rows)})
        orders[kind] = pc.sort_indices(keys, [("id", "ascending"), ("row", "ascending")])
        tables[kind] = table.take(orders[kind])
    counts = sparse.csr_matrix(sparse.vstack([part.counts for part in held]))
    return _Held(tables, counts[orders["passages"].to_numpy()])


def _pieces(held: _Held, size: int) -> Iterator[_Held]:
    """Yield a partition as it is, or, where it grew to more than twice its size, in several."""
    documents = held.tables["documents"]
    n = documents.num_rows
    lengths = np.asarray(pc.binary_length(documents["raw"]))
    bounds = list(cuts(lengths, size if n > 2 * size else n))
    ids = documents["article_id"].combine_chunks()
    yield from [held] if len(bounds) == 1 else (held.of(ids[a:b]) for a, b in bounds)


def _written(folder: Path, number: int, held: _Held) -> tuple[dict[str, Any], dict[str, str]]:
    """Write a partition; return what the manifest says of it, and its files with their hashes."""
    tables, counts = held.tables, held.counts
    contents = {f"{kind}/{number:05d}.parquet": parquet_of(tables[kind]) for kind in _KINDS}
    contents[f"counts/{number:05d}.npz"] = write_counts(counts)
    files = {}
    for name, content in contents.items():
        write_atomically(folder / name, content)
        files[name] = sha256_of(folder / name)
    ids = tables["documents"]["article_id"]
    part = {
        "number": number,
        "first": ids[0].as_py(),
        "last": ids[-1].as_py(),
        "articles": tables["articles"].num_rows,
        "passages": tables["passages"].num_rows,
        "words": int(pc.sum(tables["articles"]["n_words"]).as_py() or 0),
        "tokens": int(counts.sum()),
        "empty": int((np.diff(counts.indptr) == 0).sum()),
    }
    return part, files


def _added_words(store: Partitions, new: Partitions) -> tuple[str, bytes]:
    """Return the vocabulary with the counts of both, and the name of its file."""
    one, other = store.words, new.words
    for name in ("count", "n_passages"):
        place = one.schema.get_field_index(name)
        one = one.set_column(place, name, pc.add(one[name], other[name]))
    return f"vocabulary-{key_of(one['count'].to_pylist())[:16]}.parquet", parquet_of(one)


def _tidy(store: Partitions, content: Mapping[str, Any]) -> None:
    """Remove what the manifest no longer names, and the records of how it was made at first."""
    for kind in (*_KINDS, "counts"):
        for file in (store.folder / kind).iterdir():
            if f"{kind}/{file.name}" not in content["files"]:
                file.unlink()
    for file in store.folder.glob("vocabulary*.parquet"):
        if file.name not in content["files"]:
            file.unlink()
    records = store.folder / "records"
    for stage in ("types", "terms"):
        forget(store.folder, stage)
    for stage in ("documents", "passages", "counts"):
        shutil.rmtree(records / stage, ignore_errors=True)
    for plan in records.glob("*.plan.json"):
        plan.unlink()
    shutil.rmtree(store.folder / _NEW, ignore_errors=True)
