"""The report of a study: one HTML file beside its figures."""

from __future__ import annotations

from pathlib import Path

from syriatopics.files import write_atomically
from syriatopics.report import Report, ReportOptions, make_report
from syriatopics.study.study import Study, open_study

__all__ = ["REPORT", "write_report"]

REPORT = "report.html"


def write_report(
    study: Study | str | Path = "study.toml", *, to: Path | None = None, max_passages: int = 4000
) -> tuple[Path, Report]:
    """Make the report of a study and write it; the old one stands until the new one is whole.

    Parameters
    ----------
    study : Study or path
        Of an opened study the corpus is not read again.
    to : Path, optional
        The file; by default ``build/report.html`` in the folder of the study.
    max_passages : int
        A larger corpus is represented by a stratified sample of so many passages.

    Returns
    -------
    file : Path
    report : Report
    """
    study = study if isinstance(study, Study) else open_study(study)
    options = study.options
    report = make_report(
        study.corpus,
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
    target = to or study.folder / "build" / REPORT
    write_atomically(target, report.html)
    return target, report
