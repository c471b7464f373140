"""Does the date audit leave right dates alone, and does it find wrong ones?

ant2018 and SaudiNewsNet carry dates that are right: what comes out as a conflict there is an
error of the audit. The other side is power: the same articles with their dates moved by so many
days. Without a printed date the audit infers a window where the text closes one; the true date
should stand in it (31 days of slack, as everywhere). The seeds are read without their sidecar:
the page of 004 is eight years wrong, and 003 has no date at all.
"""

from collections import Counter
from datetime import date, timedelta

import pandas as pd

import syriatopics as st
from benchmarks._data import folder, table
from syriatopics.corpus.dating import audit_dates, evidence_in
from syriatopics.corpus.dating.evidence import Evidence
from syriatopics.corpus.documents import Document
from syriatopics.corpus.parse.judge import judge_lines
from syriatopics.corpus.parse.lines import split_lines
from syriatopics.corpus.seeds import seeds_folder

SHIFTS = (-3000, -2000, -1000, -400, 400, 1000, 2000, 3000)
SLACK = timedelta(days=31)


def corpora():
    """Yield the name, dates and texts of each corpus, exact copies once."""
    for name in ("ant2018", "saudinewsnet_2015"):
        frame = pd.read_parquet(folder() / f"{name}.parquet", columns=["date", "text"])
        frame = frame[frame["text"].fillna("").str.strip() != ""].drop_duplicates("text")
        yield (
            name,
            [date.fromisoformat(str(day)[:10]) for day in frame["date"]],
            list(frame["text"]),
        )


def evidence(text: str) -> list[Evidence]:
    """Return the evidence of an article's body, as reading it finds it."""
    document = Document("a", text)
    judged = judge_lines(split_lines(document.raw))
    return evidence_in([item.line for item in judged if item.kind == "body"])


def fits(audit, day):
    """Say whether a day stands in the window of an audit, or a month beside it."""
    low, high = audit.earliest or date.min, audit.latest or date.max
    return (low == date.min or low - SLACK <= day) and (high == date.max or day <= high + SLACK)


def measured(days, texts):
    """Return the rows of one corpus: right dates, windows, and moved dates."""
    found = list(map(evidence, texts))
    n = len(texts)
    says = sum(map(bool, found))
    statuses = Counter(audit_dates(e, d).status for e, d in zip(found, days, strict=True))
    windows = [audit_dates(e, None) for e in found]
    closed = [(w, d) for w, d in zip(windows, days, strict=True) if w.status == "inferred"]
    inside = sum(fits(w, d) for w, d in closed)
    widths = sorted((w.latest - w.earliest).days for w, _ in closed)
    right = [
        f"{n:,}",
        f"{says / n:.3f}",
        f"{statuses['conflict']} ({statuses['conflict'] / n:.3%})",
        f"{len(closed) / n:.3f}",
        f"{inside / max(len(closed), 1):.4f}",
        widths[len(widths) // 2] if widths else "–",
    ]
    moved = []
    for shift in SHIFTS:
        audits = (
            audit_dates(e, d + timedelta(shift)) for e, d in zip(found, days, strict=True) if e
        )
        moved.append(f"{sum(a.status == 'conflict' for a in audits) / max(says, 1):.3f}")
    return right, moved


def seeds():
    """Return what the text of each seed alone says of its date."""
    return [
        (
            a.article_id[:3],
            str(a.date_printed or "–")[:10],
            a.date_status,
            a.event_start or "–",
            a.event_end or "–",
        )
        for a in st.read_corpus(seeds_folder())
    ]


def offices_alone():
    """Return the window that offices give seed 003, without the visit that it names."""
    article = next(a for a in st.load_seeds() if a.article_id.startswith("003"))
    found = audit_dates([e for e in evidence(article.raw) if e.kind == "office"], None)
    return f"Offices alone date seed 003 to {found.earliest} … {found.latest}."


def main():
    seed_header = ("seed", "printed", "status", "earliest", "latest")
    report = f"# The date audit\n\n{__doc__}\nsyriatopics {st.__version__}.\n\n"
    if folder() is not None:
        results = [(name, *measured(days, texts)) for name, days, texts in corpora()]
        header = (
            "corpus",
            "articles",
            "with evidence",
            "right dates refuted (asked: at most 1 %)",
            "window closed without a date",
            "true date inside",
            "median days of a window",
        )
        report += table(header, [(name, *right) for name, right, _ in results]) + "\n\n"
        report += "Refuted among articles with evidence, their dates moved by so many days:\n\n"
        shifts = ("corpus", *(f"{days:+}" for days in SHIFTS))
        report += table(shifts, [(name, *moved) for name, _, moved in results]) + "\n\n"
    report += f"{table(seed_header, seeds())}\n\n{offices_alone()}\n\n"
    return report + "Made by `python -m benchmarks --data FOLDER corpus_audit`.\n"
