"""The explorer of a corpus: what a report says, to be asked again of any selection."""

from __future__ import annotations

from dataclasses import dataclass

from syriatopics.corpus import Corpus
from syriatopics.explore.gather import gather
from syriatopics.lexicons.schema import Themes
from syriatopics.report import ReportOptions
from syriatopics.report.context import Context
from syriatopics.report.page import render
from syriatopics.report.report import context_of, head_of
from syriatopics.scorers import Scorer

__all__ = ["Explorer", "explorer_of", "make_explorer"]


@dataclass(frozen=True)
class Explorer:
    """An explorer.

    Attributes
    ----------
    html : bytes
        The file.
    n_passages : int
    text : bool
        Whether it holds the texts.
    """

    html: bytes
    n_passages: int
    text: bool


def make_explorer(
    corpus: Corpus,
    options: ReportOptions,
    themes: Themes | None = None,
    scorer: Scorer | None = None,
    *,
    text: bool = True,
) -> Explorer:
    """Make the explorer of a corpus.

    Parameters
    ----------
    corpus, options, themes, scorer
        As in :func:`syriatopics.report.make_report`.
    text : bool
        Leave the texts out where they may not be shared: words can still be searched and
        counted, and passages are named by article and place.

    Returns
    -------
    Explorer
        One HTML file without any reference to another. Shares of any two selections are those
        of :func:`syriatopics.prevalence` to the printed digit, with the blocks that it chose by outlet.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> from syriatopics.report import ReportOptions
    >>> from syriatopics.explore import make_explorer
    >>> make_explorer(load_seeds(), ReportOptions(title="البذور", n_topics=4)).n_passages
    111
    """
    return explorer_of(context_of(corpus, options, themes, scorer), text=text)


def explorer_of(context: Context, report: str = "", *, text: bool = True) -> Explorer:
    """Make the explorer of a context.

    Parameters
    ----------
    context : Context
    report : str
        The name of the report's file beside it, if there is one.
    text : bool
    """
    html = render(
        "explore.html.j2",
        ("report/report.css", "explore/explore.css"),
        ("report/fold.js", "explore/sums.js", "explore/data.js", "explore/explore.js"),
        "explore",
        **head_of(context),
        report=report,
        data=gather(context, text),
    )
    return Explorer(html, len(context.passages), text)
