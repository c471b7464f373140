"""The command line. Exit code 0: done; 1: bad input, one clear line; 2: wrong usage."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from syriatopics.errors import SyriaTopicsError

__all__ = ["app", "main"]

app = typer.Typer(
    help="Topic models and honest comparison of outlets for the Arabic press on Syria.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
StudyArgument = Annotated[Path, typer.Argument(help="A study.toml, or the folder that holds one.")]


@app.command()
def run(study: StudyArgument = Path("study.toml")) -> None:
    """Run the notebooks of a study and make its figures."""
    from syriatopics.study import run_study

    folder = run_study(study, tell=typer.echo)
    typer.echo(f"Figures and manifest in {folder}")


@app.command()
def figures(
    study: StudyArgument = Path("study.toml"),
    check: Annotated[bool, typer.Option("--check", help="Compare with the manifest only.")] = False,
) -> None:
    """Make the figures of a study again, or check that they are the same to the byte."""
    from syriatopics.study import check_figures

    if not check:
        run(study)
        return
    differences = check_figures(study, tell=typer.echo)
    for line in differences:
        typer.echo(line)
    if differences:
        raise typer.Exit(1)
    typer.echo("Every figure is the same to the byte.")


@app.command()
def summary(
    path: Annotated[
        Path, typer.Argument(help="A folder of texts, or a csv, jsonl or Parquet file.")
    ],
    metadata: Annotated[Path | None, typer.Option(help="A sidecar, csv or toml.")] = None,
) -> None:
    """Say what a corpus holds: articles, words and passages by outlet, and their dates."""
    from syriatopics.corpus import read_corpus

    corpus = read_corpus(path, metadata=metadata)
    typer.echo(corpus.summary().text)


data = typer.Typer(
    help="CAMeL's morphology: what is installed, and how to get it.", no_args_is_help=True
)
app.add_typer(data, name="data")


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
        app()
    except (SyriaTopicsError, OSError) as error:
        message = " ".join(str(error).split()) or type(error).__name__
        typer.echo(f"syriatopics: {message}", err=True)
        sys.exit(1)
