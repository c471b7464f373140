"""The report of a corpus: for people who rather look than read, with the way back to the text."""

from __future__ import annotations

from dataclasses import dataclass

from syriatopics import __version__
from syriatopics.arabic import arabic_share
from syriatopics.corpus import Corpus
from syriatopics.framing import load_themes
from syriatopics.lexicons.schema import Themes
from syriatopics.report.context import Context, ReportOptions
from syriatopics.report.evidence import stratified
from syriatopics.report.page import render
from syriatopics.report.payload import make_payload
from syriatopics.report.sections import make_sections
from syriatopics.report.words import PASSAGE, counted, visible
from syriatopics.scorers import DEFAULT, Scorer, scorer_of

__all__ = ["Report", "context_of", "head_of", "make_report", "report_of"]


@dataclass(frozen=True)
class Report:
    """A report.

    Attributes
    ----------
    html : bytes
        The file.
    n_passages, n_held : int
        Passages of the corpus, and how many of them the file holds.
    n_numbers : int
        Numbers that open passages.
    """

    html: bytes
    n_passages: int
    n_held: int
    n_numbers: int


def make_report(
    corpus: Corpus,
    options: ReportOptions,
    themes: Themes | None = None,
    scorer: Scorer | None = None,
) -> Report:
    """Make the report of a corpus.

    Parameters
    ----------
    corpus : Corpus
    options : ReportOptions
    themes : Themes, optional
        The theme lexicon; by default the shipped one.
    scorer : Scorer, optional
        What says which passages deal with which theme; by default the lexicon.

    Returns
    -------
    Report
        One HTML file without any reference to another; the same corpus and options give
        the same bytes.

    Examples
    --------
    >>> from syriatopics import load_seeds
    >>> report = make_report(load_seeds(), ReportOptions(title="البذور", trend_period="Y"))
    >>> report.n_passages == report.n_held
    True
    """
    return report_of(context_of(corpus, options, themes, scorer))


def context_of(
    corpus: Corpus,
    options: ReportOptions,
    themes: Themes | None = None,
    scorer: Scorer | None = None,
) -> Context:
    """Return what a report, or an explorer, of a corpus works on; as in :func:`make_report`."""
    return Context(
        corpus=corpus,
        themes=themes or load_themes(),
        options=options,
        scorer=scorer or scorer_of(DEFAULT),
    )


def report_of(context: Context, explorer: str = "") -> Report:
    """Make the report of a context.

    Parameters
    ----------
    context : Context
    explorer : str
        The name of the explorer's file beside it, if there is one.
    """
    options = context.options
    sections = list(make_sections(context))
    table = context.passages.table
    sample = stratified(table, options.max_passages, options.random_state)
    held = context.ledger.held(sample)
    html = render(
        "report.html.j2",
        ("report/report.css",),
        ("report/fold.js", "report/report.js"),
        "report",
        explorer=explorer,
        **head_of(context),
        sections=sections,
        data=make_payload(context, held),
        holding=_holding(len(table), len(sample), len(held), options.random_state),
    )
    return Report(html, len(table), len(held), len(context.ledger))


def head_of(context: Context) -> dict[str, str]:
    """Return what a page says of itself: its title, in which language, and what it was made of by what."""
    title = context.options.title
    return {
        "title": visible(title),
        "language": "ar" if arabic_share(title) else "en",
        "stamp": (
            f"syriatopics {__version__} · corpus {context.corpus.fingerprint[:16]} · "
            f"random state {context.options.random_state}"
        ),
    }


def _holding(n_passages: int, n_sample: int, n_held: int, random_state: int) -> str:
    """Say which passages the report holds. The numbers always come from all of them."""
    if n_held == n_passages:
        return f"يحمل هذا التقرير فقرات المدونة كلها: {counted(n_passages, PASSAGE)}."
    return (
        f"تُحسب الأرقام من فقرات المدونة كلها ({counted(n_passages, PASSAGE)}). ويحمل التقرير منها "
        f"{counted(n_held, PASSAGE)}: عينة عشوائية طبقية بحسب الناشر والسنة ({n_sample:,}، والبذرة "
        f"{random_state})، ومعها أوضح الفقرات خلف كل رقم. البحث والتصفية في هذه الفقرات وحدها."
    )
