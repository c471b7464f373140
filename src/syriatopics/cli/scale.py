"""The command line for corpora that do not fit into memory, or take more than one machine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from syriatopics.cli.options import (
    ColumnOption,
    FilenamesOption,
    MetadataOption,
    OutletsOption,
    columns_of,
)
from syriatopics.errors import InputError, choices

if TYPE_CHECKING:
    import pandas as pd

    from syriatopics.corpus import Corpus
    from syriatopics.results import Result
    from syriatopics.scale import StoredCorpus

__all__ = ["add", "scale"]

scale = typer.Typer(
    help="A corpus of any size, in partitions: count, score, compare; here or on a Dask cluster.",
    no_args_is_help=True,
)

StoreArgument = Annotated[Path, typer.Argument(help="The folder that `scale count` wrote.")]
SchedulerOption = Annotated[
    str,
    typer.Option(help="none; processes (on this machine); or the address of a Dask scheduler."),
]
WorkersOption = Annotated[
    int | None, typer.Option(min=1, help="How many processes; by default one per processor.")
]
OnBadOption = Annotated[
    str, typer.Option(help="error, or skip: leave out what cannot be read, named and counted.")
]
ToOption = Annotated[Path, typer.Option(help="The folder of the tables (csv).")]


@scale.command()
def count(
    source: Annotated[
        Path, typer.Argument(help="A corpus as ingest reads it, or a folder of tables or archives.")
    ],
    store: Annotated[Path, typer.Argument(help="The folder to be written.")],
    metadata: MetadataOption = None,
    outlets: OutletsOption = None,
    column: ColumnOption = None,
    filenames: FilenamesOption = None,
    unit: Annotated[
        str, typer.Option(help="paragraph, sentence, article, or a number of words.")
    ] = "paragraph",
    min_df: Annotated[int, typer.Option(help="Terms in fewer passages are dropped.")] = 2,
    max_df: Annotated[float, typer.Option(help="And those in a larger share of them.")] = 0.5,
    size: Annotated[int, typer.Option(min=1, help="Articles in a partition.")] = 2000,
    scheduler: SchedulerOption = "none",
    workers: WorkersOption = None,
    on_bad: OnBadOption = "error",
) -> None:
    """Read, clean and count a corpus; a run that was ended goes on where it was."""
    from syriatopics.scale.build import build_store

    done = build_store(
        source,
        store,
        columns=columns_of(column),
        filenames=filenames,
        metadata=metadata,
        outlets=outlets,
        unit=int(unit) if unit.isdecimal() else unit,
        min_df=min_df,
        max_df=max_df,
        size=size,
        scheduler=scheduler,
        workers=workers,
        on_bad=on_bad,
    )
    _say_notes(done.notes)
    for line in _account(done.manifest["totals"]):
        typer.echo(line)
    typer.echo(
        f"{len(done):,} partitions, {done.n_passages:,} passages, {len(done.vocabulary):,} terms "
        f"in {done.folder}"
    )


def add(
    store: StoreArgument,
    source: Annotated[
        Path | None, typer.Argument(help="The new articles, as ingest reads them.")
    ] = None,
    metadata: MetadataOption = None,
    column: ColumnOption = None,
    filenames: FilenamesOption = None,
    refit: Annotated[
        bool, typer.Option("--refit", help="Learn everything anew, from all articles.")
    ] = False,
    scheduler: SchedulerOption = "none",
    workers: WorkersOption = None,
    on_bad: OnBadOption = "error",
) -> None:
    """Add articles to a store by what it has learned: only they are read and counted."""
    from syriatopics.scale.growing import add_articles, refit_store

    if source is None and not refit:
        raise InputError("Say which articles to add, or --refit.")
    if source is not None:
        done = add_articles(
            store, source, columns=columns_of(column), metadata=metadata, filenames=filenames,
            scheduler=scheduler, workers=workers, on_bad=on_bad,
        )  # fmt: skip
        for line in done.manifest["added"][-1]["said"]:
            typer.echo(f"note: {line}")
    if refit:
        done = refit_store(store, scheduler=scheduler, workers=workers)
    typer.echo(f"{done.n_articles:,} articles, {done.n_passages:,} passages in {store}")


@scale.command()
def shares(
    store: StoreArgument,
    to: ToOption,
    by: Annotated[str, typer.Option(help="What is compared: a column of the passages.")] = "outlet",
    period: Annotated[str, typer.Option(help="D, W, M, Q or Y.")] = "M",
    themes: Annotated[Path | None, typer.Option(help="Themes of your own, on top.")] = None,
    scorer: Annotated[
        str, typer.Option(help="lexicon, classifier (with --coded), or a table of your own labels.")
    ] = "",
    coded: Annotated[Path | None, typer.Option(help="Coded passages: csv or jsonl.")] = None,
    production: Annotated[str, typer.Option(help="all, or own.")] = "all",
    copies: Annotated[
        str, typer.Option(help="keep, or one text per outlet: mark or exclude what outlets share.")
    ] = "keep",
    scheduler: SchedulerOption = "none",
    workers: WorkersOption = None,
) -> None:
    """Estimate the share of each theme, by outlet and over time, with intervals."""
    from syriatopics.framing import load_themes
    from syriatopics.inference import prevalence
    from syriatopics.scorers import DEFAULT, Table, score_themes
    from syriatopics.trends import trend

    corpus: Corpus = _opened(store, scheduler, workers)
    if copies != "keep":
        corpus = corpus.without_reprints(copies)
    method = Table(scorer) if Path(scorer).suffix else scorer or DEFAULT
    scores = score_themes(corpus, method, themes=load_themes(themes), coded=coded)
    _write(to, "shares", prevalence(scores, by, production=production))
    _write(to, "trend", trend(scores, period, by=by, production=production))


@scale.command()
def topics(
    store: StoreArgument,
    folder: Annotated[Path, typer.Argument(help="The folder of the topics, new or theirs.")],
    to: ToOption,
    model: Annotated[str, typer.Option(help="nmf, or lda.")] = "nmf",
    n_topics: Annotated[int, typer.Option(min=2, help="How many.")] = 50,
    by: Annotated[str, typer.Option(help="What is compared: a column of the passages.")] = "outlet",
    random_state: Annotated[int, typer.Option(help="Of the start.")] = 0,
) -> None:
    """Fit topics, keep them in a folder, and estimate their shares."""
    from syriatopics.inference import prevalence
    from syriatopics.topics import LDA, NMF

    models = {"nmf": NMF, "lda": LDA}
    if model not in models:
        raise InputError(f"Model {model!r} is not known. Choices: {choices(models)}.")
    fitted = models[model](n_topics=n_topics, random_state=random_state).fit(_opened(store))
    fitted.save(folder)
    _write(to, "topics", fitted)
    _write(to, "topic_shares", prevalence(fitted, by))


@scale.command()
def keyness(
    store: StoreArgument,
    to: ToOption,
    focal: Annotated[str, typer.Option(help="The first group, such as an outlet.")],
    reference: Annotated[str, typer.Option(help="The group that it is compared with.")],
    by: Annotated[str, typer.Option(help="A column of the passages.")] = "outlet",
    blocks: Annotated[
        str, typer.Option(help="auto, article, day, week, month, story or a column.")
    ] = "auto",
) -> None:
    """Say which words set two groups apart."""
    from syriatopics.framing import keyness as compare
    from syriatopics.matrix import count_terms

    counts = count_terms(_opened(store))
    _write(to, "keyness", compare(counts, focal, reference, by=by, blocks=blocks))


@scale.command()
def copies(
    store: StoreArgument,
    to: ToOption,
    threshold: Annotated[float, typer.Option(help="Share of 5-grams, above 0 up to 1.")] = 0.5,
    scheduler: SchedulerOption = "none",
    workers: WorkersOption = None,
) -> None:
    """Find the articles that are near copies of each other."""
    found = _opened(store, scheduler, workers).reprints(threshold)
    _write(to, "copies", found, {"clusters": found.clusters, "pairs": found.pairs})


@scale.command()
def events(
    store: StoreArgument,
    to: ToOption,
    window: Annotated[int, typer.Option(min=0, help="In days.")] = 2,
    threshold: Annotated[float, typer.Option(help="Of the cosine, above 0 up to 1.")] = 0.3,
    scheduler: SchedulerOption = "none",
    workers: WorkersOption = None,
) -> None:
    """Match articles of different outlets that tell of the same event."""
    from syriatopics.framing import matched_events

    found = matched_events(_opened(store, scheduler, workers), window=window, threshold=threshold)
    _write(to, "events", found, {"coverage": found.coverage})


@scale.command()
def check(store: StoreArgument) -> None:
    """Say whether every file of a store is what was written, and what it holds."""
    opened = _opened(store).store
    damaged = opened.damaged()
    for line in [*_account(opened.manifest["totals"]), *damaged]:
        typer.echo(line)
    if damaged:
        raise InputError(
            f"{len(damaged)} files of {store} are damaged: `syriatopics scale count` makes them again."
        )
    typer.echo(f"{len(opened.manifest['files']):,} files are whole.")


def _opened(store: Path, scheduler: str = "none", workers: int | None = None) -> StoredCorpus:
    from syriatopics.scale import StoredCorpus
    from syriatopics.scale.store import open_store

    return StoredCorpus(open_store(store), scheduler, workers)


def _account(totals: Mapping[str, Any]) -> list[str]:
    """Return the sum of what was read, line by line."""
    lines = [f"{totals['rows']:,} rows read", f"= {totals['kept']:,} articles kept"]
    for kind in ("skipped", "refused"):
        lines += [f"+ {n:,} {kind}: {reason}" for reason, n in totals[kind].items()]
    for kind in ("flagged", "repaired"):
        lines += [f"of them {kind}, {said}: {n:,}" for said, n in totals.get(kind, {}).items()]
    if totals["parts_of_unknown_size"]:
        lines.append(f"and {totals['parts_of_unknown_size']} parts of unknown size were refused")
    return lines


def _write(
    to: Path, name: str, result: Result, more: Mapping[str, pd.DataFrame] | None = None
) -> None:
    from syriatopics.escaping import guarded
    from syriatopics.files import write_atomically

    _say_notes(result.notes)
    for file, table in {name: result.table, **(more or {})}.items():
        write_atomically(
            to / f"{file}.csv", guarded(table).to_csv(index=False).encode("utf-8", "replace")
        )
        typer.echo(f"{len(table):,} rows in {to / file}.csv")


def _say_notes(notes: tuple[str, ...]) -> None:
    for note in notes:
        typer.echo(f"note: {note}")
