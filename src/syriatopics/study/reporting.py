"""The report of a study, and its explorer: HTML files beside its figures."""

from __future__ import annotations

from pathlib import Path

from syriatopics.corpus import Corpus
from syriatopics.errors import SyriaTopicsError
from syriatopics.explore.explorer import explorer_of
from syriatopics.files import write_atomically
from syriatopics.report import Report, ReportOptions
from syriatopics.report.report import context_of, report_of
from syriatopics.study.study import Study, open_study

__all__ = ["REPORT", "explorer_beside", "write_report"]

REPORT, _EXPLORER = "report.html", "explore.html"


def explorer_beside(report: Path) -> Path:
    """Return where the explorer of a report stands.

    Examples
    --------
    >>> explorer_beside(Path("build/report.html")).name, explorer_beside(Path("mine.html")).name
    ('explore.html', 'mine-explore.html')
    """
    own = f"{report.stem}-{_EXPLORER}"
    return report.with_name(_EXPLORER if report.name == REPORT else own)


def write_report(
    study: Study | str | Path = "study.toml",
    *,
    corpus: Corpus | None = None,
    to: Path | None = None,
    max_passages: int = 4000,
    texts: bool = True,
) -> tuple[Path, Report]:
    """Make the report of a study and its explorer; old ones stand until the new ones are whole.

    Parameters
    ----------
    study : Study or path
        Of an opened study the corpus is not read again.
    corpus : Corpus, optional
        What stands for the corpus of the study, such as one that names nobody.
    to : Path, optional
        The file; by default ``build/report.html`` in the folder of the study.
    max_passages : int
        A larger corpus is represented by a stratified sample of so many passages.
    texts : bool
        Whether the explorer, ``explore.html`` beside the report, holds the texts. A corpus that is
        too small for topics has none.

    Returns
    -------
    file : Path
    report : Report
    """
    study = study if isinstance(study, Study) else open_study(study)
    options, corpus = study.options, study.corpus if corpus is None else corpus
    target = to or study.folder / "build" / REPORT
    # A place that cannot be is said before the work, not after it.
    target.parent.mkdir(parents=True, exist_ok=True)
    context = context_of(
        corpus,
        ReportOptions(
            title=options.title,
            random_state=options.random_state,
            trend_period=options.trend_period,
            n_topics=options.models.n_topics,
            min_df=options.models.min_df,
            max_df=options.models.max_df,
            max_passages=max_passages,
            codebook=study.codebook,
        ),
        study.themes,
        study.scorer,
    )
    beside = explorer_beside(target)
    try:
        explorer = explorer_of(context, report=target.name, text=texts)
    except SyriaTopicsError:
        beside.unlink(missing_ok=True)
        report = report_of(context)
    else:
        report = report_of(context, explorer=beside.name)
        write_atomically(beside, explorer.html)
    write_atomically(target, report.html)
    return target, report
