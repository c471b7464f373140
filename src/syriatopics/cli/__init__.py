"""The command line. Exit code 0: done; 1: bad input, one clear line; 2: wrong usage.

130, 129 and 143 say that Ctrl-C, HUP or TERM ended it; 70, that something nobody foresaw did.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

from syriatopics import __version__
from syriatopics.cli.collect import collect
from syriatopics.cli.lexicon import lexicon
from syriatopics.cli.options import (
    PseudonymsOption,
    Reading,
    in_words_of_the_command_line,
    reads_corpus,
)
from syriatopics.cli.scale import add, scale
from syriatopics.errors import SyriaTopicsError
from syriatopics.escaping import number_of, one_line
from syriatopics.processes import Ended, ended_by_signals

__all__ = ["app", "main"]

_DEBUG = "SYRIATOPICS_DEBUG"
_MESSAGE = 480
_SHOWN = 160

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"syriatopics {__version__}")
        raise typer.Exit


@app.callback()
def about(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Say it and end."),
    ] = False,
) -> None:
    """Topic models and honest comparison of outlets for the Arabic press on Syria."""


StudyArgument = Annotated[Path, typer.Argument(help="A study.toml, or the folder that holds one.")]


@app.command()
@reads_corpus
def new(
    reading: Reading,
    folder: Annotated[Path, typer.Argument(help="The folder of the new study.")],
    corpus: Annotated[
        Path, typer.Option(help="A folder of texts or pages, a table, an export, a web archive.")
    ],
    title: Annotated[str | None, typer.Option(help="By default the name of the folder.")] = None,
) -> None:
    """Make the folder of a study: study.toml, notebooks, README."""
    from syriatopics.study import new_study

    made = new_study(folder, corpus, title=title, tell=typer.echo, **reading)
    typer.echo(f"Made {made}. Read it, then: syriatopics run {folder}")


@app.command()
def run(
    study: StudyArgument = Path("study.toml"),
    again: Annotated[
        bool, typer.Option("--again", help="Run every notebook, also where nothing changed.")
    ] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(help="The beginning of a notebook's name, as 03; repeatable."),
    ] = None,
) -> None:
    """Run the notebooks of a study and make its figures; what did not change is skipped."""
    from syriatopics.study import run_study

    try:
        folder = run_study(study, again=again, only=only or (), tell=typer.echo)
    except KeyboardInterrupt:
        typer.echo("syriatopics: interrupted; what was done is kept", err=True)
        raise typer.Exit(130) from None
    if (folder / "manifest.json").is_file():  # none yet where a part of the notebooks has run alone
        typer.echo(f"Figures and manifest in {folder}")


@app.command()
def figures(
    study: StudyArgument = Path("study.toml"),
    check: Annotated[bool, typer.Option("--check", help="Compare with the manifest only.")] = False,
    remake: Annotated[
        bool, typer.Option("--remake", help="Make all again in a temporary folder, and compare.")
    ] = False,
) -> None:
    """Make the figures of a study, check them against the manifest, or make them again to compare."""
    from syriatopics.study import check_figures, remake_figures

    if not (check or remake):
        run(study)
        return
    differences = (remake_figures if remake else check_figures)(study, tell=typer.echo)
    for line in differences:
        typer.echo(line)
    if differences:
        raise typer.Exit(1)
    typer.echo("Every figure is the same to the byte.")


SourceArgument = Annotated[
    Path,
    typer.Argument(help="A folder of texts or pages, a csv, jsonl or Parquet file, a web archive."),
]


@app.command()
def report(
    study: StudyArgument = Path("study.toml"),
    to: Annotated[
        Path | None, typer.Option(help="The file; by default build/report.html of the study.")
    ] = None,
    max_passages: Annotated[
        int, typer.Option(min=1, help="A larger corpus is represented by a sample of this size.")
    ] = 4000,
    texts: Annotated[
        bool, typer.Option(help="Whether the explorer beside it holds the texts.")
    ] = True,
    pseudonyms: PseudonymsOption = None,
) -> None:
    """Make the report of a study, in which every number opens its passages, and its explorer."""
    from syriatopics.study import open_study, write_report
    from syriatopics.study.reporting import explorer_beside

    opened, corpus = open_study(study), None
    if pseudonyms:
        from syriatopics.publish.people import naming_nobody

        outlets = opened.options.corpus.outlets
        known = opened.folder / outlets if outlets else None
        corpus = naming_nobody(opened.corpus, pseudonyms, known)
    file, made = write_report(opened, corpus=corpus, to=to, max_passages=max_passages, texts=texts)
    typer.echo(
        f"{file}: {len(made.html) / 1e6:.1f} MB, {made.n_numbers:,} numbers, "
        f"{made.n_held:,} of {made.n_passages:,} passages"
    )
    if (beside := explorer_beside(file)).is_file():
        typer.echo(f"{beside}: {beside.stat().st_size / 1e6:.1f} MB")
    else:
        typer.echo("No explorer: the corpus is too small for its topics.")


@app.command()
def publish(
    study: StudyArgument = Path("study.toml"),
    to: Annotated[Path, typer.Option(help="A new folder for the pieces of the paper.")] = Path(
        "paper"
    ),
    check: Annotated[
        Path | None,
        typer.Option(help="Compare a manuscript, or a folder of such, with the study instead."),
    ] = None,
    pseudonyms: PseudonymsOption = None,
) -> None:
    """Write tables, sections, figures and data for a paper, or check the numbers of a manuscript."""
    from syriatopics.publish import check_paper, publish_study

    if check is None:
        typer.echo(
            f"The pieces are in {publish_study(study, to, pseudonyms=pseudonyms, tell=typer.echo)}"
        )
        return
    wrong = 0
    for file, found in check_paper(study, check, pseudonyms=pseudonyms).items():
        for line in found.differences:
            typer.echo(line)
        wrong += len(found.differences)
        typer.echo(
            f"{file.name}: {found.n_numbers:,} numbers and {found.n_cells:,} cells compared, "
            f"{len(found.differences):,} differ; {found.n_absent:,} numbers of the study are not in it"
        )
    if wrong:
        raise typer.Exit(1)


@app.command()
def topics(
    study: StudyArgument = Path("study.toml"),
    to: Annotated[
        Path | None,
        typer.Option(help="Begin a codebook: a csv or toml file with names that are proposed."),
    ] = None,
    coder: Annotated[str, typer.Option(help="Who reads the topics.")] = "",
    encoder: Annotated[
        str | None,
        typer.Option(help='Such as "e5": English names for what no lexicon translates.'),
    ] = None,
) -> None:
    """List the topics of a study, and begin the codebook in which they are named and edited."""
    from datetime import date

    from syriatopics.errors import InputError
    from syriatopics.study import open_study
    from syriatopics.topics import code_topics

    opened = open_study(study)
    for row in opened.topics.table.itertuples():
        named = " · ".join(filter(None, (opened.topics.names or {}).get(int(row.topic), ())))
        typer.echo(f"{row.topic} {row.share:.1%} {named + ': ' if named else ''}{row.words}")
    if to is not None:
        if to.exists():
            raise InputError(f"{to} is there already: name a new file for the codebook.")
        code_topics(opened.fitted, coder=coder, date=date.today(), encoder=encoder).save(to)
        typer.echo(
            f"Began {to}: read the passages, correct it, and name it in study.toml: [models] codebook"
        )


@app.command()
def claims(
    study: StudyArgument = Path("study.toml"),
    write: Annotated[
        bool, typer.Option("--write", help="Make their cards: look at the data.")
    ] = False,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes; by default one for each core.")
    ] = None,
) -> None:
    """Check and stamp the claims of a study, list how each stands, and make their cards."""
    from syriatopics.study import open_study, register_claims, write_claims

    opened = open_study(study)
    register = register_claims(opened, seen=False)
    for claim in opened.options.claims:
        found = register.standing(claim, opened.corpus.fingerprint)
        typer.echo(f"{claim.id}: {found.status} {found.time} {found.digest[:16]} · {claim.words}")
    for name in register.withdrawn(opened.options.claims):
        typer.echo(f"{name}: declared once, and claimed no more")
    if not opened.options.claims:
        typer.echo(f"{opened.path} holds no claim: write them as [[claims]].")
    elif write:
        cards = write_claims(opened, n_jobs=jobs, tell=typer.echo)
        typer.echo(f"{len(cards)} cards in {opened.folder / 'build' / 'claims'}")


@app.command()
@reads_corpus
def summary(
    reading: Reading,
    path: Annotated[Path, typer.Argument(help="A corpus as ingest reads it, or a study.toml.")],
    period: Annotated[str, typer.Option(help="D, W, M, Q or Y.")] = "Y",
) -> None:
    """Say what a corpus holds: the paragraph for a data section, and tables of its sizes."""
    from syriatopics.scale import open_corpus

    if path.name.endswith(".toml"):
        from syriatopics.study import open_study

        corpus = open_study(path).corpus
    else:
        corpus = open_corpus(path, **reading)
    found = corpus.summary(period)
    typer.echo(found.text)
    for table in (found.table, found.periods, found.removed, found.coverage, found.silences):
        if len(table):
            typer.echo(f"\n{table.to_string(index=False)}")
    for note in found.notes:
        typer.echo(f"note: {note}")


@app.command()
@reads_corpus
def shares(
    reading: Reading,
    source: SourceArgument,
    scores: Annotated[Path, typer.Argument(help="Labels or probabilities: csv, xlsx or Parquet.")],
    to: Annotated[Path, typer.Option(help="The table to be written (csv).")],
    codings: Annotated[
        Path | None, typer.Option(help="A coding task, or coded passages: shares are corrected.")
    ] = None,
    by: Annotated[str, typer.Option(help="What is compared: a column of the passages.")] = "outlet",
    period: Annotated[str | None, typer.Option(help="With codings: D, W, M, Q or Y.")] = None,
    production: Annotated[str, typer.Option(help="own, or all.")] = "own",
) -> None:
    """Estimate shares from a table of your own, corrected by what people coded."""
    from syriatopics.errors import InputError
    from syriatopics.escaping import guarded
    from syriatopics.files import write_atomically
    from syriatopics.inference import Scores, prevalence
    from syriatopics.scale import open_corpus
    from syriatopics.validation import corrected_shares, read_codings

    if period is not None and codings is None:
        raise InputError("--period wants --codings: take `scale shares` or a study for a trend.")
    corpus = open_corpus(source, **reading)
    labels = Scores.from_table(scores, corpus.passages())
    found = (
        prevalence(labels, by, production=production)
        if codings is None
        else corrected_shares(
            labels, read_codings(codings, corpus), by, period=period, production=production
        )
    )
    write_atomically(to, guarded(found.table).to_csv(index=False).encode("utf-8", "replace"))
    for note in found.notes:
        typer.echo(f"note: {note}")
    typer.echo(f"{len(found.table):,} rows in {to}")


@app.command()
@reads_corpus
def search(
    reading: Reading,
    source: SourceArgument,
    query: Annotated[str, typer.Argument(help="Words, a sentence or a passage.")],
    encoder: Annotated[
        str, typer.Option(help="lsa, e5, a model by name or path, or an address (http…/v1).")
    ] = "lsa",
    n: Annotated[int, typer.Option("-n", min=1, help="How many passages.")] = 10,
) -> None:
    """Find the passages of a corpus that are most like a question, by meaning."""
    from syriatopics.encoders import search as find
    from syriatopics.scale import open_corpus

    corpus = open_corpus(source, **reading)
    found = find(corpus, query, encoder=encoder, n=n)
    for row in found.table.itertuples():
        typer.echo(f"{row.similarity:.2f}  {row.passage_id}  {one_line(row.text)[:_SHOWN]}")
    for note in found.notes:
        typer.echo(f"note: {note}")


@app.command()
@reads_corpus
def ingest(
    reading: Reading,
    source: SourceArgument,
    target: Annotated[Path, typer.Argument(help="The Parquet file to be written.")],
) -> None:
    """Read and clean a source of any size, and write its articles as Parquet."""
    from syriatopics.corpus.ingest import ingest as write

    done = write(source, target, **reading)
    for note in done.notes:
        typer.echo(f"note: {note}")
    typer.echo(f"{number_of(done.n_articles, 'article')} in {done.path}")


@app.command()
@reads_corpus
def export(
    reading: Reading,
    source: SourceArgument,
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    text: Annotated[bool, typer.Option(help="Whether the texts go into the archive.")] = True,
    for_r: Annotated[bool, typer.Option("--for-r", help="Counts for quanteda and stm.")] = False,
    pseudonyms: PseudonymsOption = None,
) -> None:
    """Write an archive of a corpus, with its texts or with what may be shared."""
    from syriatopics.scale import open_corpus

    corpus = open_corpus(source, **reading)
    if pseudonyms:
        from syriatopics.publish.people import naming_nobody

        corpus = naming_nobody(corpus, pseudonyms, reading["outlets"])
    typer.echo(f"{number_of(len(corpus), 'article')} in {corpus.export(folder, text, for_r)}")


data = typer.Typer(
    help="CAMeL's morphology: what is installed, and how to get it.", no_args_is_help=True
)
app.add_typer(data, name="data")
app.add_typer(scale, name="scale")
app.add_typer(lexicon, name="lexicon")
app.command()(collect)
app.command()(add)


@data.command()
def status() -> None:
    """Say what CAMeL data is installed. Nothing is fetched."""
    from syriatopics.arabic import morphology_status

    typer.echo(str(morphology_status()))


@data.command()
def install() -> None:
    """Fetch CAMeL's morphology over the network (129 MB, GPL-2) and check it."""
    from syriatopics.arabic.install import install_morphology

    typer.echo(str(install_morphology(tell=typer.echo)))


def main() -> None:
    """Run the command line; errors of input are one line and exit code 1."""
    try:
        with ended_by_signals():
            app()
    except Ended as ended:
        typer.echo(f"syriatopics: ended by {ended.name}; what was done is kept", err=True)
        raise
    except (SyriaTopicsError, OSError) as error:
        message = in_words_of_the_command_line(one_line(error) or type(error).__name__)
        # What is quoted in it can be of any length: the place stands at its beginning.
        message = message if len(message) < _MESSAGE else f"{message[: _MESSAGE - 20]} …"
        typer.echo(f"syriatopics: {message}", err=True)
        sys.exit(1)
    except Exception as error:
        if os.environ.get(_DEBUG):
            raise
        typer.echo(f"syriatopics: {_unforeseen(error)}", err=True)
        sys.exit(70)


def _unforeseen(error: Exception) -> str:
    """Say in one line what nobody foresaw, where, and how the whole of it is shown."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    said = one_line(error)[:200]
    where = f"{Path(last.filename).name}, line {last.lineno}"
    return (
        f"a fault of syriatopics, not of yours: {type(error).__name__}: {said} ({where}). "
        f"Set {_DEBUG}=1 to see all of it."
    )
